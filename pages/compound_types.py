"""How do the types of compounds differ, in which districts, and which differences are larger than chance?"""

import streamlit as st

from dashboard import catalogue, charts, filters, headlines, type_views, ui
from dashboard.store import place_profile, queries
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
types = profile.labels("compound_types", chosen["language"])

ui.heading(_("Compound types"), question=__doc__)
overall, closer = st.container(), st.container()
metric = closer.selectbox(
    _("Look closer at"), headlines.SPREAD, format_func=catalogue.title, key="closer", bind="query-params"
)
chosen |= {"small_cell_limit": profile.small_cell_limit, "metric": metric}
metrics, spread, volumes, districts, durations, cases = queries(
    "compound_types_metrics",
    "compound_types_spread",
    "compound_types_volumes",
    "compound_types_districts",
    "compound_types_durations",
    "compound_types_cases",
    **chosen,
)
spread = spread.assign(metric=metric)
districts = headlines.with_signal(districts.assign(metric=metric), profile)

with overall:
    if volumes.empty:
        ui.nothing_matches()
    ui.card(
        _("Size and issues of each type"),
        rows=volumes,
        source=("compound_types_volumes", chosen),
        alt=_("Table with one row per compound type: compounds, households, residents and issues."),
    )
    for column, (title, codes) in zip(st.columns(2), headlines.TYPE_GROUPS.items(), strict=True):
        rows = headlines.in_order(metrics, codes)
        with column:
            ui.card(
                _(title),
                charts.by_type(rows, types=types, targets=headlines.targets(profile)),
                rows=rows,
                source=("compound_types_metrics", chosen),
                alt=_("A group of bars per metric, one bar per type, with 95 % intervals and targets."),
                note=_("▲ ▼ differs from the other types by more than chance. Line: 95 % interval."),
                key=codes[0],
            )
    compared = headlines.compared(metrics)
    ui.card(
        headlines.verdict(compared),
        charts.differences(compared, types=types),
        rows=compared,
        source=("compound_types_metrics", chosen),
        alt=_("Dots per metric and type at the difference from all other types, with intervals around them."),
        unit=_("points above or below all other types"),
        note=_("Solid: larger than chance. Compounds are clusters; all intervals hold together.") if compared else None,
    )
with closer:
    type_views.closer(chosen, spread, districts, durations, types)
    type_views.cases(chosen, cases)
