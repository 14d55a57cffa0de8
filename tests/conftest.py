"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import tiny


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tiny place of `tests/tiny.py`, published; `DASHBOARD_DATA` names the folder for the whole session."""
    from dashboard import publishing

    data, source = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("source")
    tiny.write_place(data)
    tiny.write_csv(source, tiny.tables())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        outcome = publishing.publish(source, tiny.PLACE, lambda message, fraction: None)
        assert outcome.edition, [publishing.lines(finding, "en") for finding in outcome.findings]
        yield data
