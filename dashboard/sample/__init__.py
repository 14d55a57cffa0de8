"""Sample places: invented cities, generated, whose figures match the published reports they stand for.

Everything is drawn from the seed: the same place, scale and seed give the same rows in the same order.
"""

from collections.abc import Callable
from pathlib import Path

import duckdb

from dashboard import contract
from dashboard.sample import tables as sample_tables
from dashboard.sample.columns import write
from dashboard.sample.plans import PLANS

PLACES = tuple(PLANS)
SEED = 20_241_231
# Without a limit DuckDB keeps whatever comes in faster than it is written; more threads than one to generate
# and one to write do not make it faster.
WRITER = {"threads": 2, "memory_limit": "1GB"}
# Share of the time that the long tables take, for the progress report; the others share what is left.
EFFORT = {"member_events": 0.36, "issues": 0.36, "members": 0.04, "service_orders": 0.04}


def generate(
    place: str,
    destination: Path,
    scale: float = 1.0,
    seed: int = SEED,
    progress: Callable[[str, float], None] | None = None,
    tables: set[str] | None = None,
    micro_grids: int | None = None,
) -> None:
    """Write the extracts of a sample place as Parquet files named for their tables.

    `scale` 1 is the whole city, with every figure exact. Below 1 everything shrinks in proportion: places,
    organisations, people and events, with at least three districts and a few of everything. Above 1 places,
    organisations and people stay as they are and three tables of events grow: issues, member events and
    service orders; redemptions follow the points earned. Memory does not grow with the scale.

    `micro_grids` cuts the same ground finer: so many at scale 1 instead of the place's own number, and more grids
    where theirs would hold too many. Regions, compounds, organisations, people and events stay as many as they are.

    `tables` limits what is written, not what it contains. `progress` hears the table about to be written and
    the share of the work done so far, at the end an empty name and 1.0.

    Raises `ValueError` for a place without a sample, an unknown table, a scale that is not positive or fewer
    micro-grids than the place has.
    """
    known = contract.load().tables
    if place not in PLACES:
        raise ValueError(f"no sample for place {place!r}; there is one for {', '.join(PLACES)}")
    if scale <= 0:
        raise ValueError(f"scale must be positive, not {scale}")
    if unknown := (tables or set()) - set(known):
        raise ValueError(f"unknown tables: {', '.join(sorted(unknown))}")
    plan = PLANS[place].at(scale)
    if micro_grids is not None:
        plan = plan.finer(micro_grids)
    destination.mkdir(parents=True, exist_ok=True)
    makers = sample_tables.makers(plan, seed)
    wanted = [name for name in known if name in makers and (tables is None or name in tables)]
    rest = (1 - sum(EFFORT.values())) / (len(known) - len(EFFORT))
    effort = {name: EFFORT.get(name, rest) for name in wanted}
    done = 0.0
    with duckdb.connect(config=WRITER) as connection:
        for name in wanted:
            if progress:
                progress(name, done / sum(effort.values()))
            write(connection, known[name], makers[name](), destination / f"{name}.parquet")
            done += effort[name]
    if progress:
        progress("", 1.0)
