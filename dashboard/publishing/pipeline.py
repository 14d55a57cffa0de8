"""Publishing from end to end: prepare a candidate, then commit or discard it.

Everything happens in a folder beside the editions, which becomes a candidate: complete, but not live. Publishing it
is one atomic rename at the very end; discarding it, or an error, leaves the live edition as it was.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard import editions, retention, settings
from dashboard.progress import Progress
from dashboard.publishing.findings import Finding
from dashboard.publishing.recognition import Recognised
from dashboard.publishing.work import CHECKED, Work
from dashboard.text import _


@dataclass(frozen=True)
class Outcome:
    """What preparing came to: no edition if an error blocked it; `is_new` is false if it was published before.

    `replaces` is the edition that was live then, with which the candidate was compared; `removed` are older ones that
    the place's rule keeps no longer, once this one is published.
    """

    edition: str | None
    findings: list[Finding]
    is_new: bool
    replaces: str | None = None
    recognised: tuple[Recognised, ...] = ()
    removed: tuple[str, ...] = ()


class UnknownPlace(LookupError):
    """There is no such place: its folder has no `place.toml`."""


class OutdatedCandidate(RuntimeError):
    """Another edition went live after this candidate was compared with the one before; its name is the message."""


def publish(source: Path, place: str, progress: Progress, repair: bool = False, by: str = "") -> Outcome:
    """Check a folder of extracts and, if nothing blocks, make it the place's live edition: `prepare` and `commit`."""
    with _locked(place, progress):
        outcome = _prepare(source, place, progress, repair)
        if outcome.edition:
            editions.commit(place, outcome.edition, by)
            progress(_("Published"), 1.0)
            outcome = replace(outcome, removed=tuple(retention.follow(place, by)))
        return outcome


def prepare(source: Path, place: str, progress: Progress, repair: bool = False) -> Outcome:
    """Check a folder of extracts and, if nothing blocks, build it as a candidate; the live edition stays as it is.

    With `repair`, boundaries and positions are mended first where that is possible; each repair is a finding.

    `progress(message, fraction)` is called as the work goes on. Where the installation is at fault and not
    the source, raises `UnknownPlace`, `profile.ProfileError`, `scoring.RuleError` or `marts.MartError`.
    """
    with _locked(place, progress):
        return _prepare(source, place, progress, repair)


def commit(place: str, edition: str, replaces: str | None, by: str = "") -> list[str]:
    """Make a candidate live that was prepared while `replaces` was; returns editions that went by the place's rule.

    Raises `OutdatedCandidate` if another edition is live by now, `editions.EditionError` if the candidate is gone.
    """
    with editions.lock(place, wait=True):
        live = editions.current(place)
        if live not in (replaces, edition):
            raise OutdatedCandidate(live)
        editions.commit(place, edition, by)
        return retention.follow(place, by)


def discard(place: str, edition: str) -> None:
    """Remove a candidate; published editions stay."""
    with editions.lock(place, wait=True):
        editions.discard(place, edition)


def check(source: Path, place: str, progress: Progress, repair: bool = False) -> list[Finding]:
    """All findings about a folder of extracts; nothing is built. Repairs and raises as `prepare` does."""
    return examine(source, place, progress, repair).findings


def examine(source: Path, place: str, progress: Progress, repair: bool = False) -> Outcome:
    """What was recognised in a folder of extracts and what was found; nothing is built. Raises as `prepare` does."""
    _require(place)
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        work = Work(source, place, Path(folder), lambda message, part: progress(message, part / CHECKED), repair)
        work.check()
        progress(_("Checked"), 1.0)
        return Outcome(None, work.findings, False, editions.current(place), tuple(work.recognised))


@contextmanager
def _locked(place: str, progress: Progress) -> Iterator[None]:
    """Hold the place's lock; whoever has to wait for it is told so."""
    _require(place)
    with ExitStack() as stack:
        try:
            stack.enter_context(editions.lock(place))
        except BlockingIOError:
            progress(_("Another publisher is at work; waiting for it to finish"), 0.0)
            stack.enter_context(editions.lock(place, wait=True))
        yield


def _require(place: str) -> None:
    if place not in settings.places():
        raise UnknownPlace(place)


def _prepare(source: Path, place: str, progress: Progress, repair: bool) -> Outcome:
    replaces = editions.current(place)
    retention.limit(place)  # a defect of the rule is told before the work
    with editions.building(place) as folder:
        work = Work(source, place, folder, progress, repair)
        work.check()
        if any(finding.blocks for finding in work.findings):
            return Outcome(None, work.findings, False, replaces, tuple(work.recognised))
        edition = work.identity()
        is_new = edition not in editions.published(place)
        if is_new:
            work.build(edition)
        work.close()
        if is_new:
            editions.propose(place, folder, edition)
        progress(_("Ready to be published"), 1.0)
        return Outcome(edition, work.findings, is_new, replaces, tuple(work.recognised))
