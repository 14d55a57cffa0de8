"""The map: levels and their metrics, classes and colours, addresses, and the deck that draws them."""

from dashboard.maps.addresses import OUTLINES as OUTLINES
from dashboard.maps.addresses import SHAPES as SHAPES
from dashboard.maps.addresses import STYLE as STYLE
from dashboard.maps.addresses import VALUE as VALUE
from dashboard.maps.addresses import sources as sources
from dashboard.maps.classes import METHODS as METHODS
from dashboard.maps.classes import methods as methods
from dashboard.maps.decks import deck as deck
from dashboard.maps.legends import legend as legend
from dashboard.maps.legends import legend_entries as legend_entries
from dashboard.maps.levels import LEVELS as LEVELS
from dashboard.maps.levels import below as below
from dashboard.maps.levels import metrics as metrics
from dashboard.maps.ranking import ranked as ranked
from dashboard.maps.ranking import ranking_note as ranking_note
from dashboard.maps.ranking import ranking_title as ranking_title
from dashboard.maps.scales import Entry as Entry
from dashboard.maps.scales import Scale as Scale
from dashboard.maps.scales import changes as changes
from dashboard.maps.scales import fits as fits
from dashboard.maps.scales import scale as scale
