"""Words on a briefing's charts and maps: escaped, in lines that fit, and none over another."""

import html

from dashboard.maps import sheets

Box = tuple[float, float, float, float]  # left, top, right, bottom


def plain(words: str) -> str:
    """Words of the data as Plotly writes them: it would read markup in them, and links."""
    return html.escape(sheets.writable(words), quote=False)


def name_lines(words: str, width: float, size: int, most: int) -> str:
    """A name for Plotly in letters of a size, in at most so many lines of a width; what is left ends in an ellipsis."""
    found = sheets.lines(sheets.writable(words), width, size) or [""]
    kept, rest = found[: most - 1], (" " if words.isascii() else "").join(found[most - 1 :])
    while len(found) > most and rest and sheets.wide(f"{rest}…") * size > width:
        rest = rest[:-1]
    written = [*kept, f"{rest}…" if len(found) > most else rest]
    return "<br>".join(plain(line) for line in written if line)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have a place in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
