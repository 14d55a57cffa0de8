"""Queries that count people, and how each is published: the only way a page gets at such counts.

`store.query` would give the true numbers; `people.query` gives what may be shown (see `privacy`). Coarse tables are
decided before fine ones (districts, types, both; standing, bands, stars), whose small cells so cost them nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from threading import RLock
from typing import Any

import numpy as np
import pandas as pd

from dashboard import access, privacy, store, text
from dashboard.privacy import ALL, HIDDEN, Grouping

BY_DISTRICT = (("district_code",), ())
BY_TYPE = (("compound_type",), ())
BY_BOTH = (("district_code", "compound_type"), ("district_code",), ("compound_type",), ())
BY_CATEGORY = (("district_code", "category"), ("district_code",), ("category",), ())
BY_BRANCH, BY_UNIT_TYPE = (("org_id",), ()), (("unit_type",), ())
BY_PLACE = (BY_DISTRICT, BY_TYPE, BY_BOTH)
MEAN_SCORE = {"mean_score": ("score_sum", "member_count")}


@dataclass(frozen=True)
class Protection:
    """How the answer to a query is published.

    counts: column of people -> sums over those people
    apart: columns whose rows never add up, time first
    places: tables by place, each the groupings whose totals are shown, the finest first
    kinds: columns that divide the people, each dividing the one before
    settled: an earlier query about the same people and how many of its `places`; hidden there, hidden here
    means: mean -> (sum, count)
    running: balance -> sum; hidden from the first hidden sum on, which it would give away
    names: key -> columns that say what it is called
    unshown: columns that only serve the others
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
    def finest(self) -> list[str]:
        """Columns of the finest totals published."""
        return [*self.apart, *self.places[-1][0], *self.kinds]

    @property
    def keys(self) -> list[str]:
        """Key columns of the published rows beside `apart`."""
        return [*privacy.keys(grouping for place in self.places for grouping in place), *self.kinds]


_deciding = RLock()  # deciding takes seconds: a second reader waits for the first instead of repeating it

PROTECTED = {
    "pioneer_months": Protection(
        counts={"member_count": ("score_sum",)},
        apart=("month",),
        means=MEAN_SCORE,
        names={"district_code": ("district_name",)},
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
        apart=("quarter", "district_code", "compound_type", "standing", "band"),
        places=(BY_BRANCH,),
        settled=("pioneer_bands", 3),
        means=MEAN_SCORE,
        names={"org_id": ("branch_name", "district_name")},
        unshown=("score_sum",),
    ),
    "pioneer_unit_types": Protection(
        {"member_count": ("score_sum",)}, ("quarter", "standing", "band"), (BY_UNIT_TYPE,),
        settled=("pioneer_bands", 1), means=MEAN_SCORE, unshown=("score_sum",),
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
    "emergency_posts": Protection({"member_count": ()}, ("as_of",), (BY_DISTRICT,), ("emergency_post",)),
    "emergency_mobilisations": Protection(
        {"people_count": ()}, ("mobilised_year", "emergency_occasion"), (BY_DISTRICT,), ("mobilised_kind",)
    ),
    "report_in_members": Protection(
        counts={"member_count": ()},
        apart=("year",),
        places=(BY_DISTRICT,),
        kinds=("service_state",),
        names={"district_code": ("district_name",)},
    ),
}


def prepare(place: str, edition: str, quarter: date) -> None:
    """Decide what every protected query may show of an edition and a quarter, so that no reader waits for it."""
    for name, protection in PROTECTED.items():
        bound = _bound(name, {"language": text.DEFAULT, "quarter": quarter})
        for level in range(1, len(protection.places) + 1):
            with _deciding:
                _published(name, place, edition, access.reader(), level, bound)


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
    """Rows of a protected query for the reader's filters, one per `by` in its order, small cells hidden.

    Counts are whole numbers, "<5" or "*"; means and sums are numbers or "*". Without its time in `by`, only the
    chosen quarter counts. A filter on a column that the query does not tell apart has no effect. Raises
    `KeyError` for an unprotected query or totals not published.
    """
    protection = PROTECTED[name]
    known = {*protection.apart, *protection.keys}
    filters = {"district_code": districts, "compound_type": compound_types}
    if protection.apart[0] not in by:
        filters[protection.apart[0]] = [pd.Timestamp(chosen[protection.apart[0]])]
    filters = {key: values for key, values in filters.items() if values and key in known}
    asked = {key for key in (*by, *filters) if key in protection.keys and key not in protection.kinds}
    depth = max((number for number, kind in enumerate(protection.kinds, start=1) if kind in by), default=0)
    level = next((n for n, table in enumerate(protection.places, start=1) if asked in map(set, table)), None)
    if level is None:
        raise KeyError(f"{name}: totals by {', '.join(sorted(asked))} are not published")
    with _deciding:
        published = _published(name, place, edition, access.reader(), level, _bound(name, chosen))
    rows = published.get(frozenset({*asked, *protection.kinds[:depth]}), [])
    return _added([row for row in rows if all(row[key] in filters[key] for key in filters)], protection, by)


def _bound(name: str, chosen: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    settled = PROTECTED[name].settled
    declared = {**store.describe(name).parameters, **(store.describe(settled[0]).parameters if settled else {})}
    return tuple((key, chosen[key]) for key in sorted(declared))


def _numbers(bound: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((key, value) for key, value in bound if key != "language")  # numbers are the same in any language


@lru_cache(maxsize=64)
def _published(
    name: str, place: str, edition: str, reader: access.Reader, levels: int, bound: tuple
) -> dict[frozenset[str], list[dict[str, Any]]]:
    """Rows of what `_decided` says, by the keys that they tell apart, with names.

    Rows are dictionaries: a page adds up some dozen small selections, and each would cost 20 ms in pandas.
    """
    protection = PROTECTED[name]
    shown = _decided(name, place, edition, reader, levels, _numbers(bound))
    rows = store.query(name, place=place, edition=edition, **dict(bound))
    for key, names in protection.names.items():
        known = rows.drop_duplicates(key).set_index(key)
        shown = shown.assign(**{each: shown[key].map(known[each]) for each in names})
    told_apart = (shown[protection.keys] != ALL).to_numpy()
    parts = {}
    for mask in np.unique(told_apart, axis=0):
        keys = frozenset(key for key, is_told in zip(protection.keys, mask, strict=True) if is_told)
        parts[keys] = shown[(told_apart == mask).all(axis=1)].to_dict("records")
    return parts


@lru_cache(maxsize=64)
def _decided(
    name: str, place: str, edition: str, reader: access.Reader, levels: int, bound: tuple
) -> pd.DataFrame:
    """All that the first `levels` tables by place show in a reader's scope, small cells hidden.

    `store` applies the scope; `reader` is here to keep what the readers' caches hold apart.
    """
    protection, chosen = PROTECTED[name], {"language": text.DEFAULT, **dict(bound)}
    settled = []
    if protection.settled:
        before, depth = protection.settled
        earlier = _decided(before, place, edition, reader, depth, _numbers(_bound(before, chosen)))
        settled = [_shared(earlier, PROTECTED[before], protection)]
    shown = [_decided(name, place, edition, reader, levels - 1, bound)] if levels > 1 else []
    rows = store.query(name, place=place, edition=edition, **chosen)
    limit = store.place_profile(place, edition).small_cell_limit
    return publish(rows, protection, protection.places[levels - 1], limit, settled, shown)


def publish(
    rows: pd.DataFrame,
    protection: Protection,
    table: tuple[Grouping, ...],
    limit: int,
    settled: list[pd.DataFrame],
    shown: list[pd.DataFrame],
) -> pd.DataFrame:
    """The totals of one table by place, small cells hidden, below those `shown` before it, if any.

    Cells in `settled` and `shown` stay as they are. Every kind is decided below the one before it. Then all kinds
    are looked at together: what is safe in each might still be given away jointly.
    """
    count, kinds = next(iter(protection.counts)), protection.kinds
    before, decided = [*settled, *shown], []
    for depth, kind in enumerate(kinds or ("",)):
        within = tuple((*place, *own) for place, own in product(table, ((kind,), ()) if kind else ((),)))
        decided.append(_cube(rows, protection, within, kinds[:depth], limit, [*before, *decided]))
    if len(kinds) > 1:
        splits = [kinds[:depth] for depth in range(len(kinds), -1, -1)]
        within = tuple((*place, *own) for place, own in product(table, splits))
        hidden = [cube[privacy.are_hidden(cube[count])] for cube in decided]
        decided = [_cube(rows, protection, within, (), limit, [*before, *hidden])]
    return pd.concat([*shown, *decided]).drop_duplicates([*protection.apart, *protection.keys], ignore_index=True)


def _cube(
    rows: pd.DataFrame,
    protection: Protection,
    within: tuple[Grouping, ...],
    above: Grouping,
    limit: int,
    before: list[pd.DataFrame],
) -> pd.DataFrame:
    """The totals `within`, separately for each value of the kinds `above`, as decided `before` where it was."""
    own = [*protection.apart, *above, *privacy.keys(within)]
    others = [key for key in protection.keys if key not in own]
    settled = pd.concat(before) if before else None
    if settled is not None:
        settled = settled.loc[(settled[others] == ALL).all(axis=1), [*own, *protection.counts]]
        settled = settled.drop_duplicates(own)
    cube = privacy.suppress(rows, protection.counts, within, limit, (*protection.apart, *above), settled)
    return cube.assign(**dict.fromkeys(others, ALL))


def _shared(published: pd.DataFrame, before: Protection, after: Protection) -> pd.DataFrame:
    """Cells of an earlier query that a later one shows too: totals over every key that only one of them has."""
    columns = [*after.apart, *after.keys]
    for key in before.keys:
        if key not in columns:
            published = published[published[key] == ALL]
    missing = dict.fromkeys([column for column in columns if column not in published], ALL)
    return published.assign(**missing)[[*columns, *after.counts]]


def _added(rows: list[dict[str, Any]], protection: Protection, by: list[str]) -> pd.DataFrame:
    """Published cells added up by the columns `by`, with means and without what only serves them."""
    columns = privacy.measures(protection.counts)
    named = [name for key, names in protection.names.items() if key in by for name in names]
    parts = defaultdict(list)
    for row in rows:
        parts[tuple(row[key] for key in by)].append(row)
    lines, spent_in_secret = [], set()
    for key in sorted(parts):
        cells = parts[key]
        line = dict(zip(by, key, strict=True)) | {name: cells[0][name] for name in named}
        line |= {column: privacy.total([cell[column] for cell in cells]) for column in columns}
        group = tuple(line[name] for name in by if name not in protection.apart)
        for balance, spent in protection.running.items():
            if privacy.is_hidden(line[spent]):
                spent_in_secret.add((balance, group))
            if (balance, group) in spent_in_secret:
                line[balance] = HIDDEN
        for mean, (total, count) in protection.means.items():
            line[mean] = privacy.ratio(line[total], line[count])
        lines.append(line)
    shown = [name for name in (*by, *named, *columns, *protection.means) if name not in protection.unshown]
    numbers = [name for name in shown if name in columns or name in protection.means]
    return pd.DataFrame(lines, columns=shown).astype(dict.fromkeys(numbers, object))
