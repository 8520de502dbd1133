"""Builds the Word templates of `templates/`, so that a change to one can be reviewed as text.

`make generate` writes them. Providers restyle copies of their own.
"""
