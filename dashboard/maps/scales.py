"""Values, changes and cases of fit to classes, colours, hatching and the entries of a legend."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import catalogue, contract
from dashboard.charts import theme
from dashboard.maps import colours as palettes
from dashboard.maps.classes import change_edges, methods, target_edges, value_edges
from dashboard.maps.colours import rgb as rgb
from dashboard.text import _, language

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
CASES = ("compound_larger", "grid_larger", "matched")
NO_BREAK = "\u2060"  # keeps a line from ending after a dash


@dataclass(frozen=True)
class Entry:
    """One line of a legend: words, a sign beside them, a fill (`#rrggbb`, or '' for none) and how many units it has.

    An optional entry is left out where it has none.
    """

    label: str
    sign: str = ""
    colour: str = ""
    is_hatched: bool = False
    is_optional: bool = False
    count: int = 0


@dataclass(frozen=True)
class Scale:
    """Classes of values: class i holds values from `edges[i - 1]` up to, not including, `edges[i]`.

    `colours` has one colour per class; `signals` one traffic light per class, or nothing without a target;
    `shade` is "light" or "dark", the page the map lies on.
    """

    metric: str
    edges: tuple[float, ...]
    colours: tuple[str, ...]
    signals: tuple[str, ...] = ()
    shade: str = "light"

    def classes(self, rows: pd.DataFrame) -> Numbers:
        """Class of every row (value, state); the two after the last are not reported and not applicable."""
        return self._placed(rows, "value")

    def hatched(self, rows: pd.DataFrame) -> Flags:
        """Whether each row is drawn hatched: what is not reported."""
        return self.classes(rows) == len(self.colours)

    def groups(self, rows: pd.DataFrame) -> Numbers:
        """Position in `entries` of every row."""
        return self.classes(rows)

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

    def entries(self) -> list[Entry]:
        """The legend without its counts: the classes, then what has no value."""
        signs = [theme.SIGNS[signal] for signal in self.signals] or [""] * len(self.colours)
        classes = [Entry(*parts) for parts in zip(self.labels(), signs, self.colours, strict=True)]
        return classes + self._blanks()

    def _placed(self, rows: pd.DataFrame, name: str) -> Numbers:
        values = rows[name].to_numpy(float, na_value=np.nan)
        return self._with_blanks(rows, np.searchsorted(self.edges, values, side="right"), np.isnan(values))

    def _with_blanks(self, rows: pd.DataFrame, found: Numbers, is_blank: Flags) -> Numbers:
        return np.where(is_blank, len(self.colours) + (rows["state"] == "not_applicable"), found)

    def _blanks(self) -> list[Entry]:
        unknown = palettes.NOT_REPORTED[self.shade]
        return [
            Entry(_("not reported"), "▨", unknown, is_hatched=True, is_optional=True),
            Entry(_("not applicable"), "□", is_optional=True),
        ]


@dataclass(frozen=True)
class ChangeScale(Scale):
    """Classes of changes on both sides of about none: symmetric edges, a value on an edge in the outer class."""

    def classes(self, rows: pd.DataFrame) -> Numbers:
        """Class of every row (change, state); the two after the last are not reported and not applicable."""
        return self._placed(rows, "change")

    def hatched(self, rows: pd.DataFrame) -> Flags:
        """Whether each row is drawn hatched: a change within error or of unknown error, and what is not reported."""
        is_beyond, _is_known = _flags(rows["is_beyond_error"])
        return (self.classes(rows) <= len(self.colours)) & ~(is_beyond & rows["change"].notna().to_numpy())

    def groups(self, rows: pd.DataFrame) -> Numbers:
        """Position in `entries` of every row; a hatched change counts as within error, not in its class."""
        found, last = self.classes(rows), len(self.colours)
        is_beyond, is_known = _flags(rows["is_beyond_error"])
        return np.where(found >= last, found + 2, np.where(is_beyond, found, last + ~is_known))

    def labels(self) -> list[str]:
        """What each class holds, in words: `≤ -5.0 pp`, `-5.0 pp to -2.0 pp` …; whole numbers as `+1 to +4`."""
        sizes = self.edges[len(self.edges) // 2 :]
        if not sizes:
            return [_("no change")]
        less = 1 if catalogue.COLUMNS[self.metric].kind == "count" else 0

        def written(change: float) -> str:
            return catalogue.metric_number(change, self.metric, change=True)

        def between(low: float, high: float) -> str:
            ends = {"low": written(low), "high": written(high)}
            return written(low) if low == high else _("{low} to {high}").format(**ends)

        inner = [(low, high - less) for low, high in pairwise(sizes)]
        return [
            f"≤ {written(-sizes[-1])}",
            *(between(-high, -low) for low, high in inner),
            between(less - sizes[0], sizes[0] - less),
            *(between(low, high) for low, high in inner),
            f"≥ {written(sizes[-1])}",
        ]

    def entries(self) -> list[Entry]:
        """The legend without its counts: the classes beyond error, within error, error unknown, no value."""
        better = catalogue.COLUMNS[self.metric].better
        falls, rises = {"up": ("trouble", "good"), "down": ("good", "trouble")}.get(better, ("", ""))
        side = len(self.edges) // 2
        signs = [theme.SIGNS.get(falls, "↓")] * side + [""] + [theme.SIGNS.get(rises, "↑")] * side
        return [
            *(Entry(*parts) for parts in zip(self.labels(), signs, self.colours, strict=True)),
            Entry(_("within error"), "▨", is_hatched=True, is_optional=True),
            Entry(_("error not known"), "▨", is_hatched=True, is_optional=True),
            *self._blanks(),
        ]


@dataclass(frozen=True)
class FitScale(Scale):
    """Cases of fit as classes, in the order of the contract; then the same where alignment is not reported."""

    def classes(self, rows: pd.DataFrame) -> Numbers:
        """Class of every row (fit_case, is_aligned, state); the two after the last are without a case."""
        case, known = self._cases(rows), _flags(rows["is_aligned"])[1]
        return self._with_blanks(rows, case + len(CASES) * ~known, case < 0)

    def hatched(self, rows: pd.DataFrame) -> Flags:
        """Whether each row is drawn hatched: what is not aligned, and what is not reported."""
        is_aligned, is_known = _flags(rows["is_aligned"])
        has_case = self._cases(rows) >= 0
        return np.where(has_case, is_known & ~is_aligned, rows["state"] != "not_applicable")

    def groups(self, rows: pd.DataFrame) -> Numbers:
        """Position in `entries` of every row."""
        is_aligned, is_known = _flags(rows["is_aligned"])
        case = self._cases(rows)
        found = 3 * case + np.where(is_known, ~is_aligned, 2)
        return np.where(case < 0, 3 * len(CASES) + (rows["state"] == "not_applicable"), found)

    def labels(self) -> list[str]:
        """The cases in the words of the contract, twice: with alignment known and not reported."""
        words = contract.load().tables["compound_grids"].fields["fit_case"].categories
        return [words[case][language() == "en"] for case in CASES] * 2

    def entries(self) -> list[Entry]:
        """The legend without its counts: every case aligned, not aligned, alignment not reported; no case."""
        found = []
        for label, known, unknown in zip(self.labels(), self.colours, self.colours[len(CASES) :], strict=False):
            found += [
                Entry(_("{case}, aligned").format(case=label), "", known),
                Entry(_("{case}, not aligned").format(case=label), "▨", known, is_hatched=True),
                Entry(_("{case}, alignment not reported").format(case=label), "?", unknown, is_optional=True),
            ]
        return found + self._blanks()

    def _cases(self, rows: pd.DataFrame) -> Numbers:
        return pd.Categorical(rows["fit_case"], categories=CASES).codes.astype(int)


def scale(values: pd.Series, metric: str, goal: dict[str, float], shade: str, method: str | None = None) -> Scale:
    """Classes for the values of one metric, at most six, made by one of `methods(goal)`, the first unless given.

    Around a target (`goal` has `target` and `amber`, in the metric's unit) the classes are those of the traffic
    light, the outer ones halved. Any other method shows sizes in blues. Raises ValueError for a method that the
    metric does not have.
    """
    method = method or methods(goal)[0]
    if method not in methods(goal):
        raise ValueError(f"{metric} has no classes by {method}")
    column = catalogue.COLUMNS[metric]
    if method == "target":
        edges = target_edges(column, goal)
        signals = tuple(theme.signal(low, goal["target"], goal["amber"], column.better) for low in (-math.inf, *edges))
        return Scale(metric, edges, _judged(signals, shade), signals, shade)
    edges = value_edges(values.dropna().to_numpy(float), column.kind, method)
    blues = palettes.BLUES[shade]
    picked = np.linspace(0, len(blues) - 1, len(edges) + 1).round().astype(int) if edges else [len(blues) // 2]
    return Scale(metric, edges, tuple(blues[i] for i in picked), shade=shade)


def changes(rows: pd.DataFrame, metric: str, shade: str) -> ChangeScale:
    """Classes for the changes of one metric, at most five: about none, and two on either side.

    `rows` has change (in the metric's unit), is_beyond_error (true, false or null where the error is not known)
    and state. Where one direction is better, red is worse and teal better; elsewhere purple is less, yellow more.
    """
    column = catalogue.COLUMNS[metric]
    sizes = change_edges(rows["change"].dropna().to_numpy(float), column.kind)
    palette = (palettes.WORSE_TO_BETTER if column.better else palettes.LESS_TO_MORE)[shade]
    if column.better == "down":
        palette = palette[::-1]
    picked = ((2,), (0, 2, 4), (0, 1, 2, 3, 4))[len(sizes)]
    # As on the rising side, a fall of exactly the size belongs to the outer class.
    falls = tuple(math.nextafter(-size, math.inf) for size in reversed(sizes))
    return ChangeScale(metric, (*falls, *sizes), tuple(palette[at] for at in picked), shade=shade)


def fits(shade: str) -> FitScale:
    """Classes for the cases of fit of compound and grid; what is not aligned is hatched, no case is red.

    Its rows have fit_case, is_aligned (true, false or null) and state.
    """
    return FitScale("fit_case", (), palettes.FITS[shade], shade=shade)


def _judged(signals: tuple[str, ...], shade: str) -> tuple[str, ...]:
    """A colour per traffic light, the stronger the further from the middle of the scale."""
    colours = []
    for position, signal in enumerate(signals):
        same = signals.count(signal)
        strength = position - signals.index(signal)
        if signals[0] == signal:
            strength = same - 1 - strength
        colours.append(palettes.JUDGED[shade][signal][strength if same > 1 else -1])
    return tuple(colours)


def _flags(column: pd.Series) -> tuple[Flags, Flags]:
    """Where a column of true, false and null is true, and where it is not null."""
    flags = column.astype("boolean")
    return flags.fillna(False).to_numpy(bool), flags.notna().to_numpy()
