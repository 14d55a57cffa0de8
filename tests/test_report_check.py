"""Figures of a report beside those of the data: verdicts by hand, and every figure of the full sample city."""

import duckdb
import pandas as pd
import pytest

from dashboard import catalogue, claims, contract, editions, store, text
from tests import places, questions, tiny
from tests.opening import opened, troubles


def checked() -> dict[str, tuple]:
    """Claim -> (value in the data, verdict) of the tiny place."""
    rows = store.query("report_check", **questions.shared(editions.current(tiny.PLACE), language="en"))
    values = rows["figure_value"].astype(object).where(rows["figure_value"].notna(), None)
    return dict(zip(rows["claim_id"], zip(values, rows["claim_verdict"], strict=True), strict=True))


def test_a_verdict_goes_by_the_digits_and_the_hedge(tiny_data) -> None:
    assert checked() == {
        "R1": (6, "reproduced"),
        "R2": (6, "differs"),
        "R3": (1000, "reproduced"),  # 1000余: 1,000 to 1,999
        "R4": (1000, "differs"),  # 900多: 900 to 999
        "R5": (1000, "differs"),  # 1400约: 1,350 to 1,449
        "R6": (None, "unknown"),
    }


@pytest.mark.parametrize(
    ("claim", "hedge", "value", "verdict"),
    [
        (36.1, None, 36.14, "reproduced"),
        (36.1, None, 36.16, "differs"),
        (95, None, 95.4, "reproduced"),
        (37_000, "约", 37_499, "reproduced"),
        (37_000, "约", 37_501, "differs"),
        (180_000, "余", 189_999, "reproduced"),
        (180_000, "余", 179_999, "differs"),
        (180_000, "余", 190_000, "differs"),
    ],
)
def test_how_far_a_figure_may_lie_from_the_report(claim, hedge, value, verdict) -> None:
    with duckdb.connect() as place:
        store.create_macros(place)
        place.execute(store.empty_table(contract.load().tables["report_claims"]))
        place.execute(
            "insert into report_claims (claim_id, claimed_value, is_approximate, hedge, figure) values ('R', ?, ?, ?, 'f')",
            [claim, hedge is not None, hedge],
        )
        place.execute("create table report_figures as select 'f' as figure, 't' as source_table, ? as figure_value", [value])
        rows = place.execute(store.describe("report_check").text, {"language": "en"}).df()
    assert list(rows["claim_verdict"]) == [verdict]


def test_a_figure_whose_extract_is_not_published_cannot_be_known(tmp_path, monkeypatch) -> None:
    rows = tiny.tables()
    del rows["funding_lines"]
    places.publish(tmp_path, rows)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    assert checked()["R3"] == (None, "unknown")


def test_the_page_counts_the_verdicts(tiny_data) -> None:
    app = opened("report_check", "en")
    assert not troubles(app)
    assert [(metric.label, metric.value) for metric in app.metric] == [
        ("Differs", "3"),
        ("Reproduced", "2"),
        ("Cannot be known", "1"),
    ]


def test_a_limited_reader_is_told_that_the_report_is_about_the_whole_place(tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    app = opened("report_check", "en")
    assert not troubles(app)
    assert not app.metric
    assert [info.value for info in app.info if "whole place" in info.value]


def test_every_verdict_has_words_and_a_meaning() -> None:
    with text.speaking("en"):
        assert all(claims.notes(verdict) for verdict in claims.VERDICTS)


def test_a_year_among_the_figures_is_written_without_a_separator() -> None:
    rows = pd.DataFrame({"claim_unit": ["年", "户"], "claimed_value": [2000.0, 1232.0], "figure_value": [2000.0, None]})
    written = catalogue.written(rows)
    assert list(written["claimed_value"]) == ["2000", "1,232"]
    assert list(written["figure_value"]) == ["2000", text.NOT_REPORTED]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_source_of_a_figure_is_named_in_the_readers_words(language) -> None:
    with text.speaking(language):
        words = catalogue.labels("source_table", profile=None)
    tables = contract.load().tables
    assert words["compounds"] == (tables["compounds"].title_en if language == "en" else tables["compounds"].title)
    assert words["place.toml"] != "place.toml"
