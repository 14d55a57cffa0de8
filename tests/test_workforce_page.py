"""The workforce on the tiny place, whose nine posts, four moves and three trainings are counted by hand."""

from datetime import date

import pandas as pd
import pytest

from dashboard import charts, editions, profile, store, text, workforce
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles, words

THIRD_QUARTER = {"start_month": date(2024, 7, 1), "end_month": date(2024, 9, 1)}
PROFILE = profile.load(places.tiny.ROOT / "data" / "city-a" / "place.toml")


def asked(name: str, **own: object) -> list[dict]:
    chosen = questions.shared(editions.current(tiny.PLACE), **own)
    rows = store.query(f"workforce_{name}", **{"row_limit": 9, "small_cell_limit": 5, "roles": []} | chosen)
    return rows.astype(object).where(rows.notna(), None).to_dict("records")


def by_district(**own: object) -> dict[str | None, dict]:
    return {row["district_code"]: row for row in asked("districts", **own)}


def test_workers_of_all_kinds_are_held_against_the_micro_grids(tiny_data) -> None:
    rows = by_district()
    whole, west, east = rows[None], rows[tiny.WEST], rows[tiny.EAST]
    assert (whole["grid_workers"], whole["micro_grid_count"], whole["missing_workers"]) == (5, 6, 1)
    assert whole["workers_per_micro_grid"] == pytest.approx(5 / 6)
    assert (west["grid_workers"], west["micro_grid_count"], west["missing_workers"]) == (3, 4, 1)
    assert (east["grid_workers"], east["micro_grid_count"], east["missing_workers"]) == (2, 2, 0)


def test_a_kind_that_a_district_never_had_is_not_reported_and_one_it_lost_is_zero(tiny_data) -> None:
    rows = by_district()
    assert (rows[tiny.WEST]["part_time_workers"], rows[tiny.EAST]["part_time_workers"]) == (None, 1)
    assert (rows[tiny.EAST]["full_time_workers"], rows[None]["part_time_workers"]) == (None, 1)
    before = {"end_month": date(2022, 3, 1), "previous_end_month": date(2021, 12, 1)}
    assert by_district(**before)[tiny.EAST]["part_time_workers"] == 0


def test_a_post_counts_from_the_month_it_begins_and_no_longer_at_the_end_of_the_month_it_ends(tiny_data) -> None:
    west = by_district(**THIRD_QUARTER)[tiny.WEST]
    assert (west["full_time_workers"], west["auxiliary_workers"]) == (2, 2)  # GW1 GW8, GW3 GW6
    assert by_district()[tiny.WEST]["auxiliary_workers"] == 1  # GW6 left on 31 October
    assert by_district()[None]["worker_change"] == -1


def test_community_workers_stand_beside_the_grid_workers(tiny_data) -> None:
    west = by_district()[tiny.WEST]
    assert west["community_workers"] == 2
    assert west["grid_workers"] == west["full_time_workers"] + west["auxiliary_workers"]


def test_only_communities_with_fewer_workers_than_micro_grids_are_short(tiny_data) -> None:
    [short] = asked("communities")
    assert (short["grid_workers"], short["micro_grid_count"], short["missing_workers"]) == (1, 2, 1)
    assert by_district()[None]["short_communities"] == 1


def test_shares_of_posts_and_sources_have_the_kind_as_their_base(tiny_data) -> None:
    rows = asked("makeup")
    sources = {(row["worker_kind"], row["worker_source"]): row for row in rows if row["makeup_part"] == "source"}
    assert sources["auxiliary", None]["share_of_workers"] == 0.5
    assert sources["full_time", "辅助网格员转任"]["worker_count"] == 1
    roles = {
        (row["worker_kind"], row["worker_role"]): row["worker_count"] for row in rows if row["makeup_part"] == "role"
    }
    assert roles["community_worker", "驻小区社工"] == 2


def test_careers_are_counted_with_those_who_could_make_them(tiny_data) -> None:
    moves = {(row["worker_kind"], row["move_type"]): row for row in asked("moves")}
    transfer = moves["auxiliary", "auxiliary_to_full_time"]
    assert (transfer["move_count"], transfer["previous_moves"]) == (1, 0)
    assert transfer["move_rate"] == pytest.approx(1 / 3)  # GW3, GW5 and GW6 at the end of September
    assert moves["full_time", "full_time_to_community_worker"]["move_count"] == 1  # the kind before is not reported
    assert moves["auxiliary", "elected_to_committees"]["previous_moves"] == 1
    assert moves["community_worker", "township_leadership"]["last_year_moves"] == 1


def test_stationing_tells_hard_cases_from_demonstrations_and_follows_the_type(tiny_data) -> None:
    whole = asked("stations")[0]
    assert (whole["hard_compounds"], whole["hard_stationed"]) == (1, 1)  # C4
    assert (whole["demonstration_compounds"], whole["demonstration_stationed_rate"]) == (1, 1.0)  # C1
    assert whole["stationed_workers"] == 2
    [hard, _west] = asked("stations", compound_types=["transitional"])
    assert (hard["hard_compounds"], hard["demonstration_compounds"], hard["stationed_workers"]) == (1, 0, 1)
    earlier = asked("stations", **THIRD_QUARTER)[0]
    assert (earlier["demonstration_stationed"], earlier["hard_stationed"]) == (0, 1)


def test_without_a_worker_that_names_a_compound_stationing_is_not_reported(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    for row in rows["grid_workers"]:
        row["stationed_compound_id"] = None
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    whole = asked("stations")[0]
    assert (whole["hard_compounds"], whole["hard_stationed"], whole["stationed_workers"]) == (1, None, None)


def test_trainings_sum_person_times_that_are_reported(tiny_data) -> None:
    found = {row["training_kind"]: row for row in asked("trainings")}
    base = found["实训基地跟训"]
    assert (base["training_count"], base["training_person_times"], base["uncounted_trainings"]) == (2, 30, 1)
    assert base["training_hours"] == 12.0
    assert (found["心理疏导"]["training_count"], found["心理疏导"]["previous_trainings"]) == (0, 1)


def test_the_network_has_centres_above_and_workers_below(tiny_data) -> None:
    levels = {row["network_level"]: row for row in asked("network")}
    assert list(levels) == ["district", "subdistrict", "community", "grid", "micro_grid"]
    assert (levels["community"]["level_units"], levels["community"]["centre_count"]) == (3, 2)
    assert levels["grid"]["centre_count"] is None
    assert (levels["grid"]["placed_workers"], levels["micro_grid"]["placed_workers"]) == (1, 4)  # GW1; GW2-GW5


def test_a_role_without_a_team_is_zero_and_other_roles_of_teams_are_left_out(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    roles = ["网格员", "网格员", "巡逻员", "文化队"]
    rows["teams"] = [
        {"team_id": f"Y{n}", "kind": "compound_service", "colour": None, "role": role}
        | {"community_code": tiny.COMMUNITIES[0], "compound_id": "C1", "headcount": None if n == 1 else 4}
        for n, role in enumerate(roles, start=1)
    ]
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    found = {row["compound_role"]: row for row in asked("team_roles", roles=["网格员", "说事员", "巡逻员"])}
    assert {role: row["role_teams"] for role, row in found.items()} == {"网格员": 2, "说事员": 0, "巡逻员": 1}
    assert (found["网格员"]["teamed_compounds"], found["网格员"]["role_headcount"]) == (1, 4)


def test_the_finding_names_districts_that_are_short_and_kinds_not_reported(tiny_data) -> None:
    counts = pd.DataFrame(asked("districts", language="en"))
    with text.speaking("en"):
        whole, districts = workforce.parted(counts, PROFILE)
        said = workforce.finding(whole, districts)
    assert said.startswith("**Fewer grid workers than micro-grids:** 5 of all kinds, 6 micro-grids, 1 short.")
    assert "Short in 1 of 2 districts, most of all West District 0.75." in said
    assert "Part-time workers are on record in 1 of 2 districts" in said
    assert "Auxiliary workers" not in said
    with text.speaking("en"):
        said = workforce.finding(whole, [{**row, "part_time_workers": None} for row in districts])
    assert "Part-time workers are not reported." in said
    assert [row["signal"] for row in districts] == ["trouble", "good"]


def test_enough_workers_are_no_finding(tiny_data) -> None:
    counts = pd.DataFrame(asked("districts", language="en", districts=[tiny.EAST]))
    with text.speaking("en"):
        whole, districts = workforce.parted(counts, PROFILE)
        assert not workforce.is_short(whole)
        assert workforce.finding(whole, districts).startswith("2 grid workers of all kinds for 2 micro-grids")


def test_a_bar_of_a_district_adds_up_to_its_workers_per_micro_grid(tiny_data) -> None:
    _whole, districts = workforce.parted(pd.DataFrame(asked("districts")), PROFILE)
    with text.speaking("zh"):
        figure = drawn(charts.staffing(districts, kinds=workforce.kinds(), target=1.0))
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [sum(trace.x[at] for trace in bars) for at in (0, 1)] == pytest.approx([0.75, 1.0])


def test_a_bar_of_a_career_move_is_divided_by_the_kind_of_worker_before(tiny_data) -> None:
    names = {"auxiliary": "A", "full_time": "F", "community_worker": "C"}
    moves = {"auxiliary_to_full_time": "up", "full_time_to_community_worker": "on", "township_leadership": "top"}
    with text.speaking("en"):
        figure = drawn(charts.careers(asked("moves"), kinds=names, moves=moves))
    bars = {trace.name: list(trace.x) for trace in figure.data if trace.type == "bar"}
    assert bars == {"A": [1, 0, 0], "F": [0, 1, 0]}
    [before] = [trace for trace in figure.data if trace.name == "Year before"]
    assert list(before.x) == [0, 0, 1]


def test_a_career_move_of_an_unknown_kind_is_drawn_as_not_reported() -> None:
    row = {"worker_kind": None, "move_type": "public_post", "move_count": 2, "last_year_moves": 0}
    with text.speaking("en"):
        figure = drawn(charts.careers([row], kinds={"auxiliary": "A"}, moves={"public_post": "post"}))
    assert {trace.name: list(trace.x) for trace in figure.data if trace.type == "bar"} == {"Not reported": [2]}


def test_the_page_says_that_workers_are_fewer_than_micro_grids(tiny_data) -> None:
    app = opened("workforce", "en")
    assert not troubles(app)
    shown = {metric.label.split("] ")[-1]: metric.value for metric in app.metric}
    assert (shown["Grid workers"], shown["Grid workers per micro-grid"], shown["Short of"]) == ("5", "0.83", "1")
    assert any("Fewer grid workers than micro-grids" in box.value for box in app.warning)


def test_roles_of_a_compound_are_shown_where_the_place_names_them(tmp_path, monkeypatch) -> None:
    tiny.write_place(tmp_path / "data")
    toml = tmp_path / "data" / tiny.PLACE / "place.toml"
    named = 'compound_roles = [{code = "巡逻员", zh = "巡逻员", en = "Patroller"}]\n'
    toml.write_text(named + toml.read_text(encoding="utf-8"), encoding="utf-8")
    places.publish(tmp_path, tiny.tables())
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    assert any("Roles of teams in compounds" in word for word in words(opened("workforce", "en")))


def test_without_named_roles_the_page_has_no_table_of_them(tiny_data) -> None:
    assert not any("Roles of teams in compounds" in word for word in words(opened("workforce", "en")))
