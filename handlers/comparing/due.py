"""The last days of a review's steps under two rulebooks, and which steps come out late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from handlers.comparing.acts import Lived
from handlers.comparing.results import Difference, What
from workflow.days import DayOutsideCalendar
from workflow.rules import when
from workflow.rules.case import Case, Missing
from workflow.rules.due_dates import DueDate, due_dates
from workflow.rules.facts import Facts
from workflow.rules.rulebook import Rulebook

DONE_AT = {"issue_ballot": "count_ballot"}
"""The act that tells when a gate was passed, where it has another name."""


class Dues:
    """The deadlines of both rulebooks in one assessment year."""

    def __init__(self, own: Rulebook, other: Rulebook, year: int) -> None:
        self._own, self._other = own, other
        self._mine, self._yours = _found(own, year), _found(other, year)

    @property
    def differ(self) -> bool:
        """Whether the two have other deadlines at all."""
        return [_told(due) for due in self._mine] != [_told(due) for due in self._yours]

    def differences(self, one: Lived, facts: Facts) -> Iterator[Difference]:
        """Steps with another last day, and steps that are late under one of the two alone."""
        kind = one.review.kind
        mine = _applying(self._mine, self._own, kind, facts)
        yours = _applying(self._yours, self._other, kind, facts)
        for gate in dict.fromkeys((*mine, *yours)):
            here, there = mine.get(gate), yours.get(gate)
            first, second = _last(here), _last(there)
            if first == second:
                continue
            yield Difference(
                what=What.DUE,
                gate=gate,
                rules=((there or here).rule,),  # type: ignore[union-attr]  # one of the two is there
                of_own=there is None,
                own=first.isoformat() if first else "none",
                other=second.isoformat() if second else "none",
                cite=(there or here).cite,  # type: ignore[union-attr]  # as above
            )
            done = one.done.get(DONE_AT.get(gate, gate))
            if done is None:
                continue
            late_here = first is not None and done > first
            late_there = second is not None and done > second
            if late_here != late_there:
                one_of_two = there if late_there else here
                assert one_of_two is not None, "what is late has a last day"
                yield Difference(
                    what=What.LATE if late_there else What.EARLY,
                    gate=gate,
                    rules=(one_of_two.rule,),
                    of_own=late_here,
                    own=done.isoformat(),
                    other=one_of_two.last_good_day.isoformat(),
                    cite=one_of_two.cite,
                )


def _found(rulebook: Rulebook, year: int) -> tuple[DueDate, ...]:
    try:
        return due_dates(rulebook, year)
    except DayOutsideCalendar:
        return ()


def _applying(
    dues: tuple[DueDate, ...], rulebook: Rulebook, kind: str, facts: Facts
) -> Mapping[str, DueDate]:
    """The earliest deadline of each gate that is known to be for this review."""
    found: dict[str, DueDate] = {}
    for due in dues:
        if kind in due.kinds and due.gate not in found and _is_for(due, rulebook, facts):
            found[due.gate] = due
    return found


def _is_for(due: DueDate, rulebook: Rulebook, facts: Facts) -> bool:
    try:
        return when.applies(due.when, Case(facts, rulebook.calendar))
    except Missing:
        return False


def _told(due: DueDate) -> tuple[object, ...]:
    return due.rule, due.gate, due.kinds, due.last_good_day, dict(due.when)


def _last(due: DueDate | None) -> date | None:
    return due.last_good_day if due is not None else None
