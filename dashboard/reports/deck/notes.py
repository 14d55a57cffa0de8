"""Notes of a slide: what the presenter wants to say, then where every number comes from and what it means."""

from collections.abc import Sequence

from dashboard.reports.model import Briefing, Figure, Section
from dashboard.text import _, listed

MOST_ROWS = 100  # of a figure's table in the notes; all are in the workbook


def text(briefing: Briefing, section: Section, figures: Sequence[Figure], has_text: bool) -> str:
    """The notes of one slide, with the figures on it and, if the section's text stands there, its numbers."""
    parts = [section.notes] if has_text and section.notes else []
    parts += ["\n".join(_figure(figure)) for figure in figures]
    numbers = [number for sentence in section.sentences for number in sentence.numbers]
    if has_text and numbers:
        lines = [
            _("{shown}: query {query}, row {row}, column {column}").format(
                shown=number.shown,
                query=number.query,
                row=listed(f"{name}={value}" for name, value in number.row) or "—",
                column=number.column,
            )
            for number in numbers
        ]
        parts.append("\n".join([_("Numbers in the text"), *dict.fromkeys(lines)]))
    parts.append(_("Edition {edition}").format(edition=briefing.edition))
    return "\n\n".join(parts)


def _figure(figure: Figure) -> list[str]:
    lines = [_("Figure: {title}").format(title=figure.title)]
    lines.append(_("Query {query}").format(query=figure.source.query))
    lines += [_("{name}: {value}").format(name=label, value=value) for label, value in figure.source.facts]
    lines += [_("{name}: {value}").format(name=term, value=meaning) for term, meaning in figure.source.definitions]
    if figure.form != "table" and figure.table.rows:  # a slide of a table shows its numbers itself
        lines.append(" | ".join(column.title for column in figure.table.columns))
        lines += [" | ".join(cell.shown for cell in row) for row in figure.table.rows[:MOST_ROWS]]
        left = len(figure.table.rows) - MOST_ROWS
        if left > 0:
            lines.append(_("… {count} more rows are in the Excel file.").format(count=f"{left:,}"))
    return lines
