"""Where does one figure stand out, from the district down to the micro-grid?"""

from dashboard import drill, filters, map_options, map_views, ui
from dashboard.store import place_profile
from dashboard.text import _

chosen = filters.chosen()
here = drill.position(chosen, map_options.levels(), map_options.metrics)
goal = place_profile(chosen["place"], chosen["edition"]).targets.get(here.metric, {})
options = map_options.asked(here, goal)

ui.heading(_("Grid map"), question=__doc__)
map_views.draw(here, options, goal, chosen | here.parameters)
