"""Grid workers against micro-grids: the tiles above the page, the finding in words, rows made ready for its figures."""

from typing import Any

import pandas as pd

from dashboard import catalogue, headlines, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import _, number

Row = dict[str, Any]
METRIC = "workers_per_micro_grid"
KINDS = ("full_time_workers", "part_time_workers", "auxiliary_workers")  # community workers are no grid workers
NAMED = 3  # districts named in a sentence


def kinds() -> dict[str, str]:
    """Column -> what a reader calls the kind of grid worker."""
    return {column: catalogue.title(column) for column in KINDS}


def parted(counts: pd.DataFrame, profile: Profile) -> tuple[Row, list[Row]]:
    """The row of the whole selection and those of the districts, each with its `signal`, without `level`."""
    goal = profile.targets.get(METRIC, {})
    rows = theme.records(counts)
    for row in rows:
        row["signal"] = theme.signal(row[METRIC], goal.get("target"), goal.get("amber"), "up")
    whole = next(row for row in rows if row["level"] == "selection")
    return whole, [_bare(row) for row in rows if row["level"] == "district"]


def table(rows: list[Row]) -> list[Row]:
    """Rows of districts as a table shows them."""
    left_out = ("district_code", "signal", "community_count", "worker_year_change")
    return [{name: value for name, value in row.items() if name not in left_out} for row in rows]


def tiles(whole: Row, months: pd.DataFrame, profile: Profile) -> list[Row]:
    """Grid workers, their number per micro-grid, what is missing, and community workers."""
    course = months.loc[(months["level"] == "selection") & months["value"].notna(), "value"]
    by_kind = [f"{name} {number(whole[column], 'count')}" for column, name in kinds().items()]
    described = catalogue.COLUMNS[METRIC]
    return [
        {
            "title": catalogue.title("grid_workers"),
            "value": whole["grid_workers"],
            "kind": "count",
            "change": whole["worker_change"],
            "change_kind": "count_change",
            "change_text": _("vs previous") if _is_given(whole["worker_change"]) else "",
            "definition": _(catalogue.COLUMNS["grid_workers"].definition),
            "note": " · ".join(by_kind),
        },
        {
            "title": catalogue.title(METRIC),
            "value": whole[METRIC],
            "kind": "total",
            "signal": whole["signal"],
            "target": profile.targets.get(METRIC, {}).get("target"),
            "history": list(course) if len(course) > 1 else None,
            "definition": _(described.definition),
        },
        {
            "title": catalogue.title("missing_workers"),
            "value": whole["missing_workers"],
            "kind": "count",
            "definition": _(catalogue.COLUMNS["missing_workers"].definition),
            "note": _("{count} of {all} communities have fewer workers than micro-grids").format(
                count=number(whole["short_communities"], "count"), all=number(whole["community_count"], "count")
            ),
        },
        {
            "title": catalogue.title("community_workers"),
            "value": whole["community_workers"],
            "kind": "count",
            "definition": _(catalogue.COLUMNS["community_workers"].definition),
            "note": _("beside the grid workers, not among them"),
        },
    ]


def finding(whole: Row, districts: list[Row]) -> str:
    """Whether the workers are enough, where they are not and what is not reported, in words (Markdown).

    Empty where no grid worker is on record.
    """
    if not _is_given(whole["grid_workers"]):
        return ""
    parts = [_enough(whole)]
    short = [row for row in districts if _is_given(row[METRIC]) and row["missing_workers"] > 0]
    if short and len(districts) > 1:
        named = [
            f"{headlines.as_written(row['district_name'])} {number(row[METRIC], 'total')}" for row in short[:NAMED]
        ]
        parts.append(
            _("Short in {count} of {all} districts, most of all {districts}.").format(
                count=len(short), all=len(districts), districts=_listed(named)
            )
        )
    some = _("{kind} workers are on record in {count} of {all} districts; elsewhere they are not reported.")
    parts += [
        (some if known else _("{kind} workers are not reported.")).format(
            kind=name, count=len(known), all=len(districts)
        )
        for column, name in kinds().items()
        if len(known := [row for row in districts if _is_given(row[column])]) < len(districts)
    ]
    return text.sentences(*parts)


def course(months: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows by month as a table shows them; `name` is that of the whole selection."""
    named = months.assign(district_name=months["district_name"].fillna(name))
    return named.drop(columns="level").rename(columns={"value": METRIC})


def is_short(whole: Row) -> bool:
    """Whether the selection has fewer grid workers than micro-grids."""
    return _is_given(whole["missing_workers"]) and whole["missing_workers"] > 0


def part(makeup: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of the make-up about `role` or `source`."""
    other = {"role": "worker_source", "source": "worker_role"}[name]
    return makeup[makeup["makeup_part"] == name].drop(columns=["makeup_part", other])


def moves_words(moves: pd.DataFrame) -> str:
    """How many transfers and how many promotions the period saw beside a year before, in one line."""
    steps = moves["move_type"].isin(["auxiliary_to_full_time", "full_time_to_community_worker"])
    now, before = moves["move_count"], moves["last_year_moves"]
    return _(
        "Transfers {steps} (year before {steps_before}), promotions {others} (year before {others_before})."
    ).format(
        steps=number(now[steps].sum(), "count"),
        steps_before=number(before[steps].sum(), "count"),
        others=number(now[~steps].sum(), "count"),
        others_before=number(before[~steps].sum(), "count"),
    )


def _enough(whole: Row) -> str:
    counts = {
        "workers": number(whole["grid_workers"], "count"),
        "micro_grids": number(whole["micro_grid_count"], "count"),
        "missing": number(whole["missing_workers"], "count"),
    }
    if is_short(whole):
        return _(
            "**Fewer grid workers than micro-grids:** "
            "{workers} of all kinds, {micro_grids} micro-grids, {missing} short."
        ).format(**counts)
    return _("{workers} grid workers of all kinds for {micro_grids} micro-grids: one for each on average.").format(
        **counts
    )


def _listed(names: list[str]) -> str:
    return text.listed(names)


def _bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "level"}


def _is_given(value: float | None) -> bool:
    return value is not None and value == value
