"""Figures of one unit beside those around it: a line per metric, with its course and a light per number."""

from dataclasses import dataclass

import pandas as pd

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.charts.matrices import TINTS
from dashboard.charts.sparklines import course
from dashboard.charts.tables import Cell, Table
from dashboard.text import NOT_REPORTED, _, number


@dataclass(frozen=True)
class Course(Cell):
    """A cell with the line of a figure's values, as HTML, instead of a number."""

    line: str = ""

    def html(self, widest: int = 0) -> str:
        """The cell as `<td>`."""
        return f'<td class="course">{self.line}</td>'


def unit_figures(
    rows: theme.Rows, months: theme.Rows, *, names: dict[str, str], targets: dict[str, dict[str, float]], based: bool
) -> Table:
    """Metrics by relation (unit, parent, place), the course of the unit first.

    `rows` has metric, relation, value, numerator, denominator, base_count and state; `months` metric and value in
    order of time; `names` heads the relations that are shown. `targets` are those of the profile; `based` writes what
    the unit's rates stand on under them.
    """
    courses: dict[str, list[float]] = {}
    for row in theme.records(months):
        courses.setdefault(row["metric"], []).append(row["value"])
    cells: dict[tuple[str, str], Cell] = {}
    for row in theme.records(rows):
        if row["relation"] not in names:
            continue
        metric = row["metric"]
        title = catalogue.title(metric)
        if (title, _("Course")) not in cells:
            cells[title, _("Course")] = _course(courses.get(metric, []), metric)
        cells[title, names[row["relation"]]] = _figure(row, names[row["relation"]], targets.get(metric, {}), based)
    return Table(cells)


def _course(values: list[float], metric: str) -> Cell:
    """The line of a metric's months; fewer than two make none."""
    if len(values) < 2:
        return Course("")
    return Course("", line=course(values, lambda value: catalogue.metric_number(value, metric)))


def _figure(row: dict, name: str, goal: dict[str, float], based: bool) -> Cell:
    metric, state = row["metric"], row["state"]
    described = catalogue.COLUMNS[metric]
    word = _(catalogue.WORDS["state"][state])
    heading = f"{name} · {catalogue.title(metric)}"
    if state != "reported":
        return Cell(_("n/a") if state == "not_applicable" else NOT_REPORTED, meaning=word, hover=(heading, word))
    written = catalogue.metric_number(row["value"], metric)
    signal = theme.signal(row["value"], goal.get("target"), goal.get("amber"), described.better)
    is_unit = row["relation"] == "unit"
    sign, meaning = ("", "") if signal == "unknown" else (theme.SIGNS[signal], _(catalogue.WORDS["signal"][signal]))
    counted = (
        [f"{number(row['numerator'], 'decimal')} / {number(row['denominator'], 'decimal')}"]
        if described.kind == "share" and pd.notna(row["denominator"])
        else []
    )
    hover = (heading, " ".join(filter(None, [sign, written, meaning])), *counted)
    tint = TINTS[signal] if is_unit and sign else "transparent"
    base = _("n = {count}").format(count=number(row["base_count"], "count")) if based and is_unit and counted else ""
    return Cell(written, sign, meaning, below=base, tint=tint, hover=hover)
