"""Files as clerks send them, made by hand: each gives exactly the expected rows, or exactly the expected findings.

A case is one table in `tests/messy/*.toml`; its key is the folder with its files, below the folder named like the toml:
`[merged-cells]` in `layout.toml` reads all of `tests/messy/layout/merged-cells/`.

    tells = "a sentence on what is messy"
    expected.compounds = '''                     rows that a table must come to, as CSV: some of its columns, all of
    compound_id,households                       its rows in the order of the file. Blank: null. Values as DuckDB writes
    C1,100                                       them (true, 2024-03-05, 2024-03-05 08:30:00, 0.85). The column
    '''                                          not_applicable may be named: [households]
    findings = [                                 all findings, in any order; without the key none may be there
      ["note", "C01", "", 2, 1],                 severity, code, column or "", count, first row or 0
    ]
    read = { encoding = "gb18030", delimiter = ";", header_row = 3 }   what the one file was recognised as (may be left out)
    is_plain = true                              DuckDB reads the files by itself (may be left out)
    mapping.columns.issues = { "工单号" = "issue_id" }     what the place has confirmed, as in mapping.toml
    mapping.files = { "台账" = "compounds" }

Files are read by the engine itself: readers, loading, values, totals, zeros restored, checks of each table. Nothing
beyond that is checked, so a table needs no others beside it.
"""

import csv
import re
import tomllib
from pathlib import Path

import duckdb
import pytest

from dashboard import contract, profile, scoring
from dashboard.publishing import checks, loading, readers, totals, values, zeros
from dashboard.publishing.findings import Finding, lines
from dashboard.publishing.folding import fold
from dashboard.publishing.mapping import Mapping
from dashboard.text import LANGUAGES
from tests import tiny

MESSY = Path(__file__).parent / "messy"
CASES = {
    f"{file.stem}/{name}": case
    for file in sorted(MESSY.glob("*.toml"))
    for name, case in tomllib.loads(file.read_text(encoding="utf-8")).items()
}
LARGEST, LARGEST_TOGETHER = 10_000, 300_000  # bytes


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny place, whose words and rules the files use."""
    data = tmp_path_factory.mktemp("messy")
    tiny.write_place(data)
    return data / tiny.PLACE


def names(case: dict) -> Mapping:
    """Confirmed names of a case, folded as `mapping.load` does."""
    raw = case.get("mapping", {})
    columns = {
        table: {fold(title): field for title, field in titles.items()}
        for table, titles in raw.get("columns", {}).items()
    }
    return Mapping({fold(name): table for name, table in raw.get("files", {}).items()}, columns)


def engine(
    connection: duckdb.DuckDBPyConnection, folder: Path, scratch: Path, case: dict, place: Path
) -> tuple[readers.Source, list[Finding]]:
    """Typed tables of a folder, and all that was found."""
    tables = contract.load().tables
    about = profile.load(place / "place.toml")
    codes = scoring.rule_codes(place / "rules")
    read = readers.read(connection, folder, scratch, names(case), lambda name: None)
    found, lineages = list(read.findings), {}
    for name, parts in read.parts.items():
        lineage, further = loading.load(connection, tables[name], parts)
        lineages[name] = lineage
        read.parts[name] = lineage.parts
        found += further + values.read(connection, tables[name], lineage, about, codes)
        found += totals.check(connection, tables[name], lineage)
    found += zeros.restore(connection, tables, lineages) + read.changed()
    for name, lineage in lineages.items():
        found += checks.check(connection, tables[name], lineage)
    return read, found


def rows_of(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> list[list[str]]:
    """A table's rows as text, blank for null."""
    select = ", ".join(f"coalesce({column}::varchar, '')" for column in columns)
    return [list(row) for row in connection.execute(f"select {select} from {table} order by rowid").fetchall()]


def told(finding: Finding) -> tuple:
    """Severity, code, column, count and first row of a finding."""
    row = finding.places[0].row if finding.places else None
    return finding.severity, finding.code, finding.column or "", finding.count, row or 0


@pytest.mark.parametrize("name", CASES)
def test_a_messy_file_is_read_as_expected(name: str, place: Path, tmp_path: Path) -> None:
    case = CASES[name]
    with duckdb.connect() as connection:
        read, found = engine(connection, MESSY / name, tmp_path, case, place)
        assert sorted(map(told, found)) == sorted(map(tuple, case.get("findings", []))), [lines(f, "en") for f in found]
        expected = case.get("expected", {})
        assert expected.keys() <= read.parts.keys()
        for table, text in expected.items():
            columns, *rows = csv.reader(text.strip().splitlines())
            assert rows_of(connection, table, columns) == rows
    (recognised, *_) = [each for each in read.recognised if each.table] or [None]
    for key, value in case.get("read", {}).items():
        assert getattr(recognised, key) == value
    if "is_plain" in case:
        assert {part.rows_file is None for parts in read.parts.values() for part in parts} == {case["is_plain"]}
    for finding in found:
        assert all(lines(finding, language) for language in LANGUAGES)


def test_every_folder_is_a_case_and_small() -> None:
    folders = {f"{file.parent.parent.name}/{file.parent.name}" for file in MESSY.glob("*/*/*")}
    assert folders == set(CASES)
    sizes = [file.stat().st_size for file in MESSY.rglob("*") if file.is_file()]
    assert max(sizes) < LARGEST and sum(sizes) < LARGEST_TOGETHER


def test_every_case_expects_something() -> None:
    for name, case in CASES.items():
        assert re.search("[a-z ]{10}", case["tells"]) and (case.get("expected") or case.get("findings")), name
