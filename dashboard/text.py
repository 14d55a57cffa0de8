"""Every word and number a reader sees: gettext catalogues and number formats, in Chinese and English.

English sentences are the message identifiers; `locale/zh_CN/LC_MESSAGES/*.po` holds the Chinese, one file
per part of the product. The `.po` files are read as they are, so nothing has to be compiled.
"""

import math
import re
from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from streamlit.runtime.scriptrunner import get_script_run_ctx

LANGUAGES = {"zh": "中文", "en": "English"}
CODES = {name: code for code, name in LANGUAGES.items()}
DEFAULT = "zh"
LOCALE = Path(__file__).parent / "locale"
NOT_REPORTED = "—"
MARKDOWN = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~$:&]")

_language: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """Language of whoever reads now: as settled or spoken, else the session's choice, else Chinese."""
    chosen = _language.get()
    if chosen is None and get_script_run_ctx(suppress_warning=True) is not None:
        # On a session's first run the widget that knows the language is still to be drawn: ask the address.
        chosen = st.session_state.get("language") or CODES.get(st.query_params.get("language"))
    return chosen if chosen in LANGUAGES else DEFAULT


def settle(chosen: str | None) -> None:
    """Keep a language for the rest of this run of a session's script; None asks the session again."""
    _language.set(chosen)


@contextmanager
def speaking(chosen: str):
    """Use a language outside a browser session: command line, downloads, map routes."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def _(message: str) -> str:
    """The message in the reader's language; an English message without a translation stays as it is."""
    return message if language() == "en" else chinese().gettext(message)


def N_(message: str) -> str:
    """Mark a message for the catalogues where it is written, to be translated where it is shown."""
    return message


@cache
def chinese() -> Translations:
    """All Chinese catalogues merged into one."""
    merged = Translations()
    for file in sorted((LOCALE / "zh_CN" / "LC_MESSAGES").glob("*.po")):
        compiled = BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale="zh_CN"))
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged


def sentences(*words: str) -> str:
    """Sentences after one another, as the reader's language sets them."""
    return (" " if language() == "en" else "").join(words)


def as_written(words: str) -> str:
    """Words of a file or a reader for a text in Markdown, which would otherwise read its own signs in them."""
    return MARKDOWN.sub(r"\\\g<0>", words)


def listed(words: Iterable[str]) -> str:
    """Words as a list inside a sentence, as the reader's language sets it."""
    return (", " if language() == "en" else "、").join(words)


def number(value: Any, kind: str) -> str:
    """One number as a reader sees it: `kind` as in `catalogue.KINDS`; nothing reported is a dash.

    Shares (0-1) become percentages, changes of shares percentage points, large counts keep every digit.
    """
    if value is None or (isinstance(value, float) and math.isnan(value)) or value != value:
        return NOT_REPORTED
    if isinstance(value, str):  # a hidden small cell, "<5"
        return value
    if kind == "share":
        return f"{value:.1%}"
    if kind == "share_change":
        return _("{points} pp").format(points=_signed(100 * value))
    if kind == "score_change":
        return _signed(value)
    if kind in ("score", "number", "hours", "area"):
        return f"{value:,.1f}"
    if kind == "decimal":
        return f"{value:,.10g}"
    if kind == "total":  # ranks are made on two decimals: one would show ties that are none
        return f"{value:,.2f}"
    if kind in ("count", "people", "yuan", "rank"):
        return f"{value:,.0f}"
    if kind == "count_change":
        return f"{value:+,.0f}" if round(value) else "0"
    if kind == "year":
        return f"{value:.0f}"
    if kind == "flag":
        return _("Yes") if value else _("No")
    if kind in ("moment", "date", "month", "quarter", "half"):
        return moment(value, kind)
    return str(value)


def _signed(value: float) -> str:
    """A change with its sign; what rounds to nothing has none."""
    written = f"{value:+.1f}"
    return "0.0" if written in ("+0.0", "-0.0") else written


def moment(value: date | datetime, kind: str) -> str:
    """A moment, day, month, quarter, half-year or year as a reader sees it."""
    is_english = language() == "en"
    if kind == "year":
        return str(value.year) if is_english else f"{value.year}年"
    if kind == "half":
        half = 1 if value.month <= 6 else 2
        return f"{value.year} H{half}" if is_english else f"{value.year}年{'上' if half == 1 else '下'}半年"
    if kind == "quarter":
        quarter = (value.month + 2) // 3
        return f"{value.year} Q{quarter}" if is_english else f"{value.year}年第{'一二三四'[quarter - 1]}季度"
    if kind == "month":
        return f"{value:%b %Y}" if is_english else f"{value.year}年{value.month}月"
    if kind == "moment":
        return f"{moment(value, 'date')} {value:%H:%M}"
    return f"{value.day} {value:%b %Y}" if is_english else f"{value.year}年{value.month}月{value.day}日"


def tick(value: date | datetime, kind: str) -> str:
    """A quarter or half-year short enough for an axis."""
    written = moment(value, kind)
    return written if language() == "en" else written.removeprefix("20").replace("第", "")


def period(start: date, end: date) -> str:
    """A run of whole months as a reader sees it: one month, a quarter, a year, or from - to."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 1:
        return moment(start, "month")
    if months == 3 and start.month % 3 == 1:
        return moment(start, "quarter")
    if months == 12 and start.month == 1:
        return moment(start, "year")
    return f"{moment(start, 'month')} – {moment(end, 'month')}"
