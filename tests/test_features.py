"""Every mechanism of the five reports has a page, and a query that shows it for a sample place.

`features.csv` names them, one line per mechanism in words of our own: the page, the query that serves it there, the
sample place, the column that shows it and, as `column=value`, the rows in which it must do so.
"""

import ast
import csv
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import editions, periods, sample, settings, store
from tests import navigation, questions

FEATURES = list(csv.DictReader((Path(__file__).parent / "features.csv").open(encoding="utf-8")))
COLUMNS = ["id", "mechanism", "page", "query", "place", "shows", "where"]
COUNTS = {"0": 37, "1": 17, "2": 17, "3": 21, "4": 11}  # mechanisms of each report
PAGES = navigation.listed()


def identity(feature: dict[str, str]) -> str:
    return f"{feature['id']}-{feature['query']}"


@cache
def strings(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


@cache
def asked_by(page: str) -> frozenset[str]:
    """Strings of a page and of the modules of `dashboard` that it imports, the names of its queries among them."""
    file = settings.ROOT / "pages" / f"{page}.py"
    imported = [
        alias.name
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "dashboard"
        for alias in node.names
    ]
    modules = [settings.ROOT / "dashboard" / f"{name}.py" for name in imported]
    return frozenset().union(*(strings(module) for module in [file, *modules] if module.is_file()))


def chosen(place: str, query: str) -> dict[str, Any]:
    """What a reader of a place has chosen who has touched no filter, with what its pages take from its profile."""
    edition = editions.current(place)
    profile = store.place_profile(place, edition)
    months = store.query("periods", place=place, edition=edition)
    first, last = months["first_month"].iat[0], months["last_month"].iat[0]
    period = next(iter(periods.spans(first, last).values()))
    own = {name: values[0] for name, values in questions.OWN.items()} | {
        "families": profile.codes("issue_families"),
        "areas": profile.codes("areas"),
        "property_items": profile.codes("funding_items"),
        "roles": profile.codes("compound_roles"),
        "rule_days": profile.deliberation.get("days_of_month", []),
        "rule_weekdays": profile.deliberation.get("weekdays", []),
        "venue_kind": "micro_station",
    }
    shared = {"place": place, "edition": edition, "language": "zh", "as_of": profile.as_of}
    values = own | shared | {"districts": [], "compound_types": []} | periods.parameters(*period)
    return {name: values[name] for name in ["place", "edition", *store.describe(query).parameters]}


def says_something(value: object) -> bool:
    """Whether a cell holds anything but nothing: not null, not 0, not an empty text."""
    return not pd.isna(value) and value not in (0, "")


def test_the_list_has_every_mechanism_once() -> None:
    assert list(FEATURES[0]) == COLUMNS
    ids = [feature["id"] for feature in FEATURES]
    assert ids == [
        f"S{report}-{number:02d}" for report, count in COUNTS.items() for number in range(1, count + 1)
    ]
    assert all(feature["mechanism"].strip() for feature in FEATURES)


def test_every_sample_place_shows_the_mechanisms_of_its_report() -> None:
    places = {feature["id"][:2]: feature["place"] for feature in FEATURES}
    assert [places[f"S{number}"] for number in range(5)] == list(sample.PLACES)
    assert {feature["place"] for feature in FEATURES} == set(sample.PLACES)


@pytest.mark.parametrize("feature", FEATURES, ids=identity)
def test_a_mechanism_has_a_page_that_asks_its_query(feature: dict[str, str]) -> None:
    assert feature["page"] in PAGES
    assert store.describe(feature["query"])
    assert feature["query"] in asked_by(feature["page"])


@pytest.mark.parametrize("feature", FEATURES, ids=identity)
def test_a_mechanism_is_shown_by_its_sample_place(feature: dict[str, str], sample_places) -> None:
    rows = store.query(feature["query"], **chosen(feature["place"], feature["query"]))
    for condition in filter(None, feature["where"].split(";")):
        column, value = condition.split("=", 1)
        known = sorted({str(cell) for cell in rows[column]})
        rows = rows[rows[column].astype(str) == value]
        assert len(rows), f"{column} is none of them {value}; there are {', '.join(known)}"
    assert any(map(says_something, rows[feature["shows"]])), rows[feature["shows"]].tolist()[:20]
