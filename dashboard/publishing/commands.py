"""The publishing commands of `python -m dashboard`: publish, check, template, editions."""

import argparse
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from dashboard import editions, publishing, settings, text
from dashboard.progress import progress_bar
from dashboard.publishing import faults
from dashboard.publishing.findings import NOTE, WARNING, Finding
from dashboard.text import _

Run = Callable[[argparse.Namespace], int]


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add publish, check, template and editions; each sets `run(options) -> exit code`."""
    publish = _command(commands, "publish", "check a folder of extracts and publish it as an edition", _publish)
    publish.add_argument("source", type=Path, metavar="SOURCE", help="folder of CSV, XLSX and Parquet files")
    check = _command(commands, "check", "check a folder of extracts, publish nothing", _check)
    check.add_argument("source", type=Path, metavar="SOURCE", help="folder of CSV, XLSX and Parquet files")
    for command in (publish, check):
        explained = "mend boundaries and coordinates where possible, and list what was done"
        command.add_argument("--repair", action="store_true", help=explained)
    template = _command(commands, "template", "write one blank workbook per table", _template)
    template.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    listing = _command(commands, "editions", "list the editions of a place, or roll back to one", _editions)
    listing.add_argument("--roll-back", metavar="EDITION", help="make this edition the live one again")


def _command(commands: argparse._SubParsersAction, name: str, explained: str, run: Run) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=explained)
    parser.add_argument("--place", default=settings.DEFAULT_PLACE, metavar="NAME")
    parser.add_argument("--language", choices=text.LANGUAGES, default=text.DEFAULT)
    parser.set_defaults(run=_guarded(run))
    return parser


def _guarded(run: Run) -> Run:
    """Run in the chosen language; a fault of the installation is one sentence and exit code 1."""

    @wraps(run)
    def guarded(options: argparse.Namespace) -> int:
        with text.speaking(options.language):
            try:
                return run(options)
            except faults.KNOWN as error:
                _say(faults.told(error))
        return 1

    return guarded


def _publish(options: argparse.Namespace) -> int:
    with progress_bar() as progress:
        outcome = publishing.publish(options.source, options.place, progress, options.repair)
    _report(outcome.findings, options.language)
    if outcome.edition is None:
        live = editions.current(options.place)
        kept = _("the live edition {edition} is unchanged").format(edition=live) if live else _("no edition is live")
        _say(_("Not published: {kept}").format(kept=kept))
        return 1
    message = _("Published: {edition}") if outcome.is_new else _("Same content as before, live again: {edition}")
    _say(message.format(edition=outcome.edition))
    return 0


def _check(options: argparse.Namespace) -> int:
    with progress_bar() as progress:
        findings = publishing.check(options.source, options.place, progress, options.repair)
    _report(findings, options.language)
    errors = sum(finding.blocks for finding in findings)
    repairs = sum(finding.severity == NOTE for finding in findings)
    warnings = len(findings) - errors - repairs
    _say(_("Errors: {errors}, warnings: {warnings}").format(errors=errors, warnings=warnings))
    if options.repair:
        _say(_("Repairs: {repairs}").format(repairs=repairs))
    return 1 if errors else 0


def _template(options: argparse.Namespace) -> int:
    for file in publishing.template(options.out, options.place):
        _say(str(file))
    return 0


def _editions(options: argparse.Namespace) -> int:
    if options.roll_back:
        with editions.lock(options.place, wait=True):
            editions.switch(options.place, options.roll_back, "rolled back")
        _say(_("Live again: {edition}").format(edition=options.roll_back))
        return 0
    live = editions.current(options.place)
    for edition in editions.published(options.place):
        facts = editions.facts(options.place, edition)
        rows = sum(facts["rows"].values())
        warnings = sum(finding["severity"] == WARNING for finding in facts["warnings"])
        line = _("{edition}  published {moment}  {rows} rows  {warnings} warnings").format(
            edition=edition, moment=facts["published_at"], rows=f"{rows:,}", warnings=warnings
        )
        _say(f"{'*' if edition == live else ' '} {line}")
    if live is None:
        _say(_("no edition is live"))
    return 0


def _report(findings: list[Finding], language: str) -> None:
    """Errors last, where the eye is when the command ends."""
    for finding in sorted(findings, key=lambda finding: finding.blocks):
        _say("\n".join(publishing.lines(finding, language)))


def _say(message: str) -> None:
    print(message, file=sys.stdout)
