-- One row per date of something that happened after the place's as-of date.
--
-- title: The date is after the as-of date of the place
-- severity: warning
-- expected: a date up to the as-of date in place.toml

select
    'issues' as table_name,
    issues.rowid as row_number,
    'reported_at' as column_name,
    issues.reported_at::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from issues
cross join place_facts
where issues.reported_at::date > place_facts.as_of

union all

select
    'issues' as table_name,
    issues.rowid as row_number,
    'closed_at' as column_name,
    issues.closed_at::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from issues
cross join place_facts
where issues.closed_at::date > place_facts.as_of

union all

select
    'member_events' as table_name,
    member_events.rowid as row_number,
    'occurred_date' as column_name,
    member_events.occurred_date::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from member_events
cross join place_facts
where member_events.occurred_date::date > place_facts.as_of

union all

select
    'branch_assessments' as table_name,
    branch_assessments.rowid as row_number,
    'quarter' as column_name,
    branch_assessments.quarter::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from branch_assessments
cross join place_facts
where branch_assessments.quarter::date > place_facts.as_of

union all

select
    'service_orders' as table_name,
    service_orders.rowid as row_number,
    'ordered_at' as column_name,
    service_orders.ordered_at::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from service_orders
cross join place_facts
where service_orders.ordered_at::date > place_facts.as_of

union all

select
    'service_orders' as table_name,
    service_orders.rowid as row_number,
    'completed_at' as column_name,
    service_orders.completed_at::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from service_orders
cross join place_facts
where service_orders.completed_at::date > place_facts.as_of

union all

select
    'report_ins' as table_name,
    report_ins.rowid as row_number,
    'reported_date' as column_name,
    report_ins.reported_date::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from report_ins
cross join place_facts
where report_ins.reported_date::date > place_facts.as_of

union all

select
    'deliberations' as table_name,
    deliberations.rowid as row_number,
    'held_date' as column_name,
    deliberations.held_date::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from deliberations
cross join place_facts
where deliberations.held_date::date > place_facts.as_of

union all

select
    'visit_months' as table_name,
    visit_months.rowid as row_number,
    'month' as column_name,
    visit_months.month::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from visit_months
cross join place_facts
where visit_months.month::date > place_facts.as_of

union all

select
    'redemptions' as table_name,
    redemptions.rowid as row_number,
    'redeemed_date' as column_name,
    redemptions.redeemed_date::varchar as value,
    '≤ ' || place_facts.as_of as expected,
from redemptions
cross join place_facts
where redemptions.redeemed_date::date > place_facts.as_of
