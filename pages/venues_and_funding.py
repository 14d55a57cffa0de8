"""Where are the venues, do they meet the norm, and where does the money for them and for renovations go?"""

from dashboard import filters, ui, venue_views, venues
from dashboard.store import place_profile, queries
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
kinds, items, works, sources, buildings = queries(
    "venues_and_funding_kinds",
    "venues_and_funding_items",
    "venues_and_funding_renovations",
    "venues_and_funding_sources",
    "venues_and_funding_buildings",
    **chosen,
)

ui.heading(_("Venues and funding"), question=__doc__)
has_venues, has_money = ui.requires("facilities"), ui.requires("funding_lines")
if kinds.empty and items.empty:
    ui.nothing_matches()
ui.tiles(venues.tiles(kinds, items), ("venues_and_funding_kinds", chosen))
if has_venues and len(kinds):
    venue_views.places(chosen, kinds, profile)
if has_money and len(items):
    venue_views.money(chosen, items)
venue_views.renovations(chosen, works, sources, profile)
venue_views.buildings(chosen, buildings)
