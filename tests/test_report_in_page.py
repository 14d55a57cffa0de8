"""What the report-in page asks, against values worked out by hand, and what its numbers must not be taken for."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard import charts, contract, editions, report_ins, row_tables, store, text
from dashboard.profile import load
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles, words

PROFILE = load(tiny.ROOT / "data" / "city-a" / "place.toml")
LIMIT = 5
FIRST, SECOND, THIRD = tiny.COMMUNITIES


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """The tiny place's report-ins and claims, and more of the first community.

    Seven members Q1-Q7 report in there on 20 November 2024, three of them in an emergency, one without a mode, all
    but Q7 with an hour of service; Q1-Q5 again, for two hours, on 2 December. Q1 had reported in in August 2023, in
    the third community. Each of Q1-Q6 claims a patrol on 21 November; Q1-Q5 complete it and are rated 5, 5, 4, 4
    and 2. Q7 claims one on 20 December, too late to be judged. In the second quarter U1 served three hours and U2 five.
    """
    rows = tiny.tables()
    once = rows["report_ins"][0]
    joined = rows["report_ins"][6]

    def report_in(person: int, day: date, **more: object) -> dict:
        code = f"Q{person}-{day}"
        return once | {"report_in_id": code, "member_id": f"Q{person}", "reported_date": day, "hours": 1.0} | more

    modes = {1: "emergency", 2: "emergency", 3: "emergency", 4: None}
    rows["report_ins"] += [
        report_in(n, date(2024, 11, 20), mode=modes.get(n, "routine"), hours=None if n == 7 else 1.0)
        for n in range(1, 8)
    ]
    rows["report_ins"] += [report_in(n, date(2024, 12, 2), hours=2.0) for n in range(1, 6)]
    rows["report_ins"] += [
        report_in(1, date(2023, 8, 1), community_code=THIRD, grid_code=tiny.grid(2)),
        joined | {"report_in_id": "V1", "reported_date": date(2024, 5, 2), "hours": 3.0},
        joined | {"report_in_id": "V2", "reported_date": date(2024, 6, 2), "unit_id": "U2", "hours": 5.0},
    ]
    patrol = rows["post_claims"][1]
    rows["post_claims"] += [
        patrol
        | {
            "claim_id": f"PQ{n}",
            "member_id": f"Q{n}",
            "claimed_date": date(2024, 11, 21) if n < 7 else date(2024, 12, 20),
            "completed_date": date(2024, 12, 1) if n < 6 else None,
            "evidence_count": 2 if n < 4 else 0,
            "rating": {1: 5, 2: 5, 3: 4, 4: 4, 5: 2}.get(n),
        }
        for n in range(1, 8)
    ]
    order = rows["service_orders"][0]
    moments = {"ordered_at": "2024-03-01 09:00", "assigned_at": None, "accepted_at": None, "completed_at": None}
    steps = {
        "J1": {},
        "J2": {"assigned_at": "2024-04-01 09:00"},
        "J3": {"assigned_at": "2024-04-01 09:00", "accepted_at": "2024-11-01 09:00"},
        "J4": {"accepted_at": "2024-04-02 09:00", "completed_at": "2024-10-05 09:00"},
        "J5": {"assigned_at": "2024-04-01 09:00", "accepted_at": "2024-05-01 09:00", "completed_at": "2025-01-05 09:00"},
    }
    rows["service_orders"] += [
        order | {"order_id": code, "kind": "livelihood_project", "rating": None} | moments | own
        for code, own in steps.items()
    ]
    folder = tmp_path_factory.mktemp("reported")
    places.publish(folder, rows)
    return folder / "data"


@pytest.fixture
def ask(reported, monkeypatch):
    """Rows of a page query for the last quarter of 2024, in English, unless choices say otherwise."""
    monkeypatch.setenv("DASHBOARD_DATA", str(reported))

    def answer(name: str, **choices: object) -> pd.DataFrame:
        chosen = questions.shared(editions.current(tiny.PLACE), language="en")
        return store.query(name, **chosen | {"small_cell_limit": LIMIT, "row_limit": 50} | choices)

    return answer


def selection(rows: pd.DataFrame) -> pd.Series:
    return rows[rows["level"] == "selection"].iloc[0]


def test_person_times_visits_and_hours_are_facts_of_their_own(ask) -> None:
    """Members: 6 + 7 + 5 person-times, 6 + 6 + 10 hours; units: three visits, ten person-hours."""
    row = selection(ask("report_in_districts"))
    assert (row["member_report_ins"], row["unit_report_ins"]) == (18, 3)
    assert (row["member_hours"], row["unit_hours"]) == (22, 10)
    assert row["served_rate"] == pytest.approx(14 / 18)
    assert row["hours_per_service"] == pytest.approx(22 / 14)


def test_the_emergency_share_leaves_out_report_ins_without_a_mode(ask) -> None:
    assert selection(ask("report_in_districts"))["emergency_share"] == pytest.approx(3 / 17)
    months = ask("report_in_months").set_index(["report_in_party", "month"])
    assert months.loc[("member", "2024-11-01"), ["routine_count", "emergency_count", "unknown_count"]].tolist() == [3, 3, 1]
    assert months.loc[("unit", "2024-11-01"), ["routine_count", "emergency_count", "unknown_count"]].tolist() == [0, 1, 0]


def test_a_month_without_a_report_in_is_a_zero_and_one_without_hours_is_not_reported(ask) -> None:
    months = ask("report_in_months").set_index(["report_in_party", "month"])
    assert (len(months), months.loc[("member", "2024-09-01")].tolist()) == (34, [0, 0, 0, 0])
    assert months.loc[("unit", "2024-12-01"), "routine_count"] == 1
    assert pd.isna(months.loc[("unit", "2024-12-01"), "served_hours"])


def test_a_period_with_nothing_before_has_no_change(ask) -> None:
    row = selection(ask("report_in_districts"))
    tiles = report_ins.state_tiles(ask("report_in_districts"), [], 2024)
    assert pd.isna(row["previous_member_report_ins"])
    assert "change" not in tiles[1]


def test_a_pledge_is_judged_only_when_thirty_days_have_gone_by(ask) -> None:
    """Eleven claims; ten are old enough, eight of them kept: P1, P2, P4 and Q1-Q5."""
    row = selection(ask("report_in_districts"))
    assert (row["claim_count"], row["post_completion_rate"]) == (11, 0.8)
    posts = ask("report_in_posts").set_index("post_type")
    assert posts["claim_count"].to_dict() == {"治安巡逻岗": 8, "政策宣传岗": 3}
    assert posts["completed_claims"].to_dict() == {"治安巡逻岗": 6, "政策宣传岗": 2}
    assert posts.loc["治安巡逻岗", "post_completion_rate"] == pytest.approx(6 / 7)


def test_evidence_is_a_share_of_the_claims_that_report_it(ask) -> None:
    """P4 reports none; of the ten others P1, P2 and Q1-Q3 have photos, nine in all."""
    assert selection(ask("report_in_districts"))["evidence_rate"] == 0.5
    posts = ask("report_in_posts").set_index("post_type")
    assert posts.loc["治安巡逻岗", ["evidence_rate", "evidence_per_claim"]].tolist() == [0.5, 7 / 4]
    assert posts.loc["政策宣传岗", ["evidence_rate", "evidence_per_claim"]].tolist() == [0.5, 2]


def test_a_rating_of_fewer_than_five_is_not_shown(ask) -> None:
    posts = ask("report_in_posts").set_index("post_type")
    assert posts.loc["治安巡逻岗", "mean_rating"] == 4  # 4, 5, 5, 4, 4, 2
    assert pd.isna(posts.loc["政策宣传岗", "mean_rating"])
    districts = ask("report_in_districts").set_index("district_code")
    assert pd.isna(districts.loc[tiny.EAST, "mean_rating"])


def test_communities_with_too_few_ratings_or_services_are_left_out(ask) -> None:
    rows = ask("report_in_communities")
    assert rows["community_name"].tolist() == ["Community 1"]
    row = rows.iloc[0]
    assert (row["service_times"], row["member_hours"], row["hours_per_service"]) == (12, 18, 1.5)
    assert (row["rated_claims"], row["mean_rating"]) == (7, 4.14)  # 5, 4, 5, 5, 4, 4, 2
    assert ask("report_in_communities", small_cell_limit=8).empty


def test_persons_are_counted_once_where_they_first_reported_in(reported, monkeypatch) -> None:
    """Thirteen persons by 2024; Q1 counts in the east, where the first report-in was, though ten are of the west."""
    monkeypatch.setenv("DASHBOARD_DATA", str(reported))
    chosen = questions.shared(editions.current(tiny.PLACE), language="en")
    rows = store.query("report_in_members", **chosen)
    last = rows[rows["year"] == 2024].groupby("district_name")["member_count"].sum()
    assert last.to_dict() == {"East District": 3, "West District": 10}
    served = rows[(rows["year"] == 2024) & (rows["service_state"] == "served")]
    assert served["member_count"].sum() == 9  # M1, M3, M5 and Q1-Q6
    assert rows.loc[rows["year"] == 2023, "member_count"].tolist() == [1]


def test_persons_reach_the_page_with_small_numbers_hidden(reported, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(reported))
    chosen = questions.shared(editions.current(tiny.PLACE), language="en")
    lines = report_ins.members(chosen)
    assert (lines[0]["district_name"], lines[0]["reported_member_count"]) == (None, 13)
    shown = {line["district_name"]: line["reported_member_count"] for line in lines[1:]}
    assert shown == {"East District": "<5", "West District": "*"}  # 13 - 10 would give the 3 away
    with text.speaking("en"):
        assert "fewer than 5 people" in report_ins.hidden_words(lines)


def test_what_is_in_progress_is_not_done(ask) -> None:
    """J1 is not claimed, J2 waits, J3 and J5 (done after the period) are in progress, J4 is done."""
    lists = ask("report_in_lists").set_index("service_list")
    columns = ["listed_entries", "claimed_entries", "unclaimed_entries", "waiting_entries", "running_entries", "done_entries"]
    assert lists.loc["livelihood_project", columns].tolist() == [5, 4, 1, 1, 2, 1]
    assert lists.loc["livelihood_project", ["done_share", "newly_claimed_entries", "newly_done_entries"]].tolist() == [0.25, 0, 1]
    parts = report_ins.list_parts(ask("report_in_lists"), PROFILE)
    whole = [part["share"] for part in parts if part["service_list"] == "民生项目"]
    assert (len(whole), sum(whole)) == (4, 1)


def test_orders_are_no_list_of_demands_or_projects(ask) -> None:
    assert set(ask("report_in_lists")["service_list"]) == {"micro_wish", "livelihood_project"}


def test_a_resource_that_does_not_report_its_use_is_not_unused(ask) -> None:
    rows = ask("report_in_resources").set_index("resource_kind")
    assert rows.loc["场地", ["offered_count", "used_resources", "use_unknown_count", "resource_uses"]].tolist() == [2, 1, 1, 4]
    assert rows["resource_use_rate"].to_dict() == {"场地": 1, "停车位": 0}
    assert rows["newly_offered_count"].to_dict() == {"场地": 0, "停车位": 1}


def test_units_are_counted_by_type_and_by_level(ask) -> None:
    rows = ask("report_in_units")
    whole = rows[rows["unit_facet"] == "selection"].iloc[0]
    assert (whole["registered_units"], whole["reported_units"], whole["committee_units"]) == (3, 2, 3)
    types = rows[rows["unit_facet"] == "type"].set_index("unit_type")
    assert types["reported_units"].to_dict() == {"agency": 1, "private_firm": 0, "social_organisation": 1}
    assert types.loc["private_firm", "unit_hours"] == 0
    assert pd.isna(types.loc["social_organisation", "unit_hours"]), "a visit without hours is no zero"
    levels = rows[rows["unit_facet"] == "level"]
    assert levels["registered_units"].tolist() == [1, 1, 1]


def test_the_league_is_one_of_units_by_person_hours(ask) -> None:
    rows = ask("report_in_league")
    assert rows[["unit_rank", "co_unit_name", "unit_report_ins"]].to_numpy().tolist() == [[1, "Unit 1", 2], [2, "Unit 3", 1]]
    assert ask("report_in_league", row_limit=1)["co_unit_name"].tolist() == ["Unit 1"]
    east = ask("report_in_league", districts=[tiny.EAST])
    assert east["co_unit_name"].tolist() == ["Unit 3"]
    earlier = ask("report_in_league", start_month=date(2024, 4, 1), end_month=date(2024, 6, 1))
    assert earlier[["co_unit_name", "unit_hours"]].to_numpy().tolist() == [["Unit 2", 5], ["Unit 1", 3]]


def test_a_community_without_a_unit_has_no_joint_committee(ask) -> None:
    rows = ask("report_in_committees")
    found = rows[["level", "community_count", "joint_committees", "committee_units", "agency_units", "new_sector_units"]]
    assert found.to_numpy().tolist() == [
        ["selection", 3, 2, 3, 1, 2],
        ["district", 2, 1, 2, 1, 1],
        ["district", 1, 1, 1, 0, 1],
    ]


def test_both_sides_of_an_appraisal_are_kept_apart(ask) -> None:
    """Units: (90 + 50) / 2 and (80 + 70) / 2; communities: (80 + 60) / 2 and (90 + 70) / 2."""
    rows = ask("report_in_appraisals")
    units = report_ins.one_side(rows, "unit").set_index("appraisal_dimension")
    assert units["mean_appraisal"].to_dict() == {"participation": 75, "service_quality": 70}
    assert units["low_appraisals"].to_dict() == {"participation": 0, "service_quality": 1}
    communities = report_ins.one_side(rows, "community").set_index("appraisal_dimension")
    assert communities["mean_appraisal"].to_dict() == {"cooperation": 70, "support": 80}
    assert communities["appraisal_change"].to_dict() == {"cooperation": 0, "support": 0}
    both = {row["district_name"]: row for row in report_ins.both_sides(rows)}
    assert (both["West District"]["units_by_communities"], both["West District"]["communities_by_units"]) == (85, 85)
    assert (both["East District"]["units_by_communities"], both["East District"]["communities_by_units"]) == (60, 65)


def test_ratings_by_superiors_and_residents_are_not_part_of_the_two_way_ones(ask) -> None:
    assert set(ask("report_in_appraisals")["appraisal_dimension"].dropna()) == {
        "service_quality", "participation", "cooperation", "support",
    }  # fmt: skip


def test_tiles_of_posts_judge_the_pledge_and_count_projects_in_progress(ask) -> None:
    with text.speaking("en"):
        tiles = report_ins.post_tiles(
            ask("report_in_districts"), ask("report_in_lists"), ask("report_in_resources"), PROFILE
        )
    assert [tile["value"] for tile in tiles] == [11, 0.8, 0.5, 2, 0.5]
    assert (tiles[1]["signal"], tiles[1]["target"]) == ("watch", 0.9)
    assert tiles[3]["note"] == "claimed 4, done 1"


def test_a_hidden_number_stands_beside_numbers_written_as_everywhere() -> None:
    shown = row_tables.arrow([{"reported_member_count": 12345}, {"reported_member_count": "<5"}], PROFILE)
    assert shown["reported_member_count"].to_pylist() == ["12,345", "<5"]


def test_tiles_of_posts_leave_out_what_a_missing_extract_would_count_as_nothing(ask) -> None:
    tiles = report_ins.post_tiles(
        ask("report_in_districts"), ask("report_in_lists"), ask("report_in_resources"), PROFILE, ("post_claims",)
    )
    assert [tile["value"] for tile in tiles] == [2, 0.5]


def test_a_figure_of_posts_says_completion_with_sign_and_word(ask) -> None:
    judged = report_ins.judged_posts(ask("report_in_posts"), PROFILE)
    assert [row["signal"] for row in judged] == ["watch", "trouble"]  # 6/7 and 2/3 against 0.9 and 0.8
    with text.speaking("en"):
        figure = drawn(charts.posts(judged, words={"治安巡逻岗": "Patrol"}))
    assert list(figure.data[0].x) == [8, 3]
    assert list(figure.data[1].x) == [6, 2]
    assert "<b>Patrol</b>  6 / 8 · ▲ Pledge kept 85.7%" in figure.data[2].text[0]


def test_a_line_joins_only_two_scores_that_were_given() -> None:
    rows = [
        {"district_name": "A", "units_by_communities": 80.0, "communities_by_units": 90.0},
        {"district_name": "B", "units_by_communities": None, "communities_by_units": 70.0},
    ]
    figure = drawn(charts.two_way(rows))
    assert list(figure.data[0].x) == [80.0, 90.0, None]
    assert list(figure.data[1].x) == [80.0, None]
    assert list(figure.data[2].x) == [90.0, 70.0]


def test_tasks_of_the_plan_are_shown_where_the_profile_lists_them() -> None:
    tasks = [{"code": "a", "zh": "会议", "en": "Meeting"}, {"code": "b", "zh": "方案", "en": "Plan"}]
    with text.speaking("en"):
        lines = report_ins.task_words(replace(PROFILE, lists=PROFILE.lists | {"report_in_tasks": tasks}))
        assert lines.splitlines()[2:] == ["1. Meeting", "2. Plan"]
        assert report_ins.task_words(PROFILE) == ""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", report_ins.VIEWS)
def test_every_part_of_the_page_opens(view, language, reported, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(reported))
    app = opened("report_in", language, view=view)
    assert not troubles(app)
    assert app.dataframe


def test_the_page_says_what_is_never_added(reported, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(reported))
    shown = " ".join(words(opened("report_in", "en")))
    assert "never added to the register of this place" in shown
    assert "Persons and person-times are two facts" in shown


def test_a_part_names_the_extract_that_is_missing(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    views = {"post_claims": "posts", "resource_shares": "posts", "units": "units", "appraisals": "ratings"}
    for name in views:
        del rows[name]
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    for name, view in views.items():
        app = opened("report_in", "zh", view=view)
        assert not troubles(app)
        assert any(contract.load().tables[name].title in box.value for box in app.info)
