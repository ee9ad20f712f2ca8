"""The page that asks: what if another rulebook ruled this campaign?"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.comparison import (
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
from api.pages.format import number
from api.pages.handing import Id, key_of
from api.pages.problem_page import PageRoute
from api.pages.views import ActionForm, Choice, Clause, FormField, Link
from api.pages.views_compare import ComparedRow, ComparePage, CountLine
from api.pages.visits import Looking, Posted, Visit
from api.pages.work_asked import running_work, set_going
from api.pages.work_page import seen_work
from handlers.comparing.kept import comparison_kept
from handlers.comparing.results import What
from handlers.comparing.run import Comparison, compare_rulebooks, reviews_in
from handlers.names import names_on
from handlers.work.book import COMPARISON
from handlers.work.orders import CompareBooks
from workflow.bodies import Campaign
from workflow.errors import NotFound
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook

ROWS: Final = 50
"""Reviews told on the page."""

AT_ONCE: Final = 500
"""A larger campaign is compared as long work: nobody waits for a page longer than a second or two."""

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/c/{campaign}/compare")
def compare(
    visit: Looking,
    campaign: Id,
    rulebook: str = Query(default="", max_length=100),
    work: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> Response:
    """A campaign's recorded facts under another rulebook; nothing is written. `work` shows what was found."""
    if work:
        return visit.answer(kept_page(visit, campaign, work))
    return visit.answer(compare_page(visit, campaign, rulebook))


@router.post("/c/{campaign}/comparisons")
def begin(visit: Looking, typed: Posted, campaign: Id) -> Response:
    """A large campaign is compared as long work, with a page of its own."""
    rulebook = typed.raw("rulebook")[:100]
    other_book(visit.service, rulebook)  # NotFound for none of this name
    leads_to = f"/c/{campaign}/compare"
    with visit.service.database.read() as connection:
        running = running_work(visit, connection, COMPARISON, leads_to)
    if running is not None:
        return visit.go(f"/jobs/{running.job}")
    orders = CompareBooks(campaign=campaign, rulebook=rulebook)
    total = reviews_in(visit.service.engine, campaign)
    return set_going(
        visit,
        COMPARISON,
        orders,
        key=key_of(typed),
        leads_to=leads_to,
        total=total,
    )


def compare_page(visit: Visit, campaign_id: str, rulebook: str) -> ComparePage:
    """The page. NotFound for a campaign nobody may see, or a rulebook there is none of."""
    empty, _ = _empty(visit, campaign_id, rulebook)
    if not rulebook:
        return empty
    other = other_book(visit.service, rulebook)
    reviews = reviews_in(visit.service.engine, campaign_id)
    if reviews > AT_ONCE:
        return replace(empty, begin=_begin(visit, campaign_id, rulebook, reviews))
    return _filled(visit, empty, compare_rulebooks(visit.service.engine, campaign_id, other, limit=ROWS))


def kept_page(visit: Visit, campaign_id: str, number_: int) -> ComparePage:
    """What a piece of long work found. NotFound for somebody else's, or one that compared something else."""
    job = seen_work(visit, number_)
    kept = job.outcome
    if job.asked_by != visit.known.id or job.kind != COMPARISON or kept.get("campaign") != campaign_id:
        raise NotFound("page", f"/c/{campaign_id}/compare?work={number_}")
    empty, (campaign, own) = _empty(visit, campaign_id, kept["rulebook"])
    other = replace(other_book(visit.service, kept["rulebook"]), calendar=own.calendar)
    return _filled(visit, empty, comparison_kept(kept, campaign, own, other))


def _empty(visit: Visit, campaign_id: str, rulebook: str) -> tuple[ComparePage, tuple[Campaign, Rulebook]]:
    service, _ = visit.service, visit.words.gettext
    with service.database.read() as connection:
        campaign, own = campaign_of(connection, service, campaign_id)
        if not visible(campaign):
            raise NotFound("campaign", campaign_id)
        frame = visit.frame(connection, "board", campaign=campaign, rulebook=own)
    page = ComparePage(
        frame=frame,
        crumbs=(Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"),),
        action=f"/c/{campaign_id}/compare",
        own=own.title.in_language(visit.language),
        books=_books(visit, rulebook),
    )
    return page, (campaign, own)


def _begin(visit: Visit, campaign_id: str, rulebook: str, reviews: int) -> ActionForm:
    _ = visit.words.gettext
    told = {"count": number(reviews, visit.language)}
    return ActionForm(
        action=f"/c/{campaign_id}/comparisons",
        submit=_("Đối chiếu %(count)s kỳ kiểm điểm") % told,
        command_id=secrets.token_hex(16),
        style="primary",
        fields=(FormField(name="rulebook", label="", kind="hidden", value=rulebook),),
        notes=(
            _(
                "Đợt này có %(count)s kỳ kiểm điểm nên việc đối chiếu chạy trên máy chủ. Có thể rời trang "
                "rồi quay lại."
            )
            % told,
        ),
    )


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
    return replace(
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
