"""Tables drawn as a figure: one cell per pair, a number in every cell, colour as a second reading."""

from typing import Any

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.text import _

TINTS = {
    "unknown": "rgba(138,148,163,0.12)",
    "trouble": "rgba(200,55,45,0.30)",
    "watch": "rgba(201,138,4,0.26)",
    "good": "rgba(27,138,107,0.22)",
}
SHADES = [[0, "rgba(59,110,165,0.06)"], [1, "rgba(59,110,165,0.50)"]]
ROW_HEIGHT = 32
HEADER_LINE = 17
Cells = dict[tuple[str, str], dict[str, Any]]


def lights(rows: theme.Rows) -> theme.Figure:
    """Traffic lights of districts by metric; `rows` has district_name, metric, value and signal.

    Districts and metrics stand in the order in which they first appear.
    """
    cells, records = {}, theme.records(rows)
    titles = {metric: catalogue.title(metric) for metric in {row["metric"] for row in records}}
    for row in records:
        district, metric = row["district_name"], titles[row["metric"]]
        cells[district, metric] = _cell(row, f"{district} · {metric}")
    return _signal_matrix(cells)


def ranks(rows: theme.Rows, *, heading: str) -> theme.Figure:
    """Districts at one end of each metric; `rows` has metric, place, district_name, value and signal.

    `heading` names a column, with {place} in it.
    """
    cells, records = {}, theme.records(rows)
    titles = {metric: catalogue.title(metric) for metric in {row["metric"] for row in records}}
    for row in records:
        metric, district = titles[row["metric"]], row["district_name"]
        cell = _cell(row, f"{district} · {metric}")
        cell["text"] = f"{theme.wrapped(district, only_latin=True)}<br>{cell['text']}"
        cells[metric, heading.format(place=row["place"])] = cell
    return _signal_matrix(cells)


def by_type_and_district(rows: theme.Rows, *, types: dict[str, str]) -> theme.Figure:
    """One metric by district and compound type; `rows` has district_name, compound_type, metric, value, signal.

    With a signal other than unknown cells are traffic lights, else the darker the larger.
    """
    order = list(types)
    records = sorted(theme.records(rows), key=lambda row: order.index(row["compound_type"]))
    records.sort(key=lambda row: row["district_code"])
    cells = {}
    for row in records:
        district, kind = row["district_name"], types[row["compound_type"]]
        cells[district, kind] = _cell(row, f"{district} · {kind}")
    if any(row["signal"] != "unknown" for row in records):
        return _signal_matrix(cells)
    values = {pair: cell["value"] for pair, cell in cells.items()}
    low, high = (min(values.values()), max(values.values())) if values else (0, 0)
    return _matrix(cells, values, SHADES, (low, high if high > low else low + 1))


def _cell(row: dict[str, Any], name: str) -> dict[str, Any]:
    number = catalogue.metric_number(row["value"], row["metric"])
    text = number if row["signal"] == "unknown" else f"{theme.SIGNS[row['signal']]} {number}"
    return {"value": row["value"], "signal": row["signal"], "text": text, "spoken": f"{name}<br>{text}"}


def _signal_matrix(cells: Cells) -> theme.Figure:
    codes = list(TINTS)
    shades = {pair: codes.index(cell["signal"]) for pair, cell in cells.items()}
    steps = [[edge, TINTS[code]] for at, code in enumerate(codes) for edge in (at / 4, (at + 1) / 4)]
    return _matrix(cells, shades, steps, (-0.5, 3.5))


def _matrix(cells: Cells, shades: dict, steps: list, span: tuple[float, float]) -> theme.Figure:
    if not cells:
        return theme.sentence(_("Nothing to show for this selection."))
    rows, columns = (list(dict.fromkeys(names)) for names in zip(*cells, strict=True))
    missing = {"text": "—", "spoken": "—"}
    drawn = [
        (x, y, cells.get((row, column), missing)) for y, row in enumerate(rows) for x, column in enumerate(columns)
    ]
    headers = [theme.wrapped(name) for name in columns]
    deepest = max(header.count("<br>") for header in headers) + 1
    lines = max(cell["text"].count("<br>") for cell in cells.values()) + 1
    tint = {
        "type": "heatmap",
        "z": [[shades.get((row, column)) for column in columns] for row in rows],
        "colorscale": steps,
        "zmin": span[0],
        "zmax": span[1],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }
    numbers = {
        "type": "scatter",
        "x": [x for x, _y, _cell in drawn],
        "y": [y for _x, y, _cell in drawn],
        "mode": "text",
        "text": [cell["text"] for _x, _y, cell in drawn],
        "textfont": {"size": 12 if len(columns) < 6 else 11},
        "customdata": [cell["spoken"] for _x, _y, cell in drawn],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }
    axis = {"showgrid": False, "fixedrange": True, "tickfont": {"size": 12}}
    return theme.figure(
        tint,
        numbers,
        height=len(rows) * (ROW_HEIGHT + 12 * (lines - 1)) + HEADER_LINE * deepest + 20,
        margin={"t": HEADER_LINE * deepest + 12, "b": 4, "l": 4, "r": 4},
        xaxis={
            **axis,
            "side": "top",
            "tickvals": list(range(len(columns))),
            "ticktext": headers,
            "range": [-0.5, len(columns) - 0.5],
        },
        yaxis={
            **axis,
            "tickvals": list(range(len(rows))),
            "ticktext": [theme.wrapped(name, only_latin=True) for name in rows],
            "range": [len(rows) - 0.5, -0.5],
        },
    )
