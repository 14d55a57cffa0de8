"""The page of briefings: what is told in which order, one section to look at and change, what would change."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import briefings, exports, filters, follow_up_views, followups, section_views, text, views
from dashboard.reports import files, saved, sentences, storylines
from dashboard.reports.model import Briefing, Section
from dashboard.reports.storylines import SectionSpec, StorylineError, word
from dashboard.store import place_profile
from dashboard.text import N_, _

VIEWS = {"story": N_("Story"), "changes": N_("What would change"), "follow_up": N_("Follow-up")}
PRESENT = "../pages/present.py"
LONGEST_TITLE = 60  # letters


def draw(chosen: dict[str, Any]) -> None:
    """The whole page below its heading, for what the reader has chosen."""
    try:
        open_ = briefings.opened(chosen["place"])
    except (saved.SaveError, StorylineError) as error:
        st.error(str(error))
        if st.query_params.get("briefing"):
            st.button(_("Open the place's storyline"), on_click=briefings.open_named, args=("",))
        return
    here = views.asked(VIEWS)
    try:
        told_from = briefings.told_from(open_.line, chosen)
        spec = briefings.shown(open_.line)
        if here == "story":  # the whole is worked out only for whoever presents it or saves it as a file
            briefing = briefings.section_told(open_.line, told_from, spec)
        else:
            briefing = briefings.filled(open_.line, told_from)
    except (LookupError, sentences.TemplateError) as error:
        _toolbar(open_, None, chosen)
        st.error(_("This briefing cannot be told: {reason}").format(reason=error))
        return
    _toolbar(open_, briefing, told_from)
    views.draw(VIEWS, here, "briefing-view")
    if here == "story":
        _story(open_, spec, next(iter(briefing.sections), None))
    elif here == "changes":
        _changes(open_, told_from)
    else:
        follow_up_views.draw(briefing, told_from)


def _toolbar(open_: briefings.Open, briefing: Briefing | None, chosen: dict[str, Any]) -> None:
    """Which briefing is open, saving it, presenting it, its files."""
    place, name = open_.line.place, open_.read.name
    names = ["", *saved.names(place)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="briefing-tools"):
        st.selectbox(
            _("Briefing"),
            names,
            index=names.index(name) if name in names else 0,
            format_func=lambda code: code or _("Storyline of {place}").format(place=_place(open_, chosen)),
            key=f"briefing-name-{name}",
            on_change=_open,
            args=(f"briefing-name-{name}",),
            width=320,
        )
        if briefing is not None:
            if st.button(_("Present"), icon=":material/slideshow:", type="primary", key="briefing-present"):
                st.switch_page(PRESENT, query_params=_seen(name))
            _save(open_, chosen)
            _files(open_, briefing, chosen)
    _state(open_, briefing, chosen)


def _seen(name: str) -> dict[str, str]:
    """What the page that presents the same is opened with; the filters go along by themselves."""
    return {"briefing": name} if name else {}


def _open(key: str) -> None:
    briefings.open_named(st.session_state[key])


def _place(open_: briefings.Open, chosen: dict[str, Any]) -> str:
    return place_profile(open_.line.place, chosen["edition"]).name(text.language())


def _state(open_: briefings.Open, briefing: Briefing | None, chosen: dict[str, Any]) -> None:
    """What the briefing is told from, and whether something is not saved."""
    pin = open_.line.pin
    if briefing is not None:
        said = [briefing.footer]
        if pin:
            said.insert(0, _("Pinned: the filters on the left do not change it"))
        st.caption(" · ".join(said))
    try:
        followups.all_findings(open_.line.place)
    except followups.FollowUpError as error:
        st.error(str(error))
    if open_.is_changed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":orange-badge[:material/edit: {_('Changed, not saved')}]", width="content")
            st.button(_("Discard changes"), type="tertiary", on_click=briefings.discard)
    live = briefings.newer(open_.line)
    if live:
        message = _("This briefing is told from edition {edition}; a newer one, {live}, is live.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(message.format(edition=pin.edition, live=live), icon=":material/update:")
            st.button(_("Tell it from the newer one"), on_click=_renew, args=(open_, live))


def _renew(open_: briefings.Open, live: str) -> None:
    briefings.change(replace(open_.line, pin=replace(open_.line.pin, edition=live)))


def _save(open_: briefings.Open, chosen: dict[str, Any]) -> None:
    with st.popover(_("Save"), icon=":material/save:", key="briefing-save", on_change="rerun") as box:
        if not box.open:
            return
        with st.form("briefing-save-form", border=False):
            name = st.text_input(_("Name"), open_.read.name, max_chars=saved.LONGEST)
            title = st.text_input(_("Title on the cover"), word(open_.line.title), max_chars=LONGEST_TITLE)
            st.caption(_("It is pinned to its edition, period and filters: nothing moves during a meeting."))
            if st.form_submit_button(_("Save"), type="primary"):
                try:
                    briefings.save(name, title, chosen)
                except saved.SaveError as error:
                    st.error(str(error))
                else:
                    st.rerun()
        if open_.read.name:
            st.caption(_("Link for whoever may see it:"))
            st.code(filters.address(chosen), language=None, wrap_lines=True)
            if st.button(_("Delete this briefing"), icon=":material/delete:", key="briefing-delete"):
                _delete(open_)


def _delete(open_: briefings.Open) -> None:
    """Remove the briefing that is open, unless somebody has saved it since."""
    try:
        saved.remove(open_.line.place, open_.read.name, open_.state)
    except saved.SaveError as error:
        st.error(str(error))
    else:
        briefings.open_named("")
        st.rerun()


def _files(open_: briefings.Open, briefing: Briefing, chosen: dict[str, Any]) -> None:
    with st.popover(_("Files"), icon=":material/download:", key="briefing-files", on_change="rerun") as box:
        if not box.open:
            return
        for suffix, kind in files.FORMATS.items():
            st.download_button(
                _(kind.label),
                lambda suffix=suffix: _written(open_, suffix, chosen),
                file_name=f"{chosen['place']}_{briefing.edition}_{briefing.language}.{suffix}",
                mime=kind.mime,
                key=f"briefing-{suffix}",
                icon=":material/download:",
                on_click="ignore",
                width="stretch",
            )
        st.caption(_("All three can be edited, and hold the same numbers as the screen."))


def _written(open_: briefings.Open, suffix: str, chosen: dict[str, Any]) -> bytes:
    briefing = briefings.filled(open_.line, chosen)
    exports.log_briefing(briefing.title, suffix, briefing.queries, chosen)
    return files.write(briefing, suffix)


def _story(open_: briefings.Open, spec: SectionSpec, told: Section | None) -> None:
    """The order of the sections beside the one that is looked at."""
    left, right = st.columns([1, 2.4])
    with left:
        _order(open_, spec)
    with right:
        section_views.preview(spec, told)
        section_views.editor(open_, spec, told)


def _order(open_: briefings.Open, spec: SectionSpec) -> None:
    """All sections in order, the chapter above its first one; buttons move and hide the one that is chosen."""
    line = open_.line
    codes = [each.code for each in line.sections]
    firsts = {sections[0].code: word(heading) for heading, sections in line.chapters}
    names = {each.code: each for each in line.sections}
    with st.container(horizontal=True, gap="xsmall", key="briefing-order"):
        moves = ((-1, ":material/arrow_upward:", _("Earlier")), (1, ":material/arrow_downward:", _("Later")))
        for step, icon, label in moves:
            at = codes.index(spec.code) + step
            st.button(
                label,
                icon=icon,
                on_click=_move,
                args=(open_, spec.code, step),
                disabled=not 0 <= at < len(codes),
                key=f"briefing-move-{step}",
            )
        hidden = spec.is_hidden
        st.button(
            _("Show") if hidden else _("Hide"),
            icon=":material/visibility:" if hidden else ":material/visibility_off:",
            on_click=section_views.change,
            args=(open_, replace(spec, is_hidden=not hidden)),
            key="briefing-hide",
        )

    def label(code: str) -> str:
        each, number = names[code], codes.index(code) + 1
        words = f"{number}. {word(each.heading)}"
        shown = f":gray[~~{words}~~]" if each.is_hidden else words
        return f":gray[:small[{firsts[code]}]]  \n{shown}" if code in firsts else shown

    key = f"briefing-section-{'-'.join(codes)}"
    st.session_state[key] = spec.code
    st.radio(
        _("Sections"),
        codes,
        format_func=label,
        key=key,
        on_change=_look,
        args=(key,),
        label_visibility="collapsed",
    )

    others = [code for code in storylines.library() if code not in names]
    if others:
        st.selectbox(
            _("Add a section"),
            others,
            index=None,
            format_func=lambda code: word(storylines.section(code).heading),
            placeholder=_("Add a section"),
            key=f"briefing-add-{'-'.join(codes)}",
            on_change=_add,
            args=(open_, spec.code, f"briefing-add-{'-'.join(codes)}"),
            label_visibility="collapsed",
        )


def _add(open_: briefings.Open, after: str, key: str) -> None:
    code = st.session_state[key]
    briefings.change(open_.line.with_added(code, after))
    st.query_params["section"] = code


def _look(key: str) -> None:
    st.query_params["section"] = st.session_state[key]


def _move(open_: briefings.Open, code: str, step: int) -> None:
    briefings.change(open_.line.moved(code, step))
    st.query_params["section"] = code


def _changes(open_: briefings.Open, chosen: dict[str, Any]) -> None:
    """What the briefing would say otherwise under the live edition, number by number."""
    live = briefings.newer(open_.line)
    if not live:
        st.info(_("The briefing is told from the live edition, or follows the filters: nothing would change."))
        return
    found = briefings.differences(open_.line, chosen, live)
    message = _("{count} numbers would be written otherwise under edition {live}.")
    st.markdown(f"**{message.format(count=text.number(len(found), 'count'), live=live)}**")
    rows = pd.DataFrame(
        [[each.section, each.figure or _("in a sentence"), each.subject, each.before, each.now] for each in found],
        columns=[_("Section"), _("Figure"), _("Number"), open_.line.pin.edition, live],
    )
    if len(rows):
        st.dataframe(rows, hide_index=True)
