"""Every query file keeps the house form, binds against an edition, and is used."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import duckdb
import pytest

from dashboard import access, catalogue, editions, settings, store
from tests import questions, tiny

FILES = sorted(settings.QUERIES.rglob("*.sql"))
PAGE_QUERIES = sorted((settings.QUERIES / "pages").glob("*.sql"))
SCRIPTS = sorted([*(settings.ROOT / "pages").glob("*.py"), *(settings.ROOT / "dashboard").rglob("*.py")])
TYPES = {"varchar", "varchar[]", "integer[]", "double[]", "date", "integer", "double", "boolean"}


def relative(file: Path) -> str:
    return file.relative_to(settings.ROOT).as_posix()


def body(file: Path) -> str:
    """The statement without comments and without the text of its literals."""
    literal_or_comment = re.compile(r"'(?:[^']|'')*'|--.*")
    return literal_or_comment.sub(lambda m: "" if m[0][0] == "-" else "''", file.read_text(encoding="utf-8"))


def header(file: Path) -> list[str]:
    """Comment lines before the statement, without their dashes."""
    lines = file.read_text(encoding="utf-8").splitlines()
    end = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return [line.removeprefix("--").removeprefix(" ") for line in lines[:end]]


def first_sentence(file: Path) -> str:
    lines = header(file)
    end = lines.index("") if "" in lines else len(lines)
    return " ".join(lines[:end])


@pytest.fixture(scope="module")
def database(tiny_data) -> duckdb.DuckDBPyConnection:
    edition = editions.current(tiny.PLACE)
    return store._open(tiny.PLACE, edition, access.Reader())


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_a_query_opens_with_a_sentence_that_says_what_a_row_is(file: Path) -> None:
    sentence = first_sentence(file)
    assert sentence[:1].isupper() and sentence.endswith((".", "?")), sentence
    assert re.search(r"\brows?\b", sentence), "say what one row is"


@pytest.mark.parametrize("file", PAGE_QUERIES, ids=relative)
def test_a_reader_sees_the_whole_question_of_a_query(file: Path) -> None:
    assert store.describe(file.stem).question == first_sentence(file)


@pytest.mark.parametrize("file", PAGE_QUERIES, ids=relative)
def test_a_query_declares_exactly_the_parameters_it_binds(file: Path) -> None:
    bound = set(re.findall(r"\$(\w+)", body(file)))
    declared = store.describe(file.stem).parameters
    assert set(declared) == bound
    for name, (kind, meaning) in declared.items():
        assert kind in TYPES, f"{name}: {kind}"
        assert len(meaning.split()) >= 2, f"{name}: say what it means"
    written = [line for line in header(file) if line.startswith("$")]
    assert len(written) == len(declared), "a parameter line is `-- $name  type  meaning`"


@pytest.mark.parametrize("file", [f for f in FILES if f not in PAGE_QUERIES], ids=relative)
def test_only_page_queries_have_parameters(file: Path) -> None:
    assert not re.findall(r"\$\w+", body(file))


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_a_query_is_one_lowercase_select(file: Path) -> None:
    text = body(file)
    assert text == text.lower()
    assert ";" not in text and "\t" not in text
    assert re.match(r"\s*(select|with)\b", text)
    assert not re.search(r"\bgroup by \d|\border by \d", text), "name the columns"
    assert all(not (len(line) - len(line.lstrip())) % 4 for line in text.splitlines() if line.strip())


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_a_query_reads_tables_by_their_bare_names_alone(file: Path) -> None:
    """Files, schemas, settings and variables are doors past the reader's scope."""
    forbidden = r"\b(read_\w+|glob|getvariable|set\s+variable|attach|copy|install|load|pragma|query_table)\b|duckdb_\w+"
    assert not re.search(forbidden, body(file))
    text = file.read_text(encoding="utf-8")
    parsed = json.loads(duckdb.execute("select json_serialize_sql(?)", [text]).fetchall()[0][0])
    assert not parsed["error"], parsed.get("error_message")

    def tables(node: object) -> list[dict]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        found = [table for child in inner for table in tables(child)]
        return [node, *found] if isinstance(node, dict) and node.get("type") == "BASE_TABLE" else found

    for table in tables(parsed["statements"]):
        assert not table.get("schema_name") and not table.get("catalog_name"), table
        assert re.fullmatch(r"[a-z]\w*", table["table_name"]), table


@pytest.mark.parametrize("file", PAGE_QUERIES, ids=relative)
def test_a_query_binds_and_every_column_is_described(file: Path, database: duckdb.DuckDBPyConnection) -> None:
    parameters = questions.every_choice(file.stem, editions.current(tiny.PLACE))[0]
    bound = {name: parameters[name] for name in store.describe(file.stem).parameters}
    text = file.read_text(encoding="utf-8")
    columns = [row[0] for row in database.cursor().execute(f"describe {text}", bound).fetchall()]
    assert len(columns) == len(set(columns))
    assert not [name for name in columns if catalogue.column(name) is None], "describe them in dashboard/catalogue.py"


@pytest.mark.parametrize("file", PAGE_QUERIES, ids=relative)
def test_a_query_answers_in_the_same_order_every_time(file: Path) -> None:
    """Without an order, rows change places between two runs and a figure jumps."""
    assert "order by" in body(file) or re.search(r"\bone row\.", first_sentence(file))


def test_every_column_in_the_catalogue_is_one_that_a_query_gives(database: duckdb.DuckDBPyConnection) -> None:
    given: set[str] = set()
    for file in PAGE_QUERIES:
        for parameters in questions.every_choice(file.stem, editions.current(tiny.PLACE))[:1]:
            bound = {name: parameters[name] for name in store.describe(file.stem).parameters}
            rows = database.cursor().execute(f"describe {file.read_text(encoding='utf-8')}", bound).fetchall()
            given |= {row[0] for row in rows}
    metrics = {row[0] for row in database.cursor().execute("select distinct metric from metric_months").fetchall()}
    written = {node for file in SCRIPTS if file.name != "catalogue.py" for node in strings(file)}
    idle = sorted(set(catalogue.COLUMNS) - given - metrics - written)
    assert not idle


@cache
def strings(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def asked(file: Path) -> set[str]:
    """Names given to `query(...)` and to the `source=(name, …)` of a card."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        values = node.args[:1] if called == "query" else []
        values += [k.value.elts[0] for k in node.keywords if k.arg == "source" and isinstance(k.value, ast.Tuple)]
        found |= {value.value for value in values if isinstance(value, ast.Constant)}
    return found


@pytest.mark.parametrize("file", SCRIPTS, ids=relative)
def test_code_asks_only_queries_that_exist(file: Path) -> None:
    assert asked(file) <= {query.stem for query in PAGE_QUERIES}


def test_every_page_query_is_asked_somewhere() -> None:
    written = set().union(*(strings(file) for file in SCRIPTS))
    sections = settings.ROOT.glob("dashboard/reports/sections/*.toml")
    told = {word for file in sections for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))}
    assert not {file.stem for file in PAGE_QUERIES} - written - told


def test_an_unknown_query_or_a_name_with_a_path_is_refused(tiny_data) -> None:
    for name in ("no_such_query", "../marts/issue_months", "districts.sql"):
        with pytest.raises(KeyError):
            store.query(name, place=tiny.PLACE, edition=editions.current(tiny.PLACE))


def test_a_parameter_left_out_is_an_error_and_never_a_silent_default(tiny_data) -> None:
    with pytest.raises(KeyError):
        store.query("districts", place=tiny.PLACE, edition=editions.current(tiny.PLACE))


def test_a_caller_may_spoil_its_rows_without_spoiling_the_next_caller(tiny_data) -> None:
    chosen = questions.shared(editions.current(tiny.PLACE))
    first = store.query("districts", **chosen)
    expected = first.copy()
    first["district_name"] = "spoilt"
    assert store.query("districts", **chosen).equals(expected)
    second = store.query("districts", **chosen)
    second.loc[0, "district_name"] = "spoilt"
    second.iloc[0, 0] = "spoilt"
    assert store.query("districts", **chosen).equals(expected)
