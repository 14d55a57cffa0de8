"""Publishing: extracts in, a checked and frozen edition out."""

from dashboard.publishing.findings import Finding, lines
from dashboard.publishing.pipeline import (
    OutdatedCandidate,
    Outcome,
    Progress,
    UnknownPlace,
    check,
    commit,
    discard,
    prepare,
    publish,
)
from dashboard.publishing.templates import template

__all__ = [
    "Finding",
    "OutdatedCandidate",
    "Outcome",
    "Progress",
    "UnknownPlace",
    "check",
    "commit",
    "discard",
    "lines",
    "prepare",
    "publish",
    "template",
]
