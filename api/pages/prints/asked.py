"""What a paper is made from: the body as its page reads it, and the checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from api.pages.cell_data import CellData, Stored, read_cell
from api.pages.visits import Visit
from api.pages.words import Words
from states import meeting as meeting_life
from states import review as life
from workflow.checkpoint import Checkpoint, checkpoint

BEFORE_THE_VOTE = (life.PREPARED, life.DRAFT_SENT, life.ABSENT, life.REVIEWED)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One paper that was asked for: by whom, for which body, as of which checkpoint."""

    visit: Visit
    cell: CellData
    at: Checkpoint

    @property
    def words(self) -> Words:
        """The words of the reader."""
        return self.visit.words

    @property
    def meeting_day(self) -> date | None:
        """The day of the next meeting planned, else of the last one held; None where there is neither."""
        if self.cell.planned is not None:
            day: date = self.cell.planned.day
            return day
        held = [row.day for row in self.cell.meetings if row.stage == meeting_life.HELD]
        return max(held, default=None)

    @property
    def candidates(self) -> list[Stored]:
        """Everybody and everything this body puts to the vote, in lawful order; settled ones left out."""
        return [row for row in self.cell.own if self.cell.puts_to_the_vote(row)]

    @property
    def to_vote(self) -> list[Stored]:
        """Those who handed something in and whom nobody has voted on; all of them where there is nobody."""
        waiting = [row for row in self.candidates if row.stage in BEFORE_THE_VOTE]
        return waiting or self.candidates


def read_asked(connection: Connection, visit: Visit, campaign: str, organisation: str) -> Asked:
    """What is printed, then the checkpoint, so that it covers what was read; wants `Database.watch`.

    NotFound as for the page.
    """
    cell = read_cell(connection, visit, campaign, organisation)
    return Asked(visit=visit, cell=cell, at=checkpoint(connection))
