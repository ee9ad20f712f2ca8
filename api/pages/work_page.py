"""Long work on a page: what runs and how far it is, and once it has ended what came of it, row by row."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import true

from api.pages.findings_told import CLAUSE_AT_END, ITEM, names_in, with_names
from api.pages.format import N_, moment, number, took
from api.pages.views import ActionForm, Clause, EmptyState, Link, StatusText, Tone
from api.pages.views_work import WorkLine, WorkPage, WorkReason, WorkRow, WorksPage
from api.pages.visits import Visit
from handlers.names import Names, names_on
from handlers.work.book import (
    COMPARISON,
    DECIDING,
    DONE,
    FAILED,
    MANY,
    OPENING,
    REFUSED,
    ROSTER,
    RUNNING,
    VERIFICATION,
    Job,
    find,
    jobs,
)
from handlers.work.tables import JOBS
from states.roles import Role
from workflow.errors import NotFound

LISTED_MAX: Final = 50

STATES: Final[Mapping[str, tuple[Tone, str]]] = {
    RUNNING: ("working", N_("Đang chạy")),
    DONE: ("done", N_("Đã xong")),
    REFUSED: ("refused", N_("Bị từ chối")),
    FAILED: ("refused", N_("Dừng vì lỗi")),
}
BROKEN_OFF: Final[tuple[Tone, str]] = ("late", N_("Dừng giữa chừng"))

ENDS: Final[Mapping[str, tuple[Tone, str]]] = {
    "done": ("done", N_("Đã ghi")),
    "stale": ("unknown", N_("Bỏ qua: có người khác vừa sửa")),
    "refused": ("refused", N_("Bị từ chối")),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """How a kind of work is told: its name, its steps, what it counts, what its end leads to."""

    name: str
    steps: tuple[str, ...]
    counts: str
    then: str
    again: str = N_("Làm tiếp")


KINDS: Final[Mapping[str, Kind]] = {
    OPENING: Kind(
        name=N_("Mở đợt kiểm điểm"),
        steps=(N_("Đọc danh sách"), N_("Lập các kỳ kiểm điểm"), N_("Soát lại và cho hiện đợt")),
        counts=N_("%(done)s trên %(total)s kỳ kiểm điểm"),
        then=N_("Xem tiến độ của đợt"),
    ),
    ROSTER: Kind(
        name=N_("Nhập danh sách"),
        steps=(N_("Ghi các thay đổi vào danh sách"),),
        counts=N_("%(total)s thay đổi, ghi một lần trọn vẹn"),
        then=N_("Xem danh sách"),
    ),
    COMPARISON: Kind(
        name=N_("Đối chiếu với quy định khác"),
        steps=(N_("Xét từng kỳ theo hai quy định"),),
        counts=N_("%(done)s trên %(total)s kỳ kiểm điểm"),
        then=N_("Xem kết quả đối chiếu"),
    ),
    MANY: Kind(
        name=N_("Ghi cho nhiều người"),
        steps=(N_("Ghi từng dòng"),),
        counts=N_("%(done)s trên %(total)s dòng"),
        then=N_("Về trang chi bộ"),
    ),
    DECIDING: Kind(
        name=N_("Thẩm định, quyết định nhiều kỳ"),
        steps=(N_("Ghi từng báo cáo"),),
        counts=N_("%(done)s trên %(total)s kỳ kiểm điểm"),
        then=N_("Xem phần còn lại"),
    ),
    VERIFICATION: Kind(
        name=N_("Kiểm chứng sổ ghi"),
        steps=(
            N_("Sổ ghi và chuỗi mã băm"),
            N_("Số liệu dựng từ sổ"),
            N_("Danh sách và văn bản ngoài sổ"),
            N_("Sổ đăng nhập"),
        ),
        counts=N_("%(done)s trên %(total)s sự kiện"),
        then=N_("Xem kết quả kiểm chứng"),
    ),
}


def seen_work(visit: Visit, number_: int) -> Job:
    """The work of this number. NotFound for what is somebody else's, except for who runs the service."""
    with visit.service.database.read() as connection:
        job = find(connection, number_)
    if job is None or not (job.asked_by == visit.known.id or visit.known.role is Role.ADMINISTRATOR):
        raise NotFound("page", f"/jobs/{number_}")
    return current(visit, job)


def current(visit: Visit, job: Job) -> Job:
    """The work as this process knows it where it is done here, else as its row tells it."""
    telling = visit.service.work.here(job.job)
    if telling is None or job.state != RUNNING:
        return job
    return replace(job, touched_at=visit.now, step=telling.step, done=telling.done, total=telling.total)


def work_page(visit: Visit, job: Job) -> WorkPage:
    """How far it is. Whoever runs the service sees that, and neither rows nor where it leads."""
    _ = visit.words.gettext
    own = job.asked_by == visit.known.id
    kind, off = KINDS[job.kind], job.broken_off(visit.now)
    rows = job.outcome.get("rows", ()) if own and job.kind in (MANY, DECIDING) else ()
    refused = job.outcome.get("refused", {}) if own else {}
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "work")
        texts = [*(row["review"] for row in rows), *refused.values()]
        texts += [why["vi"] for row in rows for why in row.get("why", ())]
        names = names_in(connection, visit.today, texts)
        body = job.capacity.partition("@")[2]
        who = names_on(connection, visit.today, people=[job.asked_by], bodies=[body])
    shown = [_row(visit, row, names) for row in rows]
    running = job.state == RUNNING and not off
    return WorkPage(
        frame=frame,
        crumbs=(
            Link(label=_("Việc chạy lâu"), href="/jobs"),
            Link(label=_("Việc số %(number)s") % {"number": job.job}, href=""),
        ),
        title=_title(visit, job, off),
        lead=_lead(visit, job, off, rows),
        here=f"/jobs/{job.job}",
        state=_state(visit, job, off),
        running=running,
        done=job.done,
        total=0 if job.kind == ROSTER else job.total,
        told=_told(visit, job) if job.state != DONE else "",
        steps=tuple((_(words), at == job.step) for at, words in enumerate(kind.steps, start=1)),
        facts=_facts(visit, job, who),
        refused=with_names(refused.get(visit.language, ""), names, visit.language),
        open_rows=tuple(row for row, told in zip(shown, rows, strict=True) if told["end"] != "done"),
        done_rows=tuple(row for row, told in zip(shown, rows, strict=True) if told["end"] == "done"),
        leads_to=_leads_to(visit, job) if own else None,
        go_on=_go_on(visit, job) if own and job.may_go_on(visit.now) else None,
    )


def works_page(visit: Visit) -> WorksPage:
    """One's own work; for who runs the service, everybody's."""
    _ = visit.words.gettext
    everybody = visit.known.role is Role.ADMINISTRATOR
    whose = true() if everybody else JOBS.c.asked_by == visit.known.id
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "work")
        found = [current(visit, job) for job in jobs(connection, whose, limit=LISTED_MAX)]
        names = names_on(connection, visit.today, people={job.asked_by for job in found})
    running = sum(job.state == RUNNING and not job.broken_off(visit.now) for job in found)
    ngettext = visit.words.ngettext
    heading = (
        ngettext("%(num)s việc đang chạy", "%(num)s việc đang chạy", running)
        % {"num": number(running, visit.language)}
        if running
        else _("Không có việc nào đang chạy")
    )
    return WorksPage(
        frame=frame,
        heading=heading,
        lead=_("Mọi việc chạy lâu trên hệ thống, không kèm nội dung; giữ trong 30 ngày.")
        if everybody
        else _("Những việc chạy lâu của đồng chí, mới nhất trước; giữ trong 30 ngày."),
        lines=tuple(_line(visit, job, names, everybody=everybody) for job in found),
        empty=None
        if found
        else EmptyState(
            icon="clock",
            title=_("Chưa có việc nào chạy lâu"),
            text=_(
                "Mở đợt, nhập danh sách lớn, đối chiếu quy định hay ghi cho hơn 50 người thì chạy trên máy "
                "chủ và hiện ở đây. Có thể rời trang; tải lại không làm mất."
            ),
        ),
    )


def _line(visit: Visit, job: Job, names: Names, *, everybody: bool) -> WorkLine:
    _ = visit.words.gettext
    asked = moment(job.asked_at)
    return WorkLine(
        title=_(KINDS[job.kind].name),
        href=f"/jobs/{job.job}",
        state=_state(visit, job, job.broken_off(visit.now)),
        told=_told(visit, job),
        asked=f"{asked}, {names.person(job.asked_by)}" if everybody else asked,
    )


def _state(visit: Visit, job: Job, off: bool) -> StatusText:
    tone, text = BROKEN_OFF if off else STATES[job.state]
    return StatusText(tone=tone, text=visit.words.gettext(text))


def _title(visit: Visit, job: Job, off: bool) -> str:
    _ = visit.words.gettext
    texts = {
        RUNNING: _("Đang làm: %(what)s"),
        DONE: _("Đã xong: %(what)s"),
        REFUSED: _("Không làm được: %(what)s"),
        FAILED: _("Dừng vì lỗi: %(what)s"),
    }
    text = _("Dừng giữa chừng: %(what)s") if off else texts[job.state]
    name = _(KINDS[job.kind].name)
    return text % {"what": name[:1].lower() + name[1:]}


def _lead(visit: Visit, job: Job, off: bool, rows: Sequence[Mapping[str, Any]]) -> str:
    _ = visit.words.gettext
    if off or job.state == FAILED:
        return _(
            "Máy chủ không còn làm việc này. Phần đã ghi vẫn còn nguyên; làm tiếp thì đi từ chỗ dừng, không "
            "ghi hai lần."
        )
    if job.state == RUNNING:
        return _("Đang chạy trên máy chủ. Có thể rời trang này rồi quay lại; tải lại trang không làm mất.")
    if job.state == REFUSED:
        return _("Lý do ở dưới. Sửa rồi gửi lại từ trang cũ.")
    if rows:
        done = sum(row["end"] == "done" for row in rows)
        told = {"done": number(done, visit.language), "left": number(len(rows) - done, visit.language)}
        return _("Đã ghi %(done)s dòng, chưa ghi %(left)s.") % told
    return _told(visit, job)


def _told(visit: Visit, job: Job) -> str:
    """How much of how much; the step where nothing is counted."""
    _ = visit.words.gettext
    kind = KINDS[job.kind]
    if not job.total:
        return _(kind.steps[min(job.step, len(kind.steps)) - 1])
    return _(kind.counts) % {
        "done": number(job.done, visit.language),
        "total": number(max(job.total, job.done), visit.language),
    }


def _facts(visit: Visit, job: Job, names: Names) -> tuple[tuple[str, str], ...]:
    _ = visit.words.gettext
    capacity = visit.voice(names, None).capacity(job.capacity)
    found = [
        (_("Người giao việc"), f"{names.person(job.asked_by)}, {capacity}"),
        (_("Bắt đầu"), moment(job.asked_at)),
    ]
    if job.ended_at is not None:
        found.append((_("Kết thúc"), moment(job.ended_at)))
        found.append((_("Mất"), took(job.asked_at, job.ended_at, visit.words.gettext, visit.language)))
    elif job.broken_off(visit.now):
        found.append((_("Nghe lần cuối"), moment(job.touched_at)))
    if job.attempt > 1:
        found.append((_("Số lần làm tiếp"), number(job.attempt - 1, visit.language)))
    return tuple(found)


def _leads_to(visit: Visit, job: Job) -> Link | None:
    """What it is about, and where it is gone on once it has ended: for a comparison, what it found."""
    if not job.leads_to:
        return None
    label = visit.words.gettext(KINDS[job.kind].then)
    if job.kind == COMPARISON and job.state == DONE:
        return Link(label=label, href=f"{job.leads_to}?work={job.job}")
    return Link(label=label, href=job.leads_to)


def _go_on(visit: Visit, job: Job) -> ActionForm | None:
    """The button to go on; whoever acts in another capacity now changes it first."""
    if job.capacity != visit.known.capacity:
        return None
    return ActionForm(
        action=f"/jobs/{job.job}/continuation",
        submit=visit.words.gettext(KINDS[job.kind].again),
        style="primary",
        command_id=secrets.token_hex(16),
    )


def _row(visit: Visit, row: Mapping[str, Any], names: Names) -> WorkRow:
    _ = visit.words.gettext
    tone, text = ENDS[row["end"]]
    return WorkRow(
        name=visit.voice(names, None).subject(row["review"]),
        href=f"/r/{row['review']}",
        state=StatusText(tone=tone, text=_(text)),
        reasons=tuple(_reason(visit, why, names) for why in row.get("why", ())),
    )


def _reason(visit: Visit, why: Mapping[str, str], names: Names) -> WorkReason:
    text = with_names(ITEM.sub("", why[visit.language]), names, visit.language)
    if "cite" not in why:
        return WorkReason(text=text)
    return WorkReason(text=CLAUSE_AT_END.sub("", text), clause=Clause(label=why["cite"]))
