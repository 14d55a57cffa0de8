"""Shares as horizontal bars with a line of words above each, what was before as a mark, the target as a line."""

from dataclasses import dataclass

from dashboard.charts import marks, theme
from dashboard.text import N_, _, number

LINE = 46
GAP = 0.36  # how far the words stand above the middle of their bar, in lines
HALF = 0.17  # half of a bar's height, in lines
UNKNOWN = {
    "not_reported": N_("cannot be judged: the extracts have no such time"),
    "not_applicable": N_("nothing to judge: no issue carries this promise"),
}


@dataclass(frozen=True)
class Bullet:
    """One bar: its words, its share (None where there is none), the share before, the target, its colour."""

    words: str
    share: float | None
    before: float | None
    target: float | None
    colour: str


def promises(rows: theme.Rows) -> theme.Figure:
    """Share of issues for which each promise was kept, against its target.

    `rows` has promise_name, promised_issues, kept_issues, kept_share, previous_kept_share, promise_target,
    signal and state.
    """
    bullets = []
    for row in theme.records(rows):
        if row["state"] == "reported":
            counts = f"{number(row['kept_issues'], 'count')} / {number(row['promised_issues'], 'count')}"
            sign = f"{theme.SIGNS[row['signal']]} " if row["signal"] != "unknown" else ""
            words = f"{sign}<b>{row['promise_name']}</b>  {number(row['kept_share'], 'share')} · {counts}"
        else:
            words = f"<b>{row['promise_name']}</b>  {_(UNKNOWN[row['state']])}"
        colour = theme.DATA if row["signal"] == "unknown" else theme.SIGNALS[row["signal"]]
        bullets.append(Bullet(words, row["kept_share"], row["previous_kept_share"], row["promise_target"], colour))
    return _figure(bullets)


def funnel(rows: theme.Rows, *, words: dict[str, str]) -> theme.Figure:
    """Share of issues that reached each step; `rows` has step, step_count, step_share, previous_step_share.

    `words` names the steps. Void issues, a share of all reported, are paler than the steps.
    """
    bullets = []
    for row in theme.records(rows):
        share = row["step_share"]
        said = (
            f"{number(row['step_count'], 'count')} · {number(share, 'share')}" if share == share else _("Not reported")
        )
        colour = theme.DATA_SOFT if row["step"] == "void" else theme.DATA
        bullets.append(Bullet(f"<b>{words[row['step']]}</b>  {said}", share, row["previous_step_share"], None, colour))
    return _figure(bullets)


def _figure(bullets: list[Bullet]) -> theme.Figure:
    if not bullets:
        return theme.sentence(_("Nothing to show for this selection."))
    places = list(range(len(bullets)))
    shares = [bullet.share if _is_given(bullet.share) else 0 for bullet in bullets]
    bars = {
        "type": "bar",
        "x": shares,
        "y": places,
        "orientation": "h",
        "width": 2 * HALF,
        "marker": {"color": [bullet.colour for bullet in bullets]},
        "customdata": [_spoken(bullet) for bullet in bullets],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    before = [(place, bullet.before) for place, bullet in enumerate(bullets) if _is_given(bullet.before)]
    earlier = {
        "type": "scatter",
        "x": [share for _place, share in before],
        "y": [place for place, _share in before],
        "mode": "markers",
        "marker": {"symbol": "diamond", "size": 8, "color": "#ffffff", "line": {"color": theme.MUTED, "width": 1.5}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    frames = [
        {"type": "rect", "x0": 0, "x1": 1, "y0": place - HALF, "y1": place + HALF, "layer": "below"}
        | {"line": {"width": 0}, "fillcolor": theme.GRID}
        for place in places
    ]
    goals = [
        {"type": "line", "x0": bullet.target, "x1": bullet.target, "y0": place - 1.6 * HALF, "y1": place + 1.6 * HALF}
        | {"line": {"color": theme.MUTED, "width": 3}}
        for place, bullet in enumerate(bullets)
        if _is_given(bullet.target)
    ]
    return theme.figure(
        bars,
        earlier,
        marks.texts([0] * len(bullets), [place - GAP for place in places], [b.words for b in bullets], "middle right"),
        height=LINE * len(bullets) + 24,
        margin={"l": 4, "r": 12},
        shapes=[*frames, *goals],
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [len(bullets) - 0.5, -0.75], "visible": False, "fixedrange": True},
    )


def _is_given(value: float | None) -> bool:
    return value is not None and value == value


def _spoken(bullet: Bullet) -> str:
    lines = [bullet.words]
    if _is_given(bullet.before):
        lines.append(_("Period before: {value}").format(value=number(bullet.before, "share")))
    if _is_given(bullet.target):
        lines.append(_("Target {value}").format(value=number(bullet.target, "share")))
    return "<br>".join(lines)
