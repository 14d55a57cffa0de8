"""Charts of a briefing for a projector: what Plotly draws, in large type, every number as its cell writes it.

Sizes are pixels of a view of 1,920 x 1,080. Words have no colour of their own: whoever draws adds that of the page.
"""

import html
from typing import Any

from dashboard.charts import theme
from dashboard.maps import colours, sheets
from dashboard.reports.model import Cell, Chart
from dashboard.reports.screen_words import Box, name_lines, overlap, plain
from dashboard.text import _

LARGEST, SMALL, SMALLEST = 24, 20, 14  # letters, in pixels
LEAST_ROOM = 11  # for letters, below which numbers are left to the table
LETTER = 0.55  # width of a digit, in the size of letters
LETTER_OF_ROW = 0.6  # height of letters in that of the row that a bar has
ROUND = {"l": 8, "r": 40, "t": 24, "b": 8}
MOST_VALUES, MOST_UPRIGHT, LONGEST_UPRIGHT = 8, 14, 6
MARKER = 16  # pixels across, of a point
PLOT = 0.86  # of the room, without axes, about
HALF = 0.5
NAME_SHARE = 0.36  # of the width, for names beside bars
STACK = 0.55  # of the room, that the longest stack takes, about
LINE = 1.3  # height of a line of text, in the size of letters
LEAST_SLICE = 0.07  # share of a ring that has room for its number
HEADROOM = 1.2  # of the longest bar, for the number beyond its end
TICKS = {"share": ".0%", "share_change": "+.1~f", "year": "d"}

Trace = dict[str, Any]


def figure(chart: Chart, width: float = 1_104, height: float = 690) -> theme.Figure:
    """The chart as Plotly draws it in about this room; what is not reported is a gap with its sign, never a zero bar
    without words."""
    draw = {"line": _line, "doughnut": _doughnut, "scatter": _scatter}.get(chart.form, _bars)
    return draw(chart, width, height)


def _bars(chart: Chart, width: float, height: float) -> theme.Figure:
    is_stacked = chart.form == "stacked"
    count, groups = len(chart.categories), 1 if is_stacked else len(chart.series)
    short = all(len(name) <= LONGEST_UPRIGHT for name in chart.categories)
    is_upright = chart.form == "column" or (is_stacked and short and count <= MOST_UPRIGHT)
    longest = max((len(cell.shown) for series in chart.series for cell in series.cells), default=1)
    if is_upright:
        room = 0.8 * width / max(count, 1)
        wished = 0.78 * room / groups / (LETTER * longest)
        longest_name = max(map(sheets.wide, chart.categories), default=1) if short else 0
        name_size, name_width, most = _size(room / longest_name) if short else SMALL, room, 3
    else:
        room = (height - 60) / max(count, 1)
        wished = LETTER_OF_ROW * room / max(0.72 * groups, 1)
        name_size, name_width = _size(LETTER_OF_ROW * room), NAME_SHARE * width
        most = 2 if room > 2.6 * name_size else 1
    size, is_written = _size(wished), wished >= LEAST_ROOM
    outside = "outside" if is_written else "none"
    places = list(range(count))
    along, across = ("y", "x") if is_upright else ("x", "y")
    totals = [sum(abs(_height(series.cells[at])) for series in chart.series) for at in places]
    traces = []
    for series in chart.series:
        heights = [_height(cell) for cell in series.cells]
        shown = [plain(cell.shown) for cell in series.cells]
        if is_stacked:
            length = (STACK * height if is_upright else STACK * width) / (max(totals, default=0) or 1)
            shown = [
                words if abs(h) * length > size * (LINE if is_upright else LETTER * len(words) + 0.5) else ""
                for words, h in zip(shown, heights, strict=True)
            ]
        fill = list(chart.points) if chart.points and len(chart.series) == 1 else series.colour
        traces.append(
            {
                "type": "bar",
                "name": plain(series.name),
                "orientation": "v" if is_upright else "h",
                along: heights,
                across: places,
                "marker": {"color": fill},
                "text": shown,
                "hovertext": [plain(cell.shown) for cell in series.cells],
                "textposition": "inside" if is_stacked else outside,
                "textangle": 0,
                "constraintext": "none",
                "cliponaxis": False,
                "textfont": {"size": size} | ({"color": colours.ink(series.colour)} if is_stacked else {}),
                "insidetextanchor": "middle",
            }
        )
    extremes = totals if is_stacked else [_height(cell) for series in chart.series for cell in series.cells]
    extremes = [*extremes, *([_height(chart.target)] if chart.target else [])]
    names = {
        "tickvals": places,
        "ticktext": [name_lines(name, name_width, name_size, most) for name in chart.categories],
        "tickfont": {"size": name_size},
        "tickangle": 0,
        "showgrid": False,
        "range": [-0.6, count - 0.4] if is_upright else [count - 0.4, -0.6],
    }
    values = _value_axis(chart, [HEADROOM * min(0, *extremes, 0), HEADROOM * max(0, *extremes, 0) or 1])
    if is_written and not is_stacked:
        values["showticklabels"] = False
    axes = {"xaxis": names, "yaxis": values} if is_upright else {"xaxis": values | {"nticks": 6}, "yaxis": names}
    return _figure(chart, traces, is_upright=is_upright, barmode="stack" if is_stacked else "group", **axes)


def _line(chart: Chart, width: float, _height_of_room: float) -> theme.Figure:
    count = len(chart.categories)
    widest = max(map(sheets.wide, chart.categories), default=1) * SMALL + 24
    places, step = list(range(count)), max(-(-count // max(int(0.85 * width / widest), 2)), 1)
    ticked = places[::-1][::step][::-1]
    is_one, traces = len(chart.series) == 1, []
    for series in chart.series:
        heights = [_number(cell) for cell in series.cells]
        last = max((at for at, height in enumerate(heights) if height is not None), default=-1)
        written = [plain(cell.shown) for cell in series.cells]
        seen = is_one and count <= MOST_VALUES
        end = f"  {plain(chart.categories[last])} {written[last]}" if last >= 0 and not is_one else ""
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers+text" if is_one else "lines+markers",
                "name": plain(series.name) + end,
                "x": places,
                "y": heights,
                "line": {"color": series.colour, "width": 5},
                "marker": {"color": series.colour, "size": 11},
                "text": [words if is_one and (seen or at == last) else "" for at, words in enumerate(written)],
                "hovertext": written,
                "textposition": "top center",
                "textfont": {"size": LARGEST},
                "cliponaxis": False,
            }
        )
    found = [y for trace in traces for y in trace["y"] if y is not None]
    found += [_height(chart.target)] if chart.target else []
    low, high = min(found, default=0), max(found, default=1)
    room = 0.14 * (high - low) or abs(high) * 0.1 or 1
    months = {
        "tickvals": ticked,
        "ticktext": [plain(chart.categories[at]) for at in ticked],
        "tickfont": {"size": SMALL},
        "tickangle": 0,
        "ticklabeloverflow": "allow",  # the last is the one that matters
        "showgrid": False,
        "range": [-0.4, count - 0.6],
    }
    values = _value_axis(chart, [min(low - room, 0) if low < 0 else max(low - room, 0), high + room])
    return _figure(chart, traces, is_upright=True, margin=ROUND | {"r": widest / 2}, xaxis=months, yaxis=values)


def _doughnut(chart: Chart, width: float, _height_of_room: float) -> theme.Figure:
    (series,) = chart.series
    heights = [max(_height(cell), 0) for cell in series.cells]
    most = sum(heights)
    shown = [plain(cell.shown) for cell in series.cells]
    fills = list(chart.points) or [theme.CATEGORIES[at % len(theme.CATEGORIES)] for at in range(len(heights))]
    labels = [
        f"{name_lines(name, NAME_SHARE * width, LARGEST, 2)}  <b>{words}</b>"
        + "\u200b" * at  # Plotly adds up namesakes
        for at, (name, words) in enumerate(zip(chart.categories, shown, strict=True))
    ]
    ring = {
        "type": "pie",
        "name": plain(series.name),
        "labels": labels,
        "values": heights,
        "text": [words if h > LEAST_SLICE * most else "" for words, h in zip(shown, heights, strict=True)],
        "hovertext": shown,
        "textinfo": "text",
        "textfont": {"size": LARGEST, "color": [colours.ink(fill) for fill in fills]},
        "insidetextorientation": "horizontal",
        "textposition": "inside",
        "hole": 0.52,
        "sort": False,
        "direction": "clockwise",
        "marker": {"colors": fills},
    }
    legend = {"orientation": "v", "x": 1.02, "y": 0.5, "xanchor": "left", "yanchor": "middle"}
    return _drawn([ring], legend | {"font": {"size": LARGEST}}, is_listed=True)


def _scatter(chart: Chart, width: float, height: float) -> theme.Figure:
    across, up = chart.series
    xs, ys = ([_number(cell) for cell in series.cells] for series in (across, up))
    sideways_ends, upwards_ends = _ends(xs), _ends(ys)
    pairs = zip(chart.categories, across.cells, up.cells, strict=True)
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": xs,
        "y": ys,
        "hovertext": [f"{plain(name)}: {plain(x.shown)}, {plain(y.shown)}" for name, x, y in pairs],
        "textfont": {"size": SMALL},
        "cliponaxis": False,
        "marker": {"color": up.colour, "size": MARKER, "opacity": 0.85},
    } | _beside(chart.categories, _shares(xs, sideways_ends), _shares(ys, upwards_ends), width, height)
    kind = across.cells[0].kind if across.cells else "count"
    sideways = _value_axis(chart, sideways_ends) | {"tickformat": TICKS.get(kind, ",~f"), "title": _title(across.name)}
    upwards = _value_axis(chart, upwards_ends) | {"title": _title(up.name)}
    return _figure(chart, [points], is_upright=True, xaxis=sideways | {"nticks": 7}, yaxis=upwards)


def _ends(values: list[float | None]) -> list[float]:
    found = [value for value in values if value is not None]
    low, high = min(found, default=0), max(found, default=1)
    room = 0.08 * (high - low) or abs(high) * 0.1 or 1
    return [low - room, high + room]


def _shares(values: list[float | None], ends: list[float]) -> list[float | None]:
    """Where values lie along their axis, from 0 to 1."""
    return [None if value is None else (value - ends[0]) / (ends[1] - ends[0]) for value in values]


def _beside(
    names: tuple[str, ...], xs: list[float | None], ys: list[float | None], width: float, height: float
) -> dict[str, list[str]]:
    """Names on the side of their marks where there is more room, each only where it lies over none before it."""
    half, across, down = MARKER / 2, PLOT * width, PLOT * height
    spots = [(x * across, (1 - y) * down) for x, y in zip(xs, ys, strict=True) if None not in (x, y)]
    taken: list[Box] = [(x - half, y - half, x + half, y + half) for x, y in spots]
    written, sides = [], []
    for name, x, y in zip(names, xs, ys, strict=True):
        words, is_left = name_lines(name, NAME_SHARE * width, SMALL, 1), x is not None and x > HALF
        sides.append("middle left" if is_left else "middle right")
        if x is None or y is None:
            written.append("")
            continue
        long = sheets.wide(html.unescape(words)) * SMALL
        near, middle = x * across + (-MARKER if is_left else MARKER), (1 - y) * down
        left, right = (near - long, near) if is_left else (near, near + long)
        box = (left, middle - SMALL * LINE / 2, right, middle + SMALL * LINE / 2)
        is_free = not any(overlap(box, other) for other in taken)
        written.append(words if is_free else "")
        taken += [box] * is_free
    return {"text": written, "textposition": sides}


def _figure(chart: Chart, traces: list[Trace], *, is_upright: bool, **layout: Any) -> theme.Figure:
    """With its target and a legend; what the values are, the figure's title and unit say above it."""
    if chart.target is not None:
        layout |= _target(chart.target, is_upright=is_upright)
    if chart.target is not None:
        layout["margin"] = ROUND | ({"r": 150} if is_upright else {"t": 44})
    legend = {"y": 1.09 if chart.target is not None and not is_upright else 1.02, "font": {"size": 22}}
    return _drawn(traces, legend, is_listed=len(traces) > 1, **layout)


def _drawn(traces: list[Trace], legend: dict[str, Any], *, is_listed: bool, **layout: Any) -> theme.Figure:
    looks = {"font": {"size": 22}, "margin": ROUND, "uniformtext": {"mode": False}}
    drawn = theme.figure(*traces, legend=is_listed, **looks | layout).to_dict()["layout"]
    return theme.Figure(traces, drawn | {"legend": drawn["legend"] | legend})


def _target(target: Cell, *, is_upright: bool) -> dict[str, Any]:
    """A dashed line at the target with its words in the margin, where no mark can lie under them."""
    value, words = _height(target), _("Target {value}").format(value=plain(target.shown))
    line = {"color": theme.MUTED, "width": 4, "dash": "dash"}
    along, across = ("y", "x") if is_upright else ("x", "y")
    ends = {f"{along}0": value, f"{along}1": value, f"{across}0": 0, f"{across}1": 1, f"{across}ref": "paper"}
    sides = {"xanchor": "left", "yanchor": "middle"} if is_upright else {"xanchor": "center", "yanchor": "bottom"}
    note = {along: value, across: 1, f"{across}ref": "paper", "showarrow": False, "font": {"size": 22}} | sides
    text = words.replace(" ", "<br>", 1) if is_upright else words
    return {"shapes": [{"type": "line", "line": line, "layer": "below"} | ends], "annotations": [note | {"text": text}]}


def _value_axis(chart: Chart, ends: list[float] | None) -> dict[str, Any]:
    axis = {"tickformat": TICKS.get(chart.kind, ",~f"), "tickfont": {"size": SMALL}, "title": None}
    return axis | ({"range": ends} if ends else {}) | {"zeroline": True, "zerolinecolor": theme.GRID}


def _title(words: str) -> dict[str, Any]:
    return {"text": plain(words), "font": {"size": SMALL}, "standoff": 14}


def _number(cell: Cell) -> float | None:
    value = cell.office_value
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return value if is_number else None


def _height(cell: Cell) -> float:
    """The value, or nothing for one that is not reported or hidden: then its sign stands at zero."""
    return _number(cell) or 0


def _size(wished: float) -> int:
    return int(min(max(wished, SMALLEST), LARGEST))
