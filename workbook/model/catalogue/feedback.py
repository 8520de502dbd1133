"""Triggers on champion feedback (article, operational example 3)."""

from workbook.model.triggers import FEEDBACK, Parameter, ScopeKind, Trigger

FEEDBACK_TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        id="F1",
        title="Recurring unresolved issues",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "An issue has been open for more than {Open days} days and at least {Repeats} other issue is a `Repeat "
            "of` it; or an issue was raised as a `Repeat of` one that had been closed no more than {Reopen days} days "
            "before; or the change history shows that an issue went from Closed to another status within so many days. "
            "A reopening needs action even once the issue is closed again."
        ),
        clears=(
            "Closing the original issue, with what resolved it. An issue that came back soon after closing stays in "
            "sight, so that the board asks why the first remedy did not hold."
        ),
        action="Bring the recurring issues to the project board, and engage the supplier where the system causes them.",
        source="Article, example 3, governance: recurring unresolved issues.",
        parameters=(
            Parameter("Open days", 28, "days", "How many days an issue may be open before its repeats count."),
            Parameter("Repeats", 1, "issues", "How many issues must be a repeat of it."),
            Parameter("Reopen days", 28, "days", "Within how many days of closing a repeat counts as a reopening."),
        ),
    ),
    Trigger(
        id="F2",
        title="Audit concerns",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "Any quality review says that care evidence, risk management or audit quality is affected, with severity "
            "Medium or High, and the issue is not closed; or the newest reading from audits of a measure and service "
            "has `Concern raised` Yes; or the run-chart rules signal a worsening in record completion."
        ),
        clears=(
            "Closing the issues that quality reviews found serious, a newer audit reading without a concern, and "
            "record completion that is no longer signalled as worsening."
        ),
        action="Bring the audit concerns to the project board, and agree what restores sound care records.",
        source="Article, example 3, step 3 and governance: audit concerns.",
    ),
    Trigger(
        id="F3",
        title="Staff dissatisfaction",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "The newest reading of staff satisfaction in a service misses its target, or the run-chart rules signal "
            "that it is worsening; or a service has at least {Concerns} staff concerns in {Window days} days."
        ),
        clears="Staff satisfaction back at its target and no longer worsening, and fewer new staff concerns.",
        action="Bring what staff are unhappy with to the project board, and tell them what it decides.",
        source="Article, example 3, governance: staff dissatisfaction.",
        parameters=(
            Parameter("Concerns", 3, "concerns", "How many staff concerns in one service are enough."),
            Parameter("Window days", 28, "days", "The days over which staff concerns are counted, today included."),
        ),
        window="Window days",
    ),
    Trigger(
        id="F4",
        title="Configuration barrier affecting safe recording",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule="An issue with the category Configuration and `Safe recording affected` Yes is not closed.",
        clears="Closing the issue once the configuration no longer stands in the way of safe recording.",
        action="Ask the project board for the change, engage the supplier, and agree a safe way to record meanwhile.",
        source="Article, example 3, governance: configuration barriers affecting safe recording.",
    ),
    Trigger(
        id="F5",
        title="Loop not closed",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "A board decision is more than {Share within days} days past its due date and no update on it was shared "
            "with a service it affects; or the newest update on a decision in a service says No change or More "
            "confusion; or it has said Too early for more than {Too early days} days. Decisions for No action are left "
            "out."
        ),
        clears=(
            "An update shared with every service that the decision affects, whose result says that there is less "
            "confusion or better use of the system."
        ),
        action="Have champions share the decision with staff, and bring back to the board what did not help.",
        source="Article, example 3, step 5 and consistency: closing the feedback loop.",
        parameters=(
            Parameter("Share within days", 14, "days", "How long after its due date a decision may wait to be shared."),
            Parameter("Too early days", 28, "days", "How long an update may say that it is too early to tell."),
        ),
    ),
    Trigger(
        id="F6",
        title="Reported without change",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "An issue was reported again, and {Meetings} meetings of the project board have been held since the day "
            "the original was raised without a decision on the original or the repeat."
        ),
        clears="A board decision on the original issue or on its repeat, even a decision for no action.",
        action="Put the repeated issue on the agenda of the next project board, for a decision.",
        source="Article, example 3, early warning signs: repeated issues without change.",
        parameters=(
            Parameter("Meetings", 2, "meetings", "How many board meetings may pass before it is an early warning."),
        ),
        warns_only=True,
    ),
    Trigger(
        id="F7",
        title="Staff losing confidence",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "The run-chart rules signal a worsening in a measure of staff confidence, or in the weekly mean score "
            "after support over all services, taken for full weeks with at least {Minimum scores} scores; or either "
            "drifts down slowly."
        ),
        parameters=(
            Parameter("Minimum scores", 3, "scores", "From how many scores on a week has a mean that is judged."),
        ),
        clears="Figures that the run-chart rules no longer signal as worsening.",
        action="Ask staff and champions what has made the system harder, and tell the project board.",
        source="Article, example 3, early warning signs: staff losing confidence.",
        warns_only=True,
    ),
    Trigger(
        id="F8",
        title="Issues not categorised or not quality-checked",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "An issue was raised more than {Within days} days ago and has no category, or no quality review. Closed "
            "issues count; doing it late cures."
        ),
        clears="A category by the project lead and a review by the quality lead for each issue.",
        action="Categorise the waiting issues, and ask the quality lead to check them.",
        source="Article, example 3, steps 2 and 3.",
        parameters=(
            Parameter("Within days", 14, "days", "How many days after it is raised an issue may wait for both."),
        ),
        warns_only=True,
    ),
    Trigger(
        id="F9",
        title="Actions overdue or done without evidence",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "An action was due before today and is neither done nor cancelled, one that is only proposed included; or "
            "an action is done and its evidence of completion is blank."
        ),
        clears="Doing or cancelling what is overdue, or agreeing a new date; and evidence for what is done.",
        action="Go through the overdue actions with their owners, and write down what shows that the others are done.",
        source="Article, example 3, consistency, and conclusion: action tracking.",
        warns_only=True,
    ),
    Trigger(
        id="F10",
        title="Supplier reply overdue",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule="A reply was due before today, none has come, and the issue is not closed.",
        clears="The reply, with its date, or closing the issue.",
        action="Ask the supplier for the reply, and tell the project board if it does not come.",
        source="Article, example 3, escalation: supplier engagement.",
        warns_only=True,
    ),
    Trigger(
        id="F11",
        title="Outcomes not evidenced",
        part=FEEDBACK,
        scope=ScopeKind.PROGRAMME,
        rule=(
            "One of the three parts (Preparing champions, Live support, Champion feedback) has no measure with a "
            "baseline, or none of its measures has a reading in the last {Days} days."
        ),
        clears="A measure with a baseline for each part, and a recent reading of one of them.",
        action="Agree a measure with a baseline for each part, and enter its newest figure with its source.",
        source="Article, evidence and outcomes of each example.",
        parameters=(Parameter("Days", 28, "days", "How many days a part may go without a reading."),),
        window="Days",
        warns_only=True,
    ),
)
