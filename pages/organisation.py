"""How far does the chain of organisations reach, which compounds does it miss, and which branches need attention?"""

import streamlit as st

from dashboard import charts, filters, headlines, organisation_views, organisations, text, ui
from dashboard.store import place_profile, queries
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
as_of = text.moment(profile.as_of, "date")
chosen |= {"areas": profile.codes("areas"), "small_cell_limit": profile.small_cell_limit}
chosen |= {"node": organisations.asked(chosen)}
tree, coverage, counts = queries("organisation_tree", "organisation_coverage", "organisation_counts", **chosen)

ui.heading(_("Organisation"), question=__doc__)
if coverage.empty or counts.empty:
    ui.nothing_matches()
here = organisations.position(tree)
whole = counts.iloc[0]
judged = headlines.with_signal(coverage[coverage["level"] == "district"].drop(columns="level"), profile)

ui.tiles(organisations.tiles(coverage, whole, profile), ("organisation_coverage", chosen))
left, right = st.columns([1.15, 1])
with left:
    organisations.draw(here, profile.name(chosen["language"]))
    ui.card(
        _("Chain of organisations"),
        charts.tree(here.rows, levels=organisations.levels(here, profile)),
        rows=here.rows,
        source=("organisation_tree", {**chosen, "node": here.node}),
        alt=_("Tree of divisions and organisations, a line per node with the organisations inside it by level."),
        unit=_("organisations inside, by level"),
        period=as_of,
        note=_("Click a line to open it, an open one to shut it. The address keeps the place."),
        key=here.key,
        on_select=True,
    )
with right:
    ui.card(
        _("Compounds linked to a branch, by district"),
        charts.coverage(judged, target=headlines.targets(profile).get("organisation_coverage")),
        rows=judged,
        source=("organisation_coverage", chosen),
        alt=_("A bar per district at its coverage, a diamond at branches ÷ compounds, the target dotted."),
        unit=_("share of compounds; changes in percentage points"),
        note=_("At the end of the period. The diamond is the trap: organisations ÷ compounds is no coverage."),
    )
ui.card(
    _("Organisations by district"),
    rows=organisations.by_district(counts),
    source=("organisation_counts", chosen),
    alt=_("Table of districts with branches, groups, elections and branches outside the norm of size."),
    period=as_of,
    note=organisations.counts_words(whole),
)
organisation_views.make_up(chosen, profile)
organisation_views.leaders(chosen, profile)
organisation_views.attention(chosen, profile)
organisation_views.grid_fit(chosen, profile)
organisation_views.tasks(chosen)
