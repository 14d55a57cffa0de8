"""Which names find room beside the marks of pairs, before anybody knows how large the chart will be drawn."""

from pptx.enum.chart import XL_LABEL_POSITION

from dashboard.reports.office import fitting
from dashboard.reports.office.fitting import Box
from dashboard.reports.office.maps import overlap

PLOT, DOT = (380.0, 170.0), 8.0  # points: a plot of common size, and the mark of a pair


def named(placed: list[tuple[float, float, int]], names: tuple[str, ...], size: float) -> dict[int, XL_LABEL_POSITION]:
    """Points whose names find room beside them, and on which side: the outermost first.

    Reckoned on a plot of common size, since the file does not know how large it will be drawn.
    """
    if not placed:
        return {}
    spans = []
    for axis, extent in ((0, PLOT[0]), (1, PLOT[1])):
        low, high = (end(point[axis] for point in placed) for end in (min, max))
        spans.append((low, 0.8 * extent / ((high - low) or 1), 0.1 * extent))
    spots = {
        at: tuple(margin + (value - low) * scale for value, (low, scale, margin) in zip((x, y), spans, strict=True))
        for x, y, at in placed
    }
    taken = [Box(x - DOT / 2, y - DOT / 2, DOT, DOT) for x, y in spots.values()]
    outermost = sorted(spots, key=lambda at: -sum(abs(v / e - 0.5) for v, e in zip(spots[at], PLOT, strict=True)))
    found = {}
    for at in outermost:
        (x, y), width = spots[at], fitting.width(names[at], size)
        for side, left in ((XL_LABEL_POSITION.RIGHT, x + DOT / 2), (XL_LABEL_POSITION.LEFT, x - DOT / 2 - width)):
            box = Box(left, y - 0.6 * size, width, 1.2 * size)
            if box.left >= 0 and box.right <= PLOT[0] and not any(overlap(box, other) for other in taken):
                found[at] = side
                taken.append(box)
                break
    return found
