"""Which communities serve well, how sure are we of their rank, who is rewarded, and who needs help?"""

import streamlit as st

from dashboard import appraisal_views, appraisals, filters, ui
from dashboard.store import place_profile, queries
from dashboard.text import _

profile = place_profile(filters.chosen()["place"], filters.chosen()["edition"])
chosen = appraisals.choices(filters.chosen(), profile)
ranking, dimensions, quarters, programmes = queries(
    "appraisal_ranking", "appraisal_dimensions", "appraisal_quarters", "appraisal_programmes", **chosen
)

ui.heading(_("Appraisal"), question=__doc__)
if chosen["compound_types"]:
    st.info(
        _("Communities, branches and units are appraised as a whole: a type of compound changes nothing here."),
        icon=":material/info:",
    )
ui.tiles(appraisals.tiles(dimensions, quarters, ranking, programmes, profile), ("appraisal_dimensions", chosen))
if ui.requires("appraisals"):
    if ranking.empty:
        st.info(_("No community of this selection was appraised in this period."), icon=":material/info:")
    else:
        appraisal_views.scores(chosen, ranking, dimensions, quarters)
appraisal_views.programmes(chosen, programmes, ranking)
appraisal_views.rewards(chosen)
appraisal_views.inspections(chosen)
