"""Numbers as a sentence says them: 8.03万件, 提高1.5个百分点, within error, not reported.

A phrase is words with the numbers in them; phrases are joined, never taken apart, so that no number loses its source.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from dashboard import text
from dashboard.reports.model import Number
from dashboard.text import N_, _

MYRIAD, HUNDRED_MILLION, MILLION = 1e4, 1e8, 1e6
DECIMALS = {"score": 1, "number": 1, "hours": 1, "area": 1, "total": 2, "decimal": 2}
CERTAIN = 1.645  # standard errors that pure chance exceeds once in ten, both ways together
# How a value moved: up and down, by kind of change.
MOVES = {
    "share": (N_("up {size} percentage points {when}"), N_("down {size} percentage points {when}")),
    "score": (N_("up {size} points {when}"), N_("down {size} points {when}")),
    "count": (N_("up {size} {when}"), N_("down {size} {when}")),
}
# By what a value is compared with: when, about the same, within error, nothing to compare with.
AGAINST = {
    "": ("", N_("unchanged"), N_("changed within error"), ""),
    "previous": (
        N_("on the previous period"),
        N_("the same as in the previous period"),
        N_("the change on the previous period within error"),
        N_("no figure of the previous period to compare with"),
    ),
    "last_year": (
        N_("on the same period last year"),
        N_("the same as in the same period last year"),
        N_("the change on the same period last year within error"),
        N_("no figure of the same period last year to compare with"),
    ),
    "same_day": (
        N_("on the same day last year"),
        N_("the same as on the same day last year"),
        N_("the change on the same day last year within error"),
        N_("no figure of the same day last year to compare with"),
    ),
}
# Against a target that the value should reach, and against one that it should not pass.
REACHED, KEPT = N_("the target of {goal} reached"), N_("within the limit of {goal}")
NEARLY = {
    "up": N_("short of the target of {goal}, but within error"),
    "down": N_("over the limit of {goal}, but within error"),
}
SHORT = {
    "up": (N_("{size} percentage points short of the target of {goal}"), N_("{size} short of the target of {goal}")),
    "down": (N_("{size} percentage points over the limit of {goal}"), N_("{size} over the limit of {goal}")),
}


@dataclass(frozen=True)
class Phrase:
    """Words of a sentence and the numbers in them; empty where there is nothing to say."""

    words: str
    numbers: tuple[Number, ...] = ()

    def __str__(self) -> str:
        return self.words

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True)
class Value:
    """One value of one row of a query, as a template holds it; `raw` is None where it is not reported."""

    raw: Any
    kind: str
    query: str
    row: tuple[tuple[str, str], ...]
    column: str
    error: float | None = None  # standard error, if it is known

    @property
    def size(self) -> "Value":
        """The same without its sign, where the words say which way."""
        return replace(self, raw=None if self.raw is None else abs(self.raw), kind=self.kind.removesuffix("_change"))

    @property
    def phrase(self) -> Phrase:
        """The value in words; names and other text stay as they are."""
        if self.kind == "text":
            return Phrase("" if self.raw is None else str(self.raw))
        words = spoken(self.raw, self.kind)
        return Phrase(words, () if self.raw is None else (self.number(words, self.raw),))

    def number(self, shown: str, value: float | None, column: str = "") -> Number:
        """A number made from this value, for a phrase to carry; a hidden small cell has no value."""
        return Number(shown, None if isinstance(value, str) else value, self.query, self.row, column or self.column)

    def __str__(self) -> str:
        return self.phrase.words

    def __bool__(self) -> bool:
        return self.raw is not None and self.raw != ""


def spoken(value: Any, kind: str) -> str:
    """A number as a sentence says it: shares in per cent, large numbers in 万 and 亿 (English: million).

    In Chinese from 10,000 on with two decimals at most, closing zeros left out, and no thousands separators below
    (GB/T 15835); changes carry no sign, the verb says which way.
    """
    if value is None or value != value:
        return _("no figure reported")
    if isinstance(value, str):  # a hidden small cell, "<5"
        return value
    if kind == "share":
        return f"{value:.1%}"
    if kind in DECIMALS and abs(value) < MYRIAD:
        return _grouped(round(value, DECIMALS[kind]), DECIMALS[kind])
    if kind in DECIMALS or kind in ("count", "people", "yuan", "rank"):
        return _large(value)
    return text.moment(value, "year") if kind == "year" and hasattr(value, "year") else text.number(value, kind)


def _large(value: float) -> str:
    if text.language() == "en":
        if abs(value) < MILLION:
            return f"{value:,.0f}"
        return _("{number} million").format(number=_trimmed(value / MILLION))
    if abs(value) < MYRIAD:
        return f"{value:.0f}"
    if abs(value) < HUNDRED_MILLION:
        return _("{number} times ten thousand").format(number=_trimmed(value / MYRIAD))
    return _("{number} times a hundred million").format(number=_trimmed(value / HUNDRED_MILLION))


def _trimmed(value: float) -> str:
    """Two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _grouped(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}" if text.language() == "en" else f"{value:.{decimals}f}"


def moved(now: Value, before: Any, against: str, flag: str | None = None, column: str = "") -> Phrase:
    """How a value changed, honestly: up or down by how much, about the same, within error, or nothing to compare.

    `before` is the earlier value and `column` what the query calls it, `against` a key of `AGAINST`, `flag` what the
    query says of the change (within_error or not). Counts change by per cent of the earlier value, as work reports say
    it; 0 gives nothing to compare with.
    """
    when, same, within, nothing = (each and _(each) for each in AGAINST[against])
    kind = {"share": "share", "count": "count", "people": "count", "yuan": "count"}.get(now.kind, "score")
    if now.raw is None:
        return Phrase("")
    if before is None or before != before or (kind == "count" and not before):
        return Phrase(nothing)
    size = (now.raw - before) * {"share": 100, "score": 1, "count": 100 / (before or 1)}[kind]
    written = f"{abs(size):.1f}"
    if float(written) == 0:
        return Phrase(same)
    if flag == "within_error":
        return Phrase(within)
    shown = f"{written}%" if kind == "count" else written
    words = _(MOVES[kind][size < 0]).format(when=when, size=shown).strip()
    compared = f"{now.column} - {column or against}"
    return Phrase(words, (now.number(shown, math.copysign(float(written), size), compared),))


def judged(now: Value, target: float | None, better: str | None) -> Phrase:
    """A value against its target, the target named; one that is missed by less than the error is said to be so."""
    if now.raw is None or target is None:
        return Phrase("")
    way = "down" if better == "down" else "up"
    goal = _round(spoken(target, now.kind))
    aim = now.number(goal, target, "target")
    gap = now.raw - target
    if (gap <= 0) if way == "down" else (gap >= 0):
        return Phrase(_(KEPT if way == "down" else REACHED).format(goal=goal), (aim,))
    written = _size(gap, now.kind)
    if float(written) == 0 or (now.error is not None and abs(gap) <= CERTAIN * now.error):
        return Phrase(_(NEARLY[way]).format(goal=goal), (aim,))
    message = SHORT[way][now.kind != "share"]
    words = _(message).format(size=written, goal=goal)
    return Phrase(words, (now.number(written, gap, f"{now.column} - target"), aim))


def gap(now: Value, target: float | None, better: str | None) -> Phrase:
    """By how much a value misses its target; empty where it does not, or by no more than the error."""
    if now.raw is None or target is None or (now.raw - target) * (1 if better == "down" else -1) <= 0:
        return Phrase("")
    size = abs(now.raw - target)
    written = _size(size, now.kind)
    if float(written) == 0 or (now.error is not None and size <= CERTAIN * now.error):
        return Phrase("")
    unit = {"share": N_("{size} percentage points"), "score": N_("{size} points")}.get(now.kind, "{size}")
    words = _(unit).format(size=written)
    return Phrase(words, (now.number(written, now.raw - target, f"{now.column} - target"),))


def _size(gap: float, kind: str) -> str:
    return f"{abs(gap) * (100 if kind == 'share' else 1):.{DECIMALS.get(kind, 1)}f}"


def _round(written: str) -> str:
    """A target as it was set: 80%, not 80.0%."""
    if written.endswith("%"):
        return written.replace(".0%", "%")
    return written.rstrip("0").rstrip(".") if "." in written else written


def joined(parts: Iterable[Phrase | Value | str], separator: str) -> Phrase:
    """Phrases after one another, those that say nothing left out."""
    phrases = [as_phrase(part) for part in parts]
    kept = [phrase for phrase in phrases if phrase]
    return Phrase(separator.join(p.words for p in kept), tuple(n for p in kept for n in p.numbers))


def as_phrase(part: Any) -> Phrase:
    """Anything a template may put down. Raises `TypeError` on a bare number: nobody could tell where it comes from."""
    if isinstance(part, Phrase):
        return part
    if isinstance(part, Value):
        return part.phrase
    if isinstance(part, str) and not any(letter.isdigit() for letter in part):
        return Phrase(part)
    raise TypeError(f"{part!r} is a number without a query")
