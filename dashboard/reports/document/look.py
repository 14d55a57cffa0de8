"""What the written report looks like: page, faces, styles and the numbers of headings, after GB/T 9704-2012."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from dashboard.reports.document import word
from dashboard.reports.document.word import Face
from dashboard.text import _

WIDTH = 442.2  # points: the 156 mm of the type area
GRID = 579  # twentieths of a point: 225 mm / 22 lines
SMALL = 9  # points: the smallest type that is read, in footers, charts and appendices
TINY = 8  # of the origin of numbers, which a checker looks up and nobody reads through


@dataclass(frozen=True)
class Look:
    """Type of one language: faces, sizes in points, line pitch in twentieths of a point, numbers of headings."""

    title: Face
    body: Face
    first: Face
    second: Face
    label: Face  # captions, charts and maps
    body_size: float
    pitch: int
    table_size: float
    contents_size: float
    paragraph: str  # properties of running text
    letter: str  # distance of its letters
    levels: tuple[tuple[str, str, str], ...]
    is_bold: bool
    language: str


TIMES = "Times New Roman"
LOOKS = {
    "zh": Look(
        title=Face(TIMES, "FZXiaoBiaoSong-B05S"),
        body=Face(TIMES, "FangSong"),
        first=Face(TIMES, "SimHei"),
        second=Face(TIMES, "KaiTi"),
        label=Face("Arial", "SimHei"),
        body_size=16,
        pitch=GRID,
        table_size=10.5,
        contents_size=14,
        paragraph='<w:ind w:firstLineChars="200" w:firstLine="640"/>',
        letter='<w:spacing w:val="-5"/>',  # 28 letters of 15.75 points fill the line
        levels=(
            ("chineseCountingThousand", "%1\u3001", "nothing"),
            ("chineseCountingThousand", "\uff08%2\uff09", "nothing"),
            ("decimal", "%3\uff0e", "nothing"),
        ),
        is_bold=False,
        language="zh-CN",
    ),
    "en": Look(
        title=Face(TIMES, "SimSun"),
        body=Face(TIMES, "FangSong"),
        first=Face(TIMES, "SimHei"),
        second=Face(TIMES, "KaiTi"),
        label=Face("Arial", "SimHei"),
        body_size=12,
        pitch=360,
        table_size=10,
        contents_size=12,
        paragraph="",
        letter="",
        levels=(("decimal", "%1", "space"), ("decimal", "%1.%2", "space"), ("decimal", "%1.%2.%3", "space")),
        is_bold=True,
        language="en-GB",
    ),
}
# Each font with what stands in for it, and its family.
FONTS = (
    (TIMES, "Liberation Serif", "roman"),
    ("Arial", "Liberation Sans", "swiss"),
    ("FZXiaoBiaoSong-B05S", "SimSun", "roman"),
    ("FangSong", "FangSong_GB2312", "modern"),
    ("KaiTi", "KaiTi_GB2312", "modern"),
    ("SimHei", "Microsoft YaHei", "swiss"),
    ("SimSun", "Noto Serif CJK SC", "roman"),
)
STYLES = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Caption", "Footer", "Heading 1")
STYLES += ("Heading 2", "Heading 3", "Subtitle")


def prepare(document: Document, look: Look) -> None:
    """Page, styles, fonts and the numbers of headings."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(18)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines" if look.pitch == GRID else "default")
    grid.set(qn("w:linePitch"), str(GRID))
    document.settings.odd_and_even_pages_header_footer = True
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    word.keep_styles(document, [*STYLES, *(name.lower() for name in STYLES)])
    word.set_fonts(document, FONTS)
    word.number_headings(document, look.levels)
    language = f'<w:lang w:val="{"en-GB" if look.language == "zh-CN" else look.language}" w:eastAsia="zh-CN"/>'
    word.set_defaults(document, f"{_type(look.body, look.body_size, spacing=look.letter)}{language}")
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{look.pitch}" w:lineRule="exact"/>'
    single = '<w:snapToGrid w:val="0"/><w:spacing w:before="{}" w:after="{}" w:line="240" w:lineRule="auto"/>'
    size, bold = look.body_size, look.is_bold
    above = 0 if look.language == "zh-CN" else 160
    head = exact.replace('w:before="0"', f'w:before="{above}"')
    body = exact.replace('w:after="0"', f'w:after="{0 if look.language == "zh-CN" else 120}"')
    first, second = _type(look.first, size + (2 if bold else 0), bold), _type(look.second, size, bold)
    keep = "<w:keepNext/><w:keepLines/>"
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(20 * WIDTH)}"/></w:tabs>'
    contents = f'<w:spacing w:before="0" w:after="0" w:line="{round(37 * look.contents_size)}" w:lineRule="exact"/>'
    centred = '<w:jc w:val="center"/>'
    paragraphs = {
        "Normal": (f"{body}{look.paragraph}", ""),
        "Heading 1": (f"{keep}{_numbered_by(0)}{head}{look.paragraph}", first),
        "Heading 2": (f"{keep}{_numbered_by(1)}{head}{look.paragraph}", second),
        "Heading 3": (f"{keep}{_numbered_by(2)}{head}{look.paragraph}", _type(look.body, size, is_bold=True)),
        "Appendix heading": (f'{keep}{single.format(320, 160)}<w:outlineLvl w:val="0"/>', first),
        "Contents heading": (f"{single.format(0, 240)}{centred}", _type(look.first, 18, bold)),
        "Label": (f"{single.format(0, 1800)}{centred}", _type(look.first, 14, bold)),
        "Title": (f"{single.format(0, 240)}{centred}", _type(look.title, 22, bold)),
        "Subtitle": (f"{single.format(0, 900)}{centred}", _type(look.second, 16)),
        "Signature": (f"{single.format(60, 60)}{centred}", _type(look.body, 16)),
        "Caption": (f"<w:keepLines/>{single.format(60, 60)}{centred}", _type(look.label, look.table_size + 1.5, bold)),
        "Drawing": (f"<w:keepNext/>{single.format(160, 0)}{centred}", ""),
        "Figure note": (single.format(20, 80), _type(look.body, look.table_size)),
        "Origin heading": (f"{keep}{single.format(80, 0)}", _type(look.label, TINY, is_bold=True)),
        "Origin": (single.format(0, 0), _type(look.body, TINY)),
        "Compact": (single.format(0, 0), _type(look.body, look.table_size)),
        "Footer": (single.format(0, 0), _type(Face(TIMES, "SimSun"), 14)),
        "Identity": (f"{single.format(20, 0)}{centred}", _type(look.body, SMALL)),
        "toc 1": (f"{tab}{contents}", _type(look.first, look.contents_size, bold)),
        "toc 2": (f'{tab}{contents}<w:ind w:left="420"/>', _type(look.body, look.contents_size)),
    }
    for name, (paragraph, run) in paragraphs.items():
        known = {style.name for style in document.styles}
        style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        word.set_style(style, paragraph, run)


def _type(face: Face, size: float, is_bold: bool = False, spacing: str = '<w:spacing w:val="0"/>') -> str:
    bold = "<w:b/>" if is_bold else ""
    return f'{face.xml}{bold}{spacing}<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>'


def _numbered_by(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def numeral(count: int) -> str:
    """A number to 99 as headings count it."""
    units = ["", *_("1 2 3 4 5 6 7 8 9 10").split()]
    tens, rest = divmod(count, 10)
    return f"{units[tens] if tens > 1 else ''}{units[10] if tens else ''}{units[rest]}"
