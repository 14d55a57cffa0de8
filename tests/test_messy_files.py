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

`tests/messy/cases.toml` is another list, of single files beside it; the format stands at its top.

Files are read by the engine itself: readers, loading, values, totals, zeros restored, checks of each table. Nothing
beyond that is checked, so a table needs no others beside it.
"""

import csv
import re
import shutil
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import contract, profile, scoring
from dashboard.publishing import checks, loading, readers, totals, values, zeros
from dashboard.publishing.findings import ERROR, NOTE, WARNING, Finding, lines, rulebook
from dashboard.publishing.folding import fold
from dashboard.publishing.mapping import Mapping
from dashboard.publishing.sources import Source
from dashboard.text import LANGUAGES
from tests import tiny

MESSY = Path(__file__).parent / "messy"
CASES = {
    f"{file.stem}/{name}": case
    for file in sorted(MESSY.glob("*.toml"))
    if file.name != "cases.toml"
    for name, case in tomllib.loads(file.read_text(encoding="utf-8")).items()
}
FILES = {case["file"]: case for case in tomllib.loads((MESSY / "cases.toml").read_text(encoding="utf-8"))["case"]}
# Rules of files, values and changes that a single small file cannot show: they are about the folder, about rights,
# links and copies that go on, about the whole delivery or a second table, or need a cell of megabytes.
BEYOND_A_FILE = {"F01", "F02", "F08", "F15", "F19", "F28", "F29", "F32", "F33", "V18"}
AS_OF = date(2100, 1, 1)  # no day of the files lies ahead
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
) -> tuple[Source, list[Finding]]:
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
        found += checks.check(connection, tables[name], lineage, AS_OF)
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


def counted(found: list[Finding], severity: str) -> Counter:
    """How many cells or rows each code of a severity is about."""
    codes: Counter = Counter()
    for finding in found:
        if finding.severity == severity:
            codes[finding.code] += finding.count
    return codes


@pytest.mark.parametrize("name", FILES)
def test_a_single_messy_file_is_read_as_expected(name: str, place: Path, tmp_path: Path) -> None:
    case = FILES[name]
    table, folder, scratch = case.get("table"), tmp_path / "sent", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    shutil.copy(MESSY / name, folder / case.get("as", f"{table}{Path(name).suffix}"))
    with duckdb.connect() as connection:
        read, found = engine(connection, folder, scratch, {}, place)
        told_all = [lines(finding, "en") for finding in found]
        told_errors = [told(finding) for finding in found if finding.severity == ERROR]
        errors = sorted((code, column, row, count) for _severity, code, column, count, row in told_errors)
        assert errors == sorted(map(tuple, case.get("errors", []))), told_all
        assert counted(found, NOTE) == case.get("notes", {}), told_all
        assert counted(found, WARNING) == case.get("warnings", {}), told_all
        assert bool(table) or not read.parts
        if "rows" in case:
            columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
            select = ", ".join(f"{column}::varchar" for column in columns)
            rows = connection.execute(f"select {select} from {table} order by rowid").fetchall()
            given = [{k: v for k, v in zip(columns, row, strict=True) if v is not None} for row in rows]
            assert given == case["rows"]
    for finding in found:
        assert all(lines(finding, language) for language in LANGUAGES)


def test_every_single_file_is_a_case_and_expects_something() -> None:
    assert {file.name for file in MESSY.iterdir() if file.is_file() and file.suffix != ".toml"} == set(FILES)
    assert len(FILES) >= 60
    for name, case in FILES.items():
        assert case["tells"], name
        assert case.keys() & {"rows", "errors", "warnings"}, name


def test_every_rule_that_a_file_can_show_is_shown() -> None:
    wanted = {entry["code"] for entry in rulebook().values() if entry["code"][0] in "FVC"} - BEYOND_A_FILE
    shown = {error[0] for case in FILES.values() for error in case.get("errors", [])}
    shown |= {code for case in FILES.values() for kind in ("notes", "warnings") for code in case.get(kind, {})}
    shown |= {finding[1] for case in CASES.values() for finding in case.get("findings", [])}
    assert wanted <= shown, wanted - shown


def test_every_folder_is_a_case_and_small() -> None:
    folders = {f"{file.parent.parent.name}/{file.parent.name}" for file in MESSY.glob("*/*/*")}
    assert folders == set(CASES)
    sizes = {file: file.stat().st_size for file in MESSY.rglob("*") if file.is_file()}
    assert max(size for file, size in sizes.items() if file.suffix != ".toml") < LARGEST
    assert sum(sizes.values()) < LARGEST_TOGETHER


def test_every_case_expects_something() -> None:
    for name, case in CASES.items():
        assert re.search("[a-z ]{10}", case["tells"]) and (case.get("expected") or case.get("findings")), name
