"""What publishing found wrong or repaired: where it is, which rule it breaks and what was expected instead.

A finding stands for all rows that break one rule in one column of one table; it names the first few of
them and counts the rest. It keeps facts only, so that it can be worded in the reader's language.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from dashboard import contract
from dashboard.text import _

ERROR = "error"
WARNING = "warning"
NOTE = "note"
SHOWN = 20
VALUE_WIDTH = 60

IDENTITY_NUMBER = "[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
MOBILE_NUMBER = "([+]?86)?1[3-9][0-9]{9}"
PERSONAL_NUMBER = re.compile(rf"(?<![0-9])({IDENTITY_NUMBER}|{MOBILE_NUMBER})(?![0-9Xx])")
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

    def record(self) -> dict[str, Any]:
        """The finding as `edition.json` keeps it: no value of a table about people leaves the source."""
        is_people = bool(self.table) and contract.load().tables[self.table].people
        return {
            "severity": self.severity,
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


def lines(finding: Finding, language: str) -> list[str]:
    """The finding as lines of text: what and where first, then one line per named row."""
    rule = _(finding.rule).format(**finding.details)
    expected = _(finding.expected).format(**finding.details) if finding.expected else ""
    head = [{ERROR: _("Error"), WARNING: _("Warning"), NOTE: _("Repair")}[finding.severity]]
    if finding.table:
        head.append(_subject(finding, language))
    if finding.count > 1:
        head.append(_("{count} rows").format(count=finding.count))
    text = [" · ".join([*head, rule])]
    if expected:
        text.append("    " + _("expected: {expected}").format(expected=expected))
    text += ["    " + _line(place) for place in finding.places[:SHOWN]]
    rest = finding.count - len(finding.places[:SHOWN])
    if rest > 0 and finding.places:
        text.append("    " + _("… and {rest} more").format(rest=rest))
    return text


def shown(value: object, is_people: bool = False) -> str | None:
    """A value fit to be printed: one short line, and nobody's number or, in a table about people, name."""
    if value is None:
        return None
    text = str(value).replace("\r", " ").replace("\n", " ")
    text = PERSONAL_NUMBER.sub(lambda number: number[0][:3] + "***", text)
    if is_people and FULL_NAME.fullmatch(text):
        text = text[0] + "**"
    return text if len(text) <= VALUE_WIDTH else text[: VALUE_WIDTH - 1] + "…"


def _subject(finding: Finding, language: str) -> str:
    table = contract.load().tables[finding.table]
    names = [table.title_en if language == "en" else table.title]
    field_ = table.fields.get(finding.column or "")
    if field_:
        names.append(field_.title_en if language == "en" else field_.title)
    elif finding.column:
        names.append(finding.column)
    return " / ".join(names)


def _line(place: Place) -> str:
    parts = [place.file]
    if place.sheet:
        parts.append(_("sheet {sheet}").format(sheet=place.sheet))
    if place.row is not None:
        parts.append(_("row {row}").format(row=place.row))
    if place.value is not None:
        parts.append(_("value “{value}”").format(value=place.value))
    if place.expected:
        parts.append(_("expected: {expected}").format(expected=place.expected))
    return " · ".join(parts)
