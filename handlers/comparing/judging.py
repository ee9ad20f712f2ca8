"""One review under two rulebooks: where its acts would be refused, and what its level would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from handlers.comparing.acts import RATED_AT, Act, Lived
from handlers.comparing.recorded import Recorded
from handlers.comparing.results import Difference, What
from handlers.comparing.sides import Side, asks_for_draft, differ
from workflow.events.review import MotionCarried, MotionFailed
from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.judge import blocking
from workflow.rules.rating import Rating, Standing, rate
from workflow.rules.rulebook import Rulebook
from workflow.rules.trace import Did, StepName
from workflow.standing import facts_of

COUNTED = ("ballot.in_favour", "ballot.issued")
"""Known once papers are counted, not when they are handed out."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one rulebook says of one act beyond what both say alike."""

    failed: tuple[Finding, ...] = ()
    open: tuple[Finding, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether the act would not have passed."""
        return bool(self.failed or self.open)


class Judged:
    """One review, its acts judged by both sides; ratings are computed once."""

    def __init__(self, recorded: Recorded, one: Lived, own: Side, other: Side, today: date) -> None:
        self.recorded, self.one, self.own, self.other, self.today = recorded, one, own, other, today
        self.review = one.review
        self.kind = one.review.kind
        self._facts: dict[int, Facts] = {}
        self._ratings: dict[tuple[int, bool], Rating] = {}

    def differences(self) -> Iterator[Difference]:
        """What comes out otherwise about the acts and the level of this review."""
        lacking = _Lacking()
        told: set[What] = set()
        for act in self.one.acts:
            if self.leaves_out(act):
                continue
            there = self.said(act, self.other)
            # what passed without a mark needs no second look, unless the other refuses it
            look = bool(there.failed) or self.one.irregular or isinstance(act.event, MotionFailed)
            here = self.said(act, self.own) if look else Said()
            if there.failed and not here.stops and What.REFUSED not in told:
                told.add(What.REFUSED)
                yield self._by(What.REFUSED, act, there.failed)
            elif here.failed and not there.stops and What.ALLOWED not in told:
                told.add(What.ALLOWED)
                yield self._by(What.ALLOWED, act, here.failed)
            if not here.stops:
                lacking.take(there.open)
        yield from self._steps()
        yield from self._level(lacking)
        yield from lacking.told(self.other.foreign[self.kind])

    def leaves_out(self, act: Act) -> bool:
        """Whether the other regime has no such step for this kind: nothing of it can be refused there."""
        flow = self.other.flow(self.kind)
        rated = self.other.rates(self.kind)
        if act.gate == "count_ballot":
            return not (flow.has_ballot and rated) or differ(self.own.book, self.other.book, self.kind)
        if act.gate == "appraise":
            return not flow.appraisal
        return act.gate in ("decide", "propose", "annul") and not rated

    def said(self, act: Act, side: Side) -> Said:
        """What a rulebook says of an act on what was known then."""
        facts = side.known(self.kind, self.facts(act))
        bars: tuple[Finding, ...] = ()
        if act.gate == "count_ballot":
            bars, findings = self._of_motion(act, side, facts)
        else:
            rated = self.review.rated and side.rates(self.kind)
            if rated and side.asks_for_the_level(act.gate, self.kind):
                facts = facts.merged(self.rating(act, side).facts("computed"))
            findings = side.judge(act.gate, self.kind, facts)
            if act.gate == "decide" and not side.rates_alike[self.kind]:
                bars = _against(self.rating(act, side), side, self.kind, facts.value("decision.level"))
        by_rule = {finding.rule: finding for finding in (*blocking(findings), *bars)}
        stops = [finding for rule, finding in by_rule.items() if rule not in act.before.excepted]
        if act.gate == "record_fact":
            stops = [f for f in stops if not f.missing and {o.name for o in f.operands} & act.named]
        return Said(
            failed=tuple(f for f in stops if f.verdict is not Verdict.UNKNOWN and not self._unasked(f, side)),
            open=tuple(f for f in stops if f.verdict is Verdict.UNKNOWN or self._unasked(f, side)),
        )

    def facts(self, act: Act) -> Facts:
        """What was known when the act was judged."""
        known = self._facts.get(act.version)
        if known is None:
            known = self._facts[act.version] = self.recorded.facts(act)
        return known

    def rating(self, act: Act, side: Side) -> Rating:
        """The level a rulebook computes on what was known at an act."""
        key = (act.version, side is self.own)
        found = self._ratings.get(key)
        if found is None:
            found = rate(side.book, self.kind, side.known(self.kind, self.facts(act)))
            self._ratings[key] = found
        return found

    def final_facts(self) -> Facts:
        """What was known when the level was last computed, or is known today where none was."""
        act = self.one.last(*RATED_AT)
        if act is not None:
            return self.facts(act)
        known = self.recorded.days[self.today].facts.get(self.review.id, Facts())
        return facts_of(self.review, known)

    def _unasked(self, finding: Finding, side: Side) -> bool:
        """Whether an item was never ticked as only the other rulebook asks for it: unknown, not failed."""
        return (
            side is self.other
            and finding.force == Force.ASK_PERSON
            and finding.verdict is Verdict.FAILS
            and "item" in side.book.rule(finding.rule).parameters
            and not _has(self.own.book, finding.rule)
        )

    def _of_motion(
        self, act: Act, side: Side, facts: Facts
    ) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """What bars the level put, and the findings of its share; a sheet is judged once a review before."""
        assert isinstance(act.event, MotionCarried | MotionFailed), "only motions are counted"
        level = act.event.level
        bars: tuple[Finding, ...] = ()
        if not side.rates_alike[self.kind]:
            rating = self.rating(act, side)
            bars = (*rating.bars.get(level, ()), *rating.needed.get(level, ()))
        findings = side.judge("count_ballot", self.kind, facts)
        if act.first:
            unopened = {name: fact for name, fact in facts.items() if name not in COUNTED}
            findings = (*side.judge("issue_ballot", self.kind, Facts(unopened)), *findings)
        return bars, findings

    def _by(self, what: What, act: Act, findings: tuple[Finding, ...]) -> Difference:
        return Difference(
            what=what,
            gate=act.gate,
            rules=tuple(dict.fromkeys(finding.rule for finding in findings)),
            of_own=what is What.ALLOWED,
            findings=findings,
        )

    def _level(self, lacking: _Lacking) -> Iterator[Difference]:
        both = self.own.rates(self.kind) and self.other.rates(self.kind)
        if not (self.review.rated and both) or self.own.rates_alike[self.kind]:
            return
        act = self.one.last(*RATED_AT)
        if not self.one.done:
            return  # nothing was done yet that a level could rest on
        facts = self.final_facts()
        mine = self._final(act, self.own, facts)
        yours = self._final(act, self.other, facts)
        if yours.standing is Standing.UNKNOWN and mine.standing is not Standing.UNKNOWN:
            wanted = set(yours.missing)
            lacking.take(
                f for f in yours.findings if f.verdict is Verdict.UNKNOWN and wanted & set(f.missing)
            )
            return
        if self.own.book.scales[self.kind] != self.other.book.scales[self.kind]:
            yield Difference(what=What.OTHER_SCALE, own=_word(mine, None), other=_word(yours, None))
            return
        voted = self.review.voted_level
        own_level = _word(mine, voted if self.own.flow(self.kind).has_ballot else None, self.own, self.kind)
        level = _word(yours, voted if self.other.flow(self.kind).has_ballot else None, self.other, self.kind)
        if own_level == level:
            return
        if mine.standing is Standing.EXEMPT or yours.standing is Standing.EXEMPT:
            what = What.SCOPE
        else:
            what = What.RATED
        lower = self._is_lower(yours, mine)
        rating, reached = (yours, mine.level) if lower else (mine, yours.level)
        findings = tuple(reasons(rating, reached))
        yield Difference(
            what=what,
            rules=tuple(dict.fromkeys(finding.rule for finding in findings)),
            of_own=not lower,
            findings=findings,
            own=own_level,
            other=level,
        )

    def _final(self, act: Act | None, side: Side, facts: Facts) -> Rating:
        if act is not None:
            return self.rating(act, side)
        return rate(side.book, self.kind, side.known(self.kind, facts))

    def _is_lower(self, yours: Rating, mine: Rating) -> bool:
        scale = self.other.book.scale(self.kind)
        assert scale is not None, "asked of rated kinds alone"
        if mine.standing is Standing.EXEMPT or yours.level is None:
            return mine.standing is not Standing.EXEMPT
        return mine.level is not None and scale.better(mine.level, yours.level)

    def _steps(self) -> Iterator[Difference]:
        """Steps the other regime has and this one lacks, where the review has come past them."""
        mine, yours = self.own.flow(self.kind), self.other.flow(self.kind)
        lacking: list[tuple[str, str, str]] = []
        done = self.one.done
        decided = "decide" in done
        lacks_draft = "hold_session" in done and "send_draft" not in done
        if lacks_draft and asks_for_draft(self.other, self.kind):
            lacking.append(("send_draft", "passed", "notice"))
        submitted = "submit" in done and self.review.rated
        if submitted and yours.has_ballot and not mine.has_ballot and self.other.rates(self.kind):
            lacking.append(("issue_ballot", "no_ballot", "ballot"))
        if decided and yours.appraisal and not mine.appraisal:
            lacking.append(("appraise", "no_appraisal", "appraisal"))
        if decided and yours.deciders > mine.deciders and not yours.deciders_for:
            lacking.append(("decide", "one_decider", "two_deciders"))
        if decided and yours.decided_by_ballot and not mine.decided_by_ballot:
            lacking.append(("decide", "decided_without_ballot", "decided_by_ballot"))
        for gate, own, other in lacking:
            yield Difference(
                what=What.STEP, gate=gate, rules=(f"flow.{self.kind}",), own=own, other=other, cite=yours.cite
            )


@dataclass(slots=True)
class _Lacking:
    """What nobody recorded and the other rulebook reads, by fact, by rule and by checklist item."""

    facts: dict[str, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    items: dict[str, None] = field(default_factory=dict)

    def take(self, findings: Iterable[Finding]) -> None:
        """Findings that could not be said."""
        for finding in findings:
            self.rules[finding.rule] = None
            self.facts.update(dict.fromkeys(finding.missing))
            if finding.force == Force.ASK_PERSON and not finding.missing:
                self.items[finding.rule] = None

    def told(self, foreign: frozenset[str]) -> Iterator[Difference]:
        """All of it at once; levels of another scale apart."""
        if self.rules:
            yield Difference(
                what=What.MISSING,
                rules=tuple(self.rules),
                missing=tuple(name for name in self.facts if name not in foreign),
                foreign=tuple(name for name in self.facts if name in foreign),
                unticked=tuple(self.items),
            )


def reasons(rating: Rating, level: str | None) -> Iterator[Finding]:
    """What keeps a rating from a level: a lowest-level trigger, a cap, conditions that do not hold.

    Without a level, whatever passed levels over.
    """
    for step in rating.trace:
        if (step.name is StepName.EXEMPT and step.did is Did.EXEMPTED) or step.name is StepName.TRIGGERS:
            yield from _with(step.findings, Verdict.HOLDS)
        elif step.name is StepName.CONDITIONS and step.did is Did.PASSED_OVER and level in (step.about, None):
            yield from _with(step.findings, Verdict.FAILS)
        elif step.name is StepName.CAPS and step.did is Did.LOWERED:
            yield from _with(step.findings, Verdict.HOLDS)


def _with(findings: Iterable[Finding], verdict: Verdict) -> Iterator[Finding]:
    return (
        finding
        for finding in findings
        if finding.verdict is verdict and (verdict is Verdict.HOLDS or finding.force == Force.REFUSE)
    )


def _against(rating: Rating, side: Side, kind: str, level: object) -> tuple[Finding, ...]:
    """What stands against deciding a level; nothing against one that is not above the computed one."""
    scale = side.book.scale(kind)
    if scale is None or not isinstance(level, str) or level not in scale.levels:
        return ()
    if rating.level is not None and not scale.better(level, rating.level):
        return ()
    return rating.bars.get(level, ())


def _word(rating: Rating, voted: str | None, side: Side | None = None, kind: str = "") -> str:
    """The level once the ballot has spoken, never above what was voted (C-16); else why there is none."""
    scale = side.book.scale(kind) if side is not None else None
    if scale is not None and voted and rating.standing in (Standing.LEVEL, Standing.NO_LEVEL):
        return voted if rating.level is None or scale.better(rating.level, voted) else rating.level
    return rating.level or rating.standing.value


def _has(book: Rulebook, rule: str) -> bool:
    try:
        book.rule(rule)
    except KeyError:
        return False
    return True
