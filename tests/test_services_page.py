"""The page of services on the tiny place, whose orders, points, teams and checks are counted by hand."""

from dataclasses import replace

import pytest

from dashboard import charts, editions, services, store, text
from dashboard.profile import load
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles, words

PROFILE = load(tiny.ROOT / "data" / "city-a" / "place.toml")


def asked(name: str, **own: object) -> list[dict]:
    rows = store.query(f"services_{name}", **questions.shared(editions.current(tiny.PLACE), **own))
    return rows.astype(object).where(rows.notna(), None).to_dict("records")


def by(rows: list[dict], *names: str) -> dict:
    return {tuple(row[name] for name in names) if len(names) > 1 else row[names[0]]: row for row in rows}


def figure(name: str) -> float:
    frame = store.query("report_check", **questions.shared(editions.current(tiny.PLACE)))
    assert "figure" in frame
    database = store._open(tiny.PLACE, editions.current(tiny.PLACE), store.access.Reader())
    return database.execute("select figure_value from report_figures where figure = ?", [name]).fetchall()[0][0]


def test_orders_go_from_order_to_rating_and_one_is_still_open(tiny_data) -> None:
    steps = by(asked("funnel"), "step")
    assert [steps[step]["step_count"] for step in services.STEPS] == [6, 6, 6, 5, 5]
    assert steps["completed"]["step_share"] == pytest.approx(5 / 6)
    assert steps["ordered"]["previous_step_count"] is None  # nobody ordered in the third quarter


def test_a_step_is_reached_by_what_went_beyond_it(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    for order in rows["service_orders"]:
        order |= {"assigned_at": None, "accepted_at": None}
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    assert [row["step_count"] for row in asked("funnel")] == [6, 5, 5, 5, 5]
    assert all(row["hours_to_accept"] is None for row in asked("orders"))  # not reported, not 0


def test_each_kind_of_order_has_its_own_share_times_and_rating(tiny_data) -> None:
    kinds = by(asked("orders"), "order_kind")
    order, wish = kinds["order"], kinds["micro_wish"]
    assert (order["order_count"], order["completed_count"], order["order_completion_rate"]) == (4, 3, 0.75)
    assert (order["hours_to_accept"], order["hours_to_complete"], order["order_rating"]) == (2.0, 48.0, 5.0)
    assert (wish["order_count"], wish["order_completion_rate"]) == (2, 1.0)


def test_needs_packages_and_providers_count_the_orders_that_name_them(tiny_data) -> None:
    assert [(row["target_group"], row["service_type"], row["order_count"]) for row in asked("needs")] == [
        ("独居老人", "家电维修", 2)
    ]
    [package] = asked("packages")
    assert (package["service_package"], package["order_count"], package["order_completion_rate"]) == ("居家康养包", 1, 1.0)
    [provider] = asked("providers")
    assert (provider["service_provider"], provider["order_count"], provider["budget_yuan"]) == ("晨晖养老服务社", 1, None)


def test_a_purchase_stands_beside_the_orders_of_its_provider(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    line = rows["funding_lines"][0] | {"line_id": "L9", "payee_kind": "provider", "payee_id": None, "year": 2024}
    for each in rows["funding_lines"]:
        each["provider"] = None
    rows["funding_lines"].append(line | {"provider": "晨晖养老服务社", "budget_yuan": 600.0, "spent_yuan": 450.0})
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    [provider] = asked("providers")
    assert (provider["purchase_count"], provider["budget_yuan"], provider["spending_rate"]) == (1, 600.0, 0.75)
    assert figure("purchased_providers") == 1


def test_help_points_keep_matters_person_times_zero_and_not_reported_apart(tiny_data) -> None:
    whole, first, second = asked("help_points")
    assert (whole["level"], whole["help_matters"], whole["help_person_times"]) == ("selection", 18, 37)
    assert whole["matters_per_point"] == pytest.approx(18 / 5)  # F7 did not report November
    assert (whole["unreported_months"], whole["idle_share"]) == (1, 0.2)  # and had nothing in October
    assert (first["district_code"], first["matters_per_point"]) == (tiny.WEST, 5.0)
    assert (second["district_code"], second["matters_per_point"]) == (tiny.EAST, 1.5)


def test_canteens_cover_people_and_serve_person_times_a_day(tiny_data) -> None:
    whole = asked("canteens")[0]
    assert (whole["covered_people"], whole["canteen_person_times"]) == (120, 1_840)  # people of December alone
    assert whole["person_times_per_day"] == pytest.approx(1_840 / 92)
    assert whole["person_times_per_canteen_day"] == pytest.approx(1_840 / 92)


def test_nothing_adds_help_points_and_canteens(tiny_data) -> None:
    for name in ("help_points", "canteens"):
        columns = set(asked(name)[0])
        assert not (columns & {"help_person_times", "help_matters"} and columns & {"canteen_person_times"})


def test_teams_have_a_colour_a_role_and_the_sessions_of_their_colour(tiny_data) -> None:
    teams = by(asked("teams"), "team_kind", "team_colour", "team_role")
    red = teams["volunteer", "red", "扶老助残"]
    assert (red["team_count"], red["team_headcount"], red["unreported_teams"]) == (2, 12, 1)
    assert red["team_community_share"] == pytest.approx(2 / 3)
    assert (red["activity_sessions"], red["activity_person_times"]) == (2, 30)
    assert teams["volunteer", "blue", "法律服务"]["activity_sessions"] is None
    assert teams["mutual_help", None, "楼栋互助"]["team_headcount"] == 6
    assert next(iter(teams)) == ("volunteer", "red", "扶老助残")


def test_a_headcount_below_the_limit_is_not_shown(tiny_data) -> None:
    teams = by(asked("teams"), "team_kind")
    assert (teams["patrol"]["team_count"], teams["patrol"]["team_headcount"]) == (1, None)  # three people
    assert teams["compound_service"]["team_headcount"] is None  # four


def test_sessions_people_and_person_times_stay_apart(tiny_data) -> None:
    kinds = by(asked("activities"), "activity_kind")
    service, sports = kinds["志愿服务"], kinds["文体活动"]
    assert (service["activity_sessions"], service["people_per_session"]) == (2, 15.0)
    assert (service["activity_person_times"], service["unreported_sessions"]) == (30, 1)
    assert (sports["people_per_session"], sports["activity_person_times"]) == (None, 80)
    [outcome] = asked("outcomes")
    assert (outcome["activity_outcome"], outcome["outcome_amount"]) == ("清运垃圾（车）", 4.0)


def test_points_are_earned_redeemed_and_left_and_three_people_are_left_out(tiny_data) -> None:
    november, december = asked("resident_points")
    assert (november["resident_points_earned"], november["resident_points_left"]) == (200.0, 150.0)
    assert (december["point_participants"], december["resident_points_earned"]) == (25, 300.0)
    assert december["resident_points_left"] == 50.0
    assert asked("resident_points", districts=[tiny.EAST]) == []


def test_visits_are_a_share_of_the_households_in_an_average_month(tiny_data) -> None:
    whole, *districts = asked("visits")
    assert (whole["households_visited"], whole["visit_rate"]) == (840, 0.2)
    assert whole["matters_per_100_visits"] == pytest.approx(100 * 18 / 840)
    assert {row["district_code"] for row in districts} == {tiny.WEST, tiny.EAST}


def test_a_check_that_judged_nothing_is_no_standard_missed(tiny_data) -> None:
    found = by([row for row in asked("checks") if row["level"] == "selection"], "service_standard")
    assert (found["refuse"]["met_count"], found["refuse"]["standard_met_rate"]) == (2, 1.0)
    assert (found["parking"]["checked_count"], found["parking"]["standard_met_rate"]) == (1, 0.0)
    assert found["parking"]["unjudged_count"] == 1
    own = [row for row in asked("checks") if row["district_code"] == tiny.EAST and row["service_standard"] == "parking"]
    assert own[0]["standard_met_rate"] is None


def test_a_type_of_compound_changes_orders_and_checks_and_not_what_communities_report(tiny_data) -> None:
    chosen = {"compound_types": ["residential"]}
    assert asked("funnel", **chosen)[0]["step_count"] == 2  # C1 and C6
    assert {row["service_standard"] for row in asked("checks", **chosen)} == {"refuse", "parking", "culture"}
    assert asked("help_points", **chosen) == asked("help_points")


def test_the_report_is_answered_by_the_year_of_the_as_of_date(tiny_data) -> None:
    assert (figure("help_point_matters"), figure("help_point_person_times")) == (18, 37)
    assert figure("canteen_covered") == 120
    assert figure("canteen_person_times_per_day") == pytest.approx(1_840 / 366)
    assert (figure("team_colours"), figure("ledgers"), figure("demonstration_platforms")) == (2, 8, 1)
    assert (figure("completed_orders/order"), figure("open_orders/order")) == (3, 1)


def test_the_page_shows_its_tiles_and_names_what_is_never_added(tiny_data) -> None:
    app = opened("services", "en")
    assert not troubles(app)
    shown = {metric.label.partition(" ")[2] if "[" in metric.label else metric.label: metric.value for metric in app.metric}
    assert (shown["Orders"], shown["Orders done"], shown["Households visited"]) == ("6", "83.3%", "20.0%")
    assert (shown["Matters at help points"], shown["Person-times at help points"]) == ("18", "37")
    assert (shown["Canteen person-times a day"], shown["Activity sessions"]) == ("20", "4")
    assert shown["Standard of service met"] == "75.0%"  # of four checks that judged
    said = " ".join(words(app))
    assert "18 matters and 37 person-times" in said and "keep 8 ledgers" in said
    assert "items of service 66.7%, items of spirit 100.0%" in said


def test_what_is_not_published_is_named_and_not_called_empty(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    del rows["service_orders"], rows["canteen_months"]
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    app = opened("services", "en")
    assert not troubles(app)
    said = [box.value for box in app.info]
    assert said == ["This place does not publish: Service orders, Canteens by month."]
    assert "—" in {metric.value for metric in app.metric}


def test_a_standard_is_judged_by_the_target_of_the_place() -> None:
    strict = replace(PROFILE, targets={"standard_met_rate": {"target": 0.9, "amber": 0.8}})
    rows = [{"standard_met_rate": share} for share in (0.95, 0.85, 0.5, None)]
    lights = [row["signal"] for row in services.judged(rows, "standard_met_rate", strict)]
    assert lights == ["good", "watch", "trouble", "unknown"]


def test_the_matrix_of_needs_shows_every_pair_and_shades_the_share_of_the_group() -> None:
    rows = [
        {"target_group": "a", "service_type": "x", "order_count": 3, "share_of_group": 0.75, "order_completion_rate": 1.0},
        {"target_group": "a", "service_type": "y", "order_count": 1, "share_of_group": 0.25, "order_completion_rate": 0.0},
        {"target_group": "b", "service_type": "y", "order_count": 9, "share_of_group": 1.0, "order_completion_rate": 1.0},
    ]
    with text.speaking("en"):
        table = charts.needs(rows, groups={"a": "A", "b": "B"}, services={"x": "X", "y": "Y"})
    assert {pair: cell.number for pair, cell in table.cells.items()} == {
        ("A", "X"): "3", ("A", "Y"): "1", ("B", "X"): "0", ("B", "Y"): "9",
    }  # fmt: skip
    assert table.cells["B", "Y"].tint > table.cells["A", "X"].tint > table.cells["A", "Y"].tint


def test_a_district_that_reports_nothing_has_no_bar() -> None:
    rows = [
        {"district_name": "West", "visit_rate": 0.2, "previous_visit_rate": float("nan"), "matters_found": 4},
        {"district_name": "East", "visit_rate": None, "previous_visit_rate": 0.1, "matters_found": None},
    ]
    with text.speaking("en"):
        bars, before, _names = drawn(
            charts.by_place(rows, value="visit_rate", before="previous_visit_rate", note="matters_found")
        ).data
    assert (bars.x, before.x) == ((0.2,), ())
