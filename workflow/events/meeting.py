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


@event("ballot_issued")
class BallotIssued(Event):
    """Papers were handed out for one motion a review. new -> issued."""

    campaign: str
    organisation: str
    meeting: str
    day: date
    body: str
    secret: bool | None
    entitled: int
    on_roll: int
    motions: tuple[tuple[str, str], ...]


@event("ballot_counted")
class BallotCounted(Event):
    """The papers were counted. Tallies are (review, level, papers in favour). issued -> counted."""

    issued: int
    collected: int
    valid: int
    invalid: int
    tallies: tuple[tuple[str, str, int], ...]


@event("count_corrected")
class CountCorrected(Event):
    """What was typed differed from the count sheet on paper; a second person put it right."""

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
