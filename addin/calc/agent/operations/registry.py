"""Where operations are registered."""

import functools

from ..protocol import KEYBOARD

#: What is called, by the name of its function.
OPERATIONS = {}


class Refused(Exception):
    """Something that may not be done; its words are for people.

    Args:
        words: what, and why.
        kind: by what a caller tells one refusal from another.
    """

    def __init__(self, words, kind="Refused"):
        super().__init__(words)
        self.kind = kind


def operation(function):
    """Registers a function of the office program and named arguments that JSON holds.

    Args:
        function: what is called by its own name from now on.

    Raises:
        ValueError: another one is called so.
    """
    if function.__name__ in OPERATIONS:
        raise ValueError("Two operations are called %s." % function.__name__)
    OPERATIONS[function.__name__] = function
    return function


def takes_keyboard(function):
    """Has an operation be refused while somebody types into a cell of any spreadsheet, unless `even_so` is said.

    It is asked in the program's own thread, by the very operation that would take the keyboard to another place, so
    that nothing is typed in between.

    Args:
        function: the operation; it raises `Refused` of the kind `Keyboard` then.
    """

    @functools.wraps(function)
    def careful(office, *, even_so=False, **named):
        if not even_so and any(office.is_typed_into(book) for book in office.books().values()):
            raise Refused("Somebody is typing into a cell.", KEYBOARD)
        return function(office, **named)

    return careful
