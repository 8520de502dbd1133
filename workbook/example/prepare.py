"""Selecting and preparing the champions (article, example 1), with what goes wrong on the way."""

from __future__ import annotations

import datetime as dt

from workbook.example.people import CHAMPIONS, HOME, HOMES, PROJECT_LEAD, QUALITY_LEAD, SUPPLIER, TRAINER, Person
from workbook.example.texts.prepare import BRIEFS, EVIDENCE, MODULES, SHORT_BRIEF, SUPPORT
from workbook.example.timeline import DAY, working
from workbook.example.world import Champion, World
from workbook.model.registers import (
    ImplementationPlan,
    ReadinessLog,
    RoleBriefs,
    Services,
    StartSignOff,
    TrainingMatrix,
    WorkforcePlan,
)

SEEN = ("selection_seen", "brief_seen", "training_seen", "readiness_seen", "protected_time_seen")
YEAR = 365 * DAY
AREAS = (
    "recording_standards",
    "escalation_routes",
    "governance_expectations",
    "care_workflows",
    "assistive_technology",
)


def prepare(world: World) -> None:
    """Services, champions and all that prepares them."""
    for home in HOMES:
        world.add(
            Services,
            service_code=home.code,
            name=home.name,
            service_type=home.kind,
            registered_manager=home.manager,
            team_leader=home.leader,
            go_live=world.time.at(home.live),
            stabilised_on=world.time.office(home.stable) if home.stable else None,
            in_use=True,
        )
    for person in CHAMPIONS:
        _champion(world, person)
    _leavers(world)
    for home in HOMES:
        _plant_cover(world, home.code)


def _champion(world: World, person: Person) -> None:
    home = HOME[person.home]
    signed = world.time.office(person.signed)
    if person.name == "Champion Foxtrot":
        signed = working(world.time.at(home.live) + 6 * DAY)
    identified = world.time.office(person.identified)
    draft = world.add(
        WorkforcePlan,
        name=person.name,
        job_role=person.job,
        service=person.home,
        usual_shift=person.shifts[0],
        other_shifts=person.shifts[1:],
        rationale=person.why,
        workflow_understanding=person.understanding,
        technology_confidence=person.technology,
        identified_by=home.manager,
        identified_on=identified,
        status="Active" if signed <= world.time.until else "Preparing",
        status_since=signed if signed <= world.time.until else identified,
    )
    champion = Champion(person, draft, signed, world.time.office(person.committed))
    world.champions[person.name] = champion
    brief = _brief(world, champion)
    _commit(world, champion)
    _train(world, champion)
    _check(world, champion)
    _sign_off(world, champion)
    world.plant("P1", draft, identified, brief - DAY, "Identified as a champion, role brief not yet issued.")
    world.plant("P3", draft, identified, champion.commitment - DAY, "Identified, protected time not yet confirmed.")


def _brief(world: World, champion: Champion) -> dt.date:
    person, name = champion.person, champion.person.name
    issued = world.time.office(person.issued)
    acknowledged = world.time.office(person.acknowledged)
    first = name == "Champion India"
    texts = dict(zip(("peer_support", "issue_reporting", "correct_workflows", "boundaries"), BRIEFS[name], strict=True))
    if first:
        texts["boundaries"] = SHORT_BRIEF
    common = {
        "champion_id": champion.draft,
        "reports_to": HOME[person.home].leader,
        "issued_by": PROJECT_LEAD,
    }
    world.add(
        RoleBriefs, **common, **texts, version=1, issued_on=issued, acknowledged_on=acknowledged,
        clear="Partly" if first else "Yes", review_due=issued + YEAR,
    )  # fmt: skip
    late = issued + 8 * DAY
    if acknowledged > late:
        world.plant("P1", champion.draft, late, acknowledged - DAY, "Brief not acknowledged for more than a week.")
    if first:
        again = world.about(64)
        texts["boundaries"] = BRIEFS[name][3]
        world.add(
            RoleBriefs, **common, **texts, version=2, issued_on=again, acknowledged_on=working(again + 2 * DAY),
            clear="Yes", review_due=again + YEAR,
        )  # fmt: skip
        world.plant("P1", champion.draft, acknowledged, again - DAY, "Responsibilities only partly clear.")
        world.plant("P7", champion.draft, issued, again - DAY, "Boundaries put in three words.")
    return issued


def _commit(world: World, champion: Champion) -> None:
    person = champion.person
    home = HOME[person.home]
    world.add(
        ImplementationPlan,
        champion_id=champion.draft,
        hours_per_week=person.hours,
        support_arrangements=SUPPORT[person.name],
        mentor=home.leader,
        confirmed_by=home.manager,
        confirmed_on=champion.commitment,
        review_due=champion.commitment + YEAR,
    )


def _train(world: World, champion: Champion) -> None:
    person, rng = champion.person, world.rng
    for n, module in enumerate(MODULES):
        planned = world.time.office(person.committed + 1 + n)
        supplier = module == MODULES[0]
        trainer, kind = (SUPPLIER, "Supplier") if supplier else (TRAINER, "Internal")
        slow = person.name == "Champion Golf" and module == "Incidents and escalation"
        world.add(
            TrainingMatrix, champion_id=champion.draft, module=module, required=True, trainer=trainer,
            trainer_type=kind, planned_on=planned, completed_on=planned,
            result="Needs more practice" if slow else "Passed",
            refresher_due=None if slow else planned + 2 * YEAR + rng.randint(0, 30) * DAY,
            evidence="Could not yet say when a near miss becomes a notifiable incident; second session agreed."
            if slow else world.draw(EVIDENCE, "training"),
        )  # fmt: skip
        if slow:
            _second_try(world, champion, module, planned)
    if person.name == "Champion Juliet":
        missed = world.about(119)
        world.add(
            TrainingMatrix, champion_id=champion.draft, module="Data protection", required=True,
            trainer=TRAINER, trainer_type="Internal", planned_on=missed,
        )  # fmt: skip
        world.plant("P2", champion.draft, champion.signed, None, "Acting without the data protection module.")


def _second_try(world: World, champion: Champion, module: str, planned: dt.date) -> None:
    passed = working(world.time.at(35) + 17 * DAY)
    world.add(
        TrainingMatrix, champion_id=champion.draft, module=module, required=True, trainer=TRAINER,
        trainer_type="Internal", planned_on=passed, completed_on=passed, result="Passed",
        refresher_due=passed + 2 * YEAR, evidence="Worked through three past incidents and graded each correctly.",
    )  # fmt: skip
    world.plant("P2", champion.draft, planned + DAY, passed - DAY, "Incidents module not passed at the first try.")


def _check(world: World, champion: Champion) -> None:
    person = champion.person
    checked = world.time.office(person.checked)
    levels = dict.fromkeys(AREAS, "Secure")
    levels[AREAS[world.rng.randrange(2)]] = "Developing" if person.strong else "Secure"
    common = {"champion_id": champion.draft, "checked_by": QUALITY_LEAD}
    again = working(checked + 9 * DAY)
    if person.name == "Champion Hotel":
        weak = {**levels, AREAS[0]: "Developing", AREAS[1]: "Developing", AREAS[4]: "Not yet"}
        world.add(
            ReadinessLog, **common, **weak, checked_on=checked, outcome="Further preparation",
            action_needed="Walk through two safeguarding referrals with the manager, shadow the sensor rounds, then "
            "check again.", recheck_due=again,
        )  # fmt: skip
        world.plant("P4", champion.draft, checked, again - DAY, "Two governance areas still developing.")
        world.plant("P6", champion.draft, checked, again - DAY, "Assistive technology not yet understood.")
        checked = again
    world.add(ReadinessLog, **common, **levels, checked_on=checked, outcome="Ready")


def _sign_off(world: World, champion: Champion) -> None:
    person = champion.person
    late = person.name in ("Champion Foxtrot", "Champion Juliet")
    seen = dict.fromkeys(SEEN, True)
    common = {"champion_id": champion.draft, "reviewed_by": PROJECT_LEAD}
    if late:
        world.add(
            StartSignOff, **common, **{**seen, "training_seen": False},
            reviewed_on=working(champion.signed - 9 * DAY), decision="Not yet",
            conditions="Training record to be shown; to shadow another champion until then.",
        )  # fmt: skip
    world.add(
        StartSignOff, **common, **seen, reviewed_on=champion.signed, decision="Signed off",
        conditions=None if person.strong else "Works alongside the team leader for the first fortnight.",
    )  # fmt: skip


def _leavers(world: World) -> None:
    """One champion is reassigned, having started too soon and being chosen for technology; one is paused."""
    early, quiet = world.champions["Champion Foxtrot"], world.champions["Champion Delta"]
    early.left, quiet.left = world.about(98), world.about(128)
    quiet.silent = world.near(98)
    early.careless = world.near(71)
    for champion, status in ((early, "Reassigned"), (quiet, "Paused")):
        if champion.left is not None and champion.left <= world.time.until:
            champion.draft.values.update(status=status, status_since=champion.left)
    identified = early.draft["identified_on"]
    world.plant("P6", early.draft, identified, early.left - DAY, "Chosen for confidence with technology alone.")


def _plant_cover(world: World, code: str) -> None:
    """A service lacks cover while a shift that is worked has no acting champion, or all acting hold one job."""
    team = world.team(code)

    def lacking(day: dt.date) -> bool:
        planned = [c for c in team if c.draft["identified_on"] <= day]
        acting = [c.person for c in planned if c.acting(day)]
        worked = {shift for c in planned for shift in c.person.shifts}
        covered = {shift for person in acting for shift in person.shifts}
        return not acting or bool(worked - covered) or (len(acting) > 1 and len({p.job for p in acting}) == 1)

    for first, last in world.time.stretches(lacking):
        world.plant("P8", code, first, last, "A shift has no acting champion.")
