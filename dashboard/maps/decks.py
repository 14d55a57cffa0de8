"""The deck: shapes come to the browser by address and stay there, a rerun sends one class per unit.

So a change of metric, period or filter colours 37,000 micro-grids again without fetching or cutting a polygon.
"""

import html
import math
import textwrap

import pandas as pd
import pydeck

from dashboard import catalogue
from dashboard.maps.addresses import Sources
from dashboard.maps.scales import Scale, rgb

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees

MOST_LABELS = 40
NAME_LINE = 11  # letters
MOST_BORDERS = 1_500  # beyond it borders hide what they enclose
FILL_ALPHA = 235
BLANK_FILLS = {  # not reported (hatched over), not applicable
    "light": ([150, 158, 168, 255], [255, 255, 255, 0]),
    "dark": ([128, 136, 148, 255], [0, 0, 0, 0]),
}
BORDERS = {"light": [255, 255, 255, 220], "dark": [18, 23, 30, 220]}
CONTEXT = {"light": [70, 84, 102, 200], "dark": [190, 202, 216, 200]}
INK = {"light": [31, 41, 51, 255], "dark": [240, 244, 248, 255]}
HALO = {"light": [255, 255, 255, 230], "dark": [18, 23, 30, 230]}
HIGHLIGHT = [255, 214, 102, 150]
FONT = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
TOOLTIP = {
    "backgroundColor": "rgba(31, 41, 51, 0.94)",
    "color": "#ffffff",
    "fontFamily": FONT,
    "fontSize": "13px",
    "borderRadius": "6px",
    "padding": "8px 10px",
}
MOST_ZOOM = 16.0
METRES_AROUND = 40_075_016.7
# Left half hatched, right half plain; the alpha of this picture weakens the fill it is laid over.
PATTERNS = (
    "data:image/svg+xml;utf8,<svg xmlns='http%3A//www.w3.org/2000/svg' width='64' height='32'>"
    "<rect width='32' height='32' fill-opacity='0.25'/><rect x='32' width='32' height='32'/>"
    "<path d='M-8 24L24 -8M-8 40L40 -8M8 40L40 8M24 40L40 24' stroke='black' stroke-width='5'/></svg>"
)
PATTERN_PLACES = {
    "1": {"x": 0, "y": 0, "width": 32, "height": 32, "mask": True},
    "0": {"x": 32, "y": 0, "width": 32, "height": 32, "mask": True},
}


def deck(
    rows: pd.DataFrame,
    found: Scale,
    sources: Sources,
    bounds: Bounds,
    *,
    shade: str,
    layer: str,
    width: int,
    height: int,
) -> pydeck.Deck:
    """The map of the units in `rows` (unit_name, value, state, longitude, latitude), in the order of the shapes.

    `bounds` are shown whole in `width` x `height` pixels; `layer` names the layer in selections.
    """
    view = fitted(bounds, width, height)
    layers = [
        _units(rows, found, sources, shade, layer, view["zoom"]),
        _outlines(sources.outlines, shade),
    ]
    if len(rows) <= MOST_LABELS:
        layers.append(_labels(rows, shade))
    return pydeck.Deck(
        layers,
        views=[pydeck.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})],
        map_style=sources.style,
        map_provider="maplibre",
        initial_view_state=pydeck.ViewState(**view, max_zoom=19),
        tooltip={"html": _tooltip(found.metric, sources.value), "style": TOOLTIP},
    )


def fitted(bounds: Bounds, width: int, height: int, margin: int = 24) -> dict[str, float]:
    """Centre and zoom (512-pixel Web Mercator) that show `bounds` whole in a picture of `width` x `height` pixels."""
    west, south, east, north = bounds
    bottom, top = (math.asinh(math.tan(math.radians(latitude))) for latitude in (south, north))
    across, up = math.radians(east - west), top - bottom
    room = min((width - 2 * margin) / max(across, 1e-6), (height - 2 * margin) / max(up, 1e-6))
    middle = math.degrees(math.atan(math.sinh((bottom + top) / 2)))
    zoom = min(math.log2(room * 2 * math.pi / 512), MOST_ZOOM)
    return {"longitude": (west + east) / 2, "latitude": middle, "zoom": zoom}


def _units(rows: pd.DataFrame, found: Scale, sources: Sources, shade: str, layer: str, zoom: float) -> pydeck.Layer:
    classes = found.classes(rows)
    palette = [[*rgb(colour), FILL_ALPHA] for colour in found.colours] + list(BLANK_FILLS[shade])
    digits = "".join(map(str, classes))
    unknown = classes == len(found.colours)
    drawn = pydeck.Layer(
        "GeoJsonLayer",
        id=layer,
        data=sources.shapes,
        get_fill_color=f"({palette})[('{digits}')[properties.i]]",
        update_triggers={"getFillColor": [digits, str(palette)]},
        pickable=True,
        auto_highlight=True,
        highlight_color=HIGHLIGHT,
        stroked=len(rows) <= MOST_BORDERS,
        get_line_color=BORDERS[shade],
        line_width_min_pixels=0.7,
        get_point_radius=25,
        point_radius_min_pixels=2.2,
        point_radius_max_pixels=6,
    )
    if unknown.any():
        _hatch(drawn, "".join(map(str, unknown.astype(int))), zoom)
    return drawn


def _hatch(layer: pydeck.Layer, digits: str, zoom: float) -> None:
    """Hatch the units whose digit is 1, with lines some pixels apart at the zoom the map opens with."""
    layer.extensions = [{"@@type": "FillStyleExtension", "pattern": True}]
    layer.fill_pattern_atlas = PATTERNS
    layer.fill_pattern_mapping = PATTERN_PLACES
    layer.get_fill_pattern = f"@@=('{digits}')[properties.i]"
    layer.get_fill_pattern_scale = METRES_AROUND / 512 / 2**zoom / 4
    layer.update_triggers = layer.update_triggers | {"getFillPattern": digits}


def _outlines(address: str, shade: str) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        id=f"outlines {address}",
        data=address,
        filled=False,
        stroked=True,
        get_line_color=CONTEXT[shade],
        get_line_width="properties.width",
        line_width_units="'pixels'",
        pickable=False,
    )


def _labels(rows: pd.DataFrame, shade: str) -> pydeck.Layer:
    places = rows.dropna(subset=["longitude", "latitude"])
    named = places[["unit_name", "longitude", "latitude"]].rename(columns={"unit_name": "name"})
    # English names on one line would lie over their neighbours; a Chinese name has no space to break at.
    named["name"] = ["\n".join(textwrap.wrap(name, NAME_LINE, break_long_words=False)) for name in named["name"]]
    return pydeck.Layer(
        "TextLayer",
        id="names",
        data=named.round(5).to_dict("records"),
        get_text="name",
        get_position="[longitude, latitude]",
        get_size=12,
        get_color=INK[shade],
        font_family=f'"{FONT}"',
        font_settings={"sdf": True, "fontSize": 32, "buffer": 6},
        outline_width=4,
        outline_color=HALO[shade],
        character_set="'auto'",
        extensions=[{"@@type": "CollisionFilterExtension"}],
        collision_test_props={"sizeScale": 1.6},
        pickable=False,
    )


def _tooltip(metric: str, values: str) -> str:
    """Name, metric, value and base of a unit; the browser fills in `{…}` from the properties of its shape."""
    title = html.escape(catalogue.title(metric))
    if values:
        figures = f'<img height="22" src="{html.escape(values)}&amp;code={{code}}" alt="{{code}}">'
    else:
        figures = "<b>{value}</b>" if metric == "reported_issues" else "<b>{value}</b> &ensp; n = {n}"
    return f"<b>{{name}}</b><br>{title}<br>{figures}"
