-- Plain counts and sums of the whole place that figures of reports name: one row per figure. `figure` is what is
-- counted, with the kind after a stroke where there are kinds.
--
-- Counts of people below the place's limit for small cells are left out. 0 is a count too: of levels that solved no
-- issue, for one.

with issue_levels as (
    select unnest(['compound', 'community', 'subdistrict', 'department']) as resolved_level
),

rewarded as (
    select year, count(distinct subject_id) as communities
    from awards
    where subject_kind = 'community' and place is not null
    group by year
),

compound_outcomes as (
    select outcome_kind, compound_id, sum(outcome_count) as outcomes
    from service_activities
    where outcome_kind is not null and compound_id is not null
    group by outcome_kind, compound_id
),

people as (
    select 'residents' as figure, 'compounds' as source_table, sum(residents) as people
    from compounds
    union all
    select 'team_headcount/' || kind, 'teams', sum(headcount)
    from teams
    group by kind
    union all
    select 'mobilised/' || kind, 'mobilisations', sum(headcount)
    from mobilisations
    group by kind
),

figures as (
    select figure, source_table, cast(people as double) as figure_value
    from people
    where people >= (select small_cell_limit from place_facts)
    union all
    select 'communities', 'regions', count(*)
    from regions
    where level = 'community'
    union all
    select 'compound_types', 'compounds', count(distinct compound_type)
    from compounds
    union all
    select 'floor_area', 'compounds', sum(floor_area_m2)
    from compounds
    union all
    select 'households', 'compounds', sum(households)
    from compounds
    union all
    select 'reform_year', 'compounds', any_value(reform_year)
    from compounds
    having count(*) = 1
    union all
    select 'grids', 'grids', count(*)
    from grids
    where level = 'grid'
    union all
    select 'buildings/' || kind, 'buildings', count(*)
    from buildings
    group by kind
    union all
    select 'organisations/' || org_type, 'party_orgs', count(*)
    from party_orgs
    group by org_type
    union all
    select 'teams/' || kind, 'teams', count(*)
    from teams
    group by kind
    union all
    select 'issues', 'issues', count(*)
    from issues
    union all
    select 'issues_solved/' || issue_levels.resolved_level, 'issues', count(issues.issue_id)
    from issue_levels
    left join issues on issue_levels.resolved_level = issues.resolved_level
    group by issue_levels.resolved_level
    union all
    select 'issues_in_progress', 'issues', count(*)
    from issues
    where status not in ('closed', 'returned', 'void')
    union all
    select 'task_phases', 'tasks', count(distinct phase)
    from tasks
    union all
    select 'one_tap_channels', 'issues', count(distinct channel)
    from issues
    where starts_with(channel, '一键')
    union all
    select 'safety_events/' || kind, 'safety_events', count(*)
    from safety_events
    group by kind
    union all
    select 'drill_minutes/' || kind, 'drills', median(duration_minutes)
    from drills
    group by kind
    union all
    select 'deliberation_sessions', 'deliberations', count(distinct (community_code, held_date))
    from deliberations
    union all
    select 'member_report_ins', 'report_ins', count(*)
    from report_ins
    where party = 'member'
    union all
    select 'all_activities', 'service_activities', count(*)
    from service_activities
    union all
    select 'activity_person_times/' || kind, 'service_activities', sum(person_times)
    from service_activities
    group by kind
    union all
    select
        'renovation_sources',
        'renovations',
        cast(sum(government_yuan) > 0 as integer)
        + cast(sum(social_yuan) > 0 as integer)
        + cast(sum(resident_yuan) > 0 as integer),
    from renovations
    union all
    select 'most_outcomes_in_compound/' || outcome_kind, 'service_activities', max(outcomes)
    from compound_outcomes
    group by outcome_kind
    union all
    select 'appraisal_dimensions', 'appraisals', count(distinct dimension)
    from appraisals
    where subject_kind = 'community' and appraiser_kind in ('superior', 'resident')
    union all
    select 'special_awards', 'awards', count(distinct award)
    from awards
    where subject_kind = 'community' and place is null
    union all
    select 'rewarded_communities', 'awards', max(communities)
    from rewarded
    union all
    select 'centres_to_norm', 'facilities', count(*)
    from venue_facts
    where kind = 'service_centre' and meets_norm
    union all
    select 'rate/' || payer_level || '/' || item, 'funding_lines', median(rate_yuan)
    from funding_lines
    group by payer_level, item
    union all
    select 'funding_items/' || payee_kind, 'funding_lines', count(distinct item)
    from funding_lines
    group by payee_kind
)

select
    figure,
    source_table,
    figure_value,
    cast(null as varchar) as district_code,
from figures
where figure_value is not null
order by figure
