"""Tables of one cell per pair: a number in every cell, sign and colour as a second reading."""

from typing import Any

import pandas as pd

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.charts.tables import Cell, Table
from dashboard.text import _

TINTS = {
    "unknown": "rgba(138,148,163,0.12)",
    "trouble": "rgba(200,55,45,0.30)",
    "watch": "rgba(201,138,4,0.26)",
    "good": "rgba(27,138,107,0.22)",
}
SHADE, LIGHTEST, DARKEST = "rgba(59,110,165,{:.2f})", 0.06, 0.50


def lights(rows: theme.Rows) -> Table:
    """Traffic lights of districts by metric; `rows` has district_name, metric, value and signal; where the order of the
    districts goes by a metric also rank_low and rank_high.

    Districts and metrics stand in the order in which they first appear.
    """
    cells, records = {}, theme.records(rows)
    titles = _titles(records)
    for row in records:
        district, metric = row["district_name"], titles[row["metric"]]
        below = _reach(row) if "rank_low" in row and pd.notna(row["value"]) else ""
        cells[district, metric] = _cell(row, f"{district} · {metric}", below=below)
    return Table(cells)


def ranks(rows: theme.Rows, *, heading: str) -> Table:
    """Districts at one end of each metric with the ranks that chance leaves open to them.

    `rows` has metric, place, district_name, value, signal, rank_low and rank_high (None where nothing is known of
    them). `heading` names a column, with {place} in it.
    """
    cells, records = {}, theme.records(rows)
    titles = _titles(records)
    for row in records:
        metric, district = titles[row["metric"]], row["district_name"]
        cells[metric, heading.format(place=row["place"])] = _cell(
            row, f"{district} · {metric}", name=district, below=_reach(row)
        )
    return Table(cells)


def by_type_and_district(rows: theme.Rows, *, types: dict[str, str]) -> Table:
    """One metric by district and compound type; `rows` has district_name, compound_type, metric, value, signal.

    With a signal other than unknown cells are traffic lights, else the darker the larger.
    """
    order = list(types)
    records = sorted(theme.records(rows), key=lambda row: order.index(row["compound_type"]))
    records.sort(key=lambda row: row["district_code"])
    judged = any(row["signal"] != "unknown" for row in records)
    values = [row["value"] for row in records if pd.notna(row["value"])]
    low, span = (min(values), max(values) - min(values)) if values else (0, 0)
    cells = {}
    for row in records:
        district, kind = row["district_name"], types[row["compound_type"]]
        is_shaded = not judged and pd.notna(row["value"])
        tint = SHADE.format(LIGHTEST + (DARKEST - LIGHTEST) * (row["value"] - low) / (span or 1)) if is_shaded else None
        cells[district, kind] = _cell(row, f"{district} · {kind}", tint=tint)
    return Table(cells)


def _titles(records: list[dict[str, Any]]) -> dict[str, str]:
    return {metric: catalogue.title(metric) for metric in {row["metric"] for row in records}}


def _reach(row: dict[str, Any]) -> str:
    low, high = row["rank_low"], row["rank_high"]
    if pd.isna(low):
        return _("rank unsure")
    if low == high:
        return _("rank {rank}").format(rank=f"{low:.0f}")
    return _("ranks {low}–{high}").format(low=f"{low:.0f}", high=f"{high:.0f}")


def _cell(row: dict[str, Any], spoken: str, *, name: str = "", below: str = "", tint: str | None = None) -> Cell:
    number = catalogue.metric_number(row["value"], row["metric"])
    signal, sign, meaning = row["signal"], "", ""
    if signal != "unknown":
        sign, meaning = theme.SIGNS[signal], _(catalogue.WORDS["signal"][signal])
    hover = (spoken, " ".join(filter(None, [sign, number, meaning])))
    return Cell(number, sign, meaning, name, tint or TINTS[signal], hover, below)
