"""Renovations, buildings, tasks, notices, levels, difficulty, cases: counted by hand on the tiny place."""

import pandas as pd
import pytest

from dashboard import editions, store, text, venues
from tests import questions, tiny
from tests.opening import cells, opened, troubles, words


def asked(name: str, **own: object) -> list[dict]:
    return store.query(name, **questions.shared(editions.current(tiny.PLACE), **own)).to_dict("records")


def test_renovations_of_the_year_are_those_under_way_in_it(tiny_data) -> None:
    found = {(row["renovation_class"], row["renovation_item"]): row for row in asked("venues_and_funding_renovations")}
    assert found.keys() == {("basic", "屋面防水"), ("improving", "加装电梯")}  # the works of 2022 are over
    roofs, lifts = found.values()
    assert (roofs["project_count"], roofs["finished_project_count"]) == (2, 2)
    assert (lifts["project_count"], lifts["finished_project_count"]) == (1, 0)


def test_acceptance_stands_on_finished_works_that_report_it(tiny_data) -> None:
    roofs, lifts = asked("venues_and_funding_renovations")
    assert (roofs["road_acceptance_rate"], roofs["wall_acceptance_rate"]) == (1.0, 0.5)
    assert roofs["light_acceptance_rate"] == 1.0  # one of the two does not say
    assert pd.isna(lifts["road_acceptance_rate"])  # nothing finished, no rate


def test_money_not_reported_is_not_money_not_paid(tiny_data) -> None:
    found = {(row["renovation_class"], row["money_source"]): row for row in asked("venues_and_funding_sources")}
    assert found["basic", "government"]["source_yuan"] == 180_000
    assert found["basic", "social"]["source_yuan"] == 15_000  # of one project, the other leaves it open
    assert found["basic", "social"]["money_gap_count"] == 1
    assert found["improving", "government"]["source_yuan"] == 0  # a reported nothing
    assert found["improving", "resident"]["source_share"] == pytest.approx(0.7)
    sources = store.query("venues_and_funding_sources", **questions.shared(editions.current(tiny.PLACE)))
    with text.speaking("en"):
        assert venues.gap_words(sources).startswith("1 of 3 projects")


def test_earlier_years_show_their_own_works(tiny_data) -> None:
    end = questions.QUARTER["end_month"].replace(year=2022)
    assert [row["renovation_class"] for row in asked("venues_and_funding_renovations", end_month=end)] == ["upgrading"]


def test_buildings_are_counted_by_kind_and_a_type_leaves_those_in_its_compounds(tiny_data) -> None:
    whole, west, east = asked("venues_and_funding_buildings")
    assert (whole["residential_building_count"], whole["commercial_building_count"]) == (4, 2)
    assert (west["residential_building_count"], west["buildings_per_compound"]) == (3, 1.5)
    assert east["commercial_building_count"] == 2
    work_unit, *_ = asked("venues_and_funding_buildings", compound_types=["work_unit"])
    assert work_unit["commercial_building_count"] == 1  # the other stands in no compound


def test_issues_are_split_by_difficulty(tiny_data) -> None:
    small, large = asked("issues_tiers")
    assert (small["tier"], small["reported_issues"], large["reported_issues"]) == ("small", 18, 18)
    assert (small["ontime_close_rate"], large["ontime_close_rate"]) == (1.0, 0.0)
    assert small["solved_at_compound_rate"] == 0.5  # C1, C3 and C5 solve their own
    assert large["solved_at_compound_rate"] == 0.5  # C5 and C6 close none


def test_issues_passed_on_are_counted_at_each_step(tiny_data) -> None:
    first, second = asked("issues_passing")
    assert (first["from_level"], first["to_level"], first["passed_issues"]) == ("compound", "community", 6)
    assert (second["from_level"], second["to_level"], second["passed_issues"]) == ("community", "subdistrict", 1)
    assert (first["previous_passed_issues"], second["previous_passed_issues"]) == (4, 0)  # August and September
    assert first["passed_share"] == pytest.approx(6 / 35)  # one of the 36 is void
    assert second["mean_held_hours"] == 2.0


def test_channels_are_judged_by_the_promise_and_the_time_to_dispatch(tiny_data) -> None:
    [row] = asked("issues_channels")
    assert (row["issue_channel"], row["reported_issues"], row["issue_share"]) == ("hotline", 35, 1.0)
    assert row["channel_response_rate"] == pytest.approx(18 / 35)  # the first of each month after ten minutes
    assert (row["dispatch_minutes"], row["same_day_rate"]) == (8.0, 0.0)


def test_compounds_are_counted_by_how_they_fit_the_grids(tiny_data) -> None:
    [row] = asked("organisation_grid_fit")
    assert (row["fit_case"], row["compound_count"], row["grids_per_compound"]) == ("matched", 6, 1.0)
    assert row["aligned_rate"] == 1.0


def test_matters_leave_void_issues_out(tiny_data) -> None:
    [row] = asked("issues_matters")
    assert (row["issue_category"], row["reported_issues"], row["previous_reported_issues"]) == ("市容环境", 35, 24)
    assert row["closed_so_far_rate"] == pytest.approx(30 / 35)


def test_tasks_are_counted_by_origin_and_a_communitys_own_need_no_admission(tiny_data) -> None:
    own, street, department = asked("organisation_tasks")
    assert [row["task_count"] for row in (own, street, department)] == [1, 2, 3]
    assert (street["listed_rate"], department["listed_rate"]) == (1.0, pytest.approx(1 / 3))
    assert (department["admitted_task_count"], department["refused_task_count"]) == (2, 1)
    assert pd.isna(own["admitted_task_count"])  # not applicable is not 0
    assert department["task_ontime_rate"] == 0.5  # a refused task is not due
    assert department["tasks_per_community"] == 1.0


def test_plans_are_complete_with_all_four_elements(tiny_data) -> None:
    before, during, after = asked("issues_phase_tasks")
    assert [row["complete_plan_rate"] for row in (before, during, after)] == [1.0, 0.5, 0.0]
    assert [row["task_ontime_rate"] for row in (before, during, after)] == [1.0, 0.5, 0.0]


def test_notices_are_in_time_by_their_due_date(tiny_data) -> None:
    [row] = asked("deliberation_notices")
    assert (row["notice_channel"], row["due_notice_count"], row["notice_ontime_rate"]) == ("board", 5, 0.6)
    [west] = asked("deliberation_notices", districts=[tiny.WEST])
    assert west["due_notice_count"] == 3


def test_cases_stand_first_with_their_figures_per_household(tiny_data) -> None:
    first, second, third, *_rest = asked("compound_types_cases")
    assert (first["case_kind"], second["case_kind"], third["case_kind"]) == ("demonstration", "hard", "other")
    assert (first["floor_area_per_household_m2"], first["residents_per_household"]) == (90.0, 3.0)
    assert third["households"] == 400  # by size
    assert [row["reform_year"] for row in asked("compound_types_cases", compound_types=["old"])] == [2020, 2020]


def test_what_the_place_goes_by_comes_from_its_profile(tiny_data) -> None:
    kinds = {row["programme_kind"] for row in asked("definitions_about_place")}
    assert {"programme", "coordination", "duty", "gap"} <= kinds
    app = opened("definitions", "en", word="denominator of property coverage")
    assert "About this place" in " ".join(words(app))
    assert any("denominator of property coverage" in cell for cell in cells(app))


def test_the_kinds_of_issues_have_a_view_of_their_own(tiny_data) -> None:
    app = opened("issues", "en", view="kinds")
    assert not troubles(app)
    shown = " ".join(words(app))
    for title in ("Small, large and difficult issues", "Passed on from level to level", "Categories and matters"):
        assert title in shown
