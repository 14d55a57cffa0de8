"""What stands where on the slides of a section: chosen by number and form of its figures and the length of its text.

Nothing here knows PowerPoint. Lengths are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.reports.deck import tables, tiles
from dashboard.reports.deck.master import BODY_SIZE, CONTENT
from dashboard.reports.deck.tables import Fit
from dashboard.reports.model import Figure, Section
from dashboard.reports.office import fitting
from dashboard.reports.office.fitting import LINE, Box
from dashboard.text import _, sentences

SIZES = (BODY_SIZE, 18, 16, 14)
FLOOR = SIZES[-1]
BULLET, GAP, GUTTER = 16, 8, 26  # indent of text, space between paragraphs, space between parts
TITLE, SMALL, NOTE = 14, 11, 11  # type of a figure's title, its unit and period, its note
LEAST, LEAST_BAR = 190, 17  # height of a figure with its title, of one of many bars
MOST_PAGES = 3  # slides of one table; the rest of its rows is in the workbook
WIDE = 0.6 * CONTENT.width


@dataclass(frozen=True)
class Frame:
    """Where the parts of a figure stand in its box, with the words of its title, its unit and period, its note."""

    title: str
    title_box: Box
    unit: str
    unit_box: Box
    body: Box
    note: str
    note_box: Box


@dataclass(frozen=True)
class Place:
    """A figure in a box with its note; of a table how it is laid out and the rows that stand here."""

    figure: Figure
    box: Box
    note: str
    fit: Fit | None = None
    rows: range = range(0)


@dataclass(frozen=True)
class Page:
    """One slide: paragraphs at a size in a box, and figures."""

    texts: tuple[str, ...]
    text_box: Box
    size: float
    places: tuple[Place, ...]


def plan(section: Section) -> list[Page]:
    """The slides of a section, in order; at least one."""
    texts = [sentence.text for sentence in section.sentences]
    groups = _grouped(section.figures)
    if not groups:
        return _text_pages(texts)
    first = _shared(texts, groups[0])
    if first is None or _is_torn(first):
        groups = [*([figure] for figure in groups[0]), *groups[1:]]
        first = _shared(texts, groups[0])
    pages = [first]
    if first is None or _is_torn(first):
        pages = [*_text_pages(texts), _alone(groups[0])] if texts else [_alone(groups[0])]
    for group in groups[1:]:
        page = _alone(group)
        pages += [_alone([figure]) for figure in group] if _is_torn(page) else [page]
    return [part for page in pages for part in _paged(page)]


def _is_torn(page: Page) -> bool:
    """Whether a table goes on on another slide that would stand whole on a slide of its own."""
    places = (place for place in page.places if look(place.figure) == "table")
    return any(not _is_whole(each.figure, each.box) and _is_whole(each.figure, CONTENT) for each in places)


def _is_whole(figure: Figure, box: Box) -> bool:
    body = frame(figure, box, figure.note).body
    return tables.fitted(figure.table, body).height <= body.height


def frame(figure: Figure, box: Box, note: str) -> Frame:
    """Cut a box into title, unit and period, body and note of a figure."""
    title = fitting.shortened(figure.title, TITLE * 1.06, box.width, 2)
    unit = fitting.shortened(" · ".join(filter(None, (figure.unit, figure.period))), SMALL, box.width)
    words = fitting.shortened(note, NOTE, box.width, 3)
    heights = [fitting.height([title], TITLE * 1.06, box.width) if title else 0, SMALL * LINE if unit else 0]
    below = fitting.height([words], NOTE, box.width) + 4 if words else 0
    above = sum(heights) + 6 * (sum(heights) > 0)
    body = Box(box.left, box.top + above, box.width, box.height - above - below)
    return Frame(
        title,
        Box(box.left, box.top, box.width, heights[0]),
        unit,
        Box(box.left, box.top + heights[0], box.width, heights[1]),
        body,
        words,
        Box(box.left, box.bottom - below + 4, box.width, max(0, below - 4)),
    )


def look(figure: Figure) -> str:
    """What a slide shows of a figure: tiles, map, chart, table or none. A chart without a value is its table."""
    if figure.tiles:
        return "tiles"
    if figure.drawing and figure.drawing.areas:
        return "map"
    cells = [cell.value for series in figure.chart.series for cell in series.cells] if figure.chart else []
    if any(isinstance(value, int | float) and value == value for value in cells):
        return "chart"
    return "table" if figure.table.rows else "none"


def _grouped(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures that share a slide: a row of tiles with one other, two others, or a wide table alone."""
    groups: list[list[Figure]] = []
    for figure in figures:
        if figure.tiles:
            groups += [[part] for part in tiles.split(figure, frame(figure, CONTENT, figure.note).body)]
        elif groups and len(groups[-1]) == 1 and not _is_wide(figure) and _has_room(groups[-1][0]):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _has_room(figure: Figure) -> bool:
    """Whether another figure may stand beside or below it."""
    return CONTENT.height - _tiles_height(figure) > LEAST if figure.tiles else not _is_wide(figure)


def _least(figure: Figure) -> float:
    """How high a figure must be to be read."""
    is_lying = figure.chart and figure.chart.form in ("bar", "stacked")
    return max(LEAST, 80 + LEAST_BAR * len(figure.chart.categories)) if is_lying else LEAST


def _is_wide(figure: Figure) -> bool:
    return look(figure) == "table" and tables.natural_width(figure.table) > WIDE


def _tiles_height(figure: Figure) -> float:
    """Height of tiles across the slide with their title and note."""
    cut = frame(figure, CONTENT, figure.note)
    return tiles.height(figure.tiles, CONTENT.width) + CONTENT.height - cut.body.height


def _text(texts: Sequence[str], box: Box, sizes: Sequence[float] = SIZES) -> float | None:
    return fitting.largest(texts, Box(0, 0, box.width - BULLET, box.height), sizes, GAP)


def _text_pages(texts: Sequence[str]) -> list[Page]:
    size = _text(texts, CONTENT, (24, 22, *SIZES)) or FLOOR
    room = Box(0, 0, CONTENT.width - BULLET, CONTENT.height)
    return [Page(tuple(part), CONTENT, size, ()) for part in fitting.pieces(texts, size, room, GAP)]


def _shared(texts: Sequence[str], figures: Sequence[Figure]) -> Page | None:
    """One slide with the text and the figures, or none if the text does not fit beside them."""
    if not texts:
        return _alone(figures)
    if figures[0].tiles:
        top = _tiles_height(figures[0])
        if CONTENT.height - top - GUTTER < (_least(figures[1]) if len(figures) > 1 else 60):
            return None
        rest = CONTENT.below(top, GUTTER)
        upper = _place(figures[0], CONTENT._replace(height=top))
        if len(figures) == 1:
            return _written(texts, rest, upper)
        text_box, figure_box = rest.columns(GUTTER, 42, 58)
        return _written(texts, text_box, upper, _place(figures[1], figure_box))
    if len(figures) == 2 and look(figures[0]) == "map":
        return _beside_map(texts, figures)
    if len(figures) == 2 or _is_wide(figures[0]):
        most = CONTENT.height * (0.33 if len(figures) == 2 else 0.42)
        size = _text(texts, CONTENT._replace(height=most))
        if size is None:
            return None
        high = fitting.height(texts, size, CONTENT.width - BULLET, GAP)
        rest = CONTENT.below(high, 0.7 * GUTTER)
        boxes = rest.columns(GUTTER, 1, 1) if len(figures) == 2 else [rest]
        places = map(_place, figures, boxes)
        return Page(tuple(texts), CONTENT._replace(height=high), size, tuple(places))
    if look(figures[0]) == "map":
        figure_box, text_box = CONTENT.columns(GUTTER, 63, 37)
    else:
        text_box, figure_box = CONTENT.columns(GUTTER, 37, 63)
    return _written(texts, text_box, _place(figures[0], figure_box))


def _beside_map(texts: Sequence[str], figures: Sequence[Figure]) -> Page | None:
    """A map as high as the slide, the text and the other figure beside it."""
    left, right = CONTENT.columns(GUTTER, 46, 54)
    size = _text(texts, right._replace(height=right.height - GUTTER - _least(figures[1])))
    if size is None:
        return None
    high = fitting.height(texts, size, right.width - BULLET, GAP)
    places = (_place(figures[0], left), _place(figures[1], right.below(high, GUTTER)))
    return Page(tuple(texts), right._replace(height=high), size, places)


def _written(texts: Sequence[str], box: Box, *places: Place) -> Page | None:
    size = _text(texts, box)
    return None if size is None else Page(tuple(texts), box, size, places)


def _alone(figures: Sequence[Figure]) -> Page:
    """One slide with figures only."""
    if figures[0].tiles and len(figures) > 1:
        top = _tiles_height(figures[0])
        boxes = [CONTENT._replace(height=top), CONTENT.below(top, GUTTER)]
    elif figures[0].tiles:
        boxes = [CONTENT._replace(height=min(CONTENT.height, _tiles_height(figures[0])))]
    else:
        boxes = CONTENT.columns(GUTTER, *[1] * len(figures))
    return Page((), CONTENT, BODY_SIZE, tuple(map(_place, figures, boxes)))


def _place(figure: Figure, box: Box) -> Place:
    return Place(figure, box, figure.note)


def _paged(page: Page) -> list[Page]:
    """The slide and those that the rest of its tables need."""
    done, more = [], []
    for place in page.places:
        first, *rest = _parts(place) if look(place.figure) == "table" else [place]
        done.append(first)
        more += rest
    return [replace(page, places=tuple(done)), *(Page((), CONTENT, BODY_SIZE, (place,)) for place in more)]


def _parts(place: Place) -> list[Place]:
    """A table in as many places as its rows need, at most `MOST_PAGES`; the last says how many rows are left out."""
    figure, box, note = place.figure, place.box, place.note
    table = figure.table
    body = frame(figure, box, note).body
    if tables.fitted(table, body).height > body.height:  # there may be rows left out: keep room to say so
        note = _rest(figure, len(table.rows))
    found, start = [], 0
    while start < min(len(table.rows), tables.MOST_ROWS) and len(found) < MOST_PAGES:
        body = frame(figure, box, note).body
        fit = tables.fitted(table, body)
        rows = range(start, start + fit.count(body.height, start))
        found.append(Place(figure, box, figure.note, fit, rows))
        start, box = rows.stop, CONTENT
    if start < len(table.rows):
        found[-1] = replace(found[-1], note=_rest(figure, len(table.rows) - start))
    return found


def _rest(figure: Figure, count: int) -> str:
    words = _("… {count} more rows are in the Excel file.").format(count=f"{count:,}")
    return sentences(*filter(None, (words, figure.note)))
