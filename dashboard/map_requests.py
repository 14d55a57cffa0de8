"""What an address of the map asks for: its token checked, then every parameter, as parameters for queries.

Each function reads one kind of address; all raise `map_tokens.Forbidden` first, then `BadRequest` with a sentence,
`Unknown` or `editions.EditionError`.
"""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request

from dashboard import editions, map_exports, map_tokens, map_values, maps, periods, settings, store, text
from dashboard.text import _

Chosen = dict[str, Any]
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
    if map_values.is_classed(asked):
        methods = maps.methods(map_values.goal(asked))
        asked["method"] = _one_of(given, "method", methods, methods[0])
        if "classes_start" in given:  # the classes of another period than the one shown
            asked["classed"] = _period(given, "classes_")
    return asked | {"minute": f"{datetime.now():%Y-%m-%d %H:%M}"}


def _period(given: QueryParams, prefix: str) -> Chosen:
    start, end = _month(given, f"{prefix}start"), _month(given, f"{prefix}end")
    if start > end:
        raise BadRequest(_("start must not be after end."))
    return periods.parameters(start, end)


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
