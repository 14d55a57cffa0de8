"""What leaves the map as a file: a picture of the view, and its units for geographic software."""

from typing import Any

import pandas as pd

from dashboard import catalogue, downloads, exports, map_values, maps, store, text
from dashboard.maps import files as geofiles
from dashboard.maps import pictures, sheets
from dashboard.profile import Profile
from dashboard.text import _

MOST_DRAWN = 60_000  # units of a picture; more would be a file that no program opens
MOST_NAMES = 150  # units in view for whose names there may be room
SHADE = "light"  # paper


class TooManyUnits(ValueError):
    """A view with more units than a picture can hold; the message is a sentence for the reader."""


def files(chosen: dict[str, Any]) -> tuple[downloads.File, ...]:
    """GeoJSON and GeoParquet of the units that a map shows, beside the CSV and XLSX of its card."""

    def boundaries() -> pd.DataFrame:
        return store.query("map_geometry", **chosen | {"area": []})

    def geojson(rows: pd.DataFrame, facts: geofiles.Facts, _profile: Profile) -> bytes:
        return geofiles.to_geojson(rows, boundaries(), facts)

    def geoparquet(rows: pd.DataFrame, facts: geofiles.Facts, _profile: Profile) -> bytes:
        return geofiles.to_geoparquet(rows, boundaries(), facts)

    return (
        downloads.File("GeoJSON", "geojson", "application/geo+json", geojson),
        downloads.File("GeoParquet", "parquet", "application/vnd.apache.parquet", geoparquet),
    )


def area(bounds: list[float]) -> list[float]:
    """West, south, east and north that a picture of these bounds shows. Raises `ValueError` if it cannot be drawn."""
    return pictures.view(bounds).area


def picture(chosen: dict[str, Any], rows: pd.DataFrame) -> bytes:
    """The view as a drawing (SVG): `rows` are all units that may be drawn, `chosen` what the address asks for.

    Classes and legend are those of the units inside the chosen one, as on the page. Raises `TooManyUnits`.
    """
    seen = pictures.view(chosen["bounds"])
    (shapes,) = store.query("map_tile", **chosen | {"zoom": seen.zoom, "area": seen.area}).to_dict("records")
    if shapes["codes"] is not None and len(shapes["codes"]) > MOST_DRAWN:
        message = _("More than {most} units lie in this view: come nearer, or choose a wider level.")
        raise TooManyUnits(message.format(most=text.number(MOST_DRAWN, "count")))
    counted = map_values.rows(chosen | {"area": []}) if chosen["unit"] else rows
    classed = map_values.rows(chosen | chosen["classed"] | {"area": []}) if "classed" in chosen else counted
    scale = map_values.scale(classed, chosen, SHADE, chosen.get("method"))
    exports.log(map_values.source(chosen), chosen, len(counted))
    return pictures.svg(
        seen,
        _sheet(chosen, counted),
        shapes=shapes,
        rows=rows,
        scale=scale,
        entries=maps.legend_entries(counted, scale),
        borders=store.query("map_outlines", **chosen),
        names=_names(chosen, seen.area),
    )


def _sheet(chosen: dict[str, Any], counted: pd.DataFrame) -> sheets.Sheet:
    profile = store.place_profile(chosen["place"], chosen["edition"])
    metric, level = catalogue.title(chosen["metric"]), _(maps.LEVELS[chosen["level"]])
    unit = profile.name(text.language())
    if chosen["unit"]:
        unit = store.query("map_position", **chosen)["unit_name"].iat[-1]
    before = chosen.get("before")
    against = _("change against {period}").format(period=_period(before)) if before else ""
    title = " · ".join(filter(None, [unit, metric, against, level]))
    described = counted[["value"]].rename(columns={"value": chosen["metric"]})
    return sheets.Sheet(
        title=title,
        subtitle=_period(chosen),
        warning=_("Synthetic sample data") if profile.is_synthetic else "",
        legend=[
            " · ".join(filter(None, [metric, against])),
            *([_(maps.METHODS[chosen["method"]])] if map_values.is_classed(chosen) else []),
            f"{level} · {text.number(len(counted), 'count')}",
        ],
        facts=exports.facts(title, described, map_values.source(chosen), chosen),
        credit=" · ".join(filter(None, map(profile.base_map.get, ("attribution", "approval_number")))),
    )


def _names(chosen: dict[str, Any], area: list[float]) -> pd.DataFrame:
    """Names to write on the picture: of the finest level drawn or wider that has room for them."""
    order = list(maps.LEVELS)
    wider = [level for level in maps.NAMED if order.index(level) <= order.index(chosen["level"])]
    for level in reversed(wider):
        found = store.query("map_names", **chosen | {"level": level, "area": area})
        if len(found) <= MOST_NAMES:
            break
    return found


def _period(months: dict[str, Any]) -> str:
    return text.period(months["start_month"], months["end_month"])
