"""Where the classes of a map begin: around the target, by quantiles, in equal intervals, at natural breaks."""

import math

import jenkspy
import numpy as np
from numpy.typing import NDArray

from dashboard.columns import Column
from dashboard.text import N_

METHODS = {
    "target": N_("Around the target"),
    "quantiles": N_("Quantiles"),
    "equal": N_("Equal intervals"),
    "natural": N_("Natural breaks"),
}
MOST_CLASSES = 6
DECIMALS = {"share": 3, "count": 0}  # of an edge, as numbers of the kind are written; others have one
LIMITS = {"share": 1.0, "score": 110.0}  # no value lies above
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)  # widths of equal intervals that read well, times a power of ten
MOST_VALUES = 2_000  # the time of Fisher-Jenks grows with the square: 15 ms for these, 3 s for 37,000


def methods(goal: dict[str, float]) -> tuple[str, ...]:
    """Ways to make classes that a metric has, the default first; without a target there is none around it."""
    return tuple(method for method in METHODS if goal or method != "target")


def target_edges(column: Column, goal: dict[str, float]) -> tuple[float, ...]:
    """Edges at `target` and `amber` of a goal, in the metric's unit, and one halfway out on either side."""
    target, amber = goal["target"], goal["amber"]
    limit, step = LIMITS.get(column.kind, math.inf), abs(target - amber)
    if column.better == "down":
        cuts = {target / 2, target, amber, min(amber + step, limit)}
        # What less is better for is met at the target itself: the class above begins just beyond it.
        return tuple(math.nextafter(cut, math.inf) if cut >= target else cut for cut in sorted(cuts))
    lowest = amber - step if amber > step else amber / 2
    return tuple(sorted({lowest, amber, target, (target + min(limit, target + 2 * step)) / 2}))


def value_edges(present: NDArray[np.float64], kind: str, method: str) -> tuple[float, ...]:
    """Edges between at most six classes of values, rising, rounded as the kind is written.

    A count of zero has a class of its own. None where all values are alike. No class is empty, but for those in
    the gaps of equal intervals.
    """
    if len(present) == 0 or present.min() == present.max():
        return ()
    decimals = DECIMALS.get(kind, 1)
    is_zero_apart = kind == "count" and present.min() == 0
    split = present[present > 0] if is_zero_apart else present
    count = MOST_CLASSES - (kind == "count")
    if method == "equal":
        found = _equal(split.min(), split.max(), count - 1, decimals)
    else:
        distinct = np.unique(split)
        cuts = _natural(split, distinct, count) if method == "natural" else _quantiles(split, count)
        found = _filled([_rounded(cut, distinct, decimals) for cut in cuts], distinct)
    return (1.0, *(edge for edge in found if edge > 1)) if is_zero_apart else tuple(found)


def change_edges(changes: NDArray[np.float64], kind: str) -> tuple[float, ...]:
    """At most two sizes of change, rising, where classes begin on either side of zero.

    A third of the changes that are not zero lie below the first, a quarter beyond the second, rounded down to one
    digit or two; none where every change is written as zero.
    """
    sizes = np.abs(changes[changes != 0])
    if len(sizes) == 0:
        return ()
    decimals = DECIMALS.get(kind, 1)
    small, large = np.quantile(sizes, (1 / 3, 3 / 4))
    first = _down(small, 1, decimals) or _down(large, 1, decimals)
    second = next((edge for digits in (1, 2) if (edge := _down(large, digits, decimals)) > first), None)
    return tuple(edge for edge in (first, second) if edge)


def _quantiles(values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    return np.quantile(values, np.linspace(0, 1, count + 1)[1:-1])


def _natural(values: NDArray[np.float64], distinct: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The middle of the gap before each class but the first: least squares within classes (Fisher 1958, Jenks 1977).

    Of more than MOST_VALUES values so many quantiles stand for all of them, so the answer hangs on no chance.
    """
    if len(values) > MOST_VALUES:
        values = np.quantile(values, np.linspace(0, 1, MOST_VALUES), method="nearest")
    highest = np.array(jenkspy.jenks_breaks(values, n_classes=min(count, len(np.unique(values))))[1:-1])
    return (highest + distinct[np.searchsorted(distinct, highest, side="right")]) / 2


def _equal(lowest: float, highest: float, most: int, decimals: int) -> list[float]:
    """At most so many edges, multiples of one step that reads well."""
    unit = 10.0**-decimals
    width = max((highest - lowest) / most, unit)
    power = 10.0 ** math.floor(math.log10(width))
    step = next(s * power for s in STEPS if s * power >= width and math.isclose(s * power, round(s * power, decimals)))
    edges = (round(at * step, decimals) for at in range(math.floor(lowest / step), math.floor(highest / step) + 2))
    return [edge for edge in edges if lowest < edge <= highest][:most]


def _rounded(cut: float, distinct: NDArray[np.float64], decimals: int) -> float:
    """The roundest number that parts the same values as a cut; where there is none, the nearest that can be written.

    Values that tie with the lowest are parted from the others rather than not at all.
    """
    at = min(max(int(np.searchsorted(distinct, cut)), 1), len(distinct) - 1)
    low, high = distinct[at - 1], distinct[at]
    for digits in range(-9, decimals + 1):
        scale = 10.0**digits
        nearest = min(max(round(cut * scale), math.floor(low * scale) + 1), math.floor(high * scale))
        if low < (edge := round(nearest / scale, max(digits, 0))) <= high:
            return edge
    return round(float(cut), decimals)


def _filled(edges: list[float], distinct: NDArray[np.float64]) -> list[float]:
    """Rising edges without those that would leave the class below or above them empty."""
    below = np.searchsorted(distinct, edges)  # how many distinct values lie under each edge
    kept = {int(count): edge for count, edge in zip(below, edges, strict=True) if 0 < count < len(distinct)}
    return sorted(kept.values())


def _down(size: float, digits: int, decimals: int) -> float:
    """A positive size rounded down to so many significant digits, or to what can be written."""
    places = min(digits - 1 - math.floor(math.log10(size)), decimals)
    return round(math.floor(size * 10.0**places) / 10.0**places, max(places, 0))
