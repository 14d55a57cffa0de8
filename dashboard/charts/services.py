"""Figures of services: who asks for what, how busy points are by district, points earned and redeemed by month."""

from typing import Any

from dashboard import catalogue
from dashboard.charts import marks, theme
from dashboard.charts.matrices import DARKEST, LIGHTEST, SHADE, TINTS
from dashboard.charts.tables import Cell, Table
from dashboard.text import _, moment, number

LINE = 42


def needs(rows: theme.Rows, *, groups: dict[str, str], services: dict[str, str]) -> Table:
    """Orders of every target group by type of service, the darker the larger the share of the group's orders.

    `rows`: target_group, service_type, order_count, share_of_group, order_completion_rate; `groups` and `services`
    name them and give the services their order.
    """
    records = theme.records(rows)
    known = {(row["target_group"], row["service_type"]): row for row in records}
    asked = [code for code in services if any(service == code for _group, service in known)]
    asked += sorted({service for _group, service in known if service not in services})
    top = max((row["share_of_group"] for row in records), default=1)
    cells = {}
    for group in dict.fromkeys(row["target_group"] for row in records):
        for service in asked:
            name = (groups.get(group, group), services.get(service, service))
            row = known.get((group, service))
            if row is None:
                cells[name] = Cell(number(0, "count"))
                continue
            depth = LIGHTEST + (DARKEST - LIGHTEST) * row["share_of_group"] / top
            said = _("{count} orders, {share} of the group's, {done} completed").format(
                count=number(row["order_count"], "count"),
                share=number(row["share_of_group"], "share"),
                done=number(row["order_completion_rate"], "share"),
            )
            cells[name] = Cell(number(row["order_count"], "count"), tint=SHADE.format(depth), hover=(*name, said))
    return Table(cells)


def standards(rows: theme.Rows, *, names: dict[str, str], whole: str) -> Table:
    """Share of checks in which each standard was met, by district, against the target.

    `rows`: level (selection, called `whole`, or district), district_name, service_standard, standard_met_rate,
    checked_count and signal; `names` gives the standards their order.
    """
    records = theme.records(rows)
    named = [whole if row["level"] == "selection" else row["district_name"] for row in records]
    places = list(dict.fromkeys(named))
    found = {(place, row["service_standard"]): row for place, row in zip(named, records, strict=True)}
    checked = [code for code in names if any(row["service_standard"] == code for row in records)]
    cells = {}
    for place in places:
        for code in checked:
            row = found.get((place, code))
            if row is not None:
                cells[place, names[code]] = _light(row, f"{place} · {names[code]}")
    return Table(cells)


def _light(row: dict[str, Any], spoken: str) -> Cell:
    share = number(row["standard_met_rate"], "share")
    signal = row["signal"]
    sign, meaning = ("", "") if signal == "unknown" else (theme.SIGNS[signal], _(catalogue.WORDS["signal"][signal]))
    base = _("{count} checks").format(count=number(row["checked_count"], "count"))
    return Cell(share, sign, meaning, "", TINTS[signal], (spoken, f"{share} {meaning}".strip(), base))


def by_place(rows: theme.Rows, *, value: str, before: str, note: str, signal: str | None = None) -> theme.Figure:
    """A bar per district at a value, a diamond at that of the period before; words above each bar.

    `rows`: district_name and the columns `value`, `before` and `note` (a count that says what the value stands on);
    `signal` is the column of a traffic light, if the value is judged.
    """
    records = [row for row in theme.records(rows) if _is_known(row[value])]
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    kind, base_kind = catalogue.column(value).kind, catalogue.column(note).kind
    places = list(range(len(records)))
    heads, spoken = [], []
    for row in records:
        light = row[signal] if signal else "unknown"
        sign = f"{theme.SIGNS[light]} " if light != "unknown" else ""
        base = f"{catalogue.title(note)} {number(row[note], base_kind)}"
        heads.append(
            f"<b>{row['district_name']}</b>  {sign}{number(row[value], kind)}"
            f"<span style='color:{theme.MUTED}'>  {base}</span>"
        )
        own = f"{catalogue.title(value)} {number(row[value], kind)}"
        past = _("Period before: {value}").format(value=number(row[before], kind))
        spoken.append(f"<b>{row['district_name']}</b><br>{own}<br>{past}<br>{base}")
    earlier = [(place, row[before]) for place, row in zip(places, records, strict=True) if _is_known(row[before])]
    reach = max([row[value] for row in records] + [share for _place, share in earlier]) or 1
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [row[value] for row in records],
        "y": places,
        "width": 0.32,
        "marker": {"color": [_bar_colour(row, signal) for row in records]},
        "customdata": spoken,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    diamonds = {
        "type": "scatter",
        "mode": "markers",
        "x": [share for _place, share in earlier],
        "y": [place for place, _share in earlier],
        "marker": {"symbol": "diamond", "size": 8, "color": "#ffffff", "line": {"color": theme.MUTED, "width": 1.5}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return theme.figure(
        bars,
        diamonds,
        marks.texts([0] * len(records), [place - 0.4 for place in places], heads, "middle right"),
        height=LINE * len(records) + 24,
        uniformtext={"mode": False},
        margin={"l": 4, "r": 12},
        xaxis={"range": [0, reach * 1.02], "visible": False, "fixedrange": True},
        yaxis={"range": [len(records) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def _is_known(value: float | None) -> bool:
    return value is not None and value == value


def _bar_colour(row: dict[str, Any], signal: str | None) -> str:
    if signal is None or row[signal] == "unknown":
        return theme.DATA_SOFT
    return theme.SIGNALS[row[signal]]


def point_months(rows: theme.Rows) -> theme.Figure:
    """Points residents earned (bars) and redeemed (diamonds) by month.

    `rows`: month, resident_points_earned, resident_points_redeemed, point_participants.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    months = [row["month"].isoformat()[:10] for row in records]
    spoken = [
        _("{month}: {earned} earned, {redeemed} redeemed by {people} residents taking part").format(
            month=moment(row["month"], "month"),
            earned=number(row["resident_points_earned"], "count"),
            redeemed=number(row["resident_points_redeemed"], "count"),
            people=number(row["point_participants"], "count"),
        )
        for row in records
    ]
    shared = {"x": months, "customdata": spoken, "hovertemplate": "%{customdata}<extra></extra>"}
    earned = {
        "type": "bar",
        "name": _("Earned"),
        "y": [row["resident_points_earned"] for row in records],
        "marker": {"color": theme.DATA_SOFT},
        **shared,
    }
    redeemed = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": _("Redeemed"),
        "y": [row["resident_points_redeemed"] for row in records],
        "line": {"color": theme.CATEGORIES[1], "width": 2.5},
        "marker": {"symbol": "diamond", "size": 7},
        **shared,
    }
    return theme.figure(
        earned,
        redeemed,
        height=300,
        legend=True,
        xaxis=marks.month_axis([row["month"] for row in records]),
        yaxis={"rangemode": "tozero", "fixedrange": True, "nticks": 5, "tickformat": ",.0f"},
    )  # fmt: skip
