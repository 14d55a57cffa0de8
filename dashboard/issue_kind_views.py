"""Part of the page of issues: how difficult, by which channel, about what, how far up, and plans by phase."""

from typing import Any

from dashboard import row_tables, ui
from dashboard.store import queries
from dashboard.text import _

MATTERS_HEIGHT = 420  # pixels of a table that scrolls


def kinds(chosen: dict[str, Any]) -> None:
    """Issues by difficulty, channel and matter, their way up through the levels, and plans by phase."""
    tiers, channels, matters, passing, phases = queries(
        "issues_tiers", "issues_channels", "issues_matters", "issues_passing", "issues_phase_tasks", **chosen
    )
    ui.card(
        _("Small, large and difficult issues"),
        rows=tiers,
        source=("issues_tiers", chosen),
        alt=_("A row per tier: issues, share, closed on time, overnight, solved in the compound and higher up."),
        note=_("Small: answered at once. Large: talked over together. Difficult: taken up by a higher level."),
    )
    ui.card(
        _("Channels, and how fast they lead to an answer"),
        rows=channels,
        source=("issues_channels", chosen),
        alt=_("A row per channel: issues, share, period before, answered in time, minutes to dispatch, same day."),
        note=_("The busiest channel first. Void issues are left out."),
    )
    if ui.requires("issue_events"):
        ui.card(
            _("Passed on from level to level"),
            rows=passing,
            source=("issues_passing", chosen),
            alt=_("A row per step between levels: issues passed on, share, period before, mean hours held."),
            note=_("Counted in the month of passing on. An issue that rises twice counts at both steps."),
        )
    if ui.requires("tasks"):
        ui.card(
            _("Plans before, during and after the event"),
            rows=phases,
            source=("issues_phase_tasks", chosen),
            alt=_("A row per phase: tasks, complete plans, tasks due and done in time."),
            note=_("A plan is complete with aim, task, duty and standard. Not by compound type."),
        )
    ui.card(
        _("Categories and matters, hazards among them"),
        rows=matters,
        source=("issues_matters", chosen),
        alt=_("A row per category and matter: issues, share, period before, closed so far, closed the same day."),
        note=_("The largest category first. Void issues are left out."),
        height=min(MATTERS_HEIGHT, row_tables.whole(len(matters))),
    )
