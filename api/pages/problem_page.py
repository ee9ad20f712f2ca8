"""The page that answers where no other can: nothing there, not allowed, not from here, broken."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.actors import NamedByTheAsker, NobodyActs
from api.pages.findings_told import names_in, refusal_view, texts_of
from api.pages.forged import ForgedForm
from api.pages.rendering import render
from api.pages.views import Frame, Link, ProblemPage, RefusalView, WayOut
from api.pages.visits import HEADERS, LANGUAGE_COOKIE, Visit, visit_of
from api.pages.words import best_language, words
from api.problems import kind_of, plain
from api.sign_in.going_on import with_next
from handlers.roster.problems import RosterProblem
from states.roles import NAMES as ROLE_NAMES
from workflow import clock
from workflow.contention import Contention
from workflow.errors import Busy, NotAllowed, Refusal
from workflow.naming import TRIGGER_NAMES

NOT_HERE = (
    "Địa chỉ này không dẫn tới trang nào. Kiểm tra lại, hoặc đi từ trang đầu.",
    "This address leads to no page. Check it, or start from the first page.",
)
SAID: dict[int, tuple[str, str]] = {
    404: NOT_HERE,
    405: ("Trang này chỉ để xem.", "This page can only be looked at."),
    413: (
        "Nội dung gửi lên quá lớn. Chia nhỏ rồi gửi từng phần.",
        "Too much was sent. Send it in smaller parts.",
    ),
    500: (
        "Thử lại; nếu vẫn lỗi, báo người quản trị kèm thời điểm này.",
        "Try again; if it stays, tell the administrator when this was.",
    ),
}
ANSWERED = (Refusal, RosterProblem, NobodyActs, Contention, ForgedForm)


class PageRoute(APIRoute):
    """A route whose refusals are pages for whoever asks for pages; others get the problem document."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route with its refusals answered."""
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except RequestValidationError:
                if wants_page(request):
                    return http_page(request, 404, *NOT_HERE)
                raise
            except ANSWERED as error:
                if wants_page(request):
                    return refused_page(request, error)
                if isinstance(error, ForgedForm):
                    return plain(request, 403, error.vi, error.en)
                raise

        return answered


def wants_page(request: Request) -> bool:
    """Whether the asker reads HTML: a browser says so, programs ask for JSON or for anything."""
    return "text/html" in request.headers.get("accept", "")


def refused_page(request: Request, error: Exception) -> Response:
    """The page for a refusal outside a form."""
    if isinstance(error, Contention):
        error = Busy("…")
    if isinstance(error, ForgedForm):
        return _bare(request, 403, error.vi, error.en)
    if isinstance(error, NobodyActs) and isinstance(request.app.state.actors, NamedByTheAsker):
        return _choosing(request)
    if isinstance(error, NobodyActs):
        return _nobody(request, error)
    visit = visit_of(request)
    with visit.service.database.read() as connection:
        names = names_in(connection, visit.today, texts_of(error))
        frame = visit.frame(connection, "")
    refusal = (
        _for_another_role(visit, frame.capacity or "", error)
        if isinstance(error, NotAllowed) and error.trigger not in TRIGGER_NAMES
        else refusal_view(error, visit.language, visit.words, names, ways=_ways(visit))
    )
    status = kind_of(error).status
    return visit.answer(ProblemPage(frame=frame, status=status, refusal=refusal), status)


def _for_another_role(visit: Visit, capacity: str, error: NotAllowed) -> RefusalView:
    """An address that is not for this role: whom it is for, and the way to be one of them."""
    _ = visit.words.gettext
    roles = (ROLE_NAMES[role][0 if visit.language == "vi" else 1] for role in sorted(error.by))
    told = {"capacity": capacity, "who": ", ".join(roles)}
    change = WayOut(
        when=_("Nếu cũng giữ một vai trò như thế"),
        what=_("đổi tư cách rồi mở lại:"),
        link=Link(label=_("Đổi tư cách"), href=with_next("/capacity", visit.request.url.path)),
    )
    changes = not isinstance(visit.request.app.state.actors, NamedByTheAsker)
    return RefusalView(
        title=_("Trang này không dành cho tư cách đang dùng"),
        why=_("Đang làm việc với tư cách %(capacity)s. Trang này dành cho: %(who)s.") % told,
        ways=(*((change,) if changes else ()), *_ways(visit)),
    )


def _choosing(request: Request) -> Response:
    """Who acts on a development server is chosen at the foot of this very page."""
    visit = visit_of(request)
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
    refusal = RefusalView(
        title=_("Chưa biết ai đang thao tác"),
        why=_("Mỗi người chỉ thấy việc của mình. Chọn người ở cuối trang."),
    )
    return visit.answer(ProblemPage(frame=frame, status=401, refusal=refusal), 401)


def http_page(request: Request, status: int, vi: str, en: str) -> Response:
    """The page for what HTTP itself refuses, such as an address nobody knows."""
    return _bare(request, status, vi, en)


def _nobody(request: Request, error: NobodyActs) -> Response:
    """On to where one says who one is; what was sent with a form is not lost by being led away."""
    if error.leads_to and request.method == "GET":
        here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        address = with_next(error.leads_to, here)
        if "hx-request" not in request.headers:
            return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
        answer = _bare(request, 401, error.vi, error.en)
        answer.headers["HX-Redirect"] = address
        return answer
    return _bare(request, kind_of(error).status, error.vi, error.en, leads_to=error.leads_to)


def _bare(request: Request, status: int, vi: str, en: str, leads_to: str = "") -> Response:
    """A page that reads nothing from the database, so that it can always be shown."""
    chosen = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    language = best_language(chosen)
    _ = words(language).gettext
    titles = {
        401: _("Chưa biết ai đang thao tác"),
        403: _("Chưa ghi gì"),
        404: _("Không có trang này"),
        413: _("Nội dung gửi lên quá lớn"),
        500: _("Hệ thống gặp lỗi, chưa ghi gì"),
    }
    service = getattr(request.app.state, "service", None)
    now = service.engine.now() if service is not None else clock.now()
    frame = Frame(language=language, today=now.astimezone(clock.ZONE).date(), path=request.url.path)
    ways = (
        WayOut(
            when=_("Đăng nhập ở thẻ khác của trình duyệt"),
            what=_("rồi quay lại trang này và tải lại: biểu mẫu được gửi lần nữa, không phải nhập lại."),
            link=Link(label=_("Mở trang đăng nhập"), href=leads_to),
        ),
    )
    refusal = RefusalView(
        title=titles.get(status, _("Không làm được")),
        why=en if language == "en" else vi,
        ways=ways if leads_to == "/sign-in" else (),
    )
    page = ProblemPage(frame=frame, status=status, refusal=refusal)
    headers = HEADERS | {"Content-Language": language}
    return HTMLResponse(render(page), status_code=status, headers=headers)


def _ways(visit: Visit) -> tuple[WayOut, ...]:
    _ = visit.words.gettext
    return (
        WayOut(
            when=_("Nếu tìm một chi bộ hay một người"),
            what=_("mở trang tiến độ của đợt kiểm điểm:"),
            link=Link(label=_("Các đợt"), href="/"),
        ),
    )


def install(app: FastAPI) -> None:
    """Have what HTTP refuses and what breaks answered as a page too, outside the JSON resources."""
    for kind in (HTTPException, Exception):
        app.add_exception_handler(kind, _page_for_browsers(app.exception_handlers[kind]))


def _page_for_browsers(given: Callable[..., Any]) -> Callable[[Request, Exception], Response]:
    def answered(request: Request, error: Exception) -> Response:
        answer: Response = given(request, error)
        if not wants_page(request) or request.url.path.startswith("/api/"):
            return answer
        status = error.status_code if isinstance(error, HTTPException) else 500
        page = http_page(request, status, *(SAID[status] if status in SAID else SAID[500]))
        for name in ("allow", "retry-after"):
            if name in answer.headers:
                page.headers[name] = answer.headers[name]
        return page

    return answered
