"""The two parts of the fortress page that are never official: other methods, and what the reader tries."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard import access, charts, editions, method_runs, store, text, what_if
from dashboard.scoring import methods
from tests import questions, tiny
from tests.opening import drawn, opened, troubles

WEIGHTS = "10_30_20_20_20"


@pytest.fixture
def asked(tiny_data) -> dict:
    return questions.shared(editions.current(tiny.PLACE), language="en")


def choice(asked: dict, code: str = "fortress-1", **other) -> what_if.Choice:
    """What a reader tries: the rules as they are, unless `other` says something else."""
    rules = method_runs.rule_sets(asked["place"], asked["edition"])
    base = next(version for version in rules.fortress if version.code == code)
    own = {
        "weights": tuple(each.points for each in base.dimensions),
        "cut_offs": tuple(star.minimum for star in base.stars[:-1]),
        "aggregation": base.aggregation,
    }
    return what_if.Choice(base, **own | other)


def results(asked: dict, *given, **other) -> pd.DataFrame:
    ranking, matrix = store.queries("fortress_ranking", "fortress_evidence_matrix", **asked)
    return what_if.results(choice(asked, *given, **other), matrix, ranking, ranking)


def total_in_loops(rows: pd.DataFrame, version) -> float:
    """Total of one branch from its evidence, item by item; every dimension has an item that counts."""
    found = {row["item_code"]: (row["numerator"], row["denominator"]) for row in rows.to_dict("records")}
    base = 0.0
    for dimension in version.dimensions:
        earned = possible = 0.0
        for item in version.items:
            numerator, denominator = found.get(item.code, (np.nan, np.nan))
            if item.dimension == dimension.code and denominator > 0 and numerator == numerator:
                share = min(1, max(0, (numerator / denominator - item.lo) / (item.hi - item.lo)))
                earned, possible = earned + item.points * share, possible + item.points
        assert possible, dimension.code
        base += dimension.points * earned / possible
    bonus = sum(min(each.cap, 10 * found[each.code][0] / found[each.code][1]) for each in version.bonus)
    cases = [found.get(each.code, (0, 0))[0] * each.points for each in version.deductions]
    return max(0, base + min(10, bonus) - min(20, sum(case for case in cases if case == case)))


def files(folder: Path) -> dict[Path, tuple[int, int]]:
    return {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in folder.rglob("*")}


def test_the_rules_as_they_are_give_the_official_standing(asked: dict) -> None:
    rows = results(asked)
    assert len(rows) >= 5
    assert (rows["what_if_total"] - rows["total"]).abs().max() <= 0.01
    assert rows["what_if_stars"].tolist() == rows["stars"].tolist()
    assert (rows["places_gained"].dropna() == 0).all() and rows["places_gained"].notna().any()
    assert what_if.movers(rows).empty


def with_quota(asked: dict, *shares: float) -> what_if.Choice:
    own = choice(asked)
    return replace(own, base=replace(own.base, quota=shares))


def test_a_quota_goes_by_the_ranks_of_the_whole_place_whatever_is_shown(asked: dict) -> None:
    everyone, matrix = store.queries("fortress_ranking", "fortress_evidence_matrix", **asked)
    tried = replace(with_quota(asked, 0.25), cut_offs=(0.0, 0.0, 0.0, 0.0))  # five stars by score for everybody
    whole = what_if.results(tried, matrix, everyone, everyone).set_index("org_id")
    part = everyone[everyone["rank"] != 1]
    shown = what_if.results(tried, matrix, part, everyone).set_index("org_id")
    assert len(shown) == len(whole) - 1
    pd.testing.assert_series_equal(shown["what_if_stars"], whole["what_if_stars"].loc[shown.index])
    assert (whole["what_if_stars"] == 5).sum() == 1, "a quarter of five ranked branches"
    assert (shown["what_if_stars"] != 5).all(), "the first of a part is not the first of the place"
    assert shown["what_if_rank"].min() == 1, "ranks are among those shown"


def test_a_reader_of_a_part_is_told_that_a_quota_cannot_be_applied(asked: dict, monkeypatch) -> None:
    rules = method_runs.rule_sets(asked["place"], asked["edition"])
    quotas = replace(rules, fortress=tuple(replace(each, quota=(0.25, 0.3)) for each in rules.fortress))
    monkeypatch.setattr(method_runs, "rule_sets", lambda place, edition: quotas)
    filtered = opened("fortress_index", "en", view="what_if", districts=["West District"], weights=WEIGHTS)
    assert not troubles(filtered)
    assert any("among all branches of the place, shown or not" in each.value for each in filtered.caption)
    assert filtered.dataframe[-1].value["what_if_stars"].notna().any()
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    limited = opened("fortress_index", "en", view="what_if", weights=WEIGHTS)
    assert not troubles(limited)
    assert "You see only a part of them" in limited.info[0].value
    assert limited.dataframe[-1].value["what_if_stars"].isna().all()
    assert limited.metric[0].value == text.NOT_REPORTED
    assert not troubles(opened("fortress_index", "zh", view="branch", branch="B2"))


def test_another_version_rescores_the_quarter_from_the_same_evidence(asked: dict) -> None:
    rows = results(asked, "fortress-2").set_index("org_id")
    matrix = store.query("fortress_evidence_matrix", **asked)
    second = choice(asked, "fortress-2").base
    expected = {code: total_in_loops(matrix[matrix["org_id"] == code], second) for code in ("B1", "B2", "B3")}
    assert {code: rows.loc[code, "what_if_total"] for code in expected} == pytest.approx(expected, abs=0.006)
    assert (rows.loc[list(expected), "what_if_total"] != rows.loc[list(expected), "total"]).any()


def test_stars_are_counted_before_and_after_and_movers_go_from_the_furthest_rise_to_the_furthest_fall() -> None:
    rows = pd.DataFrame(
        {
            "org_id": list("ABCDE"), "branch_name": list("ABCDE"), "shown_rank": [1.0, 2.0, 3.0, 4.0, None],
            "what_if_rank": [3.0, 2.0, 1.0, 4.0, None], "places_gained": [-2.0, 0.0, 2.0, 0.0, None],
            "stars": [5, 4, 4, 3, 0], "what_if_stars": [4.0, 4.0, 5.0, 2.0, 0.0],
        }
    )  # fmt: skip
    assert what_if.movers(rows)["org_id"].tolist() == ["C", "A"]
    counts = what_if.star_counts(rows)
    assert counts.values.tolist() == [
        ["official", 5, 1, 0.2], ["official", 4, 2, 0.4], ["official", 3, 1, 0.2], ["official", 0, 1, 0.2],
        ["what_if", 5, 1, 0.2], ["what_if", 4, 2, 0.4], ["what_if", 2, 1, 0.2], ["what_if", 0, 1, 0.2],
    ]  # fmt: skip
    with text.speaking("en"):
        changed, shift, _furthest = what_if.tiles(rows)
    assert (changed["value"], changed["note"]) == (3, "▲ 1 more, ▼ 2 fewer stars, of 5")
    assert (shift["value"], shift["note"]) == (1.0, "places; 2 branches keep their rank")


def test_the_mean_shifts_of_the_tiles_and_the_classes_are_those_of_the_methods(asked: dict) -> None:
    ranking, matrix = store.queries("fortress_ranking", "fortress_evidence_matrix", **asked)
    found = method_runs.run(choice(asked).base, matrix, ranking)
    assert found.spread["method_count"].sum() == methods.DRAWS
    assert set(found.factors["factor"]) == {*tiny_dimensions(asked), "aggregation", "normalisation"}
    assert found.movers["branch_shift"].is_monotonic_decreasing
    assert (found.movers["method_low"] <= found.movers["method_high"]).all()
    assert found.is_whole and found.movers["rank_low"].notna().all()
    mean = (found.spread["method_count"] * found.spread["shift_class"]).sum() / methods.DRAWS
    width = (found.spread["shift_class_end"] - found.spread["shift_class"]).iloc[0]
    assert mean <= found.movers["branch_shift"].mean() <= mean + width
    for figure in (
        charts.shift_spread(found.spread, words=method_words(asked)),
        charts.sensitivity(found.factors, words=method_words(asked)),
        charts.method_intervals(found.movers),
    ):
        assert drawn(figure).data


def tiny_dimensions(asked: dict) -> list[str]:
    return [each.code for each in choice(asked).base.dimensions]


def method_words(asked: dict) -> dict[str, str]:
    return method_runs.words(store.place_profile(asked["place"], asked["edition"]))


def test_a_part_of_the_branches_is_ranked_among_itself_without_the_interval_of_all(asked: dict) -> None:
    asked = {**asked, "districts": [tiny.WEST]}
    ranking, matrix = store.queries("fortress_ranking", "fortress_evidence_matrix", **asked)
    ranking = ranking[ranking["rank"] != 1]
    own = method_runs.ranked(ranking)
    assert own["shown_rank"].min() == 1 < own["rank"].min()
    found = method_runs.run(choice(asked).base, matrix, ranking)
    assert not found.is_whole and found.movers["rank_low"].isna().all()
    assert sorted(found.movers["shown_rank"]) == sorted(own["rank"].rank(method="min"))
    assert found.movers["branch_shift"].max() < len(own), "nobody moves further than the part is long"


def test_a_limited_reader_tries_methods_on_the_own_branches_alone(asked: dict, monkeypatch) -> None:
    everyone = set(store.query("fortress_evidence_matrix", **asked)["org_id"])
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    own = set(store.query("fortress_evidence_matrix", **asked)["org_id"])
    assert access.reader().districts == {tiny.WEST}
    assert own and own < everyone
    app = opened("fortress_index", "en", view="what_if", weights=WEIGHTS)
    assert not troubles(app)
    assert set(app.dataframe[-1].value["org_id"]) == own


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_copied_address_shows_the_same_choices_and_says_that_they_are_not_official(language: str, tiny_data) -> None:
    choices = {"weights": WEIGHTS, "cut_offs": "95_85_75_65", "aggregation": "geometric"}
    app = opened("fortress_index", language, view="what_if", rules="fortress-2", **choices)
    assert not troubles(app)
    assert [slider.value for slider in app.slider] == [10, 30, 20, 20, 20, 95, 85, 75, 65]
    assert app.session_state["what-if-rules"] == "fortress-2"
    assert app.session_state["what-if-aggregation"] == "geometric"
    assert {"zh": "非正式结果", "en": "Not official"}[language] in app.warning[0].value


@pytest.mark.parametrize("nonsense", ["a_b", "1_2", "-5_20_20_20_20", "nan_20_20_20_20", "20_20_20_20_999"])
def test_nonsense_in_the_address_is_read_as_the_rules_themselves(nonsense: str, tiny_data) -> None:
    choices = {"weights": nonsense, "cut_offs": nonsense, "aggregation": "magic", "rules": "none"}
    app = opened("fortress_index", "en", view="what_if", **choices)
    assert not troubles(app)
    assert [slider.value for slider in app.slider] == [20, 20, 20, 20, 20, 90, 80, 70, 60]
    assert app.metric[0].value == "0"


def test_what_the_reader_moves_goes_to_the_address_and_the_way_back_clears_it(tiny_data) -> None:
    app = opened("fortress_index", view="what_if")
    app.slider(key="what-if-weights-1").set_value(35.0).run()
    assert not troubles(app)
    assert app.query_params["weights"] == "20_35_20_20_20"
    app.slider(key="what-if-cut_offs-0").set_value(100.0).run()
    assert app.query_params["cut_offs"] == "100_80_70_60"
    app.button(key="what-if-reset").click().run()
    assert not {"weights", "cut_offs"} & set(app.query_params)
    assert app.slider(key="what-if-weights-1").value == 20


def test_another_version_begins_with_its_own_weights(tiny_data) -> None:
    app = opened("fortress_index", view="what_if", weights=WEIGHTS)
    app.selectbox(key="what-if-rules").set_value("fortress-2").run()
    assert not troubles(app)
    assert app.query_params["rules"] == "fortress-2" and "weights" not in app.query_params
    assert [slider.value for slider in app.slider][:5] == [20, 25, 20, 20, 15]


def test_weights_of_nothing_ask_for_one(tiny_data) -> None:
    app = opened("fortress_index", "en", view="what_if", weights="0_0_0_0_0")
    assert not troubles(app)
    assert app.info[0].value == "Give at least one dimension a weight." and not app.metric


def test_methods_are_tried_when_asked_and_nothing_of_it_is_kept(tiny_data, asked: dict) -> None:
    before, official = files(tiny_data), store.query("fortress_ranking", **asked)
    app = opened("fortress_index", view="method")
    assert not app.metric
    app.button(key="compute-method").click().run()
    assert not troubles(app)
    assert len(app.metric) == 3 and "非正式结果" in app.warning[0].value
    app.run()
    assert len(app.metric) == 3  # still there
    opened("fortress_index", view="what_if", rules="fortress-2", weights=WEIGHTS)
    assert files(tiny_data) == before
    pd.testing.assert_frame_equal(store.query("fortress_ranking", **asked), official)
    assert not opened("fortress_index", view="method").metric  # another reader sees nothing of it


def test_too_few_branches_have_no_order_to_try(tiny_data, monkeypatch) -> None:
    monkeypatch.setattr(method_runs, "FEWEST", 99)
    app = opened("fortress_index", "en", view="method")
    assert app.info[0].value == "Fewer than three ranked branches: there is no order to try."
    assert not app.button
