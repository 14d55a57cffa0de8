"""Editions to DuckDB to DataFrames: the only module of the dashboard that reads an edition's tables.

Each reader's rights get a database of their own, holding that reader's districts and nothing else. A query,
a cache entry, a map or a download cannot show another district, because it is not there.
"""

import os
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pandas as pd

from dashboard import access, contract, editions, profile, settings

PEOPLE_MARTS = frozenset({"member_quarters"})
ANSWERS_KEPT = 256
PARAMETER = re.compile(r"^-- \$(\w+) +(\S+) +(.+)$", re.MULTILINE)

# Answers have some hundred rows: Python strings are made, read and compared several times as fast as Arrow's.
pd.set_option("mode.string_storage", "python")

Ask = tuple[str, dict[str, Any]]  # name of a query and its parameters

_opening, _starting = Lock(), Lock()
_answers: dict[tuple, Future[pd.DataFrame]] = {}  # the last asked come last
_workers = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="query")
_noted: ContextVar[list[Ask] | None] = ContextVar("noted", default=None)


class OutdatedEditionError(LookupError):
    """The edition lacks what a query needs: another version of the dashboard published it."""


@dataclass(frozen=True)
class Query:
    """One file of `queries/pages`: what it answers, its parameters (name -> type, meaning) and its text."""

    name: str
    question: str
    parameters: dict[str, tuple[str, str]]
    text: str


@cache
def describe(name: str) -> Query:
    """Read one named query. Raises `KeyError` if `queries/pages` has no such file."""
    file = settings.QUERIES / "pages" / f"{name}.sql"
    if not re.fullmatch(r"\w+", name) or not file.is_file():
        raise KeyError(f"no query named {name!r}")
    text = file.read_text(encoding="utf-8")
    first_paragraph = text.partition("\n--\n")[0].partition("\n\n")[0]
    question = " ".join(line.removeprefix("-- ").strip() for line in first_paragraph.splitlines())
    return Query(name, question, {p[1]: (p[2], p[3]) for p in PARAMETER.finditer(text)}, text)


def query(name: str, *, place: str, edition: str, **parameters: Any) -> pd.DataFrame:
    """Run a named query on one edition inside the reader's scope; rows as a DataFrame of the caller's own.

    Parameters the query does not declare are left out, so a page can pass all it has chosen.
    Raises `KeyError` for an unknown query or a declared parameter that is not given, `editions.EditionError`
    for an unknown edition and `OutdatedEditionError` for one that lacks what the query needs.
    """
    return _rows(_ask(name, place=place, edition=edition, **parameters))


def queries(*names: str, **parameters: Any) -> list[pd.DataFrame]:
    """Run several named queries side by side, with the same parameters; their rows in the order of the names.

    A page's queries are small, so two cores are better used by two queries than by one. Raises as `query` does.
    """
    asked = [_ask(name, **parameters) for name in names]
    return [_rows(each) for each in asked]


def start(asks: list[Ask]) -> None:
    """Begin with queries that will be asked soon; whoever asks then waits for the rest of the work only."""
    for name, parameters in asks:
        _ask(name, **parameters).add_done_callback(_forget_fault)


@contextmanager
def noting() -> Iterator[list[Ask]]:
    """Collect the queries that this thread asks meanwhile."""
    asks: list[Ask] = []
    before = _noted.set(asks)
    try:
        yield asks
    finally:
        _noted.reset(before)


def people_tables() -> frozenset[str]:
    """Names of the tables with one row per person or per act of a person."""
    return PEOPLE_MARTS | {table.name for table in contract.load().tables.values() if table.people}


@lru_cache(maxsize=32)
def missing_tables(place: str, edition: str) -> tuple[str, ...]:
    """Names of the optional extracts this edition does not publish, in the order of the contract."""
    folder = editions.path(place, edition) / "extracts"
    return tuple(name for name in contract.load().tables if not (folder / f"{name}.parquet").is_file())


@lru_cache(maxsize=32)
def place_profile(place: str, edition: str) -> profile.Profile:
    """Profile as it was when the edition was published."""
    return profile.load(editions.path(place, edition) / "place.toml")


def _ask(name: str, *, place: str, edition: str, **parameters: Any) -> Future[pd.DataFrame]:
    """An answer that is there or on its way; kept for whoever asks the same within the same rights."""
    declared = {key: parameters[key] for key in describe(name).parameters}
    noted = _noted.get()
    if noted is not None:
        noted.append((name, {"place": place, "edition": edition, **declared}))
    asked = (name, place, edition, access.reader(), tuple((key, _frozen(value)) for key, value in declared.items()))
    with _starting:  # two who ask the same at once share one answer
        answer = _answers.pop(asked, None) or _workers.submit(_run, *asked)
        _answers[asked] = answer  # the last asked goes to the end
        if len(_answers) > ANSWERS_KEPT:
            del _answers[next(iter(_answers))]
    return answer


def _rows(answer: Future[pd.DataFrame]) -> pd.DataFrame:
    try:
        return answer.result().copy(deep=False)
    finally:
        _forget_fault(answer)


def _forget_fault(answer: Future[pd.DataFrame]) -> None:
    if answer.exception():  # no answer: who asks next gets another try
        with _starting:
            for asked in [asked for asked, kept in _answers.items() if kept is answer]:
                del _answers[asked]


def _run(name: str, place: str, edition: str, reader: access.Reader, bound: tuple) -> pd.DataFrame:
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in bound}

    def answer() -> pd.DataFrame:
        return _open(place, edition, reader).cursor().execute(describe(name).text, values).df()

    try:
        try:
            return answer()
        except duckdb.IOException:  # its folder went away: a candidate was published, or the edition removed
            return answer()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise OutdatedEditionError(f"{name}: {error}") from error


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _open(place: str, edition: str, reader: access.Reader) -> duckdb.DuckDBPyConnection:
    with _opening:
        loading = _loading(place, edition, reader)
    with loading:  # two first readers must not load the same edition twice; those of others need not wait
        return _database(editions.path(place, edition), reader)


@lru_cache(maxsize=64)
def _loading(place: str, edition: str, reader: access.Reader) -> Lock:
    return Lock()


@lru_cache(maxsize=8)
def _database(folder: Path, reader: access.Reader) -> duckdb.DuckDBPyConnection:
    """Open an in-memory database with the marts as tables and the extracts as views, within the scope.

    A candidate that is published moves to another folder: its views are made anew then.
    """
    connection = duckdb.connect(
        config={"memory_limit": settings.memory_limit(), "python_enable_replacements": False}
    )
    create_macros(connection)
    for file in sorted((folder / "vocabulary").glob("*.parquet")):  # rules and lists: no place, no person
        connection.execute(f"create table {file.stem} as select * from {_source(file)}")
    for file in sorted((folder / "marts").glob("*.parquet")):
        connection.execute(f"create table {file.stem} as {_scoped(connection, file, reader)}")
    for table in contract.load().tables.values():
        file = folder / "extracts" / f"{table.name}.parquet"
        if file.is_file():
            connection.execute(f"create view {table.name} as {_scoped(connection, file, reader)}")
        else:
            connection.execute(empty_table(table))
    for view in sorted((settings.QUERIES / "views").glob("*.sql")):
        # An older edition may lack a view's tables: the queries that need the view will say so.
        with suppress(duckdb.CatalogException):
            connection.execute(f"create view {view.stem} as {view.read_text(encoding='utf-8')}")
    connection.execute(f"set allowed_directories = ['{_quoted(folder)}']")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the SQL functions that page queries share."""
    connection.execute("create macro label(zh, en, language) as if(language = 'en', coalesce(en, zh), zh)")
    connection.execute("create macro lies_in(unit, code, around) as code <> unit and list_contains(around, unit)")
    # Months up to the last one, two years at most and none before the first.
    connection.execute(
        """
        create macro two_years(first_month, last_month) as cast(
            generate_series(
                greatest(first_month, cast(last_month - interval 23 month as date)), last_month, interval 1 month
            ) as date[]
        )
        """
    )
    # Rates of issues from their counts, as compound_metrics and grid_metrics define them, for rows summed before.
    connection.execute(
        """
        create macro issue_parts(counts) as [
            {'metric': 'reported_issues', 'part': counts.reported_count, 'whole': cast(null as hugeint)},
            {'metric': 'response_rate', 'part': counts.responded_on_time_count, 'whole': counts.reported_count},
            {'metric': 'close_rate', 'part': counts.closed_count, 'whole': counts.due_count},
            {'metric': 'ontime_close_rate', 'part': counts.ontime_closed_count, 'whole': counts.due_count},
            {'metric': 'resolution_rate', 'part': counts.due_resolved_count, 'whole': counts.due_count},
            {'metric': 'overnight_rate', 'part': counts.overnight_count, 'whole': counts.finished_count},
            {'metric': 'rework_rate', 'part': counts.rework_count, 'whole': counts.finished_count},
            {'metric': 'satisfaction_rate', 'part': counts.satisfied_count, 'whole': counts.revisited_count},
            {
                'metric': 'solved_at_compound_rate',
                'part': counts.resolved_compound_count,
                'whole': counts.resolved_count,
            },
            {'metric': 'extension_rate', 'part': counts.extended_count, 'whole': counts.registered_count},
        ]
        """
    )
    # Share of a standard normal beyond |z|, and below z, to 7.5e-8: Abramowitz & Stegun 1964, 26.2.17.
    connection.execute(
        """
        create macro normal_tail(z, t) as exp(-z * z / 2) / sqrt(2 * pi()) * t * (0.319381530
            + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
        """
    )
    connection.execute(
        """
        create macro normal_below(z) as if(
            z < 0,
            normal_tail(z, 1 / (1 - 0.2316419 * z)),
            1 - normal_tail(z, 1 / (1 + 0.2316419 * z))
        )
        """
    )


def empty_table(table: contract.Table) -> str:
    """Statement that creates an extract the place does not publish, with its columns and no row."""
    columns = [f"{field.name} {field.sql_type}" for field in table.fields.values()]
    columns += ["not_applicable varchar[]", "district_code varchar"]
    return f"create table {table.name} ({', '.join(columns)})"


def _scoped(connection: duckdb.DuckDBPyConnection, file: Path, reader: access.Reader) -> str:
    """Select over one table of an edition, limited to what the reader may see.

    Rows about people are for their own branch alone: without one, such a table stays empty. A table that does
    not say its districts fails for a limited reader instead of being shown whole.
    """
    conditions = ["true"]
    if reader.districts:
        conditions.append(f"district_code in ({_literals(sorted(reader.districts))})")
    if file.stem in people_tables():
        columns = [row[0] for row in connection.execute(f"describe from {_source(file)}").fetchall()]
        is_named = reader.own_branch and "org_id" in columns
        conditions.append(f"org_id = {_literals([reader.own_branch])}" if is_named else "false")
    return f"select * from {_source(file)} where {' and '.join(conditions)}"


def _source(file: Path) -> str:
    return f"read_parquet('{_quoted(file)}')"


def _literals(values: list[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("'", "''")
