"""CSV files as clerks save them: encoding, delimiter, and whether DuckDB may read them by itself."""

import codecs
import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.publishing.cells import Unreadable
from dashboard.text import N_

CHUNK = 1 << 20
LINE_LIMIT = 4 << 20
DELIMITERS = ",\t;"
MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

TOO_LONG = N_("A cell is too long: a quote is probably not closed")
BROKEN_QUOTES = N_("The quotes do not match, or the file ends in the middle of a row")
CUT_OFF = N_("The file is cut off: it ends in the middle of a character")


@dataclass(frozen=True)
class Text:
    """A CSV file in UTF-8. `is_plain`: no blank line and no odd line end."""

    path: Path
    is_plain: bool


def sha256(path: Path) -> str:
    """Fingerprint of a file."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def prepare(path: Path, scratch: Path) -> Text:
    """Find out the encoding (UTF-8, GB18030, UTF-16 with a mark) and bring the file to UTF-8.

    Raises `Unreadable` with the line where no encoding fits or a NUL byte shows a damaged file.
    """
    with open(path, "rb") as handle:
        start = handle.read(4)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return _survey(_transcoded(path, scratch, encoding))
    try:
        return _survey(path)
    except UnicodeDecodeError:
        return _survey(_transcoded(path, scratch, "gb18030"))


def header(text: Text, score: Callable[[list[str]], int]) -> tuple[list[str], str]:
    """The first record that is not blank and the delimiter under which most of its names are known."""
    candidates = []
    for delimiter in DELIMITERS:
        try:
            names = next((row for _, row in records(text, delimiter) if any(map(str.strip, row))), [])
        except Unreadable:  # the quotes only make sense with another delimiter
            continue
        candidates.append((score(names), names, delimiter))
    if not candidates:
        raise Unreadable(BROKEN_QUOTES, 1)
    _, names, delimiter = max(candidates, key=lambda candidate: candidate[0])
    return names, delimiter


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


def _survey(path: Path) -> Text:
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
    return Text(path, is_plain)


def _transcoded(path: Path, scratch: Path, encoding: str) -> Path:
    target = scratch / f"text-{len(list(scratch.glob('text-*')))}.csv"
    line = 1
    decoder = codecs.getincrementaldecoder(encoding)()
    with open(path, "rb") as handle, open(target, "w", encoding="utf-8", newline="") as out:
        try:
            while chunk := handle.read(CHUNK):
                text = decoder.decode(chunk)
                line += text.count("\n")
                out.write(text)
            out.write(decoder.decode(b"", final=True))
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise Unreadable(N_("The text is neither UTF-8 nor GB18030"), line) from error
    return target
