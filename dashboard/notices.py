"""The public notice at the end of a quarter: what is made public, from when to when, and where to object.

A notice lists what is good to list: branches that have a rank with their stars, members who have stars, these under
masked names and for their own branch alone. Nobody is named for a warning, and no branch for being without a rank.
"""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard import periods, text
from dashboard.profile import Profile
from dashboard.text import _

BRANCH_COLUMNS = ["rank", "branch_name", "district_name", "stars", "total", "year_change", "rank_low", "rank_high"]
ENDS = 3  # branches at each end of the ranking that a notice opens with


def window(profile: Profile, quarter: date) -> tuple[date, date] | None:
    """First and last day on which objections are taken, by the place's rule; None where it has none."""
    rule = profile.public_notice
    if not {"starts_after_days", "window_days"} <= rule.keys():
        return None
    first = _last_day(quarter) + timedelta(days=rule["starts_after_days"])
    return first, first + timedelta(days=rule["window_days"] - 1)


def lines(
    profile: Profile, quarter: date, what: str, rule_name: str = "", part: str = ""
) -> list[tuple[str, str]]:
    """What stands above the list, as (label, value): what, by which rules if named, objections until when, to whom.

    `part` names the districts and types that a list is limited to. A quarter that the data do not cover whole is
    marked as provisional: what is made public must not change.
    """
    days = window(profile, quarter)
    state = "" if profile.as_of >= _last_day(quarter) else _("provisional: the quarter is not over in these data")
    contact = profile.public_notice.get("contact_en" if text.language() == "en" else "contact_zh")
    return [
        (_("What is made public"), what),
        *([(_("Part of the place"), part)] if part else []),
        *([(_("State"), state)] if state else []),
        (_("Quarter"), text.moment(quarter, "quarter")),
        *([(_("Rule set"), rule_name)] if rule_name else []),
        (
            _("Objections taken"),
            _("{first} to {last}").format(first=text.moment(days[0], "date"), last=text.moment(days[1], "date"))
            if days
            else text.NOT_REPORTED,
        ),
        (_("Contact"), contact or text.NOT_REPORTED),
    ]


def branches(ranking: pd.DataFrame) -> pd.DataFrame:
    """Branches that have a rank, in official order, with the columns of a notice."""
    return ranking.loc[ranking["rank"].notna(), BRANCH_COLUMNS].reset_index(drop=True)


def ends(ranking: pd.DataFrame) -> pd.DataFrame:
    """The first and the last three of a notice; a short list whole."""
    listed = branches(ranking)
    return pd.concat([listed.head(ENDS), listed.tail(ENDS)]).drop_duplicates(ignore_index=True)


def title(profile: Profile, quarter: date, what: str) -> str:
    """Heading of a notice."""
    return _("{place}: public notice of the {what}, {quarter}").format(
        place=profile.name(text.language()), what=what, quarter=text.moment(quarter, "quarter")
    )


def words(said: list[tuple[str, Any]]) -> str:
    """The lines of a notice as one sentence under its preview."""
    return " · ".join(_("{label}: {value}").format(label=label, value=value) for label, value in said)


def _last_day(quarter: date) -> date:
    return periods.shift(quarter, 3) - timedelta(days=1)
