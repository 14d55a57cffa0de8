"""Whether the rows of a figure rest on incomplete or doubtful extracts, and why: what a card's badge tells.

A figure is traced to its extracts through its query, or, where its rows are of metrics, through what computes those.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from dashboard import access, contract, lineage, store, text
from dashboard.charts import theme
from dashboard.text import N_, _

GAPS = {
    "district": N_("{table}: no rows from {districts}"),
    "community": N_("{table}: {count} communities of {districts} have no rows"),
    "month": N_("{table}: no rows for {months}"),
    "district_month": N_("{table}: no rows from {districts} for {months}"),
    "thin": N_("{table}: far fewer rows than usual for {months}"),
}
DOUBTS = {
    "P01": N_("{table}, {districts}: far more or fewer rows than the edition before"),
    "P02": N_("{table}, {districts}: the last month leaves its usual course"),
    "P03": N_("{table}, {districts}: past months are stated far otherwise than in the edition before"),
    "F22": N_("{table}: a total delivered with it differs from the sum of its rows"),
    "T05": N_("{table}: some dates lie after the as-of date"),
    "G12": N_("{table}: some ground belongs to no unit"),
    "G16": N_("{table}: some positions lie outside their community"),
}
OTHERWISE = N_("{table}: some rows contradict each other ({code})")
NAMED = 5


@dataclass(frozen=True)
class Reason:
    """Why one extract is doubted, as a sentence in the reader's language; `is_gap` where something is missing."""

    table: str
    is_gap: bool
    words: str


def reasons(name: str, rows: theme.Rows, parameters: dict[str, Any]) -> list[Reason]:
    """What is wrong with the extracts that a figure rests on, in its period and districts; mostly nothing.

    `name` is the figure's query and `parameters` its parameters.
    """
    if name not in lineage.selects("pages") or "start_month" not in parameters:
        return []
    found = _found(
        parameters["place"],
        parameters["edition"],
        parameters["start_month"],
        parameters["end_month"],
        tuple(parameters.get("districts", ())),
        access.reader(),
        text.language(),
    )
    if not found:
        return []
    tables = _extracts(name, tuple(sorted(_metrics(rows))))
    return [reason for reason in found if reason.table in tables]


def badge(found: Sequence[Reason]) -> str:
    """What a card says in short of the reasons found."""
    return _("Incomplete data") if any(reason.is_gap for reason in found) else _("Doubtful data")


def sentence(found: Sequence[Reason]) -> str:
    """The badge and every reason in one sentence, for files and notes; empty where nothing is wrong."""
    if not found:
        return ""
    between = _("; ")
    return _("{badge}: {reasons}.").format(badge=badge(found), reasons=between.join(each.words for each in found))


@lru_cache(maxsize=128)
def _found(
    place: str,
    edition: str,
    start: date,
    end: date,
    districts: tuple[str, ...],
    reader: access.Reader,
    language: str,
) -> tuple[Reason, ...]:
    """Everything that is wrong in a selection, for one reader's rights; nothing in an edition of an older make."""
    asked = {"start_month": start, "end_month": end, "districts": list(districts), "language": language}
    with suppress(store.OutdatedEditionError):
        rows = store.query("quality_of_extracts", place=place, edition=edition, **asked)
        return tuple(_reason(row) for row in rows.to_dict("records"))
    return ()


def _reason(row: dict[str, Any]) -> Reason:
    known = contract.load().tables[row["table_name"]]
    message = GAPS.get(row["kind"]) or DOUBTS.get(row["code"], OTHERWISE)
    words = _(message).format(
        table=known.title_en if text.language() == "en" else known.title,
        districts=_listed(row["district_names"]),
        months=_listed(text.moment(date.fromisoformat(month), "month") for month in row["months"]),
        count=int(row["unit_count"]) if row["kind"] == "community" else 0,
        code=row["code"],
    )
    return Reason(row["table_name"], row["kind"] in GAPS, words)


def _listed(words: Iterable[str]) -> str:
    words = list(words)
    return text.listed(words[:NAMED]) + (" …" if len(words) > NAMED else "")


def _metrics(rows: theme.Rows) -> set[str]:
    """Metrics that rows are about."""
    if hasattr(rows, "columns"):
        return set(rows["metric"]) if "metric" in rows.columns else set()
    return {row["metric"] for row in rows if "metric" in row}


@cache
def _extracts(name: str, metrics: tuple[str, ...]) -> frozenset[str]:
    """Extracts that a query stands on; for rows of metrics those of the metrics alone."""
    origins = [lineage.computing(metric) for metric in metrics]
    if origins and all(origins):
        read = set().union(*(select.reads(part) for select, part in origins))
    else:
        select = lineage.selects("pages")[name]
        read = select.reads(select.text)
    return frozenset(lineage.extracts(read))
