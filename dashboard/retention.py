"""How many editions a place keeps, and which of the others may go.

Never removed are the live one, the newest, those kept for good by a steward and those that saved briefings cite.
"""

from dashboard import editions
from dashboard.reports import saved
from dashboard.reports.storylines import StorylineError


def removable(place: str, keep: int) -> list[str]:
    """Editions beyond the newest `keep` that nothing holds."""
    held = {editions.current(place), *editions.pins(place), *cited(place)}
    return [edition for edition in editions.published(place)[max(1, keep) :] if edition not in held]


def remove(place: str, chosen: list[str]) -> None:
    """Remove editions for good, except those that are held by now. Raises `editions.EditionError`."""
    with editions.lock(place, wait=True):
        still = removable(place, 1)
        for edition in chosen:
            if edition in still:
                editions.remove(place, edition)


def cited(place: str) -> set[str]:
    """Editions that saved briefings are told from."""
    found = set()
    for name in saved.names(place):
        try:
            line = saved.read(place, name).line
        except (saved.SaveError, StorylineError):
            continue
        if line.pin:
            found.add(line.pin.edition)
    return found
