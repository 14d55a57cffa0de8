"""Names that a place uses: proposed, confirmed once, remembered; never used before somebody has confirmed them."""

import json
from pathlib import Path

import duckdb
import pytest

from dashboard.profile import ProfileError
from dashboard.publishing import mapping, readers
from dashboard.publishing.recognition import Recognised
from dashboard.publishing.sources import Source
from tests import tiny

COMPOUNDS = "小区编号,小区名称,社区代码,小区类型,总户数\nC1,晨光小区,990101001001,old,100\n"


@pytest.fixture(autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of the tiny place."""
    data = tmp_path_factory.mktemp("data")
    tiny.write_place(data)
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    return data / tiny.PLACE


@pytest.fixture
def read(tmp_path: Path):
    """Read files, given by name and text, with what the place has confirmed."""

    def read(**files: str) -> Source:
        folder, scratch = tmp_path / "sent", tmp_path / "scratch"
        folder.mkdir(exist_ok=True)
        scratch.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        with duckdb.connect() as connection:
            return readers.read(connection, folder, scratch, mapping.load(tiny.PLACE), lambda name: None)

    return read


def codes(source: Source) -> list[tuple]:
    return sorted((finding.severity, finding.code, finding.column or "") for finding in source.findings)


def test_another_word_for_a_field_is_proposed_and_not_used(read) -> None:
    source = read(小区=COMPOUNDS)
    (part,) = source.parts["compounds"]
    assert "households" not in part.columns
    assert codes(source) == [("warning", "F31", "总户数")]
    assert mapping.proposals(source.recognised)[1][("compounds", "总户数")][0] == "households"


def test_a_confirmed_word_is_used_however_it_is_written(read) -> None:
    mapping.confirm(tiny.PLACE, {}, {"compounds": {"总户数": "households"}})
    source = read(小区=COMPOUNDS.replace("总户数", "總 戶數"))
    assert "households" in source.parts["compounds"][0].columns
    assert codes(source) == []
    assert mapping.proposals(source.recognised) == ({}, {})
    assert [column.how for column in source.recognised[0].columns][-1] == "mapped"


def test_a_column_that_is_knowingly_left_out_is_no_longer_asked_about(read) -> None:
    mapping.confirm(tiny.PLACE, {}, {"compounds": {"总户数": ""}})
    source = read(小区=COMPOUNDS)
    assert "households" not in source.parts["compounds"][0].columns
    assert codes(source) == [] and mapping.proposals(source.recognised) == ({}, {})


@pytest.mark.parametrize("meant", ["", "compound_id"])
def test_a_column_that_identifies_a_person_is_refused_whatever_was_confirmed(read, meant: str) -> None:
    mapping.confirm(tiny.PLACE, {}, {"compounds": {"联系电话": meant}})
    source = read(小区=COMPOUNDS.replace("总户数", "联系电话"))
    assert codes(source) == [("error", "F27", "联系电话")]


def test_a_file_whose_name_says_nothing_is_proposed_by_its_header_and_known_next_month(read) -> None:
    source = read(**{"数据导出_2024年11月": COMPOUNDS.replace("总户数", "户数")})
    assert not source.parts and codes(source) == [("warning", "F30", "")]
    files, columns = mapping.proposals(source.recognised)
    assert files["数据导出"][0] == "compounds" and not columns
    mapping.confirm(tiny.PLACE, {"数据导出": "compounds"}, {})
    source = read(**{"数据导出_2024年12月": COMPOUNDS.replace("总户数", "户数")})
    assert len(source.parts["compounds"]) == 2 and codes(source) == []


def test_earlier_names_stay_and_one_that_reads_the_same_is_replaced(place: Path) -> None:
    mapping.confirm(tiny.PLACE, {"台账": "compounds"}, {"issues": {"工单号": "issue_id"}})
    mapping.confirm(tiny.PLACE, {"臺 賬": "grids"}, {"issues": {"来源": "channel"}})
    kept = mapping.load(tiny.PLACE)
    assert kept.files == {"台账": "grids"}
    assert kept.columns == {"issues": {"工单号": "issue_id", "来源": "channel"}}
    assert [file.name for file in place.glob("*mapping*")] + [file.name for file in place.glob(".map*")] == ["mapping.toml"]


@pytest.mark.parametrize(
    ("files", "columns"),
    [
        ({"台账": "nothing"}, {}),
        ({}, {"nothing": {"工单号": "issue_id"}}),
        ({}, {"issues": {"工单号": "nothing"}}),
    ],
)
def test_a_name_that_is_none_of_the_contracts_is_not_remembered(place: Path, files: dict, columns: dict) -> None:
    mapping.confirm(tiny.PLACE, {"台账": "compounds"}, {})
    before = (place / "mapping.toml").read_bytes()
    with pytest.raises(ProfileError, match=r"mapping\.toml"):
        mapping.confirm(tiny.PLACE, files, columns)
    assert (place / "mapping.toml").read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"[files",
        b"\xff\xfe\x00",
        b"files = 3",
        b'[files]\n"a" = ["compounds"]',
        b'[files]\n"a" = "nothing"',
        b"columns = []",
        b"[columns]\nissues = 3",
        b'[columns.issues]\n"a" = 3',
        b'[columns.issues]\n"a" = "nothing"',
        b'[columns.nothing]\n"a" = "b"',
    ],
)
def test_a_broken_file_is_told_in_words_and_left_alone(place: Path, content: bytes) -> None:
    (place / "mapping.toml").write_bytes(content)
    with pytest.raises(ProfileError, match=r"mapping\.toml"):
        mapping.load(tiny.PLACE)
    assert (place / "mapping.toml").read_bytes() == content


def test_what_was_recognised_is_kept_as_json_and_read_again(read) -> None:
    source = read(小区=COMPOUNDS, 杂项="甲,乙\n1,2\n")
    kept = json.loads(json.dumps([each.as_json() for each in source.recognised], ensure_ascii=False))
    assert [Recognised.from_json(each) for each in kept] == source.recognised
