"""How a spreadsheet writes the cells of a briefing: typed, and with the very words of the screen."""

import re
from datetime import date, datetime
from math import isfinite

from dashboard import text
from dashboard.reports.model import Cell
from dashboard.text import _

# A day whose parts cannot be taken for one another, and how a spreadsheet calls them; 15:26 as the time of day.
_PATTERN = datetime(2001, 3, 4, 15, 26)
_PARTS = {"2001": "yyyy", "Mar": "mmm", "3": "m", "4": "d", "15:26": "hh:mm"}
FIRST_YEAR = 1900
_ENGLISH = "[$-409]"  # names of months stay English in a Chinese program


def value(cell: Cell) -> float | date | datetime | None:
    """The number or moment that a cell holds; None where it is written in words: names, "<5", not reported, yes or no.

    Spreadsheets count days from 1900 on; earlier ones are words too.
    """
    given = cell.office_value
    if isinstance(given, date):
        return given if given.year >= FIRST_YEAR else None
    is_number = isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given)
    return given if is_number else None


def number_format(cell: Cell) -> str:
    """The format in which `value` is shown as `Cell.shown`, units and the reader's way of writing dates included."""
    if cell.kind == "share_change":
        unit = _("{points} pp").partition("{points}")[2]
        return ";".join(f'{part}"{unit}"' for part in cell.office_format.split(";"))
    if not isinstance(cell.value, date):
        return cell.office_format
    if cell.kind in ("date", "month", "moment"):
        return _date_format(cell.kind)
    return f'"{cell.shown}"'  # spreadsheets know no quarters: the first day of one, under its name


def _date_format(kind: str) -> str:
    written = re.sub("|".join(_PARTS) + "|[^ ]", _part, text.moment(_PATTERN, kind))
    return _ENGLISH + written if text.language() == "en" else written


def _part(found: re.Match[str]) -> str:
    return _PARTS.get(found[0], f'"{found[0]}"')
