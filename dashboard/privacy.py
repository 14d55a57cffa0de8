"""Small cells: counts of people, and what is computed from them, made safe before anything is shown.

A count below the place's limit is shown as "<5", and as many other cells are hidden ("*") as it takes that no
total minus what is visible gives it back. Hidden numbers end here: rows, files, charts, hover texts and
alternative texts never hold them. Pages ask for people through `people.query`, which does all of this.

How: all totals that a query publishes are worked out over the reader's whole scope and hidden there, once.
Filters only choose and add up what is published, so no series of filters tells more than one published table.
Each visible number is an equation in the cells; a hidden number is given away exactly if it is a linear
combination of visible ones, and one more cell is hidden until none is (Willenborg & de Waal 2001, Elements of
Statistical Disclosure Control, on secondary suppression). Sums over people are hidden with their counts.

What this cannot protect against: what a reader knows from elsewhere (a branch knows its own members);
comparing editions, servers with different scopes, or quarters between which hardly anyone moved; bounds that
follow only from several totals at once (those of a single total are checked); other figures about the same
people that do not pass through here. So tables about people stay coarse.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

ALL = ""  # in a key column: the total over this key
HIDDEN = "*"  # a cell hidden to protect another one
TOLERANCE = 1e-7
EPSILON = 1e-12
FREE = 0.02  # what it costs to use a cell that is hidden already, against 1 to 2 for hiding another
ROUNDS = 15
SHARE = 0.05  # of the largest change: below it a cell is not part of the change

Grouping = tuple[str, ...]


# Thousands of small systems: several threads only wait for each other, five times the processor time of one.
@threadpool_limits.wrap(limits=1, user_api="blas")
def suppress(
    frame: pd.DataFrame,
    counts: Mapping[str, Grouping],
    within: Iterable[Grouping],
    limit: int,
    apart: Grouping = (),
    settled: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The cells of a frame and their totals, with counts below `limit` and whatever gives them away hidden.

    `counts` names each column of people with the sums over those people. `within` lists the groupings (tuples of
    key columns) whose totals are shown, the finest first; rows that differ in `apart` never add up. The result
    has a row per cell of every grouping: keys outside the grouping hold `ALL`, counts are whole numbers, "<5"
    or "*", sums are numbers or "*"; a cell without people has no row. `settled` has cells decided before (key
    columns in common, the counts): hidden ones stay hidden, visible ones visible. Raises `ValueError` for a
    limit below 3, for "<2" would say 1.
    """
    if limit < 3:
        raise ValueError(f"a small-cell limit of {limit} hides nothing")
    within = tuple(within)
    cells = frame.groupby([*apart, *keys(within)], sort=False, as_index=False)[measures(counts)].sum()
    cells = cells[(cells[list(counts)] > 0).any(axis=1)].reset_index(drop=True)
    cube, places = _totals(cells, counts, within, apart)
    for count, sums in counts.items():
        values = cube[count].to_numpy(float)
        shown = _decided(cube, count, [*apart, *keys(within)], settled)
        forced, fixed = are_hidden(shown).to_numpy(), number(shown).notna().to_numpy()
        is_small = (values > 0) & (values < limit)
        hidden = is_small | forced
        for rows, columns in _leaking_parts(places, cells, apart, hidden):
            member = (places[:, None, columns] == rows[:, None]).any(axis=0)
            hidden[rows] = _hidden(values[rows], member, limit, forced[rows], fixed[rows])
        cube[count] = _whole(cube[count]).mask(hidden, pd.Series(np.where(is_small, f"<{limit}", HIDDEN)))
        for column in sums:
            cube[column] = cube[column].astype(object).mask(hidden, HIDDEN)
    return cube


def keys(within: Iterable[Grouping]) -> list[str]:
    """Key columns of some groupings, each once."""
    return list(dict.fromkeys(key for grouping in within for key in grouping))


def measures(counts: Mapping[str, Grouping]) -> list[str]:
    """Columns of people and the sums over them."""
    return [column for count, sums in counts.items() for column in (count, *sums)]


def number(values: pd.Series) -> pd.Series:
    """Visible numbers of a column, NaN where a cell is hidden: what a chart may draw."""
    return pd.to_numeric(values, errors="coerce")


def are_hidden(values: pd.Series) -> pd.Series:
    """Which cells of a column are hidden."""
    return values.map(is_hidden).astype(bool)


def is_hidden(value: Any) -> bool:
    """Whether a published value is hidden, "<5" or "*"."""
    return isinstance(value, str)


def ratio(numerator: Any, denominator: Any) -> Any:
    """Quotient of two published values: hidden where either is, None where the denominator is 0."""
    if is_hidden(numerator) or is_hidden(denominator):
        return HIDDEN
    return numerator / denominator if denominator else None


def total(parts: list[Any]) -> Any:
    """Sum of published values; a sum with a hidden part is hidden."""
    if len(parts) == 1:
        return parts[0]
    if any(map(is_hidden, parts)):
        return HIDDEN
    value = sum(parts)
    return int(value) if float(value).is_integer() else value


def _whole(values: pd.Series) -> pd.Series:
    """Numbers as Python objects, whole ones as integers, so that text may stand among them."""
    return pd.Series(
        [int(v) if float(v).is_integer() else float(v) for v in values], values.index, dtype=object
    )


def _totals(
    cells: pd.DataFrame, counts: Mapping[str, Grouping], within: tuple[Grouping, ...], apart: Grouping
) -> tuple[pd.DataFrame, np.ndarray]:
    """Totals of every grouping, one below the other, and (groupings, cells) the row that each cell adds to."""
    tables, places, size = [], [], 0
    for grouping in within:
        head = [*apart, *grouping]
        codes = cells.groupby(head, sort=False).ngroup() if head else pd.Series(0, cells.index)
        table = cells.loc[~codes.duplicated(), [*apart, *keys(within)]].reset_index(drop=True)
        table = table.assign(**{key: ALL for key in keys(within) if key not in grouping})
        for column in measures(counts):
            table[column] = cells[column].groupby(codes).sum()
        tables.append(table)
        places.append(codes.to_numpy() + size)
        size += len(table)
    return pd.concat(tables, ignore_index=True), np.array(places)


def _leaking_parts(
    places: np.ndarray, cells: pd.DataFrame, apart: Grouping, hidden: np.ndarray
) -> Iterable[tuple[np.ndarray, np.ndarray]]:
    """Rows and cells (positions) of each part that adds up by itself and has something to hide."""
    parts = cells.groupby(list(apart), sort=False).ngroup().to_numpy() if apart else np.zeros(len(cells), int)
    part_of = np.zeros(len(hidden), int)
    part_of[places] = parts
    for part in np.unique(part_of[hidden]):
        yield np.flatnonzero(part_of == part), np.flatnonzero(parts == part)


def _decided(cube: pd.DataFrame, count: str, columns: list[str], settled: pd.DataFrame | None) -> pd.Series:
    """What `settled` shows for each row of a cube; None where it says nothing."""
    if settled is None:
        return pd.Series(None, cube.index, dtype=object)
    shared = [column for column in columns if column in settled]
    own = [column for column in columns if column not in settled]
    shown = cube[shared].merge(settled[[*shared, count]], on=shared, how="left")[count].astype(object)
    return shown.where((cube[own] == ALL).all(axis=1), None)


def _hidden(
    values: np.ndarray, member: np.ndarray, limit: int, forced: np.ndarray, fixed: np.ndarray
) -> np.ndarray:
    """Which published numbers to hide, as a mask.

    `member` says which cells (columns) each number (row) adds up; `forced` numbers are hidden anyway, `fixed`
    ones are visible elsewhere. Numbers over the same cells are one number.
    """
    member, first, inverse = np.unique(member, axis=0, return_index=True, return_inverse=True)
    inverse = inverse.reshape(-1)
    values = values[first]
    forced, fixed = (np.bincount(inverse, each) > 0 for each in (forced, fixed))
    is_cell = member.sum(axis=1) == 1
    is_small = (values > 0) & (values < limit)
    hidden = is_small | forced
    while True:
        before = hidden.sum()
        while len(given := _given(member, hidden, is_cell)):
            more = _loop(given[0], values, member, hidden, fixed, is_cell)
            if not (more & ~hidden).any():
                break
            hidden |= more
        for line in _bounded(values, member, hidden, is_cell, is_small, limit):
            choice = is_cell & ~hidden & ~fixed & member[:, member[line]].any(axis=1)
            if choice.any():
                hidden[np.flatnonzero(choice)[np.argmin(values[choice])]] = True
        if hidden.sum() == before:
            return hidden[inverse]


def _given(member: np.ndarray, hidden: np.ndarray, is_cell: np.ndarray) -> np.ndarray:
    """Hidden numbers (positions) that are linear combinations of visible ones."""
    reduced = member[:, member[hidden & is_cell].any(axis=0)].astype(float)
    equations = reduced[~hidden]
    sizes, axes = np.linalg.eigh(equations.T @ equations)
    axes = axes[:, sizes > TOLERANCE]
    targets = np.flatnonzero(hidden)
    return targets[np.isclose(reduced[targets] @ axes @ axes.T, reduced[targets], atol=TOLERANCE).all(axis=1)]


def _loop(
    target: int,
    values: np.ndarray,
    member: np.ndarray,
    hidden: np.ndarray,
    fixed: np.ndarray,
    is_cell: np.ndarray,
) -> np.ndarray:
    """Numbers (mask) to hide so that `target` can no longer be worked out: few and small ones.

    Looks for a change of cells that no visible total notices and that changes the target. The cells in it must be
    hidden; the fewest and smallest are approached by least squares with weights drawn towards zero (IRLS).
    """
    free = ~fixed & (values > 0)
    costs = np.where(hidden, FREE, 1 + values / (1 + values.max()))
    cells, totals = np.flatnonzero(is_cell & free), np.flatnonzero(~is_cell & ~hidden)
    slack = np.flatnonzero(~is_cell & ~hidden & free)
    columns = member[cells].argmax(axis=1)
    changes = np.vstack([member[np.ix_(totals, columns)], member[target, columns]]).astype(float)
    gives = np.vstack([(totals[:, None] == slack).astype(float), np.zeros(len(slack))])
    changes = np.hstack([changes, -gives])
    price = np.concatenate([costs[cells], len(cells) * costs[slack]])
    aim = np.append(np.zeros(len(totals)), 1.0)
    change = 1 / price
    for _ in range(ROUNDS):
        weighted = changes * (np.abs(change) ** 1.5 / price)
        normal = weighted @ changes.T
        normal[np.diag_indices_from(normal)] += EPSILON * np.trace(normal)
        change = weighted.T @ np.linalg.solve(normal, aim)
    chosen = np.zeros(len(values), bool)
    chosen[np.append(cells, slack)[np.abs(change) > SHARE * np.abs(change).max(initial=1)]] = True
    return chosen


def _bounded(
    values: np.ndarray,
    member: np.ndarray,
    hidden: np.ndarray,
    is_cell: np.ndarray,
    is_small: np.ndarray,
    limit: int,
) -> np.ndarray:
    """Visible totals (positions) that force their hidden cells to the least or the most these can be."""
    low, high, amount = np.zeros((3, member.shape[1]))
    cells = np.flatnonzero(is_cell & hidden)
    columns = member[cells].argmax(axis=1)
    low[columns] = np.where(is_small[cells], 1, limit)
    high[columns] = np.where(is_small[cells], limit - 1, values.sum() + limit)
    amount[columns] = values[cells]
    rest, least, most = (member @ each for each in (amount, low, high))
    return np.flatnonzero(~hidden & (least > 0) & ((rest == least) | (rest == most)))
