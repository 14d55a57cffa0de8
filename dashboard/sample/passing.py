"""Issues passed on from level to level, batch by batch as the issues themselves."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dashboard.sample.calendar import END
from dashboard.sample.columns import Coded, Columns, picked, random_for
from dashboard.sample.handling import RESOLVED_LEVELS

COMMUNITY_DIGITS = 12
OPEN_LEVELS = (0.55, 0.28, 0.12, 0.05)  # how far up issues still in hand have come
OPEN_DAYS = 4  # in which those were passed on
STATE = ("dispatched",)


def batches(issues: Iterable[Columns], seed: int) -> Iterator[Columns]:
    """The `issue_events` table: every step up to the level that solved an issue, or that has it now."""
    for number, batch in enumerate(issues):
        yield _batch(batch, random_for(seed, "passing", number))


def _batch(batch: Columns, random: np.random.Generator) -> Columns:
    started = np.asarray(batch["dispatched_at"])
    solved = batch["resolved_level"].codes
    is_void = np.isnat(started)
    is_open = (solved < 0) & ~is_void
    level = np.where(is_open, np.searchsorted(np.cumsum(OPEN_LEVELS), random.random(len(solved)), side="right"), solved)
    level = np.where(is_void, 0, level.clip(0, len(RESOLVED_LEVELS) - 1))
    handled = np.asarray(batch["handled_at"])
    ended = np.where(np.isnat(handled), np.minimum(started + np.timedelta64(OPEN_DAYS, "D"), END), handled)
    issue = np.repeat(np.arange(len(level)), level)
    step = np.arange(len(issue)) - np.repeat(np.cumsum(level) - level, level)
    share = random.uniform(0.15, 0.5, len(issue)) / level[issue]  # of the way from dispatch to the end
    whole = (ended - started).astype("timedelta64[s]").astype(np.int64)
    held = np.maximum(1, share * whole[issue]).astype(np.int64)
    passed = started[issue] + _running(held, step).astype("timedelta64[s]")
    grid = batch["grid_code"].take(pa.array(issue))
    return {
        "issue_id": picked(batch["issue_id"], issue),
        "sequence": step + 1,
        "community_code": pc.utf8_slice_codeunits(grid, 0, COMMUNITY_DIGITS),
        "compound_id": batch["compound_id"].take(pa.array(issue)),
        "occurred_at": passed,
        "held_hours": np.round(held / 3_600, 2),
        "from_state": Coded(np.zeros(len(issue), np.int64), STATE),
        "to_state": Coded(np.zeros(len(issue), np.int64), STATE),
        "from_level": Coded(step, RESOLVED_LEVELS),
        "to_level": Coded(step + 1, RESOLVED_LEVELS),
    }


def _running(values: NDArray[np.int64], step: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum of the values so far, begun anew where `step` is 0."""
    total = np.cumsum(values)
    before = np.where(step == 0, total - values, 0)
    return total - np.maximum.accumulate(before)
