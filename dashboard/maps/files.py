"""Units of the map as files for geographic software: GeoJSON and GeoParquet, columns under their codes.

Coordinates are longitude and latitude on WGS 84 (OGC:CRS84), as publishing has turned them.
"""

import json
from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

DECIMALS = 7  # of a degree: a centimetre
GEOPARQUET = "1.1.0"

Facts = list[tuple[str, str]]


def to_geojson(rows: pd.DataFrame, geometry: pd.DataFrame, facts: Facts) -> bytes:
    """A FeatureCollection (RFC 7946) with one feature per row, in their order, and the facts in a member `about`.

    `rows` has unit_code, `geometry` unit_code and geometry (WKB); a unit without a boundary has the geometry null.
    Outer rings run counter-clockwise. What is not reported is null.
    """
    shapes = _shapes(rows, geometry)
    bounds = _bounds(shapes)
    head = {"type": "FeatureCollection"} | ({"bbox": bounds} if bounds else {}) | {"about": dict(facts)}
    records = rows.astype(object).where(rows.notna(), None).to_dict("records")
    drawn = shapely.to_geojson(shapely.transform(shapes, lambda corners: corners.round(DECIMALS))).tolist()
    features = ",\n".join(
        f'{{"type":"Feature","id":{_json(each["unit_code"])},"geometry":{shape or "null"},"properties":{_json(each)}}}'
        for each, shape in zip(records, drawn, strict=True)
    )
    return f'{_json(head)[:-1]},"features":[\n{features}\n]}}\n'.encode()


def to_geoparquet(rows: pd.DataFrame, geometry: pd.DataFrame, facts: Facts) -> bytes:
    """A GeoParquet file (version 1.1) of the rows and their boundaries as WKB; arguments as for `to_geojson`.

    The file's own metadata have the facts as JSON under `about`.
    """
    shapes = _shapes(rows, geometry)
    there = shapes[~shapely.is_missing(shapes)]
    kinds = {type(shape).__name__ for shape in there}  # GeoParquet names them as shapely does
    column = {"encoding": "WKB", "geometry_types": sorted(kinds), "orientation": "counterclockwise", "edges": "planar"}
    if bounds := _bounds(shapes):
        column["bbox"] = bounds
    geo = {"version": GEOPARQUET, "primary_column": "geometry", "columns": {"geometry": column}}
    table = pa.Table.from_pandas(rows, preserve_index=False)
    table = table.append_column("geometry", pa.array(shapely.to_wkb(shapes), pa.binary()))
    table = table.replace_schema_metadata({"geo": json.dumps(geo), "about": _json(dict(facts))})
    buffer = BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _shapes(rows: pd.DataFrame, geometry: pd.DataFrame) -> NDArray:
    """Boundaries in the order of the rows, outer rings counter-clockwise; None where there is none."""
    found = dict(zip(geometry["unit_code"], map(bytes, geometry["geometry"]), strict=True))
    return shapely.orient_polygons(shapely.from_wkb(np.array([found.get(c) for c in rows["unit_code"]], dtype=object)))


def _bounds(shapes: NDArray) -> list[float]:
    """West, south, east and north of all, or nothing where there is none."""
    bounds = shapely.bounds(shapely.geometrycollections(shapes))
    return [] if np.isnan(bounds).any() else bounds.round(DECIMALS).tolist()


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
