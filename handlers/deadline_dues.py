"""Until when each step of one review is owed, as the book of deadlines has it."""

from __future__ import annotations

from sqlalchemy import Connection, false, select

from deadlines.due import STAGE_OF_GATE, Due
from deadlines.owed import JOIN_MEETING, OF_REVIEW
from deadlines.tables import DEADLINES
from states import review as life
from workflow.rules.rulebook import Rulebook


def dues_in_book(connection: Connection, review: str, rulebook: Rulebook) -> dict[str, Due]:
    """The due date of each step of a review, in the order of the steps; of several the earliest.

    A step that has another date after an absence has that one (C-73); one that is not owed has none.
    """
    rows = connection.execute(
        select(DEADLINES)
        .where(
            DEADLINES.c.subject_kind == OF_REVIEW,
            DEADLINES.c.subject == review,
            DEADLINES.c.dropped.is_(false()),
        )
        .order_by(DEADLINES.c.ends_at, DEADLINES.c.deadline)
    )
    found: dict[str, Due] = {}
    for row in rows:
        stage = life.VOTED if row.gate == JOIN_MEETING else STAGE_OF_GATE.get(row.gate)
        if stage is not None and stage not in found:
            found[stage] = Due(
                stage,
                row.last_day,
                row.safe_day,
                rulebook.rule(row.rule).cite,
                row.hour,
                row.rule,
                row.word,
                row.basis,
                row.provisional,
            )
    steps = tuple(STAGE_OF_GATE.values())
    return dict(sorted(found.items(), key=lambda item: steps.index(item[0])))
