"""What Word knows and python-docx does not: numbered headings, fields, fonts with fallbacks, charts, shapes in text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Emu
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph
from lxml import etree

from dashboard.reports.office import charts, targets

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())


@dataclass(frozen=True)
class Face:
    """A pair of fonts, for Latin and for Chinese letters, by the names that Windows and WPS know in any language."""

    latin: str
    chinese: str

    @property
    def xml(self) -> str:
        """The pair as a run's properties have it."""
        latin = " ".join(f'w:{script}="{self.latin}"' for script in ("ascii", "hAnsi", "cs"))
        return f'<w:rFonts {latin} w:eastAsia="{self.chinese}"/>'


def element(xml: str) -> Any:
    """An element of a document from its XML, with the namespaces that documents use."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {_DECLARED}", xml.strip(), count=1))


def keep_styles(document: Document, names: Iterable[str]) -> None:
    """Take every style that is not named from a document."""
    kept = set(names)
    for style in list(document.styles.element.findall(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")) not in kept:
            style.getparent().remove(style)


def set_style(style: BaseStyle, paragraph: str, run: str) -> None:
    """Give a style these paragraph and run properties (XML) in place of all it had or inherited."""
    root = style.element
    for tag in ("w:pPr", "w:rPr", "w:link", "w:basedOn"):
        for old in root.findall(qn(tag)):
            root.remove(old)
    root.append(element(f"<w:pPr>{paragraph}</w:pPr>"))
    root.append(element(f"<w:rPr>{run}</w:rPr>"))


def set_defaults(document: Document, run: str) -> None:
    """Run properties of everything that no style says otherwise, and none for paragraphs."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(element(f"<w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"))
    defaults.append(element("<w:pPrDefault/>"))


def set_fonts(document: Document, fonts: Sequence[tuple[str, str, str]]) -> None:
    """The table of fonts: each with the one that stands in where it is not installed, and its family.

    Programs without the stand-in either choose by family, charset and the lines of the page stay as they are.
    """
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{fallback}"/><w:charset w:val="{"86" if is_chinese else "00"}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, fallback, family in fonts
        for is_chinese in (not name.startswith(("Times", "Arial")),)
    )
    part._blob = etree.tostring(element(f"<w:fonts>{entries}</w:fonts>"), encoding="UTF-8", standalone=True)


def number_headings(document: Document, levels: Sequence[tuple[str, str, str]]) -> None:
    """Bind `Heading 1`, `Heading 2`, … to one multilevel list: format, text and what follows the number, each."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    made = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (form, text, suffix) in enumerate(levels)
    )
    numbering.append(
        element(f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{made}</w:abstractNum>')
    )
    numbering.append(element('<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Append a field with the result it shows until a program works it out anew."""
    paragraph._p.extend(_field(instruction, shown))


def _field(instruction: str, shown: str) -> list[Any]:
    parts = [
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f'<w:t xml:space="preserve">{escape(shown)}</w:t>',
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return [element(f"<w:r>{part}</w:r>") for part in parts]


def bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Put a bookmark around what a paragraph holds."""
    start = element(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>')
    properties = paragraph._p.pPr
    paragraph._p.insert(0, start) if properties is None else properties.addnext(start)
    paragraph._p.append(element(f'<w:bookmarkEnd w:id="{number}"/>'))


def contents(paragraphs: Sequence[tuple[Paragraph, str, str]], instruction: str) -> None:
    """Make paragraphs the filled table of contents: each with its words and the bookmark it leads to.

    The page number is left to the program that lays the pages out: Word works it out when it prints or the table is
    updated. A guess could be wrong, and asking Word to update at opening makes it warn of "other files". LibreOffice
    works out references as it opens a file, but not inside a table of contents: it gets the references alone.
    """
    if not paragraphs:
        return
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    paragraphs[0][0]._p.append(_for_word(start))
    for paragraph, words, target in paragraphs:
        link = element(f'<w:hyperlink w:anchor="{target}" w:history="1"/>')
        link.append(element(f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'))
        link.append(element("<w:r><w:tab/></w:r>"))
        link.extend(_field(f"PAGEREF {target} \\h", ""))
        paragraph._p.append(link)
    paragraphs[-1][0]._p.append(_for_word('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))


def _for_word(runs: str) -> Any:
    """Runs for programs that know Word 2013's additions; others leave them out."""
    choice = f'<mc:Choice Requires="w15">{runs}</mc:Choice>'
    return element(f"<mc:AlternateContent>{choice}<mc:Fallback/></mc:AlternateContent>")


def chart(document: Document, number: int, parts: charts.Parts, size: tuple[Emu, Emu], alt: str) -> Any:
    """A run with an editable chart; the chart, its workbook and its shapes become parts of the document."""
    package = document.part.package
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, parts.xml, package)
    sheet = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, parts.workbook, package)
    drawn.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)  # rId1 and rId2, as the chart's XML has them
    if parts.shapes:
        name = PackURI(f"/word/drawings/drawing{number}.xml")
        drawn.relate_to(Part(name, targets.CONTENT_TYPE, parts.shapes, package), targets.RELATION)
    relation = document.part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    graphic = f'<a:graphicData uri="{NAMESPACES["c"]}"><c:chart r:id="{relation}"/></a:graphicData>'
    return element(f"<w:r>{_inline(number, graphic, size, alt)}</w:r>")


def group(number: int, drawn: Any, size: tuple[Emu, Emu], alt: str, face: Face) -> Any:
    """A run with the shapes of a slide's group (python-pptx), moved and sized as one.

    Slides and documents share the form of a shape; only the words in it are written in each one's own way.
    """
    width, height = size
    frame = f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
    inner = frame.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    shapes = "".join(_shape(number + place, shape, face) for place, shape in enumerate(drawn.shapes, 1))
    graphic = (
        f'<a:graphicData uri="{NAMESPACES["wpg"]}"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f"<wpg:grpSpPr><a:xfrm>{frame}{inner}</a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData>"
    )
    drawing = _inline(number, graphic, size, alt)
    choice = f'<mc:Choice Requires="wpg">{drawing}</mc:Choice>'
    return element(f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>")


def _shape(number: int, shape: Any, face: Face) -> str:
    form = "".join(etree.tostring(child, encoding="unicode") for child in shape._element.spPr)
    words = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Compact"/><w:jc w:val="{"center" if paragraph.alignment else "left"}"/></w:pPr>'
        f"{''.join(run(part.text, part.font.size.pt, face) for part in paragraph.runs)}</w:p>"
        for paragraph in shape.text_frame.paragraphs
        if paragraph.runs
    )
    text = f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>" if words else ""
    name, alt = quoteattr(shape.name), quoteattr(shape._element._nvXxPr.cNvPr.get("descr") or "")
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name={name} descr={alt}/><wps:cNvSpPr/><wps:spPr>{form}</wps:spPr>{text}'
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp>"
    )


def _inline(number: int, graphic: str, size: tuple[Emu, Emu], alt: str) -> str:
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f'<wp:docPr id="{number}" name="{number}" descr={quoteattr(alt)}/><wp:cNvGraphicFramePr/>'
        f"<a:graphic>{graphic}</a:graphic></wp:inline></w:drawing>"
    )


def run(words: str, size: float, face: Face, colour: str = "", is_bold: bool = False) -> str:
    """A run of words in a face, at a size in points."""
    bold = "<w:b/>" if is_bold else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    half = round(2 * size)
    look = f'{face.xml}{bold}{ink}<w:spacing w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
