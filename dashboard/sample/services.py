"""Service orders, deliberations, household visits and public notices."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.profile import Profile
from dashboard.sample.calendar import AS_OF, DAYS, END, MONTHS, NO_DATE, NO_TIME, QUARTERS, START, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import by_row, logistic, weighted
from dashboard.sample.geography import City
from dashboard.sample.organisation import Branches
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

BATCH_ROWS = 200_000
ORDER_KINDS = ("order", "micro_wish", "livelihood_project", "resource_request")
ORDER_MIX = (0.66, 0.25, 0.04, 0.05)
SLOWNESS = np.array([1.0, 2.2, 16.0, 3.0])  # by kind of order
TARGETS = ("独居老人", "困难家庭", "行动不便者", "学龄儿童", "新就业群体", "一般居民")
TARGET_MIX = (0.22, 0.12, 0.10, 0.12, 0.08, 0.36)
SERVICES = (
    "家电维修", "代缴代办", "管道疏通", "送医送药", "课后辅导", "法律咨询", "心理疏导", "理发家政",
    "适老改造",
)  # fmt: skip
SERVICE_MIX = np.array([  # what each group asks for
    [22, 20, 7, 24, 0.2, 3, 8, 14, 12],
    [14, 22, 10, 14, 9, 10, 6, 10, 4],
    [12, 24, 7, 26, 0.2, 3, 8, 13, 14],
    [0.5, 1, 0.2, 5, 62, 1, 22, 2, 0.1],
    [6, 24, 3, 13, 8, 24, 14, 9, 0.1],
    [25, 12, 24, 5, 8, 12, 6, 7, 2],
])  # fmt: skip
PACKAGES = ("居家康养包", "成长陪伴包")
PACKAGE_OF_TARGET = np.array([0, -1, 0, 1, -1, -1])  # old people living alone, limited mobility; schoolchildren
PACKAGE_SHARE = 0.45  # of their orders in the last year
PROVIDERS = ("晨晖养老服务社", "青禾儿童服务社", "启程就业服务社")
PROVIDER_OF_TARGET = np.array([0, -1, 0, 1, 2, -1])
PROVIDER_SHARE = 0.3
TALK_KIND_MIX, TALK_CHANNEL_MIX = (0.55, 0.25, 0.15, 0.05), (0.62, 0.25, 0.13)
STEPS = 6
DAYS_TO_STEP = np.array([0, 0, 0, 1, 4, 12])  # a talk of the last days cannot have gone through all steps
NOTICE_KINDS = ("党务公开", "积分公示", "经费公示")
NOTICE_CHANNELS = ("公示栏", "微信群", "线上平台")
NOTICE_DAY = 25  # of the last month of the quarter
VISITED_SHARE = 0.36  # of the households of a grid in a month, at most


def orders(city: City, compounds: Compounds, quality: Quality, plan: Plan, seed: int) -> Iterator[Columns]:
    """The `service_orders` table in batches by time; rows grow with the scale without limit."""
    total = plan.growing(plan.events.service_orders)
    pieces = total // BATCH_ROWS + 1
    edges = np.arange(pieces + 1) * total // pieces
    demand = compounds.households * np.array([0.8, 1.1, 1.35, 1.2])[compounds.kind]
    for piece in range(pieces):
        random = random_for(seed, "orders", piece)
        count = int(edges[piece + 1] - edges[piece])
        moment = np.sort(piece + random.random(count)) * (DAYS / pieces)
        day = np.minimum(moment.astype(np.int64), DAYS - 1)
        # Orders come in from seven in the morning for fourteen hours.
        ordered = (START + day).astype("datetime64[s]") + (25_200 + moment % 1 * 50_400).astype(np.int64)
        compound = weighted(count, demand, random)
        kind = weighted(count, ORDER_MIX, random)
        good = quality.compound[compound, quarter_of(day)]
        target = weighted(count, TARGET_MIX, random)
        yield (
            {
                "order_id": codes("S", np.arange(edges[piece] + 1, edges[piece + 1] + 1), 7),
                "kind": Coded(kind, ORDER_KINDS),
                "target_group": Coded(target, TARGETS),
                "service_type": Coded(by_row(target, SERVICE_MIX, random), SERVICES),
                "community_code": codes("", city.community_code[compounds.community[compound]], 12),
                "compound_id": picked(compounds.ids, compound),
                "ordered_at": ordered,
            }
            | _course(ordered, kind, good, random)
            | _bundles(target, day, random_for(seed, "bundles", piece))
        )


def _bundles(target: NDArray, day: NDArray, random: np.random.Generator) -> Columns:
    """Packages made for a group, ordered ever more often, and the providers who were hired to serve it."""
    is_bundled = random.random(len(target)) < PACKAGE_SHARE * day / DAYS
    is_hired = random.random(len(target)) < PROVIDER_SHARE
    return {
        "package": Coded(np.where(is_bundled, PACKAGE_OF_TARGET[target], -1), PACKAGES),
        "provider": Coded(np.where(is_hired, PROVIDER_OF_TARGET[target], -1), PROVIDERS),
    }


def _course(ordered: NDArray, kind: NDArray, good: NDArray, random: np.random.Generator) -> Columns:
    """How orders go on: assigned within hours, accepted by most, completed, rated."""
    count = len(kind)
    assigned = 120 + random.exponential(5_400, count).astype(np.int64)
    accepted = assigned + 60 + random.exponential(14_400, count).astype(np.int64)
    working = random.lognormal(10.8, 0.9, count) * SLOWNESS[kind] * np.exp(-0.3 * good)
    completed = accepted + 600 + working.astype(np.int64)
    is_taken = random.random(count) < 0.965
    is_done = is_taken & (random.random(count) < logistic(2.35 + 0.7 * good))
    completed_at = _moment(ordered, completed, is_done)
    is_rated = ~np.isnat(completed_at) & (random.random(count) < 0.7)
    return {
        "assigned_at": _moment(ordered, assigned, np.ones(count, bool)),
        "accepted_at": _moment(ordered, accepted, is_taken),
        "completed_at": completed_at,
        "rating": masked(5 - random.binomial(4, logistic(-2.3 - 0.6 * good)), ~is_rated),
    }


def _moment(start: NDArray, seconds: NDArray, happened: NDArray) -> NDArray:
    """Moments some seconds later, none where it did not happen by the as-of date."""
    moment = start + seconds.astype("timedelta64[s]")
    return np.where(happened & (moment <= END), moment, NO_TIME)


def deliberations(city: City, compounds: Compounds, quality: Quality, words: Profile, plan: Plan, seed: int) -> Columns:
    """The `deliberations` table; `words` is the place's profile, which names kinds, channels and topics."""
    random = random_for(seed, "deliberations")
    decision_steps = len(words.lists["decision_steps"])
    kinds, channels, topics, majors = (
        words.codes(name) for name in ("deliberation_kinds", "deliberation_channels", "topics", "major_matters")
    )
    count = plan.scaled(plan.events.topics)
    # Spread over the history, so that a place with a few talks a year has some in every quarter.
    held = START + ((np.arange(count) + random.random(count)) * (DAYS / count)).astype(np.int64)
    is_regular = random.random(count) < 0.8
    if plan.talks_on_fourths:
        # Most talks are held on the days of the month that end in four.
        date = (held - held.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
        fourth = np.minimum((date - 1) // 10, 2) * 10 + 4
        held = np.where(is_regular, held + (fourth - date), held)
    elif words.deliberation.get("weekdays"):
        weekday = (held.astype(np.int64) + 3) % 7 + 1  # from 1 for Monday
        held = np.where(is_regular, np.minimum(held - weekday + words.deliberation["weekdays"][0], AS_OF), held)
        held = np.maximum(held, START)
    held = np.sort(held)
    compound = weighted(count, np.sqrt(compounds.households), random)
    good = quality.compound[compound, quarter_of((held - START).astype(np.int64))]
    goes_on = random.random((count, STEPS)) < logistic(3.5 + 0.7 * good)[:, None]
    has_time = (AS_OF - held).astype(np.int64)[:, None] >= DAYS_TO_STEP
    steps = np.cumprod(goes_on & has_time, axis=1).sum(1)
    published = held + random.integers(2, 10, count)
    is_major = random.random(count) < 0.07
    return {
        "topic_id": codes("D", np.arange(1, count + 1), 6),
        "held_date": held,
        "kind": Coded(weighted(count, TALK_KIND_MIX[: len(kinds)], random), kinds),
        "channel": Coded(weighted(count, TALK_CHANNEL_MIX[: len(channels)], random), channels),
        "community_code": codes("", city.community_code[compounds.community[compound]], 12),
        "compound_id": picked(compounds.ids, compound),
        "topic": Coded(random.integers(0, len(topics), count), topics),
        "steps_reached": steps,
        "decision_steps_reached": masked(steps * decision_steps // STEPS, np.full(count, decision_steps == 0)),
        "attendee_count": masked(random.poisson(17, count) + 3, random.random(count) < 0.005),
        "is_pre_reviewed": random.random(count) < logistic(1.6 + 0.6 * good),
        "is_resolved": steps >= 4,
        "published_date": np.where((steps >= 5) & (published <= AS_OF), published, NO_DATE),
        "is_followed_up": steps == STEPS,
        "major_matter": Coded(np.where(is_major, random.integers(0, len(majors), count), -1), majors),
    }


def visits(
    city: City, cell_households: NDArray, compounds: Compounds, quality: Quality, seed: int
) -> Iterator[Columns]:
    """The `visit_months` table by month: one row per grid; a few grids report nothing in a month."""
    count = len(city.grid_code)
    households = np.bincount(city.cell_grid, cell_households, count).astype(np.int64)
    grid = city.cell_grid[compounds.cell_of]
    cells = np.maximum(np.bincount(grid, minlength=count), 1)
    for place, month in enumerate(MONTHS):
        random = random_for(seed, "visits", place)
        good = np.bincount(grid, quality.compound[compounds.owner, place // 3], count) / cells
        share = VISITED_SHARE * logistic(1.6 + 0.9 * good + random.normal(0, 0.25, count))
        visited = random.binomial(households, share)
        found = random.binomial(visited, 0.045)
        reported = np.flatnonzero(random.random(count) < 0.99)
        yield {
            "grid_code": codes("", city.grid_code[reported], 15),
            "month": np.full(len(reported), month),
            "households_visited": masked(visited[reported], random.random(len(reported)) < 0.003),
            "matters_found": found[reported],
        }


def notices(branches: Branches, quality: Quality, seed: int) -> Columns:
    """The `notices` table: one or two notices per branch and quarter since it was founded."""
    random = random_for(seed, "notices")
    is_founded = np.arange(len(QUARTERS))[:, None] >= branches.first_quarter()[None, :]
    quarter, branch = np.nonzero(is_founded)
    rows = np.repeat(np.arange(len(branch)), random.integers(1, 3, len(branch)))
    is_second = np.diff(rows, prepend=-1) == 0
    quarter, branch = quarter[rows], branch[rows]
    first_kind = weighted(int(is_founded.sum()), (0.5, 0.3, 0.2), random)
    kind = (first_kind[rows] + is_second) % len(NOTICE_KINDS)
    count = len(rows)
    due = (QUARTERS.astype("datetime64[M]") + 2).astype("datetime64[D]")[quarter] + (NOTICE_DAY - 1)
    is_late = random.random(count) > logistic(2.05 + 0.8 * quality.branch[branch, quarter])
    published = due + np.where(is_late, random.integers(1, 40, count), -random.integers(0, 18, count))
    is_missing = (random.random(count) < 0.012) | (published > AS_OF)
    return {
        "notice_id": codes("N", np.arange(1, count + 1), 6),
        "kind": Coded(kind, NOTICE_KINDS),
        "subject_kind": Coded(np.zeros(count), ("branch",)),
        "subject_id": picked(branches.ids, branch),
        "due_date": due,
        "published_date": np.where(is_missing, NO_DATE, published),
        "channel": Coded(weighted(count, (0.5, 0.3, 0.2), random), NOTICE_CHANNELS),
    }
