"""The page of letters: how many in which state, each with its tries and reasons, sent again or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection

from api.pages.findings_told import refusal_view
from api.pages.format import N_, day, moment, number
from api.pages.views import Choice, EmptyState, Link, Page, RefusalView, StatusText, Tone
from api.pages.visits import Visit
from handlers.deliveries import ACTS, SHOWS, Delivery, Show, Try, counts, deliveries, letters_seen, may_see
from handlers.names import Names, names_on
from handlers.reminding.notices import unaddressed
from handlers.tables import CAMPAIGNS
from handlers.telling.owed import task
from states import campaign as life
from states.roles import Role

PAGE_MAX: Final = 50
NOBODYS_MAX: Final = 50

CHANNELS: Final = {"email": N_("Thư điện tử"), "webhook": N_("Webhook"), "chat": N_("Chat")}
SHOWN: Final[dict[Show, str]] = {
    "all": N_("Tất cả"),
    "waiting": N_("Chờ gửi"),
    "late": N_("Chờ quá lâu"),
    "dead": N_("Không gửi được"),
    "sent": N_("Đã gửi"),
    "cancelled": N_("Đã hủy"),
}
STATES: Final[dict[str, tuple[Tone, str]]] = {
    "queued": ("waiting", N_("Chờ gửi")),
    "sent": ("done", N_("Đã gửi")),
    "dead": ("refused", N_("Không gửi được")),
    "cancelled": ("none", N_("Đã hủy")),
}
OUTCOMES: Final = {
    "sent": N_("đã gửi, bên kia đã nhận"),
    "later": N_("chưa gửi được, thử lại sau"),
    "never": N_("bị từ chối hẳn"),
    "lost": N_("tiến trình gửi dừng giữa chừng"),
    "requeued": N_("cho gửi lại"),
    "cancelled": N_("hủy"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CountLine:
    """One channel and its letters by state."""

    channel: str
    waiting: int
    late: int
    dead: int
    sent: int
    cancelled: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TryLine:
    """One try: when, what came of it, in whose words."""

    at: str
    text: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterLine:
    """One letter with its tries; the addresses of what may be done with it are empty where it may not."""

    id: int
    channel: str
    recipient: str
    address: str
    state: StatusText
    when: str
    attempts: int
    problem: str
    tries: tuple[TryLine, ...]
    resend_href: str = ""
    cancel_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NobodyLine:
    """Something that is owed and that nobody answers for, with where it is to be seen."""

    body: str
    task: str
    due: str
    href: str


@dataclass(frozen=True, kw_only=True)
class DeliveriesPage(Page):
    """Counts of each channel, then letters in one state, newest first."""

    TEMPLATE = "deliveries.html"
    counts: tuple[CountLine, ...] = ()
    choices: tuple[Choice, ...] = ()
    letters: tuple[LetterLine, ...] = ()
    more: Link | None = None
    nobodys: tuple[NobodyLine, ...] = ()
    no_mail: bool = False
    refusal: RefusalView | None = None
    empty: EmptyState | None = None


def deliveries_page(
    visit: Visit, show: Show = "all", before: int | None = None, refused: Exception | None = None
) -> DeliveriesPage:
    """The page. Raises NotAllowed for whoever does not look after the service."""
    may_see(visit.known)
    _ = visit.words.gettext
    now, only = visit.service.engine.now(), letters_seen(visit.scope)
    with visit.service.database.read() as connection:
        counted = counts(connection, now, only)
        found = deliveries(connection, now, show=show, limit=PAGE_MAX + 1, before=before, only=only)
        names = _names(connection, visit, found)
        nobodys = _nobodys(connection, visit)
        frame = visit.frame(connection, "deliveries")
    shown = found[:PAGE_MAX]
    more = None
    if len(found) > PAGE_MAX:
        query = urlencode({"show": show, "before": shown[-1].id})
        more = Link(label=_("Các thư cũ hơn"), href=f"/deliveries?{query}")
    return DeliveriesPage(
        frame=frame,
        counts=tuple(
            CountLine(
                channel=_channel(visit, one.channel),
                waiting=one.queued,
                late=one.late,
                dead=one.dead,
                sent=one.sent,
                cancelled=one.cancelled,
            )
            for one in counted
        ),
        choices=tuple(Choice(value=one, label=_(SHOWN[one]), chosen=one == show) for one in SHOWS),
        letters=tuple(_line(visit, one, names) for one in shown),
        more=more,
        nobodys=nobodys,
        no_mail=not visit.request.app.state.settings.smtp_host,
        refusal=refusal_view(refused, visit.language, visit.words, names) if refused else None,
        empty=None if shown else _empty(visit, show),
    )


def _nobodys(connection: Connection, visit: Visit) -> tuple[NobodyLine, ...]:
    """The latest word on each thing owed in an open campaign, by a body in scope, that has reached nobody."""
    seen = visit.scope.seen_campaigns(connection, CAMPAIGNS.c.stage == life.OPEN)
    everything, held = visit.acting.role is Role.ADMINISTRATOR, visit.scope.held(connection)
    found = [
        one
        for campaign, whole in sorted(seen.items())
        for one in unaddressed(connection, campaign)
        if everything or whole or one.organisation in held
    ]
    latest = {
        (one.campaign, one.organisation, one.kind, one.gate, one.due_on): one for one in reversed(found)
    }
    shown = list(latest.values())[:NOBODYS_MAX]
    names = names_on(connection, visit.today, bodies={one.organisation for one in shown})
    return tuple(
        NobodyLine(
            body=names.body(one.organisation),
            task=task(one.gate, one.kind, one.items, visit.language),
            due=day(one.due_on),
            href=f"/c/{one.campaign}/o/{one.organisation}",
        )
        for one in sorted(shown, key=lambda one: (one.due_on, one.organisation, one.gate))
    )


def _names(connection: Connection, visit: Visit, found: tuple[Delivery, ...]) -> Names:
    people = {one.recipient for one in found} | {tried.by for one in found for tried in one.tries}
    return names_on(connection, visit.today, people=people)


def _line(visit: Visit, one: Delivery, names: Names) -> LetterLine:
    tone, text = STATES[one.state]
    may = visit.acting.role in ACTS
    return LetterLine(
        id=one.id,
        channel=_channel(visit, one.channel),
        recipient=names.person(one.recipient),
        address=one.address,
        state=_state(visit, one, tone, text),
        when=moment(one.ended_at or one.not_before),
        attempts=one.attempts,
        problem=one.problem,
        tries=tuple(_try(visit, tried, names) for tried in one.tries),
        resend_href=f"/deliveries/{one.id}/resending" if may and one.state in ("dead", "cancelled") else "",
        cancel_href=f"/deliveries/{one.id}/cancellation" if may and one.state == "queued" else "",
    )


def _state(visit: Visit, one: Delivery, tone: Tone, text: str) -> StatusText:
    _ = visit.words.gettext
    return StatusText(tone="late", text=_("Chờ quá lâu")) if one.late else StatusText(tone=tone, text=_(text))


def _try(visit: Visit, one: Try, names: Names) -> TryLine:
    _ = visit.words.gettext
    told = _(OUTCOMES[one.outcome])
    if one.outcome in ("requeued", "cancelled"):
        text = f"{names.person(one.by)}: {told}"
    else:
        text = _("lần %(number)s: %(outcome)s") % {
            "number": number(one.number, visit.language),
            "outcome": told,
        }
    return TryLine(at=moment(one.at), text=text, detail=one.detail)


def _channel(visit: Visit, channel: str) -> str:
    return visit.words.gettext(CHANNELS[channel]) if channel in CHANNELS else channel


def _empty(visit: Visit, show: Show) -> EmptyState:
    _ = visit.words.gettext
    if show == "all":
        return EmptyState(
            icon="inbox",
            title=_("Chưa có thư nào"),
            text=_("Thư nhắc việc, lời gọi webhook xuất hiện ở đây khi có việc đến hạn."),
        )
    return EmptyState(
        icon="check", title=_("Không có thư nào như vậy"), text=_("Chọn trạng thái khác để xem.")
    )
