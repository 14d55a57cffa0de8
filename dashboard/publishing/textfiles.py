"""CSV files as clerks save them: encoding, delimiter, header row, and whether DuckDB may read them by itself."""

import codecs
import csv
import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dashboard.publishing import layouts
from dashboard.publishing.unreadable import Unreadable
from dashboard.text import N_

CHUNK = 1 << 20
LINE_LIMIT = 4 << 20
DELIMITERS = ",\t;|，"
MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 4_000  # bytes looked at for the encoding
ZEROS = 0.2  # so many of every second byte are zero in UTF-16, even of Chinese text with digits and commas

EMPTY = N_("The file is empty")
TOO_LONG = N_("A cell is too long: a quote is probably not closed")
BROKEN_QUOTES = N_("The quotes do not match, or the file ends in the middle of a row")
CUT_OFF = N_("The file is cut off: it ends in the middle of a character")
FOREIGN = N_("The text is neither UTF-8 nor GB18030")
SAYS_NOTHING = DELIMITERS + ' "\r\n\ufeff'


@dataclass(frozen=True)
class Text:
    """A CSV file in UTF-8, and the encoding it came in. `is_plain`: no blank line and no odd line end."""

    path: Path
    is_plain: bool
    encoding: str


def sha256(path: Path) -> str:
    """Fingerprint of a file."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def is_text(start: bytes) -> bool:
    """Whether a file that begins so may be text."""
    if _utf16(start):
        return True
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return codecs.getincrementaldecoder(encoding)().decode(start).find("\0") < 0
    return False


def prepare(path: Path, scratch: Path, encoding: str | None = None) -> Text:
    """Bring a file to UTF-8: from the given encoding, or from UTF-8, UTF-16 or GB18030, whichever it is in.

    Raises `Unreadable` with the line where no encoding fits or a NUL byte shows a damaged file.
    """
    if encoding is None:
        with open(path, "rb") as handle:
            start = handle.read(SAMPLE)
        encoding = _utf16(start)
    if encoding:
        return _survey(_transcoded(path, scratch, encoding), encoding)
    try:
        return _survey(path, "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8")
    except UnicodeDecodeError:
        try:
            return _survey(_transcoded(path, scratch, "gb18030"), "gb18030")
        except Unreadable as error:
            if error.rule != FOREIGN:
                raise
            raise Unreadable(FOREIGN, max(error.row or 1, _first_foreign(path))) from error


def _first_foreign(path: Path) -> int:
    """The first line that is not in UTF-8: the encoding that leads further is the one that was meant."""
    with open(path, "rb") as handle:
        for line, text in enumerate(handle, start=1):
            try:
                text.decode()
            except UnicodeDecodeError:
                return line
    return 1


def _utf16(start: bytes) -> str | None:
    """UTF-16 by its mark, or by the zero bytes of the digits and separators in it."""
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    even, odd = start[0::2], start[1::2]
    if len(odd) > 20 and odd.count(0) >= ZEROS * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(even) > 20 and even.count(0) >= ZEROS * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def layout(text: Text, score: Callable[[list], int]) -> tuple[layouts.Layout, str, int]:
    """The layout under the delimiter that lets most titles be known, that delimiter, and how much is known.

    Raises `Unreadable` where there is nothing, or no delimiter makes sense of the quotes.
    """
    best: tuple[int, int, layouts.Layout, str] | None = None
    for delimiter in DELIMITERS:
        found, _rows = layouts.find(_readable(text, delimiter), score)
        if found is None:  # the quotes only make sense with another delimiter
            continue
        fit = score(found.titles)
        if best is None or (fit, len(found.titles)) > best[:2]:
            best = (fit, len(found.titles), found, delimiter)
    if best is None or not (best[0] or _says_anything(text)):
        any(layouts.is_filled(record) for _row, record in records(text, ","))  # raises what is wrong with the file
        raise Unreadable(EMPTY)
    return best[2], best[3], best[0]


def _says_anything(text: Text) -> bool:
    """Whether there is anything but separators."""
    with open(text.path, encoding="utf-8", newline="") as handle:
        return any(line.strip(SAYS_NOTHING) for line in handle)


def _readable(text: Text, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records up to the first that is broken: whoever reads the whole file reports it."""
    with suppress(Unreadable):
        yield from records(text, delimiter)


def records(text: Text, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records with their row number as a spreadsheet counts them. Raises `Unreadable` naming the row."""
    csv.field_size_limit(LINE_LIMIT)
    row = 0
    with open(text.path, encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, delimiter=delimiter, strict=True)
        try:
            for row, record in enumerate(reader, start=1):
                yield row, record
        except csv.Error as error:
            is_long = "limit" in str(error)
            raise Unreadable(TOO_LONG if is_long else BROKEN_QUOTES, row + 1) from error


def _survey(path: Path, encoding: str) -> Text:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_plain, line, last = True, 1, b"\n"
    with open(path, "rb") as handle:
        while chunk := handle.read(CHUNK):
            decoder.decode(chunk)
            if b"\0" in chunk:
                line += chunk[: chunk.index(b"\0")].count(b"\n")
                raise Unreadable(N_("The file is damaged: it contains NUL bytes"), line)
            line += chunk.count(b"\n")
            joined = last + chunk
            is_plain = is_plain and not (
                b"\n\n" in joined
                or b"\n\r" in joined
                or joined.count(b"\r") != joined.count(b"\r\n") + joined.endswith(b"\r")
            )
            last = joined[-2:]
    if decoder.getstate()[0]:
        raise Unreadable(CUT_OFF, line)
    return Text(path, is_plain, encoding)


def _transcoded(path: Path, scratch: Path, encoding: str) -> Path:
    target = scratch / f"text-{len(list(scratch.glob('text-*')))}.csv"
    line = 1
    decoder, is_read = codecs.getincrementaldecoder(encoding)(), False
    with open(path, "rb") as handle, open(target, "w", encoding="utf-8", newline="") as out:
        try:
            while chunk := handle.read(CHUNK):
                text = decoder.decode(chunk)
                line += text.count("\n")
                out.write(text)
            is_read = True
            out.write(decoder.decode(b"", final=True))
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise Unreadable(CUT_OFF if is_read else FOREIGN, line) from error
        except UnicodeEncodeError as error:  # half a pair of UTF-16
            raise Unreadable(FOREIGN, line) from error
    return target
