"""The map: what a unit's value is, and what its addresses answer to whom."""

import gzip
import json
import math
import struct
import time
from datetime import date
from urllib.parse import quote, urlencode

import duckdb
import pytest
from hypothesis import given, strategies
from hypothesis import settings as examples
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from dashboard import editions, map_routes, map_tokens, map_values, maps, store
from tests import places, questions, tiny

LEVELS = list(maps.LEVELS)
C1, C3 = tiny.micro_grid("C1"), tiny.micro_grid("C3")


def chosen(**own: object) -> dict:
    """Parameters of `map_values` for the tiny place, October to December 2024."""
    usual = {"level": "district", "unit": "", "metric": "ontime_close_rate", "area": []}
    return questions.shared(editions.current(tiny.PLACE), **usual | own)


def values(**own: object) -> dict[str, float]:
    """Unit code -> value; 7 decimals are enough to tell two fractions apart."""
    rows = map_values.rows(chosen(**own))
    return dict(zip(rows["unit_code"], rows["value"].round(7), strict=True))


def get(path: str, headers: dict[str, str] | None = None, **parameters: str | None) -> Response:
    """Answer to an address of the map; token, place and edition are good ones of the tiny place unless given."""
    edition = editions.current(tiny.PLACE)
    given = {"place": tiny.PLACE, "edition": edition, "token": map_tokens.issue(tiny.PLACE, edition)} | parameters
    query = urlencode({name: value for name, value in given.items() if value is not None})
    return answer(path, query.encode(), headers)


def answer(path: str, query: bytes, headers: dict[str, str] | None = None) -> Response:
    """What the server answers to a path and the part after the question mark."""
    sent = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "query_string": query, "headers": sent}
    for route in map_routes.ROUTES:
        match, found = route.matches(scope)
        if match is Match.FULL:
            return route.endpoint(Request(scope | found))
    return Response(status_code=404)


def unpacked(body: bytes) -> tuple[dict, bytes]:
    """Header and numbers of a packed answer."""
    length = int.from_bytes(body[:4], "little")
    return json.loads(body[4 : 4 + length]), body[4 + length :]


def rings(body: bytes) -> dict[str, list[list[tuple[float, float]]]]:
    """Rings of every unit in a tile, in degrees, read number by number."""
    header, rest = unpacked(body)
    counts = struct.unpack_from(f"<{header['ringed']}H", rest)
    at = 2 * header["ringed"]
    sizes = struct.unpack_from(f"<{header['rings']}i", rest, at)
    at += 4 * header["rings"]
    axes = []
    for _axis in "xy":
        total, axis, corners = 0, [], header["corners"]
        for corner in range(corners):
            folded = sum(rest[at + corner + plane * corners] << 8 * plane for plane in range(4))
            total += folded // 2 if folded % 2 == 0 else -(folded + 1) // 2
            axis.append(total * header["step"])
        at += 4 * corners
        axes.append(axis)
    points, ring, found = iter(zip(*axes, strict=True)), iter(sizes), {}
    for code, count in zip(header["codes"], counts, strict=False):
        found[code] = [[next(points) for _corner in range(abs(next(ring)))] for _ring in range(count)]
    assert next(points, None) is None and next(ring, None) is None
    return found


def valued(body: bytes) -> tuple[list[float], list[int], list]:
    """Values, states and names of the units in a tile."""
    header, rest = unpacked(body)
    count = header["units"]
    return list(struct.unpack_from(f"<{count}d", rest)), list(rest[8 * count :]), header.get("names")


def tile(longitude: float, latitude: float, zoom: int) -> str:
    """Address of the tile that a position lies in."""
    x = int((longitude + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * 2**zoom)
    return f"{zoom}/{x}/{y}"


WHOLE = tile(110.2, 30.1, 6)


QUARTER = {"metric": "ontime_close_rate", "start": "2024-10", "end": "2024-12"}


# West: four compounds with six issues due and three on time. East: C5 the same, C6 one less for a void one.
@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, {tiny.WEST: 12 / 24, tiny.EAST: 6 / 11}),
        ({"metric": "close_rate"}, {tiny.WEST: 24 / 24, tiny.EAST: 6 / 11}),
        ({"metric": "reported_issues"}, {tiny.WEST: 24, tiny.EAST: 12}),
        ({"metric": "issues_per_100_households"}, {tiny.WEST: 24 / 7.5 / 3, tiny.EAST: 12 / 6.5 / 3}),
        ({"metric": "organisation_coverage"}, {tiny.WEST: 1, tiny.EAST: 1 / 2}),
        ({"metric": "property_coverage"}, {tiny.WEST: 3 / 4, tiny.EAST: 1}),
        ({"metric": "owners_body_rate_eligible"}, {tiny.WEST: 1, tiny.EAST: 0}),
        ({"metric": "owners_body_rate_all"}, {tiny.WEST: 3 / 4, tiny.EAST: 0}),
        ({"districts": [tiny.EAST]}, {tiny.EAST: 6 / 11}),
        ({"compound_types": ["residential"]}, {tiny.WEST: 3 / 6, tiny.EAST: 3 / 5}),
        ({"level": "community", "unit": tiny.WEST}, dict.fromkeys(tiny.COMMUNITIES[:2], 1 / 2)),
        ({"level": "compound", "unit": tiny.EAST}, {"C5": 3 / 6, "C6": 3 / 5}),
        ({"level": "compound", "compound_types": ["old"]}, {"C2": 1 / 2, "C3": 1 / 2}),
        ({"level": "grid", "unit": tiny.EAST, "metric": "close_rate"}, {tiny.grid(2): 6 / 11}),
        ({"level": "micro_grid", "unit": tiny.grid(2)}, {tiny.micro_grid("C5"): 3 / 6, tiny.micro_grid("C6"): 3 / 5}),
        ({"level": "micro_grid", "unit": "C3"}, {C3: 1 / 2}),
        ({"level": "grid", "unit": "C3"}, {tiny.grid(1): 1 / 2}),
        ({"level": "micro_grid", "compound_types": ["transitional"]}, {tiny.micro_grid("C4"): 1 / 2}),
        ({"level": "micro_grid", "unit": "C1", "metric": "issues_per_100_households"}, {C1: 6 / 1 / 3}),
        ({"level": "micro_grid", "unit": "C1", "metric": "reported_issues", "start_month": date(2024, 1, 1)}, {C1: 10}),
        ({"unit": "nowhere"}, {}),
    ],
)
def test_a_unit_has_the_value_worked_out_by_hand(own, expected, tiny_data) -> None:
    assert values(**own) == {code: pytest.approx(value, abs=1e-6) for code, value in expected.items()}


def test_the_index_of_a_region_is_the_mean_of_its_branches(tiny_data) -> None:
    branches = store.query("map_values", **chosen(metric="fortress_index", level="community"))
    districts = values(metric="fortress_index")
    west = branches[branches["unit_code"].str.startswith(tiny.WEST[:6])]
    assert districts[tiny.WEST] == pytest.approx(west["numerator"].sum() / west["denominator"].sum(), abs=1e-6)
    assert list(branches["denominator"]) == [2, 1, 2]


def states(tmp_path_factory, spoil) -> dict[tuple[str, str], str]:
    """(level, metric) of the first compound, its community or micro-grid -> state, in a place with spoilt rows."""
    rows = tiny.tables()
    spoil(rows)
    folder = tmp_path_factory.mktemp("spoilt")
    edition = places.publish(folder, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder / "data"))
        found = {}
        for level, code in (("community", tiny.COMMUNITIES[0]), ("compound", "C1"), ("micro_grid", C1)):
            for metric in maps.headlines(level):
                answer = map_values.rows(chosen(level=level, metric=metric) | {"edition": edition})
                found[level, metric] = answer.set_index("unit_code").loc[code, "state"]
    return found


def test_nothing_reported_and_nothing_to_count_are_two_states(tmp_path_factory) -> None:
    def spoil(rows: dict) -> None:
        first = next(row for row in rows["compounds"] if row["compound_id"] == "C1")
        first.update(property_mode=None, owners_body=None)
        next(row for row in rows["compounds"] if row["compound_id"] == "C2").update(is_owners_body_eligible=False)
        next(row for row in rows["grids"] if row["grid_code"] == C1).update(households=None)
        rows["issues"] = [issue for issue in rows["issues"] if issue["compound_id"] != "C1"]

    found = states(tmp_path_factory, spoil)
    assert found["compound", "property_coverage"] == "not_reported"
    assert found["compound", "owners_body_rate_all"] == "not_reported"
    assert found["compound", "ontime_close_rate"] == "not_applicable"  # nothing was due
    assert found["compound", "reported_issues"] == "reported"  # a reported zero
    assert found["micro_grid", "satisfaction_rate"] == "not_applicable"
    assert found["micro_grid", "reported_issues"] == "reported"
    assert found["micro_grid", "issues_per_100_households"] == "not_reported"  # households unknown
    assert found["community", "property_coverage"] == "reported"  # the other compound is on record
    assert found["community", "owners_body_rate_eligible"] == "not_reported"  # C1 is eligible but unknown


def test_where_no_issue_names_a_grid_the_grids_are_not_reported(tmp_path_factory) -> None:
    def spoil(rows: dict) -> None:
        for issue in rows["issues"]:
            issue["grid_code"] = None

    found = states(tmp_path_factory, spoil)
    assert {found["micro_grid", metric] for metric in maps.headlines("micro_grid")} == {"not_reported"}
    assert found["compound", "ontime_close_rate"] == "reported"


def test_the_reader_stands_in_the_unit_with_all_units_around_it(tiny_data) -> None:
    steps = store.query("map_position", **chosen(unit=C3, language="en"))
    assert list(steps["level"]) == ["", "district", "subdistrict", "community", "grid", "micro_grid"]
    assert list(steps["unit_name"][1:4]) == ["West District", "West Street", "Community 2"]
    assert tuple(steps.iloc[-1][["min_longitude", "min_latitude", "max_longitude", "max_latitude"]]) == (110.1, 30, 110.2, 30.1)
    assert list(store.query("map_position", **chosen(unit="nowhere"))["level"]) == [""]


@pytest.mark.parametrize(
    ("unit", "counts"),
    [
        ("", {"district": 2, "subdistrict": 2, "community": 3, "compound": 6, "grid": 3, "micro_grid": 6}),
        (tiny.COMMUNITIES[0], {"compound": 2, "grid": 1, "micro_grid": 2}),
        ("C1", {"grid": 1, "micro_grid": 1}),
        (tiny.grid(0), {"micro_grid": 2}),
        (C1, {}),
    ],
)
def test_only_levels_inside_the_unit_are_offered(unit, counts, tiny_data) -> None:
    rows = store.query("map_levels", **chosen(unit=unit))
    assert dict(zip(rows["level"], rows["unit_count"], strict=True)) == counts


def test_a_grid_that_a_compound_meets_itself_and_in_its_micro_grid_counts_once() -> None:
    grid = "9" * 15
    with duckdb.connect() as city:
        store.create_macros(city)
        city.execute("create table map_shapes (level varchar, code varchar, parent_code varchar)")
        for column in ("district_code varchar", "subdistrict_code varchar", "community_code varchar", "from_zoom tinyint"):
            city.execute(f"alter table map_shapes add column {column}")
        units = [("grid", grid, None), ("micro_grid", f"{grid}01", grid), ("micro_grid", f"{grid}02", grid)]
        city.executemany("insert into map_shapes (level, code, parent_code) values (?, ?, ?)", units)
        city.execute("create table compound_grids (compound_id varchar, grid_code varchar)")
        city.executemany("insert into compound_grids values ('C', ?)", [(grid,), (f"{grid}01",)])
        found = city.execute(store.describe("map_levels").text, {"unit": "C", "districts": []}).fetchall()
    assert [(level, count) for level, count, _zoom in found] == [("grid", 1), ("micro_grid", 1)]


def test_a_tile_has_every_unit_that_touches_it_with_its_boundary(tiny_data) -> None:
    found = rings(get(f"/map/tiles/district/{WHOLE}").body)
    assert list(found) == [tiny.WEST, tiny.EAST]
    step = 360 / (512 * 8 * 2**6)
    (west,) = found[tiny.WEST]
    assert {(round(x, 1), round(y, 1)) for x, y in west} == {(110.0, 30.0), (110.2, 30.0), (110.2, 30.2), (110.0, 30.2)}
    assert all(abs(x - round(x, 1)) <= step and abs(y - round(y, 1)) <= step for x, y in west)
    near = tile(110.02, 30.05, 15)
    assert list(rings(get(f"/map/tiles/district/{near}").body)) == [tiny.WEST]
    assert list(rings(get(f"/map/tiles/micro_grid/{near}").body)) == [C1]
    assert rings(get(f"/map/tiles/micro_grid/{tile(0, 0, 6)}").body) == {}


def test_a_compound_is_a_point_too_and_one_without_a_boundary_is_nothing_else(tmp_path_factory) -> None:
    rows = tiny.tables()
    next(row for row in rows["compounds"] if row["compound_id"] == "C1")["geometry"] = None
    folder = tmp_path_factory.mktemp("pointed")
    edition = places.publish(folder, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder / "data"))
        token = map_tokens.issue(tiny.PLACE, edition)
        body = get(f"/map/tiles/compound/{WHOLE}", edition=edition, token=token).body
        values = get(f"/map/values/compound/{WHOLE}", edition=edition, token=token, **QUARTER)
    header, _rest = unpacked(body)
    assert header["codes"] == ["C2", "C3", "C4", "C5", "C6", "C1"] and header["ringed"] == 5
    assert set(header["points"]) == set(header["codes"])
    assert valued(values.body)[0][-1] == pytest.approx(1 / 2)


def test_values_come_in_the_order_of_the_tile_and_filtered_units_as_absent(tiny_data) -> None:
    values, states, names = valued(get(f"/map/values/district/{WHOLE}", language="en", **QUARTER).body)
    assert (values, states) == ([pytest.approx(12 / 24), pytest.approx(6 / 11)], [0, 0])
    assert [name for name, *_place in names] == ["West District", "East District"]
    values, states, _names = valued(get(f"/map/values/district/{WHOLE}", districts=tiny.EAST, **QUARTER).body)
    assert states == [maps.tiles.STATES["absent"], 0] and math.isnan(values[0])
    compounds = valued(get(f"/map/values/compound/{WHOLE}", compound_types="old", **QUARTER).body)
    assert [state == 0 for state in compounds[1]] == [False, True, True, False, False, False]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("whole", [0, 100_000])
def test_values_of_a_tile_are_those_of_the_page(level, whole, tiny_data, monkeypatch) -> None:
    """In a city of a million grids a tile's values are worked out by themselves: they must not differ."""
    monkeypatch.setattr(maps, "WHOLE", whole)
    map_routes._built.cache_clear()
    others = [metric for metric in ("order_rating", "tasks_per_community") if metric in maps.metrics(level)]
    for metric in [*maps.headlines(level), *others]:
        page = map_values.rows(chosen(level=level, metric=metric)).set_index("unit_code")
        asked = QUARTER | {"metric": metric}
        seen = set()
        for place in (tile(110.05, 30.1, 11), tile(110.15, 30.1, 11), tile(110.3, 30.1, 11)):
            codes = unpacked(get(f"/map/tiles/{level}/{place}").body)[0]["codes"]
            values, states, _names = valued(get(f"/map/values/{level}/{place}", **asked).body)
            for code, value, state in zip(codes, values, states, strict=True):
                row = page.loc[code]
                assert state == maps.tiles.STATES[row["state"]], (metric, code)
                assert value == row["value"] or (math.isnan(value) and row["value"] != row["value"])
            seen |= set(codes)
        assert seen


def test_a_change_within_its_error_is_marked(tiny_data) -> None:
    asked = QUARTER | {"before_start": "2024-07", "before_end": "2024-09"}
    values, states, _names = valued(get(f"/map/values/district/{WHOLE}", **asked).body)
    now = store.query("map_values", **chosen())
    before = store.query("map_values", **chosen() | {"start_month": date(2024, 7, 1), "end_month": date(2024, 9, 1)})
    changed = maps.changed(now, before, "ontime_close_rate")
    assert values == pytest.approx(list(now["value"] - before["value"]), nan_ok=True)
    hatched = maps.tiles.STATES["hatched"]
    assert [state == hatched for state in states] == [
        bool(row.state == "reported" and not row.is_beyond_error) for row in changed.itertuples()
    ]


def test_one_unit_in_words(tiny_data) -> None:
    found = json.loads(get("/map/unit/micro_grid", code=C1, at="110.05,30.1", language="en", **QUARTER).body)
    assert found["lines"] == ["50.0%", "n = 6"]
    assert get("/map/unit/micro_grid", code="nowhere", at="110.05,30.1", **QUARTER).status_code == 404
    for at in ("", "110", "x,y", "nan,30", "inf,30", "1,2,3"):
        assert get("/map/unit/micro_grid", code=C1, at=at, **QUARTER).status_code == 400


def test_the_fit_of_compounds_is_a_map_of_its_own(tiny_data) -> None:
    asked = QUARTER | {"metric": maps.FIT}
    values, states, _names = valued(get(f"/map/values/compound/{WHOLE}", **asked).body)
    rows = store.query("map_fits", **chosen())
    assert values == pytest.approx(list(maps.fits("light").classes(rows).astype(float)), nan_ok=True) or any(map(math.isnan, values))
    assert len(states) == len(rows) == 6
    assert get(f"/map/values/community/{WHOLE}", **asked).status_code == 400


def test_search_finds_names_and_codes_and_the_best_first(tiny_data) -> None:
    def found(words: str, **more: str) -> list[str]:
        return [hit["code"] for hit in json.loads(get("/map/search", words=words, **more).body)]

    assert found("西区")[0] == tiny.WEST
    assert found("west district", language="en")[0] == tiny.WEST
    assert found(C1[:12])[0] == C1[:12] and C1 in found(C1)
    assert found("%") == found("nowhere at all") == []
    assert tiny.WEST not in found("99", districts=tiny.EAST)
    assert len(found("99")) <= 12
    for words in ("", " ", "x" * 41):
        assert get("/map/search", words=words).status_code == 400


def test_venues_stand_at_their_compound_or_community(tiny_data) -> None:
    found = json.loads(get("/map/points", kinds="micro_station", end="2024-12", language="en").body)
    assert found and all(kind == "micro_station" for _x, _y, kind, _count, _words in found)
    assert get("/map/points", kinds="castle", end="2024-12").status_code == 400
    assert get("/map/points", end="2024-12").status_code == 400


def test_density_counts_every_issue_once(tiny_data) -> None:
    header, rest = unpacked(get("/map/density", start="2024-10", end="2024-12").body)
    counts = struct.unpack(f"<{header['places']}f", rest[8 * header["places"] :])
    assert sum(counts) == values(metric="reported_issues")[tiny.WEST] + values(metric="reported_issues")[tiny.EAST]


ADDRESSES = {
    f"/map/tiles/district/{WHOLE}": {},
    f"/map/values/district/{WHOLE}": QUARTER,
    "/map/unit/district": QUARTER | {"code": tiny.WEST, "at": "110.1,30.1"},
    "/map/outlines.geojson": {},
    "/map/search": {"words": "99"},
    "/map/points": {"kinds": "canteen", "end": "2024-12"},
    "/map/density": {"start": "2024-10", "end": "2024-12"},
}


def tampered(token: str) -> list[str]:
    """Tokens that nobody issued."""
    payload, stamp, signature = token.split(".")
    return ["", "x", token[:-1], token + "x", f"{payload}.{stamp}.", f"{payload}x.{stamp}.{signature}", "é", "a.b.c"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_a_good_token_nothing_is_shown(path, tiny_data, monkeypatch) -> None:
    asked = ADDRESSES[path]
    edition = editions.current(tiny.PLACE)
    good = map_tokens.issue(tiny.PLACE, edition)
    assert get(path, **asked).status_code == 200
    for token in [None, *tampered(good), map_tokens.issue("city-a", edition), map_tokens.issue(tiny.PLACE, "2023-12-31-00000000")]:
        assert get(path, token=token, **asked).status_code == 403
    later = time.time() + map_tokens.VALID_SECONDS + 1
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: later)
        assert get(path, token=good, **asked).status_code == 403
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    assert get(path, token=good, **asked).status_code == 403, "a token for the whole is none for a part"
    limited = map_tokens.issue(tiny.PLACE, edition)
    monkeypatch.delenv("DASHBOARD_DISTRICTS")
    assert get(path, token=limited, **asked).status_code == 403
    monkeypatch.setenv("DASHBOARD_SECRET", "another server's")
    assert get(path, token=good, **asked).status_code == 403


def test_a_token_stays_the_same_for_a_while(tiny_data) -> None:
    edition = editions.current(tiny.PLACE)
    assert map_tokens.issue(tiny.PLACE, edition) == map_tokens.issue(tiny.PLACE, edition)


@pytest.mark.parametrize("level", LEVELS)
def test_no_address_shows_a_limited_reader_another_district(level, tiny_data, monkeypatch) -> None:
    everything = rings(get(f"/map/tiles/{level}/{WHOLE}").body)
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    own = rings(get(f"/map/tiles/{level}/{WHOLE}").body)
    assert own and len(own) < len(everything)
    assert not [code for code in own if places.is_of_the_east(code)]
    names = valued(get(f"/map/values/{level}/{WHOLE}", language="en", **QUARTER).body)[2] or []
    assert not [name for name, *_place in names if "East" in name]
    assert get("/map/unit/district", code=tiny.EAST, at="110.3,30.1", **QUARTER).status_code == 404
    assert tiny.EAST.encode() not in get("/map/outlines.geojson").body
    assert get("/map/outlines.geojson").body.count(b'"geometry"') == 1
    assert get("/map/outlines.geojson", parent=tiny.EAST).status_code == 404
    assert json.loads(get("/map/search", words=tiny.EAST[:6]).body) == []
    assert not [x for x, *_rest in json.loads(get("/map/points", kinds="micro_station", end="2024-12").body) if x > 110.2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"metric": "fortress_index"}, {"metric": "../x"}, {"metric": None}, {"start": "2024-13"}, {"start": "October"},
        {"end": None}, {"start": "2025-01"}, {"start": "0000-01"}, {"start": "0001-01"}, {"start": "٢٠٢٤-01"},
        {"districts": "990101"}, {"districts": "' or true --"}, {"compound_types": "castle"}, {"language": "fr"},
        {"before_start": "2024-13", "before_end": "2024-12"}, {"before_start": "2024-01"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_parameter_is_answered_with_a_sentence(wrong, tiny_data) -> None:
    response = get(f"/map/values/grid/{WHOLE}", **QUARTER | wrong)
    assert response.status_code == 400
    assert response.body.decode().endswith(("。", "."))


@pytest.mark.parametrize(
    "path",
    [
        "continent/6/0/0", "grid/-1/0/0", "grid/21/0/0", "grid/6/64/0", "grid/6/0/64", "grid/6/-1/0", "grid/x/0/0",
        "grid/6/1.5/0", f"grid/{'9' * 5000}/0/0", f"grid/6/{'9' * 5000}/0", "grid/6/٣/0", "grid/6/0", "grid/6/0/0/0",
    ],
    ids=lambda path: path[:20],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["tiles", "values"])
def test_a_tile_that_cannot_be_is_not_found(kind, path, tiny_data) -> None:
    assert get(f"/map/{kind}/{path}", **QUARTER).status_code == 404


@pytest.mark.parametrize("parent", ["nowhere", "x" * 5000, "' or 1=1 --", "\0", C1 + "0"], ids=lambda each: each[:30])
def test_a_unit_that_is_not_there_is_not_found(parent, tiny_data) -> None:
    assert get("/map/outlines.geojson", parent=parent).status_code == 404


@examples(max_examples=300, deadline=None)
@given(
    path=strategies.sampled_from(["tiles", "values", "unit", "outlines.geojson", "search", "points", "density", "picture.svg"]),
    rest=strategies.lists(strategies.one_of(strategies.text(max_size=8), strategies.integers().map(str), strategies.sampled_from(LEVELS)), max_size=5),
    query=strategies.dictionaries(
        strategies.sampled_from([*QUARTER, "place", "edition", "token", "language", "districts", "compound_types", "parent", "code", "at", "words", "kinds", "bounds", "level", "method", "before_start", "before_end"]),
        strategies.one_of(strategies.text(max_size=12), strategies.sampled_from(["", "0", "2024-01", "9999-12", "nan,nan", "1e999,0", "grid", "ontime_close_rate", "../..", "%00"])),
        max_size=6,
    ),
    is_known=strategies.booleans(),
)  # fmt: skip
def test_no_address_makes_the_server_fail_or_tell(tiny_data, path, rest, query, is_known) -> None:
    """Whatever is asked, the answer is data for a good question or a sentence, never a fault."""
    asked = "/".join(["/map", path, *(quote(part, safe="") for part in rest)])
    response = get(asked, **query) if is_known else answer(asked, urlencode(query, errors="surrogatepass").encode())
    assert response.status_code in ((200, 400, 403, 404) if is_known else (403, 404))


def test_a_parameter_given_twice_is_refused(tiny_data) -> None:
    edition = editions.current(tiny.PLACE)
    query = urlencode({"place": tiny.PLACE, "edition": edition, "token": map_tokens.issue(tiny.PLACE, edition)})
    assert answer(f"/map/tiles/grid/{WHOLE}", f"{query}&language=zh&language=en".encode()).status_code == 400


def test_a_body_is_compressed_and_sent_again_only_if_it_changed(tiny_data) -> None:
    path = f"/map/values/district/{WHOLE}"
    plain, packed = get(path, **QUARTER), get(path, {"Accept-Encoding": "br, gzip"}, **QUARTER)
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.body) == plain.body
    assert "private" in packed.headers["Cache-Control"]
    again = get(path, {"If-None-Match": f'"x", {packed.headers["ETag"]}'}, **QUARTER)
    assert (again.status_code, again.body) == (304, b"")
    other = get(path, {"If-None-Match": packed.headers["ETag"]}, **QUARTER | {"metric": "close_rate"})
    assert other.status_code == 200


def test_the_browser_gets_deck_from_this_installation(tiny_data) -> None:
    library = answer(maps.LIBRARY, b"", {"Accept-Encoding": "gzip"})
    assert gzip.decompress(library.body) == map_routes.LIBRARY.read_bytes()
    assert b"export default" in answer(maps.CLIENT, b"").body
