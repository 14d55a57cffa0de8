"""What a rule set says: the dataclasses that `fortress.toml` and `pioneer.toml` are read into.

Field names are the keys of the files; those without a default must be given. The numbers are explained in
`domain.md`.
"""

from dataclasses import dataclass
from datetime import date

OPEN_END = date(9999, 12, 31)


class RuleError(ValueError):
    """A rule file that cannot be used; the message lists every defect with its place in the file."""


@dataclass(frozen=True)
class Dimension:
    """One of the five dimensions of the fortress index, worth `points`."""

    code: str
    zh: str
    en: str
    points: float


@dataclass(frozen=True)
class Item:
    """One base item: a ratio, normalised between `lo` and `hi`, worth `points` of its dimension."""

    code: str
    dimension: str
    points: float
    origin: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    lo: float = 0.5
    hi: float = 1.0
    direction: int = 1
    is_yes_no: bool = False


@dataclass(frozen=True)
class Bonus:
    """One bonus item: units (`unit_size` events or hours) earned by members, at most `cap` points."""

    code: str
    zh: str
    en: str
    cap: float
    measure: str
    unit_size: float


@dataclass(frozen=True)
class Deduction:
    """One reason to deduct: `points` for each case."""

    code: str
    zh: str
    en: str
    points: float


@dataclass(frozen=True)
class Star:
    """A number of stars and the lowest score that earns it."""

    stars: int
    minimum: float
    zh: str
    en: str


@dataclass(frozen=True)
class Veto:
    """A situation that clears the stars and the rank of a branch."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class FortressVersion:
    """One version of the fortress index rules; `domain.md` explains each number."""

    code: str
    zh: str
    en: str
    valid_from: date
    aggregation: str
    quota: tuple[float, ...]
    max_missing_share: float
    bonus_cap: float
    members_per_bonus_unit: float
    deduction_cap: float
    min_peer_group: int
    movement_z: float
    score_decimals: int
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    stars: tuple[Star, ...]
    bonus: tuple[Bonus, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    valid_to: date = OPEN_END


@dataclass(frozen=True)
class Aspect:
    """One base aspect of the pioneer index, worth `points`; a month begins with the share `start` of them."""

    code: str
    zh: str
    en: str
    points: float
    start: float


@dataclass(frozen=True)
class PioneerItem:
    """What a member event can be: `base` (of an aspect), `bonus`, `deduction` or `veto`."""

    code: str
    kind: str
    zh: str
    en: str
    aspect: str | None = None


@dataclass(frozen=True)
class Band:
    """A band of members and the lowest quarterly score in it."""

    code: str
    minimum: float
    zh: str
    en: str


@dataclass(frozen=True)
class PioneerVersion:
    """One version of the pioneer index rules; `domain.md` explains each number."""

    code: str
    zh: str
    en: str
    valid_from: date
    bonus_cap: float
    deduction_cap: float
    min_closed_months: int
    award_grades: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    items: tuple[PioneerItem, ...]
    bands: tuple[Band, ...]
    stars: tuple[Star, ...]
    valid_to: date = OPEN_END

    @property
    def start_score(self) -> float:
        """Score of a month without events: every aspect at its start, no bonus, no deduction."""
        return sum(aspect.points * aspect.start for aspect in self.aspects) + self.deduction_cap


@dataclass(frozen=True)
class Rules:
    """All versions of both indexes of a place, each in order of validity."""

    fortress: tuple[FortressVersion, ...]
    pioneer: tuple[PioneerVersion, ...]

    def fortress_at(self, quarter: date) -> FortressVersion:
        """Fortress rules valid on the first day of a quarter. Raises `RuleError` if none are."""
        for version in self.fortress:
            if version.valid_from <= quarter <= version.valid_to:
                return version
        raise RuleError(f"fortress.toml: no version is valid for the quarter that starts on {quarter}")
