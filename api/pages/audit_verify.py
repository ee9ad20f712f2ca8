"""Verifying the log from a page, and a checkpoint to print and sign."""

from __future__ import annotations

import secrets
from typing import Final

from api.pages.audit_page import tabs
from api.pages.audit_views import CheckpointPage, VerificationView, VerifyPage
from api.pages.format import N_, moment, number, took
from api.pages.views import ActionForm, StatusText, Tone
from api.pages.visits import Visit
from handlers.accounts.security_log import head_at
from handlers.audit.verifying import (
    BROKEN,
    HOLDS,
    STEPS,
    Verification,
    ask,
    verifications,
)
from handlers.audit.verifying import begin as begin_here
from handlers.names import Names, names_on
from handlers.work.book import FAILED, RUNNING
from workflow.checkpoint import checkpoint

SHOWN_MAX: Final = 10
GROUP: Final = 8
"""Digits of a digest that are read out together."""

STATES: Final[dict[str, tuple[Tone, str]]] = {
    RUNNING: ("working", N_("Đang chạy")),
    HOLDS: ("done", N_("Toàn vẹn")),
    BROKEN: ("refused", N_("Có chỗ không khớp")),
    FAILED: ("refused", N_("Dừng vì lỗi")),
}
CHECKED: Final = (
    N_("sổ ghi và chuỗi mã băm"),
    N_("số liệu dựng từ sổ"),
    N_("danh sách và văn bản ngoài sổ"),
    N_("sổ đăng nhập"),
)


def verify_page(visit: Visit) -> VerifyPage:
    """The newest verifications, and the button for another."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        found = verifications(connection, limit=SHOWN_MAX)
        names = names_on(connection, visit.today, people={one.asked_by for one in found})
        frame = visit.frame(connection, "audit")
    newest = found[0] if found else None
    running = newest is not None and newest.state == RUNNING and not newest.broken_off(visit.now)
    return VerifyPage(
        frame=frame,
        heading=_heading(visit, newest),
        lead=_(
            "Tính lại từng sự kiện, từng mã băm, từng số liệu. Sổ dài thì lâu; tải lại trang không làm mất."
        ),
        tabs=tabs(visit, "verify"),
        ask=None
        if running
        else ActionForm(
            action="/audit/verifications",
            submit=_("Kiểm chứng toàn bộ sổ"),
            style="primary",
            command_id=secrets.token_hex(16),
        ),
        verifications=tuple(_view(visit, one, names) for one in found),
        running=running,
    )


def begin(visit: Visit) -> None:
    """Start a verification beside the answer; one that runs already is waited for instead."""
    service = visit.service
    with service.database.write() as connection:
        number_, new = ask(connection, visit.now, visit.known)
    if new:
        begin_here(service.work, service.database, service.engine.now, number_)


def checkpoint_page(visit: Visit) -> CheckpointPage:
    """One digest over the log and the list of sign-ins as they stand now, on one sheet."""
    actor = visit.known
    with visit.service.database.watch() as connection:
        found = checkpoint(connection, beside=head_at(connection))
    with visit.service.database.read() as connection:
        names = names_on(connection, visit.today, people=[actor.id], bodies=[actor.body])
        frame = visit.frame(connection, "audit")
    return CheckpointPage(
        frame=frame,
        printed=str(found),
        groups=tuple(found.digest[at : at + GROUP] for at in range(0, len(found.digest), GROUP)),
        position=number(found.position, visit.language),
        streams=number(found.streams, visit.language),
        beside=number(found.beside, visit.language) if found.beside else "",
        at=moment(visit.now),
        organisation=names.body(actor.body),
        by=names.person(actor.id),
    )


def _heading(visit: Visit, newest: Verification | None) -> str:
    _ = visit.words.gettext
    if newest is None:
        return _("Sổ chưa được kiểm chứng từ trang này")
    if newest.broken_off(visit.now):
        return _("Lần kiểm chứng mới nhất dừng giữa chừng")
    told = {"count": number(newest.broken, visit.language), "at": moment(newest.ended_at)}
    texts = {
        RUNNING: _("Đang kiểm chứng toàn bộ sổ"),
        HOLDS: _("Sổ toàn vẹn, kiểm chứng lúc %(at)s") % told,
        BROKEN: _("%(count)s chỗ không khớp, kiểm chứng lúc %(at)s") % told,
        FAILED: _("Lần kiểm chứng mới nhất dừng vì lỗi"),
    }
    return texts[newest.state]


def _view(visit: Visit, one: Verification, names: Names) -> VerificationView:
    _ = visit.words.gettext
    off = one.broken_off(visit.now)
    tone, word = STATES[one.state]
    running = one.state == RUNNING and not off
    facts = [
        (
            _("Sự kiện đã đọc"),
            _("%(done)s trên %(all)s")
            % {
                "done": number(one.events, visit.language),
                "all": number(max(one.events_total, one.events), visit.language),
            },
        ),
        (_("Dòng ngoài sổ đã đọc"), number(one.rows, visit.language)),
        (_("Không khớp"), number(one.broken, visit.language)),
    ]
    if one.ended_at is not None:
        facts.append((_("Mất"), took(one.asked_at, one.ended_at, visit.words.gettext, visit.language)))
    if running:
        step = {"step": one.step, "steps": STEPS, "what": _(CHECKED[one.step - 1])}
        facts.insert(0, (_("Đang xem"), _("bước %(step)s/%(steps)s: %(what)s") % step))
    return VerificationView(
        number=one.verification,
        title=_("Lần %(number)s") % {"number": one.verification},
        state=StatusText(tone="late", text=_("Dừng giữa chừng"))
        if off
        else StatusText(tone=tone, text=_(word)),
        asked=f"{moment(one.asked_at)}, {names.person(one.asked_by)}",
        facts=tuple(facts),
        told=one.told,
        more_told=max(one.broken - len(one.told), 0),
        running=running,
        done=one.step - 1,
        total=STEPS,
    )
