"""What part of the ground a picture shows, and boundaries as paths of SVG within it."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.maps.sheets import PARTS
from dashboard.maps.tiles import FINEST_ZOOM, TILE_PIXELS

EQUATOR_METRES = 40_075_016.686
NORTHERNMOST = 85.05  # degrees; Web Mercator ends there
LEAST_DEGREES = 1e-5


@dataclass(frozen=True)
class Frame:
    """A box of `width` by `height` pixels in Web Mercator, north up.

    `left` and `top` are its corner on a world one wide and one high, `scale` the pixels of that world.
    """

    left: float
    top: float
    scale: float
    width: int
    height: int

    @property
    def zoom(self) -> int:
        """Zoom of a tile with as much detail as the box can show at twice its size."""
        return min(max(math.ceil(math.log2(2 * self.scale / TILE_PIXELS)), 0), FINEST_ZOOM)

    @property
    def area(self) -> list[float]:
        """West, south, east and north of the box, in degrees."""
        right, bottom = self.left + self.width / self.scale, self.top + self.height / self.scale
        return [360 * self.left - 180, _latitude(bottom), 360 * right - 180, _latitude(self.top)]

    @property
    def metres(self) -> float:
        """Metres of a pixel in the middle of the box."""
        middle = _latitude(self.top + self.height / self.scale / 2)
        return EQUATOR_METRES * math.cos(math.radians(middle)) / self.scale

    def placed(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitudes and latitudes, one pair per row, as pixels from the left and the top of the box."""
        x, y = world(coordinates).T
        return np.column_stack([(x - self.left) * self.scale, (y - self.top) * self.scale])


def frame(bounds: list[float], width: int, height: int) -> Frame:
    """The frame with west, south, east and north in its middle. Raises `ValueError` for bounds that enclose nothing."""
    west, south, east, north = bounds
    west, east = max(west, -180.0), min(east, 180.0)
    south, north = max(south, -NORTHERNMOST), min(north, NORTHERNMOST)
    if not (east - west >= LEAST_DEGREES and north - south >= LEAST_DEGREES):  # also where one is not a number
        raise ValueError(f"nothing lies within {bounds}")
    (left, bottom), (right, top) = world(np.array([[west, south], [east, north]]))
    scale = float(min(width / (right - left), height / (bottom - top)))
    left, top = float(left + right - width / scale) / 2, float(top + bottom - height / scale) / 2
    return Frame(left, top, scale, width, height)


def world(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes and latitudes in Web Mercator, on a world one wide and one high whose north is 0."""
    latitude = np.radians(coordinates[:, 1])
    return np.column_stack([coordinates[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(latitude)) / (2 * math.pi)])


def paths(corners: NDArray[np.float64], sizes: NDArray[np.int64], units: NDArray[np.int64]) -> dict[int, str]:
    """Unit -> its rings as one path, in parts of a pixel.

    `corners` has pixels, one pair per row; `sizes` and `units` say of every ring how many they are and whose it is.
    """
    points = np.round(corners * PARTS).astype(np.int64)
    steps = np.diff(points, axis=0, prepend=0)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    found: dict[int, str] = {}
    for (start, end), unit in zip(pairwise(ends.tolist()), units.tolist(), strict=True):
        x, y = points[start].tolist()
        line = " ".join(map(str, steps[start + 1 : end].ravel().tolist())).replace(" -", "-")
        found[unit] = f"{found.get(unit, '')}M{x} {y}l{line}z"
    return found


def rings(shapes: NDArray) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Coordinates, corners of every ring and whose it is, of polygons; what is no polygon has no ring."""
    parts, unit = shapely.get_parts(shapes, return_index=True)
    found, part = shapely.get_rings(parts, return_index=True)
    return shapely.get_coordinates(found), shapely.get_num_coordinates(found), unit[part]


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
