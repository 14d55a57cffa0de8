"""What the figures were measured on."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path


def describe() -> str:
    """Processor, cores, memory and versions in one line."""
    cpu = re.search(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    parts = [
        cpu[1].strip() if cpu else platform.machine(),
        f"{len(os.sched_getaffinity(0))} cores",
        f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "",
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in ("Streamlit", "DuckDB", "pandas", "Plotly", "pydeck")),
    ]
    return ", ".join(filter(None, parts))


def resident_bytes(process_id: int) -> int:
    """Memory that a process holds now."""
    found = re.search(r"VmRSS:\s*(\d+)", _read(f"/proc/{process_id}/status"))
    return int(found[1]) * 1024 if found else 0


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
