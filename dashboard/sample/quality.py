"""How good branches and districts are, quarter by quarter: what the events of every table lean on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.calendar import QUARTERS
from dashboard.sample.columns import random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.organisation import Branches

SLIPPING_DISTRICTS = 2
TURNING_SHARE = 0.012  # of the branches, in a quarter
BRANCH_PART = 0.6  # of a district's quality that its branches share; residents feel all of it


@dataclass(frozen=True)
class Quality:
    """Latent quality on a logit scale around 0; rows are units, columns quarters."""

    district: NDArray[np.float64]
    branch: NDArray[np.float64]  # its own, with a part of its district's
    compound: NDArray[np.float64]  # its district's and its branch's, less where none covers it


def build(branches: Branches, compounds: Compounds, districts: int, seed: int) -> Quality:
    """Draw qualities: districts differ, most improve slowly, two slip; branches drift up or down."""
    random = random_for(seed, "quality")
    quarters = len(QUARTERS)
    time = np.arange(quarters) / (quarters - 1)
    level = random.permutation(np.linspace(-0.8, 0.75, districts)) if districts > 1 else np.array([0.1])
    trend = random.uniform(0.3, 0.75, districts)
    slipping = np.argsort(-level, kind="stable")[1 : 1 + SLIPPING_DISTRICTS]
    trend[slipping] = (-0.8, -0.6)[: len(slipping)]
    district = level[:, None] + trend[:, None] * (time - 0.5) + random.normal(0, 0.04, (districts, quarters))
    shape = (branches.count, quarters)
    own = random.normal(0, 0.42, (branches.count, 1)) + random.normal(0, 0.4, (branches.count, 1)) * (time - 0.3)
    own = own + np.cumsum(random.normal(0, 0.08, shape), axis=1)
    # Now and then a branch turns for good or bad: a new secretary, a conflict.
    turn = random.uniform(1.2, 2.2, shape) * random.choice([-1, 1], shape)
    own = own + np.cumsum(turn * (random.random(shape) < TURNING_SHARE), axis=1)
    branch = BRANCH_PART * district[branches.district] + own
    owner = branches.of_compound(compounds.count)
    uncovered = np.full((compounds.count, quarters), -0.4)
    compound = district[compounds.district] + np.where(owner[:, None] >= 0, own[owner], uncovered)
    return Quality(district, branch, compound)
