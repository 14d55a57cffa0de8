"""What keeps a whole installation from publishing, each as one sentence that says what to do."""

import errno

import duckdb

from dashboard import editions, profile, scoring, settings
from dashboard.publishing.marts import MartError
from dashboard.publishing.pipeline import OutdatedCandidate, UnknownPlace
from dashboard.text import _

FULL = ("no space left", "disk quota", "file too large")  # as systems and DuckDB word it
KNOWN = (
    UnknownPlace,
    OutdatedCandidate,
    editions.EditionError,
    profile.ProfileError,
    scoring.RuleError,
    MartError,
    OSError,
    MemoryError,
    duckdb.Error,
)


def told(error: BaseException) -> str:
    """What happened and what to do, for an error of `KNOWN`. The live edition is as it was in every case."""
    if isinstance(error, MartError) and isinstance(error.__cause__, duckdb.IOException | duckdb.OutOfMemoryException):
        error = error.__cause__  # the machine's fault, not the mart's
    match error:
        case UnknownPlace():
            known = ", ".join(settings.places())
            return _("There is no place {place}; known are: {known}").format(place=error, known=known)
        case OutdatedCandidate():
            return _("Edition {edition} went live in the meantime. Check this delivery again against it.").format(
                edition=error
            )
        case editions.EditionError():
            return _("There is no such edition: {edition}").format(edition=error)
        case profile.ProfileError() | scoring.RuleError():
            return _("The place's profile or rules are defective: {reason}").format(reason=error)
        case MartError():
            return _("A mart cannot be built: {reason}").format(reason=error)
    if _is_full(error):
        return _("The disk has no room left. Free some and start again; the live edition is unchanged.")
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return _("The memory is not enough. Raise DASHBOARD_MEMORY or free some, and start again.")
    if isinstance(error, PermissionError):
        message = _("This program may not write to {file}. Have the folder's rights changed and start again.")
        return message.format(file=error.filename or settings.data_dir())
    return _("The system refused: {reason}").format(reason=error)


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    return any(words in str(error).lower() for words in FULL)
