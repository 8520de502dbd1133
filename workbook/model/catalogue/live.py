"""Triggers on live support (article, operational example 2)."""

from workbook.model.triggers import LIVE, Parameter, ScopeKind, Trigger

LIVE_TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        id="S1",
        title="Repeated support needs",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "The same workflow and support need came at least {Count} times in the {Window days} days up to the "
            "day, and one time more for each begun {Entries per extra count} entries with a need beyond {Entries "
            "without extra} in the service, from at least {Different staff} different staff and on at least "
            "{Different dates} different dates. At {Count} times alone it is an early warning: where much is asked, "
            "some need comes that often by chance. Observations with no need do not count."
        ),
        clears=(
            "Fewer entries of that need within the window: give guidance to the whole team, then watch whether it "
            "still comes."
        ),
        action="Review this support need with the team and give standardised guidance on it.",
        source="Article, example 2, governance: repeated support needs.",
        parameters=(
            Parameter("Count", 3, "entries", "How many entries of one workflow and need make it a repeated need."),
            Parameter("Window days", 14, "days", "How many days back to look, the day itself included."),
            Parameter(
                "Entries without extra",
                10,
                "entries",
                "Up to how many entries with a need in the window Count is enough.",
            ),
            Parameter(
                "Entries per extra count",
                15,
                "entries",
                "For each begun so many entries beyond these a need has to come one time more; 0: never.",
            ),
            Parameter("Different staff", 2, "people", "From how many different members of staff the need has to come."),
            Parameter("Different dates", 2, "dates", "On how many different dates the need has to come."),
        ),
        window="Window days",
    ),
    Trigger(
        id="S2",
        title="Conflicting advice",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "For the same workflow and support need in the last {Window days} days, two champions followed "
            "different guidance, both in force when they followed it and on one day of these. It is an early warning "
            "where one followed the guidance in force and another's entry names none although there was guidance in "
            "force. Guidance that was withdrawn or replaced by then is told of by Check entries."
        ),
        clears="One agreed guidance that all champions follow, and no contrary entry within the window.",
        action="Agree one standardised guidance for this need with the champions, and withdraw the other.",
        source="Article, example 2, governance: conflicting advice.",
        parameters=(Parameter("Window days", 28, "days", "How many days back to look, the day itself included."),),
        window="Window days",
    ),
    Trigger(
        id="S3",
        title="Persistent low confidence",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "The last {Scores running} scores after support of a member of staff, all of the last {Scores within days} "
            "days, are at most {Score at most}; or "
            "the median score after support in the service over {Window days} days is at most {Median at most}, "
            "with at least {Minimum scores} scores."
        ),
        clears=(
            "A newer score above {Score at most} from that member of staff, or none for {Scores within days} days; and "
            "a median above {Median at most} in the service."
        ),
        action="Talk with the staff whose confidence stays low, and agree what further support they need.",
        source="Article, example 2, governance: persistent low confidence.",
        parameters=(
            Parameter("Score at most", 2, "score", "A score after support up to this one is low."),
            Parameter("Scores running", 2, "scores", "How many of a person's last scores have to be low."),
            Parameter(
                "Scores within days", 56, "days", "For how many days a person's score counts, the day itself included."
            ),
            Parameter("Median at most", 2.5, "score", "A median of the service up to this one is low."),
            Parameter("Window days", 14, "days", "How many days back the median looks, the day itself included."),
            Parameter("Minimum scores", 5, "scores", "From how many scores on a median is judged."),
        ),
        window="Window days",
    ),
    Trigger(
        id="S4",
        title="Bypassing agreed workflows",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "At least {Count} entry of the last {Window days} days says that a workaround was seen. {Repeat count} "
            "in the same workflow are called repeated."
        ),
        clears="No workaround seen within the window.",
        action="Find out why staff go around the agreed workflow, and remove the reason or give guidance.",
        source="Article, example 2, governance: staff bypassing agreed workflows.",
        parameters=(
            Parameter("Count", 1, "entries", "How many workarounds seen ask for action."),
            Parameter("Window days", 14, "days", "How many days back to look, the day itself included."),
            Parameter("Repeat count", 2, "entries", "How many in one workflow are called repeated."),
        ),
        window="Window days",
    ),
    Trigger(
        id="S5",
        title="Hidden workarounds",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "What an entry of the last {Window days} days says speaks of a workaround (paper notes, writing up later, "
            "another's login and the like; the list of phrases can be extended) while `Workaround seen` is No."
        ),
        clears="`Workaround seen` set to Yes where it was one, or the words of the entry made clear.",
        action="Read these entries with the champion, and mark the workarounds as seen.",
        source="Article, example 2: hidden workarounds.",
        parameters=(Parameter("Window days", 28, "days", "How many days back to look, the day itself included."),),
        window="Window days",
        warns_only=True,
    ),
    Trigger(
        id="S6",
        title="Repeated questions",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "The same member of staff needed help with the same workflow and need at least {Count} times in {Window "
            "days} days."
        ),
        clears="Fewer than {Count} such entries within the window.",
        action="Offer this member of staff time with a champion on this need.",
        source="Article, example 2: repeated questions.",
        parameters=(
            Parameter("Count", 2, "entries", "How many times the same person asks the same thing."),
            Parameter("Window days", 14, "days", "How many days back to look, the day itself included."),
        ),
        window="Window days",
        warns_only=True,
    ),
    Trigger(
        id="S7",
        title="Problems solved without evidence",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "More than {Share percent}% of at least {Minimum entries} entries with a need of the last {Window days} "
            "days have no coaching recorded, or no feedback within {Feedback within days} days; or an entry of the "
            "last {Unlinked within days} days that was Escalated or Unresolved is linked by no issue after {Link "
            "within days} days."
        ),
        clears=(
            "Coaching and feedback recorded for more of the entries, and an issue in the Improvement log that lists "
            "each entry not resolved under `Linked support`."
        ),
        action="Complete the coaching and feedback of these entries, and raise an issue for what was not resolved.",
        source="Article, example 2: problems solved informally without evidence or escalation.",
        parameters=(
            Parameter(
                "Share percent", 30, "percent", "The share of entries without evidence above which it is a warning."
            ),
            Parameter(
                "Feedback within days", 7, "days", "Within how many days of the support feedback should be there."
            ),
            Parameter("Window days", 28, "days", "How many days back to look, the day itself included."),
            Parameter("Minimum entries", 10, "entries", "From how many entries on the share is judged."),
            Parameter(
                "Link within days",
                7,
                "days",
                "How many days an entry not resolved may wait for an issue that links it.",
            ),
            Parameter("Unlinked within days", 56, "days", "For how many days an entry that no issue links is told of."),
        ),
        window="Window days",
        warns_only=True,
    ),
    Trigger(
        id="S8",
        title="Quiet champion",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "A champion who is signed off or active has no support entry, shift observed or issue for {Days} days. A"
            " week of Protected time counts if its Monday is among those days and a shift was observed. The days of a "
            "week whose `Reason if short` says leave, sickness or training are not among them (the list of words can "
            "be extended)."
        ),
        clears="A support entry, a shift observed or an issue from the champion.",
        action="Ask the champion what keeps them from supporting staff, and whether they have the time for it.",
        source="Article, example 2, step 1.",
        parameters=(
            Parameter("Days", 21, "days", "For how many days nothing is heard of a champion before it is a warning."),
        ),
        window="Days",
        warns_only=True,
    ),
    Trigger(
        id="S9",
        title="Support not helping",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "Staff said at least {Count} times in {Window days} days that support did not help, and these are at least "
            "{Share percent}% of the answers; or the newest {Reviews running} manager reviews each say No to system "
            "use or record quality improving."
        ),
        clears="Fewer answers No within the window, and a newer manager review without a No.",
        action="Review with the champions why the support does not help, and change how it is given.",
        source="Article, example 2, steps 3 and 5.",
        parameters=(
            Parameter("Count", 2, "entries", "From how many answers No on it may be an early warning."),
            Parameter("Share percent", 20, "percent", "From which share of the answers on these count."),
            Parameter("Reviews running", 2, "reviews", "How many manager reviews with a No one after the other."),
            Parameter(
                "Window days", 14, "days", "How many days back the answers are counted, the day itself included."
            ),
        ),
        window="Window days",
        warns_only=True,
    ),
    Trigger(
        id="S10",
        title="Mostly technical",
        part=LIVE,
        scope=ScopeKind.SERVICE,
        rule=(
            "More than {Share percent}% of at least {Minimum entries} entries with a need in {Window days} days "
            "were about logging in or a device: champions are more than a help desk."
        ),
        clears="A share of at most {Share percent}% within the window.",
        action=(
            "Pass logging in and device problems to technical support, so that champions have time for recording "
            "practice."
        ),
        source="Article, introduction: champions are not informal system experts.",
        parameters=(
            Parameter("Share percent", 50, "percent", "The share of technical needs above which it is a warning."),
            Parameter("Minimum entries", 10, "entries", "From how many entries on the share is judged."),
            Parameter("Window days", 28, "days", "How many days back to look, the day itself included."),
        ),
        window="Window days",
        warns_only=True,
    ),
)
