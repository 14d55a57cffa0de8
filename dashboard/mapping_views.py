"""Names that a delivery uses and the contract does not have: the steward says once what they mean."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import contract, text
from dashboard.publishing import faults, mapping
from dashboard.publishing.recognition import Recognised
from dashboard.text import _

UNDECIDED, LEFT_OUT = "?", ""


def draw(place: str, recognised: list[dict[str, Any]], check: Callable[[], None]) -> None:
    """The names that may mean a table or field of the contract, to be confirmed; then `check` starts anew."""
    files, columns = mapping.proposals(map(Recognised.from_json, recognised))
    if not files and not columns:
        return
    with st.container(border=True, key="mapping"):
        st.markdown(f":orange[:material/help:] **{_('Names to be confirmed')}**")
        st.caption(_("They resemble names of the contract and are not used before you say so; it is remembered."))
        with st.form("mapping-form", border=False):
            meant_files = {name: _choose(name, "", tables) for name, tables in files.items()}
            meant_columns = {
                (table, title): _choose(title, table, fields) for (table, title), fields in columns.items()
            }
            if st.form_submit_button(_("Confirm and check again"), type="primary"):
                _remember(place, meant_files, meant_columns, check)


def _choose(name: str, table: str, proposals: tuple[str, ...]) -> str:
    """The proposals first, then everything else it could be; nothing is chosen until the steward does."""
    known = contract.load().tables
    others = [n for n in (known[table].fields if table else known) if n not in proposals]
    options = [UNDECIDED, *proposals, *([LEFT_OUT] if table else []), *others]

    def words(option: str) -> str:
        if option == UNDECIDED and not proposals:
            return _("not decided")
        if option == UNDECIDED:
            return _("not decided; may be {name}").format(name=text.listed(_title(p, table) for p in proposals))
        return _title(option, table) if option else _("leave it out")

    labels = {option: words(option) for option in options}
    where = _title(table, "") if table else _("file or sheet")
    label = f"{text.as_written(name)} :gray[:small[{where}]]"
    return st.selectbox(label, options, format_func=labels.get, key=f"mapping-{table}-{name}")


def _title(name: str, table: str) -> str:
    known = contract.load().tables
    thing = known[table].fields[name] if table else known[name]
    return thing.title_en if text.language() == "en" else thing.title


def _remember(
    place: str, files: dict[str, str], columns: dict[tuple[str, str], str], check: Callable[[], None]
) -> None:
    chosen: dict[str, dict[str, str]] = {}
    for (table, title), name in columns.items():
        if name != UNDECIDED:
            chosen.setdefault(table, {})[title] = name
    try:
        mapping.confirm(place, {name: table for name, table in files.items() if table != UNDECIDED}, chosen)
    except faults.KNOWN as error:
        st.error(faults.told(error))
    else:
        check()
