"""What happens to a meeting and to the ballot sheets used at it."""

from datetime import date

from workflow.event import Event, event


@event("meeting_planned")
class MeetingPlanned(Event):
    """A meeting was set for a day with its agenda. new or planned -> planned."""

    campaign: str
    organisation: str
    venue: str
    day: date
    agenda: tuple[str, ...]
    chairs: tuple[str, ...]


@event("meeting_recorded")
class MeetingRecorded(Event):
    """A meeting took place: who was there, what was taken in which order, who chaired. -> held."""

    campaign: str
    organisation: str
    venue: str
    day: date
    agenda: tuple[str, ...]
    chairs: tuple[str, ...]
    present: int
    invited: int
    superior_attended: bool = False
    minutes: str | None = None


@event("meeting_cancelled")
class MeetingCancelled(Event):
    """A planned meeting was called off. planned -> cancelled."""

    reason: str


@event("ballot_issued", version=2)
class BallotIssued(Event):
    """Papers were handed out, one row a review. new -> issued.

    `form` is "motion" (one level a row) or "columns" (every level), `count` how the columns count, `round` 2
    for the second of two. `entitled` count in the denominator, `casting` were to get a paper; `barred`,
    `absent` and `exempt_attending` say by how many the two lists differ from the roll. `voters` covers both
    lists by a digest; it is empty where none were kept. `counters` are the counting team, `barred_counters`
    how many of them have a conflict of interest. Who voted what is nowhere.
    """

    campaign: str
    organisation: str
    meeting: str
    day: date
    body: str
    secret: bool | None
    entitled: int
    on_roll: int
    motions: tuple[tuple[str, str], ...]
    form: str
    count: str
    round: int
    casting: int
    barred: int
    absent: int
    exempt_attending: int
    voters: str
    counters: tuple[str, ...]
    barred_counters: int


@event("ballot_counted")
class BallotCounted(Event):
    """The papers were counted. Tallies are (review, level, papers in favour). issued -> counted."""

    issued: int
    collected: int
    valid: int
    invalid: int
    tallies: tuple[tuple[str, str, int], ...]


@event("count_confirmed")
class CountConfirmed(Event):
    """A second person confirmed the count as it was entered. counted -> confirmed."""

    entered_by: str


@event("count_corrected")
class CountCorrected(Event):
    """A second person put a count right that differed from the paper. counted or confirmed -> counted."""

    review: str
    level: str
    was: int
    now: int
    reason: str
    entered_by: str


@event("ballot_repeated")
class BallotRepeated(Event):
    """The ballot is to be held again. counted -> repeated."""

    reason: str
