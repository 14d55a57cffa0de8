"""Queries that start before a page asks them: what is guessed, what is kept, and that a guess changes no answer."""

import asyncio
import socket
import time
from threading import Barrier, Thread

import pytest

from dashboard import ahead, editions, startup, store
from tests import questions, tiny


@pytest.fixture
def started(monkeypatch) -> list[store.Ask]:
    """What is begun ahead, instead of beginning it; no page has been run yet."""
    begun: list[store.Ask] = []
    monkeypatch.setattr(ahead, "_last", {})
    monkeypatch.setattr(store, "start", begun.extend)
    return begun


def run(page: str, chosen: dict, *asks: store.Ask) -> None:
    """A page that asks nothing but notes what it would."""
    with ahead.of_page(page, chosen):
        store._noted.get().extend(asks)


def test_a_page_starts_with_what_it_asked_last_and_the_reader_has_chosen_now(started) -> None:
    first = {"districts": ["a"], "quarter": "2024-10-01"}
    run("issues", first, ("flow", {"districts": ["a"], "start": "2024-01-01"}), ("units", {"quarter": "2024-10-01"}))
    assert not started
    run("issues", {"districts": ["b"], "quarter": "2024-07-01"})
    assert started == [
        ("flow", {"districts": ["b"], "start": "2024-01-01"}),
        ("units", {"quarter": "2024-07-01"}),
    ]


def test_a_parameter_of_the_pages_own_stays_though_the_choice_of_that_name_changed(started) -> None:
    run("appraisal", {"districts": ["a"]}, ("ranking", {"districts": []}))
    run("appraisal", {"districts": ["b"]})
    assert started == [("ranking", {"districts": []})]


def test_another_page_and_a_page_broken_off_guess_nothing(started) -> None:
    run("issues", {}, ("flow", {}))
    run("overview", {})
    with pytest.raises(RuntimeError), ahead.of_page("overview", {}):
        store._noted.get().append(("half", {}))
        raise RuntimeError
    run("overview", {})
    assert not started


def test_who_asks_meanwhile_shares_the_answer_that_is_on_its_way(tiny_data, monkeypatch) -> None:
    chosen = questions.shared(editions.current(tiny.PLACE))
    runs, together = [], Barrier(3)
    answer, submit = store._run, store._workers.submit
    monkeypatch.setattr(store, "_run", lambda *given: runs.append(given) or answer(*given))

    def hesitate(*given):
        time.sleep(0.05)  # long enough for the other to come along
        return submit(*given)

    monkeypatch.setattr(store._workers, "submit", hesitate)
    store._answers.clear()

    def ask() -> None:
        together.wait()
        store.query("districts", **chosen)

    askers = [Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    together.wait()
    for asker in askers:
        asker.join()
    assert len(runs) == 1


def test_a_fault_is_forgotten_whether_or_not_anybody_asked(tiny_data, monkeypatch) -> None:
    chosen = questions.shared(editions.current(tiny.PLACE))
    answer = store._run
    store._answers.clear()

    def fail(*given):
        raise OSError("the disk is away")

    monkeypatch.setattr(store, "_run", fail)
    with pytest.raises(OSError, match="disk"):
        store.query("districts", **chosen)
    store.start([("districts", chosen)])
    while store._answers:  # the worker is still failing
        time.sleep(0.001)
    monkeypatch.setattr(store, "_run", answer)
    assert len(store.query("districts", **chosen))


def test_small_messages_do_not_wait_for_the_one_before() -> None:
    listening = socket.socket()  # as Streamlit makes it: without the number of the protocol
    listening.bind(("127.0.0.1", 0))
    seen = []

    class Line(asyncio.Protocol):
        def connection_made(self, transport) -> None:
            seen.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            transport.close()

    async def connect() -> None:
        startup.send_at_once()
        server = await asyncio.get_running_loop().create_server(Line, sock=listening)
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        await reader.read()
        writer.close()
        server.close()

    asyncio.run(connect())
    assert seen and all(seen)
