"""What the page on deliberation asks, against values worked out by hand, and what it says of the place's rules."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard import charts, contract, deliberations, editions, store, text
from dashboard.profile import load
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles, words

PROFILE = load(tiny.ROOT / "data" / "city-a" / "place.toml")
RULE = {"days_of_month": [4, 14, 24], "weekdays": [4], "publish_within_days": 6}


@pytest.fixture(scope="module")
def talks(tmp_path_factory):
    """The tiny place's six topics of 14 October (a Monday), four more and three halls.

    Of the six, each in another compound, T1 and T3 went all the way and were published after six days. T7 is
    another topic of T1's talk; T8 one of a whole community on Thursday 7 November; T9 of Tuesday 24 December,
    published after seven days and not followed up; T10 of October 2023. Null is not reported.
    """
    rows = tiny.tables()
    first = rows["deliberations"][0]
    rows["deliberations"] += [
        first | {
            "topic_id": "T7", "topic": "renovation", "steps_reached": 2, "decision_steps_reached": 1,
            "attendee_count": None, "is_pre_reviewed": None, "is_resolved": False, "published_date": None,
            "is_followed_up": False,
        },
        first | {
            "topic_id": "T8", "held_date": date(2024, 11, 7), "kind": "联席会议", "channel": "线上议事厅",
            "community_code": tiny.COMMUNITIES[2], "compound_id": None, "topic": None, "steps_reached": None,
            "decision_steps_reached": None, "attendee_count": 10, "is_pre_reviewed": False, "is_resolved": True,
            "published_date": None, "is_followed_up": None, "major_matter": "使用维修资金",
        },
        first | {
            "topic_id": "T9", "held_date": date(2024, 12, 24), "compound_id": "C2", "attendee_count": 5,
            "published_date": date(2024, 12, 31), "is_followed_up": False, "major_matter": "使用公共收益",
        },
        first | {"topic_id": "T10", "held_date": date(2023, 10, 14), "published_date": date(2023, 10, 15)},
    ]  # fmt: skip
    for number, (community, met) in enumerate(((0, 6), (1, None), (2, 3)), start=11):
        hall = rows["facilities"][0] | {"facility_id": f"Hall{number}", "kind": "deliberation_hall"}
        rows["facilities"].append(
            hall | {"community_code": tiny.COMMUNITIES[community], "deliberation_item_count": met}
        )
    folder = tmp_path_factory.mktemp("talks")
    places.publish(folder, rows)
    return folder / "data"


@pytest.fixture
def ask(talks, monkeypatch):
    """Rows of a page query for the last quarter of 2024, in English, unless choices say otherwise."""
    monkeypatch.setenv("DASHBOARD_DATA", str(talks))

    def answer(name: str, **choices: object) -> pd.DataFrame:
        chosen = questions.shared(editions.current(tiny.PLACE), language="en")
        return store.query(name, **chosen | {"rule_days": [], "rule_weekdays": []} | choices)

    return answer


def selection(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["level"] == "selection"].set_index("metric")


def test_a_session_is_one_talk_whatever_the_number_of_its_topics(ask) -> None:
    values = selection(ask("deliberation_metrics"))["value"]
    assert (values["deliberation_sessions"], values["deliberation_topics"]) == (8, 9)


def test_each_share_stands_on_the_topics_that_report_it(ask) -> None:
    """Steps of T8, the pre-review of T7 and the follow-up of T8 are not reported."""
    rows = selection(ask("deliberation_metrics"))[["numerator", "denominator"]]
    assert {name: tuple(pair) for name, *pair in rows.dropna().itertuples()} == {
        "attendance_per_topic": (135, 8),
        "pre_review_rate": (7, 8),
        "all_steps_rate": (3, 8),
        "decision_rate": (3, 8),
        "topic_resolution_rate": (4, 9),
        "result_publication_rate": (3, 4),
        "follow_up_rate": (2, 3),
    }


def test_attendance_is_summed_in_person_times(ask) -> None:
    """Six topics of 20, ten of T8 and five of T9."""
    assert selection(ask("deliberation_metrics")).loc["deliberation_attendance", "value"] == 135


def test_districts_and_types_count_their_own_topics(ask) -> None:
    rows = ask("deliberation_metrics")
    topics = rows[rows["metric"] == "deliberation_topics"]
    by_district = topics[topics["level"] == "district"].set_index("district_code")["value"]
    assert by_district.to_dict() == {tiny.WEST: 6, tiny.EAST: 3}
    by_type = topics[topics["level"] == "type"].set_index("compound_type")["value"]
    assert by_type.to_dict() == {"old": 3, "residential": 3, "transitional": 1, "work_unit": 1}
    wide = deliberations.wide(rows, "district")
    assert [row["result_publication_rate"] for row in wide] == [1, 0]


def test_outcomes_of_a_period_that_is_hardly_over_are_not_judged(ask) -> None:
    """Talks: 8 on 1, more than 1.645 · 3. Pre-review: -1/8, within 1.645 · √(7/8 · 1/8 / 8) = 0.19."""
    flags = selection(ask("deliberation_metrics"))["last_year_flag"]
    assert (flags["deliberation_sessions"], flags["pre_review_rate"]) == ("up", "within_error")
    assert flags[["all_steps_rate", "follow_up_rate", "deliberation_attendance"]].isna().all()
    earlier = {"start_month": date(2024, 10, 1), "end_month": date(2024, 11, 1)}
    judged = selection(ask("deliberation_metrics", **earlier))["last_year_flag"]
    assert judged["all_steps_rate"] == "down"


def test_steps_count_the_topics_that_came_so_far(ask) -> None:
    rows = ask("deliberation_steps")
    counts = rows.groupby("process", sort=False)["reached_count"].apply(list).to_dict()
    assert counts == {"six_steps": [8, 8, 7, 7, 3, 3], "decision": [8, 7, 3, 3]}
    assert set(rows["known_topic_count"]) == {8}


def test_a_funnel_says_what_was_lost_at_each_step(ask) -> None:
    rows = ask("deliberation_steps")
    with text.speaking("en"):
        own = rows[rows["process"] == "decision"]
        figure = drawn(charts.steps(own, names=deliberations.step_names(PROFILE, "decision")))
    assert list(figure.data[0].x) == [1, 1, 7 / 8, 3 / 8, 3 / 8]
    assert "1 · Branch proposes" in figure.data[1].text[1]
    assert [words.partition(">")[2].partition("<")[0] for words in figure.data[1].text] == ["", "", "−1", "−4", ""]


def test_results_are_published_within_days_counted_on_all_topics_resolved(ask) -> None:
    rows = ask("deliberation_delays")
    assert rows.to_numpy().tolist() == [[6, 2, 0.5], [7, 1, 0.75]]
    with text.speaking("en"):
        kept = deliberations.publication_words(rows, replace(PROFILE, deliberation=RULE))
        assert kept == "Rule: within 6 days. Kept for 50.0% of the topics resolved."
        early = deliberations.publication_words(rows, replace(PROFILE, deliberation={"publish_within_days": 5}))
        assert "Kept for 0.0%" in early
        assert "has no rule" in deliberations.publication_words(rows, PROFILE)


def test_a_calendar_has_every_day_and_marks_those_of_the_rule(ask) -> None:
    """Nine days with a 4, thirteen Thursdays, two of them both: 24 October and 14 November."""
    rows = ask("deliberation_days", rule_days=[4, 14, 24], rule_weekdays=[4])
    assert (len(rows), rows["is_rule_day"].sum(), rows["session_count"].sum()) == (92, 20, 8)
    days = ask("deliberation_days", rule_days=[4, 14, 24])
    assert (days["is_rule_day"].sum(), days.loc[days["is_rule_day"], "session_count"].sum()) == (9, 7)
    assert not ask("deliberation_days")["is_rule_day"].any()


def test_the_calendar_judges_by_the_rule_and_says_when_there_is_none(ask) -> None:
    profile = replace(PROFILE, deliberation=RULE | {"weekdays": []})
    rows = ask("deliberation_days", **deliberations.rule(profile))
    with text.speaking("en"):
        assert deliberations.calendar_words(rows, profile) == (
            "Rule (framed): days 4, 14, 24 of the month. "
            "On such days: 7 of 8 sessions (87.5%); without any session: 7 of 9 days."
        )
        both = replace(PROFILE, deliberation=RULE)
        assert "days 4, 14, 24 of the month or Thursdays; either will do." in deliberations.calendar_words(rows, both)
        assert deliberations.calendar_words(rows, PROFILE).startswith("The place has no rule for days")


def test_a_calendar_figure_puts_days_by_week_and_weekday(ask) -> None:
    """1 October 2024 is a Tuesday, so the first Monday is empty and the 14th opens the third week."""
    figure = drawn(charts.calendar(ask("deliberation_days", rule_days=[4, 14, 24], rule_weekdays=[4])))
    cells = figure.data[0].z
    assert (len(cells), len(cells[0])) == (7, 14)
    assert (cells[0][0], cells[1][0], cells[0][2], cells[3][5]) == (None, 0, 6, 1)
    assert len(figure.layout.shapes) == 20


def test_months_without_a_talk_are_zeros(ask) -> None:
    rows = ask("deliberation_months").set_index("month")
    assert (len(rows), rows.index[0]) == (15, pd.Timestamp(2023, 10, 1))
    assert rows.loc["2024-10-01"].tolist() == [6, 7]
    assert rows.loc["2024-09-01"].tolist() == [0, 0]


def test_topics_ways_and_matters_are_counted_apart(ask) -> None:
    topics = ask("deliberation_topics")[["topic", "topic_count"]].fillna("?").to_numpy().tolist()
    assert topics == [["property_matters", 7], ["renovation", 1], ["?", 1]]
    ways = ask("deliberation_ways")
    found = ways[["deliberation_kind", "deliberation_channel", "topic_count", "attendance"]].fillna("?")
    assert found.to_numpy().tolist() == [["regular", "?", 8, 125], ["联席会议", "线上议事厅", 1, 10]]
    matters = ask("deliberation_matters").set_index("major_matter")
    assert matters["topic_count"].to_dict() == {"使用公共收益": 1, "使用维修资金": 1}
    assert matters["result_publication_rate"].to_dict() == {"使用公共收益": 1, "使用维修资金": 0}


def test_halls_that_report_no_standards_are_halls_without_a_mean(ask) -> None:
    rows = ask("deliberation_halls")
    counts = ["hall_count", "hall_known_count", "full_hall_count", "weak_hall_count"]
    assert rows[counts].to_numpy().tolist() == [[3, 2, 1, 1], [2, 1, 1, 0], [1, 1, 0, 1]]
    assert rows["mean_standards"].tolist() == [4.5, 6, 3]
    assert rows["full_hall_share"].tolist() == [0.5, 1, 0]


def test_steps_without_a_name_keep_their_number(ask) -> None:
    with text.speaking("en"):
        assert deliberations.step_names(PROFILE, "six_steps") == {n: f"Step {n}" for n in range(1, 7)}
        assert deliberations.step_names(PROFILE, "decision")[4] == "4 · Public reviews"


def test_a_place_without_the_extract_says_which_one_is_missing(tmp_path, monkeypatch) -> None:
    places.publish(tmp_path, places.core_alone(tiny.tables()))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    app = opened("deliberation", "zh")
    assert not troubles(app)
    assert any(contract.load().tables["deliberations"].title in box.value for box in app.info)
    assert not app.get("plotly_chart")


def test_the_page_of_a_place_with_a_rule_shows_it(talks, tmp_path, monkeypatch) -> None:
    """The rule stands in the profile that the edition was published with."""
    home = tmp_path / tiny.PLACE
    tiny.write_place(tmp_path)
    (home / "place.toml").write_text(
        (home / "place.toml").read_text(encoding="utf-8")
        + "\n[deliberation]\ndays_of_month = [4, 14, 24]\nweekdays = [4]\npublish_within_days = 6\n",
        encoding="utf-8",
    )
    tiny.write_csv(tmp_path / "source", tiny.tables())
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    from dashboard import publishing

    assert publishing.publish(tmp_path / "source", tiny.PLACE, lambda message, fraction: None).edition
    shown = " ".join(words(opened("deliberation", "en")))
    assert "days 4, 14, 24 of the month or Thursdays" in shown
    assert "Rule: 6 days" in shown
