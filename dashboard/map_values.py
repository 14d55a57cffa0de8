"""The rows a map is coloured by: values of one period, changes between two, or the fit of compounds and grids."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dashboard import catalogue, contract, maps, store, text
from dashboard.store import place_profile, query
from dashboard.text import N_, _

BLANK_WORDS = {"not_reported": N_("not reported"), "not_applicable": N_("not applicable")}


def source(chosen: dict[str, Any]) -> str:
    """Name of the query that the rows come from."""
    if chosen["metric"] == maps.FIT:
        return "map_fits"
    if chosen["metric"] in maps.EXTRACTS:
        return "map_community_values"
    return "map_grid_values" if chosen.get("level") in maps.GRIDS else "map_values"


def begin(chosen: dict[str, Any]) -> None:
    """Have the rows worked out that will be asked for, while the page draws what stands above the map."""
    store.start([(source(chosen), chosen)])


def rows(chosen: dict[str, Any]) -> pd.DataFrame:
    """Units of a level in the order of their codes: unit_code, unit_name, value, state, longitude, latitude and more.

    With `before` in `chosen`, the months compared with, `value` is the change and `is_hatched` marks those within
    error; for the fit, `value` is the class of `maps.fits` and `is_hatched` marks what is not aligned.
    """
    if chosen["metric"] == maps.FIT:
        found = query("map_fits", **chosen)
        scale = maps.fits("light")  # on a dark page the classes are the same
        return found.assign(
            value=np.where(found["state"] == "reported", scale.classes(found), np.nan), is_hatched=scale.hatched(found)
        )
    found = query(source(chosen), **chosen)
    if "before" not in chosen:
        return found
    changes = maps.changed(found, query(source(chosen), **chosen | chosen["before"]), chosen["metric"])
    if chosen["metric"] in maps.OUTCOMES and chosen["end_month"] >= _as_of(chosen).replace(day=1):
        changes["is_beyond_error"] = pd.NA  # the last of the period are still on their way
    return changes.assign(
        now=changes["value"], value=changes["change"], is_hatched=~changes["is_beyond_error"].fillna(False).astype(bool)
    )


def _as_of(chosen: dict[str, Any]) -> date:
    return place_profile(chosen["place"], chosen["edition"]).as_of


def goal(chosen: dict[str, Any]) -> dict[str, float]:
    """The place's target for the metric chosen; empty if it has none."""
    return place_profile(chosen["place"], chosen["edition"]).targets.get(chosen["metric"], {})


def is_classed(chosen: dict[str, Any]) -> bool:
    """Whether values are classed by a method: changes and cases of fit have classes of their own."""
    return chosen["metric"] != maps.FIT and "before" not in chosen


def scale(rows: pd.DataFrame, chosen: dict[str, Any], shade: str, method: str | None) -> maps.Scale:
    """The classes of a map's rows: of cases, of changes or of values, by the usual method if the metric lacks this."""
    if is_classed(chosen):
        target = goal(chosen)
        by = method if method in maps.methods(target) else None
        return maps.scale(rows["value"], chosen["metric"], target, shade, by)
    return maps.fits(shade) if chosen["metric"] == maps.FIT else maps.changes(rows, chosen["metric"], shade)


def words(row: dict[str, Any], metric: str) -> list[str]:
    """One unit's value as a reader sees it, in lines: value and base, or change, both values and whether it is real."""
    blank = BLANK_WORDS.get(row["state"])
    if metric == maps.FIT:
        aligned = "" if pd.isna(row["is_aligned"]) else _("aligned") if row["is_aligned"] else _("not aligned")
        return [_(blank)] if blank else [fit_words()[row["fit_case"]], aligned]
    if "change" in row:
        now, before = (catalogue.metric_number(row[name], metric) for name in ("now", "previous_value"))
        if blank:
            return [f"{before} → {now}", _(blank)]
        change = catalogue.metric_number(row["change"], metric, change=True)
        return [change, f"{before} → {now}", _beyond(row["is_beyond_error"])]
    if blank:
        return [_(blank)]
    base = row["base_count"]
    return [
        catalogue.metric_number(row["value"], metric),
        "" if pd.isna(base) else f"n = {text.number(base, 'count')}",
    ]


def _beyond(flag: Any) -> str:
    return _("error not known") if pd.isna(flag) else "" if flag else _("within error")


def fit_words() -> dict[str, str]:
    """Case of fit -> what a reader sees."""
    return _labels("compound_grids", "fit_case")


def venue_words() -> dict[str, str]:
    """Kind of venue -> what a reader sees."""
    return _labels("facilities", "kind")


def _labels(table: str, column: str) -> dict[str, str]:
    at = 1 if text.language() == "en" else 0
    return {code: labels[at] for code, labels in contract.load().tables[table].fields[column].categories.items()}
