"""One person at the product without a browser: the page's own WebSocket, its widgets by their keys."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_TURN_SECONDS = 60
_LARGEST = 64 * 1024 * 1024
_RERUN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Visit:
    """A session that remembers, as a browser does, the widgets drawn, their values and large messages."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._widgets: dict[str, str] = {}
        self._values: dict[str, WidgetState] = {}
        self._large: dict[str, ForwardMsg] = {}
        self._query = ""
        self._page = ""
        self.received = 0

    @classmethod
    async def begin(cls, address: str) -> Visit:
        """Opens the first page; ``address`` is ``http://host:port``."""
        target = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        socket = await connect(target, subprotocols=["streamlit"], max_size=_LARGEST, compression=None)  # type: ignore[list-item]
        visit = cls(socket)
        await visit.turn()
        return visit

    async def close(self) -> None:
        """Leaves the page."""
        await self._socket.close()

    def keys(self, beginning: str) -> list[str]:
        """The keys of the widgets on the page that begin with ``beginning``."""
        return [key for key in self._widgets if key.startswith(beginning)]

    async def say(self, key: str, words: str) -> float:
        """Types ``words`` into a chat line; gives the seconds until the page stood still again."""
        state = WidgetState(id=self._widgets[key])
        state.chat_input_value.data = words
        return await self.turn(state)

    async def press(self, key: str) -> float:
        """Presses a button."""
        return await self.turn(WidgetState(id=self._widgets[key], trigger_value=True))

    async def choose(self, key: str, option: str) -> float:
        """Chooses in a row of buttons; the choice stays."""
        state = WidgetState(id=self._widgets[key])
        state.string_array_value.data.append(option)
        self._values[key] = state
        return await self.turn()

    async def turn(self, *acts: WidgetState) -> float:
        """One round: the acts are sent, the answer is drawn to its end."""
        start = time.monotonic()
        await self._send(acts)
        async with asyncio.timeout(_TURN_SECONDS):
            while not self._drawn(ForwardMsg.FromString(await self._received())):
                pass
        return time.monotonic() - start

    async def _send(self, acts: Iterable[WidgetState]) -> None:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self._query
        rerun.page_script_hash = self._page
        rerun.widget_states.widgets.extend([*self._values.values(), *acts])
        rerun.cached_message_hashes.extend(self._large)
        await self._socket.send(message.SerializeToString())

    async def _received(self) -> bytes:
        data = await self._socket.recv(decode=False)
        self.received += len(data)
        return data

    def _drawn(self, message: ForwardMsg) -> bool:
        """Takes a message in; whether it says that the page is complete."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._large[message.ref_hash]
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._large[message.hash] = message
        if kind == "new_session":
            self._widgets.clear()
            self._page = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._remember(message)
        return kind == "script_finished" and message.script_finished != _RERUN

    def _remember(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        drawn = getattr(element, element.WhichOneof("type") or "empty")
        identifier = getattr(drawn, "id", "")
        if identifier.startswith("$$ID-"):
            self._widgets[identifier.split("-", 2)[2]] = identifier
