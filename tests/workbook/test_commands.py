"""Commands as buttons: told apart by label, key tip and icon."""

from itertools import permutations

from workbook.command_declaration import Group
from workbook.commands import BUTTONS, COMMANDS


def test_no_two_buttons_are_taken_for_each_other():
    assert BUTTONS
    for what in ("label", "name"):
        assert len({getattr(c, what) for c in BUTTONS}) == len(BUTTONS)
    tips = [c.button.key_tip for c in BUTTONS]
    assert not [(a, b) for a, b in permutations(tips, 2) if b.startswith(a)]
    assert all(tip.isascii() and tip.isupper() for tip in tips)
    assert len({c.button.icon for c in BUTTONS}) == len(BUTTONS)


def test_buttons_stand_in_the_order_of_the_groups():
    order = list(Group)
    found = [order.index(c.button.group) for c in BUTTONS]
    assert found == sorted(found)
    assert {c.name for c in BUTTONS} == {c.name for c in COMMANDS if c.button}


def test_what_a_button_says_fits_on_it():
    assert all(len(c.label) <= 20 and len(c.summary) <= 120 for c in BUTTONS)
