"""Ways of drawing at random that several tables share."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def pick(count: int, weights: NDArray, random: np.random.Generator) -> NDArray[np.bool_]:
    """Exactly `count` chosen without replacement, likelier the larger the weight (exponential races)."""
    chosen = np.zeros(len(weights), bool)
    chosen[np.argsort(random.exponential(size=len(weights)) / weights, kind="stable")[:count]] = True
    return chosen


def weighted(count: int, weights: ArrayLike, random: np.random.Generator) -> NDArray[np.int64]:
    """`count` places drawn with replacement by weight."""
    upto = np.cumsum(weights)
    return np.minimum(np.searchsorted(upto, random.random(count) * upto[-1], side="right"), len(upto) - 1)


def by_row(row: NDArray, weights: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """One place for every entry, by the weights of its row (rows × places)."""
    upto = np.cumsum(weights, axis=1)
    upto = (upto / upto[:, -1:] + np.arange(len(upto))[:, None]).ravel()
    found = np.searchsorted(upto, random.random(len(row)) + row, side="right")
    return np.minimum(found - row * weights.shape[1], weights.shape[1] - 1)


def logistic(values: NDArray) -> NDArray[np.float64]:
    """Share for a logit."""
    return 1 / (1 + np.exp(-values))


def normal_value(share: NDArray) -> NDArray[np.float64]:
    """The standard normal value below which a share lies (logistic approximation, within 0.02 in shares)."""
    return np.log(share / (1 - share)) / 1.702
