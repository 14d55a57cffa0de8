"""A table as HTML: read aloud cell by cell, in the page's own type and colours, at a fraction of a figure's cost."""

from dataclasses import dataclass
from html import escape

from dashboard.charts import theme
from dashboard.text import _


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: a number, before it perhaps a sign with its meaning, above it perhaps a name, below it
    perhaps how sure it is.

    `tint` is a CSS colour behind it, `hover` the lines shown to a pointer that rests on it.
    """

    number: str
    sign: str = ""
    meaning: str = ""
    name: str = ""
    tint: str = "transparent"
    hover: tuple[str, ...] = ()
    below: str = ""

    def html(self, widest: int = 0) -> str:
        """The cell as `<td>`, its number set flush right in the room of `widest` digits."""
        name = f'<span class="name">{escape(self.name)}</span>' if self.name else ""
        sign = f'<span role="img" aria-label="{escape(self.meaning)}">{escape(self.sign)}</span>' if self.sign else ""
        below = f'<span class="below">{escape(self.below)}</span>' if self.below else ""
        title = f' title="{"&#10;".join(map(escape, self.hover))}"' if self.hover else ""
        return (
            f'<td style="background:{escape(self.tint)};--widest:{widest}"{title}>{name}{sign}'
            f'<span class="number">{escape(self.number)}</span>{below}</td>'
        )


@dataclass(frozen=True)
class Table:
    """Cells by the names of their row and column, in the order in which these first appear.

    Looks (class `matrix`) are in `frame.css`.
    """

    cells: dict[tuple[str, str], Cell]

    def html(self, caption: str) -> str:
        """The table as HTML, every word in it escaped; the caption is for readers who hear the page."""
        if not self.cells:
            return f"<p>{escape(_('Nothing to show for this selection.'))}</p>"
        rows, columns = (list(dict.fromkeys(names)) for names in zip(*self.cells, strict=True))
        grid = [[self.cells.get((row, column), Cell("—")) for column in columns] for row in rows]
        widest = [max(len(cell.number) for cell in line) for line in zip(*grid, strict=True)]
        head = "".join(f'<th scope="col">{_breakable(column)}</th>' for column in columns)
        body = "".join(
            f'<tr><th scope="row">{escape(row)}</th>'
            f"{''.join(cell.html(digits) for cell, digits in zip(line, widest, strict=True))}</tr>"
            for row, line in zip(rows, grid, strict=True)
        )
        return (
            f'<div class="matrix" style="--columns:{len(columns)}"><table><caption>{escape(caption)}</caption>'
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def _breakable(name: str) -> str:
    """A heading that may go on in the next line where a reader would pause; Latin text does so at its spaces."""
    return escape(name) if " " in name else "<wbr>".join(map(escape, theme.lines(name)))
