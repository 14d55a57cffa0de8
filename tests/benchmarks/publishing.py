"""Publishing the sample city: 5 million rows and all of it, from Parquet and from CSV, each in a process of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

from dashboard import settings
from dashboard.publishing.sqltext import path_literal, quoted

SIZES = {0.66: ("20 s", "60 s"), 1.0: ("–", "–")}  # the budgets are those of 5 million rows
PUBLISH = """
import resource, sys, time
from pathlib import Path
from dashboard import publishing
started = time.perf_counter()
outcome = publishing.publish(Path(sys.argv[1]), sys.argv[2], lambda message, fraction: None)
assert outcome.edition
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
"""


def times(work: Path) -> list[tuple[str, str, str]]:
    """Seconds and memory of publishing for both sizes and kinds of files."""
    rows = []
    for scale, budgets in SIZES.items():
        parquet, csv = work / "parquet", work / "csv"
        sample = ["dashboard", "sample", "--out", str(parquet), "--scale", str(scale)]
        subprocess.run([sys.executable, "-m", *sample], cwd=settings.ROOT, check=True, capture_output=True)
        count, size = _as_csv(parquet, csv)
        for kind, source, budget in zip(("Parquet", f"CSV ({size / 1e6:,.0f} MB)"), (parquet, csv), budgets, strict=True):
            seconds, memory = _publish(work, source)
            title = f"publishing {count / 1e6:.1f} million rows from {kind}; memory"
            rows.append((title, f"{seconds:.1f} s; {memory:.1f} GiB", budget))
        shutil.rmtree(parquet)
        shutil.rmtree(csv)
    return rows


def _as_csv(parquet: Path, csv: Path) -> tuple[int, int]:
    """Write every extract as CSV too; returns rows and bytes of all."""
    csv.mkdir()
    count = 0
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        for file in sorted(parquet.glob("*.parquet")):
            rows = f"read_parquet({path_literal(file)})"
            described = connection.execute(f"describe select * from {rows}").fetchall()
            columns = [
                f"st_astext({quoted(name)}) as {quoted(name)}" if kind.startswith("GEOMETRY") else quoted(name)
                for name, kind, *_rest in described
            ]
            target = path_literal(csv / f"{file.stem}.csv")
            copied = connection.execute(f"copy (select {', '.join(columns)} from {rows}) to {target} (header)")
            count += copied.fetchall()[0][0]
    return count, sum(file.stat().st_size for file in csv.iterdir())


def _publish(work: Path, source: Path) -> tuple[float, float]:
    """Seconds and GiB at most of publishing a folder as the first edition of the sample city."""
    data = work / "published"
    kept = shutil.ignore_patterns("editions", "incoming", "*.log")
    shutil.copytree(settings.ROOT / "data" / settings.DEFAULT_PLACE, data / settings.DEFAULT_PLACE, ignore=kept)
    command = [sys.executable, "-c", PUBLISH, str(source), settings.DEFAULT_PLACE]
    environment = {**os.environ, "DASHBOARD_DATA": str(data)}
    done = subprocess.run(command, cwd=settings.ROOT, check=True, capture_output=True, text=True, env=environment)
    shutil.rmtree(data)
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)
