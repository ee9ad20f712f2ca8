"""The call list as a page to look at and to print: name, body, telephone, task, both days, a box to tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from api.feeds import cites_of
from api.pages.format import day
from api.pages.views import EmptyState, Page
from api.pages.visits import Visit
from handlers.call_list import CallList, call_list, file_name, inside_only, nobody, scope, title, workbook


@dataclass(frozen=True, kw_only=True, slots=True)
class CallLine:
    """One call as it is printed."""

    name: str
    capacity: str
    body: str
    phone: str
    task: str
    safe: str
    due: str
    cite: str
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class CallListPage(Page):
    """The list with its heads; `on` is its day, `everybody` says that those with e-mail are on it too."""

    TEMPLATE = "call_list.html"
    title: str = ""
    organisation: str = ""
    scope: str = ""
    inside_only: str = ""
    lines: tuple[CallLine, ...] = ()
    sheet_href: str = ""
    on: str = ""
    everybody: bool = False
    empty: EmptyState | None = None


def read_call_list(visit: Visit, campaign: str, on: date | None, everybody: bool) -> CallList:
    """The list of a day, today's where none is given. Raises NotFound."""
    with visit.service.database.read() as connection:
        row = visit.within(connection, campaign).row._mapping
        return call_list(
            connection,
            campaign,
            str(row["organisation"]),
            on or visit.today,
            visit.language,
            cites=cites_of(visit.service, connection, campaign),
            everybody=everybody,
        )


def call_list_page(visit: Visit, campaign: str, on: date | None, everybody: bool) -> CallListPage:
    """The page."""
    found = read_call_list(visit, campaign, on, everybody)
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "board")
    query = urlencode({"on": found.on.isoformat(), "everybody": str(everybody).lower()})
    _ = visit.words.gettext
    return CallListPage(
        frame=frame,
        title=title(found, visit.language),
        organisation=found.organisation,
        scope=scope(found, visit.language),
        inside_only=inside_only(visit.language),
        lines=tuple(
            CallLine(
                name=call.name or nobody(visit.language),
                capacity=call.capacity,
                body=call.body,
                phone=call.phone,
                task=call.task,
                safe=day(call.safe_on),
                due=f"{call.hour} {day(call.due_on)}".strip(),
                cite=call.cite,
                overdue=call.overdue,
            )
            for call in found.calls
        ),
        sheet_href=f"/c/{campaign}/call-list.xlsx?{query}",
        on=day(found.on),
        everybody=everybody,
        empty=None
        if found.calls
        else EmptyState(
            icon="check",
            title=_("Không phải gọi ai"),
            text=_("Trong thời gian này không có việc nào cần gọi điện nhắc."),
        ),
    )


def call_list_sheet(visit: Visit, campaign: str, on: date | None, everybody: bool) -> tuple[bytes, str, int]:
    """The workbook, the name of its file and how many calls it lists."""
    found = read_call_list(visit, campaign, on, everybody)
    return workbook(found, visit.language), file_name(campaign, found.on), len(found.calls)
