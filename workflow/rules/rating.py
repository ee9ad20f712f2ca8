"""From facts to a level, in the order of C-16: exempt, lowest level, highest level that holds, caps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook

Judged = tuple[Rule, Finding]


class Standing(StrEnum):
    """What a rating came to: a level, none as a fact is missing, none as no level fits, or exempt."""

    LEVEL = "level"
    UNKNOWN = "unknown"
    NO_LEVEL = "no_level"
    EXEMPT = "exempt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """A computed level with all its reasons.

    `level` is set for the standing LEVEL alone. `suggestion` is what the software would put forward where it
    may not set a level itself (a fault without a vote, a gap between levels). `ceiling` is the highest level
    a ballot or decision may give on what is known, `possible` the highest if everything still missing turned
    out well; judgements (words such as "excellent") bind neither, they are the decider's own (C-16).
    `effect` says for an exemption whether the review is left out ("exempt") or held without a rating
    ("reviewed_unrated").
    """

    standing: Standing
    level: str | None
    findings: tuple[Finding, ...]
    suggestion: str | None = None
    ceiling: str | None = None
    possible: str | None = None
    missing: tuple[str, ...] = ()
    triggered: bool | None = None
    effect: str | None = None
    bars: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    needed: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def facts(self, source: str) -> Facts:
        """The computed.* facts, for the gates that tell the superior of a fault (submit, decide)."""
        return Facts.of(source, {"computed.level": self.level, "computed.triggered": self.triggered})

    def against(self, level: str) -> tuple[Finding, ...]:
        """What stands against giving `level`: defects, caps and conditions that forbid it, or are not known.

        Judgements never do; they are the decider's own (C-16). Each may be excepted by its rule id.
        """
        return self.bars[level]

    def against_motion(self, level: str) -> tuple[Finding, ...]:
        """What stands against a vote on `level`: the same, and for the lowest that no fault is there."""
        return (*self.bars[level], *self.needed.get(level, ()))


def rate(rulebook: Rulebook, kind: str, facts: Facts) -> Rating:
    """The level of one review. LookupError for a kind the rulebook has no scale for: levels are entered.

    A condition of the lowest level is the document's "otherwise": it is asked only where no higher level
    holds, and without one that case has no level.
    """
    scale = rulebook.scale(kind)
    if scale is None:
        raise LookupError(f"{rulebook.id} computes no level for {kind} reviews.")
    exempt = exemptions(rulebook, kind, facts)
    for rule, finding in exempt:
        if finding.verdict is Verdict.HOLDS:
            findings = tuple(item for _, item in exempt)
            bars = dict.fromkeys(scale.levels, (finding,))
            return Rating(
                standing=Standing.EXEMPT, level=None, findings=findings, effect=rule.effect, bars=bars
            )
    triggers = _judge(rulebook, rulebook.rules_of(Role.TRIGGER, kind), facts)
    higher = scale.levels[:-1]
    conditions = {level: _judge(rulebook, _of_level(rulebook, kind, level), facts) for level in higher}
    caps = _judge(rulebook, rulebook.rules_of(Role.CAP, kind), facts)
    everything = [*exempt, *triggers, *(item for level in higher for item in conditions[level]), *caps]
    findings = tuple(finding for _, finding in everything)
    ladder = _Ladder(scale.levels, triggers, conditions, caps)
    fired = [rule for rule, finding in triggers if finding.verdict is Verdict.HOLDS]
    unsure = [finding for _, finding in triggers if finding.verdict is Verdict.UNKNOWN]
    ceiling, possible = ladder.highest(sure=True), ladder.highest(sure=False)
    triggered = True if fired else None if unsure else False
    lowest = scale.lowest

    def result(
        standing: Standing, level: str | None, suggestion: str | None, missing: tuple[str, ...]
    ) -> Rating:
        return Rating(
            standing=standing,
            level=level,
            findings=findings,
            suggestion=suggestion,
            ceiling=ceiling,
            possible=possible,
            missing=missing,
            triggered=triggered,
            bars={level: ladder.bars(level) for level in scale.levels},
            needed={} if triggered else ladder.needed(),
        )

    if any(not rule.needs_ballot for rule in fired):
        return result(Standing.LEVEL, lowest, lowest, ())
    unsettled = unsure + [finding for _, finding in exempt if finding.verdict is Verdict.UNKNOWN]
    if unsettled and not fired:
        return result(Standing.UNKNOWN, None, None, _missing(unsettled + ladder.open_questions()))
    if fired:
        return result(Standing.NO_LEVEL, None, lowest, _missing(ladder.open_questions()))
    level, open_questions = ladder.level()
    if open_questions:
        return result(Standing.UNKNOWN, None, None, _missing(open_questions))
    if level is None:
        otherwise = tuple(
            finding for _, finding in _judge(rulebook, _of_level(rulebook, kind, lowest), facts)
        )
        findings += otherwise
        given = bool(otherwise) and all(finding.verdict is Verdict.HOLDS for finding in otherwise)
        standing = Standing.LEVEL if given else Standing.NO_LEVEL
        return result(standing, lowest if given else None, lowest, ())
    return result(Standing.LEVEL, level, level, ())


def exemptions(rulebook: Rulebook, kind: str, facts: Facts) -> list[Judged]:
    """The exemption rules of a kind with their findings; one that HOLDS leaves the review out or unrated."""
    return _judge(rulebook, rulebook.rules_of(Role.EXEMPTION, kind), facts)


class _Ladder:
    """The levels from best to worst, with what bars each."""

    def __init__(
        self,
        levels: tuple[str, ...],
        triggers: list[Judged],
        conditions: dict[str, list[Judged]],
        caps: list[Judged],
    ) -> None:
        self.levels = levels
        self.triggers = triggers
        self.conditions = conditions
        self.caps = caps

    def highest(self, *, sure: bool) -> str:
        """The best level nothing bars; when `sure`, what is not known yet bars like a failure."""
        bars = (Verdict.HOLDS, Verdict.UNKNOWN) if sure else (Verdict.HOLDS,)
        first = 0
        for rule, finding in (*self.triggers, *self.caps):
            if finding.verdict in bars:
                first = max(first, self.levels.index(rule.ceiling or rule.level or self.levels[0]))
        fails = (Verdict.FAILS, Verdict.UNKNOWN) if sure else (Verdict.FAILS,)
        for level in self.levels[first:]:
            judged = self.conditions.get(level, ())
            binding = [f for rule, f in judged if not rule.judgement and _refuses(rule)]
            if not any(finding.verdict in fails for finding in binding):
                return level
        return self.levels[-1]

    def bars(self, level: str) -> tuple[Finding, ...]:
        """What forbids this level, or may forbid it once it is known; judgements left out."""
        place = self.levels.index(level)
        limits = [
            finding
            for rule, finding in (*self.triggers, *self.caps)
            if finding.verdict in (Verdict.HOLDS, Verdict.UNKNOWN)
            and self.levels.index(rule.ceiling or rule.level or level) > place
        ]
        conditions = [
            finding
            for rule, finding in self.conditions.get(level, ())
            if not rule.judgement and _refuses(rule) and finding.verdict in (Verdict.FAILS, Verdict.UNKNOWN)
        ]
        return (*limits, *conditions)

    def needed(self) -> dict[str, tuple[Finding, ...]]:
        """Defects of which one must be there before their level is put to the vote."""
        needed: dict[str, tuple[Finding, ...]] = {}
        for rule, finding in self.triggers:
            if rule.needs_ballot and rule.level is not None:
                needed[rule.level] = (*needed.get(rule.level, ()), finding)
        return needed

    def level(self) -> tuple[str | None, list[Finding]]:
        """The best level whose conditions all hold under the caps, or the questions that keep it open."""
        first, unsure_caps = 0, []
        for rule, finding in self.caps:
            if finding.verdict is Verdict.HOLDS:
                first = max(first, self.levels.index(rule.level or self.levels[0]))
            elif finding.verdict is Verdict.UNKNOWN:
                unsure_caps.append((rule, finding))
        for place, level in enumerate(self.levels[:-1]):
            findings = [finding for rule, finding in self.conditions[level] if _refuses(rule)]
            if any(finding.verdict is Verdict.FAILS for finding in findings):
                continue
            unknown = [finding for finding in findings if finding.verdict is Verdict.UNKNOWN]
            if place < first and unknown:
                continue  # whether it holds or not, the cap takes it down
            if unknown:
                return None, [*unknown, *self._biting(unsure_caps, place)]
            biting = self._biting(unsure_caps, max(place, first))
            return (None, biting) if biting else (self.levels[max(place, first)], [])
        return None, []

    def open_questions(self) -> list[Finding]:
        """Everything about conditions and caps that is not known yet."""
        judged = [*(item for level in self.levels[:-1] for item in self.conditions[level]), *self.caps]
        return [f for rule, f in judged if f.verdict is Verdict.UNKNOWN and _refuses(rule)]

    def _biting(self, unsure_caps: list[Judged], place: int) -> list[Finding]:
        return [f for rule, f in unsure_caps if self.levels.index(rule.level or self.levels[0]) > place]


def _of_level(rulebook: Rulebook, kind: str, level: str) -> tuple[Rule, ...]:
    return rulebook.rules_of(Role.CONDITION, kind, level)


def _judge(rulebook: Rulebook, rules: tuple[Rule, ...], facts: Facts) -> list[Judged]:
    return [(rule, judge_rule(rulebook, rule, facts)) for rule in rules]


def _refuses(rule: Rule) -> bool:
    return rule.force == Force.REFUSE


def _missing(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for finding in findings for name in finding.missing))
