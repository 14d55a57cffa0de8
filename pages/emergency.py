"""Who is ready for an emergency, where is a plan or a drill missing, and whom can be called?"""

import streamlit as st

from dashboard import emergencies, emergency_views, filters, ui
from dashboard.store import place_profile, queries
from dashboard.text import _

profile = place_profile(filters.chosen()["place"], filters.chosen()["edition"])
chosen = emergencies.choices(filters.chosen(), profile)
districts, teams, safety, temporary = queries(
    "emergency_districts", "emergency_teams", "emergency_safety", "emergency_temporary_orgs", **chosen
)

ui.heading(_("Emergency response"), question=__doc__)
if districts.empty:
    ui.nothing_matches()
if chosen["compound_types"]:
    st.info(
        _(
            "Plans, drills and calls are of communities: a type of compound leaves only teams and events of compounds."
        ),
        icon=":material/info:",
    )
ui.tiles(emergencies.tiles(districts, safety, temporary), ("emergency_districts", chosen))
emergency_views.readiness(chosen, districts, teams, profile)
emergency_views.drills(chosen, districts)
emergency_views.called(chosen, temporary, profile)
emergency_views.safety(chosen, safety)
