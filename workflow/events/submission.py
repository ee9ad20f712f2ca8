"""What happens to the bundle an organisation sends to its superior."""

from datetime import date

from workflow.event import Event, event


@event("bundle_submitted", version=2)
class BundleSubmitted(Event):
    """The organisation reported its results to its superior. new or returned -> submitted.

    `hour` ("15:00", Asia/Ho_Chi_Minh) is there where it was told.
    """

    campaign: str
    organisation: str
    to: str
    kind: str
    on: date
    rows: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    hour: str | None = None


@event("bundle_returned")
class BundleReturned(Event):
    """The superior sent the whole bundle back. submitted or appraised -> returned."""

    reason: str
    on: date


@event("rows_returned")
class RowsReturned(Event):
    """The superior sent some rows back; the rest stays."""

    rows: tuple[str, ...]
    reason: str
    on: date


@event("last_rows_returned")
class LastRowsReturned(Event):
    """The superior sent back the rows that still waited; the others are decided. -> decided."""

    rows: tuple[str, ...]
    reason: str
    on: date


@event("consultation_opened")
class ConsultationOpened(Event):
    """The appraiser asked bodies for their opinion until a day, that day included."""

    bodies: tuple[str, ...]
    until: date


@event("opinion_received", version=2)
class OpinionReceived(Event):
    """One body answered, `late` after the day set for it; what it said lies apart, under its digest."""

    body: str
    on: date
    digest: str
    late: bool = False


@event("consultation_closed")
class ConsultationClosed(Event):
    """The period set for the answers, `until` included, passed; `silent` had not answered by then (C-41).

    It changes nobody's rights: whoever waited for the answers waits no longer since that day, and an opinion
    that still comes is kept as a late one.
    """

    until: date
    silent: tuple[str, ...]


@event("bundle_appraised")
class BundleAppraised(Event):
    """The organisation board appraised the rows and advises a level each. submitted -> appraised."""

    on: date
    rows: tuple[tuple[str, str], ...]


@event("rows_decided")
class RowsDecided(Event):
    """The deciding body decided some rows; others are still open."""

    on: date
    document: str
    rows: tuple[tuple[str, str], ...]


@event("bundle_decided")
class BundleDecided(Event):
    """The deciding body decided the last rows. appraised -> decided."""

    on: date
    document: str
    rows: tuple[tuple[str, str], ...]
