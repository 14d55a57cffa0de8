"""Where in the tree of organisations the reader is, and rows made ready for the figures of the organisation page.

The address says `?node=…` in codes; a copied link, a reload and the browser's back button show the same. Widgets
follow the address, never the other way round.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, headlines, text
from dashboard.charts import theme
from dashboard.charts.trees import COUNTS
from dashboard.profile import Profile
from dashboard.store import query
from dashboard.text import _

SELDOM = ("hub_count", "temporary_general_branch_count", "temporary_branch_count")
TREE = "organisation-tree"  # where in the session the key of the tree drawn last is remembered


@dataclass(frozen=True)
class Position:
    """The node opened ('' for none) and the tree as far as it is open."""

    node: str
    rows: pd.DataFrame

    @property
    def key(self) -> str:
        """Key of the tree's card; a click counts only at the position where it was made."""
        return f"tree-{self.node}"

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The opened nodes from the top down."""
        return theme.records(self.rows[self.rows["is_open"]])

    @property
    def inside(self) -> dict[str, str]:
        """Node -> name of everything directly under the opened node."""
        inner = self.rows[self.rows["depth"] == len(self.steps) + 1]
        return dict(zip(inner["node"], inner["node_name"], strict=True))


def asked(chosen: dict[str, Any]) -> str:
    """The node the reader asks for, after what was just clicked: a click opens a node, or shuts an open one."""
    clicked = _clicked()
    if clicked:
        rows = query("organisation_tree", **chosen, node=st.query_params.get("node", ""))
        trail = ["", *(step["node"] for step in _at(rows).steps)]
        _go(trail[trail.index(clicked) - 1] if clicked in trail else clicked)
    return st.query_params.get("node", "")


def position(rows: pd.DataFrame) -> Position:
    """Where the reader is, by the tree as far as it is open.

    A node that is not there for this reader gives way to the whole tree.
    """
    here = _at(rows)
    st.session_state[TREE] = here.key
    return here


def draw(here: Position, root: str) -> None:
    """Breadcrumb and choice of what lies inside, for whoever does not click into the figure; `root` is the place."""
    trail, inside = st.columns([2.2, 1], vertical_alignment="bottom")
    with trail, st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key="organisation-trail"):
        for step in [{"node": "", "node_name": root}, *here.steps]:
            st.button(
                headlines.as_written(step["node_name"]),
                key=f"node-{step['node']}",
                icon=":material/chevron_right:" if step["node"] else ":material/account_tree:",
                type="tertiary",
                disabled=step["node"] == here.node,
                on_click=_go,
                args=(step["node"],),
            )
    if here.inside:
        with inside:
            st.selectbox(
                _("Open"),
                list(here.inside),
                index=None,
                format_func=here.inside.get,
                key=f"open-{here.node}",
                placeholder=_("Choose what to open"),
                on_change=_open,
                args=(f"open-{here.node}",),
            )


def levels(here: Position, profile: Profile) -> dict[str, str]:
    """Levels of organisations that the tree counts, from the top down: those of the profile, and temporary ones.

    Temporary branches are counted beside the others, and only where there are any.
    """
    words = profile.labels("organisation_levels", text.language())
    if here.rows["temporary_count"].sum():
        words["temporary_branch"] = catalogue.labels("tree_level", profile)["temporary_branch"]
    return {level: words[level] for level in COUNTS if level in words}


def tiles(coverage: pd.DataFrame, counts: pd.Series, profile: Profile) -> list[dict[str, Any]]:
    """Tiles over the page: coverage from links, the ratio taken for it, branches, groups, elections."""
    whole = coverage[coverage["level"] == "selection"]
    row = whole.iloc[0]
    number = text.number
    covered = headlines.tile("organisation_coverage", headlines.with_signal(whole, profile), [], profile)
    covered["note"] = _("{covered} of {compounds} compounds").format(
        covered=number(row["covered_compound_count"], "count"), compounds=number(row["compound_count"], "count")
    )
    return [
        covered,
        {
            "title": _("Branches ÷ compounds"),
            "value": row["naive_ratio"],
            "kind": "share",
            "note": _("not coverage: a joint branch covers several compounds"),
            "definition": _(catalogue.COLUMNS["naive_ratio"].definition),
        },
        {
            "title": _("Branches"),
            "value": counts["branch_count"],
            "kind": "count",
            "note": _("{count} of them general branches").format(count=number(counts["general_branch_count"], "count")),
        },
        {
            "title": _("Party groups"),
            "value": counts["group_count"],
            "kind": "count",
            "note": _("{each} per branch").format(each=number(counts["groups_per_branch"], "number")),
        },
        {
            "title": _("Elections overdue"),
            "value": counts["overdue_branch_count"],
            "kind": "count",
            "note": _("{count} more due within six months").format(count=number(counts["due_branch_count"], "count")),
        },
    ]


def by_district(counts: pd.DataFrame) -> pd.DataFrame:
    """Rows of the districts, without the kinds of organisations that the whole selection has none of.

    `counts_words` says in words what is left out.
    """
    whole = counts.iloc[0]
    idle = [name for name in SELDOM if pd.isna(whole[name]) or whole[name] == 0]
    return counts[counts["level"] == "district"].drop(columns=["level", "district_code", *idle])


def counts_words(counts: pd.Series) -> str:
    """What the table of counts cannot show: hubs that nobody reports, and whether there are temporary organisations."""
    temporary = int(counts["temporary_general_branch_count"] + counts["temporary_branch_count"])
    parts = [
        _("Temporary organisations: {count}.").format(count=text.number(temporary, "count"))
        if temporary
        else _("No temporary organisation is on the register.")
    ]
    if pd.isna(counts["hub_count"]):
        parts.append(_("Member household hubs are not reported."))
    return text.sentences(*parts)


def secretary_units(rows: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Rows with the names of their units and how many secretaries each has: whole, areas of the profile, districts."""
    areas = profile.labels("areas", text.language())
    totals = rows.groupby("unit_code")["branch_count"].sum()

    def named(code: str, name: str) -> str:
        words = _("All") if not code else areas.get(code, name)
        return f"{words} · {text.number(totals[code], 'count')}"

    names = [named(code, name) for code, name in zip(rows["unit_code"], rows["unit_name"], strict=True)]
    return rows.assign(unit_name=names)


def duties(profile: Profile) -> str:
    """Duty lists and duties as the profile knows them, as Markdown; empty if it knows none."""
    if not profile.duties:
        return ""
    count = profile.duties.get("list_count", 0)
    named = profile.labels("duty_lists", text.language())
    lines = [
        *(_("- {list}: content not enumerated in the source").format(list=words) for words in named.values()),
        _("- {count} further lists: not enumerated in the source").format(count=count - len(named)),
        _("- {count} duties of a branch: not enumerated in the source").format(
            count=profile.duties.get("branch_duty_count", 0)
        ),
    ]
    return "\n".join([_("**Duty lists: {count}**").format(count=count), "", *lines])


def _at(rows: pd.DataFrame) -> Position:
    opened = rows.loc[rows["is_open"], "node"]
    return Position(opened.iloc[-1] if len(opened) else "", rows)


def _open(key: str) -> None:
    if st.session_state[key]:
        _go(st.session_state[key])


def _go(node: str) -> None:
    st.query_params.pop("node", None)
    if node:
        st.query_params["node"] = node


def _clicked() -> str | None:
    """Code of the node clicked since the last run."""
    figure = st.session_state.get(f"figure-{st.session_state.get(TREE)}")
    for point in figure.selection.points if figure else []:
        if "customdata" in point:
            return point["customdata"][0]
    return None
