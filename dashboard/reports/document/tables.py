"""What stands in the tables of the written report, and how wide their columns are. Lengths are in points."""

import re
from collections.abc import Sequence

from dashboard import text
from dashboard.charts import theme
from dashboard.reports.document.grids import TableCell
from dashboard.reports.model import Briefing, Cell, Figure, Finding, Number
from dashboard.reports.office import fitting
from dashboard.text import N_, _

Content = tuple[list[TableCell], list[list[TableCell]]]  # head and rows
EMPTY = Cell(None, "text", text.NOT_REPORTED)
CELL_SIDE = 8.5  # points: margins of a cell, left and right together
NARROWEST = 28
BOLD = 1.06  # how much wider bold type is
LONGEST_WORD = 110  # points that a word is not broken within
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef;]+|[\u2e80-\u9fff]{4}")


def tiles(figure: Figure) -> Content:
    """Head and rows of headline figures: value, target, judgement, changes."""
    head = [_("Metric"), _("Value"), _("Target"), _("Judgement"), _("Changes")]
    rows = [
        [
            TableCell(tile.title),
            TableCell(tile.cell.shown, is_number=True),
            TableCell((tile.target or EMPTY).shown, is_number=True),
            TableCell(tile.signal_words, False, f"{theme.SIGNS[tile.signal]} ", theme.SIGNALS[tile.signal][1:]),
            TableCell("\n".join(tile.changes)),
        ]
        for tile in figure.tiles
    ]
    return [TableCell(words, is_number=place in (1, 2)) for place, words in enumerate(head)], rows


def findings(marked: Sequence[Finding]) -> Content:
    """Head and rows of what was marked at meetings; a sign beside what is overdue."""
    head = (N_("No."), N_("Subject"), N_("Owner"), N_("Deadline"), N_("Status"))
    head += (N_("When marked"), N_("Now"), N_("Note"))
    rows = [
        [
            TableCell(str(finding.number), is_number=True),
            TableCell(f"{finding.subject}\n{finding.section}"),
            TableCell(finding.owner),
            TableCell(finding.deadline_shown),
            TableCell(finding.status_words, sign="■ ", colour=theme.TROUBLE[1:])
            if finding.is_overdue
            else TableCell(finding.status_words),
            TableCell((finding.then or EMPTY).shown, is_number=True),
            TableCell((finding.now or EMPTY).shown, is_number=True),
            TableCell(f"{finding.metric}\n{finding.note}" if finding.note else finding.metric),
        ]
        for finding in marked
    ]
    return [TableCell(_(words), is_number=place in (0, 5, 6)) for place, words in enumerate(head)], rows


def definitions(briefing: Briefing) -> Content:
    """Head and rows of the terms of all figures, each once."""
    told = dict(pair for _section, figure in briefing.figures for pair in figure.source.definitions)
    rows = [[TableCell(term), TableCell(meaning)] for term, meaning in told.items()]
    return [TableCell(_("Term")), TableCell(_("Meaning"))], rows


def sources(captioned: Sequence[tuple[str, Figure]], facts: Sequence[tuple[str, str]]) -> str:
    """Where each figure comes from; what the cover says of all of them (`facts`) is left out."""
    known = set(facts)
    return "; ".join(
        f"{label} {figure.title} = {figure.source.query}{_bracketed(_facts(figure, known))}"
        for label, figure in captioned
    )


def _facts(figure: Figure, known: set[tuple[str, str]]) -> str:
    """What a figure's source says beyond the cover and its query."""
    known = known | {(label, value) for label, value in figure.source.facts if label == _("Time")}
    own = [pair for pair in figure.source.facts if pair[1] not in (figure.source.query, figure.title)]
    return ", ".join(f"{label}: {value}" for label, value in own if (label, value) not in known)


def origins(briefing: Briefing) -> list[tuple[str, str]]:
    """For each section that says numbers: its heading, and every number once with its query, column and row."""
    found = []
    for section in briefing.sections:
        numbers = [number for sentence in section.sentences for number in sentence.numbers]
        if numbers:
            found.append((section.heading, "; ".join(dict.fromkeys(map(_origin, numbers)))))
    return found


def _origin(number: Number) -> str:
    return f"{number.shown} = {number.query}.{number.column}{_bracketed(', '.join(map('='.join, number.row)))}"


def _bracketed(words: str) -> str:
    return f" ({words})" if words else ""


def widths_of(
    head: Sequence[TableCell], rows: Sequence[Sequence[TableCell]], size: float, room: float
) -> list[float] | None:
    """Widths of columns by what they hold: digits stay on one line, words break between words.

    The room left is shared out as by CSS 2.1, 17.5.2.2 (automatic table layout). None where even that is too wide.
    """
    least, most = [], []
    for column in zip(*([head] if head else []), *rows, strict=True):
        lines = [(cell.sign + cell.words, size) for cell in column[bool(head) :]]
        lines += [(column[0].words, BOLD * size)] if head else []
        wide = max(fitting.width(line, em) for words, em in lines for line in words.split("\n"))
        word_wide = max(fitting.width(word, em) for words, em in lines for word in _WORD.findall(words) or [""])
        most.append(max(NARROWEST, wide) + CELL_SIDE + 2)
        whole = max((fitting.width(cell.words, size) for cell in column[bool(head) :] if cell.is_number), default=0)
        least.append(max(NARROWEST, whole, min(word_wide, LONGEST_WORD)) + CELL_SIDE + 2)
    if sum(most) <= room:
        share = min(1.6, room / sum(most))
        return [width * share for width in most]
    if sum(least) > room:
        return None
    share = (room - sum(least)) / (sum(most) - sum(least))
    return [low + share * (high - low) for low, high in zip(least, most, strict=True)]
