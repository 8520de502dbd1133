"""Serves an office program from outside: `python -m agent UNO-PIPE ADDRESS`, the token as a line of its input.

It prints the address once it listens, and ends when its input does.
"""

import sys
import time

import uno
from com.sun.star.connection import NoConnectException

from .server import Server

_PATIENCE = 60


def main():
    pipe, address = sys.argv[1:3]
    token = sys.stdin.readline().strip()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
            break
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
    server = Server(context, address, token)
    print(server.address, flush=True)
    sys.stdin.read()
    server.close()


main()
