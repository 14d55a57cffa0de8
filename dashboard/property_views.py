"""Parts of the property page: how compounds are served, which are not, owners' bodies and posts, and firms.

Each asks its queries, then draws its cards.
"""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty, charts, headlines, property_service, text, ui
from dashboard.profile import Profile
from dashboard.store import queries, query
from dashboard.text import _

LIST_HEIGHT = 560


def service(chosen: dict[str, Any], profile: Profile) -> None:
    """Coverage by compounds and by households, modes of service, months of one metric, all metrics by district."""
    metrics, modes = queries("property_metrics", "property_modes", **chosen)
    has_months = ui.requires("property_months")
    if metrics.empty:
        st.info(_("Property service of this period is not on record."), icon=":material/info:")
        return
    ui.tiles(property_service.tiles(metrics, profile), ("property_metrics", chosen))
    month_end = _("at the end of {month}").format(month=text.moment(chosen["end_month"], "month"))
    districts = property_service.wide(metrics, "district", profile)
    left, right = st.columns(2)
    with left:
        ui.card(
            _("Coverage by compounds and by households"),
            charts.rate_pairs(
                districts,
                group="district_name",
                first="property_coverage",
                second="property_household_coverage",
                target=headlines.targets(profile).get("property_coverage"),
            ),
            rows=districts,
            source=("property_metrics", chosen),
            alt=_("A bar per district at its coverage by compounds, a diamond at that by households."),
            unit=_("two rates: share of compounds, share of households"),
            period=month_end,
            note=_("Where small compounds go without service, the rate by households is the higher one."),
            key="property-coverage",
        )
        _modes(chosen, modes, "type", _("How compounds are served, by compound type"), month_end, profile)
    with right:
        _modes(chosen, modes, "district", _("How compounds are served, by district"), month_end, profile)
        if has_months:
            _months(chosen, profile)
    if has_months:  # without them the coverage above is all there is
        ui.card(
            _("Coverage, fees and complaints by district"),
            charts.lights(property_service.lights(metrics, profile)),
            rows=metrics[metrics["level"] == "district"].drop(columns=["level", "compound_type"]),
            source=("property_metrics", chosen),
            alt=_("Table of districts: both rates of coverage, fee collection, complaints per 1,000 households."),
            note=_("Complaints have no target: where more is reported, more may also be listened to."),
            key="property-districts",
        )
    ui.card(
        _("Coverage, fees and complaints by compound type") if has_months else _("Coverage by compound type"),
        rows=property_service.reported(property_service.wide(metrics, "type", profile)),
        source=("property_metrics", chosen),
        alt=_("Table of compound types: both rates of coverage, fee collection, complaints per 1,000 households."),
        key="property-types",
    )
    money(chosen, profile)


def money(chosen: dict[str, Any], profile: Profile) -> None:
    """Subsidies and rewards for property service, of places that mark such items in their profile."""
    items = property_service.items(profile)
    if not items or not ui.requires("funding_lines"):
        return
    chosen = {**chosen, "property_items": items}
    rows = query("property_money", **chosen)
    if rows.empty:
        st.info(_("No money for property service is budgeted in this year."), icon=":material/info:")
        return
    ui.card(
        _("Subsidies and rewards for property service"),
        rows=rows,
        source=("property_money", chosen),
        alt=_("A row per item, payer and payee: budget, the year before, spending and share made public."),
        period=text.moment(chosen["end_month"], "year"),
        note=_("Items that the place marks as money for property service; all others stand under venues and funding."),
    )


def unserved(chosen: dict[str, Any], profile: Profile) -> None:
    """The list of compounds without property service, with the way to the map."""
    rows = query("property_unserved", **chosen)
    if rows.empty:
        st.info(_("No compound of this selection is without property service."), icon=":material/check:")
        return
    ui.tiles(property_service.unserved_tiles(rows))
    ticked = ui.card(
        _("Compounds without property service"),
        rows=rows,
        source=("property_unserved", chosen),
        alt=_("Table of compounds without property service, the largest first."),
        period=text.moment(profile.as_of, "date"),
        note=_("The largest first. An empty last month: no month on record had service. Tick a row for the map."),
        on_select=True,
        height=LIST_HEIGHT,
    )
    for row in ticked.selection.rows if ticked else []:
        unit = {"unit": rows["community_code"].iloc[row], "level": "compound", "metric": "property_coverage"}
        st.page_link("../pages/grid_map.py", label=_("Show on the map"), icon=":material/map:", query_params=unit)


def owners(chosen: dict[str, Any], bodies: pd.DataFrame, profile: Profile) -> None:
    """Owners' bodies with both denominators, their Party organisations and rules; posts by cross-appointment."""
    as_of = text.moment(profile.as_of, "date")
    ui.tiles(property_service.owners_tiles(bodies, profile))
    levels = {
        "district": (_("Two denominators, by district"), _("Owners' bodies by district")),
        "type": (_("Two denominators, by compound type"), _("Owners' bodies by compound type")),
    }
    for (level, (title, _table)), column in zip(levels.items(), st.columns(2), strict=True):
        with column:
            ui.card(
                title,
                charts.rate_pairs(
                    property_service.judged(bodies, level, "owners_body_rate_eligible", profile),
                    group="unit_name",
                    first="owners_body_rate_eligible",
                    second="owners_body_rate_all",
                    target=headlines.targets(profile).get("owners_body_rate_eligible"),
                ),
                rows=property_service.of_level(bodies, level),
                source=("property_owners", chosen),
                alt=_("A bar per unit at the rate of eligible compounds, a diamond at that of all compounds."),
                unit=_("two rates: ÷ eligible compounds, ÷ all compounds"),
                period=as_of,
                note=_("“Set up wherever it is due” speaks of the first rate, never of the second."),
                key=f"owners-rates-{level}",
            )
    for level, (_title, table) in levels.items():
        ui.card(
            table,
            rows=property_service.of_level(bodies, level, without=property_service.IN_FIGURES),
            source=("property_owners", chosen),
            alt=_("Table: compounds, eligible ones, bodies of both kinds, Party organisations and rules."),
            period=as_of,
            key=f"owners-{level}",
        )
    _posts(chosen, bodies)


def firms(chosen: dict[str, Any], profile: Profile) -> None:
    """Property firms with a Party organisation, how it was set up, whom they serve and what residents say of them."""
    if not ui.requires("property_firms"):
        return
    counts, modes = queries("property_firms", "property_firm_modes", **chosen)
    if counts.empty:
        st.info(_("No property firm is registered or serves in this selection."), icon=":material/info:")
        return
    as_of = text.moment(profile.as_of, "date")
    typed = _("A firm has no type of compound: this filter changes nothing here.") if chosen["compound_types"] else None
    ui.tiles(property_service.firm_tiles(counts))
    if told := property_service.powers(profile):
        st.markdown(told)
    left, right = st.columns([1, 1.8])
    with left:
        ui.card(
            _("How Party organisations of firms were set up"),
            charts.composition(
                modes,
                group="district_name",
                kind="firm_mode",
                words=catalogue.labels("firm_mode", profile),
                amount="firm_count",
                share="firm_share",
                shades=property_service.FIRM_SHADES,
            ),
            rows=modes,
            source=("property_firm_modes", chosen),
            alt=_("A bar per district divided by how Party organisations were set up in property firms."),
            unit=_("share of firms registered there; with the names: firms"),
            period=as_of,
            note=typed,
        )
    with right:
        if ui.requires("property_months"):
            _complaints(chosen, as_of)
    ui.card(
        _("Firms and the compounds they serve, by district"),
        rows=property_service.of_level(
            counts, "district", without=("party_served_compound_count", "firm_unreported_count")
        ),
        source=("property_firms", chosen),
        alt=_("Table of districts: firms, Party organisations by how they were set up, compounds served."),
        period=as_of,
        note=_("A firm counts where it is registered, a compound where it lies."),
    )


def _complaints(chosen: dict[str, Any], as_of: str) -> None:
    rows = query("property_firm_list", **chosen)
    if rows.empty:
        st.info(_("No property firm serves 300 households in this selection."), icon=":material/info:")
        return
    ui.card(
        _("Firms with the most complaints per household"),
        rows=rows,
        source=("property_firm_list", chosen),
        alt=_("Table of firms with the compounds they serve, complaints per 1,000 households and fee collection."),
        period=_("twelve months on record until {date}").format(date=as_of),
        note=text.sentences(
            _("Firms that serve fewer than 300 households are left out: a rate of so few is unsteady."),
            certainty.words(rows, "first_place", "last_place"),
        ),
        height=420,
    )


def _modes(
    chosen: dict[str, Any], modes: pd.DataFrame, level: str, title: str, month_end: str, profile: Profile
) -> None:
    rows = property_service.named(modes, level, profile)
    ui.card(
        title,
        charts.composition(
            rows,
            group="unit_name",
            kind="property_mode",
            words={code: _(word) for code, word in catalogue.WORDS["service_mode"].items()},
            amount="compound_count",
            share="compound_share",
            shades=property_service.MODE_SHADES,
        ),
        rows=rows,
        source=("property_modes", chosen),
        alt=_("A bar per unit divided by mode of property service, compounds without any in red."),
        unit=_("share of compounds; in the bars: compounds"),
        period=month_end,
        key=f"property-modes-{level}",
    )


def _months(chosen: dict[str, Any], profile: Profile) -> None:
    with st.container(border=False, key="property-months"):
        metric = property_service.choose_metric()
        chosen = {**chosen, "property_metric": metric}
        rows = query("property_trend", **chosen)
        ui.card(
            _("Two years by month: {metric}").format(metric=catalogue.title(metric)),
            charts.trend(rows, metric=metric, name=_("Total"), target=headlines.targets(profile).get(metric)),
            rows=rows,
            source=("property_trend", chosen),
            alt=_("Line of the metric by month for the whole, its districts thin behind it."),
            period=text.period(rows["month"].min(), rows["month"].max()) if len(rows) else None,
        )


def _posts(chosen: dict[str, Any], bodies: pd.DataFrame) -> None:
    if not ui.requires("cross_posts"):
        return
    posts = query("property_posts", **chosen)
    if posts.empty:
        st.info(_("No cross-appointment of this selection is on record."), icon=":material/info:")
        return
    ui.tiles(property_service.post_tiles(posts, bodies))
    typed = _("With a type of compound only posts that name a compound of it are counted.")
    ui.card(
        _("Posts held by cross-appointment, by district"),
        rows=property_service.of_level(posts, "district", without=property_service.YEAR_BEFORE),
        source=("property_posts", chosen),
        alt=_("Table of districts: posts from the community committee to owners' bodies, and the other way."),
        period=_("at the end of {month}").format(month=text.moment(chosen["end_month"], "month")),
        note=typed if chosen["compound_types"] else _("Posts, not persons: whoever holds two posts counts twice."),
    )
