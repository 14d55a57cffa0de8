"""Every rule that publishing may break has a code of its own and advice in both languages."""

import ast
import re

from dashboard import settings, text
from dashboard.publishing import crosschecks
from dashboard.publishing.findings import ERROR, RULEBOOK, SEVERITIES, Finding, Place, lines, rulebook

PROGRESS = {"Reading {name}", "Writing {name}", "Building {name}"}  # what is told while it works


def rules_of_the_code() -> set[str]:
    """Messages that the modules of publishing mark for the catalogues and that begin like a sentence."""
    found = set()
    for file in (settings.ROOT / "dashboard" / "publishing").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_" and node.args[0].value[0].isupper():
                found.add(node.args[0].value)
    return found - set(SEVERITIES.values()) - PROGRESS


def test_every_rule_has_a_code_and_advice() -> None:
    assert rules_of_the_code() | {check.title for check in crosschecks.load()} <= set(rulebook())


def test_codes_stand_once_and_in_their_section() -> None:
    codes = [entry["code"] for entry in rulebook().values()]
    assert len(codes) == len(set(codes)) and all(re.fullmatch("[A-Z][0-9]{2}", code) for code in codes)
    assert RULEBOOK.read_text(encoding="utf-8").count("[[rule]]") == len(codes)


def test_advice_and_rules_are_in_both_languages() -> None:
    for rule in rules_of_the_code():
        entry = rulebook()[rule]
        assert entry["en"].isascii() or "“" in entry["en"], entry["code"]
        assert re.search("[\u4e00-\u9fff]", entry["zh"]), entry["code"]
        assert text.chinese().gettext(rule) != rule, rule


def test_a_finding_is_kept_and_read_again_as_it_was() -> None:
    finding = Finding(ERROR, "The value is too small", "at least {minimum}", "compounds", "households", 2, (Place("a", None, 2, "-1"),), {"minimum": "0"})
    assert Finding.from_json(finding.as_json()) == finding
    assert lines(finding, "zh")[0].startswith("错误 V05 · 小区 / 户数 · ")
    assert "to do: Check the value and its unit." in lines(finding, "en")[2]
