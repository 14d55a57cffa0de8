"""Communities in the order of their appraisal, each with its uncertainty, and the course of the dimensions."""

from typing import Any

from dashboard.charts import theme
from dashboard.charts.marks import head, level, moments, shortened, spans, texts, upright
from dashboard.text import _, number, tick

ROW_HEIGHT = 36
GAP = 0.7  # of a row, where the ranking leaves communities out
COLOURS = (theme.CATEGORIES[0], theme.CATEGORIES[1], theme.CATEGORIES[2])
DASHES = ("solid", "dash", "dot")  # colour is never alone
QUARTERS_BETWEEN_TICKS = 4


def standings(rows: theme.Rows, *, pass_score: float | None) -> theme.Figure:
    """The ends of the ranking: a dot at the total, a line over its 90 % interval, ranks and names above.

    `rows` in order: community_rank, community_name, district_name, appraisal_total, appraisal_low, appraisal_high
    (null without respondents), best_rank, last_rank. Below the `pass_score` a dot is a red square.
    """
    records = [row for row in theme.records(rows) if row["appraisal_total"] == row["appraisal_total"]]
    if not records:
        return theme.sentence(_("No community of this selection has a rank."))
    places, breaks = _places(records)
    low = [_or(row["appraisal_low"], row["appraisal_total"]) for row in records]
    high = [_or(row["appraisal_high"], row["appraisal_total"]) for row in records]
    failed = [pass_score is not None and row["appraisal_total"] < pass_score for row in records]
    colours = [theme.TROUBLE if each else theme.DATA for each in failed]
    left = min([*low, pass_score or 100]) - 2
    right = max([*high, pass_score or 0]) + 3
    start = left + 2.5 if left + 2 == pass_score else left  # names stand beside the line of the standard, not on it
    names = [_name(row) for row in records]
    tails = [f"<b>{number(row['appraisal_total'], 'total')}</b>" for row in records]
    return theme.figure(
        *spans(low, high, places, colours),
        {
            "type": "scatter",
            "mode": "markers",
            "x": [row["appraisal_total"] for row in records],
            "y": places,
            "marker": {"size": 10, "color": colours, "symbol": ["square" if each else "circle" for each in failed]},
            "customdata": [_spoken(row) for row in records],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        texts([start] * len(records), [place - 0.36 for place in places], names, "middle right"),
        texts([right] * len(records), places, tails, "middle right"),
        height=int(ROW_HEIGHT * (places[-1] + 1)) + 48,
        margin={"t": 24, "r": 62, "l": 0, "b": 0},
        xaxis={"range": [left, right], "showgrid": False, "showticklabels": False, "fixedrange": True},
        yaxis={"range": [places[-1] + 0.6, -0.75], "visible": False, "fixedrange": True},
        shapes=[*([] if pass_score is None else [upright(pass_score)]), *map(level, breaks)],
        annotations=[]
        if pass_score is None
        else [head(pass_score, _("Standard {score}").format(score=f"{pass_score:g}"), "left")],
    )


def dimension_course(rows: theme.Rows, *, words: dict[str, str], pass_score: float | None) -> theme.Figure:
    """A line per dimension over the quarters, the standard dotted.

    `rows`: quarter, appraisal_dimension, appraisal_score, in order; `words` names the dimensions.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    quarters = list(dict.fromkeys(tick(row["quarter"], "quarter") for row in records))
    dimensions = list(dict.fromkeys(row["appraisal_dimension"] for row in records))
    traces = []
    for at, dimension in enumerate(dimensions):
        own = [row for row in records if row["appraisal_dimension"] == dimension]
        style = {"color": COLOURS[at % len(COLOURS)], "width": 3, "dash": DASHES[at % len(DASHES)]}
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": words[dimension],
                "x": [tick(row["quarter"], "quarter") for row in own],
                "y": [row["appraisal_score"] for row in own],
                "line": style,
                "marker": {"size": 6},
                "customdata": [
                    f"{tick(row['quarter'], 'quarter')} · {words[dimension]}<br>"
                    f"{number(row['appraisal_score'], 'total')}"
                    for row in own
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    scores = [row["appraisal_score"] for row in records]
    bottom = min([*scores, pass_score or 100]) - 2
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": pass_score, "y1": pass_score}
    line |= {"line": {"color": theme.MUTED, "width": 1, "dash": "dot"}, "layer": "below"}
    return theme.figure(
        *traces,
        height=300,
        legend=True,
        xaxis=moments(quarters, QUARTERS_BETWEEN_TICKS) | {"categoryarray": quarters},
        yaxis={"range": [bottom, max(scores) + 2], "nticks": 6, "fixedrange": True},
        shapes=[] if pass_score is None else [line],
    )


def _places(records: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """Where each row stands, and where a dotted line says that communities are left out."""
    places, breaks, at = [], [], 0.0
    for number_before, row in zip([None, *records[:-1]], records, strict=True):
        is_apart = number_before is not None and row["community_rank"] > number_before["community_rank"] + 1
        if is_apart and row["community_rank"] > len(places) + 1:
            breaks.append(at - 0.5 + GAP / 2 - 0.15)
            at += GAP
        places.append(at)
        at += 1
    return places, breaks


def _name(row: dict[str, Any]) -> str:
    words = shortened(f"{row['community_name']} · {row['district_name']}")
    reach = _reach(row)
    grey = f" <span style='color:{theme.MUTED}'>({reach})</span>" if reach else ""
    return f"<b>{row['community_rank']:.0f}</b>{grey} {words}"


def _reach(row: dict[str, Any]) -> str:
    if not _is_known(row["best_rank"]):
        return ""
    return f"{row['best_rank']:.0f}–{row['last_rank']:.0f}"


def _spoken(row: dict[str, Any]) -> str:
    lines = [f"{row['community_name']} · {row['district_name']}", number(row["appraisal_total"], "total")]
    if _is_known(row["appraisal_low"]):
        lines[1] += f" ({number(row['appraisal_low'], 'total')}–{number(row['appraisal_high'], 'total')})"
        lines.append(_("Rank {rank}, could be {reach}").format(rank=f"{row['community_rank']:.0f}", reach=_reach(row)))
    return "<br>".join(lines)


def _is_known(value: Any) -> bool:
    return isinstance(value, int | float) and value == value


def _or(value: Any, other: float) -> float:
    return value if _is_known(value) else other
