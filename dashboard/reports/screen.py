"""A briefing as a browser shows it: plain data, whole, so that nothing is asked for between two views.

Numbers are those of the cells, as they are written. Words of the data are escaped wherever they stand in HTML; what
a table has beyond `MOST_ROWS` rows is not sent, only how many there are.
"""

from typing import Any
from urllib.parse import urlencode

from dashboard import exports, store, text
from dashboard.charts import theme
from dashboard.maps import sheets
from dashboard.reports import screen_charts, screen_maps
from dashboard.reports.findings_table import findings_table
from dashboard.reports.model import Briefing, Column, Figure, Finding, Section, Table, Tile
from dashboard.text import _

MOST_ROWS = 24
WIDE_TABLE = 5  # columns from which a table takes the whole width
# Room for charts in a view of 1,920 x 1,080, beside and below what else stands there, about.
ACROSS, BESIDE, DOWN, TILES, SENTENCE, LEGEND = 1_768, 1_104, 690, 270, 60, 110
escaped, plain = sheets.escaped, sheets.writable


def views(briefing: Briefing) -> dict[str, Any]:
    """Title, footer and views in order: the cover, one per section, and what was marked at meetings, if anything.

    To be called in the briefing's language. A view has code, chapter, heading, sentences, figures, notes and layout:
    `side` (figures beside the sentences), `wide` (below them) or `cover`.
    """
    cover = {
        "code": "",
        "chapter": "",
        "heading": plain(briefing.title),
        "sentences": [plain(briefing.subtitle)],
        "figures": [],
        "notes": "",
        "layout": "cover",
        "facts": [[plain(label), plain(value)] for label, value in briefing.facts],
        "label": plain(briefing.label),
    }
    shown = [_section(section, briefing) for section in briefing.sections]
    if briefing.findings:
        shown.append(_findings(briefing.findings))
    return {
        "title": plain(briefing.title),
        "edition": briefing.edition,
        "footer": plain(briefing.footer),
        "views": [cover, *shown],
    }


def _section(section: Section, briefing: Briefing) -> dict[str, Any]:
    figures = [figure for figure in section.figures if not figure.is_empty]
    beside = [figure for figure in figures if figure.form != "tiles"]
    is_wide = len(beside) > 1 or any(f.form == "table" and len(f.table.columns) >= WIDE_TABLE for f in beside)
    width = ACROSS / len(beside) if is_wide else BESIDE if section.sentences else ACROSS
    height = DOWN - TILES * (len(beside) < len(figures)) - SENTENCE * len(section.sentences) * is_wide
    return {
        "code": section.code,
        "chapter": plain(section.chapter),
        "heading": plain(section.heading),
        "sentences": [plain(sentence.text) for sentence in section.sentences],
        "figures": [_figure(figure, briefing, (width, height)) for figure in figures],
        "notes": plain(section.notes),
        "layout": "wide" if is_wide else "side",
    }


def _figure(figure: Figure, briefing: Briefing, room: tuple[float, float]) -> dict[str, Any]:
    shown = {
        "code": figure.code,
        "form": figure.form,
        "title": plain(figure.title),
        "under": plain(" · ".join(filter(None, (figure.unit, figure.period)))),
        "note": plain(figure.note),
        "alt": plain(figure.alt or figure.title),
        "page": _address(figure, briefing) if figure.page else "",
        "more": 0,
    }
    if figure.chart is not None:
        return shown | {"chart": screen_charts.figure(figure.chart, *room).to_dict()}
    if figure.drawing is not None:
        return shown | {"html": screen_maps.html(figure.drawing, room[0], room[1] - LEGEND)}
    more = 0 if figure.tiles else max(len(figure.table.rows) - MOST_ROWS, 0)
    return shown | {"html": figure_html(figure), "more": more}


def figure_html(figure: Figure) -> str:
    """A map, tiles or a table as HTML, every word of the data in it escaped."""
    if figure.drawing is not None:
        return screen_maps.html(figure.drawing)
    return "".join(map(_tile, figure.tiles)) if figure.tiles else _table(figure.table)


def _address(figure: Figure, briefing: Briefing) -> str:
    """The page that shows the same, with edition, period and filters as the figure has them."""
    asked = figure.source.parameters
    shown: dict[str, Any] = {"language": text.LANGUAGES[briefing.language], "edition": briefing.edition}
    shown |= {"place": asked["place"]} if "place" in asked else {}
    if asked.get("start_month") and asked.get("end_month"):
        shown["period"] = text.period(asked["start_month"], asked["end_month"])
    if asked.get("districts"):
        names = exports.district_names(asked["place"], briefing.edition)
        shown["districts"] = [names[code] for code in asked["districts"] if code in names]
    if asked.get("compound_types"):
        labels = store.place_profile(asked["place"], briefing.edition).labels("compound_types", briefing.language)
        shown["compound_types"] = [labels[code] for code in asked["compound_types"] if code in labels]
    return f"{figure.page}?{urlencode(shown | figure.address, doseq=True)}"


def _tile(tile: Tile) -> str:
    signal = tile.signal if tile.signal in theme.SIGNS else "unknown"
    target = _("Target {value}").format(value=tile.target.shown) if tile.target else ""
    judged = escaped(" · ".join(filter(None, (tile.signal_words, target))))
    sign = f'<i aria-hidden="true">{theme.SIGNS[signal]}</i> ' if tile.signal_words else ""
    lines = "".join(f"<p>{escaped(line)}</p>" for line in tile.changes)
    return (
        f'<div class="tile {signal}"><h4>{escaped(tile.title)}</h4><p class="value">{escaped(tile.cell.shown)}</p>'
        f'<p class="signal {signal}">{sign}{judged}</p>{lines}</div>'
    )


def _table(table: Table) -> str:
    head = "".join(f"<th{_side(column)}>{escaped(column.title)}</th>" for column in table.columns)
    rows = (
        "".join(f"<td{_side(c)}>{escaped(cell.shown)}</td>" for c, cell in zip(table.columns, row, strict=True))
        for row in table.rows[:MOST_ROWS]
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _side(column: Column) -> str:
    return ' class="number"' if column.is_number else ""


def _findings(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """The view of what was marked at meetings, with its notes for the presenter."""
    table = findings_table(findings)
    heading = _("Findings and how they stand")
    figure = {"code": "findings", "form": "table", "title": "", "under": "", "note": "", "alt": heading, "page": ""}
    more = max(len(table.rows) - MOST_ROWS, 0)
    return {
        "code": "findings",
        "chapter": "",
        "heading": heading,
        "sentences": [],
        "figures": [figure | {"more": more, "html": _table(table)}],
        "notes": plain("\n".join(f"{finding.number}. {finding.note}" for finding in findings if finding.note)),
        "layout": "wide",
    }
