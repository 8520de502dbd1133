"""Triggers on preparing champions (article, operational example 1)."""

from workbook.model.triggers import PREPARING, Parameter, ScopeKind, Trigger

PREPARING_TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        id="P1",
        title="Unclear responsibilities",
        part=PREPARING,
        scope=ScopeKind.CHAMPION,
        rule=(
            "No role brief: an early warning before sign-off; once the champion is signed off or active it needs "
            "action. Or the newest role brief lacks one of the three responsibilities (peer support, issue "
            "reporting, promoting correct workflows) or the role boundaries; is more than {Acknowledge within days} "
            "days old and not acknowledged; or `Responsibilities clear` says Partly or No, or is still blank after "
            "{Acknowledge within days} days. A late acknowledgement cures."
        ),
        clears="A complete role brief that the champion has acknowledged and finds clear.",
        action=(
            "Issue or complete the role brief, go through it with the champion, and note that it is acknowledged and "
            "clear."
        ),
        source="Article, example 1, step 2 and governance.",
        parameters=(
            Parameter(
                "Acknowledge within days",
                7,
                "days",
                "How many days after issue a role brief may wait to be acknowledged and found clear.",
            ),
        ),
    ),
    Trigger(
        id="P2",
        title="Incomplete enhanced training",
        part=PREPARING,
        scope=ScopeKind.CHAMPION,
        rule=(
            "For a module that is marked as required: nothing is passed and its planned date is past, or the champion"
            " is signed off or active already; or the refresher of the newest pass is overdue. Also where a champion "
            "is signed off or active and no module is marked as required. A later pass cures."
        ),
        clears="Every required module passed and its refresher not overdue.",
        action=(
            "Arrange the missing training or refresher, and pause the champion's support to staff until it is passed."
        ),
        source="Article, example 1, step 3 and governance.",
    ),
    Trigger(
        id="P3",
        title="Lack of protected time",
        part=PREPARING,
        scope=ScopeKind.CHAMPION,
        rule=(
            "No protected time in force: an early warning before sign-off; once the champion is signed off or active"
            " it needs action. Or the hours in force add up to fewer than {Minimum hours} a week; or the hours given"
            " in the last {Weeks} full weeks are below {Minimum share percent}% of those agreed for the weeks with "
            "an entry (judged from {Minimum entries} entries; with fewer there is too little to say)."
        ),
        clears="Enough protected time in force, and given week by week.",
        action="Agree protected time for the champion with the registered manager, and see that the rota gives it.",
        source="Article, example 1, step 5 and governance.",
        parameters=(
            Parameter("Minimum hours", 2, "hours a week", "The fewest protected hours a week that a champion needs."),
            Parameter(
                "Weeks", 8, "weeks", "How many full weeks, Monday to Sunday, are looked back over for the hours given."
            ),
            Parameter(
                "Minimum share percent", 75, "percent", "The lowest share of the agreed hours that must be given."
            ),
            Parameter(
                "Minimum entries", 3, "entries", "How many weekly entries are needed before the share is judged."
            ),
        ),
    ),
    Trigger(
        id="P4",
        title="Poor understanding of care governance",
        part=PREPARING,
        scope=ScopeKind.CHAMPION,
        rule=(
            "The newest readiness check says Not yet for recording standards, escalation routes or governance "
            "expectations, or Developing for {Developing areas} or more of them; or its re-check is overdue; or a "
            "champion is signed off or active without any readiness check."
        ),
        clears="A newer readiness check that shows enough understanding of all three areas.",
        action="Arrange further preparation in care governance and a re-check, or consider reassigning the role.",
        source="Article, example 1, step 4 and governance.",
        parameters=(
            Parameter(
                "Developing areas",
                2,
                "areas",
                "How many of the three areas may not be only Developing at the same time.",
            ),
        ),
    ),
    Trigger(
        id="P5",
        title="Started before sign-off",
        part=PREPARING,
        scope=ScopeKind.CHAMPION,
        rule=(
            "Support was given on a day when the latest start sign-off on or before that day did not say Signed off, "
            "or there was none. A sign-off on the same day counts."
        ),
        clears=(
            "Past entries stay in the log, so this stays until their dates or the sign-off date are put right; agree "
            "with the project lead how the entries are treated."
        ),
        action="Stop the champion's support until the start sign-off is done, and review the support already given.",
        source=(
            "Article, example 1, governance: reviewed by the project lead before champions begin supporting staff."
        ),
    ),
    Trigger(
        id="P6",
        title="Weak understanding of care workflows",
        part=PREPARING,
        scope=ScopeKind.CHAMPION,
        rule=(
            "Care workflow understanding is scored {Understanding at most} or lower, or technology confidence is "
            "{Technology gap} or more points above it (chosen for confidence with technology alone); or the newest "
            "readiness check says Not yet for care workflows or assistive technology."
        ),
        clears="A newer readiness check without Not yet, and scores that show an understanding of care workflows.",
        action="Prepare the champion further in care workflows before relying on their advice.",
        source="Article, example 1, what can go wrong.",
        parameters=(
            Parameter(
                "Understanding at most",
                2,
                "score",
                "The highest score of care workflow understanding that counts as weak.",
            ),
            Parameter(
                "Technology gap",
                2,
                "points",
                "How many points technology confidence may not stand above care workflow understanding.",
            ),
        ),
        warns_only=True,
    ),
    Trigger(
        id="P7",
        title="Unclear role boundaries",
        part=PREPARING,
        scope=ScopeKind.CHAMPION,
        rule=(
            "The newest role brief leaves the role boundaries blank, or describes them in fewer than {Minimum words} "
            "words."
        ),
        clears="A role brief that says in a full sentence what the champion does not do.",
        action="Write down in the role brief what the champion does not do.",
        source="Article, example 1, what can go wrong.",
        parameters=(
            Parameter("Minimum words", 5, "words", "The fewest words in which role boundaries can be described."),
        ),
        warns_only=True,
    ),
    Trigger(
        id="P8",
        title="Cover gap",
        part=PREPARING,
        scope=ScopeKind.SERVICE,
        rule=(
            "A shift seen in the support log or the workforce plan is worked by no champion of the service who is "
            "signed off or active; or the service has no such champion at all; or it has two or more and all hold the "
            "same job role."
        ),
        clears="Champions of different job roles, signed off or active, who between them work every shift seen.",
        action="Identify a champion for the shifts or job roles that are not covered.",
        source="Article, example 1, step 1: from different roles and shifts.",
        warns_only=True,
    ),
)
