"""What do we show at the meeting, one section at a time?"""

from dashboard import presenter, ui
from dashboard.text import _

ui.heading(_("Presenter mode"), question=__doc__)
presenter.draw_asked()
