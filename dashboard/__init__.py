"""Dashboard for Party-led governance of residential compounds: what the pages share."""

__version__ = "0.5.0"
