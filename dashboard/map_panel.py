"""The panel beside the map: one unit against those around it, its branches, its oldest issues, the other pages."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import access, catalogue, charts, drill, exports, filters, headlines, maps, text, ui
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.store import place_profile, queries
from dashboard.text import _

SMALL = ("compound", *maps.GRIDS)  # levels at which a rate may stand on a handful of cases
# Pages that keep to the districts chosen, in the order of the navigation.
PAGES = (
    "overview",
    "compound_types",
    "fortress_index",
    "pioneer_index",
    "issues",
    "organisation",
    "deliberation",
    "venues_and_funding",
    "services",
    "property",
    "workforce",
    "report_in",
    "emergency",
    "appraisal",
)

Address = dict[str, str]


def draw(here: drill.Position, chosen: dict[str, Any]) -> None:
    """The panel of the unit that `here` stands in; `chosen` as `filters.chosen` gives it."""
    codes, level = list(here.steps["unit_code"]), here.steps["level"].iat[-1]
    asked = {
        **chosen,
        "unit": codes[-1],
        "parent": codes[-2] if len(codes) > 1 else "",
        "unit_metrics": list(maps.headlines(level or "district")),
    }
    told = sources(level)
    figures, months, branches, issues = queries(*told, "map_unit_branches", "map_unit_issues", **asked)
    profile = place_profile(chosen["place"], chosen["edition"])
    names = _names(here, asked, profile)
    district = _district(here, asked)

    if asked["unit"] and "unit" not in set(figures["relation"]):
        st.info(_("The compound types chosen leave this unit out."), icon=":material/filter_alt_off:")
    else:
        _figures(figures, months, names, level, (told[0], asked), profile)
        _course(months, here.metric, (told[1], asked))
        if level not in maps.GRIDS:
            _branches(branches, asked, district, profile)
        _issues(issues, asked, district, profile)
    _elsewhere(here, asked, district)


def sources(level: str) -> tuple[str, str]:
    """Names of the queries that the figures and the months of a unit come from; '' is the level of the whole place."""
    if level in ("", "district"):  # small marts know districts
        return "map_district_figures", "map_district_months"
    return "map_unit_figures", "map_unit_months"


def _names(here: drill.Position, asked: dict[str, Any], profile: Profile) -> dict[str, str]:
    """What heads each relation that is shown, no two alike: a unit may have the name of the one around it."""
    whole = _("All you may see") if access.reader().districts else profile.name(text.language())
    steps = list(here.steps["unit_name"])
    names = {"place": whole}
    if asked["parent"]:
        names = {"parent": steps[-2], **names}
    if asked["unit"] or asked["districts"]:
        names = {"unit": steps[-1] if asked["unit"] else _("Districts chosen"), **names}
    words = catalogue.labels("relation", profile)
    unlike: dict[str, str] = {}
    for relation, name in names.items():
        is_taken = name in unlike.values()
        unlike[relation] = _("{name} ({word})").format(name=name, word=words[relation]) if is_taken else name
    return unlike


def _district(here: drill.Position, asked: dict[str, Any]) -> dict[str, str]:
    """Code and name of the district of the unit; empty where the unit lies in none that the filters know."""
    known = exports.district_names(asked["place"], asked["edition"])
    return {code: known[code] for code in here.steps["unit_code"] if code in known}


def _figures(
    figures: pd.DataFrame,
    months: pd.DataFrame,
    names: dict[str, str],
    level: str,
    source: tuple[str, dict[str, Any]],
    profile: Profile,
) -> None:
    signs = [f"{sign} {_(catalogue.WORDS['signal'][code])}" for code, sign in theme.SIGNS.items() if code != "unknown"]
    ui.card(
        headlines.as_written(next(iter(names.values()))),
        charts.unit_figures(figures, months, names=names, targets=profile.targets, based=level in SMALL),
        rows=figures,
        source=source,
        alt=_("Table of metrics: course and value of the unit, beside the unit around it and the whole place."),
        note=" · ".join([*signs, _("{dash} not reported").format(dash=text.NOT_REPORTED), _("n/a: nothing to count")]),
        key="map_unit_figures",
    )


def _course(months: pd.DataFrame, metric: str, source: tuple[str, dict[str, Any]]) -> None:
    """The line of the map's metric over two years, with the months of all metrics behind it."""
    own = months[months["metric"] == metric]
    if len(own) < 2:
        return
    kind = catalogue.COLUMNS[metric].kind
    line = charts.course(own["value"].tolist(), lambda value: text.number(value, kind))
    first, last = own["month"].iat[0], own["month"].iat[-1]
    ui.card(
        catalogue.title(metric),
        lambda key: st.html(line),
        rows=months,
        source=source,
        alt=_("Line over two years."),
        key="map_unit_months",
        period=text.period(first, last),
        note=_("From {first} to {last}; lowest {low}, highest {high}").format(
            first=text.number(own["value"].iat[0], kind),
            last=text.number(own["value"].iat[-1], kind),
            low=text.number(own["value"].min(), kind),
            high=text.number(own["value"].max(), kind),
        ),
    )


def _branches(branches: pd.DataFrame, asked: dict[str, Any], district: dict[str, str], profile: Profile) -> None:
    rows, states = theme.records(branches), catalogue.labels("ranking_state", profile)

    def words(row: dict[str, Any]) -> str:
        score, low, high = (text.number(row[name], "score") for name in ("total", "score_low", "score_high"))
        is_ranked = row["ranking_state"] == "ranked"
        stars = f"{row['stars']:.0f}★" if is_ranked else states[row["ranking_state"]]
        return f"{headlines.as_written(row['branch_name'])} {stars} {score} :gray[({low}–{high})]"

    def lines(_key: str) -> None:
        for row in rows:
            _link("fortress_index", {"view": "branch", "branch": row["org_id"]}, words(row))
        if rows:
            _rest("fortress_index", {"view": "ranking"}, int(rows[0]["branch_count"]), len(rows), asked, district)
        else:
            st.caption(_("No branch of this unit was scored in the quarter."))

    ui.card(
        _("Branches, the weakest first"),
        lines,
        rows=branches,
        source=("map_unit_branches", asked),
        alt=_("List of branches with stars and score."),
        unit=_("score and 90 % interval"),
        period=text.moment(asked["quarter"], "quarter"),
    )


def _issues(issues: pd.DataFrame, asked: dict[str, Any], district: dict[str, str], profile: Profile) -> None:
    rows, matters = theme.records(issues), catalogue.labels("matter", profile)

    def lines(_key: str) -> None:
        for row in rows:
            words = _("{days} days · {matter} · {issue}").format(
                days=text.number(row["overdue_days"], "count"),
                matter=headlines.as_written(matters.get(row["matter"], row["matter"])),
                issue=headlines.as_written(row["issue_id"]),
            )
            _link("issues", {"view": "overdue", "issue": row["issue_id"]}, words)
        if rows:
            _rest("issues", {"view": "overdue"}, int(rows[0]["overdue_issues"]), len(rows), asked, district)
        else:
            st.caption(_("No issue of this unit is overdue."))

    ui.card(
        _("Issues overdue the longest"),
        lines,
        rows=issues,
        source=("map_unit_issues", asked),
        alt=_("List of issues with days overdue, matter and ID."),
        period=_("as of {date}").format(date=text.moment(asked["as_of"], "date")),
    )


def _rest(page: str, address: Address, count: int, shown: int, asked: dict[str, Any], district: dict[str, str]) -> None:
    """Link to the whole list, if more is in it than shown; of a unit inside a district the list is the district's."""
    if count <= shown:
        return
    number = text.number(count, "count")
    if asked["unit"] in ("", *district):
        words = _("All {count}").format(count=number)
    elif district:
        name = headlines.as_written(next(iter(district.values())))
        words = _("{count} in all; list of {district}").format(count=number, district=name)
    else:
        words = _("{count} in all; list of the whole place").format(count=number)
    _link(page, address | _filtered(district), words, icon=":material/list:")


def _elsewhere(here: drill.Position, asked: dict[str, Any], district: dict[str, str]) -> None:
    """Links to the other pages, with the unit's district as their filter; the tree of organisations opens further."""
    nodes = here.steps[here.steps["level"].isin(["district", "subdistrict"])]
    with st.container(border=True, key="card-elsewhere", gap="xsmall"):
        st.markdown(f"**{_('Other pages')}**  \n:gray[:small[{_filter_words(district, asked)}]]")
        with st.container(horizontal=True, gap="xsmall"):
            for page in PAGES:
                if page == "organisation" and len(nodes):
                    node, named = nodes["unit_code"].iat[-1], headlines.as_written(nodes["unit_name"].iat[-1])
                    opened = _("Opened at {unit}").format(unit=named)
                    _link(page, {"node": node} | _filtered(district), help=opened)
                else:
                    _link(page, _filtered(district))


def _filter_words(district: dict[str, str], asked: dict[str, Any]) -> str:
    if district:
        return _("filtered to the district {district}").format(district=headlines.as_written(*district.values()))
    return _("filtered as this page") if asked["districts"] else _("whole place")


def _filtered(district: dict[str, str]) -> Address:
    return {filters.LINKED: next(iter(district))} if district else {}


def _link(page: str, address: Address, words: str | None = None, **more: str) -> None:
    st.page_link(f"../pages/{page}.py", label=words, query_params=address, **more)
