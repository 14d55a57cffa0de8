"""How long the sample city's briefing takes: worked out, and written as each kind of file."""

import time
from dataclasses import replace
from io import BytesIO

import pptx

from dashboard import editions, settings
from dashboard.reports import content, files, storylines
from tests.briefings import briefing as small
from tests.briefings import count, table, word

BUDGETS = {"pptx": "5 s for 20 slides", "docx": "–", "xlsx": "–"}
MANY_ROWS = 100_000


def times() -> list[tuple[str, str, str]]:
    """Rows of the table: the briefing of the latest period from an edition that was read before, then its files."""
    place = settings.DEFAULT_PLACE
    chosen = content.choice(place, editions.current(place), "", "zh")
    line = storylines.of_place(place)
    content.fill(line, chosen)
    districts = content.choice(place, editions.current(place), "2024Q3", "zh")
    started = time.perf_counter()
    content.fill(line, districts)
    rows = [("briefing of 26 sections worked out for another period", f"{time.perf_counter() - started:.1f} s", "–")]
    told = content.fill(line, chosen)
    for suffix, budget in BUDGETS.items():
        started = time.perf_counter()
        written = files.write(told, suffix)
        taken = time.perf_counter() - started
        much = f", {len(pptx.Presentation(BytesIO(written)).slides)} slides" if suffix == "pptx" else ""
        rows.append((f"the same written as {suffix}{much}", f"{taken:.1f} s; {len(written) / 1000:.0f} kB", budget))
    started = time.perf_counter()
    files.write(_long(), "xlsx")
    rows.append((f"a figure of {MANY_ROWS:,} rows written as xlsx", f"{time.perf_counter() - started:.1f} s", "20 s"))
    return rows


def _long():
    told = small()
    section = told.sections[-1]
    (figure,) = section.figures
    lines = tuple((word(f"区{n}"), count(n), count(2 * n)) for n in range(MANY_ROWS))
    longer = replace(figure, table=replace(table(), rows=lines))
    return replace(told, sections=(replace(section, figures=(longer,)),))
