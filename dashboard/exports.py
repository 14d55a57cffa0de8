"""What a file that leaves the dashboard must say about itself, and the log of files about people."""

import json
from datetime import datetime
from typing import Any

import pandas as pd

from dashboard import access, catalogue, settings, store, text
from dashboard.text import _

# Rows that no query gives, and where they are read from.
DOCUMENTS = {
    "metrics": "dashboard/columns.py",
    "tables": "data/contract/datapackage.json, edition.json",
    "fields": "data/contract/datapackage.json",
    "marts": "queries/marts, edition.json",
    "findings": "edition.json",
}


def facts(title: str, rows: pd.DataFrame | None, name: str, parameters: dict[str, Any]) -> list[tuple[str, str]]:
    """Where rows come from, as (label, value) in the reader's language; without rows neither count nor definitions."""
    said = [(_("Figure"), title), *_told_of(parameters)]
    if rows is not None:
        said.append((_("Rows"), text.number(len(rows), "count")))
    said += [(_("Source"), DOCUMENTS[name]) if name in DOCUMENTS else (_("Query"), name), _now()]
    for column in () if rows is None else rows.columns:
        described = catalogue.column(column)
        if described is not None and described.definition:
            said.append((catalogue.title(column), _(described.definition)))
    return [(label, value) for label, value in said if value]


def shared_facts(parameters: dict[str, Any]) -> list[tuple[str, str]]:
    """What all figures told from the same edition, filters and rights say of themselves, as (label, value)."""
    return [(label, value) for label, value in (*_told_of(parameters), _now()) if value]


def _told_of(parameters: dict[str, Any]) -> list[tuple[str, str]]:
    """Place, edition, period, filters and scope; a value is empty where there is nothing to say."""
    language = text.language()
    profile = store.place_profile(parameters["place"], parameters["edition"])
    districts, types = _chosen(parameters)
    names = district_names(parameters["place"], parameters["edition"])
    scope = sorted(access.reader().districts)
    return [
        (_("Place"), profile.name(language)),
        (_("Edition"), parameters["edition"]),
        (_("Data"), _("Synthetic sample data, no real place or person") if profile.is_synthetic else ""),
        (_("Period"), text.period(parameters["start_month"], parameters["end_month"])),
        (_("Districts"), text.listed(districts) or _("All")),
        (_("Compound types"), text.listed(types) or _("All")),
        (_("Scope of the reader"), text.listed(names.get(c, c) for c in scope) or _("All districts")),
    ]


def _now() -> tuple[str, str]:
    return _("Time"), f"{datetime.now():%Y-%m-%d %H:%M:%S}"


def part(parameters: dict[str, Any]) -> str:
    """Districts and types that filters or the reader's scope leave, in words; empty for the whole place."""
    districts, types = _chosen(parameters)
    if not districts and access.reader().districts:
        names = district_names(parameters["place"], parameters["edition"])
        districts = [names[code] for code in sorted(names)]
    return text.listed([*districts, *types])


def _chosen(parameters: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Names of the districts and of the compound types that the filters choose."""
    names = district_names(parameters["place"], parameters["edition"])
    profile = store.place_profile(parameters["place"], parameters["edition"])
    types = profile.labels("compound_types", text.language())
    return (
        [names.get(code, code) for code in parameters["districts"]],
        [types.get(code, code) for code in parameters["compound_types"]],
    )


def district_names(place: str, edition: str) -> dict[str, str]:
    """District code -> name, in the reader's language and scope."""
    known = store.query("districts", place=place, edition=edition, language=text.language())
    return dict(zip(known["district_code"], known["district_name"], strict=True))


def log(name: str, parameters: dict[str, Any], rows: int) -> None:
    """Append a line to the place's `exports.log` if the query reads a table about people."""
    if is_about_people(name):
        _append({"query": name}, parameters, rows)


def log_briefing(title: str, suffix: str, queries: list[str], parameters: dict[str, Any]) -> None:
    """The same for a briefing that leaves as a file, with the queries about people that it holds."""
    about_people = sorted({name for name in queries if is_about_people(name)})
    if about_people:
        _append({"briefing": title, "format": suffix, "query": about_people}, parameters, 0)


def is_about_people(name: str) -> bool:
    """Whether a query reads a table about people."""
    tables = store.people_tables() | {"members"}
    return name not in DOCUMENTS and any(table in store.describe(name).text for table in tables)


def _append(what: dict[str, Any], parameters: dict[str, Any], rows: int) -> None:
    line = {
        "time": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
        **what,
        "edition": parameters["edition"],
        "districts": parameters["districts"],
        "rows": rows,
    }
    with open(settings.place_dir(parameters["place"]) / "exports.log", "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
