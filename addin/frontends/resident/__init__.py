"""A process that stays, so that a press in an office program need not wait for Python and its libraries.

`client` asks it and starts it, and is copied into LibreOffice's extension; `server` runs one request after another;
`pressing` is what it does with them. See "How a click in LibreOffice reaches Python" in docs/architecture.md.
"""
