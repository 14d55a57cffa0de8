"""How an issue goes on: seconds from report to every step, and what is found at the end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.profile import Profile
from dashboard.sample.calendar import END, NO_TIME
from dashboard.sample.columns import Coded, Columns, masked
from dashboard.sample.draws import logistic, normal_value

TIERS = ("small", "large", "difficult")
STATUSES = (
    "reported", "accepted", "registered", "dispatched", "handled", "checked", "closed", "returned", "void",
)  # fmt: skip
DISPATCHED, HANDLED, CHECKED, CLOSED, RETURNED, VOID = range(3, 9)
STEPS = ("accepted", "registered", "dispatched", "first_response", "replied", "handled", "checked", "closed")
RESOLVED_LEVELS = ("compound", "community", "subdistrict", "department")
DAY = 86_400
DUE_DAYS = np.array([[0, 0], [3, 8], [10, 21]])  # by tier: fewest, one more than most

RESPONSE_LOGIT, RESPONSE_SPREAD = 2.05, 0.55
ON_TIME_LOGIT = 1.74
BY_TYPE = np.array([0.40, -0.28, -0.38, 0.10])  # old compounds and urban villages close later
BY_TIER = np.array([0.0, -0.25, -0.6])
SPREAD = np.array([0.85, 0.55, 0.5])  # of the logarithm of the time taken, by tier
NEVER = np.array([0.015, 0.044, 0.085])  # share that hangs on for good, by tier, at the start of the history
RETURNED_SHARE, VOID_SHARE = 0.030, 0.016
SATISFIED_LOGIT = np.array([2.1, 1.75, 1.85, 2.05])  # by compound type
EXTENDED = np.array([0.0, 0.11, 0.27])
LEVEL_UPTO = np.array([[0.58, 0.92, 0.99], [0.16, 0.56, 0.88], [0.02, 0.16, 0.58]])


@dataclass(frozen=True)
class Promised:
    """Within what time the place promises to respond, and to resolve simple matters."""

    respond_seconds: int
    resolve_seconds: int


@dataclass(frozen=True)
class Course:
    """Seconds from report to each of `STEPS`, until due, and which steps lie before the as-of date."""

    seconds: NDArray[np.int64]  # steps × issues
    happened: NDArray[np.bool_]  # steps × issues
    due: NDArray[np.int64]
    is_extended: NDArray[np.bool_]
    is_returned: NDArray[np.bool_]
    is_void: NDArray[np.bool_]


def promised(words: Profile) -> Promised:
    """What the place's profile promises."""
    promises = {each["code"]: each for each in words.lists["promises"]}
    return Promised(promises["respond"]["minutes"] * 60, promises["resolve"]["hours"] * 3_600)


def course(
    reported: NDArray,
    tier: NDArray,
    kind: NDArray,
    good: NDArray,
    elapsed: float,
    promised: Promised,
    closes_all: bool,
    random: np.random.Generator,
) -> Course:
    """Draw the course of issues: `good` is the quality that handles them, `elapsed` the history gone.

    Where the report states that all were resolved (`closes_all`), none hangs on, is returned or void.
    """
    count = len(tier)
    # A time is drawn so that it stays within its limit with the chance given.
    ease = random.standard_normal(count) - normal_value(logistic(RESPONSE_LOGIT + 0.25 * good))
    response = np.maximum(45, promised.respond_seconds * np.exp(RESPONSE_SPREAD * ease)).astype(np.int64)
    asking_back = (random.random(count) < 0.1) * random.integers(0, 7_200, count)
    replied = response + random.integers(60, 720, count) + asking_back
    days = np.floor(DUE_DAYS[tier, 0] + random.random(count) * np.diff(DUE_DAYS, axis=1)[tier, 0])
    is_extended = random.random(count) < EXTENDED[tier] * (1.15 - 0.35 * elapsed)
    allowed = np.where(tier == 0, promised.resolve_seconds, days * DAY) * np.where(is_extended, 1.5, 1.0)
    due = allowed.astype(np.int64)

    chance = logistic(ON_TIME_LOGIT + 0.7 * good + BY_TYPE[kind] + BY_TIER[tier])
    ease = random.standard_normal(count) - normal_value(chance)
    took = due * np.exp(SPREAD[tier] * ease)
    hangs_on = random.random(count) < NEVER[tier] * (1.4 - 0.6 * elapsed) * np.exp(-0.45 * good)
    took = np.where(hangs_on & (not closes_all), due + DAY * (200 + random.exponential(1_500, count)), took)
    took = np.maximum(took, replied + 300).astype(np.int64)
    checking = np.minimum((took - replied) // 3, random.integers(600, DAY, count))
    is_returned = random.random(count) < RETURNED_SHARE * (1.2 - 0.3 * elapsed) * np.exp(-0.35 * good)
    is_void = ~is_returned & (random.random(count) < VOID_SHARE)
    if closes_all:
        took = np.minimum(took, (END - reported).astype(np.int64))
        is_returned, is_void = np.zeros(count, bool), np.zeros(count, bool)

    early = [np.maximum(1, response * share).astype(np.int64) for share in (0.2, 0.42, 0.6)]
    seconds = np.stack([*early, response, replied, took - checking, took - checking // 3, took])
    happened = seconds <= (END - reported).astype(np.int64)
    happened[5:, is_returned | is_void] = False  # nobody handles what is returned or void
    happened[1:3, is_void] = False  # a void report is answered, but never registered
    return Course(seconds, happened, due, is_extended, is_returned, is_void)


def columns(
    way: Course, reported: NDArray, tier: NDArray, kind: NDArray, good: NDArray, levels: NDArray | None,
    random: np.random.Generator,
) -> Columns:  # fmt: skip
    """The columns of the `issues` table that tell the course of issues and how it ended, at `levels` if known."""
    count = len(tier)
    closed = way.happened[7]
    # Statuses are numbered by the steps that lead to them, but for the two answers, which change none.
    status = np.cumprod(way.happened[[0, 1, 2, 5, 6, 7]], axis=0).sum(0)
    status = np.where(way.is_returned & way.happened[2], RETURNED, status)
    status = np.where(way.is_void & way.happened[0], VOID, status)
    moments = reported + way.seconds.astype("timedelta64[s]")
    due = reported + way.due.astype("timedelta64[s]")
    at = dict(zip((f"{step}_at" for step in STEPS), np.where(way.happened, moments, NO_TIME), strict=True))
    late = way.seconds[7] > way.due
    again = random.random(count) < 0.045 * np.exp(-0.45 * good) * (1 + late)
    rework = np.where(closed & again, 1 + (random.random(count) < 0.18), 0)
    since = (END - reported).astype(np.int64) - way.seconds[7]
    revisit = _revisit(closed, since, random)
    happy = logistic(SATISFIED_LOGIT[kind] + 0.5 * good - 1.1 * late - 0.8 * (rework > 0))
    draw = random.random(count)
    satisfaction = np.where(draw < happy, 0, np.where(draw < happy + (1 - happy) * 0.62, 1, 2))
    draw = random.random(count)
    upto = LEVEL_UPTO[tier] + (0.05 * np.tanh(good))[:, None] * (1 - LEVEL_UPTO[tier])
    level = (draw[:, None] > upto).sum(1) if levels is None else levels
    phase = np.where(status < DISPATCHED, 0, np.where(status == CLOSED, 2, 1))
    return at | {
        "phase": Coded(phase, ("before", "during", "after")),
        "due_at": np.where(way.happened[1], due, NO_TIME),
        "promise_code": Coded(np.where(way.is_void, -1, np.minimum(tier, 1)), ("resolve", "plan")),
        "status": Coded(status, STATUSES),
        "resolved_level": Coded(np.where(closed, level, -1), RESOLVED_LEVELS),
        "rework_count": masked(rework, random.random(count) < 0.004),
        "is_extended": way.is_extended & way.happened[1],
        "revisit_result": Coded(revisit, ("reached", "unreachable", "not_due")),
        "satisfaction": Coded(np.where(revisit == 0, satisfaction, -1), ("satisfied", "neutral", "dissatisfied")),
    }


def _revisit(closed: NDArray, since: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Result of the revisit `since` seconds after closing: most are called in two weeks; -1 if still open."""
    tried = random.random(len(closed))
    is_waiting = (since < random.integers(2, 12, len(closed)) * DAY) | (tried > 0.86)
    return np.where(~closed, -1, np.where(is_waiting, 2, np.where(tried < 0.74, 0, 1)))
