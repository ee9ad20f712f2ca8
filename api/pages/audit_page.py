"""The audit: search the log, refused commands, exceptions and corrections, late entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection, select

from api.asking import scope_of
from api.pages.audit_views import AuditLine, AuditPage
from api.pages.format import N_, moment, number, plain
from api.pages.format import day as shown_day
from api.pages.navigation import opens
from api.pages.typed import read_day
from api.pages.views import Choice, EmptyState, FormField, Link
from api.pages.visits import Visit
from api.permissions import READS_LOG, READS_SECURITY
from handlers.access.scope import Scope
from handlers.audit.event_words import EVENT_WORDS
from handlers.audit.lines import Told, told_events, told_refusals
from handlers.audit.search import Wanted, found_in_log, refused_commands
from handlers.found_by_name import bodies_named, people_at
from handlers.tables import CAMPAIGNS
from workflow.errors import BadInput
from workflow.event import EVENTS

PAGE_MAX: Final = 50
SHEET_MAX: Final = 10_000
"""Lines of a workbook; the newest are kept and what is left out is said."""

TABS: Final = (
    ("log", N_("Sổ ghi"), "/audit", READS_LOG),
    ("refused", N_("Bị từ chối"), "/audit/refused", READS_LOG),
    ("exceptions", N_("Ngoại lệ, sửa"), "/audit/exceptions", READS_LOG),
    ("late", N_("Nhập muộn"), "/audit/late", READS_LOG),
    ("sign-ins", N_("Đăng nhập"), "/audit/sign-ins", READS_SECURITY),
    ("exports", N_("Tệp đã lấy ra"), "/audit/exports", READS_SECURITY),
    ("verify", N_("Kiểm chứng"), "/audit/verify", READS_SECURITY),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What stands behind the question mark, as it was typed; days as dd/mm/yyyy."""

    review: str = ""
    body: str = ""
    person: str = ""
    event: str = ""
    actor: str = ""
    text: str = ""
    first: str = ""
    last: str = ""

    def kept(self) -> dict[str, str]:
        """What was filled in, for the address of the next page."""
        names = ("review", "body", "person", "event", "actor", "text", "first", "last")
        return {name: getattr(self, name).strip() for name in names if getattr(self, name).strip()}

    def wanted(self, connection: Connection, scope: Scope) -> Wanted:
        """The search; a name stands for everybody in scope who has it, what is no name for itself.

        Raises BadInput for a day that is none or an event nobody knows.
        """
        kept = self.kept()
        event = kept.get("event", "")
        if event and event not in EVENTS:
            raise BadInput("event", event, "không phải là tên một sự kiện.", "is the name of no event.")
        return Wanted(
            review=kept.get("review", "").removeprefix("review/"),
            bodies=_bodies_meant(connection, scope, kept.get("body", "")),
            people=_people_meant(connection, scope, kept.get("person", "")),
            event=event,
            actors=_people_meant(connection, scope, kept.get("actor", "")),
            text=kept.get("text", ""),
            first=_day("first", kept),
            last=_day("last", kept),
        )


def tabs(visit: Visit, current: str) -> tuple[tuple[str, str, bool], ...]:
    """The lists this capacity may read."""
    _ = visit.words.gettext
    role = visit.acting.role
    own = tuple((_(word), href, key == current) for key, word, href, by in TABS if role in by)
    return (*own, (_("Giao vai"), "/grants", False)) if opens(role, "/grants") else own


def log_page(visit: Visit, asked: Asked, before: int | None) -> AuditPage:
    """What the log tells, newest first. BadInput for a wrong day or event."""
    _ = visit.words.gettext
    found = read_log(visit, asked, before=before, limit=PAGE_MAX + 1)
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "audit")
    kept = asked.kept()
    shown = found[:PAGE_MAX]
    return AuditPage(
        frame=frame,
        heading=_("Sổ ghi: ai làm gì, khi nào"),
        lead=_("Mới nhất trước; chỉ trong phạm vi được xem. Mỗi dòng dẫn tới đúng sự kiện khi phát lại."),
        tabs=tabs(visit, "log"),
        action="/audit",
        filters=_fields(visit, asked),
        filtered=bool(kept),
        lines=tuple(_line(visit, one) for one in shown),
        about_title=_("Về"),
        more=_more(visit, "/audit", kept, shown[-1].number) if len(found) > PAGE_MAX else None,
        newest=_newest(visit, "/audit", kept) if before else None,
        sheet_href=f"/audit/log.xlsx?{urlencode(kept)}",
        empty=None if shown else _nothing(visit, bool(kept)),
    )


def read_log(visit: Visit, asked: Asked, *, before: int | None, limit: int) -> tuple[Told, ...]:
    """The lines of the log that are asked for and seen."""
    scope = scope_of(visit.service, visit.known)
    with visit.service.database.read() as connection:
        wanted = asked.wanted(connection, scope)
        found = found_in_log(connection, scope, wanted, before=before, limit=limit)
        return told_events(connection, visit.service.engine.rulebook, found, visit.today, visit.language)


def refused_page(visit: Visit, asked: Asked, before: int | None) -> AuditPage:
    """What was asked for and refused, newest first."""
    _ = visit.words.gettext
    scope = scope_of(visit.service, visit.known)
    with visit.service.database.read() as connection:
        wanted = asked.wanted(connection, scope)
        found = refused_commands(connection, scope, wanted, before=before, limit=PAGE_MAX + 1)
        told = told_refusals(
            connection, visit.service.engine.rulebook, found[:PAGE_MAX], visit.today, visit.language
        )
        frame = visit.frame(connection, "audit")
    kept = {name: value for name, value in asked.kept().items() if name not in ("event", "text")}
    return AuditPage(
        frame=frame,
        heading=_("Việc bị từ chối"),
        lead=_("Ai xin làm gì và vướng quy định nào. Việc bị từ chối không làm thay đổi gì."),
        tabs=tabs(visit, "refused"),
        action="/audit/refused",
        filters=tuple(one for one in _fields(visit, asked) if one.name not in ("event", "text")),
        filtered=bool(kept),
        lines=tuple(_line(visit, one) for one in told),
        about_title=_("Về"),
        more=_more(visit, "/audit/refused", kept, told[-1].number) if len(found) > PAGE_MAX else None,
        newest=_newest(visit, "/audit/refused", kept) if before else None,
        empty=None if told else _nothing(visit, bool(kept)),
    )


def campaigns_seen(connection: Connection, visit: Visit) -> list[str]:
    """The campaigns this capacity sees, the newest year first."""
    scope = scope_of(visit.service, visit.known)
    rows = connection.execute(
        select(CAMPAIGNS.c.campaign)
        .where(scope.campaigns())
        .order_by(CAMPAIGNS.c.year.desc(), CAMPAIGNS.c.campaign.desc())
    )
    return [str(row[0]) for row in rows]


def _line(visit: Visit, one: Told) -> AuditLine:
    _ = visit.words.gettext
    entered = moment(one.entered_at)
    took_place = shown_day(one.on)
    return AuditLine(
        when=entered,
        about=one.about,
        says=one.says,
        by=one.by,
        href=one.href,
        link=_("Phát lại") if one.stream.startswith("review/") else _("Mở"),
        took_place="" if entered.startswith(took_place) else took_place,
    )


def _fields(visit: Visit, asked: Asked) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    at = 1 if visit.language == "en" else 0
    words = {name: EVENT_WORDS[name][at] for name in EVENTS}
    events = tuple(
        Choice(value=name, label=words[name], chosen=name == asked.event)
        for name in sorted(words, key=lambda name: plain(words[name]))
    )
    return (
        FormField(name="review", label=_("Kỳ kiểm điểm (mã)"), value=asked.review, quiet=True),
        FormField(name="body", label=_("Đơn vị (tên hoặc mã)"), value=asked.body, quiet=True),
        FormField(name="person", label=_("Về hoặc do người (tên hoặc mã)"), value=asked.person, quiet=True),
        FormField(name="actor", label=_("Người thao tác (tên hoặc mã)"), value=asked.actor, quiet=True),
        FormField(
            name="event",
            label=_("Sự kiện"),
            kind="select",
            value=asked.event,
            quiet=True,
            choices=(Choice(value="", label=_("mọi sự kiện")), *events),
        ),
        FormField(name="first", label=_("Nhập từ ngày"), kind="day", value=asked.first, quiet=True),
        FormField(name="last", label=_("đến hết ngày"), kind="day", value=asked.last, quiet=True),
        FormField(name="text", label=_("Một phần của mã"), value=asked.text, quiet=True),
    )


def _more(visit: Visit, address: str, kept: Mapping[str, str], before: int) -> Link:
    _ = visit.words.gettext
    return Link(label=_("Các dòng cũ hơn"), href=f"{address}?{urlencode({**kept, 'before': before})}")


def _newest(visit: Visit, address: str, kept: Mapping[str, str]) -> Link:
    _ = visit.words.gettext
    return Link(label=_("Về các dòng mới nhất"), href=f"{address}?{urlencode(kept)}")


def _nothing(visit: Visit, filtered: bool) -> EmptyState:
    _ = visit.words.gettext
    if filtered:
        return EmptyState(
            icon="search", title=_("Không có dòng nào như vậy"), text=_("Bỏ bớt điều kiện rồi tìm lại.")
        )
    return EmptyState(
        icon="check",
        title=_("Chưa có gì"),
        text=_("Việc đầu tiên được ghi hay bị từ chối trong phạm vi được xem hiện ở đây, mới nhất ở trên."),
    )


NAMESAKES_MAX: Final = 50
"""So many who have the name typed are searched for at once."""


def _people_meant(connection: Connection, scope: Scope, text: str) -> tuple[str, ...]:
    """Everybody in scope of this name, and whoever has it as a code, who need not be on any roll."""
    if not text:
        return ()
    found = (one.person for one in people_at(connection, scope, text))
    return tuple(dict.fromkeys((text, *sorted(found)[:NAMESAKES_MAX])))


def _bodies_meant(connection: Connection, scope: Scope, text: str) -> tuple[str, ...]:
    if not text:
        return ()
    found = (one.body for one in bodies_named(connection, scope, text))
    return tuple(dict.fromkeys((text, *sorted(found)[:NAMESAKES_MAX])))


def _day(name: str, kept: Mapping[str, str]) -> date | None:
    text = kept.get(name, "")
    found = read_day(text)
    if text and found is None:
        raise BadInput(
            name,
            text,
            "không phải là ngày; ghi theo dạng ngày/tháng/năm, ví dụ 16/01/2017.",
            "is no day; write it as day/month/year, for example 16/01/2017.",
        )
    return found


def counted(visit: Visit, count: int) -> str:
    """A number as it is read."""
    return number(count, visit.language)
