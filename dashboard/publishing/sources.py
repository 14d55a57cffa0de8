"""What a source folder holds: its parts by table, its files, what was recognised, what could not be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from dashboard.publishing.findings import ERROR, Finding, Place
from dashboard.publishing.loading import Part
from dashboard.publishing.mapping import Mapping
from dashboard.publishing.recognition import Recognised
from dashboard.publishing.unreadable import Unreadable
from dashboard.text import N_

NOT_OPENED = N_("The file cannot be opened: {reason}")


@dataclass
class Source:
    """What a source folder holds: parts per table, the files' fingerprints, and what could not be read."""

    connection: duckdb.DuckDBPyConnection
    mapping: Mapping
    parts: dict[str, list[Part]] = field(default_factory=dict)
    files: list[dict] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)
    stamps: dict[Path, tuple[int, ...] | None] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Count a part in."""
        self.parts.setdefault(part.table, []).append(part)

    def changed(self) -> list[Finding]:
        """Files that are no longer as they were when their reading began."""
        names = {path: file["file"] for path, file in zip(self.stamps, self.files, strict=True)}
        rule = N_("The file changed while it was read")
        late = [path for path, stamp in self.stamps.items() if stamp_of(path) != stamp]
        return [Finding(ERROR, rule, places=(Place(names[path]),)) for path in late]


def stamp_of(path: Path) -> tuple[int, ...] | None:
    """What tells whether a file was changed: size, times and number. None if it is gone."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


@contextmanager
def findings_of(place: Place, table: str | None, source: Source) -> Iterator[None]:
    """Turn whatever keeps a file from being read into a finding."""
    try:
        yield
    except Unreadable as error:
        where = replace(place, row=error.row)
        source.findings.append(Finding(ERROR, error.rule, table=table, places=(where,), details=error.details))
    except OSError as error:
        details = {"reason": error.strerror}
        source.findings.append(Finding(ERROR, NOT_OPENED, table=table, places=(place,), details=details))
