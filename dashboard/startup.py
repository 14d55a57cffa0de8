"""What happens before the first reader: sample data if there is none, a warm edition, a quiet collector."""

import gc
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from dashboard import editions, settings, store

Progress = Callable[[str, float], None]


def ensure_data() -> None:
    """Generate and publish the sample city if no place has an edition yet, with a bar in the terminal."""
    if any(map(editions.current, settings.places())):
        return
    from dashboard import publishing, sample  # only the very first start needs them

    print("No data yet: making the synthetic sample city / 首次启动:正在生成示例城市", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="sample-") as folder, progress_bar() as progress:
        sample.generate(settings.DEFAULT_PLACE, Path(folder), progress=lambda m, f: progress(m, f * 0.4))
        publishing.publish(Path(folder), settings.DEFAULT_PLACE, lambda m, f: progress(m, 0.4 + f * 0.6))


class progress_bar:
    """Context manager that turns (message, fraction) calls into a bar on standard error."""

    def __enter__(self) -> Progress:
        self._bar = tqdm(total=100, bar_format="{l_bar}{bar}| {elapsed}", file=sys.stderr)
        return self._show

    def _show(self, message: str, fraction: float) -> None:
        self._bar.set_description(message)
        self._bar.update(round(100 * fraction) - self._bar.n)

    def __exit__(self, *_: object) -> None:
        self._bar.close()


def warm() -> None:
    """Open the live editions and freeze what is loaded, so that later collections need not walk it.

    Streamlit collects garbage after every run; with pandas, Plotly and DuckDB loaded that costs about 70 ms
    a run, and 5-8 ms once everything imported is frozen.
    """
    import plotly.graph_objects  # noqa: F401  pages need them; loading now keeps the first reader from waiting
    import pydeck  # noqa: F401

    for place in settings.places():
        edition = editions.current(place)
        if edition:
            store.query("districts", place=place, edition=edition, language="zh")
    gc.collect()
    gc.freeze()
