"""What the page on property service asks, against values worked out by hand on the tiny place."""

from datetime import date

import pandas as pd
import pytest

from dashboard import charts, editions, property_service, store, text
from dashboard.profile import load
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles

PROFILE = load(tiny.ROOT / "data" / "city-a" / "place.toml")


def ask(name: str, **choices: object) -> pd.DataFrame:
    """Rows of a page query for the last quarter of 2024, in English, unless choices say otherwise."""
    return store.query(f"property_{name}", **questions.shared(editions.current(tiny.PLACE), language="en") | choices)


def values(rows: pd.DataFrame, level: str = "selection", column: str = "value") -> dict[str, float]:
    own = rows[rows["level"] == level]
    return dict(zip(own["metric"], own[column], strict=True))


def test_coverage_by_compounds_and_by_households_are_two_rates(tiny_data) -> None:
    """In December C4 (150 households of 1,400) alone has no service; in September C3 (300) had none either."""
    rows = ask("metrics")
    found = values(rows)
    assert found["property_coverage"] == pytest.approx(5 / 6)
    assert found["property_household_coverage"] == pytest.approx(1_250 / 1_400)
    before = values(rows, column="previous_value")
    assert before["property_coverage"] == pytest.approx(4 / 6)
    assert before["property_household_coverage"] == pytest.approx(950 / 1_400)


def test_coverage_is_a_state_at_the_end_of_the_period(tiny_data) -> None:
    """C4 lost its service after August, C3 has it from October on."""
    august = {"start_month": date(2024, 8, 1), "end_month": date(2024, 8, 1)}
    assert values(ask("metrics", **august))["property_household_coverage"] == pytest.approx(1_100 / 1_400)


def test_the_latest_month_of_the_trend_is_the_coverage_of_the_overview(tiny_data) -> None:
    trend = ask("trend", property_metric="property_coverage")
    whole = trend[trend["level"] == "selection"].set_index("month")["value"]
    overview = store.query(
        "overview_metrics", **questions.shared(editions.current(tiny.PLACE)) | {"small_cell_limit": 5}
    )
    assert whole["2024-12-01"] == values(overview)["property_coverage"]
    assert [round(value * 6) for value in whole] == [5, 4, 5, 5, 5]


def test_fees_are_weighed_by_households_and_leave_out_who_reports_none(tiny_data) -> None:
    """Of 1,250 households with service 810 paid in October and November; without C6 610 of 850 in December."""
    assert values(ask("metrics"))["fee_collection"] == pytest.approx((810 + 810 + 610) / (1_250 + 1_250 + 850))


def test_complaints_stand_on_the_households_that_report_them(tiny_data) -> None:
    """Ten a month; C5 (250 households) reports none for October, which is not zero."""
    assert values(ask("metrics"))["property_complaints"] == pytest.approx(30 / (1 + 1.25 + 1.25))
    by_type = ask("metrics")
    old = by_type[(by_type["compound_type"] == "old") & (by_type["metric"] == "property_complaints")]
    assert old["value"].tolist() == [pytest.approx(15 / 1.5)]


def test_modes_add_up_to_all_compounds_and_none_is_a_mode(tiny_data) -> None:
    rows = ask("modes")
    whole = rows[rows["level"] == "selection"][["property_mode", "compound_count", "households"]]
    assert whole.to_numpy().tolist() == [["market", 5, 1_250], ["none", 1, 150]]
    west = rows[rows["district_code"] == tiny.WEST]
    assert west["compound_share"].tolist() == [0.75, 0.25]
    august = ask("modes", end_month=date(2024, 8, 1))
    assert august[august["level"] == "selection"]["property_mode"].tolist() == ["market", "self_managed", "none"]


def test_a_place_without_monthly_reports_knows_the_state_of_the_register_alone(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    del rows["property_months"]
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    found = ask("metrics")
    assert values(found).keys() == {"property_coverage", "property_household_coverage"}
    assert found["previous_value"].isna().all()
    app = opened("property", "en")
    assert not troubles(app)
    assert any("Property service by month" in box.value for box in app.info)


def test_owners_bodies_have_two_rates_named_apart(tiny_data) -> None:
    """C1-C3 have a body, C1-C3, C5 and C6 are eligible, C4 is not."""
    row = ask("owners").query("level == 'selection'").iloc[0]
    assert (row["owners_body_rate_all"], row["owners_body_rate_eligible"]) == (3 / 6, 3 / 5)
    assert (row["body_count"], row["eligible_count"], row["bodies_due_count"]) == (3, 5, 2)


def test_rules_and_party_organisations_are_those_of_existing_bodies(tiny_data) -> None:
    """C1 has a Party organisation and three rules, C2 and C3 neither."""
    row = ask("owners").query("level == 'selection'").iloc[0]
    assert (row["party_org_count"], row["body_party_org_rate"]) == (1, pytest.approx(1 / 3))
    assert (row["rules_per_body"], row["rule_max"], row["ruleless_count"]) == (1, 3, 2)


def test_bodies_with_a_committee_member_are_known_only_where_posts_are_published(
    tiny_data, tmp_path, monkeypatch
) -> None:
    assert ask("owners")["committee_body_count"].iloc[-1] == 0  # transitional and work unit compounds have no body
    whole = ask("owners").query("level == 'selection'").iloc[0]
    assert (whole["committee_body_count"], whole["committee_body_rate"]) == (2, pytest.approx(2 / 3))
    rows = tiny.tables()
    del rows["cross_posts"]
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    assert ask("owners")["committee_body_rate"].isna().all()


POSTS = ("committee_to_body", "into_committee", "body_to_committee", "property_to_committee")
BRANCH_POSTS = ("property_to_branch", "body_to_branch", "grid_to_branch")


def held(**choices: object) -> list[int]:
    row = ask("posts", **choices).iloc[0]
    return [int(row[f"{name}_count"]) for name in (*POSTS, *BRANCH_POSTS)]


def test_posts_are_counted_by_direction_on_the_last_day_of_the_period(tiny_data) -> None:
    """X5 ended on 31 October, X2 began in November; X4 does not say when it began, so it was always held."""
    assert held() == [2, 2, 1, 1, 0, 0, 1]
    assert held(end_month=date(2024, 9, 1)) == [1, 2, 1, 1, 1, 0, 1]
    assert ask("posts").iloc[0]["committee_to_body_last_year"] == 1


def test_a_type_of_compound_leaves_the_posts_that_name_a_compound_of_it(tiny_data) -> None:
    assert held(compound_types=["residential"]) == [1, 1, 1, 0, 0, 0, 0]
    assert held(districts=[tiny.EAST]) == [0, 1, 0, 1, 0, 0, 1]


def test_a_firm_counts_where_it_is_registered_and_a_compound_where_it_lies(tiny_data) -> None:
    """P1 (Party organisation) serves C1-C3, P2 (adviser) C5 and C6, P3 says nothing and serves nobody."""
    rows = ask("firms").set_index("level")
    whole = rows.loc["selection"]
    assert (whole["firm_count"], whole["party_firm_count"], whole["adviser_count"]) == (3, 1, 1)
    assert (whole["firm_unreported_count"], whole["party_firm_rate"]) == (1, 0.5)
    assert (whole["served_compound_count"], whole["party_served_rate"]) == (5, 0.6)
    modes = ask("firm_modes")[["district_code", "firm_mode", "firm_count"]].fillna("?").to_numpy().tolist()
    assert modes == [[tiny.WEST, "alone", 1], [tiny.WEST, "?", 1], [tiny.EAST, "adviser", 1]]


def test_firms_are_listed_by_complaints_per_household_and_month(tiny_data) -> None:
    """P1: 5 months of 3 and, from October on, 3 of C3, on 300 and 600 households; P2: 5 of 4 on 650, 400 in October."""
    rows = ask("firm_list").set_index("firm_name")
    assert list(rows.index) == ["Property firm 1", "Property firm 2"]
    assert rows["property_complaints"].tolist() == [pytest.approx(24 / 2.4), pytest.approx(20 / 3.0)]
    assert rows["complaint_count"].tolist() == [24, 20]


def test_compounds_without_service_are_named_with_the_last_month_they_had_it(tiny_data) -> None:
    [row] = ask("unserved").to_dict("records")
    assert (row["compound_name"], row["community_name"], row["households"]) == ("Compound 4", "Community 2", 150)
    assert (row["is_unmanaged"], row["has_linked_branch"]) == (True, True)
    assert row["last_served_month"] == pd.Timestamp(2024, 8, 1)
    assert ask("unserved", compound_types=["old"]).empty


def test_a_firm_that_serves_another_district_is_counted_at_home_alone(tmp_path, monkeypatch) -> None:
    """P1 of the west serves C6 of the east in December; C4 had service in July and August."""
    rows = tiny.tables()
    months = {(row["compound_id"], row["month"].month): row for row in rows["property_months"]}
    months["C6", 12]["firm_id"] = "P1"
    rows["property_months"].append(months["C4", 8] | {"month": date(2024, 7, 1)})
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    firms = ask("firms").set_index("district_code")
    assert firms.loc[tiny.EAST, ["firm_count", "party_firm_count", "party_served_compound_count"]].tolist() == [1, 0, 1]
    assert firms.loc[tiny.WEST, ["firm_count", "party_firm_count", "party_served_compound_count"]].tolist() == [2, 1, 3]
    assert ask("firms").query("level == 'selection'")["party_firm_count"].tolist() == [1]
    assert ask("unserved")["last_served_month"].tolist() == [pd.Timestamp(2024, 8, 1)]


def test_money_is_that_of_the_items_the_place_marks(tiny_data) -> None:
    [row] = ask("money", property_items=["党组织工作经费"]).to_dict("records")
    assert (row["line_count"], row["budget_yuan"], row["spent_yuan"]) == (4, 4_000, 3_600)
    assert pd.isna(row["budget_year_before_yuan"])
    assert ask("money", property_items=[]).empty


def test_items_of_the_budget_are_marked_by_their_purpose() -> None:
    marked = [entry | {"purpose": "property"} for entry in PROFILE.lists["funding_items"][:1]]
    profile = type("Profile", (), {"lists": {"funding_items": [*marked, PROFILE.lists["funding_items"][1]]}})
    assert property_service.items(profile) == [marked[0]["code"]]


def test_a_pair_of_rates_is_a_bar_and_a_diamond(tiny_data) -> None:
    rows = property_service.wide(ask("metrics"), "district", PROFILE)
    with text.speaking("en"):
        figure = drawn(
            charts.rate_pairs(
                rows,
                group="district_name",
                first="property_coverage",
                second="property_household_coverage",
                target=0.95,
            )
        )
    assert list(figure.data[0].x) == [0.75, 1.0]
    assert list(figure.data[1].x) == [pytest.approx(600 / 750), 1.0]
    assert list(figure.data[3].text) == ["■ 75.0%", "● 100.0%"]
    assert len(figure.layout.shapes) == 1


def test_the_figures_of_a_report_are_answered(tiny_data) -> None:
    connection = store._open(tiny.PLACE, editions.current(tiny.PLACE), store.access.Reader())
    found = dict(connection.cursor().execute("select figure, figure_value from report_figures").fetchall())
    names = ("party_firms", "committee_members_on_bodies", "part_time_committee_members")
    assert [found[name] for name in names] == [1, 2, 2]


@pytest.mark.parametrize("view", property_service.VIEWS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_of_the_page_opens(view: str, language: str, tiny_data) -> None:
    app = opened("property", language, view=view)
    assert not troubles(app)
    assert app.metric


@pytest.mark.parametrize("view", property_service.VIEWS)
def test_every_part_opens_without_optional_tables_and_in_a_period_without_rows(
    view: str, tmp_path, monkeypatch
) -> None:
    places.publish(tmp_path, places.core_alone(tiny.tables()))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    assert not troubles(opened("property", "zh", view=view))
    assert not troubles(opened("property", "zh", view=view, period="2024年第三季度", compound_types=["单位型"]))


def test_a_single_unit_is_not_shown_again_as_the_whole() -> None:
    rows = pd.DataFrame({"level": ["selection", "district"], "compound_type": None, "district_name": [None, "East"]})
    assert [row["unit_name"] for row in property_service.named(rows, "district", PROFILE)] == ["East"]


def test_a_table_leaves_out_the_columns_nobody_reports() -> None:
    rows = [{"compound_type": "old", "fee_collection": float("nan"), "property_complaints": 0, "signal": "good"}]
    assert property_service.reported(rows) == [{"compound_type": "old", "property_complaints": 0}]


def test_the_part_of_the_page_names_its_figures(tiny_data) -> None:
    app = opened("property", "en", view="owners")
    shown = {metric.label.rpartition("] ")[2]: metric.value for metric in app.metric}
    assert shown["Committee posts on bodies"] == "2"
    assert (shown["Owners' body rate, all"], shown["Owners' body rate, eligible"]) == ("50.0%", "60.0%")
