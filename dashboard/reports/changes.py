"""What a briefing would say otherwise under another edition, number by number."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import catalogue
from dashboard.reports.model import Briefing, Figure, Number

NAMES = ("metric", "district_name", "branch_name", "community_name", "compound_name")  # what tells a row apart in words


@dataclass(frozen=True)
class Change:
    """One number that differs: where it stands, what it is, and as written before and now (empty where it is not)."""

    section: str
    figure: str  # empty for a number inside a sentence
    subject: str
    before: str
    now: str


def compare(before: Briefing, now: Briefing) -> list[Change]:
    """Every number of the figures and sentences of two fillings of one storyline that is not written alike."""
    old, new = dict(_numbers(before)), dict(_numbers(now))
    return [
        Change(*key[:3], old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*old, *new])
        if old.get(key, "") != new.get(key, "")
    ]


def _numbers(briefing: Briefing) -> Iterator[tuple[tuple[str, str, str, int], str]]:
    """Each number under where it stands; the last part of the key tells equal ones apart."""
    seen: dict[tuple[str, str, str], int] = {}
    for section in briefing.sections:
        for sentence in section.sentences:
            for number in sentence.numbers:
                subject = _subject(number)
                yield _key(seen, section.heading, "", subject), number.shown
        for figure in section.figures:
            for subject, shown in _cells(figure):
                yield _key(seen, section.heading, figure.title, subject), shown


def _subject(number: Number) -> str:
    """What a number inside a sentence is, in words: the metric, the names of its row, the column."""
    names = [catalogue.title(value) if name == "metric" else value for name, value in number.row if name in NAMES]
    column, _operator, rest = number.column.partition(" ")
    return " · ".join([*names, f"{catalogue.title(column)} {rest}".strip()])


def _cells(figure: Figure) -> Iterator[tuple[str, str]]:
    """Every number of a figure's table, under the words of its row and the title of its column."""
    for row in figure.table.rows:
        words = [cell.shown for column, cell in zip(figure.table.columns, row, strict=True) if not column.is_number]
        for column, cell in zip(figure.table.columns, row, strict=True):
            if column.is_number:
                yield " · ".join([*words, column.title]), cell.shown


def _key(seen: dict[tuple[str, str, str], int], *words: str) -> tuple[str, str, str, int]:
    seen[words] = seen.get(words, -1) + 1
    return (*words, seen[words])
