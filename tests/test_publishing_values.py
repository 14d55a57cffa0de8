"""Values as clerks write them: read as what they say, or not at all; 0, not reported and not applicable stay apart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import contract, editions, publishing
from dashboard.publishing import checks, values, zeros
from dashboard.publishing.findings import ERROR, NOTE, Finding, Place, lines
from dashboard.publishing.loading import Lineage, Part
from tests import tiny

TABLES = contract.load().tables
COUNT, YEAR = TABLES["compounds"].fields["households"], TABLES["compounds"].fields["built_year"]
YUAN, SHARE = TABLES["funding_lines"].fields["budget_yuan"], TABLES["property_months"].fields["fee_collection_rate"]
DAY, MOMENT = TABLES["party_orgs"].fields["founded_date"], TABLES["issues"].fields["closed_at"]
MONTH, QUARTER = TABLES["visit_months"].fields["month"], TABLES["branch_assessments"].fields["quarter"]
FULL_WIDTH = str.maketrans("0123456789.,:-/()% ", "０１２３４５６７８９．，：－／（）％　")
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
BESIDE = ("\n", "  ", "/", "、", ";", "；", " 和 ", "\t", "+", "=")  # between two values in one cell
FOREIGN = "x#@甲_①²½★;、"
few = settings(max_examples=8, deadline=None)


def many(values_: st.SearchStrategy) -> st.SearchStrategy[list]:
    """Values enough for a column, so that one reading tries them all."""
    return st.lists(values_, min_size=30, max_size=80)


@cache
def memory() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def read(
    column: contract.Field, texts: list[str], table: str = "compounds", is_1904: bool = False
) -> tuple[list, list[Finding]]:
    """What a column with these texts comes to, row by row, and what is found."""
    sheet = replace(TABLES[table], fields={column.name: column}, primary_key=(), foreign_keys=())
    part = Part(table, Place("a.csv"), {column.name: column.name}, "", first_row=2, is_1904=is_1904)
    memory().execute(f"create or replace table raw_{table} ({column.name} varchar)")
    memory().execute(f"insert into raw_{table} select nullif(unnest(?::varchar[]), '')", [texts])
    found = values.read(memory(), sheet, Lineage([part], [0]), None, {})
    rows = memory().execute(f"select {column.name} from {table} order by rowid").fetchall()
    return [value for (value,) in rows], found


def counted(found: list[Finding], severity: str) -> int:
    return sum(finding.count for finding in found if finding.severity == severity)


def spoken(number: int) -> str:
    """A number below 100 million as it is read aloud: 10203 is 一万零二百零三."""
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        return spoken(head) + "万" + ("零" if 0 < rest < 1000 else "") + (spoken(rest) if rest else "")
    text, is_zero = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += ("零" if is_zero and text else "") + str(digit).translate(NUMERALS) + sign
        is_zero = not digit
    return text or "零"


COUNTS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "thousands": lambda n: f"{n:,}",
    "wide thousands": lambda n: f"{n:,}".translate(FULL_WIDTH),
    "blanks": lambda n: f"{n:,}".replace(",", " "),
    "as a number of another program": lambda n: f"{n}.0",
    "unit": lambda n: f"{n:,} 户",
    "full width": lambda n: str(n).translate(FULL_WIDTH),
    "padded": lambda n: f"\u3000{n}\u200b ",
    "ten thousands": lambda n: f"{Decimal(n) / 10_000:f}万",
    "hundred millions": lambda n: f"{Decimal(n) / 100_000_000:f} 亿户",
    "two scales": lambda n: f"{n // 10_000}万" + (f"零{n % 10_000}" if n % 10_000 else ""),
    "digits": lambda n: str(n).translate(NUMERALS),
    "spoken": spoken,
}
counts = st.integers(0, 99_999_999)


@pytest.mark.parametrize("form", COUNTS)
@few
@given(numbers=many(counts))
def test_a_count_is_read_as_it_was_written(form: str, numbers: list[int]) -> None:
    found_values, found = read(COUNT, [COUNTS[form](number) for number in numbers])
    assert found_values == numbers
    assert counted(found, ERROR) == 0


AMOUNTS: dict[str, Callable[[Decimal], str]] = {
    "plain": lambda d: f"{d}",
    "thousands": lambda d: f"{d:,}",
    "sign before": lambda d: f"￥{d:,}",
    "word after": lambda d: f"{d}元",
    "ten thousands": lambda d: f"{d / 10_000:f}万元",
    "full width": lambda d: f"{d:,}".translate(FULL_WIDTH),
    "brackets": lambda d: f"（{-d:,}）" if d < 0 else f"{d}",
    "scientific": lambda d: f"{d:E}",
}


@pytest.mark.parametrize("form", AMOUNTS)
@few
@given(cents=many(st.integers(-999_999_999, 999_999_999)))
def test_an_amount_is_read_as_it_was_written(form: str, cents: list[int]) -> None:
    amounts = [Decimal(cent) / 100 for cent in cents]
    assert read(YUAN, [AMOUNTS[form](amount) for amount in amounts])[0] == pytest.approx(list(map(float, amounts)))


@few
@given(shares=many(st.integers(0, 1000)), sign=st.sampled_from(("%", " %", "％", "‰")))
def test_a_share_is_read_as_it_was_written(shares: list[int], sign: str) -> None:
    texts = [f"{share}{sign}" if sign == "‰" else f"{share / 10:g}{sign}" for share in shares]
    assert read(SHARE, texts)[0] == pytest.approx([share / 1000 for share in shares])


days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def in_numerals(day: date) -> str:
    """二〇二四年十二月二十五日"""
    month, number = (
        spoken(part).removeprefix("一") if 10 <= part < 20 else spoken(part) for part in (day.month, day.day)
    )
    return f"{str(day.year).translate(NUMERALS)}年{month}月{number}日"


DAYS: dict[str, Callable[[date], str]] = {
    "hyphens": date.isoformat,
    "short hyphens": lambda d: f"{d.year}-{d.month}-{d.day}",
    "strokes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "points": lambda d: f"{d.year}.{d.month}.{d.day}",
    "digits": lambda d: f"{d:%Y%m%d}",
    "digits as a number": lambda d: f"{d:%Y%m%d}.0",
    "words": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "long words": lambda d: f"{d:%Y年%m月%d日}",
    "other words": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "blanks": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "full width": lambda d: d.isoformat().translate(FULL_WIDTH),
    "numerals": in_numerals,
    "midnight": lambda d: f"{d} 00:00:00",
    "midnight of Java": lambda d: f"{d}T00:00:00",
    "hour": lambda d: f"{d} 14:30",
}


@pytest.mark.parametrize("form", DAYS)
@few
@given(dates=many(days))
def test_a_day_is_read_as_it_was_written(form: str, dates: list[date]) -> None:
    found_values, found = read(DAY, [DAYS[form](day) for day in dates])
    assert found_values == dates
    assert counted(found, ERROR) == 0


@pytest.mark.parametrize(("first", "is_1904"), [(date(1899, 12, 30), False), (date(1904, 1, 1), True)])
@few
@given(dates=many(st.dates(date(1990, 1, 1), date(2099, 12, 31))))
def test_a_day_number_is_read_by_the_calendar_of_its_workbook(first: date, is_1904: bool, dates: list[date]) -> None:
    assert read(DAY, [str((day - first).days) for day in dates], is_1904=is_1904)[0] == dates


def test_a_day_number_outside_a_sane_range_is_just_a_number() -> None:
    edge = date(1990, 1, 1) - date(1899, 12, 30)
    texts = [str(edge.days), str((edge - timedelta(days=1)).days), "99999", "1", "60"]
    assert read(DAY, texts)[0] == [date(1990, 1, 1), None, None, None, None]


def in_words(moment: datetime) -> str:
    """2024年3月5日下午2点30分"""
    half = "凌晨" if moment.hour < 5 else "上午" if moment.hour < 12 else "下午" if moment.hour < 18 else "晚上"
    hour = moment.hour if moment.hour <= 12 else moment.hour - 12
    return f"{moment.year}年{moment.month}月{moment.day}日{half}{hour}点{moment.minute}分"


MOMENTS: dict[str, Callable[[datetime], str]] = {
    "hyphens": lambda m: f"{m:%Y-%m-%d %H:%M}",
    "seconds": lambda m: f"{m:%Y-%m-%d %H:%M:%S}",
    "T": lambda m: f"{m:%Y-%m-%dT%H:%M:%S}",
    "strokes": lambda m: f"{m.year}/{m.month}/{m.day} {m.hour}:{m:%M}",
    "points": lambda m: f"{m.year}.{m.month}.{m.day} {m.hour}:{m:%M:%S}",
    "digits": lambda m: f"{m:%Y%m%d%H%M%S}",
    "words": lambda m: f"{m.year}年{m.month}月{m.day}日{m.hour}时{m.minute}分",
    "full width": lambda m: f"{m:%Y-%m-%d %H:%M}".translate(FULL_WIDTH),
    "halves of the day": in_words,
    "twelve hours": lambda m: f"{m:%Y-%m-%d %I:%M %p}",
}
moments = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)).map(lambda m: m.replace(second=0, microsecond=0))


@pytest.mark.parametrize("form", MOMENTS)
@few
@given(times=many(moments))
def test_a_moment_is_read_as_it_was_written(form: str, times: list[datetime]) -> None:
    found_values, found = read(MOMENT, [MOMENTS[form](moment) for moment in times])
    assert found_values == times
    assert counted(found, ERROR) == 0


@few
@given(dates=many(days))
def test_months_and_quarters_are_read_as_their_first_day(dates: list[date]) -> None:
    firsts = [day.replace(day=1) for day in dates]
    for form in ("{0:%Y-%m}", "{0.year}年{0.month}月", "{0:%Y%m}", "{0.year}/{0.month}", "{0:%Y.%m}"):
        assert read(MONTH, [form.format(day) for day in dates])[0] == firsts
    begins = [date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) for day in dates]
    for form in ("{}Q{}", "{}年第{}季度", "{}年{}季度", "{}-Q{}"):
        assert read(QUARTER, [form.format(day.year, (day.month + 2) // 3) for day in dates])[0] == begins


small = st.integers(0, 99_999)


@few
@given(numbers=many(st.tuples(small, small)), beside=st.sampled_from((*BESIDE, "-", "~", "—")))
def test_two_numbers_in_a_cell_are_none(numbers: list[tuple[int, int]], beside: str) -> None:
    assert set(read(COUNT, [f"{one}{beside}{other}" for one, other in numbers])[0]) == {None}


@few
@given(dates=many(st.tuples(days, days)), beside=st.sampled_from((*BESIDE, "至", "—")))
def test_two_days_in_a_cell_are_none(dates: list[tuple[date, date]], beside: str) -> None:
    for column in (DAY, MOMENT):
        assert set(read(column, [f"{one}{beside}{other}" for one, other in dates])[0]) == {None}


@st.composite
def spoilt(draw: st.DrawFn, given_values: st.SearchStrategy, forms: dict[str, Callable]) -> str:
    """A value as it may be written, with a sign at any place that has no business there."""
    text = forms[draw(st.sampled_from(list(forms)))](draw(given_values))
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(FOREIGN)) + text[at:]


@few
@given(numbers=many(spoilt(counts, COUNTS)), written=many(spoilt(days, DAYS)), times=many(spoilt(moments, MOMENTS)))
def test_a_sign_that_does_not_belong_makes_a_value_unreadable(
    numbers: list[str], written: list[str], times: list[str]
) -> None:
    for column, texts in ((COUNT, numbers), (DAY, written), (MOMENT, times)):
        found_values, found = read(column, texts)
        assert set(found_values) == {None}
        assert counted(found, ERROR) == len(texts)  # none is left out as if it had not been there


@few
@given(texts=many(st.text("0123456789., -+()户", min_size=1, max_size=12)))
def test_digits_are_never_joined_that_stand_apart(texts: list[str]) -> None:
    for text, value in zip(texts, read(COUNT, texts)[0], strict=True):
        if value is not None:
            digits = text.strip("+-() 户").replace(",", " ")
            assert abs(value) == float(digits.replace(" ", ""))
            first, *rest = digits.partition(".")[0].split(" ")
            assert all(len(each) == 3 for each in rest) and (not rest or len(first) <= 3)


@pytest.mark.parametrize(
    "form", ["%y/%m/%d", "%y-%m-%d", "%y年%m月%d日", "%d/%m/%Y", "%m/%d/%Y", "%m月%d日", "%Y年%m月"]
)
@few
@given(dates=many(days))
def test_a_day_that_leaves_something_open_is_refused_with_the_reason(form: str, dates: list[date]) -> None:
    texts = [day.strftime(form) for day in dates]
    for column in (DAY, MOMENT):
        found_values, found = read(column, texts)
        assert set(found_values) == {None}
        assert [(finding.code, finding.count) for finding in found] == [("V16", len(texts))]


@pytest.mark.parametrize("column", [COUNT, YUAN, YEAR, DAY, MOMENT, MONTH, QUARTER], ids=lambda column: column.name)
@few
@given(texts=many(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)))
def test_any_text_is_read_counted_or_refused(column: contract.Field, texts: list[str]) -> None:
    found_values, found = read(column, texts)
    blank = sum(value is None for value in found_values)
    assert blank <= counted(found, NOTE) + counted(found, ERROR) + sum(not text.strip() for text in texts)
    assert all(lines(finding, "zh") for finding in found)


def test_each_change_is_kept_with_what_stood_there_and_what_was_taken() -> None:
    _values, found = read(COUNT, ["1.2万", "100", "3万5千", "未统计"])
    told = {finding.code: [(p.row, p.value, p.expected) for p in finding.places] for finding in found}
    assert told == {"C16": [(2, "1.2万", "12000"), (4, "3万5千", "35000")], "C11": [(5, "未统计", "—")]}


def test_a_value_that_cannot_be_read_is_told_as_it_stood() -> None:
    _values, found = read(COUNT, ["1.5户"])
    assert [(finding.code, finding.places[0].value) for finding in found] == [("V01", "1.5户")]


def test_no_change_prints_the_name_of_a_person() -> None:
    name = TABLES["members"].fields["masked_name"]
    _values, found = read(name, [" 李明华 ", "王*"], "members")
    assert [finding.code for finding in found] == ["C13"]
    assert not any("李明华" in line for finding in found for line in lines(finding, "zh"))


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Path]:
    """Publishes the tiny place with other households of some compounds; gives the edition's folder."""
    tiny.write_place(tmp_path / "data")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))

    def publish(households: dict[str, str]) -> Path:
        tables = tiny.tables()
        for row in tables["compounds"]:
            row["households"] = households.get(row["compound_id"], row["households"])
        tiny.write_csv(tmp_path / "sent", tables)
        outcome = publishing.publish(tmp_path / "sent", tiny.PLACE, lambda message, part: None)
        assert outcome.edition, [lines(finding, "en") for finding in outcome.findings]
        return editions.path(tiny.PLACE, outcome.edition)

    return publish


def test_zero_not_reported_and_not_applicable_stay_apart_from_the_file_to_the_extract(published) -> None:
    edition = published({"C1": "0", "C2": "", "C3": "未统计", "C4": "不适用", "C5": "０", "C6": "400户"})
    compounds = edition / "extracts" / "compounds.parquet"
    rows = duckdb.execute(f"select compound_id, households, not_applicable from '{compounds}' order by 1").fetchall()
    assert rows == [
        ("C1", 0, None),
        ("C2", None, None),
        ("C3", None, None),
        ("C4", None, ["households"]),
        ("C5", 0, None),
        ("C6", 400, None),
    ]


def test_an_edition_is_another_one_where_not_reported_becomes_not_applicable_or_zero(published) -> None:
    blank = published({"C4": ""})
    assert published({"C4": "未统计"}) == blank
    assert len({blank, published({"C4": "不适用"}), published({"C4": "0"})}) == 3


def restored(keys: list[str], *references: list[str]) -> tuple[list[list[str]], list[tuple]]:
    """Numbers of compounds and references to them after lost zeros were restored and references checked."""
    columns = {"compounds": keys, **dict(zip(("org_compounds", "property_months"), references, strict=False))}
    lineages = {}
    with duckdb.connect() as connection:
        for table, numbers in columns.items():
            connection.execute(f"create table {table} (compound_id varchar)")
            connection.execute(f"insert into {table} select unnest(?::varchar[])", [numbers])
            lineages[table] = Lineage([Part(table, Place(f"{table}.csv"), {}, "", first_row=2)], [0])
        tables = {
            name: replace(TABLES[name], foreign_keys=tuple(k for k in TABLES[name].foreign_keys if k[1] == "compounds"))
            for name in columns
        }
        found = zeros.restore(connection, tables, lineages)
        found += checks.check_references(connection, tables, lineages, columns)
        numbers_now = [
            [number for (number,) in connection.execute(f"select compound_id from {name} order by rowid").fetchall()]
            for name in columns
        ]
    return numbers_now, [(finding.code, finding.table, finding.count) for finding in found]


def test_references_get_the_zeros_of_the_keys_they_mean() -> None:
    numbers, found = restored(["001", "002", "010"], ["1", "002", "10"])
    assert numbers == [["001", "002", "010"], ["001", "002", "010"]]
    assert found == [("C25", "org_compounds", 2)]


def test_keys_get_the_zeros_that_their_references_kept() -> None:
    numbers, found = restored(["1", "2", "10"], ["001", "002", "010"])
    assert numbers == [["001", "002", "010"], ["001", "002", "010"]]
    assert found == [("C25", "compounds", 3)]


@pytest.mark.parametrize("order", [1, -1])
def test_references_that_lost_their_zeros_with_the_keys_follow_them(order: int) -> None:
    numbers, _found = restored(["1", "2"], *[["1", "2"], ["001", "002"]][::order])
    assert numbers == [["001", "002"]] * 3


def test_two_keys_are_never_made_one() -> None:
    numbers, found = restored(["1", "01"], ["001"])
    assert numbers == [["1", "01"], ["001"]]
    assert found == [("V18", "org_compounds", 1)]


def test_zeros_that_may_be_one_or_several_are_an_error_with_the_reason() -> None:
    numbers, found = restored(["007", "0007", "12"], ["7", "12", "8"])
    assert numbers[1] == ["7", "12", "8"]
    assert found == [("V18", "org_compounds", 1), ("K02", "org_compounds", 1)]


def test_numbers_without_zeros_stay_what_they_are() -> None:
    numbers = [str(number) for number in range(1, 120)]
    assert restored(numbers, numbers) == ([numbers, numbers], [])
