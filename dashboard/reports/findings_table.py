"""The table of findings, as screen and slides show it."""

from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.reports.model import Cell, Column, Finding, Table
from dashboard.text import NOT_REPORTED, _


def findings_table(findings: Sequence[Finding]) -> Table:
    """What was marked at meetings and how its figure stands now, the overdue marked by a sign and a word."""
    titles = (_("No."), _("Finding"), _("Owner"), _("Deadline"), _("Status"), _("Metric"), _("Then"), _("Now"))
    columns = tuple(Column(f"{n}", title, n in (0, 6, 7)) for n, title in enumerate(titles))
    rows = []
    for finding in findings:
        deadline = finding.deadline_shown
        if finding.is_overdue:
            deadline = _("{sign} {deadline} (overdue)").format(sign=theme.SIGNS["trouble"], deadline=deadline)
        words = (f"{finding.number}", finding.subject, finding.owner, deadline, finding.status_words, finding.metric)
        blank = Cell(None, "text", NOT_REPORTED)
        rows.append((*(Cell(word, "text", word) for word in words), finding.then or blank, finding.now or blank))
    return Table(columns, tuple(rows))
