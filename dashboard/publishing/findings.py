"""What publishing found wrong or repaired: where it is, which rule it breaks and what was expected instead.

A finding stands for all rows that break one rule in one column of one table; it names the first few of them and counts
the rest. It keeps facts only, so that it can be worded in the reader's language. What each rule is called for short and
what a clerk should do about it stands in `rulebook.toml`.
"""

import re
import tomllib
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dashboard import contract, text
from dashboard.text import N_, _

ERROR = "error"
WARNING = "warning"
NOTE = "note"
SHOWN = 20  # places that are printed and that an edition keeps
KEPT = 2_000  # places that are marked in the workbook for the clerk
VALUE_WIDTH = 60

IDENTITY_NUMBER = "[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
MOBILE_NUMBER = "([+]?86)?1[3-9][0-9]{9}"
PERSONAL_NUMBER = re.compile(rf"(?<![0-9])({IDENTITY_NUMBER}|{MOBILE_NUMBER})(?![0-9Xx])")
SEVERITIES = {ERROR: N_("Error"), WARNING: N_("Warning"), NOTE: N_("Changed")}  # the gravest first
RULEBOOK = Path(__file__).with_name("rulebook.toml")
FULL_NAME = re.compile("[\u3400-\u9fff·]{2,4}")


@dataclass(frozen=True)
class Place:
    """Where the offending cell is: file, sheet, row as the clerk sees it, and its value (None: not shown)."""

    file: str
    sheet: str | None = None
    row: int | None = None
    value: str | None = None
    expected: str | None = None


@dataclass(frozen=True)
class Finding:
    """One broken rule or kind of repair. `rule` and `expected` are English texts for gettext, filled with `details`."""

    severity: str
    rule: str
    expected: str = ""
    table: str | None = None
    column: str | None = None
    count: int = 1
    places: tuple[Place, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether this finding keeps an edition from being published."""
        return self.severity == ERROR

    @property
    def code(self) -> str:
        """Short name of the rule, the same in every language and version."""
        return rulebook()[self.rule]["code"]

    @property
    def gravity(self) -> str:
        """Error, warning, change or repair, in the reader's language."""
        return _("Repair") if self.severity == NOTE and self.code.startswith("R") else _(SEVERITIES[self.severity])

    @property
    def rule_told(self) -> str:
        """The rule in the reader's language."""
        return _(self.rule).format(**self.details)

    @property
    def expected_told(self) -> str:
        """What was expected instead, in the reader's language."""
        return _(self.expected).format(**self.details) if self.expected else ""

    @property
    def advice(self) -> str:
        """What to do about it, in the reader's language."""
        return rulebook()[self.rule][text.language()]

    @property
    def subject(self) -> str:
        """Titles of the table and the column, in the reader's language; empty where a whole file is meant."""
        return _subject(self) if self.table else ""

    def as_json(self) -> dict[str, Any]:
        """The finding with the places that are shown, to be kept for a while and read by `from_json`."""
        return asdict(self) | {"places": [asdict(place) for place in self.places[:SHOWN]]}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Finding":
        """A finding that `as_json` wrote."""
        return cls(**kept | {"places": tuple(Place(**place) for place in kept["places"])})

    def record(self) -> dict[str, Any]:
        """The finding as `edition.json` keeps it: no value of a table about people leaves the source."""
        is_people = bool(self.table) and contract.load().tables[self.table].people
        return {
            "severity": self.severity,
            "code": self.code,
            "rule": self.rule,
            "expected": self.expected,
            "details": self.details,
            "table": self.table,
            "column": self.column,
            "count": self.count,
            "rows": [
                {"file": p.file, "sheet": p.sheet, "row": p.row, "value": None if is_people else p.value}
                for p in self.places[:SHOWN]
            ],
        }


@cache
def rulebook() -> dict[str, dict[str, str]]:
    """Code and advice (`zh`, `en`) of every rule."""
    entries = tomllib.loads(RULEBOOK.read_text(encoding="utf-8"))["rule"]
    return {entry["rule"]: entry for entry in entries}


def by_gravity(findings: list[Finding]) -> list[Finding]:
    """Errors first, then warnings, then changes; each in the order of the codes."""
    order = list(SEVERITIES)
    return sorted(findings, key=lambda finding: (order.index(finding.severity), finding.code))


def lines(finding: Finding, language: str) -> list[str]:
    """The finding as lines of text: what and where first, then what to do, then one line per named row."""
    with text.speaking(language):
        head = [f"{finding.gravity} {finding.code}", finding.subject]
        if finding.count > 1:
            head.append(_("{count} rows").format(count=finding.count))
        told = [" · ".join(filter(None, [*head, finding.rule_told]))]
        if finding.expected:
            told.append("    " + _("expected: {expected}").format(expected=finding.expected_told))
        if finding.severity != NOTE:
            told.append("    " + _("to do: {advice}").format(advice=finding.advice))
        told += ["    " + place_told(place, finding.severity) for place in finding.places[:SHOWN]]
        rest = finding.count - len(finding.places[:SHOWN])
        if rest > 0 and finding.places:
            told.append("    " + _("… and {rest} more").format(rest=rest))
        return told


def shown(value: object, is_people: bool = False) -> str | None:
    """A value fit to be printed: one short line, and nobody's number or, in a table about people, name."""
    if value is None:
        return None
    line = str(value).replace("\r", " ").replace("\n", " ")
    line = PERSONAL_NUMBER.sub(lambda number: number[0][:3] + "***", line)
    name = "".join(line.split())  # 李  明 华 and "李明华 " are names as well
    if is_people and FULL_NAME.fullmatch(name):
        line = name[0] + "**"
    return line if len(line) <= VALUE_WIDTH else line[: VALUE_WIDTH - 1] + "…"


def _subject(finding: Finding) -> str:
    table = contract.load().tables[finding.table]
    is_english = text.language() == "en"
    names = [table.title_en if is_english else table.title]
    column = table.fields.get(finding.column or "")
    if column:
        names.append(column.title_en if is_english else column.title)
    elif finding.column:
        names.append(finding.column)
    return " / ".join(names)


def place_told(place: Place, severity: str) -> str:
    """File, sheet, row, value and what was expected, or taken instead, in the reader's language."""
    parts = [place.file]
    if place.sheet:
        parts.append(_("sheet {sheet}").format(sheet=place.sheet))
    if place.row is not None:
        parts.append(_("row {row}").format(row=place.row))
    if place.value is not None:
        parts.append(_("value “{value}”").format(value=place.value))
    if place.expected:
        words = _("taken as: {expected}") if severity == NOTE else _("expected: {expected}")
        parts.append(words.format(expected=place.expected))
    return " · ".join(parts)
