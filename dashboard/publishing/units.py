"""Units that a sheet states for its numbers: 万元 in a title, in a row under the header, or above the whole table."""

import re
from collections.abc import Sequence

from dashboard import contract
from dashboard.publishing import cleaning
from dashboard.publishing.folding import fold

BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
OF_THE_SHEET = re.compile(r"(?:单位|unit):?([^()\[\]]+)")
BETWEEN = re.compile("[、,/;]")
NUMBERS = ("integer", "number")
PLAIN = "[-+]?[0-9][0-9,]*([.][0-9]+)?"  # a number without a unit of its own


def scale(unit: str, column: contract.Field) -> str:
    """The scale (万) of a folded unit (万元) that fits a column; empty if it has none, or is no unit of it."""
    words = contract.load().cleaning
    scales, own = "".join(words["scale"].words), map(fold, words["unit"].words[cleaning.measure(column)])
    met = re.fullmatch(f"([{scales}]+)(.*)", unit)
    return met[1] if met and column.type in NUMBERS and met[2] in ("", *own) else ""


def scaled(text: str, scale: str) -> str:
    """A number with the scale that its sheet states; a text with a unit of its own as it is."""
    return text.strip() + scale if scale and re.fullmatch(PLAIN, text.strip()) else text


def scaled_sql(text: str, scale: str) -> str:
    """The same in SQL, for a whole column."""
    return f"if(regexp_full_match(trim({text}), '{PLAIN}'), trim({text}) || '{scale}', {text})"


def of_title(title: object) -> str:
    """The folded unit that stands in brackets at the end of a title; empty if there is none."""
    met = BRACKET.search(fold(title)) if title is not None else None
    return met[1] if met else ""


def scales(
    table: contract.Table,
    positions: dict[str, int],
    titles: Sequence[object],
    under: Sequence[object] = (),
    above: str = "",
) -> dict[str, str]:
    """Scales that a sheet states: field -> 万. The title's own counts, or that `under` it, or one `above` them all."""
    of_sheet = OF_THE_SHEET.search(fold(above))
    stated = BETWEEN.split(of_sheet[1]) if of_sheet else []
    found = {}
    for name, at in positions.items():
        near = [of_title(each[at]) for each in (titles, under) if at < len(each)]
        candidates = list(filter(None, near)) or [unit for unit in stated if len(unit) > 1]
        if words := next(filter(None, (scale(unit, table.fields[name]) for unit in candidates)), ""):
            found[name] = words
    return found
