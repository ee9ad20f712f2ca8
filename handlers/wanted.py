"""Which facts a command's rules can ask for, so that nothing else is read from the tables.

A command that is not in the list gets everything. One that is, and is then judged at a further gate, finds
facts unknown and is refused, never let through: what is not known is not false.
"""

from __future__ import annotations

from workflow import commands as asked
from workflow.commands import Command
from workflow.gathering import Standing

JUDGED_AT: dict[type[Command], tuple[str, ...]] = {
    asked.Prepare: ("prepare",),
    asked.RecordFacts: ("record_fact",),
    asked.RateSelf: (),
    asked.ProposeLevel: ("propose",),
    asked.SendDraft: ("send_draft",),
    asked.NotifySuperior: ("notify_superior",),
    asked.HoldSession: ("hold_session",),
    asked.MarkAbsent: (),
    asked.Pause: (),
    asked.Resume: (),
    asked.AnnounceResult: (),
    asked.RepeatBallot: (),
    asked.RaiseFlag: (),
    asked.ClearFlag: (),
    asked.AuthoriseException: (),
    asked.CorrectEntry: (),
    asked.StartRound: (),
}
"""The gates of commands that ask rules at gates alone; those that also rate read everything."""

BODIES = ("organisation.", "cell.", "collective.")
PEOPLE = ("subject.", "ballot.", "organisation.", "collective.")
LISTS = ("lists.", "administration.", "mass_organisations.")
LEVELS = ("members.", "subordinates.")


class Wanted:
    """Whether any of some facts can be asked for by the command."""

    def __init__(self, standing: Standing) -> None:
        gates = JUDGED_AT.get(type(standing.request.command))
        rules = standing.rulebook
        self._names: frozenset[str] | None = None
        if gates is not None and rules is not None:
            kinds = {review.kind for review in standing.reviews.values()}
            self._names = frozenset(
                name for gate in gates for kind in kinds for name in rules.fact_names(gate, kind)
            )

    def any_of(self, beginnings: tuple[str, ...]) -> bool:
        """Whether a fact whose name begins so is wanted."""
        return self._names is None or any(name.startswith(beginnings) for name in self._names)
