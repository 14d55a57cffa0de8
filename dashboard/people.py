"""Queries that count people, and how each is published: the only way a page gets at such counts.

`store.query` would give the true numbers; `people.query` gives what may be shown (see `privacy`).

Tables are decided from the coarse to the fine: districts, then compound types, then both together; standing, then
bands, then stars. Small cells of fine tables so cost coarse ones nothing. Tables finer in one respect are
computed when a reader first asks for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

import pandas as pd

from dashboard import access, privacy, store
from dashboard.privacy import ALL, HIDDEN, Grouping

BY_DISTRICT = (("district_code",), ())
BY_TYPE = (("compound_type",), ())
BY_BOTH = (("district_code", "compound_type"), ("district_code",), ("compound_type",), ())
BY_CATEGORY = (("district_code", "category"), ("district_code",), ("category",), ())
BY_BRANCH = (("org_id",), ())
BY_PLACE = (BY_DISTRICT, BY_TYPE, BY_BOTH)
MEAN_SCORE = {"mean_score": ("score_sum", "member_count")}


@dataclass(frozen=True)
class Protection:
    """How the answer to a query is published.

    `counts`: column of people -> sums over those people. `apart`: columns whose rows never add up. `places`: tables
    by place, each the groupings whose totals are shown, the finest first. `kinds`: columns that divide the people,
    from the coarsest on, each dividing the one before. `settled`: an earlier query and how many of its `places`
    show the same people: what is hidden there stays hidden here, what is visible there visible. `means`: sum ÷
    count. `running`: balances, hidden from the first hidden sum on, which they would give away. `names`: what a
    key is called. `unshown`: columns that only serve the others.
    """

    counts: dict[str, Grouping]
    apart: Grouping
    places: tuple[tuple[Grouping, ...], ...] = BY_PLACE
    kinds: Grouping = ()
    settled: tuple[str, int] | None = None
    means: dict[str, tuple[str, str]] = field(default_factory=dict)
    running: dict[str, str] = field(default_factory=dict)
    names: dict[str, Grouping] = field(default_factory=dict)
    unshown: Grouping = ()

    @property
    def keys(self) -> list[str]:
        """Key columns of the published rows beside `apart`."""
        return [*privacy.keys(grouping for place in self.places for grouping in place), *self.kinds]


PROTECTED = {
    "pioneer_months": Protection(
        counts={"member_count": ("score_sum",)},
        apart=("month",),
        means=MEAN_SCORE,
        unshown=("score_sum", "member_count"),  # beside the bands, this count would tell who is exempt
    ),
    "pioneer_bands": Protection(
        counts={"member_count": ()},
        apart=("quarter",),
        kinds=("standing", "band", "stars"),
        names={"district_code": ("district_name",)},
    ),
    "pioneer_categories": Protection(
        counts={"member_count": ()},
        apart=("quarter",),
        places=(BY_CATEGORY,),
        kinds=("standing", "band"),
        settled=("pioneer_bands", 1),
    ),
    "pioneer_branches": Protection(
        counts={"member_count": ("score_sum",)},
        apart=("quarter", "district_code", "compound_type", "standing"),
        places=(BY_BRANCH,),
        kinds=("band",),  # starred or not, no more: other bands of one branch would be a handful of people
        settled=("pioneer_bands", 3),
        means=MEAN_SCORE,
        names={"org_id": ("branch_name", "district_name")},
        unshown=("score_sum",),
    ),
    "pioneer_halves": Protection(
        counts={
            "redeeming_member_count": ("redeemed_points",),
            "member_count": ("earned_points", "balance_points"),
        },
        apart=("half",),
        running={"balance_points": "redeemed_points"},
        unshown=("member_count",),
    ),
    "pioneer_years": Protection(counts={"member_count": ()}, apart=("year",), kinds=("award_state",)),
}


def query(
    name: str,
    by: list[str],
    *,
    place: str,
    edition: str,
    districts: list[str],
    compound_types: list[str],
    **chosen: Any,
) -> pd.DataFrame:
    """Rows of a protected query for the reader's filters, one per `by` in its order, with small cells hidden.

    Counts are whole numbers, "<5" or "*"; means and sums are numbers or "*". A filter on a column that the query
    does not tell apart has no effect. Raises `KeyError` for an unprotected query or totals not published.
    """
    protection = PROTECTED[name]
    known = {*protection.apart, *protection.keys}
    filters = {"district_code": districts, "compound_type": compound_types}
    filters = {key: codes for key, codes in filters.items() if codes and key in known}
    asked = {key for key in (*by, *filters) if key in protection.keys and key not in protection.kinds}
    depth = max((number + 1 for number, kind in enumerate(protection.kinds) if kind in by), default=0)
    level = next((n for n, table in enumerate(protection.places, start=1) if asked in map(set, table)), None)
    if level is None:
        raise KeyError(f"{name}: totals by {', '.join(sorted(asked))} are not published")
    published = _published(name, place, edition, access.reader(), level, _bound(name, chosen))
    wanted = pd.Series(True, published.index)
    for key in protection.keys:
        wanted &= (published[key] != ALL) == (key in asked or key in protection.kinds[:depth])
    for key, codes in filters.items():
        wanted &= published[key].isin(codes)
    return _added(published[wanted], protection, by)


def _bound(name: str, chosen: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    settled = PROTECTED[name].settled
    declared = {**store.describe(name).parameters, **(store.describe(settled[0]).parameters if settled else {})}
    return tuple((key, chosen[key]) for key in sorted(declared))


@lru_cache(maxsize=64)
def _published(
    name: str, place: str, edition: str, reader: access.Reader, level: int, bound: tuple
) -> pd.DataFrame:
    """All that the first `level` tables by place show in a reader's scope.

    `store` applies the scope; `reader` is here to keep what the readers' caches hold apart.
    """
    protection, chosen = PROTECTED[name], dict(bound)
    decided = None
    if level > 1:
        decided = _published(name, place, edition, reader, level - 1, bound)
    elif protection.settled:
        before, depth = protection.settled
        decided = _published(before, place, edition, reader, depth, _bound(before, chosen))
        decided = _known(decided, PROTECTED[before].keys, [*protection.apart, *protection.keys], protection)
    rows = store.query(name, place=place, edition=edition, **chosen)
    limit = store.place_profile(place, edition).small_cell_limit
    published = publish(rows, protection, level, limit, decided)
    for key, names in protection.names.items():
        known = rows.drop_duplicates(key).set_index(key)
        published = published.assign(**{each: published[key].map(known[each]) for each in names})
    return published


def publish(
    rows: pd.DataFrame, protection: Protection, level: int, limit: int, decided: pd.DataFrame | None
) -> pd.DataFrame:
    """Totals of the table by place number `level`, small cells hidden, below those `decided` before.

    Each kind is decided below the one before it. Then all kinds are looked at together: what is safe in each
    might still be given away jointly.
    """
    places, kinds = protection.places[level - 1], protection.kinds
    shown = decided
    for depth, kind in enumerate(kinds or ("",)):
        splits = ((kind,), ()) if kind else ((),)
        within = tuple((*place, *split) for place, split in product(places, splits))
        shown = _table(rows, protection, within, kinds[:depth], limit, shown, shown)
    if len(kinds) > 1:
        splits = [kinds[:depth] for depth in range(len(kinds), -1, -1)]
        within = tuple((*place, *split) for place, split in product(places, splits))
        hidden = shown[privacy.is_hidden(shown[[*protection.counts][0]])]
        before = pd.concat([decided, hidden]) if decided is not None else hidden
        shown = _table(rows, protection, within, (), limit, before, decided)
    return shown


def _table(
    rows: pd.DataFrame,
    protection: Protection,
    within: tuple[Grouping, ...],
    above: Grouping,
    limit: int,
    settled: pd.DataFrame | None,
    shown: pd.DataFrame | None,
) -> pd.DataFrame:
    """The totals `within`, cells in `settled` as they are there, added to those `shown` already."""
    columns = [*protection.apart, *protection.keys]
    own = [*protection.apart, *above, *privacy.keys(within)]
    if settled is not None:
        settled = _known(settled, protection.keys, own, protection)
        settled = settled.drop_duplicates([column for column in settled if column in own])
    cube = privacy.suppress(rows, protection.counts, within, limit, (*protection.apart, *above), settled)
    cube = cube.assign(**{key: ALL for key in columns if key not in own})
    return pd.concat([shown, cube], ignore_index=True).drop_duplicates(columns, ignore_index=True)


def _known(published: pd.DataFrame, keys: list[str], columns: list[str], protection: Protection) -> pd.DataFrame:
    """Published cells that a table with other `columns` shows too: totals over every key it lacks."""
    lacking = [key for key in keys if key not in columns and key in published]
    published = published[(published[lacking] == ALL).all(axis=1)]
    return published[[column for column in published if column in (*columns, *protection.counts)]]


def _added(rows: pd.DataFrame, protection: Protection, by: list[str]) -> pd.DataFrame:
    named = [name for key, names in protection.names.items() if key in by for name in names]
    result = rows[[*by, *named]].drop_duplicates(by).sort_values(by, ignore_index=True)
    for column in privacy.measures(protection.counts):
        result = result.merge(privacy.added(rows, column, by), how="left", on=by)
    for balance, spent in protection.running.items():
        others = [key for key in by if key not in protection.apart]
        gone = privacy.is_hidden(result[spent])
        gone = gone.groupby([result[key] for key in others]).cummax() if others else gone.cummax()
        result[balance] = result[balance].mask(gone, HIDDEN)
    for mean, (total, count) in protection.means.items():
        result[mean] = privacy.ratio(result[total], result[count])
    return result.drop(columns=list(protection.unshown))
