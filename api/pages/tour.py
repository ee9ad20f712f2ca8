"""The walk through the demo: five steps by five people, until whoever looks puts it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.actors import NamedByTheAsker, actor_text
from api.demo.people import BASE
from api.pages.format import N_
from api.pages.views import ActionForm, FormField, Link
from api.pages.views_today import TourStep
from api.pages.visits import Visit
from api.settings import Settings
from states.roles import Role
from workflow.commands.asking import Actor

COOKIE: Final = "kiemdiem_tour"
PUT_AWAY: Final = "away"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stop:
    """One step: who goes it, under which name they sign in, and where there is something to see."""

    login: str
    actor: Actor
    address: str
    who: str
    text: str


_CELL: Final = "MTKT"

_WALK: Final = (
    _Stop(
        login="bi-thu",
        actor=Actor(id="MT31", role=Role.SECRETARY, body=_CELL),
        address=f"/c/{{campaign}}/o/{_CELL}",
        who=N_("Bí thư chi bộ"),
        text=N_("Mở chi bộ của mình: ai còn thiếu gì, họp ngày nào, vì sao chưa báo cáo được."),
    ),
    _Stop(
        login="to-chuc",
        actor=Actor(id="to-chuc", role=Role.ORGANISATION_BOARD, body=BASE),
        address="/c/{campaign}",
        who=N_("Ban tổ chức"),
        text=N_("Xem tiến độ mọi chi bộ trên một trang, rồi thẩm định báo cáo đã gửi."),
    ),
    _Stop(
        login="thuong-vu",
        actor=Actor(id="MT23", role=Role.SUPERIOR_COMMITTEE, body=BASE),
        address="/c/{campaign}/decide",
        who=N_("Cấp ủy có thẩm quyền"),
        text=N_("Xem hạn mức, thử trước rồi quyết định cả danh sách."),
    ),
    _Stop(
        login="kiem-tra",
        actor=Actor(id="kiem-tra", role=Role.AUDITOR, body=BASE),
        address="/audit",
        who=N_("Kiểm tra, giám sát"),
        text=N_("Tìm một sự kiện trong sổ, rồi phát lại kỳ kiểm điểm đến đúng lúc đó."),
    ),
    _Stop(
        login="dang-vien",
        actor=Actor(id="MT04", role=Role.MEMBER, body="MTXC"),
        address="/",
        who=N_("Đảng viên"),
        text=N_("Xem kỳ của mình đến đâu, được quyết định mức nào và vì sao."),
    ),
)


def tour_steps(visit: Visit, campaign: str) -> tuple[TourStep, ...]:
    """The steps on a demo with a campaign; none elsewhere, nor once they were put away."""
    settings: Settings = visit.request.app.state.settings
    is_demo = settings.clock_starts_at is not None and (settings.demo or settings.development)
    if not is_demo or not campaign or visit.request.cookies.get(COOKIE) == PUT_AWAY:
        return ()
    _ = visit.words.gettext
    anybody = isinstance(visit.request.app.state.actors, NamedByTheAsker)
    steps = []
    for stop in _WALK:
        href = stop.address.format(campaign=campaign)
        own = visit.acting.role is stop.actor.role
        steps.append(
            TourStep(
                who=_(stop.who),
                text=_(stop.text),
                link=Link(label=_("Đi thử"), href=href) if own else None,
                become=_become(visit, stop.actor, href) if anybody and not own else None,
                login="" if anybody or own else _("Đăng nhập bằng tên %(login)s") % {"login": stop.login},
            )
        )
    return tuple(steps)


def _become(visit: Visit, actor: Actor, href: str) -> ActionForm:
    """Where nobody signs in, a button is enough to be somebody."""
    return ActionForm(
        action="/actor",
        submit=visit.words.gettext("Đi thử"),
        fields=(
            FormField(name="actor", label="", kind="hidden", value=actor_text(actor)),
            FormField(name="back", label="", kind="hidden", value=href),
        ),
    )
