"""Rule sets of the two indexes, read from `rules/fortress.toml` and `rules/pioneer.toml`.

A file holds one or more versions, each valid for whole quarters; a quarter is scored by the version valid on
its first day. Everything a place may decide (points, cut-offs, caps, bands, vetoes) is in the rule set; the
formulas are in `fortress.py` and `queries/marts/`.
"""

import math
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from dashboard.scoring import rule_checks
from dashboard.scoring.rule_model import (
    Bonus,
    Deduction,
    FortressVersion,
    Item,
    PioneerItem,
    PioneerVersion,
    RuleError,
    Rules,
    Veto,
)

Codes = dict[str, tuple[str, str]]
EXPECTED = {str: "text", int: "a whole number", float: "a number", bool: "true or false", date: "a date"}


def load_rules(rules_dir: Path) -> Rules:
    """Read and check both rule files of a place. Raises `RuleError` listing all defects at once."""
    problems: list[str] = []
    rules = Rules(
        fortress=_versions(rules_dir / "fortress.toml", FortressVersion, problems),
        pioneer=_versions(rules_dir / "pioneer.toml", PioneerVersion, problems),
    )
    if not problems:
        problems = rule_checks.problems_of(rules)
    if problems:
        raise RuleError("\n".join(problems))
    return rules


def rule_codes(rules_dir: Path) -> dict[str, Codes]:
    """Codes that extracts may carry: list name -> code -> (zh, en), over all versions, newest wording last.

    Lists: `fortress.assessed`, `fortress.derived`, `fortress.bonus`, `fortress.deduction`, `fortress.veto`,
    `pioneer.item`. Raises `RuleError` as `load_rules` does.
    """
    rules = load_rules(rules_dir)
    assessed, derived = (
        [item for version in rules.fortress for item in version.items if item.origin == origin]
        for origin in ("assessed", "derived")
    )
    return {
        "fortress.assessed": _codes(assessed),
        "fortress.derived": _codes(derived),
        "fortress.bonus": _codes(bonus for version in rules.fortress for bonus in version.bonus),
        "fortress.deduction": _codes(each for version in rules.fortress for each in version.deductions),
        "fortress.veto": _codes(veto for version in rules.fortress for veto in version.vetoes),
        "pioneer.item": _codes(item for version in rules.pioneer for item in version.items),
    }


def _codes(entries: Iterable[Item | Bonus | Deduction | Veto | PioneerItem]) -> Codes:
    return {entry.code: (entry.zh, entry.en) for entry in entries}


def _versions(path: Path, kind: type, problems: list[str]) -> tuple:
    """Versions of one file in order of validity; what cannot be read goes to `problems`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{path.name}: {error}")
        return ()
    tables = raw.get("version")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        problems.append(f"{path.name}: no [[version]]")
        return ()
    found = []
    for table in tables:
        version = _record(kind, table, f"{path.name}, version {table.get('code', '?')}", problems)
        found += [version] if version else []
    return tuple(sorted(found, key=lambda version: version.valid_from))


def _record(kind: type, raw: dict[str, Any], where: str, problems: list[str]) -> Any:
    """Build one dataclass from a TOML table; None, with the reasons in `problems`, if it does not fit."""
    known = {field.name: field for field in fields(kind)}
    hints = get_type_hints(kind)
    required = {name for name, field in known.items() if field.default is MISSING}
    before = len(problems)
    problems += [f"{where}: unknown key {key!r}" for key in raw if key not in known]
    problems += [f"{where}: missing key {key!r}" for key in known if key in required - raw.keys()]
    given = {key: value for key, value in raw.items() if key in known}
    values = {key: _value(hints[key], value, f"{where}, {key}", problems) for key, value in given.items()}
    return kind(**values) if len(problems) == before else None


def _value(hint: Any, value: Any, where: str, problems: list[str]) -> Any:
    """One value of the type a field asks for; tables become dataclasses, lists tuples, integers floats."""
    if isinstance(hint, UnionType):
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple and isinstance(value, list):
        member = get_args(hint)[0]
        return tuple(
            _value(member, entry, f"{where} {_label(entry, number)}", problems)
            for number, entry in enumerate(value, start=1)
        )
    if is_dataclass(hint) and isinstance(value, dict):
        return _record(hint, value, where, problems)
    if hint is float and type(value) in (int, float) and math.isfinite(value):
        return float(value)
    if type(value) is not hint or hint is float:
        problems.append(f"{where}: expected {EXPECTED.get(hint, 'a list')}, found {value!r}")
    return value


def _label(entry: Any, number: int) -> str:
    """What a message calls an entry of a list: its code, else its number."""
    return str(entry.get("code", number) if isinstance(entry, dict) else number)
