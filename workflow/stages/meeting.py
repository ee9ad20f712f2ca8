"""A meeting: its day is planned under the rules, and what took place is recorded in one go."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from states import review as life
from states.meeting import TABLE as MEETING_TABLE
from workflow.bodies import Ballot, Meeting, fold
from workflow.commands.meeting import AgendaItem, CancelMeeting, PlanMeeting, RecordMeeting
from workflow.decision import (
    Change,
    Decision,
    Draft,
    Outcome,
    Situation,
    check_body_move,
    not_after_today,
    not_blank,
    rules_fail,
)
from workflow.errors import AlreadyThere, BadInput, NotFound, Refusal
from workflow.errors import day as written
from workflow.event import Event
from workflow.events.meeting import (
    BallotCounted,
    MeetingCancelled,
    MeetingPlanned,
    MeetingRecorded,
)
from workflow.events.review import AbsenceRecorded, ResultAnnounced
from workflow.order import VenueOrder
from workflow.rules.finding import Finding
from workflow.rules.judge import failing
from workflow.stages.conflicted import chairs_refused, counters_refused, reported_chair
from workflow.stages.counting import check_sums, reconcile, warned
from workflow.stages.issuing import COLUMNS, MOTION, check_round, may_vote, papers_out
from workflow.stages.preparing import check_level
from workflow.stages.reviewing import at, chair_role, check_venue, irregular, session_facts, take
from workflow.stages.voting import judged_for_publishing, leave_unrated, vote
from workflow.standing import stated


def plan_meeting(command: PlanMeeting, situation: Situation) -> Decision:
    """Set a day: a day or agenda that would break a rule is refused with the clause."""
    meeting = _meeting(situation, command.meeting)
    order = situation.order[command.venue].copy()
    check_body_move(situation, MEETING_TABLE, "meeting", meeting, "plan", order.place)
    _own(meeting, command.venue)
    if command.day < situation.today:
        raise BadInput(
            "day",
            written(command.day),
            f"đã qua; hôm nay là {written(situation.today)}. Họp rồi thì ghi bằng mẫu ghi cuộc họp.",
            f"has passed; today is {written(situation.today)}. Record a meeting that took place instead.",
        )
    _check_items(command.items)
    refused: list[tuple[str, Finding]] = []
    for number, item in enumerate(command.items, start=1):
        draft = Draft(situation, situation.review(item.review))
        check_venue(draft, order)
        refused.extend((item.review, f) for f in _plan_item(draft, item, command, number, order))
        order.note(item.review, at(command.day, number))
    if refused:
        raise _refusal(situation, command.meeting, refused)
    chairs_refused(situation, command.items)
    planned = MeetingPlanned(
        campaign=command.campaign,
        organisation=command.organisation,
        venue=command.venue,
        day=command.day,
        agenda=tuple(item.review for item in command.items),
        chairs=tuple(item.chair for item in command.items),
    )
    return Decision(
        changes=(Change(stream=f"meeting/{command.meeting}", events=(planned,)),), occurred_on=situation.today
    )


def _plan_item(
    draft: Draft, item: AgendaItem, command: PlanMeeting, number: int, order: VenueOrder
) -> tuple[Finding, ...]:
    """Judge one planned item as if everything that can still be done in time is done today."""
    situation = draft.situation
    role = chair_role(situation, command.venue, item.chair)
    facts = session_facts(
        draft, item, venue=command.venue, day=command.day, number=number, order=order, role=role
    )
    earliest = {
        name: situation.today for name in ("draft.sent_on", "notice.superior_on") if facts.get(name) is None
    }
    facts = stated(facts, earliest, "today, the earliest day it can still be done")
    if facts.get("notice.superior_attachments") is None:
        facts = stated(facts, {"notice.superior_attachments": True}, "can still be attached")
    failed = failing(situation.rules, situation.rules.rules_of_plan(draft.review.kind), facts)
    return tuple(finding for finding in failed if finding.rule not in draft.review.excepted)


def record_meeting(command: RecordMeeting, situation: Situation) -> Decision:
    """Record what took place: sessions in agenda order, absences, the ballot of the whole sheet.

    Everything is judged first. Unless `took_place` is said, one failing rule refuses the whole meeting;
    with it, what failed is kept as irregular and holds the next gate of those reviews.
    """
    meeting = _meeting(situation, command.meeting)
    order = situation.order[command.venue].copy()
    check_body_move(situation, MEETING_TABLE, "meeting", meeting, "record", order.place)
    _own(meeting, command.venue)
    if meeting.stage == "held":
        raise AlreadyThere("meeting", command.meeting)
    not_after_today("day", command.day, situation.today)
    _check_items(command.items)
    _check_attendance(command)
    if order.cell:
        _check_no_ballot(command)
    for item in command.items:
        if item.absent:
            order.leave_out(item.review)
    drafts: dict[str, Draft] = {}
    refused: list[tuple[str, Finding]] = []
    taken: list[AgendaItem] = []
    for number, item in enumerate(command.items, start=1):
        draft = drafts[item.review] = Draft(situation, situation.review(item.review))
        check_venue(draft, order)
        if item.absent:
            draft.add(
                "mark_absent",
                AbsenceRecorded(on=command.day, meeting=command.meeting),
                place=(order.place,),
            )
        elif not _only_voted(draft, item, command.venue):
            failed = take(
                draft,
                item,
                meeting=command.meeting,
                venue=command.venue,
                day=command.day,
                number=number,
                order=order,
                superior_attended=command.superior_attended,
            )
            refused.extend((item.review, f) for f in failed)
            taken.append(item)
            tie = reported_chair(draft, item.chair, failed)
            irregular(draft, failed, command.day, place=(order.place,), besides=tie)
    ballot, outcomes = _vote_on_sheet(command, situation, drafts, refused)
    if refused and not command.took_place:
        raise _refusal(situation, command.meeting, refused, may_report=True)
    if not command.took_place:
        chairs_refused(situation, taken, may_report=True)
        counters = command.papers.counters if command.papers else ()
        counters_refused(
            situation, counters, (item.review for item in command.items if item.counts), may_report=True
        )
    recorded = MeetingRecorded(
        campaign=command.campaign,
        organisation=command.organisation,
        venue=command.venue,
        day=command.day,
        agenda=tuple(item.review for item in command.items),
        chairs=tuple(item.chair for item in command.items),
        present=command.present,
        invited=command.invited,
        superior_attended=command.superior_attended,
    )
    changes = [Change(stream=f"meeting/{command.meeting}", events=(recorded,))]
    if ballot:
        changes.append(Change(stream=f"ballot/{command.meeting}", events=ballot))
    changes.extend(draft.change for draft in drafts.values() if draft.events)
    return Decision(
        changes=tuple(changes),
        occurred_on=command.day,
        outcomes=tuple(outcomes),
        warnings=(*(finding for _, finding in refused), *warned(changes)),
    )


def _refusal(
    situation: Situation, name: str, refused: list[tuple[str, Finding]], *, may_report: bool = False
) -> Refusal:
    return rules_fail(
        situation,
        name,
        (finding for _, finding in refused),
        about=(review for review, _ in refused),
        may_report=may_report,
    )


def _only_voted(draft: Draft, item: AgendaItem, venue: str) -> bool:
    """Whether the item only brings an already reviewed subject to the ballot, to its second round too."""
    stage = draft.review.stage
    return bool(item.counts) and stage in (life.REVIEWED, life.VOTED) and venue in draft.review.sessions


def _vote_on_sheet(
    command: RecordMeeting, situation: Situation, drafts: dict[str, Draft], refused: list[tuple[str, Finding]]
) -> tuple[tuple[Event, ...], list[Outcome]]:
    """The one sheet of the evening: reconciled as a whole, then a motion a person and level."""
    voting = [item for item in command.items if item.counts]
    if not voting and command.papers is not None:
        raise BadInput(
            "items",
            command.meeting,
            "có số phiếu phát ra, thu về nhưng không ai có số phiếu theo mức.",
            "has papers issued and collected, but nobody has a count by level.",
        )
    if not voting:
        return (), []
    if command.papers is None:
        raise BadInput(
            "papers",
            "",
            "còn trống: có số phiếu từng người thì phải có số phiếu phát ra, thu về, hợp lệ, không hợp lệ.",
            "is empty: counts a person need the papers issued, collected, valid and invalid.",
        )
    if situation.bodies[f"ballot/{command.meeting}"].version:
        raise AlreadyThere("ballot", command.meeting)
    for item in voting:
        for level, _ in item.counts:
            check_level(situation, drafts[item.review].review.kind, level)
            check_round(drafts[item.review], (level,))
    several = any(len(item.counts) > 1 for item in voting)
    issued = papers_out(
        situation,
        campaign=command.campaign,
        organisation=command.organisation,
        meeting=command.meeting,
        day=command.day,
        secret=command.papers.secret,
        form=COLUMNS if several else MOTION,
        motions=tuple((item.review, item.counts[0][0]) for item in voting),
        named=command.papers,
    )
    counts = {item.review: list(item.counts) for item in voting}
    tallies = tuple((item.review, level, votes) for item in voting for level, votes in item.counts)
    papers = command.papers
    reconcile(
        command.meeting, papers, issued.casting, [(f"{r} {level}", votes) for r, level, votes in tallies]
    )
    check_sums(command.meeting, papers, counts)
    counted = BallotCounted(
        issued=papers.issued,
        collected=papers.collected,
        valid=papers.valid,
        invalid=papers.invalid,
        tallies=tallies,
    )
    sheet = fold(Ballot(command.meeting), (issued, counted))
    outcomes: list[Outcome] = []
    voted: set[str] = set()
    for item in voting:
        draft = drafts[item.review]
        if leave_unrated(draft, command.day):
            outcomes.append(Outcome(row=item.review, done=True, note=life.REVIEWED_UNRATED))
            continue
        failed = may_vote(draft, issued, tuple(level for level, _ in item.counts))
        refused.extend((item.review, f) for f in failed)
        if not failed and "irregular" not in draft.review.flags:
            vote(draft, sheet)
            if command.announced and draft.review.stage == life.VOTED:
                _announce(draft, command)
        else:
            irregular(draft, failed, command.day, place=(command.venue,))
        voted.add(item.review)
        outcomes.append(
            Outcome(row=item.review, done=draft.review.stage == life.VOTED, note=draft.review.stage)
        )
    kept = replace(issued, motions=tuple(row for row in issued.motions if row[0] in voted))
    told = replace(counted, tallies=tuple(row for row in tallies if row[0] in voted))
    return (kept, told), outcomes


def _announce(draft: Draft, command: RecordMeeting) -> None:
    """The count read out in the meeting; no publication where a regime publishes decisions alone (C-70)."""
    findings, failed = judged_for_publishing(draft, command.day)
    if not failed:
        draft.find(findings)
        draft.add("announce", ResultAnnounced(on=command.day), place=(command.venue,))


def cancel_meeting(command: CancelMeeting, situation: Situation) -> Decision:
    """Call a planned meeting off, with the reason."""
    meeting = _meeting(situation, command.meeting)
    if not meeting.version:
        raise NotFound("meeting", command.meeting)
    not_blank("reason", command.reason)
    # a Party group has no officers of its own: its meeting is called off by its cell
    of_cell = situation.superiors.get(meeting.venue, ())[:1] == (meeting.organisation,)
    venue = meeting.organisation if of_cell else meeting.venue
    check_body_move(situation, MEETING_TABLE, "meeting", meeting, "cancel", venue)
    cancelled = MeetingCancelled(reason=command.reason)
    return Decision(
        changes=(Change(stream=f"meeting/{command.meeting}", events=(cancelled,)),),
        occurred_on=situation.today,
    )


def _check_items(items: tuple[AgendaItem, ...]) -> None:
    if not items:
        raise BadInput("items", "", "còn trống: chương trình họp chưa có mục nào.", "is empty: no agenda.")
    twice = [review for review, times in Counter(item.review for item in items).items() if times > 1]
    if twice:
        raise BadInput("items", twice[0], "có hai lần trong chương trình họp.", "stands twice on the agenda.")


def _check_attendance(command: RecordMeeting) -> None:
    # one person may be reviewed as a member and as a leader on one evening
    people = {
        item.review.rpartition(".")[2]
        for item in command.items
        if _is_person(item.review) and not item.absent
    }
    taken = len(people)
    if command.present < max(taken, 1):
        raise BadInput(
            "present",
            str(command.present),
            f"– số người có mặt không thể ít hơn {max(taken, 1)} người được kiểm điểm tại cuộc họp.",
            f"– fewer present than the {max(taken, 1)} people reviewed at the meeting.",
        )


def _check_no_ballot(command: RecordMeeting) -> None:
    """A Party group reviews; the rating is voted on in the cell, once the group has reported (C-39)."""
    if command.papers is not None or any(item.counts for item in command.items):
        raise BadInput(
            "papers",
            command.meeting,
            "– tổ đảng không bỏ phiếu xếp loại; tổ báo cáo kết quả kiểm điểm rồi chi bộ bỏ phiếu.",
            "– a Party group holds no ballot on levels; it reports its reviews and the cell votes.",
        )


def _own(meeting: Meeting, venue: str) -> None:
    """Refuse the name of a meeting that another venue has planned or held."""
    if meeting.version and meeting.venue != venue:
        raise AlreadyThere("meeting", meeting.id)


def _is_person(review: str) -> bool:
    return ".member." in review or ".leader." in review


def _meeting(situation: Situation, meeting: str) -> Meeting:
    body = situation.bodies[f"meeting/{meeting}"]
    assert isinstance(body, Meeting), "a meeting stream folds to a meeting"
    return body
