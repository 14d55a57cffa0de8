"""Are talks held as the rule says, how far do their topics come, and are results published and followed up?"""

import streamlit as st

from dashboard import charts, deliberation_views, deliberations, filters, text, ui
from dashboard.store import place_profile, queries
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
chosen |= deliberations.rule(profile)
metrics, months, days = queries("deliberation_metrics", "deliberation_months", "deliberation_days", **chosen)

ui.heading(_("Deliberation"), question=__doc__)
if not ui.requires("deliberations"):
    st.stop()
if metrics.empty:
    ui.nothing_matches()

for line in deliberations.tiles(metrics, months, profile):
    ui.tiles(line, ("deliberation_metrics", chosen))
st.caption(
    _("A grey change lies within error (90 %) or is not judged: attendance never, outcomes not in the last month.")
)
left, right = st.columns([1.2, 1])
with left:
    ui.card(
        _("Calendar of sessions"),
        charts.calendar(days),
        rows=days,
        source=("deliberation_days", chosen),
        alt=_("A square per day, the darker the more sessions; days of the place's rule have a frame."),
        unit=_("sessions a day"),
        note=deliberations.calendar_words(days, profile),
    )
with right:
    ui.card(
        _("Sessions and topics by month"),
        charts.talk_months(months),
        rows=months,
        source=("deliberation_months", chosen),
        alt=_("A bar per month at its sessions, a mark at its topics."),
        period=text.period(months["month"].min(), months["month"].max()),
        note=_("A session is one form of talk at one place on one day; it may have several topics."),
    )
deliberation_views.progress(chosen, profile)
deliberation_views.subjects(chosen)
deliberation_views.places(chosen, metrics, profile)
deliberation_views.notices(chosen)
