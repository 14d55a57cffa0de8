"""Which issues are late, where, with whom, and is it getting better?"""

from dashboard import filters, issue_kind_views, issue_views, issues, ui, views
from dashboard.store import place_profile, query
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
chosen |= issues.parameters(profile)
districts = query("issues_districts", **chosen)

ui.heading(_("Issues"), question=__doc__)
if districts.empty:
    ui.nothing_matches()
here = views.asked(issues.VIEWS)
views.draw(issues.VIEWS, here, "issues-view")

if here == "state":
    issue_views.state(chosen, districts, profile)
elif here == "loop":
    issue_views.loop(chosen, profile)
elif here == "kinds":
    issue_kind_views.kinds(chosen)
elif here == "overdue":
    issue_views.overdue(chosen, profile)
else:
    issue_views.places(chosen)
