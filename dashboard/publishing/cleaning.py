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
    r"^(约|近|大约|大概|超过?|逾|不足|不到|数|若干|上[十百千万]|[<>≥≤~≈])|(余|多|左右|上下|以上|以下|[+])$"
    r"|[余多](户|人|件|个|万|亿|千|百)|几|\d(户|人|件|个)?[~至到]\d"
)
ERROR_VALUES = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!")
SCIENTIFIC = re.compile(r"\d(\.\d+[Ee]\+?|[Ee]\+)\d{1,3}")  # not 1E5, which may be a code
NUMBER = re.compile(r"[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)?(\.\d+)?")
NUMERALS = {numeral: digit for digit, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
FULL_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}( \d{3})+(?! ?\d)")
TWO_NUMBERS = re.compile(rf"[\d{''.join(NUMERALS)}][,.]?\s+[\d.{''.join(NUMERALS)}]")  # such as one above the other
LARGEST_INTEGER = 2**53 - 1  # beyond it a spreadsheet's number and DuckDB's double are rounded
MONTH = re.compile(r"(?!\d{4}\.\d$)(\d{4})[-/.年](\d{1,2})月?份?|(\d{4})(0[1-9]|1[0-2])")  # 2024.1 may be October
QUARTER = re.compile(r"(\d{4})[-/.年]?(?:第?([1-4一二三四])季度?|Q([1-4]))", re.IGNORECASE)
# Hours that a word for the time of day goes with. 上午12:30 is 0:30 to programs and 12:30 to people: refused.
DAYTIMES = {
    "am": range(12),
    "pm": range(12, 24),
    "凌晨": range(7),
    "清晨": range(4, 12),
    "早晨": range(4, 12),
    "早上": range(4, 12),
    "上午": range(1, 12),
    "中午": range(11, 15),
    "下午": range(12, 24),
    "傍晚": range(16, 21),
    "晚上": range(17, 24),
    "夜间": range(18, 24),
}
DAYTIME = "|".join(DAYTIMES)
MOMENT = re.compile(
    rf"(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})(?:[日号T]\s?|\s|(?={DAYTIME}))"
    rf"({DAYTIME})?\s?(\d{{1,2}})[:时点](\d{{1,2}})?分?(?::?(\d{{1,2}})秒?)?(\.\d+)?\s?(AM|PM)?",
    re.IGNORECASE,
)
AROUND_SIGNS = re.compile(r"\s*([-/.:年月日号时点分秒])\s*(?=[\d上中下清早凌傍晚夜]|$)")
PARTIAL = re.compile(
    r"\d{1,2}[-/.年月]\d{1,2}([-/.月]\d{1,4})?[日号]?.*|\d{4}年?([上下]半年|[初底末])?|\d{4}(0[1-9]|1[0-2])"
    r"|\d{4}[-/.年]\d{1,2}月?([上中下]旬|[初底末])?|\d{1,2}月份?"
)
OFFSET = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|UTC|GMT|CST|[+-]\d{2}(:?\d{2})?)$", re.IGNORECASE)
EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})\.0+")  # a day that became a number
SERIAL = re.compile(r"\d{5}(\.\d+)?")
YEARS = range(1900, 2100)
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)  # Excel counts a 29 February 1900 that never was
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
TRUE = ("是", "有", "true", "t", "yes", "y", "1", "1.0", "√", "✓", "✔")
FALSE = ("否", "无", "false", "f", "no", "n", "0", "0.0", "×", "✗", "✘")


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
    if column.type == "boolean" and word in TRUE + FALSE:
        return Cleaned(word, "full_width" if _is_wide(text) else "label")
    if word in words("not_applicable"):
        return Cleaned(None, NOT_APPLICABLE)
    if word.upper() in ERROR_VALUES:
        return Cleaned(refused=FORMULA)
    if word in words("missing") or not word:
        return Cleaned(None, "missing")
    plain = half_width(text)
    rule = "full_width" if _is_wide(text) else "blanks" if plain != text or re.search(r"\s", text) else ""
    if column.type in ("integer", "number"):
        return _number(plain, column, rule)
    if column.type in ("date", "datetime"):
        return _date(plain.strip(), column, is_1904, rule)
    return None


def half_width(text: str) -> str:
    """Full-width signs as half-width ones, all blanks plain, nothing of no width; ² and ① stay what they are."""
    visible = "".join(sign for sign in text if sign.isspace() or not INVISIBLE.match(sign))
    return "".join(
        unicodedata.normalize("NFKC", sign) if _is_wide(sign) else re.sub(r"[^\S\r\n\t]", " ", sign) for sign in visible
    )


def _is_wide(text: str) -> bool:
    return any(unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>")) for sign in text)


def number(text: str, column: contract.Field) -> float | None:
    """The number a text states for a column, as it stands or cleaned; None if it states none."""
    found = _decimal(text.strip())
    if found is None:
        cleaned = clean(text, column)
        found = _decimal(cleaned.value) if cleaned and cleaned.value else None
    return None if found is None else float(found)


def _number(text: str, column: contract.Field, rule: str) -> Cleaned | None:
    text = THOUSANDS.sub(lambda met: met[0].replace(" ", ""), text)
    if TWO_NUMBERS.search(text):
        return None
    plain = re.sub(r"\s", "", text)
    if ABOUT.search(plain):
        return Cleaned(refused=APPROXIMATE)
    rules = contract.load().cleaning
    if re.fullmatch(r"\(.+\)", plain):
        plain, rule = f"-{plain[1:-1]}", "accounting"
    for word, factor in rules["percent"].words.items():
        if word in plain:
            rest = plain.replace(word, "", 1)
            found = _scaled("100" if rest == "百" else rest, rules["scale"].words)
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
    if found is None or not rule or plain == "○":  # a mark rather than a zero
        return None
    if column.type == "integer" and (found % 1 or abs(found) > LARGEST_INTEGER):
        return None
    return Cleaned(_written(found), rule)


def measure(column: contract.Field) -> str:
    """What a column measures, by its name: the group of units that fits it."""
    groups = contract.load().cleaning["unit"].words
    return next((each for each in groups if re.search(rf"(^|_){each}(_|$)", column.name)), "count")


def _without_units(text: str, column: contract.Field) -> str:
    """A number without the unit before or after it, of those that fit what the column's name says it measures."""
    what = measure(column)
    units = sorted(map(half_width, contract.load().cleaning["unit"].words[what]), key=len, reverse=True)
    for unit in units:
        if text.endswith(unit) and text != unit:
            text = text.removesuffix(unit)
            break
    return next((text.removeprefix(unit) for unit in units if what == "yuan" and text.startswith(unit)), text)


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


def _date(text: str, column: contract.Field, is_1904: bool, rule: str) -> Cleaned | None:
    rule = "full_width" if rule == "full_width" else "date_form"
    plain = AROUND_SIGNS.sub(r"\1", text)  # a blank still parts the day from the hour
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
    if found := FULL_DATE.fullmatch(plain) or EIGHT_DIGITS.fullmatch(plain):
        return _calendar(*found.groups(), rule)
    if found := MOMENT.fullmatch(plain):
        return _moment(found, column, rule)
    if column.first_day_of == "quarter" and (found := QUARTER.fullmatch(plain)):
        quarter = found[2] or found[3]
        number = int(quarter) if quarter.isdigit() else "一二三四".index(quarter) + 1
        return _calendar(found[1], 3 * number - 2, 1, rule)
    if column.first_day_of and (found := MONTH.fullmatch(plain)):
        return _calendar(found[1] or found[3], found[2] or found[4], 1, rule)
    if PARTIAL.fullmatch(plain) or QUARTER.fullmatch(plain):
        return Cleaned(refused=INCOMPLETE)
    return None


def _tens(text: str) -> str:
    """Dates such as 十二月二十五日 with every number as digits."""
    text = re.sub(r"([一二三四五六七八九])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub(r"([一二三四五六七八九])十", r"\g<1>零", text)
    text = re.sub(r"十([一二三四五六七八九])", r"一\1", text)
    return text.replace("十", "一零")


def _calendar(year: str, month: str | int, day: str | int, rule: str) -> Cleaned | None:
    if int(year) not in YEARS:
        return None
    try:
        return Cleaned(date(int(year), int(month), int(day)).isoformat(), rule)
    except ValueError:
        return None


def _moment(found: re.Match, column: contract.Field, rule: str) -> Cleaned | None:
    year, month, day, before, hour, minute, second, _fraction, after = found.groups()
    on, hours = _calendar(year, month, day, rule), int(hour)
    if on is None or hours > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    if column.type == "date":
        return Cleaned(on.value, "time_dropped")
    for word in filter(None, (before, after)):
        meant = {hours, hours + 12 if hours < 12 else 0 if hours == 12 else hours} & {*DAYTIMES[word.lower()]}
        if len(meant) != 1:
            return Cleaned(refused=INCOMPLETE)
        (hours,) = meant
    return Cleaned(f"{on.value} {hours:02d}:{int(minute or 0):02d}:{int(second or 0):02d}", rule)


def clean_code(text: str) -> Cleaned | None:
    """What a text stands for where a code is expected: without what spreadsheets add to numbers."""
    if SCIENTIFIC.fullmatch(text):
        return Cleaned(refused=ROUNDED)
    plain = half_width(text)
    code = re.sub(r'^="(.*)"$', r"\1", plain).strip("'‘’`")  # ="0123" and '0123 keep spreadsheets from reading a number
    if re.fullmatch(r"[\d\s]+(\.0+)?", code):
        code = re.sub(r"\s|\.0+$", "", code)
    if code == text or not code:
        return None
    return Cleaned(code, "full_width" if code == plain else "code_form")
