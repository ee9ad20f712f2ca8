"""Rewards: put forward once levels are decided, judged by the rulebook, granted, refused or withdrawn."""

from __future__ import annotations

from datetime import date

from states.reward import TABLE
from states.roles import Role
from workflow.commands.reward import (
    DecideReward,
    ImportHistory,
    ProposeReward,
    RefuseReward,
    RewardCommand,
    WithdrawReward,
)
from workflow.decision import (
    Change,
    Decision,
    Situation,
    check_body_move,
    judged,
    not_after_today,
    not_before,
    not_blank,
    not_twice,
    rules_fail,
)
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound
from workflow.event import Event
from workflow.events.reward import (
    HistoryImported,
    RewardDecided,
    RewardProposed,
    RewardRefused,
    RewardWithdrawn,
)
from workflow.review import Review
from workflow.rewards import Reward
from workflow.rules.facts import Fact, Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import warnings
from workflow.rules.rulebook import Rulebook
from workflow.rules.topics.choices import LEVELS, REWARD_LEVELS, REWARDS, STANDINGS

KEEPS_HISTORY = frozenset({Role.OFFICER, Role.ADMINISTRATOR})
"""Who may take earlier years over."""
YEARS = (1976, 2100)


def propose(command: ProposeReward, situation: Situation) -> Decision:
    """Ask for a reward; rules of the campaign's regulation say who may be put forward for which."""
    reward = _reward(situation, command.reward)
    if reward.version:
        raise AlreadyThere("reward", command.reward)
    review = situation.review(command.review)
    _one_of("award", command.award, REWARDS)
    _one_of("granted_by", command.granted_by, REWARD_LEVELS)
    not_blank("by", command.by)
    not_after_today("on", command.on, situation.today)
    check_body_move(
        situation, TABLE, "reward", reward, "propose_reward", review.organisation, review.superior
    )
    _at_its_level(command, situation, review)
    _rated_before(review, command.on)
    facts = situation.known(review.id).merged(asked_facts(command.award, command.granted_by))
    if facts.value("reward.asked_before"):
        raise BadInput(
            "award",
            command.award,
            f"đã được đề nghị {command.by} cho {review.id}; rút đề nghị cũ trước khi đề nghị lại.",
            f"was asked of {command.by} for {review.id} already; withdraw that proposal first.",
        )
    findings = _judged(situation, review, "propose_reward", facts)
    event = RewardProposed(
        campaign=review.campaign,
        organisation=review.organisation,
        superior=review.superior,
        review=review.id,
        award=command.award,
        granted_by=command.granted_by,
        by=command.by,
        grounds=grounds_of(facts, findings, situation.rules),
        on=command.on,
        through=command.through,
        document=command.document,
    )
    return _one(situation, command, event, findings)


def decide(command: DecideReward, situation: Situation) -> Decision:
    """Grant it: everything is judged again, and the share of titles besides. proposed -> decided."""
    reward = _there(situation, command, "decide_reward")
    not_blank("document", command.document)
    review = situation.review(reward.review)
    facts = situation.known(review.id).merged(asked_facts(reward.award, reward.granted_by))
    findings = _judged(situation, review, "decide_reward", facts)
    event = RewardDecided(
        on=command.on, document=command.document, grounds=grounds_of(facts, findings, situation.rules)
    )
    return _one(situation, command, event, findings)


def refuse(command: RefuseReward, situation: Situation) -> Decision:
    """The body asked says no. proposed -> refused."""
    _there(situation, command, "refuse_reward")
    not_blank("reason", command.reason)
    return _one(situation, command, RewardRefused(on=command.on, reason=command.reason))


def withdraw(command: WithdrawReward, situation: Situation) -> Decision:
    """The proposal is taken back. proposed -> withdrawn."""
    _there(situation, command, "withdraw_reward")
    not_blank("reason", command.reason)
    return _one(situation, command, RewardWithdrawn(on=command.on, reason=command.reason))


def import_history(command: ImportHistory, situation: Situation, digests: tuple[str, ...]) -> Decision:
    """Take levels of earlier years over; the file was read and its cells checked before."""
    stream = f"history/{command.history}"
    actor = situation.actor
    if actor.role not in KEEPS_HISTORY:
        raise NotAllowed(command.history, "import_history", actor.role, actor.body, KEEPS_HISTORY, actor.body)
    if situation.bodies[stream].version:
        raise AlreadyThere("history", command.history)
    if not command.rows:
        raise BadInput("rows", "", "không có dòng nào.", "holds no row.")
    not_twice("rows", (f"{row.subject} {row.year}" for row in command.rows))
    for row in command.rows:
        not_blank("subject", row.subject)
        _one_of("level", row.level, LEVELS)
        _one_of("standing", row.standing, STANDINGS)
        if not YEARS[0] <= row.year <= situation.today.year:
            raise BadInput(
                "year",
                str(row.year),
                f"nằm ngoài các năm {YEARS[0]}–{situation.today.year}.",
                f"lies outside {YEARS[0]} to {situation.today.year}.",
            )
    event = HistoryImported(source=command.source, digests=digests)
    return Decision(changes=(Change(stream=stream, events=(event,)),), occurred_on=situation.today)


def asked_facts(award: str, granted_by: str) -> Facts:
    """What is asked for, as the rules read it."""
    return Facts({"reward.kind": Fact(award, "command"), "reward.by": Fact(granted_by, "command")})


def grounds_of(
    facts: Facts, findings: tuple[Finding, ...], rulebook: Rulebook
) -> tuple[tuple[str, int], ...]:
    """The reviews whose levels counted, with their rounds: that of the year, and those before where asked."""
    held, year = facts.value("reward.grounds") or (), facts.value("campaign.year")
    assert isinstance(held, tuple), "grounds are a list"
    assert isinstance(year, int), "a campaign has its year"
    judged_years = [
        rulebook.rule(finding.rule).parameters.get("years_min", 1)
        for finding in findings
        if finding.verdict is Verdict.HOLDS
    ]
    first = year - max(judged_years, default=1)
    return tuple((str(review), int(number)) for review, number, of in held if of > first)


def _judged(situation: Situation, review: Review, gate: str, facts: Facts) -> tuple[Finding, ...]:
    findings, failed = judged(situation, review, gate, facts)
    if failed:
        raise rules_fail(situation, review.id, failed)
    return findings


def _at_its_level(command: ProposeReward, situation: Situation, review: Review) -> None:
    """A grassroots body rewards what is its own; bodies further up need not stand in the roster."""
    own = (review.organisation, *situation.superiors.get(review.organisation, ()), review.superior)
    if command.granted_by == "grassroots" and command.by not in own:
        raise BadInput(
            "by",
            command.by,
            f"không phải tổ chức của {review.id} hay cấp trên của tổ chức ấy.",
            f"is neither the organisation of {review.id} nor above it.",
        )


def _rated_before(review: Review, on: date) -> None:
    decided = review.dates.get("decided")
    if decided is not None:
        not_before("on", on, decided, "ngày quyết định xếp loại", "the day the level was decided")


def _there(situation: Situation, command: DecideReward | RefuseReward | WithdrawReward, move: str) -> Reward:
    reward = _reward(situation, command.reward)
    if not reward.version:
        raise NotFound("reward", command.reward)
    check_body_move(situation, TABLE, "reward", reward, move, reward.organisation, reward.superior)
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, reward.proposed_on, "ngày đề nghị", "the day it was proposed")
    return reward


def _reward(situation: Situation, name: str) -> Reward:
    body = situation.bodies[f"reward/{name}"]
    assert isinstance(body, Reward), "a reward stream folds to a reward"
    return body


def _one_of(field: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        listed = ", ".join(choices)
        raise BadInput(field, value, f"không thuộc {listed}.", f"is none of {listed}.")


def _one(
    situation: Situation, command: RewardCommand, event: Event, findings: tuple[Finding, ...] = ()
) -> Decision:
    on = getattr(command, "on", situation.today)
    change = Change(stream=f"reward/{command.reward}", events=(event,), findings=(findings,))
    return Decision(changes=(change,), occurred_on=on, warnings=warnings(findings))
