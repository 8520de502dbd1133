"""Circumstances, comments, observations, advice, and the remarks of reviews."""

CIRCUMSTANCES: tuple[str, ...] = (
    "Two staff short that morning.",
    "Came up during the medication round.",
    "First shift after a week's leave.",
    "Agency colleague on the same corridor.",
    "Noticed while working alongside.",
    "Asked at the start of the shift.",
    "Mentioned in passing at handover.",
    "A visitor was waiting, so it was kept short.",
    "The senior had pointed it out the day before.",
    "Happened just before the doctor's round.",
    "Seen on the overdue list.",
    "Calm shift, with time to go through it properly.",
    "They had tried by themselves first.",
    "Had been shown once in training, some weeks ago.",
    "Found while checking the morning's entries.",
    "Was worried about getting it wrong.",
    "Came up again in the team room afterwards.",
    "Said that nobody had explained this part.",
    "New to the service this month.",
    "Working from the printed quick guide.",
    "English is a second language; short sentences helped.",
    "Prefers to be shown on the device.",
    "Usually confident, thrown by the new screen.",
    "Covering for a colleague off sick.",
    "Late in a long day.",
    "Raised by the person's daughter at a visit.",
    "Spotted in the weekly sample of records.",
    "Had written it down to ask today.",
    "No effect on the person's care.",
    "Care had been given as planned.",
)

COMMENTS: tuple[str, ...] = (
    "Makes sense now that I have done one myself.",
    "I would like to be shown once more on a late shift.",
    "Quicker than I thought.",
    "Less frightened of the amendment button.",
    "It helped to see who reads what I write.",
    "Good that it was somebody from our own team.",
    "I can show the next person.",
    "Still slow, but I know where to look.",
    "Would have asked sooner if I had known that you were on.",
    "The example was better than the training slide.",
    "I did not realise that the totals use this.",
    "Please put the order of steps on the wall.",
    "Saved me ten minutes at the end of the shift.",
    "Fine with this now, less so with plans.",
    "Nice to be asked how it went.",
    "I keep forgetting the reason box.",
    "Clear and not made to feel silly.",
    "Did it alone the day after.",
    "Need practice with the tablet more than with this.",
    "Explained why, not just which button.",
    "Glad that a mistake can be put right openly.",
    "Understood it better than in the classroom.",
)

OBSERVED: tuple[str, ...] = (
    "Watched a full round; entries were made in the room and said what the {p} had chosen.",
    "Handover taken from the live sheet, flags read first, questions answered from the record.",
    "Sat in on a plan review: change proposed, approved and visible in the tasks within the hour.",
    "Alert answered, recorded and closed in order; no prompting needed.",
    "Observed two when-needed doses, reason and effect both entered.",
    "Notes of the whole shift read afterwards: timely, factual, in plain words.",
    "New starter recorded a first incident with the quick guide and told the senior straight away.",
    "Tasks ticked as they were done; one was put off with a proper reason.",
    "Checked how corrections are made on this shift: openly, with the reason given.",
    "Observed the night checks; each was recorded at its own time.",
)

LOW: tuple[str, ...] = (
    "Sorry, I still do not trust myself with it.",
    "I ask every time and then lose the thread.",
    "I would rather that someone else did this part.",
)

UNHELPFUL: tuple[str, ...] = (
    "It was explained too fast, and the screen looked different on my phone.",
    "Told to ask the office, and the office told me to ask you.",
)

#: The remarks of team leaders, when there is something to see.
TEAM_REMARKS: tuple[str, ...] = (
    "Talked through two of the entries at the team meeting, without names.",
    "The questions come from the same two weeks of induction.",
    "Night staff ask less than day staff, which may mean that they ask nobody.",
    "Coaching is specific and kind; the notes show it.",
    "Will look at the same theme again next time.",
    "The quick guide by the office door is being used.",
    "Confidence after support is holding up.",
    "Agency staff account for a good part of it.",
    "Champions have started to send people to the guidance rather than to each other.",
    "One colleague is to be paired with a champion for three shifts.",
    "Compared with the overdue list: the same workflow shows there too.",
    "Nobody had to wait longer than the shift for help.",
    "The short session at handover was welcomed.",
    "Entries are fuller than last time and mention the effect on the person.",
    "Agreed with the champions who covers the weekend.",
    "A few questions were about care rather than about the system; taken to supervision.",
)

MANAGER_GOOD: tuple[str, ...] = (
    "Sampled eight daily records: all but one written within the shift, and personal outcomes are easier to find.",
    "Fewer late signatures on the medication report, and the gaps that remain are explained.",
    "Three plan reviews read; each change had reached the tasks by the next day.",
    "Incident forms now name the immediate action, which they rarely did at the start.",
    "Staff told me whom they ask and what they learnt; two showed me without being asked.",
    "Handover is shorter and the flags are used. The night team reads them back.",
    "Alerts are closed with an outcome in nearly all cases of the sample.",
    "The weekly record audit is up again, helped by evening coaching.",
    "Family feedback mentions that staff know what happened the day before.",
    "Corrections are made openly with a reason; no duplicate notes in this sample.",
    "Fluid and weight records complete for the people at risk.",
    "Overdue tasks at ten in the evening are down to a handful.",
)

MANAGER_EARLY: tuple[str, ...] = (
    "Too soon to judge. Staff are friendly towards the system and slow with it.",
    "First sample: notes are on time, but thin on what people chose. To be looked at again.",
    "Use has gone up with the champions on shift; quality not yet sampled enough to say.",
    "Most staff have signed in daily. Records are uneven between shifts.",
)

MANAGER_BAD: tuple[str, ...] = (
    "Sensor alerts stay open too long and the outcome is often missing, in spite of coaching.",
    "Same finding as last time: alert outcomes missing in five of twelve. Coaching alone has not shifted it.",
)

MANAGER_DECISIONS: tuple[str, ...] = (
    "Carry on; sample night records next.",
    "Champions to keep their protected time through the summer rota.",
    "Share two good examples at the team meeting.",
    "Ask the quality lead to repeat the audit in a month.",
    "Extend the quick guide to agency staff.",
    "Thank the team and tell them why.",
    "Look at the evening shift separately.",
)
