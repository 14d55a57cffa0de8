"""Files that are not what their name says."""

from typing import Any

from dashboard.text import N_

DAMAGED_WORKBOOK = N_("The workbook is damaged or incomplete")
PASSWORD = N_("The workbook is protected by a password")


class Unreadable(ValueError):
    """A file that is not what its name says, or is damaged: a rule in words, and the row if it is known."""

    def __init__(self, rule: str, row: int | None = None, details: dict[str, Any] | None = None) -> None:
        super().__init__(rule)
        self.rule, self.row, self.details = rule, row, details or {}
