"""Adds, removes or lists extensions through LibreOffice itself; run by a Python that speaks UNO (3.7 or later).

Only where `unopkg`, LibreOffice's own tool for this, refuses: it does nothing for a Unix administrator alone.

    python extension_manager.py SOFFICE add FILE | remove IDENTIFIER | list [-env:UserInstallation=URL]
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
import unohelper
from com.sun.star.connection import NoConnectException
from com.sun.star.deployment import DeploymentException
from com.sun.star.lang import DisposedException
from com.sun.star.task import XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment

_MANAGER = "/singletons/com.sun.star.deployment.ExtensionManager"
_APPROVE = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
_SECONDS = 90


def main(arguments: list[str]) -> int:
    """Does one thing and gives 0, or says on the error output why it can't and gives 1."""
    soffice, action, *rest = arguments
    options = [word for word in rest if word.startswith("-env:")]
    named = [word for word in rest if word not in options]
    process, context = _connected(soffice, options)
    try:
        _do(context.getByName(_MANAGER), action, named)
    except DeploymentException as error:
        sys.stderr.write(f"{error.Message}\n")
        return 1
    finally:
        _leave(process, context)
    return 0


class _Consent(unohelper.Base, XCommandEnvironment, XInteractionHandler):
    """Says yes to what the manager asks: whether to put one version in another's place."""

    def getInteractionHandler(self) -> Any:  # noqa: N802
        return self

    def getProgressHandler(self) -> Any:  # noqa: N802
        return None

    def handle(self, request: Any) -> None:
        for answer in request.getContinuations():
            if answer.queryInterface(_APPROVE):
                answer.select()


def _do(manager: Any, action: str, named: list[str]) -> None:
    if action == "add":
        manager.addExtension(Path(named[0]).resolve().as_uri(), (), "user", None, _Consent())
    elif action == "remove":
        manager.removeExtension(named[0], "", "user", None, _Consent())
    else:
        for extension in manager.getDeployedExtensions("user", None, _Consent()):
            sys.stdout.write(f"Identifier: {extension.getIdentifier().Value}\n  Version: {extension.getVersion()}\n")


def _connected(soffice: str, options: list[str]) -> tuple[subprocess.Popen[bytes], Any]:
    """A LibreOffice that listens to us: the person's own if it is open, which takes over what a second one is told."""
    pipe = f"champions{os.getpid()}"
    words = [soffice, "--headless", "--norestore", "--nologo", "--nodefault"]
    words += [f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext", *options]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - LibreOffice itself
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(NoConnectException):
            return process, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        time.sleep(0.1)
    process.terminate()
    raise SystemExit("LibreOffice did not answer.")


def _leave(process: subprocess.Popen[bytes], context: Any) -> None:
    """Ends the LibreOffice that was started here, and no other: the person's own has a window."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    if not desktop.getFrames().getCount():
        with contextlib.suppress(DisposedException):
            desktop.terminate()
    process.wait(_SECONDS)


if __name__ == "__main__":
    result = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(result)  # an orderly end now and then dies (SIGSEGV) while the bridge to LibreOffice is torn down
