"""Parts of the organisation page beside the tree: how branches are made up, who leads them, which need attention."""

from typing import Any

import streamlit as st

from dashboard import catalogue, charts, organisations, people, report_ins, row_tables, text, ui
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.store import queries, query
from dashboard.text import _

GROUPS_LAST = 8  # the class of the query that holds all above
LIST_HEIGHT = 320  # pixels of a list that scrolls


def make_up(chosen: dict[str, Any], profile: Profile) -> None:
    """How branches were set up, Party groups per branch, where branches are embedded and their duties."""
    setups, groups, embeddings = queries(
        "organisation_setups", "organisation_groups", "organisation_embeddings", **chosen
    )
    as_of = text.moment(profile.as_of, "date")

    left, right = st.columns(2)
    with left:
        ui.card(
            _("How branches were set up, by district"),
            charts.composition(
                setups, group="district_name", kind="setup_mode", words=catalogue.labels("setup_mode", profile)
            ),
            rows=setups,
            source=("organisation_setups", chosen),
            alt=_("A bar per district divided into branches of their own, joint and merged ones."),
            unit=_("share of branches"),
            period=as_of,
            note=_("A joint branch covers several compounds: why branches ÷ compounds is no coverage."),
        )
    with right:
        ui.card(
            _("Party groups per branch"),
            charts.group_counts(groups, last=GROUPS_LAST),
            rows=groups,
            source=("organisation_groups", chosen),
            alt=_("Upright bars: branches by the number of their Party groups."),
            unit=_("branches"),
            period=as_of,
        )
    duties = organisations.duties(profile)
    left, right = st.columns([1.3, 1]) if duties else (st.container(), None)
    with left:
        ui.card(
            _("Where branches are embedded"),
            rows=embeddings,
            source=("organisation_embeddings", chosen),
            alt=_("Table of branches by what they are embedded in and how they were set up."),
            period=as_of,
        )
    if duties:
        with right, st.container(border=True, key="duties"):
            st.markdown(duties)


def leaders(chosen: dict[str, Any], profile: Profile) -> None:
    """Channels through which secretaries came, and members by category as far as that may be published."""
    secretaries = organisations.secretary_units(query("organisation_secretaries", **chosen), profile)
    members = people.query("pioneer_categories", ["category"], **chosen)

    left, right = st.columns([1.4, 1])
    with left:
        ui.card(
            _("Channels of branch secretaries"),
            charts.composition(
                secretaries,
                group="unit_name",
                kind="secretary_channel",
                words=catalogue.labels("secretary_channel", profile),
            ),
            rows=secretaries,
            source=("organisation_secretaries", chosen),
            alt=_("A bar for all branches, for areas of the profile and for each district, divided by channel."),
            unit=_("share of posts; with the names: posts"),
            period=text.moment(profile.as_of, "date"),
            note=_("Posts, not persons: one secretary per branch. Which attributes a secretary has is not shown."),
        )
    with right:
        ui.card(
            _("Members by category"),
            rows=members,
            source=("pioneer_categories", chosen),
            alt=_("Table of members by category, small numbers hidden."),
            period=text.moment(chosen["quarter"], "quarter"),
            note=text.sentences(
                _("Whole districts: not by compound type, which would make the numbers too small to be safe."),
                report_ins.hidden_words(theme.records(members)),
            ),
        )


def attention(chosen: dict[str, Any], profile: Profile) -> None:
    """Lists of branches outside the norm of size and of those whose election is overdue or due."""
    sizes, elections = queries("organisation_sizes", "organisation_elections", **chosen)
    as_of = text.moment(profile.as_of, "date")

    left, right = st.columns(2)
    with left:
        if sizes.empty:
            st.info(_("Every branch keeps to the norm of size."), icon=":material/check:")
        else:
            ui.card(
                _("Branches outside the norm of size"),
                rows=sizes,
                source=("organisation_sizes", chosen),
                alt=_("Table of branches with too many or too few full members."),
                period=as_of,
                note=_(
                    "Norm: {least} to {most} full members; a general branch may have more. "
                    "A number below {limit} is never shown."
                ).format(
                    least=profile.branches.get("min_full_members", text.NOT_REPORTED),
                    most=profile.branches.get("max_full_members", text.NOT_REPORTED),
                    limit=profile.small_cell_limit,
                ),
                height=min(LIST_HEIGHT, row_tables.whole(len(sizes))),
            )
    with right:
        if elections.empty:
            st.info(_("No election is overdue or due within six months."), icon=":material/check:")
        else:
            ui.card(
                _("Elections overdue or due within six months"),
                rows=elections,
                source=("organisation_elections", chosen),
                alt=_("Table of branches whose term has ended or is about to end."),
                period=as_of,
                note=_("Term: {years} years since the last election, else since founding.").format(
                    years=profile.branches.get("term_years", text.NOT_REPORTED)
                ),
                height=min(LIST_HEIGHT, row_tables.whole(len(elections))),
            )


def grid_fit(chosen: dict[str, Any], profile: Profile) -> None:
    """How compounds fit the grids, case by case, and how many are aligned."""
    ui.card(
        _("Compounds and their grids"),
        rows=query("organisation_grid_fit", **chosen),
        source=("organisation_grid_fit", chosen),
        alt=_("A row per case of fit: compounds, share, grids per compound, share aligned with their grids."),
        period=text.moment(profile.as_of, "date"),
        note=_(
            "A large compound is divided into grids, small ones share one; where they match, one branch leads one grid."
        ),
    )


def tasks(chosen: dict[str, Any]) -> None:
    """Tasks that communities are given, by origin: what is on the admission list, what was refused."""
    if not ui.requires("tasks"):
        return
    rows = query("organisation_tasks", **chosen)
    if rows.empty:
        st.info(_("No task was handed to a community of this selection."), icon=":material/check:")
        return
    ui.card(
        _("Tasks handed to communities, by origin"),
        rows=rows,
        source=("organisation_tasks", chosen),
        alt=_("A row per origin: tasks, per community, on the admission list, admitted, refused, done in time."),
        note=_(
            "Departments may hand communities only what is on the admission list or admitted. Not by compound type."
        ),
    )
