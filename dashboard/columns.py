"""The table of columns: title, kind, definition and better direction of everything a query gives.

To add a column: one entry here, its Chinese in a catalogue under `locale/`.
"""

from dataclasses import dataclass

from dashboard.text import N_


@dataclass(frozen=True)
class Column:
    """One column: message id of its title, kind of value, message id of its definition, better direction."""

    title: str
    kind: str
    definition: str = ""
    better: str | None = None


COLUMNS: dict[str, Column] = {
    # keys and names that queries give to their rows
    "district_code": Column(N_("District code"), "code"),
    "district_name": Column(N_("District"), "text"),
    "compound_name": Column(N_("Compound"), "text"),
    "month": Column(N_("Month"), "month"),
    "first_month": Column(N_("First month"), "month"),
    "last_month": Column(N_("Last month"), "month"),
    "quarter": Column(N_("Quarter"), "quarter"),
    "households": Column(N_("Households"), "count"),
    "compound_count": Column(N_("Compounds"), "count"),
    "metric": Column(N_("Metric"), "metric"),
    "value": Column(N_("Value"), "metric_value"),
    # --- metrics and columns of overview and compound_types ---
    "organisation_coverage": Column(
        N_("Organisation coverage"),
        "share",
        N_("Compounds linked to at least one branch ÷ compounds, at the end of the period, counted from links."),
        "up",
    ),
    "reported_issues": Column(
        N_("Issues reported"), "count", N_("Issues reported in the period, later voided ones included.")
    ),
    "issues_per_100_households": Column(
        N_("Issues per 100 households and month"),
        "number",
        N_("Issues reported ÷ hundreds of households, per month."),
    ),
    "issues_per_compound": Column(
        N_("Issues per compound"), "number", N_("Issues reported in the period ÷ compounds.")
    ),
    "response_rate": Column(
        N_("Response rate"), "share", N_("First response within the promised time ÷ issues reported."), "up"
    ),
    "close_rate": Column(
        N_("Closing rate"),
        "share",
        N_("Closed ÷ due to close; due means that the due date has passed and the issue is not void."),
        "up",
    ),
    "ontime_close_rate": Column(
        N_("On-time closing rate"), "share", N_("Closed by the due date ÷ due to close."), "up"
    ),
    "resolution_rate": Column(
        N_("Resolution rate"),
        "share",
        N_("Closed as resolved ÷ due to close; a returned issue is not resolved."),
        "up",
    ),
    "satisfaction_rate": Column(
        N_("Satisfaction rate"), "share", N_("Satisfied ÷ residents reached at the revisit."), "up"
    ),
    "overnight_rate": Column(
        N_("Overnight rate"), "share", N_("Not closed on the calendar day of reporting ÷ closed."), "down"
    ),
    "rework_rate": Column(N_("Rework rate"), "share", N_("Closed issues with rework ÷ closed."), "down"),
    "extension_rate": Column(N_("Extension rate"), "share", N_("Extended ÷ registered."), "down"),
    "solved_at_compound_rate": Column(
        N_("Solved at compound level"),
        "share",
        N_("Resolved inside the compound ÷ resolved with a level on record; 0 is a reported zero."),
        "up",
    ),
    "property_coverage": Column(
        N_("Property service coverage"),
        "share",
        N_("Compounds with property service ÷ compounds whose kind of property service is on record."),
        "up",
    ),
    "owners_body_rate_eligible": Column(
        N_("Owners' body rate, eligible"),
        "share",
        N_("Eligible compounds with an owners' body ÷ eligible compounds."),
        "up",
    ),
    "owners_body_rate_all": Column(
        N_("Owners' body rate, all"), "share", N_("Compounds with an owners' body ÷ all compounds."), "up"
    ),
    "fortress_index": Column(
        N_("Fortress index"),
        "score",
        N_("Mean total of the branches that were scored, 0 to 110 points."),
        "up",
    ),
    "starred_member_share": Column(
        N_("Starred members"),
        "share",
        N_("Starred ÷ starred, qualified and warning members; exempt and pending members are not counted."),
        "up",
    ),
    "target": Column(N_("Target"), "metric_value"),
    "signal": Column(N_("Traffic light"), "words:signal"),
    "previous_value": Column(N_("Period before"), "metric_value"),
    "previous_change": Column(N_("Change on the period before"), "metric_change"),
    "previous_flag": Column(
        N_("Beyond error, on the period before"),
        "words:flag",
        N_("A change counts only beyond 1.645 standard errors, which 10 % of pure chance would exceed."),
    ),
    "last_year_value": Column(N_("A year before"), "metric_value"),
    "last_year_change": Column(N_("Change on a year before"), "metric_change"),
    "last_year_flag": Column(N_("Beyond error, on a year before"), "words:flag"),
    "compound_share": Column(N_("Share of compounds"), "share"),
    "issue_share": Column(N_("Share of issues"), "share"),
    "unit_count": Column(N_("Units"), "count", N_("Compounds that the value stands on; branches for the two indexes.")),
    "value_low": Column(
        N_("Value, lower bound"), "metric_value", N_("95 % interval from the differences between units.")
    ),
    "value_high": Column(N_("Value, upper bound"), "metric_value"),
    "others_value": Column(N_("All other types"), "metric_value"),
    "difference": Column(N_("Difference from other types"), "metric_change"),
    "difference_low": Column(
        N_("Difference, lower bound"),
        "metric_change",
        N_("All intervals of the differences hold together with 95 % (Bonferroni); units are clusters."),
    ),
    "difference_high": Column(N_("Difference, upper bound"), "metric_change"),
    "verdict": Column(N_("Larger than chance"), "words:verdict"),
    "percentile_5": Column(N_("5th percentile"), "metric_value"),
    "percentile_25": Column(N_("25th percentile"), "metric_value"),
    "percentile_50": Column(N_("Median"), "metric_value"),
    "percentile_75": Column(N_("75th percentile"), "metric_value"),
    "percentile_95": Column(N_("95th percentile"), "metric_value"),
    "left_out_count": Column(
        N_("Units left out"),
        "count",
        N_("Fewer than 5 matters: a rate of so few says nothing about the unit."),
    ),
    "hours_bin": Column(
        N_("Hours at most"), "hours", N_("Upper edge of the class; 1,000,000,000 stands for no limit.")
    ),
    "closed_count": Column(N_("Issues closed"), "count"),
    "closed_share": Column(N_("Closed within, cumulated"), "share"),
    # --- columns of grid_map ---
    "unit_code": Column(N_("Unit code"), "code"),
    "unit_name": Column(N_("Unit"), "text"),
    "base_count": Column(
        N_("Base n"),
        "count",
        N_("What the value stands on: the denominator of a share, households of a rate per household."),
    ),
    "state": Column(
        N_("State of the value"),
        "words:state",
        N_("Not reported: the extract says nothing. Not applicable: there was nothing to count, the denominator is 0."),
    ),
    "is_chosen": Column(N_("Chosen"), "flag"),
    "min_longitude": Column(N_("West edge"), "degrees"),
    "min_latitude": Column(N_("South edge"), "degrees"),
    "max_longitude": Column(N_("East edge"), "degrees"),
    "max_latitude": Column(N_("North edge"), "degrees"),
    "geometry_json": Column(N_("Shape"), "text"),
    # --- columns of fortress_index and pioneer_index ---
    "rank": Column(
        N_("Rank"),
        "rank",
        N_("By the total with two decimals; equal totals share a rank (1, 2, 2, 4). Vetoed branches have none."),
    ),
    "branch_name": Column(N_("Branch"), "text"),
    "total": Column(
        N_("Total score"),
        "total",
        N_("Five dimensions of 20 points + bonus (at most 10) - deductions (at most 20)."),
        "up",
    ),
    "score_low": Column(
        N_("Lower bound"),
        "total",
        N_("90 % interval: total ± 1.645 standard errors, as if this quarter were one of many like it."),
    ),
    "score_high": Column(N_("Upper bound"), "total"),
    "stars": Column(N_("Stars"), "count"),
    "ranking_state": Column(
        N_("State"),
        "words:ranking_state",
        N_("Not ranked: more than the permitted share of base points was not reported; the total is only shown."),
    ),
    "peer_rank": Column(
        N_("Peer rank"), "rank", N_("Rank among ranked branches of the same compound type and size; 5 at least.")
    ),
    "peer_count": Column(N_("Peers"), "count"),
    "loyalty": Column(N_("Loyalty to the Party"), "total"),
    "service": Column(N_("Service to residents"), "total"),
    "development": Column(N_("Promoting development"), "total"),
    "conduct": Column(N_("Good conduct"), "total"),
    "integrity": Column(N_("Integrity"), "total"),
    "base": Column(N_("Base"), "total", N_("Sum of the five dimensions, 0 to 100 points.")),
    "bonus": Column(N_("Bonus"), "total"),
    "deductions": Column(N_("Deductions"), "total"),
    "change": Column(N_("Change on the quarter before"), "score_change"),
    "change_flag": Column(
        N_("Beyond error, on the quarter before"),
        "words:flag",
        N_("Up or down only beyond 1.645 standard errors of the difference of both quarters."),
    ),
    "missing_share": Column(
        N_("Base points not reported"),
        "share",
        N_("Points of items not reported ÷ 100; not applicable is not missing."),
    ),
    "score_class": Column(N_("Score class, lower edge"), "count", N_("A class is two points wide.")),
    "branch_count": Column(N_("Branches"), "count"),
    "branch_share": Column(N_("Share of the district's branches"), "share"),
    "star_name": Column(N_("Star level"), "text"),
    "minimum_score": Column(N_("From score"), "score"),
    "veto_name": Column(N_("Veto"), "text"),
    "comparison": Column(N_("Compared with"), "words:comparison"),
    "earlier_total": Column(N_("Earlier total"), "total"),
    "change_low": Column(
        N_("Change, lower bound"), "score_change", N_("90 % interval of the difference of two totals.")
    ),
    "change_high": Column(N_("Change, upper bound"), "score_change"),
    "movement": Column(N_("Movement"), "words:flag"),
    "ranked_count": Column(N_("Branches ranked"), "count"),
    "mean_total": Column(N_("Mean total score"), "score", N_("Mean of all scored branches."), "up"),
    "mean_change": Column(N_("Change of the mean on the quarter before"), "score_change"),
    "mean_change_flag": Column(N_("Beyond error, change of the mean"), "words:flag"),
    "last_year_mean_change": Column(N_("Change of the mean on a year before"), "score_change"),
    "margin": Column(N_("Typical margin"), "score", N_("Half of the 90 % interval of the median branch, in points.")),
    "five_star_count": Column(N_("Five-star branches"), "count"),
    "five_star_share": Column(N_("Share of five-star branches"), "share"),
    "even_count": Column(
        N_("Not told apart"),
        "count",
        N_("Ranked branches whose distance is within 1.645 standard errors of the difference."),
    ),
    "vetoed_count": Column(N_("Vetoed branches"), "count"),
    "unranked_count": Column(N_("Branches without a rank"), "count"),
    "size_band": Column(
        N_("Size"), "words:size_band", N_("Small: fewer than 30 members; medium: fewer than 80; large: more.")
    ),
    "rule_name": Column(N_("Rule set"), "text"),
    "item_code": Column(N_("Item"), "code"),
    "item_name": Column(N_("Item name"), "text"),
    "item_kind": Column(N_("Kind of item"), "words:item_kind"),
    "dimension_name": Column(N_("Dimension"), "text"),
    "max_points": Column(N_("Points at most"), "score", N_("Points of the item or dimension in the rule set.")),
    "weight": Column(
        N_("Weight"),
        "score",
        N_("Points the item can bring: its own, and its part of those of items of its dimension not available."),
    ),
    "points": Column(N_("Points"), "total", N_("What the item adds to the total; deductions are negative.")),
    "item_ratio": Column(N_("Ratio"), "share", N_("Numerator ÷ denominator of a base item.")),
    "peer_points": Column(
        N_("Mean of peers"),
        "total",
        N_("Ranked branches of the same compound type and size; of the same type alone if they are fewer than 5."),
    ),
    "peer_total": Column(N_("Mean total of peers"), "total"),
    "peer_bonus": Column(N_("Mean bonus of peers"), "total"),
    "peer_deductions": Column(N_("Mean deductions of peers"), "total"),
    "points_beyond_peers": Column(N_("Above or below peers"), "score_change"),
    "item_state": Column(
        N_("State of the item"),
        "words:item_state",
        N_("Not reported: the extract says nothing. Not applicable: there was nothing to count, the denominator is 0."),
    ),
    "item_origin": Column(
        N_("Origin"),
        "words:item_origin",
        N_("Assessed items are supplied by the place; derived ones are counted from the other extracts."),
    ),
    "item_definition": Column(N_("Definition"), "text"),
    "dimension_score": Column(N_("Score"), "total"),
    "peer_mean": Column(N_("Mean of the peers"), "total"),
    "percentile_10": Column(N_("10th percentile of peers"), "total"),
    "percentile_90": Column(N_("90th percentile of peers"), "total"),
    "step_name": Column(N_("Step"), "text"),
    "step_points": Column(N_("Points gained or lost"), "score_change"),
    "is_available": Column(N_("Counted"), "flag"),
    "is_closed_on_time": Column(N_("Closed on time"), "flag"),
    "standing": Column(
        N_("Standing"), "words:standing", N_("Rated: starred, qualified or warning. Pending: too few closed months.")
    ),
    "band": Column(
        N_("Band"),
        "words:band",
        N_("By the quarterly score: starred from 85, qualified from 60, else or vetoed warning."),
    ),
    "award_state": Column(
        N_("Award"),
        "words:award_state",
        N_("Eligible: four banded quarters, none a warning, and a review of at least qualified."),
    ),
    "member_count": Column(
        N_("Members"),
        "people",
        N_("<5: fewer than 5 people. *: hidden, so that totals do not give a small number away."),
    ),
    "rated_count": Column(
        N_("Rated members"),
        "people",
        N_("Starred, qualified and warning members; * is hidden to protect a small number."),
    ),
    "starred_count": Column(N_("Number of starred members"), "people"),
    "starred_share": Column(N_("Share of starred members"), "text", N_("Starred ÷ rated members.")),
    "branch_mean_score": Column(N_("Mean score of rated members"), "text", N_("Hidden for fewer than 5 people.")),
    "mean_score": Column(
        N_("Mean score"), "score", N_("Mean of members who are not exempt; hidden for fewer than 5 people."), "up"
    ),
    "half": Column(N_("Half-year"), "half"),
    "earned_points": Column(N_("Points earned"), "people", N_("Verified bonus points of the half-year.")),
    "redeemed_points": Column(
        N_("Points redeemed"), "people", N_("Redeeming never lowers the index; hidden if fewer than 5 people redeemed.")
    ),
    "redeeming_member_count": Column(N_("Members who redeemed"), "people"),
    "balance_points": Column(N_("Balance"), "people", N_("All points earned so far - all points redeemed so far.")),
    "score_sum": Column(N_("Sum of scores"), "number"),
}

# Words for codes that queries make themselves.
WORDS = {
    "signal": {
        "good": N_("On target"),
        "watch": N_("Close to target"),
        "trouble": N_("Off target"),
        "unknown": N_("No target"),
    },
    "state": {
        "reported": N_("Reported"),
        "not_reported": N_("Not reported"),
        "not_applicable": N_("Not applicable"),
    },
    "ranking_state": {"ranked": N_("Ranked"), "vetoed": N_("Vetoed"), "unranked": N_("Not ranked")},
    "comparison": {"previous": N_("Quarter before"), "last_year": N_("A year before")},
    "size_band": {"small": N_("Small"), "medium": N_("Medium"), "large": N_("Large")},
    "item_kind": {"base": N_("Base item"), "bonus": N_("Bonus item"), "deduction": N_("Deduction item")},
    "item_state": {
        "scored": N_("Counted"),
        "not_reported": N_("Not reported"),
        "not_applicable": N_("Not applicable"),
    },
    "item_origin": {"assessed": N_("Assessed"), "derived": N_("Derived")},
    "standing": {"rated": N_("Rated"), "pending": N_("Pending"), "exempt": N_("Exempt")},
    "band": {
        "starred": N_("Starred"),
        "qualified": N_("Qualified"),
        "warning": N_("Warned"),
        "pending": N_("Pending"),
        "exempt": N_("Exempt"),
    },
    "award_state": {
        "eligible": N_("Eligible"),
        "not_eligible": N_("Not eligible"),
        "pending": N_("Pending"),
        "exempt": N_("Exempt"),
    },
    "flag": {"up": N_("Up"), "down": N_("Down"), "within_error": N_("Within error")},
    "verdict": {"higher": N_("Higher"), "lower": N_("Lower"), "chance": N_("May be chance")},
}
