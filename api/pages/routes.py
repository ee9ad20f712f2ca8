"""The addresses of the pages: a form becomes a command, is handed over, and 303 leads to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlalchemy import select
from starlette.datastructures import UploadFile

from api.actors import COOKIE, NamedByTheAsker, actor_from, remember_actor
from api.pages import cell_bundles, cell_confirming, cell_lists, cell_minutes, review_acts, review_facts
from api.pages.asking_reports import on_report
from api.pages.asking_reviews import on_review
from api.pages.cell_calling_off import read_calling_off
from api.pages.cell_data import CellData, read_cell
from api.pages.cell_page import cell_page
from api.pages.composed_page import composed_page
from api.pages.findings_told import refusal_view
from api.pages.handing import SHOWN_BESIDE, Id, hand_over, key_of
from api.pages.history_page import history_page
from api.pages.import_page import changes_in, preview_page, start_page
from api.pages.patterns import patterns_page
from api.pages.problem_page import PageRoute
from api.pages.regulation_page import reading_page, rows_page, rule_page, rulebook_page, rulebooks_page
from api.pages.review_page import about_review, review_page
from api.pages.today_page import today_page
from api.pages.typed import EMPTY, Typed
from api.pages.visits import Looking, Posted, Visit
from api.pages.work_asked import going_already, set_going
from api.problems import kind_of
from api.sign_in.going_on import safe_next
from handlers.names import Names
from handlers.roster.template import template
from handlers.roster_import import confirm_import, preview_import, show_import
from handlers.tables import BUNDLES
from handlers.work.book import ROSTER, ROWS_AT_ONCE
from handlers.work.orders import TakeOverRoster
from workflow.commands.asking import Command
from workflow.errors import NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/")
def home(visit: Looking) -> Response:
    """What is to be done today, or the first steps."""
    return visit.answer(today_page(visit))


@router.get("/patterns")
def patterns(visit: Looking) -> Response:
    """Every element of the pages once."""
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "patterns")
    return visit.answer(patterns_page(frame))


@router.post("/actor")
def actor(visit: Looking, typed: Posted) -> Response:
    """Development only: act as somebody from now on."""
    if not isinstance(visit.request.app.state.actors, NamedByTheAsker):
        raise NotFound("page", "/actor")
    answer = visit.go(safe_next(typed.raw("back")))
    chosen = typed.raw("actor")
    if chosen:
        remember_actor(answer, actor_from(chosen))
    else:
        answer.delete_cookie(COOKIE)
    return answer


# --- the regulations ------------------------------------------------------------------------------


@router.get("/rulebooks")
def rulebooks(visit: Looking) -> Response:
    """Every regulation shipped."""
    return visit.answer(rulebooks_page(visit))


@router.get("/rulebooks/{rulebook}")
def rulebook(visit: Looking, rulebook: Id) -> Response:
    """One regulation, by its id or by the hash a campaign pinned."""
    return visit.answer(rulebook_page(visit, rulebook))


@router.get("/rulebooks/{rulebook}/composed")
def composed(visit: Looking, rulebook: Id) -> Response:
    """Which layer set each value of a regulation, by which document."""
    return visit.answer(composed_page(visit, rulebook))


@router.get("/rulebooks/{rulebook}/rows")
def rows(visit: Looking, rulebook: Id) -> Response:
    """Row by row, what carries it out."""
    return visit.answer(rows_page(visit, rulebook))


@router.get("/rulebooks/{rulebook}/rules/{rule}")
def rule(visit: Looking, rulebook: Id, rule: Id) -> Response:
    """One rule."""
    return visit.answer(rule_page(visit, rulebook, rule))


@router.get("/rulebooks/{rulebook}/readings/{reading}")
def reading(visit: Looking, rulebook: Id, reading: Id) -> Response:
    """One question a clause leaves open, and how it is taken."""
    return visit.answer(reading_page(visit, rulebook, reading))


# --- the board and a cell -------------------------------------------------------------------------


@router.get("/c/{campaign}/o/{organisation}")
def cell(visit: Looking, campaign: Id, organisation: Id) -> Response:
    """One body: its evening, its reviews, its report."""
    return visit.answer(cell_page(visit, campaign, organisation))


@router.post("/c/{campaign}/o/{organisation}/confirmations")
def confirmations(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """A second person confirms a count."""
    return _for_cell(visit, typed, campaign, organisation, "confirmations", cell_confirming.read_confirmation)


@router.post("/c/{campaign}/o/{organisation}/corrections")
def corrections(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """A second person puts a typed count right."""
    return _for_cell(visit, typed, campaign, organisation, "corrections", cell_confirming.read_correction)


@router.post("/c/{campaign}/o/{organisation}/plans")
def plans(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """A day is set for a meeting."""

    def planned(data: CellData, typed: Typed) -> Command | None:
        on = typed.day("day")
        return None if typed.errors else cell_minutes.plan_of(data, on)

    return _for_cell(visit, typed, campaign, organisation, "plans", planned)


@router.post("/c/{campaign}/o/{organisation}/cancellations")
def cancellations(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """A planned meeting is called off."""
    return _for_cell(visit, typed, campaign, organisation, "cancellations", read_calling_off)


@router.post("/c/{campaign}/o/{organisation}/declarations")
def declarations(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """Lists are declared complete."""
    return _for_cell(visit, typed, campaign, organisation, "declarations", cell_lists.declare_command)


@router.post("/c/{campaign}/o/{organisation}/entries")
def entries(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """Something known joins a list."""
    return _for_cell(visit, typed, campaign, organisation, "entries", cell_lists.entry_command)


@router.post("/c/{campaign}/o/{organisation}/settlements")
def settlements(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """What was open on a list is settled."""
    return _for_cell(visit, typed, campaign, organisation, "settlements", cell_lists.settle_command)


@router.post("/c/{campaign}/o/{organisation}/neighbours")
def neighbours(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """The rating of a body of the same level is recorded."""
    return _for_cell(visit, typed, campaign, organisation, "neighbours", cell_lists.neighbour_command)


@router.post("/c/{campaign}/o/{organisation}/submissions")
def submissions(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """What is ready is reported to the superior."""

    def submitted(data: CellData, typed: Typed) -> Command | None:
        on, hour = typed.day("on"), typed.text("hour", required=False)
        return None if typed.errors else cell_bundles.submit_command(data, on, hour)

    return _for_cell(visit, typed, campaign, organisation, "submissions", submitted)


@router.post("/b/{submission}/{act}")
def bundle(
    visit: Looking,
    typed: Posted,
    submission: Id,
    act: Literal["return", "consultation", "opinion", "appraisal", "decision"],
) -> Response:
    """A superior returns a report, asks for opinions on it, appraises or decides it."""
    with visit.service.database.read() as connection:
        found = connection.execute(
            select(BUNDLES.c.campaign, BUNDLES.c.organisation).where(BUNDLES.c.submission == submission)
        ).first()
    if found is None:
        raise NotFound("submission", submission)
    name = f"{submission}/{act}"

    def asked(data: CellData, typed: Typed) -> Command | None:
        return cell_bundles.superior_command(visit, data, act, submission, typed)

    return _for_cell(visit, typed, found.campaign, found.organisation, name, asked)


def _for_cell(
    visit: Visit,
    typed: Typed,
    campaign: str,
    organisation: str,
    act: str,
    read: Callable[[CellData, Typed], Command | None],
) -> Response:
    with visit.service.database.read() as connection:
        data = read_cell(connection, visit, campaign, organisation)
    return hand_over(
        visit,
        typed,
        read(data, typed),
        f"/c/{campaign}/o/{organisation}",
        lambda refused: cell_page(visit, campaign, organisation, refused=refused, typed=typed, act=act),
        lambda answer: cell_page(visit, campaign, organisation, answer=answer),
        on_report(visit, data, act.rpartition("/")[2]),
    )


# --- a review -------------------------------------------------------------------------------------


@router.get("/r/{review}")
def review(visit: Looking, review: Id) -> Response:
    """One review: where it stands, what follows, what is missing."""
    return visit.answer(review_page(visit, about_review(visit, review)))


@router.get("/r/{review}/history")
def history(visit: Looking, review: Id, v: Annotated[int | None, Query(ge=1)] = None) -> Response:
    """The replay, at one event."""
    return visit.answer(history_page(visit, review, v))


@router.post("/r/{review}/facts")
def facts(visit: Looking, typed: Posted, review: Id) -> Response:
    """Facts the rules ask for are recorded."""
    about = about_review(visit, review)
    return hand_over(
        visit,
        typed,
        review_facts.record_facts(about, typed),
        f"/r/{review}",
        lambda refused: review_page(visit, about, refused=refused, facts_typed=typed),
    )


@router.post("/r/{review}/{noun}")
def review_act(visit: Looking, typed: Posted, review: Id, noun: Id) -> Response:
    """One act on a review."""
    act = review_acts.BY_NOUN.get(noun)
    if act is None:
        raise NotFound("page", f"/r/{review}/{noun}")
    about = about_review(visit, review)
    return hand_over(
        visit,
        typed,
        review_acts.command_of(act, about, typed),
        f"/r/{review}",
        lambda refused: review_page(visit, about, refused=refused, act=act, typed=typed),
        ask=on_review(visit, about, act),
    )


# --- the import -----------------------------------------------------------------------------------


@router.get("/import")
def import_start(visit: Looking) -> Response:
    """The page that asks for a file."""
    return visit.answer(start_page(visit))


@router.get("/import/template.xlsx")
def import_template() -> Response:
    """The workbook to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="kiemdiem-danh-sach.xlsx"'}
    return Response(template(), media_type=XLSX, headers=headers)


@router.post("/import")
def import_file(visit: Looking, typed: Posted) -> Response:
    """A file is read and kept; what it would change is shown."""
    file, on = typed.form.get("file"), typed.day("on")
    content = file.file.read() if isinstance(file, UploadFile) else b""
    if not isinstance(file, UploadFile) or not file.filename:
        typed.wrong("file", EMPTY)
    if typed.errors:
        return visit.answer(start_page(visit, typed=typed), 422)
    name = str(getattr(file, "filename", ""))[:200]
    try:
        preview = preview_import(visit.service.engine, content, name, on=on, actor=visit.known)
    except SHOWN_BESIDE as error:
        told = refusal_view(error, visit.language, visit.words, Names())
        return visit.answer(start_page(visit, typed=typed, refusal=told), kind_of(error).status)
    return visit.go(f"/import/{preview.import_id}")


@router.get("/import/{import_id}")
def import_preview(visit: Looking, import_id: Id) -> Response:
    """What an upload says and would change."""
    return visit.answer(preview_page(visit, show_import(visit.service.engine, import_id, actor=visit.known)))


@router.post("/import/{import_id}/confirmation")
def import_confirmation(visit: Looking, typed: Posted, import_id: Id) -> Response:
    """An upload becomes the roster; many changes at once are long work, with a page of its own."""
    engine, good = visit.service.engine, typed.tick("good_rows_only")
    if begun := going_already(visit, key_of(typed)):
        return begun
    changes = changes_in(show_import(engine, import_id, actor=visit.known))
    if changes > ROWS_AT_ONCE:
        orders = TakeOverRoster(import_id=import_id, good_rows_only=good)
        return set_going(visit, ROSTER, orders, key=key_of(typed), leads_to="/people", total=changes)
    try:
        confirm_import(engine, import_id, actor=visit.known, good_rows_only=good, key=key_of(typed))
    except SHOWN_BESIDE as error:
        preview = show_import(engine, import_id, actor=visit.known)
        told = refusal_view(error, visit.language, visit.words, Names())
        return visit.answer(preview_page(visit, preview, told), kind_of(error).status)
    return visit.go("/", "imported")
