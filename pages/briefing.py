"""What is told at the meeting, in which order, with which numbers, and what came of the last one?"""

from dashboard import briefing_views, filters, ui
from dashboard.text import _

chosen = filters.chosen()

ui.heading(_("Briefing"), question=__doc__)
briefing_views.draw(chosen)
