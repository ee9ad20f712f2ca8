"""What the first page shows: what somebody must finish and by when, what others owe, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.views import (
    ActionForm,
    CampaignCard,
    Clause,
    EmptyState,
    FirstStep,
    Link,
    Page,
    Progress,
    StatusText,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLine:
    """One thing to do: the last safe day, what, until when by which clause, and the button that does it."""

    safe_on: date | None
    what: str
    where: str
    due: str
    left: StatusText
    button: Link
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskGroup:
    """Tasks that are as near as one another."""

    key: str
    title: str
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitLine:
    """What somebody else has to do, and until when."""

    what: str
    who: str
    state: StatusText
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeLine:
    """The newest word of a reminder, and where it stands in the inbox."""

    what: str
    said: str
    href: str
    unread: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StepLine:
    """How many have taken one step."""

    name: str
    progress: Progress
    until: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnLine:
    """One's own review of a year: where it stands, the level once decided."""

    title: str
    href: str
    where: str
    stage: str
    level: str | None = None
    act: Link | None = None
    """What its person has to do next, where it is that person's turn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ElsewhereLine:
    """How much waits in another capacity one holds, and the form that changes to it."""

    capacity: str
    said: str
    change: ActionForm


@dataclass(frozen=True, kw_only=True, slots=True)
class TourStep:
    """One step of the walk through the demo: as whom, what there is to see, and the way there.

    The way is a link for those who are that person, else a form to become it, or the name to sign in by.
    """

    who: str
    text: str
    link: Link | None = None
    become: ActionForm | None = None
    login: str = ""


@dataclass(frozen=True, kw_only=True)
class TodayPage(Page):
    """The first page of everybody."""

    TEMPLATE = "today.html"
    heading: str
    lead: str = ""
    groups: tuple[TaskGroup, ...] = ()
    no_tasks: EmptyState | None = None
    own: tuple[OwnLine, ...] = ()
    waiting: tuple[WaitLine, ...] = ()
    waiting_more: int = 0
    elsewhere: tuple[ElsewhereLine, ...] = ()
    body: str = ""
    body_href: str = ""
    steps: tuple[StepLine, ...] = ()
    notices: tuple[NoticeLine, ...] = ()
    unread: int = 0
    campaigns: tuple[CampaignCard, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    tour: tuple[TourStep, ...] = ()
