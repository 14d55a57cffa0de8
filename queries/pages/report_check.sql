-- Do the data say what the report says? One row per figure of the report, in the report's order.
--
-- $language  varchar  language of the words, zh or en

-- What a figure may be and still be the report's: an exact one to the digits it is written with; 约 to half of its
-- last digit that is no zero; 余 and 多 from the figure up to one more of that digit.
with bounds as (
    select
        *,
        split_part(cast(claimed_value as varchar), '.', 1) as whole,
        rtrim(split_part(cast(claimed_value as varchar), '.', 2), '0') as decimals,
        power(10, if(
            length(decimals) > 0,
            -length(decimals),
            if(is_approximate, length(whole) - length(rtrim(whole, '0')), 0)
        )) as digit,
        if(coalesce(hedge, '') in ('余', '多'), claimed_value, claimed_value - digit / 2) as lowest,
        if(coalesce(hedge, '') in ('余', '多'), claimed_value + digit, claimed_value + digit / 2) as highest,
    from report_claims
)

select
    label(bounds.subject, bounds.subject_en, $language) as claim_subject,
    bounds.claimed_value,
    report_figures.figure_value,
    label(bounds.unit, bounds.unit_en, $language) as claim_unit,
    case
        when report_figures.figure_value is null then 'unknown'
        when report_figures.figure_value >= bounds.lowest and report_figures.figure_value < bounds.highest
            then 'reproduced'
        else 'differs'
    end as claim_verdict,
    bounds.hedge,
    report_figures.figure_value - bounds.claimed_value as claim_difference,
    label(bounds.note, bounds.note_en, $language) as claim_note,
    report_figures.source_table,
    bounds.figure,
    bounds.claim_id,
from bounds
left join report_figures on bounds.figure = report_figures.figure
order by bounds.claim_id
