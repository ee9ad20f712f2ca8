"""One visit to a page: who looks, in which language, on which day, and what surrounds the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Depends
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.actors import Actors, NamedByTheAsker, NobodyActs, actor_text
from api.gate import is_public
from api.live.feed import Feed
from api.pages.forged import check_sender, form_token, masked, remember_token
from api.pages.look import look_of
from api.pages.navigation import OWN, entries, signs_in
from api.pages.rendering import CONTENT_SECURITY_POLICY, render
from api.pages.stand_ins import stand_ins
from api.pages.typed import Typed
from api.pages.views import Choice, Frame, Page
from api.pages.words import LANGUAGES, Words, best_language, words
from api.sign_in.signed_in import seat_at
from api.wiring import Service
from handlers.access.scope import Scope, Within, scope_on
from handlers.deliveries import SEES as KEEPS_LETTERS
from handlers.names import Names, names_on
from handlers.reminding.inbox import open_count
from handlers.telling.voice import Voice
from states.roles import Role
from workflow import clock
from workflow.bodies import Campaign
from workflow.commands.asking import Actor
from workflow.rules.rulebook import Rulebook

LANGUAGE_COOKIE = "kiemdiem_language"
FIELDS_MAX = 20_000
NOBODY = Actor(id="", role=Role.MEMBER, body="")
"""Who looks without having said who: sees what is public, and may do nothing."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What every page needs to know about the request it answers."""

    request: Request
    service: Service
    language: str
    today: date
    token: str
    actor: Actor | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """This instant: what an hour ends by."""
        return self.service.engine.now()

    @property
    def words(self) -> Words:
        """The words of the visitor's language."""
        return words(self.language)

    @property
    def acting(self) -> Actor:
        """The person who acts; NOBODY where nobody was chosen, who may do nothing."""
        return self.actor or NOBODY

    @property
    def known(self) -> Actor:
        """The person who acts. Raises NobodyActs where nobody was chosen."""
        if self.actor is None:
            actors: Actors = self.request.app.state.actors
            if not isinstance(actors, NamedByTheAsker):
                return actors.of(self.request)  # says where to sign in
            raise NobodyActs(
                "Chưa biết ai đang thao tác. Chọn người ở cuối trang rồi gửi lại.",
                "Nobody is named as acting. Choose somebody at the foot of the page and send again.",
            )
        return self.actor

    @property
    def scope(self) -> Scope:
        """What the person who looks may see today."""
        return scope_on(self.acting, self.today)

    def within(self, connection: Connection, campaign: str) -> Within:
        """What he may see of a campaign. NotFound where nothing of it."""
        return self.scope.within(connection, campaign)

    def voice(self, names: Names, rulebook: Rulebook | None) -> Voice:
        """How events are told to this visitor."""
        return Voice(language=self.language, names=names, rulebook=rulebook)

    def frame(
        self,
        connection: Connection,
        current: str,
        *,
        campaign: Campaign | None = None,
        rulebook: Rulebook | None = None,
        organisation: str = "",
        notice: str | None = None,
    ) -> Frame:
        """What surrounds the page; `organisation` is the body it is about."""
        actor = self.acting
        bodies = {actor.body, organisation, campaign.organisation if campaign else ""}
        names = names_on(connection, self.today, people=[actor.id], bodies=bodies)
        known = self.actor is not None
        unread = open_count(connection, actor.id, self.today) if known else 0
        nav, further = (
            entries(
                connection,
                actor,
                self.today,
                current=current,
                campaign=campaign,
                organisation=organisation,
                unread=unread,
            )
            if known
            else ((), ())
        )
        voice = Voice(language=self.language, names=names)
        seat = seat_at(self.request)
        signed = seat is not None and not seat.waits_for_code
        developing = isinstance(self.request.app.state.actors, NamedByTheAsker)
        _ = self.words.gettext
        return Frame(
            language=self.language,
            today=self.today,
            now=self.service.engine.now(),
            path=_path(self.request),
            actor=names.people.get(actor.id, actor.id) if known else None,
            capacity=voice.capacity(actor.capacity) if known else None,
            campaign=_("Kiểm điểm năm %(year)s") % {"year": campaign.year} if campaign else None,
            organisation=names.body(campaign.organisation) if campaign else None,
            rulebook=_short(rulebook, self.language),
            secondary=rulebook is not None and rulebook.provenance == "secondary",
            nav=nav,
            further=further,
            unread=unread,
            own=tuple(address for address in OWN if signed and signs_in(address)),
            look=look_of(self.request),
            notice=notice or told_after(self),
            csrf=masked(self.token),
            stand_ins=self._stand_ins(connection, campaign, organisation) if developing else (),
            language_hrefs=tuple(
                (code, f"?{urlencode([*_kept(self.request), ('language', code)])}")
                for code in LANGUAGES
                if code != self.language
            ),
            mark=_mark(self.request),
            keeper=known and actor.role in KEEPS_LETTERS,
            topic=_topic(campaign, organisation),
        )

    def _stand_ins(
        self, connection: Connection, campaign: Campaign | None, organisation: str
    ) -> tuple[Choice, ...]:
        now = actor_text(self.actor) if self.actor else ""
        return stand_ins(connection, self.today, self.language, campaign, organisation, now)

    def answer(self, page: Page, status: int = 200) -> Response:
        """The page as an answer, with what keeps it safe.

        What a form was answered with stays as it is: its address may show nothing by itself.
        """
        if status != 200 or self.request.method != "GET":
            page = replace(page, frame=replace(page.frame, mark=""))
        response = HTMLResponse(render(page), status_code=status, headers=dict(HEADERS))
        response.headers["Content-Language"] = self.language
        remember_token(response, self.request, self.token)
        if self.request.query_params.get("language") in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, self.language, samesite="lax", max_age=31_536_000, path="/")
        return response

    def go(self, address: str, notice: Literal["", "done", "partly", "saved", "imported"] = "") -> Response:
        """On to another page after something was done. 303, so that loading it again repeats nothing."""
        base, mark, anchor = address.partition("#")
        told = f"{'&' if '?' in base else '?'}done={notice}" if notice else ""
        return RedirectResponse(f"{base}{told}{mark}{anchor}", status_code=303)


def told_after(visit: Visit) -> str | None:
    """What a page says after a form led to it."""
    _ = visit.words.gettext
    told = {
        "done": _("Đã ghi."),
        "partly": _("Đã ghi các dòng đúng. Các dòng còn lại chưa được, xem lý do ở từng kỳ kiểm điểm."),
        "saved": _("Đã giữ các dòng đúng. Buổi họp chưa được ghi."),
        "imported": _("Đã nhập danh sách."),
    }
    return told.get(visit.request.query_params.get("done", ""))


def visit_of(request: Request) -> Visit:
    """The visit a request is. Raises NobodyActs where reading needs a known person and there is none."""
    actors: Actors = request.app.state.actors
    service: Service = request.app.state.service
    chosen = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    try:
        actor = actors.of(request)
    except NobodyActs:
        if not isinstance(actors, NamedByTheAsker) and not is_public(request):
            raise
        actor = None
    return Visit(
        request=request,
        service=service,
        language=best_language(chosen),
        today=service.engine.now().astimezone(clock.ZONE).date(),
        token=form_token(request),
        actor=actor,
    )


async def _form(request: Request) -> AsyncIterator[FormData]:
    async with request.form(max_fields=FIELDS_MAX, max_files=1) as form:
        yield form


def typed_of(request: Request, form: Annotated[FormData, Depends(_form)]) -> Typed:
    """The form a person of ours sent. Raises ForgedForm, or NobodyActs where nobody was chosen."""
    check_sender(request, str(form.get("csrf", "")))
    visit = visit_of(request)
    return Typed(form, visit.language)


Looking = Annotated[Visit, Depends(visit_of)]
Posted = Annotated[Typed, Depends(typed_of)]


def _path(request: Request) -> str:
    kept = urlencode(_kept(request))
    return f"{request.url.path}?{kept}" if kept else request.url.path


def _kept(request: Request) -> list[tuple[str, str]]:
    left_out = ("language", "done")
    return [(name, value) for name, value in request.query_params.multi_items() if name not in left_out]


def _mark(request: Request) -> str:
    """The mark of the last look, taken before the page reads, so that nothing falls between the two."""
    feed: Feed | None = request.app.state.live
    return "" if feed is None or feed.closed else str(feed.mark)


def _topic(campaign: Campaign | None, organisation: str) -> str:
    if campaign is None:
        return ""
    return f"{campaign.id}/{organisation}" if organisation else campaign.id


def _short(rulebook: Rulebook | None, language: str) -> str | None:
    """The number of the document the rulebook is, e.g. "Kế hoạch 24-KH/ĐUK"."""
    if rulebook is None:
        return None
    return rulebook.source.partition(",")[0] if language == "vi" else rulebook.title.en
