"""People and bodies of the roster: found by name, and each on a page with the history of both times."""

from __future__ import annotations

from typing import Final

from api.asking import scope_of
from api.pages.capacities_told import capacity_lines
from api.pages.format import number
from api.pages.navigation import opens
from api.pages.people_views import (
    BodyPage,
    CapacityTold,
    FoundLine,
    PeoplePage,
    PersonPage,
)
from api.pages.people_words import (
    body_of,
    facts_told,
    history_line,
    holder,
    names_told,
    no_reviews,
    post_told,
    review_lines,
    roll_told,
)
from api.pages.views import EmptyState, Link
from api.pages.visits import Visit
from handlers.access.capacities import capacities_of
from handlers.found_by_name import bodies_named, people_at
from handlers.names import name_key
from handlers.people.reading import (
    below,
    body_rows,
    person_rows,
    posts_at,
    reviews_of,
    roll_of,
    sees_body,
)
from handlers.roster_import import MAY_PROPOSE
from workflow.rules.sentences import value_text

SHOWN_MAX: Final = 50
RANK: Final = {"head": 0, "deputy": 1, "standing_member": 2, "committee_member": 3, "leading_member": 4}


def people_page(visit: Visit, query: str) -> PeoplePage:
    """Who and what is found in the scope by name or code, names in Vietnamese order."""
    _ = visit.words.gettext
    asked = query.strip()
    scope = scope_of(visit.service, visit.known)
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "people")
        people = people_at(connection, scope, asked) if asked else ()
        bodies = bodies_named(connection, scope, asked)
    found_people = sorted(people, key=lambda one: (name_key(one.name), one.person))
    found_bodies = sorted(bodies, key=lambda one: (name_key(one.name), one.body))
    return PeoplePage(
        frame=frame,
        query=asked,
        heading=_found(visit, len(people), len(bodies)) if asked else _("Người và tổ chức trong danh sách"),
        people=tuple(
            FoundLine(name=one.name, code=one.person, href=f"/people/{one.person}")
            for one in found_people[:SHOWN_MAX]
        ),
        bodies=tuple(
            FoundLine(name=one.name, code=one.body, href=f"/organisations/{one.body}")
            for one in found_bodies[:SHOWN_MAX]
        ),
        more_people=max(len(people) - SHOWN_MAX, 0),
        more_bodies=max(len(bodies) - SHOWN_MAX, 0),
        empty=None if people or bodies else _nobody(visit, asked),
        import_href="/import" if visit.acting.role in MAY_PROPOSE else "",
    )


def person_page(visit: Visit, person: str) -> PersonPage:
    """One person. NotFound outside the scope."""
    _ = visit.words.gettext
    actor = visit.known
    scope = scope_of(visit.service, actor)
    with visit.service.database.read() as connection:
        rows = person_rows(connection, scope, person)
        frame = visit.frame(connection, "people")
        names = names_told(visit, connection, rows, people={person})
        reviews = reviews_of(connection, scope, person)
        held = capacity_lines(visit, connection, capacities_of(connection, person, visit.today))
    now = [one for one in rows if one.holds(visit.today)]
    identity = next((one for one in now if one.kind == "person"), None)
    rolls = [one for one in now if one.kind == "membership"]
    return PersonPage(
        frame=frame,
        crumbs=(Link(label=_("Danh sách"), href="/people"), Link(label=names.person(person), href="")),
        name=names.person(person),
        code=person,
        lead="; ".join(roll_told(visit, one, names) for one in rolls)
        or _("Hiện không có tên trong chi bộ nào"),
        facts=facts_told(visit, identity, actor.role),
        posts=tuple(
            (
                post_told(visit, one),
                Link(label=names.body(body_of(one)), href=f"/organisations/{body_of(one)}"),
            )
            for one in now
            if one.kind == "position"
        ),
        capacities=tuple(CapacityTold(label=one.label, basis=one.basis) for one in held),
        reviews=review_lines(visit, reviews),
        no_reviews=no_reviews(visit, reviews),
        log_href=f"/audit?person={person}" if opens(actor.role, "/audit") else "",
        history=tuple(history_line(visit, one, names) for one in rows),
    )


def body_page(visit: Visit, body: str) -> BodyPage:
    """One body. NotFound outside the scope."""
    _ = visit.words.gettext
    actor = visit.known
    scope = scope_of(visit.service, actor)
    with visit.service.database.read() as connection:
        rows = body_rows(connection, scope, body)
        frame = visit.frame(connection, "people", organisation=body)
        posts = posts_at(connection, body, visit.today)
        lower = below(connection, body, visit.today)
        roll, count = roll_of(connection, body, visit.today)
        names = names_told(visit, connection, (*rows, *posts), bodies={body})
        reviews = reviews_of(connection, scope, body)
        superiors = [one.values["superior_id"] for one in rows if one.holds(visit.today)]
        seen_above = bool(superiors and superiors[0]) and sees_body(connection, scope, superiors[0])
    identity = next((one for one in rows if one.holds(visit.today)), None)
    leaders = sorted(posts, key=lambda one: (RANK.get(one.values["post"], 9), name_key(holder(one, names))))
    return BodyPage(
        frame=frame,
        crumbs=(Link(label=_("Danh sách"), href="/people"), Link(label=names.body(body), href="")),
        name=names.body(body),
        code=body,
        lead=_("%(count)s người trong danh sách, %(below)s tổ chức trực thuộc")
        % {"count": number(count, visit.language), "below": number(len(lower), visit.language)},
        facts=facts_told(visit, identity, actor.role),
        superior=Link(label=names.body(superiors[0]), href=f"/organisations/{superiors[0]}")
        if seen_above
        else None,
        leaders=tuple(
            (post_told(visit, one), Link(label=holder(one, names), href=f"/people/{one.values['person_id']}"))
            for one in leaders
        ),
        below=tuple(
            Link(label=lower[one], href=f"/organisations/{one}")
            for one in sorted(lower, key=lambda one: (name_key(lower[one]), one))
        ),
        roll=tuple(
            (
                Link(label=one.name, href=f"/people/{one.person}"),
                value_text(one.status, visit.language) if one.status else "",
            )
            for one in sorted(roll, key=lambda one: (name_key(one.name), one.person))
        ),
        roll_count=count,
        reviews=review_lines(visit, reviews),
        no_reviews=no_reviews(visit, reviews),
        log_href=f"/audit?body={body}" if opens(actor.role, "/audit") else "",
        history=tuple(history_line(visit, one, names) for one in rows),
    )


def _found(visit: Visit, people: int, bodies: int) -> str:
    _ = visit.words.gettext
    told = {"people": number(people, visit.language), "bodies": number(bodies, visit.language)}
    return _("%(people)s người, %(bodies)s tổ chức") % told


def _nobody(visit: Visit, asked: str) -> EmptyState:
    _ = visit.words.gettext
    if asked:
        return EmptyState(
            icon="search",
            title=_("Không tìm thấy ai"),
            text=_("Thử một phần của tên, có dấu hoặc không dấu, hay mã. Chỉ tìm trong phạm vi được xem."),
        )
    return EmptyState(
        icon="people", title=_("Danh sách còn trống"), text=_("Nhập danh sách từ Excel để bắt đầu.")
    )
