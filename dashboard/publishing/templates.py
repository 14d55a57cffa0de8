"""Blank workbooks that a clerk fills in: one per table, with titles, types and allowed values."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard import contract, profile, scoring, settings, text
from dashboard.publishing import values
from dashboard.text import _

LAST_ROW = 1_048_575
WIDTHS = {"string": 18, "integer": 12, "number": 14, "boolean": 10, "date": 13, "datetime": 18, "geometry": 40}
FORMATS = {"string": "@", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "geometry": "@"}


def template(destination: Path, place: str) -> list[Path]:
    """Write `<table>.xlsx` for every table of the contract; returns the files.

    Titles are in the reader's language. Codes are formatted as text, so that Excel keeps their zeros, and
    columns with a vocabulary offer it as a list. Raises `profile.ProfileError` or `scoring.RuleError`.
    """
    home = settings.place_dir(place)
    known = profile.load(home / "place.toml")
    codes = scoring.rule_codes(home / "rules")
    destination.mkdir(parents=True, exist_ok=True)
    written = []
    for table in contract.load().tables.values():
        file = destination / f"{_title(table)}.xlsx"
        vocabularies = {
            name: [labels[_position()] for labels in coded.values()]
            for name, column in table.fields.items()
            if (coded := values.vocabulary(column, known, codes)) is not None
        }
        _write(file, table, vocabularies)
        written.append(file)
    return written


def _write(file: Path, table: contract.Table, vocabularies: dict[str, list[str]]) -> None:
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet(_title(table)[:31])
        notes = book.add_worksheet(_("Notes"))
        lists = book.add_worksheet(_("Allowed values"))
        header = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        optional = book.add_format(header | {"bg_color": "#E8EDF2"})
        required = book.add_format(header | {"bg_color": "#F6D9C9"})
        for position, column in enumerate(table.fields.values()):
            style = book.add_format({"num_format": FORMATS.get(column.type, "General")})
            sheet.set_column(position, position, WIDTHS[column.type], style)
            sheet.write_string(0, position, _title(column), required if column.required else optional)
            if column.name in vocabularies:
                _offer(sheet, lists, position, _title(column), vocabularies[column.name])
        sheet.freeze_panes(1, 0)
        _explain(notes, table, vocabularies, optional)


def _offer(sheet: Worksheet, lists: Worksheet, position: int, title: str, words: list[str]) -> None:
    """Put the words on the list sheet and let the column choose among them."""
    lists.write_column(0, position, [title, *words])
    column = xlsxwriter.utility.xl_col_to_name(position)
    source = f"='{lists.get_name()}'!${column}$2:${column}${len(words) + 1}"
    sheet.data_validation(1, position, LAST_ROW, position, {"validate": "list", "source": source})


def _explain(notes: Worksheet, table: contract.Table, vocabularies: dict[str, list[str]], style: object) -> None:
    """One row per column: what it is, what it may hold, whether it may stay empty."""
    titles = [_("Column"), _("Code"), _("Required"), _("What to enter")]
    notes.write_row(0, 0, titles, style)
    notes.set_column(0, 1, 24)
    notes.set_column(2, 2, 10)
    notes.set_column(3, 3, 80)
    separator = ", " if text.language() == "en" else "、"
    for row, column in enumerate(table.fields.values(), start=1):
        if column.name in vocabularies:
            wanted = _(values.ONE_OF).format(allowed=separator.join(vocabularies[column.name]))
        elif column.masked:
            wanted = _("the surname and asterisks, such as 张**")
        else:
            wanted = _(values.WANTED[column.type])
        required = _("Yes") if column.required else _("No")
        notes.write_row(row, 0, [_title(column), column.name, required, wanted])


def _title(thing: contract.Table | contract.Field) -> str:
    return thing.title_en if text.language() == "en" else thing.title


def _position() -> int:
    return 1 if text.language() == "en" else 0
