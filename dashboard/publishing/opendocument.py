"""Merged cells of an OpenDocument spreadsheet, which the reader of workbooks does not tell."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
WIDEST = 16_384  # columns that a sheet can have

Range = tuple[int, int, int, int]


def merged(path: Path) -> list[list[Range]]:
    """Ranges (top, left, bottom, right; rows from 1, columns from 0) by sheet, in their order."""
    sheets: list[list[Range]] = []
    row = 0
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        for moment, element in iterparse(content, ("start", "end")):
            if moment == "start" and element.tag == f"{TABLE}table":
                sheets.append([])
                row = 0
            elif moment == "end" and element.tag == f"{TABLE}table-row":
                sheets[-1] += _spans(element, row + 1)
                row += _number(element, "number-rows-repeated")
                element.clear()
    return sheets


def _spans(line: Element, row: int) -> list[Range]:
    found, column = [], 0
    for cell in line:
        if cell.tag not in CELLS:
            continue
        height, width = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if (height, width) != (1, 1):
            found.append((row, column, row + height - 1, column + min(width, WIDEST) - 1))
        column += _number(cell, "number-columns-repeated")
    return found


def _number(element: Element, name: str) -> int:
    return int(element.get(f"{TABLE}{name}", "1"))
