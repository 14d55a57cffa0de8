"""What one sample place is made of: its names, how many of everything, and which extracts it publishes."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.sample.names import Name

ROOTS = {"city": 4, "district": 6, "subdistrict": 9}  # level of the place itself -> digits of its code


@dataclass(frozen=True)
class CompoundType:
    """A type of the place's own taxonomy; `like` is the type of housing it behaves as (`placement.HOUSING`)."""

    code: str
    like: str
    count: int


@dataclass(frozen=True)
class Case:
    """The one compound a report is about, where it is about one."""

    name: Name
    households: int
    residents: int
    floor_area_m2: float
    built_year: int
    reform_year: int


@dataclass(frozen=True)
class Ground:
    """Divisions and grids, and where they lie."""

    centre: tuple[float, float]  # longitude, latitude
    districts: tuple[Name, ...]
    subdistricts: int
    communities: int
    grids: int
    micro_grids: int
    county_districts: int = 0  # the last districts are counties, divided into towns


@dataclass(frozen=True)
class Housing:
    """Compounds by type, and how many have what."""

    types: tuple[CompoundType, ...]
    covered_by_property: int
    with_owners_body: int
    pilots: int
    hard_cases: int
    demonstrations: int
    owners_body_rules: int
    case: Case | None = None

    @property
    def total(self) -> int:
        """Compounds of all types."""
        return sum(each.count for each in self.types)


@dataclass(frozen=True)
class Party:
    """Organisations and members."""

    branches: int
    building_groups: int
    members: int
    retired_members: int
    reported_in_members: int
    units: int  # that reported in
    workers_area: Name | None = None  # an inner subdistrict with a number of branches of its own
    workers_branches: int = 0


@dataclass(frozen=True)
class Events:
    """What happens over the three years; the first three grow without limit above scale 1."""

    issues: int
    member_events: int
    service_orders: int
    topics: int
    findings: int


@dataclass(frozen=True)
class Venues:
    """Venues by kind."""

    micro_stations: int
    stations_in_one_subdistrict: int
    pilot_mean_area: float
    canteens: int
    help_points: int
    halls: int


@dataclass(frozen=True)
class Services:
    """What services reach: activities of all years, the others in the last year or its last month."""

    activities: int = 6_000
    help_point_matters: int = 0
    help_point_person_times: int = 0
    canteen_covered: int = 0  # people
    canteen_daily: int = 0  # person-times


@dataclass(frozen=True)
class Rates:
    """Budgets by the rules of two districts, in yuan: the first four of one, the others of another."""

    venue_support: int
    compound_funds: int  # a year
    secretary_allowance: int  # a month
    special_fund: int
    branch_funds: int  # a year
    phone_allowance: int


@dataclass(frozen=True)
class Grant:
    """One kind of budget line of places that pay by one rule for all."""

    item: str
    payer_level: str
    payee_kind: str  # community, compound or district
    unit_basis: str
    pay_period: str
    rate: int
    payees: int = 0  # so many of them every year; 0 for all
    provider: str | None = None  # of a purchased service


@dataclass(frozen=True)
class Plan:
    """One sample place at one scale; every figure is exact at scale 1 and shrinks in proportion below it."""

    place: str
    name: Name
    root: str  # key of ROOTS: the level of the place itself
    root_code: int  # twelve digits; province prefix 99 is not assigned
    ground: Ground
    housing: Housing
    party: Party
    events: Events
    venues: Venues
    services: Services = Services()
    rates: Rates | None = None
    grants: tuple[Grant, ...] = ()
    unpublished: frozenset[str] = field(default_factory=frozenset)  # optional tables
    scale: float = 1.0
    draw: int = 0  # added to the seed: no place is the copy of another

    def at(self, scale: float) -> "Plan":
        """The same place at another scale."""
        return replace(self, scale=scale)

    def scaled(self, figure: int, least: int = 2) -> int:
        """A figure of things that do not grow above scale 1: in proportion below it, never under `least`."""
        return figure if self.scale >= 1 else min(figure, max(least, round(figure * self.scale)))

    def growing(self, figure: int) -> int:
        """A figure that grows with the scale without limit, never under 1."""
        return max(1, round(figure * self.scale))

    @cached_property
    def city_code(self) -> int:
        """Code of the city that the place is or lies in."""
        return self.root_code // 10**8 * 10**8
