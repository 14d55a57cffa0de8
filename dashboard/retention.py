"""How many editions a place keeps, and which of the others may go.

Never removed are the live one and the one before it, the newest, those that a steward keeps for good and those that
saved briefings are told from. Whoever has a removed edition open is told so at the next click.
"""

from contextlib import suppress

from dashboard import editions, profile, settings


def limit(place: str) -> int | None:
    """How many editions are kept by `[retention] editions` of `place.toml`; None keeps all. Raises `ProfileError`."""
    kept = profile.load(settings.place_dir(place) / "place.toml").retention.get("editions")
    if kept is not None and (type(kept) is not int or kept < 1):
        raise profile.ProfileError("place.toml: [retention] editions is not a whole number of at least 1")
    return kept


def removable(place: str, keep: int) -> list[str]:
    """Editions beyond the newest `keep` that nothing holds, the oldest last."""
    held = {editions.current(place), _before(place), *editions.pins(place), *cited(place)}
    return [edition for edition in editions.published(place)[max(1, keep) :] if edition not in held]


def remove(place: str, chosen: list[str], by: str = "") -> list[str]:
    """Remove editions for good, except those that something holds by now; returns those that are gone."""
    with editions.lock(place, wait=True):
        gone = [edition for edition in removable(place, 1) if edition in chosen]
        for edition in gone:
            editions.remove(place, edition, by)
        return gone


def follow(place: str, by: str = "") -> list[str]:
    """Remove what the place's own rule keeps no longer, with the lock held; returns what is gone.

    What cannot be removed now is left for the next time: what was just published is live all the same.
    """
    gone = []
    with suppress(OSError, profile.ProfileError):
        keep = limit(place)
        for edition in removable(place, keep) if keep else []:
            editions.remove(place, edition, by)
            gone.append(edition)
    return gone


def cited(place: str) -> set[str]:
    """Editions that saved briefings name, whoever may open these and whether or not they can be read."""
    files = (settings.place_dir(place) / "briefings").glob("*.toml")
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return {edition for text in texts for edition in editions.IDENTITY.findall(text)}


def _before(place: str) -> str | None:
    """The edition that was live before the present one: the first to be gone back to."""
    live, deeds = editions.current(place), reversed(editions.history(place))
    return next((deed.edition for deed in deeds if deed.what != editions.REMOVED and deed.edition != live), None)
