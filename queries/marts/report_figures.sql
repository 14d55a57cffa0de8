-- What the extracts say to the figures of a report: one row per figure of the whole place, none for a figure whose
-- extract is not published. `figure` is the code that report_claims names.
--
-- Counts of members below the place's limit for small cells are left out.

with recursive levels as (
    select org_id, 1 as depth
    from party_orgs
    where parent_org_id is null
    union all
    select party_orgs.org_id, levels.depth + 1 as depth
    from party_orgs
    inner join levels on party_orgs.parent_org_id = levels.org_id
),

member_counts as (
    select
        count(*) filter (where groups.org_type = 'building_group') as grouped,
        count(*) filter (where members.category = 'retired') as retired,
        count(distinct members.category) as categories,
    from members
    left join party_orgs as groups on members.group_org_id = groups.org_id
),

pilot_venues as (
    select
        count(distinct facilities.compound_id) as compounds,
        avg(facilities.area_m2) as mean_area,
    from facilities
    inner join compounds using (compound_id)
    where compounds.is_pilot and facilities.kind = 'micro_station'
),

subdistrict_stations as (
    select left(community_code, 9) as subdistrict, count(*) as stations
    from facilities
    where kind = 'micro_station'
    group by subdistrict
),

held_posts as (
    select cross_posts.from_side, cross_posts.to_side
    from cross_posts
    cross join place_facts
    where coalesce(cross_posts.started_date, place_facts.as_of) <= place_facts.as_of
        and coalesce(cross_posts.ended_date > place_facts.as_of, true)
),

workers_in_post as (
    select kind, community_code, grid_code, stationed_compound_id
    from grid_workers
    cross join place_facts
    where coalesce(ended_date, date '9999-12-31') > place_facts.as_of
),

part_time_districts as (
    select left(community_code, 6) as district, count(distinct grid_code) as micro_grids
    from workers_in_post
    where kind = 'part_time'
    group by district
),

platforms as (
    select trim(unnest(string_split(replace(facilities.functions, ';', '、'), '、'))) as platform
    from facilities
    inner join compounds on facilities.compound_id = compounds.compound_id
    where facilities.kind = 'micro_station' and compounds.is_demonstration
),

figures as (
    select 'compounds' as figure, 'compounds' as source_table, cast(count(*) as double) as figure_value
    from compounds
    union all
    select 'compounds/' || compound_type, 'compounds', count(*)
    from compounds
    group by compound_type
    union all
    select 'districts', 'regions', count(*)
    from regions
    where level = 'district'
    union all
    select 'branches', 'party_orgs', count(*)
    from party_orgs
    where org_type in ('branch', 'general_branch')
    union all
    select 'building_groups', 'party_orgs', count(*)
    from party_orgs
    where org_type = 'building_group'
    union all
    select 'organisation_depth', 'party_orgs', max(depth)
    from levels
    union all
    select 'secretaries', 'party_orgs', count(secretary_channel)
    from party_orgs
    union all
    select 'secretary_channels', 'party_orgs', count(distinct secretary_channel)
    from party_orgs
    union all
    select 'area_branches', 'party_orgs', count(*)
    from party_orgs
    inner join regions on regions.region_code = left(party_orgs.region_code, 9) || '000'
    where regions.name in (select code from areas)
        and party_orgs.org_type in ('branch', 'general_branch')
        and party_orgs.secretary_channel is not null
    union all
    select 'micro_grids', 'grids', count(*)
    from grids
    where level = 'micro_grid'
    union all
    select 'fit_cases', 'compound_grids', count(distinct fit_case)
    from compound_grids
    union all
    select 'grouped_members', 'members', grouped
    from member_counts
    where grouped >= (select small_cell_limit from place_facts)
    union all
    select 'retired_members', 'members', retired
    from member_counts
    where retired >= (select small_cell_limit from place_facts)
    union all
    select 'member_categories', 'members', categories
    from member_counts
    union all
    select 'reported_in_members', 'report_ins', count(distinct member_id)
    from report_ins
    having count(distinct member_id) >= (select small_cell_limit from place_facts)
    union all
    select 'member_report_ins_of_year', 'report_ins', count(*)
    from report_ins
    cross join place_facts
    where party = 'member'
        and extract('year' from reported_date) = extract('year' from place_facts.as_of)
    union all
    select 'reported_in_units', 'report_ins', count(distinct unit_id)
    from report_ins
    union all
    select 'post_types', 'post_claims', count(distinct post_type)
    from post_claims
    union all
    select 'projects_claimed', 'service_orders', count(coalesce(assigned_at, accepted_at, completed_at))
    from service_orders
    where kind = 'livelihood_project'
    union all
    select 'projects_running', 'service_orders', count(coalesce(accepted_at, completed_at)) - count(completed_at)
    from service_orders
    where kind = 'livelihood_project'
    union all
    select 'projects_done', 'service_orders', count(completed_at)
    from service_orders
    where kind = 'livelihood_project'
    union all
    select 'joint_committees', 'units', count(distinct joint_committee_community_code)
    from units
    union all
    select
        if(unit_type in ('private_firm', 'social_organisation'), 'committee_new_sector', 'committee_agencies'),
        'units',
        count(*)
    from units
    where joint_committee_community_code is not null
    group by all
    union all
    select 'districts_with_points', 'members', count(distinct district_code)
    from pioneer_quarters
    union all
    select 'micro_stations_2022', 'facilities', count(*)
    from facilities
    where kind = 'micro_station' and extract('year' from opened_date) = 2022
    union all
    select 'pilots_with_venue', 'facilities', compounds
    from pilot_venues
    union all
    select 'pilot_venue_area', 'facilities', mean_area
    from pilot_venues
    union all
    select 'most_stations_in_subdistrict', 'facilities', max(stations)
    from subdistrict_stations
    union all
    select 'canteens_with_help_point', 'facilities', count(*)
    from facilities as canteens
    where canteens.kind = 'canteen'
        and canteens.community_code in (select community_code from facilities where kind = 'help_point')
    union all
    select 'help_points', 'facilities', count(*)
    from facilities
    where kind = 'help_point'
    union all
    select 'property_coverage', 'compounds', 100 * avg(cast(property_mode <> 'none' as integer))
    from compounds
    union all
    select 'owners_body_all', 'compounds', 100 * avg(cast(owners_body <> 'none' as integer))
    from compounds
    union all
    select 'owners_body_eligible', 'compounds', 100 * avg(cast(owners_body <> 'none' as integer))
    from compounds
    where is_owners_body_eligible
    union all
    select 'owners_body_rules', 'compounds', max(owners_body_rule_count)
    from compounds
    where owners_body <> 'none'
    union all
    select 'party_firms', 'property_firms', count(*) filter (where has_party_org)
    from property_firms
    union all
    select 'committee_members_on_bodies', 'cross_posts', count(*) filter (
        where from_side = 'community_committee' and to_side = 'owners_body'
    )
    from held_posts
    union all
    select 'part_time_committee_members', 'cross_posts', count(*) filter (
        where from_side in ('owners_body', 'property') and to_side = 'community_committee'
    )
    from held_posts
    union all
    select 'major_matters', 'deliberations', count(distinct major_matter)
    from deliberations
    union all
    select 'decision_steps', 'deliberations', max(decision_steps_reached)
    from deliberations
    union all
    select 'special_fund', 'funding_lines', max(budget_yuan)
    from funding_lines
    where payee_kind = 'district'
    union all
    select 'grid_workers/' || kind, 'grid_workers', count(*)
    from workers_in_post
    group by kind
    union all
    select 'part_time_workers_in_one_district', 'grid_workers', max(micro_grids)
    from part_time_districts
    union all
    select 'stationed_compounds', 'grid_workers', count(distinct compounds.compound_id)
    from workers_in_post
    inner join compounds on workers_in_post.stationed_compound_id = compounds.compound_id
    where compounds.is_hard_case or compounds.is_demonstration
    union all
    select 'demonstration_platforms', 'facilities', nullif(count(distinct platform), 0)
    from platforms
    union all
    select 'help_point_matters', 'help_point_months', sum(matter_count)
    from help_point_months
    cross join place_facts
    where date_trunc('year', month) = date_trunc('year', as_of)
    union all
    select 'help_point_person_times', 'help_point_months', sum(person_times)
    from help_point_months
    cross join place_facts
    where date_trunc('year', month) = date_trunc('year', as_of)
    union all
    select 'canteen_covered', 'canteen_months', sum(covered_people)
    from canteen_months
    cross join place_facts
    where month = date_trunc('month', as_of)
    having sum(covered_people) >= any_value(small_cell_limit)
    union all
    select
        'canteen_person_times_per_day',
        'canteen_months',
        sum(person_times) / extract('dayofyear' from any_value(last_day(as_of))),
    from canteen_months
    cross join place_facts
    where date_trunc('year', month) = date_trunc('year', as_of)
    union all
    select 'team_colours', 'teams', count(distinct colour)
    from teams
    union all
    select 'ledgers', 'place_facts', ledger_count
    from place_facts
    union all
    select 'activities/' || kind, 'service_activities', count(*)
    from service_activities
    group by kind
    union all
    select 'activity_people/' || kind, 'service_activities', sum(participant_count)
    from service_activities
    cross join place_facts
    group by kind
    having sum(participant_count) >= any_value(small_cell_limit)
    union all
    select 'outcomes/' || outcome_kind, 'service_activities', sum(outcome_count)
    from service_activities
    where outcome_kind is not null
    group by outcome_kind
    union all
    select 'completed_orders/' || kind, 'service_orders', count(completed_at)
    from service_orders
    group by kind
    union all
    select 'open_orders/' || kind, 'service_orders', count(*) - count(completed_at)
    from service_orders
    group by kind
    union all
    select 'purchased_providers', 'funding_lines', nullif(count(distinct provider), 0)
    from funding_lines
    union all
    select 'promise_' || code || '_' || part, 'promises', amount
    from (
        select code, 'minutes' as part, minutes as amount from promises
        union all
        select code, 'hours' as part, hours as amount from promises
        union all
        select code, 'days' as part, working_days as amount from promises
    )
    where amount is not null
    union all
    select figure, source_table, figure_value
    from count_figures
    union all
    select figure, source_table, figure_value
    from profile_figures
)

select
    figure,
    source_table,
    figure_value,
    cast(null as varchar) as district_code,
from figures
where figure_value is not null
    and (
        source_table in ('promises', 'place_facts')
        or ends_with(source_table, '.toml')
        or source_table in (select table_name from published_tables)
    )
order by figure
