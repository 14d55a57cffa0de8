"""Part of the page of definitions: one metric in full, and what to know about each table."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import definitions, lineage, text, ui
from dashboard.definitions import Rows
from dashboard.text import N_, _

LINES_SHOWN = 16  # of SQL; longer texts are scrolled
NOTES = {
    "metrics": N_("Months: first and last with data in this selection. Other figures stand on the as-of date."),
    "tables": N_("Numbers of rows are those of the whole edition; a table that is not published has none."),
    "fields": N_("The Chinese and the English title are both accepted as headers of source files."),
    "marts": N_("Made from the extracts when the edition is published; numbers of rows as above."),
    "findings": N_("Of the whole edition. Warnings do not keep an edition from being published; errors do."),
}


def metric(rows: Rows) -> None:
    """One of these metrics, as the reader chooses, with its definition, where it comes from and its SQL."""
    if not rows:
        return
    by_code = {row["metric_code"]: row for row in rows}
    code = st.selectbox(
        _("One metric in full"),
        list(by_code),
        format_func=definitions.metric_title,
        key="definition",
        bind="query-params",
    )
    row, origin = by_code[code], lineage.computing(code)
    facts = {
        _("Divided by"): row["divided_by"],
        _("Unit of the value"): row["unit_of_value"],
        _("Source tables"): row["source_tables"],
        _("Months with data"): _months(row),
    }
    with st.container(border=True, key="card-definition"):
        st.markdown(f"**{row['metric_title']}**  \n{row['definition']}")
        st.markdown("  \n".join(f":gray[{label}] {value}" for label, value in facts.items()))
        if origin:
            select, part = origin
            st.caption(_("Computed in `queries/{file}`").format(file=f"{select.folder}/{select.name}.sql"))
            st.code(part, language="sql", height=360 if part.count("\n") > LINES_SHOWN else "content")
        else:
            st.caption(_("Computed after the query, where small numbers of people are hidden."))


def about_place(rows: pd.DataFrame, chosen: dict[str, Any]) -> None:
    """What the place goes by, and what its source leaves open; nothing where its profile says nothing."""
    if rows.empty:
        return
    ui.card(
        _("About this place"),
        rows=rows,
        source=("definitions_about_place", chosen),
        alt=_("A row per programme, rule, list and gap of the source, with its parts."),
        unit=_("{count} entries").format(count=len(rows)),
        period="",
        note=_("From the profile of the place. Parts are named only where the source enumerates them."),
    )


def note(section: str) -> str:
    """What a reader must know about one table of the page."""
    return _(NOTES[section])


def _months(row: dict) -> str:
    if row["last_month"] is None:
        return text.NOT_REPORTED
    return text.period(row["first_month"], row["last_month"])
