"""Which branches are strongest, how sure are we, and what moved them?"""

import streamlit as st

from dashboard import branch_views, branches, charts, filters, method_views, row_tables, text, ui, views
from dashboard.store import queries
from dashboard.text import _

chosen = filters.chosen()
quarter = text.moment(chosen["quarter"], "quarter")
ranking, summary, spread, stars, bands = queries(
    "fortress_ranking", "fortress_summary", "fortress_spread", "fortress_stars", "fortress_star_bands", **chosen
)

ui.heading(_("Fortress index"), question=__doc__)
if ranking.empty:
    ui.nothing_matches()
here = branches.position(ranking)
views.draw(branches.VIEWS, here.view, "fortress-view")

if here.view == "ranking":
    ui.tiles(branches.summary_tiles(summary.iloc[0]), ("fortress_summary", chosen))
    left, right = st.columns([1.15, 1])
    with left:
        ui.card(
            _("First and last branches and the chosen one, with 90 % intervals"),
            charts.rank_intervals(branches.ends(ranking, here.org_id), bands=bands, chosen=here.org_id),
            rows=branches.ends(ranking, here.org_id),
            source=("fortress_ranking", chosen),
            alt=_("A dot per branch at its total, a line over its interval, star bands marked."),
            period=quarter,
            note=_(
                "Official order; in brackets the 90 % interval of the rank, further back where chance "
                "has lifted a score. Where lines overlap, the order may be chance. Click a dot for the profile."
            ),
            key=branches.ENDS,
            on_select=True,
        )
    with right:
        ui.card(
            _("How total scores spread"),
            charts.score_spread(spread, bands=bands),
            rows=spread,
            source=("fortress_spread", chosen),
            alt=_("Bars: branches by total in classes of two points, star bands marked."),
            unit=_("branches"),
            period=quarter,
        )
        ui.card(
            _("Stars by district"),
            charts.stars_by_district(stars),
            rows=stars,
            source=("fortress_stars", chosen),
            alt=_("A bar per district divided by stars, with numbers of branches."),
            unit=_("share of branches"),
            period=quarter,
            note=_("Most stars first. How sure the order of districts is stands on the overview."),
        )
    ui.card(
        _("Official ranking of all branches"),
        rows=ranking,
        source=("fortress_ranking", chosen),
        alt=_("Table of all branches in official order."),
        period=quarter,
        note=_("Tick a row for the branch's profile."),
        key=branches.RANKING,
        on_select=True,
        height=row_tables.whole(min(len(ranking), branches.ROWS_SHOWN)),
    )
    branch_views.notice(chosen, ranking, summary.iloc[0])
elif here.view == "movement":
    branch_views.movement(chosen)
elif here.view == "funnel":
    branch_views.funnels(chosen)
elif here.view == "method":
    method_views.method(chosen, ranking)
elif here.view == "what_if":
    method_views.tried(chosen, ranking)
else:
    branch_views.profile(chosen, here.org_id, ranking, bands)
