"""Parts of the report-in page: who reported in, what they took on, the units, and what both sides say."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty, charts, report_ins, text, ui
from dashboard.profile import Profile
from dashboard.store import missing_tables, queries
from dashboard.text import _

TABLE_HEIGHT, ROWS_WHOLE = 420, 10


def state(chosen: dict[str, Any], districts: pd.DataFrame, profile: Profile) -> None:
    """Persons and person-times reported in, by month and by district."""
    (months,) = queries("report_in_months", **chosen)
    members = report_ins.members(chosen)
    year = chosen["end_month"].year

    ui.tiles(report_ins.state_tiles(districts, members, year), ("report_in_districts", chosen))
    st.caption(
        _(
            "Persons and person-times are two facts and are never added. These members are on the registers of their "
            "workplaces and are counted where they live: never added to the register of this place."
        )
    )
    *halves, third = st.columns([1, 1, 1.3])
    titles = {"member": _("Report-ins of members by month"), "unit": _("Report-ins of units by month")}
    for column, (party, title) in zip(halves, titles.items(), strict=True):
        own = months[months["report_in_party"] == party]
        with column:
            ui.card(
                title,
                charts.report_in_months(own),
                rows=own,
                source=("report_in_months", chosen),
                alt=_("A bar per month divided into routine and emergency report-ins."),
                unit=_("person-times") if party == "member" else _("visits of units"),
                period=text.period(own["month"].min(), own["month"].max()),
                key=f"report-in-{party}",
            )
    with third:
        ui.card(
            _("Members reported in, by district"),
            rows=[line for line in members if line["district_name"] is not None],
            source=("report_in_members", chosen),
            alt=_("Table of districts: members reported in, and those who served in the year."),
            unit=_("persons"),
            period=_("by the end of {year}").format(year=year),
            note=report_ins.hidden_words(members),
        )
    ui.card(
        _("Report-ins by district"),
        rows=report_ins.by_district(
            districts,
            "member_report_ins",
            "emergency_share",
            "served_rate",
            "member_hours",
            "hours_per_service",
            "unit_report_ins",
            "unit_hours",
        ),
        source=("report_in_districts", chosen),
        alt=_("Table of districts: report-ins, emergency share, service and hours of members and units."),
    )
    if words := report_ins.task_words(profile):
        with st.container(border=True, key="report-in-tasks"):
            st.markdown(words)


def posts(chosen: dict[str, Any], districts: pd.DataFrame, profile: Profile) -> None:
    """Posts claimed and completed, how far demands and projects have come, resources offered and used."""
    claimed, lists, resources = queries("report_in_posts", "report_in_lists", "report_in_resources", **chosen)
    judged = report_ins.judged_posts(claimed, profile)
    until = _("until {month}").format(month=text.moment(chosen["end_month"], "month"))

    missing = missing_tables(chosen["place"], chosen["edition"])
    if tiles := report_ins.post_tiles(districts, lists, resources, profile, missing):
        ui.tiles(tiles)
    left, right = st.columns(2)
    with left:
        if ui.requires("post_claims"):
            ui.card(
                _("Posts claimed and completed, by type"),
                charts.posts(judged, words=catalogue.labels("post_type", profile)),
                rows=judged,
                source=("report_in_posts", chosen),
                alt=_("A bar per type of post at its claims, the part completed dark."),
                unit=_("claims"),
                note=_("Pledge kept is judged only on claims made at least 30 days before the as-of date."),
            )
            ui.card(
                _("Posts by district"),
                rows=report_ins.by_district(
                    districts, "claim_count", "post_completion_rate", "evidence_rate", "mean_rating"
                ),
                source=("report_in_districts", chosen),
                alt=_("Table of districts: posts claimed, pledges kept, evidence and rating."),
                key="report-in-posts-by-district",
            )
    with right:
        if ui.requires("service_orders"):
            ui.card(
                _("Lists of demands and projects"),
                charts.composition(
                    report_ins.list_parts(lists, profile),
                    group="service_list",
                    kind="state",
                    words=report_ins.list_states(),
                    amount="entries",
                    share="share",
                ),
                rows=lists,
                source=("report_in_lists", chosen),
                alt=_("A bar per list divided into entries done, in progress, claimed and not claimed."),
                unit=_("entries"),
                period=until,
                note=_("In progress is not done: the two are never added up as results."),
            )
        if ui.requires("resource_shares"):
            ui.card(
                _("Resources shared by units"),
                rows=report_ins.resource_table(resources),
                source=("report_in_resources", chosen),
                alt=_("Table of kinds of resources: how many are offered, how many used and how often."),
                period=until,
                note=_("Use is known at the as-of date only."),
            )


def units(chosen: dict[str, Any], profile: Profile) -> None:
    """Units by type and level, the most active ones, and the joint committees."""
    if not ui.requires("units"):
        return
    found, league, committees = queries(
        "report_in_units", "report_in_league", "report_in_committees", **chosen, row_limit=report_ins.LEAGUE_LENGTH
    )
    if found.empty:
        ui.nothing_matches()
    ui.tiles(report_ins.unit_tiles(found, committees))
    facets = {"type": ("unit_type", _("Units by type")), "level": ("unit_level", _("Units by level"))}
    for place, (facet, (column, title)) in zip(st.columns(2), facets.items(), strict=True):
        own = found[found["unit_facet"] == facet]
        with place:
            ui.card(
                title,
                rows=own[[column, "registered_units", "reported_units", "reported_unit_share"]],
                source=("report_in_units", chosen),
                alt=_("Table of units: how many are on the register and how many of them reported in."),
                key=f"report-in-{column}",
            )
    ui.card(
        _("Joint committees by district"),
        rows=report_ins.committee_table(committees),
        source=("report_in_committees", chosen),
        alt=_("Table of districts: communities with a joint committee and the units in it by type."),
        period=text.moment(profile.as_of, "date"),
    )
    ui.card(
        _("Most active units"),
        rows=league,
        source=("report_in_league", {**chosen, "row_limit": report_ins.LEAGUE_LENGTH}),
        alt=_("Table of units by their person-hours, with report-ins and emergencies."),
        unit=_("the first {count} by person-hours").format(count=report_ins.LEAGUE_LENGTH),
        note=text.sentences(
            _("A league of units, not of persons; whoever comes with more people has more person-hours."),
            certainty.counted_in_full(),
        ),
        height=_height(league),
    )


def ratings(chosen: dict[str, Any]) -> None:
    """What communities say of units and units of communities, and service of members by community."""
    appraisals, communities = queries(
        "report_in_appraisals", "report_in_communities", **chosen, row_limit=report_ins.COMMUNITIES_LENGTH
    )
    quarter = text.moment(chosen["quarter"], "quarter")
    if ui.requires("appraisals"):
        if appraisals.empty:
            st.info(_("No two-way rating is on record in this quarter."), icon=":material/info:")
        else:
            _both_sides(chosen, appraisals, quarter)
    if not ui.requires("post_claims"):
        return
    if communities.empty:
        st.info(
            _("No community of the selection has enough ratings to show their mean."), icon=":material/visibility_off:"
        )
        return
    ui.card(
        _("Service of members by community, lowest rating first"),
        rows=communities,
        source=("report_in_communities", {**chosen, "row_limit": report_ins.COMMUNITIES_LENGTH}),
        alt=_("Table of communities: times, hours and rating of the service of members."),
        unit=_("at most {count} communities").format(count=report_ins.COMMUNITIES_LENGTH),
        note=text.sentences(
            _(
                "Times, hours and quality as the community where members live sees them; never by person. Communities "
                "with fewer than {limit} ratings or services are left out. Conduct outside working hours is not "
                "collected."
            ).format(limit=chosen["small_cell_limit"]),
            certainty.words(communities, "first_place", "last_place"),
        ),
        height=_height(communities),
    )


def _both_sides(chosen: dict[str, Any], appraisals: pd.DataFrame, quarter: str) -> None:
    both = report_ins.both_sides(appraisals)
    left, right = st.columns([1, 1.2])
    with left:
        ui.card(
            _("Both sides by district"),
            charts.two_way(both),
            rows=both,
            source=("report_in_appraisals", chosen),
            alt=_("A line per district between the mean score of its units and that of its communities."),
            unit=_("mean score of 100"),
            period=quarter,
            note=_(
                "Each side rates the other: the two means are about different subjects and make no ranking together."
            ),
        )
    with right:
        for kind, title in (
            ("unit", _("Units, rated by communities")),
            ("community", _("Communities, rated by units")),
        ):
            own = report_ins.one_side(appraisals, kind)
            if own.empty:
                st.info(f"{title}: {text.NOT_REPORTED}", icon=":material/info:")
                continue
            ui.card(
                title,
                rows=own,
                source=("report_in_appraisals", chosen),
                alt=_("Table of dimensions: mean score, change on the quarter before and low scores."),
                period=quarter,
                key=f"appraisal-{kind}",
            )


def _height(rows: pd.DataFrame) -> int | None:
    return TABLE_HEIGHT if len(rows) > ROWS_WHOLE else None
