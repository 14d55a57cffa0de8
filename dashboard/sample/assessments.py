"""What a higher organisation records of branches: assessed items, vetoes, findings to rectify."""

import numpy as np

from dashboard.sample.calendar import AS_OF, NO_DATE, QUARTERS, START, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.draws import logistic, weighted
from dashboard.sample.organisation import Branches
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

ITEMS = ("A1", "A3", "E2")
ITEM_LOGIT = np.array([2.3, 1.7, 2.1])
NOT_REPORTED, NOT_APPLICABLE = 0.02, 0.01
VETOES = (
    "leadership_paralysed",
    "organisational_life_absent",
    "serious_rule_breach",
    "falsified_funds",
    "serious_petition_or_safety",
    "serious_member_discipline",
)
VETO_ROWS, VETOES_IN_LAST_QUARTER = 10, 2
FINDING_KINDS = ("组织生活不规范", "经费使用不规范", "公示不及时", "台账不完整", "服务承诺未兑现")
FINDING_RESULTS = ("按期整改到位", "逾期整改到位")


def assessed(branches: Branches, quality: Quality, seed: int) -> Columns:
    """The `branch_assessments` table: a row absent is not reported, a denominator of 0 is not applicable."""
    random = random_for(seed, "assessments")
    is_founded = np.arange(len(QUARTERS))[:, None] >= branches.first_quarter()[None, :]
    quarter, branch, item = np.nonzero(np.repeat(is_founded[:, :, None], len(ITEMS), axis=2))
    reported = random.random(len(item)) > NOT_REPORTED
    quarter, branch, item = quarter[reported], branch[reported], item[reported]
    count, members = len(item), branches.members[branch]
    sessions = random.integers(9, 16, count)
    attendances = np.maximum(2, members * random.integers(2, 4, count))
    talks = 3 + np.round(members * 0.08).astype(np.int64)
    due = np.choose(item, [sessions, attendances, talks])
    due = np.where(random.random(count) < NOT_APPLICABLE, 0, due)
    noise = random.normal(0, 0.3, count)
    done = random.binomial(due, logistic(ITEM_LOGIT[item] + 0.8 * quality.branch[branch, quarter] + noise))
    return {
        "org_id": picked(branches.ids, branch),
        "quarter": QUARTERS[quarter],
        "item_code": Coded(item, ITEMS),
        "numerator": done.astype(float),
        "denominator": due.astype(float),
    }


def vetoes(branches: Branches, quality: Quality, seed: int) -> Columns:
    """The `branch_vetoes` table: a handful of cases among the weaker branches, some in the last quarter."""
    random = random_for(seed, "vetoes")
    last, rows = len(QUARTERS) - 1, min(VETO_ROWS, branches.count)
    latest = min(VETOES_IN_LAST_QUARTER, rows)
    earlier = random.choice(last, rows - latest)
    quarter = np.sort(np.concatenate((earlier, np.full(latest, last))))
    is_young = branches.first_quarter() > 0
    weakest = np.lexsort((quality.branch.mean(1), is_young))[: max(rows, branches.count // 8)]
    return {
        "org_id": picked(branches.ids, random.permutation(weakest)[:rows]),
        "quarter": QUARTERS[quarter],
        "veto_code": Coded(random.permutation(np.arange(rows) % len(VETOES)), VETOES),
        "decided_date": QUARTERS[quarter] + random.integers(10, 88, rows),
    }


def rectifications(branches: Branches, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `rectifications` table: findings about branches, their time limit, and when they were closed."""
    random = random_for(seed, "rectifications")
    count = plan.scaled(plan.events.findings)
    branch = weighted(count, np.exp(-0.7 * quality.branch.mean(1)), random)
    earliest = np.maximum(branches.founded[branch], START)
    found = earliest + np.floor(random.random(count) * (AS_OF - earliest).astype(np.int64)).astype(np.int64)
    order = np.argsort(found, kind="stable")
    branch, found = branch[order], found[order]
    due = found + random.choice([15, 30, 60], count, p=[0.3, 0.5, 0.2])
    good = quality.branch[branch, quarter_of((found - START).astype(np.int64))]
    is_on_time = random.random(count) < logistic(2.1 + 0.8 * good)
    closed = due + np.where(is_on_time, -random.integers(0, 14, count), random.integers(1, 70, count))
    is_closed = closed <= AS_OF
    unknown = masked(np.zeros(count, np.int64), np.ones(count, bool))
    return {
        "rectification_id": codes("Z", np.arange(1, count + 1), 5),
        "org_id": picked(branches.ids, branch),
        "kind": Coded(random.integers(0, len(FINDING_KINDS), count), FINDING_KINDS),
        "found_date": found,
        "due_date": due,
        "closed_date": np.where(is_closed, closed, NO_DATE),
        "result": Coded(np.where(is_closed, ~is_on_time, -1), FINDING_RESULTS),
        "rectification_kind": Coded(np.zeros(count), ("finding",)),
        "step_count": unknown,
        "steps_done": unknown,
    }
