"""Which compounds have property service, who leads firms and owners' bodies, and what do residents say?"""

from dashboard import filters, property_service, property_views, ui, views
from dashboard.store import place_profile, query
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
bodies = query("property_owners", **chosen)

ui.heading(_("Property service"), question=__doc__)
if bodies.empty:
    ui.nothing_matches()
here = views.asked(property_service.VIEWS)
views.draw(property_service.VIEWS, here, "property-view")

if here == "service":
    property_views.service(chosen, profile)
elif here == "unserved":
    property_views.unserved(chosen, profile)
elif here == "owners":
    property_views.owners(chosen, bodies, profile)
else:
    property_views.firms(chosen, profile)
