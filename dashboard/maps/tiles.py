"""What the browser is sent of the map: tiles of boundaries, and the values of the units in them, as packed numbers.

Both are a length, a JSON header and arrays of numbers; `map_client.js` reads them. Coordinates are differences from
corner to corner in eighths of a pixel, low bytes first and apart from high ones, which gzip then packs to three
bytes a corner.
"""

import json
import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FINEST_ZOOM = 20
TILE_PIXELS = 512
PARTS_OF_A_PIXEL = 8
DEGREE = 1_000_000  # coordinates come in millionths of a degree
MOST_NAMED = 400  # units of a tile that are sent with their names, to be labels

# What a value is, as the browser is told; absent is a unit that the filters leave out.
STATES = {"reported": 0, "not_reported": 1, "not_applicable": 2, "absent": 3, "hatched": 4}


def area(zoom: int, x: int, y: int) -> list[float]:
    """West, south, east and north of a tile in degrees. Raises `LookupError` where there is no such tile."""
    if not (0 <= zoom <= FINEST_ZOOM and 0 <= x < 2**zoom and 0 <= y < 2**zoom):
        raise LookupError(f"no tile {zoom}/{x}/{y}")
    west, east = (360 * column / 2**zoom - 180 for column in (x, x + 1))
    north, south = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**zoom)))) for row in (y, y + 1))
    return [west, south, east, north]


def shapes(found: dict[str, Any], zoom: int) -> bytes:
    """A tile from the one row of `map_tile`: codes, rings per unit, corners per ring, differences of corners."""
    step = max(1, round(360 * DEGREE / (TILE_PIXELS * PARTS_OF_A_PIXEL * 2**zoom)))  # millionths of a degree
    corners = np.round(_array(found["coordinates"]) / step).astype(np.int64).reshape(-1, 2)
    points = _array(found["point_positions"])
    header = {
        "codes": list(codes(found)),
        "ringed": len(_array(found["codes"])),
        "step": step / DEGREE,
        "corners": len(corners),
        "rings": len(_array(found["ring_sizes"])),
        "points": {
            code: [float(x), float(y)] for code, (x, y) in zip(_array(found["point_codes"]), points, strict=True)
        },
    }
    return packed(
        header,
        _array(found["ring_counts"]).astype("<u2"),
        _array(found["ring_sizes"]).astype("<i4"),
        _planes(np.diff(corners[:, 0], prepend=0)),
        _planes(np.diff(corners[:, 1], prepend=0)),
    )


def codes(found: dict[str, Any]) -> NDArray:
    """Codes of the units in the one row of `map_tile`, boundaries first, then those that are points alone."""
    ringed, points = (pd.Index(_array(found[name]), dtype=object) for name in ("codes", "point_codes"))
    return ringed.append(points.difference(ringed)).to_numpy(object)


def values(codes: NDArray, rows: pd.DataFrame, *, is_named: bool) -> bytes:
    """Value and state of the units with these codes, in their order; `rows` has unit_code, value, state and name.

    `is_hatched`, if `rows` has it, marks values that are drawn hatched.
    """
    at = pd.Index(rows["unit_code"]).get_indexer(pd.Index(codes, dtype=object))
    found = rows.iloc[at]
    states = found["state"].map(STATES).to_numpy(np.uint8)
    if "is_hatched" in rows:
        states = np.where((states == 0) & found["is_hatched"].to_numpy(bool), STATES["hatched"], states)
    states = np.where(at < 0, STATES["absent"], states).astype(np.uint8)
    header: dict[str, Any] = {"units": len(codes)}
    if is_named and 0 < len(codes) <= MOST_NAMED:
        named = found[(at >= 0) & found["longitude"].notna().to_numpy()]
        columns = ("unit_name", "longitude", "latitude")
        header["names"] = [
            [name, round(x, 5), round(y, 5)] for name, x, y in zip(*(named[each] for each in columns), strict=True)
        ]
    numbers = np.where(at < 0, np.nan, found["value"].to_numpy(float, na_value=np.nan))
    return packed(header, numbers.astype("<f8"), states)


def packed(header: dict[str, Any], *arrays: NDArray) -> bytes:
    """Length of the header in four bytes, the header as JSON, blanks up to a multiple of eight, the arrays."""
    words = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    words += b" " * (-(len(words) + 4) % 8)
    return b"".join([len(words).to_bytes(4, "little"), words, *(array.tobytes() for array in arrays)])


def _planes(numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Whole numbers folded to be positive (0, -1, 1, -2 … as 0, 1, 2, 3 …), first bytes first, then second ones."""
    folded = ((numbers << 1) ^ (numbers >> 63)).astype("<u4")
    return np.ascontiguousarray(folded.view(np.uint8).reshape(-1, 4).T)


def _array(found: Any) -> NDArray:
    """A list of DuckDB's as an array; nothing at all as an empty one."""
    return found if isinstance(found, np.ndarray) else np.zeros(0, np.int64)
