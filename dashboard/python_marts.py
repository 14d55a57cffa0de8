"""The marts that Python makes, beside those of `queries/marts`: what they are made from and how."""

from dashboard import rings, scoring
from dashboard.text import N_

MARTS = (
    *scoring.MARTS,
    scoring.Mart(
        rings.NAMES, rings.INPUTS, rings.build, N_("Where every unit of the map lies, and its boundary by zoom.")
    ),
)
