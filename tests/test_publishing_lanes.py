"""Work side by side: order, results, failures and what is told of it."""

from graphlib import CycleError
from threading import Barrier, current_thread

import duckdb
import pytest

from dashboard.publishing import lanes


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("create schema source")
        connection.execute("set search_path = 'source,main'")
        yield connection


def quiet(_job, _part):
    pass


def test_results_come_in_the_order_of_the_graph_whatever_ends_first(connection):
    graph = {"c": {"a"}, "a": (), "b": ()}
    assert list(lanes.run(connection, graph, lambda _cursor, job: job * 2, quiet).items()) == [
        ("c", "cc"),
        ("a", "aa"),
        ("b", "bb"),
    ]


def test_a_job_sees_what_the_jobs_it_waits_for_have_made(connection):
    def work(cursor, job):
        if job == "make":
            return cursor.execute("create table made as select 7 as number").fetchall()
        return cursor.execute("select number from source.made").fetchall()

    assert lanes.run(connection, {"read": {"make"}, "make": ()}, work, quiet)["read"] == [(7,)]


def test_two_jobs_run_at_the_same_time(connection):
    barrier = Barrier(2, timeout=10)  # broken, and an error, if one waited for the other to end
    lanes.run(connection, {"a": (), "b": ()}, lambda _cursor, _job: barrier.wait(), quiet)


def test_the_job_that_most_others_wait_for_goes_first(connection):
    told = []
    graph = {"short": (), "long": (), "last": {"middle"}, "middle": {"long"}}
    lanes.run(connection, graph, lambda _cursor, _job: None, lambda job, _part: told.append(job))
    assert told[0] == "long"


def test_progress_never_goes_back_and_is_told_in_the_callers_thread(connection):
    parts, threads = [], set()

    def started(_job, part):
        parts.append(part)
        threads.add(current_thread())

    lanes.run(connection, {number: () for number in range(9)}, lambda _cursor, _job: None, started)
    assert parts == sorted(parts)
    assert parts[0] == 0 and parts[-1] < 1
    assert threads == {current_thread()}


def test_after_a_failure_nothing_more_is_started(connection):
    done = []

    def work(_cursor, job):
        if job == 0:
            raise ValueError("the first one")
        done.append(job)

    graph = {0: ()} | {number: {number - 1} for number in range(1, 5)}
    with pytest.raises(ValueError, match="the first one"):
        lanes.run(connection, graph, work, quiet)
    assert done == []


def test_jobs_that_wait_for_each_other_are_an_error(connection):
    with pytest.raises(CycleError):
        lanes.run(connection, {"a": {"b"}, "b": {"a"}}, lambda _cursor, _job: None, quiet)


def test_nothing_to_do_gives_nothing(connection):
    assert lanes.run(connection, {}, lambda _cursor, _job: None, quiet) == {}
