"""Pages opened without a browser, and every word such a page shows."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import plotly.graph_objects as go
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard import charts, settings, text, ui

TIMEOUT_SECONDS = 120
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# Latin words that a Chinese page may show: formats, product names, units and the other language's own name.
LATIN = {"English", "Language", "CSV", "XLSX", "SQL", "DuckDB", "PNG", "SVG", "WebGL", "WGS", "CGCS", "P", "Q"}
LATIN |= {"Enter", "Space", "PageDown", "PageUp", "Backspace", "Home", "End", "Tab", "Esc"}  # as keyboards print them
MARKUP = re.compile(
    r"`[^`]*`|\d{4}-\d\d-\d\d-[0-9a-f]{8}|:material/\w+:|:[a-z]+(-[a-z]+)?\[|&\w+;|<[^>]*>|%\{[^}]*\}|\{\w+\}|\{foreground=[^}]*\}"
)
ui.HEAD_START_SECONDS = 0  # there is no browser that could draw anything ahead
# Parts of what the server sends that no reader sees.
UNSEEN = {
    "id",
    "key",
    "tag",
    "theme",
    "type",
    "element_type",
    "source_id",
    "query_param_key",
    "icon",
    "config",
    "form_id",
    "json",
    "url",
    "page",
    "page_script_hash",
    "query_string",
    "deferred_file_id",
}
UNREAD = {"code", "form", "page", "layout", "chart"}  # in what presenter mode is given
READ_ATTRIBUTES = {"title", "aria-label", "alt"}
SHOWN_IN_FIGURES = {"text", "title", "name", "ticktext", "hovertemplate", "texttemplate", "labels", "label", "html"}


def opened(page: str, language: str = "zh", /, **choices: str | list[str]) -> AppTest:
    """A page run once, with choices in the address; `language` as the code of a language."""
    config.set_option("client.showErrorDetails", "full")  # a reader sees none, a failing test should
    app = AppTest.from_file(settings.ROOT / "dashboard" / "frame.py", default_timeout=TIMEOUT_SECONDS)
    app.query_params = {"language": text.LANGUAGES[language], **choices}
    app.context = {"url": f"http://127.0.0.1/{page}"}
    app.switch_page(f"../pages/{page}.py")
    return app.run()


def troubles(app: AppTest) -> list[str]:
    """Exceptions, with where they were raised, and error boxes on a page."""
    raised = [" ".join([error.message, *error.stack_trace[-2:]]) for error in app.exception]
    return raised + [box.value for box in app.error]


def words(app: AppTest) -> list[str]:
    """Every piece of text on the page: sentences, labels, options, table headers, words in figures."""
    nodes = [node for block in (app.main, app.sidebar) for node in block if hasattr(node.proto, "ListFields")]
    return [word for node in nodes for word in _of_message(node.proto) if word.strip()]


def cells(app: AppTest) -> list[str]:
    """Text in the cells of tables."""
    chinese = ["title_zh", "figure", "codes"]  # on purpose: the extracts' own titles and codes
    frames = [frame.value.drop(columns=chinese, errors="ignore") for frame in app.dataframe]
    return [str(cell) for frame in frames for cell in frame.select_dtypes(exclude="number").to_numpy().ravel()]


def foreign(app: AppTest, language: str) -> list[str]:
    """Words of the other language on a page in `language`, without names, codes and what a place calls itself."""
    if language == "zh":
        plain = [(word, MARKUP.sub(" ", word)) for word in words(app)]
        return [word[:80] for word, rest in plain if set(re.findall(r"[A-Za-z]{2,}", rest)) - LATIN]
    masked = re.compile(r"[\u3400-\u9fff]\*+")
    left = [word[:80] for word in words(app) if set(CHINESE.findall(word)) - {"中文", "语言"}]
    return left + [cell for cell in cells(app) if CHINESE.search(masked.sub("", cell))]


class Markup(HTMLParser):
    """A piece of HTML taken apart: its `words` (text, and attributes that are read or shown), tags and attributes."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.words += [value for name, value in attrs if name in READ_ATTRIBUTES and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _of_message(message: Any) -> Iterator[str]:
    kind = message.DESCRIPTOR.name
    if kind == "Code":  # a query, not words
        return
    if kind == "BidiComponent":
        data = json.loads(message.json or "{}")
        yield from _flat([data.get("words", {}), data.get("alt", "")])
        content = data.pop("content", {})  # of presenter mode; what tables hold are cells, not words
        for said in _flat(content):
            yield from Markup(said.partition("<tbody>")[0]).words if "<t" in said else [said]
        drawn = [figure.get("chart", {}) for view in content.get("views", []) for figure in view["figures"]]
        yield from _of_figure([data, *drawn])
        return
    if kind == "Html":
        yield from Markup(message.body).words
        return
    for field, value in message.ListFields():
        if (kind, field.name) in (("PlotlyChart", "spec"), ("DeckGlJsonChart", "tooltip")):
            yield from _of_figure(json.loads(value))
        elif kind == "Dataframe" and field.name == "columns":
            yield from (column["label"] for column in json.loads(value).values() if column.get("label"))
        elif field.name in UNSEEN:
            continue
        elif field.type == field.TYPE_STRING:
            yield from value if field.is_repeated else [value]
        elif field.type == field.TYPE_MESSAGE:
            for inner in value if field.is_repeated else [value]:
                yield from _of_message(inner) if hasattr(inner, "ListFields") else ()


def _flat(node: object) -> Iterator[str]:
    """All strings of nested lists and dictionaries but codes, addresses and figures."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        yield from (said for each in node for said in _flat(each))
    elif isinstance(node, dict):
        yield from (said for key, each in node.items() if key not in UNREAD for said in _flat(each))


def _of_figure(node: object, shown: bool = False) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "template":
                yield from _of_figure(value, shown=key in SHOWN_IN_FIGURES)
    elif isinstance(node, list):
        for value in node:
            yield from _of_figure(value, shown)
    elif isinstance(node, str) and shown:
        yield re.sub(r"%\{[^}]*\}|<[^>]*>", " ", node)


def drawn(figure: charts.theme.Figure) -> go.Figure:
    """A figure after Plotly's own validation, which the pages leave out."""
    return go.Figure(figure.to_dict())


def parsed(table: charts.Table, caption: str = "Caption") -> ElementTree.Element:
    """A table as a tree of its HTML."""
    return ElementTree.fromstring(table.html(caption).replace("<wbr>", ""))


def grid(table: charts.Table) -> list[list[str]]:
    """What stands in a table, line by line, headings included."""
    return [[" ".join(cell.itertext()).strip() for cell in line] for line in parsed(table).iter("tr")]
