"""The inspection frameworks, dated, and the categories of evidence. The regulator publishes no ids; these are names.

To update them: change the statements and the date here, and in `evidence.py` which register shows what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.model.light_dataclasses import dataclass
from workbook.model.registers.setup import FRAMEWORKS

EXPERIENCE = "People's experience of health and care services"
STAFF_FEEDBACK = "Feedback from staff and leaders"
PARTNER_FEEDBACK = "Feedback from partners"
OBSERVATION, PROCESSES, OUTCOMES = "Observation", "Processes", "Outcomes"
CATEGORIES = (EXPERIENCE, STAFF_FEEDBACK, PARTNER_FEEDBACK, OBSERVATION, PROCESSES, OUTCOMES)


@dataclass(frozen=True)
class Framework:
    """An inspection framework.

    Attributes:
        name: as in the setting Inspection framework.
        dated: what it is as of, in words.
        questions: each key question with its statements.
    """

    name: str
    dated: str
    questions: Sequence[tuple[str, Sequence[str]]]

    def statements(self) -> list[str]:
        """All statements, in their order."""
        return [statement for _, statements in self.questions for statement in statements]


QUALITY_STATEMENTS = Framework(
    FRAMEWORKS[0],
    "34 quality statements, in use since November 2023",
    (
        (
            "Safe",
            (
                "Learning culture",
                "Safe systems, pathways and transitions",
                "Safeguarding",
                "Involving people to manage risks",
                "Safe environments",
                "Safe and effective staffing",
                "Infection prevention and control",
                "Medicines optimisation",
            ),
        ),
        (
            "Effective",
            (
                "Assessing needs",
                "Delivering evidence-based care and treatment",
                "How staff, teams and services work together",
                "Supporting people to live healthier lives",
                "Monitoring and improving outcomes",
                "Consent to care and treatment",
            ),
        ),
        (
            "Caring",
            (
                "Kindness, compassion and dignity",
                "Treating people as individuals",
                "Independence, choice and control",
                "Responding to people's immediate needs",
                "Workforce wellbeing and enablement",
            ),
        ),
        (
            "Responsive",
            (
                "Person-centred care",
                "Care provision, integration and continuity",
                "Providing information",
                "Listening to and involving people",
                "Equity in access",
                "Equity in experiences and outcomes",
                "Planning for the future",
            ),
        ),
        (
            "Well-led",
            (
                "Shared direction and culture",
                "Capable, compassionate and inclusive leaders",
                "Freedom to speak up",
                "Workforce equality, diversity and inclusion",
                "Governance, management and sustainability",
                "Partnerships and communities",
                "Learning, improvement and innovation",
                "Environmental sustainability - sustainable development",
            ),
        ),
    ),
)
KEY_LINES = Framework(
    FRAMEWORKS[1],
    "24 draft key lines of enquiry, published in March 2026, not in force yet",
    (
        (
            "Safe",
            (
                "Safety culture",
                "Managing risks during care and treatment",
                "Safe systems, pathways and transitions",
                "Safeguarding",
                "Safe environments and infection prevention and control",
                "Safe staffing",
                "Safe medicines and treatments",
            ),
        ),
        (
            "Effective",
            (
                "Assessing needs",
                "Evidence-based care and equitable outcomes",
                "Supporting people to live healthier lives",
                "Consent to care and treatment",
            ),
        ),
        (
            "Caring",
            (
                "Kindness, compassion and dignity",
                "Person-centred care",
                "Independence, choice and control",
            ),
        ),
        (
            "Responsive",
            (
                "Care provision, integration and continuity",
                "Listening to and responding to feedback",
                "Timely and equitable access",
                "Equity in experiences",
            ),
        ),
        (
            "Well-led",
            (
                "Strategic direction",
                "Workforce equity and culture",
                "Capable and compassionate leaders",
                "Governance and management",
                "Partnerships and communities",
                "Improvement, innovation and learning",
            ),
        ),
    ),
)
ALL: Mapping[str, Framework] = {f.name: f for f in (QUALITY_STATEMENTS, KEY_LINES)}
