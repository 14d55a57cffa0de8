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
TOTALS = {"合计", "总计", "小计", "共计", "汇总", "全市合计", "全区合计", "全县合计", "本页合计", "总数"}
TOTALS |= {"total", "grandtotal", "subtotal", "sum"}
NOTES = re.compile(
    "[*※注#]|备注|说明|填表|填报|审核|审批|制表|报送|联系|负责人|单位负责人|统计负责人|数据来源|资料来源|来源[:：]|note|source|prepared",
    re.IGNORECASE,
)
LONGEST_TITLE = 60  # letters
SENTENCE = 15  # letters: one such cell alone in a row is a note
NUMBERING = {*"甲乙丙丁戊己庚辛壬癸", *"abcdefghijklmnopqrstuvwxyz"}
UNIT = re.compile(r"^[(\[].{1,8}[)\]]$")

Row = tuple[int, list]


@dataclass
class Layout:
    """Where a table begins: row of its header (the lower of two), its titles, the rows left out above and under it."""

    header_row: int
    titles: list
    above: list[int] = field(default_factory=list)
    under: list[int] = field(default_factory=list)


@dataclass
class Total:
    """A row of totals: its row number, its cells, and how many records stood before it and before the last subtotal."""

    row: int
    cells: list
    before: int
    since: int


@dataclass
class Body:
    """What is left out of a sheet: rows by kind, and the totals among them."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)

    def leave_out(self, kind: str, row: int) -> None:
        """Note a row that is no record."""
        self.rows.setdefault(kind, []).append(row)


def is_filled(cells: Iterable) -> bool:
    """Whether any cell holds anything."""
    return any(cell is not None and str(cell).strip() for cell in cells)


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
    rest = first[last + 1 :]
    while rest and _is_under_header(rest[0][1]):
        layout.under.append(rest.pop(0)[0])
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
    return (is_numbering and (not numbers or numbers[0] <= len(letters) + 1)) or all(UNIT.match(word) for word in words)


def records(rows: Iterator[Row], layout: Layout, body: Body, required: int) -> Iterator[Row]:
    """The rows that are records; totals, notes and repeated headers are counted in `body`.

    `required` is how many columns a record must fill: a row of one or two cells can then be a note.
    """
    titles = {fold(title) for title in layout.titles if _said(title)}
    count, since = 0, 0
    for row, cells in rows:
        said = list(islice((cell for cell in cells if _said(cell)), 3))  # three tell a record from a note
        first = fold(said[0]) if len(str(said[0])) <= LONGEST_TITLE else ""
        if first in TOTALS:
            body.totals.append(Total(row, cells, count, since if first in ("小计", "subtotal") else 0))
            body.leave_out("total", row)
            since = count
        elif first in titles and len(said) > 1 and _repeats(cells, titles):
            body.leave_out("header", row)
        elif len(said) <= 2 < len(titles) and required > 1 and _is_note(said):
            body.leave_out("note", row)
        else:
            count += 1
            yield row, cells


def _repeats(cells: list, titles: set[str]) -> bool:
    said = [fold(cell) for cell in cells if _said(cell)]
    return 5 * sum(word in titles for word in said) >= 4 * len(said)


def _is_note(said: list) -> bool:
    words = [str(cell).strip() for cell in said]
    return bool(NOTES.match(words[0])) or (len(words) == 1 and len(words[0]) >= SENTENCE and not words[0].isdigit())


def filled_down(rows: Iterator[Row], ranges: list[tuple[int, int, int, int]], filled: list[int]) -> Iterator[Row]:
    """Rows in which merged cells all hold the value of the first.

    `ranges` are (top, left, bottom, right), rows from 1, columns from 0. Rows with such cells are added to `filled`.
    """
    starts: dict[int, list[tuple[int, int, int]]] = {}
    for top, left, bottom, right in ranges:
        starts.setdefault(top, []).append((left, bottom, right))
    held: list[tuple[int, int, int, object, int]] = []  # left, right, bottom, value, top
    for row, cells in rows:
        held = [each for each in held if each[2] >= row]
        held += [
            (left, right, bottom, cells[left] if left < len(cells) else None, row)
            for left, bottom, right in starts.get(row, ())
        ]
        for left, right, _bottom, value, top in held:
            if _said(value):
                cells = _padded(cells, right + 1)
                for column in range(left, right + 1):
                    if not _said(cells[column]):
                        cells[column] = value
                        if top != row:
                            filled.append(row)
        yield row, cells


def findings(body: Body, layout: Layout, table: str, place: Place) -> list[Finding]:
    """What was left out of a sheet, each kind with its rows."""
    left = {"title": layout.above, "units": layout.under} | body.rows
    return [
        Finding(
            NOTE,
            LEFT_OUT[kind],
            table=table,
            count=len(rows),
            places=tuple(replace(place, row=row) for row in rows[:KEPT]),
        )
        for kind, rows in left.items()
        if rows
    ]


def _said(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _padded(cells: list, width: int) -> list:
    return [*cells, *[None] * (width - len(cells))]
