"""Which table a file or sheet holds and which column a header means, in Chinese, English or code."""

import difflib
import re
from dataclasses import dataclass, field, replace
from functools import cache

from dashboard import contract
from dashboard.publishing import units
from dashboard.publishing.findings import ERROR, WARNING, Finding, Place, shown
from dashboard.publishing.folding import fold
from dashboard.publishing.mapping import Mapping
from dashboard.publishing.recognition import LEFT_OUT, MAPPED, PERSONAL, PROPOSED, TITLE, RecognisedColumn
from dashboard.text import N_

PERSONAL_TITLES = re.compile(
    "身份证|证件号|手机|电话|联系方式|姓名|住址|地址|门牌|微信|邮箱|银行卡|出生日期|出生年月|"
    r"id_?card|identity|phone|mobile|telephone|address|full_?name|real_?name|person_?name|e_?mail|wechat|birth_?da"
)
IDENTIFIES = N_("The column identifies a person")
UNCONFIRMED = N_("The column may mean {name}, which is not confirmed")
NO_HEADER = N_("No header was found")
SEPARATORS = "_-—－·.,，、 (（[【"
DIGITS = "0123456789"  # of a year or month
NUMBER = re.compile(r"[0-9][0-9,.]*%?")
OTHER_SCALE = re.compile("[千万亿]")
CLOSE = 0.62  # of difflib's ratio: 诉求单号 and 诉求编号 have 0.75
PROPOSALS = 3


@dataclass
class Header:
    """What a header row means: field name -> position of its column, all columns, and what was found wrong.

    `doubled` are fields whose title stands in further columns: field -> their positions.
    """

    positions: dict[str, int] = field(default_factory=dict)
    columns: list[RecognisedColumn] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubled: dict[str, list[int]] = field(default_factory=dict)


@cache
def _tables() -> dict[str, str]:
    """Folded name or title of every table -> its name."""
    known = contract.load().tables.values()
    return {fold(title): table.name for table in known for title in (table.name, table.title, table.title_en)}


@cache
def _titles(table: str) -> dict[str, str]:
    """Folded name or title of every field of a table, with and without a unit in brackets -> its name."""
    titles: dict[str, str] = {}
    for column in contract.load().tables[table].fields.values():
        for title in map(fold, (column.name, column.title, column.title_en)):
            titles.setdefault(title, column.name)
    for title, name in list(titles.items()):
        plain = units.BRACKET.sub("", title)
        if not PERSONAL_TITLES.search(plain):  # a masked name's title without its bracket is that of a name
            titles.setdefault(plain, name)
    return titles


@cache
def _aliases(table: str) -> dict[str, str]:
    """Folded other words for the fields of a table -> field, as the contract lists them."""
    known = contract.load()
    return {
        fold(alias): column.name
        for column in known.tables[table].fields.values()
        for alias in known.aliases.get(column.title, ())
    }


def table_of(name: str, mapping: Mapping) -> str | None:
    """Table that a file or sheet name means; a district or date may follow the table's name."""
    text = fold(name)
    titles = _tables() | mapping.files
    if text in titles:
        return titles[text]
    leading = [title for title in titles if text.startswith(title) and text[len(title)] in SEPARATORS + DIGITS]
    return titles[max(leading, key=len)] if leading else None


def tables_like(name: str, titles: list[object]) -> tuple[str, ...]:
    """Tables that a file or sheet may hold: named so by other words, or with the titles of one; the likeliest first."""
    known = contract.load()
    text = fold(name)
    named = [
        table.name
        for table in known.tables.values()
        if any(fold(alias) in text for alias in (table.title, *known.table_aliases.get(table.title, ())))
    ]
    words = {fold(title) for title in titles if title is not None and str(title).strip()}
    fits = []
    for table in known.tables.values():
        met = {_titles(table.name).get(word) or _aliases(table.name).get(word) for word in words} - {None}
        lacking = [c for c in table.fields.values() if c.required and c.name not in met]
        if len(met) >= 2 and len(met) * 2 > len(words):
            fits.append((len(met) - 2 * len(lacking), table.name))
    fits.sort(key=lambda fit: fit[0], reverse=True)
    return tuple(dict.fromkeys([*named, *(name for _fit, name in fits)]))[:PROPOSALS]


def known_titles(names: list[object], table: str, mapping: Mapping) -> int:
    """How much a row looks like the header of a table: two for each title of it, one for each other word."""
    titles, aliases = _titles(table), _aliases(table)
    confirmed = mapping.columns.get(table, {})
    score = 0
    for name in names:
        text = fold(name) if isinstance(name, str) else ""
        plain = units.BRACKET.sub("", text)
        if text:
            is_title = text in titles or plain in titles or text in confirmed
            score += 2 if is_title else text in aliases or plain in aliases
    return score


def read(names: list[object], table: contract.Table, place: Place, mapping: Mapping) -> Header:
    """Match a header row against the contract and what the place has confirmed; `place` says where the row is."""
    titles, confirmed = _titles(table.name), mapping.columns.get(table.name, {})
    header, open_columns = Header(), []
    for position, name in enumerate(names):
        text = fold("" if name is None else name)
        if not text:
            continue
        plain = units.BRACKET.sub("", text)
        column = titles.get(text) or titles.get(plain)
        unit = units.of_title(text)
        if column and text not in titles and OTHER_SCALE.search(unit):  # 预算（万元）: the table counts in yuan
            column = column if units.scale(unit, table.fields[column]) else None
        if column is None and text in confirmed and not _identifies(text, table.name):
            column = confirmed[text] or None
            how = MAPPED if column else LEFT_OUT
        else:
            how = TITLE
        if column is None and how == TITLE:
            open_columns.append((position, name, text))
        elif column in header.positions:
            header.doubled.setdefault(column, []).append(position)
        else:
            header.columns.append(RecognisedColumn(position, shown(name), column, how))
            if column:
                header.positions[column] = position
    _propose(open_columns, table, place, header)
    is_record = any(NUMBER.fullmatch(fold(name)) for name in names if name is not None)
    if not header.positions and (is_record or not any(column.proposals for column in header.columns)):
        # What stands there may be anything, a person's name too: it is not shown.
        return Header(findings=[Finding(ERROR, NO_HEADER, table=table.name, places=(replace(place, row=None),))])
    header.columns.sort(key=lambda each: each.position)
    asked = {field_: shown(c.title) for c in header.columns for field_ in c.proposals[:1]}
    for column in table.fields.values():
        if column.required and column.name not in header.positions:
            rule = N_("A required column is missing")
            expected = N_("“{title}” may be meant: confirm it") if column.name in asked else ""
            details = {"title": asked[column.name]} if column.name in asked else {}
            header.findings.append(_finding(ERROR, rule, table, column.name, place, expected, details))
    return header


def doubled(table: contract.Table, column: str, place: Place) -> Finding:
    """A title that stands twice over different values."""
    return _finding(ERROR, N_("The column appears twice"), table, column, place)


def _identifies(text: str, table: str) -> bool:
    """Whether a folded title that is none of the contract's is that of a person's name, number or address."""
    return bool(PERSONAL_TITLES.search(text)) and text not in _aliases(table)


def _propose(open_columns: list[tuple[int, object, str]], table: contract.Table, place: Place, header: Header) -> None:
    """Columns whose title is none of the contract's: personal ones are refused, for the others fields are proposed."""
    titles = {text: name for text, name in _titles(table.name).items() if name not in header.positions}
    aliases = {text: name for text, name in _aliases(table.name).items() if name not in header.positions}
    for position, name, text in open_columns:
        said = shown(name)
        if _identifies(text, table.name):
            header.columns.append(RecognisedColumn(position, said, None, PERSONAL))
            expected = N_("no such column: only pseudonymous numbers and masked names may be published")
            header.findings.append(_finding(ERROR, IDENTIFIES, table, said, place, expected))
            continue
        plain = units.BRACKET.sub("", text)
        words = titles | aliases
        close = [aliases.get(text) or aliases.get(plain)]
        close += [words[word] for word in difflib.get_close_matches(text, words, PROPOSALS, CLOSE)]
        proposals = tuple(dict.fromkeys(filter(None, close)))[:PROPOSALS]
        header.columns.append(RecognisedColumn(position, said, None, PROPOSED, proposals))
        if proposals:
            meant = table.fields[proposals[0]]
            details = {"name": f"{meant.title} / {meant.name}"}
            header.findings.append(_finding(WARNING, UNCONFIRMED, table, said, place, "", details))
        else:
            rule = N_("The column is unknown and was left out")
            header.findings.append(_finding(WARNING, rule, table, said, place))


def _finding(
    severity: str,
    rule: str,
    table: contract.Table,
    column: str,
    place: Place,
    expected: str = "",
    details: dict[str, str] | None = None,
) -> Finding:
    return Finding(severity, rule, expected, table.name, column, places=(place,), details=details or {})
