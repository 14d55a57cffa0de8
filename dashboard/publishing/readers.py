"""A source folder to parts: which of its files hold which extract. A bad file is a finding, never an exception."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from dashboard.publishing import cells, headers, olefiles, parts, textfiles
from dashboard.publishing.findings import ERROR, WARNING, Finding, Place
from dashboard.publishing.mapping import Mapping
from dashboard.publishing.sources import NOT_OPENED, Source, findings_of, stamp_of
from dashboard.publishing.unreadable import Unreadable
from dashboard.text import N_

KINDS = {
    **dict.fromkeys((".csv", ".txt", ".tsv"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), "xlsx"),
    ".parquet": "parquet",
}
READERS = {"csv": parts.read_csv, "xlsx": parts.read_workbook, "parquet": parts.read_parquet}
FORMER = {".et", ".wps"}
LEFT_OUT = N_("The file was left out")
LINK = N_("The file leads out of the source folder and was left out")
NO_FILE = N_("This is no file and was left out")
MAGIC = {cells.PACKED: "xlsx", olefiles.MAGIC: "xlsx", b"PAR1": "parquet"}
START = 4_000  # bytes looked at to tell what a file is
WEB_PAGE = re.compile(rb"<(!doctype|html|table|\?xml|meta)\b", re.IGNORECASE)


def read(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    scratch: Path,
    mapping: Mapping,
    progress: Callable[[str], None],
) -> Source:
    """Recognise every file of the folder. Nothing raises for a bad file: it becomes a finding."""
    source = Source(connection, mapping)
    if not folder.is_dir():
        source.findings.append(Finding(ERROR, N_("The source folder does not exist"), places=(Place(str(folder)),)))
        return source
    for path in sorted(_listed(folder, source)):
        name = _name(path, folder)
        progress(Path(name).name)
        if path.resolve().is_relative_to(folder.resolve()):
            _read_file(path, name, scratch, source)
        else:
            source.findings.append(Finding(WARNING, LINK, places=(Place(name),)))
    if not source.files and not source.findings:
        source.findings.append(Finding(ERROR, N_("The source folder is empty"), places=(Place(str(folder)),)))
    return source


def _listed(folder: Path, source: Source) -> Iterator[Path]:
    """All files of the folder and its folders. What cannot be read as a file is a finding; hidden files are none."""

    def unreadable(error: OSError) -> None:
        place = Place(_name(Path(error.filename), folder))
        source.findings.append(Finding(ERROR, NOT_OPENED, places=(place,), details={"reason": error.strerror}))

    for home, folders, files in os.walk(folder, onerror=unreadable):
        odd = [name for name in folders if Path(name).suffix.lower() in KINDS or Path(home, name).is_symlink()]
        folders[:] = [name for name in folders if name not in odd and not name.startswith(".")]
        for path in (Path(home, name) for name in [*odd, *files] if not name.startswith((".", "~$"))):
            if path.is_file():
                yield path
            else:
                source.findings.append(Finding(WARNING, NO_FILE, places=(Place(_name(path, folder)),)))


def _name(path: Path, folder: Path) -> str:
    """A file's name fit to be shown: below the folder, with marks for what is no letter."""
    name = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "�" for sign in name)


def _read_file(path: Path, name: str, scratch: Path, source: Source) -> None:
    kind = KINDS.get(path.suffix.lower())
    table = headers.table_of(Path(name).stem, source.mapping)
    place = Place(name)
    if kind is None:
        if path.suffix.lower() in FORMER:
            rule, expected = N_("The file has an old or foreign format"), N_("a workbook saved as .xlsx, or CSV")
            source.findings.append(Finding(ERROR, rule, expected, table, places=(place,)))
        else:
            source.findings.append(Finding(WARNING, LEFT_OUT, places=(place,)))
        return
    with findings_of(place, table, source):
        stamp = stamp_of(path)
        if stamp and stamp[0] == 0:
            source.findings.append(Finding(ERROR, textfiles.EMPTY, table=table, places=(place,)))
            return
        fingerprint = textfiles.sha256(path)
        source.files.append({"file": name, "sha256": fingerprint, "bytes": stamp[0] if stamp else 0})
        source.stamps[path] = stamp
        path = _named_in_letters(path, scratch)
        READERS[_kind(path, kind)](path, place, table, scratch, source)


def _named_in_letters(path: Path, scratch: Path) -> Path:
    """The file, by a link if its name is none in UTF-8, which neither DuckDB nor calamine takes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        link = scratch / f"link-{len(list(scratch.glob('link-*')))}{path.suffix}"
        link.symlink_to(path.absolute())
        return link
    return path


def _kind(path: Path, named: str) -> str:
    """What a file is, whatever it is named. Raises `Unreadable` for a page of the web under a workbook's name."""
    with open(path, "rb") as file:
        start = file.read(START)
    for magic, kind in MAGIC.items():
        if start.startswith(magic):
            return kind
    if named == "csv":
        return named
    if named == "xlsx" and not textfiles.is_text(start):
        return named
    if named == "xlsx" and WEB_PAGE.search(start):
        raise Unreadable(N_("The file is a web page under the name of a workbook"))
    return "csv" if named == "xlsx" else named
