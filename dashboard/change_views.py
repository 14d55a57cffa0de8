"""What differs between two editions, as tables of the steward's page: rows of extracts, headline figures."""

from contextlib import suppress
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, contract, editions, exports, row_tables, store, text
from dashboard.charts import theme
from dashboard.publishing import marked
from dashboard.publishing.row_changes import KINDS, titles
from dashboard.text import N_, _

Records = list[dict[str, Any]]
HEADINGS = {"added": N_("Added"), "removed": N_("Removed"), "changed": N_("Changed rows")}


def draw(tables: Records, figures: Records, names: dict[str, str]) -> None:
    """Records of `row_changes.rows` and `edition_changes.figures`; `names` are those of districts by their code."""
    _tables(tables, names)
    _figures(figures)


def districts(place: str, before: str, after: str) -> dict[str, str]:
    """Code -> name of the districts of two editions, of which one may be gone."""
    names: dict[str, str] = {}
    for edition in (before, after):
        with suppress(editions.EditionError, store.OutdatedEditionError):
            names |= exports.district_names(place, edition)
    return names


def _tables(tables: Records, names: dict[str, str]) -> None:
    """Extracts that differ; beside them the columns, districts and keys of the one that is ticked."""
    changed = [each for each in tables if any(each[kind] for kind in KINDS)]
    st.markdown(_("{count} of {all} extracts differ.").format(count=len(changed), all=len(tables)))
    if changed:
        rows = {
            _("Table"): [marked.title(each["table"]) for each in changed],
            _("Before"): [each["before"] for each in changed],
            _("After"): [each["after"] for each in changed],
            **{_(heading): [each[kind] for each in changed] for kind, heading in HEADINGS.items()},
            _("In columns"): [text.listed(titles(each["table"], each["columns"])) for each in changed],
        }
        ticked = st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            column_config=_counts(_("Before"), _("After"), *map(_, HEADINGS.values())),
            key="changed-tables",
            height=row_tables.height(changed),
            on_select="rerun",
            selection_mode="single-row",
            alt=_("Table of extracts with rows before and after, added, removed and changed."),
        )
        chosen = ticked.selection.rows
        if chosen and chosen[0] < len(changed):
            _one_table(changed[chosen[0]], names)
        else:
            st.caption(_("Tick a table to see its columns, districts and some of its rows."))
    for each in tables:
        if each["one_sided"]:
            said = _("{table}: not compared, for only one of the editions has it: {columns}")
            columns = text.listed(titles(each["table"], each["one_sided"]))
            st.caption(said.format(table=marked.title(each["table"]), columns=columns))


def _one_table(table: dict[str, Any], names: dict[str, str]) -> None:
    """By column, by district, and a few keys by which the rows can be found."""
    with st.container(border=True, key="changed-table"):
        st.markdown(f"**{marked.title(table['table'])}**")
        if table["columns"]:
            counted = zip(titles(table["table"], table["columns"]), table["columns"].values(), strict=True)
            said = [_("{column} in {count} rows").format(column=c, count=text.number(n, "count")) for c, n in counted]
            st.markdown(text.listed(said))
        rows = {
            _("District"): [names.get(each["district"], _("Above districts")) for each in table["districts"]],
            **{_(heading): [each[kind] for each in table["districts"]] for kind, heading in HEADINGS.items()},
        }
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            column_config=_counts(*map(_, HEADINGS.values())),
            key="changed-districts",
            height=row_tables.height(table["districts"]),
            alt=_("Table of districts with rows added, removed and changed."),
        )
        if contract.load().tables[table["table"]].people:
            st.caption(_("Rows about people are counted, never named."))
        for kind, heading in HEADINGS.items():
            if table["keys"][kind]:
                keys = text.as_written(text.listed(table["keys"][kind]))
                st.caption(_("{kind}, for example: {keys}").format(kind=_(heading), keys=keys))


def _figures(figures: Records) -> None:
    """Headline figures that are written otherwise; those that jump come first and carry a sign."""
    if figures and all(_is_missing(each["before"]) for each in figures):
        st.markdown(_("The headline figures of the edition before cannot be asked: another version made it."))
        return
    if len({each["district"] for each in figures if each["district"]}) == 1:  # which is the whole place
        figures = [each for each in figures if not each["district"]]
    shown = [each for each in figures if not _is_same(each)]
    shown.sort(key=lambda each: not each["is_jump"])
    jumps = sum(each["is_jump"] for each in shown)
    said = _("{count} of {all} headline figures differ, {jumps} of them surprisingly.")
    st.markdown(said.format(count=len(shown), all=len(figures), jumps=jumps))
    if not shown:
        return
    sign = theme.SIGNS["watch"]
    rows = {
        _("Metric"): [f"{sign if each['is_jump'] else ''} {catalogue.title(each['metric'])}".strip() for each in shown],
        _("District"): [each["district"] or _("Whole place") for each in shown],
        _("Before"): [catalogue.metric_number(each["before"], each["metric"]) for each in shown],
        _("After"): [catalogue.metric_number(each["after"], each["metric"]) for each in shown],
        _("Change"): [catalogue.metric_number(each["change"], each["metric"], change=True) for each in shown],
    }
    numbers = (_("Before"), _("After"), _("Change"))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={name: st.column_config.Column(alignment="right") for name in numbers},
        key="changed-figures",
        height=row_tables.height(shown),
        alt=_("Table of headline figures before and after, surprising ones first."),
    )
    if jumps:
        st.caption(
            _("{sign} beyond what chance moves, and unlike the changes of the other districts").format(sign=sign)
        )


def _is_missing(value: float | None) -> bool:
    return value is None or value != value


def _is_same(figure: dict[str, Any]) -> bool:
    """Whether a figure is written alike in both editions."""
    before, after = (catalogue.metric_number(figure[when], figure["metric"]) for when in ("before", "after"))
    return before == after


def _counts(*titles: str) -> dict[str, Any]:
    return {title: st.column_config.NumberColumn(format="localized") for title in titles}
