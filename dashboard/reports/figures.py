"""Rows of a query to a figure of a briefing: its table, its chart, its tiles or its map, with where they come from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard import catalogue, exports, headlines, map_values, maps, quality, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.reports import drawings
from dashboard.reports.cells import cell, kind_of
from dashboard.reports.model import (
    Cell,
    Chart,
    Column,
    Figure,
    Series,
    Source,
    Table,
    Tile,
)
from dashboard.reports.storylines import FigureSpec, word
from dashboard.text import _

AXES = {"bar", "column", "line", "stacked", "doughnut", "scatter"}
WORDS = ("text", "note", "code", "enum", "metric", "table", "moment", "flag")


def build(spec: FigureSpec, rows: pd.DataFrame, chosen: dict[str, Any], profile: Profile) -> Figure:
    """One figure. `rows` are all the query gave, of which `spec` keeps and orders some."""
    if spec.form == "tiles":
        kept = headlines.in_order(headlines.with_signal(_kept(rows, spec), profile), spec.metrics)
        kept_rows = pd.DataFrame(kept)
    else:
        kept_rows = _ordered(_kept(rows, spec), spec)
    names = _columns(spec, kept_rows)
    is_crossed = spec.form == "table" and spec.series
    table = _crossed(kept_rows, spec, profile) if is_crossed else _table(kept_rows, names, spec, profile)
    drawn = {}
    if spec.form == "tiles":
        drawn["tiles"] = tuple(_tile(row) for row in kept)
    elif spec.form == "map":
        drawn["drawing"] = drawings.drawing(kept_rows, spec.metric, profile)
    elif spec.form in AXES and len(kept_rows):
        drawn["chart"] = _chart(kept_rows, spec, profile)
    title = word(spec.title)
    source = _source(title, kept_rows, names, spec, chosen)
    doubts = quality.sentence(quality.reasons(source.query, kept_rows, chosen))
    return Figure(
        code=spec.code,
        title=title,
        form=spec.form,
        table=table,
        source=source,
        unit=word(spec.unit),
        period=_moment(spec, chosen),
        note=" ".join(filter(None, [doubts, word(spec.note)])),
        alt=_("{title}; the same numbers are in the table.").format(title=title),
        page=spec.page,
        address=dict(spec.address),
        rows=kept_rows,
        **drawn,
    )


def _kept(rows: pd.DataFrame, spec: FigureSpec) -> pd.DataFrame:
    for name, value in spec.where.items():
        rows = rows[rows[name].isin(value if isinstance(value, list) else [value])]
    return rows


def _ordered(rows: pd.DataFrame, spec: FigureSpec) -> pd.DataFrame:
    if spec.order:
        column = spec.order.removeprefix("-")
        rows = rows.sort_values(column, ascending=not spec.order.startswith("-"), kind="stable", na_position="last")
    return (rows.head(spec.limit) if spec.limit else rows).reset_index(drop=True)


def _columns(spec: FigureSpec, rows: pd.DataFrame) -> list[str]:
    """Columns of the figure's table: those named, else what is drawn."""
    if spec.columns:
        return list(spec.columns)
    if spec.form == "tiles":
        return ["metric", "value", "target", "signal", "previous_change", "last_year_change"]
    drawn = [spec.category, spec.series, *spec.values]
    return [name for name in dict.fromkeys(drawn) if name] or list(rows.columns)


def _table(rows: pd.DataFrame, names: list[str], spec: FigureSpec, profile: Profile) -> Table:
    described = [catalogue.column(name) for name in names]
    columns = tuple(
        Column(name, _heading(name, spec), bool(each) and each.kind not in WORDS and ":" not in each.kind)
        for name, each in zip(names, described, strict=True)
    )
    lines = tuple(tuple(cell(row[name], name, row, profile) for name in names) for row in theme.records(rows))
    return Table(columns, lines)


def _crossed(rows: pd.DataFrame, spec: FigureSpec, profile: Profile) -> Table:
    """A table with a row per category and a column per code of `series`, in the order of its words."""
    lines = theme.records(rows)
    names = list(dict.fromkeys(cell(row[spec.category], spec.category, row, profile).shown for row in lines))
    order = {words: place for place, words in enumerate(catalogue.labels(spec.series, profile).values())}
    series = sorted(_pivoted(lines, spec, names, profile), key=lambda each: order.get(each.name, 0)) if lines else []
    columns = (Column(spec.category, catalogue.title(spec.category), False),)
    columns += tuple(Column(each.name, each.name, True) for each in series)
    cells = (tuple(each.cells[at] for each in series) for at in range(len(names)))
    return Table(columns, tuple((Cell(name, "text", name), *row) for name, row in zip(names, cells, strict=True)))


def _heading(name: str, spec: FigureSpec) -> str:
    """Title of a column; where a figure tells one metric only, its value is called by the metric's name."""
    metric = spec.where.get("metric") or spec.metric
    if name == "value" and isinstance(metric, str) and metric:
        return catalogue.title(metric)
    return catalogue.title(name)


def _chart(rows: pd.DataFrame, spec: FigureSpec, profile: Profile) -> Chart:
    lines = theme.records(rows)
    first = kind_of(spec.values[0], lines[0])
    names = list(dict.fromkeys(cell(row[spec.category], spec.category, row, profile).shown for row in lines))
    if spec.series:
        series = _pivoted(lines, spec, names, profile)
    else:
        columns, colours = spec.values, _colours(spec, len(spec.values))
        series = tuple(
            Series(
                _heading(column, spec),
                tuple(cell(row[column], column, row, profile) for row in lines),
                colours[place % len(colours)],
            )
            for place, column in enumerate(columns)
        )
        names = [cell(row[spec.category], spec.category, row, profile).shown for row in lines]
    metric = spec.where.get("metric") if isinstance(spec.where.get("metric"), str) else spec.metric or spec.values[0]
    goal = profile.targets.get(metric, {})
    target = (
        Cell(goal["target"], first, text.number(goal["target"], first)) if goal and spec.form != "doughnut" else None
    )
    points: tuple[str, ...] = ()
    if spec.form == "doughnut":
        points = tuple(theme.CATEGORIES[place % len(theme.CATEGORIES)] for place in range(len(names)))
    elif spec.form in ("bar", "column") and len(series) == 1 and goal and metric in catalogue.COLUMNS:
        better = catalogue.COLUMNS[metric].better
        points = tuple(
            theme.SIGNALS["trouble"]
            if theme.signal(each.value, goal["target"], goal.get("amber"), better) == "trouble"
            else theme.CATEGORIES[0]
            for each in series[0].cells
        )
    axis = series[0].name if len(series) == 1 else word(spec.unit)
    if spec.form == "scatter":
        first, axis = series[1].cells[0].kind, series[1].name
    return Chart(spec.form, tuple(names), series, first, axis, target, points)


def _pivoted(lines: list[dict[str, Any]], spec: FigureSpec, names: list[str], profile: Profile) -> tuple[Series, ...]:
    """A series per code of the column `series`; a category that a series lacks is not reported, not 0."""
    column, found = spec.values[0], {}
    for row in lines:
        name = cell(row[spec.series], spec.series, row, profile).shown
        category = cell(row[spec.category], spec.category, row, profile).shown
        found.setdefault(name, {})[category] = cell(row[column], column, row, profile)
    blank = Cell(None, kind_of(column, lines[0]), text.NOT_REPORTED)
    colours = _colours(spec, len(found))
    return tuple(
        Series(name, tuple(cells.get(each, blank) for each in names), colours[place % len(colours)])
        for place, (name, cells) in enumerate(found.items())
    )


def _colours(spec: FigureSpec, count: int) -> tuple[str, ...]:
    """Colours of series: of one hue, the darkest first, where they are steps of a scale; else as unlike as can be."""
    if not spec.is_ordered:
        return theme.CATEGORIES
    blues = maps.BLUES["light"]
    picked = np.linspace(len(blues) - 1, 0, count).round().astype(int) if count > 1 else [len(blues) - 1]
    return tuple(blues[at] for at in picked)


def _tile(row: dict[str, Any]) -> Tile:
    metric = row["metric"]
    kind = catalogue.COLUMNS[metric].kind
    value = None if row["value"] != row["value"] else row["value"]
    target = None if row["target"] is None else Cell(row["target"], kind, text.number(row["target"], kind))
    changes = []
    for words, change, flag in (
        (_("on the period before {change}"), row["previous_change"], row["previous_flag"]),
        (_("on a year before {change}"), row["last_year_change"], row["last_year_flag"]),
    ):
        if change is not None and change == change:
            written = catalogue.metric_number(change, metric, change=True)
            within = _("{change} (within error)").format(change=written)
            changes.append(words.format(change=within if flag == "within_error" else written))
    return Tile(
        catalogue.title(metric),
        Cell(value, kind, text.number(value, kind)),
        row["signal"],
        _(catalogue.WORDS["signal"][row["signal"]]),
        target,
        tuple(changes),
    )


def _source(title: str, rows: pd.DataFrame, names: Sequence[str], spec: FigureSpec, chosen: dict[str, Any]) -> Source:
    name = map_values.source(chosen | {"metric": spec.metric}) if spec.form == "map" else spec.query
    facts = exports.facts(title, None, name, chosen)
    told = dict.fromkeys([*names, *spec.metrics, *rows.get("metric", []), spec.metric])
    defined = [column for column in told if column in catalogue.COLUMNS and catalogue.COLUMNS[column].definition]
    meanings = tuple((catalogue.title(column), _(catalogue.COLUMNS[column].definition)) for column in defined)
    parameters = {key: value for key, value in (chosen | rows.attrs.get("asked", {})).items() if key != "language"}
    return Source(name, parameters, tuple(facts), meanings)


def _moment(spec: FigureSpec, chosen: dict[str, Any]) -> str:
    if spec.moment == "as_of":
        return _("as of {date}").format(date=text.moment(chosen["as_of"], "date"))
    if spec.moment == "quarter":
        return text.moment(chosen["quarter"], "quarter")
    return text.period(chosen["start_month"], chosen["end_month"]) if spec.moment != "none" else ""
