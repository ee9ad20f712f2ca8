"""One page for whoever runs the service: what waits, where each thing is done, and whether it runs well."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.format import moment, number
from api.pages.home_page import first_steps
from api.pages.navigation import opens
from api.pages.problem_page import PageRoute
from api.pages.views import FirstStep, Link, Page, StatusText
from api.pages.visits import Looking, Visit
from api.pages.work_page import LISTED_MAX, current
from handlers.administration.state import State, state_of
from handlers.audit.verifying import BROKEN, HOLDS, Verification, verifications
from handlers.work.book import RUNNING, Job, jobs
from handlers.work.tables import JOBS
from workflow import clock

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

SWEEPS_MISSED: Final = 3
"""A sweep that is so many of its intervals late is told as standing still."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One part of the service: its state, facts, and what is done there; `key` names it on the page."""

    key: str
    title: str
    icon: str
    state: StatusText
    facts: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AdministrationPage(Page):
    """What waits first, in the heading and in the cards; then the health of the service.

    Before the first campaign the steps that lead to it stand above.
    """

    TEMPLATE = "administration.html"
    heading: str = ""
    lead: str = ""
    first_steps: tuple[FirstStep, ...] = ()
    cards: tuple[Card, ...] = ()
    health: tuple[tuple[str, str], ...] = ()
    health_state: StatusText | None = None


@router.get("/administration")
def administration(visit: Looking) -> Response:
    """What waits, and whether the service runs well."""
    return visit.answer(administration_page(visit))


def administration_page(visit: Visit) -> AdministrationPage:
    """The page; a part that this capacity cannot open has no link."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        state = state_of(connection, visit.today, visit.now)
        newest = next(iter(verifications(connection, limit=1)), None)
        running = [current(visit, job) for job in jobs(connection, JOBS.c.state == RUNNING, limit=LISTED_MAX)]
        frame = visit.frame(connection, "administration")
        steps = first_steps(visit, connection)
    health = _health_state(visit)
    cards = tuple(_cards(visit, state, newest, running))
    waiting = [card for card in cards if card.state.tone in ("waiting", "late", "refused", "risk")]
    return AdministrationPage(
        frame=frame,
        first_steps=steps,
        heading=_heading(visit, len(waiting), health, begun=not steps),
        lead=_("Việc chờ ở: %(where)s.") % {"where": ", ".join(card.title for card in waiting)}
        if waiting
        else _("Bốn việc, theo thứ tự. Việc nào xong thì có dấu.")
        if steps
        else _("Không có gì chờ người quản trị. Nội dung kiểm điểm không hiện ở đây."),
        cards=cards,
        health=tuple(_health(visit, state)),
        health_state=health,
    )


def _heading(visit: Visit, waiting: int, health: StatusText, *, begun: bool) -> str:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    if health.tone != "done":
        return _("Hệ thống cần xem ngay: %(what)s") % {"what": health.text}
    if not waiting and not begun:
        return _("Hệ thống chạy tốt, chưa có đợt kiểm điểm nào")
    if not waiting:
        return _("Hệ thống chạy tốt, không có việc chờ")
    text = ngettext(
        "Hệ thống chạy tốt, %(num)s nơi có việc chờ", "Hệ thống chạy tốt, %(num)s nơi có việc chờ", waiting
    )
    return text % {"num": number(waiting, visit.language)}


def _cards(visit: Visit, state: State, newest: Verification | None, running: Sequence[Job]) -> Iterator[Card]:
    _ = visit.words.gettext
    yield Card(
        key="roster",
        title=_("Danh sách"),
        icon="people",
        state=_waits(visit, state.imports_waiting, _("%(count)s tệp chờ xác nhận")),
        facts=(
            _("%(people)s người, %(bodies)s tổ chức")
            % _counts(visit, people=state.people, bodies=state.bodies),
            _("Nhập gần nhất: %(file)s, %(at)s")
            % {"file": state.last_import.file_name, "at": moment(state.last_import.at)}
            if state.last_import
            else _("Chưa nhập tệp nào"),
        ),
        links=(
            *_links(visit, (_("Tìm người, tổ chức"), "/people"), (_("Nhập từ Excel"), "/import")),
            *(
                Link(label=_("Xem %(file)s") % {"file": name}, href=f"/import/{waiting}")
                for waiting, name in state.newest_waiting
                if opens(visit.acting.role, "/import/{import_id}")
            ),
        ),
    )
    yield Card(
        key="grants",
        title=_("Giao vai"),
        icon="shield",
        state=_waits(visit, state.grants_waiting, _("%(count)s đề nghị chờ xác nhận")),
        facts=(_("%(grants)s vai đang giao") % _counts(visit, grants=state.grants),),
        links=_links(visit, (_("Giao vai, ủy quyền"), "/grants")),
    )
    yield Card(
        key="accounts",
        title=_("Tài khoản"),
        icon="lock",
        state=_waits(visit, state.accounts_without_password, _("%(count)s chưa đặt mật khẩu")),
        facts=(
            _("%(on)s đang dùng, %(off)s đã khóa")
            % _counts(visit, on=state.accounts, off=state.accounts_disabled),
        ),
        links=_links(visit, (_("Tài khoản"), "/accounts"), (_("Đăng nhập"), "/audit/sign-ins")),
    )
    yield Card(
        key="calendar",
        title=_("Lịch làm việc"),
        icon="calendar",
        state=_waits(visit, state.calendar_waiting, _("%(count)s thay đổi chờ xác nhận")),
        facts=(
            _("%(open)s đợt đang mở trong %(all)s đợt")
            % _counts(visit, open=state.campaigns_open, all=state.campaigns),
        ),
        links=_links(visit, (_("Lịch làm việc"), "/calendar")),
    )
    yield Card(
        key="deliveries",
        title=_("Thư và webhook"),
        icon="mail",
        state=_letters(visit, state),
        facts=(
            _("%(queued)s chờ gửi, %(sent)s đã gửi")
            % _counts(
                visit,
                queued=sum(one.queued for one in state.letters),
                sent=sum(one.sent for one in state.letters),
            ),
        ),
        links=_links(visit, (_("Xem từng thư"), "/deliveries")),
    )
    yield Card(
        key="log",
        title=_("Sổ ghi"),
        icon="seal",
        state=_verified(visit, newest),
        facts=(_("%(events)s sự kiện") % _counts(visit, events=state.events),),
        links=_links(
            visit,
            (_("Kiểm chứng"), "/audit/verify"),
            (_("In điểm kiểm tra"), "/audit/checkpoint"),
            (_("Tệp đã lấy ra"), "/audit/exports"),
        ),
    )
    yield Card(
        key="work",
        title=_("Việc chạy lâu"),
        icon="clock",
        state=_work(visit, running),
        facts=(_("%(running)s đang chạy") % _counts(visit, running=len(running)),),
        links=_links(visit, (_("Xem các việc"), "/jobs")),
    )
    yield Card(
        key="regulation",
        title=_("Quy định"),
        icon="book",
        state=StatusText(tone="done", text=_("Đọc được")),
        facts=(_("%(books)s bộ quy định và lớp") % _counts(visit, books=len(visit.service.books.names())),),
        links=_links(visit, (_("Các quy định"), "/rulebooks"), (_("Kiểm tra một lớp"), "/rulebooks/check")),
    )


def _work(visit: Visit, running: Sequence[Job]) -> StatusText:
    """What broke off waits for whoever asked for it."""
    _ = visit.words.gettext
    off = sum(job.broken_off(visit.now) for job in running)
    if off:
        return StatusText(tone="late", text=_("%(count)s dừng giữa chừng") % _counts(visit, count=off))
    return StatusText(tone="done", text=_("Không có việc nào dừng giữa chừng"))


def _waits(visit: Visit, count: int, words: str) -> StatusText:
    if not count:
        return StatusText(tone="done", text=visit.words.gettext("Không có gì chờ"))
    return StatusText(tone="waiting", text=words % {"count": number(count, visit.language)})


def _letters(visit: Visit, state: State) -> StatusText:
    _ = visit.words.gettext
    if state.letters_dead:
        return StatusText(
            tone="refused", text=_("%(count)s không gửi được") % _counts(visit, count=state.letters_dead)
        )
    return (
        StatusText(tone="late", text=_("%(count)s chờ quá lâu") % _counts(visit, count=state.letters_late))
        if state.letters_late
        else StatusText(tone="done", text=_("Không có gì chờ"))
    )


def _verified(visit: Visit, newest: Verification | None) -> StatusText:
    _ = visit.words.gettext
    if newest is not None and newest.state == BROKEN:
        return StatusText(tone="refused", text=_("Có chỗ không khớp"))
    if newest is not None and newest.state == HOLDS:
        return StatusText(tone="done", text=_("Toàn vẹn lúc %(at)s") % {"at": moment(newest.ended_at)})
    return StatusText(tone="unknown", text=_("Chưa kiểm chứng"))


def _health_state(visit: Visit) -> StatusText:
    """Whether what happens by itself happens: a sweep that failed or stands still is told first."""
    _ = visit.words.gettext
    timer = visit.request.app.state.timer
    if timer is None:
        return StatusText(tone="done", text=_("Quét hạn do tiến trình khác làm"))
    ended: datetime | None = timer.last_ended
    failed: datetime | None = timer.last_failed
    if failed is not None and (ended is None or failed > ended):
        return StatusText(tone="refused", text=_("lần quét hạn gần nhất bị lỗi"))
    every = timedelta(minutes=visit.request.app.state.settings.sweep_every_minutes)
    started = ended or failed
    if started is not None and clock.now() - started > SWEEPS_MISSED * every:
        return StatusText(tone="late", text=_("đã lâu không quét hạn"))
    return StatusText(tone="done", text=_("Chạy tốt"))


def _health(visit: Visit, state: State) -> Iterator[tuple[str, str]]:
    _ = visit.words.gettext
    timer, settings = visit.request.app.state.timer, visit.request.app.state.settings
    yield _("Cơ sở dữ liệu"), state.database
    yield _("Phiên bản"), f"kiemdiem {version('kiemdiem')}, Python {platform.python_version()}"
    if timer is None:
        yield _("Quét hạn"), _("tiến trình này không quét; chạy kiemdiem sweep hoặc bật bộ hẹn giờ")
    else:
        yield _("Quét hạn"), _("mỗi %(minutes)s phút") % {"minutes": settings.sweep_every_minutes}
        yield _("Lần quét xong gần nhất"), moment(timer.last_ended) if timer.last_ended else _("chưa lần nào")
        yield _("Lần lỗi gần nhất"), moment(timer.last_failed) if timer.last_failed else _("chưa lần nào")
    yield _("Máy chủ thư"), settings.smtp_host or _("chưa đặt, thư vẫn chờ")
    yield _("Sao lưu"), _("hệ thống không tự sao lưu; sao lưu bằng công cụ của cơ sở dữ liệu và thử phục hồi")


def _links(visit: Visit, *asked: tuple[str, str]) -> tuple[Link, ...]:
    return tuple(Link(label=label, href=href) for label, href in asked if opens(visit.acting.role, href))


def _counts(visit: Visit, **told: int) -> dict[str, str]:
    return {name: number(value, visit.language) for name, value in told.items()}
