"""The files a briefing is written as, and what writes each."""

from dataclasses import dataclass
from importlib import import_module

from dashboard import text
from dashboard.reports.model import Briefing
from dashboard.text import N_

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Format:
    """One kind of file: what its button says, its media type and the module whose `write` makes it."""

    label: str
    mime: str
    writer: str


FORMATS = {
    "pptx": Format(N_("Slides (PowerPoint)"), _OFFICE + "presentationml.presentation", "deck"),
    "docx": Format(N_("Report (Word)"), _OFFICE + "wordprocessingml.document", "document"),
    "xlsx": Format(N_("Figures (Excel)"), _OFFICE + "spreadsheetml.sheet", "workbook"),
}


def write(briefing: Briefing, suffix: str) -> bytes:
    """A briefing as a file of one of `FORMATS`, in its own language; only then is what writes it loaded."""
    writer = import_module(f"dashboard.reports.{FORMATS[suffix].writer}")
    with text.speaking(briefing.language):
        return writer.write(briefing)
