"""The capacities of a person in words: what each is called and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from api.pages.format import N_, day
from api.pages.views_sign_in import CapacityLine
from api.pages.visits import Visit
from api.sign_in.signed_in import capacity_text
from handlers.access.capacities import BY_DELEGATION, BY_GRANT, BY_MEMBERSHIP, BY_POST, Capacity
from handlers.names import names_on
from handlers.telling.voice import Voice

BASES: Final = {
    BY_MEMBERSHIP: N_("theo danh sách đảng viên"),
    BY_POST: N_("theo chức vụ trong danh sách"),
    BY_GRANT: N_("do được giao vai trò"),
    BY_DELEGATION: N_("do được ủy quyền"),
}


def capacity_lines(
    visit: Visit, connection: Connection, held: Sequence[Capacity], chosen: str = ""
) -> tuple[CapacityLine, ...]:
    """One line a capacity; the one in use is the chosen one, before a choice the first."""
    _ = visit.words.gettext
    names = names_on(
        connection,
        visit.today,
        people={one.holder for one in held if one.holder},
        bodies={one.body for one in held},
    )
    voice = Voice(language=visit.language, names=names)
    now = chosen or (capacity_text(held[0]) if held else "")
    found = []
    for one in held:
        basis = _(BASES[one.basis])
        if one.holder:
            basis += " " + _("của %(name)s") % {"name": names.person(one.holder)}
        if one.until is not None:
            basis += ", " + _("đến hết %(day)s") % {"day": day(one.until)}
        label = voice.capacity(capacity_text(one))
        value = capacity_text(one)
        found.append(
            CapacityLine(
                value=value,
                label=label[:1].upper() + label[1:],
                basis=basis[:1].upper() + basis[1:],
                now=value == now,
            )
        )
    return tuple(found)
