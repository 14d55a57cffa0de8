"""Colours of the map, for a light and a dark page.

Any two colours of one palette, and each of them and the background, stay apart for readers with protanopia,
deuteranopia and tritanopia too; tests/test_map_colours.py measures it. Red is for trouble alone.
"""

# From little to much: blues that differ in lightness, away from the background.
BLUES = {
    "light": ("#bad5ef", "#78afde", "#4688c3", "#2665a3", "#104278", "#061f42"),
    "dark": ("#1f3d61", "#2b6299", "#3f86be", "#66acdb", "#a7d6f0", "#f0f9ff"),
}
# Around a target, per signal from mild to strong.
JUDGED = {
    "light": {"trouble": ("#dc7f73", "#a3201a"), "watch": ("#f4c93a",), "good": ("#79b5b4", "#0b6360")},
    "dark": {"trouble": ("#a8452f", "#f67f64"), "watch": ("#f0d25c",), "good": ("#4f95a3", "#5fe0cf")},
}
# Changes, from the strongest on one side over about none to the strongest on the other.
WORSE_TO_BETTER = {
    "light": ("#9f2614", "#ea8a74", "#bdc0c6", "#62a2b1", "#145361"),
    "dark": ("#f67f64", "#a8452f", "#5c5f65", "#4f95a3", "#5fe0cf"),
}
LESS_TO_MORE = {
    "light": ("#4a2180", "#8f71cf", "#bdc0c6", "#e9be48", "#8f6a0a"),
    "dark": ("#b69af5", "#70419c", "#5c5f65", "#a37a3a", "#f5d469"),
}
# Cases of fit in the order of the contract; the paler ones where alignment is not reported.
FITS = {
    "light": ("#a07c12", "#4a1f8a", "#2f6f6b", "#f3d596", "#b9a0f0", "#8fbfba"),
    "dark": ("#f2cc55", "#9a78f0", "#2db3a4", "#8a6a1c", "#5a2a8a", "#3a625b"),
}
NOT_REPORTED = {"light": "#7e8288", "dark": "#383c42"}  # always hatched


def rgb(colour: str) -> list[int]:
    """Red, green and blue (0-255) of `#rrggbb`."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def ink(colour: str) -> str:
    """Black or white, whichever reads better on a colour; one of them has a contrast of at least 4.5 (WCAG 2.2)."""
    coded = (part / 255 for part in rgb(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in coded)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"
