"""Months, quarters and years a reader can choose, and what each is compared with."""

from datetime import date
from functools import lru_cache

import pandas as pd


@lru_cache(maxsize=32)
def spans(first: date, last: date) -> dict[str, tuple[date, date]]:
    """Whole quarters, then years, then months between two months, newest first: code -> first and last month.

    Codes read `2024Q4`, `2024`, `2024-12`. A quarter or year that is not over yet is left out.
    """
    months = pd.period_range(first, last, freq="M")
    quarters = [q for q in pd.period_range(first, last, freq="Q") if _lies_within(q, months)]
    years = [y for y in pd.period_range(first, last, freq="Y") if _lies_within(y, months)]
    return {
        str(span): (span.asfreq("M", "start").start_time.date(), span.asfreq("M", "end").start_time.date())
        for span in [*reversed(quarters), *reversed(years), *reversed(months)]
    }


def parameters(start: date, end: date) -> dict[str, date]:
    """Query parameters of a period: itself, the equally long one before, last year's, and the quarters."""
    length = (end.year - start.year) * 12 + end.month - start.month + 1
    quarter = date(end.year, (end.month - 1) // 3 * 3 + 1, 1)
    return {
        "start_month": start,
        "end_month": end,
        "previous_start_month": shift(start, -length),
        "previous_end_month": shift(end, -length),
        "last_year_start_month": shift(start, -12),
        "last_year_end_month": shift(end, -12),
        "quarter": quarter,
        "previous_quarter": shift(quarter, -3),
        "last_year_quarter": shift(quarter, -12),
    }


def shift(month: date, months: int) -> date:
    """First day of the month that lies `months` later."""
    position = month.year * 12 + month.month - 1 + months
    return date(position // 12, position % 12 + 1, 1)


def _lies_within(span: pd.Period, months: pd.PeriodIndex) -> bool:
    return span.asfreq("M", "start") >= months[0] and span.asfreq("M", "end") <= months[-1]
