"""What a champion's card says in words: each fact as a formula, and as Python reckons it.

The formulas go by figures that stand beside the page (`Beside`), so that each is looked up once.
"""

from __future__ import annotations

from typing import Any

from workbook.blueprint.card_figures import DAYS, KEY, ROW, SINCE, UNTIL, Beside, Person, mean, of
from workbook.blueprint.formulas import countifs, day_words, ref, words
from workbook.model.cells import show
from workbook.model.declare import Column
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ReadinessLog, RoleBriefs, Services, StartSignOff, SupportLog, WorkforcePlan

NOT_RECORDED = "Not recorded"
_READY = (
    ReadinessLog.recording_standards,
    ReadinessLog.escalation_routes,
    ReadinessLog.governance_expectations,
    ReadinessLog.care_workflows,
    ReadinessLog.assistive_technology,
)


@dataclass(frozen=True)
class Fact:
    """One line of the card: what it is, the formula of its words, and the words as Python reckons them."""

    label: str
    text: str
    said: str


def _number(cell: str) -> str:
    """A figure of up to two decimals in words, the same in every language of the program."""
    n = f"ROUND({cell}*100,0)"
    part = f'IF(MOD({n},10)=0,MOD({n},100)/10,RIGHT("0"&MOD({n},100),2))'
    return f'INT({n}/100)&IF(MOD({n},100)=0,"","."&{part})'


def number_words(value: float) -> str:
    """A figure of up to two decimals in words.

    >>> number_words(2.5), number_words(3), number_words(0.25)
    ('2.5', '3', '0.25')
    """
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")


def facts(person: Person) -> tuple[Fact, ...]:
    """What the card says of a champion, line by line."""
    return (
        _role(person),
        _service(person),
        _status(person),
        _brief(person),
        _readiness(person),
        _protected(person),
        _support(person),
        _confidence(person),
    )


def _or_not(column: Column[Any], row: str = ROW) -> str:
    return f'IF({of(column, row)}="",{words(NOT_RECORDED)},{of(column, row)})'


def _role(person: Person) -> Fact:
    said = (person.row.job_role or NOT_RECORDED) if person.row is not None else ""
    return Fact("Job role", _or_not(WorkforcePlan.job_role), said)


def _service(person: Person) -> Fact:
    code = of(WorkforcePlan.service)
    name = f"INDEX({ref(Services.name)},MATCH({code},{ref(Services.service_code)},0))"
    text = f'IF({code}="",{words(NOT_RECORDED)},IFERROR({name}&" ("&{code}&")",{code}))'
    if person.row is None:
        return Fact("Service", text, "")
    held = person.row.service or ""
    known = next((s for s in person.figures.snapshot.rows(Services) if s.service_code == held), None)
    return Fact("Service", text, f"{known.name or ''} ({held})" if known and held else held or NOT_RECORDED)


def _status(person: Person) -> Fact:
    since, row = of(WorkforcePlan.status_since), Beside.SIGN_OFF.place
    decision, day = of(StartSignOff.decision, row), of(StartSignOff.reviewed_on, row)
    text = (
        f'{_or_not(WorkforcePlan.status)}&IF({since}="",""," since "&{day_words(since)})&". "&IF({row}=0,'
        f'"No start sign-off is recorded.","Start sign-off: "&IF({decision}="",{words(NOT_RECORDED.lower())},'
        f'LOWER({decision}))&" on "&{day_words(day)}&".")'
    )
    plan, signed = person.row, person.newest(person.mine(StartSignOff), "reviewed_on")
    if plan is None:
        return Fact("Status", text, "")
    said = f"{plan.status or NOT_RECORDED}{f' since {plan.status_since:%d/%m/%Y}' if plan.status_since else ''}. "
    if signed is None:
        return Fact("Status", text, f"{said}No start sign-off is recorded.")
    decided = (signed.decision or NOT_RECORDED).lower()
    return Fact("Status", text, f"{said}Start sign-off: {decided} on {signed.reviewed_on:%d/%m/%Y}.")


def _brief(person: Person) -> Fact:
    row, none = Beside.BRIEF.place, "No role brief is recorded."
    acknowledged, clear = of(RoleBriefs.acknowledged_on, row), of(RoleBriefs.clear, row)
    text = (
        f'IF({row}=0,{words(none)},"Version "&{of(RoleBriefs.version, row)}&", issued on "'
        f'&{day_words(of(RoleBriefs.issued_on, row))}&", "&IF({acknowledged}="","not acknowledged yet",'
        f'"acknowledged on "&{day_words(acknowledged)})&". Responsibilities clear: "'
        f'&IF({clear}="","not said",LOWER({clear}))&".")'
    )
    found = person.newest(person.mine(RoleBriefs), "issued_on")
    if person.row is None or found is None:
        return Fact("Role brief", text, none if person.row is not None else "")
    said = f"Version {show(found.version)}, issued on {found.issued_on:%d/%m/%Y}, "
    said += f"acknowledged on {found.acknowledged_on:%d/%m/%Y}" if found.acknowledged_on else "not acknowledged yet"
    return Fact("Role brief", text, f"{said}. Responsibilities clear: {(found.clear or 'not said').lower()}.")


def _readiness(person: Person) -> Fact:
    row, none, secure = Beside.CHECK.place, "No readiness check is recorded.", "Secure in all five areas."
    gaps = "Not all five areas are recorded."
    parts = "&".join(
        f'IF(OR({of(c, row)}="Secure",{of(c, row)}=""),"",{words(f", {c.header.lower()}")})' for c in _READY
    )
    blank = ",".join(f'{of(c, row)}=""' for c in _READY)
    text = (
        f'IF({row}=0,{words(none)},{_or_not(ReadinessLog.outcome, row)}&", checked on "'
        f'&{day_words(of(ReadinessLog.checked_on, row))}&". "&IF({parts}<>"","Not secure yet: "&MID({parts},3,200)&".",'
        f"IF(OR({blank}),{words(gaps)},{words(secure)})))"
    )
    found = person.newest(person.mine(ReadinessLog), "checked_on")
    if person.row is None or found is None:
        return Fact("Readiness", text, none if person.row is not None else "")
    still = [c.header.lower() for c in _READY if getattr(found, c.attr) not in ("Secure", None)]
    said = f"{found.outcome or NOT_RECORDED}, checked on {found.checked_on:%d/%m/%Y}. "
    if still:
        return Fact("Readiness", text, f"{said}Not secure yet: {', '.join(still)}.")
    return Fact("Readiness", text, said + (gaps if any(getattr(found, c.attr) is None for c in _READY) else secure))


def _protected(person: Person) -> Fact:
    row, none, blank = (
        Beside.PROMISE.place,
        "No protected time is agreed.",
        f"no week recorded in the last {DAYS} days.",
    )
    weeks = Beside.WEEKS.place
    text = (
        f'IF({row}=0,{words(none)},{_number(Beside.HOURS.place)}&" hours a week agreed; "&IF({weeks}=0,{words(blank)},'
        f'{_number(Beside.GIVEN.place)}&" given on average in "&{weeks}&" recorded week"&IF({weeks}=1,".","s.")))'
    )
    if person.row is None or person.promise is None:
        return Fact("Protected time", text, none if person.row is not None else "")
    said = f"{number_words(person.promised)} hours a week agreed; "
    held = person.hours
    if not held:
        return Fact("Protected time", text, said + blank)
    said += f"{number_words(mean(held))} given on average in {len(held)} recorded week{'s' if len(held) > 1 else ''}."
    return Fact("Protected time", text, said)


def _support(person: Person) -> Fact:
    none = f"No support entry in the last {DAYS} days."
    mine = ((SupportLog.champion_id, KEY), (SupportLog.date, SINCE), (SupportLog.date, UNTIL))
    entries = countifs(*mine)
    unsettled = "+".join(countifs(*mine, (SupportLog.outcome, words(o))) for o in ("Escalated", "Unresolved"))
    text = (
        f'IF({entries}=0,{words(none)},{entries}&IF({entries}=1," entry"," entries")&" in the last {DAYS} days, "'
        f'&({unsettled})&" of them escalated or unresolved.")'
    )
    rows = person.lately(person.mine(SupportLog), "date")
    said = ""
    if person.row is not None:
        open_ = sum(r.outcome in ("Escalated", "Unresolved") for r in rows)
        entered = f"{len(rows)} entr{'y' if len(rows) == 1 else 'ies'}"
        said = f"{entered} in the last {DAYS} days, {open_} of them escalated or unresolved." if rows else none
    return Fact("Support given", text, said)


def _confidence(person: Person) -> Fact:
    none = f"Nobody whom the champion helped gave a score in the last {DAYS} days."
    before, after, count = Beside.BEFORE.place, Beside.AFTER.place, Beside.SCORES.place
    text = (
        f'IF({count}=0,{words(none)},"On average "&IF({before}="","",{_number(before)}&" before and ")&{_number(after)}'
        f'&" after support, of 5 ("&{count}&IF({count}=1," score"," scores")&" in the last {DAYS} days).")'
    )
    if person.row is None:
        return Fact("Confidence of those helped", text, "")
    held, former = person.scores("after"), person.scores("before")
    if not held:
        return Fact("Confidence of those helped", text, none)
    said = (
        f"On average {f'{number_words(mean(former))} before and ' if former else ''}{number_words(mean(held))} after "
    )
    said += f"support, of 5 ({len(held)} score{'s' if len(held) > 1 else ''} in the last {DAYS} days)."
    return Fact("Confidence of those helped", text, said)
