"""The walk through the demo: five steps by five people, until whoever looks puts it away."""

from __future__ import annotations

from typing import Final

from api.actors import actor_from
from api.pages.format import N_
from api.pages.views import ActionForm, Choice, FormField, Frame, Link
from api.pages.views_today import TourStep
from api.pages.visits import Visit
from states.roles import Role
from workflow.commands.asking import Actor

COOKIE: Final = "kiemdiem_tour"
PUT_AWAY: Final = "away"

_STEPS: Final = (
    (
        Role.SECRETARY,
        "/c/{campaign}/o/{body}",
        N_("Bí thư chi bộ"),
        N_("Mở chi bộ của mình: ai còn thiếu gì, họp ngày nào, vì sao chưa báo cáo được."),
    ),
    (
        Role.ORGANISATION_BOARD,
        "/c/{campaign}",
        N_("Ban tổ chức"),
        N_("Xem tiến độ mọi chi bộ trên một trang, rồi thẩm định báo cáo đã gửi."),
    ),
    (
        Role.SUPERIOR_COMMITTEE,
        "/c/{campaign}/decide",
        N_("Cấp ủy có thẩm quyền"),
        N_("Xem hạn mức, thử trước rồi quyết định cả danh sách."),
    ),
    (
        Role.INSPECTION,
        "/c/{campaign}/insight",
        N_("Ủy ban kiểm tra"),
        N_("Xem nơi nào vượt hạn mức, mức nào khác giữa tự nhận, phiếu và quyết định."),
    ),
    (
        Role.OFFICER,
        "/c/{campaign}/season",
        N_("Cán bộ phụ trách"),
        N_("Xem ai phải làm gì hôm nay để cả đợt kịp hạn."),
    ),
)


def tour_steps(visit: Visit, frame: Frame, campaign: str) -> tuple[TourStep, ...]:
    """The steps on a demo with a campaign; none elsewhere, nor once they were put away."""
    if not frame.stand_ins or not campaign or visit.request.cookies.get(COOKIE) == PUT_AWAY:
        return ()
    people: dict[Role, tuple[Actor, Choice]] = {}
    for choice in frame.stand_ins:
        if choice.value:
            actor = actor_from(choice.value)
            people.setdefault(actor.role, (actor, choice))
    _ = visit.words.gettext
    steps = []
    for role, address, who, text in _STEPS:
        if role not in people:
            continue
        actor, choice = people[role]
        href = address.format(campaign=campaign, body=actor.body)
        become = ActionForm(
            action="/actor",
            submit=_("Đi thử"),
            fields=(
                FormField(name="actor", label="", kind="hidden", value=choice.value),
                FormField(name="back", label="", kind="hidden", value=href),
            ),
        )
        steps.append(
            TourStep(
                who=_(who),
                text=_(text),
                link=Link(label=_("Đi thử"), href=href),
                become=become,
            )
        )
    return tuple(steps)
