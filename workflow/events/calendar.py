"""What happens to the calendar, and what that moves in a campaign."""

from datetime import date

from workflow.event import Event, event


@event("calendar_change_proposed")
class CalendarChangeProposed(Event):
    """Days of the calendar were proposed. new -> proposed.

    A day is (day, what, unit, provisional, document): `what` one of off, worked, half, usual, announced.
    """

    days: tuple[tuple[date, str, str, bool, str], ...]
    document: str
    reason: str
    by: str
    on: date


@event("calendar_change_confirmed")
class CalendarChangeConfirmed(Event):
    """Proposed days hold from now on. proposed -> confirmed.

    `number` counts confirmed changes: of two words on a day and unit the one with the higher number stands.
    """

    number: int
    by: str
    on: date


@event("calendar_change_withdrawn")
class CalendarChangeWithdrawn(Event):
    """Proposed days were withdrawn. proposed -> withdrawn."""

    reason: str
    by: str
    on: date


@event("calendar_adopted")
class CalendarAdopted(Event):
    """A campaign counts by another calendar from now on; its rules stay as they were.

    `rulebook_hash` names the same rulebook with that calendar. A moved date is (organisation, kind, gate,
    rule, subject, last day before, after, last safe day before, after, items); organisation and subject are
    empty where it is everyone's or no meeting's.
    """

    change: str
    rulebook_hash: str
    was_hash: str
    calendar_version: str
    was_version: str
    moved: tuple[tuple[str, str, str, str, str, date, date, date, date, int], ...]
    document: str
    reason: str
