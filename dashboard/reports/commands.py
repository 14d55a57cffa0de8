"""Command line of briefings: `python -m dashboard report`, for nightly jobs."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from dashboard import editions, exports, settings, text
from dashboard.reports import content, files, findings, saved, storylines


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `report` to the command line's subcommands."""
    reporting = commands.add_parser("report", help="write a briefing as slides, report or workbook")
    reporting.add_argument("--place", default=settings.DEFAULT_PLACE)
    reporting.add_argument("--edition", help="default: that of the saved briefing, else the live one")
    reporting.add_argument("--briefing", default="", help="name of a saved briefing (default: the place's storyline)")
    reporting.add_argument("--period", default="", help="2024Q4, 2024 or 2024-12 (default: as briefed)")
    reporting.add_argument("--districts", default="", help="district codes, comma-separated (default: the briefing's)")
    reporting.add_argument("--format", choices=list(files.FORMATS), default="pptx")
    reporting.add_argument("--language", choices=list(text.LANGUAGES), default=text.DEFAULT)
    reporting.add_argument("--out", type=Path, required=True)
    reporting.set_defaults(run=report)


def report(options: argparse.Namespace) -> int:
    """Write one briefing. A fault is one sentence on standard error, and the file that was there stays as it was."""
    with text.speaking(options.language):
        try:
            _write(options)
        except (LookupError, ValueError, OSError) as error:
            print(f"{options.place}: {error}", file=sys.stderr)
            return 1
    return 0


def _write(options: argparse.Namespace) -> None:
    line = saved.read(options.place, options.briefing).line if options.briefing else storylines.of_place(options.place)
    edition = options.edition or (line.pin.edition if line.pin else editions.current(options.place))
    if edition is None:
        raise LookupError("nothing published")
    pin = line.pin or storylines.Pin(edition, "")
    districts = tuple(code for code in options.districts.split(",") if code) or pin.districts
    pin = replace(pin, edition=edition, period=options.period or pin.period, districts=districts)
    chosen = content.pinned(options.place, pin, options.language)
    briefing = content.fill(line, chosen, findings.standing(chosen))
    written = files.write(briefing, options.format)
    exports.log_briefing(briefing.title, options.format, briefing.queries, chosen)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    beside = options.out.with_name(f".{options.out.name}.new")
    beside.write_bytes(written)
    os.replace(beside, options.out)
