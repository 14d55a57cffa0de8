"""A briefing without the characters that break a file: its names come from registers that anybody may have filled."""

import re
from dataclasses import fields, is_dataclass
from typing import Any

from dashboard.reports.office.chart_data import printable

_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")  # marks that turn the direction of writing round


def cleaned(part: Any) -> Any:
    """A briefing, or any part of one, with text that any file can hold and that reads in its own direction."""
    if isinstance(part, str):
        return _TURNED.sub("", printable(part))
    if isinstance(part, tuple | list):
        return type(part)(map(cleaned, part))
    if isinstance(part, dict):
        return {cleaned(key): cleaned(value) for key, value in part.items()}
    if is_dataclass(part):
        return type(part)(**{field.name: cleaned(getattr(part, field.name)) for field in fields(part)})
    return part
