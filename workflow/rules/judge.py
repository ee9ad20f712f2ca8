"""Judging: a rule and facts in, a finding out; and the same finding again from what it stored."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.days import DayOutsideCalendar
from workflow.rules import when
from workflow.rules.case import Case, Missing, Outcome
from workflow.rules.conditions.shipped import find_condition
from workflow.rules.facts import VOCABULARY, Fact, Facts
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.planned import PlannedRules
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook


def judge(rulebook: Rulebook, gate: str, kind: str, facts: Facts) -> tuple[Finding, ...]:
    """All findings of the rules at a gate for one review, in the order of the rulebook."""
    return tuple(judge_rule(rulebook, rule, facts) for rule in rulebook.rules_at(gate, kind))


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop an act: a refusal that fails or is not known yet, an item not ticked."""
    return tuple(
        finding
        for finding in findings
        if finding.force in (Force.REFUSE, Force.ASK_PERSON)
        and finding.verdict in (Verdict.FAILS, Verdict.UNKNOWN)
    )


def failing(rulebook: Rulebook, planned: PlannedRules, facts: Facts) -> tuple[Finding, ...]:
    """The findings of these rules that stop an act, as `blocking` tells them, in the rules' order."""
    key = planned.case.key(facts)
    if planned.passed(key):
        return blocking([judge_rule(rulebook, rule, facts) for rule in planned.anew])
    failed = blocking([judge_rule(rulebook, rule, facts) for rule in planned.rules])
    others = [rule for rule in planned.rules if rule not in planned.anew]
    stopped = {finding.rule for finding in failed}
    if not any(rule.id in stopped for rule in others) and all(
        _remembered(rulebook, rule, facts) for rule in others
    ):
        planned.keep(key)
    return failed


def _remembered(rulebook: Rulebook, rule: Rule, facts: Facts) -> bool:
    """Whether these values alone decided the rule; a condition that read more is judged each time."""
    known = rulebook.known(rule)
    return known is not None and known.find(known.key(facts), facts) is not None


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings a person should see although they stop nothing."""
    return tuple(
        finding for finding in findings if finding.force == Force.WARN and finding.verdict is Verdict.FAILS
    )


def judge_rule(rulebook: Rulebook, rule: Rule, facts: Facts) -> Finding:
    """One rule judged on facts. A missing fact, or a day outside the calendar, gives UNKNOWN."""
    known = rulebook.known(rule)
    key = known.key(facts) if known is not None else ()
    found = known.find(key, facts) if known is not None else None
    if found is not None:
        return found
    finding, read = _judge_anew(rulebook, rule, facts)
    if known is not None:
        known.keep(key, finding, read)
    return finding


def _judge_anew(rulebook: Rulebook, rule: Rule, facts: Facts) -> tuple[Finding, Iterable[str]]:
    """The finding, and every fact its condition looked for."""
    case = Case(facts, rulebook.calendar)
    try:
        outcome = _outcome(rulebook, rule, case)
    except Missing as gap:
        outcome = Outcome(Verdict.UNKNOWN, "", gap.names)
    except DayOutsideCalendar as gap:
        outcome = Outcome(Verdict.UNKNOWN, "", (f"calendar {gap.day.year}",))
    finding = Finding(
        rule=rule.id,
        cite=rule.cite,
        verdict=outcome.verdict,
        force=rule.force.value,
        operands=case.operands,
        comparison=outcome.comparison,
        reading=rule.reading,
        missing=outcome.missing,
    )
    read = (operand.name for operand in case.operands if operand.name in VOCABULARY)
    return finding, (*case.sought, *read)


def recompute(finding: Finding, rulebook: Rulebook) -> Finding:
    """The same rule judged again from the operands the finding stored, and from nothing else.

    Never answered from what the rulebook remembers: whoever replays wants it judged.

    Equal to the finding unless somebody changed it, or a condition changed its behaviour. KeyError for a
    rule the rulebook does not have.
    """
    facts = Facts(
        {item.name: Fact(item.value, item.source) for item in finding.operands if item.name in VOCABULARY}
    )
    return _judge_anew(rulebook, rulebook.rule(finding.rule), facts)[0]


def _outcome(rulebook: Rulebook, rule: Rule, case: Case) -> Outcome:
    if rule.assessment_years and case.number("campaign.year") not in rule.assessment_years:
        years = ", ".join(map(str, rule.assessment_years))
        return Outcome(Verdict.NOT_APPLICABLE, f"campaign.year: {years}")
    if rule.role is Role.THRESHOLD and rule.level is not None and case.text("ballot.level") != rule.level:
        return Outcome(Verdict.NOT_APPLICABLE, f"ballot.level ≠ {rule.level}")
    if not when.applies(rule.when, case):
        return Outcome(Verdict.NOT_APPLICABLE, when.shown(rule.when))
    for other in rulebook.replacers(rule.id):
        if when.applies(other.when, case):
            return Outcome(Verdict.NOT_APPLICABLE, f"→ {other.id}")
    registered = find_condition(rule.condition)
    if registered is None:
        raise LookupError(f"{rule.condition} is not shipped by this software")
    return registered.function(case, **rule.parameters)
