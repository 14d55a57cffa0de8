"""A filled briefing: everything that a screen, a slide, a page of paper or a sheet shows, and where it comes from.

Nothing here reads data, speaks to a browser or knows a file format. Every number a reader sees is a `Cell`: the value
and the text it is written as. Writers put down the text, or the value in a format that gives the same digits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Any, Literal

from dashboard.reports.office.formats import OFFICE_FORMATS as OFFICE_FORMATS

Form = Literal["bar", "column", "line", "stacked", "doughnut", "scatter", "table", "tiles", "map"]


@dataclass(frozen=True)
class Cell:
    """One value of a figure: as it is, the kind that says how it is written (`text.number`), and as written."""

    value: float | str | date | datetime | None
    kind: str
    shown: str

    @property
    def office_value(self) -> float | str | date | datetime | None:
        """The value as office programs write it in `office_format`, so that they show the digits of `shown`.

        Changes of shares are in percentage points. Office programs round a half away from zero, Python the exact binary
        number to even: where they part, and where a change rounds to none, the rounded number is given.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not isfinite(self.value):
            return self.value
        value = 100 * self.value if self.kind == "share_change" else self.value
        scale = 100 if self.kind == "share" else 1
        decimals = self.office_format.partition(";")[0].partition(".")[2].count("0")
        rounded = round(scale * value, decimals)
        if self.kind.endswith("_change") and not rounded:
            return 0
        written = scale * Decimal(f"{value:.15g}")
        by_office = written.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        is_same = self.office_format == "General" or by_office == Decimal(f"{rounded:.{decimals}f}")
        return value if is_same else rounded / scale

    @property
    def office_format(self) -> str:
        """How office programs write the value; where no count of decimals is fixed, with those it is shown with."""
        if self.kind != "decimal" or "e" in self.shown:
            return OFFICE_FORMATS.get(self.kind, "General")
        decimals = len(self.shown.partition(".")[2])
        return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


@dataclass(frozen=True)
class Source:
    """Where a figure comes from: the query and its parameters, and what a file says of them as (label, value)."""

    query: str
    parameters: dict[str, Any]
    facts: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str], ...]  # term, what it means


@dataclass(frozen=True)
class Column:
    """One column of a table; `is_number` says that its cells stand on the right."""

    name: str
    title: str
    is_number: bool


@dataclass(frozen=True)
class Table:
    """Rows of cells under their columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Series:
    """One run of values of a chart, a cell per category; `colour` as #rrggbb."""

    name: str
    cells: tuple[Cell, ...]
    colour: str


@dataclass(frozen=True)
class Chart:
    """What an editable chart needs. A doughnut has one series; a scatter has two, across and up.

    `categories` are written words (names, months), in the order of drawing. `target` is a value on the value axis.
    `points` colours the categories of a bar or doughnut one by one, if it is not empty.
    """

    form: Form
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str
    axis: str  # title of the value axis
    target: Cell | None = None
    points: tuple[str, ...] = ()

    @property
    def number_format(self) -> str:
        """How office programs write the values, so that they show the digits of `Cell.shown`."""
        return OFFICE_FORMATS[self.kind]


@dataclass(frozen=True)
class Tile:
    """One headline figure: title, value, judgement against its target, changes in words."""

    title: str
    cell: Cell
    signal: str  # good, watch, trouble or unknown
    signal_words: str
    target: Cell | None
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Area:
    """One unit of a map: its rings as (x, y) from 0 to 1 across and down the drawing, and the class of its value.

    `place` is its middle, where its name stands. `entry` is the position in the legend.
    """

    code: str
    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    place: tuple[float, float]
    cell: Cell
    entry: int


@dataclass(frozen=True)
class Entry:
    """One line of a map's legend; hatched where nothing is reported."""

    colour: str
    words: str
    count: int
    is_hatched: bool = False


@dataclass(frozen=True)
class Drawing:
    """A map of areas; `aspect` is its width divided by its height. `credit` names map approval, if there is one."""

    areas: tuple[Area, ...]
    legend: tuple[Entry, ...]
    aspect: float
    credit: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure in any form; its table always holds all its numbers.

    `unit` and `period` stand small under the title, `note` under the figure; `alt` says in one sentence what is to be
    seen. `page` and `address` lead to the same on a page of the dashboard.
    """

    code: str
    title: str
    form: Form
    table: Table
    source: Source
    unit: str = ""
    period: str = ""
    note: str = ""
    alt: str = ""
    chart: Chart | None = None
    tiles: tuple[Tile, ...] = ()
    drawing: Drawing | None = None
    rows: Any = field(default=None, compare=False, repr=False)  # of the query, as a DataFrame, for whoever checks
    page: str = ""
    address: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.table.rows and not self.tiles


@dataclass(frozen=True)
class Number:
    """One number inside a sentence: as written, and the query, row and column that it comes from."""

    shown: str
    value: float | None
    query: str
    row: tuple[tuple[str, str], ...]
    column: str


@dataclass(frozen=True)
class Sentence:
    """A computed sentence and its numbers; `template` is the position of its template in the section, if it has one."""

    text: str
    numbers: tuple[Number, ...]
    template: int | None = None


@dataclass(frozen=True)
class Section:
    """One view, one slide, one numbered part of the report. `chapter` groups sections that follow one another."""

    code: str
    chapter: str
    heading: str
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    notes: str = ""  # for the presenter only


@dataclass(frozen=True)
class Finding:
    """What was marked at a meeting, and how its figure stands now."""

    number: int
    section: str  # heading of the section it was marked at
    subject: str
    owner: str
    deadline: date
    deadline_shown: str
    note: str
    status: str
    status_words: str
    metric: str  # what its figure is called
    then: Cell | None
    now: Cell | None
    is_overdue: bool


@dataclass(frozen=True)
class Briefing:
    """All that is told, from one edition. `facts` are the edition's identity, filters, scope, time as (label, value).

    `label` says that the data are synthetic, where they are; `footer` is the line that every page of a file carries.
    """

    title: str
    subtitle: str
    place: str
    edition: str
    language: str
    period: str
    made_at: datetime
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]
    footer: str
    label: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def chapters(self) -> list[tuple[str, list[Section]]]:
        """Sections under the chapter they follow one another in."""
        grouped: list[tuple[str, list[Section]]] = []
        for section in self.sections:
            if grouped and grouped[-1][0] == section.chapter:
                grouped[-1][1].append(section)
            else:
                grouped.append((section.chapter, [section]))
        return grouped

    @property
    def queries(self) -> list[str]:
        """Names of the queries that its figures and sentences come from."""
        asked = [figure.source.query for _section, figure in self.figures]
        told = [n.query for section in self.sections for sentence in section.sentences for n in sentence.numbers]
        return sorted({*asked, *told})

    @property
    def figures(self) -> Iterator[tuple[Section, Figure]]:
        """Every figure with the section it stands in."""
        return ((section, figure) for section in self.sections for figure in section.figures)
