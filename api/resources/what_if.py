"""What a decision on a submission would come to, before anybody commits to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.bodies import ID
from handlers.what_if import WhatIf, what_if
from states.levels import NAMES
from workflow.errors import BadInput

router = APIRouter()

LEVELS_MAX = 10_000


class CandidateOut(BaseModel):
    """A review at the top level; votes only where a ballot was held on that level."""

    review: str
    in_favour: int | None
    entitled: int | None
    in_this_decision: bool


class LineOut(BaseModel):
    """One rule: the formula with its numbers, and the sentence with its clause."""

    rule: str
    verdict: str
    formula: str
    says_vi: str
    says_en: str
    clause_vi: str
    clause_en: str


class ListOut(BaseModel):
    """One quota list. `room` more could be at the top, negative for too many; null where no quota binds."""

    name: str
    kind: str
    label_vi: str
    label_en: str
    top: int
    good: int
    rated: int
    room: int | None
    room_vi: str
    room_en: str
    tie_at_the_edge: bool
    candidates: list[CandidateOut]
    lines: list[LineOut]


class RowOut(BaseModel):
    """One row of the decision: its level, whether it would be taken, and why not.

    `told` are the faults and caps that are there, each with its clause, also where the row would be taken.
    """

    review: str
    level: str
    taken: bool
    reason_vi: str
    reason_en: str
    told: list[LineOut]


class WhatIfOut(BaseModel):
    """What the decision would come to; nothing was written."""

    submission: str
    rows: list[RowOut]
    lists: list[ListOut]


@router.get(
    "/submissions/{submission}/what-if",
    tags=["submissions"],
    summary="What a decision would come to, with the room of each quota list",
    responses=READ_REFUSED,
)
def what_would_be(
    submission: Annotated[str, Path(pattern=ID)],
    actor: Acting,
    service: TheService,
    level: Annotated[
        list[str] | None,
        Query(
            description="REVIEW=LEVEL, given again for more rows; the others keep what is advised",
            max_length=LEVELS_MAX,
        ),
    ] = None,
) -> WhatIfOut:
    """A look that writes nothing: between it and the decision colleagues may act."""
    return shown(what_if(service.engine, submission, levels_of(level or []), actor=actor))


def levels_of(given: list[str]) -> dict[str, str]:
    """`REVIEW=LEVEL` by review; BadInput for one that is written otherwise."""
    found = {}
    for text in given:
        review, sign, level = text.partition("=")
        if not review or not sign or level not in NAMES:
            raise BadInput(
                "level",
                text,
                "không đúng dạng KỲ=MỨC, ví dụ 2016.member.0012=HTTNV.",
                "is not of the form REVIEW=LEVEL, such as 2016.member.0012=HTTNV.",
            )
        found[review] = level
    return found


def shown(found: WhatIf) -> WhatIfOut:
    """The answer as JSON holds it."""
    return WhatIfOut(
        submission=found.submission,
        rows=[RowOut.model_validate(row, from_attributes=True) for row in found.rows],
        lists=[
            ListOut(
                name=one.name,
                kind=one.kind,
                label_vi=one.label_vi,
                label_en=one.label_en,
                top=one.top,
                good=one.good,
                rated=one.rated,
                room=one.room,
                room_vi=one.room_in("vi"),
                room_en=one.room_in("en"),
                tie_at_the_edge=one.tie_at_the_edge,
                candidates=[
                    CandidateOut.model_validate(candidate, from_attributes=True)
                    for candidate in one.candidates
                ],
                lines=[LineOut.model_validate(line, from_attributes=True) for line in one.lines],
            )
            for one in found.lists
        ],
    )
