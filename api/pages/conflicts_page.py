"""Declaring that somebody is too close to the subject of a review, for oneself or for one of the body."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection

from api.asking import scope_of
from api.pages.access_words import field
from api.pages.findings_told import refusal_view
from api.pages.format import day
from api.pages.meant import body_meant, person_meant
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField, StatusText
from api.pages.views_access import ConflictsPage, TieLine
from api.pages.visits import Visit
from handlers.access.branches import bodies_of
from handlers.access.given import conflicts_listed, names_given
from handlers.names import Names
from states import conflict as life
from workflow.commands.access import DeclareConflict

DECLARES_FOR_OTHERS = life.AT_HOME | life.FROM_ABOVE


def conflicts_page(
    visit: Visit, *, typed: Typed | None = None, refused: Exception | None = None
) -> ConflictsPage:
    """The page of whoever looks."""
    with visit.service.database.read() as connection:
        rows = conflicts_listed(connection, scope_of(visit.service, visit.known))
        asked = {row.person for row in rows} | {row.subject for row in rows}
        names = names_given(connection, visit.today, people=asked | {visit.known.id}, bodies=asked)
        frame = visit.frame(connection, "people")
    return ConflictsPage(
        frame=frame,
        ties=tuple(_line(visit, names, row) for row in rows),
        for_others=visit.known.role in DECLARES_FOR_OTHERS,
        form=_form(visit, typed),
        refusal=refusal_view(refused, visit.language, visit.words, names, kept=True) if refused else None,
    )


def declare_command(visit: Visit, typed: Typed) -> DeclareConflict | None:
    """What the form asks for; None where a field is wrong, which `typed.errors` names."""
    with visit.service.database.read() as connection:
        person = visit.known.id
        if typed.raw("person"):
            person = person_meant(visit, connection, typed, "person")
        if typed.one_of("about", ("person", "body"), required=False) == "body":
            subject = body_meant(visit, connection, typed, "subject")
        else:
            subject = person_meant(visit, connection, typed, "subject")
        body = _home(visit, connection, person)
    command = DeclareConflict(
        conflict=typed.text("conflict"),
        person=person,
        subject=subject,
        closeness=typed.one_of("closeness", tuple(one.value for one in life.Closeness)),
        body=body,
        reason=typed.text("reason", required=False),
    )
    return None if typed.errors else command


def _home(visit: Visit, connection: Connection, person: str) -> str:
    """Where the person belongs: the body acted for where it is one of his, else the first."""
    his = sorted(bodies_of(connection, (person,), visit.today))
    return visit.known.body if visit.known.body in his or not his else his[0]


def _line(visit: Visit, names: Names, row: Any) -> TieLine:
    _ = visit.words.gettext
    place = 1 if visit.language == "en" else 0
    counts = row.ended_on is None
    state = (
        StatusText(tone="risk", text=_("Đang có hiệu lực"))
        if counts
        else StatusText(tone="none", text=_("Đã hết từ %(day)s") % {"day": day(row.ended_on)})
    )
    may_end = counts and visit.known.role in DECLARES_FOR_OTHERS and visit.known.id != row.person
    return TieLine(
        who=names.person(row.person),
        tie=life.CLOSENESS_NAMES[life.Closeness(row.kind)][place],
        subject=names.bodies.get(row.subject) or names.person(row.subject),
        since=day(row.declared_on),
        state=state,
        why=row.reason or "",
        end=_end(visit, row.conflict_id) if may_end else None,
    )


def _end(visit: Visit, conflict: str) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=f"/conflicts/{conflict}/ending",
        submit=_("Ghi đã hết"),
        command_id=secrets.token_hex(16),
        fields=(FormField(name="reason", label=_("Lý do"), required=True),),
    )


def _form(visit: Visit, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    place = 1 if visit.language == "en" else 0
    made = f"XD-{visit.today:%Y%m%d}-{secrets.token_hex(3)}"
    closeness, about = (typed.raw("closeness"), typed.raw("about")) if typed else ("", "")
    for_others = visit.known.role in DECLARES_FOR_OTHERS
    hint = _("Để trống là khai cho chính mình.") if for_others else ""
    return ActionForm(
        action="/conflicts",
        submit=_("Khai báo"),
        style="primary",
        command_id=secrets.token_hex(16),
        notes=(
            _(
                "Người có xung đột lợi ích không chủ trì, kiểm phiếu, thẩm định hay quyết định về người "
                "hoặc tổ chức đó; vẫn được tính trong số người được bỏ phiếu (C-09)."
            ),
        ),
        fields=(
            FormField(
                name="conflict",
                label="",
                kind="hidden",
                value=(typed.raw("conflict") if typed else "") or made,
            ),
            *((field(typed, "person", _("Tên hoặc mã người phải tránh"), hint=hint),) if for_others else ()),
            field(
                typed,
                "about",
                _("Đối với"),
                kind="select",
                required=True,
                choices=(
                    Choice(value="person", label=_("một người"), chosen=about != "body"),
                    Choice(value="body", label=_("một tổ chức, tập thể"), chosen=about == "body"),
                ),
            ),
            field(typed, "subject", _("Tên hoặc mã của người, tổ chức đó"), required=True),
            field(
                typed,
                "closeness",
                _("Quan hệ"),
                kind="select",
                required=True,
                choices=tuple(
                    Choice(value=one.value, label=names[place], chosen=one.value == closeness)
                    for one, names in life.CLOSENESS_NAMES.items()
                ),
            ),
            field(
                typed,
                "reason",
                _("Lý do"),
                kind="textarea",
                hint=_("Không vào nhật ký; chỉ người khai, người liên quan và cấp trên đọc được."),
            ),
        ),
    )
