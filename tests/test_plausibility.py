"""What is missing is named, what jumps is doubted, and an ordinary delivery raises neither."""

from datetime import date

import duckdb
import numpy as np
import pytest

from dashboard import contract
from dashboard.profile import Profile
from dashboard.publishing import completeness, plausibility
from dashboard.publishing.findings import WARNING, Finding

DISTRICTS = [f"99010{n}000000" for n in range(1, 6)]
AS_OF = date(2024, 12, 31)


class Place(Profile):
    """A profile of which only the as-of date counts."""

    def __init__(self) -> None:
        object.__setattr__(self, "as_of", AS_OF)


@pytest.fixture
def place() -> duckdb.DuckDBPyConnection:
    """Five districts of four communities; every grid of a community visited every month of a year, 50 issues a month."""
    connection = duckdb.connect()
    connection.execute(
        """
        create table regions as
        select '9901' || lpad(d::varchar, 2, '0') || '000000' as region_code, 'district' as level, '区' || d as name,
            '9901' || lpad(d::varchar, 2, '0') || '000000' as district_code
        from range(1, 6) as districts(d)
        union all
        select '9901' || lpad(d::varchar, 2, '0') || '00100' || c, 'community', '社区' || d || c,
            '9901' || lpad(d::varchar, 2, '0') || '000000'
        from range(1, 6) as districts(d), range(1, 5) as communities(c);
        create table visit_months as
        select region_code || '00' || grid as grid_code, month::date as month, 5 as households_visited, district_code
        from regions, range(1, 8) as grids(grid),
            generate_series(date '2024-01-01', date '2024-12-01', interval 1 month) as months(month)
        where level = 'community';
        create table issues as
        select region_code || '-' || n || '-' || month as issue_id, (month + interval 8 hours)::timestamp as reported_at,
            district_code
        from regions, range(50) as numbers(n),
            generate_series(date '2024-01-01', date '2024-12-01', interval 1 month) as months(month)
        where level = 'district';
        """
    )
    return connection


def gaps(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, str]]:
    """Table, code, count and names of the warnings about gaps."""
    tables = contract.load().tables
    connection.execute("drop table if exists extract_gaps")
    found = completeness.check(connection, tables, ["visit_months", "issues"], Place())
    return [(f.table, f.code, f.count, f.details["names"]) for f in found]


def test_a_complete_delivery_raises_no_warning(place) -> None:
    assert gaps(place) == []


CHANGES = {
    "district": ("delete from issues where district_code = '990102000000'", ("issues", "T06", 1, "区2")),
    "month": ("delete from issues where month(reported_at) = 5", ("issues", "T08", 1, "2024-05")),
    "district's month": (
        "delete from issues where month(reported_at) = 5 and district_code = '990104000000'",
        ("issues", "T09", 1, "区4 2024-05"),
    ),
    "thin month": ("delete from issues where month(reported_at) = 12 and hash(issue_id) % 4 > 0", ("issues", "T10", 1, "2024-12")),
    "no last month": ("delete from issues where month(reported_at) = 12", ("issues", "T08", 1, "2024-12")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_missing_is_named(name: str, place) -> None:
    change, told = CHANGES[name]
    place.execute(change)
    assert gaps(place) == [told]


def test_communities_without_rows_are_counted_by_district(place) -> None:
    place.execute("delete from visit_months where left(grid_code, 12) in ('990103001001', '990103001002', '990105001001')")
    assert gaps(place) == [("visit_months", "T07", 3, "区3 2、区5 1")]
    kept = place.execute("select district_code, kind, unit_count from extract_gaps order by all").fetchall()
    assert kept == [("990103000000", "community", 2), ("990105000000", "community", 1)]


def test_an_extract_that_few_communities_report_is_not_meant_for_all(place) -> None:
    place.execute("delete from visit_months where left(grid_code, 12) like '%1'")
    assert gaps(place) == []


def test_a_rare_event_that_did_not_happen_is_no_gap(place) -> None:
    place.execute("delete from issues where not (month(reported_at) = 3 and district_code = '990101000000')")
    assert gaps(place) == []


def rows(connection: duckdb.DuckDBPyConnection, tmp_path, change: str) -> list[tuple[str, float, float]]:
    """Districts whose rows are doubted after a change."""
    connection.execute(f"copy issues to '{tmp_path}/before.parquet' (format parquet)")
    connection.execute(change)
    found = plausibility._rows(connection, "issues", f"'{tmp_path}/before.parquet'")
    return [(doubt.district, doubt.before, doubt.after) for doubt in found]


@pytest.mark.parametrize(
    ("change", "doubted"),
    [
        ("insert into issues select * from issues where district_code = '990103000000'", [("990103000000", 600, 1200)]),
        ("delete from issues where district_code = '990103000000' and hash(issue_id) % 2 = 0", None),
        ("delete from issues where district_code = '990103000000'", [("990103000000", 600, 0)]),
        ("insert into issues select issue_id || 'x', reported_at + interval 1 month, district_code from issues where month(reported_at) = 12", []),
        ("insert into issues select * from issues", [(code, 600, 1200) for code in DISTRICTS]),
        ("delete from issues where hash(issue_id) % 50 = 0", []),
        ("delete from issues where right(issue_id, 12) like '2024-03-01%' or month(reported_at) = 3", [(code, 600, 550) for code in DISTRICTS]),
    ],
)  # fmt: skip
def test_a_district_delivered_twice_or_half_is_doubted_and_a_new_month_is_not(change: str, doubted, place, tmp_path) -> None:
    found = rows(place, tmp_path, change)
    if doubted is None:
        assert [district for district, _before, _after in found] == ["990103000000"]
    else:
        assert found == doubted


def test_scores_are_those_of_iglewicz_and_hoaglin() -> None:
    values = np.array([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3])  # their example: the last two are outliers
    found = plausibility.scores(values, 0.0)
    assert (np.abs(found) > plausibility.LIMIT).tolist() == [False] * 8 + [True] * 2
    assert found[8] == pytest.approx(0.6745 * (8.2 - 2.45) / 0.15)
    assert plausibility.scores(np.zeros(5), 0.1).tolist() == [0.0] * 5


def test_a_change_that_all_districts_share_is_no_jump() -> None:
    assert not plausibility.jumps(np.full(10, 0.2), np.full(10, 0.01)).any()
    changes = np.array([0.001, -0.002, 0.0, 0.003, -0.001, 0.002, 0.0, -0.003, 0.001, 0.3])
    assert plausibility.jumps(changes, np.full(10, 0.01)).tolist() == [False] * 9 + [True]
    assert not plausibility.jumps(np.array([]), np.array([])).any()


def test_doubts_of_districts_and_of_whole_tables_are_told_apart() -> None:
    doubts = [plausibility.Doubt("issues", DISTRICTS[2], plausibility.ROWS, "", 600, 1200)]
    whole = Finding(WARNING, "The total of the sheet differs from the sum of its rows", table="compounds")
    fact = Finding(WARNING, "The district has fewer grid workers than micro-grids", table="regions")
    told = plausibility.doubtful(doubts, [whole, fact], DISTRICTS[:2])
    assert told.to_numpy().tolist() == [
        ["compounds", DISTRICTS[0], "F22"], ["compounds", DISTRICTS[1], "F22"], ["issues", DISTRICTS[2], "P01"],
    ]  # fmt: skip
