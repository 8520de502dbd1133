"""The invented provider: its services, its people by role, its nine champions. Nobody here is a real person."""

from __future__ import annotations

from workbook.model.light_dataclasses import dataclass

PROJECT_LEAD = "Project Lead Rowan"
QUALITY_LEAD = "Quality Lead Maple"
CHAIR = "Board Chair Cedar"
MEMBERS = ("Board Member Holly", "Board Member Sycamore")
TRAINER = "Trainer Aspen"
SUPPLIER = "Supplier Contact Juniper"
COMMISSIONER = "Commissioner Contact Larch"
ADMINISTRATOR = "Administrator Poplar"

SETTINGS: dict[str, str | int | None] = {
    "Provider name": "Fairmead Care Group (an invented provider)",
    "Programme name": "Digital champions 2026",
    "Care system": "CareTrail",
    "Care system supplier": "CareTrail Systems",
    "Project board name": "Digital Care Records Project Board",
    "Board quorum": 3,
    "Early implementation weeks": 12,
    "Inspection framework": "Quality statements",
    "Contact e-mail": None,
    "Documents folder": None,
    "Date order": None,
}


@dataclass(frozen=True)
class Home:
    """A service that takes part. Days are days of the story."""

    code: str
    name: str
    kind: str
    manager: str
    leader: str
    live: int
    stable: int | None
    person: str
    staff: tuple[str, ...]
    rate: float


def _staff(carers: range, seniors: range, *others: str, word: str = "Carer") -> tuple[str, ...]:
    return (*(f"{word} {n}" for n in carers), *(f"Senior {word} {n}" for n in seniors), *others)


HOMES: tuple[Home, ...] = (
    Home(
        "OAK", "Oak House", "Residential care home", "Manager Oak", "Leader Elm", 7, 126, "resident",
        _staff(range(1, 12), range(1, 4), "Activities Worker 1"), 5.6,
    ),
    Home(
        "RIV", "Riverside Home Care", "Home care", "Manager River", "Leader Birch", 35, None, "client",
        _staff(range(21, 32), range(21, 24)), 5.2,
    ),
    Home(
        "LIME", "Lime Court", "Supported living", "Manager Lime", "Leader Hazel", 77, None, "tenant",
        _staff(range(41, 50), range(41, 43), word="Support Worker"), 4.8,
    ),
)  # fmt: skip
HOME = {home.code: home for home in HOMES}

#: (person, role, service) as in People.
ROLES: tuple[tuple[str, str, str | None], ...] = (
    (PROJECT_LEAD, "Project lead", None),
    (QUALITY_LEAD, "Quality lead", None),
    (CHAIR, "Board chair", None),
    *((name, "Board member", None) for name in MEMBERS),
    (PROJECT_LEAD, "Board member", None),
    (QUALITY_LEAD, "Board member", None),
    (TRAINER, "Trainer", None),
    (SUPPLIER, "Supplier contact", None),
    (COMMISSIONER, "Commissioner contact", None),
    (ADMINISTRATOR, "Administrator", None),
    *((home.manager, "Registered manager", home.code) for home in HOMES),
    *((home.leader, "Team leader", home.code) for home in HOMES),
)


@dataclass(frozen=True)
class Person:
    """A champion as chosen. Days are days of the story; `shifts` begin with the usual one."""

    name: str
    job: str
    home: str
    shifts: tuple[str, ...]
    understanding: int
    technology: int
    identified: int
    issued: int
    acknowledged: int
    committed: int
    checked: int
    signed: int
    hours: int
    strong: bool
    why: str


CHAMPIONS: tuple[Person, ...] = (
    Person(
        "Champion Alpha", "Senior carer", "OAK", ("Early", "Late", "Weekend"), 5, 4, -30, -28, -25, -24, -6, 2, 4, True,
        "Mentors new starters on the ground floor and is the person colleagues already ask about daily notes; writes "
        "full, factual entries and knows when to call the team leader.",
    ),
    Person(
        "Champion Bravo", "Care assistant", "OAK", ("Late", "Early", "Weekend"), 4, 4, -30, -28, -26, -24, -5, 2, 4,
        True, "Works most evenings, when tasks pile up, and asked for the role after a good audit of the unit's "
        "medication records.",
    ),
    Person(
        "Champion Delta", "Care assistant", "OAK", ("Night", "Weekend"), 4, 3, -29, -27, -24, -23, -5, 2, 4, False,
        "One of two permanent night staff. Patient with colleagues who are unsure of the tablets; needed so that "
        "nights are not left to read instructions alone.",
    ),
    Person(
        "Champion Echo", "Senior carer", "RIV", ("Day", "Early", "Late"), 4, 5, 10, 13, 26, 16, 25, 29, 4, True,
        "Coordinates the double-up rounds, so meets nearly every carer in a week. Careful about consent and about what "
        "belongs in a visit note.",
    ),
    Person(
        "Champion Foxtrot", "Care assistant", "RIV", ("Early", "Day"), 2, 5, 11, 14, 17, 18, 26, 41, 4, False,
        "Very quick with the phone app and set up the handsets for the whole team. Has been in care for five months.",
    ),
    Person(
        "Champion Golf", "Care assistant", "RIV", ("Late", "Weekend", "Day", "Early"), 4, 4, 11, 14, 18, 18, 25, 29, 4,
        True, "Covers tea and bedtime calls and most weekends. Reads alerts as they come in and follows them up "
        "unasked.",
    ),
    Person(
        "Champion Hotel", "Senior carer", "LIME", ("Day", "Early", "Weekend"), 4, 4, 44, 47, 49, 48, 60, 72, 4, True,
        "Wrote most of the support plans that moved into the system and explains them well to agency staff.",
    ),
    Person(
        "Champion India", "Activities lead", "LIME", ("Late", "Day", "Weekend"), 4, 4, 44, 47, 51, 49, 61, 72, 3, True,
        "Sees tenants across all three flats and notices when a goal in the plan is no longer the person's own.",
    ),
    Person(
        "Champion Juliet", "Care assistant", "LIME", ("Night", "Late"), 4, 3, 46, 48, 51, 50, 63, 91, 3, False,
        "Sleeps in four nights a week and answers the door sensors and epilepsy monitors; wants night records to say "
        "more than “slept well”.",
    ),
)  # fmt: skip
