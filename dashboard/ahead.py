"""Begin with a page's queries before it asks them: those it asked last, with what the reader has chosen now.

A page asks section by section and draws in between, which leaves a core idle. What it asks hardly changes from run
to run but for the filters, so all its queries can be on their way when it starts. A wrong guess costs work, never
a wrong answer: pages ask `store` as ever, within their reader's rights.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dashboard import store

_last: dict[str, tuple[dict[str, Any], list[store.Ask]]] = {}  # page -> what was chosen, what it asked


@contextmanager
def of_page(name: str, chosen: dict[str, Any]) -> Iterator[None]:
    """Around the run of a page (or one part of it): start what it will probably ask, and remember what it did ask.

    A parameter that was as `chosen` last time is taken from `chosen` again, any other stays as it was.
    """
    before, asks = _last.get(name, ({}, []))
    if before.get("edition") != chosen.get("edition"):
        asks = []  # another edition may lack what they need
    store.start([(query, _renewed(parameters, before, chosen)) for query, parameters in asks])
    with store.noting() as asked:
        yield
    _last[name] = (chosen, asked)  # a page that was broken off has not asked all: it never comes here


def asked(name: str) -> list[store.Ask]:
    """Queries of the page's last whole run, each with its parameters."""
    return _last[name][1]


def _renewed(parameters: dict[str, Any], before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {key: now[key] if key in now and value == before.get(key) else value for key, value in parameters.items()}
