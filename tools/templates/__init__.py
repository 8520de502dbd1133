"""Builds the Word templates of `templates/`, so that a change to one can be reviewed as text.

    python -m tools.templates

A test holds each template part by part against what this builds. Providers restyle copies of their own.
"""
