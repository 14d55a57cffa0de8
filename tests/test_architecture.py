"""The shape of the code: who may import whom, what a page may contain, what lies where."""

import ast
import importlib.metadata
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from dashboard import settings

ROOT = settings.ROOT
PAGES = sorted((ROOT / "pages").glob("*.py"))
SHARED = sorted((ROOT / "dashboard").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# From the top down. A module imports from its own layer or from below, never from above.
LAYERS = (
    {"__main__", "app", "frame", "check_worker"},
    {"edition_commands"},
    {"startup", "ahead"},
    {"pages"},
    {"map_routes", "presenter_routes", "presenter", "briefing_views", "section_views", "follow_up_views", "map_panel", "map_views", "map_view", "map_list", "map_options", "drill", "branch_views", "method_views", "issue_views", "issue_kind_views", "type_views", "definition_views", "pioneer_views", "organisation_views", "deliberation_views", "venue_views", "service_views", "emergency_views", "appraisal_views", "report_in_views", "property_views", "workforce_views", "publish_views"},
    {"delivery_views"},
    {"edition_views", "change_views", "mapping_views", "finding_views"},
    {"ui", "briefings", "edition_changes", "edition_notices"},
    {"row_tables"},
    {"filters"},
    {"reports"},
    {"map_requests", "issues", "branch_words", "what_if", "headline_ends", "map_exports", "map_values"},
    {"claims", "followups", "notices", "emergencies", "appraisals", "venues", "services", "report_ins", "property_service", "workforce", "headlines", "branches", "method_runs", "pioneers", "organisations", "deliberations", "downloads", "exports", "quality", "definitions"},
    {"charts", "maps"},
    {"followup_store", "catalogue", "people", "lineage", "views", "certainty", "followups"},
    {"columns"},
    {"text", "publishing", "sample", "scoring", "rings", "python_marts"},
    {"store"},
    {"map_tokens", "access", "editions", "retention", "periods", "privacy", "profile", "progress", "contract"},
    {"settings", "progress", "client_scripts", "locks"},
)
LEVEL = {module: level for level, layer in enumerate(LAYERS) for module in layer}
TOP_LEVEL = {"dashboard", "pages", "data", "queries", "tests", "requirements.txt", "README.md"}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=file.name)


def imports(file: Path) -> set[str]:
    """Dotted names a file imports anywhere in it, `from a import b` as `a.b`."""
    names = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{relative(file)}:{node.lineno}: relative import; write `from dashboard import …`"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def packages(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


def shared_modules(file: Path) -> set[str]:
    """Modules (or sub-packages) of `dashboard` that a file imports."""
    return {name.split(".")[1] for name in imports(file) if name.startswith("dashboard.")}


def module(file: Path) -> str:
    """Module of `dashboard` a file belongs to; sub-packages count as one module."""
    return file.relative_to(ROOT / "dashboard").parts[0].removesuffix(".py")


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tracked() -> list[Path]:
    """Files that git tracks or would track."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in sorted(set(filter(None, names.split("\0")))) if (ROOT / name).is_file()]


def tracked_texts() -> list[Path]:
    return [f for f in tracked() if f.stat().st_size < 1_000_000 and b"\0" not in f.read_bytes()]


@pytest.mark.parametrize(
    "file", [f for f in SHARED if f.name != "__init__.py" or f.parent.name != "dashboard"], ids=relative
)
def test_imports_point_down(file: Path) -> None:
    """Prevents the knot in which a chart knows the session or the store knows a page: then nothing can be
    tested, reused on the command line or moved to another front end alone."""
    own = module(file)
    assert own in LEVEL, f"{own} has no layer yet: add it to LAYERS where it belongs"
    for used in shared_modules(file) - {own}:
        if used in LEVEL:  # else a name defined in `dashboard/__init__.py`
            assert LEVEL[own] <= LEVEL[used], f"{relative(file)} imports {used}, which stands above it"


def test_no_modules_import_each_other() -> None:
    """Prevents import cycles, which work or fail depending on what was imported first."""
    graph: dict[str, set[str]] = {}
    for file in SHARED:
        graph.setdefault(module(file), set()).update((shared_modules(file) & LEVEL.keys()) - {module(file)})
    TopologicalSorter(graph).prepare()


def test_store_imports_nothing_above_it() -> None:
    """Prevents the scope from depending on who draws: a query must be as limited in a script as on a page."""
    below = set().union(*LAYERS[LEVEL["store"] + 1 :])
    assert shared_modules(ROOT / "dashboard" / "store.py") <= below
    assert "streamlit" not in packages(ROOT / "dashboard" / "store.py")


@pytest.mark.parametrize(
    "name", ["charts", "maps", "store", "access", "contract", "profile", "publishing", "sample", "scoring"]
)
def test_drawing_and_data_do_without_streamlit(name: str) -> None:
    """Prevents figures and data that exist only inside a browser session: reports and scripts need them too."""
    for file in (f for f in SHARED if module(f) == name):
        assert "streamlit" not in packages(file), relative(file)


@pytest.mark.parametrize("file", SHARED, ids=relative)
def test_only_store_and_publishing_know_duckdb(file: Path) -> None:
    """Prevents a second door to the data, which the reader's scope would not guard."""
    if "duckdb" in packages(file):
        assert module(file) in {"store", "publishing", "sample", "scoring", "rings"}


@pytest.mark.parametrize("file", PAGES, ids=relative)
def test_a_page_imports_streamlit_and_what_pages_share(file: Path) -> None:
    """Prevents pages with queries, figures or arithmetic of their own, and pages that need other pages."""
    assert packages(file) <= {"dashboard", "streamlit"}
    assert all(LEVEL.get(used, 0) > LEVEL["pages"] for used in shared_modules(file))


@pytest.mark.parametrize("file", PAGES, ids=relative)
def test_a_page_contains_no_sql(file: Path) -> None:
    """Prevents numbers on the screen that no named query stands behind."""
    statement = re.compile(r"\bselect\b.+\bfrom\b|\bgroup by\b|\border by\b|\bwith\b.+\bas \(", re.I | re.S)
    texts = [n.value for n in ast.walk(tree(file)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    assert not [text for text in texts if statement.search(text)]


@pytest.mark.parametrize("file", PAGES, ids=relative)
def test_a_page_is_a_table_of_contents(file: Path) -> None:
    """Prevents pages that grow into programs: question first, at most 80 lines, every query before any figure."""
    text = file.read_text(encoding="utf-8")
    question = (ast.get_docstring(tree(file)) or "").partition("\n")[0]
    assert question.endswith("?"), "the docstring is the question the page answers"
    assert len(text.splitlines()) <= 80
    assert "unsafe_allow_html" not in text


@pytest.mark.parametrize("file", [*SHARED, *PAGES], ids=relative)
def test_every_public_function_says_what_it_does(file: Path) -> None:
    """Prevents functions that a newcomer must read to use."""
    body = tree(file).body
    classes = [n for n in body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    methods = [n for c in classes for n in c.body if isinstance(n, ast.FunctionDef)]
    functions = [n for n in [*body, *methods] if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    public = [n for n in [*classes, *functions] if not n.name.startswith("_")]
    assert not [f"{relative(file)}:{n.lineno} {n.name}" for n in public if not ast.get_docstring(n)]
    assert ast.get_docstring(tree(file)) or not body, f"{relative(file)} has no docstring"


@pytest.mark.parametrize("file", [*SHARED, *PAGES], ids=relative)
def test_no_module_is_longer_than_a_reader_can_hold(file: Path) -> None:
    """Prevents 5,000-line modules, one reasonable addition at a time; `columns` is one table, not a program."""
    assert file.name == "columns.py" or len(file.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_visible_top_level_stays_as_agreed() -> None:
    """Prevents the drawer of loose files at the root in which nobody finds anything."""
    seen = {file.relative_to(ROOT).parts[0] for file in tracked()}
    assert {name for name in seen if not name.startswith(".")} == TOP_LEVEL


def test_nothing_generated_is_tracked() -> None:
    """Prevents data, caches and compiled files in the history, where they stay for good."""
    generated = re.compile(r"\.(parquet|pyc|mo|log|duckdb|xlsx|pptx|docx)$|(^|/)(editions|__pycache__|\.venv)/")
    # Messy files were made by hand: what is wrong with them is what they are kept for.
    made = [file for file in tracked() if not relative(file).startswith("tests/messy/")]
    assert not [relative(file) for file in made if generated.search(relative(file))]
    assert not [relative(file) for file in tracked() if file.stat().st_size > 1_000_000]


def test_no_file_holds_a_path_of_one_machine_or_a_registry_host() -> None:
    """Prevents a clone that works only where it was written, or only where one outside host answers."""
    folders = "|".join(["root", "home", "work", "tmp", "usr", "var", "opt", "mnt", "Users"])
    machine = re.compile(rf"(?<![\w.:/*}}])/(?:{folders})/|\b[A-Z]:\\\\?\w")
    hosts = "|".join(["pypi", "pythonhosted", "npmjs", "unpkg", "jsdelivr", "debian", "conda", "githubusercontent"])
    registry = re.compile(rf"[\w-]*(?:{hosts})[\w-]*\.(?:org|com|net|io)\b|index[-_]url=")
    found = []
    for file in tracked_texts():
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            is_shebang = number == 1 and line.startswith("#!")
            if not is_shebang and (machine.search(line) or registry.search(line)):
                found.append(f"{relative(file)}:{number}: {line.strip()[:100]}")
    assert not found


@pytest.mark.parametrize("file", [*SHARED, *PAGES], ids=relative)
def test_the_code_names_no_outside_address(file: Path) -> None:
    """Prevents a page that works only with the open internet: the normal case is a closed network."""
    address = re.compile(r"(?:https?|wss?)://(?!127\.0\.0\.1|localhost|www\.w3\.org|schemas\.(?:openxmlformats|microsoft))[\w{]")
    assert not address.findall(file.read_text(encoding="utf-8"))


def requirements() -> set[str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return {re.split(r"[<>=~!\[; ]", line)[0].lower() for line in lines if line.strip() and not line.startswith("#")}


def test_every_import_is_a_declared_requirement_and_none_is_idle() -> None:
    """Prevents a fresh environment without a package that happened to be there, and packages nobody uses."""
    distributions = importlib.metadata.packages_distributions()
    used = set().union(*(packages(file) for file in [*SHARED, *PAGES, *TESTS]))
    outside = used - set(sys.stdlib_module_names) - {"dashboard", "pages", "tests", "__future__"}
    needed = {distributions[name][0].lower() for name in outside}
    plugins = {"pytest-xdist"}  # named in .pytest.toml, imported by pytest
    assert needed | plugins == requirements()


def test_every_requirement_has_an_upper_bound() -> None:
    """Prevents a major version that nobody tried from arriving by itself."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line and not re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+", line)]
