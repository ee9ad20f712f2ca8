"""How a review, its events and its refusals are shown as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from api.language import Language
from handlers.next_acts import Outlook, outlook
from handlers.replay import Frame
from handlers.telling.voice import Voice
from handlers.timeline import line
from states import review as life
from states.flags import FLAGS
from states.roles import ACTS_FROM_ABOVE, Role
from states.table import REMEMBERED
from workflow.commands.asking import Actor
from workflow.decision import traits
from workflow.engine import Engine
from workflow.naming import TRIGGER_NAMES
from workflow.refusals import Refused
from workflow.review import Review
from workflow.rules.finding_codec import finding_to_json
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence


class FactOut(BaseModel):
    """A recorded fact and the version of the event that told it."""

    value: Any
    version: int


class VenueOut(BaseModel):
    """A body the review is taken at; the rest is empty until its session was held."""

    venue: str
    kind: str
    meeting: str | None = None
    on: date | None = None
    item: int | None = None
    chair_role: str | None = None


class MotionOut(BaseModel):
    """One level put to the vote: papers in favour of those entitled."""

    ballot: str
    level: str
    in_favour: int
    entitled: int
    on: date
    carried: bool


class FlagOut(BaseModel):
    """A flag that is open, the moves it holds and what closes it."""

    flag: str
    name: str
    rules: list[str]
    holds: list[str]
    closed_by: str


class NextOut(BaseModel):
    """One move the table has from here: where it leads, who may make it and whether the asker may now."""

    act: str
    name: str
    leads_to: str
    by: list[Role]
    at: str
    you_may: bool
    held: str | None = None


class FindingOut(BaseModel):
    """One rule judged: its clause, verdict, what it read and compared, in one sentence."""

    rule: str
    cite: str
    verdict: str
    force: str
    operands: list[dict[str, Any]]
    comparison: str
    reading: str | None
    missing: list[str]
    sentence: str


class ReplayedFinding(FindingOut):
    """A stored finding, and whether judging it again from its own operands gives the same."""

    agrees: bool
    again: dict[str, Any] | None = None


class ReviewOut(BaseModel):
    """One review as its events tell it, and what may follow."""

    review: str
    version: int
    campaign: str
    kind: str
    quality: str
    subject: str
    organisation: str
    superior: str
    stage: str
    stage_name: str
    rated: bool
    round: int
    self_level: str | None
    proposed_level: str | None
    voted_level: str | None
    appraised_level: str | None
    decided_level: str | None
    bundle: str | None
    dates: dict[str, date]
    facts: dict[str, FactOut]
    venues: list[VenueOut]
    motions: list[MotionOut]
    flags: list[FlagOut]
    excepted: list[str]
    next: list[NextOut]
    gate: str
    missing: list[FindingOut]


class EventOut(BaseModel):
    """One event, the review after it, and its findings."""

    version: int
    position: int
    name: str
    says: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    capacity: str
    by: str
    command_id: str
    stage: str
    level: str | None
    flags: list[str]
    data: dict[str, Any]
    event_hash: str
    findings: list[ReplayedFinding]


class RefusalOut(BaseModel):
    """One refused command: its kind and the rules that failed, by id and verdict."""

    recorded_at: datetime
    command: str
    command_id: str
    actor: str
    capacity: str
    refusal: str
    failing: list[tuple[str, str]]


def review_out(engine: Engine, review_id: str, actor: Actor, today: date, language: Language) -> ReviewOut:
    """The review on a day, for the one who asks. NotFound for a review the log does not have."""
    seen = outlook(engine, review_id, actor, today)
    review = seen.review
    rulebook = seen.situation.rules
    return ReviewOut(
        review=review.id,
        version=review.version,
        campaign=review.campaign,
        kind=review.kind,
        quality=review.quality,
        subject=review.subject,
        organisation=review.organisation,
        superior=review.superior,
        stage=review.stage,
        stage_name=_pick(life.NAMES[review.stage], language),
        rated=review.rated,
        round=review.round,
        self_level=review.self_level,
        proposed_level=review.proposed_level,
        voted_level=review.voted_level,
        appraised_level=review.appraised_level,
        decided_level=review.decided_level,
        bundle=review.bundle,
        dates=review.dates,
        facts={
            name: FactOut(value=value, version=version) for name, (value, version) in review.facts.items()
        },
        venues=[_venue(review, venue, kind) for venue, kind in review.venues],
        motions=[
            MotionOut(
                ballot=motion.ballot,
                level=motion.level,
                in_favour=motion.in_favour,
                entitled=motion.entitled,
                on=motion.on,
                carried=motion.carried,
            )
            for motion in review.motions
        ],
        flags=[_flag(name, rules, language) for name, rules in review.flags.items()],
        excepted=list(review.excepted),
        next=_next(seen, language),
        gate=seen.gate,
        missing=[
            FindingOut.model_validate({**finding_to_json(one), "sentence": sentence(one, rulebook, language)})
            for one in seen.missing
        ],
    )


def event_out(frame: Frame, rulebook: Rulebook | None, voice: Voice) -> EventOut:
    """One event of a replay, told as one sentence beside its data."""
    stored = frame.stored
    told = line(frame.event, stored, voice)
    findings = []
    for one in frame.findings:
        said = sentence(one.stored, rulebook, voice.language) if rulebook else one.stored.comparison
        again = None if one.agrees else finding_to_json(one.again)
        findings.append(
            ReplayedFinding.model_validate(
                {**finding_to_json(one.stored), "sentence": said, "agrees": one.agrees, "again": again}
            )
        )
    return EventOut(
        version=stored.version,
        position=stored.position,
        name=stored.name,
        says=told.says,
        occurred_at=stored.occurred_at,
        recorded_at=stored.recorded_at,
        actor=stored.actor,
        capacity=stored.capacity,
        by=told.by,
        command_id=stored.command_id,
        stage=frame.stage,
        level=frame.level,
        flags=list(frame.flags),
        data=json.loads(stored.data),
        event_hash=stored.event_hash,
        findings=findings,
    )


def refusal_out(refused: Refused) -> RefusalOut:
    """One refused command; the texts that were sent are not kept."""
    return RefusalOut(
        recorded_at=refused.recorded_at,
        command=refused.command,
        command_id=refused.command_id,
        actor=refused.actor,
        capacity=refused.capacity,
        refusal=refused.refusal,
        failing=list(refused.failing),
    )


def _next(seen: Outlook, language: Language) -> list[NextOut]:
    review = seen.review
    mine = {move.trigger: move for move in seen.moves}
    found: dict[str, NextOut] = {}
    held = traits(seen.situation, review)
    for row in life.TABLE.open_to(review.stage, review.kind):
        if row.trigger in found or (row.where and row.where not in held):
            continue
        target = (review.remembered or review.stage) if row.target == REMEMBERED else row.target
        move = mine.get(row.trigger)
        refused = move.held if move is not None else None
        found[row.trigger] = NextOut(
            act=row.trigger,
            name=_pick(TRIGGER_NAMES.get(row.trigger, (row.trigger, row.trigger)), language),
            leads_to=target,
            by=sorted(row.by),
            at=review.superior if row.by & ACTS_FROM_ABOVE else review.organisation,
            you_may=move is not None and refused is None,
            held=(refused.en if language == "en" else refused.vi) if refused is not None else None,
        )
    return list(found.values())


def _venue(review: Review, venue: str, kind: str) -> VenueOut:
    held = review.sessions.get(venue)
    if held is None:
        return VenueOut(venue=venue, kind=kind)
    return VenueOut(
        venue=venue,
        kind="group" if held.group else kind,
        meeting=held.meeting,
        on=held.on,
        item=held.item,
        chair_role=held.chair_role,
    )


def _flag(name: str, rules: tuple[str, ...], language: Language) -> FlagOut:
    flag = FLAGS[name]
    return FlagOut(
        flag=name,
        name=_pick((flag.vi, flag.en), language),
        rules=list(rules),
        holds=sorted(flag.blocks),
        closed_by=_pick((flag.closed_by_vi, flag.closed_by_en), language),
    )


def _pick(words: tuple[str, str], language: Language) -> str:
    return words[1] if language == "en" else words[0]
