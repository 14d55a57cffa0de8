"""Where things are and how this server was started: the only reader of environment variables."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = ROOT / "data" / "contract" / "datapackage.json"
QUERIES = ROOT / "queries"
DEFAULT_PLACE = "city-a"


def data_dir() -> Path:
    """Folder with one sub-folder per place (`DASHBOARD_DATA`, default `data/`)."""
    return Path(os.environ.get("DASHBOARD_DATA") or ROOT / "data")


def place_dir(place: str) -> Path:
    """Folder of one place: its profile, rules and editions."""
    return data_dir() / place


def places() -> list[str]:
    """Codes of the places that have a profile, in alphabetical order."""
    return sorted(path.parent.name for path in data_dir().glob("*/place.toml"))


def districts() -> frozenset[str]:
    """District codes this server may show (`DASHBOARD_DISTRICTS`, comma-separated); empty means all."""
    return frozenset(filter(None, os.environ.get("DASHBOARD_DISTRICTS", "").replace(" ", "").split(",")))


def own_branch() -> str | None:
    """Branch this server belongs to (`DASHBOARD_BRANCH`); only its own starred members are ever named."""
    return os.environ.get("DASHBOARD_BRANCH") or None


def steward() -> str | None:
    """Who publishes on this server (`DASHBOARD_STEWARD`, a name or a post); None where nobody may."""
    return os.environ.get("DASHBOARD_STEWARD", "").strip() or None


def memory_limit() -> str:
    """Memory each DuckDB database may use (`DASHBOARD_MEMORY`), as DuckDB writes sizes."""
    return os.environ.get("DASHBOARD_MEMORY") or "4GB"


def secret() -> bytes:
    """What signs the addresses of the map (`DASHBOARD_SECRET`), the same on all servers that share readers; or b""."""
    return os.environ.get("DASHBOARD_SECRET", "").encode()
