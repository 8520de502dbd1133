"""Laid beside the agent in the copy that a test's LibreOffice runs: at a moment that is asked for, somebody dies.

Orders stand in a file: a moment, the how-manieth time it comes, and who dies then; `nobody` waits instead until it is
told to go on, so that something else can happen meanwhile. Which moments came is noted beside it.
"""

import json
import os
import signal
import socket
import threading
import time
from pathlib import Path

#: What a press asks for while it shows what came of it.
SHOWING = {"activate_sheet", "choose", "ask_choice", "say", "dispatch"}
_LONGEST = 20.0


class Hook:
    """Watches the agent's requests.

    Args:
        folder: where orders come, and where what happened is noted.
        server: the agent's class of servers.
        operations: the agent's operations.
        changing: the names of those that change a spreadsheet.
    """

    def __init__(self, folder, server, operations, changing):
        self._folder, self._known, self._lock = Path(folder), None, threading.Lock()
        self._counts, self._servers = {}, []
        done = server._done

        def watched(agent, do, pipe):
            if pipe is None:
                return done(agent, do, pipe)
            self._servers[:] = [agent]
            name = json.loads(do.args[0])["do"]
            self.meet("showing" if name in SHOWING else "asking" if name == "together" else "reading", agent, pipe)
            result = done(agent, do, pipe)
            if name == "together":
                self.meet("answering", agent, pipe)
            return result

        server._done = watched
        for name in changing:
            operations[name] = self._within(operations[name])

    def _within(self, operation):
        def watched(office, **named):
            self.meet("writing", self._servers[-1], office.caller)
            return operation(office, **named)

        return watched

    def meet(self, moment, agent, pipe):
        """Notes that a moment came, and does what is ordered for it."""
        with self._lock:
            try:
                orders = json.loads((self._folder / "orders").read_text())
            except (OSError, ValueError):
                return
            if orders["round"] != self._known:
                self._known, self._counts = orders["round"], {}
            self._counts[moment] = self._counts.get(moment, 0) + 1
            due = moment == orders["moment"] and self._counts[moment] == orders["time"]
        (self._folder / "counts").write_text(json.dumps(self._counts))
        if due:
            self._strike(orders, agent, pipe)

    def _strike(self, orders, agent, pipe):
        (self._folder / "came").write_text(orders["round"])
        victim = orders["victim"]
        if victim == "press":
            os.kill(int(json.loads(Path(orders["note"]).read_text())["pid"]), signal.SIGKILL)
            time.sleep(0.05)
        elif victim == "office":
            os.kill(os.getpid(), signal.SIGKILL)
        elif victim == "agent":
            agent._listening.close()
            Path(agent.address).unlink()
            pipe.shutdown(socket.SHUT_RDWR)
        else:
            # in the office's own thread nothing can happen meanwhile: what is done then waits for it
            until = time.monotonic() + (0.3 if orders["moment"] == "writing" else _LONGEST)
            while not (self._folder / "go").exists() and time.monotonic() < until:
                time.sleep(0.01)
