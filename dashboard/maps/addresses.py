"""Addresses on this server from which the browser fetches what it draws, and what they are asked with."""

from typing import Any
from urllib.parse import urlencode

LIBRARY = "/map/deck.js"
CLIENT = "/map/client.js"
TILE = "/map/tiles/{level}/{zoom}/{x}/{y}"
VALUES = "/map/values/{level}/{zoom}/{x}/{y}"
UNIT = "/map/unit/{level}"
OUTLINES = "/map/outlines.geojson"
SEARCH = "/map/search"
POINTS = "/map/points"
DENSITY = "/map/density"
PICTURE = "/map/picture.svg"


def edition(chosen: dict[str, Any], token: str) -> str:
    """The part of every address that says whose map of which edition is asked for."""
    return _written({name: chosen[name] for name in ("place", "edition", "language")} | {"token": token})


def selection(chosen: dict[str, Any], metric: str) -> str:
    """The part that says which values: metric and filters; the period is added by `period`."""
    listed = {name: ",".join(chosen[name]) for name in ("districts", "compound_types")}
    return _written({"metric": metric} | listed)


def period(start: Any, end: Any, prefix: str = "") -> str:
    """The part that says which months; `prefix` is that of the period compared with."""
    return _written({f"{prefix}start": f"{start:%Y-%m}", f"{prefix}end": f"{end:%Y-%m}"})


def _written(parameters: dict[str, str]) -> str:
    return urlencode({name: value for name, value in parameters.items() if value})
