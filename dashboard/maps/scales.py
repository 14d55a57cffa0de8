"""Values to classes and colours: around the target where there is one, else about as many units in each class."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.text import _, number

MOST_CLASSES = 6
DECIMALS = {"share": 3, "count": 0}
LIMITS = {"share": 1.0, "score": 110.0}  # no value lies above

# Safe for colour-blind readers: blues differ in lightness alone; signals go from red over amber to teal, and
# each has its sign in the legend. Lists of signals go from mild to strong.
BLUES = {
    "light": ("#dce8f4", "#b4cee6", "#86afd5", "#568dc0", "#2f6299", "#133b66"),
    "dark": ("#1e3a59", "#285685", "#3b76ae", "#649bcb", "#98c0e3", "#d6e7f7"),
}
JUDGED = {"trouble": ("#e0857a", "#b3261e"), "watch": ("#f0c25a",), "good": ("#7fc3b0", "#1b8a6b")}
NO_BREAK = "\u2060"  # keeps a line from ending after a dash
BLANKS = ("not_reported", "not_applicable")  # states without a value


@dataclass(frozen=True)
class Scale:
    """Classes of values: class i holds values from `edges[i - 1]` up to, not including, `edges[i]`.

    `colours` has one colour per class; `signals` one traffic light per class, or nothing without a target.
    """

    metric: str
    edges: tuple[float, ...]
    colours: tuple[str, ...]
    signals: tuple[str, ...] = ()

    def classes(self, rows: pd.DataFrame) -> NDArray[np.int64]:
        """Class of every row (value, state); the two after the last are not reported and not applicable."""
        found = np.searchsorted(self.edges, rows["value"].to_numpy(float, na_value=np.nan), side="right")
        blank = np.where(rows["state"] == "not_applicable", 1, 0) + len(self.colours)
        return np.where(rows["value"].isna(), blank, found)

    def colours_of(self, rows: pd.DataFrame) -> list[str]:
        """Colour of every row that has a value."""
        return [self.colours[at] for at in self.classes(rows)]

    def labels(self) -> list[str]:
        """What each class holds, in words: `< 60.0%`, `60.0% – 70.0%`, `≥ 70.0%`; whole numbers as `4 – 9`."""
        if not self.edges:
            return [_("all alike")]
        written = [catalogue.metric_number(edge, self.metric) for edge in self.edges]
        is_count = catalogue.COLUMNS[self.metric].kind == "count"
        ends = [catalogue.metric_number(edge - 1 if is_count else edge, self.metric) for edge in self.edges[1:]]
        inner = [low if low == high else f"{low} –{NO_BREAK} {high}" for low, high in zip(written, ends, strict=False)]
        lowest = "0" if is_count and self.edges[0] == 1 else f"< {written[0]}"
        return [lowest, *inner, f"≥ {written[-1]}"]


def scale(values: pd.Series, metric: str, goal: dict[str, float], shade: str) -> Scale:
    """Classes for the values of one metric, at most six.

    With a target (`goal` has `target` and `amber`, in the metric's unit) the classes are those of the traffic
    light, the outer ones halved; without one they hold about as many units each (quantiles), and a count of
    zero has a class of its own. `shade` is "light" or "dark", the page the map lies on.
    """
    if goal:
        return _judged(metric, goal)
    edges = _quantiles(values.dropna().to_numpy(float), catalogue.COLUMNS[metric].kind)
    blues = BLUES[shade]
    picked = np.linspace(0, len(blues) - 1, len(edges) + 1).round().astype(int) if edges else [len(blues) // 2]
    return Scale(metric, edges, tuple(blues[i] for i in picked))


def _judged(metric: str, goal: dict[str, float]) -> Scale:
    target, amber = goal["target"], goal["amber"]
    column = catalogue.COLUMNS[metric]
    limit, step = LIMITS.get(column.kind, math.inf), abs(target - amber)
    if column.better == "down":
        cuts = {target / 2, target, amber, min(amber + step, limit)}
        # What less is better for is met at the target itself: the class above begins just beyond it.
        edges = [math.nextafter(cut, math.inf) if cut >= target else cut for cut in sorted(cuts)]
    else:
        lowest = amber - step if amber > step else amber / 2
        edges = sorted({lowest, amber, target, (target + min(limit, target + 2 * step)) / 2})
    signals = [theme.signal(low, target, amber, column.better) for low in (-math.inf, *edges)]
    colours = []
    for position, signal in enumerate(signals):
        same = signals.count(signal)
        strength = position - signals.index(signal)  # from the middle of the scale outwards
        if signals[0] == signal:
            strength = same - 1 - strength
        colours.append(JUDGED[signal][strength if same > 1 else -1])
    return Scale(metric, tuple(edges), tuple(colours), tuple(signals))


def _quantiles(present: NDArray[np.float64], kind: str) -> tuple[float, ...]:
    """Rounded edges between classes with about as many values each; none where all values are alike."""
    if len(present) == 0 or present.min() == present.max():
        return ()
    if kind == "count":
        positive = present[present > 0]
        first = {1.0} if len(positive) < len(present) else set()
        cuts = np.ceil(np.quantile(positive, np.linspace(0, 1, MOST_CLASSES)[1:-1]))
        return tuple(sorted(first | set(cuts[cuts > positive.min()].tolist())))
    cuts = np.quantile(present, np.linspace(0, 1, MOST_CLASSES + 1)[1:-1])
    rounded = {round(float(cut), DECIMALS.get(kind, 1)) for cut in cuts}
    return tuple(sorted(edge for edge in rounded if present.min() < edge <= present.max()))


def legend(rows: pd.DataFrame, found: Scale) -> str:
    """The legend as one line of Markdown: a chip per class with its number of units, then those without a value.

    `rows` has value and state, one row per unit shown.
    """
    counts = np.bincount(found.classes(rows), minlength=len(found.colours) + len(BLANKS))
    signs = [f"{theme.SIGNS[signal]} " for signal in found.signals] or [""] * len(found.colours)
    chips = [
        _chip(sign + label, colour, count)
        for sign, label, colour, count in zip(signs, found.labels(), found.colours, counts, strict=False)
    ]
    blanks = zip(("▨", "□"), (_("not reported"), _("not applicable")), counts[-2:], strict=True)
    chips += [f":gray[{sign} {words}] **{number(count, 'count')}**" for sign, words, count in blanks if count]
    return " &ensp; ".join(chips)


def _chip(words: str, colour: str, count: int) -> str:
    red, green, blue = rgb(colour)
    ink = "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#1f2933"
    words = words.replace(" ", "&nbsp;")
    return f':color[&nbsp;{words}&nbsp;]{{foreground="{ink}" background="{colour}"}}&nbsp;**{number(count, "count")}**'


def rgb(colour: str) -> list[int]:
    """Red, green and blue (0-255) of `#rrggbb`."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
