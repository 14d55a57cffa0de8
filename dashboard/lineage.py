"""Which SQL makes a figure and from which extracts, read from the files of `queries/`.

The house style of queries makes this simple: a step opens with `name as (` and closes with `)` at the start of a
line, and the branches of a union stand apart.
"""

import re
from dataclasses import dataclass
from functools import cache

from dashboard import contract, python_marts, settings

READS = re.compile(r"\b(?:from|join)\s+(\w+)")
STEPS = re.compile(r"^(?:with )?(\w+) as (?:materialized )?\(\n(.*?)^\)", re.MULTILINE | re.DOTALL)
UNION = re.compile(r"\n+union all\n+")
INTERMEDIATE = "-- Intermediate:"


@dataclass(frozen=True)
class Select:
    """One file of SQL: its folder under `queries/`, its name, its text."""

    folder: str
    name: str
    text: str

    @property
    def is_kept(self) -> bool:
        """Whether an edition keeps what this file makes."""
        return INTERMEDIATE not in self.text

    @property
    def question(self) -> str:
        """The sentence a file opens with."""
        first = self.text.partition("\n--\n")[0].partition("\n\n")[0]
        return " ".join(line.removeprefix("--").strip() for line in first.splitlines())

    def branch(self, metric: str) -> str | None:
        """The step, or the part of a union, that computes one metric; None if no part does."""
        return next((branch for branch in _branches(self.text) if f"'{metric}' as metric" in branch), None)

    def reads(self, part: str) -> set[str]:
        """Names of the tables that a part of this file reads, through the file's own steps."""
        steps, found, open_names = dict(STEPS.findall(self.text)), set(), READS.findall(_bare(STEPS.sub("", part)))
        seen: set[str] = set()
        while open_names:
            name = open_names.pop()
            if name in steps and name not in seen:
                seen.add(name)
                open_names += READS.findall(_bare(steps[name]))
            elif name not in steps:
                found.add(name)
        return found


@cache
def selects(folder: str) -> dict[str, Select]:
    """All files of one folder of `queries/` by name."""
    files = sorted((settings.QUERIES / folder).glob("*.sql"))
    return {file.stem: Select(folder, file.stem, file.read_text(encoding="utf-8")) for file in files}


@cache
def computing(column: str) -> tuple[Select, str] | None:
    """The file that computes a metric or column, and the part of it that does; None if no file names it."""
    for folder in ("views", "marts", "pages"):
        for select in selects(folder).values():
            if part := select.branch(column):
                return select, part
    named = re.compile(rf"\bas {column}\b")
    mentioned = re.compile(rf"\b{column}\b")
    for pattern in (named, mentioned):
        for folder in ("pages", "marts", "views"):
            for select in selects(folder).values():
                if pattern.search(_bare(select.text)):
                    return select, select.text
    return None


def extracts(names: set[str]) -> list[str]:
    """Tables of the contract that these tables, views and marts stand on, in the order of the contract."""
    known, open_names = set(names), list(names)
    while open_names:
        for name in _inputs(open_names.pop()) - known:
            known.add(name)
            open_names.append(name)
    return [name for name in contract.load().tables if name in known]


@cache
def _inputs(name: str) -> set[str]:
    for mart in python_marts.MARTS:
        if name in mart.names:
            return set(mart.inputs)
    select = selects("views").get(name) or selects("marts").get(name)
    return select.reads(select.text) if select else set()


@cache
def _branches(sql: str) -> tuple[str, ...]:
    parts = [*dict(STEPS.findall(sql)).values(), STEPS.sub("", sql)]
    return tuple(branch.strip(", \n") for part in parts for branch in UNION.split(part))


@cache
def _bare(sql: str) -> str:
    return re.sub(r"--[^\n]*", "", sql)
