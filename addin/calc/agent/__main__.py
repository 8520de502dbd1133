"""Has an office program serve: `python -m agent UNO-PIPE ADDRESS FOLDER`, the token as a line of its input.

It serves from within, where the program runs Python scripts of the profile in FOLDER, which answers several times as
fast; else from here, beside it. It prints the address once somebody listens, and ends when its input does.
"""

import sys
import time
from pathlib import Path

import uno
from com.sun.star.connection import NoConnectException

from . import serve

_PATIENCE = 60
_SCRIPT = "calc_agent.py"
_CALL = "vnd.sun.star.script:" + _SCRIPT + "$start?language=Python&location=user"
_FACTORY = "com.sun.star.script.provider.MasterScriptProviderFactory"
_TEXT = """import sys
sys.path.insert(0, {folder!r})
sys.dont_write_bytecode = True
import agent

def start(address, token):
    start.server = agent.serve(XSCRIPTCONTEXT.getComponentContext(), address, token)
    return start.server.address

g_exportedScripts = (start,)
"""


def main():
    pipe, address, profile = sys.argv[1:4]
    token = sys.stdin.readline().strip()
    context = _context(pipe)
    try:
        listens, server = _within(context, Path(profile), address, token), None
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


def _within(context, profile, address, token):
    """Has the program itself serve; gives the address."""
    place = profile / "user" / "Scripts" / "python"
    place.mkdir(parents=True, exist_ok=True)
    (place / _SCRIPT).write_text(_TEXT.format(folder=str(Path(__file__).resolve().parent.parent)), encoding="utf-8")
    factory = context.ServiceManager.createInstanceWithContext(_FACTORY, context)
    script = factory.createScriptProvider("").getScript(_CALL)
    return script.invoke((address, token), (), ())[0]


main()
