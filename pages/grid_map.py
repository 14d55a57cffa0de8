"""Where does one figure stand out, from the district down to the micro-grid?"""

import streamlit as st

from dashboard import catalogue, charts, drill, filters, maps, ui
from dashboard.store import place_profile, query
from dashboard.text import _

chosen = filters.chosen()
here = drill.position(chosen)
chosen |= here.parameters
profile = place_profile(chosen["place"], chosen["edition"])
values = query("map_values", **chosen)

ui.heading(_("Grid map"), question=__doc__)
drill.draw(here, chosen)
if values["value"].isna().all():
    ui.nothing_matches()

shade = st.context.theme.type or "light"
goal = profile.targets.get(here.metric, {})
scale = maps.scale(values["value"], here.metric, goal, shade)
first = maps.ranked(values, here.metric, profile.small_cell_limit)
width, height = drill.size()
named = {"value": here.metric}
st.markdown(maps.legend(values, scale))
left, right = st.columns([2.2, 1])
with left:
    ui.card(
        drill.title(here),
        maps.deck(
            values,
            scale,
            maps.sources(chosen, len(values), shade),
            here.bounds,
            shade=shade,
            layer=here.layer,
            width=width,
            height=height,
        ),
        rows=values.rename(columns=named),
        source=("map_values", chosen),
        alt=_("Map coloured by {metric}; its numbers are under Data and definition.").format(
            metric=catalogue.title(here.metric)
        ),
        key=drill.MAP,
        on_select=here.is_open,
        height=height,
    )
with right:
    ui.card(
        maps.ranking_title(values, first, here.metric),
        charts.units(first, metric=here.metric, colours=scale.colours_of(first), target=goal.get("target")),
        rows=first.rename(columns=named),
        source=("map_values", chosen),
        alt=_("Bars of the units that stand out most, in the colours of the map."),
        note=maps.ranking_note(values, here.metric, profile.small_cell_limit),
        key=here.layer,
        on_select=here.is_open,
    )
