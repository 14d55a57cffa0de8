"""A reader limited to one district finds nothing of another: not in a table, a query, a map, a page or a file."""

import asyncio
import re
from itertools import cycle
from urllib.parse import urlencode

import pandas as pd
import pytest
from starlette.applications import Starlette

from dashboard import access, editions, map_routes, map_tokens, maps, settings, store
from tests import places, questions, tiny

WEST_READER = access.Reader(districts=frozenset({tiny.WEST}))
PAGE_QUERIES = sorted(file.stem for file in (settings.QUERIES / "pages").glob("*.sql"))

# Ranks are published for the whole city, so these answers change when a district vanishes from the city.
UNFILLED = "G12"  # a doubt of the west alone: one district does not fill the boundary of the city
CITY_WIDE_RANKS = {
    "ranked_count": "how many branches the official rank is out of",
    "place_ranked_count": "the same, beside the branches shown",
    "quota_rank": "how many of them may have the next star",
    "ranks_missing": "how far the official rank is from that",
    "quota_total": "the last score among them, which only who sees them all is told",
    "rank_low": "how good the official rank may be",
    "rank_high": "how bad it may be",
    "equal_group": "which branches of the city it cannot be told apart from",
    "top_tenth_chance": "whether it is in the city's top tenth",
    "five_star_chance": "from the score drawn towards the city's mean of its type",
    "shrunk_total": "that score",
    "reliability": "how much of the differences in the city is not chance",
    "better_chance": "two such scores compared",
}


@pytest.fixture
def west(tiny_data, monkeypatch) -> str:
    """The live edition, read on a server that serves the west district alone."""
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    return editions.current(tiny.PLACE)


@pytest.fixture(scope="module")
def west_data(tmp_path_factory):
    """Folder and edition of the same place without the east district."""
    folder = tmp_path_factory.mktemp("west")
    return folder / "data", places.publish(folder, places.west_alone(tiny.tables()))


def relations(reader: access.Reader) -> dict[str, pd.DataFrame]:
    """Every table and view of a reader's database, with all its rows."""
    connection = store._open(tiny.PLACE, editions.current(tiny.PLACE), reader).cursor()
    listed = "select table_name from information_schema.tables order by table_name"
    names = [row[0] for row in connection.execute(listed).fetchall()]
    return {name: connection.execute(f"select * from {name}").df() for name in names}


def of_the_east(frame: pd.DataFrame) -> list[str]:
    """Words in any cell that belong to the east district."""
    words = map(str, frame.select_dtypes(exclude="number").to_numpy().ravel())
    traces = (tiny.EAST[:6], *places.EAST_NAMES)
    return [word for word in words if word in places.EAST_IDS or any(trace in word for trace in traces)]


def test_the_search_for_traces_finds_the_east_where_it_is(tiny_data) -> None:
    """Guards this file: a search that finds nothing anywhere proves nothing."""
    everything = relations(access.Reader())
    with_east = {name for name, frame in everything.items() if of_the_east(frame)}
    assert {"compounds", "issues", "region_facts", "branch_facts", "issue_months", "map_shapes"} <= with_east


def test_no_table_or_view_of_a_limited_reader_holds_another_district(tiny_data) -> None:
    for name, frame in relations(WEST_READER).items():
        if "district_code" in frame:
            assert set(frame["district_code"]) <= {tiny.WEST}, name
        assert not of_the_east(frame), name


def test_every_table_carries_the_district_the_scope_is_kept_by(tiny_data) -> None:
    folder = editions.path(tiny.PLACE, editions.current(tiny.PLACE))
    tables = {file.stem for part in ("extracts", "marts") for file in (folder / part).glob("*.parquet")}
    frames = relations(access.Reader())
    assert not [name for name in tables if "district_code" not in frames[name]]


def test_a_limited_reader_does_not_lose_rows_of_the_own_district(tiny_data) -> None:
    limited = relations(WEST_READER)
    for name, frame in relations(access.Reader()).items():
        if "district_code" in frame:
            assert len(limited[name]) == (frame["district_code"] == tiny.WEST).sum(), name


def test_tables_about_people_are_empty_without_an_own_branch(tiny_data) -> None:
    frames = relations(access.Reader())
    assert {"members", "member_events", "member_quarters"} <= store.people_tables()
    assert not {name: len(frames[name]) for name in store.people_tables() if len(frames[name])}
    with_person = {
        n for n, f in frames.items() if {"member_id", "masked_name"} & set(f.columns) and n not in PERSONLESS
    }
    assert with_person <= store.people_tables()


PERSONLESS = frozenset()


def test_an_own_branch_opens_its_own_members_and_nobody_elses(tiny_data) -> None:
    frames = relations(access.Reader(own_branch="B1"))
    for name in store.people_tables():
        if "org_id" in frames[name]:
            assert set(frames[name]["org_id"]) == {"B1"}, name
        else:
            assert frames[name].empty, name


def test_an_own_branch_in_another_district_opens_nothing(tiny_data) -> None:
    frames = relations(access.Reader(districts=frozenset({tiny.WEST}), own_branch="B4"))
    assert not [name for name in store.people_tables() if len(frames[name])]


@pytest.mark.parametrize("name", PAGE_QUERIES)
def test_a_query_shows_a_limited_reader_no_trace_of_another_district(name: str, west: str) -> None:
    for chosen, language in zip(questions.every_choice(name, west), cycle(["zh", "en"]), strict=False):
        assert not of_the_east(store.query(name, **chosen | {"language": language})), chosen


@pytest.mark.parametrize("name", [name for name in PAGE_QUERIES if "districts" in store.describe(name).parameters])
def test_asking_for_another_district_by_its_code_answers_nothing_of_it(name: str, west: str) -> None:
    for chosen in questions.every_choice(name, west, districts=[tiny.EAST]):
        rows = store.query(name, **chosen)
        assert not of_the_east(rows)


@pytest.mark.parametrize("name", PAGE_QUERIES)
def test_a_query_answers_as_if_the_other_district_did_not_exist(name: str, west, west_data, monkeypatch) -> None:
    limited = [store.query(name, **chosen) for chosen in questions.every_choice(name, west)]
    data, edition = west_data
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    alone = [store.query(name, **chosen) for chosen in questions.every_choice(name, edition)]
    for ours, theirs in zip(limited, alone, strict=True):
        shared = [column for column in ours if column not in CITY_WIDE_RANKS]
        if name == "quality_of_extracts":
            theirs = theirs[theirs["code"] != UNFILLED].reset_index(drop=True)
        pd.testing.assert_frame_equal(ours[shared], theirs[shared], check_dtype=not theirs.empty)


def fetched(path: str, **query: str) -> tuple[int, str]:
    """Status and body that a map route answers, uncompressed."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    request = {"type": "http", "method": "GET", "path": path, "headers": [], "scheme": "http"}
    request |= {"query_string": urlencode(query).encode(), "server": ("127.0.0.1", 80), "root_path": ""}
    asyncio.run(Starlette(routes=map_routes.ROUTES)(request, receive, send))
    return sent[0]["status"], b"".join(part.get("body", b"") for part in sent[1:]).decode("utf-8", "replace")


MAP_PATHS = [route.path for route in map_routes.ROUTES if route.path not in (maps.LIBRARY, maps.CLIENT)]


def map_address(path: str, level: str) -> str:
    """The address of a route, for the tile that holds the whole place."""
    return path.format(level=level, zoom=6, x=51, y=26)


def asked_of_the_map(edition: str, **other: str) -> dict[str, str]:
    """Parameters by which any route of the map can be asked, with a token for the reader of this moment."""
    usual = {"place": tiny.PLACE, "edition": edition, "token": map_tokens.issue(tiny.PLACE, edition)}
    usual |= {"metric": "ontime_close_rate", "start": "2024-10", "end": "2024-12", "level": "compound", "code": "C1"}
    usual |= {"at": "110.05,30.05", "words": tiny.EAST[:6], "kinds": "micro_station,canteen"}
    return usual | {"bounds": "110.0,30.0,110.4,30.2"} | other


@pytest.mark.parametrize("level", questions.OWN["level"][:-1])
@pytest.mark.parametrize("path", MAP_PATHS)
def test_a_map_route_shows_a_limited_reader_no_trace_of_another_district(path: str, level: str, west: str) -> None:
    for language in ("zh", "en"):
        for unit in ("", tiny.WEST, "990101001001"):
            wanted = asked_of_the_map(west, level=level, language=language, parent=unit)
            status, body = fetched(map_address(path, level), **wanted)
            assert status == 200 or (path == maps.UNIT and level != "compound"), "C1 is a compound"
            assert not any(name in body for name in (tiny.EAST[:6], *places.EAST_NAMES))
            assert not re.search(r'"C[56]"|110\.3\d', body), "an identity or a coordinate of the east"


@pytest.mark.parametrize("path", MAP_PATHS)
def test_a_map_route_does_not_know_units_of_another_district(path: str, west: str, monkeypatch) -> None:
    own = {"districts": tiny.EAST, "code": "C5", "level": "compound", "parent": "990102001001", "at": "110.3,30.05"}
    address = map_address(path, "compound")
    limited = fetched(address, **asked_of_the_map(west, **own))
    assert not re.search(r'"C[56]"|110\.3\d', limited[1])
    if path == maps.TILE:  # it knows no chosen unit: that it holds no other district is tested above
        return
    monkeypatch.delenv("DASHBOARD_DISTRICTS")
    assert limited[0] == 404 and fetched(address, **asked_of_the_map(west, **own))[0] == 200


def test_two_readers_on_one_server_never_share_an_answer(tiny_data, monkeypatch) -> None:
    chosen = questions.shared(editions.current(tiny.PLACE))
    everything = store.query("districts", **chosen)
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    assert list(store.query("districts", **chosen)["district_code"]) == [tiny.WEST]
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.EAST)
    assert list(store.query("districts", **chosen)["district_code"]) == [tiny.EAST]
    monkeypatch.delenv("DASHBOARD_DISTRICTS")
    assert store.query("districts", **chosen).equals(everything)


@pytest.mark.parametrize("value", ["990101", "99010100000x", "990101000000' or true --", "全部"])
def test_a_scope_that_is_not_a_list_of_codes_stops_the_server(value: str, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", value)
    with pytest.raises(ValueError, match="12-digit"):
        access.reader()


def test_the_database_of_a_reader_reaches_no_file_outside_the_edition(tiny_data, tmp_path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    connection = store._open(tiny.PLACE, editions.current(tiny.PLACE), WEST_READER).cursor()
    for statement in (
        f"select * from read_csv('{secret}')",
        f"copy (select 1) to '{tmp_path / 'out.csv'}'",
        f"attach '{tmp_path / 'other.duckdb'}'",
        "set enable_external_access = true",
        "install httpfs",
    ):
        with pytest.raises(Exception, match=r"(?i)permission|disabled|locked|denied|not allowed"):
            connection.execute(statement)
