-- What the extracts say to the figures of a report: one row per figure of the whole place, none for a figure whose
-- extract is not published. `figure` is the code that report_claims names.
--
-- Counts of people below the place's limit for small cells are left out.

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
    select 'major_matters', 'deliberations', count(distinct major_matter)
    from deliberations
    union all
    select 'decision_steps', 'deliberations', max(decision_steps_reached)
    from deliberations
    union all
    select
        case
            when payee_kind = 'facility' then 'venue_support_rate'
            when payee_kind = 'compound' then 'compound_fund_rate'
            when payee_kind = 'branch' and pay_period = 'year' then 'branch_fund_rate'
            when pay_period = 'month' then 'secretary_allowance_rate'
            else 'phone_allowance_rate'
        end as figure,
        'funding_lines',
        median(rate_yuan),
    from funding_lines
    where payer_level = 'district' and payee_kind in ('facility', 'compound', 'branch')
    group by figure
    union all
    select 'special_fund', 'funding_lines', max(budget_yuan)
    from funding_lines
    where payee_kind = 'district'
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
)

select
    figure,
    source_table,
    figure_value,
    cast(null as varchar) as district_code,
from figures
where figure_value is not null
    and (source_table = 'promises' or source_table in (select table_name from published_tables))
order by figure
