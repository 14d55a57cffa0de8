"""What follows from appraisals: rewards, inspections, weak branches under rectification, communities helped."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample.calendar import AS_OF, DAYS, NO_DATE, QUARTERS, START, YEARS, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, masked, nothing, picked, random_for
from dashboard.sample.draws import logistic, weighted
from dashboard.sample.geography import City
from dashboard.sample.organisation import Branches
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

DIMENSIONS = {"quality": 0, "service_quality": 0, "satisfaction": 1, "innovation": 2}
COMMUNITY_AWARD, BRANCH_AWARD = "年度优秀社区", "先进党支部"
KINDS, KIND_MIX = ("two_random", "routine", "special", "follow_up"), (0.38, 0.37, 0.13, 0.12)
RESULTS = ("passed", "rectify", "failed")
COMMUNITY, BRANCH, UNIT = range(3)  # who is inspected
SUBJECT_MIX, SUBJECT_MIX_ALONE = (0.42, 0.38, 0.20), (0.52, 0.48, 0.0)
WEAK_FINDINGS = ("班子配备不齐", "组织生活不经常", "联系群众不紧密")
LOW_FINDINGS = ("服务质量未达标", "居民满意度未达标", "创新成果未达标")  # by dimension
WEAK_DAYS, HELP_DAYS = 180, 120
HELPED_SHARE = 0.75  # of the communities below standard
NOT_REPORTED = 0.02


@dataclass(frozen=True)
class Scores:
    """Mean score of every community by quarter and dimension (quality, satisfaction, innovation); nan for none."""

    by_quarter: NDArray[np.float64]

    @classmethod
    def of(cls, appraisals: Columns, city: City) -> "Scores":
        """Read the scores that the `appraisals` table gives to communities."""
        of_community = np.array([kind == "community" for kind in appraisals["subject_kind"].to_pylist()])
        dimension = np.array([DIMENSIONS.get(name, -1) for name in appraisals["dimension"].to_pylist()])
        score = np.ma.filled(np.ma.asarray(appraisals["score"], float), np.nan)
        kept = np.flatnonzero(of_community & (dimension >= 0) & ~np.isnan(score))
        ids = appraisals["subject_id"].take(pa.array(kept))
        community = np.searchsorted(city.community_code, np.array([int(code) for code in ids.to_pylist()]))
        quarter = np.searchsorted(QUARTERS, np.asarray(appraisals["quarter"])[kept])
        at = (community, quarter, dimension[kept])
        sums, counts = np.zeros((2, len(city.community_code), len(QUARTERS), 3))
        np.add.at(sums, at, score[kept])
        np.add.at(counts, at, 1)
        return cls(np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0))

    def of_year(self, year: int) -> NDArray[np.float64]:
        """Mean of a year by community and dimension, -1 for a community without a score."""
        first = 4 * YEARS.index(year)
        own = self.by_quarter[:, first : first + 4]
        known = ~np.isnan(own)
        total, count = np.where(known, own, 0).sum(1), known.sum(1)
        return np.divide(total, count, out=np.full(total.shape, -1.0), where=count > 0)


def awards(scores: Scores, branches: Branches, quality: Quality, city: City, plan: Plan, seed: int) -> Columns:
    """The `awards` table: the best communities of every year by place, special awards, advanced branches."""
    random = random_for(seed, "awards")
    towns = codes("", city.community_code, 12).to_pylist()
    orgs = branches.ids.to_pylist()
    rows: list[tuple[str, str, int, str, int, float]] = []  # kind, subject, year, award, place, yuan
    for at, year in enumerate(YEARS):
        means = scores.of_year(year)
        best = np.argsort(-means.mean(1), kind="stable")[: plan.appraising.rewarded]
        prize = float(plan.appraising.prize)
        rows += [("community", towns[c], year, COMMUNITY_AWARD, n, prize) for n, c in enumerate(best, start=1)]
        for award, dimension, many, yuan in plan.appraising.special_awards:
            judged = means[:, DIMENSIONS[dimension]] + random.normal(0, 2.0, len(towns))  # a jury decides
            chosen = np.argsort(-judged, kind="stable")[: plan.scaled(many)]
            rows += [("community", towns[c], year, award, 0, float(yuan)) for c in np.sort(chosen)]
        strong = quality.branch[:, 4 * at : 4 * at + 4].mean(1) + random.normal(0, 0.3, branches.count)
        advanced = np.argsort(-strong, kind="stable")[: plan.scaled(plan.appraising.branch_awards)]
        rows += [("branch", orgs[b], year, BRANCH_AWARD, 0, -1.0) for b in np.sort(advanced)]
    kind, subject, year_of, award_of, place, amount = zip(*rows, strict=True)
    return {
        "award_id": codes("J", np.arange(1, len(rows) + 1), 4),
        "subject_kind": list(kind),
        "subject_id": list(subject),
        "year": np.array(year_of),
        "award": list(award_of),
        "place": masked(np.array(place), np.array(place) == 0),
        "amount_yuan": masked(np.array(amount), np.array(amount) < 0),
    }


def inspections(
    units: tuple[pa.Array, NDArray] | None, branches: Branches, quality: Quality, city: City, plan: Plan, seed: int
) -> Columns:
    """The `inspections` table; `units` are the ids and communities of units, where the place publishes them."""
    random = random_for(seed, "inspections")
    count = plan.scaled(plan.appraising.inspections)
    day = np.sort(np.floor(random.random(count) * DAYS)).astype(np.int64)
    subject = weighted(count, SUBJECT_MIX if units else SUBJECT_MIX_ALONE, random)
    branch = random.integers(0, branches.count, count)
    # A branch that was not yet founded is not inspected: its community is.
    subject = np.where((subject == BRANCH) & (branches.founded[branch] > START + day), COMMUNITY, subject)
    community = np.where(
        subject == BRANCH, branches.community[branch], random.integers(0, len(city.community_code), count)
    )
    unit_ids = nothing(count)
    if units:
        unit = random.integers(0, len(units[0]), count)
        unit_ids = picked(units[0], np.where(subject == UNIT, unit, -1))
        community = np.where(subject == UNIT, units[1][unit], community)
    quarter = quarter_of(day)
    good = quality.district[city.community_district[community], quarter]
    good = np.where(subject == BRANCH, quality.branch[branch, quarter], good)
    findings = random.poisson(0.7 * np.exp(-0.5 * good))
    due = START + day + random.choice([15, 30, 60], count, p=[0.3, 0.5, 0.2])
    is_late = random.random(count) > logistic(2.0 + 0.8 * good)
    closed = due + np.where(is_late, random.integers(1, 80, count), -random.integers(0, 14, count))
    is_unknown = random.random(count) < NOT_REPORTED
    has_findings = (findings > 0) & ~is_unknown
    return {
        "inspection_id": codes("X", np.arange(1, count + 1), 5),
        "org_id": picked(branches.ids, np.where(subject == BRANCH, branch, -1)),
        "community_code": codes("", city.community_code[community], 12),
        "unit_id": unit_ids,
        "kind": Coded(weighted(count, KIND_MIX, random), KINDS),
        "found_date": START + day,
        "finding_count": masked(findings, is_unknown),
        "due_date": np.where(has_findings, due, NO_DATE),
        "closed_date": np.where(has_findings & (closed <= AS_OF), np.maximum(closed, START + day), NO_DATE),
        "is_recorded": masked(random.random(count) < 0.965, random.random(count) < NOT_REPORTED),
        "is_in_appraisal": random.random(count) < 0.81,
        "result": Coded(np.where(is_unknown, -1, np.where(findings > 3, 2, np.minimum(findings, 1))), RESULTS),
    }


def programmes(
    scores: Scores, branches: Branches, quality: Quality, plan: Plan, pass_score: float | None, seed: int
) -> Columns:
    """Rows of `rectifications` about weak branches, and about communities (by their committees) below `pass_score`."""
    random = random_for(seed, "programmes")
    committees = codes("K", np.arange(1, len(scores.by_quarter) + 1), 4)
    subjects, kinds, findings, found, days = [], [], [], [], []
    for at, year in enumerate(YEARS):
        begun = np.datetime64(f"{year}-01-01")
        is_there = branches.founded < begun
        weak = np.argsort(quality.branch[:, 4 * at] + 9 * ~is_there, kind="stable")
        weak = weak[: plan.scaled(plan.appraising.weak_branches)]
        subjects.append(branches.ids.take(pa.array(weak)))
        kinds.append(np.zeros(len(weak), np.int64))
        findings.append(random.integers(0, len(WEAK_FINDINGS), len(weak)))
        found.append(np.maximum(begun, branches.founded[weak]) + random.integers(30, 160, len(weak)))
        days.append(np.full(len(weak), WEAK_DAYS))
        means = scores.of_year(year)
        low = np.flatnonzero(((means < (pass_score or 0)) & (means >= 0)).any(1))
        low = low[random.random(len(low)) < HELPED_SHARE]
        subjects.append(committees.take(pa.array(low)))
        kinds.append(np.ones(len(low), np.int64))
        findings.append(len(WEAK_FINDINGS) + np.where(means[low] < 0, 999, means[low]).argmin(1))
        found.append(begun + random.integers(200, 340, len(low)))
        days.append(np.full(len(low), HELP_DAYS))
    kind, finding, start, length = (np.concatenate(part) for part in (kinds, findings, found, days))
    count = len(kind)
    start = np.minimum(start, AS_OF)
    due = start + length
    late = np.where(random.random(count) < 0.72, -random.integers(0, 40, count), random.integers(5, 150, count))
    closed = due + late
    is_closed = closed <= AS_OF
    steps = random.integers(4, 9, count)
    used = np.clip((AS_OF - start).astype(np.int64) / (length + np.maximum(late, 0)), 0, 0.95)
    done = np.where(is_closed, steps, np.floor(steps * used * random.uniform(0.7, 1.0, count)).astype(np.int64))
    is_silent = random.random(count) < NOT_REPORTED
    return {
        "rectification_id": codes("R", np.arange(1, count + 1), 5),
        "org_id": pa.concat_arrays(subjects),
        "kind": Coded(finding, (*WEAK_FINDINGS, *LOW_FINDINGS)),
        "found_date": start,
        "due_date": due,
        "closed_date": np.where(is_closed, closed, NO_DATE),
        "result": Coded(np.where(is_closed, late > 0, -1), ("按期整改到位", "逾期整改到位")),
        "rectification_kind": Coded(kind, ("weak_branch", "below_standard")),
        "step_count": masked(steps, is_silent),
        "steps_done": masked(done, is_silent),
    }
