"""What the pages of the calendar show: a year by months, its special days, changes, the dates they move."""

from dataclasses import dataclass
from datetime import date

from api.pages.views import ActionForm, Link, Page, RefusalView, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCell:
    """One day of a month; `kind` is "off", "worked", "half", "weekend" or "plain", `says` the word for it."""

    number: int
    kind: str
    mark: str = ""
    says: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthGrid:
    """A month as weeks from Monday to Sunday; None where a day belongs to another month."""

    name: str
    weeks: tuple[tuple[DayCell | None, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialLine:
    """One day that is not what its weekday says, with its source and for whom it holds."""

    day: date
    state: StatusText
    source: str
    scope: str
    unsure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLine:
    """One change in the list."""

    name: str
    href: str
    days: str
    document: str
    state: StatusText
    by: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongCellLine:
    """One wrong cell of a workbook."""

    cell: str
    value: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class CalendarPage(Page):
    """A year for everyone or a unit; `announced_by` is the document that announces its days off."""

    TEMPLATE = "calendar.html"
    year: int
    unit: str
    unit_name: str
    provisional: bool
    announced_by: str
    working_days: int
    months: tuple[MonthGrid, ...]
    special: tuple[SpecialLine, ...]
    pending: tuple[ChangeLine, ...]
    ended: tuple[ChangeLine, ...]
    previous: Link | None
    following: Link | None
    template_href: str
    propose: ActionForm | None = None
    upload: ActionForm | None = None
    wrong: tuple[WrongCellLine, ...] = ()
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryLine:
    """One day of a change."""

    day: date
    what: str
    scope: str
    document: str
    unsure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedLine:
    """One date that moves, for so many steps."""

    task: str
    organisation: str
    clause: str
    before_last: date
    after_last: date
    before_safe: date
    after_safe: date
    earlier: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedCampaign:
    """The dates that move in one campaign; `more` are not shown."""

    title: str
    href: str
    dates: int
    items: int
    lines: tuple[MovedLine, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class CalendarChangePage(Page):
    """One change with every date it moves, before it is confirmed and afterwards."""

    TEMPLATE = "calendar_change.html"
    name: str
    state: StatusText
    waiting: bool
    document: str
    reason: str
    proposed: str
    ended: str
    days: tuple[EntryLine, ...]
    campaigns: tuple[MovedCampaign, ...]
    confirm: ActionForm | None = None
    withdraw: ActionForm | None = None
    note: str = ""
    refusal: RefusalView | None = None
