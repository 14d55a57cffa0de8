"""What the map fetches by address: tiles, values, one unit in words, borders, venues, density, search and pictures.

Everything is read through `store.query`, so the reader's scope holds here as on a page. An address without a token
for this edition and these rights is answered with 403, a parameter that cannot be used with 400 and a sentence, an
unknown place, edition, unit or tile with 404.
"""

import gzip
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pydeck
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import access, editions, map_exports, map_tokens, map_values, maps, periods, settings, store, text
from dashboard.text import _

Chosen = dict[str, Any]
Read = Callable[[Request], Chosen]
Build = Callable[[Chosen], bytes]

WHOLE = 100_000  # units of a level whose values are worked out at once; beyond it tile by tile
LIBRARY = Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"  # deck.gl, as pydeck brings it
CLIENT = Path(__file__).with_name("map_client.js")
JSON, PACKED = "application/json", "application/octet-stream"
MOST_WORDS = 40


class BadRequest(ValueError):
    """A parameter that cannot be used; the message is the sentence the reader gets."""


class Unknown(LookupError):
    """A place, unit or tile that is not there for this reader."""


def shared(request: Request) -> Chosen:
    """Place, edition and language of an address, once its token has been found good.

    Raises `map_tokens.Forbidden`, `BadRequest`, `Unknown` or `editions.EditionError`.
    """
    given = request.query_params
    place, edition = given.get("place", ""), given.get("edition", "")
    map_tokens.require(given.get("token", ""), place, edition)
    repeated = [name for name in given if len(given.getlist(name)) > 1]
    if repeated:
        raise BadRequest(_("{name} is given more than once.").format(name=repeated[0]))
    if place not in settings.places():
        raise Unknown(place)
    editions.path(place, edition)
    language = _one_of(given, "language", text.LANGUAGES, text.DEFAULT)
    return {"place": place, "edition": edition, "language": language}


def tile(request: Request) -> Chosen:
    """A tile's level, zoom and rectangle."""
    asked = shared(request)
    level, *place = (request.path_params[name] for name in ("level", "zoom", "x", "y"))
    if level not in maps.LEVELS or not all(re.fullmatch("[0-9]{1,7}", part) for part in place):
        raise Unknown(request.url.path)
    zoom, x, y = map(int, place)
    try:
        area = maps.tiles.area(zoom, x, y)
    except LookupError as error:
        raise Unknown(request.url.path) from error
    return asked | {"level": level, "zoom": zoom, "area": area}


def filters(asked: Chosen, given: QueryParams) -> Chosen:
    """Districts, compound types and unit of an address, beside what was asked already."""
    types = store.place_profile(asked["place"], asked["edition"]).codes("compound_types")
    asked |= {
        "unit": given.get("parent", ""),
        "districts": _listed(given, "districts"),
        "compound_types": _listed(given, "compound_types"),
    }
    if not all(re.fullmatch(r"[0-9]{12}", code) for code in asked["districts"]):
        raise BadRequest(_("districts is a list of 12-digit codes, separated by commas."))
    if not set(asked["compound_types"]) <= set(types):
        raise BadRequest(_("compound_types is a list of: {values}.").format(values=", ".join(types)))
    if asked["unit"] and len(store.query("map_position", **asked)) < 2:
        raise Unknown(asked["unit"])
    return asked


def measured(asked: Chosen, given: QueryParams) -> Chosen:
    """Metric, filters and period of an address, and the period compared with if it names one."""
    asked = filters(asked, given)
    known = [*maps.metrics(asked["level"]), *([maps.FIT] if asked["level"] == "compound" else [])]
    asked["metric"] = _one_of(given, "metric", known)
    asked |= _period(given, "")
    if "before_start" in given:
        asked["before"] = _period(given, "before_")
    return asked


def tile_values(request: Request) -> Chosen:
    """A tile and the values asked for it."""
    return measured(tile(request), request.query_params)


def one_unit(request: Request) -> Chosen:
    """A unit by its code, a point in it and the values asked for."""
    asked, given = shared(request), request.query_params
    if request.path_params["level"] not in maps.LEVELS:
        raise Unknown(request.path_params["level"])
    asked |= {"level": request.path_params["level"], "code": _required(given, "code")}
    try:
        x, y = map(float, given.get("at", "").split(","))
    except ValueError as error:
        raise BadRequest(_("at is a longitude and a latitude, separated by a comma.")) from error
    if not (math.isfinite(x) and math.isfinite(y)):
        raise BadRequest(_("at is a longitude and a latitude, separated by a comma."))
    return measured(asked | {"area": [x, y, x, y]}, given)


def filtered(request: Request) -> Chosen:
    """The filters alone."""
    return filters(shared(request), request.query_params)


def searched(request: Request) -> Chosen:
    """Words to look for, within the filters."""
    asked, words = filtered(request), " ".join(request.query_params.get("words", "").split())
    if not words or len(words) > MOST_WORDS:
        raise BadRequest(_("words has 1 to {most} letters.").format(most=MOST_WORDS))
    return asked | {"words": words}


def placed(request: Request) -> Chosen:
    """Kinds of venues, within the filters, at the end of a month."""
    asked, given = filtered(request), request.query_params
    kinds = _listed(given, "kinds")
    known = map_values.venue_words()
    if not kinds or not set(kinds) <= set(known):
        raise BadRequest(_("{name} is one of: {values}.").format(name="kinds", values=", ".join(known)))
    return asked | {"kinds": kinds, "end_month": _month(given, "end")}


def dense(request: Request) -> Chosen:
    """The filters and months whose issues are counted."""
    return filtered(request) | _period(request.query_params, "")


def pictured(request: Request) -> Chosen:
    """A view, the values asked for and how they are classed; made anew every minute, for a picture says when."""
    asked, given = shared(request), request.query_params
    asked["level"] = _one_of(given, "level", maps.LEVELS)
    try:
        asked["bounds"] = [float(each) for each in given.get("bounds", "").split(",")]
        asked["area"] = map_exports.area(asked["bounds"])
    except ValueError as error:
        raise BadRequest(_("bounds has west, south, east and north in degrees, separated by commas.")) from error
    asked = measured(asked, given)
    if map_exports.is_classed(asked):
        methods = maps.methods(map_exports.goal(asked))
        asked["method"] = _one_of(given, "method", methods, methods[0])
    return asked | {"minute": f"{datetime.now():%Y-%m-%d %H:%M}"}


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
    area = chosen["area"] if counts.get(chosen["level"], 0) > WHOLE else []
    return map_values.rows(chosen | {"unit": "", "area": area})


def unit(chosen: Chosen) -> bytes:
    """Name and value of one unit as a reader sees them, for the tooltip."""
    found = rows(chosen)
    found = found[found["unit_code"] == chosen["code"]]
    if found.empty:
        raise Unknown(chosen["code"])
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
    level = "micro_grid" if counts.get("micro_grid", 0) <= WHOLE else "grid"
    found = store.query("map_density", **chosen | {"level": level})
    columns = [found[name].to_numpy("<f4") for name in ("longitude", "latitude", "issue_count")]
    return maps.tiles.packed({"places": len(found)}, *columns)


def picture(chosen: Chosen) -> bytes:
    """The view as a drawing."""
    try:
        return map_exports.picture(chosen, rows(chosen))
    except map_exports.TooManyUnits as error:
        raise BadRequest(str(error)) from error


def _period(given: QueryParams, prefix: str) -> Chosen:
    start, end = _month(given, f"{prefix}start"), _month(given, f"{prefix}end")
    if start > end:
        raise BadRequest(_("start must not be after end."))
    return periods.parameters(start, end)


def _json(found: Any) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _required(given: QueryParams, name: str) -> str:
    if not given.get(name):
        raise BadRequest(_("{name} is missing.").format(name=name))
    return given[name]


def _one_of(given: QueryParams, name: str, known: Iterable[str], default: str | None = None) -> str:
    chosen = given.get(name, default)
    if chosen not in known:
        raise BadRequest(_("{name} is one of: {values}.").format(name=name, values=", ".join(known)))
    return chosen


def _listed(given: QueryParams, name: str) -> list[str]:
    return sorted(filter(None, given.get(name, "").split(",")))


def _month(given: QueryParams, name: str) -> date:
    written = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])(-01)?", given.get(name, ""))
    # Periods before and a year before are worked out too: years at the ends of the calendar have none.
    if not written or not 1900 <= int(written[1]) <= 2999:
        raise BadRequest(_("{name} is a month, such as 2024-12.").format(name=name))
    return date(int(written[1]), int(written[2]), 1)


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
            except BadRequest as error:
                return PlainTextResponse(str(error), 400)
            except (Unknown, editions.EditionError, store.OutdatedEditionError):
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


def _script_route(path: str, file: Path) -> Route:
    def answer(request: Request) -> Response:
        return _sent(request, *script(file), "text/javascript", "public, max-age=31536000, immutable")

    return Route(path, answer)


ROUTES = [
    _script_route(maps.LIBRARY, LIBRARY),
    _script_route(maps.CLIENT, CLIENT),
    _route(maps.TILE, tile, tile_shapes, PACKED),
    _route(maps.VALUES, tile_values, values, PACKED),
    _route(maps.UNIT, one_unit, unit, JSON),
    _route(maps.OUTLINES, filtered, outlines, "application/geo+json"),
    _route(maps.SEARCH, searched, search, JSON),
    _route(maps.POINTS, placed, points, JSON),
    _route(maps.DENSITY, dense, density, PACKED),
    _route(maps.PICTURE, pictured, picture, "image/svg+xml"),
]
