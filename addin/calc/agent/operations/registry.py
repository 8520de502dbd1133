"""Where operations are registered."""

#: What is called, by the name of its function.
OPERATIONS = {}


class Refused(Exception):
    """Something that may not be done; its words are for people."""


def operation(function):
    """Registers a function of the office program and named arguments that JSON holds."""
    OPERATIONS[function.__name__] = function
    return function
