"""The command `python -m dashboard editions`: list, compare, keep, roll back and remove the editions of a place."""

import argparse
from collections.abc import Iterator

from dashboard import catalogue, edition_changes, editions, publishing, retention, settings, text
from dashboard.publishing import marked, row_changes
from dashboard.publishing.commands import command, say, user
from dashboard.publishing.findings import WARNING
from dashboard.publishing.row_changes import KINDS, titles
from dashboard.text import _


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add editions, which sets `run(options) -> exit code`."""
    parser = command(commands, "editions", "list, compare, keep, roll back and remove editions of a place", _run)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--history", action="store_true", help="what was done when and by whom")
    what.add_argument("--diff", nargs=2, metavar=("BEFORE", "AFTER"), help="what differs between two editions")
    what.add_argument("--roll-back", metavar="EDITION", help="make this edition the live one again")
    what.add_argument("--pin", metavar="EDITION", help="keep this edition for good; needs --reason")
    what.add_argument("--unpin", metavar="EDITION", help="no longer keep this edition for good")
    what.add_argument("--prune", action="store_true", help="list old editions to be removed; remove them with --yes")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why an edition is kept for good")
    parser.add_argument("--keep", type=_count, metavar="N", help="newest editions kept (default: as place.toml says)")
    parser.add_argument("--yes", action="store_true", help="remove for good, not only list")
    parser.add_argument("--by", default=user(), metavar="NAME", help="who does it (default: the user)")


def _count(written: str) -> int:
    count = int(written)
    if count < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return count


def _run(options: argparse.Namespace) -> int:
    place = options.place
    if place not in settings.places():
        raise publishing.UnknownPlace(place)
    if options.history:
        return _history(place)
    if options.diff:
        return _diff(place, *options.diff)
    if options.roll_back:
        editions.roll_back(place, options.roll_back, options.by)
        say(_("Live again: {edition}").format(edition=options.roll_back))
        return 0
    if options.pin:
        return _pin(options)
    if options.unpin:
        editions.unpin(place, options.unpin)
        say(_("No longer kept for good: {edition}").format(edition=options.unpin))
        return 0
    return _prune(options) if options.prune else _list(place)


def _list(place: str) -> int:
    """A line per edition, a star before the live one."""
    live, pins, cited = editions.current(place), editions.pins(place), retention.cited(place)
    last = {deed.edition: deed for deed in editions.history(place)}
    for edition in editions.published(place):
        facts, deed = editions.facts(place, edition), last.get(edition)
        parts = [
            edition,
            _("published {moment}").format(moment=deed.moment if deed else facts["published_at"]),
            _("by {name}").format(name=deed.by) if deed and deed.by else "",
            _("{count} rows").format(count=text.number(sum(facts["rows"].values()), "count")),
            _("{count} kinds of warnings").format(count=sum(each["severity"] == WARNING for each in facts["warnings"])),
            _size(place, edition),
            _("kept: {reason}").format(reason=pins[edition].reason) if edition in pins else "",
            _("cited by a briefing") if edition in cited else "",
        ]
        say(f"{'*' if edition == live else ' '} {'  '.join(filter(None, parts))}")
    if live is None:
        say(_("no edition is live"))
    return 0


def _size(place: str, edition: str) -> str:
    return _("{size} MB").format(size=f"{editions.size(place, edition) / 1e6:,.1f}")


def _history(place: str) -> int:
    for deed in editions.history(place):
        say(f"{deed.moment}  {deed.edition}  {_(edition_changes.DEEDS.get(deed.what, deed.what))}  {deed.by}".rstrip())
    return 0


def _pin(options: argparse.Namespace) -> int:
    if not options.reason.strip():
        say(_("Say why with `--reason`, for whoever comes after you."))
        return 1
    editions.pin(options.place, options.pin, options.reason, options.by)
    say(_("Kept for good: {edition}").format(edition=options.pin))
    return 0


def _prune(options: argparse.Namespace) -> int:
    """Name the editions that may go; remove them if told so twice."""
    keep = options.keep or retention.limit(options.place)
    if keep is None:
        say(_("All editions are kept. Say how many with `--keep`, or in place.toml with `[retention] editions = N`."))
        return 1
    old = retention.removable(options.place, keep)
    if not old:
        say(_("Nothing to be removed beyond the newest {count}.").format(count=keep))
        return 0
    if not options.yes:
        for edition in old:
            say(f"  {edition}  {_size(options.place, edition)}")
        say(_("Nothing was removed. To remove these editions for good, add `--yes`."))
        return 0
    for edition in retention.remove(options.place, old, options.by):
        say(_("Removed: {edition}").format(edition=edition))
    return 0


def _diff(place: str, before: str, after: str) -> int:
    """Extracts and headline figures that differ, a line each."""
    told = [*_tables(place, before, after), *_figures(place, before, after)]
    for line in told or [_("Nothing differs.")]:
        say(line)
    return 0


def _tables(place: str, before: str, after: str) -> Iterator[str]:
    for table in row_changes.rows(place, before, after).to_dict("records"):
        title = marked.title(table["table"])
        if any(table[kind] for kind in KINDS):
            counts = _("added {added}, removed {removed}, changed {changed}").format(
                **{kind: text.number(table[kind], "count") for kind in KINDS}
            )
            rows = " → ".join(text.number(table[when], "count") for when in ("before", "after"))
            columns = text.listed(titles(table["table"], table["columns"]))
            yield "  ".join(filter(None, [title, rows, counts, columns]))
        if table["one_sided"]:
            said = _("{table}: not compared, for only one of the editions has it: {columns}")
            yield said.format(table=title, columns=text.listed(titles(table["table"], table["one_sided"])))


def _figures(place: str, before: str, after: str) -> Iterator[str]:
    """Figures that are written otherwise; a surprising one begins with an exclamation mark."""
    for figure in edition_changes.figures(place, before, after, text.language()).to_dict("records"):
        metric = figure["metric"]
        values = [catalogue.metric_number(figure[when], metric) for when in ("before", "after")]
        if values[0] != values[1]:
            sign = "!" if figure["is_jump"] else " "
            where = figure["district"] or _("Whole place")
            change = catalogue.metric_number(figure["change"], metric, change=True)
            yield f"{sign} {catalogue.title(metric)}  {where}  {' → '.join(values)}  {change}"
