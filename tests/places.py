"""The tiny place published in other ways: without a district, without optional tables, with hostile words."""

import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

from dashboard import contract, editions, locks, publishing
from tests import tiny

# Not the Party groups G4-G6: bonus items have the same codes.
EAST_IDS = {"C5", "C6", "F7", "U3", "K3", "B4", "B5", "B6", *(tiny.member(n) for n in range(29, 41))}
EAST_NAMES = {"东区", "East District", "东街道", "East Street", "第3社区", "Community 3"}
EAST_NAMES |= {"小区5", "小区6", "Compound 5", "Compound 6", "单位3", "Unit 3"}
EAST_NAMES |= {f"{word}{code}" for code in ("K3", "B4", "B5", "B6") for word in ("党组织", "Organisation ")}

# Names as an attacker, or a clerk with a sense of humour, might enter them.
HOSTILE = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "[名](javascript:window.hacked=1) **粗** :red[红] `码` $x^2$",
    "=1+1",
    "'; drop table issues; --",
    "引\"号'",
    "{properties.name} %{text} {0}",
)

Rows = dict[str, list[dict]]

shared: Path | None = None  # where the workers of a test run keep what they have published


def is_of_the_east(value: object) -> bool:
    """Whether a value names something of the east district."""
    return isinstance(value, str) and (value.startswith(tiny.EAST[:6]) or value in EAST_IDS or value in EAST_NAMES)


def west_alone(rows: Rows) -> Rows:
    """The same extracts as if the east district did not exist."""
    return {
        name: [record for record in records if not any(map(is_of_the_east, record.values()))]
        for name, records in rows.items()
    }


def core_alone(rows: Rows) -> Rows:
    """The same extracts of a place that publishes no optional table."""
    return {name: records for name, records in rows.items() if contract.load().tables[name].core}


def one_of_each(rows: Rows) -> Rows:
    """The smallest place: one district with one compound, one branch, one member and one issue."""
    others = {"C2", "C3", "C4", "B2", "B3", "G2", "G3", "K2", "990101001002", *map(tiny.member, range(2, 29))}

    def is_other(value: object) -> bool:
        grids = (tiny.grid(1), tiny.micro_grid("C2"))
        return is_of_the_east(value) or (isinstance(value, str) and (value in others or value.startswith(grids)))

    left = {n: [r for r in records if not any(map(is_other, r.values()))] for n, records in rows.items()}
    return left | {"issues": left["issues"][:1], "member_events": left["member_events"][:1]}


def with_names(rows: Rows, names: tuple[str, ...]) -> Rows:
    """The same extracts with other words in every column of free names."""
    number = 0
    for records in (rows["regions"], rows["compounds"], rows["party_orgs"]):
        for record in records:
            record["name"] = record["name_en"] = f"{names[number % len(names)]}{number}"
            number += 1
    return rows


def publish(folder: Path, rows: Rows) -> str:
    """Publish extracts of the tiny place under `folder/data` and return the edition; fails on any finding that blocks.

    The first edition of a folder is a copy, if any test of this run has published the same rows with the same rules.
    """
    home = folder / "data" / tiny.PLACE
    if not home.exists():
        tiny.write_place(folder / "data")
    if shared is None or (home / "editions").exists():
        return _publish(folder, rows)
    rules = {str(file.relative_to(home)): file.read_text(encoding="utf-8") for file in sorted(home.rglob("*.toml"))}
    identity = sha256(repr((sorted(rows.items()), rules)).encode()).hexdigest()
    original = shared / f"tiny-{identity}"
    with locks.held(original):
        if not (original / "data" / tiny.PLACE / "editions" / "current").exists():
            shutil.copytree(home, original / "data" / tiny.PLACE, dirs_exist_ok=True)
            _publish(original, rows)
    shutil.copytree(original / "data" / tiny.PLACE, home, dirs_exist_ok=True)
    return (home / "editions" / "current").read_text(encoding="ascii").strip()


def with_editions(data: Path, names: Iterable[str], by: str) -> Path:
    """The tiny place under `data`, which `DASHBOARD_DATA` names, with editions all alike, published in turn."""
    place = data / tiny.PLACE
    with TemporaryDirectory() as folder:
        made = publish(Path(folder), tiny.tables())
        one = Path(folder) / "data" / tiny.PLACE
        shutil.copytree(one, place, ignore=shutil.ignore_patterns("editions"))
        for name in names:
            shutil.copytree(one / "editions" / made, place / "editions" / name)
            editions.switch(tiny.PLACE, name, editions.PUBLISHED, by)
    return place


def _publish(folder: Path, rows: Rows) -> str:
    data, source = folder / "data", Path(mkdtemp(prefix="source-", dir=folder))
    tiny.write_csv(source, {name: records for name, records in rows.items() if records})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        outcome = publishing.publish(source, tiny.PLACE, lambda message, fraction: None)
    assert outcome.edition, [publishing.lines(finding, "en") for finding in outcome.findings]
    return outcome.edition
