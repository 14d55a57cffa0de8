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
        N_("Oversized branches"),
        "count",
        N_("More full members than a branch may have; a general branch may have more."),
    ),
    "undersized_branch_count": Column(
        N_("Undersized branches"), "count", N_("Fewer full members than a branch must have.")
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
        "hours",
        N_("Half of the steps took longer since the step before on record. Interpolated in classes of 10 %."),
    ),
    "previous_median_hours": Column(N_("Median, period before"), "hours"),
    "hours_90": Column(
        N_("90th percentile, hours"), "hours", N_("One step in ten took longer. Interpolated in classes of 10 %.")
    ),
    "previous_hours_90": Column(N_("90th percentile, period before"), "hours"),
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
    # --- columns of report_check ---
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
    "claim_note": Column(N_("Note"), "text"),
    "figure": Column(N_("Calculation"), "code", N_("Row of the derived table report_figures that answers the figure.")),
    "source_table": Column(N_("Source"), "code"),
}

# Columns of rows that describe the data; no query gives them.
ABOUT_DATA: dict[str, Column] = {
    "metric_title": Column(N_("Metric or figure"), "text"),
    "metric_code": Column(N_("Code"), "code"),
    "definition": Column(N_("Definition"), "text"),
    "denominator": Column(N_("Denominator"), "text"),
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
    "tree_level": {
        "district": N_("District"),
        "subdistrict": N_("Subdistrict"),
        "work_committee": N_("Work committee"),
        "community_committee": N_("Community committee"),
        "branch": N_("Branch"),
        "building_group": N_("Party group"),
        "member_household": N_("Member household hub"),
        "temporary_branch": N_("Temporary organisation"),
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
    "hedge": {"约": N_("about"), "余": N_("just over"), "多": N_("well over")},
    "claim_verdict": {
        "reproduced": N_("Reproduced"),
        "differs": N_("Differs"),
        "unknown": N_("Cannot be known"),
    },
    "process": {"six_steps": N_("Six steps of a topic"), "decision": N_("Four steps of a decision")},
}
