"""The panel beside the map: its numbers are those of the map, kept to the reader's scope, and lead further."""

from datetime import date
from itertools import product
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import charts, editions, filters, frame, map_panel, map_values, maps, store, text
from tests import places, questions, tiny
from tests.opening import grid, opened, parsed, troubles

STREET = "990101001000"
C1, C3 = tiny.micro_grid("C1"), tiny.micro_grid("C3")
# Unit -> level, the unit around it and its level.
UNITS = {
    tiny.WEST: ("district", "", ""),
    STREET: ("subdistrict", tiny.WEST, "district"),
    tiny.COMMUNITIES[2]: ("community", "990102001000", "subdistrict"),
    "C1": ("compound", tiny.COMMUNITIES[0], "community"),
    "C6": ("compound", tiny.COMMUNITIES[2], "community"),
    tiny.grid(1): ("grid", tiny.COMMUNITIES[1], "community"),
    C3: ("micro_grid", tiny.grid(1), "grid"),
}
PERIODS = {
    "quarter": {},
    "past month": {"start_month": date(2024, 11, 1), "end_month": date(2024, 11, 1)},
    "before any issue": {"start_month": date(2024, 7, 1), "end_month": date(2024, 7, 1)},
}
FIGURES = ["value", "numerator", "denominator", "base_count", "state"]


def chosen(unit: str = "", **own: object) -> dict:
    level, parent, _around = UNITS.get(unit, ("", "", ""))
    usual = {"unit": unit, "parent": parent, "unit_metrics": list(maps.headlines(level or "district"))}
    return questions.shared(editions.current(tiny.PLACE), **{"area": []} | usual | own)


def told(unit: str = "", **own: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures and months of the panel of a unit."""
    sources = map_panel.sources(UNITS[unit][0] if unit else "")
    return tuple(store.query(source, **chosen(unit, **own)) for source in sources)


def of_map(code: str, level: str, metric: str, **own: object) -> pd.DataFrame:
    """The row of one unit on the map, if it is there."""
    rows = map_values.rows(chosen(**own | {"unit": "", "level": level, "metric": metric}))
    return rows.loc[rows["unit_code"] == code, FIGURES]


def alike(found: pd.Series, expected: pd.Series) -> bool:
    """Whether two rows say the same; sums of households may differ in their last digit."""

    def is_same(one: object, other: object) -> bool:
        if isinstance(one, str) or isinstance(other, str):
            return one == other
        return (pd.isna(one) and pd.isna(other)) or one == pytest.approx(other, rel=1e-12)

    return all(map(is_same, found, expected))


def spoilt(rows: dict) -> dict:
    """An unknown mode, a body unknown, households unknown with and without issues, a grid whose households are unknown."""
    compounds = {row["compound_id"]: row for row in rows["compounds"]}
    compounds["C1"].update(property_mode=None, owners_body=None, households=None)
    compounds["C2"].update(is_owners_body_eligible=False)
    compounds["C6"].update(households=None)
    next(row for row in rows["grids"] if row["grid_code"] == C3).update(households=None)
    rows["issues"] = [issue for issue in rows["issues"] if issue["compound_id"] != "C1"]
    rows["issues"][0]["compound_id"] = None  # known by its grid alone
    return rows


@pytest.fixture(scope="module")
def spoilt_data(tmp_path_factory):
    """The tiny place with holes in it."""
    folder = tmp_path_factory.mktemp("spoilt")
    places.publish(folder, spoilt(tiny.tables()))
    return folder / "data"


@pytest.fixture
def holed(spoilt_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(spoilt_data))


@pytest.mark.parametrize(
    ("period", "types"),
    [("quarter", ["old", "residential"]), ("quarter", ["work_unit"]), *((period, []) for period in PERIODS)],
    ids=str,
)
def test_the_figures_of_a_unit_and_the_one_around_it_are_those_of_the_map(period, types, holed) -> None:
    own = PERIODS[period] | {"compound_types": types}
    for unit, (level, parent, around) in UNITS.items():
        rows = told(unit, **own)[0].set_index(["relation", "metric"])
        assert len(rows) == len(rows.index.unique())
        units = {"unit": (unit, level)} | ({"parent": (parent, around)} if parent else {})
        for (relation, (code, of_level)), metric in product(units.items(), maps.headlines(level)):
            found = rows.loc[[(relation, metric)], FIGURES] if (relation, metric) in rows.index else rows.iloc[:0]
            expected = of_map(code, of_level, metric, **own)
            assert len(found) == len(expected)
            for one, other in zip(found.to_numpy(), expected.to_numpy(), strict=True):
                assert alike(one, other), (unit, relation, metric, one, other)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("districts", [[], [tiny.EAST]], ids=["everywhere", "one district"])
def test_the_place_is_the_sum_of_its_districts_and_the_chosen_districts_stand_beside_it(
    districts, period, holed
) -> None:
    own = PERIODS[period]
    rows = told(districts=districts, **own)[0].set_index(["relation", "metric"])
    assert set(rows.index.get_level_values("relation")) == ({"unit", "place"} if districts else {"place"})
    for metric in maps.headlines("district"):
        whole = store.query("map_values", **chosen(**own | {"level": "district", "metric": metric}))
        for relation, codes in (("place", list(whole["unit_code"])), ("unit", districts)):
            summed = whole.loc[whole["unit_code"].isin(codes), ["numerator", "denominator"]].sum(min_count=1)
            if codes:
                assert alike(rows.loc[(relation, metric), ["numerator", "denominator"]], summed), (relation, metric)


def test_the_place_stays_whole_whatever_districts_are_chosen(tiny_data) -> None:
    for unit in (tiny.WEST, STREET):
        everywhere, east = (told(unit, districts=districts)[0] for districts in ([], [tiny.EAST]))
        assert everywhere.equals(east)


def test_a_unit_that_the_types_leave_out_has_no_figures(tiny_data) -> None:
    for unit, own in (("C1", ["old"]), (C3, ["residential"])):
        rows, _months = told(unit, compound_types=own)
        assert "unit" not in set(rows["relation"])


@pytest.mark.parametrize("unit", ["", *UNITS])
def test_the_months_of_a_unit_add_up_to_its_figures(unit, holed) -> None:
    relation = "unit" if unit else "place"
    figures, months = told(unit)
    figures = figures[figures["relation"] == relation].set_index("metric")
    assert len(months) and not months.duplicated(["metric", "month"]).any()
    last = months[months["month"].between("2024-10-01", "2024-12-01")]
    for metric in maps.headlines(UNITS.get(unit, ("district",))[0]):
        own = last[last["metric"] == metric]
        if metric in maps.levels.STATES:
            own = own[own["month"] == "2024-12-01"]
        if metric in maps.levels.STATES[1:] or own.empty:
            continue
        assert own["numerator"].sum() == pytest.approx(figures.loc[metric, "numerator"]), metric
        if metric != "reported_issues":
            assert own["denominator"].sum() == pytest.approx(figures.loc[metric, "denominator"]), metric


@pytest.mark.parametrize("unit", ["", tiny.WEST, STREET])
def test_the_index_stands_in_the_first_month_of_its_quarter_and_coverage_in_every_month(unit, tiny_data) -> None:
    rows = told(unit)[1].assign(month=lambda found: found["month"].dt.month)
    months = {metric: list(own["month"]) for metric, own in rows.groupby("metric")}
    assert {month % 3 for month in months["fortress_index"]} == {1}
    assert months["organisation_coverage"] == list(tiny.MONTHS)
    counts, shares = rows[rows["metric"] == "reported_issues"], rows[rows["metric"] != "reported_issues"]
    assert (counts["value"] == counts["numerator"]).all() and len(shares)
    assert list(shares["value"]) == pytest.approx(list(shares["numerator"] / shares["denominator"]))


def test_a_month_without_an_issue_is_a_zero_and_not_a_gap(tiny_data) -> None:
    """Issues run from August; the months before are none of ours."""
    rows = [row for row in tiny.tables()["issues"] if row["compound_id"] == "C1"]
    months = store.query("map_unit_months", **chosen(C1))
    reported = months[months["metric"] == "reported_issues"].set_index("month")["value"]
    assert list(reported.index.month) == list(tiny.MONTHS) and reported.sum() == len(rows)


def test_branches_stand_the_weakest_first_and_belong_to_the_unit(tiny_data) -> None:
    def found(unit: str, **own: object) -> list[str]:
        return list(store.query("map_unit_branches", **chosen(unit, **own))["org_id"])

    west = store.query("map_unit_branches", **chosen(tiny.WEST))
    assert set(west["org_id"]) == {"B1", "B2", "B3"} and west["total"].is_monotonic_increasing
    assert set(west["branch_count"]) == {3}
    assert (west["score_low"] <= west["total"]).all() and (west["total"] <= west["score_high"]).all()
    assert found("C4") == ["B3"] and found("C6") == [] and found(C1) == []
    assert set(found("")) == {"B1", "B2", "B3", "B4", "B5"} and set(found("", districts=[tiny.EAST])) == {"B4", "B5"}
    third = {"quarter": date(2024, 7, 1)}
    assert found("C5", **third)[0] == "B4", "a vetoed branch comes first"


def test_issues_stand_the_longest_overdue_first_with_the_number_of_all(tiny_data) -> None:
    """The second issue of a month stays open in C5 and C6; that of C6 in December is void."""

    def found(unit: str, **own: object) -> pd.DataFrame:
        return store.query("map_unit_issues", **chosen(unit, **own))

    east = found(tiny.EAST)
    assert list(east["issue_id"]) == ["C5-08-2", "C6-08-2", "C5-09-2", "C6-09-2", "C5-10-2"]
    assert set(east["overdue_issues"]) == {9} and east["overdue_days"].iloc[0] == 131
    assert found(tiny.WEST).empty and found("C1").empty
    assert list(found("C6")["issue_id"]) == ["C6-08-2", "C6-09-2", "C6-10-2", "C6-11-2"]
    assert found(tiny.grid(2)).equals(east) and found(tiny.COMMUNITIES[2]).equals(east)
    assert len(found(tiny.micro_grid("C5"))) == 5
    assert set(found("", compound_types=["residential"])["compound_name"]) == {"小区6"}


PANEL = [*map_panel.sources("district"), *map_panel.sources("community"), "map_unit_branches", "map_unit_issues"]


@pytest.mark.parametrize("query", PANEL)
def test_a_limited_reader_learns_nothing_of_another_district(query, tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    for unit in (tiny.EAST, "990102001000", tiny.COMMUNITIES[2], "C6", tiny.grid(2), tiny.micro_grid("C5")):
        rows = store.query(query, **chosen(unit))
        if query.endswith("_figures"):
            assert set(rows["relation"]) == {"place"}
        else:
            assert rows.empty
    rows = store.query(query, **chosen(tiny.WEST))
    assert not [cell for cell in rows.to_numpy().ravel() if places.is_of_the_east(cell)]


def test_the_place_of_a_limited_reader_is_the_own_district(tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    rows, _months = told(tiny.WEST)
    unit, place = (rows[rows["relation"] == name].set_index("metric")[FIGURES[:3]] for name in ("unit", "place"))
    pd.testing.assert_frame_equal(unit, place)


def figure(**own: object) -> dict:
    usual = {"metric": "ontime_close_rate", "relation": "unit", "value": 0.5, "numerator": 3.0, "denominator": 6.0}
    return usual | {"base_count": 6.0, "state": "reported"} | own


def table(*rows: dict, months: tuple = (), based: bool = False) -> charts.Table:
    names = {"unit": "C1", "parent": "Street", "place": "City"}
    goals = {"ontime_close_rate": {"target": 0.9, "amber": 0.8}}
    with text.speaking("en"):
        return charts.unit_figures(list(rows), list(months), names=names, targets=goals, based=based)


def test_a_judged_figure_has_a_sign_and_what_is_not_known_has_a_word() -> None:
    shown = table(
        figure(),
        figure(relation="parent", value=None, state="not_reported"),
        figure(relation="place", value=0.95),
        figure(metric="reported_issues", value=0.0),
        figure(metric="reported_issues", relation="place", value=None, state="not_applicable"),
    )
    with text.speaking("en"):
        lines = grid(shown)
    assert lines[0] == ["", "Course", "C1", "Street", "City"]
    assert lines[1] == ["On-time closing rate", "", "■ 50.0%", "—", "● 95.0%"]
    assert lines[2] == ["Issues reported", "", "0", "—", "n/a"]


def test_only_the_unit_is_tinted_and_says_what_a_small_rate_stands_on() -> None:
    lines = grid(table(figure(), figure(relation="place"), based=True))
    assert lines[1][2:] == ["■ 50.0% n = 6", "■ 50.0%"]
    assert grid(table(figure()))[1][2] == "■ 50.0%"
    tints = [
        cell.get("style").split(";")[0]
        for cell in parsed(table(figure(), figure(relation="place"))).iter("td")
        if cell.get("style")
    ]
    assert len(set(tints)) == 2 and tints[1] == "background:transparent"


def test_a_course_needs_two_months() -> None:
    def lines_of(*values: float) -> int:
        months = tuple({"metric": "ontime_close_rate", "value": value} for value in values)
        return sum(
            "sparkline" in (part.get("class") or "") for part in parsed(table(figure(), months=months)).iter("div")
        )

    assert [lines_of(), lines_of(0.5), lines_of(0.5, 0.6)] == [0, 0, 1]


def test_a_unit_with_the_name_of_the_one_around_it_keeps_its_own_column(tiny_data) -> None:
    steps = pd.DataFrame(
        {"unit_code": ["", "D", "S"], "unit_name": [None, "East", "East"], "level": ["", "district", "subdistrict"]}
    )
    here = map_panel.drill.Position("S", "community", "close_rate", steps, {}, steps)
    asked = {"unit": "S", "parent": "D", "districts": []}
    with text.speaking("en"):
        names = map_panel._names(here, asked, store.place_profile(tiny.PLACE, editions.current(tiny.PLACE)))
    assert len(set(names.values())) == 3 and list(names) == ["unit", "parent", "place"]


def test_the_panel_leads_to_every_page_that_keeps_to_districts() -> None:
    groups = [pages for group, pages in frame.PAGES.items() if group not in ("Meetings", "Data")]
    named = [name for pages in groups for name, _title, _icon in pages]
    assert list(map_panel.PAGES) == [name for name in named if name != "grid_map"]


def links(app: AppTest) -> list[tuple[str, dict[str, list[str]], str]]:
    """Page, address and words of every link to a page."""
    found = [link.proto for link in app.get("page_link")]
    return [(link.page, parse_qs(link.query_string), link.label) for link in found]


@pytest.mark.parametrize("unit", ["", *UNITS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_panel_of_every_level_opens_without_trouble(unit, language, tiny_data) -> None:
    app = opened("grid_map", language, unit=unit, pick=unit)
    assert not troubles(app)
    assert len(links(app)) >= len(map_panel.PAGES)


def test_links_are_filtered_to_the_district_and_open_one_branch_issue_or_node(tiny_data) -> None:
    found = links(opened("grid_map", "en", unit=tiny.COMMUNITIES[2]))
    ones = [address for _page, address, _label in found if {"branch", "issue"} & set(address)]
    assert {"B4", "B5"} == {address["branch"][0] for address in ones if "branch" in address}
    assert [address["issue"][0] for address in ones if "issue" in address][:2] == ["C5-08-2", "C6-08-2"]
    others = [(page, address) for page, address, _label in found if address not in ones]
    assert {page for page, _address in others} == {
        "",
        *map_panel.PAGES[1:],
    }  # the first page has no name in its address
    assert {address[filters.LINKED][0] for _page, address in others} == {tiny.EAST}
    assert [address["node"] for page, address in others if page == "organisation"] == [["990102001000"]]


def test_a_link_filters_the_page_it_leads_to(tiny_data) -> None:
    app = opened("issues", "en", **{filters.LINKED: tiny.EAST})
    assert app.session_state["chosen"]["districts"] == [tiny.EAST] and filters.LINKED not in app.query_params
    assert opened("issues", "en", **{filters.LINKED: "nowhere"}).session_state["chosen"]["districts"] == []


def test_the_whole_place_links_to_the_pages_as_they_are(tiny_data) -> None:
    found = links(opened("grid_map", "en"))
    assert not [address for _page, address, _label in found if filters.LINKED in address]
