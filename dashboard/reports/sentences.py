"""Computed sentences: templates of a storyline, filled with the rows of named queries.

A template is Jinja2 in a sandbox. It may ask `row`, `rows`, `total`, `tally` and `metric`, and put down nothing else
that holds a digit: a number that no query gave is an error when the storyline is read, not a sentence in a meeting.
"""

import re
from collections.abc import Callable
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
from dashboard.reports.readings import Metric, Row, changes, inside, named
from dashboard.text import _

DIGITS = re.compile(r"\d")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

Ask = Callable[..., pd.DataFrame]  # rows of a named query with the briefing's parameters; about people: by columns


class TemplateError(ValueError):
    """A sentence that cannot be told; the message says which and why."""


class Teller:
    """Fills templates from one edition; `ask` gives the rows of a query, `words` are names of the briefing itself."""

    def __init__(
        self, ask: Ask, profile: Profile, words: dict[str, Phrase], is_same: bool, everywhere: Ask | None = None
    ) -> None:
        self._ask, self._profile, self._is_same = ask, profile, is_same
        self._everywhere = everywhere or ask  # the same without the districts chosen: what a district ranks among
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
            "rank": self.rank,
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

    def rank(self, code: str, query: str = "overview_metrics") -> Phrase:
        """Place of the one district chosen among all that the reader may see; empty if more are chosen or few seen."""
        chosen = [row for row in self._found(query, {"level": "district", "metric": code}) if row["value"] is not None]
        if len(chosen) != 1:
            return Phrase("")
        rows = theme.records(self._everywhere(query))
        return Metric(code, rows, query, self._profile, self._is_same).placed(chosen[0]["district_code"])

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
