"""Checks of rule sets: what must hold before a score may be computed from them.

Each check yields sentences that name the file, the version and what was expected.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import isclose

from dashboard.scoring.rule_model import OPEN_END, Band, FortressVersion, PioneerVersion, Rules, Star

FULL_SCORE = 100
AGGREGATIONS = ("arithmetic", "geometric")  # of dimensions: their sum, or their product
Z_90 = 1.645  # standard errors to either side of an interval of 90 %
DIMENSIONS = ("loyalty", "service", "development", "conduct", "integrity")
DERIVED_ITEMS = frozenset({"A2", "B1", "B2", "B3", "C1", "C2", "C3", "D1", "D2", "D3", "E1", "E3"})
DEDUCTIONS = frozenset({"X1"})
EVENT_KINDS = ("base", "bonus", "deduction", "veto")
BANDS = ("starred", "qualified", "warning")
GRADES = frozenset({"excellent", "qualified", "basically_qualified", "unqualified"})


def problems_of(rules: Rules) -> list[str]:
    """Every defect of the rule sets of a place, in the order of the files; empty if there is none."""
    found: list[str] = []
    for file, versions, check in (
        ("fortress.toml", rules.fortress, _fortress),
        ("pioneer.toml", rules.pioneer, _pioneer),
    ):
        found += [f"{file}: {problem}" for problem in _validity(versions)]
        for version in versions:
            found += [f"{file}, version {version.code}: {problem}" for problem in check(version)]
    return found + [f"fortress.toml: {problem}" for problem in _unfed_bonus(rules)]


def _unfed_bonus(rules: Rules) -> Iterator[str]:
    events = {item.code for version in rules.pioneer for item in version.items}
    for code in dict.fromkeys(bonus.code for version in rules.fortress for bonus in version.bonus):
        if code not in events:
            yield f"bonus {code} is fed by member events, but pioneer.toml has no item {code}"


def _validity(versions: Sequence[FortressVersion | PioneerVersion]) -> Iterator[str]:
    yield from _repeated("version", (version.code for version in versions))
    for version in versions:
        if not _starts_quarter(version.valid_from):
            yield f"version {version.code} must start with a quarter, not on {version.valid_from}"
        if version.valid_to != OPEN_END and not _starts_quarter(version.valid_to + timedelta(days=1)):
            yield f"version {version.code} must end with a quarter, not on {version.valid_to}"
        if version.valid_to < version.valid_from:
            yield f"version {version.code} ends on {version.valid_to}, before it starts"
    for earlier, later in pairwise(versions):
        if later.valid_from <= earlier.valid_to:
            yield f"versions {earlier.code} and {later.code} are both valid on {later.valid_from}"
        elif later.valid_from > earlier.valid_to + timedelta(days=1):
            yield f"no version is valid between {earlier.code} and {later.code}"


def _starts_quarter(day: date) -> bool:
    return day.day == 1 and day.month % 3 == 1


def _fortress(version: FortressVersion) -> Iterator[str]:
    yield from _repeated("dimension", (dimension.code for dimension in version.dimensions))
    yield from _repeated(
        "item", (each.code for each in (*version.items, *version.bonus, *version.deductions))
    )
    yield from _repeated("veto", (veto.code for veto in version.vetoes))
    yield from _one_of("aggregation", version.aggregation, AGGREGATIONS)
    yield from _quota(version)
    yield from _one_of("movement_z", version.movement_z, (Z_90,))  # all that is shown is of 90 %
    yield from _within("max_missing_share", version.max_missing_share, 0, 1)
    yield from _not_negative(
        bonus_cap=version.bonus_cap, deduction_cap=version.deduction_cap, movement_z=version.movement_z
    )
    yield from _positive(
        members_per_bonus_unit=version.members_per_bonus_unit, min_peer_group=version.min_peer_group
    )
    yield from _within("score_decimals", version.score_decimals, 0, 6)
    yield from _dimension_points(version)
    for item in version.items:
        yield from _one_of(f"item {item.code}: dimension", item.dimension, DIMENSIONS)
        yield from _one_of(f"item {item.code}: origin", item.origin, ("assessed", "derived"))
        yield from _one_of(f"item {item.code}: direction", item.direction, (1, -1))
        yield from _positive(**{f"item {item.code}: points": item.points})
        if item.origin == "derived" and item.code not in DERIVED_ITEMS:
            known = ", ".join(sorted(DERIVED_ITEMS))
            yield f"item {item.code}: nothing computes it; derived items are {known}"
        if item.lo >= item.hi:
            yield f"item {item.code}: lo ({item.lo:g}) must be below hi ({item.hi:g})"
    for bonus in version.bonus:
        yield from _one_of(f"bonus {bonus.code}: measure", bonus.measure, ("events", "hours"))
        yield from _positive(
            **{f"bonus {bonus.code}: cap": bonus.cap, f"bonus {bonus.code}: unit_size": bonus.unit_size}
        )
    for deduction in version.deductions:
        yield from _one_of("deduction", deduction.code, sorted(DEDUCTIONS))
        yield from _not_negative(**{f"deduction {deduction.code}: points": deduction.points})
    if [star.stars for star in version.stars] != [5, 4, 3, 2, 1]:
        yield "stars must be given from 5 down to 1"
    yield from _falling("stars", version.stars)
    yield from _down_to_zero("stars", version.stars)


def _quota(version: FortressVersion) -> Iterator[str]:
    if len(version.quota) >= len(version.stars):
        yield f"quota has {len(version.quota)} shares, expected fewer than {len(version.stars)}: the rest comes last"
    for share in version.quota:
        yield from _within("quota", share, 0, 1)
    if sum(version.quota) > 1 and not isclose(sum(version.quota), 1):
        yield f"the shares of quota add up to {sum(version.quota):g}, expected 1 at most"


def _dimension_points(version: FortressVersion) -> Iterator[str]:
    if {dimension.code for dimension in version.dimensions} != set(DIMENSIONS):
        yield f"dimensions must be {', '.join(DIMENSIONS)}"
    for dimension in version.dimensions:
        points = sum(item.points for item in version.items if item.dimension == dimension.code)
        if not isclose(points, dimension.points):
            yield (
                f"dimension {dimension.code}: its items add up to {points:g} points, "
                f"expected {dimension.points:g}"
            )
    total = sum(item.points for item in version.items)
    if not isclose(total, FULL_SCORE):
        yield f"the points of all items add up to {total:g}, expected {FULL_SCORE}"


def _pioneer(version: PioneerVersion) -> Iterator[str]:
    aspects = [aspect.code for aspect in version.aspects]
    yield from _repeated("aspect", aspects)
    yield from _repeated("item", (item.code for item in version.items))
    yield from _not_negative(bonus_cap=version.bonus_cap, deduction_cap=version.deduction_cap)
    yield from _within("min_closed_months", version.min_closed_months, 1, 3)
    for grade in version.award_grades:
        yield from _one_of("award_grades", grade, sorted(GRADES))
    for aspect in version.aspects:
        if aspect.code in EVENT_KINDS:
            yield f"aspect {aspect.code}: the code is taken by a kind of item"
        yield from _positive(**{f"aspect {aspect.code}: points": aspect.points})
        yield from _within(f"aspect {aspect.code}: start", aspect.start, 0, 1)
    total = sum(aspect.points for aspect in version.aspects) + version.bonus_cap + version.deduction_cap
    if not isclose(total, FULL_SCORE):
        yield f"aspects, bonus_cap and deduction_cap add up to {total:g}, expected {FULL_SCORE}"
    for item in version.items:
        yield from _one_of(f"item {item.code}: kind", item.kind, EVENT_KINDS)
        if item.kind == "base":
            yield from _one_of(f"item {item.code}: aspect", item.aspect, aspects)
        elif item.aspect is not None:
            yield f"item {item.code}: only base items belong to an aspect"
    if [band.code for band in version.bands] != list(BANDS):
        yield f"bands must be {', '.join(BANDS)}, in this order"
    yield from _falling("bands", version.bands)
    yield from _down_to_zero("bands", version.bands)
    yield from _falling("stars", version.stars)
    if version.bands and version.stars and version.stars[-1].minimum < version.bands[0].minimum:
        yield f"stars begin at {version.stars[-1].minimum:g}, below the band {version.bands[0].code}"


def _repeated(what: str, codes: Iterable[str]) -> Iterator[str]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield f"{what} {code} is given {count} times"


def _one_of(what: str, value: object, allowed: Sequence[object]) -> Iterator[str]:
    if value not in allowed:
        yield f"{what}: {value!r} is not one of {', '.join(map(str, allowed))}"


def _within(what: str, value: float, low: float, high: float) -> Iterator[str]:
    if not low <= value <= high:
        yield f"{what}: {value:g} is not between {low:g} and {high:g}"


def _positive(**values: float) -> Iterator[str]:
    for what, value in values.items():
        if value <= 0:
            yield f"{what}: {value:g} is not above 0"


def _not_negative(**values: float) -> Iterator[str]:
    for what, value in values.items():
        if value < 0:
            yield f"{what}: {value:g} is below 0"


def _falling(what: str, steps: Sequence[Star | Band]) -> Iterator[str]:
    for upper, lower in pairwise(steps):
        if lower.minimum >= upper.minimum:
            yield f"{what}: the minimum {lower.minimum:g} must be below the {upper.minimum:g} before it"


def _down_to_zero(what: str, steps: Sequence[Star | Band]) -> Iterator[str]:
    if not steps or steps[-1].minimum != 0:
        yield f"{what}: the last minimum must be 0, so that every score has its place"
