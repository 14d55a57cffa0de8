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
FEW = 30  # cases: below it a rate is told with its cases and neither compared nor judged
PROPER = ("Party", "Thursday", "Friday")  # words that keep their capital inside an English sentence

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
            raw, kind = None if raw is None else inside(words[raw]) if raw in words else str(raw), "text"
        if kind == "date" and column.endswith("_year"):
            kind = "year"
        if kind == "people" and isinstance(raw, str) and raw.isdigit():
            raw = int(raw)  # shown as text beside hidden small cells
        error = self.cells.get("standard_error")
        known = None if error is None or error != error else float(error)
        return Value(raw, kind, self.query, self._key(), column, known)

    def moved(self, column: str, before: str, against: str = "previous", flag: str = "") -> Phrase:
        """How `column` changed on the column `before`, `against` previous, last_year, same_day or nothing said."""
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
    def changes(self) -> Phrase:
        """Both changes; said once where neither passes the error."""
        flags = {self._row.cells.get("previous_flag"), self._row.cells.get("last_year_flag")}
        if flags == {"within_error"} and not self._is_same:
            return Phrase(_("the changes on the previous period and on the same period last year within error"))
        return phrases.joined((self.previous, self.last_year), _(", "))

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
        if self.is_few:
            parts = (self.numerator.phrase, self.denominator.phrase)
            cases = _(" ({part} of {whole}, too few to compare or judge)").format(part=parts[0], whole=parts[1])
            return phrases.joined((head, Phrase(cases, parts[0].numbers + parts[1].numbers)), "")
        return phrases.joined((head, self.changes, self.target), _(", "))

    def best(self, count: int = NAMED) -> Phrase:
        """The districts that stand best, with their values."""
        return self._end(count, 1)

    def worst(self, count: int = NAMED) -> Phrase:
        """The districts that stand worst, with their values."""
        return self._end(count, -1)

    @property
    def missing(self) -> Value:
        """How many districts miss the target by their own value."""
        goal = self._profile.targets.get(self._code, {}).get("target")
        sign = -1 if catalogue.COLUMNS[self._code].better == "down" else 1
        below = [each for each in self._districts if goal is not None and sign * each["value"] < sign * goal]
        condition = (("level", "district"), ("metric", self._code))
        return Value(len(below), "count", self._query, condition, "value < target")

    @property
    def gap(self) -> Phrase:
        """By how much the target is missed; empty where it is reached, unknown, or missed by no more than the error."""
        goal = self._profile.targets.get(self._code, {}).get("target")
        return Phrase("") if self.is_few else phrases.gap(self.value, goal, catalogue.COLUMNS[self._code].better)

    @property
    def is_few(self) -> bool:
        """Whether its rate stands on so few cases that one more or less would turn it."""
        cases = self.denominator.raw
        return self.value.kind == "share" and cases is not None and cases < FEW

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
            "share": self.share,
            "ratio": self.ratio,
            "judged": self.judged,
            "standing": self.standing,
            "gaps": self.gaps,
            "changes": changes,
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
        words = words[:1].upper() + words[1:] if text.language() == "en" else words
        return Sentence(words, tuple(n for phrase in self._said for n in phrase.numbers)) if words else None

    def row(self, query: str, order: str = "", **where: Any) -> Row:
        """The first row of `rows`; one without values if there is none."""
        found = self.rows(query, order, 1, **where)
        return found[0] if found else Row(query, {}, self._profile)

    def rows(self, query: str, order: str = "", limit: int | None = None, **where: Any) -> list[Row]:
        """Rows of a query, in the order of a column (with - before it: the largest first), as many as `limit`.

        Only those for which the columns named have the value given, or one of the list given; a query about people
        takes the columns it is told by as `by`.
        """
        return [Row(query, each, self._profile) for each in self._ordered(query, order, where)[:limit]]

    def share(self, query: str, column: str, order: str, limit: int, **where: Any) -> Value:
        """How much of the sum of a column the first rows in an order have."""
        values = [row[column] for row in self._ordered(query, order, where) if _is_number(row[column])]
        part = sum(values[:limit]) / sum(values) if sum(values) else None
        return Value(part, "share", query, _condition(where), f"sum({column}), first {limit} / all")

    def ratio(self, query: str, over: str, under: str, **where: Any) -> Value:
        """The sum of one column divided by that of another, over rows that have both."""
        rows = [row for row in self._found(query, where) if _is_number(row[over]) and _is_number(row[under])]
        whole = sum(row[under] for row in rows)
        part = sum(row[over] for row in rows) / whole if whole else None
        return Value(part, "share", query, _condition(where), f"sum({over}) / sum({under})")

    def judged(self, value: Value, code: str) -> Phrase:
        """A value of any query against the place's target for a metric; empty without one."""
        described = catalogue.COLUMNS.get(code)
        return phrases.judged(value, self._profile.targets.get(code, {}).get("target"), described and described.better)

    def standing(self, *signals: str, query: str = "overview_metrics") -> Value:
        """How many metrics that have a target show one of these traffic lights, rates of few cases left aside."""
        found = [each for each in self._aimed(query) if each.signal in signals and not each.is_few]
        return Value(len(found), "count", query, (("level", "selection"),), "count(*)")

    def gaps(self, query: str = "overview_metrics") -> Phrase:
        """The metrics that miss their target by more than the error, each with by how much."""
        parts = []
        for each in self._aimed(query):
            if size := each.gap:
                written = _("{name} ({value})").format(name=inside(each.name.words), value=size)
                parts.append(Phrase(written, size.numbers))
        return phrases.joined(parts, text.listed(["", ""]))

    def _aimed(self, query: str) -> list[Metric]:
        told = {row["metric"] for row in theme.records(self._ask(query)) if row["level"] == "selection"}
        return [self.metric(code, query) for code in self._profile.targets if code in told]

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
        wanted = {key: value if isinstance(value, list) else [value] for key, value in where.items()}
        return [row for row in rows if all(row[key] in wanted[key] for key in wanted)]

    def _ordered(self, query: str, order: str, where: dict[str, Any]) -> list[dict[str, Any]]:
        found = self._found(query, where)
        if order:
            column = order.removeprefix("-")
            found = [row for row in found if row[column] == row[column] and row[column] is not None]
            found.sort(key=lambda row: row[column], reverse=order.startswith("-"))
        return found

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


def changes(rows: list[Row], before: str, flag: str) -> Phrase:
    """Metrics with how their values changed on a column, those that have nothing to compare with left out."""
    parts = []
    for row in rows:
        moved = row.moved("value", before, "", flag)
        if moved:
            written = _("{name} {change}").format(name=row.metric, change=moved)
            parts.append(Phrase(written, moved.numbers))
    return phrases.joined(parts, text.listed(["", ""]))


def inside(label: str) -> str:
    """A label inside an English sentence, where only names keep their capital."""
    if text.language() != "en" or label.startswith(PROPER) or label[1:] != label[1:].lower():
        return label
    return label[:1].lower() + label[1:]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and value == value


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
