"""Rulebooks: those shipped, and one of them with every rule, its clause, its sentence and its force."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.bodies import ID
from api.composed import document
from api.language import language_of
from api.regulations import book_of
from workflow.engine import unusable
from workflow.rules.composition import composition
from workflow.rules.coverage import place_of
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import cited
from workflow.rules.values import to_json

router = APIRouter(tags=["rulebooks"], responses=READ_REFUSED)


class RulebookRow(BaseModel):
    """One shipped rulebook."""

    id: str
    title: str
    source: str
    in_force: date
    in_force_until: date | None
    rules: int
    layers: list[str]
    provenance: str


class Rulebooks(BaseModel):
    """Every rulebook a campaign can be planned under."""

    items: list[RulebookRow]


class RuleOut(BaseModel):
    """One rule. `force` says what follows where it does not hold, `where` the place a user meets it.

    A `house_default` is given by no document; `layer` is the local layer that added or changed the rule.
    """

    id: str
    cite: str
    says: str
    role: str
    force: str
    kinds: list[str]
    gates: list[str]
    condition: str
    parameters: dict[str, Any]
    reading: str | None
    in_force: date
    rows: list[str]
    where: str
    level: str | None
    help: str | None
    house_default: bool
    layer: str


class RulebookOut(RulebookRow):
    """One rulebook with its scales and rules; `hash` is that of its canonical bytes."""

    hash: str
    scales: dict[str, list[str]]
    contents: list[RuleOut]


class ValueOut(BaseModel):
    """One value: what it belongs to (`of`), who set it by which document, and the regime's own value."""

    what: str
    of: str
    name: str
    value: Any
    base: Any
    set_by: str
    cite: str
    permission: str


class ExceptionOut(BaseModel):
    """A value a layer has only by permission."""

    layer: str
    rule: str
    parameter: str
    base: Any
    value: Any
    cite: str
    permission: str


class UnsetOut(BaseModel):
    """Something the regime leaves to a local layer and none has set."""

    id: str
    rows: list[str]
    says: str


class ComposedOut(BaseModel):
    """A rulebook by its values. A campaign cannot be planned while `unset` is not empty."""

    id: str
    hash: str
    regime: str
    layers: list[str]
    provenance: str
    values: list[ValueOut]
    exceptions: list[ExceptionOut]
    unset: list[UnsetOut]


@router.get("/rulebooks", summary="Rulebooks a campaign can be planned under")
def rulebooks(request: Request, actor: Acting, service: TheService) -> Rulebooks:
    """By id: those shipped, and layers of the committee's own."""
    language = language_of(request)
    names = service.books.names()
    rows = [RulebookRow.model_validate(_row(book_of(service, name), language)) for name in names]
    return Rulebooks(items=rows)


@router.get("/rulebooks/{rulebook}", summary="One rulebook with its rules")
def rulebook(
    rulebook: Annotated[str, Path(pattern=ID, description="Its id, or the hash a campaign has pinned")],
    request: Request,
    actor: Acting,
    service: TheService,
) -> RulebookOut:
    """As shipped, or by its hash exactly as a campaign was planned with it."""
    language = language_of(request)
    found = book_of(service, rulebook)
    return RulebookOut.model_validate(
        {
            **_row(found, language),
            "hash": found.hash,
            "scales": {kind: list(levels) for kind, levels in found.scales.items()},
            "contents": [
                RuleOut(
                    id=rule.id,
                    cite=cited(rule, language),
                    says=rule.says.in_language(language),
                    role=rule.role.value,
                    force=rule.force.value,
                    kinds=list(rule.kinds),
                    gates=list(rule.gates),
                    condition=rule.condition,
                    parameters={name: to_json(value) for name, value in rule.parameters.items()},
                    reading=rule.reading,
                    in_force=rule.in_force,
                    rows=list(rule.rows),
                    where=place_of(rule).in_language(language),
                    level=rule.level,
                    help=rule.help.in_language(language) if rule.help else None,
                    house_default=rule.house_default,
                    layer=rule.layer,
                )
                for rule in found.rules
            ],
        }
    )


@router.get("/rulebooks/{rulebook}/composed", summary="Each value of a rulebook, and which layer set it")
def composed(
    rulebook: Annotated[str, Path(pattern=ID, description="Its id")],
    request: Request,
    actor: Acting,
    service: TheService,
) -> ComposedOut:
    """Which layer set each value, by which document; the exceptions; what a local layer still has to set."""
    try:
        found = composition(rulebook, shelf=service.books.shelf_of(rulebook))
    except RulebookRefused as error:
        raise unusable(rulebook, error) from error
    return ComposedOut.model_validate(document(found, language_of(request)))


def _row(found: Rulebook, language: str) -> dict[str, object]:
    return {
        "id": found.id,
        "title": found.title.in_language(language),
        "source": found.source,
        "in_force": found.in_force,
        "in_force_until": found.in_force_until,
        "rules": len(found.rules),
        "layers": list(found.layers),
        "provenance": found.provenance,
    }
