"""The process that checks one delivery: `python -m dashboard.check_worker PLACE DELIVERY`.

It keeps the delivery's state up to date as it goes, so that whoever looks sees progress, verdict and preview.
"""

import json
import logging
import sys
import time

from dashboard import edition_changes, publishing, text
from dashboard.publishing import deliveries, faults, marked, row_changes
from dashboard.publishing.findings import Finding
from dashboard.text import _

BETWEEN_SECONDS = 0.3  # progress is read once a second
PREPARED = 0.9  # of the whole work


def main(place: str, name: str) -> None:
    """Check the delivery, build its candidate, work out the preview, write the marked workbooks."""
    state = deliveries.state(place, name)
    state.status = deliveries.RUNNING
    told_at = 0.0

    def progress(message: str, fraction: float) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= BETWEEN_SECONDS:
            told_at = time.monotonic()
            state.message, state.fraction = message, round(PREPARED * fraction, 3)
            deliveries.keep(place, name, state)

    with text.speaking(state.language):
        try:
            _check(place, name, state, progress)
        except faults.KNOWN as error:
            logging.exception("check of %s", name)
            state.status, state.message = deliveries.FAILED, faults.told(error)
        except Exception:
            logging.exception("check of %s", name)
            message = _("The check broke off. What happened is recorded in {file}; the live edition is unchanged.")
            log = deliveries.check_folder(place, name) / "log.txt"
            state.status, state.message = deliveries.FAILED, message.format(file=log)
        state.ended_at = deliveries.now()
        deliveries.keep(place, name, state)


def _check(place: str, name: str, state: deliveries.State, progress: publishing.Progress) -> None:
    source = deliveries.path(place, name)
    outcome = publishing.prepare(source, place, progress, state.is_repairing)
    state.edition, state.replaces, state.is_new = outcome.edition, outcome.replaces, outcome.is_new
    state.findings = [finding.as_json() for finding in outcome.findings]
    state.recognised = [each.as_json() for each in outcome.recognised]
    if outcome.edition and outcome.replaces:
        progress(_("Comparing with edition {edition}").format(edition=outcome.replaces), 1.0)
        tables = row_changes.rows(place, outcome.replaces, outcome.edition)
        figures = edition_changes.figures(place, outcome.replaces, outcome.edition, state.language)
        state.tables = json.loads(tables.to_json(orient="records"))
        state.figures = json.loads(figures.to_json(orient="records", double_precision=15))
    state.workbooks = _marked(place, name, outcome.recognised, outcome.findings, state.language, progress)
    state.status = deliveries.READY if outcome.edition else deliveries.REFUSED


def _marked(
    place: str,
    name: str,
    recognised: tuple,
    findings: list[Finding],
    language: str,
    progress: publishing.Progress,
) -> list[str]:
    """Workbooks with the cells marked that somebody has to look at; their names."""
    progress(_("Marking the cells to be repaired"), 1.0)
    folder = deliveries.check_folder(place, name) / "marked"
    written = marked.write(deliveries.path(place, name), recognised, findings, folder, language)
    return [file.relative_to(folder).as_posix() for file in written]


if __name__ == "__main__":
    main(*sys.argv[1:])
