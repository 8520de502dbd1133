"""Listens, lets in who proves to have the token, and carries out one request at a time."""

import os
import threading
import time
from functools import partial

from addin.pipe import (
    GREETING,
    KNOCK,
    LOOPBACK,
    Door,
    as_bytes,
    as_message,
    has_ended,
    listen,
    receive,
    receive_bytes,
    send,
    send_bytes,
)

from .office import NotWanted, Office
from .operations import OPERATIONS, Refused
from .protocol import PROTOCOL


class Server:
    """Serves one office program until it is closed.

    Args:
        context: the UNO component context of the office program.
        address: where to listen; see `addin.pipe.listen`.
        token: what a caller must have.
    """

    def __init__(self, context, address, token):
        self._office = Office(context)
        self._door = Door(token)
        self._one_at_a_time = threading.Lock()
        self._listening, self.address = listen(address)
        self._thread = threading.Thread(target=self._accept, name="calc-agent")
        self._thread.daemon = True
        self._thread.start()

    def close(self):
        """Stops listening, and removes the pipe."""
        self._listening.close()
        if not self.address.startswith(LOOPBACK):
            try:
                os.unlink(self.address)
            except OSError:
                pass

    @property
    def listens(self):
        """Whether a caller finds it still: its pipe may have been swept away."""
        found = self.address.startswith(LOOPBACK) or os.path.exists(self.address)
        return found and self._thread.is_alive()

    def wait(self):
        """Returns when it no longer listens."""
        self._thread.join()

    def _accept(self):
        while True:
            try:
                pipe, _ = self._listening.accept()
            except ConnectionError:
                continue  # it left before it was let in
            except OSError:
                return
            self._door.knock(pipe)
            worker = threading.Thread(target=self._serve, args=(pipe,), name="calc-agent-caller")
            worker.daemon = True
            worker.start()

    def _serve(self, pipe):
        try:
            with pipe:
                if not self._let_in(pipe):
                    return
                try:
                    while True:
                        request = receive_bytes(pipe)
                        send_bytes(pipe, self._done(partial(self._answer, request, pipe), pipe))
                finally:
                    self._done(partial(self._office.left_by, pipe), None)
        except (OSError, NotWanted):
            return

    def _done(self, do, pipe):
        """What comes of something that is done in the program's own thread, where it is still wanted by then.

        What the program hands out must be let go of in that thread, too: its other threads may be waiting for Python
        while they hold what it takes to let go, and nothing would ever go on. So nothing of it comes here, nor what
        may hold it, such as an error.
        """
        with self._one_at_a_time:
            return self._office.in_its_thread(do, lambda: pipe is None or not has_ended(pipe))

    def _let_in(self, pipe):
        if not self._door.admits(pipe):
            return False
        hello = receive(pipe, GREETING, time.monotonic() + KNOCK)
        pipe.settimeout(None)
        if not isinstance(hello, dict) or hello.get("protocol") != PROTOCOL:
            send(pipe, {"error": "Refused", "words": "The two ends are of different versions."})
            return False
        send(pipe, {"result": {"protocol": PROTOCOL, "pid": os.getpid()}})
        return True

    def _answer(self, request, pipe):
        self._office.caller = pipe
        answer = self._carried_out(request)
        try:
            return as_bytes(answer)
        except (TypeError, ValueError) as error:
            return as_bytes({"error": type(error).__name__, "words": str(error)})

    def _carried_out(self, request):
        try:
            asked = as_message(request)
            return {"result": OPERATIONS[asked["do"]](self._office, **asked["with"])}
        except Refused as refusal:
            return {"error": refusal.kind, "words": str(refusal)}
        except KeyError as missing:
            return {"error": "Missing", "words": str(missing.args[0] if missing.args else "")}
        except Exception as error:  # the caller is told; the office program must go on
            return {"error": type(error).__name__, "words": str(getattr(error, "Message", "") or error)}
