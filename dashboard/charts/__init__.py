"""Figures: a DataFrame goes in, a Plotly figure comes out. One module per form of chart."""

from dashboard.charts.bands import ledger as ledger
from dashboard.charts.bands import people_shares as people_shares
from dashboard.charts.bands import star_counts as star_counts
from dashboard.charts.bars import by_type as by_type
from dashboard.charts.bars import changes as changes
from dashboard.charts.distributions import cumulated as cumulated
from dashboard.charts.distributions import differences as differences
from dashboard.charts.distributions import spread as spread
from dashboard.charts.intervals import movements as movements
from dashboard.charts.intervals import rank_intervals as rank_intervals
from dashboard.charts.intervals import score_spread as score_spread
from dashboard.charts.intervals import stars_by_district as stars_by_district
from dashboard.charts.matrices import by_type_and_district as by_type_and_district
from dashboard.charts.matrices import lights as lights
from dashboard.charts.matrices import ranks as ranks
from dashboard.charts.profiles import dimension_profile as dimension_profile
from dashboard.charts.profiles import score_history as score_history
from dashboard.charts.profiles import waterfall as waterfall
from dashboard.charts.trends import trend as trend
from dashboard.charts.units import units as units
