"""Who may act as what: grants of the branch, those of one person, the form to propose, and one grant."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection

from api.asking import scope_of
from api.pages.access_words import days_told, field, grant_state, role_choices
from api.pages.capacities_told import capacity_lines
from api.pages.confirming import Question
from api.pages.findings_told import refusal_view
from api.pages.format import day
from api.pages.meant import body_meant, person_meant
from api.pages.typed import Typed
from api.pages.views import ActionForm, FormField, Link
from api.pages.views_access import GivenLine, GrantPage, GrantsPage, ToldLine
from api.pages.views_sign_in import CapacityLine
from api.pages.visits import Visit
from handlers.access.acting_for import with_delegations
from handlers.access.branches import campaigns_touching
from handlers.access.capacities import capacities_of
from handlers.access.given import SEES_GRANTS, grant_row, grants_listed, names_given
from handlers.names import Names
from handlers.timeline import bodies_of, line, people_of
from states import grant as life
from states.roles import Role
from workflow import codec
from workflow.commands.access import ProposeGrant
from workflow.errors import NotFound
from workflow.log import Log

CONFIRMERS = frozenset(life.CONFIRMERS)


def grants_page(
    visit: Visit,
    *,
    search: str = "",
    person: str = "",
    typed: Typed | None = None,
    refused: Exception | None = None,
) -> GrantsPage:
    """The page; with `person` all he may act as today, where it is oneself or a person of the branch."""
    _ = visit.words.gettext
    scope = scope_of(visit.service, visit.known)
    with visit.service.database.read() as connection:
        found = grants_listed(connection, scope, search=search, person=person)
        rows = (*found.waiting, *found.held, *found.over)
        names = names_given(
            connection,
            visit.today,
            people={person, *(row.person for row in rows)} - {""},
            bodies={row.body for row in rows},
        )
        held: tuple[CapacityLine, ...] = ()
        if person and (person == visit.known.id or visit.known.role in SEES_GRANTS):
            held = capacity_lines(visit, connection, capacities_of(connection, person, visit.today))
        frame = visit.frame(connection, "people")
    may = visit.known.role in life.PROPOSERS
    return GrantsPage(
        frame=frame,
        waiting=tuple(_line(visit, names, row) for row in found.waiting),
        held=tuple(_line(visit, names, row) for row in found.held),
        over=tuple(_line(visit, names, row) for row in found.over),
        more=found.more,
        search=search,
        person=names.person(person) if person else "",
        capacities=held,
        propose=_propose(visit, typed, person) if may else None,
        refusal=refusal_view(refused, visit.language, visit.words, names, kept=True) if refused else None,
    )


def propose_command(visit: Visit, typed: Typed) -> ProposeGrant | None:
    """What the form asks for; None where a field is wrong, which `typed.errors` names."""
    with visit.service.database.read() as connection:
        person = person_meant(visit, connection, typed, "person")
        body = body_meant(visit, connection, typed, "body")
    last = typed.day("last", required=False) if typed.raw("last") else None
    command = ProposeGrant(
        grant=typed.text("grant"),
        person=person,
        role=typed.one_of("role", tuple(role.value for role in life.GRANTABLE)),
        body=body,
        first=typed.day("first"),
        last=last,
        document=typed.text("document"),
        reason=typed.text("reason", required=False),
    )
    return None if typed.errors else command


def grant_page(
    visit: Visit, grant: str, *, typed: Typed | None = None, refused: Exception | None = None
) -> GrantPage:
    """One grant. NotFound where it is not there or not to be seen."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        row = grant_row(connection, scope_of(visit.service, visit.known), grant)
        if row is None:
            raise NotFound("grant", grant)
        told, names = _history(visit, connection, grant)
        campaigns = campaigns_touching(connection, (row.body,), visit.today)
        frame = visit.frame(connection, "people")
    voice = visit.voice(names, None)
    actor = visit.known
    may = actor.role in CONFIRMERS
    waits = row.stage == life.PROPOSED
    confirms = waits and may and actor.id not in (row.proposed_by, row.person)
    if campaigns and actor.role is Role.ADMINISTRATOR:
        confirms = False
    return GrantPage(
        frame=frame,
        crumbs=(Link(label=_("Giao vai trò"), href="/grants"), Link(label=row.document, href="")),
        person=Link(label=names.person(row.person), href=f"/grants?person={row.person}"),
        capacity=_capital(voice.capacity(f"{row.role}@{row.body}")),
        days=days_told(visit, row.from_day, row.until_day),
        state=grant_state(visit, row),
        document=row.document,
        reason=row.reason,
        told=told,
        confirm=_confirm(visit, grant) if confirms else None,
        withdraw=_because(visit, grant, "withdrawal", _("Rút đề nghị"), typed) if waits and may else None,
        end=_because(visit, grant, "ending", _("Cho thôi từ hôm nay"), typed)
        if row.stage == life.GRANTED and may
        else None,
        note=_note(visit, row, campaigns) if waits and not confirms else "",
        refusal=refusal_view(refused, visit.language, visit.words, names, kept=True) if refused else None,
    )


def ending_grant(visit: Visit, grant: str) -> Question:
    """What follows from ending a grant. NotFound where it is not there or not to be seen."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        row = grant_row(connection, scope_of(visit.service, visit.known), grant)
        if row is None:
            raise NotFound("grant", grant)
        names = names_given(connection, visit.today, people={row.person}, bodies={row.body})
    told = {
        "person": names.person(row.person),
        "capacity": visit.voice(names, None).capacity(f"{row.role}@{row.body}"),
        "day": day(visit.today),
    }
    return Question(
        title=_("Cho %(person)s thôi vai trò từ hôm nay?") % told,
        consequences=(
            _("Từ ngày %(day)s, %(person)s không còn là %(capacity)s và không làm gì với tư cách đó.") % told,
            _("Ai đang được người này ủy quyền vai trò đó cũng thôi."),
            _("Việc đã làm trước hôm nay giữ nguyên, với tư cách lúc đó."),
            _("Không rút lại được: muốn giao lại thì một người đề nghị, một người khác xác nhận."),
        ),
        submit=_("Cho thôi từ hôm nay"),
    )


def _history(visit: Visit, connection: Connection, grant: str) -> tuple[tuple[ToldLine, ...], Names]:
    stream = f"grant/{grant}"
    stored = Log(connection).read([stream])[stream]
    events = [codec.decode(one.name, one.schema_version, one.data) for one in stored]
    names = names_given(
        connection, visit.today, people=people_of(events, stored), bodies=bodies_of(events, stored)
    )
    names = with_delegations(connection, names, stored, visit.today)
    voice = visit.voice(names, None)
    lines = [line(event, one, voice) for event, one in zip(events, stored, strict=True)]
    return tuple(ToldLine(on=day(one.on), says=one.says, by=one.by) for one in lines), names


def _line(visit: Visit, names: Names, row: Any) -> GivenLine:
    voice = visit.voice(names, None)
    return GivenLine(
        who=Link(label=names.person(row.person), href=f"/grants/{row.grant_id}"),
        capacity=_capital(voice.capacity(f"{row.role}@{row.body}")),
        days=days_told(visit, row.from_day, row.until_day),
        document=row.document,
        state=grant_state(visit, row),
    )


def _propose(visit: Visit, typed: Typed | None, person: str) -> ActionForm:
    _ = visit.words.gettext
    made = f"G-{visit.today:%Y%m%d}-{secrets.token_hex(3)}"
    return ActionForm(
        action="/grants",
        submit=_("Đề nghị giao vai trò"),
        style="primary",
        command_id=secrets.token_hex(16),
        notes=(
            _("Vai trò chỉ có hiệu lực sau khi một người khác xác nhận. Không ai tự giao vai trò cho mình."),
        ),
        fields=(
            FormField(
                name="grant", label="", kind="hidden", value=(typed.raw("grant") if typed else "") or made
            ),
            field(typed, "person", _("Tên hoặc mã người được giao"), person, required=True),
            field(
                typed,
                "role",
                _("Vai trò"),
                kind="select",
                choices=role_choices(visit, life.GRANTABLE, typed.raw("role") if typed else ""),
                required=True,
            ),
            field(typed, "body", _("Tên hoặc mã tổ chức"), visit.known.body, required=True),
            field(typed, "first", _("Từ ngày"), day(visit.today), kind="day", required=True),
            field(typed, "last", _("Đến hết ngày"), kind="day", hint=_("Để trống là cho tới khi cho thôi.")),
            field(typed, "document", _("Văn bản"), required=True, hint=_("Ví dụ: Quyết định 12-QĐ/ĐU")),
            field(typed, "reason", _("Lý do"), hint=_("Không ghi tên người hay chuyện riêng.")),
        ),
    )


def _confirm(visit: Visit, grant: str) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=f"/grants/{grant}/confirmation",
        submit=_("Xác nhận giao vai trò"),
        style="primary",
        command_id=secrets.token_hex(16),
    )


def _because(visit: Visit, grant: str, noun: str, submit: str, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=f"/grants/{grant}/{noun}",
        submit=submit,
        command_id=secrets.token_hex(16),
        fields=(field(typed, "reason", _("Lý do"), required=True),),
    )


def _note(visit: Visit, row: Any, campaigns: tuple[str, ...]) -> str:
    _ = visit.words.gettext
    if visit.known.id == row.proposed_by:
        return _("Bạn đã đề nghị; một người khác phải xác nhận.")
    if visit.known.id == row.person:
        return _("Đề nghị này giao vai trò cho bạn; người khác xác nhận.")
    if campaigns:
        return _("Đang có đợt kiểm điểm mở (%(campaigns)s): cán bộ phụ trách hoặc cấp ủy xác nhận.") % {
            "campaigns": ", ".join(campaigns)
        }
    return _("Cán bộ phụ trách, cấp ủy hoặc quản trị hệ thống xác nhận.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
