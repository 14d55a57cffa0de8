"""Figures of a report beside those of the data: how many hold, and what each verdict means."""

from typing import Any

import pandas as pd

from dashboard import catalogue, text
from dashboard.profile import Profile
from dashboard.text import N_, _

VERDICTS = ("differs", "reproduced", "unknown")
NOTES = {
    "differs": N_("Beyond what the hedge allows: one of the two, report or extracts, needs a correction."),
    "reproduced": N_("Exact figures to the digits written; about: half the last digit; over: up to one more of it."),
    "unknown": N_("No published extract answers these figures; the note says which is missing."),
}


def tiles(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """A tile per verdict: how many figures of the report have it."""
    return [
        {
            "title": _(catalogue.WORDS["claim_verdict"][verdict]),
            "value": int((rows["claim_verdict"] == verdict).sum()),
            "kind": "count",
            "note": _("of {count} figures").format(count=text.number(len(rows), "count")),
        }
        for verdict in VERDICTS
    ]


def groups(rows: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """Verdict, title and rows of each verdict that occurs, trouble first."""
    parts = ((verdict, rows[rows["claim_verdict"] == verdict]) for verdict in VERDICTS)
    return [
        (
            verdict,
            f"{_(catalogue.WORDS['claim_verdict'][verdict])} · {text.number(len(part), 'count')}",
            part.reset_index(drop=True),
        )
        for verdict, part in parts
        if len(part)
    ]


def notes(verdict: str) -> str:
    """What a verdict means."""
    return _(NOTES[verdict])


def as_of(profile: Profile) -> str:
    """The day whose state the data describe."""
    return text.moment(profile.as_of, "date")
