"""The checklist of a review: every item by the act it is asked for at, who confirmed it and when."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.findings_told import cited_rule
from api.pages.format import N_, day
from api.pages.review_offers import About, open_items
from api.pages.views_review import TickGate, TickLine
from handlers.replay import Replay
from handlers.telling.voice import Voice
from handlers.timeline import line
from workflow.events.review import ItemsTicked
from workflow.rules.rule import Rule

GATES: Mapping[str, str] = {
    "prepare": N_("Trước khi ghi đã chuẩn bị"),
    "send_draft": N_("Trước khi gửi dự thảo"),
    "notify_superior": N_("Khi báo cấp trên"),
    "plan_session": N_("Khi định ngày họp"),
    "hold_session": N_("Tại buổi họp kiểm điểm"),
    "issue_ballot": N_("Trước khi bỏ phiếu"),
    "count_ballot": N_("Khi kiểm phiếu"),
    "propose": N_("Khi đề xuất mức"),
    "submit": N_("Trước khi báo cáo cấp trên"),
    "appraise": N_("Khi thẩm định"),
    "decide": N_("Khi quyết định"),
    "publish": N_("Khi công bố"),
}
"""The acts a checklist belongs to, in the order of the life."""


def checklist(about: About, told: Replay, voice: Voice) -> tuple[TickGate, ...]:
    """The items that are about this review; an item nobody confirmed is asked for or may not apply yet."""
    ticked = _who_when(told, voice)
    asked = {str(rule.parameters["item"]) for rule in open_items(about)}
    of_kind = about.rulebook.items_of(about.outlook.review.kind)
    found = []
    for gate, title in GATES.items():
        rules = [rule for rule in of_kind if rule.gates[0] == gate]
        lines = [
            _line(about, rule, ticked.get(str(rule.parameters["item"]), ""))
            for rule in rules
            if str(rule.parameters["item"]) in asked | ticked.keys()
        ]
        if lines:
            lines.sort(key=lambda one: bool(one.ticked))
            found.append(TickGate(title=about.words.gettext(title), lines=tuple(lines)))
    return tuple(found)


def _line(about: About, rule: Rule, ticked: str) -> TickLine:
    return TickLine(
        text=rule.says.in_language(about.language),
        clause=cited_rule(rule, about.rulebook, about.language),
        ticked=ticked,
        help=rule.help.in_language(about.language) if rule.help and not ticked else "",
    )


def _who_when(told: Replay, voice: Voice) -> dict[str, str]:
    """Who confirmed each item and on which day, from the log; an item taken back is not there."""
    held: dict[str, str] = {}
    for frame in told.frames:
        if isinstance(frame.event, ItemsTicked):
            who = line(frame.event, frame.stored, voice).by
            for item in frame.event.ticked:
                held[item] = f"{who}, {day(frame.event.on)}"
            for item in frame.event.unticked:
                held.pop(item, None)
    kept = {item for item, _ in told.review.ticks}
    return {item: who for item, who in held.items() if item in kept}
