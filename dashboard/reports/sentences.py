"""Computed sentences: templates of a storyline, filled with the rows of named queries.

A template is Jinja2 in a sandbox. It may ask `row`, `rows`, `total`, `tally` and `metric`, and put down nothing else
that holds a digit: a number that no query gave is an error when the storyline is read, not a sentence in a meeting.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jinja2
import pandas as pd
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dashboard import catalogue, privacy, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.reports import phrases
from dashboard.reports.model import Sentence
from dashboard.reports.phrases import Phrase, Value
from dashboard.scoring import uncertainty
from dashboard.text import _

DIGITS = re.compile(r"\d")
NAMED = 3  # as many names as a reader keeps
KEYS = ("level", "metric", "district_code", "district_name", "compound_type", "month", "quarter")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

Ask = Callable[..., pd.DataFrame]  # rows of a named query with the briefing's parameters; about people: by columns


class TemplateError(ValueError):
    """A sentence that cannot be told; the message says which and why."""


@dataclass(frozen=True)
class Row:
    """One row of a query for a template: `row.column` is its value; a row that is not there has none reported."""

    query: str
    cells: dict[str, Any]
    profile: Profile

    def __getattr__(self, column: str) -> Value:
        return self.value(column)

    def __bool__(self) -> bool:
        return bool(self.cells)

    def value(self, column: str) -> Value:
        """The value of a column, with its codes in the reader's words."""
        raw = self.cells.get(column)
        raw = None if raw is None or raw is pd.NA or raw != raw else raw
        metric = self.cells.get("metric")
        described = catalogue.column(column)
        kind = described.kind if described else "text" if isinstance(raw, str) else "number"
        if kind in catalogue.MIXED_KINDS and metric in catalogue.COLUMNS:
            kind = catalogue.COLUMNS[metric].kind
        words = catalogue.labels(column, self.profile)
        if words or kind in ("text", "note", "code", "enum") or kind.startswith(("list:", "enum:", "words:")):
            raw, kind = None if raw is None else words.get(raw, str(raw)), "text"
        error = self.cells.get("standard_error")
        known = None if error is None or error != error else float(error)
        return Value(raw, kind, self.query, self._key(), column, known)

    def moved(self, column: str, before: str, against: str = "previous", flag: str = "") -> Phrase:
        """How `column` changed on the column `before`, `against` previous, last_year or same_day."""
        earlier = self.value(before).raw
        return phrases.moved(self.value(column), earlier, against, self.cells.get(flag) if flag else None)

    def _key(self) -> tuple[tuple[str, str], ...]:
        named = [name for name in self.cells if name in KEYS or name.endswith(("_code", "_name", "_kind", "_id"))]
        return tuple((name, str(self.cells[name])) for name in named[:4] if self.cells[name] == self.cells[name])


class Metric:
    """One metric in the period, for a template: value, changes, target, the districts at both ends."""

    def __init__(self, code: str, rows: list[dict[str, Any]], query: str, profile: Profile, is_same: bool) -> None:
        self._code, self._query, self._profile = code, query, profile
        self._rows = [row for row in rows if row["metric"] == code]
        self._is_same = is_same  # a whole year: the period before is the year before
        selection = next((row for row in self._rows if row["level"] == "selection"), {"metric": code})
        self._row = Row(query, selection, profile)

    def __bool__(self) -> bool:
        return self.value.raw is not None

    def __str__(self) -> str:
        return str(self.value)

    @property
    def name(self) -> Phrase:
        """What the metric is called."""
        return Phrase(catalogue.title(self._code))

    @cached_property
    def value(self) -> Value:
        """The value of the whole selection."""
        return self._row.value("value")

    @property
    def numerator(self) -> Value:
        """What is counted above the line, a number of cases."""
        return self._part("numerator")

    @property
    def denominator(self) -> Value:
        """What is counted below the line, a number of cases."""
        return self._part("denominator")

    @property
    def previous(self) -> Phrase:
        """The change on the period before; empty for a whole year, whose period before is the year before."""
        return Phrase("") if self._is_same else self._row.moved("value", "previous_value", "previous", "previous_flag")

    @property
    def last_year(self) -> Phrase:
        """The change on the same period a year before."""
        return self._row.moved("value", "last_year_value", "last_year", "last_year_flag")

    @property
    def target(self) -> Phrase:
        """How it stands against the place's target; empty without one."""
        goal = self._profile.targets.get(self._code, {}).get("target")
        return phrases.judged(self.value, goal, catalogue.COLUMNS[self._code].better)

    @property
    def is_missed(self) -> bool:
        """Whether the place has a target that is missed."""
        return self.signal in ("watch", "trouble")

    @property
    def signal(self) -> str:
        """Traffic light: good, watch, trouble or unknown."""
        goal = self._profile.targets.get(self._code, {})
        better = catalogue.COLUMNS[self._code].better
        return theme.signal(self.value.raw, goal.get("target"), goal.get("amber"), better)

    @property
    def told(self) -> Phrase:
        """Name, value, changes and target in one clause."""
        if self.value.raw is None:
            return Phrase(_("{metric}: not reported in this period").format(metric=self.name.words))
        said = _("{metric} at {value}").format(metric=self.name.words, value=self.value)
        head = Phrase(said, self.value.phrase.numbers)
        return phrases.joined((head, self.previous, self.last_year, self.target), _(", "))

    def best(self, count: int = NAMED) -> Phrase:
        """The districts that stand best, with their values."""
        return self._end(count, 1)

    def worst(self, count: int = NAMED) -> Phrase:
        """The districts that stand worst, with their values."""
        return self._end(count, -1)

    @property
    def missing(self) -> Phrase:
        """How many districts miss the target by their own value."""
        goal = self._profile.targets.get(self._code, {}).get("target")
        sign = -1 if catalogue.COLUMNS[self._code].better == "down" else 1
        below = [each for each in self._districts if goal is not None and sign * each["value"] < sign * goal]
        value = Value(
            len(below), "count", self._query, (("level", "district"), ("metric", self._code)), "value < target"
        )
        return value.phrase

    @property
    def is_ordered(self) -> bool:
        """Whether the best three districts can be told from the worst three beyond chance (90 %)."""
        districts = self._ranked
        errors = [row.get("standard_error") for row in districts]
        if len(districts) < 2 * NAMED or any(each is None or each != each for each in errors):
            return False
        values = pd.Series([row["value"] for row in districts], dtype=float).to_numpy()
        if catalogue.COLUMNS[self._code].better == "down":
            values = -values
        low, high = uncertainty.rank_interval(values, pd.Series(errors, dtype=float).to_numpy() ** 2)
        return max(high[:NAMED]) < min(low[-NAMED:])

    @property
    def _districts(self) -> list[dict[str, Any]]:
        return [row for row in self._rows if row["level"] == "district" and row["value"] == row["value"]]

    @cached_property
    def _ranked(self) -> list[dict[str, Any]]:
        is_down = catalogue.COLUMNS[self._code].better == "down"
        return sorted(self._districts, key=lambda row: row["value"], reverse=not is_down)

    def _end(self, count: int, step: int) -> Phrase:
        ranked = self._ranked[::step][: min(count, len(self._ranked) // 2)]
        return named([Row(self._query, row, self._profile) for row in ranked], "district_name", "value")

    def _part(self, column: str) -> Value:
        value = self._row.value(column)
        return Value(value.raw, "count", value.query, value.row, value.column)


class Teller:
    """Fills templates from one edition; `ask` gives the rows of a query, `words` are names of the briefing itself."""

    def __init__(self, ask: Ask, profile: Profile, words: dict[str, Phrase], is_same: bool) -> None:
        self._ask, self._profile, self._is_same = ask, profile, is_same
        self._said: list[Phrase] = []
        self._environment = _environment(self._put)
        self._environment.globals = {
            "row": self.row,
            "rows": self.rows,
            "total": self.total,
            "tally": self.tally,
            "metric": self.metric,
            "named": named,
            "clauses": lambda *parts: phrases.joined(parts, _(", ")),
            "listed": lambda parts: phrases.joined(parts, text.listed(["", ""])),
            **words,
        }

    def tell(self, template: str) -> Sentence | None:
        """One sentence; None where it says nothing. Raises `TemplateError` on a fault of the template."""
        self._said = []
        try:
            words = self._environment.from_string(template).render()
        except (jinja2.TemplateError, TypeError, KeyError, AttributeError, ZeroDivisionError) as error:
            raise TemplateError(f"{template}: {error}") from error
        words = CONTROL.sub(" ", words).strip()
        return Sentence(words, tuple(n for phrase in self._said for n in phrase.numbers)) if words else None

    def row(self, query: str, **where: Any) -> Row:
        """The first row of a query for which the columns named have the values given; one without values if none.

        A query about people takes the columns it is told by as `by`.
        """
        found = self._found(query, where)
        return Row(query, found[0] if found else {}, self._profile)

    def rows(self, query: str, order: str = "", limit: int | None = None, **where: Any) -> list[Row]:
        """Rows of a query, in the order of a column (with - before it: the largest first), as many as `limit`."""
        found = self._found(query, where)
        if order:
            column = order.removeprefix("-")
            found = [row for row in found if row[column] == row[column] and row[column] is not None]
            found.sort(key=lambda row: row[column], reverse=order.startswith("-"))
        return [Row(query, each, self._profile) for each in found[:limit]]

    def total(self, query: str, column: str, **where: Any) -> Value:
        """The sum of a column; not reported where no row has it."""
        values = [row[column] for row in self._found(query, where)]
        known = [value for value in values if value is not None and value is not pd.NA and value == value]
        kind = catalogue.column(column).kind
        return Value(privacy.total(known) if known else None, kind, query, _condition(where), f"sum({column})")

    def tally(self, query: str, **where: Any) -> Value:
        """How many rows a query has for which the columns named have the values given."""
        return Value(len(self._found(query, where)), "count", query, _condition(where), "count(*)")

    def metric(self, code: str, query: str = "overview_metrics") -> Metric:
        """A metric of a query with level, metric, value and the periods before."""
        return Metric(code, theme.records(self._ask(query)), query, self._profile, self._is_same)

    def _found(self, query: str, where: dict[str, Any]) -> list[dict[str, Any]]:
        rows = theme.records(self._ask(query, *where.pop("by", ())))
        return [row for row in rows if all(row[key] == where[key] for key in where)]

    def _put(self, part: Any) -> str:
        if isinstance(part, Metric):
            part = part.value
        phrase = phrases.as_phrase(part)
        self._said.append(phrase)
        return phrase.words


def named(rows: list[Row], name: str, column: str = "") -> Phrase:
    """Names of rows, each with the value of a column in brackets."""
    parts = []
    for row in rows:
        value = row.value(column).phrase if column else Phrase("")
        written = _("{name} ({value})").format(name=row.value(name), value=value) if value else str(row.value(name))
        parts.append(Phrase(written, value.numbers))
    return phrases.joined(parts, text.listed(["", ""]))


def faults(template: str) -> list[str]:
    """What is wrong with a template before any data are asked: syntax, or a digit that no query gives."""
    try:
        tree = _environment(str).parse(template)
    except jinja2.TemplateSyntaxError as error:
        return [str(error)]
    written = [node.data for node in tree.find_all(nodes.TemplateData)]
    return [
        _("“{words}” holds a number that no query gives.").format(words=w.strip()) for w in written if DIGITS.search(w)
    ]


def _environment(put: Callable[[Any], str]) -> jinja2.Environment:
    return ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, finalize=put, trim_blocks=True)


def _condition(where: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(value)) for key, value in where.items())
