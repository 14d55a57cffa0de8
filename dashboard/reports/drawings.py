"""Values of units and their borders to the map of a briefing."""

import numpy as np
import pandas as pd
import shapely

from dashboard import maps
from dashboard.charts import theme
from dashboard.maps.scales import NO_BREAK
from dashboard.profile import Profile
from dashboard.reports.cells import cell
from dashboard.reports.model import Area, Drawing, Entry

FINEST = 1_000  # parts of a map's width that can be told apart on a slide


def drawing(rows: pd.DataFrame, metric: str, profile: Profile) -> Drawing | None:
    """Districts (or the units one level below the whole) in the classes of the map page."""
    borders = rows.attrs.get("borders")
    if borders is None or borders.empty:
        return None
    scale = maps.scale(rows["value"], metric, profile.targets.get(metric, {}), "light")
    shapes = shapely.from_wkb([bytes(each) for each in borders["geometry"]])
    west, south, east, north = shapely.total_bounds(shapes)
    shrink = np.cos(np.radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    width, height = (east - west) * shrink, north - south
    shapes = shapely.simplify(shapes, max(east - west, north - south) / FINEST)
    by_code = dict(zip(borders["unit_code"], shapes, strict=True))
    entries = maps.legend_entries(rows, scale)
    shown = {(each.label, each.colour): place for place, each in enumerate(entries)}
    every = scale.entries()
    areas = []
    for row, group in zip(theme.records(rows), scale.groups(rows).tolist(), strict=True):
        shape = by_code.get(row["unit_code"])
        if shape is None:
            continue
        entry = every[group]
        middle = shape.representative_point()

        def placed(x: float, y: float) -> tuple[float, float]:
            return round((x - west) / (east - west), 5), round((north - y) / height, 5)

        polygons = getattr(shape, "geoms", [shape])
        rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
        areas.append(
            Area(
                row["unit_code"],
                row["unit_name"],
                tuple(tuple(placed(x, y) for x, y in ring.coords) for ring in rings),
                placed(middle.x, middle.y),
                cell(row["value"], "value", {"metric": metric}, profile),
                shown[(entry.label, entry.colour)],
            )
        )
    legend = tuple(
        Entry(
            each.colour or "#ffffff",
            f"{each.sign} {each.label}".strip().replace(NO_BREAK, ""),
            each.count,
            each.is_hatched,
        )
        for each in entries
    )
    return Drawing(tuple(areas), legend, float(width / height))
