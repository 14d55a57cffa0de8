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
    "numerator": Column(N_("Numerator"), "decimal"),
    "denominator": Column(N_("Denominator"), "decimal"),
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
    "first_place": Column(
        N_("Place, at the earliest"),
        "rank",
        N_("1 + rows of the list whose 90 % interval lies wholly before that of this one."),
    ),
    "last_place": Column(N_("Place, at the latest"), "rank"),
    "combined_score_error": Column(N_("Standard error of the score"), "total"),
    "standard_error": Column(
        N_("Standard error"),
        "metric_value",
        N_("As if this period were one of many like it; changes and ranks are judged by it."),
    ),
    # --- columns of briefings ---
    "closed_issues": Column(
        N_("Issues closed"), "count", N_("Issues closed in the time, resolved or returned, whenever they were reported.")
    ),
    "progress_to": Column(N_("Counted up to"), "date"),
    "same_day_value": Column(
        N_("Up to the same day last year"),
        "metric_value",
        N_("From 1 January to the same day, a year before: equal progress, whether or not the year is over."),
    ),
    "same_day_change": Column(N_("Change on the same day last year"), "metric_change"),
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
    "relation": Column(
        N_("Compared"),
        "words:relation",
        N_("The unit, the unit around it, or everything in scope. The whole place is what this server may show."),
    ),
    "is_chosen": Column(N_("Chosen"), "flag"),
    "min_longitude": Column(N_("West edge"), "degrees"),
    "min_latitude": Column(N_("South edge"), "degrees"),
    "max_longitude": Column(N_("East edge"), "degrees"),
    "max_latitude": Column(N_("North edge"), "degrees"),
    "geometry_json": Column(N_("Shape"), "text"),
    "value_variance": Column(N_("Variance of the value"), "number"),
    "from_zoom": Column(N_("First zoom"), "rank"),
    "around_name": Column(N_("Lies in"), "text"),
    "issue_count": Column(N_("Issues"), "count"),
    "ring_counts": Column(N_("Rings"), "text"),
    "ring_sizes": Column(N_("Corners per ring"), "text"),
    "coordinates": Column(N_("Coordinates"), "text"),
    "point_codes": Column(N_("Codes of points"), "text"),
    "point_positions": Column(N_("Positions"), "text"),
    "is_beyond_error": Column(
        N_("Beyond error"),
        "flag",
        N_(
            "Whether the change exceeds 1.645 standard errors of the difference (90 %); what registers say of every "
            "unit has no error."
        ),
    ),
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
    "rank_low": Column(
        N_("Rank, best"),
        "rank",
        N_(
            "90 % interval of the rank: 5th to 95th percentile over 1,000 draws from the score drawn towards its type "
            "(a district's value: towards the mean of the districts), with the error left to it."
        ),
    ),
    "rank_high": Column(N_("Rank, worst"), "rank", N_("Upper end of the 90 % interval of the rank.")),
    "equal_group": Column(
        N_("Group not told apart"),
        "rank",
        N_("Groups from the top down: within one, no branch differs from the group's first beyond 1.645 standard errors."),
    ),
    "shrunk_total": Column(
        N_("Score with less chance"),
        "total",
        N_(
            "Total drawn towards the mean of the compound type, the more the less sure it is: λ·total + (1 − λ)·mean, "
            "λ = τ² ÷ (τ² + s²). It stands beside the official score and never replaces it."
        ),
    ),
    "top_tenth_chance": Column(
        N_("Chance of the top tenth"), "share", N_("Share of 1,000 draws in which the branch is among the first tenth.")
    ),
    "five_star_chance": Column(
        N_("Chance of five stars"), "share", N_("Share of 1,000 draws in which the score reaches the line of five stars.")
    ),
    "reliability": Column(
        N_("Reliability"),
        "share",
        N_("λ: share of the differences between such scores that is not chance; 100 % for a score without error."),
    ),
    "better_chance": Column(
        N_("Chance to be better"),
        "share",
        N_("Chance that the branch shown is better than this one, of two normal scores; about 50 % means nobody can tell."),
    ),
    "points_left": Column(
        N_("Points left"), "total", N_("What the item lacks to its full weight in this branch and quarter.")
    ),
    "star_gap": Column(N_("Points to the next star"), "total"),
    "next_stars": Column(N_("Stars of the next grade"), "count"),
    "quota_share": Column(
        N_("Share that may have them"), "share", N_("Of the ranked branches of the place, by the quota of the rule set.")
    ),
    "quota_rank": Column(N_("Last rank inside the quota"), "rank"),
    "ranks_missing": Column(N_("Places missing"), "count", N_("Own rank - last rank inside the quota.")),
    "is_score_reached": Column(N_("Score reached"), "flag", N_("Only the quota holds the next star back.")),
    "quota_total": Column(N_("Lowest score inside the quota"), "total"),
    "cases_needed": Column(
        N_("Cases needed"),
        "count",
        N_("Further cases of this item alone that would bring the next star; not reported where the item alone cannot."),
    ),
    # --- other methods than the official one, worked out on request and kept nowhere ---
    "shown_rank": Column(
        N_("Official rank among those shown"), "rank", N_("Official order of the ranked branches shown, among themselves.")
    ),
    "branch_shift": Column(
        N_("Mean shift"),
        "number",
        N_("Mean over the methods tried of the distance in places between the rank they give and the official one."),
    ),
    "method_low": Column(
        N_("Rank by method, best"), "rank", N_("5th percentile of the rank over all methods tried; apart from chance.")
    ),
    "method_middle": Column(N_("Rank by method, middle"), "rank"),
    "method_high": Column(N_("Rank by method, worst"), "rank", N_("95th percentile of the rank over all methods tried.")),
    "shift_class": Column(
        N_("Mean rank shift from"),
        "number",
        N_("R̄: mean over the branches of the distance in places between the rank a method gives and the official one."),
    ),
    "shift_class_end": Column(N_("Mean rank shift below"), "number"),
    "aggregation": Column(
        N_("Aggregation"),
        "words:aggregation",
        N_("Sum: strong dimensions make up for weak ones. Product: a weak dimension pulls the whole down."),
    ),
    "normalisation": Column(
        N_("Normalisation"),
        "words:normalisation",
        N_("Goalposts: fixed by the rule set. Worst to best: the span of the branches shown in this quarter."),
    ),
    "method_count": Column(N_("Methods"), "count"),
    "factor": Column(N_("Factor"), "words:method_factor"),
    "first_order": Column(
        N_("By itself"),
        "share",
        N_("First-order Sobol index: part of the variance of the mean rank shift that goes if this factor is fixed."),
    ),
    "first_order_margin": Column(N_("By itself, ±"), "share", N_("Half of the 90 % interval from resampling.")),
    "total_order": Column(
        N_("With all interactions"),
        "share",
        N_("Total Sobol index: part of the variance that stays if all factors but this one are fixed."),
    ),
    "total_order_margin": Column(N_("With all interactions, ±"), "share"),
    "what_if_rank": Column(N_("Rank, what if"), "rank", N_("Under the reader's choices, among the branches shown. Not official.")),
    "what_if_total": Column(N_("Total, what if"), "total", N_("Under the reader's choices. Not official.")),
    "what_if_stars": Column(N_("Stars, what if"), "count", N_("Under the reader's choices. Not official.")),
    "places_gained": Column(
        N_("Places gained"), "count_change", N_("Official rank among those shown - rank under the reader's choices.")
    ),
    "score_basis": Column(N_("Basis"), "words:score_basis"),
    "overall_ratio": Column(N_("Rate of all"), "share", N_("Cases of all branches shown together.")),
    "low_95": Column(N_("95 %, lower"), "share", N_("Limits of chance: rate of all ± 1.96 √(p (1 − p) ÷ cases).")),
    "high_95": Column(N_("95 %, upper"), "share"),
    "low_998": Column(N_("99.8 %, lower"), "share", N_("Limits of chance: rate of all ± 3.09 √(p (1 − p) ÷ cases).")),
    "high_998": Column(N_("99.8 %, upper"), "share"),
    "funnel_state": Column(
        N_("Against chance"), "words:funnel_state", N_("Beyond 99.8 % chance is hardly an explanation; ask what happened.")
    ),
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
    "year_change": Column(N_("Change on a year before"), "score_change"),
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
    "place_ranked_count": Column(N_("Branches ranked in the whole place"), "count"),
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
    # --- columns of organisation ---
    "node": Column(N_("Node"), "code"),
    "node_name": Column(N_("Name"), "text"),
    "tree_level": Column(N_("Level in the chain"), "words:tree_level"),
    "depth": Column(N_("Depth"), "count"),
    "is_open": Column(N_("Opened"), "flag"),
    "is_leaf": Column(N_("Nothing inside"), "flag"),
    "subdistrict_count": Column(N_("Subdistricts"), "count"),
    "work_committee_count": Column(N_("Work committees"), "count"),
    "committee_count": Column(N_("Community committees"), "count"),
    "group_count": Column(N_("Party groups"), "count"),
    "hub_count": Column(
        N_("Member household hubs"), "count", N_("Not reported where no hub is on the register of the whole place.")
    ),
    "temporary_count": Column(N_("Temporary organisations"), "count"),
    "covered_compound_count": Column(
        N_("Compounds linked"), "count", N_("Compounds linked to at least one branch founded by the end of the period.")
    ),
    "uncovered_compound_count": Column(N_("Compounds without a branch"), "count"),
    "naive_ratio": Column(
        N_("Branches ÷ compounds"),
        "share",
        N_("Not coverage: one joint branch covers several compounds, so the ratio understates what is covered."),
    ),
    "general_branch_count": Column(N_("General branches"), "count"),
    "groups_per_branch": Column(N_("Groups per branch"), "number", N_("Party groups ÷ branches and general branches.")),
    "groupless_branch_count": Column(N_("Without a group"), "count"),
    "temporary_general_branch_count": Column(N_("Temporary general branches"), "count"),
    "temporary_branch_count": Column(N_("Temporary branches"), "count"),
    "overdue_branch_count": Column(
        N_("Elections overdue"),
        "count",
        N_("Branches whose term since the last election (else since founding) ended before the as-of date."),
    ),
    "due_branch_count": Column(N_("Due in six months"), "count"),
    "oversized_branch_count": Column(
        N_("Oversized"),
        "count",
        N_("More full members than a branch may have; a general branch may have more."),
    ),
    "undersized_branch_count": Column(
        N_("Undersized"), "count", N_("Fewer full members than a branch must have.")
    ),
    "groups_of_branch": Column(N_("Party groups of the branch"), "count", N_("8 stands for 8 and more.")),
    "share_of_branches": Column(N_("Share of branches"), "share"),
    "embed_mode": Column(N_("Embedded in"), "list:embed_modes"),
    "single_branch_count": Column(N_("Set up alone"), "count", N_("Branches for one compound.")),
    "joint_branch_count": Column(N_("Set up jointly"), "count"),
    "merged_branch_count": Column(N_("Set up by merging"), "count"),
    "size_finding": Column(N_("Finding"), "words:size_finding"),
    "full_members_shown": Column(
        N_("Full members"), "people", N_("A number below the small-cell limit is shown as <5 and never exactly.")
    ),
    "community_name": Column(N_("Community"), "text"),
    "election_due_date": Column(N_("Election due on"), "date", N_("Last election (else founding) and the term.")),
    "election_state": Column(N_("State of the election"), "words:election_state"),
    "days_left": Column(
        N_("Days left"), "count", N_("Days from the as-of date to the due date; below zero the election is overdue.")
    ),
    # --- columns of issues ---
    "step": Column(N_("Step"), "words:issue_step"),
    "step_count": Column(N_("Issues at this step"), "count"),
    "step_share": Column(
        N_("Share that reached it"),
        "share",
        N_("With the time of this step on record ÷ issues reported that are not void; void: ÷ all reported."),
    ),
    "previous_step_count": Column(N_("Issues, period before"), "count"),
    "previous_step_share": Column(N_("Share, period before"), "share"),
    "median_hours": Column(
        N_("Median, hours"),
        "total",
        N_("Half of the steps took longer since the step before on record. Interpolated in classes of 10 %."),
    ),
    "previous_median_hours": Column(N_("Median, period before"), "total"),
    "hours_90": Column(
        N_("90th percentile, hours"), "total", N_("One step in ten took longer. Interpolated in classes of 10 %.")
    ),
    "previous_hours_90": Column(N_("90th percentile, period before"), "total"),
    "resolved_issues": Column(
        N_("Issues solved"), "count", N_("Closed as resolved in the period, with the level that solved them on record.")
    ),
    "before_count": Column(N_("Before"), "count"),
    "during_count": Column(N_("During"), "count"),
    "after_count": Column(N_("After"), "count"),
    "no_phase_count": Column(N_("No phase"), "count"),
    "due_issues": Column(
        N_("Due to close"), "count", N_("The due date lies in the period and has passed; void issues are not due.")
    ),
    "revisited_issues": Column(
        N_("Residents reached"), "count", N_("Issues closed in the period whose resident was reached at the revisit.")
    ),
    "promise_name": Column(N_("Promise"), "text"),
    "track": Column(N_("Track"), "words:track"),
    "promised_issues": Column(
        N_("Issues promised"),
        "count",
        N_(
            "Reported in the period; for a track those of the track, without void ones and those whose limit has not "
            "passed."
        ),
    ),
    "kept_issues": Column(N_("Issues kept"), "count"),
    "kept_share": Column(
        N_("Share kept"),
        "share",
        N_("First response, reply or closing as resolved within the promised time ÷ issues promised."),
        "up",
    ),
    "previous_kept_share": Column(N_("Share kept, period before"), "share"),
    "promise_target": Column(N_("Target of the promise"), "share"),
    "overdue_issues": Column(
        N_("Overdue issues"),
        "count",
        N_("Due by the end of the month and not closed by then; returned issues included, void ones not."),
        "down",
    ),
    "previous_overdue_issues": Column(N_("Overdue, period before"), "count"),
    "overdue_change": Column(
        N_("Change of overdue"), "count_change", N_("Overdue at the end of the period - at the end of the one before."), "down"
    ),
    "combined_score": Column(
        N_("Combined score"),
        "score",
        N_("Response, resolution and satisfaction rates with the weights of the place, times 100."),
        "up",
    ),
    "previous_combined_score": Column(N_("Combined score, period before"), "score"),
    "combined_score_change": Column(N_("Change of the combined score"), "score_change"),
    "returned_issues": Column(N_("Returned"), "count"),
    "oldest_due_at": Column(N_("Oldest due time"), "moment"),
    "matter": Column(N_("Matter"), "list:issue_matters"),
    "owner_unit": Column(N_("Responsible unit"), "list:owner_units"),
    "overdue_days": Column(N_("Days overdue"), "count", N_("As-of date - due date.")),
    "occurred_at": Column(N_("Done at"), "moment"),
    "waited_hours": Column(
        N_("Waited, hours"),
        "hours",
        N_("Since the step before on record, for promises since the report; a missing step until the as-of date."),
    ),
    "limit_at": Column(N_("Limit"), "moment"),
    "limit_verdict": Column(N_("Limit kept"), "words:limit_verdict"),
    "previous_issues_per_100_households": Column(N_("Per 100 households, period before"), "number"),
    "type_issues_per_100_households": Column(N_("Per 100 households, its type"), "number"),
    "rate_ratio": Column(N_("Times its type"), "total", N_("Issues per household ÷ those of compounds of its type.")),
    "rate_ratio_low": Column(
        N_("At least, times its type"),
        "total",
        N_("Lower bound; all bounds hold together with 95 % (Byar's limits for a Poisson count, Bonferroni)."),
    ),
    "hot_spot_count": Column(N_("Compounds beyond chance"), "count"),
    # --- columns of deliberation ---
    "deliberation_sessions": Column(
        N_("Sessions held"), "count", N_("One form of talk at one place on one day, whatever the number of topics.")
    ),
    "deliberation_topics": Column(N_("Topics talked about"), "count", N_("Topics of the talks held in the period.")),
    "deliberation_attendance": Column(
        N_("Attendance (person-times)"),
        "count",
        N_("Sum over topics; whoever comes to two talks counts twice, so it is never added to persons."),
    ),
    "attendance_per_topic": Column(
        N_("Attendance per topic"), "number", N_("Person-times ÷ topics whose attendance is reported.")
    ),
    "pre_review_rate": Column(
        N_("Pre-reviewed"), "share", N_("Topics that the branch reviewed first ÷ topics."), "up"
    ),
    "all_steps_rate": Column(
        N_("All six steps"), "share", N_("Topics that went through all six steps by the as-of date ÷ topics."), "up"
    ),
    "decision_rate": Column(
        N_("All four steps"),
        "share",
        N_("Topics that went through all four steps of a decision by the as-of date ÷ topics."),
        "up",
    ),
    "topic_resolution_rate": Column(N_("Topics resolved"), "share", N_("Topics with a resolution ÷ topics."), "up"),
    "result_publication_rate": Column(
        N_("Results published"), "share", N_("Resolved topics whose result is published ÷ topics resolved."), "up"
    ),
    "follow_up_rate": Column(
        N_("Followed up"), "share", N_("Resolved topics that were followed up ÷ topics resolved."), "up"
    ),
    "session_count": Column(N_("Sessions"), "count"),
    "topic_count": Column(N_("Topics"), "count"),
    "day": Column(N_("Day"), "date"),
    "is_rule_day": Column(N_("Day of the rule"), "flag", N_("By the place's rule for days; never set without a rule.")),
    "process": Column(N_("Process"), "words:process"),
    "talk_step": Column(N_("Step No."), "count"),
    "reached_count": Column(N_("Topics that reached it"), "count"),
    "known_topic_count": Column(N_("Topics that report their steps"), "count"),
    "reached_share": Column(N_("Share that reached it"), "share"),
    "topic_share": Column(N_("Share of topics"), "share"),
    "attendance": Column(
        N_("Person-times"), "count", N_("Whoever comes to two talks counts twice; never added to persons.")
    ),
    "deliberation_kind": Column(N_("Form of talk"), "list:deliberation_kinds"),
    "deliberation_channel": Column(N_("Channel of talk"), "list:deliberation_channels"),
    "major_matter": Column(N_("Major property matter"), "list:major_matters"),
    "delay_days": Column(N_("Days until publication"), "count", N_("From the talk; 30 stands for 30 and more.")),
    "published_share": Column(
        N_("Published within, cumulated"), "share", N_("Published within so many days ÷ topics resolved.")
    ),
    "hall_count": Column(N_("Deliberation halls"), "count"),
    "hall_known_count": Column(N_("Halls that report standards"), "count"),
    "mean_standards": Column(N_("Standards met, mean"), "number", N_("Mean of the standards met, of six.")),
    "full_hall_count": Column(N_("Halls with all six"), "count"),
    "full_hall_share": Column(
        N_("Share with all six"), "share", N_("Halls that meet all six ÷ halls that report standards."), "up"
    ),
    "weak_hall_count": Column(N_("Halls with three or fewer"), "count"),
    # --- columns of venues_and_funding ---
    "venue_kind": Column(N_("Kind of venue"), "enum:facilities.kind"),
    "venue_count": Column(N_("Venues"), "count"),
    "new_count": Column(N_("Newly built"), "count"),
    "shared_count": Column(N_("Shared"), "count"),
    "converted_count": Column(N_("Converted"), "count"),
    "area_class_m2": Column(N_("Class of area, lower edge"), "area", N_("Twenty equal classes up to the 99th percentile; the last one is open.")),
    "min_area_m2": Column(N_("Norm of area"), "area"),
    "area_5_m2": Column(N_("5th percentile of area"), "area"),
    "area_50_m2": Column(N_("Median area"), "area"),
    "area_95_m2": Column(N_("95th percentile of area"), "area"),
    "unmeasured_count": Column(N_("Area not reported"), "count"),
    "meeting_count": Column(N_("Venues that meet the norm"), "count"),
    "judged_count": Column(N_("Venues judged"), "count", N_("Kinds of venue that have a norm, with a reported area.")),
    "venue_norm_rate": Column(
        N_("Meets the norm of area"),
        "share",
        N_("Venues that meet the norm ÷ venues with a norm and a reported area; the norm is a fixed area or an area per 100 households served."),
        "up",
    ),
    "unified_rate": Column(
        N_("All six unified items"), "share", N_("Venues with all six unified items ÷ venues that report them."), "up"
    ),
    "venue_function": Column(N_("Function"), "list:venue_functions"),
    "offering_count": Column(N_("Venues that offer it"), "count"),
    "offering_share": Column(N_("Share that offers it"), "share", N_("Venues that offer it ÷ venues of the kind that report functions.")),
    "funding_item": Column(N_("Budget item"), "list:funding_items"),
    "payer_level": Column(N_("Payer's level"), "words:payer_level"),
    "line_count": Column(N_("Budget lines"), "count"),
    "accounted_yuan": Column(N_("Budget of lines with reported spending"), "yuan"),
    "spending_rate": Column(
        N_("Share spent"), "share", N_("Spending ÷ budget of the lines whose spending is reported.")
    ),
    "unreported_count": Column(N_("Spending not reported"), "count"),
    "published_rate": Column(N_("Made public"), "share", N_("Lines made public ÷ lines that say whether they were."), "up"),
    "budget_per_household_yuan": Column(
        N_("Budget per household (yuan)"),
        "score",
        N_("By item: budget ÷ households of the payees' compounds. By district: budget ÷ all households of the district."),
    ),
    # --- columns of renovations, buildings, tasks, notices, levels and cases ---
    "renovation_class": Column(N_("Class of works"), "enum:renovations.class"),
    "renovation_item": Column(N_("Works"), "list:renovation_items"),
    "project_count": Column(N_("Projects"), "count", N_("Renovation projects under way in the year.")),
    "finished_project_count": Column(N_("Finished in the year"), "count"),
    "road_acceptance_rate": Column(
        N_("Road accepted"), "share", N_("Projects whose road was accepted ÷ finished projects that report it."), "up"
    ),
    "wall_acceptance_rate": Column(
        N_("Walls accepted"), "share", N_("Projects whose walls were accepted ÷ finished projects that report it."), "up"
    ),
    "light_acceptance_rate": Column(
        N_("Lighting accepted"),
        "share",
        N_("Projects whose lighting was accepted ÷ finished projects that report it."),
        "up",
    ),
    "money_source": Column(N_("Source of money"), "words:money_source"),
    "source_yuan": Column(N_("Money (yuan)"), "yuan"),
    "source_share": Column(
        N_("Share of the money"), "share", N_("Money of the source ÷ money of all sources that are reported.")
    ),
    "money_gap_count": Column(
        N_("Money not fully reported"), "count", N_("Projects that leave one of the three sources unreported.")
    ),
    "residential_building_count": Column(N_("Residential buildings"), "count"),
    "commercial_building_count": Column(N_("Business buildings"), "count"),
    "buildings_per_compound": Column(
        N_("Buildings per compound"), "number", N_("Residential buildings ÷ compounds with a building on the register.")
    ),
    "issue_category": Column(N_("Category"), "list:issue_matters"),
    "previous_reported_issues": Column(N_("Issues, period before"), "count"),
    "closed_so_far_rate": Column(
        N_("Closed so far"), "share", N_("Closed by the as-of date ÷ issues reported in the period that are not void.")
    ),
    "same_day_rate": Column(
        N_("Closed the same day"), "share", N_("Closed on the calendar day of reporting ÷ closed."), "up"
    ),
    "issue_channel": Column(N_("Channel"), "list:issue_channels"),
    "channel_response_rate": Column(
        N_("Answered in time"),
        "share",
        N_("First response within the promised time ÷ issues reported that are not void."),
        "up",
    ),
    "dispatch_minutes": Column(
        N_("Minutes to dispatch"), "number", N_("From the report to dispatching, mean of the issues dispatched."), "down"
    ),
    "grids_per_compound": Column(
        N_("Grids per compound"), "number", N_("Grids and micro-grids that compounds meet ÷ compounds.")
    ),
    "aligned_rate": Column(
        N_("Aligned with grids"), "share", N_("Compounds aligned with all their grids ÷ compounds that report it."), "up"
    ),
    "raised_rate": Column(
        N_("Solved higher up"),
        "share",
        N_("Resolved by the subdistrict or a department ÷ resolved with a level on record."),
    ),
    "passed_issues": Column(N_("Issues passed on"), "count"),
    "previous_passed_issues": Column(N_("Period before, passed on"), "count"),
    "passed_share": Column(
        N_("Share passed on"), "share", N_("Issues passed on at this step ÷ issues reported in the period that are not void.")
    ),
    "mean_held_hours": Column(
        N_("Mean hours held"), "hours", N_("Time at the level before, mean of the transitions that report it.")
    ),
    "task_count": Column(N_("Tasks"), "count"),
    "previous_task_count": Column(N_("Tasks, period before"), "count"),
    "tasks_per_community": Column(
        N_("Tasks per community"), "number", N_("Tasks handed over in the period ÷ all communities of the selection."), "down"
    ),
    "listed_rate": Column(
        N_("On the admission list"), "share", N_("Tasks on the admission list ÷ tasks that say whether they are."), "up"
    ),
    "admitted_task_count": Column(N_("Tasks admitted"), "count"),
    "refused_task_count": Column(N_("Tasks refused"), "count"),
    "due_task_count": Column(N_("Tasks due"), "count", N_("The due date has passed; refused tasks are not due.")),
    "task_ontime_rate": Column(N_("Done in time"), "share", N_("Done by the due date ÷ tasks due."), "up"),
    "complete_plan_rate": Column(
        N_("Complete plans"),
        "share",
        N_("Tasks whose plan has aim, task, duty and standard ÷ tasks that report their plan."),
        "up",
    ),
    "notice_channel": Column(N_("Channel of notice"), "list:notice_channels"),
    "notice_kind": Column(N_("Kind of notice"), "list:notice_kinds"),
    "due_notice_count": Column(N_("Notices due"), "count", N_("The due date lies in the period and has passed.")),
    "notice_share": Column(N_("Share of notices"), "share"),
    "notice_ontime_rate": Column(
        N_("Published in time"), "share", N_("Published by the due date ÷ notices due."), "up"
    ),
    "unpublished_notice_count": Column(N_("Not published"), "count"),
    "case_kind": Column(N_("Case"), "words:case_kind"),
    "residents_per_household": Column(N_("Residents each"), "number", N_("Residents ÷ households.")),
    "floor_area_per_household_m2": Column(
        N_("Floor area each (m²)"), "area", N_("Floor area of the compound ÷ households.")
    ),
    "programme_kind": Column(N_("What it is"), "words:programme_kind"),
    "programme_name": Column(N_("In the place's words"), "text"),
    "part_count": Column(N_("Parts"), "count"),
    "programme_parts": Column(N_("Its parts"), "text"),
    # --- columns of workforce ---
    "community_count": Column(N_("Communities"), "count"),
    "grid_count": Column(N_("Grids"), "count"),
    "micro_grid_count": Column(N_("Micro-grids"), "count", N_("On the register at the as-of date; grids have no dates.")),
    "full_time_workers": Column(N_("Full-time"), "count"),
    "part_time_workers": Column(N_("Part-time"), "count"),
    "auxiliary_workers": Column(N_("Auxiliary"), "count"),
    "community_workers": Column(
        N_("Community workers"), "count", N_("In post at the end of the period; they are not counted as grid workers.")
    ),
    "grid_workers": Column(
        N_("Grid workers"), "count", N_("Full-time, part-time and auxiliary ones in post at the end of the period.")
    ),
    "workers_per_micro_grid": Column(
        N_("Grid workers per micro-grid"),
        "total",
        N_("Grid workers of all kinds in post at the end of the period ÷ micro-grids; below 1 there are too few."),
        "up",
    ),
    "missing_workers": Column(
        N_("Short of"), "count", N_("Micro-grids - grid workers, where there are more micro-grids."), "down"
    ),
    "worker_change": Column(N_("Change of workers"), "count_change"),
    "worker_year_change": Column(N_("On a year before"), "count_change"),
    "short_communities": Column(
        N_("Communities short"), "count", N_("Communities with fewer grid workers than micro-grids."), "down"
    ),
    "unstaffed_communities": Column(
        N_("Without a worker"), "count", N_("Communities in which no grid worker is in post."), "down"
    ),
    "makeup_part": Column(N_("Part of the make-up"), "code"),
    "worker_kind": Column(N_("Kind of worker"), "enum:grid_workers.kind"),
    "worker_role": Column(N_("Post"), "list:worker_roles"),
    "worker_source": Column(N_("Source"), "list:worker_sources"),
    "worker_count": Column(N_("Workers in post"), "count"),
    "share_of_workers": Column(N_("Share of the kind"), "share", N_("Workers in post ÷ all of their kind in post.")),
    "move_count": Column(N_("In the period"), "count"),
    "previous_moves": Column(N_("Period before"), "count"),
    "last_year_moves": Column(N_("Year before"), "count"),
    "moves_so_far": Column(N_("So far"), "count", N_("All moves on record up to the end of the period.")),
    "move_rate": Column(
        N_("Share who moved"), "share", N_("Moves of the period ÷ workers of the kind in post at the end of the period before.")
    ),
    "hard_compounds": Column(N_("Hard cases"), "count", N_("A compound that is also a demonstration counts here.")),
    "hard_stationed": Column(N_("Hard cases with workers"), "count"),
    "hard_stationed_rate": Column(
        N_("Share of hard cases"), "share", N_("Hard cases with at least one worker stationed ÷ hard cases."), "up"
    ),
    "demonstration_compounds": Column(N_("Demonstrations"), "count"),
    "demonstration_stationed": Column(N_("Demonstrations with workers"), "count"),
    "demonstration_stationed_rate": Column(
        N_("Share of demonstrations"),
        "share",
        N_("Demonstration compounds with at least one worker stationed ÷ demonstration compounds."),
        "up",
    ),
    "stationed_workers": Column(
        N_("Workers stationed"), "count", N_("In hard and demonstration compounds, in post at the end of the period.")
    ),
    "stationed_elsewhere": Column(
        N_("Stationed elsewhere"), "count", N_("Workers stationed in a compound that is neither a hard case nor a demonstration.")
    ),
    "training_kind": Column(N_("Kind of training"), "list:training_kinds"),
    "training_audience": Column(N_("For whom"), "list:training_audiences"),
    "training_count": Column(N_("Trainings"), "count"),
    "previous_trainings": Column(N_("Trainings, period before"), "count"),
    "training_person_times": Column(
        N_("Person-times trained"), "count", N_("Whoever attends two trainings counts twice; never added to persons.")
    ),
    "uncounted_trainings": Column(N_("Person-times not reported"), "count"),
    "training_hours": Column(N_("Training hours"), "hours"),
    "network_level": Column(N_("Level of the network"), "words:network_level"),
    "level_units": Column(N_("Units of the level"), "count"),
    "centre_count": Column(N_("Service centres"), "count"),
    "centred_share": Column(
        N_("Share with a centre"), "share", N_("Units with a service centre of their level ÷ units of the level."), "up"
    ),
    "placed_workers": Column(
        N_("Grid workers placed"), "count", N_("At the finest level that the post names: micro-grid, grid, else community.")
    ),
    "report_in_share": Column(
        N_("Share of report-ins"), "share", N_("Report-ins that name this level as their finest ÷ all report-ins.")
    ),
    "compound_role": Column(N_("Role in the compound"), "list:compound_roles"),
    "role_teams": Column(N_("Teams in the role"), "count"),
    "teamed_compounds": Column(N_("Compounds with such a team"), "count"),
    "role_headcount": Column(N_("Headcount of teams"), "count", N_("Teams that report their headcount.")),
    # --- columns of report_in ---
    "report_in_party": Column(N_("Who reported in"), "enum:report_ins.party"),
    "member_report_ins": Column(
        N_("Member report-ins"),
        "count",
        N_("Whoever reports in twice counts twice; never added to persons, nor to the report-ins of units."),
    ),
    "previous_member_report_ins": Column(N_("Member report-ins, period before"), "count"),
    "unit_report_ins": Column(
        N_("Unit report-ins"), "count", N_("Visits of units; a unit that comes twice counts twice.")
    ),
    "previous_unit_report_ins": Column(N_("Unit report-ins, period before"), "count"),
    "emergency_share": Column(
        N_("Emergency share"), "share", N_("Emergency ÷ member report-ins whose mode, routine or emergency, is reported.")
    ),
    "previous_emergency_share": Column(N_("Emergency share, period before"), "share"),
    "served_rate": Column(
        N_("With service"), "share", N_("Member report-ins with hours of service on record ÷ member report-ins."), "up"
    ),
    "member_hours": Column(
        N_("Member hours"), "hours", N_("Sum of the hours on record; hours outside working time are not told apart.")
    ),
    "previous_member_hours": Column(N_("Member hours, period before"), "hours"),
    "hours_per_service": Column(
        N_("Hours per service"), "number", N_("Member hours ÷ member report-ins with hours on record.")
    ),
    "unit_hours": Column(N_("Unit person-hours"), "hours", N_("Sum of the hours that units report, over all who came.")),
    "previous_unit_hours": Column(N_("Person-hours, period before"), "hours"),
    "service_state": Column(
        N_("Served in the year"), "words:service_state", N_("Served: a report-in of the year with hours on record.")
    ),
    "reported_member_count": Column(
        N_("Members reported in"),
        "people",
        N_("Persons, each once, in the district of the first report-in (residence), since records began until the end of the year."),
    ),
    "served_member_count": Column(
        N_("Served in year"), "people", N_("Members with a report-in of the year that has hours on record.")
    ),
    "routine_count": Column(N_("Routine"), "count"),
    "emergency_count": Column(N_("Emergency"), "count"),
    "unknown_count": Column(N_("Mode not reported"), "count"),
    "served_hours": Column(N_("Hours served"), "hours"),
    "claim_count": Column(
        N_("Posts claimed"), "count", N_("Claims, not persons: whoever claims two posts counts twice.")
    ),
    "previous_claim_count": Column(N_("Posts claimed, period before"), "count"),
    "completed_claims": Column(N_("Posts completed"), "count", N_("Of those claimed in the period, by the as-of date.")),
    "post_completion_rate": Column(
        N_("Pledge kept"), "share", N_("Completed by the as-of date ÷ posts claimed in the period at least 30 days before that date."), "up"
    ),
    "previous_post_completion_rate": Column(N_("Pledge kept, period before"), "share"),
    "evidence_rate": Column(
        N_("With evidence"), "share", N_("Claims with a photo or video ÷ claims that report evidence."), "up"
    ),
    "previous_evidence_rate": Column(N_("With evidence, period before"), "share"),
    "evidence_per_claim": Column(
        N_("Photos and videos per claim"), "number", N_("Photos and videos ÷ claims that have any.")
    ),
    "mean_rating": Column(
        N_("Mean rating"), "total", N_("Mean of the community's ratings, 1 to 5; not shown for fewer than 5 ratings."), "up"
    ),
    "rated_claims": Column(N_("Claims rated"), "count"),
    "service_times": Column(N_("Services, person-times"), "count", N_("Member report-ins with hours of service on record.")),
    "service_list": Column(N_("List"), "enum:service_orders.kind"),
    "listed_entries": Column(N_("On the list"), "count", N_("Since records began until the end of the period.")),
    "claimed_entries": Column(N_("Claimed"), "count", N_("Assigned to someone by the end of the period.")),
    "unclaimed_entries": Column(N_("Not claimed"), "count"),
    "waiting_entries": Column(N_("Claimed, not begun"), "count", N_("Assigned and not accepted at the end of the period.")),
    "running_entries": Column(
        N_("In progress"), "count", N_("Accepted and not completed at the end of the period: not yet done.")
    ),
    "done_entries": Column(N_("Done"), "count", N_("Completed by the end of the period.")),
    "done_share": Column(N_("Done, share"), "share", N_("Completed ÷ claimed, both by the end of the period."), "up"),
    "newly_claimed_entries": Column(N_("Claimed in the period"), "count"),
    "newly_done_entries": Column(N_("Done in the period"), "count"),
    "resource_kind": Column(N_("Kind of resource"), "list:resource_kinds"),
    "offered_count": Column(N_("Resources offered"), "count", N_("Until the end of the period.")),
    "newly_offered_count": Column(N_("Offered in the period"), "count"),
    "used_resources": Column(N_("Resources used"), "count", N_("Used at least once by the as-of date.")),
    "resource_use_rate": Column(
        N_("Share used"), "share", N_("Resources used at least once ÷ resources that report their use."), "up"
    ),
    "resource_uses": Column(N_("Times used"), "count"),
    "use_unknown_count": Column(N_("Use not reported"), "count"),
    "unit_facet": Column(N_("Told apart by"), "code"),
    "unit_type": Column(N_("Kind of unit"), "enum:units.unit_type"),
    "unit_level": Column(N_("Level of the unit"), "enum:units.level"),
    "co_unit_name": Column(N_("Co-building unit"), "text"),
    "unit_rank": Column(N_("League rank"), "rank", N_("By person-hours, then by report-ins; equal ones share a place.")),
    "unit_emergencies": Column(N_("Of them emergency"), "count"),
    "registered_units": Column(N_("On the register"), "count", N_("Units that build together with communities.")),
    "reported_units": Column(N_("Units reporting in"), "count", N_("Units with a report-in of their own in the period.")),
    "reported_unit_share": Column(
        N_("Share reporting in"), "share", N_("Units that reported in in the period ÷ units on the register."), "up"
    ),
    "joint_committees": Column(N_("Joint committees"), "count", N_("Communities whose joint committee has at least one unit.")),
    "joint_committee_rate": Column(
        N_("Committee coverage"), "share", N_("Communities with at least one unit in a joint committee ÷ communities."), "up"
    ),
    "committee_units": Column(N_("Units in joint committees"), "count"),
    "agency_units": Column(N_("Agencies and institutions"), "count"),
    "state_firm_units": Column(N_("State firms"), "count"),
    "new_sector_units": Column(N_("Private firms, social bodies"), "count"),
    "units_per_committee": Column(N_("Units per committee"), "number", N_("Units in joint committees ÷ joint committees.")),
    "appraised_kind": Column(N_("Who is rated"), "enum:appraisals.subject_kind"),
    "appraisal_dimension": Column(N_("Dimension"), "enum:appraisals.dimension"),
    "mean_appraisal": Column(
        N_("Mean appraisal"), "score", N_("Of 100, mean over all that were rated; each has the same weight, whatever the number of respondents."), "up"
    ),
    "previous_mean_appraisal": Column(N_("Mean score, quarter before"), "score"),
    "appraisal_change": Column(N_("Change of the mean"), "score_change"),
    "appraisal_scores": Column(N_("Scores given"), "count", N_("One per subject and dimension.")),
    "low_appraisals": Column(N_("Scores below 60"), "count"),
    "appraisal_respondents": Column(N_("Respondents"), "count"),
    "units_by_communities": Column(
        N_("Units, rated by communities"), "score", N_("Mean score that communities give to units, over all dimensions."), "up"
    ),
    "communities_by_units": Column(
        N_("Communities, rated by units"), "score", N_("Mean score that units give to communities, over all dimensions."), "up"
    ),
    # --- columns of property ---
    "property_household_coverage": Column(
        N_("Coverage by households"),
        "share",
        N_("Households of compounds with property service ÷ households of compounds whose service is on record, at the end of the period."),
        "up",
    ),
    "fee_collection": Column(
        N_("Property fees collected"),
        "share",
        N_("Rates of the compounds that report one, weighed by their households; a compound without service owes no fee."),
        "up",
    ),
    "property_complaints": Column(
        N_("Complaints per 1,000 homes"),
        "number",
        N_("Complaints about property service ÷ thousands of households of the compounds that report complaints, per month."),
        "down",
    ),
    "coverage_change": Column(N_("Coverage, vs period before"), "share_change"),
    "coverage_year_change": Column(N_("Coverage, vs year before"), "share_change"),
    "household_share": Column(N_("Share of households"), "share"),
    "has_linked_branch": Column(N_("Linked to a branch"), "flag"),
    "last_served_month": Column(
        N_("Last month with service"), "month", N_("Empty: no month on record reports property service.")
    ),
    "eligible_count": Column(N_("Eligible compounds"), "count"),
    "bodies_due_count": Column(
        N_("Bodies still due"), "count", N_("Eligible compounds that have no owners' body, of those that report it.")
    ),
    "body_count": Column(N_("Owners' bodies"), "count", N_("Owners' committees and management committees.")),
    "owners_committee_count": Column(N_("Owners' committees"), "count"),
    "management_committee_count": Column(N_("Management committees"), "count"),
    "party_org_count": Column(N_("Bodies with a Party organisation"), "count"),
    "body_party_org_rate": Column(
        N_("Party coverage of bodies"),
        "share",
        N_("Owners' bodies with a Party organisation ÷ owners' bodies that report whether they have one."),
        "up",
    ),
    "rules_per_body": Column(
        N_("Rules per owners' body"), "number", N_("Rules of the owners' bodies that report them ÷ those bodies.")
    ),
    "rule_max": Column(N_("Most rules of a body"), "count"),
    "ruleless_count": Column(N_("Bodies without a rule"), "count"),
    "committee_body_count": Column(N_("Bodies with a committee member"), "count"),
    "committee_body_rate": Column(
        N_("Committee coverage of bodies"),
        "share",
        N_("Owners' bodies to which a community committee member is cross-appointed ÷ owners' bodies."),
        "up",
    ),
    "committee_to_body_count": Column(
        N_("Committee posts on bodies"),
        "count",
        N_("Posts on owners' bodies held by members of community committees at the end of the period."),
    ),
    "committee_to_body_last_year": Column(N_("On owners' bodies, a year before"), "count"),
    "into_committee_count": Column(
        N_("Part-time committee members"),
        "count",
        N_("Part-time posts in community committees held by members of owners' bodies and property managers."),
    ),
    "into_committee_last_year": Column(N_("Part-time committee members, a year before"), "count"),
    "body_to_committee_count": Column(N_("Of them from owners' bodies"), "count"),
    "property_to_committee_count": Column(N_("Of them from property firms"), "count"),
    "property_to_branch_count": Column(
        N_("Branch committee: property firms"), "count", N_("Posts in committees of compound branches at the end of the period.")
    ),
    "body_to_branch_count": Column(
        N_("Branch committee: owners' bodies"), "count", N_("Posts in committees of compound branches at the end of the period.")
    ),
    "grid_to_branch_count": Column(
        N_("Branch committee: grid workers"), "count", N_("Posts in committees of compound branches at the end of the period.")
    ),
    "firm_name": Column(N_("Property firm"), "text"),
    "firm_mode": Column(
        N_("Party organisation of the firm"),
        "words:firm_mode",
        N_("How the firm's Party organisation was set up; a firm without one may have an adviser sent to it."),
    ),
    "firm_count": Column(N_("Firms registered"), "count"),
    "firm_share": Column(N_("Share of firms"), "share"),
    "party_firm_count": Column(N_("With a Party organisation"), "count"),
    "party_firm_rate": Column(
        N_("Party coverage of firms"),
        "share",
        N_("Firms with a Party organisation ÷ firms that report whether they have one."),
        "up",
    ),
    "alone_count": Column(N_("Set up on its own"), "count"),
    "industry_count": Column(N_("Within the industry"), "count"),
    "area_count": Column(N_("Within the area"), "count"),
    "adviser_count": Column(
        N_("Firms with an adviser"), "count", N_("Firms to which a Party adviser was sent, with a Party organisation or not.")
    ),
    "partyless_count": Column(N_("Neither organisation nor adviser"), "count"),
    "firm_unreported_count": Column(N_("Firms that do not report it"), "count"),
    "served_compound_count": Column(
        N_("Compounds served"), "count", N_("Compounds that name their property firm in the last month on record.")
    ),
    "party_served_compound_count": Column(N_("Served by firms with a Party organisation"), "count"),
    "party_served_rate": Column(
        N_("Compounds of such firms"),
        "share",
        N_("Compounds served by firms with a Party organisation ÷ compounds that name their firm."),
        "up",
    ),
    "budget_year_before_yuan": Column(N_("Budget of the year before"), "yuan"),
    # --- columns of emergency ---
    "plan_state": Column(N_("State of the plan"), "words:plan_state"),
    "plan_grid_count": Column(N_("Grids"), "count"),
    "plan_share": Column(N_("Share of the district's grids"), "share"),
    "grid_with_count": Column(N_("Grids with a plan"), "count"),
    "grid_without_count": Column(N_("Grids without a plan"), "count"),
    "grid_unknown_count": Column(N_("Grids not reported"), "count"),
    "grid_exempt_count": Column(N_("Grids that need no plan"), "count"),
    "grid_plan_rate": Column(
        N_("Grids with an emergency plan"),
        "share",
        N_("Grids with a plan of their own ÷ grids that report whether they have one, at the as-of date."),
        "up",
    ),
    "micro_grid_with_count": Column(N_("Micro-grids with a plan"), "count"),
    "micro_grid_without_count": Column(N_("Micro-grids without a plan"), "count"),
    "micro_grid_unknown_count": Column(N_("Micro-grids not reported"), "count"),
    "micro_grid_plan_rate": Column(
        N_("Micro-grids with a plan"),
        "share",
        N_("Micro-grids with a plan ÷ micro-grids that report whether they have one, at the as-of date."),
        "up",
    ),
    "emergency_team_count": Column(N_("Emergency teams"), "count"),
    "team_community_count": Column(
        N_("With a team"), "count", N_("Communities with at least one emergency team.")
    ),
    "ready_team_count": Column(N_("Number of teams"), "count"),
    "volunteers_shown": Column(
        N_("People in the teams"), "people", N_("Sum of the teams that report it; a number below the limit is shown as <5.")
    ),
    "volunteers_per_team": Column(
        N_("People per team"), "number", N_("People in the teams ÷ teams that report their number.")
    ),
    "unreported_team_count": Column(N_("Teams that report no number"), "count"),
    "team_kind": Column(N_("Kind of team"), "enum:teams.kind"),
    "team_role": Column(N_("Duty of the team"), "list:team_roles"),
    "drill_count": Column(N_("Drills"), "count", N_("Drills held in the time, whatever their kind and outcome.")),
    "undrilled_count": Column(N_("Communities without a drill"), "count"),
    "drilled_rate": Column(
        N_("Communities drilled"),
        "share",
        N_("Communities with at least one drill in the 12 months up to the end of the period ÷ communities."),
        "up",
    ),
    "drill_facet": Column(N_("Counted by"), "words:drill_facet"),
    "drill_kind": Column(N_("What is drilled"), "list:drill_kinds"),
    "drill_partner": Column(N_("Partner"), "list:drill_partners"),
    "joint_share": Column(N_("Joint drills"), "share", N_("Drills with at least one partner ÷ drills.")),
    "mean_minutes": Column(N_("Mean duration (min)"), "number", N_("Over drills that report their duration.")),
    "shortest_minutes": Column(N_("Shortest (min)"), "number"),
    "longest_minutes": Column(N_("Longest (min)"), "number"),
    "drill_person_times": Column(N_("Attendance in drills (person-times)"), "count"),
    "drill_met_rate": Column(
        N_("Up to the plan"), "share", N_("Drills that met the plan ÷ drills with an outcome; largely met is not met."), "up"
    ),
    "drill_not_met_count": Column(N_("Drills not up to the plan"), "count"),
    "drill_unjudged_count": Column(N_("Drills without an outcome"), "count"),
    "last_drill_date": Column(N_("Last drill on"), "date"),
    "subdistrict_name": Column(N_("Subdistrict"), "text"),
    "emergency_occasion": Column(N_("Occasion"), "list:emergency_occasions"),
    "mobilised_year": Column(N_("Year of the call"), "date"),
    "mobilised_kind": Column(N_("Who was called"), "enum:mobilisations.kind"),
    "people_count": Column(
        N_("People"), "people", N_("<5: fewer than 5 people. *: hidden, so that totals do not give a small number away.")
    ),
    "emergency_post": Column(N_("Post in an emergency"), "list:emergency_posts"),
    "as_of": Column(N_("As-of date"), "date"),
    "last_founded_date": Column(N_("Last founded on"), "date"),
    "safety_kind": Column(N_("What happened"), "enum:safety_events.kind"),
    "safety_finder": Column(N_("Reported by"), "enum:safety_events.found_by"),
    "safety_event_count": Column(N_("Events of public safety"), "count"),
    "safety_resolved_count": Column(N_("Settled"), "count", N_("Cases cleared, disputes mediated, hazards removed.")),
    "safety_handed_over_count": Column(N_("Handed over"), "count"),
    "safety_open_count": Column(N_("Still open"), "count"),
    "safety_unknown_count": Column(N_("Outcome not reported"), "count"),
    "mean_resolving_days": Column(
        N_("Mean days until settled"), "number", N_("From the day found to the day closed, over events settled with both.")
    ),
    "last_year_event_count": Column(N_("Events a year before"), "count"),
    # --- columns of appraisal ---
    "community_rank": Column(
        N_("Rank of the community"),
        "rank",
        N_("By the total with two decimals among all communities in scope; equal totals share a rank (1, 2, 2, 4)."),
    ),
    "appraisal_total": Column(
        N_("Appraisal, total"),
        "total",
        N_("Mean of service quality, satisfaction and innovation, of 100; each is the mean of its appraisals."),
        "up",
    ),
    "appraisal_low": Column(
        N_("Total, lower bound"), "total", N_("90 % interval: 1.645 standard errors from the number of respondents.")
    ),
    "appraisal_high": Column(N_("Total, upper bound"), "total"),
    "best_rank": Column(
        N_("Best possible rank"), "rank", N_("1 + communities whose whole interval lies above that of this one.")
    ),
    "last_rank": Column(N_("Last possible rank"), "rank"),
    "service_quality": Column(
        N_("Service quality"), "total", N_("Mean of the appraisals of a community's service quality, of 100."), "up"
    ),
    "satisfaction_score": Column(
        N_("Residents' satisfaction"), "total", N_("Mean of the appraisals of satisfaction with a community, of 100."), "up"
    ),
    "innovation": Column(N_("Innovation"), "total", N_("Mean of the appraisals of a community's innovation, of 100."), "up"),
    "below_count": Column(N_("Dimensions below standard"), "count"),
    "appraised_count": Column(N_("Communities appraised"), "count"),
    "appraisal_score": Column(
        N_("Mean score of communities"), "total", N_("Mean over communities, each with the mean of its appraisals."), "up"
    ),
    "top_down_score": Column(N_("From above"), "total"),
    "bottom_up_score": Column(N_("From below"), "total"),
    "direction_gap": Column(N_("Gap, below minus above"), "score_change"),
    "below_standard_count": Column(
        N_("Below standard"),
        "count",
        N_("Communities below the place's score in the dimension; in a table of districts, in any of the three."),
    ),
    "award_name": Column(N_("Name of the award"), "list:award_names"),
    "award_place": Column(N_("Place in the award"), "rank"),
    "awarded_kind": Column(N_("Who was rewarded"), "enum:awards.subject_kind"),
    "awarded_name": Column(N_("Winner"), "text"),
    "awarded_code": Column(N_("Code of the winner"), "code"),
    "award_yuan": Column(N_("Prize (yuan)"), "yuan"),
    "rectification_kind": Column(N_("Programme of rectification"), "enum:rectifications.rectification_kind"),
    "programme_subject": Column(N_("Organisation under rectification"), "text"),
    "finding_kind": Column(N_("What was found"), "list:finding_kinds"),
    "progress_state": Column(N_("State of rectification"), "words:progress_state"),
    "steps_share": Column(N_("Share done"), "share", N_("Measures done ÷ measures planned.")),
    "programme_steps_done": Column(N_("Measures done"), "count"),
    "programme_step_count": Column(N_("Measures planned"), "count"),
    "programme_start_date": Column(N_("Begun on"), "date"),
    "programme_due_date": Column(N_("Time limit"), "date"),
    "programme_closed_date": Column(N_("Finished on"), "date"),
    "programme_days_left": Column(N_("Days until the time limit"), "count_change"),
    "help_state": Column(N_("State of the help"), "words:help_state"),
    "inspection_kind": Column(N_("Way of inspection"), "enum:inspections.kind"),
    "inspected_kind": Column(N_("Who was inspected"), "enum:awards.subject_kind"),
    "inspection_count": Column(N_("Inspections"), "count"),
    "finding_inspection_count": Column(N_("Inspections with findings"), "count"),
    "finding_share": Column(
        N_("Share with findings"), "share", N_("Inspections with findings ÷ inspections that report their findings.")
    ),
    "inspection_finding_count": Column(N_("Findings"), "count"),
    "inspection_ontime_rate": Column(
        N_("Rectified on time"),
        "share",
        N_("Inspections with findings closed by their time limit ÷ those whose time limit is past."),
        "up",
    ),
    "inspection_overdue_count": Column(N_("Overdue inspections"), "count", N_("Past the time limit and not closed.")),
    "recorded_share": Column(N_("Record kept"), "share", N_("Inspections with a record ÷ inspections that report it.")),
    "in_appraisal_share": Column(
        N_("Counted in the appraisal"), "share", N_("Inspections whose result counts ÷ inspections that report it.")
    ),
    # --- columns of services ---
    "order_kind": Column(N_("Kind of order"), "enum:service_orders.kind"),
    "order_count": Column(N_("Orders"), "count", N_("Orders, wishes and projects placed in the period.")),
    "previous_order_count": Column(N_("Period before"), "count"),
    "completed_count": Column(N_("Orders completed"), "count"),
    "order_completion_rate": Column(
        N_("Orders done"), "share", N_("Completed by the as-of date ÷ orders placed in the period."), "up"
    ),
    "hours_to_accept": Column(N_("Hours until taken on"), "hours", N_("Mean from the order to its acceptance.")),
    "hours_to_complete": Column(
        N_("Hours until completed"), "hours", N_("Mean from the order to its completion, of completed orders.")
    ),
    "rated_order_count": Column(N_("Orders rated"), "count"),
    "order_rating": Column(N_("Rating of orders"), "total", N_("Mean of the ratings 1 to 5 of completed and rated orders."), "up"),
    "target_group": Column(N_("Target group"), "list:target_groups"),
    "service_type": Column(N_("Type of service"), "list:service_types"),
    "share_of_group": Column(N_("Share of the group's orders"), "share"),
    "service_package": Column(N_("Service package"), "list:service_packages"),
    "service_provider": Column(N_("Provider"), "list:service_providers"),
    "purchase_count": Column(N_("Purchases of the year"), "count"),
    "point_count": Column(N_("Help points that reported"), "count", N_("In the last month of the period.")),
    "help_matters": Column(
        N_("Matters at help points"), "count", N_("Matters accepted by help points; meals of canteens are no part of them.")
    ),
    "help_person_times": Column(
        N_("Person-times at help points"), "count", N_("Visits to help points; never added to matters, persons or meals.")
    ),
    "matters_per_point": Column(
        N_("Matters per point and month"), "number", N_("Matters ÷ months of points that reported."), "up"
    ),
    "previous_matters_per_point": Column(N_("Matters per point and month, period before"), "number"),
    "person_times_per_point": Column(
        N_("Person-times per point and month"), "number", N_("Person-times ÷ months of points that reported.")
    ),
    "idle_share": Column(N_("Months without a matter"), "share", N_("Months with 0 matters ÷ months of points that reported.")),
    "unreported_months": Column(N_("Months not reported"), "count", N_("Months of points, canteens or grids without a report.")),
    "canteen_count": Column(N_("Canteens"), "count", N_("In the last month of the period.")),
    "covered_people": Column(
        N_("People covered"), "count", N_("On the registers of the canteens in the last month of the period; people, not meals.")
    ),
    "canteen_person_times": Column(
        N_("Person-times at canteens"), "count", N_("Meals served; never added to persons or to visits of help points.")
    ),
    "person_times_per_day": Column(
        N_("Canteen person-times a day"), "count", N_("Meals served in the period ÷ its days.")
    ),
    "person_times_per_canteen_day": Column(
        N_("Person-times per canteen and day"), "number", N_("Meals served ÷ days of the canteens that reported.")
    ),
    "previous_person_times_per_canteen_day": Column(N_("Person-times per canteen and day, period before"), "number"),
    "team_colour": Column(N_("Colour of the team"), "list:team_colours"),
    "team_count": Column(N_("Number of teams"), "count"),
    "team_headcount": Column(N_("Members of teams"), "count", N_("Sum of the headcounts reported; one person may be in two teams.")),
    "team_community_share": Column(
        N_("Communities with such a team"), "share", N_("Communities with at least one ÷ communities.")
    ),
    "unreported_teams": Column(N_("Headcount not reported"), "count"),
    "activity_kind": Column(N_("Kind of activity"), "list:activity_kinds"),
    "activity_sessions": Column(N_("Activity sessions"), "count", N_("Activities held in the period; one activity is one session.")),
    "previous_activity_sessions": Column(N_("Period before"), "count"),
    "people_per_session": Column(
        N_("People per session"), "number", N_("People taking part ÷ sessions that report them; not summed, for who comes twice is one person.")
    ),
    "activity_person_times": Column(
        N_("Person-times served"), "count", N_("Who is served twice counts twice; never added to persons.")
    ),
    "unreported_sessions": Column(N_("Sessions not reported"), "count", N_("Sessions that report no person-times.")),
    "activity_outcome": Column(N_("Outcome"), "list:activity_outcomes"),
    "outcome_amount": Column(N_("Amount"), "decimal", N_("In the unit of the outcome.")),
    "outcome_sessions": Column(N_("Sessions with it"), "count"),
    "point_communities": Column(N_("Communities with points"), "count"),
    "point_participants": Column(
        N_("Residents taking part"), "count", N_("In the month; districts with fewer people than the limit for small cells are left out.")
    ),
    "resident_points_earned": Column(N_("Points residents earned"), "count"),
    "resident_points_redeemed": Column(N_("Points residents redeemed"), "count"),
    "resident_points_left": Column(N_("Points not yet redeemed"), "count", N_("Earned - redeemed, since the points began.")),
    "visit_rate": Column(
        N_("Households visited"), "share", N_("Households visited in a month ÷ households of the grids that report, mean of the months."), "up"
    ),
    "previous_visit_rate": Column(N_("Households visited, period before"), "share"),
    "visit_rate_change": Column(N_("Change of households visited"), "share_change"),
    "matters_per_100_visits": Column(N_("Matters per 100 visits"), "number", N_("Matters found ÷ hundreds of households visited.")),
    "service_standard": Column(N_("Standard of service"), "list:service_standards"),
    "checked_count": Column(N_("Checks judged"), "count"),
    "met_count": Column(N_("Standard met, checks"), "count"),
    "standard_met_rate": Column(
        N_("Standard of service met"), "share", N_("Checks that found the standard met ÷ checks that judged it."), "up"
    ),
    "unjudged_count": Column(N_("Checks not judged"), "count"),
    # --- columns of report_check ---
    "claim_id": Column(N_("No. of the figure"), "code"),  # the contract has this name twice, for figures and for posts
    "claim_subject": Column(N_("Figure of the report"), "text"),
    "claimed_value": Column(N_("In the report"), "decimal", N_("As the report states it; the hedge stands beside it.")),
    "hedge": Column(N_("Hedge"), "words:hedge"),
    "figure_value": Column(
        N_("In the data"), "decimal", N_("Worked out from the extracts of this edition, for the whole place, at the as-of date.")
    ),
    "claim_difference": Column(N_("Data - report"), "decimal"),
    "claim_unit": Column(N_("Unit of measure"), "text"),
    "claim_verdict": Column(
        N_("Verdict"),
        "words:claim_verdict",
        N_("Reproduced: equal, or within what the hedge allows. Cannot be known: no published extract answers it."),
    ),
    "claim_note": Column(N_("Note"), "note"),
    "figure": Column(N_("Calculation"), "code", N_("Row of the derived table report_figures that answers the figure.")),
    "source_table": Column(N_("Source"), "table"),
}

# Columns of rows that describe the data; no query gives them.
ABOUT_DATA: dict[str, Column] = {
    "metric_title": Column(N_("Metric or figure"), "text"),
    "metric_code": Column(N_("Code"), "code"),
    "definition": Column(N_("Definition"), "text"),
    "divided_by": Column(N_("Divided by"), "text"),
    "unit_of_value": Column(N_("Unit of the value"), "text"),
    "source_tables": Column(N_("Source tables"), "text"),
    "computed_in": Column(N_("Computed in"), "code"),
    "table_title": Column(N_("Table"), "text"),
    "table_name": Column(N_("Name of the table"), "code"),
    "grain": Column(N_("One row is"), "text"),
    "is_core": Column(N_("Core table"), "flag"),
    "is_published": Column(N_("In this edition"), "flag"),
    "row_count": Column(N_("Number of rows"), "count"),
    "field_count": Column(N_("Number of fields"), "count"),
    "is_about_people": Column(N_("About people"), "flag"),
    "field_name": Column(N_("Name of the field"), "code"),
    "title_zh": Column(N_("Chinese title"), "text"),
    "title_en": Column(N_("English title"), "text"),
    "field_type": Column(N_("Type"), "text"),
    "constraints": Column(N_("Rules"), "text"),
    "district_names": Column(N_("Districts"), "text"),
    "months": Column(N_("Months"), "text"),
    "code": Column(N_("Code"), "text"),
    "reported_row_count": Column(N_("Rows that report it"), "count"),
    "unreported_row_count": Column(N_("Rows that do not report it"), "count"),
    "exempt_row_count": Column(N_("Rows to which it does not apply"), "count"),
    "codes": Column(N_("Codes"), "text"),
    "mart_name": Column(N_("Derived table"), "code"),
    "question": Column(N_("What it holds"), "text"),
    "column_title": Column(N_("Field"), "text"),
    "broken_rule": Column(N_("Rule"), "text"),
    "expected": Column(N_("Expected"), "text"),
    "finding_count": Column(N_("Rows concerned"), "count"),
}

# Words for codes that queries make themselves.
WORDS = {
    "payer_level": {"市": N_("City"), "区县": N_("District"), "街道": N_("Subdistrict")},  # as extracts write it
    "aggregation": {"arithmetic": N_("sum"), "geometric": N_("product")},
    "normalisation": {"goalpost": N_("goalposts"), "min_max": N_("worst to best")},
    "method_factor": {
        "loyalty": N_("Loyalty to the Party"),
        "service": N_("Service to residents"),
        "development": N_("Promoting development"),
        "conduct": N_("Good conduct"),
        "integrity": N_("Integrity"),
        "aggregation": N_("Aggregation"),
        "normalisation": N_("Normalisation"),
    },
    "score_basis": {"official": N_("Official"), "what_if": N_("What if")},
    "plan_state": {"with": N_("With a plan"), "without": N_("Without a plan")},
    "drill_facet": {"all": N_("Each drill once"), "partner": N_("Each partner of a drill")},
    "progress_state": {
        "overdue": N_("■ Past the time limit"),
        "running": N_("Under way"),
        "done_late": N_("Done late"),
        "done": N_("Done on time"),
    },
    "help_state": {
        "none": N_("■ Not helped yet"),
        "overdue": N_("■ Past the time limit"),
        "running": N_("Under way"),
        "done_late": N_("Done late"),
        "done": N_("Done on time"),
    },
    "signal": {
        "good": N_("On target"),
        "watch": N_("Close to target"),
        "trouble": N_("Off target"),
        "unknown": N_("No target"),
    },
    "relation": {"unit": N_("This unit"), "parent": N_("Unit around it"), "place": N_("Whole place")},
    "state": {
        "reported": N_("Reported"),
        "not_reported": N_("Not reported"),
        "not_applicable": N_("Not applicable"),
    },
    "funnel_state": {
        "within_chance": N_("Within chance"),
        "below": N_("Below 95 %"),
        "above": N_("Above 95 %"),
        "far_below": N_("■ Below 99.8 %"),
        "far_above": N_("Above 99.8 %"),
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
    "tree_level": {
        "district": N_("District"),
        "subdistrict": N_("Subdistrict"),
        "district_committee": N_("District committee"),
        "work_committee": N_("Work committee"),
        "community_committee": N_("Community committee"),
        "branch": N_("Branch"),
        "building_group": N_("Party group"),
        "member_household": N_("Member household hub"),
        "temporary_branch": N_("Temporary organisation"),
    },
    "network_level": {
        "district": N_("District"),
        "subdistrict": N_("Subdistrict"),
        "community": N_("Community"),
        "grid": N_("Grid"),
        "micro_grid": N_("Micro-grid"),
    },
    "size_finding": {"oversized": N_("Above the norm"), "undersized": N_("Below the norm")},
    "election_state": {"overdue": N_("Overdue"), "due_soon": N_("Due soon")},
    "issue_step": {
        "reported": N_("Reported"),
        "accepted": N_("Accepted"),
        "registered": N_("Registered"),
        "dispatched": N_("Dispatched"),
        "handled": N_("Handled"),
        "checked": N_("Result checked"),
        "closed": N_("Closed"),
        "whole": N_("From report to closing"),
        "void": N_("Void"),
    },
    "track": {"any": N_("All issues"), "simple": N_("Simple track"), "complex": N_("Complex track")},
    "limit_verdict": {
        "kept": N_("Kept"),
        "missed": N_("Missed"),
        "running": N_("Not over yet"),
        "unknown": N_("Cannot be judged"),
    },
    "case_kind": {"demonstration": N_("Demonstration"), "hard": N_("Hard case"), "other": N_("Other")},
    "money_source": {"government": N_("Government"), "social": N_("Society"), "resident": N_("Residents")},
    "programme_kind": {
        "programme": N_("Programme"),
        "coordination": N_("Coordination rule"),
        "duty": N_("Duty"),
        "measure": N_("Measure"),
        "power": N_("Power"),
        "gap": N_("Left open by the source"),
    },
    "hedge": {"约": N_("about"), "余": N_("just over"), "多": N_("well over")},
    "source_table": {  # what answers a figure without being an extract
        "promises": N_("Promises of the place"),
        "place_facts": N_("Facts in the profile of the place"),
        "place.toml": N_("Profile of the place"),
        "fortress.toml": N_("Rules of the fortress index"),
        "pioneer.toml": N_("Rules of the pioneer index"),
    },
    "claim_verdict": {
        "reproduced": N_("Reproduced"),
        "differs": N_("Differs"),
        "unknown": N_("Cannot be known"),
    },
    "service_state": {"served": N_("Served"), "not_served": N_("Not served")},
    "firm_mode": {
        "alone": N_("On its own"),
        "industry": N_("By industry"),
        "area": N_("By area"),
        "adviser": N_("Adviser"),
        "without": N_("None yet"),
    },
    "service_mode": {
        "market": N_("Market firm"),
        "red_property": N_("Party-led"),
        "unit_support": N_("Unit-supported"),
        "subsidised": N_("Subsidised"),
        "self_managed": N_("Self-managed"),
        "none": N_("No service"),
    },
    "process": {"six_steps": N_("Six steps of a topic"), "decision": N_("Four steps of a decision")},
}
