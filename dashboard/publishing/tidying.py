"""The rules of cleaning applied to the columns of a raw table, each change counted.

Only distinct values that cannot be read as they are, or that look like something else, are looked at one by one, so
that millions of good ones cost nothing.
"""

from collections.abc import Hashable
from typing import TypeVar

import duckdb
import pandas as pd

from dashboard import contract
from dashboard.publishing import cleaning
from dashboard.publishing.findings import ERROR, KEPT, NOTE, Finding
from dashboard.publishing.folding import fold
from dashboard.publishing.loading import WHITE_SPACE, Lineage
from dashboard.publishing.sqltext import literal
from dashboard.text import N_

EXPECTED = {
    cleaning.APPROXIMATE: N_("an exact number"),
    cleaning.INCOMPLETE: N_("year, month and day, such as 2024-03-05"),
    cleaning.FORMULA: N_("a value"),
    cleaning.ROUNDED: N_("the code as text: format the column as text and paste the codes again"),
}
BLANKS = WHITE_SPACE + "\u200b\ufeff"
WIDE_BLANKS = ", ".join(literal(sign) for sign in BLANKS if not sign.isascii())
# A text is less than '!' if its first character is a blank or a control character; `trim` would take ten times as long.
PADDED = (
    "({name} < '!' or substring({name}, -1) <= ' ' or if(strlen({name}) <> length({name}), "
    f"substring({{name}}, 1, 1) in ({WIDE_BLANKS}) or substring({{name}}, -1) in ({WIDE_BLANKS}), false))"
)
PLAIN_CODE = "[A-Za-z_-]*[0-9][A-Za-z0-9_-]*"  # nothing in it to tidy; a word without a digit may say "missing"
CODE_LIKE_A_NUMBER = (
    "(contains({name}, '.0') or left({name}, 1) in ('''', '=', '`') or right({name}, 1) in ('''', '`') "
    "or strlen({name}) <> length({name}) or contains({name}, ' ') "
    "or ((contains({name}, 'E') or contains({name}, 'e+')) "
    f"and regexp_full_match({{name}}, {literal(cleaning.SCIENTIFIC.pattern.replace('{', '{{').replace('}', '}}'))})))"
)


Key = TypeVar("Key", bound=Hashable)


def tidy_texts(connection: duckdb.DuckDBPyConnection, table: contract.Table, lineage: Lineage) -> list[Finding]:
    """Take blanks around raw values away, and read the words and codes of text columns that mean something else."""
    raw, findings = f"raw_{table.name}", []
    suspected = _suspected(connection, table)
    for name in [name for name, kind in suspected if kind == "padding"]:
        findings += _trimmed(connection, table, lineage, name)
    for (name, kind), condition in suspected.items():
        if kind == "padding":
            continue
        distinct = connection.execute(f"select distinct {name} from {raw} where {condition}").fetchall()
        read = cleaning.clean_code if kind == "code" else _read_word
        rows = [(text, False, found) for (text,) in distinct if (found := read(text))]
        findings += apply(connection, table, lineage, name, rows)
    return findings


def _suspected(connection: duckdb.DuckDBPyConnection, table: contract.Table) -> dict[tuple[str, str], str]:
    """Columns with anything to tidy: (column, kind) -> SQL that is true of such a value.

    Most codes of a column are plain, which one scan sees; only the other columns are looked at for each kind.
    """
    described = connection.execute(f"describe raw_{table.name}").fetchall()
    texts = [row[0] for row in described if row[1] == "VARCHAR" and row[0] in table.fields]
    references = {key[0] for key in table.foreign_keys} | {*table.primary_key}
    codes = [name for name in texts if name in references or table.fields[name].pattern]
    unlike = _met(connection, table, {name: f"not regexp_full_match({name}, '{PLAIN_CODE}')" for name in codes})
    conditions = {}
    for name in (each for each in texts if each not in codes or each in unlike):
        column = table.fields[name]
        conditions[name, "padding"] = PADDED.format(name=name)
        if column.type == "string" and not column.is_coded:
            conditions[name, "words"] = f"{name} in ({', '.join(map(literal, _spellings(name in codes)))})"
            if name in codes:
                conditions[name, "code"] = CODE_LIKE_A_NUMBER.format(name=name)
    return _met(connection, table, conditions)


def _met(connection: duckdb.DuckDBPyConnection, table: contract.Table, conditions: dict[Key, str]) -> dict[Key, str]:
    """Those of the conditions that some raw row meets; one scan tries them all."""
    if not conditions:
        return {}
    flags = ", ".join(f"bool_or({condition})" for condition in conditions.values())
    (met,) = connection.execute(f"select {flags} from raw_{table.name}").fetchall()
    return {key: condition for (key, condition), flag in zip(conditions.items(), met, strict=True) if flag}


def _read_word(text: str) -> cleaning.Cleaned:
    if text in cleaning.ERROR_VALUES:
        return cleaning.Cleaned(refused=cleaning.FORMULA)
    is_elsewhere = fold(text) in cleaning.words(cleaning.NOT_APPLICABLE)
    return cleaning.Cleaned(None, cleaning.NOT_APPLICABLE if is_elsewhere else "missing")


def _spellings(is_code: bool) -> list[str]:
    """Words for what is missing or does not apply, as they are mostly written; some count in codes only."""
    rules = contract.load().cleaning
    words = [*rules["missing"].words, *rules["not_applicable"].words]
    words = [word for word in words if is_code or word not in rules["missing"].only_values]
    return sorted({form for word in words for form in (word, word.upper(), word.title())} | {*cleaning.ERROR_VALUES})


def _trimmed(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, lineage: Lineage, name: str
) -> list[Finding]:
    raw, condition = f"raw_{table.name}", PADDED.format(name=name)
    padded = f"from {raw} where {condition} and trim({name}, {literal(BLANKS)}) <> ''"
    (count,) = connection.execute(f"select count(*) {padded}").fetchall()[0]
    rows = connection.execute(f"select rowid, {name} {padded} order by rowid limit {KEPT}").fetchall()
    connection.execute(f"update {raw} set {name} = nullif(trim({name}, {literal(BLANKS)}), '') where {condition}")
    if not count:
        return []
    places = tuple(lineage.place(row, value, value.strip(BLANKS)) for row, value in rows)
    return [Finding(NOTE, contract.load().cleaning["padding"].title_en, "", table.name, name, count, places)]


def tidy(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, lineage: Lineage, unread: dict[str, str]
) -> list[Finding]:
    """Change the raw values of `unread` (column -> SQL that is true where one cannot be read) to ones that can be.

    Each rule is counted by column; what is not applicable is noted in the column `not_applicable`, and what is refused
    for a known reason stays as it was, its text in the temporary table `refused`.
    """
    raw, findings = f"raw_{table.name}", []
    later = [
        f"{raw}.rowid between {start} and {end - 1}"
        for part, start, end in zip(lineage.parts, lineage.starts, [*lineage.starts[1:], 1 << 60], strict=True)
        if part.is_1904
    ]
    is_1904 = f"({' or '.join(later)})" if later else "false"
    for name, condition in unread.items():
        distinct = connection.execute(
            f"select distinct {name} as before, {is_1904} as is_1904 from {raw} where {condition}"
        ).fetchall()
        rows = [(text, flag, cleaning.clean(text, table.fields[name], flag)) for text, flag in distinct]
        findings += apply(connection, table, lineage, name, [row for row in rows if row[2]], is_1904)
    return findings


def apply(
    connection: duckdb.DuckDBPyConnection,
    table: contract.Table,
    lineage: Lineage,
    name: str,
    rows: list[tuple[str, bool, cleaning.Cleaned]],
    is_1904: str = "false",
) -> list[Finding]:
    """Put what texts were taken for into a raw column; returns the changes and refusals, counted."""
    if not rows:
        return []
    raw, findings = f"raw_{table.name}", []
    frame = pd.DataFrame(
        [(text, flag, each.value, each.rule, each.refused) for text, flag, each in rows],
        columns=["before", "is_1904", "value", "rule", "refused"],
    ).astype({"before": "str", "value": "object"})
    connection.register("frame_of_values", frame)
    connection.execute("create or replace temp table cleaned as select * from frame_of_values")
    connection.unregister("frame_of_values")
    met = f"from {raw} inner join temp.cleaned on {raw}.{name} = cleaned.before and {is_1904} = cleaned.is_1904"
    groups = connection.execute(f"select rule, refused, count(*) {met} group by all order by all").fetchall()
    for rule, refused, count in groups:
        found = connection.execute(
            f"select {raw}.rowid, before, value {met} where rule = ? and refused = ? order by 1 limit {KEPT}",
            [rule, refused],
        ).fetchall()
        places = tuple(lineage.place(row, before, None if refused else value or "—") for row, before, value in found)
        if refused:
            findings.append(Finding(ERROR, refused, EXPECTED[refused], table.name, name, count, places))
        else:
            title = contract.load().cleaning[rule].title_en
            findings.append(Finding(NOTE, title, "", table.name, name, count, places))
    if any(rule == cleaning.NOT_APPLICABLE for rule, _refused, _count in groups):
        kept = cleaning.NOT_APPLICABLE
        # As text: an update of a list would give its rows new places.
        connection.execute(f"alter table {raw} add column if not exists {kept} varchar")
        connection.execute(
            f"update {raw} set {kept} = concat_ws(',', {kept}, {literal(name)}) "
            f"from temp.cleaned where {raw}.{name} = cleaned.before and cleaned.rule = '{kept}'"
        )
    connection.execute(
        f"update {raw} set {name} = cleaned.value from temp.cleaned "
        f"where {raw}.{name} = cleaned.before and {is_1904} = cleaned.is_1904 and cleaned.refused = ''"
    )
    connection.execute(f"insert into temp.refused select {literal(name)}, before from temp.cleaned where refused <> ''")
    return findings
