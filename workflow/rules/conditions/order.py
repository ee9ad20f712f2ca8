"""Conditions over the order of sessions and what must be presented in them."""

from __future__ import annotations

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import ListFact, TextFact, condition
from workflow.rules.finding import Verdict


@condition("taken_before", 1)
def taken_before(case: Case, *, earlier: TextFact, later: TextFact) -> Outcome:
    """Day and agenda number of `earlier` come before those of `later`; the order of entry proves nothing."""
    case.need(earlier, later)
    first, second = case.text(earlier), case.text(later)
    return Outcome(verdict(first < second), f"{first} {'<' if first < second else '≥'} {second}")


PRESENTED = (
    "session.presented",
    "session.venue_kind",
    "subject.is_leader",
    "subject.is_staff",
    "cell.is_joint",
)


@condition("presented_unless_excused", 1, reads=PRESENTED)
def presented_unless_excused(case: Case) -> Outcome:
    """The self-review was presented. Staff without a leadership post need not in a cell that is not joint."""
    if case.get("session.presented") is True:
        return Outcome(Verdict.HOLDS, "session.presented: ✓")
    case.need("session.venue_kind")
    if case.text("session.venue_kind") in ("cell", "group"):
        case.need("subject.is_staff", "subject.is_leader", "cell.is_joint")
        excused = (
            case.flag("subject.is_staff")
            and not case.flag("subject.is_leader")
            and not case.flag("cell.is_joint")
        )
        if excused:
            return Outcome(
                Verdict.NOT_APPLICABLE, "subject.is_staff: ✓; subject.is_leader: ✗; cell.is_joint: ✗"
            )
    return Outcome(verdict(case.flag("session.presented")), "session.presented: ✗")


@condition("none_listed", 1)
def none_listed(case: Case, *, waiting: ListFact) -> Outcome:
    """The list of those waited for is known, and nobody is on it."""
    found = len(case.items(waiting))
    return Outcome(verdict(found == 0), f"{found} {wording.relation(found, 0)} 0")
