"""An import from its file to the log: shown first, then written with the event that covers its rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from handlers.access.branches import bodies_of, campaigns_touching
from handlers.roster.apply import apply_difference
from handlers.roster.compare import Difference, compare
from handlers.roster.imports import (
    CONFIRMED,
    PREVIEWED,
    REJECTED,
    StoredImport,
    decide_import,
    load_import,
    save_preview,
)
from handlers.roster.parsed import ParsedRoster
from handlers.roster.problems import ImportDecided
from handlers.roster.query import load_snapshot, snapshot_for
from handlers.roster.read import read_roster
from handlers.roster.records import MembershipRecord, OrganisationRecord, PositionRecord, Record
from handlers.roster.snapshot import Snapshot
from handlers.roster.touched import OpenReview, Touch, touched_reviews
from handlers.roster.workbook import Limits
from handlers.tables import CAMPAIGNS, REVIEWS, SESSIONS
from states import campaign as campaign_life
from states.roles import Role
from workflow import clock
from workflow.answer import Answer
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.campaign import RecordRosterChange
from workflow.engine import Engine
from workflow.errors import BadInput, NotAllowed
from workflow.log import Log

MAY_PROPOSE = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.SECRETARY, Role.COMMITTEE})
"""Who may upload a file and look at what it would change."""

MAY_CONFIRM = frozenset({Role.OFFICER, Role.ADMINISTRATOR})
"""Who may let it become the roster."""

KEYS_AT_ONCE = 5_000
"""More changed people and bodies than this are not named to the database: all open reviews are read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """One uploaded file beside the roster as it stands: what it says, changes and touches.

    `difference` and `touched` are None and empty once the file was confirmed, rejected or erased.
    """

    stored: StoredImport
    difference: Difference | None
    touched: tuple[Touch, ...] = ()

    @property
    def import_id(self) -> str:
        """The id the upload got."""
        return self.stored.import_id

    @property
    def parsed(self) -> ParsedRoster | None:
        """What was read from the file, its problems included; None once erased."""
        return self.stored.parsed


def preview_import(
    engine: Engine,
    source: bytes,
    file_name: str,
    *,
    on: date,
    actor: Actor,
    limits: Limits | None = None,
) -> Preview:
    """Read a file, keep it, and show what it would change from the day `on`; the roster stays as it is.

    Raises WorkbookRefused for a file that is no readable spreadsheet; wrong cells are in the preview.
    """
    may(actor, "change_roster", MAY_PROPOSE)
    now = engine.now()
    today = now.astimezone(clock.ZONE).date()
    with engine.database.read() as connection:
        known = load_snapshot(connection, on)
    parsed = read_roster(source, file_name=file_name, today=today, known=known, limits=limits)
    import_id = f"import-{today:%Y%m%d}-{secrets.token_hex(4)}"
    with engine.database.write() as connection:
        save_preview(connection, import_id, parsed, effective_on=on, at=now, by=actor.id)
        return _preview(connection, load_import(connection, import_id))


def show_import(engine: Engine, import_id: str, *, actor: Actor) -> Preview:
    """An upload beside the roster as it stands now. Raises NoSuchImport."""
    may(actor, "change_roster", MAY_PROPOSE)
    with engine.database.read() as connection:
        return _preview(connection, load_import(connection, import_id))


def confirm_import(
    engine: Engine, import_id: str, *, actor: Actor, good_rows_only: bool = False, key: str | None = None
) -> Answer:
    """Let an upload become the roster: rows, the event with their digests and the state, all or nothing.

    With wrong cells it is refused unless only the good rows are asked for. While a campaign is open in the
    branch of what it changes, another person than the one who uploaded confirms; each review touched is told.
    A file that changes nothing is confirmed without an event for any review. Raises NoSuchImport,
    ImportDecided, RosterHasProblems, RosterWouldDangle, RosterMoved, or the Refusal.
    """
    may(actor, "change_roster", MAY_CONFIRM)
    with engine.database.read() as connection:
        on = load_import(connection, import_id).effective_on

    def beside(connection: Connection) -> Command:
        Log(connection).lock(["roster"])
        preview = _preview(connection, load_import(connection, import_id))
        if preview.difference is None or preview.parsed is None:
            raise ImportDecided(import_id, preview.stored.state)
        if not good_rows_only:
            preview.parsed.require_clean()
        if preview.stored.recorded_by == actor.id:
            _second_person(preview, actor, _campaigns(connection, preview.difference))
        now = engine.now()
        applied = apply_difference(connection, preview.difference, at=now, by=actor.id, source=import_id)
        decide_import(connection, import_id, CONFIRMED, at=now, by=actor.id)
        return RecordRosterChange(
            source=import_id,
            digests=tuple(digest for _, _, digest in applied.digests),
            closed=sum(not row.added for row in applied.rows),
            on=on,
            touched=tuple(dict.fromkeys((touch.review_id, touch.effect.value) for touch in preview.touched)),
        )

    asked = RecordRosterChange(source=import_id, digests=(), closed=0, on=on)
    return engine.handle(Request(command=asked, actor=actor, key=key), beside=beside)


def reject_import(engine: Engine, import_id: str, *, actor: Actor) -> None:
    """Turn an upload down; it stays as evidence. Raises NoSuchImport, ImportDecided."""
    may(actor, "change_roster", MAY_PROPOSE)
    with engine.database.write() as connection:
        decide_import(connection, import_id, REJECTED, at=engine.now(), by=actor.id)


def may(actor: Actor, trigger: str, by: frozenset[Role]) -> None:
    """Raise NotAllowed for a role that does not keep the roster."""
    if actor.role not in by:
        raise NotAllowed("roster", trigger, actor.role, actor.body, by, actor.body)


def _second_person(preview: Preview, actor: Actor, campaigns: tuple[str, ...]) -> None:
    if preview.touched:
        raise BadInput(
            "actor",
            actor.id,
            "là người đã tải tệp này lên; tệp chạm đến kỳ kiểm điểm đang mở nên người khác phải xác nhận.",
            "uploaded this file; it touches reviews of an open campaign, so somebody else confirms it.",
        )
    if campaigns:
        raise BadInput(
            "actor",
            actor.id,
            f"là người đã tải tệp này lên; nơi có thay đổi đang có đợt kiểm điểm mở ({', '.join(campaigns)}) "
            "nên người khác phải xác nhận.",
            f"uploaded this file; a campaign is open where it changes something ({', '.join(campaigns)}), so "
            "somebody else confirms it.",
        )


def _campaigns(connection: Connection, difference: Difference) -> tuple[str, ...]:
    """Open campaigns in the branch of any body or person the file changes."""
    named = {key for _, was, now in difference.records() for record in (was, now) for key in _named(record)}
    above = {
        record.superior_id
        for _, was, now in difference.records()
        for record in (was, now)
        if isinstance(record, OrganisationRecord) and record.superior_id
    }
    bodies: set[str] = set()
    keys = sorted(named)
    for start in range(0, len(keys), KEYS_AT_ONCE):
        bodies |= bodies_of(connection, keys[start : start + KEYS_AT_ONCE], difference.on)
    return campaigns_touching(connection, {*named, *above, *bodies}, difference.on)


def _preview(connection: Connection, stored: StoredImport) -> Preview:
    if stored.state != PREVIEWED or stored.parsed is None:
        return Preview(stored=stored, difference=None)
    old = snapshot_for(connection, stored.parsed, stored.effective_on)
    difference = compare(old, stored.parsed, on=stored.effective_on)
    return Preview(stored=stored, difference=difference, touched=_touched(connection, difference, old))


def _touched(connection: Connection, difference: Difference, old: Snapshot) -> tuple[Touch, ...]:
    if difference.is_empty:
        return ()
    campaigns = select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.stage == campaign_life.OPEN)
    chosen = select(REVIEWS.c.review, REVIEWS.c.subject, REVIEWS.c.organisation).where(
        REVIEWS.c.campaign.in_(campaigns)
    )
    named = {key for _, was, now in difference.records() for record in (was, now) for key in _named(record)}
    if len(named) <= KEYS_AT_ONCE:
        keys = sorted(named)
        chosen = chosen.where(
            or_(
                REVIEWS.c.subject.in_(keys),
                REVIEWS.c.organisation.in_(keys),
                REVIEWS.c.review.in_(select(SESSIONS.c.review).where(SESSIONS.c.venue.in_(keys))),
            )
        )
    rows = connection.execute(chosen.order_by(REVIEWS.c.review)).all()
    if not rows:
        return ()
    venues: dict[str, list[str]] = {}
    for review, venue in connection.execute(
        select(SESSIONS.c.review, SESSIONS.c.venue).where(SESSIONS.c.campaign.in_(campaigns))
    ):
        venues.setdefault(review, []).append(venue)
    reviews = (
        OpenReview(
            review_id=row.review,
            subject=row.subject,
            voting_body=row.organisation,
            venues=tuple(venues.get(row.review, ())),
        )
        for row in rows
    )
    return touched_reviews(difference, reviews, old)


def _named(record: Record | None) -> Iterator[str]:
    """The people and bodies a record speaks of."""
    match record:
        case None:
            return
        case PositionRecord() | MembershipRecord():
            yield record.person_id
            yield record.organisation_id
        case OrganisationRecord():
            yield record.organisation_id
        case _:
            yield record.key
