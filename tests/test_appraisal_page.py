"""Ranks of communities with their uncertainty, awards, programmes and inspections, worked out by hand."""

from datetime import date

import pandas as pd
import pytest

from dashboard import appraisals, charts, periods, store, text
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles

FIRST, SECOND, THIRD = tiny.COMMUNITIES
Q4 = date(2024, 10, 1)
SCORES = {FIRST: (90.0, 80.0, 70.0), SECOND: (80.0, 80.0, 80.0), THIRD: (60.0, 65.0, 70.0)}
APPRAISERS = (("service_quality", "superior"), ("satisfaction", "resident"), ("innovation", "superior"))


def appraisal(community: str, quarter: date, dimension: str, appraiser: str, score: float, people: int | None) -> dict:
    return {
        "subject_kind": "community", "subject_id": community, "quarter": quarter, "dimension": dimension,
        "appraiser_kind": appraiser, "direction": "top_down" if appraiser == "superior" else "bottom_up",
        "score": score, "respondents": people,
    }  # fmt: skip


def usual(quarter: date = Q4) -> list[dict]:
    """A quarter: superiors judge service and innovation, 98 residents satisfaction."""
    return [
        appraisal(community, quarter, dimension, appraiser, score, 98 if appraiser == "resident" else None)
        for community, scores in SCORES.items()
        for (dimension, appraiser), score in zip(APPRAISERS, scores, strict=True)
    ]


# Appraisals of other kinds, each in a quarter of its own, so that one edition holds them all. Two quarters come first:
# a course shows all that went before.
FIRST_QUARTER, TWO, FEW, UNCOUNTED, LACKING, RENAMED, BELOW = (date(*at, 1) for at in (
    (2022, 1), (2022, 4), (2022, 7), (2022, 10), (2023, 1), (2023, 4), (2023, 7),
))  # fmt: skip
OTHERS = [
    *(appraisal(THIRD, FIRST_QUARTER, dimension, appraiser, 90.0, 98) for dimension, appraiser in APPRAISERS),
    *usual(TWO),
    *(row | {"respondents": 3 if row["respondents"] else None} for row in usual(FEW)),
    *(row | {"respondents": None} for row in usual(UNCOUNTED)),
    *(row for row in usual(LACKING) if (row["subject_id"], row["dimension"]) != (FIRST, "innovation")),
    *(row | {"dimension": row["dimension"].replace("service_quality", "quality")} for row in usual(RENAMED)),
    *usual(BELOW),
    appraisal(FIRST, BELOW, "service_quality", "unit", 70.0, 8),
]


@pytest.fixture(scope="module")
def appraised(tmp_path_factory):
    folder = tmp_path_factory.mktemp("appraised")
    return folder / "data", places.publish(folder, tiny.tables() | {"appraisals": [*OTHERS, *usual()]})


@pytest.fixture
def asking(appraised, monkeypatch):
    """Ask of the appraisals of a quarter; the usual ones are those of the last."""
    data, edition = appraised
    monkeypatch.setenv("DASHBOARD_DATA", str(data))

    def of(quarter: date = Q4):
        own = periods.parameters(quarter, quarter.replace(month=quarter.month + 2))
        usually = questions.shared(edition, language="en", pass_score=70.0) | own
        return lambda name, **choices: store.query(name, **usually | choices)

    return of


def test_equal_totals_share_a_rank_and_the_next_is_third(asking) -> None:
    rows = asking()("appraisal_ranking")
    assert rows["community_name"].tolist() == ["Community 1", "Community 2", "Community 3"]
    assert rows["appraisal_total"].tolist() == [80, 80, 65]
    assert rows["community_rank"].tolist() == [1, 1, 3]


def test_an_interval_comes_from_the_number_of_residents_who_answered(asking) -> None:
    """Satisfaction 80 of 98 people: p = 79.4 / 100, variance 10,000 · 0.794 · 0.206 / 98 = 16.69; a third of the
    total, so 1.645 · √16.69 / 3 = 2.24. Third: p = 64.7 / 100, 23.30, 2.65."""
    rows = asking()("appraisal_ranking")
    assert rows["appraisal_low"].tolist() == pytest.approx([77.76, 77.76, 62.35], abs=0.01)
    assert rows["appraisal_high"].tolist() == pytest.approx([82.24, 82.24, 67.65], abs=0.01)


def test_intervals_that_overlap_leave_ranks_open(asking) -> None:
    rows = asking()("appraisal_ranking")
    assert rows[["best_rank", "last_rank"]].to_numpy().tolist() == [[1, 2], [1, 2], [3, 3]]
    assert asking(FEW)("appraisal_ranking")[["best_rank", "last_rank"]].to_numpy().tolist() == [[1, 3]] * 3


def test_without_a_number_of_respondents_there_is_a_rank_and_no_interval(asking) -> None:
    rows = asking(UNCOUNTED)("appraisal_ranking")
    assert rows["community_rank"].tolist() == [1, 1, 3]
    assert rows[["appraisal_low", "best_rank"]].isna().all(axis=None)
    with text.speaking("en"):
        assert "there is no interval" in appraisals.ranking_words(rows)


def test_a_community_that_lacks_a_dimension_has_no_rank(asking) -> None:
    rows = asking(LACKING)("appraisal_ranking")
    assert rows["community_name"].tolist() == ["Community 2", "Community 3", "Community 1"]
    assert rows["community_rank"].fillna(0).tolist() == [1, 2, 0]
    with text.speaking("en"):
        assert "1 communities lack a dimension" in appraisals.ranking_words(rows)


def test_a_district_keeps_the_rank_it_has_in_the_city(asking) -> None:
    assert asking()("appraisal_ranking", districts=[tiny.EAST])["community_rank"].tolist() == [3]


def test_a_period_is_the_mean_of_its_quarters(asking) -> None:
    """Community 3 had 90 in all three in the first quarter: (65 + 90) / 2."""
    found = asking(TWO)("appraisal_ranking", start_month=FIRST_QUARTER).set_index("community_name")
    assert found["appraisal_total"].to_dict() == {"Community 1": 80, "Community 2": 80, "Community 3": 77.5}


def test_quality_of_work_is_service_quality(asking) -> None:
    assert asking(RENAMED)("appraisal_ranking")["service_quality"].tolist() == [90, 80, 60]


def test_views_from_above_and_from_below_stand_side_by_side(asking) -> None:
    """Units give community 1 a 70 for service where its superior gave 90."""
    found = asking(BELOW)("appraisal_dimensions", districts=[tiny.WEST])
    own = appraisals.dimension_rows(found).set_index("appraisal_dimension").loc["service_quality"]
    assert own[["appraised_count", "appraisal_score"]].tolist() == [2, 80]
    assert own[["top_down_score", "bottom_up_score", "direction_gap"]].tolist() == [85, 70, -15]


def test_a_standard_is_missed_below_its_score_and_unknown_without_one(asking) -> None:
    """Community 3: 60 and 65 are below 70, its 70 is not."""
    ask = asking()
    assert ask("appraisal_ranking")["below_count"].tolist() == [0, 0, 2]
    assert ask("appraisal_dimensions").head(3)["below_standard_count"].tolist() == [1, 1, 0]
    assert ask("appraisal_dimensions", pass_score=None)["below_standard_count"].isna().all()
    districts = appraisals.by_district(ask("appraisal_dimensions"), ask("appraisal_ranking"))
    assert [row["below_standard_count"] for row in districts] == [0, 1]


def test_a_community_below_standard_stands_with_its_help(asking) -> None:
    """K3, the committee of community 3, is helped since October and past the limit of 8 November."""
    ask = asking()
    low = appraisals.below(ask("appraisal_ranking"), ask("appraisal_programmes"))
    assert low[["community_name", "help_state"]].to_numpy().tolist() == [["Community 3", "overdue"]]
    assert low["steps_share"].tolist() == [pytest.approx(1 / 3)]
    alone = appraisals.below(ask("appraisal_ranking"), ask("appraisal_programmes").head(0))
    with text.speaking("en"):
        assert appraisals.below_words(alone) == "Not helped: 1 of 1."


def test_weak_branches_stand_overdue_first_with_their_measures(asking) -> None:
    """B5 is past its limit with three of five measures; B2 was done on time in November."""
    weak = appraisals.of_kind(asking()("appraisal_programmes"), "weak_branch")
    shown = ["programme_subject", "progress_state", "steps_share", "programme_days_left"]
    assert weak[shown].fillna(0).to_numpy().tolist() == [
        ["Organisation B5", "overdue", 0.6, -53], ["Organisation B2", "done", 1.0, 0],
    ]  # fmt: skip


def test_a_programme_closed_before_the_period_is_gone(asking) -> None:
    rows = asking()("appraisal_programmes", start_month=date(2024, 12, 1))
    assert rows["programme_subject"].tolist() == ["Organisation B5", "Organisation K3"]


def test_a_programme_for_a_weak_branch_is_no_finding_of_the_fortress_index(asking) -> None:
    """Three findings of October, due in November: B1 closed in time; the programmes of B2 and B5 count nowhere."""
    rows = asking()("fortress_items", org_id="B5").set_index("item_code")
    assert rows.loc["E3", "item_state"] != "scored"


def test_awards_stand_beside_the_rank_of_the_year(asking) -> None:
    ask = asking()
    rows = appraisals.with_ranks(ask("appraisal_awards"), ask("appraisal_ranking"))
    assert rows[["awarded_name", "award_place", "community_rank"]].fillna(0).to_numpy().tolist() == [
        ["Community 1", 1, 1], ["Community 3", 2, 3], ["Community 2", 0, 1], ["Organisation B4", 0, 0],
    ]  # fmt: skip
    with text.speaking("en"):
        words = appraisals.award_words(rows)
    assert words == "4 awards, 220,000 yuan in all; an amount is that of one award. Without an amount: 1."


def test_an_inspection_without_findings_is_not_one_that_reports_none(asking) -> None:
    """Two-random: B1 without findings, community 2 with two and past its limit. Routine: one closed, one not reported."""
    rows = asking()("appraisal_inspections")
    counts = [
        "inspection_kind",
        "inspected_kind",
        "inspection_count",
        "finding_inspection_count",
        "inspection_overdue_count",
    ]
    assert rows[counts].to_numpy().tolist() == [
        ["two_random", "branch", 1, 0, 0], ["two_random", "community", 1, 1, 1], ["routine", "community", 2, 1, 0],
    ]  # fmt: skip
    assert rows["finding_share"].tolist() == [0, 1, 1]
    assert rows["inspection_ontime_rate"].fillna(-1).tolist() == [-1, 0, 1]


def test_the_figure_marks_what_is_below_the_standard_with_a_shape(asking) -> None:
    with text.speaking("en"):
        figure = drawn(charts.standings(asking()("appraisal_ranking"), pass_score=70.0))
    dots = next(trace for trace in figure.data if trace.mode == "markers")
    assert list(dots.marker.symbol) == ["circle", "circle", "square"]
    assert "<b>1</b>" in figure.data[-2].text[1] and "(1–2)" in figure.data[-2].text[1]
    assert figure.layout.annotations[0].text == "Standard 70"


def test_only_the_ends_of_a_long_ranking_are_drawn() -> None:
    rows = pd.DataFrame({"community_rank": range(1, 31)})
    assert appraisals.ends(rows)["community_rank"].tolist() == [*range(1, 11), *range(21, 31)]
    assert appraisals.ends(rows.head(13))["community_rank"].tolist() == [*range(1, 14)]


def test_a_line_per_dimension_shows_its_course(asking) -> None:
    words = {dimension: dimension.title() for dimension, _appraiser in APPRAISERS}
    with text.speaking("en"):
        figure = drawn(charts.dimension_course(asking(TWO)("appraisal_quarters"), words=words, pass_score=70.0))
    assert [trace.name for trace in figure.data] == ["Service_Quality", "Satisfaction", "Innovation"]
    assert list(figure.data[0].y) == [90, pytest.approx(76.67)]


def test_the_page_shows_scores_and_what_is_weak(asking) -> None:
    asking()
    app = opened("appraisal", "en")
    assert not troubles(app)
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown == {
        "Service quality": "76.7", "Residents' satisfaction": "75.0", "Innovation": "73.3",
        "Below standard": "0", "Weak branches": "1",
    }  # fmt: skip


def test_a_place_without_appraisals_still_shows_its_weak_branches(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    del rows["appraisals"], rows["awards"]
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    app = opened("appraisal", "en")
    assert not troubles(app)
    said = " ".join(box.value for box in app.info)
    assert "Appraisals" in said and "Awards" in said
    assert any("programme_subject" in frame.value for frame in app.dataframe)
