"""What the page of issues asks and shows, against values worked out by hand; its rates are those of the overview."""

import re
from datetime import date, datetime, timedelta
from itertools import product
from math import sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from dashboard import charts, editions, issues, periods, profile, settings, store, text
from tests import places, questions, tiny
from tests.city import EAST, FEBRUARY, JANUARY, MARCH, NEW_YEAR, City
from tests.opening import cells, drawn, opened, troubles, words

FAMILIES = ["environment", "safety"]
WEIGHTS = {"response_weight": 0.30, "resolution_weight": 0.35, "satisfaction_weight": 0.35}
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
VIEWS = list(issues.VIEWS)
PROFILE = profile.load(settings.ROOT / "data" / "city-a" / "place.toml")


class Loop(City):
    """The city of a few rows with the four promises, a calendar and the marts of the page of issues."""

    def __init__(self, as_of: date = date(2024, 3, 31)) -> None:
        super().__init__(as_of, respond_minutes=None)
        self.connection.execute("drop table promises")
        self.connection.execute(
            "create table promises (position bigint, code varchar, name varchar, name_en varchar, track varchar,"
            " minutes bigint, hours bigint, working_days bigint)"
        )
        self.connection.execute("create table calendar_exceptions (day date, is_working boolean)")
        for position, (code, track, limit) in enumerate(
            (
                ("respond", None, {"minutes": 20}),
                ("reply", None, {"minutes": 30}),
                ("resolve", "simple", {"hours": 4}),
                ("plan", "complex", {"working_days": 1}),
            ),
            start=1,
        ):
            self.insert("promises", position=position, code=code, name=code, name_en=code, track=track, **limit)
        self.compound("C1")

    def day(self, day: date, is_working: bool) -> None:
        self.insert("calendar_exceptions", day=day, is_working=is_working)

    def build(self) -> "Loop":
        super().build()
        names = ("working_days", "issue_step_months", "issue_flow_months", "issue_promise_months")
        for name in (*names, "issue_unit_months", "overdue_issues"):
            folder, kind = ("views", "view") if name == "working_days" else ("marts", "table")
            statement = (settings.QUERIES / folder / f"{name}.sql").read_text(encoding="utf-8")
            self.connection.execute(f"create {kind} {name} as {statement}")
        return self

    def ask(self, name: str, **parameters: object) -> pd.DataFrame:
        listed = {"owner_unit": "", "progress": "", "row_limit": 200, "row_offset": 0}
        return super().ask(name, **{"families": FAMILIES, **WEIGHTS, **listed, **parameters})


def funnel_city() -> Loop:
    """January: one closed, one dispatched, one reported alone, one void; December: one closed."""
    city = Loop()
    steps = ("accepted_at", "registered_at", "dispatched_at", "handled_at", "closed_at")
    whole = {step: NEW_YEAR + number * HOUR for number, step in enumerate(steps, start=1)}
    city.issue(status="closed", **whole)
    city.issue(**{step: whole[step] for step in steps[:3]})
    city.issue()
    city.issue(status="void", accepted_at=NEW_YEAR + HOUR, handled_at=NEW_YEAR + 2 * HOUR)
    city.issue(reported=NEW_YEAR - 10 * DAY, status="closed", **whole)
    return city.build()


def test_the_funnel_counts_the_steps_of_issues_reported_in_the_period_and_void_ones_apart() -> None:
    rows = funnel_city().ask("issues_funnel").set_index("step")
    counts = rows["step_count"].to_dict()
    assert pd.isna(counts.pop("checked")), "no time of checking anywhere: not reported, not 0"
    assert counts == {
        "reported": 3, "accepted": 2, "registered": 2, "dispatched": 2, "handled": 1, "closed": 1, "void": 1,
    }  # fmt: skip
    assert rows.loc["accepted", "step_share"] == pytest.approx(2 / 3)
    assert rows.loc["void", "step_share"] == 1 / 4
    assert rows.loc["closed", ["previous_step_count", "previous_step_share"]].tolist() == [1, 1]


def test_nothing_reported_is_no_funnel_of_zeros() -> None:
    assert funnel_city().ask("issues_funnel", **periods.parameters(MARCH, MARCH)).empty


def test_a_step_waits_since_the_step_before_that_is_on_record_and_counts_in_its_own_month() -> None:
    """Report to closing 5 hours; handled an hour after dispatch; closed, never checked, an hour after handling.

    One duration of 3,600 seconds lies in class 85, from 1.1^85 to 1.1^86 seconds; its median is put at 1.1^85.5.
    """
    rows = funnel_city().ask("issues_step_times").set_index("step")
    assert rows["step_count"].to_dict() == {
        "accepted": 3, "registered": 3, "dispatched": 3, "handled": 2, "closed": 2, "whole": 2,
    }  # fmt: skip
    assert rows.loc["closed", "median_hours"] == round(1.1**85.5 / 3600, 2) == 0.96
    assert pd.isna(rows.loc["closed", "previous_median_hours"])


def test_percentiles_from_classes_are_those_of_the_durations_within_a_hundredth() -> None:
    normal = NormalDist(2, 1.5)
    hours = np.exp([normal.inv_cdf((rank + 0.5) / 1000) for rank in range(1000)])
    city = Loop()
    for duration in hours:
        city.issue(status="closed", closed_at=NEW_YEAR + timedelta(hours=float(duration)))
    rows = city.build().ask("issues_step_times", **periods.parameters(JANUARY, JANUARY)).set_index("step")
    done = hours[hours < 31 * 24]
    found = rows.loc["whole", ["median_hours", "hours_90"]].astype(float)
    assert found.to_numpy() == pytest.approx(np.quantile(done, [0.5, 0.9]), rel=0.01)


def test_a_step_that_took_no_time_took_no_time() -> None:
    city = Loop()
    city.issue(accepted_at=NEW_YEAR)
    rows = city.build().ask("issues_step_times").set_index("step")
    assert rows.loc["accepted", ["median_hours", "hours_90"]].tolist() == [0, 0]


def solved(city: Loop, family: str | None, level: str | None, **more: object) -> None:
    city.issue(family=family, resolved_level=level, status="closed", closed_at=NEW_YEAR + DAY, **more)


def test_a_level_that_solved_nothing_is_a_zero_and_one_never_reported_is_none() -> None:
    city = Loop()
    solved(city, "environment", "community")
    solved(city, "environment", "community")
    solved(city, "safety", "department")
    solved(city, "safety", None)
    for status, level in (("void", "community"), ("returned", "community"), ("returned", "department")):
        city.issue(family="safety", resolved_level=level, status=status, closed_at=NEW_YEAR + DAY)
    rows = city.build().ask("issues_levels")
    table = rows.pivot(index="family", columns="resolved_level", values="resolved_issues")
    assert table.loc["environment"].to_dict() == {"compound": 0, "community": 2, "subdistrict": 0, "department": 0}
    assert table.loc["safety"].to_dict() == {"compound": 0, "community": 0, "subdistrict": 0, "department": 1}
    silent = Loop()
    solved(silent, "environment", None)
    assert silent.build().ask("issues_levels")["resolved_issues"].isna().all()


def test_families_by_phase_show_zeros_and_rates_with_what_they_count() -> None:
    city = Loop()
    late = {"due_at": NEW_YEAR + HOUR, "revisit_result": "reached"}
    on_time = {"due_at": NEW_YEAR + 2 * DAY, "revisit_result": "reached", "satisfaction": "satisfied"}
    solved(city, "environment", "community", phase="after", **late)
    solved(city, "environment", "community", phase="after", **on_time)
    solved(city, "environment", "community", phase="after", due_at=NEW_YEAR + 2 * DAY, revisit_result="unreachable")
    city.issue(family="environment", phase="during", due_at=NEW_YEAR + DAY)
    city.issue(family="environment", phase=None, status="void", due_at=NEW_YEAR + DAY)
    rows = city.build().ask("issues_families").set_index("family")
    own = rows.loc["environment"]
    assert own[["reported_issues", "before_count", "during_count", "after_count", "no_phase_count"]].tolist() == [
        5, 0, 1, 3, 1,
    ]  # fmt: skip
    assert own[["due_issues", "close_rate", "ontime_close_rate"]].tolist() == [4, 0.75, 0.5]
    assert own[["revisited_issues", "satisfaction_rate"]].tolist() == [2, 0.5]
    assert rows.loc["safety", "reported_issues"] == 0 and pd.isna(rows.loc["safety", "close_rate"])


def promise(city: Loop, code: str, **parameters: object) -> tuple:
    row = city.ask("issues_promises", **parameters).set_index("promise_code").loc[code]
    kept = None if pd.isna(row["kept_issues"]) else row["kept_issues"]
    return kept, row["promised_issues"], row["state"]


def test_a_promise_is_kept_up_to_its_very_limit() -> None:
    city = Loop()
    for seconds in (0, 1):
        late = timedelta(seconds=seconds)
        city.issue(
            promise_code="resolve", status="closed", closed_at=NEW_YEAR + 4 * HOUR + late,
            first_response_at=NEW_YEAR + 20 * MINUTE + late, replied_at=NEW_YEAR + 30 * MINUTE + late,
        )  # fmt: skip
    city.build()
    for code in ("respond", "reply", "resolve"):
        assert promise(city, code) == (1, 2, "reported")
    assert promise(city, "plan") == (None, 0, "not_applicable")


def test_promises_of_a_track_are_for_its_issues_alone_and_void_ones_owe_an_answer_only() -> None:
    city = Loop()
    answered = {"first_response_at": NEW_YEAR + MINUTE}
    city.issue(promise_code="resolve", status="closed", closed_at=NEW_YEAR + HOUR, **answered)
    city.issue(promise_code="resolve", status="returned", closed_at=NEW_YEAR + HOUR)
    city.issue(promise_code="resolve", status="void")
    city.issue(promise_code="plan", status="closed", closed_at=NEW_YEAR + HOUR)
    city.issue()
    city.build()
    assert promise(city, "respond") == (1, 5, "reported")
    assert promise(city, "reply") == (None, 5, "not_reported"), "nobody ever reports a reply"
    assert promise(city, "resolve") == (1, 2, "reported")
    assert promise(city, "plan") == (None, 1, "not_reported"), "the extracts have no time of a plan"


@pytest.mark.parametrize(("reported_hour", "counted"), [(20, 1), (21, 0)])
def test_a_limit_that_has_not_passed_is_no_promise_broken(reported_hour: int, counted: int) -> None:
    city = Loop()
    city.issue(reported=datetime(2024, 3, 31, reported_hour), promise_code="resolve")
    assert promise(city.build(), "resolve", **periods.parameters(MARCH, MARCH))[1] == counted


@pytest.mark.parametrize(
    ("reported", "exceptions", "counted"),
    [
        (date(2024, 3, 28), {}, 1),  # Thursday: to the end of Friday
        (date(2024, 3, 29), {}, 0),  # Friday: to the end of Monday, after the as-of date, a Sunday
        (date(2024, 3, 29), {date(2024, 3, 30): True}, 1),  # a Saturday that is worked on
        (date(2024, 3, 28), {date(2024, 3, 29): False}, 0),  # a Friday off
        (date(2024, 3, 30), {}, 0),  # Saturday: to the end of Monday
        (date(2024, 3, 30), {date(2024, 3, 31): True}, 1),  # to the end of the as-of date itself
    ],
)
def test_working_days_follow_the_calendar(reported: date, exceptions: dict, counted: int) -> None:
    city = Loop()
    for day, is_working in exceptions.items():
        city.day(day, is_working)
    city.issue(reported=datetime(reported.year, reported.month, reported.day, 9), promise_code="plan")
    assert promise(city.build(), "plan", **periods.parameters(MARCH, MARCH))[1] == counted


def backlog_city() -> Loop:
    """Due in January: closed before, closed late in January, in February, returned, void, open (unit B); due on the
    last day of March, open; due in February, closed in January."""
    city = Loop()
    due = {"due_at": NEW_YEAR + 10 * DAY, "owner_unit": "A"}
    for days in (5, 20, 40):
        city.issue(status="closed", closed_at=NEW_YEAR + days * DAY, **due)
    city.issue(status="returned", **due)
    city.issue(status="void", **due)
    city.issue(status="handled", **due | {"owner_unit": "B"})
    city.issue(reported=datetime(2024, 3, 1), due_at=datetime(2024, 3, 31, 23), owner_unit="B")
    city.issue(reported=datetime(2024, 3, 1), due_at=datetime(2024, 4, 1), owner_unit="B")
    city.issue(status="closed", closed_at=NEW_YEAR + 8 * DAY, owner_unit="A", due_at=datetime(2024, 2, 5))
    return city.build()


def test_the_backlog_is_what_was_due_and_not_closed_by_the_end_of_each_month() -> None:
    city = backlog_city()
    rows = city.ask("issues_backlog", **periods.parameters(JANUARY, MARCH))
    assert rows.values.tolist() == [[JANUARY_STAMP, 3], [FEBRUARY_STAMP, 2], [MARCH_STAMP, 3]]
    units = city.ask("issues_units", **periods.parameters(MARCH, MARCH)).set_index("owner_unit")
    assert units["overdue_issues"].to_dict() == {"A": 1, "B": 2}
    assert units["overdue_change"].to_dict() == {"A": 0, "B": 1}
    assert units.loc["B", ["due_issues", "close_rate"]].tolist() == [1, 0]
    early = city.ask("issues_units", **periods.parameters(JANUARY, JANUARY)).set_index("owner_unit")
    assert early["overdue_issues"].to_dict() == {"A": 2, "B": 1}
    assert early.loc["A", ["due_issues", "ontime_close_rate"]].tolist() == [4, 0.25]
    whole = city.ask("issues_districts", **periods.parameters(MARCH, MARCH)).iloc[0]
    assert (whole["level"], whole["overdue_issues"], whole["overdue_change"]) == ("selection", 3, 1)


JANUARY_STAMP, FEBRUARY_STAMP, MARCH_STAMP = map(pd.Timestamp, (JANUARY, FEBRUARY, MARCH))


def test_the_overdue_list_is_that_backlog_row_by_row_the_oldest_first() -> None:
    city = backlog_city()
    rows = city.ask("issues_overdue")
    assert rows[["issue_id", "status", "overdue_days"]].values.tolist() == [
        ["I4", "returned", 80], ["I6", "handled", 80], ["I7", "dispatched", 0],
    ]  # fmt: skip
    assert list(city.ask("issues_overdue", progress="returned")["issue_id"]) == ["I4"]
    assert list(city.ask("issues_overdue", progress="open", owner_unit="B")["issue_id"]) == ["I6", "I7"]
    assert list(city.ask("issues_overdue", row_limit=1, row_offset=1)["issue_id"]) == ["I6"]
    assert city.ask("issues_overdue", districts=[EAST]).empty
    units = city.ask("issues_overdue_units")
    assert units[["owner_unit", "overdue_issues", "returned_issues"]].values.tolist() == [["B", 2, 0], ["A", 1, 1]]
    assert [issues.matching(units, "A", code) for code in ("", "open", "returned")] == [1, 0, 1]


def test_the_score_is_the_weighted_mean_of_three_rates_and_none_without_one_of_them() -> None:
    """Response 1 of 2, resolution 2 of 2, satisfaction 1 of 2: 100 · (0.30 · 0.5 + 0.35 · 1 + 0.35 · 0.5) = 67.5."""
    city = Loop()
    ended = {"status": "closed", "closed_at": NEW_YEAR + DAY, "due_at": NEW_YEAR + DAY, "revisit_result": "reached"}
    city.issue(first_response_at=NEW_YEAR + MINUTE, satisfaction="satisfied", **ended)
    city.issue(first_response_at=NEW_YEAR + HOUR, satisfaction="neutral", **ended)
    rows = city.build().ask("issues_districts").set_index("level")
    assert rows.loc["selection", "combined_score"] == pytest.approx(67.5)
    assert rows.loc["district", "district_name"] == "West" and rows.loc["district", "combined_score"] == pytest.approx(
        67.5
    )
    # Of two each, p = 2/4, 3/4 and 2/4: variances of 0.125, 0.09375 and 0.125 with the squares of the weights.
    error = 100 * (0.3**2 * 0.125 + 0.35**2 * 0.09375 + 0.35**2 * 0.125) ** 0.5
    assert rows["combined_score_error"].tolist() == pytest.approx([error, error])
    unasked = Loop()
    unasked.issue(first_response_at=NEW_YEAR + MINUTE, **ended | {"revisit_result": "unreachable"})
    assert unasked.build().ask("issues_districts")["combined_score"].isna().all()


def test_a_timeline_says_how_long_each_step_waited_and_which_limit_was_kept() -> None:
    """Reported on Monday 1 January at 0:00; open since it was registered, so waiting until the end of 31 March."""
    city = Loop()
    city.issue(
        promise_code="plan", accepted_at=NEW_YEAR + HOUR, registered_at=NEW_YEAR + 3 * HOUR,
        first_response_at=NEW_YEAR + 21 * MINUTE, due_at=datetime(2024, 6, 1), status="registered",
    )  # fmt: skip
    rows = city.build().ask("issues_timeline", issue_id="I1").set_index("step")
    assert rows.loc[["accepted", "registered"], "waited_hours"].tolist() == [1, 2]
    assert rows.loc["dispatched", "waited_hours"] == 91 * 24 - 3, "January to March 2024 have 91 days"
    assert rows.loc[["reported", "handled", "checked", "closed"], "waited_hours"].isna().all()
    verdicts = rows["limit_verdict"].dropna().to_dict()
    assert verdicts == {"closed": "running", "respond": "missed", "reply": "missed", "plan": "unknown"}
    assert rows.loc["plan", "limit_at"] == datetime(2024, 1, 3), "the end of Tuesday"
    assert "resolve" not in rows.index


def test_a_returned_or_void_issue_waits_for_nothing_and_a_closed_one_kept_its_limits() -> None:
    city = Loop()
    city.issue(status="returned", dispatched_at=NEW_YEAR + HOUR)
    city.issue(status="void", promise_code="resolve")
    closed = {"closed_at": NEW_YEAR + HOUR, "due_at": NEW_YEAR + HOUR, "status": "closed"}
    city.issue(promise_code="resolve", **closed)
    city.build()
    for issue_id in ("I1", "I2"):
        rows = city.ask("issues_timeline", issue_id=issue_id)
        assert rows.loc[rows["occurred_at"].isna(), "waited_hours"].isna().all()
        assert "resolve" not in set(rows["step"])
    kept = city.ask("issues_timeline", issue_id="I3").set_index("step")["limit_verdict"]
    assert (kept["closed"], kept["resolve"]) == ("kept", "kept")
    assert city.ask("issues_timeline", issue_id="nobody").empty and city.ask("issues_one", issue_id="nobody").empty


def test_a_hot_spot_is_one_beyond_what_chance_allows_for_all_compounds_together() -> None:
    """100 households each; 20 compounds: C1 40 issues, 19 others 4, together 116, so 5.8 are expected of each.

    Byar: 40 · (1 - 1/360 - z / (3 √40))³ / 5.8 with z of 0.05 / 20. D1 has the same ratio of its own type and is
    one of one: nothing to compare with.
    """
    city = Loop()
    for number in range(2, 21):
        city.compound(f"C{number}")
    for number in range(1, 21):
        for _each in range(40 if number == 1 else 4):
            city.issue(f"C{number}")
    rows = city.build().ask("issues_hot_spots")
    assert list(rows["compound_id"]) == ["C1"]
    row = rows.iloc[0]
    z = NormalDist().inv_cdf(1 - 0.05 / 20)
    assert row["rate_ratio"] == pytest.approx(40 / 5.8)
    assert row["rate_ratio_low"] == pytest.approx(40 * (1 - 1 / 360 - z / (3 * sqrt(40))) ** 3 / 5.8, rel=1e-3)
    assert (row["issues_per_100_households"], row["type_issues_per_100_households"]) == (40, pytest.approx(5.8))
    assert (row["reported_issues"], row["previous_issues_per_100_households"], row["hot_spot_count"]) == (40, 0, 1)


FILTERS = [
    {},
    {"districts": [tiny.WEST]},
    {"compound_types": ["old"]},
    {"districts": [tiny.EAST], "compound_types": ["residential"]},
    periods.parameters(date(2024, 11, 1), date(2024, 11, 1)),
    {"districts": [tiny.WEST], **periods.parameters(date(2024, 7, 1), date(2024, 9, 1))},
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_the_rates_of_this_page_are_those_of_the_overview(filters: dict, tiny_data) -> None:
    edition = editions.current(tiny.PLACE)
    chosen = questions.shared(edition, small_cell_limit=5, **issues.parameters(PROFILE)) | filters
    metrics = store.query("overview_metrics", **chosen)
    whole = metrics[metrics["level"] == "selection"].set_index("metric")
    rates = whole["value"]

    families = store.query("issues_families", **chosen)
    units = store.query("issues_units", **chosen)
    for rows in (families, units):
        assert rows["due_issues"].sum() == whole.loc["close_rate", "denominator"]
        for rate in ("close_rate", "ontime_close_rate"):
            assert (rows[rate] * rows["due_issues"]).sum() == pytest.approx(whole.loc[rate, "numerator"])
    assert families["reported_issues"].sum() == rates["reported_issues"]
    assert families["revisited_issues"].sum() == whole.loc["satisfaction_rate", "denominator"]
    satisfied = (families["satisfaction_rate"] * families["revisited_issues"]).sum()
    assert satisfied == whole.loc["satisfaction_rate", "numerator"]

    respond = store.query("issues_promises", **chosen).set_index("promise_code").loc["respond"]
    assert [respond["kept_issues"], respond["promised_issues"]] == whole.loc[
        "response_rate", ["numerator", "denominator"]
    ].tolist()
    levels = store.query("issues_levels", **chosen).groupby("resolved_level")["resolved_issues"].sum()
    assert [levels["compound"], levels.sum()] == whole.loc[
        "solved_at_compound_rate", ["numerator", "denominator"]
    ].tolist()

    by_district = metrics[metrics["level"] == "district"].set_index(["district_code", "metric"])["value"]
    for row in store.query("issues_districts", **chosen).to_dict("records"):
        own = rates if row["level"] == "selection" else by_district[row["district_code"]]
        three = [own[rate] for rate in ("response_rate", "resolution_rate", "satisfaction_rate")]
        assert [row["response_rate"], row["resolution_rate"], row["satisfaction_rate"]] == three
        assert row["combined_score"] == pytest.approx(100 * float(np.dot(three, list(WEIGHTS.values()))))


def test_what_is_overdue_is_what_fell_due_and_was_not_closed(tiny_data) -> None:
    """9 of the 59 issues due are open, all in the east; so is the backlog by unit, district and row."""
    chosen = questions.shared(editions.current(tiny.PLACE), **issues.parameters(PROFILE))
    part = {"owner_unit": "", "progress": "", "row_limit": 200, "row_offset": 0}
    assert len(store.query("issues_overdue", **chosen, **part)) == 9
    assert store.query("issues_units", **chosen)["overdue_issues"].sum() == 9
    districts = store.query("issues_districts", **chosen).set_index("district_code")["overdue_issues"]
    assert (districts[tiny.WEST], districts[tiny.EAST]) == (0, 9)


def test_a_level_of_zero_is_named_below_the_bands() -> None:
    rows = [
        {"family": "safety", "resolved_level": level, "resolved_issues": count}
        for level, count in (("compound", 0), ("community", 44), ("subdistrict", 12), ("department", 0))
    ]
    names = {"compound": "Compound", "community": "Community", "subdistrict": "Subdistrict", "department": "Department"}
    with text.speaking("en"):
        figure = drawn(charts.levels(rows, families={"safety": "Safety"}, names=names))
        silent = charts.levels([{**row, "resolved_issues": float("nan")} for row in rows], families={}, names=names)
    assert list(figure.data[0].node.label) == ["Safety 56", "Community 44", "Subdistrict 12"]
    assert figure.layout.annotations[0].text == "○ Compound, Department: 0 solved, reported as such"
    assert "Not reported" in drawn(silent).layout.annotations[0].text


def test_promises_are_judged_against_the_targets_of_the_profile() -> None:
    rows = pd.DataFrame(
        {"promise_code": ["respond", "reply", "resolve", "plan"], "kept_share": [0.85, 0.95, 0.5, float("nan")]}
    )
    judged = issues.with_targets(rows, PROFILE)
    assert list(judged["signal"]) == ["watch", "good", "trouble", "unknown"]
    assert judged["promise_target"].iloc[0] == PROFILE.targets["response_rate"]["target"]


def shown(view: str, language: str, **choices: str) -> list[str]:
    app = opened("issues", language, view=view, **choices)
    assert not troubles(app)
    return [*words(app), *cells(app)]


@pytest.mark.parametrize(("view", "language"), list(product(VIEWS, text.LANGUAGES)))
def test_every_part_of_the_page_opens_and_speaks_one_language(view: str, language: str, tiny_data) -> None:
    app = opened("issues", language, view=view, issue="C5-11-2")
    assert not troubles(app)
    if language == "en":
        foreign = {"中文", "语言"}
        assert not [w for w in [*words(app), *cells(app)] if set(re.findall(r"[\u3400-\u9fff]+", w)) - foreign]
    else:
        assert text._(issues.VIEWS[view]) in words(app)
        heads = [w for w in words(app) if re.fullmatch(r"[A-Z][a-z]+( [a-z]+)*", w)]
        assert not [w for w in heads if w not in ("Language", "English")]


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_shows_hostile_names_as_text_and_one_issue_alone(view: str, tmp_path_factory, monkeypatch) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    rows = places.with_names(tiny.tables(), places.HOSTILE)
    for issue, name in zip(rows["issues"], places.HOSTILE * 9, strict=False):
        issue |= {"owner_unit": name, "category": name, "subcategory": name}
    places.publish(folder, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder / "data"))
    app = opened("issues", "en", view=view, issue="C5-11-2")
    assert not troubles(app)
    for node in app.main:
        if node.type in ("markdown", "caption"):
            written = re.sub(r"\\.|&\w+;", "", node.proto.body)
            assert "](javascript:" not in written and ":red[红]" not in written
        elif node.type == "html":
            assert not [name for name in places.HOSTILE if "<" in name and name in node.proto.body]


def test_the_overdue_list_leads_to_one_issue_with_its_timeline(tiny_data) -> None:
    listed = shown("overdue", "en")
    assert "Rows 1 to 9 of 9, of which 0 returned. Tick a row for its timeline." in listed
    assert "Its timeline and promises" not in " ".join(listed)
    found = shown("overdue", "en", issue="C5-11-2")
    assert "**Its timeline and promises**" in " ".join(found)
    assert "Missed" in found and "Property firm" in found


def test_an_issue_of_another_district_is_not_there(tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    app = opened("issues", "en", view="overdue", issue="C5-11-2")
    assert not troubles(app)
    assert "There is no issue of this ID among those you may see." in [box.value for box in app.warning]
    assert "No issue is overdue in this selection." in [box.value for box in app.info]


def test_the_first_words_say_how_much_is_late_where_and_with_whom(tiny_data) -> None:
    """In the fourth quarter 5 more fell due and stayed open: 9 against 4 at the end of September."""
    sentence = next(word for word in shown("state", "en") if "overdue at the end" in word)
    assert sentence.startswith("**9 issues are overdue at the end of the period**, 5 more than one period before.")
    assert "Where: East District (9). With whom" in sentence
    assert "With whom: Property firm (9)." in sentence


def test_a_tick_belongs_to_its_rows_and_not_to_those_that_take_their_place() -> None:
    rows = pd.DataFrame({"issue_id": ["A", "B"]})
    other = pd.DataFrame({"issue_id": ["B", "A"]})
    assert issues.key_of("list", rows["issue_id"]) != issues.key_of("list", other["issue_id"])
    assert issues.key_of("list", rows["issue_id"]) == issues.key_of("list", rows["issue_id"].copy())
