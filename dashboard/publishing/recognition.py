"""What a file or sheet was taken for: its table, how it was read, and what each of its columns means."""

from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

# How a column came by its meaning: its title or a confirmed name gives it; or it is open, left out by a steward's
# word, or refused because it identifies a person.
TITLE, MAPPED, PROPOSED, LEFT_OUT, PERSONAL = "title", "mapped", "proposed", "left_out", "personal"
USED = (TITLE, MAPPED)


@dataclass(frozen=True)
class RecognisedColumn:
    """One column of a file: where it stands, counted from 0, and the field of the contract it was taken for.

    `proposals` are the fields that the title of an open column may mean, the likeliest first; there may be none, and
    none is used before it is confirmed.
    """

    position: int
    title: str
    field: str | None
    how: str
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """One file, or one sheet of a workbook. Without a table it was left out; `proposals` are tables it may be."""

    file: str
    sheet: str | None
    table: str | None
    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    columns: tuple[RecognisedColumn, ...] = ()
    proposals: tuple[str, ...] = ()

    def position(self, field: str) -> int | None:
        """Where the column of a field stands, counted from 0; None if the file has none."""
        return next((each.position for each in self.columns if each.field == field and each.how in USED), None)

    @property
    def name(self) -> str:
        """What a name of the table is remembered by: that of the sheet, or of the file without its ending."""
        return self.sheet or PurePosixPath(self.file).stem

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON writes it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Recognised":
        """What `as_json` wrote."""
        columns = (RecognisedColumn(**each | {"proposals": tuple(each["proposals"])}) for each in kept["columns"])
        return cls(**kept | {"columns": tuple(columns), "proposals": tuple(kept["proposals"])})
