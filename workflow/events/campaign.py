"""What happens to a campaign and to the lists kept in it."""

from datetime import date

from workflow.event import Event, event


@event("campaign_planned")
class CampaignPlanned(Event):
    """A campaign was planned under a pinned rulebook. new -> planned."""

    campaign: str
    year: int
    period: str
    quarter: int | None = None
    rulebook: str
    rulebook_hash: str
    organisation: str
    superior: str
    roster_day: date


@event("opening_started")
class OpeningStarted(Event):
    """The roster is being expanded into reviews. planned -> opening."""

    subjects: int
    believed_at: str


@event("batch_opened")
class BatchOpened(Event):
    """One batch of reviews was opened. opening -> opening."""

    batch: int
    first: str
    last: str
    count: int


@event("opening_finished")
class OpeningFinished(Event):
    """Every review is there and the campaign can be seen. opening -> open."""

    reviews: int
    exempt: int


@event("special_merit_granted")
class SpecialMeritGranted(Event):
    """The superior recognised specially excellent achievements of a body, which lifts its quota."""

    organisation: str
    document: str


@event("campaign_closed")
class CampaignClosed(Event):
    """The campaign ended. open -> closed."""

    unsettled: int


@event("roster_changed")
class RosterChanged(Event):
    """Roster rows were written or closed; each is covered by its salted digest."""

    source: str
    part: int
    parts: int
    digests: tuple[str, ...]
    closed: int


@event("list_entry_recorded")
class ListEntryRecorded(Event):
    """An entry joined a list of what is otherwise known only by its absence; the content lies apart."""

    campaign: str
    organisation: str
    list: str
    entry: str
    digest: str


@event("list_entry_settled")
class ListEntrySettled(Event):
    """A shortcoming was remedied, a complaint verified, a suggested report received, on a day."""

    campaign: str
    organisation: str
    list: str
    entry: str
    settled_on: date


@event("list_declared_complete")
class ListDeclaredComplete(Event):
    """A body declared that a list of its organisation is complete as of a day, that day included."""

    campaign: str
    organisation: str
    list: str
    as_of: date


@event("neighbour_rated")
class NeighbourRated(Event):
    """The rating of a same-level body became known: its place on its own scale, 1 being the best."""

    campaign: str
    organisation: str
    neighbour: str
    neighbour_kind: str
    rank: int
    scale_length: int
    rated_on: date
    document: str
