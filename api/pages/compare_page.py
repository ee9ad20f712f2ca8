"""The page that asks: what if another rulebook ruled this campaign?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.comparison import (
    REVIEWS_MAX,
    due_counted,
    lead,
    missing_counted,
    name_of,
    other_book,
    rules_counted,
    sentences,
)
from api.pages.addresses import rule_address
from api.pages.campaigns import campaign_of, visible
from api.pages.handing import Id
from api.pages.problem_page import PageRoute
from api.pages.views import Choice, Clause, Link, Page
from api.pages.visits import Looking, Visit
from handlers.comparing.results import What
from handlers.comparing.run import Comparison, compare_rulebooks, reviews_in
from handlers.names import names_on
from workflow.errors import NotFound
from workflow.rules.refusals import RulebookRefused

ROWS = 50
"""Reviews told on the page."""

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountLine:
    """One sort of difference, one missing fact or one last day, with how many reviews it is about."""

    says: str
    reviews: int
    note: str = ""
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedRow:
    """One review that comes out otherwise."""

    name: str
    href: str
    differences: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class ComparePage(Page):
    """The rulebooks to choose from; once one is chosen, the counts and the first rows."""

    TEMPLATE = "compare.html"
    action: str
    own: str
    books: tuple[Choice, ...]
    lead: str = ""
    too_many: str = ""
    unset: tuple[str, ...] = ()
    outcomes: tuple[CountLine, ...] = ()
    rules: tuple[CountLine, ...] = ()
    missing: tuple[CountLine, ...] = ()
    due: tuple[CountLine, ...] = ()
    rows: tuple[ComparedRow, ...] = ()
    left_off: int = 0


@router.get("/c/{campaign}/compare")
def compare(visit: Looking, campaign: Id, rulebook: str = Query(default="", max_length=100)) -> Response:
    """A campaign's recorded facts under another rulebook; nothing is written."""
    return visit.answer(compare_page(visit, campaign, rulebook))


def compare_page(visit: Visit, campaign_id: str, rulebook: str) -> ComparePage:
    """The page. NotFound for a campaign nobody may see, or a rulebook there is none of."""
    service, language, _ = visit.service, visit.language, visit.words.gettext
    with service.database.read() as connection:
        campaign, own = campaign_of(connection, service, campaign_id)
        if not visible(campaign):
            raise NotFound("campaign", campaign_id)
        empty = ComparePage(
            frame=visit.frame(connection, "board", campaign=campaign, rulebook=own),
            crumbs=(Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"),),
            action=f"/c/{campaign_id}/compare",
            own=own.title.in_language(language),
            books=_books(visit, rulebook),
        )
    if not rulebook:
        return empty
    other = other_book(service, rulebook)
    if reviews_in(service.engine, campaign_id) > REVIEWS_MAX:
        return _with(empty, too_many=f"kiemdiem compare {campaign_id} --rulebook {rulebook}")
    return _filled(visit, empty, compare_rulebooks(service.engine, campaign_id, other, limit=ROWS))


def _books(visit: Visit, chosen: str) -> tuple[Choice, ...]:
    found = []
    for name in visit.service.books.names():
        try:
            title = visit.service.books.load(name).title.in_language(visit.language)
        except RulebookRefused:
            continue  # its own page says what is wrong with it
        found.append(Choice(value=name, label=title, chosen=name == chosen))
    return tuple(found)


def _filled(visit: Visit, page: ComparePage, found: Comparison) -> ComparePage:
    language = visit.language
    with visit.service.database.read() as connection:
        names = names_on(
            connection,
            visit.today,
            people=[row.subject for row in found.rows if row.kind == "individual"],
            bodies=[row.subject for row in found.rows if row.kind != "individual"],
        )
    return _with(
        page,
        lead=lead(found, language),
        unset=tuple(one.says.in_language(language) for one in found.other.unset),
        outcomes=tuple(
            CountLine(says=name_of(what, language), reviews=found.summary.by_what[what])
            for what in What
            if found.summary.by_what[what]
        ),
        rules=tuple(
            CountLine(
                says=says or rule,
                note=name_of(what, language),
                reviews=reviews,
                clause=Clause(
                    label=cite,
                    href=rule_address(found.own.hash if of_own else found.other.id, rule) if says else None,
                ),
            )
            for what, rule, of_own, says, cite, reviews in rules_counted(found, language)
            if what is not What.DUE
        ),
        missing=tuple(
            CountLine(says=says, note=why, reviews=reviews)
            for _, says, why, reviews in missing_counted(found, language)
        ),
        due=tuple(
            CountLine(says=f"{kind}, {place}", note=f"{own} → {other}", reviews=reviews)
            for kind, place, own, other, reviews in due_counted(found, language)
        ),
        rows=tuple(
            ComparedRow(
                name=names.subject(row.review),
                href=f"/r/{row.review}",
                differences=tuple(
                    (told[0], told[1:])
                    for told in (sentences(one, found, language) for one in row.differences)
                ),
            )
            for row in found.rows
        ),
        left_off=found.left_off,
    )


def _with(page: ComparePage, **told: object) -> ComparePage:
    return replace(page, **told)  # type: ignore[arg-type]  # the fields of the page
