"""What a template holds of a query: a row with its values, a metric with its changes, its target and its districts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard import catalogue, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.reports import phrases
from dashboard.reports.phrases import Phrase, Value
from dashboard.scoring import uncertainty
from dashboard.text import _

NAMED = 3  # as many names as a reader keeps
FEW = 30  # cases: below it a rate is told with its cases and neither compared nor judged
KEYS = ("level", "metric", "district_code", "district_name", "compound_type", "month", "quarter")
PROPER = ("Party", "Thursday", "Friday")  # words that keep their capital inside an English sentence


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
        return phrases.moved(self.value(column), earlier, against, self.cells.get(flag) if flag else None, before)

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
        reach = self._reach
        return len(reach) >= 2 * NAMED and max(high for _low, high in reach[:NAMED]) < min(
            low for low, _ in reach[-NAMED:]
        )

    def placed(self, district: str) -> Phrase:
        """Place of a district among the others, 1 the best, with the places that chance leaves open (90 %).

        Equal values share a place; empty where fewer than three districts can be compared.
        """
        own = next((row for row in self._ranked if row["district_code"] == district), None)
        if own is None or len(self._ranked) < NAMED or not catalogue.COLUMNS[self._code].better:
            return Phrase("")
        place = 1 + [row["value"] for row in self._ranked].index(own["value"])
        value = Row(self._query, own, self._profile).value("value")
        told = {"place": place, "count": len(self._ranked)}
        message, reach = _("No. {place} of {count} districts"), self._reach
        if reach:
            low, high = reach[self._ranked.index(own)]
            told |= {"low": int(low), "high": int(high)}
            message = _("No. {place} of {count} districts (chance leaves {low} to {high} open)")
            if low == high:
                message = _("No. {place} of {count} districts, beyond chance")
        shown = {name: str(number) for name, number in told.items()}
        numbers = tuple(value.number(shown[name], float(told[name]), f"rank({name})") for name in told)
        return Phrase(message.format(**shown), numbers)

    @cached_property
    def _reach(self) -> list[tuple[float, float]]:
        """First and last rank that chance leaves open to each of `_ranked`; empty where an error is not known."""
        errors = [row.get("standard_error") for row in self._ranked]
        if any(each is None or each != each for each in errors):
            return []
        values = pd.Series([row["value"] for row in self._ranked], dtype=float).to_numpy()
        if catalogue.COLUMNS[self._code].better == "down":
            values = -values
        low, high = uncertainty.rank_interval(values, pd.Series(errors, dtype=float).to_numpy() ** 2)
        return list(zip(low, high, strict=True))

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
