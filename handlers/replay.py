"""Replaying a review: every event, the stage after it, and each stored finding beside the recomputed one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from workflow import codec, kept_rulebooks
from workflow.errors import NotFound
from workflow.event import Event
from workflow.event_hash import findings_digest
from workflow.log import Log, Stored
from workflow.refusals import Refused, refusals_of
from workflow.review import Review, apply
from workflow.rules.finding import Finding
from workflow.rules.finding_codec import findings_from_bytes, software_of
from workflow.rules.judge import recompute
from workflow.rules.rulebook import Rulebook
from workflow.tables import FINDINGS


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejudged:
    """A stored finding and what judging it again from its own operands gives today."""

    stored: Finding
    again: Finding

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.stored == self.again


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """One event of a replay with the review as it stood `after` it, which nobody may change.

    `software` is the version that judged its findings and `rulebook` the one they were judged by, empty and
    None where no rule was judged. `covered`: the findings are those whose digest the event holds.
    """

    stored: Stored
    event: Event
    after: Review
    findings: tuple[Rejudged, ...]
    software: str = ""
    rulebook: Rulebook | None = None
    covered: bool = True

    @property
    def stage(self) -> str:
        """The stage it led to."""
        return self.after.stage

    @property
    def level(self) -> str | None:
        """The level that counted from then on."""
        return self.after.level

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that were open then."""
        return tuple(self.after.flags)


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """The whole history of a review, with the refused commands that were about it."""

    review: Review
    frames: tuple[Frame, ...]
    refused: tuple[Refused, ...]

    @property
    def differs(self) -> tuple[tuple[int, Rejudged], ...]:
        """Findings that do not come out the same, by version."""
        return tuple(
            (frame.stored.version, finding)
            for frame in self.frames
            for finding in frame.findings
            if not finding.agrees
        )

    @property
    def judged(self) -> int:
        """How many findings were judged again."""
        return sum(len(frame.findings) for frame in self.frames)

    def refused_before(self, version: int) -> tuple[Refused, ...]:
        """The commands refused after the event before this one, this one's own moment included.

        With the number after the last event: those refused since.
        """
        ends = [frame.stored.recorded_at for frame in self.frames]
        after = ends[version - 2] if version > 1 else None
        until = ends[version - 1] if version <= len(ends) else None
        return tuple(
            one
            for one in self.refused
            if (after is None or one.recorded_at > after) and (until is None or one.recorded_at <= until)
        )

    def at(self, when: datetime) -> Frame | None:
        """The last frame recorded at or before an instant."""
        past = [frame for frame in self.frames if frame.stored.recorded_at <= when]
        return past[-1] if past else None


def replay(connection: Connection, review_id: str) -> Replay:
    """The review's history from its log alone. NotFound for a review the log does not have."""
    log = Log(connection)
    stream = f"review/{review_id}"
    stored = log.read([stream])[stream]
    if not stored:
        raise NotFound("review", review_id)
    review = Review(id=review_id)
    kept = _kept(connection, stream)
    frames = []
    rulebooks: dict[str, Rulebook] = {}
    for one in stored:
        event = codec.decode(one.name, one.schema_version, one.data)
        apply(review, event)
        salt, body = kept.get(one.version, (b"", b""))
        findings, software = _findings(connection, one, body, rulebooks)
        frames.append(
            Frame(
                stored=one,
                event=event,
                after=review.copy(),
                findings=findings,
                software=software,
                rulebook=rulebooks.get(one.rulebook_hash) if findings else None,
                covered=one.findings_digest in (None, findings_digest(salt, body).hex()),
            )
        )
    refused = tuple(refusals_of(connection, [stream]))
    return Replay(review=review, frames=tuple(frames), refused=refused)


def rulebook_of(connection: Connection, rulebook_hash: str) -> Rulebook:
    """The rulebook kept under a hash. LookupError where the database has lost it."""
    kept = kept_rulebooks.body_of(connection, rulebook_hash)
    if kept is None:
        raise LookupError(f"the rulebook {rulebook_hash} is not in the database")
    return Rulebook.from_bytes(kept)


def _kept(connection: Connection, stream: str) -> dict[int, tuple[bytes, bytes]]:
    """Salt and findings by the number of their event, in one statement."""
    rows = connection.execute(
        select(FINDINGS.c.version, FINDINGS.c.salt, FINDINGS.c.body).where(FINDINGS.c.stream == stream)
    )
    return {version: (bytes(salt), body.encode()) for version, salt, body in rows}


def _findings(
    connection: Connection, stored: Stored, body: bytes, rulebooks: dict[str, Rulebook]
) -> tuple[tuple[Rejudged, ...], str]:
    """The findings of an event judged again, and the version of the software that judged them first."""
    if not stored.findings_digest or not body:
        return (), ""
    if stored.rulebook_hash not in rulebooks:
        rulebooks[stored.rulebook_hash] = rulebook_of(connection, stored.rulebook_hash)
    rulebook = rulebooks[stored.rulebook_hash]
    judged = tuple(
        Rejudged(stored=finding, again=recompute(finding, rulebook)) for finding in findings_from_bytes(body)
    )
    return judged, software_of(body)
