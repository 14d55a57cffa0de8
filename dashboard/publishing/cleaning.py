"""Values as clerks write them to values that can be read: which rule of the contract each change follows.

One text at a time; `tidying` applies it to the columns of a table.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache

from dashboard import contract
from dashboard.publishing.folding import INVISIBLE, fold
from dashboard.text import N_

APPROXIMATE = N_("The value is approximate")
INCOMPLETE = N_("The date is ambiguous or incomplete")
FORMULA = N_("The cell holds a formula's error")
ROUNDED = N_("Excel stored the code as a number and rounded it")
NOT_APPLICABLE = "not_applicable"

ABOUT = re.compile(
    r"^(约|近|大约|大概|超过?|逾|不足|不到|[<>≥≤~≈])|(余|多|左右|上下|以上|以下|[+])$|[余多](户|人|件|个|万|亿|千|百)"
)
ERROR_VALUES = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!")
SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d{1,3}")
NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
NUMERALS = {numeral: digit for digit, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
FULL_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(份)?|(\d{4})(0[1-9]|1[0-2])")
QUARTER = re.compile(r"(\d{4})[-/.年]?(?:第?([1-4一二三四])季度?|Q([1-4]))", re.IGNORECASE)
MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:[日号T]\s?|\s|(?=[上下晚中凌]))"
    r"(上午|下午|晚上|中午|凌晨|AM|PM)?\s?(\d{1,2})[:时点](\d{1,2})?分?(?::?(\d{1,2})秒?)?(\.\d+)?\s?(AM|PM)?",
    re.IGNORECASE,
)
AROUND_SIGNS = re.compile(r"\s*([-/.:年月日号时点分秒])\s*(?=[\d上下晚中凌]|$)")
PARTIAL = re.compile(r"\d{1,2}[-/.年月]\d{1,2}([-/.月]\d{1,4})?[日号]?.*|\d{4}年?|\d{4}[-/.年]\d{1,2}月?")
OFFSET = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)$", re.IGNORECASE)
SERIAL = re.compile(r"\d{5}(\.\d+)?")
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)  # Excel counts a 29 February 1900 that never was
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
AFTER_NOON = {"下午", "晚上", "pm"}


@dataclass(frozen=True)
class Cleaned:
    """What a text was taken for: a text that can be read (None: nothing is reported) and the rule that says so.

    With `refused`, a rule of the rulebook, it cannot be read, and the reason is known.
    """

    value: str | None = None
    rule: str = ""
    refused: str = ""


@cache
def words(code: str) -> frozenset[str]:
    """The words that a rule of cleaning goes by, folded."""
    return frozenset(map(fold, contract.load().cleaning[code].words))


def clean(text: str, column: contract.Field, is_1904: bool = False) -> Cleaned | None:
    """What a text that cannot be read as it is means in a column; None if that is not known."""
    word = fold(text)
    if word in words("not_applicable"):
        return Cleaned(None, NOT_APPLICABLE)
    if word.upper() in ERROR_VALUES:
        return Cleaned(refused=FORMULA)
    if word in words("missing") or not word:
        return Cleaned(None, "missing")
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if column.type in ("integer", "number"):
        return _number(plain, column, text)
    if column.type in ("date", "datetime"):
        return _date(plain, column, is_1904, text)
    if column.type == "boolean" and plain != text:
        return Cleaned(plain, "full_width")
    return None


def number(text: str, column: contract.Field) -> float | None:
    """The number a text states for a column, as it stands or cleaned; None if it states none."""
    found = _decimal(text.strip())
    if found is None:
        cleaned = clean(text, column)
        found = _decimal(cleaned.value) if cleaned and cleaned.value else None
    return None if found is None else float(found)


def _number(plain: str, column: contract.Field, text: str) -> Cleaned | None:
    if ABOUT.search(plain):
        return Cleaned(refused=APPROXIMATE)
    rules = contract.load().cleaning
    rule = "full_width" if plain != text.strip() else ""
    if re.fullmatch(r"\(.+\)", plain):
        plain, rule = f"-{plain[1:-1]}", "accounting"
    for word, factor in rules["percent"].words.items():
        if word in plain:
            found = _scaled(plain.replace(word, "", 1), rules["scale"].words)
            if found is None or column.maximum != 1:
                return None
            return Cleaned(_written(found * Decimal(str(factor))), "percent")
    stripped = _without_units(plain, column)
    if stripped != plain:
        plain, rule = stripped, rule if rule == "accounting" else "unit"
    if any(word in plain for word in rules["scale"].words):
        rule = "scale" if re.search(r"\d", plain) else "numeral"
    elif any(numeral in plain for numeral in NUMERALS):
        rule = "numeral"
    found = _scaled(plain, rules["scale"].words)
    if found is None or not rule:
        return None
    return Cleaned(_written(found), rule)


def _without_units(text: str, column: contract.Field) -> str:
    """A number without the unit before or after it, of those that fit what the column's name says it measures."""
    groups = contract.load().cleaning["unit"].words
    measure = next((each for each in groups if re.search(rf"(^|_){each}(_|$)", column.name)), "count")
    units = sorted((unicodedata.normalize("NFKC", unit) for unit in groups[measure]), key=len, reverse=True)
    for unit in units:
        if text.endswith(unit) and text != unit:
            text = text.removesuffix(unit)
            break
    return next((text.removeprefix(unit) for unit in units if measure == "yuan" and text.startswith(unit)), text)


def _decimal(text: str) -> Decimal | None:
    if not re.search(r"\d", text) or not NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _scaled(text: str, scales: dict[str, int]) -> Decimal | None:
    """A number with 十 百 千 万 亿, such as 1.2万, 3万5千 or 一百二十; 三万五 may mean two things."""
    for word, scale in sorted(scales.items(), key=lambda each: each[1], reverse=True):
        before, met, after = text.partition(word)
        if not met:
            continue
        head = _scaled(before, scales) if before else Decimal(1) if word == "十" else None
        tail = _scaled(after, scales) if after else Decimal(0)
        is_exact = not after or word == "十" or after[0] in "零〇0" or any(each in after for each in scales)
        if head is None or tail is None or tail >= scale or not is_exact:
            return None
        return head * scale + tail
    digits = "".join(str(NUMERALS.get(sign, sign)) for sign in text)
    return _decimal(digits)


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _date(plain: str, column: contract.Field, is_1904: bool, text: str) -> Cleaned | None:
    rule = "full_width" if plain != INVISIBLE.sub("", text) else "date_form"
    spaced = INVISIBLE.sub(" ", unicodedata.normalize("NFKC", text)).strip()  # a blank parts the day from the hour
    plain = AROUND_SIGNS.sub(r"\1", spaced)
    digits = "".join(str(NUMERALS.get(each, each)) for each in _tens(plain))
    if digits != plain:
        plain, rule = digits, "numeral"
    if OFFSET.search(plain):
        return Cleaned(refused=INCOMPLETE)
    if SERIAL.fullmatch(plain):
        days = Decimal(plain)
        day = (EPOCH_1904 if is_1904 else EPOCH_1900) + timedelta(days=int(days))
        if not EARLIEST <= day <= LATEST:
            return None
        seconds = round(float(days % 1) * 86400)
        time_ = f" {seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        return Cleaned(day.isoformat() + (time_ if column.type == "datetime" else ""), "serial")
    if found := FULL_DATE.fullmatch(plain):
        return _calendar(*found.groups(), rule)
    if found := MOMENT.fullmatch(plain):
        return _moment(found, column, rule)
    if column.first_day_of == "quarter" and (found := QUARTER.fullmatch(plain)):
        quarter = found[2] or found[3]
        number = int(quarter) if quarter.isdigit() else "一二三四".index(quarter) + 1
        return _calendar(found[1], 3 * number - 2, 1, rule)
    if column.first_day_of and (found := MONTH.fullmatch(plain)):
        return _calendar(found[1] or found[4], found[2] or found[5], 1, rule)
    if PARTIAL.fullmatch(plain) or QUARTER.fullmatch(plain):
        return Cleaned(refused=INCOMPLETE)
    return None


def _tens(text: str) -> str:
    """Dates such as 十二月二十五日 with every number as digits."""
    text = re.sub(r"([一二三四五六七八九])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub(r"([一二三四五六七八九])十", r"\g<1>零", text)
    text = re.sub(r"十([一二三四五六七八九])", r"一\1", text)
    return text.replace("十", "一零")


def _calendar(year: str | int, month: str | int, day: str | int, rule: str) -> Cleaned | None:
    try:
        return Cleaned(date(int(year), int(month), int(day)).isoformat(), rule)
    except ValueError:
        return None


def _moment(found: re.Match, column: contract.Field, rule: str) -> Cleaned | None:
    year, month, day, before, hour, minute, second, _fraction, after = found.groups()
    half, hours = (before or after or "").lower(), int(hour)
    if half in AFTER_NOON and hours < 12:
        hours += 12
    if half in ("am", "凌晨") and hours == 12:
        hours = 0
    on = _calendar(year, month, day, rule)
    if on is None or hours > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    if column.type == "date":
        return Cleaned(on.value, "time_dropped")
    return Cleaned(f"{on.value} {hours:02d}:{int(minute or 0):02d}:{int(second or 0):02d}", rule)


def clean_code(text: str) -> Cleaned | None:
    """What a text stands for where a code is expected: without what spreadsheets add to numbers."""
    if SCIENTIFIC.fullmatch(text):
        return Cleaned(refused=ROUNDED)
    plain = unicodedata.normalize("NFKC", text)
    code = re.sub(r"^'+", "", plain)
    if re.fullmatch(r"[\d\s]+(\.0+)?", code):
        code = re.sub(r"\s|\.0+$", "", code)
    if code == text:
        return None
    return Cleaned(code, "full_width" if code == plain else "code_form")
