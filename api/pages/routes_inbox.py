"""The addresses of the inbox and of a person's own settings; whoever acts sees and changes only their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from api.pages.contact_page import contact_page, contact_typed, note_wrong
from api.pages.inbox_page import NOTICES_MAX, inbox_page
from api.pages.problem_page import PageRoute
from api.pages.typed import Typed
from api.pages.views import Page
from api.pages.visits import Looking, Posted, Visit
from api.problems import kind_of
from api.resources.feeds import feed_address
from api.resources.settings_of import settings_of
from handlers.feed import new_secret, revoke_secret
from handlers.reminding.absences import absences_of, record_absence, withdraw_absence
from handlers.reminding.contacts import save_contact
from handlers.reminding.inbox import mark_read, notice_of, notices_of
from handlers.reminding.snoozing import bring_back, snooze_all
from workflow.errors import BadInput, NotFound

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Number = Annotated[int, Path(ge=1, lt=2**62)]


@router.get("/inbox")
def inbox(visit: Looking, aside: Annotated[int, Query(ge=0, lt=2**62)] = 0) -> Response:
    """What the person who acts is reminded of; `aside` is the line just put aside."""
    return visit.answer(inbox_page(visit, aside=aside))


@router.post("/inbox/reading")
def read_all(visit: Looking, typed: Posted) -> Response:
    """Everything up to the newest notice that was shown is read."""
    upto = typed.number("upto")
    with visit.service.database.write() as connection:
        notices = notices_of(connection, visit.known.id, visit.today, limit=NOTICES_MAX)
        numbers = [notice.id for notice in notices if notice.id <= upto and not notice.is_read]
        mark_read(connection, visit.known.id, numbers, visit.service.engine.now())
    return visit.go("/inbox", "done")


@router.post("/inbox/{notice}/reading")
def read_one(visit: Looking, typed: Posted, notice: Number) -> Response:
    """One line is read, with what was said of it before."""
    with visit.service.database.write() as connection:
        if notice_of(connection, visit.known.id, notice, visit.today) is None:
            raise NotFound("notice", str(notice))
        mark_read(connection, visit.known.id, _numbers(typed, notice), visit.service.engine.now())
    return visit.go("/inbox")


@router.post("/inbox/{notice}/snoozes")
def put_aside(visit: Looking, typed: Posted, notice: Number) -> Response:
    """One line is put aside until a day, with a reason: whatever stands in it, or nothing."""
    until, reason = typed.day("until"), typed.text("reason")

    numbers = _numbers(typed, notice)

    def keep(connection: Connection) -> None:
        now = visit.service.engine.now()
        snooze_all(connection, visit.known.id, numbers, until=until, reason=reason, today=visit.today, at=now)

    return _kept(
        visit,
        typed,
        keep,
        f"/inbox?aside={notice}",
        lambda refused: inbox_page(visit, refused=refused, about=notice, typed=typed),
    )


@router.post("/inbox/{notice}/return")
def put_back(visit: Looking, typed: Posted, notice: Number) -> Response:
    """One line that was put aside is owed again."""
    with visit.service.database.write() as connection:
        now = visit.service.engine.now()
        bring_back(connection, visit.known.id, _numbers(typed, notice), today=visit.today, at=now)
    return visit.go("/inbox", "done")


@router.get("/inbox/settings")
def settings(visit: Looking) -> Response:
    """How the person who acts wants to be told."""
    return visit.answer(contact_page(visit))


@router.post("/inbox/settings")
def save_settings(visit: Looking, typed: Posted) -> Response:
    """Addresses, language and quiet hours are kept."""
    contact = contact_typed(visit, typed)
    return _kept(
        visit,
        typed,
        lambda connection: save_contact(
            connection, contact, by=visit.known.id, at=visit.service.engine.now()
        ),
        "/inbox/settings",
        lambda refused: contact_page(visit, refused=refused, form="contact", typed=typed),
    )


@router.post("/inbox/absences")
def be_away(visit: Looking, typed: Posted) -> Response:
    """Days away, both counted; the same days said twice are kept once."""
    from_day, to_day = typed.day("from_day"), typed.day("to_day")
    person = visit.known.id

    def keep(connection: Connection) -> None:
        known = absences_of(connection, person, visit.today)
        if (from_day, to_day) not in [(one.from_day, one.to_day) for one in known]:
            record_absence(
                connection,
                person,
                from_day,
                to_day,
                by=person,
                today=visit.today,
                at=visit.service.engine.now(),
            )

    return _kept(
        visit,
        typed,
        keep,
        "/inbox/settings#absences",
        lambda refused: contact_page(visit, refused=refused, form="absence", typed=typed),
    )


@router.post("/inbox/absences/{absence}/withdrawal")
def be_back(visit: Looking, typed: Posted, absence: Number) -> Response:
    """An absence is taken back."""
    with visit.service.database.write() as connection:
        withdraw_absence(connection, visit.known.id, absence, at=visit.service.engine.now())
    return visit.go("/inbox/settings#absences", "done")


@router.post("/inbox/calendar")
def make_calendar(visit: Looking, typed: Posted) -> Response:
    """A new calendar address, on this page and on no other; the one before leads nowhere any more."""
    with visit.service.database.write() as connection:
        secret = new_secret(connection, visit.known.id, visit.service.engine.now())
    address = feed_address(settings_of(visit.request).public_url, secret)
    return visit.answer(contact_page(visit, calendar_address=address))


@router.post("/inbox/calendar/revocation")
def revoke_calendar(visit: Looking, typed: Posted) -> Response:
    """The calendar address leads nowhere from now on."""
    with visit.service.database.write() as connection:
        revoke_secret(connection, visit.known.id, visit.service.engine.now())
    return visit.go("/inbox/settings#calendar", "done")


def _numbers(typed: Typed, notice: int) -> list[int]:
    """The notices of a line as its form says them, the one of the address among them."""
    said = typed.raw("notices").split(",")[:NOTICES_MAX]
    given = {int(one) for one in said if one.isascii() and one.isdecimal() and len(one) < 19}
    return sorted(given | {notice})


def _kept(
    visit: Visit,
    typed: Typed,
    keep: Callable[[Connection], None],
    then: str,
    again: Callable[[Exception | None], Page],
) -> Response:
    """Do it and go on; a wrong field is answered beside it with what was typed."""
    if typed.errors:
        return visit.answer(again(None), 422)
    try:
        with visit.service.database.write() as connection:
            keep(connection)
    except BadInput as error:
        note_wrong(typed, error, visit.language)
        return visit.answer(again(error), kind_of(error).status)
    return visit.go(then, "done")
