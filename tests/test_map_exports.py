"""The map as a picture, GeoJSON and GeoParquet: the same units, classes and numbers as the page, and whose they are."""

import json
import re
from dataclasses import replace
from io import BytesIO
from urllib.parse import urlencode
from xml.etree import ElementTree

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response
from streamlit.testing.v1 import AppTest

from dashboard import editions, exports, map_exports, map_routes, map_tokens, map_values, maps, store, text
from dashboard.maps import pictures
from tests import places, questions, tiny

SVG = "{http://www.w3.org/2000/svg}"
WHOLE = "110,30,110.4,30.2"
VIEW = {"level": "district", "metric": "ontime_close_rate", "start": "2024-10", "end": "2024-12", "bounds": WHOLE}
BEFORE = {"before_start": "2024-08", "before_end": "2024-09"}


def get(**parameters: str | None) -> Response:
    """Answer to a picture of the tiny place; a parameter given as None is left out."""
    edition = editions.current(tiny.PLACE)
    usual = {"place": tiny.PLACE, "edition": edition, "language": "en", "token": map_tokens.issue(tiny.PLACE, edition)}
    query = urlencode({name: value for name, value in (usual | VIEW | parameters).items() if value is not None})
    route = next(route for route in map_routes.ROUTES if route.path == maps.PICTURE)
    scope = {"type": "http", "method": "GET", "path": maps.PICTURE, "query_string": query.encode(), "headers": []}
    return route.endpoint(Request(scope))


def picture(**parameters: str) -> ElementTree.Element:
    response = get(**parameters)
    assert response.status_code == 200, response.body.decode()
    assert response.media_type == "image/svg+xml"
    return ElementTree.fromstring(response.body)


def part(drawing: ElementTree.Element, name: str) -> ElementTree.Element:
    return drawing.find(f".//{SVG}g[@id='{name}']")


def fills(drawing: ElementTree.Element) -> dict[tuple[float, ...], str]:
    """Box of every unit, in pixels of the panel, -> its fill."""
    found = {}
    for group in part(drawing, "units"):
        for shape in group:
            numbers = [int(each) / 10 for each in re.findall(r"-?\d+", shape.get("d"))]
            x, y = [numbers[0]], [numbers[1]]
            for across, down in zip(numbers[2::2], numbers[3::2], strict=True):
                x.append(x[-1] + across)
                y.append(y[-1] + down)
            found[min(x), max(x)] = group.get("fill")
    return found


def words(drawing: ElementTree.Element) -> str:
    return " ".join(drawing.itertext())


def legend_counts(drawing: ElementTree.Element) -> list[int]:
    texts = part(drawing, "legend").findall(f"{SVG}text")
    return [int(each.text) for each in texts if each.get("text-anchor") == "end"]


def chosen(**own: object) -> dict:
    """Parameters of `map_values` for the tiny place, October to December 2024."""
    usual = {"level": "district", "unit": "", "metric": "ontime_close_rate", "area": [], "zoom": 10}
    return questions.shared(editions.current(tiny.PLACE), **usual | own)


def saved(kind: str, given: dict, rows: pd.DataFrame) -> bytes:
    """The file that the card of the map offers, written in English."""
    with text.speaking("en"):
        facts = exports.facts("Title", rows, map_values.source(given), given)
        file = next(file for file in map_exports.files(given) if file.suffix == kind)
        return file.write(rows, facts, store.place_profile(given["place"], given["edition"]))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("level", "count"),
    [("district", 2), ("subdistrict", 2), ("community", 3), ("compound", 6), ("grid", 3), ("micro_grid", 6)],
)
def test_a_picture_draws_every_unit_once_and_counts_it_in_the_legend(level, count, language, tiny_data) -> None:
    drawing = picture(level=level, language=language)
    assert sum(len(group) for group in part(drawing, "units")) == count
    assert sum(legend_counts(drawing)) == count
    assert len(part(drawing, "borders")) == 2


def test_a_picture_of_another_period_keeps_the_classes_of_the_one_it_is_compared_with(tiny_data) -> None:
    """Side by side, and in the frames of the time bar, one colour is one value."""
    months = {"start": "2024-08", "end": "2024-09", "metric": "reported_issues", "method": "quantiles"}
    own, shared = words(picture(**months)), words(picture(**months, classes_start="2024-10", classes_end="2024-12"))
    later = words(picture(metric="reported_issues", method="quantiles"))
    ranges = [re.findall(r"< [0-9,]+|≥ [0-9,]+", each) for each in (own, shared, later)]
    assert ranges[1] == ranges[2] != ranges[0]
    assert get(**months, classes_start="2024-13", classes_end="2024-12").status_code == 400


# West: 12 of 24 on time; East: 6 of 11. The panel is 1,216 pixels wide, as the place; its middle parts the districts.
def test_a_unit_has_the_colour_of_its_class(tiny_data) -> None:
    blues = maps.BLUES["light"]
    assert fills(picture(method="quantiles")) == {(0.0, 608.0): blues[0], (608.0, 1216.0): blues[-1]}
    assert fills(picture(method="quantiles", metric="reported_issues")) == {
        (0.0, 608.0): blues[-1],
        (608.0, 1216.0): blues[0],
    }


def test_classes_and_legend_are_those_of_the_chosen_unit(tiny_data) -> None:
    drawing = picture(level="community", parent=tiny.WEST, metric="reported_issues", method="quantiles")
    assert legend_counts(drawing) == [2]  # both have 12
    assert len(fills(drawing)) == 3  # what lies around is there, under a veil
    assert "West District" in words(drawing)
    assert [each.get("stroke-width") for each in part(drawing, "borders")].count("26.0") == 1


def test_a_picture_says_place_edition_period_filters_and_that_it_is_synthetic(tiny_data) -> None:
    said = words(part(picture(districts=tiny.EAST, compound_types="work_unit,residential"), "facts"))
    names = ("East District", "2024 Q4", editions.current(tiny.PLACE), "All districts", "map_values", "Time")
    assert not [name for name in names if name not in said]
    profile = store.place_profile(tiny.PLACE, editions.current(tiny.PLACE))
    labels = [profile.label("compound_types", code, "en") for code in ("residential", "work_unit")]
    assert all(label in said for label in [*labels, profile.en])
    assert "no real place" in said


def test_filters_leave_units_out_of_a_picture(tiny_data) -> None:
    assert list(fills(picture(districts=tiny.EAST, method="quantiles"))) == [(608.0, 1216.0)]
    old = picture(level="compound", compound_types="old", method="quantiles")
    assert sum(len(group) for group in part(old, "units")) == sum(legend_counts(old)) == 2


def test_changes_within_error_and_what_is_not_reported_are_hatched(tiny_data) -> None:
    drawing = picture(**BEFORE)
    hatched = [group for group in part(drawing, "units") if group.get("fill").startswith("url(#hatch")]
    assert sum(map(len, hatched)) == 2  # a handful of issues proves nothing
    assert "within error" in words(part(drawing, "legend"))
    patterns = {each.get("id") for each in drawing.iter(f"{SVG}pattern")}
    used = {each.get("fill")[5:-1] for each in drawing.iter() if each.get("fill", "").startswith("url(#")}
    assert used == patterns


def test_the_fit_of_grids_has_its_own_legend(tiny_data) -> None:
    drawing = picture(level="compound", metric=maps.FIT)
    assert sum(legend_counts(drawing)) == 6
    assert part(drawing, "legend").findall(f"{SVG}text")[0].text


def test_names_stand_where_they_lie_over_none_before(tiny_data) -> None:
    near = [each.text for each in part(picture(level="district"), "names")]
    assert near == ["West", "District", "East", "District"]
    far = [each.text for each in part(picture(level="compound", bounds="60,10,160,50"), "names")]
    assert 0 < len(far) < 4


def test_nothing_in_a_picture_is_fetched(tiny_data) -> None:
    body = get(level="micro_grid").body.decode()
    assert re.findall(r"\w+://[^\"]*", body) == ["http://www.w3.org/2000/svg"]
    assert "href" not in body and "<style" not in body and "<script" not in body
    assert not [target for target in re.findall(r"url\((.)", body) if target != "#"]


def test_names_of_any_kind_stay_words(tmp_path, monkeypatch) -> None:
    rows = places.with_names(tiny.tables(), (*places.HOSTILE, "]]>&amp;\u200b", "长" * 60))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    tiny.write_place(tmp_path / "data")
    places.publish(tmp_path, rows)
    for level in ("district", "compound"):
        drawing = picture(level=level, parent=tiny.WEST, districts=tiny.WEST)
        assert {each.tag.removeprefix(SVG) for each in drawing.iter()} <= {
            "svg", "title", "desc", "defs", "clipPath", "pattern", "rect", "g", "path", "circle", "text", "tspan"
        }  # fmt: skip
        assert not [name for each in drawing.iter() for name in each.attrib if name.startswith("on")]
    assert [name for name in places.HOSTILE if name in words(drawing)]


def test_a_control_letter_cannot_break_a_picture() -> None:
    assert ElementTree.fromstring(f"<a>{pictures.sheets.escaped('x' + chr(0) + chr(11) + chr(0xFFFF) + '<y')}</a>").text == "x<y"


def test_a_picture_names_whose_base_map_was_behind_it(tiny_data, monkeypatch) -> None:
    profile = store.place_profile(tiny.PLACE, editions.current(tiny.PLACE))
    base = {"url": "/tiles/{z}/{x}/{y}", "attribution": "Survey office", "approval_number": "GS 1"}
    assert "Survey office" not in words(picture())
    monkeypatch.setattr(store, "place_profile", lambda place, edition: replace(profile, base_map=base))
    assert "Survey office · GS 1" in words(picture(metric="close_rate"))


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"bounds": None}, 400),
        ({"bounds": "110,30,110.4"}, 400),
        ({"bounds": "110,30,110.4,30.2,1"}, 400),
        ({"bounds": "110.4,30,110,30.2"}, 400),
        ({"bounds": "110,30,110,30.2"}, 400),
        ({"bounds": "nan,30,110.4,30.2"}, 400),
        ({"bounds": "110,30,inf,30.2"}, 200),  # cut at the end of the world
        ({"bounds": "200,30,300,30.2"}, 400),
        ({"bounds": "110,89,110.4,90"}, 400),
        ({"bounds": "-400,-90,400,90"}, 200),
        ({"bounds": "0,0,10,10"}, 200),  # nothing there
        ({"level": None}, 400),
        ({"level": "city"}, 400),
        ({"metric": "member_count"}, 400),
        ({"metric": "fortress_index", "level": "grid"}, 400),
        ({"metric": maps.FIT}, 400),
        ({"method": "median"}, 400),
        ({"start": "2024-13"}, 400),
        ({"start": "2025-01"}, 400),
        ({"before_start": "2024-08"}, 400),
        ({"districts": "1"}, 400),
        ({"compound_types": "castle"}, 400),
        ({"parent": "nowhere"}, 404),
        ({"edition": "2024-12-31-00000000"}, 403),
        ({"token": "forged"}, 403),
        ({"token": None}, 403),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(parameters, status, tiny_data) -> None:
    assert get(**parameters).status_code == status


@given(
    st.dictionaries(
        st.sampled_from(["bounds", "level", "metric", "method", "parent", "start", "before_start", "districts", "language"]),
        st.text(max_size=12) | st.lists(st.floats().map(str), min_size=4, max_size=4).map(",".join),
    )
)
def test_no_address_of_a_picture_is_a_fault(tiny_data, parameters) -> None:
    response = get(**parameters)
    assert response.status_code in (200, 400, 404)
    if response.status_code == 200:
        ElementTree.fromstring(response.body)


def test_more_units_than_a_picture_can_hold_are_refused_with_a_sentence(tiny_data, monkeypatch) -> None:
    monkeypatch.setattr(map_exports, "MOST_DRAWN", 5)
    response = get(level="micro_grid", metric="close_rate")
    assert response.status_code == 400
    assert "come nearer" in response.body.decode()
    assert get(level="community", metric="close_rate").status_code == 200


def test_a_file_has_the_units_and_numbers_of_the_page(tiny_data) -> None:
    for level in maps.LEVELS:
        given = chosen(level=level)
        rows = map_values.rows(given).rename(columns={"value": "ontime_close_rate"})
        found = json.loads(saved("geojson", given, rows))
        table = pq.read_table(BytesIO(saved("parquet", given, rows)))
        assert [each["id"] for each in found["features"]] == list(rows["unit_code"])
        assert [each["properties"]["ontime_close_rate"] for each in found["features"]] == list(rows["ontime_close_rate"])
        assert set(found["features"][0]["properties"]) == set(rows.columns)
        pd.testing.assert_frame_equal(table.drop(["geometry"]).to_pandas(), pd.DataFrame(rows), check_dtype=False)
        shapes = [shapely.geometry.shape(each["geometry"]) for each in found["features"]]
        assert all(map(shapely.equals, shapes, shapely.from_wkb(table["geometry"].to_pylist())))


def test_geojson_follows_its_standard_and_says_where_it_comes_from(tiny_data) -> None:
    given = chosen(districts=[tiny.WEST])
    found = json.loads(saved("geojson", given, map_values.rows(given)))
    assert found["bbox"] == [110.0, 30.0, 110.2, 30.2]
    assert "crs" not in found
    assert shapely.is_ccw(shapely.geometry.shape(found["features"][0]["geometry"]).exterior)
    assert found["about"]["Edition"] == given["edition"]
    assert found["about"]["Districts"] == "West District"
    assert "Synthetic" in found["about"]["Data"]


def test_what_is_unknown_is_null_in_geojson_and_geoparquet() -> None:
    rows = pd.DataFrame({"unit_code": ["A", "B", "C"], "close_rate": [0.0, None, 0.5], "is_aligned": [True, None, False]})
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)], [[(0.2, 0.2), (0.4, 0.2), (0.4, 0.4)]])
    shapes = pd.DataFrame({"unit_code": ["X", "C", "A"], "geometry": [b"", shapely.Point(3, 4).wkb, clockwise.wkb]}).iloc[1:]
    first, second, third = json.loads(maps.files.to_geojson(rows, shapes, []))["features"]
    assert (second["geometry"], second["properties"]["close_rate"], second["properties"]["is_aligned"]) == (None, None, None)
    assert (first["properties"]["close_rate"], third["geometry"]["coordinates"]) == (0.0, [3.0, 4.0])
    outer, inner = map(shapely.LinearRing, first["geometry"]["coordinates"])
    assert outer.is_ccw and not inner.is_ccw
    file = pq.read_table(BytesIO(maps.files.to_geoparquet(rows, shapes, [])))
    assert file["geometry"].null_count == file["close_rate"].null_count == 1
    column = json.loads(file.schema.metadata[b"geo"])["columns"]["geometry"]
    assert column["geometry_types"] == ["Point", "Polygon"]
    assert column["bbox"] == [0, 0, 3, 4]


def test_a_card_offers_the_files_of_the_map_beside_its_tables(tiny_data, monkeypatch) -> None:
    def card() -> None:
        from dashboard import map_exports, map_values, ui
        from tests import test_map_exports

        given = test_map_exports.chosen()
        rows = map_values.rows(given)
        ui.card("Title", rows=rows, source=("map_values", given), alt="Units", files=map_exports.files(given))

    def opened(*_given: object, **_named: object) -> object:
        container = streamlit.container()
        container.open = True
        return container

    monkeypatch.setattr(streamlit, "popover", opened)
    app = AppTest.from_function(card)
    app.session_state["chosen"] = chosen()
    buttons = app.run(timeout=30).get("download_button")
    assert [each.proto.label for each in buttons] == ["CSV", "XLSX", "GeoJSON", "GeoParquet"]


@pytest.mark.parametrize("rows", [pd.DataFrame({"unit_code": []}, dtype=str), pd.DataFrame({"unit_code": ["A"]})])
def test_units_without_any_boundary_can_be_saved(rows) -> None:
    none = pd.DataFrame({"unit_code": [], "geometry": []}, dtype=object)
    assert "bbox" not in json.loads(maps.files.to_geojson(rows, none, []))
    assert pq.read_table(BytesIO(maps.files.to_geoparquet(rows, none, []))).num_rows == len(rows)


def test_geoparquet_is_read_by_others_and_says_where_it_comes_from(tiny_data, tmp_path) -> None:
    given = chosen(level="compound")
    file = tmp_path / "units.parquet"
    file.write_bytes(saved("parquet", given, map_values.rows(given)))
    metadata = pq.read_metadata(file).metadata
    geo = json.loads(metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert json.loads(metadata[b"about"])["Edition"] == given["edition"]
    ((kind, count, west),) = duckdb.sql(
        f"""
        select any_value(typeof(geometry)), count(*), min(list_min([
            corner[1] for corner in flatten(cast(st_asgeojson(geometry)::json -> 'coordinates' as double[][][]))
        ]))
        from '{file}'
        """
    ).fetchall()
    assert kind.startswith("GEOMETRY")
    assert (count, west) == (6, 110.01)


def test_a_limited_reader_gets_nothing_of_another_district(tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    for level in maps.LEVELS:
        given = chosen(level=level, language="en")
        rows = map_values.rows(given)
        drawing = get(level=level, method="quantiles", districts=tiny.EAST).body.decode()
        drawing += get(level=level).body.decode()
        drawing += saved("geojson", given, rows).decode()
        # What the address itself named stands among the filters, as the code that was asked for.
        drawing = re.sub(f"Districts</tspan> {tiny.EAST}", "", drawing)
        assert not [word for word in {*places.EAST_NAMES, tiny.EAST[:6]} if word in drawing]
        assert sum(len(group) for group in part(picture(level=level), "units")) == len(rows)
    assert get(parent=tiny.EAST).status_code == 404
    assert "West District" in words(part(picture(), "facts"))


def test_a_picture_of_people_would_be_logged(tiny_data, monkeypatch) -> None:
    lines = []
    monkeypatch.setattr(exports, "log", lambda name, parameters, rows: lines.append((name, parameters["edition"], rows)))
    get(metric="response_rate")
    assert lines == [("map_values", editions.current(tiny.PLACE), 2)]
