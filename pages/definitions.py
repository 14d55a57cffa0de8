"""What does each figure mean, from which data and which query does it come, and how good are they?"""

import streamlit as st

from dashboard import definition_views, definitions, filters, ui
from dashboard.store import queries
from dashboard.text import _

chosen = filters.chosen()
months, about = queries("definitions_months", "definitions_about_place", **chosen)

ui.heading(_("Definitions"), question=__doc__)
words = st.text_input(
    _("Find a word in metrics, tables, fields and warnings"),
    key="word",
    bind="query-params",
    icon=":material/search:",
    placeholder=_("Chinese or English, for example: satisfaction"),
)
found = definitions.book(chosen, months, words)
if months.empty:
    st.info(_("This selection has no data; the definitions hold all the same."), icon=":material/filter_alt_off:")
if not any(found.values()):
    st.info(_("No metric, table, field or warning contains this word."), icon=":material/search_off:")
definition_views.metric(found["metrics"])
for section in definitions.SECTIONS:
    rows = found[section.name]
    if rows:
        ui.card(
            _(section.title),
            rows=rows,
            source=(section.name, chosen),
            alt=_(section.alt),
            unit=_("{count} entries").format(count=len(rows)),
            period="",
            note=definition_views.note(section.name),
            height=460 if len(rows) > 12 else None,
        )
definition_views.about_place(definitions.with_words(about, words), chosen)
