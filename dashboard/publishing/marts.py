"""From checked extracts to an edition's tables: district codes stamped, views and marts built, files written.

Views (`queries/views`), marts (`queries/marts`) and the marts that Python makes (`python_marts`) form one
graph; each is built after what it reads.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from graphlib import CycleError
from pathlib import Path

import duckdb
import pandas as pd

from dashboard import contract, python_marts, scoring, settings, store
from dashboard.profile import Profile
from dashboard.publishing import cleaning, lanes, writing
from dashboard.publishing.sqltext import tables_read
from dashboard.text import N_, _

PEOPLE_COLUMNS = {"member_id", "masked_name"}
INTERMEDIATE = "-- Intermediate:"
WRITING = N_("Writing {name}")
LOOKUPS = {
    "compound_id": "compounds",
    "org_id": "party_orgs",
    "member_id": "members",
    "facility_id": "facilities",
    "unit_id": "units",
}
SUBJECTS = {"branch": "org_id", "compound": "compound_id", "unit": "unit_id"}  # subject_kind -> key


class MartError(RuntimeError):
    """A view or mart that cannot be built; the message names it and says why."""


@dataclass(frozen=True)
class Step:
    """One node of the graph: the tables it makes, the ones it reads, how, and what is told while it does.

    `do` returns the rows of the tables it wrote to files.
    """

    names: tuple[str, ...]
    inputs: frozenset[str]
    do: Callable[[duckdb.DuckDBPyConnection], dict[str, int]]
    title: str
    message: str = N_("Building {name}")


def register(
    connection: duckdb.DuckDBPyConnection, profile: Profile, rules_dir: Path, published: list[str]
) -> list[str]:
    """Create the tables by which SQL knows the place: its rules and profile, and which extracts it brought.

    Returns the names of those that pages read too, the edition's vocabulary: no place and no person in them.
    Raises `scoring.RuleError` for a defective rule file.
    """
    frames = scoring.rule_tables(rules_dir, profile)
    for name, frame in frames.items():
        connection.register("frame_of_rules", frame)
        connection.execute(f"create table {name} as select * from frame_of_rules")
        connection.unregister("frame_of_rules")
    connection.execute("create table published_tables (table_name varchar)")
    connection.execute("insert into published_tables select unnest(?::varchar[])", [published])
    connection.execute("create table place_code as select ? as region_prefix", [profile.region_prefix])
    return [*frames, "published_tables"]


def stamp(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring every table of the schema `source` into `main`, its rows stamped with their `district_code`.

    Tables that others look their district up in are copied; the rest are views, so that millions of events
    are not held twice.
    """
    for table in contract.load().tables.values():
        district, joins = _district(table)
        columns = ", ".join(f"extract.{name}" for name in table.fields)
        partly = "extract." if further(connection, table.name) else "null::varchar[] as "
        kind = "table" if table.name in LOOKUPS.values() else "view"
        connection.execute(
            f"create {kind} {table.name} as "
            f"select {columns}, {partly}{cleaning.NOT_APPLICABLE}, {district} as district_code "
            f"from source.{table.name} as extract {joins}"
        )


def districts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Codes of the place's districts."""
    found = connection.execute("select distinct district_code from regions where district_code is not null order by 1")
    return [row[0] for row in found.fetchall()]


def add_doubts(connection: duckdb.DuckDBPyConnection, doubts: pd.DataFrame) -> None:
    """Keep which extracts of which districts are doubtful as the table `extract_doubts`."""
    connection.register("frame_of_doubts", doubts)
    connection.execute("create table extract_doubts as select * from frame_of_doubts")
    connection.unregister("frame_of_doubts")


def further(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Columns of a source table beyond the contract's: `not_applicable`, where it has cells that do not apply."""
    described = connection.execute(f"describe source.{table}").fetchall()
    return [row[0] for row in described if row[0] == cleaning.NOT_APPLICABLE]


def _district(table: contract.Table) -> tuple[str, str]:
    """SQL for a row's district (county level; null above it) and the joins it needs."""
    codes, joins = [], []
    for column in table.district_from:
        if column == "subject_id":
            codes.append(f"if(extract.subject_kind = 'community', {_county('extract.subject_id')}, null)")
            for kind, key in SUBJECTS.items():
                if kind not in table.fields["subject_kind"].categories:
                    continue
                on = f"extract.subject_kind = '{kind}' and extract.subject_id = {kind}.{key}"
                codes.append(f"{kind}.district_code")
                joins.append(f"left join {_lookup(key)} as {kind} on {on}")
        elif column in LOOKUPS and LOOKUPS[column] != table.name:
            codes.append("parent.district_code")
            joins.append(f"left join {_lookup(column)} as parent on extract.{column} = parent.{column}")
        else:
            codes.append(_county(f"extract.{column}"))
    return f"coalesce({', '.join(codes)}, null)", " ".join(joins)


def _lookup(key: str) -> str:
    """District per key; grouped, because DuckDB leaves out an unused join only if it sees the key is unique."""
    return f"(select {key}, any_value(district_code) as district_code from {LOOKUPS[key]} group by {key})"


def _county(code: str) -> str:
    return f"if(substr({code}, 5, 2) = '00', null, left({code}, 6) || '000000')"


def build(
    connection: duckdb.DuckDBPyConnection,
    profile: Profile,
    rules_dir: Path,
    extracts: Collection[str],
    folder: Path,
    progress: Callable[[str, float], None],
) -> dict[str, int]:
    """Write the extracts, build all views and marts after what they read, and write the marts; returns rows by name.

    Files go to `extracts/` and `marts/` of the folder. Raises `MartError` naming the view or mart that does not bind,
    fails, or would publish people.
    """
    store.create_macros(connection)
    for each in ("extracts", "marts"):
        (folder / each).mkdir()
    steps = [_extract_step(name, folder / "extracts") for name in extracts]
    steps += _steps(profile, rules_dir, folder / "marts")
    _require_inputs(connection, steps)
    maker = {name: step for step in steps for name in step.names}
    graph = {step: {maker[name] for name in step.inputs if name in maker} for step in steps}
    try:
        rows = lanes.run(
            connection, graph, _do, lambda step, part: progress(_(step.message).format(name=step.title), part)
        )
    except CycleError as error:
        names = " -> ".join(step.title for step in error.args[1])
        raise MartError(f"marts read each other in a circle: {names}") from error
    return {name: count for counts in rows.values() for name, count in counts.items()}


def _do(connection: duckdb.DuckDBPyConnection, step: Step) -> dict[str, int]:
    try:
        return step.do(connection)
    except (duckdb.Error, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise MartError(f"{step.title}: {error}") from error


def _steps(profile: Profile, rules_dir: Path, folder: Path) -> list[Step]:
    steps = []
    for kind, select in (("view", "views"), ("table", "marts")):
        for file in sorted((settings.QUERIES / select).glob("*.sql")):
            text = file.read_text(encoding="utf-8")
            statement = f"create {kind} {file.stem} as {text}"
            inputs = _tables_read(text, file.stem)
            steps.append(_making((file.stem,), inputs, lambda c, s=statement: c.execute(s)))
            if kind == "table" and INTERMEDIATE not in text:
                steps.append(_mart_step(file.stem, folder))
    for mart in python_marts.MARTS:
        build = mart.build
        steps.append(_making(mart.names, frozenset(mart.inputs), lambda c, b=build: b(c, profile, rules_dir)))
        steps += [_mart_step(name, folder) for name in mart.names]
    return steps


def _tables_read(text: str, name: str) -> frozenset[str]:
    try:
        return tables_read(text)
    except ValueError as error:
        raise MartError(f"{name}: {error}") from error


def _making(names: Sequence[str], inputs: frozenset[str], make: Callable[[duckdb.DuckDBPyConnection], object]) -> Step:
    def do(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
        make(connection)
        return {}

    return Step(tuple(names), inputs, do, ", ".join(names))


def _extract_step(name: str, folder: Path) -> Step:
    return Step(
        (),
        frozenset({name}),
        lambda connection: {name: writing.write_extract(connection, name, folder / f"{name}.parquet")},
        contract.load().tables[name].title,
        WRITING,
    )


def _mart_step(name: str, folder: Path) -> Step:
    def do(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
        columns = {row[0] for row in connection.execute(f"describe {name}").fetchall()}
        if columns & PEOPLE_COLUMNS and name not in store.PEOPLE_MARTS:
            raise MartError(f"{name}: {', '.join(sorted(columns & PEOPLE_COLUMNS))} may not leave the extracts")
        if "district_code" not in columns:
            raise MartError(f"{name}: no column district_code, so the reader's scope cannot be kept")
        return {name: writing.write_mart(connection, name, folder / f"{name}.parquet")}

    return Step((), frozenset({name}), do, name, WRITING)


def _require_inputs(connection: duckdb.DuckDBPyConnection, steps: list[Step]) -> None:
    there = {
        row[0]
        for row in connection.execute(
            "select table_name from duckdb_tables() union select view_name from duckdb_views()"
        ).fetchall()
    }
    made = {name for step in steps for name in step.names}
    lacking = [
        f"{step.title} reads {name}, which nothing makes"
        for step in steps
        for name in sorted(step.inputs - there - made)
    ]
    if lacking:
        raise MartError("; ".join(lacking))
