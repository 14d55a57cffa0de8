"""Tokens of the map's addresses: signed, expiring, for one edition and one reader's rights.

An address without one, with one of another edition, or made for other rights shows nothing.
"""

import secrets
import time
from functools import lru_cache

from itsdangerous import BadData, URLSafeTimedSerializer

from dashboard import access, settings

RENEWED_SECONDS = 3600  # so long a page gets the same token again, and the browser finds what it has fetched
VALID_SECONDS = 4 * RENEWED_SECONDS

_own_secret = secrets.token_bytes(32)  # a server that nobody gave a secret cannot be asked by the pages of another


class Forbidden(PermissionError):
    """The token is missing, forged, too old, or not for this edition and these rights."""


def issue(place: str, edition: str) -> str:
    """Token by which a page of the present reader may ask for this edition's map."""
    hour = int(time.time() / RENEWED_SECONDS)
    return _issued(settings.secret() or _own_secret, place, edition, access.reader(), hour)


def require(token: str, place: str, edition: str) -> None:
    """Raise `Forbidden` unless the token was issued for this edition and for the rights of the present reader."""
    try:
        granted = _serializer(settings.secret() or _own_secret).loads(token, max_age=VALID_SECONDS)
    except BadData as error:
        raise Forbidden(place) from error
    if granted != _grant(place, edition, access.reader()):
        raise Forbidden(place)


@lru_cache(maxsize=256)
def _issued(secret: bytes, place: str, edition: str, reader: access.Reader, _hour: int) -> str:
    return _serializer(secret).dumps(_grant(place, edition, reader))


def _grant(place: str, edition: str, reader: access.Reader) -> list:
    return [place, edition, sorted(reader.districts), reader.own_branch]


def _serializer(secret: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="map")
