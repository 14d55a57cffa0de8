"""How far apart two colours look, to readers with normal colour vision and to colour-blind ones."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

BACKGROUNDS = {"light": "#eef1f5", "dark": "#161c24"}  # of the map

# Machado, Oliveira & Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency",
# doi 10.1109/TVCG.2009.113: the authors' matrices at severity 1, for linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# IEC 61966-2-1: linear RGB of sRGB to XYZ under D65.
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> NDArray[np.float64]:
    """Linear red, green and blue (0-1) of `#rrggbb`."""
    coded = np.frombuffer(bytes.fromhex(colour[1:]), dtype=np.uint8) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours (1-21), WCAG 2.2."""
    darker, lighter = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, vision: str) -> NDArray[np.float64]:
    """CIELAB of a colour as it looks to readers with a kind of vision."""
    seen = np.clip(VISIONS[vision] @ linear(colour), 0, 1)
    white = TO_XYZ.sum(axis=1)
    x, y, z = (np.cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in TO_XYZ @ seen / white)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """CIEDE2000 difference of two colours in CIELAB, after Sharma, Wu & Dalal (2005), doi 10.1002/col.20070."""
    lightness = np.array([first[0], second[0]])
    a, b = np.array([first[1:], second[1:]]).T
    seventh = np.hypot(a, b).mean() ** 7
    a = a * (1.5 - 0.5 * np.sqrt(seventh / (seventh + 25**7)))
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    turn = (hue[1] - hue[0] + 180) % 360 - 180 if chroma.all() else 0.0
    mean_hue = np.radians(hue[0] + turn / 2 if chroma.all() else hue.sum())
    mean_lightness, mean_chroma = lightness.mean() - 50, chroma.mean()
    weight = (
        1
        - 0.17 * np.cos(mean_hue - np.radians(30))
        + 0.24 * np.cos(2 * mean_hue)
        + 0.32 * np.cos(3 * mean_hue + np.radians(6))
        - 0.20 * np.cos(4 * mean_hue - np.radians(63))
    )
    by_lightness = np.diff(lightness)[0] / (1 + 0.015 * mean_lightness**2 / np.sqrt(20 + mean_lightness**2))
    by_chroma = np.diff(chroma)[0] / (1 + 0.045 * mean_chroma)
    by_hue = 2 * np.sqrt(chroma.prod()) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mean_chroma * weight)
    seventh = mean_chroma**7
    angle = np.radians(60 * np.exp(-(((np.degrees(mean_hue) % 360 - 275) / 25) ** 2)))
    rotation = -2 * np.sqrt(seventh / (seventh + 25**7)) * np.sin(angle)
    return float(np.sqrt(by_lightness**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue))


def differences(colours: tuple[str, ...]) -> dict[tuple[int, int], float]:
    """CIEDE2000 of every pair of a palette, by position: the smallest that any kind of vision sees."""
    seen = {vision: [lab(colour, vision) for colour in colours] for vision in VISIONS}
    return {
        (i, j): min(difference(labs[i], labs[j]) for labs in seen.values())
        for i, j in combinations(range(len(colours)), 2)
    }
