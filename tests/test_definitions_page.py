"""The page of definitions: what it lists is what the catalogue, the contract, the SQL and the edition say."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard import contract, definitions, editions, exports, lineage, publishing, python_marts, store, text
from dashboard.publishing.sqltext import tables_read
from tests import places, questions, tiny
from tests.opening import opened, troubles, words

FILES = [*lineage.selects("views").values(), *lineage.selects("marts").values()]


def book(said: str = "", language: str = "en", **months: tuple[date, date]) -> dict[str, list[dict[str, Any]]]:
    spans = [{"metric": code, "first_month": first, "last_month": last} for code, (first, last) in months.items()]
    frame = pd.DataFrame(spans, columns=["metric", "first_month", "last_month"])
    with text.speaking(language):
        return definitions.book(questions.shared(editions.current(tiny.PLACE)), frame, said)


def one(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    (found,) = [row for row in rows if wanted.items() <= row.items()]
    return found


@pytest.mark.parametrize("select", FILES, ids=lambda select: select.name)
def test_tables_are_read_out_of_sql_as_duckdb_reads_them(select: lineage.Select) -> None:
    known = {*contract.load().tables, *(file.name for file in FILES), *(n for m in python_marts.MARTS for n in m.names)}
    parsed = tables_read(select.text)
    assert select.reads(select.text) & known == parsed & known


def test_a_metric_is_traced_to_the_part_that_computes_it_and_to_its_extracts() -> None:
    select, part = lineage.computing("satisfaction_rate")
    assert (select.folder, select.name) == ("views", "compound_metrics")
    assert "revisited_count" in part and part.count(" as metric") == 1
    assert lineage.extracts({"issue_facts"}) == ["issues"]
    assert "issues" in lineage.extracts(select.reads(part)) and "redemptions" not in lineage.extracts(
        select.reads(part)
    )
    _select, part = lineage.computing("fortress_index")
    assert "sum(branch_quarters.total) as numerator" in part and "starred" not in part
    assert "branch_assessments" in lineage.extracts({"branch_quarters"}), "by way of the marts that Python scores"


@pytest.mark.parametrize(
    ("definition", "divided_by"),
    [
        ("Closed ÷ due to close; due means that the due date has passed.", "due to close"),
        ("Satisfied ÷ residents reached at the revisit.", "residents reached at the revisit"),
        ("结案件数 ÷ 应结案件数；应结案指已到应结时间且未作废。", "应结案件数"),
        ("Issues reported in the period.", "—"),
    ],
)
def test_the_denominator_is_what_the_definition_divides_by(definition: str, divided_by: str) -> None:
    assert definitions.denominator(definition) == divided_by


def test_a_metric_says_unit_denominator_months_and_sources(tiny_data) -> None:
    rows = book(close_rate=(date(2024, 1, 1), date(2024, 12, 1)))["metrics"]
    row = one(rows, metric_code="close_rate")
    assert (row["metric_title"], row["unit_of_value"], row["divided_by"]) == (
        "Closing rate",
        "per cent",
        "due to close",
    )
    assert (row["first_month"], row["last_month"]) == (date(2024, 1, 1), date(2024, 12, 1))
    assert "Resident issues" in row["source_tables"] and row["computed_in"] == "views/compound_metrics"
    assert one(rows, metric_code="rework_rate")["last_month"] is None, "no data is not the as-of date"


def test_months_with_data_are_those_of_the_selection(tiny_data) -> None:
    def months(**other: Any) -> dict[str, tuple[date, date]]:
        rows = store.query("definitions_months", **questions.shared(editions.current(tiny.PLACE), **other))
        return {row.metric: (row.first_month.date(), row.last_month.date()) for row in rows.itertuples()}

    everywhere, east = months(), months(districts=[tiny.EAST])
    assert everywhere["organisation_coverage"][1] == date(2024, 12, 1), "the month of the as-of date"
    assert set(east) <= set(everywhere) and all(everywhere[metric][1] >= east[metric][1] for metric in east)
    assert months(districts=[tiny.WEST], compound_types=["work_unit"]) == {}


def test_tables_have_their_grain_size_and_state(tiny_data) -> None:
    issues = one(book()["tables"], table_name="issues")
    assert issues["row_count"] == len(tiny.tables()["issues"])
    assert (issues["grain"], issues["is_core"], issues["is_published"]) == ("one row per resident issue", True, True)
    assert len(book()["tables"]) == len(contract.load().tables)


def test_a_table_that_is_not_published_has_no_size_and_never_zero(tmp_path, monkeypatch) -> None:
    places.publish(tmp_path, places.core_alone(tiny.tables()))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    redemptions = one(book()["tables"], table_name="redemptions")
    assert (redemptions["is_core"], redemptions["is_published"], redemptions["row_count"]) == (False, False, None)


def test_fields_have_both_titles_their_rules_and_their_codes(tiny_data) -> None:
    rows = book()["fields"]
    assert len(rows) == sum(len(table.fields) for table in contract.load().tables.values())
    share = one(rows, table_name="compound_grids", field_name="overlap_share")
    assert (share["title_zh"], share["field_type"]) == ("重叠比例", "decimal number")
    assert share["constraints"] == "required, at least 0, at most 1"
    grid = one(rows, table_name="compound_grids", field_name="grid_code")
    assert grid["constraints"] == "key, required, refers to Grids and micro-grids, grid_code"
    level = one(rows, table_name="grids", field_name="level")
    assert level["codes"] == "grid Grid, micro_grid Micro-grid"
    assert "old" in one(rows, table_name="compounds", field_name="compound_type")["codes"], (
        "codes of the place's profile"
    )


def test_derived_tables_say_what_they_hold_and_scored_ones_where_they_come_from(tiny_data) -> None:
    rows = book()["marts"]
    edition = editions.facts(tiny.PLACE, editions.current(tiny.PLACE))
    assert {row["mart_name"]: row["row_count"] for row in rows} == edition["mart_rows"]
    assert one(rows, mart_name="region_facts")["question"].startswith("Divisions with what is counted in them")
    assert "Party members" in one(rows, mart_name="branch_quarters")["source_tables"]


def test_a_warning_is_worded_in_the_language_of_the_reader(tiny_data, monkeypatch) -> None:
    finding = publishing.findings.Finding(
        "warning",
        "Districts have no rows: {names}",
        table="compounds",
        column="households",
        count=3,
        details={"names": "x"},
    )
    facts = editions.facts(tiny.PLACE, editions.current(tiny.PLACE)) | {"warnings": [finding.record()]}
    monkeypatch.setattr(editions, "facts", lambda place, edition: facts)
    definitions._book.cache_clear()
    for language, table, rule in (
        ("en", "Residential compounds", "Districts have no rows: x"),
        ("zh", "小区", "没有数据的区县：x"),
    ):
        (row,) = book(language=language)["findings"]
        assert (row["table_title"], row["broken_rule"], row["finding_count"]) == (table, rule, 3)
    definitions._book.cache_clear()
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    (row,) = book(language="en")["findings"]
    assert row["broken_rule"] == "Districts have no rows: …", "a reader of one district is told no name of another"
    definitions._book.cache_clear()


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("said", ["满意率", "satisfaction RATE", "SATISFACTION_rate"])
def test_a_word_of_either_language_finds_its_metric(said: str, language: str, tiny_data) -> None:
    assert "satisfaction_rate" in {row["metric_code"] for row in book(said, language)["metrics"]}


def test_a_word_searches_every_table_at_once_and_all_words_must_occur(tiny_data) -> None:
    found = book("redemptions")
    assert one(found["tables"], table_name="redemptions") and found["fields"] and found["marts"]
    assert not any(book("redemptions zzz").values())


def test_the_page_opens_on_the_metric_of_its_address(tiny_data) -> None:
    app = opened("definitions", "en", definition="Rework rate")
    assert app.selectbox("definition").value == "rework_rate"
    assert any("rework_count" in block.value for block in app.code)


def test_the_page_says_so_when_nothing_has_the_word(tiny_data) -> None:
    app = opened("definitions", "en", word="zzzzz")
    assert not troubles(app) and not app.dataframe
    assert "No metric, table, field or warning contains this word." in " ".join(words(app))


def test_rows_that_no_query_gives_say_which_file_they_are_from(tiny_data) -> None:
    chosen = questions.shared(editions.current(tiny.PLACE))
    with text.speaking("en"):
        facts = dict(exports.facts("Fields", pd.DataFrame(book()["fields"]), "fields", chosen))
    assert facts["Source"] == "data/contract/datapackage.json" and "Query" not in facts
    assert {section.name for section in definitions.SECTIONS} == exports.DOCUMENTS.keys()
