"""The checks that follow from the contract: one scan per table counts, a second one names the rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboard import contract
from dashboard.publishing import zeros
from dashboard.publishing.cells import CELL_LIMIT
from dashboard.publishing.cleaning import SCIENTIFIC
from dashboard.publishing.findings import ERROR, IDENTITY_NUMBER, KEPT, MOBILE_NUMBER, WARNING, Finding
from dashboard.publishing.geometry import EXCHANGED
from dashboard.publishing.loading import Lineage
from dashboard.publishing.sqltext import literal
from dashboard.text import N_

FORMS = {
    "^[0-9]{3}$": N_("3 digits"),
    "^[0-9]{12}$": N_("12 digits"),
    "^[0-9]{15}([0-9]{2})?$": N_("15 digits for a grid, 17 for a micro-grid"),
}
EVENTS = ("closed_", "completed_", "opened_", "published_")  # beside the dates that every row must have
PLANS = ("due_", "started_")  # may lie ahead
EARLIEST = "1990-01-01"
PSEUDONYM = N_("a pseudonymous number (keyed hash), not a number that identifies a person")


@dataclass(frozen=True)
class Rule:
    """One condition that a row must not meet; `value` is what is shown of the row."""

    text: str
    column: str
    violation: str
    value: str
    expected: str = ""
    details: tuple[tuple[str, object], ...] = ()
    severity: str = ERROR


def check(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, lineage: Lineage, as_of: date
) -> list[Finding]:
    """Check a typed table of a place at a day against every constraint that concerns it alone."""
    found = _broken(connection, table, rules(table, as_of), lineage)
    return found + _repeated(connection, table, lineage)


def rules(table: contract.Table, as_of: date) -> list[Rule]:
    """Row conditions of one table, derived from its fields; nothing happens after `as_of`."""
    return [rule for column in table.fields.values() for rule in _column_rules(column, table, as_of)]


def _column_rules(column: contract.Field, table: contract.Table, as_of: date) -> list[Rule]:
    name, found = column.name, []
    if column.minimum is not None:
        text, details = N_("The value is too small"), (("minimum", f"{column.minimum:g}"),)
        found.append(Rule(text, name, f"{name} < {column.minimum}", name, N_("at least {minimum}"), details))
    if column.maximum is not None:
        text, details = N_("The value is too large"), (("maximum", f"{column.maximum:g}"),)
        violation = f"{name} > {column.maximum}"
        if name == "latitude":  # exchanged with the longitude, it is named as that by the geometric checks
            violation += f" and not ({EXCHANGED})"
        found.append(Rule(text, name, violation, name, N_("at most {maximum}"), details))
    if column.type == "number":
        text = N_("The value is not a number")
        found.append(Rule(text, name, f"not isfinite({name})", name, N_("a number, such as 1250.5")))
    if column.pattern:
        text, details = N_("The value does not have the form of such a code"), (("pattern", column.pattern),)
        violation = f"not regexp_matches({name}, {literal(column.pattern)})"
        violation += f" and not regexp_full_match({name}, {literal(SCIENTIFIC.pattern)})"  # told as rounded
        expected = FORMS.get(column.pattern, N_("the form {pattern}"))
        found.append(Rule(text, name, violation, name, expected, details))
    if column.first_day_of:
        text = N_("The date is not the first day of the period")
        expected = {
            "month": N_("the first day of a month, such as 2024-03-01"),
            "quarter": N_("the first day of a quarter, such as 2024-04-01"),
        }[column.first_day_of]
        violation = f"{name} <> date_trunc('{column.first_day_of}', {name})"
        found.append(Rule(text, name, violation, name, expected))
    if column.type in ("date", "datetime") and not name.startswith(PLANS):
        found += _dates(column, as_of)
    if column.type == "string" and not column.is_coded:
        text, details = N_("The text is too long"), (("limit", CELL_LIMIT),)
        expected = N_("at most {limit} characters")
        violation = f"strlen({name}) > {CELL_LIMIT} and length({name}) > {CELL_LIMIT}"
        found.append(Rule(text, name, violation, f"left({name}, 40)", expected, details))
    if column.masked:
        text, expected = N_("The name is not masked"), N_("the surname and asterisks, such as 张**")
        masked = f"left({name}, 1) || '**'"
        found.append(Rule(text, name, f"not contains(replace({name}, '＊', '*'), '*')", masked, expected))
    is_reference = name in {key[0] for key in table.foreign_keys}
    if table.people and column.type == "string" and not (column.is_coded or column.masked or is_reference):
        hidden = f"left({name}, 3) || '***'"
        for text, form in (
            (N_("The value looks like an identity card number"), IDENTITY_NUMBER),
            (N_("The value looks like a mobile telephone number"), MOBILE_NUMBER),
        ):
            violation = f"strlen({name}) between 11 and 18 and regexp_full_match({name}, {literal(form)})"
            found.append(Rule(text, name, violation, hidden, PSEUDONYM))
    return found


def _dates(column: contract.Field, as_of: date) -> list[Rule]:
    """A date on which something happened lies neither ahead nor, where every row must have it, decades back."""
    name, found = column.name, []
    if column.required or name.startswith(EVENTS):
        text = N_("The date is after the as-of date of the place")
        expected = N_("a date up to the as-of date in place.toml")
        violation = f"{name}::date > date '{as_of}'"
        found.append(Rule(text, name, violation, name, expected, severity=WARNING))
    if column.required:
        text, expected = N_("The date lies decades back"), N_("a date from 1990 on")
        found.append(Rule(text, name, f"{name} < date '{EARLIEST}'", name, expected, severity=WARNING))
    return found


def _broken(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, broken: list[Rule], lineage: Lineage
) -> list[Finding]:
    if not broken:
        return []
    counts = ", ".join(f"count(*) filter (where {rule.violation})" for rule in broken)
    counted = connection.execute(f"select {counts} from {table.name}").fetchall()[0]
    findings = []
    for rule, count in zip(broken, counted, strict=True):
        if count:
            rows = connection.execute(
                f"select rowid, ({rule.value})::varchar from {table.name} where {rule.violation} "
                f"order by rowid limit {KEPT}"
            ).fetchall()
            places = tuple(lineage.place(row, value) for row, value in rows)
            details = dict(rule.details)
            finding = Finding(rule.severity, rule.text, rule.expected, table.name, rule.column, count, places, details)
            findings.append(finding)
    return findings


def _repeated(connection: duckdb.DuckDBPyConnection, table: contract.Table, lineage: Lineage) -> list[Finding]:
    """Rows whose key stands in an earlier row already."""
    key = ", ".join(table.primary_key)
    known = " and ".join(f"{name} is not null" for name in table.primary_key)
    keys = f"from {table.name} where {known}"
    single = f"select count(distinct {key}) {keys}"
    several = f"select count(*) from (select distinct {key} {keys})"
    (total,) = connection.execute(f"select count(*) {keys}").fetchall()[0]
    (distinct,) = connection.execute(single if len(table.primary_key) == 1 else several).fetchall()[0]
    if total == distinct:
        return []
    shown = " || ' / ' || ".join(f"{name}::varchar" for name in table.primary_key)
    rows = connection.execute(
        f"select row_id, value, first_row from ("
        f"  select rowid as row_id, {shown} as value, min(rowid) over (partition by {key}) as first_row"
        f"  from {table.name} where {known}"
        f") where row_id > first_row order by row_id limit {KEPT}"
    ).fetchall()
    places = []
    for row, value, first in rows:
        earlier = lineage.place(first, None)
        sheet = f" {earlier.sheet}" if earlier.sheet else ""
        places.append(lineage.place(row, value, f"≠ {earlier.file}{sheet} {earlier.row}"))
    text, expected = N_("The key stands in an earlier row already"), N_("a key that occurs once")
    column = table.primary_key[0] if len(table.primary_key) == 1 else " + ".join(table.primary_key)
    return [Finding(ERROR, text, expected, table.name, column, total - distinct, tuple(places))]


def check_references(
    connection: duckdb.DuckDBPyConnection,
    tables: dict[str, contract.Table],
    lineages: dict[str, Lineage],
    parents: Collection[str],
) -> list[Finding]:
    """Check the foreign keys of the tables that the source has, as far as they lead to one of `parents`."""
    findings = []
    for table in (tables[name] for name in lineages):
        for column, parent, key in table.foreign_keys:
            if parent not in parents:
                continue
            orphans = (
                f"from {table.name} as child where child.{column} is not null "
                f"and not exists (select 1 from {parent} as parent where parent.{key} = child.{column})"
            )
            if not connection.execute(f"select 1 {orphans} limit 1").fetchall():
                continue
            findings += zeros.doubtful(connection, table.name, column, parent, key, lineages[table.name])
            orphans += f" and not {zeros.differs_in_zeros(column, parent, key)}"
            (count,) = connection.execute(f"select count(*) {orphans}").fetchall()[0]
            if not count:
                continue
            rows = connection.execute(
                f"select child.rowid, child.{column} {orphans} order by child.rowid limit {KEPT}"
            ).fetchall()
            places = tuple(lineages[table.name].place(row, value) for row, value in rows)
            text, expected = N_("The reference leads nowhere"), N_("a value of {column} in the table {parent}")
            title = tables[parent]
            details = {"column": f"{title.fields[key].title} {key}", "parent": f"{title.title} {parent}"}
            findings.append(Finding(ERROR, text, expected, table.name, column, count, places, details))
    return findings
