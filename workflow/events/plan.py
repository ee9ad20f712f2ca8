"""What happens to a remediation plan."""

from datetime import date

from workflow.event import Event, event


@event("plan_drawn_up")
class PlanDrawnUp(Event):
    """A plan to remedy what a review found was made. new or returned -> drawn_up.

    `items` holds for each shortcoming its key, who is responsible and the day it is to be remedied by, that
    day included; what the shortcoming is and what is done about it lies apart under the digest.
    """

    campaign: str
    organisation: str
    review: str
    items: tuple[tuple[str, str, date], ...]
    digest: str
    on: date
    document: str | None = None


@event("plan_assigned")
class PlanAssigned(Event):
    """Somebody is to follow and help, somebody to appraise. The stage stays."""

    monitor: str
    appraiser: str
    on: date


@event("plan_returned")
class PlanReturned(Event):
    """The appraiser sent the plan back. drawn_up -> returned."""

    reason: str
    on: date


@event("plan_accepted")
class PlanAccepted(Event):
    """The appraiser found the plan fit to be carried out. drawn_up -> accepted."""

    on: date


@event("plan_reported")
class PlanReported(Event):
    """The plan, or how far it is, was reported to the competent level. The stage stays."""

    on: date
    document: str | None = None


@event("plan_followed_up")
class PlanFollowedUp(Event):
    """The monitor looked how far it is; `remedied` names the shortcomings put right. The stage stays."""

    on: date
    remedied: tuple[str, ...] = ()


@event("plan_closed")
class PlanClosed(Event):
    """Everything is remedied. accepted -> closed."""

    on: date


@event("plan_carried_over")
class PlanCarriedOver(Event):
    """What is not remedied goes into the next review. accepted -> carried_over."""

    on: date
    open: tuple[str, ...]
