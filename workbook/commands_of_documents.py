"""The commands that make documents and read them back, declared like all others in `workbook.commands`."""

from __future__ import annotations

from workbook.command_arguments import AS_OF, JSON, NO_WRITE, WORKBOOK
from workbook.command_declaration import Argument, Button, Command, Group, Items, Takes

OF_DOCUMENTS: tuple[Command, ...] = (
    Command(
        "documents",
        "Make documents",
        "Writes the governance documents that are called for.",
        "Word files go to the folder Documents beside the workbook, or where its setting Documents folder says: within "
        "the workbook's folder at once, elsewhere once you said yes where the button asks, or with --out. None "
        "replaces another. Each is entered on the sheet Documents. Your own templates, in a folder Templates beside "
        "the workbook, win over ours.",
        (
            WORKBOOK,
            Argument("--only", "Only these documents, called for or not.", metavar="ID", many=True),
            Argument(
                "--names",
                "Let names of staff stand in what leaves the organisation, and say so at its head.",
                Takes.FLAG,
            ),
            Argument(
                "--confirm",
                "Let the texts of these entries, such as IM-007, stand in documents this once, though they may "
                "identify a person. Change history keeps that, so not with --no-write.",
                metavar="ID",
                many=True,
            ),
            Argument("--service", "Only these services, where a document is made for each.", metavar="CODE", many=True),
            AS_OF,
            Argument("--out", "The folder to write to, or to look into.", Takes.FOLDER, "DIR"),
            NO_WRITE,
            Argument(
                "--verify",
                "Make none; say which on the sheet Documents are changed, moved or missing since, and which minutes "
                "were never read back.",
                Takes.FLAG,
            ),
        ),
        (
            "champions documents programme.xlsx",
            "champions documents programme.xlsx --only board-minutes --out papers",
            "champions documents programme.xlsx --verify",
        ),
        (
            (0, "done; with --verify: all stand as they were made"),
            (1, "with --verify: some don't; they are named"),
            (2, "not possible; the message says why"),
        ),
        button=Button(
            Group.DOCUMENTS,
            "MailMergeMergeToDocument",
            "D",
            large=True,
            items=Items.DOCUMENTS,
            tip="Word files go to the folder Documents beside the workbook, or where its setting Documents folder "
            "says; outside the workbook's folder you are asked first. None replaces another. Each is entered on the "
            "sheet Documents. Your own templates, in a folder Templates beside the workbook, win over ours.",
        ),
    ),
    Command(
        "read-minutes",
        "Minutes",
        "Brings what was written into the board's minutes into the workbook.",
        "Takes the minutes that this program made, filled in and saved by Word or LibreOffice. Decisions, actions and "
        "the meeting go to their sheets in one step, which undo takes back; reading the same minutes again adds "
        "nothing. What can't be read, what depends on tracked changes, and what stands against the workbook is named "
        "and not written.",
        (
            WORKBOOK,
            Argument("minutes", "The filled-in minutes.", Takes.FILE, "MINUTES", many=True),
            Argument("--dry-run", "Only show what would be written.", Takes.FLAG),
            Argument("--accept-pending", "Take tracked changes as if they were accepted.", Takes.FLAG),
            Argument("--of-this-workbook", "Read minutes that no longer say whose they are.", Takes.FLAG),
            AS_OF,
            JSON,
        ),
        (
            'champions read-minutes programme.xlsx "Documents/2026-06-30 board-minutes programme.docx"',
            "champions read-minutes programme.xlsx minutes.docx --dry-run",
        ),
        (
            (0, "everything is read, or there was nothing new"),
            (1, "something is not read, pending, in conflict or not written; it is named"),
            (2, "no file, or not the workbook, could be used"),
        ),
        button=Button(
            Group.DOCUMENTS,
            "RecordsSaveRecord",
            "M",
            tip="Choose the minutes that were filled in and saved, in the folder where documents go. You see what is "
            "read, what is in conflict and what can't be read; nothing is written before you say yes, and Take back "
            "brings it out again.",
        ),
    ),
    Command(
        "templates",
        "Templates",
        "Writes our Word templates out for you to restyle, and looks at your own.",
        "export writes those that come with the program into a folder; a file that is there stays as it is. check "
        "fills each template of a folder in, from an example, an empty and a full programme, and names unknown names "
        "with what was probably meant, places to fill in that were lost, formatting beside the styles, and tables "
        "without a header row that repeats.",
        (
            Argument("action", "What to do.", metavar="ACTION", choices=("export", "check")),
            Argument("folder", "The folder; Templates by default.", Takes.FOLDER, "FOLDER", optional=True),
        ),
        ("champions templates export Templates", "champions templates check Templates"),
        (
            (0, "done, or all is well"),
            (1, "something should be fixed; it is named"),
            (2, "not possible; the message says why"),
        ),
    ),
    Command(
        "remind",
        "Reminders",
        "Drafts of e-mails to those with something overdue or due this week, and a calendar of reviews.",
        "One draft a person, with the actions and reviews that are theirs, to be opened in a mail program, looked at "
        "and sent by you: nothing is sent, nothing is attached. The calendar keeps what it says of a review when its "
        "date moves, and cancels what fell away. Nothing is written into the workbook.",
        (
            WORKBOOK,
            AS_OF,
            Argument("--out", "The folder to write to; Reminders beside the workbook by default.", Takes.FOLDER, "DIR"),
        ),
        ("champions remind programme.xlsx", "champions remind programme.xlsx --out mail"),
    ),
)
