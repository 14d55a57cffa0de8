"""A reader without a browser: speaks Streamlit's protocol to a real server and times its answers."""

import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """One run of a page: seconds from the request to its last message, bytes received."""

    seconds: float
    received: int


class CountingSocket(socket.socket):
    """Counts the bytes that come over the wire, compressed as they are."""

    received = 0

    def recv(self, *given) -> bytes:
        content = super().recv(*given)
        self.received += len(content)
        return content


class SocketReader:
    """One session on one page. `change` moves the district filter as a click would."""

    def __init__(self, address: str, page: str) -> None:
        self.page = page
        place = urlsplit(address)
        self._line = CountingSocket()
        self._line.connect((place.hostname, place.port))
        self._socket = connect(f"ws://{place.netloc}/_stcore/stream", max_size=None, sock=self._line)
        self._page_hash = ""
        self._filter_id = ""
        self.districts: list[str] = []
        self.first = self._run(BackMsg())

    def change(self, districts: list[str]) -> Answer:
        """Choose districts, by the words of the filter's options; returns when the page has run."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._filter_id
        state.string_array_value.data.extend(districts)
        return self._run(message)

    def close(self) -> None:
        """End the session."""
        self._socket.close()

    def _run(self, message: BackMsg) -> Answer:
        message.rerun_script.page_script_hash = self._page_hash
        message.rerun_script.page_name = "" if self._page_hash else self.page
        message.rerun_script.query_string = ""
        started, received = time.perf_counter(), self._line.received
        self._socket.send(message.SerializeToString())
        while True:
            content = self._socket.recv(timeout=PATIENCE_SECONDS)
            if not self._page_hash or b"districts" in content or len(content) < 200:
                answer = ForwardMsg.FromString(content)
                self._learn(answer)
                if answer.WhichOneof("type") == "script_finished":
                    return Answer(time.perf_counter() - started, self._line.received - received)

    def _learn(self, answer: ForwardMsg) -> None:
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            self._page_hash = answer.navigation.page_script_hash
        elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "multiselect":
            widget = answer.delta.new_element.multiselect
            if widget.id.endswith("-districts"):
                self._filter_id, self.districts = widget.id, list(widget.options)
