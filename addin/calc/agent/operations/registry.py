"""Where operations are registered."""

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

    Raises:
        ValueError: another one is called so.
    """
    if function.__name__ in OPERATIONS:
        raise ValueError("Two operations are called %s." % function.__name__)
    OPERATIONS[function.__name__] = function
    return function
