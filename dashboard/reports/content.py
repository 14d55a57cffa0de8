"""A storyline filled with one edition: every query is asked once, whoever reads the answer."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

import pandas as pd

from dashboard import (
    appraisals,
    deliberations,
    exports,
    issues,
    map_values,
    people,
    periods,
    property_service,
    store,
    text,
)
from dashboard.profile import Profile
from dashboard.reports import figures
from dashboard.reports.model import Briefing, Figure, Finding, Section, Sentence
from dashboard.reports.phrases import Phrase
from dashboard.reports.sentences import Ask, Teller
from dashboard.reports.storylines import MOST_FIGURES, FigureSpec, Pin, SectionSpec, Storyline, word
from dashboard.text import _


def parameters(chosen: dict[str, Any]) -> dict[str, Any]:
    """What a reader chose, with all that queries need from the place's profile."""
    profile = store.place_profile(chosen["place"], chosen["edition"])
    return {
        **appraisals.choices(chosen, profile),
        **issues.parameters(profile),
        **deliberations.rule(profile),
        "small_cell_limit": profile.small_cell_limit,
        "areas": profile.codes("areas"),
        "roles": profile.codes("compound_roles"),
        "property_items": property_service.items(profile),
        "row_limit": 10,
        "row_offset": 0,
    }


def choice(place: str, edition: str, period: str, language: str, **filters: list[str]) -> dict[str, Any]:
    """What a reader would have chosen: `period` is a code of `periods.spans`; empty is the latest.

    Raises `LookupError` for a period that the edition does not have, or an edition without rows in the reader's scope.
    """
    months = store.query("periods", place=place, edition=edition).iloc[0]
    if months.isna().any():
        raise LookupError(_("This edition holds no data for the districts you may see."))
    spans = periods.spans(months["first_month"], months["last_month"])
    if period and period not in spans:
        raise LookupError(_("The edition has no period “{period}”.").format(period=period))
    return {
        "place": place,
        "edition": edition,
        "language": language,
        "as_of": store.place_profile(place, edition).as_of,
        "districts": filters.get("districts", []),
        "compound_types": filters.get("compound_types", []),
        **periods.parameters(*spans[period or next(iter(spans))]),
    }


def pinned(place: str, pin: Pin, language: str) -> dict[str, Any]:
    """What a briefing that is pinned is filled from. Raises as `choice` does, and `EditionError` if it is gone."""
    filters = {"districts": list(pin.districts), "compound_types": list(pin.compound_types)}
    return choice(place, pin.edition, pin.period, language, **filters)


def fill(line: Storyline, chosen: dict[str, Any], findings: tuple[Finding, ...] = ()) -> Briefing:
    """A briefing in the language of `chosen`, its hidden sections left out.

    Sentences that say nothing and figures without rows are left out; a section that has neither says that the place
    does not report on it. Raises `sentences.TemplateError`.
    """
    with text.speaking(chosen["language"]):
        profile = store.place_profile(chosen["place"], chosen["edition"])
        asked = parameters(chosen)
        ask = _asking(asked)
        whole = chosen | {"compound_types": []}
        everywhere = _asking(asked | {"districts": []})
        tellers = [Teller(ask, profile, _words(of, profile), _is_year(chosen), everywhere) for of in (whole, chosen)]
        sections = tuple(
            _section(spec, word(heading), tellers, ask, asked, profile)
            for heading, specs in line.chapters
            for spec in specs
            if not spec.is_hidden
        )
        label = _("Synthetic sample data, no real place or person") if profile.is_synthetic else ""
        part = exports.part(chosen)
        period = text.period(chosen["start_month"], chosen["end_month"])
        edition = _("Edition {edition}").format(edition=chosen["edition"])
        footer = " · ".join(filter(None, [profile.name(chosen["language"]), period, part, edition, label]))
        return Briefing(
            title=word(line.title),
            subtitle=period,
            place=profile.name(chosen["language"]),
            edition=chosen["edition"],
            language=chosen["language"],
            period=period,
            made_at=datetime.now().replace(microsecond=0),
            sections=tuple(section for section in sections if section is not None),
            facts=tuple(exports.shared_facts(chosen)),
            footer=footer,
            label=label,
            findings=findings,
        )


def _section(
    spec: SectionSpec, chapter: str, tellers: list[Teller], ask: Ask, asked: dict[str, Any], profile: Profile
) -> Section | None:
    """`tellers` call what is told of by the districts chosen, and by the compound types too."""
    told = _told(spec, tellers[0])
    drawn = (
        (each.least, figures.build(each, _rows(each, ask, asked), asked | each.parameters, profile))
        for each in spec.figures
    )
    enough = (figure for least, figure in drawn if len(figure.table.rows) >= least and _says_something(figure))
    shown = tuple(islice(enough, MOST_FIGURES))
    if not told and not shown:
        return None
    if asked["compound_types"]:
        queries = {number.query for sentence in told for number in sentence.numbers}
        queries |= {figure.source.query for figure in shown}
        by_type = {name for name in queries if "compound_types" in store.describe(name).parameters}
        if queries <= by_type:
            told = _told(spec, tellers[1])
        else:
            said = _("These numbers are not told apart by compound type.")
            told = (*told, Sentence(_("Some of these numbers are of all compound types.") if by_type else said, ()))
    return Section(spec.code, chapter, word(spec.heading), told, shown, word(spec.notes))


def _told(spec: SectionSpec, teller: Teller) -> tuple[Sentence, ...]:
    told = ((at, teller.tell(word(template))) for at, template in enumerate(spec.sentences))
    return tuple(replace(sentence, template=at) for at, sentence in told if sentence)


def _says_something(figure: Figure) -> bool:
    """Whether a chart has any bar or point to show, other figures any row: a place may not report a column at all."""
    if figure.chart is None:
        return not figure.is_empty
    return any(cell.value for series in figure.chart.series for cell in series.cells)


def _asking(asked: dict[str, Any]) -> Ask:
    @cache
    def ask(name: str, *by: str) -> pd.DataFrame:
        if name in people.PROTECTED:
            return people.query(name, list(by), **asked)
        return store.query(name, **asked)

    return ask


def _rows(spec: FigureSpec, ask: Ask, asked: dict[str, Any]) -> pd.DataFrame:
    if spec.form == "map":
        return _mapped(spec, asked)
    if spec.by:
        return people.query(spec.query, list(spec.by), **asked | spec.parameters)
    return store.query(spec.query, **asked | spec.parameters) if spec.parameters else ask(spec.query)


def _mapped(spec: FigureSpec, asked: dict[str, Any]) -> pd.DataFrame:
    """Values of the widest level that has more than one unit, with their borders in `attrs`."""
    wanted = asked | {"metric": spec.metric, "unit": "", "area": []}
    levels = store.query("map_levels", **wanted)
    counts = dict(zip(levels["level"], levels["unit_count"], strict=True))
    level = next((each for each in ("district", "subdistrict", "community") if counts.get(each, 0) > 1), "community")
    rows = map_values.rows(wanted | {"level": level}).assign(metric=spec.metric)
    rows.attrs["asked"] = wanted | {"level": level}
    rows.attrs["borders"] = store.query("map_geometry", **wanted | {"level": level})
    return rows


def _words(chosen: dict[str, Any], profile: Profile) -> dict[str, Phrase]:
    """Names of the briefing itself, for templates; their digits are dates, not figures.

    `place` is the part of it that filters or the reader's scope leave: what is counted there is not of all the place.
    A section whose queries do not tell compound types apart must not be called by them.
    """
    return {
        "place": Phrase(exports.part(chosen) or profile.name(chosen["language"])),
        "period": Phrase(text.period(chosen["start_month"], chosen["end_month"])),
        "as_of": Phrase(text.moment(chosen["as_of"], "date")),
        "quarter": Phrase(text.moment(chosen["quarter"], "quarter")),
    }


def _is_year(chosen: dict[str, Any]) -> bool:
    return chosen["previous_start_month"] == chosen["last_year_start_month"]
