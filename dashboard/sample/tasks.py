"""Tasks handed to communities: fewer of them from departments, as the admission list takes hold."""

import numpy as np

from dashboard.sample.calendar import AS_OF, DAYS, MONTHS, NO_DATE, START, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, masked, random_for
from dashboard.sample.draws import by_row, logistic, weighted
from dashboard.sample.geography import City
from dashboard.sample.quality import Quality

PER_COMMUNITY_AND_MONTH = 1.1
ORIGINS = ("community", "subdistrict", "department")
COMMUNITY, SUBDISTRICT, DEPARTMENT = range(len(ORIGINS))
MIX = np.array([[0.34, 0.36, 0.30], [0.46, 0.37, 0.17]])  # at the start and at the end of the history
PHASES = ("before", "during", "after")
LISTED = np.array([1.0, 0.9, 0.62])  # share on the admission list, by origin
ADMITTED_UNLISTED = 0.45  # share of those not on the list that are admitted all the same
PLAN_SHARE = np.array([0.93, 0.86, 0.78])  # of the four elements, by phase
DONE_LOGIT = 1.5
NOT_REPORTED = 0.02


def tasks(city: City, quality: Quality, seed: int) -> Columns:
    """The `tasks` table; a community's own tasks need no admission."""
    random = random_for(seed, "tasks")
    communities = len(city.community_code)
    count = max(30, round(PER_COMMUNITY_AND_MONTH * communities * len(MONTHS)))
    day = np.sort(random.integers(0, DAYS, count))
    community = random.integers(0, communities, count)
    gone = day / DAYS
    mix = MIX[0] + gone[:, None] * (MIX[1] - MIX[0])
    origin = by_row(np.arange(count), mix, random)
    phase = weighted(count, (0.4, 0.34, 0.26), random)
    is_listed = random.random(count) < LISTED[origin] + 0.08 * gone * (origin > COMMUNITY)
    is_admitted = is_listed | (random.random(count) < ADMITTED_UNLISTED * (1.1 - 0.5 * gone))
    is_own = origin == COMMUNITY
    due = day + random.integers(10, 60, count)
    good = quality.district[city.community_district[community], quarter_of(day)]
    in_time = random.random(count) < logistic(DONE_LOGIT + 0.7 * good)
    took = np.where(in_time, (due - day) * random.uniform(0.4, 1, count), (due - day) + random.integers(1, 50, count))
    done = START + (day + np.floor(took)).astype(np.int64)
    is_done = (is_own | is_admitted) & (done <= AS_OF) & (random.random(count) > 0.03)
    return {
        "task_id": codes("T", np.arange(1, count + 1), 6),
        "community_code": codes("", city.community_code[community], 12),
        "task_origin": Coded(origin, ORIGINS),
        "phase": Coded(np.where(random.random(count) < NOT_REPORTED, -1, phase), PHASES),
        "is_listed": masked(is_listed, is_own),
        "is_admitted": masked(is_admitted, is_own),
        "assigned_date": START + day,
        "due_date": START + due,
        "completed_date": np.where(is_done, done, NO_DATE),
        "plan_item_count": masked(random.binomial(4, PLAN_SHARE[phase]), random.random(count) < 3 * NOT_REPORTED),
    }
