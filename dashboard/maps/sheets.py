"""The sheet around a drawn map: title, legend, where it comes from, and how words are set in SVG."""

import html
import re
from dataclasses import dataclass

from dashboard.maps.colours import ink
from dashboard.maps.scales import NO_BREAK, Entry
from dashboard.text import number

WIDTH, MARGIN = 1600, 32
LEGEND_LEFT = 1272
CHIP_WIDTH, CHIP_HEIGHT = 34, 22
PARTS = 10  # of a pixel: paths are whole numbers of these
FONT = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
INK, SOFT, PAPER = "#1f2933", "#5a6675", "#ffffff"
WARNING = "#8a5a00"
LINE = 1.4  # height of a line of text, in its size
BREAKS = re.compile(r"[\u2e80-\uffff][，。、；：）》”]*|[^\s\u2e80-\uffff]+\s*|\s+")
# What XML cannot hold, and what some programs draw as a box.
UNWRITABLE = re.compile(rf"[{NO_BREAK}\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """The words around a map: title, the line under it, and a warning such as "synthetic", or ''.

    `legend` has the lines over the legend, `facts` are (label, value) about where it all comes from, and `credit`
    names whose base map the reader had behind it, or ''.
    """

    title: str
    subtitle: str
    warning: str
    legend: list[str]
    facts: list[tuple[str, str]]
    credit: str


def head(sheet: Sheet) -> tuple[str, int]:
    """Title, subtitle and warning; and where they end."""
    found, y = [], 24
    for line in lines(sheet.title, WIDTH - 2 * MARGIN, 28):
        y += 34
        found.append(text(line, MARGIN, y, 28, weight="bold"))
    y += 30
    found.append(text(sheet.subtitle, MARGIN, y, 19, fill=SOFT))
    found.append(text(sheet.warning, WIDTH - MARGIN, y, 19, fill=WARNING, weight="bold", anchor="end"))
    return "".join(found), y + 18


def key(sheet: Sheet, entries: list[Entry], top: int) -> tuple[str, int]:
    """The legend with how many units each entry has; and where it ends."""
    found, y, width = [], top, WIDTH - MARGIN - LEGEND_LEFT
    for place, words in enumerate(sheet.legend):
        size, colour, weight = (18, INK, "bold") if place == 0 else (15, SOFT, "normal")
        for line in lines(words, width, size):
            y += round(size * LINE)
            found.append(text(line, LEGEND_LEFT, y, size, fill=colour, weight=weight))
    y += 14
    for entry in entries:
        chip = f'translate({LEGEND_LEFT} {y}) scale({1 / PARTS})" d="{box(CHIP_WIDTH, CHIP_HEIGHT)}'
        colour = fill(entry.colour or PAPER, entry.is_hatched)
        found.append(f'<path transform="{chip}" fill="{colour}" stroke="{SOFT}" stroke-width="{PARTS}"/>')
        found.append(text(number(entry.count, "count"), WIDTH - MARGIN, y + 17, 17, weight="bold", anchor="end"))
        for line in lines(f"{entry.sign} {entry.label}".strip(), width - CHIP_WIDTH - 80, 17):
            found.append(text(line, LEGEND_LEFT + CHIP_WIDTH + 10, y + 17, 17))
            y += 23
        y += 9
    return f'<g id="legend">{"".join(found)}</g>', y


def foot(sheet: Sheet, top: int) -> tuple[str, int]:
    """Where it comes from, in lines as wide as the sheet; and where the sheet ends."""
    size, width = 15, WIDTH - 2 * MARGIN
    written: list[list[str]] = [[]]
    left = float(width)
    for label, value in sheet.facts:
        across = wide(f"{label} {value}") * size
        if written[-1] and across > left:
            written.append([])
            left = width
        first, *rest = lines(f"{label} {value}", width, size)
        label, value = first[: len(label)], first[len(label) :]
        gap = f' dx="{1.6 * size}"' if written[-1] else ""
        written[-1].append(f'<tspan fill="{SOFT}"{gap}>{escaped(label)}</tspan>{escaped(value)}')
        written += [[escaped(line)] for line in rest]
        left = 0 if rest else left - across - 1.6 * size
    step, looks = round(size * LINE), f'font-size="{size}" xml:space="preserve"'
    found = [
        f'<text x="{MARGIN}" y="{top + size + place * step}" {looks}>{"".join(line)}</text>'
        for place, line in enumerate(written)
    ]
    return f'<g id="facts">{"".join(found)}</g>', top + len(written) * step + MARGIN


def box(width: int, height: int) -> str:
    """A rectangle as a path, in parts of a pixel."""
    return f"M0 0H{width * PARTS}V{height * PARTS}H0z"


def fill(colour: str, is_hatched: bool) -> str:
    """How a shape is filled with a colour, plain or under lines; a hatched one needs its `hatching` defined."""
    return f"url(#hatch{colour[1:]})" if is_hatched else colour


def hatching(colour: str) -> str:
    """Pattern of a colour under dark or pale lines, for shapes drawn in parts of a pixel."""
    return (
        f'<pattern id="hatch{colour[1:]}" width="70" height="70" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="70" height="70" fill="{colour}"/>'
        f'<rect width="16" height="70" fill="{ink(colour)}" fill-opacity="0.5"/></pattern>'
    )


def text(
    words: str, x: float, y: float, size: int, fill: str = INK, weight: str = "normal", anchor: str = "start"
) -> str:
    """One line of words, escaped; nothing for no words."""
    looks = f' fill="{fill}"' * (fill != INK)
    looks += f' font-weight="{weight}"' * (weight != "normal") + f' text-anchor="{anchor}"' * (anchor != "start")
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{looks}>{escaped(words)}</text>' if words else ""


def writable(words: str) -> str:
    """Words without the characters that no document can hold; a browser refuses some of them."""
    return UNWRITABLE.sub("", words)


def escaped(words: str) -> str:
    """Words as they may stand in XML."""
    return html.escape(writable(words))


def wide(words: str) -> float:
    """Width of words in the size of their letters: a Chinese one is as wide as high, others a little over half."""
    return sum(1.0 if letter > "\u2e80" else 0.55 for letter in words)


def lines(words: str, width: float, size: int) -> list[str]:
    """Words in lines of at most so many pixels, broken between words or Chinese letters, and anywhere if need be."""
    found = [""]
    for piece in BREAKS.findall(words):
        while piece and wide((found[-1] + piece).rstrip()) * size > width:
            if found[-1]:
                found.append("")
                piece = piece.lstrip()
            else:
                most = max(int(width / size), 1)
                found[-1], piece = piece[:most], piece[most:]
        found[-1] += piece
    return [line.rstrip() for line in found if line.strip()]
