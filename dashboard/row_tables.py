"""Rows as a table of the page: headings and codes in the reader's words, numbers as everywhere else."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, filters, store, text
from dashboard.charts import theme
from dashboard.text import N_, _

ROWS_SENT = 500  # beyond it a table is fetched as the reader scrolls
# As in `text.number`; shares reach the table in percent, their changes in percentage points.
NUMBER_FORMATS = {
    "share": "%.1f%%",
    "share_change": N_("%+.1f pp"),
    "score": "%.1f",
    "number": "%.1f",
    "total": "%.2f",
    "score_change": "%+.1f",
    "year": "%d",
    **dict.fromkeys(("count", "count_change", "yuan", "hours", "area", "rank", "decimal"), "localized"),
}
PERCENT_KINDS = ("share", "share_change")


def draw(rows: theme.Rows, key: str, alt: str, mode: str, height: int | None) -> Any:
    """Draw rows; `mode` is rerun, to let the reader tick a row, or ignore. Returns what was ticked, if anything."""
    chosen = filters.chosen()
    shown = catalogue.relabel(
        catalogue.written(pd.DataFrame(rows)), store.place_profile(chosen["place"], chosen["edition"])
    )
    kinds = {name: described.kind for name in shown.columns if (described := catalogue.column(name))}
    percent = {name: 100 * shown[name] for name, kind in kinds.items() if kind in PERCENT_KINDS}
    return st.dataframe(
        shown.assign(**percent),
        column_config={name: _column_config(name) for name in shown.columns},
        hide_index=True,
        key=f"table-{key}",
        on_select=mode,
        selection_mode="single-row",
        height=height or "auto",
        placeholder=text.NOT_REPORTED,
        lazy=mode == "ignore" and len(shown) > ROWS_SENT,  # rows to be chosen are sent whole
        alt=alt,
    )


def _column_config(name: str) -> Any:
    described, title = catalogue.column(name), catalogue.title(name)
    kind = described.kind if described else "text"
    if kind in ("date", "month", "quarter", "half"):
        return st.column_config.DateColumn(title, format="YYYY-MM-DD" if kind == "date" else "YYYY-MM")
    if kind == "moment":
        return st.column_config.DatetimeColumn(title, format="YYYY-MM-DD HH:mm")
    if kind in NUMBER_FORMATS:
        return st.column_config.NumberColumn(title, format=_(NUMBER_FORMATS[kind]))
    if kind == "flag":
        return st.column_config.CheckboxColumn(title)
    return st.column_config.Column(title)
