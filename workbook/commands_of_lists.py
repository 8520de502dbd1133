"""The commands that bring other lists in, declared like all others in `workbook.commands`."""

from __future__ import annotations

from workbook.command_arguments import AS_OF, JSON, WORKBOOK
from workbook.command_declaration import Argument, Button, Command, Group, Takes

OF_LISTS: tuple[Command, ...] = (
    Command(
        "import",
        "Import…",
        "Brings entries of other lists in: CSV, Excel, forms, a champion's own log.",
        "Each row comes in once, with an id of its own; what is there already is told, and what can't be read is set "
        "aside on the sheet Import problems, with what to do about it. Put it right there and run import --problems. "
        "Headings are matched by themselves; a mapping file says what they can't. All of it is one step, which undo "
        "takes back.",
        (
            WORKBOOK,
            Argument("files", "The files that hold the entries.", Takes.FILE, "FILE", optional=True, many=True),
            Argument("--into", "The register, by its table's or its sheet's name.", metavar="TABLE"),
            Argument("--map", "A mapping file that says which column is which.", Takes.FILE, "FILE"),
            Argument("--save-map", "Also write the mapping that was found, to begin one with.", Takes.FILE, "FILE"),
            Argument("--sheet", "The sheet of the workbook that holds the entries.", metavar="NAME"),
            Argument(
                "--dates", "How days are written that read two ways.", metavar="ORDER", choices=("dmy", "mdy", "ymd")
            ),
            Argument("--problems", "Take in what was put right on the sheet Import problems.", Takes.FLAG),
            AS_OF,
            Argument("--dry-run", "Only show what would be written.", Takes.FLAG),
            JSON,
        ),
        (
            "champions import programme.xlsx june.csv --into SupportLog --dry-run",
            "champions import programme.xlsx alpha.xlsx bravo.xlsx --into SupportLog",
            "champions import programme.xlsx --problems",
        ),
        (
            (0, "every entry is in, or was there already"),
            (1, "some entries were set aside; they stand on the sheet Import problems"),
            (2, "a file, or the workbook, can't be used; nothing was written"),
        ),
        button=Button(
            Group.ACT,
            "DatabaseInsert",
            "I",
            tip="Choose among the lists beside the workbook and in your Downloads: CSV, Excel, an export of Forms, a "
            "champion's own log. You see what would come in and what would be set aside; nothing is written before you "
            "say yes, and Take back brings it out again. What was put right on the sheet Import problems is taken in "
            "here too.",
        ),
    ),
    Command(
        "form",
        "Questions for a form",
        "The questions that a form should ask for a register, with the workbook's own choices.",
        "What such a form exports is imported without a mapping file. What the program gives is not asked. With --out "
        "the questions go into a Word file, to build the form from, which also says what not to ask.",
        (
            WORKBOOK,
            Argument("--into", "The register, by its table's or its sheet's name.", metavar="TABLE"),
            Argument("--out", "Write a Word file, .docx. An existing file is never replaced.", Takes.FILE, "FILE"),
            JSON,
        ),
        (
            "champions form programme.xlsx --into SupportLog",
            "champions form programme.xlsx --into SupportLog --out form.docx",
        ),
    ),
    Command(
        "forget",
        "Forget a name",
        "Replaces the name of somebody who left by a staff number, everywhere.",
        "In entries and running texts, notes, headers, shapes, validations, properties and Change history, in the "
        "earlier states that are kept, and in what lies beside the workbook; never within a longer name. A name of one "
        "word, or one that may mean something else, is replaced only where it is the whole of a cell; the other places "
        "are named. Lists that are imported later don't bring the name back. It can't be undone, so it asks.",
        (
            WORKBOOK,
            Argument("name", "The name, as the workbook has it.", metavar="STAFF"),
            Argument("--as", "The staff number in its place; by default the next free one.", metavar="NUMBER"),
            Argument("--dry-run", "Only show what would be replaced.", Takes.FLAG),
            Argument("--yes", "Don't ask.", Takes.FLAG),
            JSON,
        ),
        (
            'champions forget programme.xlsx "Carer Two" --dry-run',
            'champions forget programme.xlsx "Carer Two" --as STAFF-014',
        ),
        (
            (0, "the name is replaced, or would be"),
            (
                1,
                "so it is, and something is left to look at, which is named; or the answer was no, nothing was changed",
            ),
            (2, "there is no such name, or the workbook can't be used; nothing was changed"),
        ),
    ),
    Command(
        "suggest",
        "Suggestions",
        "Suggests support needs and repeated issues, by what was confirmed of entries like them.",
        "For entries without a support need that is in the list, in the Support log and among the import problems, and "
        "for issues that repeat none. Each says how sure it is, why, and which entries it rests on; where nothing is "
        "like it, nothing is said. Nothing is written before you say yes, or name the entry with --accept; undo takes "
        "it back.",
        (
            WORKBOOK,
            AS_OF,
            Argument("--accept", "Enter what is suggested for these entries.", metavar="ID", many=True),
            JSON,
        ),
        ("champions suggest programme.xlsx", "champions suggest programme.xlsx --accept SU-0012 IM-007"),
    ),
)
