"""One section on the page of briefings: as it is told, with where its numbers come from, and a form to change it."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import briefings, filters, text, ui
from dashboard.charts import theme
from dashboard.headlines import as_written
from dashboard.reports import screen_charts, screen_maps, sentences
from dashboard.reports.model import Drawing, Figure, Section
from dashboard.reports.storylines import FigureSpec, SectionSpec, StorylineError, Words, section, word
from dashboard.text import _

SMALLER = 0.58  # a chart for a projector, beside text
HEIGHT, MAP_WIDTH, TILES = 360, 640, 4  # pixels of a chart and of a map; tiles in a line


def preview(spec: SectionSpec, told: Section | None) -> None:
    """A section as it is told, with where its numbers come from."""
    st.subheader(told.heading if told else word(spec.heading), anchor=False)
    if spec.is_hidden:
        st.info(_("Hidden: it is neither presented nor in the files."), icon=":material/visibility_off:")
        return
    if told is None:
        st.info(_("Nothing of this section is reported here: it is left out."), icon=":material/info:")
        return
    for sentence in told.sentences:
        st.markdown(f"- {as_written(sentence.text)}")
    numbers = [number for sentence in told.sentences for number in sentence.numbers]
    if numbers:
        with st.expander(_("Where the numbers in these sentences come from"), icon=":material/database:"):
            rows = pd.DataFrame(
                {
                    _("Number"): [number.shown for number in numbers],
                    _("Query"): [number.query for number in numbers],
                    _("Row"): [", ".join(f"{name} = {value}" for name, value in number.row) for number in numbers],
                    _("Column"): [number.column for number in numbers],
                }
            )
            st.dataframe(rows, hide_index=True)
    for figure in told.figures:
        ui.card(
            as_written(figure.title),
            lambda key, figure=figure: _draw(figure, key),
            rows=figure.rows,
            source=(figure.source.query, figure.source.parameters | {"language": text.language()}),
            alt=figure.alt,
            unit=figure.unit,
            period=figure.period,
            note=figure.note or None,
            key=f"briefing-{figure.code}",
        )
    if told.notes:
        st.caption(f"**{_('Speaker notes')}**  {as_written(told.notes)}")


def _draw(figure: Figure, key: str) -> None:
    """A figure in the manner of the dashboard's pages, with the words and numbers of the briefing."""
    if figure.chart is not None:
        drawn = screen_charts.figure(figure.chart).to_dict()
        spec = theme.Figure(_smaller(drawn["data"]), _smaller(drawn["layout"]) | {"height": HEIGHT})
        ink = theme.INK[st.context.theme.type or "light"]
        st.plotly_chart(spec.inked(ink), key=key, config=ui.CHART_CONFIG, alt=figure.alt)
    elif figure.drawing is not None:
        st.image(screen_maps.svg(figure.drawing), caption=_legend(figure.drawing), width=MAP_WIDTH)
    elif figure.tiles:
        for start in range(0, len(figure.tiles), TILES):
            line = figure.tiles[start : start + TILES]
            for column, tile in zip(st.columns(TILES)[: len(line)], line, strict=True):
                with column:
                    ui.tile(
                        tile.title,
                        tile.cell.value,
                        tile.cell.kind,
                        signal=tile.signal,
                        target=tile.target.value if tile.target else None,
                        note=" · ".join(tile.changes),
                    )
    else:
        titles = [column.title for column in figure.table.columns]
        rows = [[cell.shown for cell in row] for row in figure.table.rows]
        st.dataframe(pd.DataFrame(rows, columns=titles), hide_index=True, key=key)


def _legend(drawing: Drawing) -> str:
    """The classes that any unit has, with their signs and numbers of units."""
    return " · ".join(f"{each.words}: {text.number(each.count, 'count')}" for each in drawing.legend if each.count)


def _smaller(part: Any) -> Any:
    """The same parts of a figure in smaller type."""
    if isinstance(part, list):
        return [_smaller(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: value * SMALLER if key == "size" and isinstance(value, int | float) else _smaller(value)
        for key, value in part.items()
    }


def editor(open_: briefings.Open, spec: SectionSpec, told: Section | None) -> None:
    """Heading, sentences, figures and notes of a section, changed all at once."""
    said = {each.template: each.text for each in told.sentences} if told else {}
    with st.expander(_("Change this section"), icon=":material/edit:"):
        is_expert = st.toggle(_("Edit the templates of the sentences"), key="briefing-templates")
        with st.form(f"briefing-edit-{spec.code}", border=False):
            heading = st.text_input(_("Heading"), word(spec.heading), max_chars=40)
            templates = _templates(spec) if is_expert else _chosen_sentences(spec, said)
            own = section(spec.code).figures
            figures = tuple(
                figure
                for figure in own
                if st.checkbox(word(figure.title), figure in spec.figures, key=f"briefing-figure-{figure.code}")
            )
            notes = st.text_area(_("Speaker notes"), word(spec.notes))
            left, right = st.columns(2)
            if left.form_submit_button(_("Apply"), type="primary", width="stretch"):
                _apply(open_, spec, heading, templates, figures, notes)
            if right.form_submit_button(_("As in the library"), width="stretch"):
                change(open_, section(spec.code))
                st.rerun()


def _templates(spec: SectionSpec) -> list[Words]:
    """The sentences as templates in the reader's language, and an empty one; what is left empty is taken away."""
    st.caption(_("Sentences are templates: numbers come from queries only. An empty line takes a sentence away."))
    language, kept = text.language(), []
    for at, before in enumerate([*spec.sentences, {}], start=1):
        label = _("Sentence {number}").format(number=at)
        template = st.text_area(label, word(before), key=f"briefing-sentence-{spec.code}-{at}").strip()
        kept.append({**before, language: template} if template else {})
    return [each for each in kept if each]


def _chosen_sentences(spec: SectionSpec, said: dict[int | None, str]) -> list[Words]:
    """The sentences that stay ticked, and one of the presenter's own."""
    kept = []
    for at, before in enumerate(spec.sentences):
        shown = as_written(said[at]) if at in said else _("Sentence {number}: says nothing here").format(number=at + 1)
        if st.checkbox(shown, True, key=f"briefing-kept-{spec.code}-{at}"):
            kept.append(before)
    own = st.text_area(_("A sentence of your own, without numbers"), key=f"briefing-own-{spec.code}").strip()
    return [*kept, {text.language(): own}] if own else kept


def _apply(
    open_: briefings.Open,
    spec: SectionSpec,
    heading: str,
    templates: list[Words],
    figures: tuple[FigureSpec, ...],
    notes: str,
) -> None:
    """Keep the section as it was entered, or say why it cannot be told so."""
    language = text.language()
    faults = [fault for each in templates for fault in sentences.faults(each.get(language, ""))]
    changed = replace(
        spec,
        heading=spec.heading | {language: heading.strip() or word(spec.heading)},
        sentences=tuple(templates),
        figures=figures,
        notes=spec.notes | {language: notes.strip()},
    )
    if not faults:
        try:
            briefings.filled(open_.line.with_section(changed), briefings.told_from(open_.line, filters.chosen()))
        except (StorylineError, sentences.TemplateError) as error:
            faults = [str(error)]
    for fault in faults:
        st.error(fault)
    if not faults:
        change(open_, changed)
        st.rerun()


def change(open_: briefings.Open, spec: SectionSpec) -> None:
    """Keep a changed section for this session, and go on looking at it."""
    briefings.change(open_.line.with_section(spec))
    st.query_params["section"] = spec.code
