"""What stands where on the slides of a section: chosen by number and form of its figures and the length of its text.

A section is one slide wherever all of it can be read there: text above its figures, or beside the only one. Nothing
here knows PowerPoint. Lengths are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.reports.deck import tables, tiles
from dashboard.reports.deck.frames import LEAST_TYPE, frame, largest, least, look, shares
from dashboard.reports.deck.master import BODY_SIZE, CONTENT
from dashboard.reports.deck.tables import Fit
from dashboard.reports.model import Figure, Section
from dashboard.reports.office import fitting
from dashboard.reports.office.fitting import Box
from dashboard.text import _, sentences

ALONE_SIZES = (24, 22, BODY_SIZE, 18, 16, 14)  # of text that has the slide to itself
BESIDE_SIZES, ABOVE_SIZES = (18, 16, 14), (16, 14)  # of text beside a figure, and above
BALANCES = ((16, 12), (14, 11), (14, LEAST_TYPE))  # of text above figures, and the least type in these, by preference
FLOOR = ALONE_SIZES[-1]
BULLET, GAP, GUTTER, UNDER = 16, 8, 26, 16  # indent of text; spaces between paragraphs, parts, text and figures
TEXT, FIGURE = 37, 63  # how they share the width
MOST_PAGES = 3  # slides of one table; the rest of its rows is in the workbook
WIDE, WIDE_SIZE = 0.6 * CONTENT.width, 14  # of a table that no text stands beside, and the type it is measured in


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
    if not section.figures:
        return _text_pages(texts) or [Page((), CONTENT, BODY_SIZE, ())]
    first, *rest = _grouped(section.figures)
    page = _shared(texts, first)
    if page is None and len(first) > 1:
        first, rest = first[:1], [first[1:], *rest]
        page = _shared(texts, first)
    pages = [page] if page else [*_text_pages(texts), _alone(first)]
    for group in rest:
        pages += [_alone(group)] if _fit(_alone(group)) else [_alone([figure]) for figure in group]
    return [part for page in pages for part in _paged(page)]


def _grouped(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures that may share a slide: two and two; more tiles than one slide holds are several figures."""
    groups: list[list[Figure]] = []
    for figure in figures:
        if figure.tiles:
            groups += [[part] for part in tiles.split(figure, frame(figure, CONTENT, figure.note).body)]
        elif groups and len(groups[-1]) == 1:
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _fit(page: Page, size: float = LEAST_TYPE) -> bool:
    """Whether all figures of a slide can be read, the type in them no smaller than this."""
    return all(least(place.figure, place.box.width, size) <= place.box.height for place in page.places)


def _is_wide(figure: Figure) -> bool:
    return look(figure) == "table" and tables.natural_width(figure.table, WIDE_SIZE) > WIDE


def _is_endless(figure: Figure) -> bool:
    """Whether a table needs several slides anyhow."""
    return look(figure) == "table" and least(figure, CONTENT.width) > CONTENT.height


def _text(texts: Sequence[str], box: Box, sizes: Sequence[float]) -> float | None:
    return fitting.largest(texts, Box(0, 0, box.width - BULLET, box.height), sizes, GAP)


def _text_pages(texts: Sequence[str]) -> list[Page]:
    if not texts:
        return []
    size = _text(texts, CONTENT, ALONE_SIZES) or FLOOR
    room = Box(0, 0, CONTENT.width - BULLET, CONTENT.height)
    return [Page(tuple(part), CONTENT, size, ()) for part in fitting.pieces(texts, size, room, GAP)]


def _shared(texts: Sequence[str], figures: Sequence[Figure]) -> Page | None:
    """One slide with the text and the figures, or none if not all of it can be read there."""
    if not texts:
        page = _alone(figures)
        return page if _fit(page) or len(figures) == 1 else None
    if figures[0].tiles and len(figures) == 2:
        tried = [_below_tiles(texts, figures)]
    elif len(figures) == 2 and look(figures[0]) == "map":
        tried = [_beside_map(texts, figures), _above(texts, figures)]
    elif len(figures) == 2 or figures[0].tiles:
        tried = [_above(texts, figures)]
    else:
        tried = [_beside(texts, figures[0]), _above(texts, figures)]
    if len(figures) == 1 and _is_wide(figures[0]):
        tried.reverse()
    return next((page for page in tried if page), None)


def _above(texts: Sequence[str], figures: Sequence[Figure]) -> Page | None:
    """Text over the whole width, figures side by side below."""
    for size, least_type in BALANCES:
        high = fitting.height(texts, size, CONTENT.width - BULLET, GAP)
        rest = CONTENT.below(high, UNDER)
        boxes = rest.columns(GUTTER, *shares(figures))
        page = Page(tuple(texts), CONTENT._replace(height=high), size, tuple(map(_place, figures, boxes)))
        is_paged = len(figures) == 1 and _is_endless(figures[0]) and rest.height > CONTENT.height / 2
        if _fit(page, least_type) or is_paged:
            return page
    return None


def _beside(texts: Sequence[str], figure: Figure) -> Page | None:
    """Text beside a figure as high as the slide; a map stands on the left."""
    if look(figure) == "map":
        figure_box, text_box = CONTENT.columns(GUTTER, FIGURE, TEXT)
    else:
        text_box, figure_box = CONTENT.columns(GUTTER, TEXT, FIGURE)
    size = _text(texts, text_box, BESIDE_SIZES)
    page = Page(tuple(texts), text_box, size or FLOOR, (_place(figure, figure_box),))
    return page if size and (_fit(page) or _is_endless(figure)) else None


def _beside_map(texts: Sequence[str], figures: Sequence[Figure]) -> Page | None:
    """A map as high as the slide, the text and the other figure beside it."""
    left, right = CONTENT.columns(GUTTER, 46, 54)
    size = _text(texts, right._replace(height=right.height - GUTTER - least(figures[1], right.width)), ABOVE_SIZES)
    if size is None:
        return None
    high = fitting.height(texts, size, right.width - BULLET, GAP)
    places = (_place(figures[0], left), _place(figures[1], right.below(high, UNDER)))
    return Page(tuple(texts), right._replace(height=high), size, places)


def _below_tiles(texts: Sequence[str], figures: Sequence[Figure]) -> Page | None:
    """Tiles across the slide, the text and the other figure side by side below."""
    top = least(figures[0], CONTENT.width)
    text_box, figure_box = CONTENT.below(top, GUTTER).columns(GUTTER, 42, 58)
    places = (_place(figures[0], CONTENT._replace(height=top)), _place(figures[1], figure_box))
    size = _text(texts, text_box, ABOVE_SIZES)
    page = Page(tuple(texts), text_box, size or FLOOR, places)
    return page if size and _fit(page) else None


def _alone(figures: Sequence[Figure]) -> Page:
    """One slide with figures only."""
    if figures[0].tiles and len(figures) > 1:
        top = least(figures[0], CONTENT.width)
        boxes = [CONTENT._replace(height=top), CONTENT.below(top, GUTTER)]
    else:
        boxes = CONTENT.columns(GUTTER, *shares(figures))
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
    if tables.fitted(table, body, largest(box)).height > body.height:  # there may be rows left out: keep room to say so
        note = _rest(figure, len(table.rows))
    found, start = [], 0
    while start < min(len(table.rows), tables.MOST_ROWS) and len(found) < MOST_PAGES:
        body = frame(figure, box, note).body
        fit = tables.fitted(table, body, largest(box))
        rows = range(start, start + fit.count(body.height, start))
        found.append(Place(figure, box, figure.note, fit, rows))
        start, box = rows.stop, CONTENT
    if start < len(table.rows):
        found[-1] = replace(found[-1], note=_rest(figure, len(table.rows) - start))
    return found


def _rest(figure: Figure, count: int) -> str:
    words = _("… {count} more rows are in the Excel file.").format(count=f"{count:,}")
    return sentences(*filter(None, (words, figure.note)))
