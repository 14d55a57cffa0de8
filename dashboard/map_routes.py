"""What the map fetches by address: shapes, single values, context outlines and the background.

Everything is read through `store.query`, so the reader's scope holds here as on a page. A parameter that cannot
be used is answered with 400 and a sentence, an unknown place, edition or unit with 404.
"""

import gzip
import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import access, catalogue, editions, maps, settings, store, text
from dashboard.text import N_, _

Chosen = dict[str, Any]
Build = Callable[[Chosen], str]
Read = Callable[[QueryParams], Chosen]

BACKGROUNDS = {"light": "#eef1f5", "dark": "#161c24"}
SVG = "http://www.w3.org/2000/svg"  # a name, never fetched
BLANK_WORDS = {"not_reported": N_("not reported"), "not_applicable": N_("not applicable")}


class BadRequest(ValueError):
    """A parameter that cannot be used; the message is the sentence the reader gets."""


class Unknown(LookupError):
    """A place or unit that is not there for this reader."""


def parameters(given: QueryParams) -> Chosen:
    """What an address asks for, checked, as parameters for `store.query`; what it does not give is left out.

    Raises `BadRequest`, `Unknown` or `editions.EditionError`.
    """
    repeated = [name for name in given if len(given.getlist(name)) > 1]
    if repeated:
        raise BadRequest(_("{name} is given more than once.").format(name=repeated[0]))
    place, edition = _required(given, "place"), _required(given, "edition")
    if place not in settings.places():
        raise Unknown(place)
    types = store.place_profile(place, edition).codes("compound_types")
    asked: Chosen = {
        "place": place,
        "edition": edition,
        "language": _one_of(given, "language", text.LANGUAGES, text.DEFAULT),
        "unit": given.get("parent", ""),
        "districts": _listed(given, "districts"),
        "compound_types": _listed(given, "compound_types"),
    }
    if not all(re.fullmatch(r"[0-9]{12}", code) for code in asked["districts"]):
        raise BadRequest(_("districts is a list of 12-digit codes, separated by commas."))
    if not set(asked["compound_types"]) <= set(types):
        raise BadRequest(_("compound_types is a list of: {values}.").format(values=", ".join(types)))
    if "level" in given:
        asked["level"] = _one_of(given, "level", maps.LEVELS)
    if "metric" in given:
        asked["metric"] = _one_of(given, "metric", maps.metrics(_one_of(given, "level", maps.LEVELS)))
        asked["start_month"], asked["end_month"] = _month(given, "start"), _month(given, "end")
        if asked["start_month"] > asked["end_month"]:
            raise BadRequest(_("start must not be after end."))
    if asked["unit"] and len(store.query("map_position", **asked)) < 2:
        raise Unknown(asked["unit"])
    return asked


def shapes(chosen: Chosen) -> str:
    """GeoJSON of the units of a level: code, name, place in the order (`i`), and with a metric value and base."""
    rows = store.query("map_geometry", **_with(chosen, "level"))
    figures: Iterable[str] = [""] * len(rows)
    if "metric" in chosen:
        values = store.query("map_values", **chosen)
        written = zip(*_figures(values, chosen["metric"]), strict=True)
        figures = [f',"value":{json.dumps(value, ensure_ascii=False)},"n":"{base}"' for value, base in written]
    codes, names = map(_quoted, rows["unit_code"]), map(_quoted, rows["unit_name"])
    units = zip(codes, names, figures, _drawn(rows, chosen), strict=True)
    features = [
        f'{{"type":"Feature","properties":{{"i":{place},"code":{code},"name":{name}{figure}}},"geometry":{shape}}}'
        for place, (code, name, figure, shape) in enumerate(units)
        if shape is not None
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


def outlines(chosen: Chosen) -> str:
    """GeoJSON of the borders around: the unit and its neighbours, or all districts; `width` is in pixels."""
    rows = store.query("map_outlines", **chosen)
    features = [
        f'{{"type":"Feature","properties":{{"width":{2.5 if chosen["unit"] and is_chosen else 1}}},"geometry":{shape}}}'
        for is_chosen, shape in zip(rows["is_chosen"], rows["geometry_json"], strict=True)
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


def value(chosen: Chosen) -> str:
    """One unit's value and base as a picture of a line of text, for the tooltip over thousands of units."""
    rows = store.query("map_values", **_with(chosen, "level", "metric", "code"))
    rows = rows[rows["unit_code"] == chosen["code"]]
    if rows.empty:
        raise Unknown(chosen["code"])
    (figure,), (base,) = _figures(rows, chosen["metric"])
    words = figure if chosen["metric"] == "reported_issues" else f"{figure}   n = {base}"
    width = sum(15 if ord(letter) > 0x2E80 else 9 for letter in words)
    style = "font: 600 14px sans-serif; fill: white; white-space: pre"
    return (
        f'<svg xmlns="{SVG}" width="{width}" height="22">'
        f'<text y="16" style="{style}">{html.escape(words)}</text></svg>'
    )


def background(chosen: Chosen) -> str:
    """A map style of one colour, so that no base map is asked of anybody."""
    paint = {"background-color": BACKGROUNDS[chosen["shade"]]}
    layers = [{"id": "background", "type": "background", "paint": paint}]
    return json.dumps({"version": 8, "sources": {}, "layers": layers})


def _drawn(rows: pd.DataFrame, chosen: Chosen) -> Iterable[str | None]:
    """Geometry of every row; a compound is also drawn as a point, which stays visible from far away."""
    shapes = [shape if isinstance(shape, str) else None for shape in rows["geometry_json"]]
    if chosen["level"] != "compound":
        return shapes
    points = zip(shapes, rows["longitude"], rows["latitude"], strict=True)
    return [
        f'{{"type":"GeometryCollection","geometries":[{shape},{{"type":"Point","coordinates":[{x:.6f},{y:.6f}]}}]}}'
        if shape and x == x and '"Point"' not in shape
        else shape
        for shape, x, y in points
    ]


def _figures(rows: pd.DataFrame, metric: str) -> tuple[list[str], list[str]]:
    """Value and base (what the value is a share of) of every row, as a reader sees them."""
    words = {state: _(word) for state, word in BLANK_WORDS.items()}
    values = [
        words[state] if state in words else catalogue.metric_number(value, metric)
        for value, state in zip(rows["value"], rows["state"], strict=True)
    ]
    return values, [text.number(None if pd.isna(base) else base, "count") for base in rows["base_count"]]


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _with(chosen: Chosen, *names: str) -> Chosen:
    missing = [name for name in names if name not in chosen]
    if missing:
        raise BadRequest(_("{name} is missing.").format(name=missing[0]))
    return chosen


def _required(given: QueryParams, name: str) -> str:
    if name not in given:
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
    if not written or written[1] == "0000":
        raise BadRequest(_("{name} is a month, such as 2024-12.").format(name=name))
    return date(int(written[1]), int(written[2]), 1)


@lru_cache(maxsize=64)
def _built(build: Build, reader: access.Reader, asked: tuple) -> tuple[bytes, str]:
    """Compressed body and its identity; `reader` keeps what one reader may see from the next."""
    chosen = {name: list(value) if isinstance(value, tuple) else value for name, value in asked}
    with text.speaking(chosen["language"]):
        body = gzip.compress(build(chosen).encode("utf-8"), 6, mtime=0)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _route(path: str, build: Build, media_type: str, read: Read = parameters, *, is_kept: bool = True) -> Route:
    built = _built if is_kept else _built.__wrapped__

    def answer(request: Request) -> Response:
        language = request.query_params.get("language", "")
        with text.speaking(language if language in text.LANGUAGES else text.DEFAULT):
            try:
                chosen = read(request.query_params)
                asked = tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in chosen.items())
                body, identity = built(build, access.reader(), asked)
            except BadRequest as error:
                return PlainTextResponse(str(error), 400)
            except (Unknown, editions.EditionError, store.OutdatedEditionError):
                return PlainTextResponse(_("There is no such place, edition or unit."), 404)
        headers = {"ETag": identity, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
        if identity in re.split(r"\s*,\s*", request.headers.get("If-None-Match", "").replace("W/", "")):
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return Response(gzip.decompress(body), media_type=media_type, headers=headers)
        return Response(body, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})

    return Route(path, answer)


def _value_parameters(given: QueryParams) -> Chosen:
    return parameters(given) | {"code": _required(given, "code")}


def _shade(given: QueryParams) -> Chosen:
    return {"language": text.DEFAULT, "shade": _one_of(given, "shade", BACKGROUNDS)}


ROUTES = [
    _route(maps.SHAPES, shapes, "application/geo+json"),
    _route(maps.OUTLINES, outlines, "application/geo+json"),
    _route(maps.VALUE, value, "image/svg+xml", _value_parameters, is_kept=False),
    _route(maps.STYLE, background, "application/json", _shade),
]
