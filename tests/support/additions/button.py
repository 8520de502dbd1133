"""A button: the demonstration, made from the ribbon."""

import string

from tests.support.additions.addition import ROOT, Addition, Edit, after, all_of, before, told
from workbook.commands import BUTTONS

ACTION = '''
def demonstration(at: Situation, _item: str = "") -> Outcome:
    """Makes an example workbook among the person's documents, and has it opened."""
    from addin.frontends.buttons.making import new_workbook

    return Outcome(opens=new_workbook(at.documents_folder))


'''
MAPPED = '    "demo": demonstration,\n'
PICTURE = """    "demo": (
        (Disc((5, 5), 2.4), Disc((11, 11), 2.4)),
        (),
    ),
"""


def image() -> str:
    """One of Office's pictures that no button shows."""
    names = (ROOT / "tests/support/ribbon/image_names.txt").read_text(encoding="utf-8").split("\n")
    taken = {c.button.icon for c in BUTTONS if c.button is not None}
    return next(name for name in names if name and name[0] != "#" and name not in taken)


def key_tip() -> str:
    """A letter that no button has."""
    taken = {c.button.key_tip[0] for c in BUTTONS if c.button is not None}
    return next(letter for letter in string.ascii_uppercase if letter not in taken)


TOOLBAR = "tests/addin/frontends/toolbar/test_build.py"
ACTIONS = "tests/addin/frontends/buttons/test_actions.py::test_every_button_has_an_action_but_the_one_that_takes_back"

BUTTON = Addition(
    kind="a button",
    edits=(
        Edit(
            "workbook/commands.py",
            after(
                '        ("champions demo", "champions demo try-it"),\n',
                f'        button=Button(Group.PROGRAMME, "{image()}", "{key_tip()}", needs=Needs.NOTHING),\n',
            ),
            ACTIONS,
        ),
        Edit("addin/frontends/toolbar/icons.py", before('    "sheets": (\n', PICTURE), TOOLBAR),
        Edit(
            "addin/frontends/buttons/actions.py",
            all_of(before("#: Every button but", ACTION.lstrip()), after('"documents": documents,\n', MAPPED)),
            ACTIONS,
            "addin/frontends/buttons/",
        ),
        told("`champions demo` has a button, **Demonstration**."),
    ),
    more=("tests/workbook/test_commands.py", "tests/workbook/test_ribbon.py"),
)
