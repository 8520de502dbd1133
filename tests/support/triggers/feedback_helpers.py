"""What the tests of F1-F11 share."""

from tests.support.builders import AS_OF, book, view_of
from workbook.model.triggers import State, evidence_of
from workbook.rules.triggers.feedback import FEEDBACK_RULES

RAISED, WATCH, CLEAR, NO_DATA = State.RAISED, State.WATCH, State.CLEAR, State.NOT_ENOUGH_DATA


def judge(rule, as_of=AS_OF, **tables):
    """The judgement of one rule on a small workbook."""
    return FEEDBACK_RULES[rule](view_of(book(**tables), as_of), "programme")


def state(rule, as_of=AS_OF, **tables):
    return judge(rule, as_of, **tables).state


def rows_named(judgement):
    """The ids of the evidence, in order."""
    return [e.id for e in evidence_of(judgement.rows)]
