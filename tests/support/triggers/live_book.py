"""What the tests of the rules on live support share: entries, and the verdict of one rule."""

from tests.support.builders import AS_OF, book, day, view_of
from workbook.rules.triggers.live import LIVE_RULES

TWO_SERVICES = [{}, {"Service code": "ELM", "Service name": "Elm Court"}]
TWO_CHAMPIONS = [{}, {"Name": "Champion Beta"}]


def entry(ago=1, staff="Carer One", **cells):
    """A support entry so many days before the day."""
    return {"Date": day(-ago), "Staff member": staff, **cells}


def verdict(rule, service="OAK", as_of=AS_OF, **tables):
    """What a rule says of a service."""
    return LIVE_RULES[rule](view_of(book(**tables), as_of), service)


def ids(judged):
    """The ids of the rows that a verdict rests on."""
    return [row.id for row in judged.rows]
