"""Which facts a command's rules can ask for, so that nothing else is read from the tables.

A command that is not in the list gets everything. One that is, and is then judged at a further gate, finds
facts unknown and is refused, never let through: what is not known is not false.
"""

from __future__ import annotations

from workflow.commands.asking import Command
from workflow.commands.beside import AuthoriseException, ClearFlag, CorrectEntry, Pause, RaiseFlag, Resume
from workflow.commands.deciding import StartRound
from workflow.commands.meeting import AnnounceResult, HoldSession, MarkAbsent, PlanMeeting, RepeatBallot
from workflow.commands.preparing import (
    NotifySuperior,
    Prepare,
    ProposeLevel,
    RateSelf,
    RecordFacts,
    SendDraft,
    TickItems,
)
from workflow.commands.reward import DecideReward, ProposeReward, RefuseReward, WithdrawReward
from workflow.gathering import Standing

JUDGED_AT: dict[type[Command], tuple[str, ...]] = {
    Prepare: ("prepare",),
    RecordFacts: ("record_fact",),
    RateSelf: (),
    TickItems: (),
    ProposeLevel: ("propose",),
    SendDraft: ("send_draft",),
    NotifySuperior: ("notify_superior",),
    HoldSession: ("hold_session",),
    MarkAbsent: (),
    Pause: (),
    Resume: (),
    AnnounceResult: ("publish",),
    RepeatBallot: (),
    RaiseFlag: (),
    ClearFlag: (),
    AuthoriseException: (),
    CorrectEntry: (),
    StartRound: (),
    ProposeReward: ("propose_reward",),
    DecideReward: ("decide_reward",),
    RefuseReward: (),
    WithdrawReward: (),
}
"""The gates of commands that ask rules at gates alone; those that also rate read everything."""

BODIES = ("organisation.", "cell.", "collective.")
BESIDE = ("organisation.heads_beside",)
PEOPLE = ("subject.", "ballot.", "organisation.", "collective.")
LISTS = ("lists.", "administration.", "mass_organisations.")
LEVELS = ("members.", "subordinates.")
OTHERS = ("others.",)
PLANS = ("plan.",)
CONFIRMED = ("ballot.second_entry",)
CAREERS = (
    "subject.is_party_member",
    "subject.staff_kind",
    "subject.direct_contact",
    "subject.appointed_on",
    "subject.moved_in_on",
    "subject.temporary_elsewhere",
    "transfer.months_at_old_unit",
)
PLACES = ("cell.members", "group.")
UNIONS = ("union.", "unions.")


class Wanted:
    """Whether any of some facts can be asked for by the command."""

    def __init__(self, standing: Standing) -> None:
        command, rules = standing.request.command, standing.rulebook
        gates = JUDGED_AT.get(type(command))
        self._rules = rules
        self._names: frozenset[str] | None = None
        kinds = {review.kind for review in standing.reviews.values()}
        if rules is not None and isinstance(command, PlanMeeting):
            self._names = frozenset(name for kind in kinds for name in rules.rules_of_plan(kind).names)
        elif gates is not None and rules is not None:
            self._names = frozenset(
                name for gate in gates for kind in kinds for name in rules.fact_names(gate, kind)
            )

    def any_of(self, beginnings: tuple[str, ...]) -> bool:
        """Whether a fact whose name begins so is wanted."""
        return self._names is None or any(name.startswith(beginnings) for name in self._names)

    def of_rules(self, beginnings: tuple[str, ...]) -> bool:
        """Whether, besides, the rulebook has a rule that reads such a fact at all."""
        return self.any_of(beginnings) and self._rules is not None and self._rules.asks_for(*beginnings)
