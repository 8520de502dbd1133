"""Listens, lets in who proves to have the token, and carries out one request at a time."""

import os
import threading
import time

from . import wire
from .office import Office
from .operations import OPERATIONS, Refused


class Server:
    """Serves one office program until it is closed.

    Args:
        context: the UNO component context of the office program.
        address: where to listen; see `wire.listen`.
        token: what a caller must have.
    """

    def __init__(self, context, address, token):
        self._office = Office(context)
        self._door = wire.Door(token)
        self._one_at_a_time = threading.Lock()
        self._listening, self.address = wire.listen(address)
        self._thread = threading.Thread(target=self._accept, name="calc-agent")
        self._thread.daemon = True
        self._thread.start()

    def close(self):
        """Stops listening, and removes the pipe."""
        self._listening.close()
        if not self.address.startswith(wire.LOOPBACK):
            try:
                os.unlink(self.address)
            except OSError:
                pass

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
                while True:
                    request = wire.receive(pipe)
                    wire.send(pipe, self._answer(request))
        except OSError:
            return

    def _let_in(self, pipe):
        if not self._door.admits(pipe):
            return False
        hello = wire.receive(pipe, wire.GREETING, time.monotonic() + wire.KNOCK)
        pipe.settimeout(None)
        if not isinstance(hello, dict) or hello.get("protocol") != wire.PROTOCOL:
            wire.send(pipe, {"error": "Refused", "words": "The two ends are of different versions."})
            return False
        wire.send(pipe, {"result": {"protocol": wire.PROTOCOL, "pid": os.getpid()}})
        return True

    def _answer(self, request):
        try:
            operation = OPERATIONS[request["do"]]
            with self._one_at_a_time:
                return {"result": operation(self._office, **request["with"])}
        except Refused as refusal:
            return {"error": "Refused", "words": str(refusal)}
        except KeyError as missing:
            return {"error": "Missing", "words": str(missing.args[0] if missing.args else "")}
        except Exception as error:  # the caller is told; the office program must go on
            return {"error": type(error).__name__, "words": str(getattr(error, "Message", "") or error)}
