"""The steward's way in a real browser: files up, refused, repaired in their own workbook, looked at, published."""

import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from dashboard import contract, editions
from tests import places, tiny
from tests.browsing import Reader, reader
from tests.serving import server
from tests.test_marked_workbook import as_workbooks, broken, repair

pytestmark = pytest.mark.browser
STEWARD = "数据科 甲"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny place with one edition, to which another is to be added."""
    folder = tmp_path_factory.mktemp("steward")
    places.publish(folder, places.core_alone(tiny.tables()))
    return folder / "data"


@pytest.fixture(scope="module")
def office(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server for the steward."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    with server(published, log, DASHBOARD_STEWARD=STEWARD) as (address, _process):
        yield address


def upload(someone: Reader, files: list[Path]) -> None:
    """Choose files in the dialogue that is open, and wait until they are up."""
    someone.page.locator('input[type="file"]').last.set_input_files(files)
    someone.settle()


def check(someone: Reader) -> None:
    """Have the delivery checked, and wait for the verdict."""
    someone.page.locator(".st-key-delivery-check button").click()
    someone.page.get_by_role("button", name="停止").wait_for()
    someone.page.get_by_role("button", name="重新检查").wait_for()
    someone.settle()


def test_a_delivery_is_refused_repaired_looked_at_and_published(office, published, home, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(published))
    before = editions.current(tiny.PLACE)
    tables, right = broken()
    as_workbooks(tmp_path / "sent", tables)
    with reader(home, office) as someone:
        page = someone.page
        someone.open("publish", publish_for=tiny.PLACE)
        assert STEWARD in someone.text()
        page.get_by_role("button", name="上传文件").click()
        upload(someone, sorted((tmp_path / "sent").iterdir()))
        with someone.acting():
            page.get_by_role("button", name="收为一个批次").click()
        check(someone)
        assert "不能发布" in someone.text()
        assert page.get_by_role("button", name="发布…").count() == 0
        with page.expect_download() as download:
            page.get_by_role("button", name="标注").click()
        with ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as package:
            package.extractall(tmp_path / "marked")
        for table, cells in right.items():
            assert repair(tmp_path / "marked" / f"{contract.load().tables[table].title}.xlsx", table, cells)
        page.get_by_role("button", name="更多", exact=True).click()
        upload(someone, sorted((tmp_path / "marked").rglob("*.xlsx")))
        with someone.acting():
            page.get_by_role("button", name="放入本批次").click()
        check(someone)
        assert "可以发布" in someone.text()
        with someone.acting():
            page.locator(".st-key-delivery-look button").click()
        assert someone.title() == "总览" and "尚未发布" in someone.text()
        page.go_back()
        someone.settle()
        page.get_by_role("button", name="发布…").click()
        assert editions.current(tiny.PLACE) == before, "nothing is live before it is confirmed"
        page.locator(".st-key-delivery-publish-now button").click()
        page.get_by_text("已发布为版本").wait_for()
    live = editions.current(tiny.PLACE)
    assert live != before and (editions.history(tiny.PLACE)[-1].edition, editions.history(tiny.PLACE)[-1].by) == (live, STEWARD)
