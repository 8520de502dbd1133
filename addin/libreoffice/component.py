"""The extension's component: LibreOffice loads it, and finds in it who answers the toolbar's buttons."""

import unohelper
from champions_toolbar.facts import read_facts
from champions_toolbar.handler import SERVICES, Handler

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name that LibreOffice looks for
g_ImplementationHelper.addImplementation(Handler, read_facts().handler, SERVICES)
