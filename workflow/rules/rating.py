"""From facts to a level, in the order of C-16: exempt, lowest level, highest level that holds, caps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from states.levels import Scale
from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.flow import FALL_THROUGH, HIGHEST, Flow
from workflow.rules.judge import judge_rule
from workflow.rules.ladder import Judged, Ladder
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.trace import Did, Step, StepName, ballot_step, decision_step, quota_step


class Standing(StrEnum):
    """What a rating came to: a level, none as a fact is missing, none as no level fits, exempt, or entered.

    ENTERED: the regime has no criteria for this kind or this subject, the decider enters the level
    (C-51, C-91).
    """

    LEVEL = "level"
    UNKNOWN = "unknown"
    NO_LEVEL = "no_level"
    EXEMPT = "exempt"
    ENTERED = "entered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """A computed level with all its reasons.

    `level` is set for the standing LEVEL alone. `suggestion` is what the software would put forward where it
    may not set a level itself (a fault without a vote, a gap between levels). In a gap `choices` are the
    levels the decider chooses among, best first. `ceiling` is the highest level a ballot or decision may give
    on what is known, `possible` the highest if everything still missing turned out well; judgements (words
    such as "excellent") bind neither, they are the decider's own (C-16). `effect` says for an exemption
    whether the review is left out ("exempt") or held without a rating ("reviewed_unrated"). `trace` is the
    way to the level, step by step.
    """

    standing: Standing
    level: str | None
    findings: tuple[Finding, ...]
    suggestion: str | None = None
    choices: tuple[str, ...] = ()
    ceiling: str | None = None
    possible: str | None = None
    missing: tuple[str, ...] = ()
    triggered: bool | None = None
    effect: str | None = None
    bars: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    needed: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    trace: tuple[Step, ...] = ()

    def facts(self, source: str) -> Facts:
        """The computed.* facts, for the gates that tell the superior of a fault (submit, decide)."""
        return Facts.of(source, {"computed.level": self.level, "computed.triggered": self.triggered})

    def against(self, level: str) -> tuple[Finding, ...]:
        """What stands against giving `level`: defects, caps and conditions that forbid it, or are not known.

        Judgements never do, nor a defect whose clause gives the decider discretion; they are the decider's
        own (C-16). Each may be excepted by its rule id.
        """
        return self.bars[level]

    def against_motion(self, level: str) -> tuple[Finding, ...]:
        """What stands against a vote on `level`: the same, and for the lowest that no fault is there."""
        return (*self.bars[level], *self.needed.get(level, ()))

    def after(
        self,
        scale: Scale,
        *,
        voted: str | None = None,
        quota: Sequence[Finding] = (),
        decided: str | None = None,
    ) -> tuple[Step, ...]:
        """The whole trace, with what people did afterwards: ballot, quota of the list, decision."""
        steps, level = list(self.trace), self.level
        if voted is not None:
            steps.append(ballot_step(scale, level, voted))
            level = steps[-1].after
        if quota:
            steps.append(quota_step(level, quota))
        if decided is not None:
            steps.append(decision_step(scale, level, decided))
        return tuple(steps)


def rate(rulebook: Rulebook, kind: str, facts: Facts) -> Rating:
    """The level of one review. LookupError for a kind the rulebook has no scale for: levels are entered."""
    scale = rulebook.scale(kind)
    if scale is None:
        raise LookupError(f"{rulebook.id} computes no level for {kind} reviews.")
    exempt = exemptions(rulebook, kind, facts)
    told = tuple(finding for _, finding in exempt)
    for rule, finding in exempt:
        if finding.verdict is Verdict.HOLDS:
            return Rating(
                standing=Standing.EXEMPT,
                level=None,
                findings=told,
                effect=rule.effect,
                bars=dict.fromkeys(scale.levels, (finding,)),
                trace=(Step(name=StepName.EXEMPT, did=Did.EXEMPTED, findings=told),),
            )
    ladder = Ladder(
        levels=scale.levels,
        triggers=_judge(rulebook, rulebook.rules_of(Role.TRIGGER, kind), facts),
        conditions={
            level: _judge(rulebook, rulebook.rules_of(Role.CONDITION, kind, level), facts)
            for level in scale.levels
        },
        caps=_judge(rulebook, rulebook.rules_of(Role.CAP, kind), facts),
        otherwise=_judge(rulebook, rulebook.rules_of(Role.OTHERWISE, kind), facts),
    )
    unsettled = [finding for _, finding in exempt if finding.verdict is Verdict.UNKNOWN]
    rating = _rated(ladder, rulebook.flow(kind), unsettled)
    step = Step(name=StepName.EXEMPT, did=Did.LEFT_OPEN if unsettled else Did.NOTHING, findings=told)
    return replace(
        rating,
        findings=(*told, *ladder.findings),
        ceiling=ladder.highest(sure=True),
        possible=ladder.highest(sure=False),
        triggered=ladder.triggered,
        bars={level: ladder.bars(level, waived=rating.choices) for level in scale.levels},
        needed={} if ladder.triggered else ladder.needed(),
        trace=(step, *rating.trace),
    )


def _rated(ladder: Ladder, flow: Flow, unsettled: list[Finding]) -> Rating:
    """Triggers, conditions and caps of a subject nobody excuses; `unsettled` are exemptions not known yet."""
    lowest, fired = ladder.levels[-1], ladder.fired()
    leading = [rule for rule, _ in fired if not rule.needs_ballot]
    defects = tuple(finding for _, finding in ladder.triggers)
    if leading:
        level = max((rule.level or lowest for rule in leading), key=ladder.levels.index)
        gave = Step(name=StepName.TRIGGERS, did=Did.GAVE, findings=defects, after=level)
        return _result(Standing.LEVEL, level, level, (), (gave,))
    unsure = [finding for _, finding in ladder.triggers if finding.verdict is Verdict.UNKNOWN]
    open_here = bool(fired or unsure or unsettled)
    steps = [Step(name=StepName.TRIGGERS, did=Did.LEFT_OPEN if open_here else Did.NOTHING, findings=defects)]
    if not flow.computed or ladder.is_silent:
        return _result(Standing.ENTERED, None, None, _missing([*unsettled, *unsure]), steps)
    if fired:
        return _result(Standing.NO_LEVEL, None, lowest, _missing(ladder.open_questions()), steps)
    steps.extend(ladder.steps())
    if unsettled or unsure:
        missing = _missing([*unsure, *unsettled, *ladder.open_questions()])
        return _result(Standing.UNKNOWN, None, None, missing, steps)
    reached, open_questions = ladder.level()
    if open_questions:
        return _result(Standing.UNKNOWN, None, None, _missing(open_questions), steps)
    if reached is not None:
        return _result(Standing.LEVEL, reached, reached, (), steps)
    return _in_a_gap(ladder, flow, steps)


def _in_a_gap(ladder: Ladder, flow: Flow, steps: list[Step]) -> Rating:
    """No level's conditions all hold. A clause may say which level that is; else the decider chooses (C-49).

    He chooses at or below the highest level whose conditions hold apart from those that only keep it from
    the level above; where there is none, between the two lowest.
    """
    otherwise = ladder.otherwise_level()
    findings = tuple(finding for _, finding in ladder.otherwise)
    if otherwise is not None:
        gave = Step(name=StepName.OTHERWISE, did=Did.GAVE, findings=findings, after=otherwise)
        return _result(Standing.LEVEL, otherwise, otherwise, (), [*steps, gave])
    fallen = ladder.fallen_level()
    if fallen is not None and flow.point_gap == FALL_THROUGH:
        gave = Step(name=StepName.OTHERWISE, did=Did.GAVE, after=fallen)
        return _result(Standing.LEVEL, fallen, fallen, (), [*steps, gave])
    first = ladder.levels.index(fallen) if fallen is not None else len(ladder.levels) - 2
    choices = ladder.levels[max(first, ladder.capped_at()) :]
    suggestion = choices[0] if flow.suggests == HIGHEST and fallen is not None else choices[-1]
    left = Step(name=StepName.OTHERWISE, did=Did.LEFT_OPEN, findings=findings)
    rating = _result(Standing.NO_LEVEL, None, suggestion, (), [*steps, left])
    return replace(rating, choices=choices)


def _result(
    standing: Standing,
    level: str | None,
    suggestion: str | None,
    missing: tuple[str, ...],
    trace: Sequence[Step],
) -> Rating:
    return Rating(
        standing=standing,
        level=level,
        findings=(),
        suggestion=suggestion,
        missing=missing,
        trace=tuple(trace),
    )


def exemptions(rulebook: Rulebook, kind: str, facts: Facts) -> list[Judged]:
    """The exemption rules of a kind with their findings; one that HOLDS leaves the review out or unrated."""
    return _judge(rulebook, rulebook.rules_of(Role.EXEMPTION, kind), facts)


def _judge(rulebook: Rulebook, rules: tuple[Rule, ...], facts: Facts) -> list[Judged]:
    return [(rule, judge_rule(rulebook, rule, facts)) for rule in rules]


def _missing(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for finding in findings for name in finding.missing))
