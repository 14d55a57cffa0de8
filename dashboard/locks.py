"""A folder that one process at a time may change."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(folder: Path, wait: bool = True) -> Iterator[int]:
    """Hold the lock of a folder, made if need be; the system frees it when the process dies.

    Gives the lock's descriptor: a process that inherits it holds the lock for as long as it lives.

    Raises `BlockingIOError` if another process holds it and `wait` is false.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield handle.fileno()
