"""A card whose rows rest on incomplete or doubtful extracts says so, and why, within the reader's scope and period."""

from pathlib import Path

import pytest

from dashboard import editions, publishing, quality, text
from dashboard.publishing import completeness
from dashboard.reports import content, storylines
from tests import questions, tiny
from tests.opening import opened, troubles, words


@pytest.fixture(scope="module")
def incomplete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny place; the east reported no issue in November, and a sheet's total did not fit its rows."""
    folder = tmp_path_factory.mktemp("incomplete")
    tables = tiny.tables()
    tables["issues"] = [
        row for row in tables["issues"]
        if not (row["compound_id"] in ("C5", "C6") and row["reported_at"].month == 11)
    ]  # fmt: skip
    kept = {row["issue_id"] for row in tables["issues"]}
    tables["issue_events"] = [row for row in tables["issue_events"] if row["issue_id"] in kept]
    tiny.write_place(folder / "data")
    tiny.write_csv(folder / "source", tables)
    file = folder / "source" / "visit_months.csv"
    head = file.read_text(encoding="utf-8").splitlines()[0].split(",")
    total = {"grid_code": "合计", "households_visited": "99999"}
    with open(file, "a", encoding="utf-8", newline="") as target:
        target.write(",".join(total.get(name, "") for name in head) + "\r\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder / "data"))
        patch.setattr(completeness, "EXPECTED", 1)
        found = publishing.publish(folder / "source", tiny.PLACE, lambda message, fraction: None)
    assert found.edition, [publishing.lines(finding, "en") for finding in found.findings]
    assert {"T09", "F22"} <= {finding.code for finding in found.findings}
    return folder / "data"


@pytest.fixture
def place(incomplete: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The live edition."""
    monkeypatch.setenv("DASHBOARD_DATA", str(incomplete))
    quality._found.cache_clear()
    yield editions.current(tiny.PLACE)
    quality._found.cache_clear()


def said(edition: str, name: str, rows: list[dict], **own: object) -> list[str]:
    with text.speaking("en"):
        return [reason.words for reason in quality.reasons(name, rows, questions.shared(edition, **own))]


def test_a_figure_tells_the_gaps_of_its_own_extracts_only(place: str) -> None:
    gap = "Resident issues: no rows from East District for Nov 2024"
    assert gap in said(place, "issues_districts", [])
    assert said(place, "overview_metrics", [{"metric": "close_rate"}]) == [gap]
    assert said(place, "overview_metrics", [{"metric": "property_coverage"}]) == []
    doubt = "Household visits: a total delivered with it differs from the sum of its rows"
    assert doubt in said(place, "services_visits", [])


def test_a_gap_counts_in_its_months_and_districts_only(place: str) -> None:
    asked = {"rows": [{"metric": "close_rate"}]}
    assert not said(place, "overview_metrics", **asked, districts=[tiny.WEST])
    assert said(place, "overview_metrics", **asked, districts=[tiny.EAST])
    periods = questions.shared(place)
    october = periods["start_month"]
    assert not said(place, "overview_metrics", **asked, end_month=october)


def test_a_reader_of_another_district_learns_nothing_of_the_gap(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    assert not said(place, "overview_metrics", [{"metric": "close_rate"}])


@pytest.mark.parametrize(
    ("language", "badge", "why"),
    [
        ("zh", "数据不全", "东区缺 2024年11月的数据"),
        ("en", "Incomplete data", "East District for Nov 2024"),
    ],
)
def test_the_badge_stands_on_the_card_and_one_click_shows_why(language: str, badge: str, why: str, place: str) -> None:
    app = opened("issues", language)
    assert not troubles(app) and badge in " ".join(words(app))
    app.session_state["about-issues-by-district"] = True
    with text.speaking(language):  # in which the test asks the widgets for their words
        app.run()
    assert not troubles(app) and why in " ".join(words(app)).replace("\\", "")


def test_a_tile_has_the_badge_of_its_own_metric_and_why_behind_it(place: str) -> None:
    app = opened("overview", "en")
    assert not troubles(app)
    popovers = [node for node in app.main if getattr(node, "type", "") == "popover"]
    behind = [" ".join(box.value for box in each.children.values()).replace("\\", "") for each in popovers]
    reasons = [reason for reason in behind if reason]  # those of cards are filled when they are opened
    assert any("East District for Nov 2024" in reason for reason in reasons)
    assert 0 < len(reasons) < len(app.metric), "tiles of other extracts have none"


def test_a_figure_of_a_briefing_carries_the_doubts_of_its_rows_into_every_file(place: str) -> None:
    with text.speaking("zh"):
        told = content.fill(storylines.of_place(tiny.PLACE), content.choice(tiny.PLACE, place, "2024Q4", "zh"))
    notes = [figure.note for section in told.sections for figure in section.figures]
    assert any(note.startswith("数据不全：居民诉求：东区缺 2024年11月的数据") for note in notes), notes


def test_an_edition_without_gaps_has_no_badge(tiny_data) -> None:
    for page in ("issues", "overview"):
        said = " ".join(words(opened(page, "zh")))
        assert "数据不全" not in said and "数据存疑" not in said
