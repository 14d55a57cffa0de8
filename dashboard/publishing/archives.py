"""Workbooks are packed archives: what they would unpack to is measured before anything else opens them.

On the way the parts are searched for what the reader of workbooks does not tell: cells that hold a formula's error,
formulas that no program has computed, and the calendar that dates count in.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from openpyxl.utils.cell import coordinate_to_tuple

from dashboard.publishing.unreadable import DAMAGED_WORKBOOK, PASSWORD, Unreadable
from dashboard.text import N_

LARGEST = 4 << 30  # bytes unpacked: a full sheet of a million rows and 40 columns has half of it
RATIO, HARMLESS = 200, 200 << 20  # packed tighter than that, and larger, no office program writes
CHUNK = 1 << 20
LONGEST_CELL = 20_000  # bytes of a cell's XML that is looked for across two chunks; a formula has up to 8,192 letters
MOST_FLAWS = 100_000  # beyond them a workbook is refused with what was found up to there
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the only ones that office programs use

NAME = rb"(?:\w+:)?"
ERROR_CELL = re.compile(rb"<%bc\s([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</%bc>" % (NAME, NAME), re.DOTALL)
FORMULA_CELL = re.compile(
    rb"<%bc\s([^>]*)>\s*<%bf(?:\s[^>]*)?(?:/>|>[^<]*</%bf>)\s*(?:<%bv\s*/>|<%bv>\s*</%bv>)?\s*</%bc>" % ((NAME,) * 7)
)
EMPTY_TEXT = re.compile(rb"""\bt=["']str["']""")
ADDRESS = re.compile(rb"""(?:^|\s)r=["']([A-Z]{1,3}[0-9]{1,7})["']""")
SHOWN = re.compile(rb"<%bv>([^<]{1,20})</" % NAME)
CALENDAR_1904 = re.compile(rb"""date1904=["'](1|true|on)["']""")
ODS_ERROR = b'value-type="error"'
SHEET = re.compile(rb"""<%bsheet\s[^>]*?\w:id=["']([^"']+)["']""" % NAME)
RELATION = re.compile(rb"<%bRelationship\s([^>]*)>" % NAME)
ATTRIBUTE = re.compile(rb"""\b(Id|Target)=["']([^"']*)["']""")
BOOK = re.compile(r"xl/(_rels/)?workbook\d*\.xml(\.rels)?")

Cells = dict[tuple[int, int], str]


class Flaw(str):
    """What a cell shows that holds no value: an error such as #REF!, or = for a formula without a result."""


@dataclass(frozen=True)
class Archive:
    """What a look into a workbook's parts tells: whether dates count from 1904, and which cells hold no value.

    `flaws` are by number of the sheet, then by row (from 1) and column (from 0). `has_errors`: there are some whose
    place is unknown. `has_spans`: an OpenDocument spreadsheet merges cells.
    """

    is_1904: bool = False
    has_errors: bool = False
    has_spans: bool = False
    flaws: dict[int, Cells] = field(default_factory=dict)


def inspect(path: Path) -> Archive:
    """Unpack every part once, chunk by chunk, keeping nothing.

    Raises `Unreadable` for an archive that is damaged, encrypted, defines entities, or unpacks to more than an office
    program would write.
    """
    found: dict[str, Cells] = {}
    book, has_errors, has_spans = b"", False, False
    try:
        with zipfile.ZipFile(path) as archive:
            limit = min(LARGEST, max(HARMLESS, RATIO * path.stat().st_size))
            parts = archive.infolist()
            _limit(sum(part.file_size for part in parts), limit)
            total = 0
            for part in parts:
                cells: Cells = {}
                for text in _texts(archive, part, limit - total):
                    if part.filename.startswith("xl/worksheets/") and len(cells) < MOST_FLAWS:
                        cells |= _flaws(text)
                    elif BOOK.fullmatch(part.filename):
                        book += text
                    elif part.filename == "content.xml":
                        has_errors |= ODS_ERROR in text
                        has_spans |= b"-spanned=" in text
                total += part.file_size
                if cells:
                    found[part.filename] = cells
    except RuntimeError as error:  # a part that asks for a password
        raise Unreadable(PASSWORD) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, Unreadable | PermissionError | FileNotFoundError):
            raise
        raise Unreadable(DAMAGED_WORKBOOK) from error
    sheets = _sheets(book)
    is_placed = all(name in sheets and (0, 0) not in cells for name, cells in found.items())
    flaws = {sheets.index(name): cells for name, cells in found.items() if name in sheets}
    return Archive(bool(CALENDAR_1904.search(book)), has_errors or not is_placed, has_spans, flaws)


def _texts(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> Iterator[bytes]:
    """A part in overlapping pieces. The directory's word for its size is not trusted."""
    if part.compress_type not in PACKINGS:
        raise Unreadable(DAMAGED_WORKBOOK)
    told, part.file_size = part.file_size, room + 1  # zipfile itself would stop at the size that the directory tells
    size, tail = 0, b""
    is_xml = part.filename.endswith((".xml", ".rels"))
    with archive.open(part) as content:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            _limit(size, room)
            text = tail + chunk
            if is_xml and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
                raise Unreadable(N_("The workbook defines entities, as no office program does"))
            yield text
            tail = text[-LONGEST_CELL:]
    part.file_size = size
    if size != told:
        raise Unreadable(DAMAGED_WORKBOOK)


def _flaws(text: bytes) -> Cells:
    """Cells of a piece of a sheet that hold no value; one without an address stands at (0, 0)."""
    cells: Cells = {}
    if b't="e"' in text or b"t='e'" in text:
        for about, content in ERROR_CELL.findall(text):
            shown = SHOWN.search(content)
            cells[_address(about)] = Flaw(shown[1].decode("utf-8", "replace") if shown else "#")
    if b"<f" in text or b":f" in text:
        cells |= {_address(about): Flaw("=") for about in FORMULA_CELL.findall(text) if not EMPTY_TEXT.search(about)}
    return cells


def _address(about: bytes) -> tuple[int, int]:
    address = ADDRESS.search(about)
    if not address:
        return 0, 0
    row, column = coordinate_to_tuple(address[1].decode())
    return row, column - 1


def _sheets(book: bytes) -> list[str]:
    """Parts of the sheets, in the workbook's order."""
    pairs = [dict(ATTRIBUTE.findall(about)) for about in RELATION.findall(book)]
    targets = {pair[b"Id"]: pair[b"Target"].decode("utf-8", "replace") for pair in pairs if len(pair) == 2}
    names = [targets.get(identity, "") for identity in SHEET.findall(book)]
    return [name.lstrip("/") if name.startswith("/") else str(PurePosixPath("xl") / name) for name in names]


def _limit(size: int, limit: int) -> None:
    if size > limit:
        raise Unreadable(N_("The workbook would unpack to {size} MB"), details={"size": f"{size / 1e6:,.0f}"})
