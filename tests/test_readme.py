"""The README is right: it names everything a newcomer can use, and what it names exists and runs."""

import importlib
import re
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from dashboard import settings

ROOT = settings.ROOT
PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
QUERY_FOLDERS = sorted(folder.name for folder in (ROOT / "queries").iterdir() if folder.is_dir())
SETTINGS = sorted(set(re.findall(r"DASHBOARD_\w+", Path(settings.__file__).read_text(encoding="utf-8"))))
COMMAND = re.compile(r"python3? -m (dashboard|tests\.benchmarks|streamlit|pytest|venv)(?![\w:])([^`\n|&]*)")


@cache
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


@cache
def help_text(program: str, *words: str) -> str:
    """What `python -m PROGRAM WORDS --help` prints."""
    run = importlib.import_module(f"{program}.__main__").main
    shown = StringIO()
    with redirect_stdout(shown), pytest.raises(SystemExit) as ended:
        run([*words, "--help"])
    assert not ended.value.code
    return shown.getvalue()


def subcommands() -> list[str]:
    listed = re.search(r"\{([\w,-]+)\}", help_text("dashboard"))
    assert listed, "python -m dashboard --help lists no command"
    return listed[1].split(",")


def requirements() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [re.split(r"[<>=~!]", line)[0] for line in lines if line]


@pytest.mark.parametrize("page", PAGES)
def test_the_readme_names_every_page(page: str) -> None:
    assert f"`{page}`" in readme() or f"`pages/{page}.py`" in readme()


@pytest.mark.parametrize("folder", QUERY_FOLDERS)
def test_the_readme_names_every_query_folder(folder: str) -> None:
    assert f"queries/{folder}" in readme()


def test_the_readme_names_every_command() -> None:
    named = set(re.findall(r"`(?:python -m dashboard )?(\w+)[^`]*`", readme()))
    assert not set(subcommands()) - named


def test_the_readme_names_no_command_or_option_that_does_not_exist() -> None:
    known = {*subcommands(), ""}
    for program, arguments in COMMAND.findall(readme()):
        words = arguments.split()
        if program == "dashboard":
            name = words[0] if words and not words[0].startswith("-") else ""
            assert name in known, f"python -m dashboard {arguments}"
            offered = help_text(program, name) if name else help_text(program)
        elif program == "tests.benchmarks":
            offered = help_text(program)
        else:
            continue
        options = re.findall(r"--[\w-]+", arguments)
        assert not [option for option in options if option not in offered], f"python -m {program}{arguments}"


@pytest.mark.parametrize("name", SETTINGS)
def test_the_readme_names_every_setting(name: str) -> None:
    assert f"`{name}`" in readme()


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    assert set(re.findall(r"DASHBOARD_[A-Z]+", readme())) == set(SETTINGS)


@pytest.mark.parametrize("name", requirements())
def test_the_readme_says_why_each_requirement_is_needed(name: str) -> None:
    rows = [line.split("|") for line in readme().splitlines() if line.startswith("|")]
    reasons = [row[2].strip() for row in rows if name.lower() in re.split(r"[^\w-]+", row[1].lower())]
    assert any(len(reason) > 5 for reason in reasons), f"no row of a table that says why {name} is needed"


def test_the_readme_names_only_files_that_exist() -> None:
    paths = re.findall(r"`((?:dashboard|pages|queries|data|tests|\.ci|\.streamlit)/[\w./-]+)`", readme())
    assert paths
    generated = re.compile(r"/(editions|incoming)(/|$)|exports\.log$")
    assert not [path for path in paths if not (ROOT / path).exists() and not generated.search(path)]


def test_the_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = [line for line in script.splitlines() if "-m pytest" in line]
    assert command in readme().splitlines(), "copy the line into the README, or the README's into .ci/run"


def test_installing_and_starting_is_one_line() -> None:
    lines = [line for line in readme().splitlines() if "requirements.txt" in line and "-m dashboard" in line]
    assert lines and all("-m venv" in line for line in lines)


def test_the_benchmark_table_names_its_machine() -> None:
    for word in ("| budget |", "cores", "Streamlit 1.", "DuckDB 2."):
        assert word in readme(), f"the README lacks the benchmark's {word!r}"
