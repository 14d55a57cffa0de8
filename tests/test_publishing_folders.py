"""A source folder with more than good files in it, and archives that lie: a finding each, never a traceback."""

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dashboard import contract
from dashboard.publishing import archives, findings, loading, readers, textfiles
from dashboard.publishing.mapping import Mapping
from dashboard.publishing.sources import Source
from dashboard.publishing.unreadable import Unreadable

ROWS = "小区编号,小区名称,社区代码,小区类型,户数\nC1,晨光小区,990101001001,old,100\nC2,朝霞小区,990101001001,old,200\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good file."""
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "小区.csv").write_text(ROWS, encoding="utf-8")
    return sent


@pytest.fixture
def read(tmp_path: Path, folder: Path):
    """Read the folder; returns what was found, as (severity, code, file), and the number of compounds."""
    (tmp_path / "scratch").mkdir()

    def read(between: Callable[[], object] = lambda: None) -> tuple[list[tuple], int]:
        with duckdb.connect() as connection:
            source: Source = readers.read(connection, folder, tmp_path / "scratch", Mapping(), lambda name: None)
            table, count, found = contract.load().tables["compounds"], 0, list(source.findings)
            if "compounds" in source.parts:
                found += loading.load(connection, table, source.parts["compounds"])[1]
                count = connection.execute("select count(*) from raw_compounds").fetchall()[0][0]
            between()
            found += source.changed()
        for finding in found:
            assert findings.lines(finding, "zh")
        return sorted((f.severity, f.code, f.places[0].file) for f in found), count

    return read


def link_out(folder: Path) -> None:
    (folder.parent / "grids.csv").write_text("x")
    (folder / "网格.csv").symlink_to(folder.parent / "grids.csv")


def linked_folder(folder: Path) -> None:
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "网格.csv").write_text("x")
    (folder / "other").symlink_to(folder.parent / "other")


def folder_like_a_file(folder: Path) -> None:
    (folder / "网格.csv").mkdir()
    (folder / "网格.csv" / "小区.csv").write_text(ROWS, encoding="utf-8")


ODD = {
    "a link out of the folder": (link_out, ("warning", "F32", "网格.csv")),
    "a link to nothing": (lambda f: (f / "网格.csv").symlink_to(f / "nothing"), ("warning", "F33", "网格.csv")),
    "a link to itself": (lambda f: (f / "网格.csv").symlink_to(f / "网格.csv"), ("warning", "F33", "网格.csv")),
    "a linked folder": (linked_folder, ("warning", "F33", "other")),
    "a folder named like a file": (folder_like_a_file, ("warning", "F33", "网格.csv")),
    "a pipe": (lambda f: os.mkfifo(f / "网格.csv"), ("warning", "F33", "网格.csv")),
}


@pytest.mark.parametrize("case", ODD.values(), ids=ODD)
def test_what_is_no_file_of_the_folder_is_left_out_and_said_so(folder: Path, read, case: tuple) -> None:
    make, expected = case
    make(folder)
    assert read() == ([expected], 2)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("name", ["小区[1]*", "小区_'; drop", '小区_"x"', "小区_\n2", "小区_\U0001f600", "小区_\udcff"])
def test_names_with_odd_letters_are_read_like_others(folder: Path, read, name: str, suffix: str) -> None:
    path = folder / f"{name}{suffix}"
    if suffix == ".csv":
        path.write_text(ROWS.replace("C1", "C3").replace("C2", "C4"), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for line in ROWS.replace("C1", "C3").replace("C2", "C4").splitlines():
            book.active.append(line.split(","))
        with open(path, "wb") as handle:
            book.save(handle)
    assert read() == ([], 4)


def test_a_file_or_folder_without_rights_is_an_error(folder: Path, read, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()

    def refuse(path: object) -> object:
        if Path(os.fspath(path)).name in ("closed", "小区.csv"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(textfiles, "sha256", refuse)
    assert read() == ([("error", "F08", "closed"), ("error", "F08", "小区.csv")], 0)


@pytest.mark.parametrize("change", ["longer", "same length", "replaced", "gone"])
def test_a_file_that_changes_while_it_is_read_is_an_error(folder: Path, read, change: str) -> None:
    file = folder / "小区.csv"

    def happen() -> None:
        about = file.stat()
        if change == "longer":
            file.write_text(ROWS + "C3,云锦小区,990101001002,old,1\n", encoding="utf-8")
        elif change == "same length":
            file.write_text(ROWS.replace("200", "300"), encoding="utf-8")
            os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
        elif change == "replaced":
            os.replace(file.rename(folder / "x"), file)
        else:
            file.unlink()

    assert read(happen)[0] == [("error", "F19", "小区.csv")]


def test_what_a_file_shows_is_told_once_when_it_is_read_a_second_time(folder: Path, read) -> None:
    text = "晨光区小区一览表,,,,\n" + ROWS.replace("户数", "备忘") + "合计,,,,300\n"
    (folder / "小区.csv").write_text(text, encoding="utf-8")
    assert read() == ([("note", "C01", "小区.csv"), ("note", "C03", "小区.csv"), ("warning", "F25", "小区.csv")], 2)


def workbook(path: Path, part: str | None = None, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """A workbook, one of its parts packed in another way."""
    book = openpyxl.Workbook()
    book.active["A1"] = "小区编号"
    book.save(path)
    if part:
        with zipfile.ZipFile(path) as old:
            contents = {info.filename: old.read(info) for info in old.infolist()}
        with zipfile.ZipFile(path, "w") as new:
            for name, content in contents.items():
                new.writestr(name, content, packing if name == part else zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize("told", [1, 10])
def test_an_archive_that_lies_about_the_size_of_a_part_is_refused(tmp_path: Path, told: int) -> None:
    path = workbook(tmp_path / "小区.xlsx")
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content, entry = bytearray(path.read_bytes()), b"xl/worksheets/sheet1.xml"
    at = content.rindex(entry) - 46  # the part's entry in the directory at the end
    assert struct.unpack_from("<I", content, at + 24) == (part.file_size,)
    struct.pack_into("<I", content, at + 24, told)
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="damaged"):
        archives.inspect(path)


def test_a_part_that_unpacks_beyond_the_limit_is_refused_whatever_the_directory_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "小区.xlsx")
    archives.inspect(path)
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    monkeypatch.setattr(archives, "HARMLESS", size - 1)
    monkeypatch.setattr(archives, "RATIO", 0)
    with pytest.raises(Unreadable, match="unpack"):
        archives.inspect(path)


def test_parts_packed_as_no_office_program_packs_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "小区.xlsx", "xl/worksheets/sheet1.xml", zipfile.ZIP_BZIP2)
    with pytest.raises(Unreadable, match="damaged"):
        archives.inspect(path)
