"""Worked additions: a column, a trigger, a document, a button, a change that hosts carry out.

Each is made in a copy of the project, within the files that CONTRIBUTING.md's table lists for its kind and no others,
as somebody would who adds one: an edit a file, `make generate`, the tests that hold it. See `addition.py`.
"""
