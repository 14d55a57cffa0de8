"""What is told in which order: storylines of places and saved briefings, both as TOML of one shape.

Sections are written once, in `sections/<code>.toml`; a storyline names them under its chapters and may change their
heading, notes, sentences or the choice of figures. A saved briefing is a storyline that is pinned to an edition.
"""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w

from dashboard import settings, text
from dashboard.reports import sentences
from dashboard.text import _

SECTIONS = Path(__file__).parent / "sections"
FORMS = ("bar", "column", "line", "stacked", "doughnut", "scatter", "table", "tiles", "map")
Words = dict[str, str]  # zh and en
MOST_FIGURES = 2  # of a section, the first that have rows enough: it is one slide


class StorylineError(ValueError):
    """A storyline that cannot be told; the message says where and why, in the reader's language."""


@dataclass(frozen=True)
class FigureSpec:
    """One figure of a section: a query and how its rows are drawn.

    `where` keeps rows with the values given, `order` sorts by a column (- before it: the largest first), `category`
    names the rows, `values` are the columns drawn, `series` a column whose codes become series of the first value.
    `by` are the columns that a query about people is told by; `metrics` and `metric` choose tiles and the map.
    """

    code: str
    form: str
    query: str
    title: Words
    category: str = ""
    values: tuple[str, ...] = ()
    series: str = ""
    where: dict[str, Any] = field(default_factory=dict)
    order: str = ""
    limit: int = 0
    is_ordered: bool = False  # series are steps of a scale: stars, levels
    least: int = 1  # with fewer rows it says nothing and is not drawn: one district is no comparison
    columns: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    metric: str = ""
    metrics: tuple[str, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    unit: Words = field(default_factory=dict)
    note: Words = field(default_factory=dict)
    moment: str = ""  # period, as_of, quarter: what the figure is about; empty is the period
    page: str = ""
    address: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionSpec:
    """One section as it is told; words by language, a template per sentence and language."""

    code: str
    heading: Words
    sentences: tuple[Words, ...]
    figures: tuple[FigureSpec, ...]
    notes: Words = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(frozen=True)
class Pin:
    """What a saved briefing is pinned to, so that nothing moves: edition, period, filters."""

    edition: str
    period: str
    districts: tuple[str, ...] = ()
    compound_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Storyline:
    """Chapters with their sections, in order; `name` is empty for the storyline that a place begins with."""

    place: str
    title: Words
    chapters: tuple[tuple[Words, tuple[SectionSpec, ...]], ...]
    name: str = ""
    pin: Pin | None = None
    scope: tuple[str, ...] = ()  # districts that whoever saved it may see; empty for all

    @property
    def sections(self) -> tuple[SectionSpec, ...]:
        """All sections, hidden ones too, in order."""
        return tuple(section for _heading, sections in self.chapters for section in sections)

    def with_section(self, changed: SectionSpec) -> "Storyline":
        """The same with one section changed."""
        return replace(
            self,
            chapters=tuple(
                (heading, tuple(changed if each.code == changed.code else each for each in sections))
                for heading, sections in self.chapters
            ),
        )

    def with_added(self, code: str, after: str) -> "Storyline":
        """The same with a section of the library behind another. Raises `StorylineError` if it is there already."""
        if code in {each.code for each in self.sections}:
            raise StorylineError(_("Sections named twice: {codes}.").format(codes=code))
        return replace(
            self,
            chapters=tuple(
                (
                    heading,
                    tuple(
                        new for each in sections for new in ((each, section(code)) if each.code == after else (each,))
                    ),
                )
                for heading, sections in self.chapters
            ),
        )

    def moved(self, code: str, step: int) -> "Storyline":
        """The same with one section `step` places later (or earlier); past the end of a chapter it goes into the next.

        A chapter that has lost its last section is left out.
        """
        places = [(at, section) for at, (_heading, sections) in enumerate(self.chapters) for section in sections]
        at = next(i for i, (_chapter, section) in enumerate(places) if section.code == code)
        chapter, section = places[at]
        to = at + step
        if not 0 <= to < len(places):
            return self
        beside = places[to][0]
        places.pop(at)
        if beside == chapter:
            places.insert(to, (chapter, section))
        else:  # at the border of a chapter: over it, not past its first section
            places.insert(at, (beside, section))
        grouped = [
            (heading, tuple(section for at, section in places if at == number))
            for number, (heading, _sections) in enumerate(self.chapters)
        ]
        return replace(self, chapters=tuple(each for each in grouped if each[1]))


def word(words: Words) -> str:
    """Words in the reader's language; in the other one where only that is written."""
    return words.get(text.language()) or next(iter(words.values()), "")


@cache
def section(code: str) -> SectionSpec:
    """A section of the library. Raises `StorylineError` if there is none of this code or it is faulty."""
    file = SECTIONS / f"{code}.toml"
    if not code.isidentifier() or not file.is_file():
        raise StorylineError(_("There is no section “{code}”.").format(code=code))
    return _section(code, tomllib.loads(file.read_text(encoding="utf-8")))


def library() -> list[str]:
    """Codes of all sections that a storyline may name."""
    return sorted(file.stem for file in SECTIONS.glob("*.toml"))


def of_place(place: str) -> Storyline:
    """The storyline that a place's briefings begin with, `data/<place>/storyline.toml`."""
    file = settings.place_dir(place) / "storyline.toml"
    if not file.is_file():
        raise StorylineError(_("This place has no storyline to begin a briefing with."))
    return parse(place, file.read_text(encoding="utf-8"))


def parse(place: str, written: str) -> Storyline:
    """Read a storyline. Raises `StorylineError` that says what is wrong and where."""
    try:
        raw = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise StorylineError(str(error)) from error
    edits = raw.get("sections", {})
    try:
        chapters = tuple(
            (
                dict(chapter["heading"]),
                tuple(_edited(section(code), edits.get(code, {})) for code in chapter["sections"]),
            )
            for chapter in raw["chapters"]
        )
        title = dict(raw["title"])
    except (KeyError, TypeError) as error:
        raise StorylineError(_("The storyline lacks {name}.").format(name=error)) from error
    codes = [each.code for _heading, sections in chapters for each in sections]
    doubled = {code for code in codes if codes.count(code) > 1}
    if doubled or not codes:
        said = _("Sections named twice: {codes}.").format(codes=", ".join(sorted(doubled)))
        raise StorylineError(said if doubled else _("The storyline has no section."))
    pinned = raw.get("pin")
    pin = pinned and Pin(
        pinned["edition"], pinned["period"], tuple(pinned.get("districts", [])), tuple(pinned.get("compound_types", []))
    )
    return Storyline(place, title, chapters, raw.get("name", ""), pin, tuple(raw.get("scope", [])))


def written(line: Storyline) -> str:
    """A storyline as TOML that `parse` reads: of its sections only what differs from the library."""
    edits = {each.code: edit for each in line.sections if (edit := _edit(each))}
    raw: dict[str, Any] = {"name": line.name} if line.name else {}
    raw |= {"scope": list(line.scope)} if line.scope else {}
    raw |= {"title": line.title}
    if line.pin:
        raw["pin"] = {
            "edition": line.pin.edition,
            "period": line.pin.period,
            "districts": list(line.pin.districts),
            "compound_types": list(line.pin.compound_types),
        }
    raw["chapters"] = [
        {"heading": heading, "sections": [each.code for each in sections]} for heading, sections in line.chapters
    ]
    return tomli_w.dumps(raw | ({"sections": edits} if edits else {}))


def _section(code: str, raw: dict[str, Any]) -> SectionSpec:
    figures = tuple(_figure(code, number, each) for number, each in enumerate(raw.get("figures", []), start=1))
    return _edited(SectionSpec(code, {}, (), figures), {key: raw[key] for key in raw if key != "figures"})


def _figure(code: str, number: int, raw: dict[str, Any]) -> FigureSpec:
    known = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    try:
        spec = FigureSpec(**{"code": f"{code}_{number}", **known})
    except TypeError as error:
        raise StorylineError(f"{code}: {error}") from error
    if spec.form not in FORMS:
        raise StorylineError(f"{code}: {spec.form}")
    return spec


def _edited(spec: SectionSpec, edit: dict[str, Any]) -> SectionSpec:
    """A section with what a storyline changes in it. Raises `StorylineError` on a sentence that cannot be told."""
    told = edit.get("sentences")
    for each in told or ():
        for template in each.values():
            for fault in sentences.faults(template):
                raise StorylineError(f"{spec.code}: {fault}")
    figures = spec.figures
    if "figures" in edit:
        figures = tuple(each for each in figures if each.code in edit["figures"])
    return replace(
        spec,
        heading=spec.heading | edit.get("heading", {}),
        sentences=spec.sentences if told is None else tuple(dict(each) for each in told),
        notes=spec.notes | edit.get("notes", {}),
        figures=figures,
        is_hidden=bool(edit.get("is_hidden", spec.is_hidden)),
    )


def _edit(spec: SectionSpec) -> dict[str, Any]:
    """What a section changes in that of the library."""
    own = section(spec.code)
    edit: dict[str, Any] = {}
    for name in ("heading", "notes"):
        changed = {key: value for key, value in getattr(spec, name).items() if getattr(own, name).get(key) != value}
        if changed:
            edit[name] = changed
    if spec.sentences != own.sentences:
        edit["sentences"] = [dict(each) for each in spec.sentences]
    if spec.figures != own.figures:
        edit["figures"] = [each.code for each in spec.figures]
    if spec.is_hidden:
        edit["is_hidden"] = True
    return edit
