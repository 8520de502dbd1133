"""Has an office program serve: `python -m addin.calc.agent UNO-PIPE ADDRESS`, the token as a line of its input.

It serves from within, where the program loads components in Python, which answers many times as fast; else from here,
beside it. It prints the address once somebody listens, and ends when its input does.
"""

import sys
import time
from pathlib import Path

import uno
from com.sun.star.connection import NoConnectException

from . import serve

_PATIENCE = 60
_LOADER = "com.sun.star.loader.Python"
_COMPONENT = "calc.agent.Serve"


def main():
    pipe, address = sys.argv[1:3]
    token = sys.stdin.readline().strip()
    context = _context(pipe)
    try:
        listens, server = _within(context, address, token), None
    except Exception:
        server = serve(context, address, token)
        listens = server.address
    print(listens, flush=True)
    sys.stdin.read()
    if server is not None:
        server.close()


def _context(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _within(context, address, token):
    """Has the program itself serve; gives the address."""
    loader = context.ServiceManager.createInstanceWithContext(_LOADER, context)
    place = Path(__file__).resolve().with_name("component.py").as_uri()
    job = loader.activate(_COMPONENT, "", place, None).createInstanceWithContext(context)
    return job.execute((_named("address", address), _named("token", token)))


def _named(name, value):
    one = uno.createUnoStruct("com.sun.star.beans.NamedValue")
    one.Name, one.Value = name, value
    return one


main()
