"""Raw text to typed values: dates, numbers, yes and no, codes and their labels.

Every reading is an SQL expression that gives null where the text cannot be read, so a column's unreadable
values are counted by comparing how many are not null before and after.
"""

import duckdb

from dashboard import contract
from dashboard.profile import Profile
from dashboard.publishing import cleaning, tidying
from dashboard.publishing.findings import ERROR, KEPT, NOTE, Finding, Place
from dashboard.publishing.folding import fold
from dashboard.publishing.loading import Lineage
from dashboard.publishing.sqltext import literal
from dashboard.text import N_

DATE_FORMS = "['%Y/%m/%d', '%Y.%m.%d', '%Y%m%d', '%Y年%m月%d日']"
TIME_FORMS = (
    "['%Y/%m/%d %H:%M:%S', '%Y/%m/%d %H:%M', '%Y.%m.%d %H:%M', '%Y%m%d%H%M%S', '%Y%m%d %H:%M', "
    "'%Y年%m月%d日 %H:%M:%S', '%Y年%m月%d日 %H:%M', '%Y年%m月%d日%H时%M分', '%Y年%m月%d日 %H时%M分']"
)
# DuckDB would also read infinity, epoch and years of two digits, and leave out a time zone, PM or, from a date, the
# time of day.
HAS_YEAR = "NAME between '19' and '21' and substr(NAME, 3, 1) between '0' and '9'"
IS_MOMENT = (
    f"{HAS_YEAR} and substr(NAME, 5, 1) not between '0' and '9' and right(NAME, 1) between '0' and '9' "
    "and not contains(NAME, '+') and not contains(substr(NAME, 12), '-')"
)
IS_DAY = "length(NAME) <= 10 or substr(NAME, 11) in (' 00:00:00', ' 00:00', ' 0:00:00', ' 0:00', 'T00:00:00')"
GROUPED = "[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?"
WANTED = {
    "string": N_("text"),
    "integer": N_("a whole number, such as 1250"),
    "number": N_("a number, such as 1250.5"),
    "boolean": N_("yes or no (是 or 否)"),
    "date": N_("a date, such as 2024-03-05"),
    "datetime": N_("a date and time, such as 2024-03-05 08:30"),
    "geometry": N_("a boundary as WKT, such as `POLYGON ((118.1 31.2, 118.2 31.2, 118.2 31.3, 118.1 31.2))`"),
}
UNREADABLE = N_("The value cannot be read")
UNKNOWN = N_("The value is not one of the allowed ones")
ONE_OF = N_("one of: {allowed}")
MISSING = N_("A required value is missing")
DERIVED = N_("The item is computed from the other extracts and must not be supplied")


def read(
    connection: duckdb.DuckDBPyConnection,
    table: contract.Table,
    lineage: Lineage,
    profile: Profile,
    rule_codes: dict[str, dict[str, tuple[str, str]]],
) -> list[Finding]:
    """Turn `raw_<table>` into `<table>` with the contract's types, in the same order; the raw one goes.

    Where values cannot be read as they are, what the contract's rules of cleaning make of them is read; each such
    change is a finding. A table with cells that do not apply keeps their columns' names in `not_applicable`.
    """
    raw = f"raw_{table.name}"
    types = {row[0]: row[1] for row in connection.execute(f"describe {raw}").fetchall()}
    vocabularies = {
        name: coded
        for name, column in table.fields.items()
        if (coded := vocabulary(column, profile, rule_codes)) is not None
    }
    connection.execute("create or replace temp table refused (column_name varchar, before varchar)")
    findings = tidying.tidy_texts(connection, table, lineage)
    expressions = _expressions(connection, table, types, vocabularies)
    unread = _type(connection, table, expressions)
    if unread:
        changes = tidying.tidy(connection, table, lineage, unread)
        findings += changes
        if any(change.severity == NOTE for change in changes):
            expressions = _expressions(connection, table, types, vocabularies)
            _type(connection, table, expressions)
    findings += _other_forms(connection, table, expressions, vocabularies, lineage)
    findings += _unread(connection, table, expressions, vocabularies, rule_codes, lineage)
    kind = "view" if _is_typed(connection, table, expressions) else "table"
    connection.execute(f"drop {kind} {raw}")
    return findings


def _expressions(
    connection: duckdb.DuckDBPyConnection,
    table: contract.Table,
    types: dict[str, str],
    vocabularies: dict[str, dict[str, tuple[str, str]]],
) -> dict[str, str]:
    """SQL that reads each column of the raw table."""
    return {
        name: _coded(connection, table, name, vocabularies[name])
        if name in vocabularies
        else reading(name, column.type)
        if types[name] == "VARCHAR"
        else name
        for name, column in table.fields.items()
    }


def _is_typed(connection: duckdb.DuckDBPyConnection, table: contract.Table, expressions: dict[str, str]) -> bool:
    """Whether the raw table holds typed values already, so that millions of rows need not be copied."""
    described = connection.execute(f"describe raw_{table.name}").fetchall()
    columns = [row[0] for row in described if row[0] != "rowid"]
    return columns == list(expressions) and all(text == name for name, text in expressions.items())


def _type(connection: duckdb.DuckDBPyConnection, table: contract.Table, expressions: dict[str, str]) -> dict[str, str]:
    """Make the typed table; returns the columns with values that could not be read, and the SQL that finds those.

    A raw table that is typed already becomes it, and a view takes its place.
    """
    raw = f"raw_{table.name}"
    if _is_typed(connection, table, expressions):
        connection.execute(f"alter table {raw} rename to {table.name}")
        connection.execute(f"create view {raw} as select rowid, * from {table.name}")
        return {}
    select = ", ".join(f"{expression} as {name}" for name, expression in expressions.items())
    columns = [row[0] for row in connection.execute(f"describe {raw}").fetchall()]
    kept = cleaning.NOT_APPLICABLE
    further = f", string_split({kept}, ',') as {kept}" if kept in columns else ""
    connection.execute(f"create or replace table {table.name} as select {select}{further} from {raw}")
    changed = [name for name, expression in expressions.items() if expression != name]
    if not changed:
        return {}
    counts = f"select {', '.join(f'count({name})' for name in changed)} from"
    given = connection.execute(f"{counts} {raw}").fetchall()[0]
    read_ = connection.execute(f"{counts} {table.name}").fetchall()[0]
    return {
        name: f"{name} is not null and {expressions[name]} is null"
        for name, before, after in zip(changed, given, read_, strict=True)
        if after < before
    }


def _other_forms(
    connection: duckdb.DuckDBPyConnection,
    table: contract.Table,
    expressions: dict[str, str],
    vocabularies: dict[str, dict[str, tuple[str, str]]],
    lineage: Lineage,
) -> list[Finding]:
    """Words of a list that were recognised although they stand in no form of the contract: traditional, full-width."""
    raw, findings = f"raw_{table.name}", []
    for name, coded in vocabularies.items():
        if expressions[name] == name:  # codes all of them
            continue
        known = {form for code, labels in coded.items() for form in (code, *labels) if form}
        folded = {fold(form) for form in known}
        distinct = connection.execute(f"select distinct {name} from {raw} where {name} is not null").fetchall()
        others = [word for (word,) in distinct if word not in known and fold(word) in folded]
        if others:
            condition = f"{name} in ({', '.join(map(literal, others))})"
            (count,) = connection.execute(f"select count(*) from {raw} where {condition}").fetchall()[0]
            title = contract.load().cleaning["label"].title_en
            places = _places(connection, raw, name, condition, lineage)
            findings.append(Finding(NOTE, title, "", table.name, name, count, places))
    return findings


def vocabulary(
    column: contract.Field, profile: Profile, rule_codes: dict[str, dict[str, tuple[str, str]]]
) -> dict[str, tuple[str, str]] | None:
    """Codes a column may hold, each with its labels; None for a column without a vocabulary."""
    if column.categories:
        return column.categories
    if column.profile_list:
        chinese, english = (profile.labels(column.profile_list, language) for language in ("zh", "en"))
        return {code: (chinese[code], english[code]) for code in profile.codes(column.profile_list)}
    if column.rule_list:
        return rule_codes[column.rule_list]
    return None


def reading(name: str, kind: str) -> str:
    """SQL that reads the text column `name` as a contract type; null where that is impossible."""
    if kind == "string":
        return name
    if kind in ("integer", "number"):
        plain = (
            f"if(contains({name}, ','), if(regexp_full_match({name}, '{GROUPED}'), replace({name}, ',', ''), null), "
            f"if(contains({name}, '_'), null, {name}))"
        )
        value = f"try_cast({plain} as double)"
        if kind == "number":
            return f"if(isnan({value}), null, {value})"  # a word for what is missing
        is_whole = f"{value} = trunc({value}) and abs({value}) <= {cleaning.LARGEST_INTEGER}"
        return f"if({is_whole}, try_cast({value} as bigint), null)"
    if kind == "boolean":
        yes, no = (", ".join(map(literal, words)) for words in (cleaning.TRUE, cleaning.FALSE))
        return f"case when lower({name}) in ({yes}) then true when lower({name}) in ({no}) then false end"
    if kind == "date":
        plain = f"if(({IS_MOMENT}) and ({IS_DAY}), try_cast({name} as date), null)"
        reading = f"coalesce({plain}, if({HAS_YEAR}, try_strptime({name}, {DATE_FORMS})::date, null))"
        return reading.replace("NAME", name)
    if kind == "datetime":
        plain = f"if({IS_MOMENT}, try_cast({name} as timestamp), null)"
        others = f"coalesce(try_strptime({name}, {TIME_FORMS}), try_strptime({name}, {DATE_FORMS}))"
        return f"coalesce({plain}, if({HAS_YEAR}, {others}, null))".replace("NAME", name)
    return f"try_cast({name} as geometry)"


def _coded(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, name: str, coded: dict[str, tuple[str, str]]
) -> str:
    """SQL that turns labels into codes, made only of what occurs; unknown values become null."""
    known = {fold(word): code for code, labels in coded.items() for word in (code, *labels)}
    found = connection.execute(f"select distinct {name} from raw_{table.name} where {name} is not null").fetchall()
    meant = {value: known.get(fold(value)) for (value,) in found}
    if all(value == code for value, code in meant.items()):
        return name
    same = [literal(value) for value, code in meant.items() if value == code]
    cases = [f"when {name} in ({', '.join(same)}) then {name}"] if same else []
    cases += [
        f"when {name} = {literal(value)} then {literal(code)}"
        for value, code in meant.items()
        if code not in (None, value)
    ]
    return f"case {' '.join(cases)} end" if cases else "null::varchar"


def _unread(
    connection: duckdb.DuckDBPyConnection,
    table: contract.Table,
    expressions: dict[str, str],
    vocabularies: dict[str, dict[str, tuple[str, str]]],
    rule_codes: dict[str, dict[str, tuple[str, str]]],
    lineage: Lineage,
) -> list[Finding]:
    """Values that are there but could not be read, and required ones that are not there."""
    raw = f"raw_{table.name}"
    counts = f"select count(*), {', '.join(f'count({name})' for name in table.fields)} from"
    total, *given_counts = connection.execute(f"{counts} {raw}").fetchall()[0]
    _, *read_counts = connection.execute(f"{counts} {table.name}").fetchall()[0]
    findings = []
    for column, given, read_ in zip(table.fields.values(), given_counts, read_counts, strict=True):
        name = column.name
        if column.required and given < total and any(name in part.columns for part in lineage.parts):
            places = _places(connection, raw, name, f"{name} is null", lineage)
            findings.append(Finding(ERROR, MISSING, "", table.name, name, total - given, places))
        unread = f"{name} is not null and {expressions[name]} is null and {name} not in (" + (
            f"select before from temp.refused where column_name = {literal(name)})"
        )
        if read_ < given and name in vocabularies:
            findings += _unknown(connection, table, column, unread, vocabularies[name], rule_codes, lineage)
        elif read_ < given:
            (count,) = connection.execute(f"select count(*) from {raw} where {unread}").fetchall()[0]
            if count:
                places = _places(connection, raw, name, unread, lineage)
                findings.append(Finding(ERROR, UNREADABLE, WANTED[column.type], table.name, name, count, places))
    return findings


def _unknown(
    connection: duckdb.DuckDBPyConnection,
    table: contract.Table,
    column: contract.Field,
    unread: str,
    coded: dict[str, tuple[str, str]],
    rule_codes: dict[str, dict[str, tuple[str, str]]],
    lineage: Lineage,
) -> list[Finding]:
    """Values outside a vocabulary; items that publishing computes itself are told apart."""
    raw, name = f"raw_{table.name}", column.name
    derived = rule_codes["fortress.derived"] if column.rule_list == "fortress.assessed" else {}
    is_derived = f"{name} in ({', '.join(map(literal, derived))})" if derived else "false"
    details = {"allowed": ", ".join(f"{chinese} {code}" for code, (chinese, _) in coded.items())}
    findings = []
    for rule, condition in ((DERIVED, is_derived), (UNKNOWN, f"not {is_derived}")):
        condition = f"{unread} and {condition}"
        (count,) = connection.execute(f"select count(*) from {raw} where {condition}").fetchall()[0]
        if count:
            places = _places(connection, raw, name, condition, lineage)
            findings.append(Finding(ERROR, rule, ONE_OF, table.name, name, count, places, details))
    return findings


def _places(
    connection: duckdb.DuckDBPyConnection, raw: str, name: str, condition: str, lineage: Lineage
) -> tuple[Place, ...]:
    rows = connection.execute(
        f"select rowid, {name} from {raw} where {condition} order by rowid limit {KEPT}"
    ).fetchall()
    return tuple(lineage.place(rowid, value) for rowid, value in rows)
