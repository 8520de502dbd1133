"""The toolbar as it runs inside LibreOffice, in LibreOffice's own Python (3.7 or later): the standard library and uno.

The extension carries a copy of this package. What it says, and of what, stands in a file of facts beside it.
"""
