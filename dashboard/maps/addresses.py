"""Addresses on this server from which the browser fetches what it draws."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

SHAPES = "/map/shapes.geojson"
OUTLINES = "/map/outlines.geojson"
VALUE = "/map/value.svg"
STYLE = "/map/style.json"
MOST_WITH_VALUES = 6_000  # beyond it shapes come without values, so that they need not be fetched again


@dataclass(frozen=True)
class Sources:
    """Addresses of shapes, context outlines and background style.

    `value` is the address of one unit's value, to which the browser adds the unit's code; empty where the
    shapes carry the values themselves.
    """

    shapes: str
    outlines: str
    style: str
    value: str = ""


def sources(chosen: dict[str, Any], count: int, shade: str) -> Sources:
    """Addresses for a map of `count` units; `chosen` are the parameters of `map_values`."""
    where = {"place": chosen["place"], "edition": chosen["edition"], "language": chosen["language"]}
    where |= {"parent": chosen["unit"], "districts": ",".join(chosen["districts"])}
    units = where | {"level": chosen["level"], "compound_types": ",".join(chosen["compound_types"])}
    valued = units | {
        "metric": chosen["metric"],
        "start": f"{chosen['start_month']:%Y-%m}",
        "end": f"{chosen['end_month']:%Y-%m}",
    }
    is_light = count <= MOST_WITH_VALUES
    return Sources(
        shapes=_address(SHAPES, valued if is_light else units),
        outlines=_address(OUTLINES, where),
        style=_address(STYLE, {"shade": shade}),
        value="" if is_light else _address(VALUE, valued),
    )


def _address(path: str, parameters: dict[str, str]) -> str:
    return f"{path}?{urlencode({name: value for name, value in parameters.items() if value})}"
