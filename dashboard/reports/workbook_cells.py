"""Writing on the sheets of a workbook: formats, cells that hold what they show, lists, widths and print."""

from collections.abc import Iterable, Sequence
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.reports import cell_formats
from dashboard.reports.model import Cell
from dashboard.reports.office import fitting
from dashboard.reports.office.cleaning import cleaned

FONT = {"font_name": "Microsoft YaHei", "font_size": 11}  # on every Chinese office machine; others take their own
SIZE, LETTER = 11, 5.5  # of the text, and of the unit in which Excel measures widths, in points
NARROWEST, WIDEST, FILTER = 9, 44, 4  # widths of a column, and of the arrow of its filter, in letters
MOST_LETTERS = 32_767  # in one cell
LONGEST_FOOTER = 255
LOWEST, HIGHEST = 18, 409  # points of a row: Excel's own 15 cut Chinese letters
A4 = 9
INK, SOFT, LINE, HEAD = theme.INK["light"], "#5a6675", "#dfe3e8", "#eaeff5"

TITLE = {"bold": True, "font_size": 16, "valign": "vcenter", "text_wrap": True, "font_color": INK}
SMALL = {"font_color": SOFT, "text_wrap": True, "valign": "top"}
NUMBER_HEADING = {"bold": True, "bg_color": HEAD, "text_wrap": True, "valign": "vcenter", "align": "right"}
NUMBER_HEADING |= {"bottom": 1, "bottom_color": SOFT}
HEADING = {**NUMBER_HEADING, "align": "left", "indent": 1}
PLAIN = {"valign": "top", "bottom": 1, "bottom_color": LINE}
WRAPPED = {**PLAIN, "text_wrap": True, "align": "left", "indent": 1}  # words keep clear of the number before them
LINK = {"font_color": theme.DATA, "underline": 1, "valign": "top", "text_wrap": True}


class Writer:
    """A workbook with its formats, each made once, and the line that every printed page carries."""

    def __init__(self, book: Workbook, footer: str, label: str) -> None:
        """`footer` and `label` stand below and above every page."""
        self.book = book
        self.footer, self.label = footer, label
        self._styles: dict[tuple, Format] = {}
        self._number_styles: dict[tuple[str, str], Format] = {}

    def style(self, **properties: object) -> Format:
        """The format with these properties of XlsxWriter."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.book.add_format({**FONT, **properties})
        return self._styles[key]

    def sheet(self, name: str) -> Worksheet:
        """A new sheet that prints on lying A4, no wider than the paper, with edition and page numbers."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_default_row(LOWEST)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L" + _page_words(self.footer, LONGEST_FOOTER - len("&L")))
        pages = "&L&P / &N"  # not beside the footer, which may fill its line
        sheet.set_header(f"{pages}&R" + _page_words(self.label, LONGEST_FOOTER - len(f"{pages}&R")))
        return sheet

    def words(self, sheet: Worksheet, row: int, column: int, said: str, **style: object) -> None:
        """Text that stays text, whatever it begins with; no text is an empty cell."""
        said, looks = cleaned(said)[:MOST_LETTERS], self.style(**(style or WRAPPED))
        if said:
            sheet.write_string(row, column, said, looks)
        else:
            sheet.write_blank(row, column, None, looks)

    def cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, *, is_number: bool = True) -> None:
        """A cell as the number or day that it holds, in the format that shows its words; else these words."""
        value = cell_formats.value(cell)
        if value is None:
            self.words(sheet, row, column, cell.shown, **({**PLAIN, "align": "right"} if is_number else WRAPPED))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._number_style(cell))
        else:
            sheet.write_number(row, column, value, self._number_style(cell))

    def across(self, sheet: Worksheet, row: int, last: int, said: str, width: float, **style: object) -> None:
        """Text over the columns from the first to `last`, `width` letters wide together, on as many lines as needed."""
        said, size = cleaned(said), float(style.get("font_size", SIZE))
        sheet.merge_range(row, 0, row, last, "", self.style(**style))
        self.words(sheet, row, 0, said, **style)
        sheet.set_row(row, min(line_height(said, width, size) + 4, HIGHEST))

    def list(
        self, name: str, titles: Sequence[str], rows: Iterable[Sequence[str | Cell]], widths: Sequence[float]
    ) -> Worksheet:
        """A sheet that is one list: titles that stay in sight and filter, and rows of text and cells."""
        sheet = self.sheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        rows = list(rows)
        last = self.table(sheet, 0, titles, rows)
        sheet.autofilter(0, 0, max(last, 1), len(titles) - 1)
        for at, row in enumerate([titles, *rows]):
            self.raise_row(sheet, at, zip(row, widths, strict=True))
        return sheet

    def raise_row(self, sheet: Worksheet, row: int, held: Iterable[tuple[str | Cell, float]]) -> None:
        """Make a row as high as its texts need on their widths in letters; not every program does it by itself."""
        said = ((each.shown if isinstance(each, Cell) else each, width - 2) for each, width in held)
        needed = [line_height(words, width) for words, width in said if "\n" in words or letters(words) > width]
        if needed:
            sheet.set_row(row, min(max(needed) + 4, HIGHEST))

    def table(
        self, sheet: Worksheet, top: int, titles: Sequence[str], rows: Iterable[Sequence[str | Cell]], left: int = 0
    ) -> int:
        """Titles and rows from a row and column on; the row of the last. At the left edge the titles stay in sight."""
        rows, last = list(rows), top
        for at, title in enumerate(titles):
            is_number = bool(rows) and isinstance(rows[0][at], Cell)
            self.words(sheet, top, left + at, title, **(NUMBER_HEADING if is_number else HEADING))
        for last, row in enumerate(rows, start=top + 1):
            for column, held in enumerate(row, start=left):
                if isinstance(held, Cell):
                    self.cell(sheet, last, column, held)
                else:
                    self.words(sheet, last, column, held)
        if left == 0:
            sheet.freeze_panes(top + 1, 0)
            sheet.repeat_rows(top)
        return last

    def _number_style(self, cell: Cell) -> Format:
        """The format of a cell's value, kept by what it depends on: making it anew would cost half of the time."""
        key = (cell.kind, cell.shown if cell.kind == "decimal" or isinstance(cell.value, date) else "")
        if key not in self._number_styles:
            properties = {**PLAIN, "num_format": cell_formats.number_format(cell), "align": "right"}
            self._number_styles[key] = self.style(**properties)
        return self._number_styles[key]


def letters(said: str) -> float:
    """Width of words in letters, a Chinese one as two: quick, for every cell of a long table."""
    return (len(said) + len(said.encode("utf-8", "replace"))) / 2


def column_width(title: str, shown: Iterable[str]) -> float:
    """Width in letters of a column with a title and these words; long words take more lines."""
    longest = max(map(letters, shown), default=0)
    headed = max(map(letters, title.split()), default=0) + FILTER
    return min(max(longest + 3, headed, NARROWEST), WIDEST)


def line_height(said: str, width: float, size: float = SIZE) -> float:
    """Height in points of words on a width in letters."""
    count = sum(len(fitting.lines(line, size, width * LETTER)) for line in said.split("\n"))
    return count * size * fitting.LINE


def _page_words(said: str, most: int) -> str:
    """Words for the top or foot of a page, where & begins a code."""
    return cleaned(said).replace("&", "&&")[:most].rstrip("&")
