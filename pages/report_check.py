"""Do the published data say what the work report says, figure by figure?"""

import streamlit as st

from dashboard import claims, filters, ui
from dashboard.store import place_profile, query
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
checked = query("report_check", **chosen)

ui.heading(_("Report check"), question=__doc__)
if not ui.requires("report_claims"):
    st.stop()
if checked.empty:
    st.info(_("The report's figures are those of the whole place: a view limited to districts cannot check them."))
    st.stop()

if chosen["districts"] or chosen["compound_types"]:
    st.info(_("The report speaks of the whole place: district, type and period change nothing here."))
ui.tiles(claims.tiles(checked))
for key, title, rows in claims.groups(checked):
    ui.card(
        title,
        rows=rows,
        source=("report_check", chosen),
        alt=_("Table of the report's figures beside those of the data, with difference and verdict."),
        period=_("as of {date}").format(date=claims.as_of(profile)),
        note=claims.notes(key),
        key=f"report-{key}",
    )
