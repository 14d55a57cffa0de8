-- Report-ins and posts claimed in the period and the one before: one row for the selection and one per district.
--
-- What became of a claim is what is known at the as-of date.
--
-- $start_month           date       first month of the period
-- $end_month             date       last month of the period
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $small_cell_limit      integer    a mean rating of fewer ratings is not shown
-- $language              varchar    language of the names, zh or en

with placed as (
    select
        months.*,
        months.month between $start_month and $end_month as is_present,
    from report_in_community_months as months
    where (
        months.month between $start_month and $end_month
        or months.month between $previous_start_month and $previous_end_month
    )
    and (len($districts) = 0 or months.district_code in $districts)
),

counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        sum(member_count) filter (where is_present) as member_report_ins,
        sum(member_count) filter (where not is_present) as previous_member_report_ins,
        sum(unit_count) filter (where is_present) as unit_report_ins,
        sum(unit_count) filter (where not is_present) as previous_unit_report_ins,
        sum(member_emergency_count) filter (where is_present)
            / nullif(sum(member_routine_count + member_emergency_count) filter (where is_present), 0)
            as emergency_share,
        sum(member_emergency_count) filter (where not is_present)
            / nullif(sum(member_routine_count + member_emergency_count) filter (where not is_present), 0)
            as previous_emergency_share,
        sum(member_served_count) filter (where is_present)
            / nullif(sum(member_count) filter (where is_present), 0) as served_rate,
        sum(member_hours) filter (where is_present) as member_hours,
        sum(member_hours) filter (where not is_present) as previous_member_hours,
        sum(member_hours) filter (where is_present)
            / nullif(sum(member_served_count) filter (where is_present), 0) as hours_per_service,
        sum(unit_hours) filter (where is_present) as unit_hours,
        sum(claim_count) filter (where is_present) as claim_count,
        sum(claim_count) filter (where not is_present) as previous_claim_count,
        sum(due_completed_count) filter (where is_present)
            / nullif(sum(due_count) filter (where is_present), 0) as post_completion_rate,
        sum(due_completed_count) filter (where not is_present)
            / nullif(sum(due_count) filter (where not is_present), 0) as previous_post_completion_rate,
        sum(evidenced_count) filter (where is_present)
            / nullif(sum(evidence_known_count) filter (where is_present), 0) as evidence_rate,
        sum(evidenced_count) filter (where not is_present)
            / nullif(sum(evidence_known_count) filter (where not is_present), 0) as previous_evidence_rate,
        if(
            sum(rated_count) filter (where is_present) >= $small_cell_limit,
            round(sum(rating_sum) filter (where is_present) / sum(rated_count) filter (where is_present), 2),
            null
        ) as mean_rating,
    from placed
    group by grouping sets ((), (district_code))
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.member_report_ins,
    counted.previous_member_report_ins,
    counted.unit_report_ins,
    counted.previous_unit_report_ins,
    counted.emergency_share,
    counted.previous_emergency_share,
    counted.served_rate,
    counted.member_hours,
    counted.previous_member_hours,
    counted.hours_per_service,
    counted.unit_hours,
    counted.claim_count,
    counted.previous_claim_count,
    counted.post_completion_rate,
    counted.previous_post_completion_rate,
    counted.evidence_rate,
    counted.previous_evidence_rate,
    counted.mean_rating,
from counted
left join region_facts on counted.district_code = region_facts.region_code
where counted.level = 'selection' or counted.district_code is not null
order by counted.level desc, counted.district_code
