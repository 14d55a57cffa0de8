-- How many posts are held by cross-appointment at the end of the period, and how many a year before? One row for the
-- whole selection, one per district.
--
-- A post held by one person in two communities is two posts: posts are counted, never persons.
--
-- $end_month            date       posts held on the last day of this month
-- $last_year_end_month  date       posts held on the last day of this month, to compare with
-- $districts            varchar[]  districts counted; empty means all in scope
-- $compound_types       varchar[]  types of the compounds that posts name; empty means all posts
-- $language             varchar    language of the names, zh or en

with held as (
    select
        district_code,
        from_side,
        to_side,
        if(
            coalesce(started_date, date '1949-10-01') <= last_day($end_month)
            and coalesce(ended_date > last_day($end_month), true),
            post_count,
            0
        ) as present_count,
        if(
            coalesce(started_date, date '1949-10-01') <= last_day($last_year_end_month)
            and coalesce(ended_date > last_day($last_year_end_month), true),
            post_count,
            0
        ) as last_year_count,
    from property_posts
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
),

summed as (
    select
        if(grouping(district_code) = 0, 'district', 'selection') as level,
        district_code,
        sum(present_count) filter (where from_side = 'community_committee' and to_side = 'owners_body') as committee_to_body_count,
        sum(last_year_count) filter (where from_side = 'community_committee' and to_side = 'owners_body') as committee_to_body_last_year,
        sum(present_count) filter (where from_side = 'owners_body' and to_side = 'community_committee') as body_to_committee_count,
        sum(present_count) filter (where from_side = 'property' and to_side = 'community_committee') as property_to_committee_count,
        sum(present_count) filter (where from_side <> 'community_committee' and to_side = 'community_committee') as into_committee_count,
        sum(last_year_count) filter (where from_side <> 'community_committee' and to_side = 'community_committee') as into_committee_last_year,
        sum(present_count) filter (where from_side = 'property' and to_side = 'branch_committee') as property_to_branch_count,
        sum(present_count) filter (where from_side = 'owners_body' and to_side = 'branch_committee') as body_to_branch_count,
        sum(present_count) filter (where from_side = 'grid' and to_side = 'branch_committee') as grid_to_branch_count,
    from held
    group by grouping sets ((), (district_code))
    having count(*) > 0
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    coalesce(summed.committee_to_body_count, 0)::bigint as committee_to_body_count,
    coalesce(summed.committee_to_body_last_year, 0)::bigint as committee_to_body_last_year,
    coalesce(summed.into_committee_count, 0)::bigint as into_committee_count,
    coalesce(summed.into_committee_last_year, 0)::bigint as into_committee_last_year,
    coalesce(summed.body_to_committee_count, 0)::bigint as body_to_committee_count,
    coalesce(summed.property_to_committee_count, 0)::bigint as property_to_committee_count,
    coalesce(summed.property_to_branch_count, 0)::bigint as property_to_branch_count,
    coalesce(summed.body_to_branch_count, 0)::bigint as body_to_branch_count,
    coalesce(summed.grid_to_branch_count, 0)::bigint as grid_to_branch_count,
from summed
left join region_facts on summed.district_code = region_facts.region_code
order by summed.level desc, summed.district_code
