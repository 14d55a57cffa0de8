"""Who solves what: bands from what was reported to who solved it."""

from typing import Any

from dashboard.charts import theme
from dashboard.text import _, language, number

HEIGHT = 400
PAD = 10  # pixels between two nodes
FOOT = 26  # pixels for the line that names levels which solved nothing
# The nearer to the resident, the darker.
SHADES = ("rgba(59,110,165,0.75)", "rgba(59,110,165,0.55)", "rgba(59,110,165,0.38)", "rgba(59,110,165,0.24)")


def levels(rows: theme.Rows, *, families: dict[str, str], names: dict[str, str]) -> theme.Figure:
    """Sankey from families to the levels that solved their issues.

    `rows` has family, resolved_level and resolved_issues, in the order to be drawn; `families` and `names` say
    what codes are called. A level that solved nothing has no band: a line below says its 0.
    """
    records = theme.records(rows)
    counted = [row for row in records if row["resolved_issues"] == row["resolved_issues"]]
    if not counted:
        return theme.sentence(_("Not reported: no issue says which level solved it."))
    left, right = _sums(counted, "family"), _sums(counted, "resolved_level")
    if not sum(right.values()):
        return theme.sentence(_("No issue was solved in this selection."))
    order = list(right)
    shown = [*(("family", code) for code in left if left[code]), *(("level", code) for code in order if right[code])]
    places = {node: place for place, node in enumerate(shown)}
    links = [row for row in counted if row["resolved_issues"]]
    titles = {"family": families | {None: _("Family not recorded")}, "level": names}
    sums = {"family": left, "level": right}
    written = [f"{titles[kind].get(code, code)} {number(sums[kind][code], 'count')}" for kind, code in shown]
    middles = _middles(left) + _middles(right)
    zeros = [names[code] for code in order if not right[code]]
    sankey = {
        "type": "sankey",
        "arrangement": "fixed",
        "domain": {"y": [FOOT / HEIGHT, 1]} if zeros else {},
        "node": {
            "label": written,
            "color": [theme.DATA_SOFT if kind == "family" else SHADES[order.index(code)] for kind, code in shown],
            "x": [0.001 if kind == "family" else 0.999 for kind, _code in shown],
            "y": middles,
            "pad": PAD,
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [places["family", row["family"]] for row in links],
            "target": [places["level", row["resolved_level"]] for row in links],
            "value": [row["resolved_issues"] for row in links],
            "color": [SHADES[order.index(row["resolved_level"])] for row in links],
            "customdata": [_spoken(row, titles) for row in links],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    return theme.figure(sankey, height=HEIGHT, annotations=[_zeros(zeros)] if zeros else [])


def _sums(rows: list[dict[str, Any]], key: str) -> dict[str | None, int]:
    sums: dict[str | None, int] = {}
    for row in rows:
        code = row[key] if row[key] == row[key] else None
        sums[code] = sums.get(code, 0) + int(row["resolved_issues"])
    return sums


def _middles(sums: dict[str | None, int]) -> list[float]:
    """Middle of every node that is not empty, as shares of the height, in their order."""
    kept = [value for value in sums.values() if value]
    pad = PAD / HEIGHT
    scale = (1 - pad * (len(kept) - 1)) / sum(kept)
    middles, top = [], 0.0
    for value in kept:
        middles.append(top + value * scale / 2)
        top += value * scale + pad
    return middles


def _spoken(row: dict[str, Any], titles: dict[str, dict[str | None, str]]) -> str:
    family, level = titles["family"].get(row["family"], row["family"]), titles["level"][row["resolved_level"]]
    return f"{family} → {level}<br>{number(row['resolved_issues'], 'count')}"


def _zeros(names: list[str]) -> dict[str, Any]:
    listed = (", " if language() == "en" else "、").join(names)
    return {
        "text": _("○ {levels}: 0 solved, reported as such").format(levels=listed),
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 0,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
    }
