"""Workers against micro-grids by district, and the careers that workers make."""

from typing import Any

from dashboard.charts import theme
from dashboard.charts.compositions import REST, SHADES
from dashboard.charts.marks import head, texts, upright
from dashboard.text import _, number

LINE = 46
WIDEST = 1.3  # of the axis, so that the line at one worker per micro-grid never stands at the edge
ROOM = 1.32  # of the axis for the figure at the end of a bar


def staffing(rows: theme.Rows, *, kinds: dict[str, str], target: float | None) -> theme.Figure:
    """A bar per district: workers per micro-grid, divided by kind, with a line where one stands for each.

    `rows`: district_name, micro_grid_count, grid_workers, workers_per_micro_grid, signal and a column per kind;
    `kinds` says what the columns are called, in the order of the parts.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    places = list(range(len(records)))
    reach = max(
        [WIDEST, *(row["workers_per_micro_grid"] for row in records if _is_given(row["workers_per_micro_grid"]))]
    )
    written = [
        f"<span style='color:{theme.SIGNALS[row['signal']]}'>{theme.SIGNS[row['signal']]}</span> "
        f"{number(row['workers_per_micro_grid'], 'total')}"
        for row in records
    ]
    heads = [f"<b>{row['district_name']}</b>  {_gap(row)}" for row in records]
    bars = [
        _part(records, places, column, name, SHADES[at % len(SHADES)][0])
        for at, (column, name) in enumerate(kinds.items())
        if any(_is_given(row[column]) for row in records)
    ]
    return theme.figure(
        *bars,
        texts([0] * len(records), [place - 0.42 for place in places], heads, "middle right"),
        texts([reach * 1.03] * len(records), places, written, "middle right"),
        height=LINE * len(records) + 60,
        legend=True,
        barmode="stack",
        uniformtext={"mode": False},
        margin={"l": 0, "r": 0, "b": 26},
        shapes=[] if target is None else [upright(target)],
        annotations=[] if target is None else [_goal(target)],
        xaxis={"range": [0, reach * ROOM], "visible": False, "fixedrange": True},
        yaxis={"range": [len(records) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def careers(rows: theme.Rows, *, kinds: dict[str, str], moves: dict[str, str]) -> theme.Figure:
    """A bar per move, from the first step of a career to the last, divided by what people were before; a year before as
    an upright line.

    `rows`: worker_kind, move_type, move_count, last_year_moves; `kinds` and `moves` say what codes are called.
    """
    records = [row | {"worker_kind": _known(row["worker_kind"], kinds)} for row in theme.records(rows)]
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    places = list(range(len(moves)))
    now, before = ([_sum(records, move, column) for move in moves] for column in ("move_count", "last_year_moves"))
    reach = max(*now, *before, 1)
    known = [kind for kind in kinds if any(row["worker_kind"] == kind and row["move_count"] for row in records)]
    looks = {kind: (kinds[kind], SHADES[list(kinds).index(kind) % len(SHADES)][0]) for kind in known}
    if any(row["worker_kind"] is None and row["move_count"] for row in records):
        looks[None] = (_("Not reported"), REST[0])
    heads = [f"<b>{name}</b>  {number(count, 'count')}" for name, count in zip(moves.values(), now, strict=True)]
    bars = [_moved([row for row in records if row["worker_kind"] == kind], moves, look) for kind, look in looks.items()]
    earlier = {
        "type": "scatter",
        "mode": "markers",
        "name": _("Year before"),
        "x": before,
        "y": places,
        "marker": {"symbol": "line-ns-open", "size": 18, "color": theme.WATCH, "line": {"width": 2.5}},
        "customdata": [
            _("{move}<br>year before: {count}").format(move=name, count=number(count, "count"))
            for name, count in zip(moves.values(), before, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return theme.figure(
        *bars,
        earlier,
        texts([0] * len(moves), [place - 0.42 for place in places], heads, "middle right"),
        height=LINE * len(moves) + 60,
        legend=True,
        barmode="stack",
        uniformtext={"mode": False},
        margin={"l": 0, "r": 0, "b": 10},
        xaxis={"range": [0, reach * 1.1], "visible": False, "fixedrange": True},
        yaxis={"range": [len(moves) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def _moved(rows: list[dict[str, Any]], moves: dict[str, str], look: tuple[str, str]) -> dict[str, Any]:
    name, colour = look
    counts = [_sum(rows, move, "move_count") for move in moves]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": counts,
        "y": list(range(len(moves))),
        "width": 0.34,
        "marker": {"color": colour},
        "customdata": [
            f"{move} · {name}<br>{number(count, 'count')}" for move, count in zip(moves.values(), counts, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _sum(rows: list[dict[str, Any]], move: str, column: str) -> int:
    return sum(row[column] for row in rows if row["move_type"] == move)


def _part(rows: list[dict[str, Any]], places: list[int], column: str, name: str, colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": [_share(row, column) for row in rows],
        "y": places,
        "width": 0.34,
        "marker": {"color": colour},
        "customdata": [_spoken(row, column, name) for row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _share(row: dict[str, Any], column: str) -> float:
    return row[column] / row["micro_grid_count"] if _is_given(row[column]) and row["micro_grid_count"] else 0


def _spoken(row: dict[str, Any], column: str, name: str) -> str:
    return _("{district} · {kind}<br>{workers} workers, {micro_grids} micro-grids").format(
        district=row["district_name"],
        kind=name,
        workers=number(row[column], "count"),
        micro_grids=number(row["micro_grid_count"], "count"),
    )


def _gap(row: dict[str, Any]) -> str:
    if not _is_given(row["grid_workers"]):
        words = _("not reported")
    else:
        words = f"{number(row['grid_workers'], 'count')} / {number(row['micro_grid_count'], 'count')}"
    return f"<span style='color:{theme.MUTED}'>{words}</span>"


def _goal(target: float) -> dict[str, Any]:
    words = _("Target {value}").format(value=number(target, "score"))
    return head(target, words) | {"y": 0, "yanchor": "top"}


def _known(kind: str | None, kinds: dict[str, str]) -> str | None:
    return kind if kind in kinds else None


def _is_given(value: float | None) -> bool:
    return value is not None and value == value
