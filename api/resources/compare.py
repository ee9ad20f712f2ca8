"""What if another rulebook ruled a campaign: a read that writes nothing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.bodies import ID
from api.comparison import REVIEWS_MAX, document, other_book
from api.language import language_of
from handlers.comparing.run import compare_rulebooks, reviews_in
from workflow.errors import BadInput

router = APIRouter()


class BookOut(BaseModel):
    """One of the two rulebooks."""

    id: str
    hash: str | None = None
    layers: list[str] = []


class RuleCount(BaseModel):
    """How many reviews come out otherwise by one rule; `of_own` where it is the campaign's own."""

    outcome: str
    rule: str
    of_own: bool
    says: str
    cite: str
    reviews: int


class MissingCount(BaseModel):
    """A fact or checklist item the other rulebook needs, why it is not there, in how many reviews."""

    name: str
    says: str
    why: str
    reviews: int


class DueCount(BaseModel):
    """A step with another last day; `none` where one of the two has none."""

    kind: str
    gate: str
    own: str
    other: str
    rule: str
    reviews: int


class ComparisonOut(BaseModel):
    """Counts over the whole campaign and the first rows; `left_off` differ too and are not among them."""

    campaign: str
    own: BookOut
    other: BookOut
    reviews: int
    different: int
    unset: list[str]
    outcomes: dict[str, int]
    rules: list[RuleCount]
    missing: list[MissingCount]
    due: list[DueCount]
    rows: list[dict[str, Any]]
    left_off: int


@router.get(
    "/campaigns/{campaign}/compare",
    tags=["campaigns"],
    responses=READ_REFUSED,
    summary="What if another rulebook ruled: who would be refused, due or rated otherwise",
    description=f"For campaigns of up to {REVIEWS_MAX:,} reviews; larger ones by `kiemdiem compare`.",
)
def compare(
    campaign: Annotated[str, Path(pattern=ID)],
    rulebook: Annotated[str, Query(pattern=ID, description="The other rulebook, or a pinned hash")],
    request: Request,
    actor: Acting,
    service: TheService,
    limit: Annotated[int, Query(ge=0, le=REVIEWS_MAX, description="How many rows")] = 100,
) -> ComparisonOut:
    """The recorded facts under another rulebook. Facts nobody recorded are listed, not guessed."""
    other = other_book(service, rulebook)
    reviews = reviews_in(service.engine, campaign)
    if reviews > REVIEWS_MAX:
        command = f"kiemdiem compare {campaign} --rulebook {rulebook}"
        raise BadInput(
            "campaign",
            campaign,
            f"có {reviews} kỳ kiểm điểm, quá {REVIEWS_MAX}; hãy chạy {command}.",
            f"has {reviews} reviews, more than {REVIEWS_MAX}; run {command}.",
        )
    found = compare_rulebooks(service.engine, campaign, other, limit=limit)
    return ComparisonOut.model_validate(document(found, language_of(request)))
