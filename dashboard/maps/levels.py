"""The levels of the map, from the widest to the finest, and the metrics that each of them has."""

from dashboard.text import N_

LEVELS = {
    "district": N_("Districts"),
    "subdistrict": N_("Subdistricts"),
    "community": N_("Communities"),
    "compound": N_("Residential compounds"),
    "grid": N_("Grids"),
    "micro_grid": N_("Micro-grids"),
}
ISSUES = (
    "ontime_close_rate",
    "close_rate",
    "response_rate",
    "satisfaction_rate",
    "overnight_rate",
    "rework_rate",
    "extension_rate",
    "resolution_rate",
    "solved_at_compound_rate",
    "reported_issues",
    "issues_per_100_households",
)
STATES = ("organisation_coverage", "property_coverage", "owners_body_rate_eligible", "owners_body_rate_all")
FIT = "fit_case"  # how compounds fit the grids: a case, not a number
NAMED = ("district", "subdistrict", "community", "compound")  # levels whose units have names to be labels
BRANCHES = ("fortress_index",)  # never counts of members: a community holds too few to show


def metrics(level: str) -> tuple[str, ...]:
    """Codes of the metrics that units of a level have."""
    if level in ("grid", "micro_grid"):
        return ISSUES
    return ISSUES + STATES if level == "compound" else ISSUES + STATES + BRANCHES


def below(level: str, available: list[str]) -> str | None:
    """The level a click goes down to: the next finer one of those available, or None."""
    order = list(LEVELS)
    finer = order[order.index(level) + 1 :] if level else order
    return next((code for code in finer if code in available), None)
