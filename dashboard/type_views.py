"""Parts of the page of compound types: one metric looked at closer, and compounds singled out, one by one."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, charts, text, ui
from dashboard.charts import theme
from dashboard.text import _

CASES_HEIGHT = 420
FEW = 8  # rows that need no scrolling


def closer(
    chosen: dict[str, Any], spread: pd.DataFrame, districts: theme.Rows, durations: pd.DataFrame, types: dict[str, str]
) -> None:
    """The chosen metric by type and by district, and how soon issues are closed."""
    metric = chosen["metric"]
    left, right = st.columns(2)
    with left:
        ui.card(
            _("{metric}: spread by type").format(metric=catalogue.title(metric)),
            charts.spread(spread, metric=metric, types=types),
            rows=spread,
            source=("compound_types_spread", chosen),
            alt=_("A box per compound type: median, middle half, 5th to 95th percentile."),
        )
    with right:
        ui.card(
            _("{metric} by district and type").format(metric=catalogue.title(metric)),
            charts.by_type_and_district(districts, types=types),
            rows=districts,
            source=("compound_types_districts", chosen),
            alt=_("Table of districts by compound type."),
        )
    ui.card(
        _("How soon issues are closed"),
        charts.cumulated(durations, types=types),
        rows=durations,
        source=("compound_types_durations", chosen),
        alt=_("A rising line per compound type: share of issues closed within so many hours."),
        unit=_("share of closed issues"),
    )


def cases(chosen: dict[str, Any], rows: pd.DataFrame) -> None:
    """Demonstration and hard cases with homes, floor area and year of reform; else the largest compounds."""
    ui.card(
        _("Compounds singled out, case by case"),
        rows=rows,
        source=("compound_types_cases", chosen),
        alt=_("A row per compound: type, homes, residents and floor area per household, years built and reformed."),
        period=text.moment(chosen["as_of"], "date"),
        note=_("Demonstration compounds first, then hard cases, then by size; at most 60."),
        height=CASES_HEIGHT if len(rows) > FEW else None,
    )
