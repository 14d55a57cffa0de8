-- Numerator and denominator of every metric that a community has beside those of compound_metrics: rows of one compound
-- (compound_id), of what no compound is named for, and of a community as a whole (compound_type null), by month and
-- metric. The value is numerator / denominator; both are counted as on the page that shows the metric.
--
-- basis says how months add up: 'month' counts add up over months; 'moment' states hold at the end of a month and only
-- the last month of a period counts; 'score' values of a quarter are averaged, first within a community, then over
-- communities. A denominator of 0 says that there was nothing to count, null that what there is was not reported.
-- What the register alone knows stands in the as-of month, what belongs to a year in each of its months.
-- variance is that of a score. What is judged by a norm, but has none, is left out.

with months as (
    select
        cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month,
        last_month as as_of_month,
    from (
        select
            (select min(month) from issue_months) as first_month,
            (select cast(date_trunc('month', as_of) as date) from place_facts) as last_month,
    )
),

as_of as (
    select cast(date_trunc('month', as_of) as date) as month
    from place_facts
),

communities as (
    select region_code as community_code, subdistrict_code, district_code
    from region_facts
    where level = 'community'
),

orders as (
    select *, left(community_code, 9) || '000' as subdistrict_code
    from order_place_months
),

topics as (
    select *, left(community_code, 9) || '000' as subdistrict_code
    from deliberation_place_months
),

checks as (
    select *, left(community_code, 9) || '000' as subdistrict_code
    from service_check_place_months
),

community_tasks as (
    select *, left(community_code, 9) || '000' as subdistrict_code, null as compound_id, null as compound_type
    from task_community_months
),

due_notices as (
    select *, region_code as community_code, left(region_code, 9) || '000' as subdistrict_code,
        null as compound_id, null as compound_type,
    from notice_place_months
),

inspected as (
    select *, region_code as community_code, left(region_code, 9) || '000' as subdistrict_code,
        null as compound_id, null as compound_type,
    from inspection_place_months
),

funded_months as (
    select *, region_code as community_code, left(region_code, 9) || '000' as subdistrict_code,
        cast(unnest(generate_series(make_date(year, 1, 1), make_date(year, 12, 1), interval 1 month)) as date) as month,
    from funding_place_years
),

funded_households as (
    select compound_facts.*, funded.month
    from compound_facts
    cross join (select distinct month from funded_months) as funded
),

venues as (
    select venue_facts.*, left(venue_facts.community_code, 9) || '000' as subdistrict_code, months.month
    from venue_facts
    inner join months on coalesce(venue_facts.opened_date, date '1949-01-01') <= last_day(months.month)
),

halls as (
    select
        facilities.* exclude (compound_id),
        left(facilities.community_code, 9) || '000' as subdistrict_code,
        as_of.month, null as compound_id, null as compound_type,
    from facilities
    cross join as_of
    where facilities.kind = 'deliberation_hall'
),

housing as (
    select
        coalesce(buildings.community_code, compound_facts.community_code) as community_code,
        left(coalesce(buildings.community_code, compound_facts.community_code), 9) || '000' as subdistrict_code,
        buildings.district_code,
        buildings.compound_id,
        compound_facts.compound_type,
        as_of.month,
        count(*) as building_count,
    from buildings
    cross join as_of
    left join compound_facts on buildings.compound_id = compound_facts.compound_id
    where buildings.kind = 'residential'
    group by all
),

works as (
    select
        compound_facts.community_code, compound_facts.subdistrict_code, renovations.district_code,
        renovations.compound_id, compound_facts.compound_type,
        renovations.is_road_accepted,
        renovations.is_wall_accepted,
        renovations.is_light_accepted,
        cast(
            unnest(
                generate_series(
                    date_trunc('year', renovations.finished_date),
                    date_trunc('year', renovations.finished_date) + interval 11 month,
                    interval 1 month
                )
            ) as date
        ) as month,
    from renovations
    inner join compound_facts on renovations.compound_id = compound_facts.compound_id
    where renovations.finished_date is not null
),

-- In the as-of month the register of compounds decides who is served, in earlier months property_months.
property_states as (
    select
        compound_facts.*, months.month,
        if(
            months.month = months.as_of_month,
            compound_facts.is_property_covered,
            coalesce(property_months.is_covered, property_months.mode <> 'none')
        ) as is_covered,
        property_months.fee_collection_rate,
        property_months.complaint_count,
    from compound_facts
    cross join months
    left join property_months
        on compound_facts.compound_id = property_months.compound_id
        and months.month = property_months.month
),

committee_posts as (
    select distinct cross_posts.compound_id
    from cross_posts
    cross join place_facts
    where cross_posts.from_side = 'community_committee'
        and cross_posts.to_side = 'owners_body'
        and coalesce(cross_posts.started_date, place_facts.as_of) <= place_facts.as_of
        and coalesce(cross_posts.ended_date > place_facts.as_of, true)
),

owners_bodies as (
    select
        compound_facts.*, compound_facts.as_of_month as month,
        compounds.has_owners_body_party_org,
        compounds.owners_body_rule_count,
    from compound_facts
    inner join compounds on compound_facts.compound_id = compounds.compound_id
),

fits as (
    select
        compound_facts.community_code, compound_facts.subdistrict_code, compound_facts.district_code,
        compound_facts.compound_id, compound_facts.compound_type, compound_facts.as_of_month as month,
        compound_grids.fit_case,
        count(distinct compound_grids.grid_code) as grid_count,
        bool_and(compound_grids.is_aligned) as is_aligned,
    from compound_grids
    inner join compound_facts on compound_grids.compound_id = compound_facts.compound_id
    group by all
),

visits as (
    select
        left(visit_months.grid_code, 12) as community_code,
        left(visit_months.grid_code, 9) || '000' as subdistrict_code,
        visit_months.district_code, null as compound_id, null as compound_type, visit_months.month,
        visit_months.households_visited,
        visit_months.matters_found,
        grids.households,
    from visit_months
    left join grids on visit_months.grid_code = grids.grid_code
),

help_points as (
    select
        facilities.community_code,
        left(facilities.community_code, 9) || '000' as subdistrict_code,
        help_point_months.district_code, null as compound_id, null as compound_type, help_point_months.month,
        help_point_months.matter_count,
        help_point_months.person_times,
    from help_point_months
    inner join facilities on help_point_months.facility_id = facilities.facility_id
),

canteens as (
    select
        facilities.community_code,
        left(facilities.community_code, 9) || '000' as subdistrict_code,
        canteen_months.district_code, null as compound_id, null as compound_type, canteen_months.month,
        canteen_months.person_times,
    from canteen_months
    inner join facilities on canteen_months.facility_id = facilities.facility_id
),

readiness as (
    select *, as_of.month, null as compound_id, null as compound_type
    from emergency_communities
    cross join as_of
),

-- A drill counts in the twelve months that begin with its own.
drilled as (
    select distinct
        community_code,
        cast(unnest(generate_series(month, month + interval 11 month, interval 1 month)) as date) as month,
    from drill_months
    where facet = 'all'
),

drillable as (
    select
        communities.*, null as compound_id, null as compound_type, months.month,
        drilled.community_code is not null as is_drilled,
    from communities
    cross join months
    inner join published_tables on published_tables.table_name = 'drills'
    left join drilled on communities.community_code = drilled.community_code and months.month = drilled.month
),

drills_held as (
    select *, left(community_code, 9) || '000' as subdistrict_code, null as compound_id, null as compound_type
    from drill_months
    where facet = 'all'
),

staffed as (
    select *, left(community_code, 9) || '000' as subdistrict_code, null as compound_id, null as compound_type
    from worker_community_months
),

stations as (
    select worker_station_months.*, compound_facts.community_code, compound_facts.subdistrict_code
    from worker_station_months
    inner join compound_facts on worker_station_months.compound_id = compound_facts.compound_id
),

committees as (
    select
        joint_committee_facts.*, left(joint_committee_facts.community_code, 9) || '000' as subdistrict_code,
        as_of.month, null as compound_id, null as compound_type,
    from joint_committee_facts
    cross join as_of
),

resources as (
    select
        resource_shares.community_code,
        left(resource_shares.community_code, 9) || '000' as subdistrict_code,
        resource_shares.district_code, null as compound_id, null as compound_type, months.month,
        resource_shares.used_times,
    from resource_shares
    inner join months on resource_shares.offered_date <= last_day(months.month)
),

rated_by_units as (
    select
        subject_id as community_code, left(subject_id, 9) || '000' as subdistrict_code, district_code,
        null as compound_id, null as compound_type,
        cast(unnest(generate_series(quarter, quarter + interval 2 month, interval 1 month)) as date) as month,
        score,
    from appraisals
    where subject_kind = 'community' and appraiser_kind = 'unit' and score is not null
),

appraised as (
    select
        *, left(community_code, 9) || '000' as subdistrict_code, quarter as month,
        null as compound_id, null as compound_type,
    from community_appraisals
),

-- Members who report in are few in a community: they stand in their district alone, as on their page.
reported_in as (
    select
        * exclude (community_code),
        null as community_code, null as subdistrict_code, null as compound_id, null as compound_type,
    from report_in_community_months
)

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'venue_norm_rate' as metric, 'moment' as basis, null as variance,
    cast(meets_norm as double) as numerator,
    cast(if(meets_norm is null, null, 1) as double) as denominator,
from venues
where min_area_m2 is not null or meets_norm is not null

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'unified_rate' as metric, 'moment' as basis, null as variance,
    cast(unified_item_count = 6 as double) as numerator,
    cast(if(unified_item_count is null, null, 1) as double) as denominator,
from venues

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'full_hall_share' as metric, 'moment' as basis, null as variance,
    cast(deliberation_item_count = 6 as double) as numerator,
    cast(if(deliberation_item_count is null, null, 1) as double) as denominator,
from halls

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'mean_standards' as metric, 'moment' as basis, null as variance,
    cast(deliberation_item_count as double) as numerator,
    cast(if(deliberation_item_count is null, null, 1) as double) as denominator,
from halls

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'buildings_per_compound' as metric, 'moment' as basis, null as variance,
    cast(building_count as double) as numerator,
    cast(if(compound_id is null, 0, 1) as double) as denominator,
from housing

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'spending_rate' as metric, 'moment' as basis, null as variance,
    cast(spent_yuan as double) as numerator,
    cast(accounted_yuan as double) as denominator,
from funded_months

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'published_rate' as metric, 'moment' as basis, null as variance,
    cast(published_count as double) as numerator,
    cast(nullif(published_known_count, 0) as double) as denominator,
from funded_months

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'budget_per_household_yuan' as metric, 'moment' as basis, null as variance,
    cast(budget_yuan as double) as numerator,
    cast(0 as double) as denominator,
from funded_months

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'budget_per_household_yuan' as metric, 'moment' as basis, null as variance,
    cast(null as double) as numerator,
    cast(households as double) as denominator,
from funded_households

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'road_acceptance_rate' as metric, 'moment' as basis, null as variance,
    cast(is_road_accepted as double) as numerator,
    cast(if(is_road_accepted is null, null, 1) as double) as denominator,
from works

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'wall_acceptance_rate' as metric, 'moment' as basis, null as variance,
    cast(is_wall_accepted as double) as numerator,
    cast(if(is_wall_accepted is null, null, 1) as double) as denominator,
from works

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'light_acceptance_rate' as metric, 'moment' as basis, null as variance,
    cast(is_light_accepted as double) as numerator,
    cast(if(is_light_accepted is null, null, 1) as double) as denominator,
from works

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'property_household_coverage' as metric, 'moment' as basis, null as variance,
    cast(if(is_covered, households, 0) as double) as numerator,
    cast(if(is_covered is null, null, households) as double) as denominator,
from property_states

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'fee_collection' as metric, 'month' as basis, null as variance,
    cast(households * fee_collection_rate as double) as numerator,
    cast(
        case
            when fee_collection_rate is not null then households
            when not is_covered then 0
        end as double
    ) as denominator,
from property_states

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'property_complaints' as metric, 'month' as basis, null as variance,
    cast(complaint_count as double) as numerator,
    cast(if(complaint_count is null, null, households / 1000) as double) as denominator,
from property_states

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'body_party_org_rate' as metric, 'moment' as basis, null as variance,
    cast(has_owners_body_party_org as double) as numerator,
    cast(if(has_owners_body_party_org is null, null, 1) as double) as denominator,
from owners_bodies
where has_owners_body

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'rules_per_body' as metric, 'moment' as basis, null as variance,
    cast(owners_body_rule_count as double) as numerator,
    cast(if(owners_body_rule_count is null, null, 1) as double) as denominator,
from owners_bodies
where has_owners_body

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'committee_body_rate' as metric, 'moment' as basis, null as variance,
    cast(compound_id in (select compound_id from committee_posts) as double) as numerator,
    cast(1 as double) as denominator,
from owners_bodies
where has_owners_body

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'grids_per_compound' as metric, 'moment' as basis, null as variance,
    cast(grid_count as double) as numerator,
    cast(1 as double) as denominator,
from fits

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'aligned_rate' as metric, 'moment' as basis, null as variance,
    cast(is_aligned as double) as numerator,
    cast(if(is_aligned is null, null, 1) as double) as denominator,
from fits

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'pre_review_rate' as metric, 'month' as basis, null as variance,
    cast(pre_reviewed_count as double) as numerator,
    cast(nullif(pre_review_known_count, 0) as double) as denominator,
from topics

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'all_steps_rate' as metric, 'month' as basis, null as variance,
    cast(step_6_count as double) as numerator,
    cast(nullif(steps_known_count, 0) as double) as denominator,
from topics

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'decision_rate' as metric, 'month' as basis, null as variance,
    cast(decision_4_count as double) as numerator,
    cast(nullif(decision_known_count, 0) as double) as denominator,
from topics

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'topic_resolution_rate' as metric, 'month' as basis, null as variance,
    cast(resolved_count as double) as numerator,
    cast(nullif(resolution_known_count, 0) as double) as denominator,
from topics

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'result_publication_rate' as metric, 'month' as basis, null as variance,
    cast(result_published_count as double) as numerator,
    cast(if(resolution_known_count = 0, null, resolved_count) as double) as denominator,
from topics

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'follow_up_rate' as metric, 'month' as basis, null as variance,
    cast(followed_up_count as double) as numerator,
    cast(if(resolved_count > 0, nullif(follow_up_known_count, 0), 0) as double) as denominator,
from topics

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'attendance_per_topic' as metric, 'month' as basis, null as variance,
    cast(attendance as double) as numerator,
    cast(nullif(attendance_known_count, 0) as double) as denominator,
from topics

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'notice_ontime_rate' as metric, 'month' as basis, null as variance,
    cast(ontime_count as double) as numerator,
    cast(due_count as double) as denominator,
from due_notices

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'task_ontime_rate' as metric, 'month' as basis, null as variance,
    cast(ontime_count as double) as numerator,
    cast(due_count as double) as denominator,
from community_tasks

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'listed_rate' as metric, 'month' as basis, null as variance,
    cast(listed_count as double) as numerator,
    cast(nullif(listed_known_count, 0) as double) as denominator,
from community_tasks

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'complete_plan_rate' as metric, 'month' as basis, null as variance,
    cast(complete_plan_count as double) as numerator,
    cast(nullif(plan_known_count, 0) as double) as denominator,
from community_tasks

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'tasks_per_community' as metric, 'month' as basis, null as variance,
    cast(task_count as double) as numerator,
    cast(0 as double) as denominator,
from community_tasks

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'tasks_per_community' as metric, 'moment' as basis, null as variance,
    cast(0 as double) as numerator,
    cast(1 as double) as denominator,
from communities
cross join months
cross join (select null as compound_id, null as compound_type) as whole
where 'tasks' in (select table_name from published_tables)

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'order_completion_rate' as metric, 'month' as basis, null as variance,
    cast(completed_count as double) as numerator,
    cast(order_count as double) as denominator,
from orders

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'order_rating' as metric, 'month' as basis, null as variance,
    cast(rating_sum as double) as numerator,
    cast(if(completed_count > 0, nullif(rated_count, 0), 0) as double) as denominator,
from orders

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'hours_to_accept' as metric, 'month' as basis, null as variance,
    cast(accept_seconds / 3600 as double) as numerator,
    cast(accept_known_count as double) as denominator,
from orders

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'hours_to_complete' as metric, 'month' as basis, null as variance,
    cast(complete_seconds / 3600 as double) as numerator,
    cast(completed_count as double) as denominator,
from orders

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'visit_rate' as metric, 'month' as basis, null as variance,
    cast(if(households is null, null, households_visited) as double) as numerator,
    cast(if(households_visited is null, null, households) as double) as denominator,
from visits

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'matters_per_100_visits' as metric, 'month' as basis, null as variance,
    cast(matters_found as double) as numerator,
    cast(if(matters_found is null, null, households_visited / 100) as double) as denominator,
from visits

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'matters_per_point' as metric, 'month' as basis, null as variance,
    cast(matter_count as double) as numerator,
    cast(if(matter_count is null, null, 1) as double) as denominator,
from help_points

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'person_times_per_point' as metric, 'month' as basis, null as variance,
    cast(person_times as double) as numerator,
    cast(if(matter_count is null, null, 1) as double) as denominator,
from help_points

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'idle_share' as metric, 'month' as basis, null as variance,
    cast(matter_count = 0 as double) as numerator,
    cast(if(matter_count is null, null, 1) as double) as denominator,
from help_points

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'person_times_per_canteen_day' as metric, 'month' as basis, null as variance,
    cast(person_times as double) as numerator,
    cast(if(person_times is null, null, day(last_day(month))) as double) as denominator,
from canteens

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'standard_met_rate' as metric, 'month' as basis, null as variance,
    cast(met_count as double) as numerator,
    cast(nullif(judged_count, 0) as double) as denominator,
from checks

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'workers_per_micro_grid' as metric, 'moment' as basis, null as variance,
    cast(grid_workers as double) as numerator,
    cast(if(grid_workers is null, null, micro_grid_count) as double) as denominator,
from staffed

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'hard_stationed_rate' as metric, 'moment' as basis, null as variance,
    cast(stationed_workers > 0 as double) as numerator,
    cast(if(stationed_workers is null, null, 1) as double) as denominator,
from stations
where stationing = 'hard_case'

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'demonstration_stationed_rate' as metric, 'moment' as basis, null as variance,
    cast(stationed_workers > 0 as double) as numerator,
    cast(if(stationed_workers is null, null, 1) as double) as denominator,
from stations
where stationing = 'demonstration'

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'grid_plan_rate' as metric, 'moment' as basis, null as variance,
    cast(grid_with_count as double) as numerator,
    cast(
        if(
            grid_unknown_count > 0,
            nullif(grid_with_count + grid_without_count, 0),
            grid_with_count + grid_without_count
        ) as double
    ) as denominator,
from readiness

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'micro_grid_plan_rate' as metric, 'moment' as basis, null as variance,
    cast(micro_grid_with_count as double) as numerator,
    cast(
        if(
            micro_grid_unknown_count > 0,
            nullif(micro_grid_with_count + micro_grid_without_count, 0),
            micro_grid_with_count + micro_grid_without_count
        ) as double
    ) as denominator,
from readiness

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'drilled_rate' as metric, 'moment' as basis, null as variance,
    cast(is_drilled as double) as numerator,
    cast(1 as double) as denominator,
from drillable

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'drill_met_rate' as metric, 'month' as basis, null as variance,
    cast(met_count as double) as numerator,
    cast(nullif(met_count + partly_met_count + not_met_count, 0) as double) as denominator,
from drills_held

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'joint_share' as metric, 'month' as basis, null as variance,
    cast(joint_count as double) as numerator,
    cast(drill_count as double) as denominator,
from drills_held

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'mean_minutes' as metric, 'month' as basis, null as variance,
    cast(minutes as double) as numerator,
    cast(nullif(timed_count, 0) as double) as denominator,
from drills_held

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'served_rate' as metric, 'month' as basis, null as variance,
    cast(member_served_count as double) as numerator,
    cast(member_count as double) as denominator,
from reported_in

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'emergency_share' as metric, 'month' as basis, null as variance,
    cast(member_emergency_count as double) as numerator,
    cast(member_routine_count + member_emergency_count as double) as denominator,
from reported_in

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'hours_per_service' as metric, 'month' as basis, null as variance,
    cast(member_hours as double) as numerator,
    cast(member_served_count as double) as denominator,
from reported_in

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'post_completion_rate' as metric, 'month' as basis, null as variance,
    cast(due_completed_count as double) as numerator,
    cast(due_count as double) as denominator,
from reported_in

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'evidence_rate' as metric, 'month' as basis, null as variance,
    cast(evidenced_count as double) as numerator,
    cast(evidence_known_count as double) as denominator,
from reported_in

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'joint_committee_rate' as metric, 'moment' as basis, null as variance,
    cast(unit_count > 0 as double) as numerator,
    cast(1 as double) as denominator,
from committees

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'units_per_committee' as metric, 'moment' as basis, null as variance,
    cast(unit_count as double) as numerator,
    cast(if(unit_count > 0, 1, 0) as double) as denominator,
from committees

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'resource_use_rate' as metric, 'moment' as basis, null as variance,
    cast(used_times > 0 as double) as numerator,
    cast(if(used_times is null, null, 1) as double) as denominator,
from resources

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'communities_by_units' as metric, 'moment' as basis, null as variance,
    cast(score as double) as numerator,
    cast(1 as double) as denominator,
from rated_by_units

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'service_quality' as metric, 'score' as basis, score_variance as variance,
    cast(score as double) as numerator,
    cast(1 as double) as denominator,
from appraised
where dimension = 'service_quality'

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'satisfaction_score' as metric, 'score' as basis, score_variance as variance,
    cast(score as double) as numerator,
    cast(1 as double) as denominator,
from appraised
where dimension = 'satisfaction'

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'innovation' as metric, 'score' as basis, score_variance as variance,
    cast(score as double) as numerator,
    cast(1 as double) as denominator,
from appraised
where dimension = 'innovation'

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'inspection_ontime_rate' as metric, 'month' as basis, null as variance,
    cast(ontime_count as double) as numerator,
    cast(due_count as double) as denominator,
from inspected

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'finding_share' as metric, 'month' as basis, null as variance,
    cast(finding_inspection_count as double) as numerator,
    cast(nullif(reported_count, 0) as double) as denominator,
from inspected

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'recorded_share' as metric, 'month' as basis, null as variance,
    cast(recorded_count as double) as numerator,
    cast(nullif(record_known_count, 0) as double) as denominator,
from inspected

union all

select
    community_code, subdistrict_code, district_code, compound_id, compound_type, month,
    'in_appraisal_share' as metric, 'month' as basis, null as variance,
    cast(appraisal_count as double) as numerator,
    cast(nullif(appraisal_known_count, 0) as double) as denominator,
from inspected
