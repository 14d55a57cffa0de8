"""How clerks lay out a sheet: titles above the header, two-line headers, totals, notes, merged cells.

Rows are lists of cells as the reader gives them. What is left out is counted, never shown: titles and notes may name
persons.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from dashboard.publishing.findings import KEPT, NOTE, Finding, Place
from dashboard.publishing.folding import fold
from dashboard.text import N_

HEADER_WITHIN = 30  # rows
LEFT_OUT = {
    "title": N_("Rows above the header were left out"),
    "units": N_("Rows of units or column numbers under the header were left out"),
    "total": N_("Rows of totals were left out"),
    "note": N_("Notes below the table were left out"),
    "header": N_("Repeated header rows were left out"),
}
MERGED = N_("Merged cells were filled with the value that they show")
TWICE = N_("The column stands twice with the same values; one was read")
TOTAL = re.compile(r".{0,10}(?:合计|总计|小计|共计|汇总|总数|total|sum)(?::.{0,20}|\(.*\))?")  # of a folded word
PARTIAL = re.compile("小计|subtotal")
NOTES = re.compile(
    "[*※注#]|备注|说明|填表|填报|审核|审批|制表|报送|联系|负责人|单位负责人|统计负责人|数据来源|资料来源|来源[:：]|note|source|prepared",
    re.IGNORECASE,
)
SIGNATURE = re.compile("(填表|填报|审核|审批|制表|报送|联系|经办|(单位|统计)?负责)[人员日期单位电话]{0,3}[:：]")
# Any word of a total, note or signature; written so that DuckDB understands it too.
SUSPECT = re.compile(
    r"^\s*$|^[^0-9A-Za-z_㐀-鿿]|[计計总總汇匯注备備说說填审審制報报联聯负負经經统統单單数數资資来來]|total|sum|note|source|prepared",
    re.IGNORECASE,
)
EVIDENT = re.compile("[A-Za-z]{0,2}[0-9][0-9 .:-]*")  # numbers, dates, most codes
LONGEST_TITLE = 60  # letters
SENTENCE = 15  # letters: one such cell alone in a row is a note
NUMBERING = {*"甲乙丙丁戊己庚辛壬癸", *"abcdefghijklmnopqrstuvwxyz"}
UNIT = re.compile(r"^[(\[].{1,8}[)\]]$")

Row = tuple[int, list]


@dataclass
class Layout:
    """Where a table begins: row of its header (the lower of two), its titles, the rows left out above and under it.

    `units` are the cells of the row of units under it, `words` what stands above it.
    """

    header_row: int
    titles: list
    above: list[int] = field(default_factory=list)
    under: list[int] = field(default_factory=list)
    units: list = field(default_factory=list)
    words: str = ""


@dataclass
class Total:
    """A row of totals: its row number, its cells, and the runs of records (from, to) that it may add up."""

    row: int
    cells: list
    spans: list[tuple[int, int]]


@dataclass
class Left:
    """Rows that are left out for one reason: how many, and the first of them."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, row: int) -> None:
        """Count one more row."""
        self.count += 1
        if len(self.rows) < KEPT:
            self.rows.append(row)


@dataclass
class Body:
    """What is left out of a sheet: rows by kind, and the totals among them."""

    left: dict[str, Left] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)

    def leave_out(self, kind: str, row: int) -> None:
        """Note a row that is no record."""
        self.left.setdefault(kind, Left()).add(row)


def is_filled(cells: Iterable) -> bool:
    """Whether any cell holds anything."""
    return any(map(_said, cells))


def find(rows: Iterator[Row], score: Callable[[list], int]) -> tuple[Layout | None, Iterator[Row]]:
    """The layout of a sheet and its rows under the header. `score` says how much a list of titles fits the table.

    A header of two lines, groups above and titles below, counts where both together fit better than either.
    """
    first = list(islice(((row, cells) for row, cells in rows if is_filled(cells)), HEADER_WITHIN))
    if not first:
        return None, iter(())
    best, at, titles, height = 0, 0, first[0][1], 1
    for index, (row, cells) in enumerate(first):
        single = score(cells)
        if single > best:
            best, at, titles, height = single, index, cells, 1
        below = first[index + 1] if index + 1 < len(first) else None
        if below and below[0] == row + 1:
            alone = score(below[1])
            for together in (_stacked(cells, below[1], joined) for joined in (False, True)):
                if score(together) > max(best, alone):
                    best, at, titles, height = score(together), index, together, 2
    last = at + height - 1
    if at and first[at - 1][0] == first[at][0] - 1 and _is_upper_line(first[at - 1][1], titles):
        at -= 1
    layout = Layout(first[last][0], titles, [row for row, _cells in first[:at]])
    layout.words = " ".join(str(cell) for _row, cells in first[:at] for cell in cells if _said(cell))
    rest = first[last + 1 :]
    while rest and _is_under_header(rest[0][1]):
        row, cells = rest.pop(0)
        layout.under.append(row)
        layout.units = cells if _names_units(cells) else layout.units
    return layout, chain(rest, ((row, cells) for row, cells in rows if is_filled(cells)))


def _is_upper_line(cells: list, titles: list) -> bool:
    """Whether a row is the upper line of the header, with some of its titles merged over both lines."""
    return any(_said(above) and above == title for above, title in zip(cells, titles, strict=False))


def _stacked(upper: list, lower: list, joined: bool) -> list:
    """Titles of two lines: the lower one, or the upper where there is none; `joined`: group and title together."""
    width = max(len(upper), len(lower))
    group, titles = None, []
    for above, below in zip(_padded(upper, width), _padded(lower, width), strict=True):
        group = above if _said(above) else group
        if not _said(below):
            titles.append(above)
        else:
            titles.append(f"{group}{below}" if joined and _said(group) else below)
    return titles


def _is_under_header(cells: list) -> bool:
    """Whether a row only numbers the columns (甲 乙 1 2) or names their units in brackets."""
    words = [fold(cell) for cell in cells if _said(cell)]
    if len(words) < 2:
        return False
    numbers = [int(float(w)) for w in words if re.fullmatch(r"\d{1,3}(\.0)?", w)]
    letters = [w for w in words if w in NUMBERING]
    is_numbering = len(numbers) + len(letters) == len(words) and numbers == list(
        range(numbers[0] if numbers else 1, (numbers[0] if numbers else 1) + len(numbers))
    )
    return (is_numbering and (not numbers or numbers[0] <= len(letters) + 1)) or _names_units(cells)


def _names_units(cells: list) -> bool:
    return all(UNIT.match(fold(cell)) for cell in cells if _said(cell))


def records(rows: Iterator[Row], layout: Layout, body: Body, required: list[int]) -> Iterator[Row]:
    """The rows that are records; totals, notes and repeated headers are counted in `body`.

    `required` are the positions of the columns that every record fills: a row that does not can be something else.
    """
    titles = {fold(title) for title in layout.titles if _said(title)}
    headings = {title for title in layout.titles if _said(title)}
    count, since = 0, 0
    last: Total | None = None
    for row, cells in rows:
        kind = None if _is_evident(cells, required, headings) else _kind(cells, titles, required)
        if kind is None:
            count += 1
            yield row, cells
            continue
        body.leave_out(kind, row)
        if kind == "total" and len(body.totals) < KEPT:
            if last:
                last.spans.append((last.spans[0][1], count))
            is_partial = PARTIAL.search(fold(next(filter(_said, cells))))
            last = Total(row, cells, [(since, count)] if is_partial else [(0, count), (since, count)])
            body.totals.append(last)
            since = count
    if last:  # a total may also stand above its rows
        last.spans.append((last.spans[0][1], count))
        body.totals[0].spans.append((body.totals[0].spans[0][1], count))


def _is_evident(cells: list, required: list[int], headings: set) -> bool:
    """Whether a row is a record beyond doubt, which a million rows are asked quickly."""
    try:
        for at in required:
            cell = cells[at]
            if type(cell) is str:
                if not EVIDENT.fullmatch(cell) and (cell in headings or SUSPECT.search(cell)):
                    return False
            elif cell is None:
                return False
    except IndexError:
        return False
    return bool(required)


def _kind(cells: list, titles: set[str], required: list[int]) -> str | None:
    """What a row is if it is no record."""
    said = list(islice(filter(_said, cells), 3))  # three tell a record from a note
    first = fold(said[0]) if len(str(said[0])) <= LONGEST_TITLE else ""
    if TOTAL.fullmatch(first) and any(_is_blank_or_total(cells, at) for at in required):
        return "total"
    if first in titles and len(said) > 1 and _repeats(cells, titles):
        return "header"
    if SIGNATURE.match(str(said[0]).strip()):
        return "note"
    if len(said) < min(3, len(titles)) and len(required) > 1 and _is_note(said):
        return "note"
    return None


def _is_blank_or_total(cells: list, at: int) -> bool:
    return at >= len(cells) or not _said(cells[at]) or bool(TOTAL.fullmatch(fold(cells[at])))


def _repeats(cells: list, titles: set[str]) -> bool:
    said = [fold(cell) for cell in cells if _said(cell)]
    return 5 * sum(word in titles for word in said) >= 4 * len(said)


def _is_note(said: list) -> bool:
    words = [str(cell).strip() for cell in said]
    return bool(NOTES.match(words[0])) or (len(words) == 1 and len(words[0]) >= SENTENCE and not words[0].isdigit())


def filled_down(
    rows: Iterator[Row], ranges: list[tuple[int, int, int, int]], filled: dict[int, list[int]]
) -> Iterator[Row]:
    """Rows in which merged cells all hold the value of the first.

    `ranges` are (top, left, bottom, right), rows from 1, columns from 0. The columns that got a value so are noted in
    `filled` by row.
    """
    starts: dict[int, list[tuple[int, int, int]]] = {}
    for top, left, bottom, right in ranges:
        starts.setdefault(top, []).append((left, bottom, right))
    held: list[tuple[int, int, int, object]] = []  # left, right, bottom, value
    for row, cells in rows:
        held = [each for each in held if each[2] >= row]
        held += [
            (left, right, bottom, cells[left] if left < len(cells) else None)
            for left, bottom, right in starts.get(row, ())
        ]
        for left, right, _bottom, value in held:
            if _said(value):
                cells = _padded(cells, right + 1)
                for column in range(left, right + 1):
                    if not _said(cells[column]):
                        cells[column] = value
                        filled.setdefault(row, []).append(column)
        yield row, cells


def findings(body: Body, layout: Layout, table: str, place: Place) -> list[Finding]:
    """What was left out of a sheet, each kind with its rows."""
    around = {"title": layout.above, "units": layout.under}
    left = {kind: Left(len(rows), rows) for kind, rows in around.items()} | body.left
    return [
        Finding(
            NOTE,
            LEFT_OUT[kind],
            table=table,
            count=each.count,
            places=tuple(replace(place, row=row) for row in each.rows),
        )
        for kind, each in left.items()
        if each.count
    ]


def _said(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _padded(cells: list, width: int) -> list:
    return [*cells, *[None] * (width - len(cells))]
