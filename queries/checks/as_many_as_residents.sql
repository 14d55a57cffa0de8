-- One row per count of people served or taking part that is exactly the number of residents.
--
-- title: The number is that of all residents
-- severity: warning
-- expected: those who were served or took part, or a note that they were all of them

with residents as (
    select
        sum(residents) as resident_count,
        count(residents) = count(*) as is_complete,
    from compounds
),

communities as (
    select
        community_code,
        sum(residents) as resident_count,
    from compounds
    group by community_code
    having count(residents) = count(*)
)

select
    'report_claims' as table_name,
    report_claims.rowid as row_number,
    'claimed_value' as column_name,
    report_claims.claimed_value as value,
    '≠ ' || report_claims.claimed_value as expected,
from report_claims
cross join residents
where report_claims.figure <> 'residents'
    and report_claims.unit in ('人', '名', '人次')
    and report_claims.note is null
    and report_claims.claimed_value > 0
    and (
        (residents.is_complete and report_claims.claimed_value = residents.resident_count)
        or report_claims.claimed_value in (select claimed_value from report_claims where figure = 'residents')
    )

union all

select
    'resident_point_months' as table_name,
    resident_point_months.rowid as row_number,
    'participants' as column_name,
    resident_point_months.participants as value,
    '≠ ' || communities.resident_count as expected,
from resident_point_months
inner join communities on resident_point_months.community_code = communities.community_code
where resident_point_months.participants = communities.resident_count
    and resident_point_months.participants > 0
