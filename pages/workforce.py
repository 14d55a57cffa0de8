"""Are there enough workers for the micro-grids, who are they, and where do their careers lead?"""

from dashboard import filters, ui, workforce_views
from dashboard.store import place_profile, queries
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
counts, months = queries("workforce_districts", "workforce_months", **chosen)

ui.heading(_("Workforce"), question=__doc__)
has_workers = ui.requires("grid_workers")
if counts.empty:
    ui.nothing_matches()
if has_workers:
    workforce_views.staffing(chosen, counts, months, profile)
    workforce_views.make_up(chosen)
if ui.requires("worker_moves"):
    workforce_views.careers(chosen, profile)
if has_workers:
    workforce_views.stations(chosen)
workforce_views.support(chosen, profile)
if ui.requires("trainings"):
    workforce_views.trainings(chosen)
