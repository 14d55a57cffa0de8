"""A place's profile: its names, taxonomies, promises, norms and targets, read from `place.toml`.

Places differ here, never in code.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard import settings

LISTS = (
    "organisation_levels",
    "compound_types",
    "issue_families",
    "issue_matters",
    "issue_channels",
    "owner_units",
    "promises",
    "topics",
    "areas",
    "embed_modes",
    "deliberation_kinds",
    "deliberation_channels",
    "deliberation_steps",
    "decision_steps",
    "major_matters",
    "duty_lists",
    "venue_functions",
    "funding_items",
    "property_powers",
    "post_types",
    "resource_kinds",
    "report_in_tasks",
    "renovation_items",
    "notice_kinds",
    "notice_channels",
    "about_place",
    "target_groups",
    "service_types",
    "service_packages",
    "service_providers",
    "team_colours",
    "team_roles",
    "activity_kinds",
    "activity_outcomes",
    "service_standards",
    "drill_kinds",
    "drill_partners",
    "emergency_occasions",
    "emergency_posts",
    "award_names",
    "finding_kinds",
    "worker_roles",
    "worker_sources",
    "training_kinds",
    "training_audiences",
    "compound_roles",
)
REQUIRED = ("code", "zh", "en", "is_synthetic", "as_of", "datum", "region_prefix", "small_cell_limit")


class ProfileError(ValueError):
    """A `place.toml` that cannot be used; the message names the file and the key."""


@dataclass(frozen=True)
class Profile:
    """One place's differences from other places; `lists` holds its coded vocabularies."""

    code: str
    zh: str
    en: str
    is_synthetic: bool
    as_of: date
    datum: str
    region_prefix: str
    small_cell_limit: int
    lists: dict[str, list[dict[str, Any]]]
    targets: dict[str, dict[str, float]]
    venue_norms: dict[str, dict[str, float]]
    branches: dict[str, int]
    combined_score: dict[str, float]
    working_calendar: dict[str, list[date]] = field(default_factory=dict)
    deliberation: dict[str, Any] = field(default_factory=dict)
    duties: dict[str, int] = field(default_factory=dict)
    appraisal: dict[str, float] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    public_notice: dict[str, Any] = field(default_factory=dict)
    base_map: dict[str, Any] = field(default_factory=dict)
    retention: dict[str, int] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Name of the place in `zh` or `en`."""
        return self.en if language == "en" else self.zh

    def codes(self, list_name: str) -> list[str]:
        """Codes of one vocabulary, in the order of the profile."""
        return [entry.get("code", entry.get("org_type")) for entry in self.lists[list_name]]

    def labels(self, list_name: str, language: str) -> dict[str, str]:
        """Code -> what a reader sees, for one vocabulary."""
        return {
            entry.get("code", entry.get("org_type")): entry["en" if language == "en" else "zh"]
            for entry in self.lists[list_name]
        }

    def label(self, list_name: str, code: str, language: str) -> str:
        """What a reader sees for one code; the code itself where the profile does not know it."""
        return self.labels(list_name, language).get(code, code)


def place_name(place: str, language: str) -> str:
    """Name of a place as its present profile gives it."""
    return load(settings.place_dir(place) / "place.toml").name(language)


def load(path: Path) -> Profile:
    """Read one `place.toml` as it is now. Raises `ProfileError` naming what is missing or wrong."""
    try:
        return _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise ProfileError(f"{path.name}: {error}") from error


@lru_cache(maxsize=64)
def _load(path: Path, _changed_at: int) -> Profile:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{path.name}: {error}") from error
    missing = [key for key in REQUIRED if key not in raw]
    if missing:
        raise ProfileError(f"{path.name}: missing {', '.join(missing)}")
    return Profile(
        **{key: raw[key] for key in REQUIRED},
        lists={name: raw.get(name, []) for name in LISTS},
        targets=raw.get("targets", {}),
        venue_norms=raw.get("venue_norms", {}),
        branches=raw.get("branches", {}),
        combined_score=raw.get("combined_score", {}),
        working_calendar=raw.get("working_calendar", {}),
        deliberation=raw.get("deliberation", {}),
        duties=raw.get("duties", {}),
        appraisal=raw.get("appraisal", {}),
        services=raw.get("services", {}),
        public_notice=raw.get("public_notice", {}),
        base_map=raw.get("base_map", {}),
        retention=raw.get("retention", {}),
    )
