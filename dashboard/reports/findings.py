"""Findings marked at meetings, as a briefing lists them: how each stands and what its figure says now."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard import followups, people, periods, store, text
from dashboard.charts import theme
from dashboard.followups import FollowUp, Mark
from dashboard.reports import cells, content
from dashboard.reports.model import Briefing, Cell, Figure, Finding, Section

REPORTED_BACK = timedelta(days=100)  # what is done or withdrawn is still listed at the next quarter's meeting
FILTERS = ("districts", "compound_types")
MOMENTS = ("month", "quarter", "progress_to")  # the new value is that of the new period
JUDGED = ("signal", "state", "verdict")


def standing(chosen: dict[str, Any]) -> tuple[Finding, ...]:
    """What is open or was closed of late, the nearest deadline first, with the values that `chosen` gives now."""
    today = date.today()
    with text.speaking(chosen["language"]):
        return tuple(
            _finding(each, chosen, today)
            for each in followups.all_findings(chosen["place"])
            if each.is_open or today - each.state.changed_at.date() < REPORTED_BACK
        )


def mark(briefing: Briefing, section: Section, figure: Figure | None, row: int, column: int, subject: str) -> Mark:
    """A finding about one cell of a figure of a section, or about the section as a whole without a figure."""
    if figure is None:
        return Mark(section.code, section.heading, subject, briefing.edition, briefing.period)
    cell, source = figure.table.rows[row][column], figure.source
    keys = {name: str(value) for name, value in _keys(figure.rows).iloc[row].items() if value == value}
    shared = content.parameters({name: source.parameters[name] for name in ("place", "edition")})
    moments = periods.parameters(date.today(), date.today())
    own = set(store.describe(source.query).parameters) - {*shared, *moments, "language", "as_of"}
    kept = {name: source.parameters[name] for name in {*FILTERS, *own} if name in source.parameters}
    if any(name.endswith("_name") for name in keys):  # names are told apart in the language they are written in
        kept["language"] = briefing.language
    name = figure.table.columns[column].name
    districts = [keys["district_code"]] if "district_code" in keys else list(source.parameters["districts"])
    return Mark(
        section.code,
        section.heading,
        subject,
        briefing.edition,
        briefing.period,
        figure=figure.code,
        metric=figure.table.columns[column].title,
        query=source.query,
        parameters=kept,
        row=keys,
        column=name,
        value=cell.value,
        kind=cell.kind,
        districts=tuple(districts),
    )


def words(figure: Figure, row: int) -> str:
    """What a row of a figure is called: its cells that are no numbers."""
    cells = zip(figure.table.columns, figure.table.rows[row], strict=True)
    return " · ".join(cell.shown for column, cell in cells if not column.is_number)


def _finding(found: FollowUp, chosen: dict[str, Any], today: date) -> Finding:
    given, state = found.mark, found.state
    then = None if not given.query else Cell(given.value, given.kind, text.number(given.value, given.kind))
    return Finding(
        number=found.number,
        section=given.section,
        subject=given.subject,
        owner=state.owner,
        deadline=state.deadline,
        deadline_shown=text.moment(state.deadline, "date"),
        note=state.note,
        status=state.status,
        status_words=found.status_words,
        metric=given.metric,
        then=then,
        now=_now(given, chosen) if given.query else None,
        is_overdue=found.is_overdue(today),
    )


def _now(given: Mark, chosen: dict[str, Any]) -> Cell | None:
    """The same cell in the edition and period of `chosen`; None where it is not there any more."""
    asked = content.parameters(chosen) | (given.parameters or {})
    try:
        if given.query in people.PROTECTED:
            rows = people.query(given.query, list(given.row or {}), **asked)
        else:
            rows = store.query(given.query, **asked)
    except (LookupError, store.OutdatedEditionError):
        return None
    for name, value in (given.row or {}).items():
        rows = rows[rows[name].astype(str) == value] if name in rows else rows[:0]
    if rows.empty or given.column not in rows:
        return None
    row = theme.records(rows.tail(1))[0]  # of a course the last month
    return cells.cell(row[given.column], given.column, row, store.place_profile(chosen["place"], chosen["edition"]))


def _keys(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns that tell the rows of a figure apart in any edition: codes and facets, else names."""
    told = [name for name in rows if not pd.api.types.is_numeric_dtype(rows[name]) and name not in MOMENTS]
    told = [name for name in told if name not in JUDGED and not name.endswith("_flag")]
    return rows[[name for name in told if not name.endswith("_name")] or told]
