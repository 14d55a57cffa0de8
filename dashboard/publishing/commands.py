"""The publishing commands of `python -m dashboard`: publish, check, template."""

import argparse
import getpass
import sys
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from dashboard import editions, publishing, settings, text
from dashboard.progress import progress_bar
from dashboard.publishing import faults, mapping, marked
from dashboard.publishing.findings import ERROR, NOTE, WARNING, by_gravity
from dashboard.text import _

Run = Callable[[argparse.Namespace], int]


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add publish, check and template; each sets `run(options) -> exit code`."""
    publish = command(commands, "publish", "check a folder of extracts and publish it as an edition", _publish)
    publish.add_argument("source", type=Path, metavar="SOURCE", help="folder of CSV, XLSX and Parquet files")
    check = command(commands, "check", "check a folder of extracts, publish nothing", _check)
    check.add_argument("source", type=Path, metavar="SOURCE", help="folder of CSV, XLSX and Parquet files")
    for each in (publish, check):
        explained = "mend boundaries and coordinates where possible, and list what was done"
        each.add_argument("--repair", action="store_true", help=explained)
        explained = "write the files with offending cells marked, as workbooks to be repaired and sent back"
        each.add_argument("--report", type=Path, metavar="FOLDER", help=explained)
        explained = "remember the likeliest meaning of names that only resemble the contract's, and use it"
        each.add_argument("--accept-names", action="store_true", help=explained)
    publish.add_argument("--by", default=user(), metavar="NAME", help="who publishes (default: the user)")
    template = command(commands, "template", "write one blank workbook per table", _template)
    template.add_argument("--out", type=Path, required=True, metavar="FOLDER")


def command(commands: argparse._SubParsersAction, name: str, explained: str, run: Run) -> argparse.ArgumentParser:
    """Add one command about a place, told in a language."""
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
                say(faults.told(error))
        return 1

    return guarded


def _publish(options: argparse.Namespace) -> int:
    _accept_names(options)
    with progress_bar() as progress:
        outcome = publishing.publish(options.source, options.place, progress, options.repair, options.by)
    _report(outcome, options)
    if outcome.edition is None:
        live = editions.current(options.place)
        kept = _("the live edition {edition} is unchanged").format(edition=live) if live else _("no edition is live")
        say(_("Not published: {kept}").format(kept=kept))
        return 1
    message = _("Published: {edition}") if outcome.is_new else _("Same content as before, live again: {edition}")
    say(message.format(edition=outcome.edition))
    for edition in outcome.removed:
        say(_("Removed, as place.toml says: {edition}").format(edition=edition))
    return 0


def _check(options: argparse.Namespace) -> int:
    _accept_names(options)
    with progress_bar() as progress:
        outcome = publishing.examine(options.source, options.place, progress, options.repair)
    _report(outcome, options)
    counts = Counter(finding.severity for finding in outcome.findings)
    message = _("Errors: {errors}, warnings: {warnings}, kinds of changes: {changes}")
    say(message.format(errors=counts[ERROR], warnings=counts[WARNING], changes=counts[NOTE]))
    return 1 if counts[ERROR] else 0


def _accept_names(options: argparse.Namespace) -> None:
    """Remember the likeliest proposal for every name that is not confirmed, if asked to, and say which."""
    if not options.accept_names:
        return
    with progress_bar() as progress:
        outcome = publishing.examine(options.source, options.place, progress)
    files, columns = mapping.proposals(outcome.recognised)
    meant: dict[str, dict[str, str]] = {}
    for (table, title), fields in columns.items():
        if fields:
            meant.setdefault(table, {})[title] = fields[0]
            say(f"{table}: {title} = {fields[0]}")
    tables = {name: proposals[0] for name, proposals in files.items() if proposals}
    for name, table in tables.items():
        say(f"{name} = {table}")
    mapping.confirm(options.place, tables, meant)


def _template(options: argparse.Namespace) -> int:
    for file in publishing.template(options.out, options.place):
        say(str(file))
    return 0


def _report(outcome: publishing.Outcome, options: argparse.Namespace) -> None:
    """Errors last, where the eye is when the command ends; the marked workbooks, if asked for."""
    for finding in reversed(by_gravity(outcome.findings)):
        say("\n".join(publishing.lines(finding, options.language)))
    if options.report:
        written = marked.write(options.source, outcome.recognised, outcome.findings, options.report, options.language)
        for file in written:
            say(_("Marked: {file}").format(file=file))


def say(message: str) -> None:
    """A line for whoever started the command."""
    print(message, file=sys.stdout)


def user() -> str:
    """Who started the command, as the system knows them; empty where it does not."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
