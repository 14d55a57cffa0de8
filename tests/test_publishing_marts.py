"""Marts as files: by district, in the mart's own order within it."""

import duckdb
import pyarrow.parquet as pq
import pytest

from dashboard.publishing import writing

UNSORTED = [("East", 1), (None, 2), ("West", 3), ("East", 4), (None, 5)]
FALLING = [("West", 1), ("East", 2)]
WITHOUT_LAST = [("East", 1), ("West", 2), (None, 3)]
SORTED = [(None, 1), (None, 2), ("East", 4), ("East", 3), ("West", 5)]


@pytest.mark.parametrize("rows", [UNSORTED, FALLING, WITHOUT_LAST, SORTED, []], ids=str)
def test_a_mart_is_written_by_district_and_then_in_its_own_order(tmp_path, rows):
    connection = duckdb.connect()
    connection.execute("create table facts (district_code varchar, number integer)")
    if rows:
        connection.executemany("insert into facts values (?, ?)", rows)
    file = tmp_path / "facts.parquet"
    assert writing.write_mart(connection, "facts", file) == len(rows)
    written = [tuple(row.values()) for row in pq.read_table(file).to_pylist()]
    assert written == sorted(rows, key=lambda row: row[0] or "")
