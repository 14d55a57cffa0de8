"""What a spreadsheet program would write for a cell, for tests of workbooks."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.cell import Cell


def shown(cell: Cell) -> str:
    """What a spreadsheet program writes for a cell: the few formats that a briefing uses."""
    value, code = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        return re.sub(
            r'yyyy|mmm|mm|m|d|hh|"[^"]*"', lambda part: _day(value, part[0], code), code.removeprefix("[$-409]")
        )
    if re.fullmatch('"[^"]*"', code):
        return code[1:-1]
    if code == "General":
        return f"{value:.10g}"
    sections = code.split(";")
    section = sections[0 if len(sections) == 1 or value > 0 else 1 if value < 0 else 2]
    pattern = re.search(r"(#,##)?0(?:\.(0+))?(%?)", section)
    grouping, decimals, percent = pattern.groups()
    number = Decimal(f"{value:.15g}") * (100 if percent else 1)
    number = number.quantize(Decimal(1).scaleb(-len(decimals or "")), ROUND_HALF_UP)
    written = f"{abs(number) if len(sections) > 1 else number:{',' if grouping else ''}f}{percent}"
    return section.replace(pattern[0], written).replace('"', "")


def _day(value: datetime, part: str, code: str) -> str:
    if part.startswith('"'):
        return part[1:-1]
    minutes = part == "mm" and "hh:mm" in code
    parts = {
        "yyyy": f"{value.year}",
        "mmm": f"{value:%b}",
        "m": f"{value.month}",
        "d": f"{value.day}",
        "hh": f"{value:%H}",
    }
    return f"{value:%M}" if minutes else parts[part]
