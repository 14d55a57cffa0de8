"""Which table a file or sheet holds and which column a header means, in Chinese, English or code."""

import re
import unicodedata
from dataclasses import dataclass, field

from dashboard import contract
from dashboard.publishing.findings import ERROR, WARNING, Finding, Place, shown
from dashboard.text import N_

PERSONAL = re.compile(
    "身份证|证件号|手机|电话|联系方式|姓名|住址|地址|门牌|微信|邮箱|银行卡|出生日期|出生年月|"
    r"id_?card|identity|phone|mobile|telephone|address|full_?name|real_?name|person_?name|e_?mail|wechat|birth_?da"
)
IDENTIFIES = N_("The column identifies a person")
SEPARATORS = "_-—－·.,，、 (（[【"


@dataclass
class Header:
    """What a header row means: field name -> position of its column, and what was found wrong with it."""

    positions: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def fold(text: object) -> str:
    """A title as it is compared: full-width forms, case and white space do not count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)).replace("\ufeff", "")).casefold()


def table_of(name: str) -> str | None:
    """Table that a file or sheet name means; a district or date may follow the table's name."""
    text = fold(name)
    titles = {}
    for table in contract.load().tables.values():
        for title in (table.name, table.title, table.title_en):
            titles[fold(title)] = table.name
    if text in titles:
        return titles[text]
    leading = [title for title in titles if text.startswith(title) and text[len(title)] in SEPARATORS]
    return titles[max(leading, key=len)] if leading else None


def read(names: list[object], table: contract.Table, place: Place) -> Header:
    """Match a header row against the contract; `place` says where the row is."""
    known = {}
    for column in table.fields.values():
        known.update({fold(title): column.name for title in (column.name, column.title, column.title_en)})
    header = Header()
    for position, name in enumerate(names):
        text = fold("" if name is None else name)
        if not text:
            continue
        if text in known:
            column = known[text]
            if column in header.positions:
                header.findings.append(_finding(ERROR, N_("The column appears twice"), table, column, place))
            header.positions.setdefault(column, position)
        elif PERSONAL.search(text):
            rule = IDENTIFIES
            expected = N_("no such column: only pseudonymous numbers and masked names may be published")
            header.findings.append(_finding(ERROR, rule, table, shown(name), place, expected))
        else:
            rule = N_("The column is unknown and was left out")
            header.findings.append(_finding(WARNING, rule, table, shown(name), place))
    for column in table.fields.values():
        if column.required and column.name not in header.positions:
            rule = N_("A required column is missing")
            header.findings.append(_finding(ERROR, rule, table, column.name, place))
    return header


def _finding(severity: str, rule: str, table: contract.Table, column: str, place: Place, expected: str = "") -> Finding:
    return Finding(severity, rule, expected, table.name, column, places=(place,))
