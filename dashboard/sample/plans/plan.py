"""What one sample place is made of: its names, how many of everything, and which extracts it publishes."""

from dataclasses import dataclass, replace
from functools import cached_property

from dashboard import contract
from dashboard.sample import matters
from dashboard.sample.names import Name

ROOTS = {"city": 4, "district": 6, "subdistrict": 9}  # level of the place itself -> digits of its code
FINE_MICRO_GRIDS_PER_GRID = 40  # grids differ in size, and two digits number no more than 99 in one


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
    fineness: float = 1.0  # micro-grids on the ground that one takes up in the report
    grid_fineness: float = 1.0  # grids likewise

    def finer(self, micro_grids: int) -> "Ground":
        """The same ground cut into so many micro-grids, and into more grids where theirs would hold too many.

        Raises `ValueError` for fewer micro-grids than there are.
        """
        if micro_grids < self.micro_grids:
            raise ValueError(f"at least {self.micro_grids} micro-grids, not {micro_grids}")
        grids = max(self.grids, -(-micro_grids // FINE_MICRO_GRIDS_PER_GRID))
        return replace(
            self,
            micro_grids=micro_grids,
            grids=grids,
            fineness=self.fineness * micro_grids / self.micro_grids,
            grid_fineness=self.grid_fineness * grids / self.grids,
        )


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
    """Organisations, by the levels the place has from the top down, and members."""

    levels: tuple[str, ...]  # types of organisation
    branches: int
    building_groups: int
    members: int
    retired_members: int
    reported_in_members: int
    units: int  # that reported in
    workers_area: Name | None = None  # an inner subdistrict with a number of branches of its own
    workers_branches: int = 0
    member_households: int = 0
    temporary_general_branches: int = 0
    temporary_branches: int = 0
    new_sector_units: int | None = None  # of the units, where all are in joint committees and counted by sector
    report_ins_of_last_year: int | None = None  # person-times, where the report states them


@dataclass(frozen=True)
class Events:
    """What happens over the three years; the first three grow without limit above scale 1."""

    issues: int
    member_events: int
    service_orders: int
    topics: int
    findings: int
    channels: tuple[str, ...] = matters.CHANNELS  # by which issues come in, the commonest first
    resolved: tuple[int, ...] | None = None  # by level, where the report states what became of every issue


@dataclass(frozen=True)
class Venues:
    """Venues by kind; `functions` are what one may offer, several joined by 、."""

    micro_stations: int
    stations_in_one_subdistrict: int
    pilot_mean_area: float
    canteens: int
    help_points: int
    halls: int
    centres_to_norm: int | None = None  # service centres of communities that meet the norm, where stated
    functions: tuple[str, ...] = (
        "党员活动、居民议事",
        "便民服务、党员活动",
        "便民服务、居民议事、骑手驿站",
        "居民议事",
    )


@dataclass(frozen=True)
class Services:
    """What services reach: activities of all years, the others in the last year or its last month."""

    activities: int = 6_000
    help_point_matters: int = 0
    help_point_person_times: int = 0
    canteen_covered: int = 0  # people
    canteen_daily: int = 0  # person-times
    activity_kinds: tuple[tuple[str, int], ...] | None = None  # where the report states them: they make up all
    activity_outcomes: tuple[tuple[str, int], ...] | None = None  # of one compound, in exact numbers
    person_times: tuple[tuple[str, int], ...] = ()  # of all activities of a kind
    patrol_teams: int | None = None
    emergency_teams: int | None = None
    emergency_volunteers: int | None = None  # of the emergency teams in all


@dataclass(frozen=True)
class Workforce:
    """Workers in post at the end; part-time ones are in one district, one for each of so many micro-grids."""

    full_time: int
    part_time: int
    auxiliary: int
    community_workers: int
    stationed_compounds: int  # hard and demonstration compounds with a worker stationed in them
    trainings: int  # of all years


@dataclass(frozen=True)
class Property:
    """Property firms and posts held by cross-appointment; the defaults suit some four hundred compounds."""

    firms: int = 58
    party_firms: int = 34  # with a Party organisation
    committee_on_bodies: int = 42  # community committee members who hold posts on owners' bodies
    part_time_committee: int = 50  # owners' bodies and property managers with posts in community committees


@dataclass(frozen=True)
class Call:
    """One emergency in which people were called; their numbers by kind are exact at scale 1."""

    occasion: str
    day: str  # the first, as in a date of ISO 8601
    people: tuple[tuple[str, int], ...]  # kind of people -> how many, over all communities


@dataclass(frozen=True)
class Emergencies:
    """Drills, calls and events of public safety; the defaults suit a district."""

    drills_a_year: float = 1.9  # of a community, on average
    drill_minutes: float = 18  # of a fire drill, on average; other drills last longer in proportion
    calls: tuple[Call, ...] = (
        Call("防汛抢险", "2024-07-18", (("in_service", 620), ("resident_managed", 410), ("volunteer", 530))),
    )
    safety: tuple[tuple[str, int, int], ...] = (  # kind, events of all years, how many of them were settled
        ("property_damage", 60, 51),
        ("neighbour_dispute", 140, 128),
        ("hazard", 420, 389),
    )


@dataclass(frozen=True)
class Appraising:
    """Rewards a year, inspections of all years, weak branches found a year; the defaults suit a district."""

    rewarded: int = 3  # communities a year, first to last place
    prize: int = 100_000  # yuan, of each of them
    special_awards: tuple[tuple[str, str, int, int], ...] = (  # award, dimension, how many a year, yuan each
        ("创新奖", "innovation", 2, 20_000),
        ("口碑奖", "satisfaction", 2, 20_000),
    )
    branch_awards: int = 4  # a year, without money
    inspections: int = 360
    weak_branches: int = 4


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
    property: Property = Property()
    emergencies: Emergencies = Emergencies()
    appraising: Appraising = Appraising()
    workforce: Workforce | None = None  # None: no extract of workers
    rates: Rates | None = None
    grants: tuple[Grant, ...] = ()
    talks_on_fourths: bool = False  # most talks on the days of the month that end in four
    families: tuple[tuple[str, str], ...] = ()  # family of matters -> the place's own word for it
    commercial_buildings: int | None = None  # where the report states them
    publishes: frozenset[str] | None = None  # optional tables; all where None
    scale: float = 1.0
    draw: int = 0  # added to the seed: no place is the copy of another

    def at(self, scale: float) -> "Plan":
        """The same place at another scale."""
        return replace(self, scale=scale)

    def finer(self, micro_grids: int) -> "Plan":
        """The same place with its ground cut into so many micro-grids (at scale 1). Raises as `Ground.finer` does."""
        return replace(self, ground=self.ground.finer(micro_grids))

    def scaled(self, figure: int, least: int = 2) -> int:
        """A figure of things that do not grow above scale 1: in proportion below it, never under `least`."""
        return figure if self.scale >= 1 else min(figure, max(least, round(figure * self.scale)))

    def growing(self, figure: int) -> int:
        """A figure that grows with the scale without limit, never under 1."""
        return max(1, round(figure * self.scale))

    def has(self, table: str) -> bool:
        """Whether the place publishes a table: every core one, and the optional ones that its report speaks of."""
        return self.publishes is None or contract.load().tables[table].core or table in self.publishes

    @cached_property
    def city_code(self) -> int:
        """Code of the city that the place is or lies in."""
        return self.root_code // 10**8 * 10**8
