"""The levels from best to worst, with what leads to each, what bars each, and which one is reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.rule import Rule
from workflow.rules.topics.others import CHECKED_BY_THE_SECOND
from workflow.rules.trace import Did, Step, StepName

Judged = tuple[Rule, Finding]


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """All rules about one subject's level, judged once."""

    levels: tuple[str, ...]
    triggers: list[Judged] = field(default_factory=list)
    conditions: dict[str, list[Judged]] = field(default_factory=dict)
    caps: list[Judged] = field(default_factory=list)
    otherwise: list[Judged] = field(default_factory=list)
    _caps: list[Judged] = field(init=False)

    def __post_init__(self) -> None:
        held = [item for item in self.caps if not _waits_for_the_second(item[1])]
        object.__setattr__(self, "_caps", held)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything judged, in the order of C-16."""
        levelled = (item for level in self.levels for item in self.conditions[level])
        return tuple(f for _, f in (*self.triggers, *levelled, *self.caps, *self.otherwise))

    def fired(self) -> list[Judged]:
        """The defects that are there."""
        return [item for item in self.triggers if item[1].verdict is Verdict.HOLDS]

    @property
    def triggered(self) -> bool | None:
        """Whether a defect is there; None where one is not known yet."""
        if self.fired():
            return True
        return None if any(f.verdict is Verdict.UNKNOWN for _, f in self.triggers) else False

    @property
    def is_silent(self) -> bool:
        """Whether the document has conditions, but none of them is for this subject (C-51)."""
        judged = [finding for level in self.levels for _, finding in self.conditions[level]]
        return bool(judged) and all(finding.verdict is Verdict.NOT_APPLICABLE for finding in judged)

    def highest(self, *, sure: bool) -> str:
        """The best level nothing bars; when `sure`, what is not known yet bars like a failure."""
        bars = (Verdict.HOLDS, Verdict.UNKNOWN) if sure else (Verdict.HOLDS,)
        first = 0
        for rule, finding in (*self.triggers, *self.caps):
            if finding.verdict in bars and not rule.discretion:
                first = max(first, self.levels.index(rule.ceiling or rule.level or self.levels[0]))
        fails = (Verdict.FAILS, Verdict.UNKNOWN) if sure else (Verdict.FAILS,)
        for level in self.levels[first:]:
            if not any(finding.verdict in fails for finding in self._binding(level)):
                return level
        return self.levels[-1]

    def bars(self, level: str, *, waived: tuple[str, ...] = ()) -> tuple[Finding, ...]:
        """What forbids this level, or may forbid it once it is known.

        Left out: judgements, defects whose clause gives discretion, conditions that only keep a level from
        the one above, and in a gap the conditions of the levels the decider chooses among (`waived`).
        """
        place = self.levels.index(level)
        limits = [
            finding
            for rule, finding in (*self.triggers, *self._caps)
            if finding.verdict in (Verdict.HOLDS, Verdict.UNKNOWN)
            and not rule.discretion
            and self.levels.index(rule.ceiling or rule.level or level) > place
        ]
        if level in waived:
            return tuple(limits)
        return (
            *limits,
            *(f for f in self._binding(level) if f.verdict in (Verdict.FAILS, Verdict.UNKNOWN)),
        )

    def _binding(self, level: str) -> list[Finding]:
        return [
            finding
            for rule, finding in self.conditions[level]
            if not rule.judgement and not rule.upper_bound and _refuses(rule)
        ]

    def needed(self) -> dict[str, tuple[Finding, ...]]:
        """Defects of which one must be there before their level is put to the vote."""
        needed: dict[str, tuple[Finding, ...]] = {}
        for rule, finding in self.triggers:
            if rule.needs_ballot and rule.level is not None:
                needed[rule.level] = (*needed.get(rule.level, ()), finding)
        return needed

    def capped_at(self) -> int:
        """The place of the best level the caps leave, 0 where none bites."""
        places = (
            self.levels.index(rule.level or self.levels[0])
            for rule, finding in self._caps
            if finding.verdict is Verdict.HOLDS
        )
        return max(places, default=0)

    def level(self) -> tuple[str | None, list[Finding]]:
        """The best level whose conditions all hold under the caps, or the questions that keep it open."""
        first = self.capped_at()
        unsure_caps = [item for item in self._caps if item[1].verdict is Verdict.UNKNOWN]
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

    def otherwise_level(self) -> str | None:
        """The level a clause gives to whoever meets no better one's conditions; None without a clause."""
        given = [rule.level for rule, f in self.otherwise if f.verdict is Verdict.HOLDS and rule.level]
        return max(given, key=self.levels.index, default=None)

    def fallen_level(self) -> str | None:
        """The best level whose conditions hold apart from its upper bounds; None where there is none."""
        for level in self.levels[self.capped_at() : -1]:
            judged = [(rule, f) for rule, f in self.conditions[level] if _refuses(rule)]
            if not any(rule.upper_bound for rule, _ in judged):
                continue  # not reached, and not for lying above it
            if all(rule.upper_bound or f.verdict is not Verdict.FAILS for rule, f in judged):
                return level
        return None

    def steps(self) -> list[Step]:
        """The way down the levels: which are passed over, which holds or stays open, what the caps do."""
        steps: list[Step] = []
        reached: str | None = None
        for level in self.levels[:-1]:
            judged = self.conditions[level]
            findings = tuple(finding for _, finding in judged)
            verdicts = {finding.verdict for rule, finding in judged if _refuses(rule)}
            did = Did.GAVE
            if Verdict.FAILS in verdicts:
                did = Did.PASSED_OVER
            elif Verdict.UNKNOWN in verdicts:
                did = Did.LEFT_OPEN
            reached = level if did is Did.GAVE else None
            steps.append(
                Step(
                    name=StepName.CONDITIONS,
                    did=did,
                    findings=findings,
                    about=level,
                    after=reached,
                )
            )
            if did is not Did.PASSED_OVER:
                break
        if not self.caps:
            return steps
        after, did = reached, Did.NOTHING
        if reached is not None and self.capped_at() > self.levels.index(reached):
            after, did = self.levels[self.capped_at()], Did.LOWERED
        elif reached is not None and self._biting(
            [item for item in self._caps if item[1].verdict is Verdict.UNKNOWN], self.levels.index(reached)
        ):
            after, did = None, Did.LEFT_OPEN
        findings = tuple(finding for _, finding in self.caps)
        steps.append(Step(name=StepName.CAPS, did=did, findings=findings, before=reached, after=after))
        return steps

    def open_questions(self) -> list[Finding]:
        """Everything about conditions and caps that is not known yet and may still matter.

        What a level asks for besides is left out once a condition of it has failed that no decider may see
        otherwise: nobody is asked for it.
        """
        judged: list[Judged] = []
        for level in self.levels:
            binding = [(rule, f) for rule, f in self.conditions[level] if _refuses(rule)]
            if not any(f.verdict is Verdict.FAILS and not rule.judgement for rule, f in binding):
                judged.extend(binding)
        judged.extend(self._caps)
        return [f for rule, f in judged if f.verdict is Verdict.UNKNOWN and _refuses(rule)]

    def _biting(self, unsure_caps: list[Judged], place: int) -> list[Finding]:
        return [f for rule, f in unsure_caps if self.levels.index(rule.level or self.levels[0]) > place]


def _waits_for_the_second(finding: Finding) -> bool:
    """Whether a cap only lacks a level that is not there yet: whichever act comes second checks it."""
    return (
        finding.verdict is Verdict.UNKNOWN
        and bool(finding.missing)
        and set(finding.missing) <= CHECKED_BY_THE_SECOND
    )


def _refuses(rule: Rule) -> bool:
    return rule.force == Force.REFUSE
