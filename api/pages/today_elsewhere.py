"""Beneath the tasks of the chosen capacity: how much waits in the others one holds, and the way to change."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from api.actors import NamedByTheAsker
from api.pages.capacities_told import capacity_lines
from api.pages.format import day
from api.pages.views import ActionForm, FormField
from api.pages.views_today import ElsewhereLine
from api.pages.visits import Visit
from api.sign_in.signed_in import capacity_text
from handlers.access.capacities import Capacity, capacities_of
from handlers.access.scope import scope_on
from handlers.today_elsewhere import Waiting, waiting_in
from states.review import INDIVIDUAL
from states.roles import Role


def elsewhere(visit: Visit, connection: Connection, own_acts: int) -> tuple[ElsewhereLine, ...]:
    """Capacities in which anything waits, the chosen one left out; `own_acts` those of one's own review."""
    actor = visit.acting
    held = [
        one
        for one in capacities_of(connection, actor.id, visit.today)
        if (one.role, one.body) != (actor.role, actor.body)
    ]
    if not held:
        return ()
    engine = visit.service.engine
    waiting = waiting_in(
        connection,
        [scope_on(one.actor(actor.id), visit.today) for one in held],
        lambda pinned: engine.rulebook(connection, pinned).flow(INDIVIDUAL).appraisal,
    )
    told = [(one, _said(visit, one, owed, own_acts)) for one, owed in zip(held, waiting, strict=True)]
    return _lines(visit, connection, [(one, said) for one, said in told if said])


def _lines(
    visit: Visit, connection: Connection, told: Sequence[tuple[Capacity, str]]
) -> tuple[ElsewhereLine, ...]:
    labels = capacity_lines(visit, connection, [one for one, _ in told])
    return tuple(
        ElsewhereLine(capacity=line.label, said=said, change=_change(visit, one))
        for line, (one, said) in zip(labels, told, strict=True)
    )


def _said(visit: Visit, one: Capacity, owed: Waiting, own_acts: int) -> str:
    """How much waits and until when; empty where nothing does."""
    _, ngettext = visit.words.gettext, visit.words.ngettext
    steps = owed.steps or (own_acts if one.role is Role.MEMBER else 0)
    parts = []
    if steps:
        said = ngettext("%(num)d bước đang chờ", "%(num)d bước đang chờ", steps) % {"num": steps}
        if owed.safe_on is not None:
            said = _("%(steps)s, ngày an toàn cuối gần nhất %(day)s") % {
                "steps": said,
                "day": day(owed.safe_on),
            }
        parts.append(said)
    if owed.reports:
        said = ngettext("%(num)d báo cáo đang chờ", "%(num)d báo cáo đang chờ", owed.reports)
        parts.append(said % {"num": owed.reports})
    return "; ".join(parts)


def _change(visit: Visit, one: Capacity) -> ActionForm:
    """The form that changes the capacity; where nobody signs in, the one that says who acts."""
    _, chosen = visit.words.gettext, capacity_text(one)
    back = FormField(name="back", label="", kind="hidden", value="/")
    if isinstance(visit.request.app.state.actors, NamedByTheAsker):
        actor = FormField(name="actor", label="", kind="hidden", value=f"{chosen}:{visit.acting.id}")
        return ActionForm(action="/actor", submit=_("Chuyển sang"), fields=(actor, back))
    capacity = FormField(name="capacity", label="", kind="hidden", value=chosen)
    return ActionForm(action="/capacity", submit=_("Chuyển sang"), fields=(capacity, back))
