"""Work of publishing side by side, so that neither core waits: DuckDB shares out long statements, but short ones, and
everything in Python, keep one core busy and leave the other idle.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from typing import TypeVar

import duckdb

LANES = 2
Job = TypeVar("Job", bound=Hashable)
Result = TypeVar("Result")


def run(
    connection: duckdb.DuckDBPyConnection,
    graph: Mapping[Job, Collection[Job]],
    work: Callable[[duckdb.DuckDBPyConnection, Job], Result],
    started: Callable[[Job, float], None],
) -> dict[Job, Result]:
    """Do `work` for every job of the graph (job -> jobs it waits for); returns the results in the graph's order.

    Each job has a cursor of its own with the connection's search path; temporary tables end with it. Of jobs that are
    ready the one goes first that most others wait for in turn, then the earlier in the graph. `started(job, part)` is
    called in the caller's thread, with the part of all jobs that is done. After a failure nothing more is started; it
    is raised once the job beside it has ended. Raises `graphlib.CycleError` for a circle.
    """
    (path,) = connection.execute("select current_setting('search_path')").fetchall()[0]
    sorter, rank = TopologicalSorter(graph), _ranks(graph)
    sorter.prepare()
    ready: list[Job] = []
    results: dict[Job, Result] = {}
    running: dict[Future[Result], Job] = {}

    def in_lane(job: Job) -> Result:
        with connection.cursor() as cursor:
            cursor.execute(f"set search_path = '{path}'")
            return work(cursor, job)

    with ThreadPoolExecutor(LANES) as lanes:
        while sorter.is_active():
            ready = sorted([*ready, *sorter.get_ready()], key=rank.__getitem__)
            while ready and len(running) < LANES:
                job = ready.pop(0)
                started(job, len(results) / len(graph))
                running[lanes.submit(in_lane, job)] = job
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                results[job] = future.result()
                sorter.done(job)
    return {job: results[job] for job in graph}


def _ranks(graph: Mapping[Job, Collection[Job]]) -> dict[Job, tuple[int, int]]:
    """Order in which jobs are taken: by the longest chain of jobs that wait for it, then as in the graph."""
    chain = dict.fromkeys(graph, 0)
    for job in reversed(list(TopologicalSorter(graph).static_order())):
        for before in graph[job]:
            chain[before] = max(chain[before], chain[job] + 1)
    return {job: (-chain[job], number) for number, job in enumerate(graph)}
