"""The course of one figure in the space of a word, as HTML: a line and a dot at its last value."""

from collections.abc import Callable
from html import escape
from urllib.parse import quote

from dashboard.text import _

WIDTH, HEIGHT, EDGE = 100, 40, 4  # in units of the drawing, which the page stretches
LINE = "fill='none' stroke='#000' stroke-linecap='round' stroke-linejoin='round' vector-effect='non-scaling-stroke'"


def sparkline(values: list[float], spoken: str) -> str:
    """A line through values at equal distances, between its own lowest and highest; `spoken` says it in words.

    The drawing is a mask over a colour of the page (`frame.css`): what Streamlit lets through of HTML holds no
    drawing, and an image could not follow light and dark.
    """
    low, span = min(values), (max(values) - min(values)) or 1
    across = [1 + at * (WIDTH - 1 - EDGE) / max(len(values) - 1, 1) for at in range(len(values))]
    down = [HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE) for value in values]
    points = [f"{x:.1f} {y:.1f}" for x, y in zip(across, down, strict=True)]
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' preserveAspectRatio='none'>"
        f"<path d='M{'L'.join(points)}' stroke-width='1.8' {LINE}/>"
        f"<path d='M{points[-1]}h0' stroke-width='6' {LINE}/></svg>"
    )
    said = escape(spoken)
    return (
        f'<div class="sparkline" role="img" aria-label="{said}" title="{said}" '
        f'style="--line:url(&quot;data:image/svg+xml,{quote(drawing)}&quot;)"></div>'
    )


def course(values: list[float], write: Callable[[float], str]) -> str:
    """The line of at least one value in order of time; first, last, lowest and highest spoken as `write` puts them."""
    span = {"first": values[0], "last": values[-1], "low": min(values), "high": max(values)}
    said = _("From {first} to {last}; lowest {low}, highest {high}")
    return sparkline(values, said.format(**{end: write(value) for end, value in span.items()}))
