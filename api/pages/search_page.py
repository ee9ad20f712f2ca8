"""What a search finds: bodies and people of the newest campaign, by name with or without accents."""

from __future__ import annotations

from typing import Final

from api.pages.format import STANDINGS, plain
from api.pages.navigation import newest_campaign
from api.pages.views import EmptyState, Link, StatusText, Tone
from api.pages.views_frame import Found, SearchPage
from api.pages.visits import Visit
from api.permissions import may_open
from handlers.access.scope import scope_on
from handlers.found_by_name import FoundBody, FoundPerson, bodies_named, people_named
from handlers.names import name_key, names_on
from states.review import SETTLED
from states.roles import Role

SHOWN_MAX: Final = 40
LETTERS_MIN: Final = 2


def search_page(visit: Visit, query: str) -> SearchPage:
    """The page; an empty query asks for one. Raises NobodyActs where nobody is known."""
    scope = scope_on(visit.known, visit.today)
    asked = " ".join(query.split())
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
        if len(plain(asked)) < LETTERS_MIN:
            return SearchPage(frame=frame, query=asked, empty=_too_short(visit) if asked else None)
        campaign = newest_campaign(connection, scope)
        bodies = bodies_named(connection, scope, asked)
        people = people_named(connection, scope, campaign, asked) if campaign else ()
        names = names_on(connection, visit.today, bodies={one.organisation for one in people})
    bodies = tuple(sorted(bodies, key=lambda one: name_key(one.name)))
    people = tuple(sorted(people, key=lambda one: (not _given(one, asked), name_key(one.name), one.review)))
    role = visit.known.role
    return SearchPage(
        frame=frame,
        query=asked,
        bodies=tuple(
            Found(link=Link(label=one.name, href=_place(role, campaign, one)), where=one.body)
            for one in bodies[:SHOWN_MAX]
        ),
        people=tuple(
            Found(
                link=Link(label=one.name, href=_of_person(role, campaign, one)),
                where=names.body(one.organisation),
                state=_state(visit, one),
            )
            for one in people[:SHOWN_MAX]
        ),
        more=max(len(bodies), len(people)) > SHOWN_MAX,
        empty=None if bodies or people else _nothing(visit),
    )


def _given(one: FoundPerson, asked: str) -> bool:
    """Whether the given name is the last word asked for: whoever writes "Lan" means somebody called so."""
    return plain(one.name).split()[-1:] == plain(asked).split()[-1:]


def _place(role: Role, campaign: str, found: FoundBody) -> str:
    """The page of a body that this role may open."""
    if campaign and may_open(role, "see_a_body"):
        return f"/c/{campaign}/o/{found.body}"
    if campaign and may_open(role, "see_a_bodys_season"):
        return f"/c/{campaign}/o/{found.body}/season"
    return "/import"


def _of_person(role: Role, campaign: str, found: FoundPerson) -> str:
    if may_open(role, "see_a_review"):
        return f"/r/{found.review}"
    return f"/c/{campaign}/o/{found.organisation}"


def _state(visit: Visit, one: FoundPerson) -> StatusText:
    tone: Tone = "done" if one.stage in SETTLED else "waiting"
    return StatusText(tone=tone, text=visit.words.gettext(STANDINGS.get(one.stage, one.stage)))


def _too_short(visit: Visit) -> EmptyState:
    _ = visit.words.gettext
    return EmptyState(
        icon="search",
        title=_("Gõ ít nhất 2 chữ cái"),
        text=_("Tìm theo một phần của tên, có dấu hoặc không dấu; hoặc gõ đủ mã người, mã tổ chức."),
    )


def _nothing(visit: Visit) -> EmptyState:
    _ = visit.words.gettext
    return EmptyState(
        icon="search",
        title=_("Không thấy ai, không thấy tổ chức nào"),
        text=_("Chỉ tìm trong phạm vi tư cách đang dùng. Thử bớt chữ, hoặc chỉ gõ tên gọi."),
    )
