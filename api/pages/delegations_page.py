"""Letting another act in a role one holds: what one may delegate, to whom, how long; and taking it back."""

from __future__ import annotations

import secrets
from typing import Any

from api.asking import scope_of
from api.pages.access_words import days_told, delegation_state, field
from api.pages.confirming import Question
from api.pages.findings_told import refusal_view
from api.pages.format import day
from api.pages.meant import person_meant
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField, Link
from api.pages.views_access import DelegationsPage, GivenLine
from api.pages.visits import Visit
from handlers.access.capacities import BY_DELEGATION, Capacity, capacities_of
from handlers.access.given import delegations_listed, names_given
from handlers.names import Names
from states import delegation as life
from workflow.commands.access import DelegateCapacity
from workflow.errors import NotFound


def delegations_page(
    visit: Visit, *, typed: Typed | None = None, refused: Exception | None = None
) -> DelegationsPage:
    """The page of whoever looks."""
    with visit.service.database.read() as connection:
        rows = delegations_listed(connection, scope_of(visit.service, visit.known))
        mine = tuple(
            one
            for one in capacities_of(connection, visit.known.id, visit.today)
            if one.basis != BY_DELEGATION and one.role in life.DELEGABLE
        )
        names = names_given(
            connection,
            visit.today,
            people={person for row in rows for person in (row.holder, row.person)},
            bodies={row.body for row in rows} | {one.body for one in mine},
        )
        frame = visit.frame(connection, "people")
    return DelegationsPage(
        frame=frame,
        running=tuple(_line(visit, names, row) for row in rows if row.runs),
        over=tuple(_line(visit, names, row) for row in rows if not row.runs),
        form=_form(visit, names, mine, typed) if mine else None,
        refusal=refusal_view(refused, visit.language, visit.words, names, kept=True) if refused else None,
    )


def delegate_command(visit: Visit, typed: Typed) -> DelegateCapacity | None:
    """What the form asks for; None where a field is wrong, which `typed.errors` names."""
    with visit.service.database.read() as connection:
        person = person_meant(visit, connection, typed, "person")
        held = capacities_of(connection, visit.known.id, visit.today)
    role, _, body = typed.one_of("capacity", tuple(f"{one.role}@{one.body}" for one in held)).partition("@")
    command = DelegateCapacity(
        delegation=typed.text("delegation"),
        person=person,
        role=role,
        body=body,
        first=typed.day("first"),
        last=typed.day("last"),
        document=typed.text("document", required=False),
    )
    return None if typed.errors else command


def ending_delegation(visit: Visit, delegation: str) -> Question:
    """What follows from ending a delegation. NotFound where it is not there or not to be seen."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        found = delegations_listed(connection, scope_of(visit.service, visit.known), delegation)
        if not found:
            raise NotFound("delegation", delegation)
        (row,) = found
        names = names_given(connection, visit.today, people={row.holder, row.person}, bodies={row.body})
    told = {
        "person": names.person(row.person),
        "holder": names.person(row.holder),
        "capacity": visit.voice(names, None).capacity(f"{row.role}@{row.body}"),
        "day": day(visit.today),
    }
    return Question(
        title=_("Thôi ủy quyền cho %(person)s?") % told,
        consequences=(
            _("Từ ngày %(day)s, %(person)s không làm thay %(holder)s với tư cách %(capacity)s nữa.") % told,
            _("Việc đã làm trước hôm nay giữ nguyên, ghi rõ là làm theo ủy quyền."),
            _("Không rút lại được: muốn tiếp tục thì %(holder)s lập ủy quyền mới.") % told,
        ),
        submit=_("Thôi ủy quyền"),
    )


def _line(visit: Visit, names: Names, row: Any) -> GivenLine:
    _ = visit.words.gettext
    actor = visit.known
    may_end = actor.id in (row.holder, row.person) or actor.role in life.ENDED_FROM_ABOVE
    capacity = visit.voice(names, None).capacity(f"{row.role}@{row.body}")
    end = ActionForm(
        action=f"/delegations/{row.delegation_id}/ending",
        submit=_("Thôi ủy quyền"),
        command_id=secrets.token_hex(16),
    )
    return GivenLine(
        who=Link(label=names.person(row.person), href=""),
        from_whom=names.person(row.holder),
        capacity=capacity[:1].upper() + capacity[1:],
        days=days_told(visit, row.from_day, row.until_day),
        document=row.document,
        state=delegation_state(visit, row),
        end=end if row.runs and may_end else None,
    )


def _form(visit: Visit, names: Names, mine: tuple[Capacity, ...], typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    made = f"UQ-{visit.today:%Y%m%d}-{secrets.token_hex(3)}"
    chosen = typed.raw("capacity") if typed else ""
    return ActionForm(
        action="/delegations",
        submit=_("Ủy quyền"),
        style="primary",
        command_id=secrets.token_hex(16),
        notes=(_("Người được ủy quyền không ủy quyền lại. Bỏ phiếu và kiểm phiếu không ủy quyền được."),),
        fields=(
            FormField(
                name="delegation",
                label="",
                kind="hidden",
                value=(typed.raw("delegation") if typed else "") or made,
            ),
            field(
                typed,
                "capacity",
                _("Vai trò của tôi"),
                kind="select",
                required=True,
                choices=tuple(_choice(visit, names, one, chosen) for one in mine),
            ),
            field(typed, "person", _("Tên hoặc mã người được ủy quyền"), required=True),
            field(typed, "first", _("Từ ngày"), day(visit.today), kind="day", required=True),
            field(typed, "last", _("Đến hết ngày"), kind="day", required=True),
            field(typed, "document", _("Giấy ủy quyền")),
        ),
    )


def _choice(visit: Visit, names: Names, one: Capacity, chosen: str) -> Choice:
    _ = visit.words.gettext
    value = f"{one.role}@{one.body}"
    label = visit.voice(names, None).capacity(value)
    if one.until is not None:
        label = _("%(role)s, đến hết %(day)s") % {"role": label, "day": day(one.until)}
    return Choice(value=value, label=label[:1].upper() + label[1:], chosen=value == chosen)
