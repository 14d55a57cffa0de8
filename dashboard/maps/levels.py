"""The levels of the map, from the widest to the finest, and the metrics that each of them has."""

from dashboard import catalogue
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
# What else communities count (queries/views/community_metrics.sql): the extract without which there is nothing to show,
# the finest level that has it, the metrics. Never members as such: a community holds too few to show, and what they do
# is shown by district alone, as on its page.
OTHERS = (
    ("compounds", "compound", ("property_household_coverage",)),
    ("property_months", "compound", ("fee_collection", "property_complaints")),
    ("compounds", "compound", ("body_party_org_rate", "rules_per_body")),
    ("cross_posts", "compound", ("committee_body_rate",)),
    ("compound_grids", "compound", ("grids_per_compound", "aligned_rate")),
    ("facilities", "compound", ("venue_norm_rate", "unified_rate")),
    ("facilities", "community", ("full_hall_share", "mean_standards")),
    ("buildings", "compound", ("buildings_per_compound",)),
    ("renovations", "compound", ("road_acceptance_rate", "wall_acceptance_rate", "light_acceptance_rate")),
    ("funding_lines", "compound", ("spending_rate", "published_rate")),
    ("funding_lines", "community", ("budget_per_household_yuan",)),
    (
        "deliberations",
        "compound",
        (
            "pre_review_rate",
            "all_steps_rate",
            "decision_rate",
            "topic_resolution_rate",
            "result_publication_rate",
            "follow_up_rate",
            "attendance_per_topic",
        ),
    ),
    ("notices", "community", ("notice_ontime_rate",)),
    ("tasks", "community", ("task_ontime_rate", "listed_rate", "complete_plan_rate", "tasks_per_community")),
    ("service_orders", "compound", ("order_completion_rate", "order_rating", "hours_to_accept", "hours_to_complete")),
    ("visit_months", "community", ("visit_rate", "matters_per_100_visits")),
    ("help_point_months", "community", ("matters_per_point", "person_times_per_point", "idle_share")),
    ("canteen_months", "community", ("person_times_per_canteen_day",)),
    ("service_checks", "compound", ("standard_met_rate",)),
    ("grid_workers", "community", ("workers_per_micro_grid",)),
    ("grid_workers", "compound", ("hard_stationed_rate", "demonstration_stationed_rate")),
    ("grids", "community", ("grid_plan_rate", "micro_grid_plan_rate")),
    ("drills", "community", ("drilled_rate", "drill_met_rate", "joint_share", "mean_minutes")),
    ("report_ins", "district", ("served_rate", "emergency_share", "hours_per_service")),
    ("post_claims", "district", ("post_completion_rate", "evidence_rate")),
    ("units", "community", ("joint_committee_rate", "units_per_committee")),
    ("resource_shares", "community", ("resource_use_rate",)),
    ("appraisals", "community", ("service_quality", "satisfaction_score", "innovation", "communities_by_units")),
    (
        "inspections",
        "community",
        ("inspection_ontime_rate", "finding_share", "recorded_share", "in_appraisal_share"),
    ),
)
EXTRACTS = {metric: extract for extract, _level, codes in OTHERS for metric in codes}
FINEST = {metric: level for _extract, level, codes in OTHERS for metric in codes}
# What registers and ledgers say of every unit has no error.
REGISTERS = (
    *STATES,
    "property_household_coverage",
    "body_party_org_rate",
    "rules_per_body",
    "committee_body_rate",
    "grids_per_compound",
    "aligned_rate",
    "venue_norm_rate",
    "unified_rate",
    "full_hall_share",
    "mean_standards",
    "buildings_per_compound",
    "road_acceptance_rate",
    "wall_acceptance_rate",
    "light_acceptance_rate",
    "spending_rate",
    "published_rate",
    "budget_per_household_yuan",
    "workers_per_micro_grid",
    "hard_stationed_rate",
    "demonstration_stationed_rate",
    "grid_plan_rate",
    "micro_grid_plan_rate",
    "drilled_rate",
    "joint_committee_rate",
    "units_per_committee",
    "resource_use_rate",
)
# Counts of events, and counts per household, visit, point or community.
COUNTS = (
    "reported_issues",
    "issues_per_100_households",
    "property_complaints",
    "matters_per_100_visits",
    "matters_per_point",
    "tasks_per_community",
)
WEIGHED = ("fee_collection", "visit_rate")  # shares of households, which do not pay or open their doors each by itself
# What became of a case by the as-of date: it takes time, so that a period that ends then says less than an earlier one.
OUTCOMES = (
    "decision_rate",
    "all_steps_rate",
    "topic_resolution_rate",
    "result_publication_rate",
    "follow_up_rate",
    "order_completion_rate",
)
FIT = "fit_case"  # how compounds fit the grids: a case, not a number
WHOLE = 100_000  # units whose values are worked out at once; beyond it tile by tile, or those in view
GRIDS = ("grid", "micro_grid")  # levels that issues alone are counted by; branches belong to compounds and regions
NAMED = ("district", "subdistrict", "community", "compound")  # levels whose units have names to be labels
BRANCHES = ("fortress_index",)  # never counts of members: a community holds too few to show


def headlines(level: str) -> tuple[str, ...]:
    """Codes of the metrics that the panel beside the map tells of a unit of a level."""
    if level in GRIDS:
        return ISSUES
    return ISSUES + STATES if level == "compound" else ISSUES + STATES + BRANCHES


def metrics(level: str) -> tuple[str, ...]:
    """Codes of the metrics that units of a level can have, the headlines first."""
    order = list(LEVELS)
    return headlines(level) + tuple(code for code in FINEST if order.index(level) <= order.index(FINEST[code]))


def error(metric: str) -> str:
    """What kind of error a metric has: 'none', that of a 'count' or a 'share' of cases, else 'given' with the rows.

    A given one may be unknown: that of means, and of shares whose cases do not stand each by itself.
    """
    if metric in REGISTERS:
        return "none"
    if metric in COUNTS:
        return "count"
    return "share" if catalogue.COLUMNS[metric].kind == "share" and metric not in WEIGHED else "given"


def below(level: str, available: list[str]) -> str | None:
    """The level a click goes down to: the next finer one of those available, or None."""
    order = list(LEVELS)
    finer = order[order.index(level) + 1 :] if level else order
    return next((code for code in finer if code in available), None)
