-- Every metric of talks by month held: one row per district, compound type, month and metric. The value is
-- numerator / denominator, or the numerator where the denominator is null (a count).
--
-- is_outcome marks what takes time after the talk; results and follow-up stand on the topics resolved.

with listed as (
    select
        district_code,
        compound_type,
        month,
        unnest([
            {'metric': 'deliberation_sessions', 'y': session_count, 'x': null, 'is_outcome': false},
            {'metric': 'deliberation_topics', 'y': topic_count, 'x': null, 'is_outcome': false},
            {'metric': 'deliberation_attendance', 'y': attendance, 'x': null, 'is_outcome': false},
            {'metric': 'attendance_per_topic', 'y': attendance, 'x': attendance_known_count, 'is_outcome': false},
            {'metric': 'pre_review_rate', 'y': pre_reviewed_count, 'x': pre_review_known_count, 'is_outcome': false},
            {'metric': 'all_steps_rate', 'y': step_6_count, 'x': steps_known_count, 'is_outcome': true},
            {'metric': 'decision_rate', 'y': decision_4_count, 'x': decision_known_count, 'is_outcome': true},
            {'metric': 'topic_resolution_rate', 'y': resolved_count, 'x': resolution_known_count, 'is_outcome': true},
            {'metric': 'result_publication_rate', 'y': result_published_count, 'x': resolved_count, 'is_outcome': true},
            {'metric': 'follow_up_rate', 'y': followed_up_count, 'x': follow_up_known_count, 'is_outcome': true}
        ], recursive := true),
    from deliberation_months
    where facet = 'all'
)

select
    district_code,
    compound_type,
    month,
    metric,
    is_outcome,
    cast(y as double) as numerator,
    cast(x as double) as denominator,
from listed
where y is not null
    and (x is null or x > 0)
order by metric, month, district_code, compound_type
