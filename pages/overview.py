"""Where do we stand against our targets, what is off, where, and what has changed?"""

import streamlit as st

from dashboard import catalogue, charts, filters, headline_ends, headlines, text, ui
from dashboard.store import place_profile, queries
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])

ui.heading(_("Overview"), question=__doc__)
now, trend = st.container(), st.container()
metric = trend.selectbox(
    _("Trend of"), headlines.HEADLINES, format_func=catalogue.title, key="headline", bind="query-params"
)
chosen |= {"small_cell_limit": profile.small_cell_limit, "metric": metric}
metrics, months = queries("overview_metrics", "overview_months", **chosen)
whole, districts = headlines.judged(metrics, profile)
source = ("overview_metrics", chosen)

with now:
    if not whole:
        ui.nothing_matches()
    st.markdown(headlines.summary(whole, districts, profile))
    histories = headlines.histories(months)
    for codes in headlines.TILES:
        ui.tiles([headlines.tile(code, whole, histories[code], profile) for code in codes], source)
    st.caption(headlines.legend())
    for column, (title, codes) in zip(st.columns(2), headlines.GROUPS.items(), strict=True):
        rows = headlines.only(districts, *codes)
        with column:
            ui.card(
                _("{group} by district").format(group=_(title)),
                charts.lights(rows),
                rows=headlines.wide(rows),
                source=source,
                alt=_("Table of districts by metric; sign and colour say whether the target is met."),
                key=codes[0],
            )
    ends = headline_ends.ends(districts)
    for column, (end, rows) in zip(st.columns(2), ends.items(), strict=False):
        title, heading = headline_ends.TITLES[end]
        with column:
            ui.card(
                _(title),
                charts.ranks(rows, heading=_(heading)),
                rows=rows,
                source=source,
                alt=_("Table of metrics: districts at this end with value, traffic light and possible ranks."),
                note=headline_ends.words(ends),
                key=end,
            )
    for column, (against, title) in zip(st.columns(2), headlines.CHANGES.items(), strict=True):
        rows = headlines.moved(districts, against)
        with column:
            ui.card(
                _(title),
                charts.changes(rows, against=against),
                rows=rows,
                source=source,
                alt=_("Bars for the largest changes by district and metric; sign and word say better or worse."),
                unit=_("points"),
                note=_("Beyond error only; at most three districts of one metric."),
                key=against,
            )
    alt = _("Table with value, target, traffic light and changes of every headline metric.")
    ui.card(_("All headline metrics"), rows=whole, source=source, alt=alt, key="table")
with trend:
    rows = months[months["metric"] == metric]
    goal = headlines.targets(profile).get(metric)
    ui.card(
        _("{metric} over two years").format(metric=catalogue.title(metric)),
        charts.trend(rows, metric=metric, name=_("Total"), target=goal),
        rows=rows.drop(columns="level"),
        source=("overview_months", chosen),
        alt=_("Bold line for the whole selection, a thin line per district, the target dashed."),
        period=text.period(*headlines.covered(months)),
    )
