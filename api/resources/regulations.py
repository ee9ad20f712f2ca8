"""What a regulation says: its rows with what carries each out, and the questions its clauses leave open."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.bodies import ID
from api.covering import coverage_of
from api.language import language_of
from api.regulations import book_of
from workflow.errors import NotFound
from workflow.rules.coverage import WAYS
from workflow.rules.register import Question, number_of, questions, rows_about
from workflow.rules.rulebook import Rulebook

router = APIRouter(tags=["rulebooks"], responses=READ_REFUSED)

Book = Annotated[str, Path(pattern=ID, description="Its id, or the hash a campaign has pinned")]


class CarriedBy(BaseModel):
    """What carries a row: a rule, a checklist item, a venue, a move, a report; `where` a user meets it."""

    way: str
    way_says: str
    name: str
    force: str | None
    where: str


class RowOut(BaseModel):
    """One row of a regulation. `no_rule` marks a row that orders nothing."""

    id: str
    clause: str
    kind: str
    says: str
    readings: list[str]
    no_rule: bool
    carried_by: list[CarriedBy]


class RowsOut(BaseModel):
    """Every row of a regulation; `covered` of them are carried out by something."""

    regime: str
    rows: int
    covered: int
    items: list[RowOut]


class ReadingOut(BaseModel):
    """A question a clause leaves open. `says` and the setting are those of the rulebook, where it takes it.

    `value` is the choice taken out of `choices`; `set_by` is the document of the layer that took it.
    """

    id: str
    question: str
    recommended: str
    why: str
    rows: list[str]
    says: str | None
    setting: str | None
    value: Any
    choices: list[Any]
    set_by: str | None
    rules: list[str]


class ReadingsOut(BaseModel):
    """The questions a rulebook takes a reading of, by number."""

    items: list[ReadingOut]


@router.get("/rulebooks/{rulebook}/rows", summary="Row by row, what carries a regulation out")
def rows(rulebook: Book, request: Request, actor: Acting, service: TheService) -> RowsOut:
    """Every row of the register of the rulebook's regime."""
    language = language_of(request)
    found = coverage_of(book_of(service, rulebook))
    if found is None:
        raise NotFound("rulebook", rulebook)
    return RowsOut(
        regime=found.regime,
        rows=len(found.rows),
        covered=found.covered,
        items=[
            RowOut(
                id=one.row.id,
                clause=one.row.clause,
                kind=one.row.kind,
                says=one.row.says.in_language(language),
                readings=list(one.row.readings),
                no_rule=one.row.no_rule,
                carried_by=[
                    CarriedBy(
                        way=carrier.way,
                        way_says=WAYS[carrier.way].in_language(language),
                        name=carrier.name,
                        force=carrier.force or None,
                        where=carrier.where.in_language(language),
                    )
                    for carrier in one.carriers
                ],
            )
            for one in found.rows
        ],
    )


@router.get("/rulebooks/{rulebook}/readings", summary="The readings a rulebook takes")
def readings(rulebook: Book, request: Request, actor: Acting, service: TheService) -> ReadingsOut:
    """Each question with the reading taken, why, and the rules that rest on it."""
    book, language = book_of(service, rulebook), language_of(request)
    asked = questions()
    taken = [asked[key] for key in sorted(book.settings, key=number_of) if key in asked]
    return ReadingsOut(items=[_reading(book, one, language) for one in taken])


@router.get("/rulebooks/{rulebook}/readings/{reading}", summary="One question a clause leaves open")
def reading(
    rulebook: Book,
    reading: Annotated[str, Path(pattern=r"^C-\d{2,3}$", description="Its number")],
    request: Request,
    actor: Acting,
    service: TheService,
) -> ReadingOut:
    """Also a question the rulebook takes no reading of; `says` is null then."""
    book, asked = book_of(service, rulebook), questions().get(reading)
    if asked is None:
        raise NotFound("reading", reading)
    return _reading(book, asked, language_of(request))


def _reading(book: Rulebook, asked: Question, language: str) -> ReadingOut:
    taken = book.settings.get(asked.id)
    is_set = taken is not None and bool(taken.setting)
    return ReadingOut(
        id=asked.id,
        question=asked.question.in_language(language),
        recommended=asked.taken.in_language(language),
        why=asked.why.in_language(language),
        rows=[row.id for row in rows_about(asked.id)],
        says=taken.says.in_language(language) if taken else None,
        setting=taken.setting if taken and is_set else None,
        value=taken.value if taken and is_set else None,
        choices=list(taken.choices) if taken else [],
        set_by=(taken.cite or None) if taken else None,
        rules=[rule.id for rule in book.rules if rule.reading == asked.id],
    )
