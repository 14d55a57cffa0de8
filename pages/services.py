"""What do residents ask for and get, who serves them, and is the standard of service met?"""

from dashboard import filters, service_views, services, ui
from dashboard.store import place_profile, queries
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
funnel, orders, points, canteens, teams, activities, visits, checks = queries(
    "services_funnel",
    "services_orders",
    "services_help_points",
    "services_canteens",
    "services_teams",
    "services_activities",
    "services_visits",
    "services_checks",
    **chosen,
)

ui.heading(_("Services"), question=__doc__)
ui.requires(*services.TABLES)
if all(rows.empty for rows in (funnel, points, canteens, teams, activities, visits, checks)):
    ui.nothing_matches()

for line in services.tiles(funnel, orders, visits, checks, points, canteens, activities, profile):
    ui.tiles(line)
service_views.orders(chosen, funnel, orders, profile)
service_views.bundles(chosen)
service_views.points(chosen, points, canteens)
service_views.people(chosen, teams, activities, profile)
service_views.standards(chosen, visits, checks, profile)
