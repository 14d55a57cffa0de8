"""Every word a reader sees exists in both languages, and numbers and dates read as each language writes them."""

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from dashboard import catalogue, contract, lineage, profile, settings, text

ROOT = settings.ROOT
CATALOGUES = sorted((text.LOCALE / "zh_CN" / "LC_MESSAGES").glob("*.po"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
SCRIPTS = [*PAGES, *sorted((ROOT / "dashboard").rglob("*.py"))]
CHECKS = sorted((ROOT / "queries" / "checks").glob("*.sql"))
PROFILES = sorted((ROOT / "data").glob("*/place.toml"))
RULES = sorted((ROOT / "data").glob("*/rules/*.toml"))

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Names of formats, standards and programs that a Chinese official document writes in Latin letters too.
LATIN = {"CSV", "XLSX", "XLS", "SQL", "DuckDB", "Parquet", "UTF", "GB", "GBK", "WKT", "ZIP", "Excel", "TOML", "MB"}
LATIN |= {"DASHBOARD_MEMORY", "place", "toml", "retention", "editions"}
LATIN |= {"Word", "PowerPoint", "PNG", "SVG", "WebGL", "JSON", "GeoJSON", "WGS", "CGCS", "GCJ", "BD"}
PARAMETERS = {"districts", "compound_types", "start", "end", "at", "words", "bounds"}  # names in the address of a map route
MARKUP = re.compile(
    r"`[^`]*`|\{[^}]*\}|:material/\w+:|:\w+(?:-badge)?\[|%\{[^}]*\}|<[^>]*>|python -m dashboard [\w -]+"
)


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def marked(file: Path) -> Iterator[tuple[ast.expr, int]]:
    """First argument of every `_(…)` and `N_(…)`, inside f-strings too, with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_"):
            yield node.args[0], node.lineno


@cache
def used() -> dict[str, str]:
    """Message id -> where it is used, over code, page questions, checks and the catalogue of columns."""
    found = {}
    for file in SCRIPTS:
        for argument, line in marked(file):
            if isinstance(argument, ast.Constant):
                found[argument.value] = f"{relative(file)}:{line}"
    for page in PAGES:
        question = ast.get_docstring(ast.parse(page.read_text(encoding="utf-8"))) or ""
        found[question.partition("\n")[0]] = relative(page)
    for check in CHECKS:
        for message in re.findall(r"^-- (?:title|expected): (.+)$", check.read_text(encoding="utf-8"), re.MULTILINE):
            found[message] = relative(check)
    for name, mart in lineage.selects("marts").items():
        if mart.is_kept:
            found[mart.question] = f"queries/marts/{name}.sql"
    for rule in contract.load().cleaning.values():
        found[rule.title_en] = f"rule of cleaning {rule.code}"
    for name, column in catalogue.COLUMNS.items():
        found |= {message: f"catalogue {name}" for message in (column.title, column.definition) if message}
    return found


@cache
def translated() -> list[tuple[str, str, str]]:
    """Catalogue, message id and Chinese of every entry."""
    entries = []
    for file in CATALOGUES:
        with file.open("rb") as source:
            entries += [
                (file.name, m.id, m.string) for m in read_po(source, locale="zh_CN", abort_invalid=True) if m.id
            ]
    return entries


def test_every_message_has_a_chinese_translation() -> None:
    done = {message for _file, message, chinese in translated() if chinese.strip()}
    assert not [f"{where}: {message}" for message, where in used().items() if message not in done]


def test_no_catalogue_keeps_a_message_that_nobody_uses() -> None:
    assert not [f"{file}: {message}" for file, message, _ in translated() if message not in used()]


def test_no_translation_is_marked_doubtful_or_obsolete() -> None:
    for file in CATALOGUES:
        content = file.read_text(encoding="utf-8")
        assert not re.search(r"^#, .*fuzzy|^#~", content, re.MULTILINE), file.name


def test_a_message_in_two_catalogues_has_one_translation() -> None:
    known: dict[str, str] = {}
    for file, message, chinese in translated():
        assert known.setdefault(message, chinese) == chinese, f"{file}: {message}"


def test_placeholders_are_the_same_in_both_languages() -> None:
    def names(message: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(message) if name is not None}

    assert not [f"{file}: {m}" for file, m, chinese in translated() if names(m) != names(chinese)]


def test_markup_is_the_same_in_both_languages() -> None:
    icon = re.compile(r":material/\w+:|</?\w+>|\*\*|%\{[^}]*\}")
    assert not [m for _, m, chinese in translated() if sorted(icon.findall(m)) != sorted(icon.findall(chinese))]


def test_chinese_text_is_chinese() -> None:
    """Latin words that are neither a format's name nor markup are leftovers of the English."""
    left = []
    for file, message, chinese in translated():
        plain = MARKUP.sub(" ", chinese)
        words = set(re.findall(r"[A-Za-z_]{2,}", plain)) - LATIN - PARAMETERS
        if words or not (CHINESE.search(plain) or not re.search("[A-Za-z]{2,}", MARKUP.sub(" ", message))):
            left.append(f"{file}: {message!r} -> {chinese!r}")
    assert not left


def test_chinese_text_has_chinese_punctuation() -> None:
    half_width = re.compile(r"[\u3400-\u9fff][,;:?!(]|[,;:?!)][\u3400-\u9fff]|[\u3400-\u9fff]\.(?:\s|$)")
    assert not [f"{file}: {chinese}" for file, _, chinese in translated() if half_width.search(MARKUP.sub("", chinese))]


def test_english_text_is_english() -> None:
    values = re.compile(r"张\*+|\(是 or 否\)")  # what a clerk has to write, in any language
    assert not [f"{where}: {m}" for m, where in used().items() if CHINESE.search(values.sub("", m))]


def test_messages_are_written_out_where_they_are_marked() -> None:
    """A message put together at run time cannot be found, so it cannot be translated."""
    for file in SCRIPTS:
        pieced = [line for argument, line in marked(file) if isinstance(argument, ast.JoinedStr | ast.BinOp)]
        assert not pieced, relative(file)


@pytest.mark.parametrize("file", PAGES, ids=relative)
def test_a_page_writes_no_word_past_the_catalogues(file: Path) -> None:
    """Text that a page hands to Streamlit as it stands appears in one language to everybody."""
    shown = {
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "write",
        "text",
        "info",
        "warning",
        "error",
        "button",
    }
    bare = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in shown:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            bare += [f"{node.lineno}: {t}" for t in texts if re.search(r"[A-Za-z]{2,}", MARKUP.sub("", t))]
    assert not bare
    assert not CHINESE.search(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", contract.load().tables.values(), ids=lambda table: table.name)
def test_the_contract_names_everything_in_both_languages(table: contract.Table) -> None:
    pairs = [(table.title, table.title_en), (table.grain, table.grain_en)]
    for field in table.fields.values():
        pairs += [(field.title, field.title_en), *field.categories.values()]
    for chinese, english in pairs:
        assert CHINESE.search(chinese) or chinese == english, (chinese, english)
        assert english.strip() and not CHINESE.search(english), (chinese, english)


@pytest.mark.parametrize("table", contract.load().tables.values(), ids=lambda table: table.name)
def test_no_two_columns_of_a_table_share_a_title(table: contract.Table) -> None:
    """A file with Chinese headers could not be read back otherwise."""
    for titles in ([f.title for f in table.fields.values()], [f.title_en for f in table.fields.values()]):
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("file", [*PROFILES, *RULES], ids=relative)
def test_profiles_and_rules_name_everything_in_both_languages(file: Path) -> None:
    def entries(value: object) -> list[dict]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        found = [entry for part in inner for entry in entries(part)]
        return [value, *found] if isinstance(value, dict) else found

    named = [
        e for e in entries(tomllib.loads(file.read_text(encoding="utf-8"))) if "zh" in e or "en" in e or "code" in e
    ]
    assert named
    for entry in named:
        assert CHINESE.search(entry["zh"]), entry
        assert entry["en"].strip() and not CHINESE.search(entry["en"]), entry


@pytest.mark.parametrize("file", PROFILES, ids=relative)
def test_a_profile_labels_every_code_of_its_lists(file: Path) -> None:
    place = profile.load(file)
    for name in profile.LISTS:
        for language in text.LANGUAGES:
            labels = place.labels(name, language)
            assert list(labels) == place.codes(name)
            assert len(set(labels.values())) == len(labels), "two codes with one label cannot be told apart"


@pytest.mark.parametrize(
    ("value", "kind", "chinese", "english"),
    [
        (0.75823, "share", "75.8%", "75.8%"),
        (-0.0123, "share_change", "-1.2 个百分点", "-1.2 pp"),
        (0.0, "count", "0", "0"),
        (1234567, "count", "1,234,567", "1,234,567"),
        (-1234, "count_change", "-1,234", "-1,234"),
        (86.25, "score", "86.2", "86.2"),
        (3.14, "score_change", "+3.1", "+3.1"),
        (1998.0, "year", "1998", "1998"),
        (True, "flag", "是", "Yes"),
        (False, "flag", "否", "No"),
        ("<5", "count", "<5", "<5"),
        (None, "count", "—", "—"),
        (float("nan"), "share", "—", "—"),
        (date(2024, 3, 5), "date", "2024年3月5日", "5 Mar 2024"),
        (datetime(2024, 3, 5, 8, 30), "date", "2024年3月5日", "5 Mar 2024"),
        (date(2024, 3, 1), "month", "2024年3月", "Mar 2024"),
        (date(2024, 10, 1), "quarter", "2024年第四季度", "2024 Q4"),
        (date(2024, 7, 1), "half", "2024年下半年", "2024 H2"),
    ],
)
def test_numbers_and_dates_read_as_each_language_writes_them(value, kind, chinese, english) -> None:
    for language, expected in (("zh", chinese), ("en", english)):
        with text.speaking(language):
            assert text.number(value, kind).replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        (date(2024, 10, 1), date(2024, 12, 1), "2024年第四季度", "2024 Q4"),
        (date(2024, 1, 1), date(2024, 12, 1), "2024年", "2024"),
        (date(2024, 12, 1), date(2024, 12, 1), "2024年12月", "Dec 2024"),
        (date(2024, 2, 1), date(2024, 4, 1), "2024年2月 – 2024年4月", "Feb 2024 – Apr 2024"),
    ],
)
def test_periods_are_named_by_what_they_are(start, end, chinese, english) -> None:
    for language, expected in (("zh", chinese), ("en", english)):
        with text.speaking(language):
            assert text.period(start, end) == expected


def test_languages_cannot_be_mixed_up_between_readers() -> None:
    with text.speaking("en"):
        with text.speaking("zh"):
            assert text.language() == "zh"
        assert text.language() == "en"
    assert text.language() == text.DEFAULT
