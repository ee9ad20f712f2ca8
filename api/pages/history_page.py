"""The replay of a review: the event that is open, what it was judged by, and whether the record is whole."""

from __future__ import annotations

import json
from itertools import groupby

from sqlalchemy import Connection

from api.pages.campaigns import campaign_of, visible
from api.pages.findings_told import shown_verdict
from api.pages.history_event import event_detail
from api.pages.review_page import crumbs_to
from api.pages.told import history_lines, names_of_events
from api.pages.views import Link
from api.pages.views_history import HistoryPage, Integrity, StageBand
from api.pages.visits import Visit
from handlers.names import Names, names_on
from handlers.replay import Frame, Replay, replay
from states.levels import NAMES as LEVELS
from workflow.errors import NotFound
from workflow.event_hash import event_bytes, event_hash
from workflow.log import Stored
from workflow.rules.rulebook import Rulebook
from workflow.stored_types import instant_text

NARROW = 0.07
"""A band over a smaller share of the events has no room for its words."""


def history_page(visit: Visit, review_id: str, version: int | None) -> HistoryPage:
    """One event laid open, the last where none is chosen. NotFound for an unknown review or event."""
    with visit.service.database.read() as connection:
        told = replay(connection, review_id)
        campaign, rulebook = campaign_of(connection, visit.service, told.review.campaign)
        if not visible(campaign) or (version is not None and not 1 <= version <= len(told.frames)):
            raise NotFound("review", review_id if version is None else f"{review_id} #{version}")
        names = _names(connection, visit, told)
        frame = visit.frame(
            connection,
            "history",
            campaign=campaign,
            rulebook=rulebook,
            organisation=told.review.organisation,
        )
    _ = visit.words.gettext
    here = f"/r/{review_id}/history"
    number = version or len(told.frames)
    chosen = told.frames[number - 1]
    failing = next((one.stored.version for one in told.frames if _fails(one, rulebook)), None)
    events = history_lines(visit, told.frames, names, rulebook, here)
    return HistoryPage(
        frame=frame,
        crumbs=crumbs_to(visit, told.review, names),
        name=names.whose(review_id, visit.language),
        lead=_lead(visit, told, number),
        action=here,
        review_href=f"/r/{review_id}",
        events=events,
        bands=_bands(told, number, here),
        event=event_detail(visit, told, chosen, events[number - 1], names, rulebook),
        integrity=_integrity(visit, told),
        first_href=f"{here}?v=1" if number > 1 else None,
        previous_href=f"{here}?v={number - 1}" if number > 1 else None,
        next_href=f"{here}?v={number + 1}" if number < len(told.frames) else None,
        last_href=f"{here}?v={len(told.frames)}" if number < len(told.frames) else None,
        first_failure=Link(label=_("Tới điều không đạt đầu tiên"), href=f"{here}?v={failing}")
        if failing
        else None,
    )


def _names(connection: Connection, visit: Visit, told: Replay) -> Names:
    events = [frame.event for frame in told.frames]
    stored = [frame.stored for frame in told.frames]
    named = names_of_events(connection, visit.today, events, stored)
    review = told.review
    more = names_on(
        connection,
        visit.today,
        people=[review.subject, *(one.actor for one in told.refused)],
        bodies=[
            review.subject,
            review.organisation,
            *(one.capacity.partition("@")[2] for one in told.refused),
        ],
    )
    return Names({**named.people, **more.people}, {**named.bodies, **more.bodies})


def _lead(visit: Visit, told: Replay, number: int) -> str:
    _ = visit.words.gettext
    level = told.review.decided_level
    count = visit.words.ngettext("%(num)d sự kiện", "%(num)d sự kiện", len(told.frames)) % {
        "num": len(told.frames)
    }
    if level is None:
        return _("Chưa có kết quả, đã qua %(events)s.") % {"events": count}
    name = LEVELS[level][1 if visit.language == "en" else 0]
    return _("Kết quả %(level)s, qua %(events)s.") % {"level": name, "events": count}


def _fails(frame: Frame, rulebook: Rulebook) -> bool:
    judged_by = frame.rulebook or rulebook
    return any(shown_verdict(one.stored, judged_by) == "fails" for one in frame.findings)


def _bands(told: Replay, number: int, here: str) -> tuple[StageBand, ...]:
    bands: list[StageBand] = []
    for stage, frames in groupby(told.frames, key=lambda frame: frame.stage):
        versions = [frame.stored.version for frame in frames]
        bands.append(
            StageBand(
                stage=stage,
                events=len(versions),
                href=f"{here}?v={versions[0]}",
                current=number in versions,
                narrow=len(versions) < len(told.frames) * NARROW,
            )
        )
    return tuple(bands)


def _integrity(visit: Visit, told: Replay) -> Integrity:
    """Every hash computed anew and chained to the one before; findings that come out otherwise are named."""
    whole, previous = 0, ""
    for number, frame in enumerate(told.frames, start=1):
        if frame.stored.version != number or not _holds(frame.stored, previous):
            break
        whole, previous = number, frame.stored.event_hash
    _ = visit.words.gettext
    differences = tuple(
        _("Sự kiện %(number)s: điều %(rule)s tính lại ra kết quả khác")
        % {"number": version, "rule": one.stored.cite}
        for version, one in told.differs
    )
    differences += tuple(
        _("Sự kiện %(number)s: phần đối chiếu không khớp mã băm trong sự kiện")
        % {"number": one.stored.version}
        for one in told.frames
        if not one.covered
    )
    return Integrity(
        whole=whole == len(told.frames) and not differences,
        checked=whole,
        total=len(told.frames),
        judged=told.judged,
        head=previous,
        differences=differences,
    )


def _holds(stored: Stored, previous: str) -> bool:
    form = event_bytes(
        stored.stream,
        stored.version,
        stored.name,
        stored.schema_version,
        instant_text(stored.occurred_at),
        instant_text(stored.recorded_at),
        stored.actor,
        stored.capacity,
        stored.command_id,
        stored.rulebook_hash,
        json.dumps(stored.verdicts, ensure_ascii=False, separators=(",", ":")),
        stored.data.decode(),
        stored.findings_digest or "",
        previous,
    )
    return stored.previous_hash == previous and event_hash(form).hex() == stored.event_hash
