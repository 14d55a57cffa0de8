"""Words as they are compared: full-width forms, traditional characters, case and blanks do not count."""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

INVISIBLE = re.compile("[\\s\ufeff\u200b-\u200f\u202a-\u202e\u2060]+")


@lru_cache(maxsize=65_536)
def fold(text: object) -> str:
    """The word in NFKC, lower case and simplified characters, without blanks and invisible signs."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", str(text))).casefold()
    return plain if plain.isascii() else simplified(plain)


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return _simplifier().convert(text)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
