"""Excel's own limits: what makes Excel refuse or repair a file, each a rule with the source it is taken from.

    from tests.support.excel_limits import problems
    problems(path.read_bytes())   # [] where Excel has nothing to complain of

A rule is a function in one of the modules here, declared with `@rule(source)`. It is given the opened package and
yields what breaks it, as (where, what is wrong).
"""

from tests.support.excel_limits import books, cells, documents, drawings, formats, formulas, packages, sheets, tables
from tests.support.excel_limits.declare import RULES, Problem, problems

__all__ = [
    "RULES",
    "Problem",
    "books",
    "cells",
    "documents",
    "drawings",
    "formats",
    "formulas",
    "packages",
    "problems",
    "sheets",
    "tables",
]
