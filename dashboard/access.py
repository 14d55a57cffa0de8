"""Who is asking: the districts a reader may see, the one branch whose members may be named, and who may publish.

A server is started for one audience (a city, or one district's office), so the reader follows from the
server's settings; everything below asks `reader()` and nothing else, which is where a sign-in would go.
"""

from dataclasses import dataclass

from dashboard import settings


@dataclass(frozen=True)
class Reader:
    """A reader's rights. No districts means every district; no branch means nobody is ever named."""

    districts: frozenset[str] = frozenset()
    own_branch: str | None = None


def reader() -> Reader:
    """Rights of whoever this server serves. Raises `ValueError` on a district code that is not 12 digits."""
    districts = settings.districts()
    for code in districts:
        if not (len(code) == 12 and code.isdigit()):
            raise ValueError(f"DASHBOARD_DISTRICTS: {code!r} is not a 12-digit region code")
    return Reader(districts=districts, own_branch=settings.own_branch())


def steward() -> str | None:
    """Name or post of the steward who may publish here, None for every other reader.

    An edition is a whole place: whoever sees some districts only cannot publish it.
    """
    return None if settings.districts() else settings.steward()
