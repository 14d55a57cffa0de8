"""What every briefing says: sections of the library as each sample place tells them, in both languages."""

import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard import catalogue, editions, store, text
from dashboard.reports import content, phrases, storylines
from dashboard.reports.model import Briefing
from dashboard.reports.readings import FEW, changes, inside
from dashboard.reports.sentences import DIGITS, Teller, faults
from tests import tiny

HAN = re.compile(r"[㐀-鿿]")
LATIN = re.compile(r"[A-Za-z]{2,}")
LONGEST_SHARED = 8  # characters that two clauses may have in common: "达到95%的目标"
CITY_CODES = ("990101000000",)


def written(place: str) -> str:
    """A storyline as it is kept in the repository."""
    return (Path("data") / place / "storyline.toml").read_text(encoding="utf-8")


def told(place: str, language: str, period: str = "", districts: tuple[str, ...] = ()) -> Briefing:
    chosen = content.choice(place, editions.current(place), period, language, districts=list(districts))
    return content.fill(storylines.parse(place, written(place)), chosen)


def sentences(briefing: Briefing) -> list[tuple[str, str]]:
    return [(section.code, sentence.text) for section in briefing.sections for sentence in section.sentences]


def names(place: str, edition: str, language: str) -> list[str]:
    """Words of the place that may hold digits: of its lists and of its promises."""
    profile = store.place_profile(place, edition)
    listed = [word for codes in ("issue_channels", "promises") for word in profile.labels(codes, language).values()]
    with text.speaking(language):
        return [*listed, catalogue.title("issues_per_100_households")]


def moments(place: str, edition: str, language: str) -> list[str]:
    """The days that a briefing speaks of, as its reader sees them."""
    chosen = content.choice(place, edition, "", language)
    with text.speaking(language):
        return [text.moment(chosen["as_of"], "date"), text.moment(chosen["quarter"], "quarter")]


PLACES = sorted(path.parent.name for path in Path("data").glob("*/storyline.toml"))


@pytest.mark.parametrize("code", storylines.library())
def test_every_section_has_both_languages_and_no_number_of_its_own(code):
    spec = storylines.section(code)
    for words in (spec.heading, spec.notes, *spec.sentences, *(figure.title for figure in spec.figures)):
        assert set(words) == {"zh", "en"}, (code, words)
    assert len(spec.heading["zh"]) <= 14
    for template in (each for words in spec.sentences for each in words.values()):
        assert not faults(template)
    assert not any(DIGITS.search(word) for words in (spec.heading, spec.notes) for word in words.values())


@pytest.mark.parametrize("place", PLACES)
def test_every_sample_place_has_a_storyline_of_sections_that_are_there(place):
    line = storylines.parse(place, written(place))
    assert len(line.sections) >= 8
    assert {each.code for each in line.sections} <= set(storylines.library())


def test_every_section_of_the_library_is_told_somewhere():
    used = {each.code for place in PLACES for each in storylines.parse(place, written(place)).sections}
    assert set(storylines.library()) - used <= {"issue_districts"}  # the city's map and gaps tell the same shorter


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_briefing_is_told_in_its_language_and_every_digit_comes_from_a_query(sample_places, place, language):
    briefing = told(place, language)
    edition = editions.current(place)
    known = [briefing.period, *moments(place, edition, language), *names(place, edition, language)]
    assert briefing.sections
    for section in briefing.sections:
        for sentence in section.sentences:
            rest = sentence.text
            for word in sorted(known, key=len, reverse=True):
                rest = rest.replace(word, "").replace(word.lower(), "")
            for number in sorted((n.shown for n in sentence.numbers), key=len, reverse=True):
                rest = rest.replace(number, "")
            assert not re.search(r"\d", rest), (section.code, sentence.text, rest)
            if language == "zh":
                assert not LATIN.search(rest), (section.code, sentence.text)
            else:
                assert not HAN.search(rest), (section.code, sentence.text)
            assert not re.search(
                r"，。|、。|（）|：。|，，|\(\)|, \.|None|\bnan\b|未报[件个名场次户人]", sentence.text
            ), sentence.text
        assert section.sentences or section.figures


@pytest.mark.parametrize("period", ["", "2024-12", "2024", "2022Q1"])
def test_the_city_report_says_nothing_twice(sample_places, period):
    briefing = told("city-a", "zh", period)
    assert len(briefing.sections) >= 18
    fixed = {phrase for each in phrases.AGAINST.values() for phrase in each}
    with text.speaking("zh"):
        known = {text._(phrase) for phrase in fixed if phrase}
        known.add(text._("the changes on the previous period and on the same period last year within error"))
    as_of = moments("city-a", editions.current("city-a"), "zh")[0]
    clauses = [
        clause
        for _code, sentence in sentences(briefing)
        for clause in re.split("[，；。：]", sentence)
        if len(clause) > LONGEST_SHARED and clause not in known and as_of not in clause and clause != briefing.period
    ]
    twice = {clause for clause in clauses if clauses.count(clause) > 1}
    assert not {clause for clause in twice if "目标" not in clause}
    told_sentences = [sentence for _code, sentence in sentences(briefing)]
    assert len(told_sentences) == len(set(told_sentences))


def test_what_a_filter_leaves_is_not_said_of_the_whole_place(sample_places):
    whole, part = told("city-a", "zh"), told("city-a", "zh", districts=CITY_CODES)
    assert whole.place in dict(sentences(whole))["workforce"] or whole.place in sentences(whole)[0][1]
    assert not any(whole.place in sentence for _code, sentence in sentences(part))


def test_an_empty_period_before_is_nothing_to_compare_with(sample_places):
    said = " ".join(sentence for _code, sentence in sentences(told("city-a", "zh", "2022Q1")))
    assert "上期0" not in said and "比上期末" not in said


class Few:
    """A teller over rows written here."""

    def __init__(self, tiny_data, rows):
        profile = store.place_profile(tiny.PLACE, editions.current(tiny.PLACE))
        self.teller = Teller(lambda name, *by: pd.DataFrame(rows), profile, {}, False)


def metric_row(value, numerator, denominator, level="selection"):
    return {
        "level": level, "metric": "organisation_coverage", "district_name": "", "value": value,
        "numerator": numerator, "denominator": denominator, "previous_value": 0.5, "previous_flag": "down",
        "last_year_value": 0.5, "last_year_flag": "within_error", "standard_error": None,
    }  # fmt: skip


def test_a_rate_of_few_cases_is_told_with_its_cases_and_not_compared(tiny_data):
    with text.speaking("en"):
        few = Few(tiny_data, [metric_row(0.25, 1, 4)]).teller.tell("{{ metric('organisation_coverage').told }}")
        many = Few(tiny_data, [metric_row(0.25, FEW, 4 * FEW)]).teller.tell(
            "{{ metric('organisation_coverage').told }}"
        )
    assert few.text.endswith("25.0% (1 of 4, too few to compare or judge)")
    assert "down" in many.text or "percentage points" in many.text


def test_shares_and_ratios_carry_where_they_come_from(tiny_data):
    rows = [{"count": 6, "done": 3}, {"count": 3, "done": 3}, {"count": 1, "done": None}]
    with text.speaking("en"):
        teller = Few(tiny_data, rows).teller
        share = teller.tell("{{ share('q', 'count', '-count', 1) }}")
        ratio = teller.tell("{{ ratio('q', 'done', 'count') }}")
    assert (share.text, ratio.text) == ("60.0%", "66.7%")  # a row without done counts on neither side
    assert share.numbers[0].query == "q" and "first 1" in share.numbers[0].column


def test_changes_of_metrics_stand_after_their_names_without_a_when(tiny_data):
    with text.speaking("en"):
        teller = Few(tiny_data, [metric_row(0.75, 3, 4)]).teller
        said = changes(teller.rows("q"), "last_year_value", "")
    assert said.words == "organisation coverage up 25.0 percentage points"


def test_labels_lose_their_capital_inside_an_english_sentence_but_names_keep_it():
    with text.speaking("en"):
        assert [inside(each) for each in ("Old compound", "Party group", "Chenhui Elderly Service")] == [
            "old compound", "Party group", "Chenhui Elderly Service"
        ]  # fmt: skip
