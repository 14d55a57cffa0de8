"""Rows as a table of the page: headings and codes in the reader's words, numbers as everywhere else."""

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard import catalogue, filters, store, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import N_, _

ROW_HEIGHT = 35  # of Streamlit's tables, in pixels; by itself it would cut a table of 11 rows
ROWS_SHOWN, MORE = 11, 3  # of a list that scrolls; so few more are shown as well
ROWS_WHOLE = ROWS_SHOWN + MORE
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
    **dict.fromkeys(("count", "count_change", "people", "yuan", "hours", "area", "rank", "decimal"), "localized"),
}
STEPS = {"hours": 0.1, "area": 0.1, "yuan": 1}  # as many decimals in every row of a column
PERCENT_KINDS = ("share", "share_change")


def draw(rows: theme.Rows, key: str, alt: str, mode: str, height: int | None) -> Any:
    """Draw rows; `mode` is rerun, to let the reader tick a row, or ignore. Returns what was ticked, if anything."""
    chosen = filters.chosen()
    shown = arrow(rows, store.place_profile(chosen["place"], chosen["edition"]))
    return st.dataframe(
        shown,
        column_config={field.name: _column_config(field) for field in shown.schema},
        hide_index=True,
        key=f"table-{key}",
        on_select=mode,
        selection_mode="single-row",
        height=height or (whole(len(shown)) if len(shown) <= ROWS_WHOLE else "auto"),
        placeholder=text.NOT_REPORTED,
        lazy=mode == "ignore" and len(shown) > ROWS_SENT,  # rows to be chosen are sent whole
        alt=alt,
    )


def whole(count: float) -> int:
    """Pixels of a table that shows so many rows under its header; a half row says that more follow."""
    return int(ROW_HEIGHT * (count + 1)) + 3


def height(rows: theme.Rows, most: int = ROWS_SHOWN) -> int:
    """Pixels of a table that shows all rows of a short list and scrolls one of more than `most`."""
    return whole(len(rows) if len(rows) <= most + MORE else most + 0.5)


def arrow(rows: theme.Rows, profile: Profile) -> pa.Table:
    """Rows as they are shown: codes in the reader's words, shares in percent, not reported as null.

    Made for Arrow column by column: a frame of twenty rows costs pandas three times as long.
    """
    frame = catalogue.written(pd.DataFrame(rows))
    return pa.table({name: _shown(name, frame[name], profile) for name in frame})


def _shown(name: str, values: pd.Series, profile: Profile) -> pa.Array:
    words = catalogue.labels(name, profile)
    if words:
        return pa.array([words.get(code, code) for code in values.tolist()], from_pandas=True)
    described, cells = catalogue.column(name), values.to_numpy()
    if described and described.kind in PERCENT_KINDS:
        cells = 100 * cells
    try:
        return pa.array(cells, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # numbers beside "<5"
        kind = described.kind if described else "text"
        return pa.array([None if pd.isna(value) else text.number(value, kind) for value in values.tolist()])


def _column_config(field: pa.Field) -> Any:
    described, title = catalogue.column(field.name), catalogue.title(field.name)
    kind = described.kind if described else "text"
    if kind in ("date", "month", "quarter", "half"):
        return st.column_config.DateColumn(title, format="YYYY-MM-DD" if kind == "date" else "YYYY-MM")
    if kind == "moment":
        return st.column_config.DatetimeColumn(title, format="YYYY-MM-DD HH:mm")
    if kind in NUMBER_FORMATS and pa.types.is_string(field.type):  # written already, beside "<5"
        return st.column_config.Column(title, alignment="right")
    if kind in NUMBER_FORMATS:
        return st.column_config.NumberColumn(title, format=_(NUMBER_FORMATS[kind]), step=STEPS.get(kind))
    if kind == "flag":
        return st.column_config.CheckboxColumn(title)
    if kind == "note":  # rare and long: by itself the column takes its width from the rows without one
        return st.column_config.Column(title, width="large")
    return st.column_config.Column(title)
