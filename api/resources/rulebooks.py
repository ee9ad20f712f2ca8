"""Rulebooks: those shipped, and one of them with every rule, its clause, its sentence and its force."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.bodies import ID
from api.language import language_of
from workflow import kept_rulebooks
from workflow.engine import unusable
from workflow.errors import NotFound
from workflow.rules.loading import HEADER, SHIPPED
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook
from workflow.rules.values import to_json

router = APIRouter(tags=["rulebooks"], responses=READ_REFUSED)

HASH = re.compile(r"[0-9a-f]{64}")


class RulebookRow(BaseModel):
    """One shipped rulebook."""

    id: str
    title: str
    source: str
    in_force: date
    in_force_until: date | None
    rules: int


class Rulebooks(BaseModel):
    """Every rulebook a campaign can be planned under."""

    items: list[RulebookRow]


class RuleOut(BaseModel):
    """One rule. `force` says what follows where it does not hold."""

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


class RulebookOut(RulebookRow):
    """One rulebook with its scales and rules; `hash` is that of its canonical bytes."""

    hash: str
    scales: dict[str, list[str]]
    contents: list[RuleOut]


@router.get("/rulebooks", summary="Rulebooks a campaign can be planned under")
def rulebooks(request: Request, actor: Acting) -> Rulebooks:
    """By id."""
    language = language_of(request)
    shipped = sorted(path.parent.name for path in SHIPPED.glob(f"*/{HEADER}"))
    return Rulebooks(items=[RulebookRow.model_validate(_row(_shipped(name), language)) for name in shipped])


@router.get("/rulebooks/{rulebook}", summary="One rulebook with its rules")
def rulebook(
    rulebook: Annotated[str, Path(pattern=ID, description="Its id, or the hash a campaign has pinned")],
    request: Request,
    actor: Acting,
    service: TheService,
) -> RulebookOut:
    """As shipped, or by its hash exactly as a campaign was planned with it."""
    language = language_of(request)
    found = _kept(service, rulebook) if HASH.fullmatch(rulebook) else _shipped(rulebook)
    return RulebookOut.model_validate(
        {
            **_row(found, language),
            "hash": found.hash,
            "scales": {kind: list(levels) for kind, levels in found.scales.items()},
            "contents": [
                RuleOut(
                    id=rule.id,
                    cite=rule.cite,
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
                )
                for rule in found.rules
            ],
        }
    )


@lru_cache(maxsize=16)
def _shipped(name: str) -> Rulebook:
    try:
        return Rulebook.load(name)
    except RulebookRefused as error:
        raise unusable(name, error) from error


def _kept(service: TheService, rulebook_hash: str) -> Rulebook:
    with service.database.read() as connection:
        body = kept_rulebooks.body_of(connection, rulebook_hash)
    if body is None:
        raise NotFound("rulebook", rulebook_hash)
    return Rulebook.from_bytes(body)


def _row(found: Rulebook, language: str) -> dict[str, object]:
    return {
        "id": found.id,
        "title": found.title.in_language(language),
        "source": found.source,
        "in_force": found.in_force,
        "in_force_until": found.in_force_until,
        "rules": len(found.rules),
    }
