"""The metrics that the map has of communities: each is the number of its own page, and holes stay holes."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard import catalogue, charts, editions, lineage, map_values, maps, periods, store, text
from tests import places, questions, tiny
from tests.opening import opened, troubles

DISTRICTS = (tiny.WEST, tiny.EAST)
# Page query -> metrics of its columns; one row per district if the tables tell no kinds apart.
PAGES = {
    "venues_and_funding_districts": ("venue_norm_rate", "unified_rate"),
    "deliberation_halls": ("full_hall_share", "mean_standards"),
    "venues_and_funding_buildings": ("buildings_per_compound",),
    "venues_and_funding_money": ("spending_rate", "published_rate", "budget_per_household_yuan"),
    "venues_and_funding_renovations": ("road_acceptance_rate", "wall_acceptance_rate", "light_acceptance_rate"),
    "property_metrics": ("property_household_coverage", "fee_collection", "property_complaints"),
    "property_owners": ("body_party_org_rate", "rules_per_body", "committee_body_rate"),
    "organisation_grid_fit": ("grids_per_compound", "aligned_rate"),
    "deliberation_metrics": (
        "pre_review_rate",
        "all_steps_rate",
        "decision_rate",
        "topic_resolution_rate",
        "result_publication_rate",
        "follow_up_rate",
        "attendance_per_topic",
    ),
    "deliberation_notices": ("notice_ontime_rate",),
    "organisation_tasks": ("task_ontime_rate", "listed_rate", "tasks_per_community"),
    "issues_phase_tasks": ("complete_plan_rate",),
    "services_orders": ("order_completion_rate", "order_rating", "hours_to_accept", "hours_to_complete"),
    "services_visits": ("visit_rate", "matters_per_100_visits"),
    "services_help_points": ("matters_per_point", "person_times_per_point", "idle_share"),
    "services_canteens": ("person_times_per_canteen_day",),
    "services_checks": ("standard_met_rate",),
    "workforce_districts": ("workers_per_micro_grid",),
    "workforce_stations": ("hard_stationed_rate", "demonstration_stationed_rate"),
    "emergency_districts": ("grid_plan_rate", "micro_grid_plan_rate", "drilled_rate"),
    "emergency_drills": ("drill_met_rate", "joint_share", "mean_minutes"),
    "report_in_districts": (
        "served_rate",
        "emergency_share",
        "hours_per_service",
        "post_completion_rate",
        "evidence_rate",
    ),
    "report_in_committees": ("joint_committee_rate", "units_per_committee"),
    "report_in_resources": ("resource_use_rate",),
    "report_in_appraisals": ("communities_by_units",),
    "appraisal_dimensions": ("service_quality", "satisfaction_score", "innovation"),
    "appraisal_inspections": ("inspection_ontime_rate", "finding_share", "recorded_share", "in_appraisal_share"),
}
PAGE_OF = {metric: name for name, metrics in PAGES.items() for metric in metrics}
# What tells rows of a table apart on its page, made the same everywhere.
KINDS = {
    "renovations": ("class", "item"),
    "service_orders": ("kind",),
    "tasks": ("task_origin", "phase"),
    "notices": ("channel", "kind"),
    "service_checks": ("item",),
    "drills": ("kind",),
    "resource_shares": ("kind",),
    "inspections": ("kind",),
    "compound_grids": ("fit_case",),
}
ROUNDED = {"services_orders": 0.06, "appraisal_dimensions": 0.006}
PERIODS = {
    "quarter": (date(2024, 10, 1), date(2024, 12, 1)),
    "month": (date(2024, 12, 1), date(2024, 12, 1)),
    "year": (date(2024, 1, 1), date(2024, 12, 1)),
}


def of_one_kind(rows: dict) -> dict:
    for table, columns in KINDS.items():
        for row in rows[table]:
            row.update({column: rows[table][0][column] for column in columns})
    halls = ((0, "C1", 6), (1, None, 5), (1, None, None), (2, "C5", 6))
    for number, (at, compound, standards) in enumerate(halls, start=8):
        hall = {"facility_id": f"F{number}", "kind": "deliberation_hall", "community_code": tiny.COMMUNITIES[at]}
        rows["facilities"].append(hall | {"compound_id": compound, "deliberation_item_count": standards})
    rows["service_orders"].append(rows["service_orders"][0] | {"order_id": "O9", "compound_id": None, "completed_at": None})
    rows["deliberations"].append(rows["deliberations"][0] | {"topic_id": "T9", "compound_id": None, "steps_reached": None})
    next(row for row in rows["visit_months"] if row["grid_code"] == tiny.micro_grid("C2"))["households_visited"] = None
    next(row for row in rows["property_months"] if row["compound_id"] == "C3").update(is_covered=None, mode=None)
    for row in rows["property_months"]:
        if row["compound_id"] == "C2" and row["month"] == date(2024, 12, 1):
            row.update(is_covered=False, mode="none")  # the register of December says otherwise, and counts
    line = rows["funding_lines"][0] | {"payee_kind": "compound"}
    rows["funding_lines"] += [
        line | {"line_id": "L8", "payee_id": "C1"},
        line | {"line_id": "L9", "payee_id": "C2", "spent_yuan": None, "is_published": None},
    ]
    for row in rows["inspections"]:
        row.update(unit_id=None, org_id=None, community_code=row["community_code"] or tiny.COMMUNITIES[2])
    return rows


@pytest.fixture(scope="module")
def uniform(tmp_path_factory) -> str:
    """Data of the tiny place whose tables tell no kinds apart."""
    folder = tmp_path_factory.mktemp("uniform")
    places.publish(folder, of_one_kind(tiny.tables()))
    return str(folder / "data")


@pytest.fixture
def alike(uniform, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", uniform)


def chosen(metric: str, level: str = "district", **own: object) -> dict:
    usual = {"unit": "", "level": level, "metric": metric, "area": []}
    return questions.shared(editions.current(tiny.PLACE), **usual | own)


def shown(metric: str, level: str = "district", **own: object) -> pd.DataFrame:
    """Rows of the map by code of the unit."""
    return map_values.rows(chosen(metric, level, **own)).set_index("unit_code")


def on_page(metric: str, district: str, **own: object) -> float:
    """The value that the metric's own page gives for a district; not a number where it has none."""
    asked = {"small_cell_limit": 1, "pass_score": 70.0, "property_items": []} | own
    rows = store.query(PAGE_OF[metric], **chosen(metric, **asked) | {"districts": [district]})
    column = metric
    if "level" in rows:
        rows = rows[rows["level"] == "district"]
    if "drill_facet" in rows:
        rows = rows[rows["drill_facet"] == "all"]
    if "metric" in rows:
        rows, column = rows[rows["metric"] == metric], "value"
    if metric == "communities_by_units":
        rows, column = rows[rows["appraised_kind"] == "community"], "mean_appraisal"
    if PAGE_OF[metric] == "appraisal_dimensions":
        dimension = metric.removesuffix("_score")
        rows, column = rows[rows["appraisal_dimension"] == dimension], "appraisal_score"
    assert len(rows) <= 1, rows
    return float(rows[column].iat[0]) if len(rows) and pd.notna(rows[column].iat[0]) else np.nan


def test_every_metric_of_communities_is_compared_with_its_page() -> None:
    assert set(PAGE_OF) == set(maps.EXTRACTS)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("metric", PAGE_OF)
def test_the_map_says_of_a_district_what_the_page_of_the_metric_says(metric, period, alike) -> None:
    own = periods.parameters(*PERIODS[period])
    rows = shown(metric, **own)
    for district in DISTRICTS:
        page = on_page(metric, district, **own)
        assert rows.loc[district, "value"] == pytest.approx(page, abs=ROUNDED.get(PAGE_OF[metric], 1e-9), nan_ok=True)
        assert (rows.loc[district, "state"] == "reported") == (not np.isnan(page))
    if period == "year":
        assert "reported" in set(rows["state"])


@pytest.mark.parametrize("types", [["old"], ["residential", "transitional"]], ids=str)
@pytest.mark.parametrize("metric", PAGE_OF)
def test_compound_types_filter_what_the_page_filters_and_communities_as_a_whole_have_none(metric, types, alike) -> None:
    rows = shown(metric, compound_types=types)
    if "compound_types" not in store.describe(PAGE_OF[metric]).parameters:
        assert set(rows["state"]) == {"not_applicable"}
        return
    for district in DISTRICTS:
        page = on_page(metric, district, compound_types=types)
        assert rows.loc[district, "value"] == pytest.approx(page, abs=ROUNDED.get(PAGE_OF[metric], 1e-9), nan_ok=True)


@pytest.mark.parametrize("metric", PAGE_OF)
def test_the_parts_of_a_unit_add_up_to_it(metric, alike) -> None:
    finest = maps.levels.FINEST[metric]
    order = list(maps.LEVELS)
    district = shown(metric)
    for level in order[1 : order.index(finest) + 1]:
        rows = shown(metric, level)
        assert len(rows) == store.query("map_levels", **chosen(metric)).set_index("level").loc[level, "unit_count"]
        assert "reported" in set(rows["state"])
        for column in ("numerator", "denominator"):
            whole, parts = district[column].sum(), rows[column].sum()
            if level == "compound":  # what names no compound is of the community
                assert parts <= whole + 1e-9
            else:
                assert parts == pytest.approx(whole)
    for level in order[order.index(finest) + 1 :]:
        assert metric not in maps.metrics(level)
        assert finest != "district" or "reported" not in set(shown(metric, level)["state"])


def test_nothing_reported_and_nothing_to_count_are_two_states(alike) -> None:
    orders = shown("order_rating", "compound")["state"]
    assert orders["C1"] == "reported" and orders["C6"] == "not_applicable"  # its only order is not done
    fees = shown("fee_collection", "compound")["state"]
    assert fees["C4"] == "not_applicable"  # nobody serves it, so that nobody owes a fee
    money = shown("spending_rate", "compound")["state"]
    assert (money["C1"], money["C2"], money["C3"]) == ("reported", "not_reported", "not_applicable")
    plans = shown("micro_grid_plan_rate", "community")
    assert plans.loc[tiny.COMMUNITIES[2], ["numerator", "denominator"]].tolist() == [1, 1]  # the other says nothing


def test_a_register_tells_of_the_day_it_is_of_and_nothing_of_earlier_months(alike) -> None:
    earlier = periods.parameters(date(2024, 9, 1), date(2024, 9, 1))
    for metric in ("grid_plan_rate", "rules_per_body", "full_hall_share", "joint_committee_rate"):
        assert set(shown(metric, **earlier)["state"]) == {"not_reported"}
    assert set(shown("venue_norm_rate", **earlier)["state"]) == {"reported"}  # venues have a date of opening


@pytest.mark.parametrize("metric", maps.EXTRACTS)
def test_a_metric_stands_on_the_extract_that_it_is_offered_for(metric) -> None:
    view = lineage.selects("views")["community_metrics"]
    reads = lineage.extracts(view.reads(view.branch(metric)))
    assert maps.EXTRACTS[metric] in reads
    assert not {"members", "member_events", "member_reviews"} & view.reads(view.branch(metric))


def test_a_place_offers_no_metric_of_an_extract_that_it_does_not_publish(tmp_path, monkeypatch) -> None:
    rows = places.core_alone(tiny.tables())
    edition = places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    page = opened("grid_map", "en", metric="order_rating")
    assert not troubles(page)
    offered = set(page.selectbox(key="map-metric").options)
    missing = store.missing_tables(tiny.PLACE, edition)
    assert len(missing) > 20
    known = [metric for metric in maps.metrics("district") if maps.EXTRACTS.get(metric) not in missing]
    assert offered == {catalogue.COLUMNS[metric].title for metric in known}
    assert "grid_plan_rate" in known and "order_rating" not in known


@pytest.mark.parametrize("metric", ["property_complaints", "service_quality", "spending_rate", "order_rating"])
def test_the_page_opens_on_a_metric_of_communities(metric, alike) -> None:
    for view in ("map", "table") if metric == "order_rating" else ("map", "change", "table"):  # nobody ordered before
        page = opened("grid_map", "en", metric=metric, view=view)
        assert not troubles(page)
        assert page.selectbox(key="map-metric").value == metric and not page.info


def test_a_reader_is_told_why_types_leave_a_metric_of_whole_communities_empty(alike) -> None:
    page = opened("grid_map", "en", metric="notice_ontime_rate", compound_types=["Old"])
    assert any("has no compound type" in info.value for info in page.info)


def test_errors_are_those_of_cases_counts_and_scores_and_unknown_ones_stay_unknown() -> None:
    kinds = {metric: maps.levels.error(metric) for metric in maps.metrics("district")}
    assert set(maps.levels.REGISTERS) <= kinds.keys() and set(maps.levels.COUNTS) <= kinds.keys()
    assert {metric for metric, kind in kinds.items() if kind == "given"} == {
        "fortress_index",
        "fee_collection",
        "visit_rate",
        "attendance_per_topic",
        "order_rating",
        "hours_to_accept",
        "hours_to_complete",
        "person_times_per_point",
        "person_times_per_canteen_day",
        "mean_minutes",
        "hours_per_service",
        "service_quality",
        "satisfaction_score",
        "innovation",
        "communities_by_units",
    }
    row = {"unit_code": "a", "unit_name": "a", "state": "reported", "longitude": 0.0, "latitude": 0.0}
    now = pd.DataFrame([row | {"value": 0.5, "numerator": 20.0, "denominator": 40.0, "value_variance": None}])
    now["value_variance"] = now["value_variance"].astype(float)
    before = now.assign(value=0.1, numerator=4.0)
    found = {
        metric: maps.changed(now, before, metric)["is_beyond_error"].iat[0]
        for metric in ("venue_norm_rate", "order_completion_rate", "property_complaints", "mean_minutes")
    }
    assert [pd.isna(flag) or bool(flag) for flag in found.values()] == [True, True, True, True]
    assert pd.isna(found["mean_minutes"])
    ends = {metric: maps.intervals(now, metric)[0] for metric in found}
    assert list(ends["venue_norm_rate"]) == [0.5, 0.5]
    assert 0.37 < ends["order_completion_rate"][0] < 0.38  # Wilson: (20 + 1.645²/2 ± …) / (40 + 1.645²)
    assert ends["property_complaints"][1] == pytest.approx(0.5 + 1.645 * 20**0.5 / 40)
    assert np.isnan(ends["mean_minutes"]).all()


def test_the_error_of_a_score_comes_from_its_respondents_and_a_district_is_the_mean_of_its_communities(alike) -> None:
    """Twenty residents each gave 67 and 70 in the first community, 77 and 80 in the second."""
    year = periods.parameters(*PERIODS["year"])
    likely = [(20 * score / 100 + 1) / 22 for score in (67, 70, 77, 80)]
    first, second = (sum(10_000 * p * (1 - p) / 20 for p in pair) / 4 for pair in (likely[:2], likely[2:]))
    communities = shown("satisfaction_score", "community", **year)
    assert communities["value_variance"].iloc[:2].tolist() == pytest.approx([first, second])
    assert shown("satisfaction_score", **year).loc[tiny.WEST, "value_variance"] == pytest.approx((first + second) / 4)
    assert shown("satisfaction_score", **year).loc[tiny.WEST, "value"] == pytest.approx((68.5 + 78.5) / 2)


def test_a_change_of_what_takes_time_is_not_judged_up_to_the_as_of_date(alike) -> None:
    def judged(metric: str, last: date) -> set[bool]:
        own = periods.parameters(date(2024, 10, 1), last)
        before = {"before": {"start_month": date(2024, 10, 1), "end_month": last}}
        rows = shown(metric, **own | before)
        return set(rows["is_beyond_error"].isna())

    assert judged("all_steps_rate", date(2024, 11, 1)) == {False}
    assert judged("all_steps_rate", date(2024, 12, 1)) == {True}
    assert judged("pre_review_rate", date(2024, 12, 1)) == {False}


def test_a_list_says_where_no_error_is_known(alike) -> None:
    rating = map_values.rows(chosen("order_rating"))
    with text.speaking("en"):
        assert "chance" in maps.ranking_note(rating, "order_rating", 5)
    assert maps.ranking_note(map_values.rows(chosen("venue_norm_rate")), "venue_norm_rate", 1) is None
    ends = maps.intervals(rating, "order_rating")
    drawn = charts.units(rating, metric="order_rating", colours=["#000"] * len(rating), intervals=ends)
    assert len(drawn["bars"]) == len(rating) and not any(bar["interval"] or "span" in bar for bar in drawn["bars"])
