"""Which part of the page of issues a reader looks at, which issue, and rows made ready for its figures.

The address says `?view=…&issue=…` in codes; a copied link, a reload and the browser's back button show the same.
Widgets follow the address, never the other way round.
"""

import zlib
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty, headlines, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import N_, _

VIEWS = {
    "state": N_("Where we stand"),
    "loop": N_("The loop"),
    "kinds": N_("Kinds and levels"),
    "overdue": N_("Overdue list"),
    "places": N_("Hot spots"),
}
PROGRESS = {"": N_("All overdue"), "open": N_("In hand"), "returned": N_("Returned")}
RATES = (
    ("response_rate", "ontime_close_rate", "satisfaction_rate"),
    ("close_rate", "resolution_rate", "overnight_rate", "rework_rate", "extension_rate"),
)
OF_DISTRICTS = (
    "combined_score", "response_rate", "resolution_rate", "satisfaction_rate", "overdue_issues", "overdue_change",
)  # fmt: skip
WEIGHTED = {"response": 0.30, "resolution": 0.35, "satisfaction": 0.35}  # weights where the profile sets none
RATE_OF_PROMISE = {"respond": "response_rate"}  # promises that a headline metric already has a target for
PART_ROWS = 200  # rows of the overdue list sent at once
NAMED = 2  # as many names after "most" as a reader keeps


def draw_part(units: pd.DataFrame, profile: Profile) -> dict[str, Any]:
    """Choice of unit, progress and part of the overdue list, as parameters of `issues_overdue`.

    `units` has owner_unit, overdue_issues and returned_issues, one row per unit.
    """
    unit_words = catalogue.labels("owner_unit", profile)
    counts = dict(zip(units["owner_unit"], units["overdue_issues"], strict=True))
    codes = [code for code in counts if isinstance(code, str)]

    def named(code: str) -> str:
        return f"{unit_words.get(code, code)} · {text.number(counts[code], 'count')}" if code else _("All units")

    unit, progress, part = st.columns([1.3, 1.3, 1], vertical_alignment="bottom")
    chosen_unit = unit.selectbox(_("Responsible unit"), ["", *codes], format_func=named, key="issues-unit")
    chosen_progress = progress.segmented_control(
        _("Progress"),
        list(PROGRESS),
        default="",
        required=True,
        format_func=lambda code: _(PROGRESS[code]),
        key="issues-progress",
    )
    parts = max(1, -(-matching(units, chosen_unit, chosen_progress) // PART_ROWS))
    number = part.number_input(
        _("Part of the list (1 to {parts})").format(parts=parts), 1, parts, 1, key=f"issues-part-{parts}"
    )
    return {
        "owner_unit": chosen_unit,
        "progress": chosen_progress,
        "row_limit": PART_ROWS,
        "row_offset": (number - 1) * PART_ROWS,
    }


def matching(units: pd.DataFrame, owner_unit: str, progress: str) -> int:
    """How many overdue issues one choice of unit and progress has."""
    own = units[units["owner_unit"] == owner_unit] if owner_unit else units
    total, returned = int(own["overdue_issues"].sum()), int(own["returned_issues"].sum())
    return {"": total, "returned": returned, "open": total - returned}[progress]


def key_of(name: str, ids: pd.Series) -> str:
    """Key of a table that belongs to these rows alone, so that a tick does not pass to what takes their place."""
    return f"{name}-{zlib.crc32(' '.join(ids).encode()):x}"


def follow_tick(rows: pd.DataFrame, key: str) -> None:
    """Let the address name the issue whose row was just ticked in the table `key`; an old tick changes nothing."""
    state = st.session_state.get(f"table-{key}")
    ticked = [rows["issue_id"].iloc[row] for row in (state.selection.rows if state else []) if row < len(rows)]
    if ticked and ticked[0] != st.session_state.get("issues-ticked"):
        st.query_params["issue"] = ticked[0]
    st.session_state["issues-ticked"] = ticked[0] if ticked else None


def draw_search(issue_id: str) -> None:
    """Field for the identity of any issue, overdue or not."""
    st.session_state["issues-search"] = issue_id
    st.text_input(
        _("Issue ID"),
        key="issues-search",
        on_change=_keep,
        args=("issue", "issues-search"),
        placeholder=_("Tick a row above, or enter the ID of any issue"),
    )


def parameters(profile: Profile) -> dict[str, Any]:
    """What the queries of the page need from the place's profile: families, and weights of the combined score."""
    weights = {f"{name}_weight": float(profile.combined_score.get(name, default)) for name, default in WEIGHTED.items()}
    return {"families": profile.codes("issue_families"), **weights}


def tiles(
    districts: pd.DataFrame, metrics: theme.Rows, units: pd.DataFrame, profile: Profile
) -> list[list[dict[str, Any]]]:
    """Two lines of tiles: backlog and combined score first, then the rates of the overview with what they count."""
    whole = theme.records(districts[districts["level"] == "selection"])[0]
    first, second = ([_rate_tile(code, metrics, profile) for code in line] for line in RATES)
    return [[_backlog_tile(whole, units), _score_tile(whole), *first], second]


def _backlog_tile(whole: dict[str, Any], units: pd.DataFrame) -> dict[str, Any]:
    described = catalogue.COLUMNS["overdue_issues"]
    change = whole["overdue_change"]
    words = _("vs previous") if change else _("same as previous")
    return {
        "title": _(described.title),
        "value": whole["overdue_issues"],
        "kind": "count",
        "change": change or None,
        "change_kind": "count_change",
        "change_text": words,
        "better": "down" if change else None,
        "definition": _(described.definition),
        "note": _("with {count} units").format(count=int((units["overdue_issues"] > 0).sum())),
    }


def _score_tile(whole: dict[str, Any]) -> dict[str, Any]:
    described = catalogue.COLUMNS["combined_score"]
    change, words = whole["combined_score_change"], _("vs previous")
    if text.number(abs(change), "score") == text.number(0, "score"):
        change, words = None, _("same as previous")
    return {
        "title": _(described.title),
        "value": whole["combined_score"],
        "kind": "score",
        "change": change,
        "change_kind": "score_change",
        "change_text": words,
        "definition": _(described.definition),
        "note": _("of 100 points"),
    }


def _rate_tile(metric: str, metrics: theme.Rows, profile: Profile) -> dict[str, Any]:
    tile = headlines.tile(metric, metrics, [], profile)
    found = headlines.only(metrics, metric)
    if found:
        counts = (text.number(found[0][part], "count") for part in ("numerator", "denominator"))
        tile["note"] = "\u00a0/\u00a0".join(counts)
    return tile


def summary(districts: pd.DataFrame, units: pd.DataFrame, profile: Profile) -> str:
    """How much is late, more or less than before, where and with whom, in one line of computed sentences (Markdown)."""
    whole = theme.records(districts[districts["level"] == "selection"])[0]
    own = districts[districts["level"] == "district"]
    change = text.number(abs(whole["overdue_change"]), "count")
    if not whole["overdue_change"]:
        head = _("**{count} issues are overdue at the end of the period**, as many as at the end of the one before.")
    elif whole["overdue_change"] > 0:
        head = _("**{count} issues are overdue at the end of the period**, {change} more than one period before.")
    else:
        head = _("**{count} issues are overdue at the end of the period**, {change} fewer than one period before.")
    parts = [head.format(count=text.number(whole["overdue_issues"], "count"), change=change)]
    if len(own) > 1 and whole["overdue_issues"]:
        parts.append(_("Where: {places}.").format(places=_most(own, "district_name", {})))
    late = units[units["owner_unit"].notna()]
    if len(late) and whole["overdue_issues"]:
        words = catalogue.labels("owner_unit", profile)
        parts.append(_("With whom: {units}.").format(units=_most(late, "owner_unit", words)))
    scored = own[own["combined_score"].notna()]
    if len(scored) > 1:
        lowest = theme.records(scored.nsmallest(1, "combined_score"))[0]
        district, score = headlines.as_written(lowest["district_name"]), text.number(lowest["combined_score"], "score")
        parts.append(_("Lowest combined score: {district} ({score}).").format(district=district, score=score))
    return text.sentences(*parts)


def _most(rows: pd.DataFrame, name: str, words: dict[str, str]) -> str:
    written = [
        _("{name} ({count})").format(
            name=headlines.as_written(words.get(row[name], row[name])),
            count=text.number(row["overdue_issues"], "count"),
        )
        for row in theme.records(rows[rows["overdue_issues"] > 0].nlargest(NAMED, "overdue_issues"))
    ]
    return text.listed(written)


def ranked(districts: pd.DataFrame) -> pd.DataFrame:
    """The districts without the selection, the lowest score first, with the ranks that chance leaves open to it."""
    own = districts[districts["level"] == "district"].drop(columns="level")
    return certainty.with_ranks(own, own["combined_score"], own["combined_score_error"])


def by_district(own: pd.DataFrame, profile: Profile) -> headlines.Rows:
    """Figures of the districts of `ranked`, one metric a row, with their lights; the score with its ranks."""
    rows = [
        {"district_name": row["district_name"], "metric": metric, "value": row[metric]}
        | ({"rank_low": row["rank_low"], "rank_high": row["rank_high"]} if metric == "combined_score" else {})
        for row in theme.records(own)
        for metric in OF_DISTRICTS
    ]
    return headlines.with_signal(rows, profile)


def weights_words(chosen: dict[str, Any]) -> str:
    """The weights of the combined score, in words; `chosen` has those that `parameters` gives."""
    weights = {name: text.number(chosen[f"{name}_weight"], "share") for name in WEIGHTED}
    return _(
        "Lowest score first. Weights: response {response}, resolution {resolution}, satisfaction {satisfaction}."
    ).format(**weights)


def with_targets(promises: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Promises with promise_target and signal from the profile."""
    goals = {entry["code"]: entry for entry in profile.lists["promises"]}
    goals |= {code: profile.targets.get(metric, {}) for code, metric in RATE_OF_PROMISE.items()}
    targets = [goals.get(code, {}) for code in promises["promise_code"]]
    signals = [
        theme.signal(share, goal.get("target"), goal.get("amber"), "up")
        for share, goal in zip(promises["kept_share"], targets, strict=True)
    ]
    return promises.assign(promise_target=[goal.get("target") for goal in targets], signal=signals)


def _keep(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]
