"""How much room words take: estimated, because a file is laid out by the reader's program with the reader's fonts.

Lengths are in points. A Chinese letter is one em wide, a Latin one about half; a line is as high as in the tallest
of the fonts a deck may be shown in.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

LINE, LATIN_LINE = 1.45, 1.22  # em: Noto Sans CJK (Microsoft YaHei has 1.32), and Arial
APART = 0.25  # em between Chinese and Latin letters, as LibreOffice and WPS set them
SAFE = 0.97  # of a line is filled: another font may be a little wider
SHORT_NAME = 4  # letters that are not taken apart
CUT = "…"
_CHINESE = r"[\u3000-\u9fff\uff00-\uff65]"
_BORDER = re.compile(rf"(?<={_CHINESE})(?=[!-~])|(?<=[!-~])(?={_CHINESE})")
_TOKEN = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+|.", re.DOTALL)


class Box(NamedTuple):
    """A rectangle on a slide: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def below(self, height: float, gap: float = 0) -> "Box":
        """What is left under its upper `height` and a gap."""
        return Box(self.left, self.top + height + gap, self.width, self.height - height - gap)

    def columns(self, gap: float, *shares: float) -> list["Box"]:
        """The box cut into columns of these shares of its width, with gaps between them."""
        usable, left, found = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            found.append(Box(left, self.top, usable * share / sum(shares), self.height))
            left = found[-1].right + gap
        return found


def width(words: str, size: float) -> float:
    """How wide words are on one line."""
    em = _CHINESE_EM if is_chinese(words) else _LATIN_EM
    return size * (sum(map(em, words)) + APART * len(_BORDER.findall(words)))


def is_chinese(words: str) -> bool:
    """Whether any letter is Chinese: then signs that both scripts use are as wide as those."""
    return any(unicodedata.east_asian_width(letter) in "WF" for letter in words)


def lines(words: str, size: float, room: float) -> list[str]:
    """Words broken into lines no wider than `room`: between Latin words, anywhere in Chinese."""
    found, room = [""], SAFE * room
    for token in _TOKEN.findall(words):
        is_long = width(token.rstrip(), size) > room
        for part in token if is_long else [token]:  # a word longer than a line is broken anywhere
            if found[-1].strip() and width(found[-1] + part.rstrip(), size) > room:
                found.append("")
            found[-1] += part
    return found


def is_level(words: str, size: float, room: float) -> bool:
    """Whether a name stands in some width: on one line, or on two if it is long, no Latin word broken."""
    if width(words, size) <= room:
        return True
    is_long = " " in words.strip() or len(words) > SHORT_NAME
    return is_long and longest_word(words, size) <= room and len(lines(words, size, room / SAFE)) <= 2


def longest_word(words: str, size: float) -> float:
    """Width of the longest part that no line should break: a Latin word, one Chinese letter."""
    return max((width(token.rstrip(), size) for token in _TOKEN.findall(words)), default=0.0)


def height(paragraphs: Sequence[str], size: float, room: float, gap: float = 0) -> float:
    """How high paragraphs stand, with a gap between each two."""
    high = sum(len(lines(words, size, room)) * leading(words) for words in paragraphs)
    return high * size + gap * max(0, len(paragraphs) - 1)


def leading(words: str) -> float:
    """How high a line of these words is, in em."""
    return LINE if is_chinese(words) else LATIN_LINE


def largest(paragraphs: Sequence[str], box: Box, sizes: Sequence[float], gap: float = 0) -> float | None:
    """The first of the sizes at which paragraphs fit into a box, or none."""
    fits = (size for size in sizes if height(paragraphs, size, box.width, gap) <= box.height)
    return next(fits, None)


def shortened(words: str, size: float, room: float, count: int = 1) -> str:
    """Words cut so that they fill at most `count` lines; what was cut shows as an ellipsis."""
    broken = lines(words, size, room)
    if len(broken) <= count:
        return words
    last = broken[count - 1].rstrip()
    while last and width(last + CUT, size) > SAFE * room:
        last = last[:-1]
    return "".join([*broken[: count - 1], last, CUT])


def pieces(paragraphs: Sequence[str], size: float, box: Box, gap: float = 0) -> list[list[str]]:
    """Paragraphs dealt out to as many boxes as they need; one that is higher than a box is broken between lines."""
    limit = max(1, int(box.height / (size * LINE)) - 1)
    short = []
    for words in paragraphs:
        broken = lines(words, size, box.width)
        short += ["".join(broken[start : start + limit]) for start in range(0, len(broken), limit)]
    found: list[list[str]] = [[]]
    for words in short:
        if found[-1] and height([*found[-1], words], size, box.width, gap) > box.height:
            found.append([])
        found[-1].append(words)
    return found


@cache
def _em(letter: str, shared: float) -> float:
    """Width of a letter in em; `shared` is that of signs which both scripts use."""
    kind = unicodedata.east_asian_width(letter)
    if unicodedata.combining(letter):
        return 0.0
    if kind in "WFA":
        return shared if kind == "A" else 1.0
    if letter in "mwMW%@":
        return 0.9
    if letter in " .,:;'|!iljftr()[]-/":
        return 0.34
    return 0.7 if letter.isupper() else 0.56


_CHINESE_EM, _LATIN_EM = partial(_em, shared=1.0), partial(_em, shared=0.8)
