-- Weak branches under rectification and communities helped: one row per programme, the longest overdue first.
--
-- Open at the as-of date, or closed in the period.
--
-- $start_month  date       first month of the period
-- $end_month    date       last month of the period
-- $districts    varchar[]  districts shown; empty means all in scope
-- $language     varchar    language of the names, zh or en

select
    rectification_programmes.rectification_kind,
    label(rectification_programmes.name, rectification_programmes.name_en, $language) as programme_subject,
    label(communities.name, communities.name_en, $language) as community_name,
    label(districts.name, districts.name_en, $language) as district_name,
    rectification_programmes.finding_kind,
    rectification_programmes.progress_state,
    rectification_programmes.steps_done / nullif(rectification_programmes.step_count, 0) as steps_share,
    rectification_programmes.steps_done as programme_steps_done,
    rectification_programmes.step_count as programme_step_count,
    rectification_programmes.found_date as programme_start_date,
    rectification_programmes.due_date as programme_due_date,
    rectification_programmes.closed_date as programme_closed_date,
    rectification_programmes.days_left as programme_days_left,
    rectification_programmes.community_code,
from rectification_programmes
left join region_facts as communities on rectification_programmes.community_code = communities.region_code
left join region_facts as districts on rectification_programmes.district_code = districts.region_code
where (
    rectification_programmes.closed_date is null
    or rectification_programmes.closed_date between $start_month and last_day($end_month)
)
and (len($districts) = 0 or rectification_programmes.district_code in $districts)
order by
    list_position(['overdue', 'running', 'done_late', 'done'], rectification_programmes.progress_state),
    rectification_programmes.due_date,
    rectification_programmes.rectification_id
