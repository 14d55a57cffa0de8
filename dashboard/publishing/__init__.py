"""Publishing: extracts in, a checked and frozen edition out."""

from dashboard.publishing.findings import Finding, lines
from dashboard.publishing.pipeline import Outcome, Progress, UnknownPlace, check, publish
from dashboard.publishing.templates import template

__all__ = ["Finding", "Outcome", "Progress", "UnknownPlace", "check", "lines", "publish", "template"]
