"""Workbooks of Excel before 2007 (.xls): which cells hold a formula's error, and which calendar dates count in.

They are compound files, small file systems of their own, whose stream "Workbook" is a chain of records.
Sources: [MS-CFB] for the file, [MS-XLS] for the records.
"""

import struct
from pathlib import Path

from dashboard.publishing.archives import Archive, Cells, Flaw
from dashboard.publishing.unreadable import DAMAGED_WORKBOOK, PASSWORD, Unreadable

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
LAST = 0xFFFFFFFA  # sector numbers from it on are marks
FIRST_SECTORS = 109  # of the allocation table, listed in the header
BOOKS, ENCRYPTED = ("Workbook", "Book"), "EncryptedPackage"
BEGINNING, SHEET, CALENDAR, PASSWORD_RECORD = 0x0809, 0x0085, 0x0022, 0x002F
FORMULA, BOOLEAN_OR_ERROR = 0x0006, 0x0205
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def inspect(path: Path) -> Archive:
    """Look into a compound file. Raises `Unreadable` for one that is encrypted, damaged or no workbook."""
    content = path.read_bytes()
    try:
        streams = _directory(content)
        if ENCRYPTED in streams:
            raise Unreadable(PASSWORD)
        book = next((name for name in BOOKS if name in streams), None)
        if book is None:
            raise Unreadable(DAMAGED_WORKBOOK)
        start, size = streams[book]
        (smallest,) = struct.unpack_from("<I", content, 56)
        return _look((_stream if size >= smallest else _small_stream)(content, start, size))
    except (struct.error, IndexError, KeyError, OverflowError, MemoryError) as error:
        raise Unreadable(DAMAGED_WORKBOOK) from error


def _directory(content: bytes) -> dict[str, tuple[int, int]]:
    """First sector and size of each stream by name."""
    (start,) = struct.unpack_from("<I", content, 48)
    entries = _stream(content, start, None)
    found = {}
    for at in range(0, len(entries) - 127, 128):
        (length,) = struct.unpack_from("<H", entries, at + 64)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        found[name] = struct.unpack_from("<II", entries, at + 116)
    return found


def _stream(content: bytes, sector: int, size: int | None) -> bytes:
    """The sectors of a stream one after another."""
    (shift,) = struct.unpack_from("<H", content, 30)
    if not 7 <= shift <= 16:
        raise Unreadable(DAMAGED_WORKBOOK)
    width = 1 << shift
    table = _allocation(content, width)
    pieces, seen = [], 0
    while sector < LAST:
        pieces.append(content[(sector + 1) * width : (sector + 2) * width])
        sector, seen = table[sector], seen + 1
        if seen > len(table):
            raise Unreadable(DAMAGED_WORKBOOK)
    return b"".join(pieces)[:size]


def _small_stream(content: bytes, sector: int, size: int) -> bytes:
    """A stream too small for sectors of its own, as LibreOffice writes a workbook of a few rows.

    It stands in smaller sectors, which make up the stream of the root.
    """
    (shift,) = struct.unpack_from("<H", content, 32)
    (start,) = struct.unpack_from("<I", content, 60)
    further = _stream(content, start, None)
    table = struct.unpack(f"<{len(further) // 4}I", further)
    held = _stream(content, *_directory(content)["Root Entry"])
    pieces: list[bytes] = []
    while sector < LAST and len(pieces) <= len(table):
        pieces.append(held[sector << shift : (sector + 1) << shift])
        sector = table[sector]
    return b"".join(pieces)[:size]


def _allocation(content: bytes, width: int) -> list[int]:
    """For each sector the one that follows it."""
    sectors = list(struct.unpack_from(f"<{FIRST_SECTORS}I", content, 76))
    (further,) = struct.unpack_from("<I", content, 68)
    entries = width // 4
    while further < LAST and len(sectors) * width <= len(content):
        *more, further = struct.unpack_from(f"<{entries}I", content, (further + 1) * width)
        sectors += more
    table: list[int] = []
    for sector in sectors:
        if sector < LAST:
            table += struct.unpack_from(f"<{entries}I", content, (sector + 1) * width)
    return table


def _look(book: bytes) -> Archive:
    starts: list[int] = []  # of the sheets, in the workbook's order
    is_1904, sheet, at = False, None, 0
    flaws: dict[int, Cells] = {}
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = at + 4
        if kind in (FORMULA, BOOLEAN_OR_ERROR):
            error = _error(book[body : body + length], kind)
            if error and sheet is not None:
                row, column = struct.unpack_from("<HH", book, body)
                flaws.setdefault(sheet, {})[row + 1, column] = Flaw(error)
        elif kind == BEGINNING:
            sheet = starts.index(at) if at in starts else sheet
        elif kind == SHEET:
            starts.append(struct.unpack_from("<I", book, body)[0])
        elif kind == CALENDAR:
            is_1904 = book[body] == 1
        elif kind == PASSWORD_RECORD:
            raise Unreadable(PASSWORD)
        at = body + length
    return Archive(is_1904, flaws=flaws)


def _error(record: bytes, kind: int) -> str | None:
    """The error that a cell shows: of a formula's result, or one that was entered."""
    if kind == FORMULA:
        is_error, code = record[6] == 2 and record[12:14] == b"\xff\xff", record[8]
    else:
        is_error, code = record[7] == 1, record[6]
    return ERRORS.get(code, "#") if is_error else None
