"""Rows made ready for the figures of the report-in page, and what they must not be taken for, in words."""

from typing import Any

import pandas as pd

from dashboard import catalogue, people, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import N_, _, number

Rows = list[dict[str, Any]]

VIEWS = {
    "state": N_("Who reported in"),
    "posts": N_("Posts, projects, resources"),
    "units": N_("Units and joint committees"),
    "ratings": N_("Two-way ratings"),
}
ENTRIES = ("done", "running", "waiting", "unclaimed")  # how far an entry of a list has come
LEAGUE_LENGTH, COMMUNITIES_LENGTH = 50, 100


def state_tiles(districts: pd.DataFrame, members: Rows, year: int) -> Rows:
    """Persons, person-times, visits of units, the emergency share and hours: each a fact of its own."""
    row = _whole(districts)
    persons = next((line for line in members if line["district_name"] is None), {})
    return [
        _tile("reported_member_count", persons.get("reported_member_count"))
        | {
            "note": _("persons, by the end of {year}; served in {year}: {served}").format(
                year=year, served=number(persons.get("served_member_count"), "people")
            )
        },
        _changed("member_report_ins", row)
        | {"note": _("person-times; with service: {share}").format(share=number(row["served_rate"], "share"))},
        _changed("unit_report_ins", row)
        | {"note": _("{hours} person-hours").format(hours=number(row["unit_hours"], "hours"))},
        _changed("emergency_share", row) | {"note": _("of members")},
        _changed("member_hours", row)
        | {"note": _("{hours} hours per service").format(hours=number(row["hours_per_service"], "number"))},
    ]


def post_tiles(
    districts: pd.DataFrame,
    lists: pd.DataFrame,
    resources: pd.DataFrame,
    profile: Profile,
    missing: tuple[str, ...] = (),
) -> Rows:
    """Posts claimed, pledges kept against the target, evidence, projects in progress and the use of resources.

    What counts rows of a `missing` extract is left out: 0 would say that nothing was done.
    """
    row = _whole(districts)
    goal = profile.targets.get("post_completion_rate", {})
    projects = next(iter(theme.records(lists[lists["service_list"] == "livelihood_project"])), {})
    known = (resources["offered_count"] - resources["use_unknown_count"]).sum()
    found = [
        _changed("claim_count", row) | {"note": _("claims, not persons")},
        _changed("post_completion_rate", row)
        | {
            "signal": _light(row["post_completion_rate"], goal),
            "target": goal.get("target"),
        },
        _changed("evidence_rate", row)
        | {"note": _("mean rating {rating} of 5").format(rating=number(row["mean_rating"], "total"))},
        _tile("running_entries", projects.get("running_entries"))
        | {
            "title": _("Projects in progress"),
            "note": _("claimed {claimed}, done {done}").format(
                claimed=number(projects.get("claimed_entries"), "count"),
                done=number(projects.get("done_entries"), "count"),
            ),
        },
        _tile("resource_use_rate", resources["used_resources"].sum() / known if known else None)
        | {
            "note": _("{count} resources offered, used {times} times").format(
                count=number(resources["offered_count"].sum(), "count"),
                times=number(resources["resource_uses"].sum(), "count"),
            )
            if len(resources)
            else ""
        },
    ]
    extracts = ("post_claims", "post_claims", "post_claims", "service_orders", "resource_shares")
    return [tile for extract, tile in zip(extracts, found, strict=True) if extract not in missing]


def unit_tiles(units: pd.DataFrame, committees: pd.DataFrame) -> Rows:
    """Units on the register, those that reported in, their hours, and how far joint committees reach."""
    row = theme.records(units[units["unit_facet"] == "selection"])[0]
    joint = next(iter(theme.records(committees[committees["level"] == "selection"])), {})
    return [
        _tile("reported_units", row["reported_units"])
        | {
            "note": _("{share} of {count} units on the register").format(
                share=number(row["reported_unit_share"], "share"), count=number(row["registered_units"], "count")
            )
        },
        _tile("unit_report_ins", row["unit_report_ins"]),
        _tile("unit_hours", row["unit_hours"]),
        _tile("committee_units", joint.get("committee_units"))
        | {"note": _("{units} per joint committee").format(units=number(joint.get("units_per_committee"), "number"))},
        _tile("joint_committee_rate", joint.get("joint_committee_rate"))
        | {
            "note": _("{joint} of {all} communities").format(
                joint=number(joint.get("joint_committees"), "count"), all=number(joint.get("community_count"), "count")
            )
        },
    ]


def members(chosen: dict[str, Any]) -> Rows:
    """Persons reported in by the end of the year, and those who served in it: districts, first the whole selection.

    Small numbers are hidden already; without an extract the answer is empty.
    """
    year = chosen["end_month"].year
    lines: Rows = []
    for by in ([], ["district_code"]):
        whole = _of_year(people.query("report_in_members", ["year", *by], **chosen), year)
        parts = _of_year(people.query("report_in_members", ["year", *by, "service_state"], **chosen), year)
        served = {
            line.get("district_code"): line["member_count"] for line in parts if line["service_state"] == "served"
        }
        lines += [
            {
                "district_name": line.get("district_name"),
                "reported_member_count": line["member_count"],
                "served_member_count": served.get(line.get("district_code"), 0),
            }
            for line in whole
            if not by or line["district_name"] is not None
        ]
    return lines


def by_district(districts: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows of the districts with some of their columns."""
    return districts.loc[districts["level"] == "district", ["district_name", *columns]]


def judged_posts(rows: pd.DataFrame, profile: Profile) -> Rows:
    """Rows of posts with the light of their completion against the place's target as `signal`."""
    goal = profile.targets.get("post_completion_rate", {})
    return [row | {"signal": _light(row["post_completion_rate"], goal)} for row in theme.records(rows)]


def list_parts(lists: pd.DataFrame, profile: Profile) -> Rows:
    """One row per list and state of its entries, as a figure of parts needs them."""
    names = catalogue.labels("service_list", profile)
    return [
        {
            "service_list": names.get(row["service_list"], row["service_list"]),
            "state": state,
            "entries": row[f"{state}_entries"],
            "share": row[f"{state}_entries"] / row["listed_entries"],
        }
        for row in theme.records(lists)
        for state in ENTRIES
    ]


def list_states() -> dict[str, str]:
    """State of an entry of a list -> its word, from the finished to those nobody has claimed."""
    return {state: catalogue.title(f"{state}_entries") for state in ENTRIES}


def resource_table(resources: pd.DataFrame) -> pd.DataFrame:
    """Rows of resources with the columns a reader looks for first."""
    shown = ["resource_kind", "offered_count", "resource_use_rate", "resource_uses"]
    unknown = ["use_unknown_count"] if resources["use_unknown_count"].any() else []
    return resources[[*shown, *unknown]]


def committee_table(committees: pd.DataFrame) -> pd.DataFrame:
    """Rows of the districts; what a joint committee has on average stands in the tiles."""
    left_out = ["level", "district_code", "community_count", "units_per_committee"]
    return committees[committees["level"] == "district"].drop(columns=left_out)


def both_sides(appraisals: pd.DataFrame) -> Rows:
    """One row per district with the mean score of its units and of its communities."""
    own = appraisals[appraisals["level"] == "district"]
    found: dict[str, dict[str, Any]] = {}
    for row in theme.records(own):
        line = found.setdefault(
            row["district_name"],
            {"district_name": row["district_name"], "units_by_communities": None, "communities_by_units": None},
        )
        score = "units_by_communities" if row["appraised_kind"] == "unit" else "communities_by_units"
        line[score] = row["mean_appraisal"]
    return list(found.values())


def one_side(appraisals: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Scores that subjects of one kind were given, by dimension."""
    own = appraisals[(appraisals["level"] == "selection") & (appraisals["appraised_kind"] == kind)]
    own = own[own["appraisal_dimension"].notna()]
    return own[["appraisal_dimension", "mean_appraisal", "appraisal_change", "appraisal_scores", "low_appraisals"]]


def task_words(profile: Profile) -> str:
    """Tasks by which the place makes report-ins routine, as Markdown; empty where its profile lists none."""
    named = profile.labels("report_in_tasks", text.language())
    if not named:
        return ""
    lines = [f"{place}. {words}" for place, words in enumerate(named.values(), start=1)]
    return "\n".join([f"**{_('Report-in made routine: tasks of the plan')}**", "", *lines])


def hidden_words(rows: Rows) -> str:
    """What the marks of hidden numbers mean, if any of these rows has one."""
    marks = [value for row in rows for value in row.values() if isinstance(value, str) and value[:1] in ("<", "*")]
    return _("<5: fewer than 5 people; *: hidden, so that totals do not give a small number away.") if marks else ""


def _of_year(rows: pd.DataFrame, year: int) -> Rows:
    return theme.records(rows[rows["year"] == year])


def _whole(districts: pd.DataFrame) -> dict[str, Any]:
    return theme.records(districts[districts["level"] == "selection"])[0]


def _light(value: float | None, goal: dict[str, float]) -> str:
    return theme.signal(value, goal.get("target"), goal.get("amber"), "up")


def _tile(name: str, value: Any) -> dict[str, Any]:
    return {**catalogue.headed(name), "value": value}


def _changed(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A tile with its change on the period before, in points for a share."""
    value, before = row[name], row[f"previous_{name}"]
    tile = _tile(name, value)
    if pd.isna(value) or pd.isna(before):
        return tile | {"change_text": _("nothing before to compare with")}
    kind = "share_change" if tile["kind"] == "share" else "count_change"
    return tile | {"change": value - before, "change_kind": kind, "change_text": _("vs previous")}
