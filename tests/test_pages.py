"""Every page opens, in both languages and on any data, and says in words what it cannot show."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import pytest
from streamlit.material_icon_names import ALL_MATERIAL_ICONS
from streamlit.testing.v1 import AppTest

from dashboard import catalogue, editions, settings, store, text
from tests import navigation, places, tiny
from tests.opening import Markup, cells, foreign, opened, troubles, words

PAGES = navigation.listed()
EVERY = navigation.readers()  # presenter mode too, which tells the same as the page of briefings
# What tables are made of; nothing in them runs, loads or leads elsewhere.
HTML_TAGS = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "wbr", "p"}
HTML_ATTRIBUTES = {"class", "style", "scope", "title", "role", "aria-label"}


def said(app: AppTest) -> list[str]:
    """Sentences in boxes: nothing matches, a table is not published."""
    return [box.value for kind in (app.info, app.warning) for box in kind]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Iterator:
    """Publish other rows as the tiny place and read them; used as a function, once per kind of rows."""
    made: dict[str, Path] = {}

    def read(name: str, rows: places.Rows, patch: pytest.MonkeyPatch) -> None:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            places.publish(folder, rows)
            made[name] = folder / "data"
        patch.setenv("DASHBOARD_DATA", str(made[name]))

    yield read


@pytest.fixture(scope="module")
def bare(tiny_data) -> Callable[[str, str], AppTest]:
    """A page as it opens without any choice, for tests that only look at it: each is run once in each language."""
    return cache(opened)


def test_the_navigation_lists_every_page_file_once() -> None:
    assert sorted(navigation.every()) == sorted(file.stem for file in (settings.ROOT / "pages").glob("*.py"))


def test_every_icon_is_one_that_streamlit_knows() -> None:
    """An unknown icon raises only when it is drawn, which may be on the rarest of paths."""
    scripts = [*settings.ROOT.glob("dashboard/**/*.py"), *settings.ROOT.glob("pages/*.py")]
    named = {icon for file in scripts for icon in re.findall(r":material/(\w+):", file.read_text(encoding="utf-8"))}
    assert not named - ALL_MATERIAL_ICONS


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("page", EVERY)
def test_a_page_opens_with_its_title_its_question_and_figures(page: str, language: str, bare) -> None:
    app = bare(page, language)
    assert not troubles(app)
    with text.speaking(language):
        assert [header.value for header in app.header] == [text._(EVERY[page])]
        assert text._("Synthetic sample data") in " ".join(words(app))
    question = app.main.markdown[0].value
    assert question.split("&ensp;")[0].rstrip().endswith("?" if language == "en" else "？")
    assert any(map(app.get, ("plotly_chart", "bidi_component", "dataframe")))


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_is_one_that_plotly_can_draw(page: str, bare) -> None:
    """Figures are built without validation, for speed; here they are validated."""
    for chart in bare(page, "zh").get("plotly_chart"):
        go.Figure(json.loads(chart.proto.spec))
        assert chart.proto.alt.strip()


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("page", EVERY)
def test_no_word_of_the_other_language_is_left(page: str, language: str, bare) -> None:
    assert not foreign(bare(page, language), language)


@pytest.mark.parametrize("period", ["2024年第三季度", "2024年", "2024年11月"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_every_filter_set(page: str, period: str, tiny_data) -> None:
    app = opened(page, "zh", period=period, districts=["西区", "东区"], compound_types=["老旧型", "居住型"])
    assert not troubles(app)
    chosen = app.session_state["chosen"]
    assert (chosen["districts"], chosen["compound_types"]) == ([tiny.WEST, tiny.EAST], ["old", "residential"])
    assert text.period(chosen["start_month"], chosen["end_month"]) == period
    assert period in " ".join(words(app))


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_district_without_a_compound_of_the_type_gets_a_sentence(page: str, language: str, tiny_data) -> None:
    west, work_unit = {"zh": ("西区", "单位型"), "en": ("West District", "Work unit")}[language]
    app = opened(page, language, districts=west, compound_types=work_unit)
    assert not troubles(app)
    assert app.session_state["chosen"]["compound_types"] == ["work_unit"]
    assert said(app) or page == "briefing"  # whose sentences say what is not reported


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_in_the_first_period_before_most_of_the_data(page: str, bare) -> None:
    first = bare(page, "zh").selectbox("period").options[-1]
    app = opened(page, "zh", period=first)
    assert not troubles(app)
    assert first in " ".join(words(app))


@pytest.mark.parametrize("page", PAGES)
def test_an_address_full_of_nonsense_opens_the_page_as_if_bare(page: str, tiny_data) -> None:
    nonsense = {name: "../../etc ' or 1=1 <script>" for name in ("place", "edition", "period", "districts")}
    app = opened(page, "zh", **nonsense, compound_types=["x"] * 50, unit="990199", metric="x", page="x", branch="x")
    assert not troubles(app)
    chosen = app.session_state["chosen"]
    assert (chosen["place"], chosen["districts"], chosen["compound_types"]) == (tiny.PLACE, [], [])
    assert chosen["edition"] == editions.current(tiny.PLACE)


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_where_no_optional_table_is_published(page, language, elsewhere, monkeypatch) -> None:
    elsewhere("core", places.core_alone(tiny.tables()), monkeypatch)
    assert store.missing_tables(tiny.PLACE, editions.current(tiny.PLACE))
    assert not troubles(opened(page, language))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_one_row_of_everything(page: str, elsewhere, monkeypatch) -> None:
    elsewhere("one", places.one_of_each(tiny.tables()), monkeypatch)
    assert not troubles(opened(page, "zh"))
    assert not troubles(opened(page, "en", districts="West District"))


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_names_are_shown_as_text(page: str, language: str, elsewhere, monkeypatch) -> None:
    elsewhere("hostile", places.with_names(tiny.tables(), places.HOSTILE), monkeypatch)
    app = opened(page, language)
    assert not troubles(app)
    for node in [*app.main, *app.sidebar]:
        body, label = getattr(node.proto, "body", ""), getattr(node.proto, "label", "")
        if getattr(node.proto, "allow_html", False):
            assert not [name for name in places.HOSTILE if name in body]
        if node.type == "html":
            markup = Markup(body)
            assert markup.tags <= HTML_TAGS and markup.attributes <= HTML_ATTRIBUTES
        for markup in (body if node.type in ("markdown", "caption") else "", label):
            written = re.sub(r"\\.|&\w+;", "", markup)
            assert "](javascript:" not in written, f"{node.type} renders a link: {markup}"
            assert ":red[红]" not in written, f"{node.type} renders a directive: {markup}"


@pytest.mark.parametrize("page", EVERY)
def test_a_limited_reader_sees_no_word_of_another_district(page: str, tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    for language in text.LANGUAGES:
        app = opened(page, language, districts=["东区", "East District"])
        assert not troubles(app)
        shown = [*words(app), *cells(app)]
        assert not [word for word in shown if any(name in word for name in (*places.EAST_NAMES, tiny.EAST[:6]))]
        assert text.chinese().gettext("Limited to your districts") in " ".join(shown) or language == "en"


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_of_a_district_without_data_gets_a_sentence(page: str, tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", "990109000000")
    app = opened(page, "zh")
    assert not troubles(app)
    assert said(app)


@pytest.mark.parametrize("page", EVERY)
def test_no_member_is_named_without_an_own_branch(page: str, bare) -> None:
    app = bare(page, "zh")
    shown = " ".join([*words(app), *cells(app)])
    assert not re.search(r"[张李王赵]\*+|\bM\d\d\b", shown)


def test_without_any_edition_the_reader_is_told_what_to_run(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    app = opened(next(iter(PAGES)), "en")
    assert not troubles(app)
    assert "python -m dashboard publish" in " ".join(said(app))


def test_a_reader_of_an_older_edition_is_told_of_the_newer_one(tmp_path, monkeypatch) -> None:
    older = places.publish(tmp_path, places.west_alone(tiny.tables()))
    newer = places.publish(tmp_path, tiny.tables())
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    assert opened("overview", "en").session_state["chosen"]["edition"] == newer
    app = opened("overview", "en", edition=older)
    assert app.session_state["chosen"]["edition"] == older
    assert any(older in box and newer in box for box in said(app))


def test_every_metric_that_a_profile_sets_a_target_for_is_known() -> None:
    profile = next(iter(settings.ROOT.glob("data/*/place.toml")))
    from dashboard.profile import load

    assert not [metric for metric in load(profile).targets if catalogue.column(metric) is None]
