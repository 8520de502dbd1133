"""From feedback to decision and back (article, example 3), with what gets stuck on the way."""

from __future__ import annotations

import datetime as dt

from workbook.example.draft import Draft
from workbook.example.people import CHAIR, HOME, MEMBERS, PROJECT_LEAD, QUALITY_LEAD, SUPPLIER
from workbook.example.support import Log, feedback, guidance_for, texts_for
from workbook.example.texts.decisions import BOARD_MATTERS, DECISIONS, GOVERNANCE_MATTERS, Decision
from workbook.example.texts.episodes import UNLINKED
from workbook.example.texts.issues import ISSUES, Issue
from workbook.example.timeline import DAY, working
from workbook.example.world import World
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import Actions, BoardDecisions, ImprovementLog, Meetings, QualityReviews, UpdatesShared

FAR = dt.date.max


@dataclass
class Board:
    """The issues, meetings and decisions of the programme."""

    world: World
    issues: dict[str, Draft] = field(default_factory=dict)
    meetings: list[Draft] = field(default_factory=list)


def improve(log: Log) -> None:
    """Issues with their checks, meetings, decisions, updates and actions."""
    board = Board(log.world)
    for issue in ISSUES:
        _issue(log, board, issue)
    _meetings(board)
    decided = {d.issue: _decide(board, d) for d in DECISIONS}
    _plant_repeats(board, decided)
    _more_actions(board)


def _issue(log: Log, board: Board, issue: Issue) -> None:
    world = log.world
    champion = world.champions[issue.by]
    raised = world.about(issue.day)
    closed = world.about(issue.closed) if issue.closed is not None else None
    sorted_on = working(raised + issue.sorted_after * DAY)
    draft = board.issues[issue.key] = world.add(
        ImprovementLog, raised_on=raised, raised_by=champion.draft, service=champion.person.home, kind=issue.kind,
        workflow=issue.workflow, description=issue.description, linked_support=_linked(log, issue, raised),
        category=issue.category, categorised_by=PROJECT_LEAD, categorised_on=sorted_on,
        safe_recording_affected=issue.safe, repeat_of=board.issues[issue.repeat] if issue.repeat else None,
        status="Closed" if closed else "With supplier" if issue.supplier else "Action agreed", closed_on=closed,
        resolution=issue.resolution, supplier_reference=issue.supplier,
        reply_due=world.time.office(issue.reply_due) if issue.reply_due else None,
        replied_on=world.time.office(issue.replied) if issue.replied else None,
    )  # fmt: skip
    checked = working(raised + issue.checked_after * DAY)
    world.add(
        QualityReviews, issue_id=draft, reviewed_by=QUALITY_LEAD, reviewed_on=checked,
        care_evidence="care" in issue.affects, risk_management="risk" in issue.affects,
        audit_quality="audit" in issue.affects, severity=issue.severity, finding=issue.finding,
    )  # fmt: skip
    _plant_issue(world, draft, issue, checked)


def _linked(log: Log, issue: Issue, raised: dt.date) -> list[Draft]:
    """The support entries that the issue rests on: escalated, as the champion could not solve them."""
    champion = log.world.champions[issue.by]
    home = HOME[champion.person.home]
    pair = (issue.workflow, issue.need)
    entries = []
    seen = [(text, raised - (n + 1) * DAY) for n, text in enumerate(issue.seen)]
    if issue.key == "flats":
        day = log.world.near(100)
        seen = [(UNLINKED, day)]
        why = "An escalated entry that no issue took up for more than a week."
        log.world.plant("S7", home.code, day + 8 * DAY, raised - DAY, why)
    known = {e["staff_member"] for _, day in seen for e in log.near(home.code, pair, day)}
    names = log.world.rng.sample([s for s in home.staff if s not in log.busy | known], max(1, len(seen)))
    for staff, (text, day) in zip(names, seen, strict=False):
        coaching = texts_for(log.world, pair, home)[1]
        entry = log.write(
            champion, day, staff, pair, text, coaching_given=coaching, outcome="Escalated",
            guidance_followed=guidance_for(log.world, pair, day),
        )  # fmt: skip
        feedback(log, entry)
        entries.append(entry)
    return entries


def _plant_issue(world: World, draft: Draft, issue: Issue, checked: dt.date) -> None:
    """F2, F4, F8 and F10: what follows from one issue alone."""
    last = draft["closed_on"] - DAY if draft["closed_on"] else FAR
    sorted_on, due = draft["categorised_on"], draft["reply_due"]
    if issue.affects and issue.severity != "Low":
        world.plant("F2", "programme", checked, last, f"Open issue that affects records: {issue.key}.")
    if issue.category == "Configuration" and issue.safe == "Yes":
        world.plant("F4", "programme", sorted_on, last, f"Set-up stands in the way of safe recording: {issue.key}.")
    late = draft["raised_on"] + 15 * DAY
    world.plant("F8", "programme", late, max(sorted_on, checked) - DAY, f"Not categorised for weeks: {issue.key}.")
    if due is not None:
        answered = (draft["replied_on"] or FAR) - DAY
        world.plant("F10", "programme", due + DAY, min(answered, last), f"Supplier's reply overdue: {issue.key}.")


def _plant_repeats(board: Board, decided: dict[str | None, dt.date]) -> None:
    """F1 and F6: issues that come back."""
    boards = sorted(m["held_on"] for m in board.meetings)
    for issue in ISSUES:
        if issue.repeat is None:
            continue
        first, again = board.issues[issue.repeat], board.issues[issue.key]
        raised, repeated = first["raised_on"], again["raised_on"]
        closed = first["closed_on"] or FAR
        why = f"Reported again while still open: {issue.repeat}."
        board.world.plant("F1", "programme", max(raised + 29 * DAY, repeated), closed - DAY, why)
        since = [day for day in boards if day > raised]
        if len(since) > 1:
            answer = decided.get(issue.repeat, FAR) - DAY
            why = f"Reported again, two boards without a decision: {issue.repeat}."
            board.world.plant("F6", "programme", max(since[1], repeated), answer, why)


def _meetings(board: Board) -> None:
    world = board.world
    present = [CHAIR, *MEMBERS, PROJECT_LEAD, QUALITY_LEAD]
    days = [working(day) for day in world.time.every(14, world.time.start + 9 * DAY)]
    for n, day in enumerate(days):
        away = world.rng.choice((None, None, MEMBERS[0], MEMBERS[1]))
        board.meetings.append(
            world.add(
                Meetings, kind="Project board", held_on=day, chair=CHAIR,
                present=", ".join([p for p in present if p != away] + ([SUPPLIER] if n % 4 == 3 else [])),
                apologies=away, quorate=True, matters=BOARD_MATTERS[min(n, 10)] if n < 11 else
                world.draw(GOVERNANCE_MATTERS, "board"), next_meeting=working(day + 14 * DAY),
                minutes_reference=f"PB {day:%Y-%m}/{n + 1}",
            )
        )  # fmt: skip
    for day in world.time.every(14, world.time.start + 2 * DAY):
        held = working(day)
        world.add(
            Meetings, kind="Implementation governance", held_on=held, chair=QUALITY_LEAD,
            present=", ".join([QUALITY_LEAD, PROJECT_LEAD, *(h.manager for h in HOME.values())]),
            matters=world.draw(GOVERNANCE_MATTERS, "governance"), next_meeting=working(held + 14 * DAY),
        )  # fmt: skip


def _decide(board: Board, decision: Decision) -> dt.date:
    """One decision, its updates and its action; gives the day of the meeting."""
    world = board.world
    asked = world.time.at(decision.day)
    meeting = next((m for m in board.meetings if m["held_on"] >= asked), None)
    if meeting is None:
        return FAR
    held: dt.date = meeting["held_on"]
    due = working(held + decision.due * DAY) if decision.due else None
    draft = world.add(
        BoardDecisions, meeting_id=meeting, issue_id=board.issues[decision.issue] if decision.issue else None,
        trigger=decision.trigger, services_affected=decision.homes, decision=decision.decision,
        rationale=decision.rationale, action_type=decision.kind, owner=decision.owner if due else None, due_date=due,
        views_against=decision.against,
    )  # fmt: skip
    for shared in decision.shared:
        day = working(held + shared.after * DAY)
        recorded = working(held + shared.recorded * DAY) if shared.recorded else None
        world.add(
            UpdatesShared, decision_id=draft, shared_by=world.champions[shared.by].draft, shared_on=day,
            service=shared.home, method=shared.method, result=shared.result, result_recorded_on=recorded,
            evidence=shared.evidence,
        )  # fmt: skip
    if due is not None:
        _plant_loop(world, decision, draft, due)
        _action(world, decision, draft, held, due)
    return held


def _plant_loop(world: World, decision: Decision, draft: Draft, due: dt.date) -> None:
    """F5: a decision that does not reach the staff, or does not help."""
    updates = [u for u in world.drafts.of(UpdatesShared) if u["decision_id"] is draft]
    for home in decision.homes:
        told = [u for u in updates if u["service"] == home]
        first = told[0]["shared_on"] if told else FAR
        world.plant("F5", "programme", due + 15 * DAY, first - DAY, f"Not shared at {home}: {decision.decision[:60]}")
        for update, following in zip(told, [*told[1:], None], strict=False):
            if update["result"] == "No change":
                last = following["shared_on"] - DAY if following else None
                why = f"Shared without effect at {home}: {decision.decision[:60]}"
                world.plant("F5", "programme", update["result_recorded_on"], last, why)


def _action(world: World, decision: Decision, source: Draft, held: dt.date, due: dt.date) -> None:
    done = working(held + decision.done * DAY) if decision.done else None
    draft = world.add(
        Actions, origin=source, action=decision.action or decision.decision, owner=decision.owner, raised_on=held,
        due_date=due, status="Done" if done else "In progress", completed_on=done, evidence=decision.evidence,
    )  # fmt: skip
    world.plant("F9", "programme", due + DAY, (done or FAR) - DAY, f"Action overdue: {draft['action'][:60]}")
    if done is not None and not decision.evidence:
        world.plant("F9", "programme", done, None, "Action done, nothing says how that is known.")
        if done <= world.time.until:
            world.mistake("closed-without-evidence", draft, "Marked Done without evidence.")


def _more_actions(board: Board) -> None:
    """Actions that triggers asked for."""
    world = board.world
    plain = (
        (26, "S1:OAK", "Look at medication corrections with the seniors and write guidance.", "Leader Elm", 7, 5,
         "Guidance approved; told at three handovers."),
        (57, "P3:DC-002", "Find out why protected hours are not kept on lates, and keep them.", "Manager Oak", 14, 12,
         "Rota changed; four hours given in each week since."),
        (86, "S1:RIV", "Agree with the rounds how tasks are ticked.", "Leader Birch", 10, 8,
         "Note of the round meetings; guidance drafted."),
        (122, "P8:OAK", "Ask two night carers whether they would take on the champion role.", "Manager Oak", 30, None,
         None),
        (132, "S3:RIV", "Pair the colleague with a champion for three shifts and talk about it in supervision.",
         "Leader Birch", 14, None, None),
    )  # fmt: skip
    for day, origin, action, owner, due, done, evidence in plain:
        raised = world.about(day)
        world.add(
            Actions, origin=origin, action=action, owner=owner, raised_on=raised,
            due_date=working(raised + due * DAY), status="Done" if done else "Open",
            completed_on=working(raised + done * DAY) if done else None, evidence=evidence,
        )  # fmt: skip
    raised = world.about(134)
    nobody = world.add(
        Actions, origin="P3:DC-006", action="Bring the rota of the late calls to the project lead.", raised_on=raised,
        due_date=working(raised + 14 * DAY), status="Open",
    )  # fmt: skip
    world.mistake("required-blank", nobody, "Nobody is named as the owner.")
