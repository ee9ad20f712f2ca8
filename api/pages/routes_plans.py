"""The addresses of remediation plans, and of the checklists of a whole body."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages import plan_acts
from api.pages.cell_data import CellData, read_cell
from api.pages.cell_ticks import asked_items, numbered, orders, taking_back, tick_all, ticks_page
from api.pages.handing import Id, hand_over, key_of
from api.pages.plan_pages import PlanAbout, about_new_plan, about_plan, plan_page, plans_page
from api.pages.problem_page import PageRoute
from api.pages.typed import Typed
from api.pages.visits import Looking, Posted, Visit
from api.pages.work_asked import going_already, set_going
from handlers.work.book import MANY, ROWS_AT_ONCE
from handlers.work.orders import EnterMany, named
from workflow.errors import NotFound

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/c/{campaign}/plans")
def plans(visit: Looking, campaign: Id) -> Response:
    """Every remediation plan of a campaign, and who owes one."""
    return visit.answer(plans_page(visit, campaign))


@router.get("/p/{plan}")
def plan(visit: Looking, plan: Id) -> Response:
    """One plan with what its reader may do."""
    return visit.answer(plan_page(visit, about_plan(visit, plan)))


@router.get("/r/{review}/plan")
def new_plan(visit: Looking, review: Id) -> Response:
    """The form that draws up a plan for a review."""
    return visit.answer(plan_page(visit, about_new_plan(visit, review)))


@router.post("/r/{review}/plan")
def draw_up(visit: Looking, typed: Posted, review: Id) -> Response:
    """A plan is drawn up for a review."""
    return _drawn_up(visit, typed, about_new_plan(visit, review))


@router.post("/p/{plan}/{noun}")
def plan_act(visit: Looking, typed: Posted, plan: Id, noun: Id) -> Response:
    """One act on a plan."""
    about = about_plan(visit, plan)
    if noun == "plan":
        return _drawn_up(visit, typed, about)
    act = plan_acts.BY_NOUN.get(noun)
    if act is None or about.seen is None:
        raise NotFound("page", f"/p/{plan}/{noun}")
    return hand_over(
        visit,
        typed,
        plan_acts.command_of(act, about.seen, about.who, typed),
        f"/p/{plan}",
        lambda refused: plan_page(visit, about, refused=refused, act=noun, typed=typed),
        ask=plan_acts.ending(visit, act, about.seen),
    )


def _drawn_up(visit: Visit, typed: Typed, about: PlanAbout) -> Response:
    shown = (len(about.seen.items) if about.seen else 0) + plan_acts.ROWS
    return hand_over(
        visit,
        typed,
        plan_acts.draw_up_command(about.plan, about.review.id, shown, about.who, typed),
        f"/p/{about.plan}",
        lambda refused: plan_page(visit, about, refused=refused, act="plan", typed=typed),
    )


@router.get("/c/{campaign}/o/{organisation}/ticks")
def ticks(visit: Looking, campaign: Id, organisation: Id) -> Response:
    """The checklists of a whole body."""
    return visit.answer(ticks_page(visit, _cell(visit, campaign, organisation)))


@router.post("/c/{campaign}/o/{organisation}/ticks")
def tick_many(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """One item is confirmed for many reviews; what came of each is told."""
    key = key_of(typed)
    if begun := going_already(visit, key):
        return begun
    cell = _cell(visit, campaign, organisation)
    back = typed.tick("untick")
    commands = taking_back(cell, typed) if back else orders(typed, asked_items(visit, cell))
    if not commands:
        return visit.answer(ticks_page(visit, cell, typed=typed), 422)
    if len(commands) > ROWS_AT_ONCE:
        kept = EnterMany(commands=tuple(named(*one) for one in numbered(commands, key or "")))
        return set_going(visit, MANY, kept, key=key, leads_to=f"/c/{campaign}/o/{organisation}/ticks")
    rows = tick_all(visit, cell, commands, key or "")
    done = () if back else tuple(one for one, row in zip(commands, rows, strict=True) if row.done)
    return visit.answer(ticks_page(visit, cell, rows=rows, done=done))


def _cell(visit: Visit, campaign: str, organisation: str) -> CellData:
    with visit.service.database.read() as connection:
        return read_cell(connection, visit, campaign, organisation)
