"""Preparing a review: the report is written, facts are recorded, a level is put forward."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from workflow.commands.preparing import FactEntry, Prepare, ProposeLevel, RateSelf, RecordFacts
from workflow.decision import (
    Decision,
    Draft,
    Situation,
    judged,
    not_after_today,
    not_blank,
    one_change,
    rules_fail,
)
from workflow.errors import BadInput
from workflow.events.review import DraftPrepared, FactRecorded, LevelProposed, SelfRated
from workflow.rules.facts import VOCABULARY
from workflow.rules.judge import warnings
from workflow.stages.ticking import tick_with_act
from workflow.standing import facts_of, stated


def prepare(command: Prepare, situation: Situation) -> Decision:
    """The report or self-review is written. open -> prepared."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    tick_with_act(draft, command.ticked, command.on)
    draft.add("prepare", DraftPrepared(on=command.on, document=command.document))
    facts = facts_of(draft.review, situation.known(command.review))
    findings, failed = judged(situation, draft.review, "prepare", facts)
    if failed:
        raise rules_fail(situation, draft.review.id, failed)
    draft.find(findings)
    return one_change(draft, command.on)


def record_facts(command: RecordFacts, situation: Situation) -> Decision:
    """Facts the rules ask for became known: each is checked against the vocabulary and its own rules."""
    draft = Draft(situation, situation.review(command.review))
    if not command.facts:
        raise BadInput(
            "facts", "", "còn trống. Chọn ít nhất một dữ kiện.", "is empty. Name at least one fact."
        )
    for entry in command.facts:
        not_after_today("on", entry.on, situation.today)
        check_fact(entry)
        draft.add(
            "record_fact",
            FactRecorded(fact=entry.fact, value=entry.value, on=entry.on, document=entry.document),
        )
    facts = facts_of(draft.review, situation.known(command.review))
    findings, failed = judged(situation, draft.review, "record_fact", facts)
    named = {entry.fact for entry in command.facts}
    wrong = tuple(f for f in failed if {operand.name for operand in f.operands} & named and not f.missing)
    if wrong:
        raise rules_fail(situation, draft.review.id, wrong)
    draft.find(finding for finding in findings if not finding.missing)
    doubtful = (f for f in warnings(findings) if {operand.name for operand in f.operands} & named)
    return one_change(draft, max(entry.on for entry in command.facts), doubtful)


def check_fact(entry: FactEntry) -> None:
    """Refuse a fact nobody asks for, or a value of another type than its vocabulary says."""
    kind = VOCABULARY.get(entry.fact)
    if kind is None or not kind.recordable:
        raise BadInput(
            "fact",
            entry.fact,
            "không phải là dữ kiện được ghi tay. Xem danh mục dữ kiện của quy định.",
            "is not a fact to be recorded by hand. See the vocabulary of the rulebook.",
        )
    fits = {
        bool: lambda value: isinstance(value, bool),
        int: lambda value: isinstance(value, int) and not isinstance(value, bool),
        str: lambda value: isinstance(value, str) and bool(value.strip()),
        date: _is_day,
        Decimal: _is_number,
    }[kind.type]
    if not fits(entry.value) or (kind.choices and entry.value not in kind.choices):
        wanted = ", ".join(kind.choices) if kind.choices else kind.type.__name__
        raise BadInput(
            entry.fact,
            str(entry.value),
            f"không đúng dạng; cần: {wanted}.",
            f"has the wrong form; expected: {wanted}.",
        )


NUMBER_MAX = Decimal(1_000_000)
"""No fact is larger; a number beyond it is a slip of the hand."""


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return False
    return number.is_finite() and abs(number) <= NUMBER_MAX


def rate_self(command: RateSelf, situation: Situation) -> Decision:
    """The member rates himself against conditions and standards (DUK-2016, III.2.3.5)."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    check_level(situation, draft.review.kind, command.level)
    draft.add("rate_self", SelfRated(level=command.level, on=command.on))
    return one_change(draft, command.on)


def propose(command: ProposeLevel, situation: Situation) -> Decision:
    """The proposing body puts a level forward (DUK-2016, III.1.3.5)."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_blank("by", command.by)
    check_level(situation, draft.review.kind, command.level)
    facts = stated(
        facts_of(draft.review, situation.known(command.review)),
        {"proposal.level": command.level, "proposal.by": command.by},
    )
    findings, failed = judged(situation, draft.review, "propose", facts)
    if failed:
        raise rules_fail(situation, draft.review.id, failed)
    draft.add("propose", LevelProposed(level=command.level, on=command.on, by=command.by))
    draft.find(findings)
    return one_change(draft, command.on)


def check_level(situation: Situation, kind: str, level: str) -> None:
    """Refuse a level that is not on the scale of this kind of review."""
    scale = situation.rules.scale(kind)
    if scale is None or level not in scale.levels:
        names = " > ".join(scale.levels) if scale else "–"
        raise BadInput(
            "level",
            level,
            f"không có trong các mức của quy định này ({names}).",
            f"is not one of the levels of this rulebook ({names}).",
        )
