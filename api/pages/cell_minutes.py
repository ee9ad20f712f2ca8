"""A posted evening, read back into the one command that records it, and the plan of one."""

from __future__ import annotations

from datetime import date

from api.pages.cell_ballot import OPEN, SECRET
from api.pages.cell_count import Counted, read_counts
from api.pages.cell_data import CellData, Stored
from api.pages.format import N_
from api.pages.typed import Typed
from states import review as life
from workflow.commands.meeting import AgendaItem, Papers, PlanMeeting, RecordMeeting

NO_CHAIR = N_("Chọn người chủ trì.")
NO_RESIDENCE = N_("Chọn nhận xét nơi cư trú đã đọc chưa, ở dòng này hoặc cho mọi người.")
NOBODY = N_("Chưa đánh dấu ai đã được kiểm điểm.")


def read_meeting(cell: CellData, typed: Typed) -> RecordMeeting | None:
    """The command a posted evening asks for; None where a field is wrong, which `typed.errors` names."""
    on = typed.day("day")
    present = set(typed.all("present"))
    ticked = typed.all("ticked")
    counted = read_counts(cell, typed)
    papers = _papers(cell, typed, counted, present) if counted.rows else None
    numbered: list[tuple[int, int, AgendaItem]] = []
    for place, row in enumerate(cell.here, start=1):
        base = f"session.{row.review}"
        reviewed = cell.is_open(row) and typed.tick(f"{base}.reviewed")
        counts = counted.rows.get(row.review, ())
        if reviewed or counts:
            chair = typed.text(f"{base}.chair", required=False)
            if reviewed and not chair:
                typed.wrong(base, NO_CHAIR)
            residence = typed.raw(f"{base}.residence") or typed.raw("residence_all")
            if reviewed and row.kind == life.INDIVIDUAL and not residence:
                typed.wrong(base, NO_RESIDENCE)
            item = AgendaItem(
                review=row.review,
                chair=chair if reviewed else "",
                presented=typed.tick(f"{base}.presented"),
                residence_comment=(residence or "missing") if row.kind == life.INDIVIDUAL else "read",
                concluded=typed.tick(f"{base}.concluded"),
                ticked=ticked,
                counts=counts,
            )
            number = typed.number(f"{base}.number", required=False) or place
            numbered.append((number, place, item))
        elif _is_absent(cell, row, present):
            numbered.append((10_000, place, AgendaItem(review=row.review, absent=True)))
    if not any(not item.absent for _, _, item in numbered):
        typed.wrong("sessions", NOBODY)
    if typed.errors:
        return None
    return RecordMeeting(
        meeting=_meeting_id(cell, typed.raw("meeting"), on),
        campaign=cell.campaign.id,
        organisation=cell.organisation,
        venue=cell.organisation,
        day=on,
        items=tuple(item for _, _, item in sorted(numbered, key=lambda one: one[:2])),
        present=len(present & invited(cell)),
        superior_attended=typed.tick("superior_attended"),
        papers=papers,
        announced=typed.tick("announced"),
        took_place=typed.tick("took_place"),
    )


def plan_of(cell: CellData, on: date) -> PlanMeeting:
    """A meeting on a day with everything that is open here, in lawful order and with the usual chairs."""
    items = tuple(
        AgendaItem(review=row.review, chair=usual_chair(cell, row))
        for row in cell.here
        if row.kind != life.ORGANISATION and row.at is None and row.stage not in life.CLOSED
    )
    planned = cell.planned
    return PlanMeeting(
        meeting=planned.meeting if planned is not None else _meeting_id(cell, "", on),
        campaign=cell.campaign.id,
        organisation=cell.organisation,
        venue=cell.organisation,
        day=on,
        items=items,
    )


def usual_chair(cell: CellData, row: Stored) -> str:
    """The head; for the head himself, or where a tie is declared, the first deputy who may."""
    heads = [person for person, post in cell.posts.items() if post == "head"]
    deputies = [person for person, post in cell.posts.items() if post == "deputy"]
    leading = [*heads, *deputies]
    return next((person for person in leading if cell.may_chair(person, row)), "")


def invited(cell: CellData) -> set[str]:
    """Everybody on the attendance list: the roll, and whoever is reviewed or holds a post here."""
    reviewed = {row.subject for row in cell.here if row.kind == life.INDIVIDUAL}
    away = {person for person, status in cell.roll.items() if status == "exempt"}
    return (set(cell.roll) | reviewed | set(cell.posts)) - away


def _meeting_id(cell: CellData, planned: str, on: date) -> str:
    """The planned meeting's own id; for another a new one that tells body and day."""
    waiting = {row.meeting for row in cell.meetings if row.stage == "planned"}
    if planned in waiting:
        return planned
    base = f"{cell.campaign.id}-{cell.organisation}-{on:%m%d}"
    taken = {row.meeting for row in cell.meetings}
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 1000))) if name not in taken)


def _papers(cell: CellData, typed: Typed, counted: Counted, present: set[str]) -> Papers:
    came = tuple(person for person in typed.all("exempt_attending") if cell.roll.get(person) == "exempt")
    official = {person for person, status in cell.roll.items() if status == "official"}
    barred = tuple(person for person in typed.all("barred") if person in official)
    return Papers(
        issued=counted.issued,
        collected=counted.collected,
        valid=counted.valid,
        invalid=counted.invalid,
        secret={SECRET: True, OPEN: False}.get(typed.one_of("secret", (SECRET, OPEN), required=False)),
        counters=typed.all("counters"),
        absent=tuple(sorted(official - present - set(barred))),
        barred=barred,
        exempt_attending=came,
    )


def _is_absent(cell: CellData, row: Stored, present: set[str]) -> bool:
    """Somebody of this cell whose turn it was and who was not there."""
    return (
        row.kind == life.INDIVIDUAL
        and row.organisation == cell.organisation
        and row.stage in (life.PREPARED, life.DRAFT_SENT)
        and cell.is_open(row)
        and row.subject not in present
    )
