"""Replaying a review: every event, the stage after it, and each stored finding beside the recomputed one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from workflow import codec, kept_rulebooks
from workflow.errors import NotFound
from workflow.event import Event
from workflow.log import Log, Stored
from workflow.refusals import Refused, refusals_of
from workflow.review import Review, apply
from workflow.rules.finding import Finding
from workflow.rules.finding_codec import findings_from_bytes, software_of
from workflow.rules.judge import recompute
from workflow.rules.rulebook import Rulebook


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
    """One event of a replay with the review as it stood after it.

    `software` is the version that judged its findings, empty where no rule was judged.
    """

    stored: Stored
    event: Event
    stage: str
    level: str | None
    flags: tuple[str, ...]
    findings: tuple[Rejudged, ...]
    software: str = ""


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
    frames = []
    rulebooks: dict[str, Rulebook] = {}
    for one in stored:
        event = codec.decode(one.name, one.schema_version, one.data)
        apply(review, event)
        findings, software = _findings(connection, log, one, rulebooks)
        frames.append(
            Frame(
                stored=one,
                event=event,
                stage=review.stage,
                level=review.level,
                flags=tuple(review.flags),
                findings=findings,
                software=software,
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


def _findings(
    connection: Connection, log: Log, stored: Stored, rulebooks: dict[str, Rulebook]
) -> tuple[tuple[Rejudged, ...], str]:
    """The findings of an event judged again, and the version of the software that judged them first."""
    body = log.findings_of(stored.stream, stored.version) if stored.findings_digest else None
    if body is None:
        return (), ""
    if stored.rulebook_hash not in rulebooks:
        rulebooks[stored.rulebook_hash] = rulebook_of(connection, stored.rulebook_hash)
    rulebook = rulebooks[stored.rulebook_hash]
    judged = tuple(
        Rejudged(stored=finding, again=recompute(finding, rulebook)) for finding in findings_from_bytes(body)
    )
    return judged, software_of(body)
