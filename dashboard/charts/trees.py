"""A tree opened as far as one node: a line per node, indented, with what lies inside it by level."""

from itertools import pairwise
from textwrap import wrap
from typing import Any

from dashboard.charts import theme
from dashboard.charts.marks import texts
from dashboard.text import _, number

DIVISIONS = ("district", "subdistrict")
COUNTS = {
    "work_committee": "work_committee_count",
    "community_committee": "committee_count",
    "branch": "branch_count",
    "temporary_branch": "temporary_count",
    "building_group": "group_count",
    "member_household": "hub_count",
}
LINE, HEADER_LINE = 34, 16
NAMES = 0.5  # of the width, the rest is for numbers
INDENT = 0.022
LATIN_LINE, CHINESE_LINE = 24, 12  # letters of a name on one line of a phone
OPEN, SHUT = "rgba(59,110,165,0.20)", "rgba(128,138,150,0.07)"


def tree(rows: theme.Rows, *, levels: dict[str, str]) -> theme.Figure:
    """Nodes in the order of `rows`: node, node_name, tree_level, depth, is_open, is_leaf and counts by level.

    `levels` names the levels of organisations from the top down; a node has no number at its own level and above.
    A click anywhere on a line gives the node as `customdata`.
    """
    nodes = theme.records(rows)
    if not nodes:
        return theme.sentence(_("Nothing to show for this selection."))
    places = list(range(len(nodes)))
    lines = {
        "type": "bar",
        "orientation": "h",
        "x": [1] * len(nodes),
        "y": places,
        "width": 0.92,
        "marker": {"color": [OPEN if node["is_open"] else SHUT for node in nodes], "line": {"width": 0}},
        "customdata": [[node["node"]] for node in nodes],
        "hovertext": [_spoken(node, levels) for node in nodes],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    names = [_name(node) for node in nodes]
    indents = [0.008 + INDENT * (node["depth"] - 1) for node in nodes]
    right = {level: 0.985 - (1 - NAMES) / len(levels) * at for at, level in enumerate(reversed(levels))}
    counts = [
        texts([right[level]] * len(nodes), places, [_count(node, level, levels) for node in nodes], "middle left")
        for level in levels
    ]
    headers = [_header(words) for words in levels.values()]
    deepest = max(header.count("<br>") for header in headers) + 1
    heads = [
        {
            "x": right[level],
            "y": 1,
            "yref": "paper",
            "text": header,
            "xanchor": "right",
            "yanchor": "bottom",
            "align": "right",
            "showarrow": False,
            "font": {"size": 11},
        }
        for level, header in zip(levels, headers, strict=True)
    ]
    return theme.figure(
        lines,
        texts(indents, places, names, "middle right"),
        *counts,
        height=LINE * len(nodes) + HEADER_LINE * deepest + 16,
        margin={"t": HEADER_LINE * deepest + 8, "l": 0, "r": 0, "b": 4},
        annotations=heads,
        uniformtext={"mode": False},
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [len(nodes) - 0.5, -0.5], "visible": False, "fixedrange": True},
    )


def _name(node: dict[str, Any]) -> str:
    mark = "·" if node["is_leaf"] else "−" if node["is_open"] else "+"
    words = _folded(node["node_name"])
    return f"{mark} <b>{words}</b>" if node["is_open"] else f"{mark} {words}"


def _header(words: str) -> str:
    """A level's name on short lines, what stands in brackets on a line of its own."""
    parts = words.replace("\uff08", "\n\uff08").replace("\uff09", "\uff09\n").replace("\u3001", "\u3001\n").split("\n")
    return "<br>".join(part if part.startswith("\uff08") else theme.wrapped(part) for part in parts if part)


def _folded(name: str) -> str:
    """A name on two lines if it is long, cut after the second."""
    if name.isascii():
        lines = wrap(name, LATIN_LINE) or [name]
    else:
        edges = [*range(0, len(name), CHINESE_LINE), len(name)]
        lines = [name[start:end] for start, end in pairwise(edges)]
    return "<br>".join(lines[:2]) + ("…" if len(lines) > 2 else "")


def _count(node: dict[str, Any], level: str, levels: dict[str, str]) -> str:
    """A count as written; nothing at the node's own level and above it, where there is nothing to count."""
    order = [*DIVISIONS, *levels]
    own = node["tree_level"]
    applies = order.index(level) > order.index(own) if own in order else not node["is_leaf"]
    return number(node[COUNTS[level]], "count") if applies else ""


def _spoken(node: dict[str, Any], levels: dict[str, str]) -> str:
    counts = [(words, _count(node, level, levels)) for level, words in levels.items()]
    return "<br>".join([f"<b>{node['node_name']}</b>", *(f"{words}: {count}" for words, count in counts if count)])
