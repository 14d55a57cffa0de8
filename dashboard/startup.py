"""What happens before the first reader: sample data if there is none, a warm edition, a quiet collector."""

import gc
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from threading import Thread

import dashboard
from dashboard import editions, people, periods, settings, store
from dashboard.progress import progress_bar

NOT_FOR_PAGES = {"__main__", "app", "frame", "publishing", "sample"}


def ensure_data() -> None:
    """Generate and publish the sample city if no place has an edition yet, with a bar in the terminal."""
    if any(map(editions.current, settings.places())):
        return
    from dashboard import publishing, sample  # only the very first start needs them

    print("No data yet: making the synthetic sample city / 首次启动：正在生成示例城市", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="sample-") as folder, progress_bar() as progress:
        sample.generate(settings.DEFAULT_PLACE, Path(folder), progress=lambda m, f: progress(m, f * 0.4))
        publishing.publish(Path(folder), settings.DEFAULT_PLACE, lambda m, f: progress(m, 0.4 + f * 0.6))


def warm() -> None:
    """Open the live editions and freeze what is loaded, so that later collections need not walk it.

    Streamlit collects garbage after every run; with pandas, Plotly and DuckDB loaded that costs about 70 ms
    a run, and 5-8 ms once everything imported is frozen.
    """
    for module in iter_modules(dashboard.__path__):  # what pages import is loaded before the freeze
        if module.name not in NOT_FOR_PAGES:
            import_module(f"dashboard.{module.name}")
    for place in settings.places():
        edition = editions.current(place)
        if edition:
            store.query("districts", place=place, edition=edition, language="zh")
    gc.collect()
    gc.freeze()
    Thread(target=_prepare_people, daemon=True).start()


def _prepare_people() -> None:
    """Hide the small cells of the live editions while the first readers are still on other pages."""
    for place in settings.places():
        edition = editions.current(place)
        if edition is None:
            continue
        months = store.query("periods", place=place, edition=edition).iloc[0]
        if months.notna().all():
            latest = next(iter(periods.spans(*months).values()))
            people.prepare(place, edition, periods.parameters(*latest)["quarter"])
