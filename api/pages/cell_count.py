"""A count that is typed row by row: what adds up is kept, what does not is named, nothing is recorded yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from api.pages.cell_ballot import PAPERS, columns
from api.pages.cell_data import CellData, Stored
from api.pages.format import N_
from api.pages.typed import Typed
from api.pages.visits import Visit
from handlers.count_drafts import drop_draft, save_draft
from states.roles import Role
from workflow.errors import NotAllowed

MAY_COUNT = frozenset({Role.SECRETARY, Role.COMMITTEE, Role.COUNTING_TEAM})
"""Who types a count in; recording it is for the first two, confirming it for another person."""

WRONG_SUM = N_("Các mức cộng lại %(sum)s phiếu, nhiều hơn %(valid)s phiếu hợp lệ. Đếm lại.")
NO_FIGURES = N_("Ghi số phiếu phát ra, thu vào, không hợp lệ trước, để đối chiếu từng dòng.")
MORE_COLLECTED = N_("Thu vào %(collected)s phiếu, nhiều hơn %(issued)s phiếu phát ra. Đếm lại.")
MORE_INVALID = N_("%(invalid)s phiếu không hợp lệ, nhiều hơn %(collected)s phiếu thu vào. Đếm lại.")
HEAD = (*PAPERS, "secret", "announced", "counters", "barred", "exempt_attending")
"""Fields of the sheet as a whole, kept with its rows."""


@dataclass(slots=True)
class Counted:
    """The rows of a form that were filled in and add up, and the figures of the sheet."""

    issued: int = 0
    collected: int = 0
    invalid: int = 0
    rows: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    @property
    def valid(self) -> int:
        """Papers that count."""
        return max(self.collected - self.invalid, 0)


def may_count(visit: Visit, cell: CellData) -> bool:
    """Whether the visitor types counts in for this body."""
    return visit.acting.role in MAY_COUNT and visit.acting.body == cell.organisation


def read_counts(cell: CellData, typed: Typed) -> Counted:
    """Every row that adds up; what does not is named in `typed.errors`, as are wrong figures of the sheet.

    A row is filled in where any of its columns is; a column left empty was not on the paper.
    """
    votes = [row for row in cell.here if cell.may_be_voted(row)]
    filled = [row for row in votes if _filled(cell, row, typed)]
    if not filled:
        return Counted()
    for name in PAPERS:
        if not typed.raw(name):
            typed.wrong(name, NO_FIGURES)
    found = Counted(
        issued=typed.number("issued"), collected=typed.number("collected"), invalid=typed.number("invalid")
    )
    _check_figures(found, typed)
    sound = not any(name in typed.errors for name in PAPERS)
    for row in filled:
        counts = _row(cell, row, typed, found.valid if sound else None)
        if counts and sound:
            found.rows[row.review] = counts
    return found


def keep_counts(visit: Visit, cell: CellData, typed: Typed) -> Counted:
    """Keep every row that adds up, with the head of the sheet. NotAllowed for who does not count here."""
    actor = visit.known
    if not may_count(visit, cell):
        raise NotAllowed(cell.organisation, "count", actor.role, actor.body, MAY_COUNT, cell.organisation)
    found = read_counts(cell, typed)
    if found.rows:
        _keep(visit, cell, typed, found)
    return found


def keep_good_rows(visit: Visit, cell: CellData, typed: Typed) -> None:
    """The same for a form that was to record the whole evening and was not let through."""
    if visit.actor is None or not may_count(visit, cell):
        return
    found = read_counts(cell, Typed(typed.form, visit.language))
    if found.rows:
        _keep(visit, cell, typed, found)


def forget_counts(visit: Visit, cell: CellData) -> None:
    """The count was recorded, so nothing is being typed any more."""
    if cell.draft.rows or cell.draft.fields:
        with visit.service.database.write() as connection:
            drop_draft(connection, cell.campaign.id, cell.organisation)


def _keep(visit: Visit, cell: CellData, typed: Typed, found: Counted) -> None:
    with visit.service.database.write() as connection:
        save_draft(
            connection,
            visit.now,
            visit.acting.id,
            campaign=cell.campaign.id,
            organisation=cell.organisation,
            fields={name: given for name in HEAD if (given := typed.all(name))},
            rows={review: dict(counts) for review, counts in found.rows.items()},
        )


def _filled(cell: CellData, row: Stored, typed: Typed) -> tuple[str, ...]:
    return tuple(level for level in columns(cell, row) if typed.raw(f"ballot.{row.review}.{level}"))


def _row(cell: CellData, row: Stored, typed: Typed, valid: int | None) -> tuple[tuple[str, int], ...]:
    """The columns that were filled in; none where the row is wrong. `valid` None: nothing to compare with."""
    base = f"ballot.{row.review}"
    filled = _filled(cell, row, typed)
    counts = tuple((level, typed.number(f"{base}.{level}")) for level in filled)
    if any(f"{base}.{level}" in typed.errors for level in filled):
        return ()
    total = sum(papers for _, papers in counts)
    if valid is not None and total > valid:
        _say(typed, f"{base}.{filled[0]}", WRONG_SUM, sum=total, valid=valid)
        return ()
    return counts


def _check_figures(found: Counted, typed: Typed) -> None:
    """The sheet by itself: no more collected than issued, no more invalid than collected."""
    if any(name in typed.errors for name in PAPERS):
        return
    if found.collected > found.issued:
        _say(typed, "collected", MORE_COLLECTED, collected=found.collected, issued=found.issued)
    elif found.invalid > found.collected:
        _say(typed, "invalid", MORE_INVALID, invalid=found.invalid, collected=found.collected)


def _say(typed: Typed, name: str, message: str, **figures: int) -> None:
    if name not in typed.errors:
        typed.wrong(name, message)
        typed.errors[name] %= figures
