"""An empty presentation in the house look: theme, one master and four layouts whose placeholders a presenter restyles.

Built from python-pptx's own empty file, of which only the frame of parts stays. Lengths are in points.
"""

from pathlib import Path
from string import Template

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.reports.office.fitting import Box
from dashboard.text import N_, _

PARTS = Path(__file__).parent / "parts"
TAGS = {"zh": ("zh-CN", "en-US"), "en": ("en-US", "zh-CN")}  # language of the text and the other one
TABLE_STYLE = "{6B1C0F0A-3D53-4C0B-9D0C-2B8E5C7A1E01}"

WIDTH, HEIGHT, MARGIN = 960, 540, 44
TITLE = Box(MARGIN, 32, WIDTH - 2 * MARGIN, 54)
CHAPTER = Box(MARGIN, 14, WIDTH - 2 * MARGIN, 18)
CONTENT = Box(MARGIN, 100, WIDTH - 2 * MARGIN, 388)
FOOTER = Box(MARGIN, 502, 560, 30)
LABEL = Box(FOOTER.right + 10, 502, 250, 30)
PAGE = Box(LABEL.right + 8, 502, WIDTH - MARGIN - LABEL.right - 8, 30)
COVER_TITLE = Box(MARGIN + 30, 130, WIDTH - 2 * MARGIN - 60, 110)
COVER_SUBTITLE = Box(MARGIN + 30, 264, WIDTH - 2 * MARGIN - 60, 64)
COVER_FACTS = Box(MARGIN + 30, 332, WIDTH - 2 * MARGIN - 60, 128)
COVER_LABEL = Box(MARGIN + 30, 470, WIDTH - 2 * MARGIN - 60, 26)

COVER, CONTENTS, TEXT, FIGURES = range(4)  # positions of the layouts
TITLE_SIZE, BODY_SIZE, SMALL = 28, 20, 10
_NAMES = (N_("Cover"), N_("Contents"), N_("Text and figures"), N_("Figures only"))
_EMPTY = (
    "<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
    "<p:grpSpPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='0' cy='0'/>"
    "<a:chOff x='0' y='0'/><a:chExt cx='0' cy='0'/></a:xfrm></p:grpSpPr>"
)


def presentation(language: str) -> Deck:
    """A deck of 16:9 without slides, in this language."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.sldSz.attrib.pop("type", None)
    for properties in deck.element.iter("{*}defRPr"):
        if properties.get("lang"):
            properties.set("lang", TAGS[language][0])
    master = deck.slide_master
    while len(deck.slide_layouts) > len(_NAMES):
        deck.slide_layouts.remove(deck.slide_layouts[-1])
    _fill(master.element, _master())
    styles = master.element.find("{*}txStyles")
    styles.getparent().replace(styles, parse_xml(_styles()))
    for place, layout in enumerate(deck.slide_layouts):
        layout.element.attrib.pop("type", None)
        layout.element.set("userDrawn", "1")
        if place == COVER:
            layout.element.set("showMasterSp", "0")
        _fill(layout.element, _layout(place), _(_NAMES[place]))
    _set_blob(master.part.part_related_by(RT.THEME), theme_xml())
    _set_blob(deck.part.part_related_by(RT.TABLE_STYLES), (PARTS / "table_styles.xml").read_bytes())
    _drop(deck.part, RT.PRINTER_SETTINGS)
    for kind in (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES):  # of the file that python-pptx was given
        _drop(deck.part.package, kind)
    return deck


def theme_xml() -> bytes:
    """The theme part: colours of the dashboard's figures, fonts of Chinese office machines."""
    colours = {f"accent{n}": colour[1:].upper() for n, colour in enumerate(theme.CATEGORIES[:6], start=1)}
    written = Template((PARTS / "theme.xml").read_text(encoding="utf-8"))
    return written.substitute(ink=theme.INK["light"][1:].upper(), **colours).encode()


def give_theme(part) -> None:
    """Give the theme to another master that a part holds, as that of the notes."""
    _set_blob(part.part_related_by(RT.THEME), theme_xml())


def _set_blob(part, blob: bytes) -> None:
    if hasattr(part, "_element"):
        part._element = parse_xml(blob)
    else:
        part._blob = blob


def _drop(holder, kind: str) -> None:
    for rel_id in [key for key, rel in holder._rels.items() if rel.reltype == kind]:
        holder._rels.pop(rel_id)


def _fill(element, shapes: str, name: str = "") -> None:
    tree = parse_xml(f"<p:spTree {nsdecls('p', 'a', 'r')}>{_EMPTY}{shapes}</p:spTree>")
    slide = element.find("{*}cSld")
    if name:
        slide.set("name", name)
    old = slide.find("{*}spTree")
    slide.replace(old, tree)
    for extension in slide.findall("{*}extLst"):
        slide.remove(extension)


def _placeholder(number: int, name: str, kind: str, box: Box | None, prompt: str, look="", anchor="t") -> str:
    """A placeholder; `kind` are its attributes of type and index, `look` the style of its first level."""
    place = "" if box is None else f"<a:xfrm>{_corners(box)}</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
    insets = f"<a:bodyPr wrap='square' lIns='0' tIns='0' rIns='0' bIns='0' anchor='{anchor}'><a:noAutofit/></a:bodyPr>"
    words = "<a:fld id='{C1FF6DA9-008F-8B48-92A6-B652298478BF}' type='slidenum'><a:rPr/><a:t>‹#›</a:t></a:fld>"
    run = words if "sldNum" in kind else f"<a:r><a:rPr/><a:t>{prompt}</a:t></a:r>" if prompt else ""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='{number}' name='{name}'/><p:cNvSpPr><a:spLocks noGrp='1'/></p:cNvSpPr>"
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody>{insets if box else '<a:bodyPr/>'}<a:lstStyle>{look}</a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def _corners(box: Box) -> str:
    left, top, width, height = (round(12700 * length) for length in box)
    return f"<a:off x='{left}' y='{top}'/><a:ext cx='{width}' cy='{height}'/>"


def _band(number: int, box: Box, colour: str) -> str:
    """A decoration of master or layout."""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='{number}' name='Rule {number}'/><p:cNvSpPr/><p:nvPr userDrawn='1'/></p:nvSpPr>"
        f"<p:spPr><a:xfrm>{_corners(box)}</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
        f"<a:solidFill>{colour}</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


_NAVY, _BLUE = "<a:schemeClr val='tx2'/>", "<a:schemeClr val='accent1'/>"
_PALE = "<a:srgbClr val='D5DBE3'/>"
_GREY = "<a:srgbClr val='5B6675'/>"


def _level(number: int, size: float, colour: str, face: str = "mn", more: str = "", bold: bool = False) -> str:
    attributes = more or "marL='0' indent='0'"
    inner = "" if "indent='-" in attributes else "<a:buNone/>"
    bullet = inner or "<a:buClr><a:schemeClr val='accent1'/></a:buClr><a:buFont typeface='Arial'/><a:buChar char='•'/>"
    fonts = f"<a:latin typeface='+{face}-lt'/><a:ea typeface='+{face}-ea'/><a:cs typeface='+{face}-cs'/>"
    return (
        f"<a:lvl{number}pPr {attributes} eaLnBrk='1' hangingPunct='1'><a:spcBef><a:spcPts val='0'/></a:spcBef>{bullet}"
        f"<a:defRPr sz='{round(100 * size)}' b='{int(bold)}'><a:solidFill>{colour}</a:solidFill>{fonts}"
        f"</a:defRPr></a:lvl{number}pPr>"
    )


def _styles() -> str:
    ink = "<a:schemeClr val='tx1'/>"
    sizes = enumerate((BODY_SIZE, 18, 16, 14, 14), start=1)
    bullets = "".join(_level(n, size, ink, more=f"marL='{203200 * n}' indent='-203200'") for n, size in sizes)
    plain = "".join(_level(n, 18, ink) for n in range(1, 6))
    title = _level(1, TITLE_SIZE, _NAVY, "mj", "algn='l'", bold=True)
    return (
        f"<p:txStyles {nsdecls('p', 'a')}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{bullets}</p:bodyStyle>"
        f"<p:otherStyle>{plain}</p:otherStyle></p:txStyles>"
    )


def _master() -> str:
    return (
        _band(7, Box(0, 0, WIDTH, 6), _NAVY)
        + _band(8, Box(MARGIN, 88, 56, 2.5), _BLUE)
        + _band(9, Box(MARGIN, 496, WIDTH - 2 * MARGIN, 0.75), _PALE)
        + _placeholder(2, _("Heading"), "type='title'", TITLE, _("Heading"), anchor="ctr")
        + _placeholder(3, _("Text"), "type='body' idx='1'", CONTENT, _("Text"))
        + _standing(3, 4)
    )


def _standing(footer: int, page: int) -> str:
    """Footer and page number at these indexes; layouts repeat the master's look, which LibreOffice does not inherit."""
    small, right = _level(1, SMALL, _GREY), _level(1, 12, _GREY, more="marL='0' indent='0' algn='r'")
    return _placeholder(
        footer + 40, _("Footer"), f"type='ftr' sz='quarter' idx='{footer}'", FOOTER, "", small, "ctr"
    ) + _placeholder(page + 40, _("Page"), f"type='sldNum' sz='quarter' idx='{page}'", PAGE, "", right, "ctr")


def _layout(place: int) -> str:
    if place == COVER:
        heading, grey, navy = (
            _level(1, 40, _NAVY, "mj", "", True),
            _level(1, 14, _GREY),
            _level(1, 14, _NAVY, bold=True),
        )
        subtitle = _level(1, 22, _GREY)
        return (
            _band(20, Box(0, 0, 18, HEIGHT), _NAVY)
            + _band(21, Box(MARGIN + 30, 250, 96, 3), _BLUE)
            + _placeholder(2, _("Heading"), "type='ctrTitle'", COVER_TITLE, _("Heading"), heading, "b")
            + _placeholder(3, _("Subtitle"), "type='subTitle' idx='1'", COVER_SUBTITLE, _("Subtitle"), subtitle)
            + _placeholder(4, _("Facts"), "type='body' idx='13'", COVER_FACTS, _("Facts"), grey, "b")
            + _placeholder(5, _("Label"), "type='body' idx='14'", COVER_LABEL, _("Label"), navy)
        )
    shapes = _placeholder(2, _("Heading"), "type='title'", None, _("Heading"))
    if place != CONTENTS:
        shapes += _placeholder(
            3, _("Chapter"), "type='body' idx='13'", CHAPTER, _("Chapter"), _level(1, 12, _GREY), "ctr"
        )
    if place == TEXT:
        shapes += _placeholder(4, _("Text"), "type='body' idx='1'", CONTENT, _("Text"))
    grey = _level(1, SMALL, _GREY, more="marL='0' indent='0' algn='r'")
    return (
        shapes + _standing(11, 12) + _placeholder(9, _("Label"), "type='body' idx='14'", LABEL, _("Label"), grey, "ctr")
    )
