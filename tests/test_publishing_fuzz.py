"""Mutated real files: every input ends as a candidate or is refused with a reason, and the live edition stays.

The suite tries 40 inputs; `FUZZ_INPUTS=5000 python -m pytest -n0 tests/test_publishing_fuzz.py` tries as many as told.
"""

import csv
import io
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from dashboard import contract, editions, publishing
from dashboard.publishing.findings import ERROR
from tests import places, tiny

INPUTS = int(os.environ.get("FUZZ_INPUTS", "40"))
SLOWEST_SECONDS = 60  # more would be a hang
TABLES = ("compounds", "issues", "regions", "members", "branch_assessments")
FORMS = ("csv", "csv", "gb18030", "gb18030", "xlsx", "xlsx", "parquet")  # most bytes of Parquet are refused alike
WORDS = (
    "",
    " ",
    "—",
    "合计",
    "1e999",
    "9" * 400,
    "-0",
    "１２，３４５",
    "3.5万",
    "2024年13月40日",
    "45291",
    "=cmd|' /C calc'!A0",
    "'; drop table issues; --",
    "\u202e\ufeff\u0000\ud7ff",
    '"',
    "\n\n",
    "POLYGON ((0 0, 1 1",
    "不适用",
    "NaN",
    "{name}",
    "%s%n",
)

Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[tuple[str, str], bytes], str]:
    """The tiny place with its core extracts live: their folder as Parquet, every form of some, the live edition."""
    home = tmp_path_factory.mktemp("fuzz")
    rows = places.core_alone(tiny.tables())
    tiny.write_place(home / "data")
    tiny.write_parquet(home / "parquet", rows)
    tiny.write_csv(home / "csv", rows)
    files = {}
    for table in TABLES:
        files[table, "parquet"] = (home / "parquet" / f"{table}.parquet").read_bytes()
        files[table, "csv"] = plain = (home / "csv" / f"{table}.csv").read_bytes()
        head, *records = csv.reader(io.StringIO(plain.decode()))
        fields = contract.load().tables[table].fields
        office = io.StringIO()
        csv.writer(office, delimiter="\t").writerows([[fields[name].title for name in head], *records])
        files[table, "gb18030"] = office.getvalue().encode("gb18030")
        book = openpyxl.Workbook()
        book.active.append([f"{table} 2024"])
        for record in ([fields[name].title for name in head], *records):
            book.active.append(record)
        saved = io.BytesIO()
        book.save(saved)
        files[table, "xlsx"] = saved.getvalue()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(home / "data"))
        live = publishing.publish(home / "parquet", tiny.PLACE, lambda message, fraction: None).edition
        yield home, files, live


def at(content: bytes, share: float) -> int:
    return int(share * len(content))


shares = st.floats(0, 1, exclude_max=True)
of_bytes = st.one_of(
    st.builds(lambda s, b: lambda c: c[: at(c, s)] + bytes([b]) + c[at(c, s) + 1 :], shares, st.integers(0, 255)),
    st.builds(lambda s, n: lambda c: c[: at(c, s)] + c[at(c, s) + n :], shares, st.integers(1, 400)),
    st.builds(lambda s: lambda c: c[: at(c, s)], shares),
    st.builds(lambda s, t, n: lambda c: c[: at(c, s)] + c[at(c, t) : at(c, t) + n] + c[at(c, s) :], shares, shares, st.integers(1, 400)),
    st.builds(lambda s, b: lambda c: c[: at(c, s)] + b + c[at(c, s) :], shares, st.binary(min_size=1, max_size=40)),
)


def of_cells(change: Callable[[list[list[str]]], None]) -> Change:
    """A change of the cells of a delimited text in its own encoding; anything else is left as it is."""

    def changed(content: bytes) -> bytes:
        encoding = "utf-8" if content.startswith(b"\xef\xbb\xbf") or content.isascii() else "gb18030"
        try:
            text = content.decode(encoding)
            rows = list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ","))
            change(rows)
        except (UnicodeDecodeError, csv.Error, IndexError):
            return content
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return out.getvalue().encode(encoding, "replace")

    return changed


def put(row: float, column: float, word: str) -> Change:
    def change(rows: list[list[str]]) -> None:
        line = rows[int(row * len(rows))]
        line[int(column * len(line))] = word

    return of_cells(change)


def swap(first: float, second: float) -> Change:
    def change(rows: list[list[str]]) -> None:
        one, other = int(first * len(rows)), int(second * len(rows))
        rows[one], rows[other] = rows[other], rows[one]

    return of_cells(change)


def drop_column(share: float) -> Change:
    def change(rows: list[list[str]]) -> None:
        column = int(share * len(rows[0]))
        for row in rows:
            del row[column]

    return of_cells(change)


words = st.one_of(st.sampled_from(WORDS), st.text(max_size=30))
of_text = st.one_of(
    st.builds(put, shares, shares, words),
    st.builds(swap, shares, shares),
    st.builds(drop_column, shares),
    st.builds(lambda e: lambda c: c.decode("gb18030", "replace").encode(e, "replace"), st.sampled_from(["utf-16", "utf-8-sig", "big5", "gb18030"])),
)


def inside(member: float, change: Change) -> Change:
    """A change of one part of a workbook, packed anew so that its checksum fits."""

    def changed(content: bytes) -> bytes:
        out = io.BytesIO()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
                names = before.namelist()
                for name in names:
                    part = before.read(name)
                    after.writestr(name, change(part) if name == names[int(member * len(names))] else part)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, IndexError, KeyError):
            return content
        except Exception as error:  # zlib.error and its like have no common base
            assert "zlib" in type(error).__module__ or "error" in type(error).__name__.lower()
            return content
        return out.getvalue()

    return changed


of_workbooks = st.builds(inside, shares, of_bytes)
names = st.one_of(st.none(), st.sampled_from(["诉求 (1)", "小区_西区", "表1", "a.b", "compounds；drop", "%s", "x" * 200]), st.text("表小区abc_ .（）", min_size=1, max_size=12))


@st.composite
def inputs(draw: st.DrawFn) -> tuple[str, str, list[Change], str | None]:
    """Which file is changed, in which form, how, and its name if it has another."""
    form = draw(st.sampled_from(FORMS))
    kinds = {"csv": st.one_of(of_text, of_text, of_bytes), "gb18030": st.one_of(of_text, of_bytes), "xlsx": st.one_of(of_workbooks, of_workbooks, of_bytes)}
    changes = draw(st.lists(kinds.get(form, of_bytes), min_size=1, max_size=3))
    return draw(st.sampled_from(TABLES)), form, changes, draw(names)


@settings(max_examples=INPUTS, deadline=None, derandomize=INPUTS <= 60, suppress_health_check=list(HealthCheck), database=None)
@given(inputs())
def test_every_input_is_published_or_refused_with_a_reason(place, given_) -> None:
    home, files, live = place
    table, form, changes, name = given_
    content = files[table, form]
    for change in changes:
        content = change(content)
    source = home / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(home / "parquet", source)
    (source / f"{table}.parquet").unlink()
    suffix = "csv" if form == "gb18030" else form
    (source / f"{(name or table).replace('/', '_')}.{suffix}").write_bytes(content)
    pointer = (editions.home(tiny.PLACE) / "current").read_bytes()
    start = time.monotonic()

    outcome = publishing.prepare(source, tiny.PLACE, lambda message, fraction: None)

    assert time.monotonic() - start < SLOWEST_SECONDS
    assert (editions.home(tiny.PLACE) / "current").read_bytes() == pointer
    for finding in outcome.findings:
        for language in ("zh", "en"):
            assert "".join(publishing.lines(finding, language)).strip()
    if outcome.edition is None:
        event(f"{form} refused")
        assert any(finding.severity == ERROR for finding in outcome.findings), "refused without a reason"
    else:
        event(f"{form} {'candidate' if outcome.is_new else 'nothing new'}")
        editions.facts(tiny.PLACE, outcome.edition)
        publishing.discard(tiny.PLACE, outcome.edition)
    assert editions.published(tiny.PLACE) == [live] and not editions.candidates(tiny.PLACE)
    assert not list(editions.home(tiny.PLACE).glob(editions.BUILDING + "*"))
