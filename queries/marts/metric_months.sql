-- Every metric by district, compound type and month: numerator and denominator, and for means the sum of
-- squares; one row per district, compound type, month and metric.
--
-- basis says how months add up: 'month' counts add up over months; 'quarter' values repeat in the months of
-- their quarter and count once; 'moment' states hold at the end of a month and only the last one counts.

with branch_scores as (
    select
        branch_quarters.district_code,
        branch_facts.compound_type,
        branch_quarters.quarter,
        'fortress_index' as metric,
        sum(branch_quarters.total) as numerator,
        count(branch_quarters.total) as denominator,
        sum(branch_quarters.total * branch_quarters.total) as square_sum,
    from branch_quarters
    inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
    where branch_quarters.total is not null
    group by branch_quarters.district_code, branch_facts.compound_type, branch_quarters.quarter
),

starred_members as (
    select
        pioneer_quarters.district_code,
        pioneer_quarters.compound_type,
        pioneer_quarters.quarter,
        'starred_member_share' as metric,
        sum(if(pioneer_quarters.band = 'starred', pioneer_quarters.member_count, 0)) as numerator,
        sum(pioneer_quarters.member_count) as denominator,
        null as square_sum,
    from pioneer_quarters
    where pioneer_quarters.band in ('starred', 'qualified', 'warning')
    group by pioneer_quarters.district_code, pioneer_quarters.compound_type, pioneer_quarters.quarter
),

quarterly as (
    select district_code, compound_type, quarter, metric, numerator, denominator, square_sum
    from branch_scores
    union all
    select district_code, compound_type, quarter, metric, numerator, denominator, square_sum
    from starred_members
),

quarter_months as (
    select
        quarterly.district_code,
        quarterly.compound_type,
        cast(date_add(quarterly.quarter, to_months(offsets.month_offset)) as date) as month,
        quarterly.metric,
        'quarter' as basis,
        cast(quarterly.numerator as double) as numerator,
        cast(quarterly.denominator as double) as denominator,
        cast(quarterly.square_sum as double) as square_sum,
    from quarterly
    cross join (values (0), (1), (2)) as offsets (month_offset)
    inner join place_facts on date_add(quarterly.quarter, to_months(offsets.month_offset)) <= place_facts.as_of
),

compound_sums as (
    select
        district_code,
        compound_type,
        month,
        metric,
        basis,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        cast(null as double) as square_sum,
    from compound_metrics
    group by district_code, compound_type, month, metric, basis
)

select district_code, compound_type, month, metric, basis, numerator, denominator, square_sum
from compound_sums
union all
select district_code, compound_type, month, metric, basis, numerator, denominator, square_sum
from quarter_months
order by metric, month, district_code, compound_type
