"""The sample city is coherent at any scale, the same every time, and exact at full size."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
import shapely
from pyarrow import parquet

from dashboard import contract, profile, sample, settings
from dashboard.sample import geography, lattice, tables
from dashboard.sample import shapes as traced
from dashboard.sample.plans import PLANS

PLACE = "city-a"
TABLES = contract.load().tables
PROFILE = profile.load(settings.ROOT / "data" / PLACE / "place.toml")
GROUND = {"regions", "compounds", "grids", "compound_grids"}
REGISTERS = {"party_orgs", "org_compounds", "members", "report_ins", "facilities", "deliberations", "funding_lines", "property_firms", "cross_posts", "grid_workers", "teams", "help_point_months", "canteen_months"}

Ask = Callable[[str], list[tuple]]


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database with a view per Parquet file of the folder."""
    connection = duckdb.connect()
    for file in folder.glob("*.parquet"):
        connection.execute(f"create view {file.stem} as select * from '{file}'")
    return connection


def asking(folder: Path) -> Iterator[Ask]:
    with opened(folder) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def progress() -> list[tuple[str, float]]:
    """What was heard while the tiny city was made."""
    return []


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory, progress: list[tuple[str, float]]) -> Path:
    folder = tmp_path_factory.mktemp("tiny-sample")
    sample.generate(PLACE, folder, scale=0.02, progress=lambda name, share: progress.append((name, share)))
    return folder


@pytest.fixture(scope="module")
def tiny(tiny_folder: Path) -> Iterator[Ask]:
    yield from asking(tiny_folder)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The full city without its long tables of events."""
    folder = tmp_path_factory.mktemp("full-sample")
    sample.generate(PLACE, folder, tables=GROUND | REGISTERS)
    yield from asking(folder)


# The same every time


def test_the_same_seed_gives_the_same_rows_in_the_same_order(tiny_folder: Path, tmp_path: Path) -> None:
    sample.generate(PLACE, tmp_path, scale=0.02)
    for name in TABLES:
        first, second = (rows(folder, name) for folder in (tiny_folder, tmp_path))
        assert first == second, name


def test_another_seed_gives_other_rows(tiny_folder: Path, tmp_path: Path) -> None:
    sample.generate(PLACE, tmp_path, scale=0.02, seed=7, tables={"compounds", "member_events"})
    assert rows(tiny_folder, "compounds") != rows(tmp_path, "compounds")
    assert rows(tiny_folder, "member_events") != rows(tmp_path, "member_events")


def test_a_table_made_alone_is_the_one_made_with_the_others(tiny_folder: Path, tmp_path: Path) -> None:
    alone = {"redemptions", "funding_lines", "issues"}
    sample.generate(PLACE, tmp_path, scale=0.02, tables=alone)
    assert {file.stem for file in tmp_path.iterdir()} == alone
    for name in alone:
        assert rows(tiny_folder, name) == rows(tmp_path, name), name


def rows(folder: Path, name: str) -> pa.Table:
    """All rows of a table in their order."""
    return parquet.read_table(folder / f"{name}.parquet")


# As the contract says


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_and_types_of_the_contract(tiny: Ask, name: str) -> None:
    found = {row[0]: row[1].lower().split("(")[0] for row in tiny(f"describe {name}")}
    assert list(found.items()) == [(field.name, field.sql_type) for field in TABLES[name].fields.values()]


@pytest.mark.parametrize("name", TABLES)
def test_every_value_is_one_the_contract_allows(tiny: Ask, name: str) -> None:
    wrong = []
    for field in TABLES[name].fields.values():
        codes = PROFILE.codes(field.profile_list) if field.profile_list else list(field.categories)
        broken = {
            "required": (field.required, f"{field.name} is null"),
            "list": (codes, f"{field.name} not in ({', '.join(repr(code) for code in codes) or 'null'})"),
            "minimum": (field.minimum is not None, f"{field.name} < {field.minimum}"),
            "maximum": (field.maximum is not None, f"{field.name} > {field.maximum}"),
            "pattern": (field.pattern, f"not regexp_full_match({field.name}, '{field.pattern}')"),
            "period": (field.first_day_of, f"{field.name} <> date_trunc('{field.first_day_of}', {field.name})"),
        }
        for rule, (applies, condition) in broken.items():
            if applies and tiny(f"select count(*) from {name} where {condition}") != [(0,)]:
                wrong.append((field.name, rule))
    assert not wrong


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_resolve(tiny: Ask, name: str) -> None:
    table = TABLES[name]
    key = ", ".join(table.primary_key)
    assert not tiny(f"select {key} from {name} group by {key} having count(*) > 1 limit 1")
    for column, parent, target in table.foreign_keys:
        missing = f"select {column} from {name} where {column} not in (select {target} from {parent}) limit 1"
        assert not tiny(missing), column


def test_not_reported_is_rare_and_never_touches_an_exact_figure(full: Ask) -> None:
    [shares] = full(
        "select avg((built_year is null)::int), avg((residents is null)::int), avg((floor_area_m2 is null)::int),"
        " count(*) filter (households is null or property_mode is null or owners_body is null) from compounds"
    )
    assert all(0.001 < share < 0.01 for share in shares[:3])
    assert shares[3] == 0


# The ground


@pytest.fixture(scope="module")
def shapes(full: Ask) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Level -> codes, codes of the parents, polygons; of the full city."""
    found = {}
    for level in ("city", "district", "subdistrict", "community"):
        found[level] = full(
            f"select region_code, parent_code, st_aswkb(geometry)::blob from regions where level = '{level}'"
        )
    found["grid"] = full("select grid_code, community_code, st_aswkb(geometry)::blob from grids where level = 'grid'")
    found["micro_grid"] = full(
        "select grid_code, parent_grid_code, st_aswkb(geometry)::blob from grids where level = 'micro_grid'"
    )
    found["compound"] = full("select compound_id, community_code, st_aswkb(geometry)::blob from compounds")
    return {
        level: (*np.array([row[:2] for row in rows], object).T, shapely.from_wkb([bytes(row[2]) for row in rows]))
        for level, rows in found.items()
    }


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("micro_grid", "grid"),
        ("grid", "community"),
        ("community", "subdistrict"),
        ("subdistrict", "district"),
        ("district", "city"),
    ],
)
def test_parts_fill_their_whole_without_gaps_or_overlaps(shapes: dict, child: str, parent: str) -> None:
    _, belongs, parts = shapes[child]
    codes, _, wholes = shapes[parent]
    assert shapely.is_valid(parts).all()
    assert shapely.coverage_is_valid(parts)
    position = np.searchsorted(codes.astype(str), belongs.astype(str))
    area = np.bincount(position, shapely.area(parts), len(codes))
    assert area == pytest.approx(shapely.area(wholes), rel=1e-9)
    assert shapely.area(shapely.coverage_union_all(parts)) == pytest.approx(shapely.area(wholes).sum(), rel=1e-9)


def test_exteriors_run_counter_clockwise_and_every_division_is_in_one_piece(shapes: dict) -> None:
    for level, (_, _, polygons) in shapes.items():
        assert (shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON).all(), level
        assert shapely.is_ccw(shapely.get_exterior_ring(polygons)).all(), level


def test_compounds_lie_apart_inside_their_community_round_their_point(shapes: dict, full: Ask) -> None:
    _, community, polygons = shapes["compound"]
    codes, _, wholes = shapes["community"]
    assert shapely.is_valid(polygons).all()
    left, right = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    assert (left == right).all()
    mine = wholes[np.searchsorted(codes.astype(str), community.astype(str))]
    outside = shapely.area(shapely.difference(polygons, mine))
    assert (outside < 1e-12).all()
    points = shapely.points(np.array(full("select longitude, latitude from compounds")))
    assert shapely.contains(polygons, points).all()


def test_the_share_of_a_compound_in_a_grid_is_its_area_there(shapes: dict, full: Ask) -> None:
    links = full(
        "select compound_id, grid_code, overlap_share, length(grid_code) from compound_grids where compound_id like '%7'"
    )
    compound, grid, share, length = (np.array(column) for column in zip(*links, strict=True))
    polygons = shapes["compound"][2][np.searchsorted(shapes["compound"][0].astype(str), compound)]
    for level, digits in (("grid", 15), ("micro_grid", 17)):
        of_level = length == digits
        codes, _, cells = shapes[level]
        cells = cells[np.searchsorted(codes.astype(str), grid[of_level])]
        inside = shapely.area(shapely.intersection(polygons[of_level], cells)) / shapely.area(polygons[of_level])
        assert np.abs(inside - share[of_level]).max() < 0.002
    assert not full(
        "select 1 from compound_grids group by compound_id, length(grid_code) having abs(sum(overlap_share) - 1) > 1e-7"
    )


@pytest.mark.parametrize(
    "drawing",
    [
        "#",
        "##/#.",
        "###/#.#/###",  # a hole
        "###/#.#/##.",  # a hole that touches the outside at one vertex
        "####/#.##/##.#/####",  # two holes that touch
        ".#./###/.#.",
    ],
)
def test_rings_of_odd_parts_are_valid_and_cover_exactly_their_cells(drawing: str) -> None:
    lines = drawing.split("/")
    labels = np.full((8, 8), -1)
    for row, line in enumerate(lines):
        labels[row + 1, 1 : len(line) + 1] = [0 if character == "#" else -1 for character in line]
    vertices = np.stack(np.indices((9, 9))[::-1], axis=-1).astype(float)
    rows, columns = np.nonzero(labels == 0)
    rings = traced.trace(labels)
    [whole] = shapely.from_wkb(traced.polygons(rings, traced.outline_points(rings, vertices)).to_pylist())
    assert shapely.is_valid(whole)
    assert whole.area == len(rows)
    rings = traced.trace(labels, pinch_left=True)
    [inner] = shapely.from_wkb(traced.polygons(*traced.inset(rings, vertices, np.array([0.1]))).to_pylist())
    assert shapely.is_valid(inner)
    assert whole.contains(inner)
    areas = traced.inset_cell_areas(labels, rows, columns, np.full(len(rows), 0.1), vertices)
    assert inner.area == pytest.approx(areas.sum())


@pytest.mark.parametrize("cells", [144, 740, 9_000])
@pytest.mark.parametrize("seed", range(5))
def test_the_outline_of_a_city_is_one_patch_of_exactly_its_cells(cells: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    patch = lattice.outline(cells, random)
    start = np.full(patch.shape, -1, np.int32)
    start[patch.shape[0] // 2, patch.shape[0] // 2] = 0
    assert (patch == 0).sum() == cells
    assert (lattice.grow(patch, start, random) == patch).all()


def test_people_of_a_grid_are_those_of_its_micro_grids_and_its_compounds(full: Ask) -> None:
    assert not full(
        "select 1 from grids g join (select parent_grid_code, sum(households) h from grids group by 1) m"
        " on g.grid_code = m.parent_grid_code where g.households <> m.h"
    )
    assert not full(
        "select compound_id from compound_grids join grids using (grid_code) join compounds c using (compound_id)"
        " where length(grid_code) = 17 group by compound_id, c.households having sum(grids.households) <> c.households"
    )


def test_codes_start_with_the_unassigned_province_and_nest(full: Ask) -> None:
    assert not full("select 1 from regions where region_code not like '9901%'")
    assert not full("select 1 from grids where left(grid_code, 12) <> community_code")
    assert not full("select 1 from grids where level = 'micro_grid' and left(grid_code, 15) <> parent_grid_code")


def test_a_tiny_city_still_has_everything(tiny: Ask) -> None:
    assert tiny("select count(*) from regions where level = 'district'")[0][0] >= 3
    assert tiny("select count(distinct compound_type) from compounds") == [(4,)]
    assert tiny("select count(distinct fit_case) from compound_grids") == [(3,)]
    assert tiny("select count(distinct org_type) from party_orgs") == [(4,)]
    for name in TABLES:
        assert tiny(f"select count(*) from {name}")[0][0] > 0, name


# The ground cut finer

FINE = 500_000  # micro-grids at scale 1


@pytest.fixture(scope="module")
def fine_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fine-sample")
    sample.generate(PLACE, folder, scale=0.02, micro_grids=FINE)
    return folder


@pytest.fixture(scope="module")
def fine(fine_folder: Path) -> Iterator[Ask]:
    yield from asking(fine_folder)


def test_a_finer_ground_has_so_many_micro_grids_and_of_everything_else_as_many_as_before(fine: Ask, tiny: Ask) -> None:
    assert fine("select count(*) from grids where level = 'micro_grid'") == [(FINE * 0.02,)]
    grids = "select count(*) from grids where level = 'grid'"
    assert tiny(grids) < fine(grids)
    for name in ("regions", "compounds", "party_orgs", "members", "issues", "facilities"):
        assert fine(f"select count(*) from {name}") == tiny(f"select count(*) from {name}"), name


def test_the_households_of_a_finer_ground_are_about_as_many_and_its_city_as_wide(fine: Ask, tiny: Ask) -> None:
    for households in ("select sum(households) from compounds", "select sum(households) from grids where level = 'grid'"):
        assert fine(households)[0][0] == pytest.approx(tiny(households)[0][0], rel=0.2), households
    city = "select st_aswkb(geometry)::blob from regions where level = 'city'"
    [narrow], [wide] = (shapely.from_wkb([bytes(ask(city)[0][0])]) for ask in (tiny, fine))
    assert wide.area == pytest.approx(narrow.area, rel=0.1)


def test_the_issues_of_a_finer_ground_lie_on_more_micro_grids(fine: Ask, tiny: Ask) -> None:
    places = "select count(distinct grid_code) from issues"
    assert fine(places)[0][0] > 3 * tiny(places)[0][0]


@pytest.mark.parametrize("name", ["grids", "compound_grids", "issues", "visit_months", "grid_workers", "report_ins"])
def test_codes_of_a_finer_ground_are_valid_unique_and_resolve(fine: Ask, name: str) -> None:
    test_keys_are_unique_and_resolve(fine, name)
    if pattern := TABLES[name].fields["grid_code"].pattern:
        assert not fine(f"select 1 from {name} where not regexp_full_match(grid_code, '{pattern}')")


def test_codes_of_a_finer_ground_nest(fine: Ask) -> None:
    test_codes_start_with_the_unassigned_province_and_nest(fine)


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("level = 'micro_grid'", "select grid_code, geometry from grids where level = 'grid'"),
        ("level = 'grid'", "select region_code, geometry from regions where level = 'community'"),
    ],
)
def test_parts_of_a_finer_ground_fill_their_whole_without_gaps_or_overlaps(fine: Ask, child: str, parent: str) -> None:
    rows = fine(f"select coalesce(parent_grid_code, community_code), st_aswkb(geometry)::blob from grids where {child}")
    wholes = dict(fine(f"with wholes(code, geometry) as ({parent}) select code, st_aswkb(geometry)::blob from wholes"))
    codes = np.array(sorted(wholes))
    parts = shapely.from_wkb([bytes(wkb) for _, wkb in rows])
    assert shapely.is_valid(parts).all()
    assert shapely.coverage_is_valid(parts)
    position = np.searchsorted(codes, np.array([code for code, _ in rows]))
    area = np.bincount(position, shapely.area(parts), len(codes))
    assert area == pytest.approx(shapely.area(shapely.from_wkb([bytes(wholes[code]) for code in codes])), rel=1e-9)


def test_as_many_micro_grids_as_the_place_has_change_nothing(tiny_folder: Path, tmp_path: Path) -> None:
    sample.generate(PLACE, tmp_path, scale=0.02, micro_grids=37_000)
    for name in TABLES:
        assert rows(tiny_folder, name) == rows(tmp_path, name), name


def test_more_parts_than_the_digits_of_their_code_can_number_are_refused() -> None:
    assert geography._rank(np.zeros(99), 2)[-1] == 99
    with pytest.raises(ValueError, match="too many for 2 digits"):
        geography._rank(np.zeros(100), 2)


# Organisations and people


def test_members_are_counted_where_they_are(full: Ask) -> None:
    for column in ("org_id", "group_org_id"):
        assert not full(
            f"select 1 from members join party_orgs on members.{column} = party_orgs.org_id"
            " group by party_orgs.org_id, full_member_count, probationary_member_count"
            " having count(*) <> full_member_count + probationary_member_count"
        )
    assert not full(
        "select 1 from members join party_orgs on group_org_id = party_orgs.org_id where parent_org_id <> members.org_id"
    )


def test_a_few_branches_are_too_large_or_too_small_and_the_others_are_not(full: Ask) -> None:
    [(unfit, branches)] = full(
        "select count(*) filter (org_type = 'branch' and full_member_count not between 3 and 50), count(*)"
        " from party_orgs where org_type in ('branch', 'general_branch')"
    )
    assert unfit / branches == pytest.approx(0.06, abs=0.01)
    assert not full("select 1 from party_orgs where org_type = 'general_branch' and full_member_count <= 50")


def test_grid_workers_are_fewer_than_micro_grids_and_districts_differ(full: Ask) -> None:
    rows = full(
        "with workers as (select left(community_code, 6) as district, count(*) as posts from grid_workers"
        " where kind <> 'community_worker' and ended_date is null group by 1), micro_grids as"
        " (select left(community_code, 6) as district, count(*) as cells from grids where level = 'micro_grid' group by 1)"
        " select posts, cells from workers join micro_grids using (district)"
    )
    assert sum(posts for posts, _ in rows) < sum(cells for _, cells in rows) == 37_000
    short = [posts < cells for posts, cells in rows]
    assert any(short) and not all(short)


def test_the_way_a_branch_was_set_up_fits_the_compounds_it_covers(full: Ask) -> None:
    assert not full(
        "select org_id from party_orgs join org_compounds using (org_id) group by org_id, setup_mode"
        " having (count(*) = 1) <> (setup_mode = 'single')"
    )


def test_organisation_coverage_grows_over_the_years(full: Ask) -> None:
    at = [
        full(f"select count(distinct compound_id) from org_compounds join party_orgs using (org_id)"
             f" where founded_date < '{year}-01-01'")[0][0] / 5_743
        for year in (2022, 2023, 2024, 2025)
    ]  # fmt: skip
    assert at == sorted(at)
    assert 0.7 < at[0] < 0.9
    assert at[3] == pytest.approx(0.97, abs=0.002)


def test_nobody_redeems_more_than_verified_bonus_acts_earned(tiny: Ask) -> None:
    assert not tiny(
        "with earned as (select member_id, sum(points) earned from member_events"
        " where is_verified and item_code like 'G%' group by 1),"
        " redeemed as (select member_id, sum(points) redeemed from redemptions group by 1)"
        " select 1 from redeemed left join earned using (member_id) where redeemed > coalesce(earned, 0)"
    )


def test_points_have_the_sign_of_their_item_and_reversals_take_back_what_they_reverse(tiny: Ask) -> None:
    assert not tiny(
        "select 1 from member_events where reverses_event_id is null"
        " and (points > 0) <> (item_code in ('T1', 'O1', 'D1', 'R1') or item_code like 'G%')"
    )
    assert tiny("select count(*) from member_events where reverses_event_id is not null")[0][0] > 50
    assert not tiny(
        "select 1 from member_events r left join member_events e on r.reverses_event_id = e.event_id"
        " where r.reverses_event_id is not null and (e.event_id is null or r.points <> -e.points"
        " or r.member_id <> e.member_id or r.item_code <> e.item_code or r.occurred_date < e.occurred_date)"
    )


def test_few_members_do_most_of_what_is_scored(tiny: Ask) -> None:
    [(share,)] = tiny(
        "with counted as (select count(event_id) as events, ntile(10) over (order by count(event_id) desc) as tenth"
        " from members left join member_events using (member_id) group by member_id)"
        " select sum(events) filter (tenth <= 2) / sum(events) from counted"
    )
    assert 0.8 < share < 0.99


# Issues


def test_the_moments_of_an_issue_are_in_order_and_fit_its_status(tiny: Ask) -> None:
    steps = [
        "reported_at", "accepted_at", "registered_at", "dispatched_at", "first_response_at", "replied_at",
        "handled_at", "checked_at", "closed_at",
    ]  # fmt: skip
    for place, earlier in enumerate(steps):
        for later in steps[place + 1 :]:
            assert not tiny(f"select 1 from issues where {earlier} > {later} limit 1"), (earlier, later)
    for status, last in (("closed", "closed_at"), ("checked", "checked_at"), ("handled", "handled_at")):
        assert not tiny(f"select 1 from issues where status = '{status}' and {last} is null limit 1")
    assert not tiny("select 1 from issues where (closed_at is not null) <> (status = 'closed') limit 1")
    assert not tiny("select 1 from issues where (satisfaction is not null) <> (revisit_result = 'reached') limit 1")
    assert not tiny("select 1 from issues where greatest(reported_at, closed_at, replied_at) >= '2025-01-01' limit 1")


def test_an_issue_lies_in_a_micro_grid_of_its_compound(tiny: Ask) -> None:
    assert not tiny("select 1 from issues anti join compound_grids using (compound_id, grid_code) limit 1")


def test_old_compounds_have_more_issues_per_household_and_close_them_later(tiny: Ask) -> None:
    found = dict(
        (row[0], row[1:])
        for row in tiny(
            "with homes as (select compound_type, sum(households) households from compounds group by 1)"
            " select compound_type, count(*) / any_value(homes.households), quantile_cont("
            " date_diff('second', reported_at, closed_at) / date_diff('second', reported_at, due_at), 0.75)"
            " from issues join compounds using (compound_id) join homes using (compound_type) group by 1"
        )
    )
    assert found["old"][0] > 1.5 * found["residential"][0]
    assert found["old"][1] > found["residential"][1]


def test_heating_is_a_matter_of_winter_and_noise_of_summer(tiny: Ask) -> None:
    counted = dict(
        tiny(
            "select subcategory, sum(if(month(reported_at) in (12, 1, 2), 1, 0)) /"
            " sum(if(month(reported_at) in (6, 7, 8), 1, 0)) from issues group by 1"
        )
    )
    assert counted["供暖不热"] > 4
    assert counted["噪声扰民"] < 0.5


# Exact figures of the published report, at full size

TOWN = "left(region_code, 9)"
FIGURES = {
    "districts": ("select count(*) from regions where level = 'district'", 10),
    "compounds": ("select count(*) from compounds", 5_743),
    "residential": ("select count(*) from compounds where compound_type = 'residential'", 1_617),
    "transitional": ("select count(*) from compounds where compound_type = 'transitional'", 310),
    "old": ("select count(*) from compounds where compound_type = 'old'", 2_912),
    "work unit": ("select count(*) from compounds where compound_type = 'work_unit'", 904),
    "branches": ("select count(*) from party_orgs where org_type in ('branch', 'general_branch')", 1_867),
    "branches linked to compounds": ("select count(distinct org_id) from org_compounds", 1_867),
    "building groups": ("select count(*) from party_orgs where org_type = 'building_group'", 4_480),
    "micro-grids": ("select count(*) from grids where level = 'micro_grid'", 37_000),
    "fit cases": ("select count(distinct fit_case) from compound_grids", 3),
    "secretaries": ("select count(secretary_channel) from party_orgs", 1_867),
    "secretary channels": ("select count(distinct secretary_channel) from party_orgs", 3),
    "branches in the workers' housing area": (
        "select count(*) from party_orgs join regions on regions.region_code = left(party_orgs.region_code, 9) || '000'"
        " where regions.name like '%工人村%' and org_type in ('branch', 'general_branch')",
        49,
    ),
    "members on the register": ("select count(*) from members", 180_000),
    "members in a building group": (
        "select count(*) from members join party_orgs on group_org_id = party_orgs.org_id"
        " where org_type = 'building_group'",
        180_000,
    ),
    "member categories": ("select count(distinct category) from members", 4),
    "in-service members who reported in": ("select count(distinct member_id) from report_ins", 123_000),
    "of them on the register": ("select count(*) from report_ins semi join members using (member_id)", 0),
    "retired members": ("select count(*) from members where category = 'retired'", 132_000),
    "micro-stations of 2022": (
        "select count(*) from facilities where kind = 'micro_station' and year(opened_date) = 2022",
        2_340,
    ),
    "micro-stations": ("select count(*) from facilities where kind = 'micro_station'", 2_340),
    "pilot compounds": ("select count(*) from compounds where is_pilot", 1_217),
    "pilot compounds with one venue": (
        "select count(distinct compound_id) from facilities join compounds using (compound_id)"
        " where is_pilot and kind = 'micro_station'",
        1_217,
    ),
    "mean area of pilot venues": (
        "select round(avg(area_m2), 1) from facilities join compounds using (compound_id)"
        " where is_pilot and kind = 'micro_station'",
        36.1,
    ),
    "subdistricts with 79 stations": (
        "select count(*) from (select left(community_code, 9) from facilities where kind = 'micro_station'"
        " group by 1 having count(*) = 79)",
        1,
    ),
    "canteens": ("select count(*) from facilities where kind = 'canteen'", 312),
    "canteens with a help point": (
        "select count(*) from facilities canteen where kind = 'canteen' and exists (select 1 from facilities"
        " where kind = 'help_point' and community_code = canteen.community_code)",
        312,
    ),
    "help points": ("select count(*) from facilities where kind = 'help_point'", 1_378),
    "help point matters of the year": (
        "select sum(matter_count)::bigint from help_point_months where year(month) = 2024",
        53_169,
    ),
    "help point person-times of the year": (
        "select sum(person_times)::bigint from help_point_months where year(month) = 2024",
        115_531,
    ),
    "people covered by canteens, within just over 235,000": (
        "select sum(covered_people) between 235_000 and 235_999 from canteen_months where month = '2024-12-01'",
        True,
    ),
    "canteen person-times a day, within about 13,000": (
        "select sum(person_times) / 366 between 12_500 and 13_500 from canteen_months where year(month) = 2024",
        True,
    ),
    "team colours": ("select count(distinct colour) from teams", 5),
    "platforms of demonstration stations": (
        "select count(distinct platform) from (select unnest(string_split(functions, '、')) as platform from facilities"
        " join compounds using (compound_id) where kind = 'micro_station' and is_demonstration)",
        4,
    ),
    "covered by property service": ("select count(*) from compounds where property_mode <> 'none'", 5_456),
    "property firms with a Party organisation": ("select count(*) from property_firms where has_party_org", 496),
    "committee members on owners' bodies": (
        "select count(*) from cross_posts where from_side = 'community_committee' and to_side = 'owners_body'"
        " and ended_date is null",
        238,
    ),
    "part-time committee members": (
        "select count(*) from cross_posts where from_side in ('owners_body', 'property')"
        " and to_side = 'community_committee' and ended_date is null",
        315,
    ),
    "full-time grid workers": ("select count(*) from grid_workers where kind = 'full_time' and ended_date is null", 5_208),
    "auxiliary grid workers, well over 30,000": (
        "select count(*) from grid_workers where kind = 'auxiliary' and ended_date is null",
        30_417,
    ),
    "part-time grid workers, one per micro-grid": (
        "select count(distinct grid_code) from grid_workers where kind = 'part_time' and ended_date is null",
        57,
    ),
    "districts with part-time grid workers": (
        "select count(distinct left(community_code, 6)) from grid_workers where kind = 'part_time'",
        1,
    ),
    "eligible for an owners' body": ("select count(*) from compounds where is_owners_body_eligible", 4_882),
    "with an owners' body": ("select count(*) from compounds where owners_body <> 'none'", 4_882),
    "eligible without one": (
        "select count(*) from compounds where is_owners_body_eligible <> (owners_body <> 'none')",
        0,
    ),
    "rules of an owners' body": (
        "select distinct owners_body_rule_count from compounds where owners_body <> 'none'",
        7,
    ),
    "major property matters": ("select count(distinct major_matter) from deliberations", 5),
    "decision steps": ("select max(decision_steps_reached) from deliberations", 4),
    "support per venue, district A": (
        "select distinct rate_yuan from funding_lines where payee_kind = 'facility' and left(region_code, 6) = '990101'",
        100_000,
    ),
    "funds per compound and year, district A": (
        "select distinct rate_yuan from funding_lines where payee_kind = 'compound' and pay_period = 'year'",
        6_000,
    ),
    "secretary allowance a month, district A": (
        "select distinct rate_yuan from funding_lines where pay_period = 'month'",
        500,
    ),
    "special fund, district A": ("select budget_yuan from funding_lines where payee_kind = 'district'", 5_000_000),
    "funds per branch and year, district B": (
        "select distinct rate_yuan from funding_lines where pay_period = 'year' and left(region_code, 6) = '990102'",
        5_000,
    ),
    "phone allowance, period unstated, district B": (
        "select distinct rate_yuan from funding_lines where pay_period = 'unstated'",
        500,
    ),
}


@pytest.mark.parametrize("figure", FIGURES)
def test_the_full_city_has_exactly_the_published(full: Ask, figure: str) -> None:
    sql, value = FIGURES[figure]
    assert full(sql) == [(value,)]


def test_names_of_divisions_and_compounds_are_unique_in_both_languages(full: Ask) -> None:
    for table in ("regions", "compounds"):
        for name in ("name", "name_en"):
            assert not full(f"select {name} from {table} group by 1 having count(*) > 1"), (table, name)


@pytest.fixture(scope="module")
def hundredfold() -> dict[str, tables.Maker]:
    return tables.makers(PLANS[PLACE].at(100.0), sample.SEED)


@pytest.mark.parametrize("name", ["issues", "member_events", "service_orders"])
def test_a_hundredfold_grows_the_number_of_batches_not_their_size(
    hundredfold: dict[str, tables.Maker], name: str
) -> None:
    batches = hundredfold[name]()
    key = TABLES[name].primary_key[0]
    assert all(len(next(batches)[key]) < 250_000 for _ in range(3))


def test_above_full_size_people_and_places_do_not_grow(hundredfold: dict[str, tables.Maker], full: Ask) -> None:
    for name in ("compounds", "party_orgs"):
        [columns] = hundredfold[name]()
        assert full(f"select count(*) from {name}") == [(len(columns["name"]),)]


def test_the_full_city_has_a_million_issues_and_three_million_member_events() -> None:
    makers = tables.makers(PLANS[PLACE], sample.SEED)
    assert 1_000_000 <= sum(len(batch["issue_id"]) for batch in makers["issues"]()) < 1_050_000
    assert 3_000_000 <= sum(len(batch["event_id"]) for batch in makers["member_events"]()) < 3_100_000


# The entry


def test_progress_names_every_table_and_ends_at_one(tiny: Ask, progress: list[tuple[str, float]]) -> None:
    assert [name for name, _ in progress] == [*TABLES, ""]
    assert [share for _, share in progress] == sorted({share for _, share in progress})
    assert (progress[0][1], progress[-1][1]) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"place": "nowhere"}, "no sample for place 'nowhere'"),
        ({"place": PLACE, "scale": 0}, "scale must be positive"),
        ({"place": PLACE, "tables": {"issues", "tigers"}}, "unknown tables: tigers"),
        ({"place": PLACE, "micro_grids": 36_999}, "at least 37000 micro-grids, not 36999"),
    ],
)
def test_what_cannot_be_generated_is_refused_with_a_reason(tmp_path: Path, arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sample.generate(destination=tmp_path / "out", **arguments)
    assert not (tmp_path / "out").exists()


def test_generating_does_not_load_streamlit() -> None:
    code = "import sys, dashboard.sample; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=settings.ROOT, check=False).returncode == 0


def test_help_points_and_canteens_report_only_while_they_are_open(full: Ask) -> None:
    for table, kind in (("help_point_months", "help_point"), ("canteen_months", "canteen")):
        wrong = f"kind <> '{kind}' or last_day(month) < opened_date"
        assert full(f"select count(*) from {table} join facilities using (facility_id) where {wrong}") == [(0,)]
    assert full("select count(*) from help_point_months where person_times < matter_count") == [(0,)]


def test_residents_never_redeem_more_points_than_they_earned(tiny: Ask) -> None:
    balances = "sum(points_earned - points_redeemed) over (partition by community_code order by month)"
    assert tiny(f"select min(left_over) >= 0 from (select {balances} as left_over from resident_point_months)") == [(True,)]


def test_old_compounds_meet_the_standard_less_often_than_new_ones(tiny: Ask) -> None:
    sums = dict(
        tiny(
            "select compound_type, avg(is_met::integer) from service_checks join compounds using (compound_id)"
            " group by compound_type"
        )
    )
    assert sums["residential"] > sums["old"]
