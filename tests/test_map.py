"""The map: what a unit's value is, how values become classes, and what its addresses answer."""

import gzip
import json
import re
from datetime import date
from urllib.parse import urlencode

import duckdb
import pytest
from starlette.requests import Request
from starlette.responses import Response

from dashboard import editions, map_routes, maps, settings, store
from tests import places, questions, tiny

LEVELS = list(maps.LEVELS)
C1, C3 = tiny.micro_grid("C1"), tiny.micro_grid("C3")


def chosen(**own: object) -> dict:
    """Parameters of `map_values` for the tiny place, October to December 2024."""
    usual = {"level": "district", "unit": "", "metric": "ontime_close_rate"}
    return questions.shared(editions.current(tiny.PLACE), **usual | own)


def values(**own: object) -> dict[str, float]:
    """Unit code -> value; 7 decimals are enough to tell two fractions apart."""
    rows = store.query("map_values", **chosen(**own))
    return dict(zip(rows["unit_code"], rows["value"].round(7), strict=True))


def get(path: str, headers: dict[str, str] | None = None, **parameters: str) -> Response:
    """Answer of one of the map's routes; place and edition are those of the tiny place unless given."""
    given = {"place": tiny.PLACE, "edition": editions.current(tiny.PLACE)} | parameters
    query = urlencode({name: value for name, value in given.items() if value is not None})
    sent = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    route = next(route for route in map_routes.ROUTES if route.path == path)
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": sent}
    return route.endpoint(Request(scope))


def features(**parameters: str) -> list[dict]:
    response = get(maps.SHAPES, **parameters)
    assert response.status_code == 200, response.body.decode()
    return json.loads(response.body)["features"]


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


@pytest.mark.parametrize("own", [{"level": level} for level in LEVELS] + [{"level": "compound", "unit": tiny.WEST}])
@pytest.mark.parametrize("filters", [{}, {"districts": [tiny.EAST]}, {"compound_types": ["old", "work_unit"]}])
def test_shapes_and_values_are_the_same_units_in_the_same_order(own, filters, tiny_data) -> None:
    """A class is sent by its place in this order: a difference would colour every unit as its neighbour."""
    shapes = store.query("map_geometry", **chosen(**own | filters))
    assert list(shapes["unit_code"]) == list(store.query("map_values", **chosen(**own | filters))["unit_code"])


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
            for metric in maps.metrics(level):
                answer = store.query("map_values", **chosen(level=level, metric=metric) | {"edition": edition})
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
    assert {found["micro_grid", metric] for metric in maps.metrics("micro_grid")} == {"not_reported"}
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
    with duckdb.connect() as city:
        city.execute("""create table map_shapes as from (values
            ('grid', 'G', null, 'D'), ('micro_grid', 'G1', 'G', 'D'), ('micro_grid', 'G2', 'G', 'D')
        ) as shapes (level, code, parent_code, district_code)""")
        city.execute("alter table map_shapes add column community_code varchar")
        city.execute("alter table map_shapes add column subdistrict_code varchar")
        city.execute("create table compound_grids as from (values ('C', 'G'), ('C', 'G1')) as l (compound_id, grid_code)")
        view = (settings.QUERIES / "views" / "map_nesting.sql").read_text(encoding="utf-8")
        found = city.execute(f"select level, count(*) from ({view}) where around_code = 'C' group by level").fetchall()
    assert dict(found) == {"grid": 1, "micro_grid": 1}


def test_a_shape_keeps_no_more_digits_than_it_needs(tiny_data) -> None:
    for level, most in (("district", 6), ("compound", 6), ("micro_grid", 5)):
        shapes = " ".join(store.query("map_geometry", **chosen(level=level))["geometry_json"])
        assert max(map(len, re.findall(r"\.(\d+)", shapes))) <= most


def test_a_shape_comes_with_name_value_base_and_its_place_in_the_order(tiny_data) -> None:
    west, east = features(level="district", language="en", **QUARTER)
    assert west["properties"] == {"i": 0, "code": tiny.WEST, "name": "West District", "value": "50.0%", "n": "24"}
    assert east["properties"] == {"i": 1, "code": tiny.EAST, "name": "East District", "value": "54.5%", "n": "11"}
    assert west["geometry"]["type"] == "Polygon"
    compound = features(level="compound", parent="C1"[:0])[0]
    assert [part["type"] for part in compound["geometry"]["geometries"]] == ["Polygon", "Point"]
    assert "value" not in compound["properties"]


@pytest.mark.parametrize("level", LEVELS)
def test_no_address_shows_a_limited_reader_another_district(level, tiny_data, monkeypatch) -> None:
    everything = features(level=level)
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    own = {feature["properties"]["code"] for feature in features(level=level, metric="close_rate", start="2024-10", end="2024-12")}
    assert own and len(own) < len(everything)
    assert not [code for code in own if places.is_of_the_east(code)]
    assert get(maps.SHAPES, level=level, districts=tiny.EAST).body.count(b"Feature") == 1  # the empty collection
    assert get(maps.SHAPES, level=level, parent=tiny.EAST).status_code == 404
    assert tiny.EAST.encode() not in get(maps.OUTLINES).body and get(maps.OUTLINES).body.count(b"geometry") == 1
    assert get(maps.OUTLINES, parent=tiny.EAST).status_code == 404
    assert get(maps.VALUE, level="district", code=tiny.EAST, **QUARTER).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "continent"}, {"level": None}, {"metric": "fortress_index", "level": "grid"}, {"metric": "../x"},
        {"start": "2024-13"}, {"start": "October"}, {"end": None}, {"start": "2025-01"}, {"start": "0000-01"},
        {"start": "٢٠٢٤-01"}, {"districts": "990101"}, {"districts": "' or true --"}, {"compound_types": "castle"},
        {"language": "fr"}, {"place": None}, {"edition": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_parameter_is_answered_with_a_sentence(wrong, tiny_data) -> None:
    response = get(maps.SHAPES, **{"level": "district"} | QUARTER | wrong)
    assert response.status_code == 400
    assert response.body.decode().endswith(("。", "."))


@pytest.mark.parametrize(
    "unknown",
    [
        {"place": "atlantis"}, {"place": "../tiny"}, {"edition": "2024-12-31-00000000"}, {"edition": "../.."},
        {"parent": "nowhere"}, {"parent": "x" * 5000}, {"parent": "' or 1=1 --"}, {"parent": "\0"}, {"parent": C1 + "0"},
    ],
    ids=lambda case: str(case)[:30],
)  # fmt: skip
def test_what_is_not_there_is_not_found(unknown, tiny_data) -> None:
    assert get(maps.SHAPES, **{"level": "district"} | QUARTER | unknown).status_code == 404


def test_a_parameter_given_twice_is_refused(tiny_data) -> None:
    scope = {"type": "http", "method": "GET", "path": maps.SHAPES, "query_string": b"level=grid&level=district", "headers": []}
    assert map_routes.ROUTES[0].endpoint(Request(scope)).status_code == 400


def test_a_body_is_compressed_and_sent_again_only_if_it_changed(tiny_data) -> None:
    asked = {"level": "district", **QUARTER}
    plain, packed = get(maps.SHAPES, **asked), get(maps.SHAPES, {"Accept-Encoding": "br, gzip"}, **asked)
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.body) == plain.body
    assert "private" in packed.headers["Cache-Control"]
    again = get(maps.SHAPES, {"If-None-Match": f'"x", {packed.headers["ETag"]}'}, **asked)
    assert (again.status_code, again.body) == (304, b"")
    other = get(maps.SHAPES, {"If-None-Match": packed.headers["ETag"]}, **asked | {"metric": "close_rate"})
    assert other.status_code == 200


def test_the_background_is_ours_and_asks_nobody(tiny_data) -> None:
    for shade in ("light", "dark"):
        style = json.loads(get(maps.STYLE, place=None, edition=None, shade=shade).body)
        assert style["sources"] == {} and not {"glyphs", "sprite"} & set(style)
    assert get(maps.STYLE, shade="pink").status_code == 400


def test_a_single_value_is_a_picture_of_one_line(tiny_data) -> None:
    response = get(maps.VALUE, level="micro_grid", code=C1, language="en", **QUARTER)
    assert response.media_type == "image/svg+xml"
    assert re.search(r">50\.0%\s+n = 6<", response.body.decode())
    assert get(maps.VALUE, level="micro_grid", code="nowhere", **QUARTER).status_code == 404
    assert get(maps.VALUE, level="micro_grid", **QUARTER).status_code == 400
