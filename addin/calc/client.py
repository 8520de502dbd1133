"""Our end of the pipe to the office program's agent."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from addin.calc.agent.protocol import CHANGING, KEYBOARD, PROTOCOL
from addin.calc.errors import CalcError, Gone, NoAnswer, NotDone
from addin.pipe import Stranger, connect, greet, receive, send

#: Seconds that one request may take: a dialog that is open in the office program stops every answer.
PATIENCE = 60.0
#: Seconds that a connection may take.
_KNOCK = 10.0
#: Seconds that somebody who types is left the keyboard, and between two looks.
LONGEST_TYPING, _LOOK = 3600.0, 0.1


class Client:
    """A connection to one running office program.

    Args:
        address: where its agent listens.
        token: what the agent and its callers have, and nobody else.

    Attributes:
        patience: seconds that one request may take.

    Raises:
        Gone: nobody listens there.
        NotDone: it is not the agent of this token, or of another version.
    """

    def __init__(self, address: str, token: str) -> None:
        self.address, self.patience = address, PATIENCE
        self._gathered: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self._told: dict[str, Any] = {}
        self._lock = threading.Lock()
        try:
            self._pipe = connect(address, _KNOCK)
            try:
                greet(self._pipe, token, _KNOCK)
                send(self._pipe, {"protocol": PROTOCOL})
                answer = receive(self._pipe)
            except BaseException:
                self._pipe.close()
                raise
        except Stranger as error:
            raise NotDone("Whoever listens where LibreOffice should does not have its token.") from error
        except TimeoutError as error:
            raise NoAnswer("LibreOffice did not answer.") from error
        except OSError as error:
            raise Gone("LibreOffice can't be reached any more.") from error
        if "error" in answer:
            self._pipe.close()
        _result(answer)

    def do(self, operation: str, *, wait: float | None = None, **arguments: Any) -> Any:
        """Has the agent carry an operation out; what takes the keyboard waits until nobody types into a cell.

        Args:
            operation: its name.
            wait: seconds to wait for the answer; `patience` where it is None.
            arguments: what JSON holds.

        Raises:
            NoAnswer: none came in time: a dialog may be open, or a cell being edited.
            Gone: the office program has ended.
            NotDone: it refused, or the thing asked for is not there.
        """
        gathered = self._gathered.get(arguments.get("uid", "")) if operation in CHANGING else None
        if gathered is not None:
            del arguments["uid"]
            gathered.append((operation, arguments))
            return None
        known = self._told.get(_key(operation, arguments)) if self._told else None
        return known if known is not None else self._once_nobody_types(operation, arguments, wait)

    def _once_nobody_types(self, operation: str, arguments: dict[str, Any], wait: float | None) -> Any:
        """Asks, and asks again where that would take the keyboard from somebody who is typing."""
        until = time.monotonic() + LONGEST_TYPING
        while True:
            try:
                return self._asked(operation, arguments, wait)
            except NotDone as refused:
                if refused.kind != KEYBOARD:
                    raise
            time.sleep(_LOOK)
            if time.monotonic() > until:
                arguments = {**arguments, "even_so": True}

    def _asked(self, operation: str, arguments: dict[str, Any], wait: float | None) -> Any:
        with self._lock:
            try:
                self._pipe.settimeout(self.patience if wait is None else wait)
                send(self._pipe, {"do": operation, "with": arguments})
                answer = receive(self._pipe)
            except TimeoutError as error:
                self._pipe.close()  # a late answer would be taken for the next one
                raise NoAnswer("LibreOffice did not answer. A dialog may be open in it.") from error
            except OSError as error:
                raise Gone("LibreOffice can't be reached any more.") from error
        return _result(answer)

    @contextmanager
    def gathering(self, uid: str) -> Iterator[list[tuple[str, dict[str, Any]]]]:
        """Has what would change a spreadsheet be gathered instead of done: each operation and its arguments.

        Args:
            uid: the spreadsheet's id.
        """
        outer = self._gathered.get(uid)
        gathered = self._gathered.setdefault(uid, [])
        try:
            yield gathered
        finally:
            if outer is None:
                del self._gathered[uid]

    def gathers(self, uid: str) -> bool:
        """Whether what would change a spreadsheet is gathered now.

        Args:
            uid: the spreadsheet's id.
        """
        return uid in self._gathered

    @contextmanager
    def surveying(self, uid: str) -> Iterator[None]:
        """Asks at once what is asked of every sheet and table of a spreadsheet, and goes by that: nobody may write.

        Args:
            uid: the spreadsheet's id.
        """
        told = self.do("overview", uid=uid)
        self._told = {_key(operation, {"uid": uid, **named}): answer for operation, named, answer in told}
        try:
            yield
        finally:
            self._told = {}

    def close(self) -> None:
        """Ends the connection; the office program goes on."""
        self._pipe.close()


def _result(answer: Any) -> Any:
    if not isinstance(answer, dict):
        raise CalcError("LibreOffice gave an answer that has no meaning.")
    if "error" in answer:
        raise NotDone(str(answer.get("words") or answer["error"]), str(answer["error"]))
    return answer.get("result")


def _key(operation: str, arguments: dict[str, Any]) -> str:
    return repr((operation, sorted(arguments.items())))
