"""Right after an act that another act puts right: what was done, and the button that sends the other one.

It is offered while what was done is still the newest event, to whoever did it; nothing is deleted.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from api.pages.format import LEVELS, day
from api.pages.review_offers import About, items_ticked, items_to_tick
from api.pages.views import ActionForm, FormField, Undo
from api.pages.visits import Visit
from handlers.replay import Replay
from workflow.codec import decode
from workflow.event import Event
from workflow.events.meeting import MeetingPlanned
from workflow.events.review import ItemsTicked, RoundStarted, SelfRated
from workflow.log import Log


def comes_from_a_form(visit: Visit) -> bool:
    """Whether the page is the one a form led to."""
    return visit.request.query_params.get("done") == "done"


def undo_on_review(visit: Visit, about: About, told: Replay) -> Undo | None:
    """The way back from what this visitor has just recorded for a review."""
    last, before = told.frames[-1], told.frames[-2:-1]
    if not comes_from_a_form(visit) or last.stored.actor != visit.acting.id:
        return None
    if any(frame.stored.command_id == last.stored.command_id for frame in before):
        return None  # recorded with another act, which stays
    event = last.event
    if isinstance(event, ItemsTicked) and not event.venue and "tick_items" in about.outlook.triggers:
        return _of_ticks(visit, about, event)
    if isinstance(event, SelfRated) and "rate_self" in about.outlook.triggers:
        return _of_a_rating(visit, about, [frame.event for frame in told.frames])
    return None


def undo_on_meeting(visit: Visit, connection: Connection, cell: str, meeting: str) -> Undo | None:
    """The way back from a meeting this visitor has just planned or moved; `cell` is its body's address."""
    if not comes_from_a_form(visit):
        return None
    stream = f"meeting/{meeting}"
    stored = Log(connection).read([stream])[stream]
    events = [decode(one.name, one.schema_version, one.data) for one in stored]
    days = [event.day for event in events if isinstance(event, MeetingPlanned)]
    if not stored or stored[-1].actor != visit.acting.id or not isinstance(events[-1], MeetingPlanned):
        return None
    _ = visit.words.gettext
    if len(days) > 1:
        said = _("Đã dời buổi họp từ ngày %(before)s sang ngày %(day)s.")
        return Undo(
            said=said % {"before": day(days[-2]), "day": day(days[-1])},
            form=_form(visit, f"{cell}/plans", [("day", day(days[-2]))]),
        )
    reason = _("Hoàn tác ngay sau khi định ngày")
    return Undo(
        said=_("Đã định họp ngày %(day)s.") % {"day": day(days[-1])},
        form=_form(visit, f"{cell}/cancellations", [("meeting", meeting), ("reason", reason)]),
    )


def undo_many_ticks(visit: Visit, action: str, item: str, reviews: tuple[str, ...], on: date) -> Undo:
    """The way back from one item just confirmed for many."""
    said = visit.words.ngettext(
        "Đã xác nhận mục này cho %(num)d kỳ.", "Đã xác nhận mục này cho %(num)d kỳ.", len(reviews)
    )
    fields = [("untick", "on"), ("item", item), ("on", day(on)), *(("review", one) for one in reviews)]
    return Undo(said=said % {"num": len(reviews)}, form=_form(visit, action, fields))


def _of_ticks(visit: Visit, about: About, event: ItemsTicked) -> Undo | None:
    ngettext, base = visit.words.ngettext, f"/r/{about.outlook.review.id}"
    held = {choice.value for choice in items_ticked(about)}
    lacking = {choice.value for choice in items_to_tick(about)}
    on, version = day(event.on), str(about.outlook.review.version)
    if event.ticked and not event.unticked and held.issuperset(event.ticked):
        said = ngettext("Đã xác nhận %(num)d mục.", "Đã xác nhận %(num)d mục.", len(event.ticked))
        fields = [("on", on), *((f"unticked.{item}", "on") for item in event.ticked)]
        form = _form(visit, f"{base}/unticks", fields, version)
        return Undo(said=said % {"num": len(event.ticked)}, form=form)
    if event.unticked and not event.ticked and lacking.issuperset(event.unticked):
        said = ngettext("Đã bỏ xác nhận %(num)d mục.", "Đã bỏ xác nhận %(num)d mục.", len(event.unticked))
        fields = [("on", on), *((f"ticked.{item}", "on") for item in event.unticked)]
        form = _form(visit, f"{base}/ticks", fields, version)
        return Undo(said=said % {"num": len(event.unticked)}, form=form)
    return None


def _of_a_rating(visit: Visit, about: About, events: list[Event]) -> Undo | None:
    """Back to the level before; a first rating has none to go back to."""
    *before, last = _ratings(events)
    if not before or before[-1].level == last.level:
        return None
    _ = visit.words.gettext
    told = {"before": _(LEVELS[before[-1].level]), "level": _(LEVELS[last.level])}
    return Undo(
        said=_("Đã đổi mức tự xếp loại từ %(before)s sang %(level)s.") % told,
        form=_form(
            visit,
            f"/r/{about.outlook.review.id}/self-rating",
            [("level", before[-1].level), ("on", day(visit.today))],
            str(about.outlook.review.version),
        ),
    )


def _ratings(events: list[Event]) -> Iterator[SelfRated]:
    """The ratings of the round that runs."""
    started = max((at for at, event in enumerate(events) if isinstance(event, RoundStarted)), default=0)
    return (event for event in events[started:] if isinstance(event, SelfRated))


def _form(visit: Visit, action: str, fields: list[tuple[str, str]], version: str = "") -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=action,
        submit=_("Hoàn tác"),
        fields=tuple(FormField(name=name, label="", kind="hidden", value=value) for name, value in fields),
        command_id=secrets.token_hex(16),
        expected_version=version,
    )
