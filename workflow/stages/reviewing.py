"""Taking a review at a venue: who chaired, in which order, what was read, and what that broke."""

from __future__ import annotations

from datetime import date

from states import review as life
from states.flags import IRREGULAR
from workflow.commands.beside import Pause, Resume
from workflow.commands.meeting import AgendaItem, HoldSession, MarkAbsent
from workflow.decision import (
    Decision,
    Draft,
    Situation,
    judged,
    not_after_today,
    not_before,
    not_blank,
    one_change,
    rules_fail,
)
from workflow.errors import BadInput
from workflow.events.review import (
    AbsenceRecorded,
    AttendedAgain,
    DraftPassedThrough,
    FlagCleared,
    FlagRaised,
    ReviewConcluded,
    ReviewPaused,
    ReviewResumed,
    SessionHeld,
)
from workflow.order import VenueOrder
from workflow.rules.facts import VOCABULARY, Facts
from workflow.rules.finding import Finding
from workflow.rules.flow import PASSED
from workflow.rules.rulebook import Rulebook
from workflow.stages.conflicted import chairs_refused, reported_chair
from workflow.stages.ticking import tick_with_act
from workflow.standing import facts_of, stated

RESIDENCE_COMMENT = VOCABULARY["session.residence_comment"].choices


def take(
    draft: Draft,
    item: AgendaItem,
    *,
    meeting: str,
    venue: str,
    day: date,
    number: int,
    order: VenueOrder,
    superior_attended: bool,
) -> tuple[Finding, ...]:
    """One item of a meeting: fold its session into the draft and return the rules that refuse it.

    A returning absentee is marked present first; a stage no clause fills is passed through (C-74).
    """
    situation, review = draft.situation, draft.review
    if review.stage == life.ABSENT:
        draft.add("attend", AttendedAgain(on=day), place=(order.place,))
    if draft.review.stage == life.PREPARED and not asks_for_draft(situation.rules, review.kind):
        draft.add("send_draft", DraftPassedThrough(on=day), place=(order.place,))
    not_before(
        "day", day, draft.review.dates.get("prepared"), "ngày chuẩn bị xong", "the day it was prepared"
    )
    not_before(
        "day", day, draft.review.dates.get("draft_sent"), "ngày gửi dự thảo", "the day the draft was sent"
    )
    if item.residence_comment not in RESIDENCE_COMMENT:
        raise BadInput(
            "residence_comment",
            item.residence_comment,
            f"không có trong các lựa chọn: {', '.join(RESIDENCE_COMMENT)}.",
            f"is not one of: {', '.join(RESIDENCE_COMMENT)}.",
        )
    tick_with_act(draft, item.ticked, day, venue, place=order.place)
    role = chair_role(situation, venue, item.chair)
    facts = session_facts(draft, item, venue=venue, day=day, number=number, order=order, role=role)
    facts = stated(facts, {"session.superior_attended": superior_attended})
    findings, failed = judged(situation, review, "hold_session", facts)
    draft.find(findings)
    draft.add(
        "hold_session",
        SessionHeld(
            venue=venue,
            meeting=meeting,
            on=day,
            item=number,
            chair_role=role,
            presented=item.presented,
            residence_comment=item.residence_comment,
            concluded=item.concluded,
        ),
        place=(order.place,),
    )
    if IRREGULAR in draft.review.flags and not failed:
        draft.add(
            "clear_flag",
            FlagCleared(flag=IRREGULAR, reason="step repeated", on=day),
            place=(order.place,),
        )
    if item.concluded and not draft.review.pending_venues and draft.review.stage == life.DRAFT_SENT:
        draft.add("conclude_review", ReviewConcluded(on=day), place=(order.place,))
    order.note(review.id, at(day, number))
    return failed


def asks_for_draft(rulebook: Rulebook, kind: str) -> bool:
    """Whether the regime has the stage, and any rule about this kind's sessions reads when it was sent."""
    if rulebook.flow(kind).draft == PASSED:
        return False
    return "draft.sent_on" in rulebook.fact_names("hold_session", kind)


def chair_role(situation: Situation, venue: str, chair: str) -> str:
    """`head` or `deputy` of the venue on the day, `other` for anybody else, empty where nobody is named."""
    return situation.chairs.get((venue, chair), "other") if chair else ""


def at(day: date, number: int) -> str:
    """Day and agenda number in the form order rules compare."""
    return f"{day.isoformat()}#{number:03d}"


def session_facts(
    draft: Draft, item: AgendaItem, *, venue: str, day: date, number: int, order: VenueOrder, role: str
) -> Facts:
    """What the rules may ask about a session at this venue."""
    review = draft.review
    moment = at(day, number)
    others = tuple(body for body in review.pending_venues if body != order.place)
    return stated(
        facts_of(review, draft.situation.known(review.id)),
        {
            "meeting.day": day,
            "session.at": moment,
            "session.venue_kind": order.kind,
            "session.chair_role": role or None,
            "session.presented": item.presented,
            "session.residence_comment": item.residence_comment,
            "session.concluded": item.concluded,
            "checklist.ticked": review.ticked(venue),
            "order.collective_exists": order.collective is not None,
            "order.collective_at": order.collective_at,
            "order.leaders_pending": order.leaders_pending(moment, review.id),
            "order.head_pending": order.heads_pending(moment, review.id),
            **({"order.reviewed_in_group": True} if order.cell else {}),
            "order.cell_pending": sum(
                1 for body, kind in review.venues if kind in ("cell", "group") and body in others
            ),
            "order.other_venues_pending": len(others) if order.kind in ("cell", "group") else 0,
            "order.deputies_here": sum(
                1 for (body, _), post in draft.situation.chairs.items() if body == venue and post == "deputy"
            ),
        },
    )


def irregular(
    draft: Draft,
    failed: tuple[Finding, ...],
    day: date,
    *,
    place: tuple[str, ...],
    besides: tuple[str, ...] = (),
) -> None:
    """What took place against a rule, or against a reading (`besides`), is marked and holds the next gate."""
    if failed or besides:
        draft.add(
            "raise_flag",
            FlagRaised(
                flag=IRREGULAR,
                reason="took place as recorded",
                rules=(*(finding.rule for finding in failed), *besides),
                on=day,
            ),
            place=place,
        )


def hold_session(command: HoldSession, situation: Situation) -> Decision:
    """One session of one review, recorded on its own."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("day", command.day, situation.today)
    order = situation.order[command.venue].copy()
    check_venue(draft, order)
    item = AgendaItem(
        review=command.review,
        chair=command.chair,
        presented=command.presented,
        residence_comment=command.residence_comment,
        concluded=command.concluded,
        ticked=command.ticked,
    )
    failed = take(
        draft,
        item,
        meeting=command.meeting,
        venue=command.venue,
        day=command.day,
        number=command.item,
        order=order,
        superior_attended=False,
    )
    if failed and not command.took_place:
        raise rules_fail(situation, command.review, failed, may_report=True)
    if not command.took_place:
        chairs_refused(situation, (item,), may_report=True)
    tie = reported_chair(draft, item.chair, failed)
    irregular(draft, failed, command.day, place=(order.place,), besides=tie)
    return one_change(draft, command.day, failed)


def check_venue(draft: Draft, order: VenueOrder) -> None:
    """Refuse a venue that is not among those the rulebook gave this review.

    In a regime that knows reviews in groups, a Party group of the member's own cell stands for the cell;
    whether it may in this one is for the rules (C-39).
    """
    venue, venues = order.venue, tuple(body for body, _ in draft.review.venues)
    of_member = draft.review.kind == life.INDIVIDUAL and (order.cell, "cell") in draft.review.venues
    by_group = of_member and draft.situation.rules.asks_for("cell.has_groups")
    if venue not in venues and not by_group:
        raise BadInput(
            "venue",
            venue,
            f"không phải nơi kiểm điểm của {draft.review.id} (nơi kiểm điểm: {', '.join(venues)}).",
            f"is not a venue of {draft.review.id} (venues: {', '.join(venues)}).",
        )


def mark_absent(command: MarkAbsent, situation: Situation) -> Decision:
    """The member was not there and is taken at the nearest meeting attended (DUK-2016, III.2.3.5)."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    draft.add("mark_absent", AbsenceRecorded(on=command.on, meeting=command.meeting))
    return one_change(draft, command.on)


def pause(command: Pause, situation: Situation) -> Decision:
    """The review stops for inspection; only a conclusion lets it go on (DUK-2016, II.3.2; C-34, C-80)."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_blank("reason", command.reason)
    draft.add("pause", ReviewPaused(reason=command.reason, on=command.on))
    return one_change(draft, command.on)


def resume(command: Resume, situation: Situation) -> Decision:
    """The competent level has concluded; the review goes on from where it stopped."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_blank("conclusion", command.conclusion)
    draft.add("resume", ReviewResumed(conclusion=command.conclusion, on=command.on))
    return one_change(draft, command.on)
