"""The extension's component: LibreOffice loads it, and finds in it who answers the toolbar's buttons."""

import unohelper

from addin.frontends.toolbar.inside.facts import read_facts
from addin.frontends.toolbar.inside.handler import Handler

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name that LibreOffice looks for
g_ImplementationHelper.addImplementation(Handler, read_facts().handler, (read_facts().handler,))
