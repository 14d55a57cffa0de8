"""The colours of the map can be told apart by every reader, on a light and on a dark page."""

from itertools import pairwise

import numpy as np
import pytest

from dashboard.maps import colours
from tests import colour_vision

# One unit of CIEDE2000 is about what can just be seen between two large fields that touch (Sharma, Wu & Dalal 2005).
# A reader of the map compares a small unit with a chip of the legend elsewhere on the page, among other colours, so
# ten times as much is asked for, whatever the reader's colour vision.
APART = 10
SHADES = ("light", "dark")


def judged(shade: str) -> tuple[str, ...]:
    """Colours around a target from bad to good."""
    trouble, watch, good = (colours.JUDGED[shade][signal] for signal in ("trouble", "watch", "good"))
    return (*trouble[::-1], *watch, *good)


PALETTES = {  # colours, positions of the strongest, page
    f"{name}, {shade}": (*found, shade)
    for shade in SHADES
    for name, found in {
        "sizes": (colours.BLUES[shade], (5,)),
        "around the target": (judged(shade), (0, 4)),
        "changes for better or worse": (colours.WORSE_TO_BETTER[shade], (0, 4)),
        "changes": (colours.LESS_TO_MORE[shade], (0, 4)),
        "cases of fit": (colours.FITS[shade], (0, 1, 2)),
    }.items()
}
each_palette = pytest.mark.parametrize(("palette", "strongest", "shade"), PALETTES.values(), ids=PALETTES)


@each_palette
def test_all_classes_the_background_and_what_is_not_reported_look_different(palette, strongest, shade) -> None:
    shown = (*palette, colour_vision.BACKGROUNDS[shade], colours.NOT_REPORTED[shade])
    apart = colour_vision.differences(shown)
    assert not {(shown[i], shown[j]): found for (i, j), found in apart.items() if found < APART}


@each_palette
def test_the_strongest_classes_have_the_contrast_of_graphical_objects(palette, strongest, shade) -> None:
    """WCAG 2.2, 1.4.11: three to one. The milder classes have borders, signs and numbers beside their colour."""
    for at in strongest:
        assert colour_vision.contrast(palette[at], colour_vision.BACKGROUNDS[shade]) >= 3


@pytest.mark.parametrize("vision", colour_vision.VISIONS)
@pytest.mark.parametrize("shade", SHADES)
def test_more_is_further_from_the_background_in_lightness_for_every_reader(shade, vision) -> None:
    lightness = [
        colour_vision.lab(colour, vision)[0] for colour in (colour_vision.BACKGROUNDS[shade], *colours.BLUES[shade])
    ]
    direction = -1 if shade == "light" else 1
    assert all(direction * (further - nearer) > 0 for nearer, further in pairwise(lightness))


def test_red_is_for_what_got_worse_or_misses_the_target() -> None:
    def is_red(colour: str) -> bool:
        red, green, blue = colours.rgb(colour)
        return red > 1.4 * green and red > 1.4 * blue

    for palette, _strongest, _shade in PALETTES.values():
        is_judging = palette in (*map(judged, SHADES), *colours.WORSE_TO_BETTER.values())
        assert [at for at, colour in enumerate(palette) if is_red(colour)] == ([0, 1] if is_judging else [])


@each_palette
def test_words_on_a_chip_of_the_legend_can_be_read(palette, strongest, shade) -> None:
    for colour in (*palette, colours.NOT_REPORTED[shade]):
        assert colour_vision.contrast(colour, colours.ink(colour)) >= 4.5


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_differences_are_those_that_the_authors_of_the_formula_published(first, second, expected) -> None:
    """Pairs of table 1 of Sharma, Wu & Dalal (2005)."""
    assert colour_vision.difference(np.array(first), np.array(second)) == pytest.approx(expected, abs=5e-5)


def test_red_and_green_look_alike_to_a_deuteranope_and_grey_looks_grey_to_all() -> None:
    red, green = "#b0603c", "#7e7c3a"
    normal, deuteranope = (
        colour_vision.difference(colour_vision.lab(red, vision), colour_vision.lab(green, vision))
        for vision in ("normal", "deuteranopia")
    )
    assert deuteranope < normal / 3
    for vision in colour_vision.VISIONS:
        assert np.abs(colour_vision.lab("#808080", vision)[1:]).max() < 0.5
