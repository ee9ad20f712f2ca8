"""Events and refused commands as plain sentences with names, and where each is to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Column, Connection, Table, select

from handlers.access.acting_for import with_delegations
from handlers.names import Names, names_on
from handlers.tables import BALLOTS, BUNDLES, CAMPAIGNS, MEETINGS
from handlers.telling.voice import Voice
from handlers.timeline import bodies_of, line, people_of, refused_line
from workflow import codec
from workflow.event import Event
from workflow.log import Stored
from workflow.refusals import Refused
from workflow.rules.rulebook import Rulebook

RulebookOf = Callable[[Connection, str], Rulebook]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One line: the day of the act, what happened, by whom, when it was entered, of what, where to look."""

    number: int
    on: date
    says: str
    by: str
    entered_at: datetime
    stream: str
    version: int
    about: str
    href: str


def told_events(
    connection: Connection, rulebook_of: RulebookOf, found: Sequence[Stored], day: date, language: str
) -> tuple[Told, ...]:
    """The lines of these events, in their order; names as of `day`."""
    events = [codec.decode(one.name, one.schema_version, one.data) for one in found]
    names = _names(connection, [one.stream for one in found], events, found, day)
    places = _places(connection, [one.stream for one in found])
    told = []
    for event, stored in zip(events, found, strict=True):
        rulebook = rulebook_of(connection, stored.rulebook_hash) if stored.rulebook_hash else None
        voice = Voice(language=language, names=names, rulebook=rulebook)
        one = line(event, stored, voice)
        told.append(
            Told(
                number=stored.position,
                on=one.on,
                says=one.says,
                by=one.by,
                entered_at=stored.recorded_at,
                stream=stored.stream,
                version=stored.version,
                about=_about(stored.stream, voice),
                href=_href(stored.stream, stored.version, places),
            )
        )
    return tuple(told)


def told_refusals(
    connection: Connection,
    rulebook_of: RulebookOf,
    found: Sequence[tuple[int, Refused]],
    day: date,
    language: str,
) -> tuple[Told, ...]:
    """The lines of refused commands, in their order; each leads to the first thing it was about."""
    streams = [stream for _, one in found for stream in one.streams]
    names = _names(connection, streams, [], [one for _, one in found], day)
    places = _places(connection, streams)
    hashes: dict[str, str] = {
        row.campaign: row.rulebook_hash
        for row in connection.execute(select(CAMPAIGNS.c.campaign, CAMPAIGNS.c.rulebook_hash))
    }
    told = []
    for number, refused in found:
        pinned = next((hashes[c] for s in refused.streams if (c := _campaign(s, places)) in hashes), "")
        rulebook = rulebook_of(connection, pinned) if pinned else None
        voice = Voice(language=language, names=names, rulebook=rulebook)
        one = refused_line(refused, voice)
        stream = next((s for s in refused.streams if s.startswith("review/")), (*refused.streams, "")[0])
        told.append(
            Told(
                number=number,
                on=one.on,
                says=one.says,
                by=one.by,
                entered_at=refused.recorded_at,
                stream=stream,
                version=0,
                about=_about(stream, replace(voice, about=stream)),
                href=_href(stream, 0, places),
            )
        )
    return tuple(told)


def _names(
    connection: Connection,
    streams: Sequence[str],
    events: Sequence[Event],
    stored: Sequence[Stored | Refused],
    day: date,
) -> Names:
    subjects = {one.partition("/")[2].split(".", 2)[-1] for one in streams if one.startswith("review/")}
    names = names_on(
        connection,
        day,
        people=people_of(events, stored) | subjects,
        bodies=bodies_of(events, stored) | subjects | {one.rpartition("/")[2] for one in streams},
    )
    return with_delegations(connection, names, stored, day)


def _about(stream: str, voice: Voice) -> str:
    kind, _, name = stream.partition("/")
    if kind == "review":
        return voice.names.whose(name, voice.language)
    if kind == "lists":
        return voice.body(name.rpartition("/")[2])
    return name or kind


_AT = (
    ("meeting", MEETINGS, "venue"),
    ("ballot", BALLOTS, "organisation"),
    ("submission", BUNDLES, "organisation"),
)


def _places(connection: Connection, streams: Sequence[str]) -> dict[str, str]:
    """The page of the body each meeting, ballot or report belongs to."""
    found: dict[str, str] = {}
    for kind, table, column in _AT:
        wanted = {one.partition("/")[2] for one in streams if one.startswith(f"{kind}/")}
        if wanted:
            found |= _of(connection, kind, table, table.c[column], wanted)
    return found


def _of(
    connection: Connection, kind: str, table: Table, column: Column[str], wanted: set[str]
) -> dict[str, str]:
    key = table.c[kind]
    rows = connection.execute(select(key, table.c.campaign, column).where(key.in_(sorted(wanted))))
    return {f"{kind}/{name}": f"/c/{campaign}/o/{body}" for name, campaign, body in rows}


def _campaign(stream: str, places: dict[str, str]) -> str:
    """The campaign a stream belongs to, as far as its name or the page of its body tells."""
    kind, _, name = stream.partition("/")
    if kind == "review":
        return name.partition(".")[0]
    if kind in ("campaign", "lists"):
        return name.partition("/")[0]
    return places.get(stream, "").removeprefix("/c/").partition("/")[0]


def _href(stream: str, version: int, places: dict[str, str]) -> str:
    kind, _, name = stream.partition("/")
    if kind == "review":
        return f"/r/{name}/history" + (f"?v={version}" if version else "")
    if kind == "campaign":
        return f"/c/{name}"
    if kind == "lists":
        campaign, _, body = name.partition("/")
        return f"/c/{campaign}/o/{body}"
    if kind == "plan":
        return f"/p/{name}"
    if kind == "calendar":
        return f"/calendar/changes/{name}"
    return places.get(stream, "")
