"""Values of rows to cells of a briefing: codes in words, numbers in the kind of their column or metric."""

from typing import Any

import numpy as np
import pandas as pd

from dashboard import catalogue, deliberations, text
from dashboard.profile import Profile
from dashboard.reports.model import OFFICE_FORMATS, Cell
from dashboard.text import _

MOMENTS = ("month", "quarter", "half", "date", "year")


def _stars(count: int, _row: dict[str, Any], _profile: Profile) -> str:
    return _("{count}★").format(count=count) if count else _("Vetoed")


def _step(number: int, row: dict[str, Any], profile: Profile) -> str:
    return deliberations.step_names(profile, row.get("process", "six_steps")).get(number, text.number(number, "count"))


NUMBERED = {"stars": _stars, "talk_step": _step}  # numbers that are names


def cell(value: Any, column: str, row: dict[str, Any], profile: Profile) -> Cell:
    """A value of a column as a cell: codes in words, numbers in the kind of the column or of the row's metric."""
    kind = kind_of(column, row)
    blank = value is None or value is pd.NA or value is pd.NaT or value != value
    words = catalogue.labels(column, profile)
    if column in NUMBERED and not blank:
        shown = NUMBERED[column](int(value), row, profile)
        return Cell(shown, "text", shown)
    if words or kind == "text":
        shown = text.NOT_REPORTED if blank else str(words.get(value, value))
        return Cell(None if blank else shown, "text", shown)
    if blank:
        return Cell(None, kind, text.NOT_REPORTED)
    if isinstance(value, str):
        return Cell(value, "text", value)
    if kind in MOMENTS and hasattr(value, "year"):
        day = value.date() if hasattr(value, "date") else value
        return Cell(day, kind if kind in OFFICE_FORMATS else "text", text.moment(value, kind))
    if isinstance(value, bool | np.bool_):
        return Cell(text.number(bool(value), "flag"), "text", text.number(bool(value), "flag"))
    number = value.item() if hasattr(value, "item") else value
    return Cell(number, kind, text.number(number, kind))


def kind_of(column: str, row: dict[str, Any]) -> str:
    """The kind that a column's numbers are written in; a value of some metric is written as that metric."""
    described = catalogue.column(column)
    kind = described.kind if described else "text"
    if kind in catalogue.MIXED_KINDS:
        metric = row.get("metric")
        if metric not in catalogue.COLUMNS:
            return "decimal"
        return catalogue.change_kind(metric) if kind == "metric_change" else catalogue.COLUMNS[metric].kind
    return kind if kind in OFFICE_FORMATS else kind if kind in MOMENTS else "text"
