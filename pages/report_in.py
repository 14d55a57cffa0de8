"""Who reported in, what did they take on, and how do communities and units rate each other?"""

import streamlit as st

from dashboard import filters, report_in_views, report_ins, ui, views
from dashboard.store import place_profile, query
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
chosen |= {"small_cell_limit": profile.small_cell_limit}
districts = query("report_in_districts", **chosen)

ui.heading(_("Report-in"), question=__doc__)
if not ui.requires("report_ins"):
    st.stop()
if chosen["compound_types"]:
    st.info(_("A report-in names a community, no compound: the compound type changes nothing here."))
if districts.empty or districts["member_report_ins"].isna().all():
    ui.nothing_matches()
here = views.asked(report_ins.VIEWS)
views.draw(report_ins.VIEWS, here, "report-in-view")

if here == "state":
    report_in_views.state(chosen, districts, profile)
elif here == "posts":
    report_in_views.posts(chosen, districts, profile)
elif here == "units":
    report_in_views.units(chosen, profile)
else:
    report_in_views.ratings(chosen)
