"""Publishing: extracts in, a checked and frozen edition out."""

from dashboard.publishing.findings import Finding, lines
from dashboard.publishing.pipeline import (
    Outcome,
    OutdatedCandidate,
    Progress,
    UnknownPlace,
    check,
    commit,
    discard,
    examine,
    prepare,
    publish,
)
from dashboard.publishing.templates import template

__all__ = [
    "Finding",
    "Outcome",
    "OutdatedCandidate",
    "Progress",
    "UnknownPlace",
    "check",
    "commit",
    "discard",
    "examine",
    "lines",
    "prepare",
    "publish",
    "template",
]
