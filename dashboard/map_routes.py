"""What the map fetches by address: tiles, values, one unit in words, borders, venues, density, search and pictures.

Everything is read through `store.query`, so the reader's scope holds here as on a page. An address without a token
for this edition and these rights is answered with 403, a parameter that cannot be used with 400 and a sentence, an
unknown place, edition, unit or tile with 404.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pydeck
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import access, editions, map_exports, map_requests, map_tokens, map_values, maps, store, text
from dashboard.text import _

Chosen = dict[str, Any]
Read = Callable[[Request], Chosen]
Build = Callable[[Chosen], bytes]

LIBRARY = Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"  # deck.gl, as pydeck brings it
CLIENT = Path(__file__).with_name("map_client.js")
JSON, PACKED = "application/json", "application/octet-stream"


def tile_shapes(chosen: Chosen) -> bytes:
    """Boundaries of the units in a tile."""
    (found,) = store.query("map_tile", **chosen).to_dict("records")
    return maps.tiles.shapes(found, chosen["zoom"])


def values(chosen: Chosen) -> bytes:
    """Values of the units in a tile, in the order of the tile."""
    (found,) = store.query("map_tile", **chosen).to_dict("records")
    codes = maps.tiles.codes(found)
    is_named = chosen["level"] in maps.NAMED
    return maps.tiles.values(codes, rows(chosen), is_named=is_named)


def rows(chosen: Chosen) -> pd.DataFrame:
    """Units with value and state: those of the whole level, as a page has asked for them too, or those in the area."""
    counts = store.query("map_levels", **chosen | {"unit": ""}).set_index("level")["unit_count"]
    area = chosen["area"] if counts.get(chosen["level"], 0) > maps.WHOLE else []
    return map_values.rows(chosen | {"unit": "", "area": area})


def unit(chosen: Chosen) -> bytes:
    """Name and value of one unit as a reader sees them, for the tooltip."""
    found = rows(chosen)
    found = found[found["unit_code"] == chosen["code"]]
    if found.empty:
        raise map_requests.Unknown(chosen["code"])
    (row,) = found.to_dict("records")
    return _json({"name": row["unit_name"], "lines": map_values.words(row, chosen["metric"])})


def outlines(chosen: Chosen) -> bytes:
    """GeoJSON of the borders around: the unit and its neighbours, or all districts."""
    found = store.query("map_outlines", **chosen)
    marks = (found["is_chosen"] & bool(chosen["unit"])).astype(int)
    features = [
        f'{{"type":"Feature","properties":{{"chosen":{mark}}},"geometry":{shape}}}'
        for mark, shape in zip(marks, found["geometry_json"], strict=True)
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


def search(chosen: Chosen) -> bytes:
    """Units found by name or code, the best first."""
    found = store.query("map_search", **chosen)
    names = zip(found["level"], found["unit_code"], found["unit_name"], found["around_name"], strict=True)
    return _json(
        [
            {"code": code, "name": name, "level": _(maps.LEVELS[level]), "around": "" if pd.isna(around) else around}
            for level, code, name, around in names
        ]
    )


def points(chosen: Chosen) -> bytes:
    """Venues as [longitude, latitude, kind, count, what it is in words]."""
    found, kinds = store.query("map_points", **chosen), map_values.venue_words()
    columns = zip(*(found[name] for name in ("longitude", "latitude", "kind", "venue_count", "unit_name")), strict=True)
    return _json(
        [
            [round(x, 6), round(y, 6), kind, count, f"{name} · {kinds[kind]} {text.number(count, 'count')}"]
            for x, y, kind, count, name in columns
        ]
    )


def density(chosen: Chosen) -> bytes:
    """Issues as three arrays: longitude, latitude and how many were reported there."""
    counts = store.query("map_levels", **chosen | {"unit": ""}).set_index("level")["unit_count"]
    level = "micro_grid" if counts.get("micro_grid", 0) <= maps.WHOLE else "grid"
    found = store.query("map_density", **chosen | {"level": level})
    columns = [found[name].to_numpy("<f4") for name in ("longitude", "latitude", "issue_count")]
    return maps.tiles.packed({"places": len(found)}, *columns)


def picture(chosen: Chosen) -> bytes:
    """The view as a drawing."""
    try:
        return map_exports.picture(chosen, rows(chosen))
    except map_exports.TooManyUnits as error:
        raise map_requests.BadRequest(str(error)) from error


def _json(found: Any) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=512)
def _built(build: Build, reader: access.Reader, asked: tuple) -> tuple[bytes, str]:
    """Compressed body and its identity; `reader` keeps what one reader may see from the next."""
    chosen = {name: _thawed(value) for name, value in asked}
    with text.speaking(chosen["language"]):
        return _compressed(build(chosen))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    if isinstance(value, tuple):
        return dict(value) if value and isinstance(value[0], tuple) else list(value)
    return value


def _compressed(body: bytes) -> tuple[bytes, str]:
    body = gzip.compress(body, 6, mtime=0)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _route(path: str, read: Read, build: Build, media_type: str) -> Route:
    def answer(request: Request) -> Response:
        language = request.query_params.get("language", "")
        with text.speaking(language if language in text.LANGUAGES else text.DEFAULT):
            try:
                chosen = read(request)
                asked = tuple((name, _frozen(value)) for name, value in chosen.items())
                body, identity = _built(build, access.reader(), asked)
            except map_tokens.Forbidden:
                return PlainTextResponse(_("This address is not valid, or no longer. Open the map again."), 403)
            except map_requests.BadRequest as error:
                return PlainTextResponse(str(error), 400)
            except (map_requests.Unknown, editions.EditionError, store.OutdatedEditionError):
                return PlainTextResponse(_("There is no such place, edition or unit."), 404)
        return _sent(request, body, identity, media_type, "private, no-cache")

    return Route(path, answer)


def _sent(request: Request, body: bytes, identity: str, media_type: str, keep: str) -> Response:
    headers = {"ETag": identity, "Cache-Control": keep, "Vary": "Accept-Encoding"}
    if identity in re.split(r"\s*,\s*", request.headers.get("If-None-Match", "").replace("W/", "")):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(gzip.decompress(body), media_type=media_type, headers=headers)
    return Response(body, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})


@cache
def script(file: Path) -> tuple[bytes, str]:
    """A script of this installation, compressed, and its identity."""
    return _compressed(file.read_bytes())


def script_route(path: str, file: Path) -> Route:
    """A route to a script of this installation, which browsers keep: its address names its version."""

    def answer(request: Request) -> Response:
        return _sent(request, *script(file), "text/javascript", "public, max-age=31536000, immutable")

    return Route(path, answer)


ROUTES = [
    script_route(maps.LIBRARY, LIBRARY),
    script_route(maps.CLIENT, CLIENT),
    _route(maps.TILE, map_requests.tile, tile_shapes, PACKED),
    _route(maps.VALUES, map_requests.tile_values, values, PACKED),
    _route(maps.UNIT, map_requests.one_unit, unit, JSON),
    _route(maps.OUTLINES, map_requests.filtered, outlines, "application/geo+json"),
    _route(maps.SEARCH, map_requests.searched, search, JSON),
    _route(maps.POINTS, map_requests.placed, points, JSON),
    _route(maps.DENSITY, map_requests.dense, density, PACKED),
    _route(maps.PICTURE, map_requests.pictured, picture, "image/svg+xml"),
]
