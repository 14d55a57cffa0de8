"""What the check of a delivery found, the gravest first, and the workbooks with the cells concerned marked."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import text
from dashboard.charts import theme
from dashboard.publishing import deliveries
from dashboard.publishing.deliveries import Delivery, State
from dashboard.publishing.findings import ERROR, NOTE, WARNING, Finding, by_gravity
from dashboard.text import _

LIGHTS = {ERROR: "trouble", WARNING: "watch", NOTE: "unknown"}


def draw(place: str, delivery: Delivery, state: State) -> None:
    """All findings, the gravest first; the rows of the one that is ticked."""
    found = [Finding.from_json(each) for each in state.findings]
    if not found:
        st.success(_("Nothing was found, and nothing had to be changed."), icon=":material/verified:")
        return
    _workbooks(place, delivery, state)
    found = by_gravity(found)
    rows = pd.DataFrame(
        [
            {
                _("Gravity"): f"{theme.SIGNS[LIGHTS[each.severity]]} {each.gravity}",
                _("Code"): each.code,
                _("Count"): each.count,
                _("Table and column"): each.subject,
                _("What"): each.rule_told,
            }
            for each in found
        ]
    )
    ticked = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"findings-{delivery.name}-{state.ended_at}",
        alt=_("Table of findings with gravity, code, count, table and column, and rule."),
    )
    _one(found[ticked.selection.rows[0] if ticked.selection.rows else 0])


def _one(finding: Finding) -> None:
    """One finding: its rule, what was expected, what to do, and the first cells it is about."""
    with st.container(border=True, key="finding"):
        st.markdown(f"**{finding.code} · {text.as_written(finding.rule_told)}**")
        said = [_("Expected: {expected}").format(expected=finding.expected_told)] if finding.expected else []
        said += [_("To do: {advice}").format(advice=finding.advice)] if finding.severity != NOTE else []
        if said:
            st.markdown("  \n".join(map(text.as_written, said)))
        if not finding.places:
            return
        taken = _("Taken as") if finding.severity == NOTE else _("Expected")
        rows = [
            {
                _("File"): place.file,
                _("Sheet"): place.sheet,
                _("Row"): place.row,
                _("Value"): place.value,
                taken: place.expected,
            }
            for place in finding.places
        ]
        st.dataframe(
            pd.DataFrame(rows).dropna(axis="columns", how="all"),
            hide_index=True,
            key=f"places-{finding.code}",
            placeholder="",
            alt=_("Table of the first cells a finding is about."),
        )
        rest = finding.count - len(finding.places)
        if rest > 0:
            st.caption(_("… and {rest} more").format(rest=rest))


def _workbooks(place: str, delivery: Delivery, state: State) -> None:
    """The marked workbooks as files to be sent back to whoever delivered."""
    if not state.workbooks:
        return
    folder = deliveries.check_folder(place, delivery.name) / "marked"

    def content() -> bytes:
        if len(state.workbooks) == 1:
            return (folder / state.workbooks[0]).read_bytes()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name in state.workbooks:
                archive.write(folder / name, name)
        return packed.getvalue()

    count = len(state.workbooks)
    st.download_button(
        _("Marked workbook (XLSX)") if count == 1 else _("{count} marked workbooks (ZIP)").format(count=count),
        content,
        file_name=Path(state.workbooks[0]).name if count == 1 else f"{delivery.name}.zip",
        icon=":material/download:",
        on_click="ignore",
        help=_("The files as they came, cells marked: to be repaired, put into this delivery, checked again."),
    )
