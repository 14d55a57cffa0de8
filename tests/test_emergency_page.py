"""Plans, teams, drills, mobilisations and public safety of the tiny place, counted by hand."""

from datetime import date

import pytest

from dashboard import catalogue, charts, emergencies, people, store, text
from dashboard.profile import load
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles

PROFILE = load(tiny.ROOT / "data" / "city-a" / "place.toml")


def team(number: int, kind: str, community: int, headcount: int | None, compound: str | None = None) -> dict:
    return {
        "team_id": f"T{number}", "kind": kind, "colour": None,
        "role": "应急抢险" if kind == "emergency" else "治安巡逻",
        "community_code": tiny.COMMUNITIES[community], "compound_id": compound, "headcount": headcount,
    }  # fmt: skip


@pytest.fixture(scope="module")
def ready_data(tmp_path_factory):
    """Two emergency teams in community 1, one of them without a headcount, one of three people in community 2;
    a patrol of three in C5; B3 is a temporary general branch, B4 a temporary branch founded in November 2024."""
    rows = tiny.tables()
    rows["teams"] = [
        team(1, "emergency", 0, 20),
        team(2, "emergency", 0, None),
        team(3, "emergency", 1, 3),
        team(4, "patrol", 2, 3, "C5"),
    ]
    orgs = {row["org_id"]: row for row in rows["party_orgs"]}
    orgs["B3"] |= {"org_type": "temporary_general_branch", "is_temporary": True}
    orgs["B4"] |= {"org_type": "temporary_branch", "is_temporary": True, "founded_date": date(2024, 11, 1), "elected_date": None}
    folder = tmp_path_factory.mktemp("ready")
    return folder / "data", places.publish(folder, rows)


@pytest.fixture
def ask(ready_data, monkeypatch):
    data, edition = ready_data
    monkeypatch.setenv("DASHBOARD_DATA", str(data))

    def answer(name: str, **choices: object):
        chosen = questions.shared(edition, language="en", small_cell_limit=5)
        return store.query(name, **chosen | choices)

    return answer


@pytest.fixture
def count_people(ready_data, monkeypatch):
    data, edition = ready_data
    monkeypatch.setenv("DASHBOARD_DATA", str(data))

    def answer(name: str, by: list[str], **choices: object) -> list[tuple]:
        chosen = questions.shared(edition) | {"mobilised_year": date(2024, 1, 1)} | choices
        return list(people.query(name, by, **chosen).itertuples(index=False, name=None))

    return answer


def test_a_plan_not_reported_is_no_plan_missing(ask) -> None:
    """Grids: two of three have a plan. Micro-grids: five have one, that of C6 is not reported: 5 of 5."""
    whole = ask("emergency_districts").iloc[0]
    assert whole[["grid_with_count", "grid_without_count", "grid_unknown_count"]].tolist() == [2, 1, 0]
    assert whole["grid_plan_rate"] == pytest.approx(2 / 3)
    assert whole[["micro_grid_with_count", "micro_grid_without_count", "micro_grid_unknown_count"]].tolist() == [
        5,
        0,
        1,
    ]
    assert whole["micro_grid_plan_rate"] == 1


def test_teams_are_no_coverage_of_communities(ask) -> None:
    """Three teams, but two of three communities have one. 23 people in the two teams that report them."""
    whole, west, east = (row for _at, row in ask("emergency_districts").iterrows())
    assert whole[["emergency_team_count", "team_community_count", "community_count"]].tolist() == [3, 2, 3]
    assert (whole["volunteers_shown"], whole["volunteers_per_team"]) == ("23", 11.5)
    assert (west["emergency_team_count"], east["emergency_team_count"]) == (3, 0)
    assert east["volunteers_shown"] is None or east["volunteers_shown"] != east["volunteers_shown"]


def test_a_drill_counts_for_twelve_months(ask) -> None:
    """2024: two of community 1, one of community 2. Until September: community 1 in March, 2 the October before."""
    whole = ask("emergency_districts").iloc[0]
    assert whole[["drill_count", "undrilled_count"]].tolist() == [3, 1]
    assert whole["drilled_rate"] == pytest.approx(2 / 3)
    earlier = ask("emergency_districts", end_month=date(2024, 9, 1)).iloc[0]
    assert earlier[["drill_count", "undrilled_count"]].tolist() == [2, 1]


def test_communities_that_never_drilled_come_first(ask) -> None:
    """Twelve months up to November 2024 leave out the drill of October 2023, and that of December is still to come."""
    rows = ask("emergency_undrilled", end_month=date(2024, 11, 1))
    assert rows["community_name"].tolist() == ["Community 3", "Community 2"]
    assert [str(day)[:10] for day in rows["last_drill_date"]] == ["NaT", "2023-10-10"]


def test_drills_are_counted_by_kind_and_again_by_partner(ask) -> None:
    rows = ask("emergency_drills")
    kinds = emergencies.drills_by(rows, "all").set_index("drill_kind")
    assert kinds["drill_count"].to_dict() == {"公共卫生": 1, "消防疏散": 1}
    assert kinds.loc["消防疏散", ["mean_minutes", "drill_person_times", "drill_met_rate"]].tolist() == [15, 60, 1]
    partners = emergencies.drills_by(rows, "partner").set_index("drill_partner")
    assert partners["drill_count"].to_dict() == {"医疗": 2, "消防": 1}
    with text.speaking("en"):
        assert emergencies.drill_words(rows).startswith("2 drills, 2 of them joint; not up to the plan: 0.")


def test_a_drill_largely_met_is_not_met(ask) -> None:
    """Two years: met twice, largely met once, not met once."""
    rows = ask("emergency_drills", start_month=date(2023, 1, 1))
    own = emergencies.drills_by(rows, "all").set_index("drill_kind")
    assert own["drill_met_rate"].to_dict() == {"消防疏散": 0.5, "公共卫生": 1, "地震避险": 0}
    assert own["drill_not_met_count"].to_dict() == {"消防疏散": 1, "公共卫生": 0, "地震避险": 0}


def test_months_without_a_drill_are_zeros_and_failures_stand_apart(ask) -> None:
    rows = ask("emergency_drill_months")
    assert (len(rows), rows["drill_count"].sum()) == (15, 4)
    with text.speaking("en"):
        figure = drawn(charts.drill_months(rows))
    held, failed = figure.data
    assert (sum(held.y), sum(failed.y)) == (3, 1)
    assert (held.name, failed.name) == ("Met or largely met", "Not met")


def test_a_team_of_few_people_is_not_counted_out(ask) -> None:
    rows = ask("emergency_teams").set_index("team_kind")
    assert rows["volunteers_shown"].to_dict() == {"emergency": "23", "patrol": "<5"}
    assert rows["unreported_team_count"].to_dict() == {"emergency": 1, "patrol": 0}
    assert ask("emergency_teams", compound_types=["work_unit"])["team_kind"].tolist() == ["patrol"]
    assert emergencies.with_people(rows)["volunteers_shown"].tolist() == [23, "<5"]


def test_people_mobilised_are_shown_as_far_as_they_are_many(count_people) -> None:
    """58 in service, of them three in the east; the volunteers of community 2 are not reported, and so not 0."""
    by = ["emergency_occasion", "mobilised_kind"]
    assert count_people("emergency_mobilisations", by) == [("防汛抢险", "in_service", 58), ("防汛抢险", "returned", 8)]
    assert count_people("emergency_mobilisations", by, districts=[tiny.EAST])[0][2] == "<5"
    assert count_people("emergency_mobilisations", by, districts=[tiny.WEST])[0][2] == "*"
    assert count_people("emergency_mobilisations", by, mobilised_year=date(2023, 1, 1)) == []


def test_posts_of_few_members_are_hidden_with_what_gives_them_away(count_people) -> None:
    """Six for supplies, three for public order: nine in all would give the three away."""
    assert count_people("emergency_posts", ["emergency_post"]) == [("物资保障", "*"), ("秩序维护", "<5")]


def test_safety_events_stand_by_kind_finder_and_outcome(ask) -> None:
    rows = ask("emergency_safety")
    found = rows[["safety_kind", "safety_finder", "safety_event_count", "safety_resolved_count", "safety_open_count"]]
    assert found.to_numpy().tolist() == [
        ["property_damage", "patrol", 1, 1, 0],
        ["property_damage", "resident", 1, 0, 0],
        ["neighbour_dispute", "resident", 1, 1, 0],
        ["hazard", "grid_worker", 1, 1, 0],
        ["hazard", "patrol", 1, 0, 1],
    ]
    assert rows["mean_resolving_days"].fillna(-1).tolist() == [4, -1, 2, 5, -1]
    assert ask("emergency_safety", compound_types=["old"])["safety_finder"].tolist() == ["resident"]
    third_quarter = {"start_month": date(2024, 7, 1), "end_month": date(2024, 9, 1)}
    assert ask("emergency_safety", **third_quarter)["safety_unknown_count"].tolist() == [1]


def test_temporary_organisations_count_from_their_founding(ask) -> None:
    counts = ["level", "temporary_general_branch_count", "temporary_branch_count"]
    assert ask("emergency_temporary_orgs")[counts].to_numpy().tolist() == [
        ["selection", 1, 1], ["district", 1, 0], ["district", 0, 1],
    ]  # fmt: skip
    assert ask("emergency_temporary_orgs", end_month=date(2024, 10, 1)).iloc[0]["temporary_branch_count"] == 0


def test_a_bar_of_plans_is_divided_by_state(ask) -> None:
    parts = emergencies.plan_parts(ask("emergency_districts"))
    assert [(part["district_name"], part["plan_state"], part["plan_share"]) for part in parts] == [
        ("West District", "with", 0.5), ("West District", "without", 0.5), ("East District", "with", 1.0),
    ]  # fmt: skip
    with text.speaking("en"):
        words = catalogue.labels("plan_state", PROFILE)
        figure = drawn(
            charts.composition(
                parts,
                group="district_name",
                kind="plan_state",
                words=words,
                amount="plan_grid_count",
                share="plan_share",
            )
        )
    assert [trace.name for trace in figure.data] == ["With a plan", "Without a plan"]


def test_a_place_without_grids_shows_the_plans_of_micro_grids(ask) -> None:
    rows = ask("emergency_districts").assign(grid_with_count=0, grid_without_count=0, grid_unknown_count=0)
    assert emergencies.plan_level(rows) == "micro_grid"
    states = [part["plan_state"] for part in emergencies.plan_parts(rows)]
    assert states == ["with", "with", None]


def test_what_a_place_does_not_publish_is_unknown_and_not_zero(tmp_path, monkeypatch) -> None:
    edition = places.publish(tmp_path, places.core_alone(tiny.tables()))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    chosen = questions.shared(edition, language="en", small_cell_limit=5)
    rows = store.query("emergency_districts", **chosen)
    assert rows[["drill_count", "undrilled_count", "emergency_team_count"]].isna().all(axis=None)
    assert "drill_count" not in emergencies.by_district(rows)
    app = opened("emergency", "en")
    assert not troubles(app)
    said = " ".join(box.value for box in app.info)
    assert all(name in said for name in ("Emergency drills", "Teams", "Mobilisations", "Safety events"))
    shown = {metric.label: metric.value for metric in app.metric}
    assert (shown["Emergency teams"], shown["Drill coverage"]) == ("—", "—")


def test_the_page_shows_plans_teams_and_drills(ready_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(ready_data[0]))
    app = opened("emergency", "en")
    assert not troubles(app)
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown == {
        "Plans of grids": "66.7%",
        "Emergency teams": "3",
        "Team coverage": "66.7%",
        "Drill coverage": "66.7%",
        "Temporary organisations": "2",
        "Events of public safety": "5",
    }
