"""Every command, declared once: the words of the terminal's help, a button's screen tip and the reference page."""

from __future__ import annotations

from workbook.command_arguments import ALL, AS_OF, JSON, NO_WRITE, WORKBOOK, YEARS
from workbook.command_declaration import Argument, Button, Command, Group, Items, Needs, Takes
from workbook.commands_of_analysis import OF_ANALYSIS
from workbook.commands_of_documents import OF_DOCUMENTS
from workbook.commands_of_history import OF_HISTORY
from workbook.commands_of_lists import OF_LISTS

COMMANDS: tuple[Command, ...] = (
    Command(
        "new",
        "New workbook",
        "Writes a new master workbook.",
        "The workbook holds every sheet that a digital champions programme needs. With --example it is filled with an "
        "invented programme of three services and nine champions, to look around in.",
        (
            Argument("path", "The file to write. An existing file is never replaced.", Takes.FILE, "PATH"),
            Argument("--example", "Fill it with an example programme.", Takes.FLAG),
            Argument("--seed", "Another example for another whole number.", Takes.WHOLE, "N", default=7),
            Argument(
                "--weeks",
                "How many weeks the example has run, 4 to 60.",
                Takes.WHOLE,
                "N",
                default=20,
                least=4,
                most=60,
            ),
            Argument(
                "--until",
                "The day on which the example ends.",
                Takes.DAY,
                "DATE",
                default="2026-06-30",
                least=YEARS[0],
                most=YEARS[1],
            ),
            Argument("--planted", "Also write what was planted in the example, as JSON.", Takes.FILE, "FILE"),
        ),
        ("champions new programme.xlsx", "champions new example.xlsx --example"),
        button=Button(
            Group.PROGRAMME,
            "FileNew",
            "N",
            needs=Needs.NOTHING,
            tip="It holds every sheet that a digital champions programme needs, goes into your documents, and opens.",
        ),
    ),
    Command(
        "check",
        "Check entries",
        "Looks for entries that are missing, wrong or doubtful.",
        "Findings go to the sheet Checks and to the Check column of each row; blank ids are filled in, and Thresholds "
        "gets the rows that it lacks. The former file is kept in the folder .champions beside the workbook.",
        (
            WORKBOOK,
            AS_OF,
            JSON,
            NO_WRITE,
            ALL,
            Argument("--new-defaults", "Take the new defaults of thresholds that nobody has changed.", Takes.FLAG),
        ),
        ("champions check programme.xlsx", "champions check programme.xlsx --json --no-write"),
        (
            (0, "no entry must be mended"),
            (1, "some entries must be mended"),
            (2, "the workbook can't be used, or could not be written"),
        ),
        button=Button(Group.CHECK, "DataValidation", "C", large=True, items=Items.SERVICES),
    ),
    Command(
        "fix",
        "Fix for me",
        "Puts plain mistakes in entries right.",
        "Dates typed as text, N/A in place of a blank, capitals and unseen characters, a name in place of an ID, a "
        "slip in a choice, a week that is no Monday. Only what can mean one thing is put right; the rest is listed and "
        "left to you, unless --proposed is given. All is one step for undo, and Change history names what stood there. "
        "Findings are brought up to date.",
        (
            WORKBOOK,
            Argument("--dry-run", "Only show what would be put right.", Takes.FLAG),
            Argument(
                "--only",
                "Only these sorts of mistakes, or only the entries with these IDs, such as SU-0007. Sorts: "
                "dates, weeks, numbers, blanks, spelling, choices, names, ids.",
                metavar="SORT|ID",
                many=True,
            ),
            Argument("--proposed", "Also put right what is not certain.", Takes.FLAG),
            AS_OF,
            JSON,
        ),
        ("champions fix programme.xlsx --dry-run", "champions fix programme.xlsx --only dates blanks"),
        (
            (0, "nothing is left that could be put right"),
            (1, "something is left: it is not certain, or was only shown"),
            (2, "the workbook can't be used, or could not be written"),
        ),
        button=Button(
            Group.CHECK,
            "ReviewAcceptChange",
            "F",
            large=True,
            tip="Shows what it would put right: each entry as it is and as it would be, with a tick that you can take "
            "away. What may be right as it is has no tick. Take back undoes it all.",
        ),
    ),
    Command(
        "triggers",
        "Compute triggers",
        "Says where the governance framework asks for action.",
        "Results go to the sheets Triggers and Reviews due, to this week's list on Start here and to the run chart on "
        "the Dashboard; each trigger that is raised gets a proposed action, once. The findings on the sheet Checks are "
        "brought up to date too. A day before the last run's only looks back and writes nothing.",
        (WORKBOOK, AS_OF, JSON, NO_WRITE, ALL),
        ("champions triggers programme.xlsx", "champions triggers programme.xlsx --as-of 2026-06-30 --no-write"),
        (
            (0, "nothing asks for action"),
            (1, "something asks for action"),
            (2, "the workbook can't be used, or could not be written"),
        ),
        button=Button(Group.CHECK, "HighImportance", "T", large=True),
    ),
    Command(
        "week",
        "This week",
        "At most seven things to do this week, each with its row.",
        "The plainest and most urgent first: what the triggers ask for, entries that must be mended, reviews and "
        "actions that are late. Nothing is written.",
        (WORKBOOK, AS_OF, JSON),
        ("champions week programme.xlsx",),
        button=Button(Group.ACT, "NewTask", "W", large=True),
    ),
    Command(
        "explain",
        "Explain",
        "Shows a trigger's rule, its thresholds, the rows it rests on, and what would clear it.",
        "Without a scope every champion, service or the programme is shown. Nothing is written.",
        (
            WORKBOOK,
            Argument(
                "trigger", "A trigger, such as S1, or one with its scope, such as S1:OAK.", metavar="TRIGGER[:SCOPE]"
            ),
            AS_OF,
            Argument("--week-by-week", "Show how it was in each week so far.", Takes.FLAG),
        ),
        ("champions explain programme.xlsx S1:OAK", "champions explain programme.xlsx P3 --week-by-week"),
        button=Button(
            Group.ACT,
            "TraceError",
            "E",
            tip="Choose a row on the sheet Triggers first. Nothing is written.",
        ),
    ),
    Command(
        "reviews",
        "Reviews due",
        "Shows which reviews are due or late, and can write them as a calendar.",
        "How often a service is reviewed follows from its phase and from the thresholds R1 and R2.",
        (WORKBOOK, AS_OF, JSON, Argument("--ics", "Also write a calendar file.", Takes.FILE, "FILE")),
        ("champions reviews programme.xlsx", "champions reviews programme.xlsx --ics reviews.ics"),
        button=Button(Group.ACT, "ViewAppointmentInCalendar", "R"),
    ),
    *OF_DOCUMENTS,
    *OF_LISTS,
    Command(
        "undo",
        "Take back",
        "Takes back what the last run wrote into the workbook.",
        "If nothing was changed since, the workbook is again as it was before that run, to the byte. If you have "
        "changed other things since, only what the run wrote is taken back and yours stays. If the very same cells "
        "were changed, nothing is written and you are told which. A second undo brings the run's changes back. "
        "Documents that a run made stay. To go further back: champions restore.",
        (WORKBOOK, Argument("--dry-run", "Only say what would be taken back.", Takes.FLAG)),
        ("champions undo programme.xlsx", "champions undo programme.xlsx --dry-run"),
        ((0, "done"), (2, "not possible, and nothing was changed; the message says why")),
        button=Button(
            Group.ACT,
            "Undo",
            "U",
            tip="What you entered since is never taken away: if it stands against it, you are told what. Press again, "
            "and what was taken back is there once more. To go further back: Bring back.",
        ),
    ),
    Command(
        "restore",
        "Bring back",
        "Brings an earlier state of the workbook back.",
        "Each time the program writes into the workbook it keeps the former file, in the folder .champions beside it: "
        "the last 20, and one a day for 90 days. Without a state the newest one that differs from the workbook is "
        "brought back. The workbook as it is now is kept first, so champions undo takes this back. It works too where "
        "the workbook is damaged or was deleted.",
        (
            WORKBOOK,
            Argument(
                "state",
                "Which state: its number in the list, or its day, as 2026-06-30.",
                metavar="STATE",
                optional=True,
            ),
            Argument("--list", "Only show which states are kept.", Takes.FLAG),
        ),
        (
            "champions restore programme.xlsx --list",
            "champions restore programme.xlsx 3",
            "champions restore programme.xlsx 2026-06-30",
        ),
        ((0, "done"), (2, "not possible, and nothing was changed; the message says why")),
        button=Button(
            Group.PROGRAMME,
            "WebGoBack",
            "B",
            tip="Each time a button writes into the workbook it is kept as it was before: the last 20 states, and one "
            "a day for 90 days. Choose one, and it opens as a workbook of its own; this one stays as it is.",
        ),
    ),
    *OF_HISTORY,
    Command(
        "sheets",
        "All sheets",
        "Shows every sheet of the programme that is hidden.",
        "A new workbook hides the sheets that you don't need yet. Sheets that you made and hid yourself stay hidden.",
        (WORKBOOK,),
        ("champions sheets programme.xlsx",),
        button=Button(Group.PROGRAMME, "ViewDocumentMap", "A"),
    ),
    Command(
        "demo",
        "Demonstration",
        "An example workbook, checked, its triggers computed, its documents made.",
        "Writes everything into one folder and says where to look.",
        (
            Argument("folder", "The folder to write to.", Takes.FOLDER, "DIR", optional=True, default="demo"),
            Argument(
                "--as-of",
                "The day to look from.",
                Takes.DAY,
                "DATE",
                default="2026-06-30",
                least=YEARS[0],
                most=YEARS[1],
            ),
        ),
        ("champions demo", "champions demo try-it"),
    ),
    *OF_ANALYSIS,
    Command(
        "doctor",
        "Is all well?",
        "Says what is installed, what is wrong with it, and how to fix it.",
        "Looks at the program, Excel's ribbon, LibreOffice's toolbar and, if one is named, a workbook. --support-file "
        "writes what was found to a file that you can send to whoever helps you: it holds names of sheets, tables and "
        "columns, counts and versions, never an entry of yours.",
        (
            Argument("workbook", "Also look at this workbook.", Takes.FILE, "WORKBOOK", optional=True),
            Argument("--support-file", "Also write what was found to this file.", Takes.FILE, "FILE"),
        ),
        ("champions doctor", "champions doctor programme.xlsx --support-file for-support.txt"),
        ((0, "all is well"), (1, "something should be fixed"), (2, "not possible; the message says why")),
        button=Button(
            Group.HELP,
            "TechnicalSupport",
            "H",
            needs=Needs.NOTHING,
            tip="Looks at the program, and at Excel's ribbon and LibreOffice's toolbar.",
        ),
    ),
    Command(
        "addin",
        "Excel add-in",
        "Puts the ribbon into Excel, says how it stands, or takes it out again.",
        "install places the add-in in Excel's start-up folder and tells it where this program is, for the person "
        "signed in and without an administrator; remove takes both away again. status says what is right, what is "
        "wrong and how to fix it. build makes the add-in's file, which needs neither Excel nor Windows.",
        (
            Argument("action", "What to do.", metavar="ACTION", choices=("install", "status", "remove", "build")),
            Argument("--out", "With build: the folder to write the add-in to.", Takes.FOLDER, "DIR"),
        ),
        ("champions addin install", "champions addin status", "champions addin build --out dist"),
        ((0, "done, or all is well"), (1, "something is wrong; the lines say how to fix it"), (2, "not possible")),
    ),
    Command(
        "libreoffice",
        "LibreOffice toolbar",
        "Puts the toolbar into LibreOffice, says how it stands, or takes it out again.",
        "install adds the toolbar and the menu Champions to LibreOffice Calc and tells them where this program is, for "
        "the person signed in; remove takes both away again. status says what is right, what is wrong and how to fix "
        "it. LibreOffice may be open meanwhile; it shows the change when you open it again. A LibreOffice that came as "
        "a Flatpak or Snap, or from the App Store, is shut off from other programs and can't have it.",
        (Argument("action", "What to do.", metavar="ACTION", choices=("install", "status", "remove")),),
        ("champions libreoffice install", "champions libreoffice status"),
        ((0, "done, or all is well"), (1, "something is wrong; the lines say how to fix it"), (2, "not possible")),
    ),
)
COMMANDS_BY_NAME: dict[str, Command] = {c.name: c for c in COMMANDS}
#: The commands with a button, by group in the groups' order.
BUTTONS: tuple[Command, ...] = tuple(
    c for group in Group for c in COMMANDS if c.button is not None and c.button.group is group
)
