"""The legend: what each colour, sign and hatching of the map stands for, and how many units have it."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.maps.colours import ink
from dashboard.maps.scales import NO_BREAK, Entry, Scale
from dashboard.text import number

CHINESE = "[\u3400-\u9fff\uff0c]"


def legend_entries(rows: pd.DataFrame, found: Scale) -> list[Entry]:
    """The legend of the units shown, one row each in `rows`, with the columns that the scale reads.

    Every unit is counted in one entry.
    """
    entries = found.entries()
    counts = np.bincount(found.groups(rows), minlength=len(entries)).tolist()
    counted = [replace(entry, count=count) for entry, count in zip(entries, counts, strict=True)]
    return [entry for entry in counted if entry.count or not entry.is_optional]


def legend(rows: pd.DataFrame, found: Scale) -> str:
    """The legend as one line of Markdown: a chip per entry with its number of units."""
    return " &ensp; ".join(_chip(entry) for entry in legend_entries(rows, found))


def _chip(entry: Entry) -> str:
    words = _unbroken(f"{entry.sign} {entry.label}".strip())
    count = number(entry.count, "count")
    if not entry.colour:
        return f":gray[{words}]&nbsp;**{count}**"
    colours = f'foreground="{ink(entry.colour)}" background="{entry.colour}"'
    return f":color[&nbsp;{words}&nbsp;]{{{colours}}}&nbsp;**{count}**"


def _unbroken(words: str) -> str:
    """Words that a line cannot end within, but after a comma and a space: a chip cut in two looks like two."""
    joined = re.sub(rf"(?<={CHINESE})(?=\S)|(?<=\S)(?={CHINESE})", NO_BREAK, words)
    return joined.replace(" ", "&nbsp;").replace(",&nbsp;", ", ")
