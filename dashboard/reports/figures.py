"""Rows of a query to a figure of a briefing: its table, its chart, its tiles or its map, with where they come from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from dashboard import catalogue, exports, headlines, map_values, maps, text
from dashboard.charts import theme
from dashboard.maps.scales import NO_BREAK
from dashboard.profile import Profile
from dashboard.reports.model import (
    OFFICE_FORMATS,
    Area,
    Cell,
    Chart,
    Column,
    Drawing,
    Entry,
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
MOMENTS = ("month", "quarter", "half", "date", "year")
FINEST = 1_000  # parts of a map's width that can be told apart on a slide


def build(spec: FigureSpec, rows: pd.DataFrame, chosen: dict[str, Any], profile: Profile) -> Figure:
    """One figure. `rows` are all the query gave, of which `spec` keeps and orders some."""
    if spec.form == "tiles":
        kept = headlines.in_order(headlines.with_signal(_kept(rows, spec), profile), spec.metrics)
        kept_rows = pd.DataFrame(kept)
    else:
        kept_rows = _ordered(_kept(rows, spec), spec)
    names = _columns(spec, kept_rows)
    table = _table(kept_rows, names, spec, profile)
    drawn = {}
    if spec.form == "tiles":
        drawn["tiles"] = tuple(_tile(row) for row in kept)
    elif spec.form == "map":
        drawn["drawing"] = _drawing(kept_rows, spec, chosen, profile)
    elif spec.form in AXES and len(kept_rows):
        drawn["chart"] = _chart(kept_rows, spec, profile)
    title = word(spec.title)
    return Figure(
        code=spec.code,
        title=title,
        form=spec.form,
        table=table,
        source=_source(title, kept_rows, names, spec, chosen),
        unit=word(spec.unit),
        period=_moment(spec, chosen),
        note=word(spec.note),
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


def cell(value: Any, column: str, row: dict[str, Any], profile: Profile) -> Cell:
    """A value of a column as a cell: codes in words, numbers in the kind of the column or of the row's metric."""
    kind = _kind(column, row)
    blank = value is None or value is pd.NA or value is pd.NaT or value != value
    words = catalogue.labels(column, profile)
    if words or kind == "text":
        shown = text.NOT_REPORTED if blank else str(words.get(value, value))
        return Cell(None if blank else shown, "text", shown)
    if blank:
        return Cell(None, kind, text.NOT_REPORTED)
    if isinstance(value, str):
        return Cell(value, "text", value)
    if kind in MOMENTS and hasattr(value, "year"):
        day = value.date() if hasattr(value, "date") else value
        return Cell(day, kind if kind in OFFICE_FORMATS else "text", text.moment(value, kind))
    if isinstance(value, bool | np.bool_):
        return Cell(text.number(bool(value), "flag"), "text", text.number(bool(value), "flag"))
    number = value.item() if hasattr(value, "item") else value
    return Cell(number, kind, text.number(number, kind))


def _kind(column: str, row: dict[str, Any]) -> str:
    described = catalogue.column(column)
    kind = described.kind if described else "text"
    if kind in catalogue.MIXED_KINDS:
        metric = row.get("metric")
        if metric not in catalogue.COLUMNS:
            return "decimal"
        return catalogue.change_kind(metric) if kind == "metric_change" else catalogue.COLUMNS[metric].kind
    return kind if kind in OFFICE_FORMATS else kind if kind in MOMENTS else "text"


def _table(rows: pd.DataFrame, names: list[str], spec: FigureSpec, profile: Profile) -> Table:
    described = [catalogue.column(name) for name in names]
    columns = tuple(
        Column(name, _heading(name, spec), bool(each) and each.kind not in WORDS and ":" not in each.kind)
        for name, each in zip(names, described, strict=True)
    )
    lines = tuple(tuple(cell(row[name], name, row, profile) for name in names) for row in theme.records(rows))
    return Table(columns, lines)


def _heading(name: str, spec: FigureSpec) -> str:
    """Title of a column; where a figure tells one metric only, its value is called by the metric's name."""
    metric = spec.where.get("metric") or spec.metric
    if name == "value" and isinstance(metric, str) and metric:
        return catalogue.title(metric)
    return catalogue.title(name)


def _chart(rows: pd.DataFrame, spec: FigureSpec, profile: Profile) -> Chart:
    lines = theme.records(rows)
    first = _kind(spec.values[0], lines[0])
    names = list(dict.fromkeys(cell(row[spec.category], spec.category, row, profile).shown for row in lines))
    if spec.series:
        series = _pivoted(lines, spec, names, profile)
    else:
        columns = spec.values
        series = tuple(
            Series(
                _heading(column, spec),
                tuple(cell(row[column], column, row, profile) for row in lines),
                theme.CATEGORIES[place % len(theme.CATEGORIES)],
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
    blank = Cell(None, _kind(column, lines[0]), text.NOT_REPORTED)
    return tuple(
        Series(name, tuple(cells.get(each, blank) for each in names), theme.CATEGORIES[place % len(theme.CATEGORIES)])
        for place, (name, cells) in enumerate(found.items())
    )


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


def _drawing(rows: pd.DataFrame, spec: FigureSpec, chosen: dict[str, Any], profile: Profile) -> Drawing | None:
    """Districts (or the units one level below the whole) in the classes of the map page."""
    borders = rows.attrs.get("borders")
    if borders is None or borders.empty:
        return None
    scale = maps.scale(rows["value"], spec.metric, profile.targets.get(spec.metric, {}), "light")
    shapes = shapely.from_wkb([bytes(each) for each in borders["geometry"]])
    west, south, east, north = shapely.total_bounds(shapes)
    shrink = np.cos(np.radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    width, height = (east - west) * shrink, north - south
    shapes = shapely.simplify(shapes, max(east - west, north - south) / FINEST)
    by_code = dict(zip(borders["unit_code"], shapes, strict=True))
    entries = maps.legend_entries(rows, scale)
    shown = {(each.label, each.colour): place for place, each in enumerate(entries)}
    every = scale.entries()
    areas = []
    for row, group in zip(theme.records(rows), scale.groups(rows).tolist(), strict=True):
        shape = by_code.get(row["unit_code"])
        if shape is None:
            continue
        entry = every[group]
        middle = shape.representative_point()

        def placed(x: float, y: float) -> tuple[float, float]:
            return round((x - west) / (east - west), 5), round((north - y) / height, 5)

        polygons = getattr(shape, "geoms", [shape])
        rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
        areas.append(
            Area(
                row["unit_code"],
                row["unit_name"],
                tuple(tuple(placed(x, y) for x, y in ring.coords) for ring in rings),
                placed(middle.x, middle.y),
                cell(row["value"], "value", {"metric": spec.metric}, profile),
                shown[(entry.label, entry.colour)],
            )
        )
    legend = tuple(
        Entry(each.colour or "#ffffff", f"{each.sign} {each.label}".strip().replace(NO_BREAK, ""), each.count, each.is_hatched)
        for each in entries
    )
    return Drawing(tuple(areas), legend, float(width / height))


def _source(title: str, rows: pd.DataFrame, names: Sequence[str], spec: FigureSpec, chosen: dict[str, Any]) -> Source:
    name = map_values.source(chosen | {"metric": spec.metric}) if spec.form == "map" else spec.query
    facts = [each for each in exports.facts(title, rows[[]], name, chosen) if each[0] != _("Rows")]
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
