"""Rule sets and the profile as small tables, so that SQL can read them: one place per number."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.profile import Profile
from dashboard.scoring.rule_model import FortressVersion, PioneerVersion
from dashboard.scoring.rules import load_rules

Row = dict[str, Any]

VALIDITY = ("rule_version", "valid_from", "valid_to")
NAMES = ("name", "name_en")
COLUMNS = {
    "fortress_versions": (
        *VALIDITY, *NAMES, "aggregation", "max_missing_share", "bonus_cap", "members_per_bonus_unit", "deduction_cap",
        "min_peer_group", "movement_z", "score_decimals",
    ),
    "fortress_dimensions": (*VALIDITY, "position", "dimension_code", *NAMES, "points"),
    "fortress_items": (
        *VALIDITY, "position", "item_code", "kind", "dimension_code", "origin", *NAMES, "definition",
        "definition_en", "max_points", "lo", "hi", "direction", "measure", "unit_size",
    ),
    "fortress_stars": (*VALIDITY, "stars", "minimum", *NAMES),
    "fortress_vetoes": (*VALIDITY, "position", "veto_code", *NAMES),
    "pioneer_versions": (
        *VALIDITY, *NAMES, "bonus_cap", "deduction_cap", "min_closed_months", "start_score",
    ),
    "pioneer_aspects": (*VALIDITY, "position", "aspect_code", *NAMES, "points", "start"),
    "pioneer_items": (*VALIDITY, "position", "item_code", "kind", "aspect_code", *NAMES),
    "pioneer_bands": (*VALIDITY, "band", "minimum", *NAMES),
    "pioneer_stars": (*VALIDITY, "stars", "minimum", *NAMES),
    "pioneer_award_grades": (*VALIDITY, "grade"),
    "place_facts": (
        "as_of", "small_cell_limit", "min_full_members", "max_full_members", "term_years", "respond_minutes",
        "ledger_count",
    ),
    "promises": ("position", "code", *NAMES, "track", "minutes", "hours", "working_days"),
    "areas": ("position", "code", *NAMES),
    "calendar_exceptions": ("day", "is_working"),
    "venue_norms": ("kind", "min_area_m2", "min_area_m2_per_100_households"),
    "vocabulary_counts": ("name", "entry_count"),
    "about_place": ("position", "kind", *NAMES, "part_count", "parts", "parts_en"),
}  # fmt: skip
DATE, COUNT, NUMBER = pd.ArrowDtype(pa.date32()), pd.Int64Dtype(), pd.Float64Dtype()
TEXT = pd.StringDtype(na_value=np.nan)
TYPES = {
    **dict.fromkeys(("valid_from", "valid_to", "as_of", "day"), DATE),
    **dict.fromkeys(("position", "direction", "stars", "score_decimals", "part_count", "entry_count"), COUNT),
    **dict.fromkeys(("min_peer_group", "min_closed_months", "min_full_members", "max_full_members"), COUNT),
    **dict.fromkeys(("term_years", "ledger_count", "respond_minutes", "minutes", "hours", "working_days"), COUNT),
    "small_cell_limit": COUNT,
    **dict.fromkeys(("points", "max_points", "minimum", "lo", "hi", "start", "start_score"), NUMBER),
    **dict.fromkeys(("bonus_cap", "deduction_cap", "unit_size", "members_per_bonus_unit"), NUMBER),
    **dict.fromkeys(("max_missing_share", "movement_z"), NUMBER),
    **dict.fromkeys(("min_area_m2", "min_area_m2_per_100_households"), NUMBER),
    "is_working": pd.BooleanDtype(),
}


def rule_tables(rules_dir: Path, profile: Profile) -> dict[str, pd.DataFrame]:
    """Tables the marts read besides the extracts: name -> DataFrame with the columns of `COLUMNS`.

    Rule tables have one row per version and entry, with the dates between which the version is valid (both
    included; an open version ends on 9999-12-31). From the profile come `place_facts` (one row), `promises`, `areas`,
    `calendar_exceptions` (working days on a weekend, days off that are none), `venue_norms`, `about_place` and
    `vocabulary_counts` (entries of its lists); what the profile does not set is null. Dates are Arrow dates, which
    DuckDB reads as DATE. Raises `RuleError` as `load_rules` does.
    """
    rules = load_rules(rules_dir)
    rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    for version in (*rules.fortress, *rules.pioneer):
        validity = dict(zip(VALIDITY, (version.code, version.valid_from, version.valid_to), strict=True))
        entries = _fortress(version) if isinstance(version, FortressVersion) else _pioneer(version)
        for table, row in entries:
            rows[table].append(validity | row)
    for table, row in _profile(profile):
        rows[table].append(row)
    return {table: _frame(rows[table], columns) for table, columns in COLUMNS.items()}


def _fortress(version: FortressVersion) -> Iterator[tuple[str, Row]]:
    yield "fortress_versions", asdict(version) | _names(version)
    for position, dimension in enumerate(version.dimensions, start=1):
        row = {"position": position, "dimension_code": dimension.code, "points": dimension.points}
        yield "fortress_dimensions", row | _names(dimension)
    positions = iter(range(1, 1 + len(version.items) + len(version.bonus) + len(version.deductions)))
    for item in version.items:
        yield "fortress_items", asdict(item) | _names(item) | {
            "position": next(positions), "item_code": item.code, "kind": "base", "max_points": item.points,
            "dimension_code": item.dimension, "definition": item.definition_zh,
        }  # fmt: skip
    for bonus in version.bonus:
        row = {"position": next(positions), "item_code": bonus.code, "kind": "bonus", "max_points": bonus.cap}
        yield "fortress_items", asdict(bonus) | _names(bonus) | row
    for deduction in version.deductions:
        row = {"position": next(positions), "item_code": deduction.code, "kind": "deduction"}
        yield "fortress_items", row | _names(deduction) | {"max_points": deduction.points}
    for star in version.stars:
        yield "fortress_stars", asdict(star) | _names(star)
    for position, veto in enumerate(version.vetoes, start=1):
        yield "fortress_vetoes", {"position": position, "veto_code": veto.code} | _names(veto)


def _pioneer(version: PioneerVersion) -> Iterator[tuple[str, Row]]:
    yield "pioneer_versions", asdict(version) | _names(version) | {"start_score": version.start_score}
    for position, aspect in enumerate(version.aspects, start=1):
        row = {"position": position, "aspect_code": aspect.code}
        yield "pioneer_aspects", row | _names(aspect) | {"points": aspect.points, "start": aspect.start}
    for position, item in enumerate(version.items, start=1):
        row = {"position": position, "item_code": item.code, "kind": item.kind, "aspect_code": item.aspect}
        yield "pioneer_items", row | _names(item)
    for band in version.bands:
        yield "pioneer_bands", {"band": band.code, "minimum": band.minimum} | _names(band)
    for star in version.stars:
        yield "pioneer_stars", asdict(star) | _names(star)
    for grade in version.award_grades:
        yield "pioneer_award_grades", {"grade": grade}


def _profile(profile: Profile) -> Iterator[tuple[str, Row]]:
    promises = profile.lists["promises"]
    respond_minutes = next((each.get("minutes") for each in promises if each["code"] == "respond"), None)
    yield "place_facts", {
        "as_of": profile.as_of,
        "small_cell_limit": profile.small_cell_limit,
        "respond_minutes": respond_minutes,
    } | profile.branches | profile.services
    for position, promise in enumerate(promises, start=1):
        yield "promises", promise | {"position": position, "name": promise["zh"], "name_en": promise["en"]}
    for position, area in enumerate(profile.lists["areas"], start=1):
        yield "areas", {"position": position, "code": area["code"], "name": area["zh"], "name_en": area["en"]}
    for key, is_working in (("holidays", False), ("working_weekends", True)):
        for day in profile.working_calendar.get(key, []):
            yield "calendar_exceptions", {"day": day, "is_working": is_working}
    for kind, norm in profile.venue_norms.items():
        yield "venue_norms", {"kind": kind} | norm
    for position, entry in enumerate(profile.lists.get("about_place", []), start=1):
        named = {"position": position, "name": entry["zh"], "name_en": entry["en"], "parts": entry.get("parts_zh")}
        yield "about_place", entry | named
    for name, count in _counts(profile):
        yield "vocabulary_counts", {"name": name, "entry_count": count}


def _counts(profile: Profile) -> Iterator[tuple[str, int]]:
    """How many entries each list of the profile has, parts what it tells about the place, days its rule for talks."""
    for name, entries in profile.lists.items():
        if entries:
            yield f"list/{name}", len(entries)
    for entry in profile.lists.get("about_place", []):
        if "part_count" in entry:
            yield f"about/{entry['code']}", entry["part_count"]
    if days := profile.deliberation.get("days_of_month"):
        yield "rule/talk_days", len(days)


def _names(entry: Any) -> Row:
    return {"name": entry.zh, "name_en": entry.en}


def _frame(rows: list[Row], columns: tuple[str, ...]) -> pd.DataFrame:
    """DataFrame whose columns have their type also when they are empty."""
    return pd.DataFrame(
        {name: pd.array([row.get(name) for row in rows], dtype=TYPES.get(name, TEXT)) for name in columns}
    )
