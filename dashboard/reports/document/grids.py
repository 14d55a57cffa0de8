"""Tables of a written report as XML: with three lines, or without any around what stands side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from dashboard.reports.document.word import Face, element, run

MOST_KEPT = 12  # rows of a table that stays on one page


@dataclass(frozen=True)
class TableCell:
    """Words of a table's cell; a colour (rrggbb) marks the first word, a judgement's sign."""

    words: str
    is_number: bool = False
    sign: str = ""
    colour: str = ""


def table(
    head: Sequence[TableCell], rows: Sequence[Sequence[TableCell]], widths: Sequence[float], size: float, face: Face
) -> Any:
    """A table with three lines, its head (if there is one) repeated on every page; widths and size of type in points.

    Written as XML at once: python-docx takes seconds for a few thousand cells.
    """
    dxa = [round(20 * width) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in dxa)
    rule = '<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="000000"/>'
    borders = rule.format(side="top", weight=12) + rule.format(side="bottom", weight=12)
    inner = '<w:insideH w:val="single" w:sz="2" w:space="0" w:color="D0D5DB"/>'
    sides = (("top", 40), ("left", 80), ("bottom", 40), ("right", 80))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    is_short = len(rows) <= MOST_KEPT
    lines = [_row(head, dxa, size, face, True, True)] if head else []
    lines += [_row(row, dxa, size, face, is_short and place < len(rows) - 1) for place, row in enumerate(rows)]
    return element(
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(dxa)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}{inner}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def side_by_side(cells: Sequence[Sequence[Any]], width: float, between: float) -> Any:
    """A table without lines whose cells hold these elements of a document; widths in points."""
    dxa, gap = round(20 * width), round(20 * between)
    nothing = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr></w:tc>'
    inner = [nothing.format(dxa) for _cell in cells]
    spacer = nothing.format(gap).replace("</w:tc>", '<w:p><w:pPr><w:pStyle w:val="Compact"/></w:pPr></w:p></w:tc>')
    grid = f'<w:gridCol w:w="{gap}"/>'.join(f'<w:gridCol w:w="{dxa}"/>' for _cell in cells)
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    made = element(
        f'<w:tbl><w:tblPr><w:tblW w:w="{dxa * len(cells) + gap * (len(cells) - 1)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{spacer.join(inner)}</w:tr></w:tbl>"
    )
    for place, held in enumerate(cells):
        made.findall(f".//{qn('w:tc')}")[2 * place].extend(held)
    return made


def _row(
    cells: Sequence[TableCell], widths: Sequence[int], size: float, face: Face, is_kept: bool, is_head: bool = False
) -> str:
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "") + "</w:trPr>"
    rule = ""
    if is_head:
        rule = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{rule}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_cell(cell, size, face, is_kept, is_head)}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{made}</w:tr>"


def _cell(cell: TableCell, size: float, face: Face, is_kept: bool, is_head: bool) -> str:
    keep = "<w:keepNext/>" if is_kept else ""  # on the page of the next row
    side = "right" if cell.is_number else "left"
    paragraph = f'<w:pPr><w:pStyle w:val="Compact"/>{keep}<w:jc w:val="{side}"/></w:pPr>'
    sign = run(cell.sign, size, face, colour=cell.colour) if cell.sign else ""
    parts = [run(line, size, face, is_bold=is_head) for line in cell.words.split("\n")]
    return f"<w:p>{paragraph}{sign}{'<w:r><w:br/></w:r>'.join(parts)}</w:p>"
