"""Departures from the rule: exceptions, annulments, corrections, irregular entries, and late entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from api.pages.audit_page import campaigns_seen, tabs
from api.pages.audit_views import AuditLine, AuditPage
from api.pages.campaigns import campaign_of
from api.pages.format import N_, day, moment, number
from api.pages.insight_page import branch
from api.pages.views import EmptyState, Link, StatusText, Tone
from api.pages.visits import Visit
from handlers.audit.notable import Notable, notable
from handlers.late_entries import LateEntry, count_late, late_entries
from handlers.names import Names, names_on
from handlers.statistics import below
from handlers.telling.voice import Voice
from handlers.timeline import bodies_of, says
from states.flags import IRREGULAR
from workflow.bodies import Campaign
from workflow.errors import NotFound
from workflow.events.review import FlagRaised
from workflow.rules.rulebook import Rulebook
from workflow.tables import NOTABLE

SHOWN_MAX: Final = 500
"""Lines on one page; how many more there are is said."""

KINDS: Final[dict[str, tuple[Tone, str]]] = {
    "exception_authorised": ("decided", N_("Ngoại lệ")),
    "review_annulled": ("refused", N_("Hủy kết quả")),
    "review_re_rated": ("decided", N_("Xếp loại lại")),
    "flag_raised": ("risk", N_("Gắn cờ")),
    "ballot_reopened": ("working", N_("Bỏ phiếu lại")),
    "ballot_repeated": ("working", N_("Bỏ phiếu lại")),
}
CORRECTED: Final[tuple[Tone, str]] = ("working", N_("Sửa số liệu"))


def exceptions_page(visit: Visit, campaign: str, organisation: str) -> AuditPage:
    """Exceptions used, annulments, corrections and irregular entries of a campaign, newest first."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        chosen = _chosen(connection, visit, campaign)
        frame = visit.frame(connection, "audit")
        if chosen is None:
            return _none(visit, AuditPage(frame=frame, tabs=tabs(visit, "exceptions")))
        found, rulebook, body = _within(connection, visit, chosen, organisation)
        events = tuple(notable(connection, chosen, below(body, found.roster_day), NOTABLE))[::-1]
        told = tuple(one for one in events if _shown(one))
        names = _names(connection, visit, found, told, body)
        links = _links(connection, visit, chosen, "exceptions")
    counts = {kind: sum(one.name == kind for one in told) for kind in KINDS}
    heading = _("%(exceptions)s ngoại lệ, %(annulled)s kết quả bị hủy, %(corrected)s lần sửa") % {
        "exceptions": number(counts["exception_authorised"], visit.language),
        "annulled": number(counts["review_annulled"], visit.language),
        "corrected": number(len(told) - sum(counts.values()), visit.language),
    }
    return AuditPage(
        frame=frame,
        heading=heading,
        lead=_lead(visit, found, names, body, len(told)),
        tabs=tabs(visit, "exceptions"),
        campaigns=links,
        lines=tuple(_departure(visit, one, names, rulebook) for one in told[:SHOWN_MAX]),
        about_title=_("Kỳ kiểm điểm"),
        empty=None
        if told
        else EmptyState(
            icon="check",
            title=_("Không có gì làm khác quy định"),
            text=_("Ngoại lệ được phép, kết quả bị hủy, số liệu sửa và việc làm trái thời hạn hiện ở đây."),
        ),
    )


def late_page(visit: Visit, campaign: str, organisation: str) -> AuditPage:
    """What was entered more than 3 working days after it took place, newest first (house default)."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        chosen = _chosen(connection, visit, campaign)
        frame = visit.frame(connection, "audit")
        if chosen is None:
            return _none(visit, AuditPage(frame=frame, tabs=tabs(visit, "late")))
        found, rulebook, body = _within(connection, visit, chosen, organisation)
        bodies = below(body, found.roster_day)
        late = count_late(connection, chosen, rulebook.calendar, bodies)
        shown = late_entries(connection, chosen, rulebook.calendar, bodies, newest=SHOWN_MAX)
        names = _names_late(connection, visit, found, shown, body)
        links = _links(connection, visit, chosen, "late")
    voice = visit.voice(names, rulebook)
    ngettext = visit.words.ngettext
    return AuditPage(
        frame=frame,
        heading=ngettext("%(num)s việc nhập muộn", "%(num)s việc nhập muộn", late)
        % {"num": number(late, visit.language)},
        lead=_lead(visit, found, names, body, late)
        + " "
        + _("Muộn là nhập sau quá 3 ngày làm việc; đây là mức của hệ thống, không phải điều khoản."),
        tabs=tabs(visit, "late"),
        campaigns=links,
        lines=tuple(_late(visit, one, voice) for one in shown),
        about_title=_("Kỳ kiểm điểm"),
        empty=None
        if late
        else EmptyState(
            icon="check", title=_("Mọi việc được nhập kịp thời"), text=_("Việc nhập muộn hiện ở đây.")
        ),
    )


def _chosen(connection: Connection, visit: Visit, campaign: str) -> str | None:
    """The campaign asked for, else the newest one seen; NotFound for one that is not seen."""
    seen = campaigns_seen(connection, visit)
    if campaign and campaign not in seen:
        raise NotFound("campaign", campaign)
    return campaign or next(iter(seen), None)


def _within(
    connection: Connection, visit: Visit, campaign: str, organisation: str
) -> tuple[Campaign, Rulebook, str]:
    found, rulebook = campaign_of(connection, visit.service, campaign)
    body, _ = branch(connection, visit, found, organisation)
    return found, rulebook, body


def _links(connection: Connection, visit: Visit, chosen: str, page: str) -> tuple[Link, ...]:
    others = (one for one in campaigns_seen(connection, visit) if one != chosen)
    return tuple(Link(label=one, href=f"/audit/{page}?campaign={one}") for one in others)


def _shown(one: Notable) -> bool:
    """Of the flags only those that say a step broke a term or the order."""
    return not isinstance(one.event, FlagRaised) or one.event.flag == IRREGULAR


def _departure(visit: Visit, one: Notable, names: Names, rulebook: Rulebook) -> AuditLine:
    _ = visit.words.gettext
    tone, word = KINDS.get(one.name, CORRECTED)
    voice = visit.voice(names, rulebook)
    told = Voice(language=voice.language, names=names, rulebook=rulebook, about=f"review/{one.review}")
    return AuditLine(
        when=moment(one.recorded_at),
        about=names.subject(one.review),
        says=says(one.event, told),
        by=voice.actor(one.actor, one.capacity),
        href=f"/r/{one.review}/history?v={one.version}",
        link=_("Phát lại"),
        state=StatusText(tone=tone, text=_(word)),
        facts=(names.body(one.organisation),)
        if names.body(one.organisation) != names.subject(one.review)
        else (),
    )


def _late(visit: Visit, one: LateEntry, voice: Voice) -> AuditLine:
    _ = visit.words.gettext
    review = one.stream.removeprefix("review/")
    return AuditLine(
        when=day(one.entered),
        about=voice.names.subject(review),
        says=_("Diễn ra ngày %(day)s, nhập sau %(days)s ngày.")
        % {"day": day(one.took_place), "days": number((one.entered - one.took_place).days, visit.language)},
        by=voice.actor(one.actor, one.capacity),
        href=f"/r/{review}/history?v={one.version}",
        link=_("Phát lại"),
    )


def _lead(visit: Visit, campaign: Campaign, names: Names, body: str, count: int) -> str:
    _ = visit.words.gettext
    told = {"year": campaign.year, "body": names.body(body)}
    text = _("Kiểm điểm năm %(year)s, %(body)s.") % told
    if count > SHOWN_MAX:
        text += " " + _("Hiện %(shown)s dòng mới nhất.") % {"shown": number(SHOWN_MAX, visit.language)}
    return text


def _names(
    connection: Connection, visit: Visit, campaign: Campaign, told: tuple[Notable, ...], body: str
) -> Names:
    subjects = {one.review.split(".", 2)[2] for one in told}
    bodies = set(_bodies(told)) | subjects | {body, campaign.organisation}
    people = {one.actor for one in told} | subjects | {getattr(one.event, "entered_by", "") for one in told}
    return names_on(connection, visit.today, people=people, bodies=bodies)


def _bodies(told: tuple[Notable, ...]) -> Iterator[str]:
    for one in told:
        yield one.organisation
        yield one.capacity.partition("@")[2]
    yield from bodies_of([one.event for one in told], [])


def _names_late(
    connection: Connection, visit: Visit, campaign: Campaign, late: tuple[LateEntry, ...], body: str
) -> Names:
    subjects = {one.stream.split(".", 2)[-1] for one in late}
    bodies = {one.capacity.partition("@")[2] for one in late} | subjects | {body, campaign.organisation}
    return names_on(connection, visit.today, people={one.actor for one in late} | subjects, bodies=bodies)


def _none(visit: Visit, page: AuditPage) -> AuditPage:
    _ = visit.words.gettext
    return AuditPage(
        frame=page.frame,
        tabs=page.tabs,
        heading=_("Chưa có đợt kiểm điểm nào"),
        lead=_("Danh sách này có khi có đợt kiểm điểm trong phạm vi được xem."),
    )
