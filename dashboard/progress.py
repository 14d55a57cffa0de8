"""A progress bar in the terminal for work that takes long."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

Progress = Callable[[str, float], None]


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error that follows calls with a message and the fraction done (0-1)."""
    with tqdm(total=100, bar_format="{l_bar}{bar}| {elapsed}", file=sys.stderr) as bar:

        def show(message: str, fraction: float) -> None:
            bar.set_description(message)
            bar.update(round(100 * fraction) - bar.n)

        yield show
