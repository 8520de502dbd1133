"""One workbook on the page: takes what the page asks as JSON, gives what it shows as JSON.

Nothing here knows a rule: it calls what the terminal's commands call, in the same order.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from addin.frontends import answer_tables as tables
from addin.frontends.page.charts import charts
from addin.frontends.page.shown import Making, Offer, Paper
from addin.frontends.page.shown import shown_table as _table
from addin.hosts.file.bytes_host import BytesHost
from workbook.answers.clock import said_of_far_ahead, said_of_looking_back
from workbook.answers.entering import entered, with_entries
from workbook.answers.explain import explain
from workbook.answers.recording import looked_through, record
from workbook.answers.review_calendar import calendar, marks_of
from workbook.answers.week import LIMIT, waiting
from workbook.commands import COMMANDS_BY_NAME
from workbook.model.cells import show
from workbook.model.changes import ChangeSet
from workbook.model.errors import BookUnusable, ChampionsError, DayAhead
from workbook.model.findings import SEVERITY_WORDS, Severity
from workbook.model.snapshot import Snapshot
from workbook.model.triggers import STATE_WORDS, Result, State
from workbook.model.view import View
from workbook.rules import checks, triggers
from workbook.rules.reviews import by_urgency, reviews

#: Rows of evidence shown for each scope.
_ROWS = 30
_FAULT = ChampionsError(
    "Something went wrong that we did not foresee. The workbook is as it was before.",
    next_step="Try again. If it happens again, please tell us what you did: the fault is ours.",
)
_NO_ROOM = ChampionsError(
    "The browser does not have enough memory for this workbook. The workbook is as it was before.",
    next_step="Close other tabs and programs and try again, or use the program on a computer.",
)

Progress = Callable[[str], None]


class Desk:
    """What the page has open.

    Args:
        progress: told in words what goes on.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._host: BytesHost | None = None
        self._as_of = dt.date.min
        self._offer: Offer | None = None
        self._papers: Sequence[Paper] = ()
        self._papers_of = dt.date.min
        #: The file that was asked for last, of the documents.
        self.given = b""

    def ask(self, request: str, data: bytes | None = None) -> str:
        """Does one thing.

        Args:
            request: a JSON object: `do` says what (a method of `_Doing`); `day` the day to look from and `today`, in
                ISO 8601; `who` is at work; `when`, the moment in ISO 8601; `name`, the file's; `trigger`; `chosen`, the
                numbers of the ticks that an offer left; `only`, documents' ids; `number`, a document's in the
                list, -1 for all of them together; what `addin.frontends.page.offers` says of a list.
            data: the file, where one is opened.

        Returns:
            A JSON object; with `error` where it could not be done, in words.
        """
        try:
            return json.dumps(_DOING[json.loads(request)["do"]](self, json.loads(request), data))
        except ChampionsError as error:
            return _refused(error)
        except MemoryError:
            return _refused(_NO_ROOM)
        except Exception:  # noqa: BLE001 - the last resort: no traceback reaches a manager
            return _refused(_FAULT)

    @property
    def content(self) -> bytes:
        """The whole workbook as it is now."""
        return self._opened.data

    @property
    def _opened(self) -> BytesHost:
        if self._host is None:
            raise BookUnusable("No workbook is open on this page.", next_step="Choose one first.")
        return self._host

    def _open(self, given: Mapping[str, Any], data: bytes | None) -> dict[str, Any]:
        host = BytesHost(given["name"], data or b"")
        self._progress(f"Reading {host.path.name}")
        snapshot, day = host.read(), dt.date.fromisoformat(given["day"])
        former = self._host, self._as_of, self._papers
        self._host, self._as_of, self._papers = host, day, ()
        try:
            return self._shown(snapshot)
        except BaseException:  # the page still shows the one before
            self._host, self._as_of, self._papers = former
            raise

    def _new(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        from addin.output.masterbook import build_master
        from workbook.blueprint import plan_book

        self._progress("Writing the workbook")
        return self._open(given, build_master(plan_book()))

    def _example(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        from addin.output.masterbook import build_master
        from workbook.blueprint import plan_book
        from workbook.example import simulate

        self._progress("Writing the workbook")
        usual = {a.name: a.default for a in COMMANDS_BY_NAME["new"].arguments}
        until = dt.date.fromisoformat(str(usual["--until"]))
        example = simulate(seed=int(usual["--seed"] or 0), weeks=int(usual["--weeks"] or 0), until=until)
        content = build_master(plan_book(example.tables, example.until))
        return self._open({**given, "day": until.isoformat()}, content)

    def _check(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        self._look_from(given)
        host = self._opened
        snapshot = host.read()
        self._progress("Checking entries")
        entering = entered(snapshot)
        looked = looked_through(entering.after, checks.run(entering.after, self._as_of), self._as_of)
        answer = self._written(with_entries(entering, looked), given)
        return {**answer, "note": " ".join([answer["note"], *entering.said]).strip()}

    def _triggers(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        self._look_from(given)
        snapshot = self._opened.read()
        held = said_of_looking_back(snapshot, self._as_of)
        if given["day"] == given["today"]:
            held = held or said_of_far_ahead(snapshot, self._as_of)
        if held:
            return {**self._shown(snapshot), "written": False, "note": held}
        self._progress("Computing triggers")
        view = View(snapshot, self._as_of)
        return self._written(record(view, triggers.evaluate(view), reviews(view)), given)

    def _fix(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        from addin.frontends.page.offers import fix

        self._look_from(given)
        self._progress("Looking for mistakes")
        return self._offered(fix(self._opened.read(), self._as_of))

    def _import(self, given: Mapping[str, Any], data: bytes | None) -> dict[str, Any]:
        from addin.frontends.page.offers import bring_in

        self._look_from(given)
        snapshot = self._opened.read()
        self._progress("Reading the list")
        return self._offered(bring_in(View(snapshot, self._as_of), given, data))

    def _offered(self, offer: Offer) -> dict[str, Any]:
        self._offer = offer
        return offer.as_json()

    def _agree(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        if self._offer is None:
            raise BookUnusable("Nothing is offered on this page any more.", next_step="Press the button again.")
        came = self._offer.agreed(given["chosen"])
        return self._offered(came) if isinstance(came, Offer) else self._came_of(came, given)

    def _documents(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        from addin.frontends.page.papers import make

        self._look_from(given)
        snapshot = self._opened.read()
        self._progress("Making documents")
        made = make(View(snapshot, self._as_of), given, self._progress)
        return self._offered(made) if isinstance(made, Offer) else self._came_of(made, given)

    def _minutes(self, given: Mapping[str, Any], data: bytes | None) -> dict[str, Any]:
        from addin.frontends.page.papers import read_back

        self._look_from(given)
        snapshot = self._opened.read()
        self._progress("Reading the minutes")
        return self._offered(read_back(View(snapshot, self._as_of), given["file"], data or b""))

    def _came_of(self, came: ChangeSet | Making, given: Mapping[str, Any]) -> dict[str, Any]:
        if isinstance(came, ChangeSet):
            return self._written(came, given)
        from addin.frontends.page.papers import papers_table

        answer = self._written(came.changes, {**given, "who": came.who, "when": came.when})
        self._papers, self._papers_of = came.papers, self._as_of
        return {**answer, "made": {"words": "", "lines": list(came.lines), **papers_table(came.papers)}}

    def _document(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        from addin.frontends.page.papers import together

        number = given["number"]
        if number >= 0:
            self.given = self._papers[number].content
            return {"file": self._papers[number].name}
        if not self._papers:
            raise BookUnusable("No document is there to be saved.", next_step="Make the documents again.")
        self.given = together(self._papers, dt.datetime.fromisoformat(given["when"]))
        return {"file": f"{self._papers_of.isoformat()} documents.zip"}

    def _look_from(self, given: Mapping[str, Any]) -> None:
        day, today = dt.date.fromisoformat(given["day"]), dt.date.fromisoformat(given["today"])
        if (day - today).days > 1:
            raise DayAhead(
                f"{show(day)} has not come yet: today is {show(today)}. Nothing was written.",
                next_step="Give a day that has come. If today is not right, set the computer's clock.",
            )
        self._as_of = day

    def _written(self, changes: ChangeSet, given: Mapping[str, Any]) -> dict[str, Any]:
        host = self._opened
        if changes:
            self._progress("Writing")
            host.apply(changes, who=given["who"], when=dt.datetime.fromisoformat(given["when"]))
        answer = {**self._shown(host.read()), "written": bool(changes)}
        if changes and host.dependants:
            own = ", ".join(host.dependants)
            answer["note"] = f"Your own sheets that use what was written: {own}. Excel computes them when it opens it."
        return answer

    def _undo(self, _given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        self._opened.take_back()
        return self._shown(self._opened.read())

    def _look(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        self._as_of = dt.date.fromisoformat(given["day"])
        return self._shown(self._opened.read())

    def _calendar(self, _given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        snapshot = self._opened.read()
        due = reviews(View(snapshot, self._as_of))
        name = snapshot.programme.programme_name or ""
        return {"text": calendar(due, name, self._as_of, marks=marks_of(snapshot))}

    def _explain(self, given: Mapping[str, Any], _: bytes | None) -> dict[str, Any]:
        trigger, scope = f"{given['trigger']}:".split(":")[:2]
        explained = explain(self._opened.read(), trigger, scope or None, self._as_of)
        name, *lines = tables.rule_words(explained)
        thresholds = tables.thresholds_table(explained.thresholds)
        words: dict[str, Any] = {"title": "Thresholds", "caption": "What it goes by", "lines": []}
        parts = [{**words, **_table(thresholds)}] if thresholds.rows else []
        for one in explained.scopes:
            title = f"{one.result.key}: {STATE_WORDS[one.result.state]}"
            evidence = _table(tables.evidence_table(one.rows), most=_ROWS)
            words = {"title": title, "caption": "What it rests on", "lines": [one.result.summary]}
            parts.append({**words, **evidence})
        return {"title": name, "lines": lines, "parts": parts}

    def _shown(self, snapshot: Snapshot) -> dict[str, Any]:
        """All that the page shows of the workbook on the day; what was offered before is so no more."""
        self._offer = None
        self._progress("Checking entries")
        findings = checks.run(snapshot, self._as_of)
        self._progress("Computing triggers")
        view = View(snapshot, self._as_of)
        results, due = triggers.evaluate(view), reviews(view)
        todo = waiting(view, findings, results, due)
        counts = Counter(f.severity for f in findings)
        listed = _listed(results)
        week = _table(tables.week_table(snapshot, todo[:LIMIT]), first="Number")
        return {
            "name": self._opened.path.name,
            "day": self._as_of.isoformat(),
            "day_shown": show(self._as_of),
            "undo": self._opened.former is not None,
            "note": "",
            "sections": {
                "week": {"words": f"{len(todo):,} in all." if todo else "Nothing is waiting for you.", **week},
                "check": {
                    "words": ", ".join(f"{SEVERITY_WORDS[s]}: {counts[s]:,}" for s in Severity),
                    **_table(tables.findings_table(snapshot, findings), first="Severity"),
                },
                "triggers": {
                    "words": _counted(results) if listed else "Nothing asks for action.",
                    "keys": [r.key for r in listed],
                    **_table(tables.triggers_table(listed), first="State"),
                },
                "reviews": {"words": "", **_table(tables.reviews_table(by_urgency(due)))},
            },
            "charts": charts(view),
        }


def _listed(results: Sequence[Result]) -> list[Result]:
    """What asks for action, then the early warnings."""
    return [r for state in (State.RAISED, State.WATCH) for r in results if r.state is state]


def _counted(results: Sequence[Result]) -> str:
    counts = Counter(r.state for r in results)
    return ", ".join(f"{STATE_WORDS[s]}: {counts[s]:,}" for s in State)


def _refused(error: ChampionsError) -> str:
    return json.dumps({"error": {"what": error.what, "where": error.where, "next": error.next_step}})


_DOING: Mapping[str, Callable[[Desk, Mapping[str, Any], bytes | None], dict[str, Any]]] = {
    "open": Desk._open,  # noqa: SLF001 - the desk's own, by the names that the page calls them
    "new": Desk._new,  # noqa: SLF001
    "example": Desk._example,  # noqa: SLF001
    "check": Desk._check,  # noqa: SLF001
    "triggers": Desk._triggers,  # noqa: SLF001
    "fix": Desk._fix,  # noqa: SLF001
    "import": Desk._import,  # noqa: SLF001
    "agree": Desk._agree,  # noqa: SLF001
    "documents": Desk._documents,  # noqa: SLF001
    "document": Desk._document,  # noqa: SLF001
    "minutes": Desk._minutes,  # noqa: SLF001
    "explain": Desk._explain,  # noqa: SLF001
    "look": Desk._look,  # noqa: SLF001
    "undo": Desk._undo,  # noqa: SLF001
    "calendar": Desk._calendar,  # noqa: SLF001
}
