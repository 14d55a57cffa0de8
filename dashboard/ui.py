"""Furniture of a page: heading, cards, tiles and the sentences for when there is nothing to show.

Every figure stands in a card: title, unit, period, figure, and one click away its rows, definitions, query,
edition and downloads.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import (
    access,
    catalogue,
    contract,
    definitions,
    downloads,
    exports,
    filters,
    quality,
    row_tables,
    settings,
    store,
    text,
)
from dashboard.charts import tables, theme
from dashboard.charts.sparklines import course
from dashboard.profile import Profile
from dashboard.text import _

Source = tuple[str, dict[str, Any]]  # a query's name and its parameters
POPOVER_WIDTH = 640
HEAD_START_SECONDS = 0.3
SIGNAL_COLOURS = {"good": "green", "watch": "orange", "trouble": "red", "unknown": "gray"}
DEFINITIONS = settings.ROOT / "pages" / "definitions.py"
CHART_CONFIG = {"displayModeBar": False, "responsive": True}


def heading(title: str, question: str) -> None:
    """Title of a page, the question it answers and which data it stands on."""
    chosen = filters.chosen()
    profile = store.place_profile(chosen["place"], chosen["edition"])
    st.header(title, anchor=False)
    period = text.period(chosen["start_month"], chosen["end_month"])
    as_of = _("as of {date}").format(date=text.moment(profile.as_of, "date"))
    marks = [
        f":gray-badge[{profile.name(text.language())}]",
        f":gray-badge[{period}]",
        f":gray-badge[{as_of}]",
    ]
    if profile.is_synthetic:
        marks.append(f":orange-badge[:material/science: {_('Synthetic sample data')}]")
    if access.reader().districts:
        marks.append(f":blue-badge[:material/lock: {_('Limited to your districts')}]")
    st.markdown(f"{_(question.strip().partition(chr(10))[0])}&ensp;{' '.join(marks)}")


def nothing_matches() -> None:
    """Say that the filters leave nothing, and end the page."""
    st.info(
        _("Nothing matches this selection. Choose another period, district or type."),
        icon=":material/filter_alt_off:",
    )
    st.stop()


def requires(*tables: str) -> bool:
    """Whether the edition publishes these extracts; if not, name those missing to the reader."""
    chosen = filters.chosen()
    missing = [name for name in store.missing_tables(chosen["place"], chosen["edition"]) if name in tables]
    if missing:
        known = contract.load().tables
        names = [known[n].title_en if text.language() == "en" else known[n].title for n in missing]
        st.info(
            _("This place does not publish: {tables}.").format(tables=text.listed(names)),
            icon=":material/grid_off:",
        )
    return not missing


def card(
    title: str,
    figure: theme.Figure | tables.Table | Callable[[str], None] | None = None,
    *,
    rows: theme.Rows,
    source: Source,
    alt: str,
    unit: str = "",
    period: str | None = None,
    note: str | None = None,
    key: str | None = None,
    on_select: bool = False,
    height: int | None = None,
    files: tuple[downloads.File, ...] = (),
) -> Any:
    """One figure with all that makes it checkable; without a figure the rows are the figure.

    A figure that is not a chart or a table draws itself, given its key. `rows` are the rows the figure was drawn
    from, `source` the query's name (or that of one of `exports.DOCUMENTS`) and its parameters. Returns the reader's
    selection if `on_select`, else None.
    """
    name, parameters = source
    key = key or name
    span = text.period(parameters["start_month"], parameters["end_month"]) if period is None else period
    with st.container(border=True, key=f"card-{key}"):
        st.markdown(f"**{title}**  \n:gray[:small[{' · '.join(filter(None, [unit, span]))}]]")
        selection = _draw(figure, rows, alt, key, on_select, height)
        if note:
            st.caption(note)
        _footer(title, rows, name, parameters, key, files)
    return selection


def tile(
    title: str,
    value: float | None,
    kind: str,
    *,
    signal: str = "unknown",
    target: float | None = None,
    change: float | None = None,
    change_kind: str = "share_change",
    change_text: str = "",
    better: str | None = None,
    history: list[float] | None = None,
    definition: str = "",
    note: str = "",
    metric: str = "",
    source: Source | None = None,
) -> None:
    """One headline figure: sign and title, value, change with its meaning, sparkline, target, a note and its doubts.

    `better` "up" or "down" colours the change; None leaves it grey, as does a change within error. What is doubtful is
    known where the `source` is: of the `metric`, or of all that its query reads.
    """
    colour = {"up": "normal", "down": "inverse"}.get(better or "", "off")
    goal = _("target {value}").format(value=text.number(target, kind)) if target is not None else ""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(
            f":{SIGNAL_COLOURS[signal]}[{theme.SIGNS[signal]}] {title}" if goal else title,
            text.number(value, kind),
            None if change is None or change != change else text.number(change, change_kind),
            delta_color=colour,
            delta_description=change_text or None,
            help=definition or None,
        )
        if history:
            st.html(course(history, lambda value: text.number(value, kind)))
        judgement = (
            f":{SIGNAL_COLOURS[signal]}[{_(catalogue.WORDS['signal'][signal])}]" if goal and value is not None else ""
        )
        st.markdown(f":small[{' · '.join(filter(None, [judgement, goal, note]))}]")
        doubts = quality.reasons(source[0], [{"metric": metric}] if metric else [], source[1]) if source else []
        if doubts:
            with st.popover(f":orange-badge[{quality.badge(doubts)}]", icon=":material/warning:", type="tertiary"):
                _doubted(doubts)


def tiles(line: list[dict[str, Any]], source: Source | None = None) -> None:
    """A line of tiles, each given as the arguments of `tile`; `source` is the query they come from, as for a card.

    In a new window the first line goes ahead: the browser would otherwise show it a second later, once it has
    loaded what draws the charts below.
    """
    for column, each in zip(st.columns(len(line)), line, strict=True):
        with column:
            tile(**each, source=source)
    if "has_headlines" not in st.session_state:
        st.session_state["has_headlines"] = True
        time.sleep(HEAD_START_SECONDS)


def _draw(figure, rows: theme.Rows, alt: str, key: str, on_select: bool, height: int | None) -> Any:
    mode = "rerun" if on_select else "ignore"
    if figure is None:
        return row_tables.draw(rows, key, alt, mode, height)
    if isinstance(figure, tables.Table):
        return st.html(figure.html(alt))
    if isinstance(figure, theme.Figure):
        return st.plotly_chart(
            figure.inked(theme.INK[st.context.theme.type or "light"]),
            key=f"figure-{key}",
            on_select=mode,
            selection_mode="points",
            config=CHART_CONFIG,
            alt=alt,
        )
    return figure(f"figure-{key}")


@st.fragment
def _footer(
    title: str,
    rows: theme.Rows,
    name: str,
    parameters: dict[str, Any],
    key: str,
    files: tuple[downloads.File, ...],
) -> None:
    """Popover with rows, definitions, query and downloads; filled only while it is open.

    Where the rows rest on incomplete or doubtful data its button is the badge that says so, and why is the first thing
    in it.
    """
    doubts = quality.reasons(name, rows, parameters)
    popover = st.popover(
        f":orange-badge[{quality.badge(doubts)}]" if doubts else _("Data and definition"),
        icon=":material/warning:" if doubts else ":material/database:",
        type="tertiary",
        key=f"about-{key}",
        on_change="rerun",
    )
    if not popover.open:
        return
    rows = pd.DataFrame(rows)
    profile = store.place_profile(parameters["place"], parameters["edition"])
    facts = exports.facts(title, rows, name, parameters)
    if doubts:
        facts.append((_("Quality of the data"), quality.sentence(doubts)))
    with popover, st.container(width=POPOVER_WIDTH):
        if doubts:
            _doubted(doubts)
        data, definition, origin = st.tabs([_("Rows"), _("Definitions"), _("Query and edition")])
        with data:
            with st.container(horizontal=True):
                for file in (*downloads.TABLES, *files):
                    _download(file, rows, facts, profile, name, parameters, key)
            alt = _("Rows behind the figure {title}").format(title=title)
            row_tables.draw(rows, f"rows-{key}", alt, "ignore", min(320, 37 * (len(rows) + 1)))
        with definition:
            named = _defined(rows)
            for column in named:
                st.markdown(f"**{catalogue.title(column)}**  \n{_(catalogue.COLUMNS[column].definition)}")
            st.caption(_("{dash} means not reported; 0 is a reported zero.").format(dash=text.NOT_REPORTED))
            first = next((column for column in named if catalogue.COLUMNS[column].better), next(iter(named), None))
            asked = {"definition": definitions.metric_title(first)} if named else None
            st.page_link(DEFINITIONS, label=_("All definitions"), icon=":material/menu_book:", query_params=asked)
        with origin:
            st.markdown("  \n".join(f":gray[{label}] {value}" for label, value in facts if value))
            if name not in exports.DOCUMENTS:
                st.code(store.describe(name).text, language="sql", height=260)


def _doubted(doubts: Sequence[quality.Reason]) -> None:
    st.warning("  \n".join(text.as_written(doubt.words) for doubt in doubts), icon=":material/warning:")


def _defined(rows: pd.DataFrame) -> list[str]:
    """Columns and metrics of rows that have a definition, each once."""
    named = dict.fromkeys([*rows.columns, *rows.get("metric", [])])
    return [name for name in named if name in catalogue.COLUMNS and catalogue.COLUMNS[name].definition]


def _download(
    file: downloads.File, rows, facts, profile, name: str, parameters: dict, key: str, what: str = ""
) -> None:
    language = text.language()  # the file is written later, outside the session

    def content() -> bytes:
        with text.speaking(language):
            exports.log(name, parameters, len(rows))
            return file.write(rows, facts, profile)

    st.download_button(
        file.label,
        content,
        file_name=f"{parameters['place']}_{what or name}_{parameters['edition']}.{file.suffix}",
        mime=file.mime,
        key=f"{file.label}-{key}",
        icon=":material/download:",
        on_click="ignore",
    )


def notice_button(
    title: str, lines: list[tuple[str, str]], rows: pd.DataFrame, source: tuple[str, dict[str, Any]], key: str
) -> None:
    """Button that saves a public notice: a printable sheet with `lines` over `rows`, and where it comes from."""
    name, parameters = source
    profile = store.place_profile(parameters["place"], parameters["edition"])

    def write(rows: pd.DataFrame, _facts: list, profile: Profile) -> bytes:
        return downloads.to_notice(title, lines, rows, exports.facts(title, rows, name, parameters), profile)

    file = downloads.File(_("Public notice (XLSX)"), "xlsx", downloads.SHEET, write)
    _download(file, rows, [], profile, name, parameters, key, "notice")


def share_link() -> None:
    """Button that shows the address of exactly this view, edition and period written out."""
    with st.popover(
        _("Share this view"), icon=":material/link:", width="stretch", key="share", on_change="rerun"
    ) as box:
        if box.open:
            st.caption(_("Opens the same edition, period and filters for anyone who may see them."))
            st.code(filters.address(filters.chosen()), language=None, wrap_lines=True)
