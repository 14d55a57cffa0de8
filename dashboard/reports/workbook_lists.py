"""The sheets of a workbook that are lists: computed sentences, what was marked, definitions, sources."""

import json
from collections.abc import Iterable
from datetime import date

from dashboard.reports.model import Briefing, Cell
from dashboard.reports.workbook_cells import Writer
from dashboard.text import _, listed, moment, number


def sentences(writer: Writer, briefing: Briefing) -> None:
    """Every computed sentence, and a row for each of its numbers: as written, exactly, and where it comes from."""
    rows: list[list[str | Cell]] = []
    told = [(section.heading, sentence) for section in briefing.sections for sentence in section.sentences]
    for at, (heading, sentence) in enumerate(told, start=1):
        numbers = [
            [said.shown, _exact(said.value), said.query, _row_words(said.row), said.column] for said in sentence.numbers
        ]
        for place, number_words in enumerate(numbers or [["", _exact(None), "", "", ""]]):
            words = "" if place else sentence.text  # once: the numbers below it have its number
            rows.append([Cell(at, "count", number(at, "count")), heading, words, *number_words])
    titles = (
        _("No."),
        _("Section"),
        _("Sentence"),
        _("As written"),
        _("Exact value"),
        _("Query"),
        _("Row"),
        _("Column"),
    )
    writer.list(_("Sentences"), titles, rows, (8, 18, 46, 13, 18, 22, 26, 18))


def _exact(value: float | date | None) -> Cell:
    if isinstance(value, date):
        return Cell(value, "date", moment(value, "date"))
    return Cell(value, "exact", "" if value is None else str(value))


def _row_words(row: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{name} = {value}" for name, value in row)


def findings(writer: Writer, briefing: Briefing) -> None:
    """What was marked at meetings, and how its figure stands now."""
    nothing = Cell(None, "text", "")
    rows = [
        [
            Cell(finding.number, "count", str(finding.number)),
            finding.section,
            finding.subject,
            finding.owner,
            Cell(finding.deadline, "date", finding.deadline_shown),
            listed([finding.status_words, *([_("Overdue")] if finding.is_overdue else [])]),
            finding.metric,
            finding.then or nothing,
            finding.now or nothing,
            finding.note,
        ]
        for finding in briefing.findings
    ]
    titles = (
        _("No."),
        _("Section"),
        _("Subject"),
        _("Owner"),
        _("Deadline"),
        _("Status"),
        _("Metric"),
        _("When marked"),
        _("Now"),
        _("Note"),
    )
    writer.list(_("Follow-up"), titles, rows, (8, 16, 20, 14, 16, 12, 16, 12, 12, 30))


def definitions(writer: Writer, briefing: Briefing) -> None:
    """Every term once."""
    known = dict.fromkeys(pair for _section, figure in briefing.figures for pair in figure.source.definitions)
    writer.list(_("Definitions"), (_("Term"), _("Definition")), known, (28, 100))


def sources(writer: Writer, briefing: Briefing, names: list[str]) -> None:
    """Query and parameters of every figure, those of all figures once, and what is said beyond the cover's facts."""
    figures = [figure for _section, figure in briefing.figures]
    asked = [{name: _json(value) for name, value in figure.source.parameters.items()} for figure in figures]
    shared = set.intersection(*(set(each.items()) for each in asked)) if asked else set()
    rows = [("", _("All figures"), "", "", _parameter_words(shared))] if shared else []
    for name, figure, parameters in zip(names, figures, asked, strict=True):
        query = figure.source.query
        beyond = [fact for fact in figure.source.facts if fact not in briefing.facts]
        own = [f"{label}: {said}" for label, said in beyond if said not in (query, figure.title)]
        rows.append((name, figure.title, query, "\n".join(own), _parameter_words(parameters.items() - shared)))
    titles = (_("Sheet"), _("Figure"), _("Query"), _("Note"), _("Parameters"))
    writer.list(_("Sources"), titles, rows, (24, 30, 26, 34, 52))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _parameter_words(parameters: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name} = {value}" for name, value in sorted(parameters))
