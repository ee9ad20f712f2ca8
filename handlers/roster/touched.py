"""Says which open or approved reviews a change of the roster touches, and how, before it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from handlers.roster.compare import Difference, after
from handlers.roster.records import MembershipRecord, OrganisationRecord, PersonRecord, PositionRecord, Record
from handlers.roster.snapshot import Snapshot
from handlers.roster.vocabulary import MembershipKind, PartyStatus, Post


class Effect(StrEnum):
    """How a review is touched."""

    MOVED = "moved"
    RE_SCOPED = "re_scoped"
    VOTERS_CHANGED = "voters_changed"
    HEAD_CHANGED = "head_changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenReview:
    """What is needed of a review: its subject (a person or a body), the body whose members vote on it, and
    every body it is taken at.
    """

    review_id: str
    subject: str
    voting_body: str
    venues: tuple[str, ...] = ()

    @property
    def bodies(self) -> frozenset[str]:
        """Every body the review has to do with, its subject included when that is a body."""
        return frozenset({self.subject, self.voting_body, *self.venues})


@dataclass(frozen=True, slots=True)
class Touch:
    """One review, how it is touched, and the record that does it: kind and natural id."""

    review_id: str
    effect: Effect
    kind: str
    key: str


def touched_reviews(
    difference: Difference, reviews: Iterable[OpenReview], old: Snapshot
) -> tuple[Touch, ...]:
    """Which reviews a difference touches, each effect named once per review and record, in the order of
    reviews.

    A review is `moved` when its person changes cell or union; `re_scoped` when the person's standing, kind
    of staff, group, posts or temporary cell change, or its body changes kind, superior or committee, or
    person or body is gone; `voters_changed` when the official members of the body that votes change;
    `head_changed` when the head of a body it is taken at does.
    """
    by_subject: dict[str, list[tuple[Effect, str, str]]] = {}
    by_voters: dict[str, list[tuple[str, str]]] = {}
    by_head: dict[str, list[tuple[str, str]]] = {}
    for kind, was, now in difference.records():
        record = was or now
        assert record is not None
        for subject, effect in _on_subjects(was, now):
            by_subject.setdefault(subject, []).append((effect, kind, record.key))
        for body in _heads(was, now):
            by_head.setdefault(body, []).append((kind, record.key))
    for body, person in _voters(difference, old):
        by_voters.setdefault(body, []).append(("person", person))
    found: dict[Touch, None] = {}
    for review in reviews:
        for effect, kind, key in by_subject.get(review.subject, ()):
            found[Touch(review.review_id, effect, kind, key)] = None
        for kind, key in by_voters.get(review.voting_body, ()):
            found[Touch(review.review_id, Effect.VOTERS_CHANGED, kind, key)] = None
        for body in sorted(review.bodies):
            for kind, key in by_head.get(body, ()):
                found[Touch(review.review_id, Effect.HEAD_CHANGED, kind, key)] = None
    return tuple(found)


def _on_subjects(was: Record | None, now: Record | None) -> Iterator[tuple[str, Effect]]:
    match was, now:
        case PersonRecord() as old, PersonRecord() as new:
            if _standing(old) != _standing(new):
                yield old.person_id, Effect.RE_SCOPED
        case PersonRecord() as old, None:
            yield old.person_id, Effect.RE_SCOPED
        case (MembershipRecord(kind=MembershipKind.TEMPORARY) as held, _) | (
            None,
            MembershipRecord(kind=MembershipKind.TEMPORARY) as held,
        ):
            yield held.person_id, Effect.RE_SCOPED
        case MembershipRecord() as old, MembershipRecord() as new:
            if old.organisation_id != new.organisation_id:
                yield old.person_id, Effect.MOVED
            elif old.group_id != new.group_id:
                yield old.person_id, Effect.RE_SCOPED
        case OrganisationRecord() as old, OrganisationRecord() as new:
            if old != new and _scope(old) != _scope(new):
                yield old.organisation_id, Effect.RE_SCOPED
        case OrganisationRecord() as old, None:
            yield old.organisation_id, Effect.RE_SCOPED
        case (PositionRecord() as held, _) | (None, PositionRecord() as held):
            yield held.person_id, Effect.RE_SCOPED


def _standing(record: PersonRecord) -> tuple[object, ...]:
    return record.status, record.is_staff, record.admitted_on, record.staff_kind, record.direct_contact


def _scope(record: OrganisationRecord) -> tuple[object, ...]:
    return record.type, record.superior_id, record.has_committee, record.is_joint, record.founded_on


def _heads(was: Record | None, now: Record | None) -> Iterator[str]:
    for record in (was, now):
        if isinstance(record, PositionRecord) and record.post is Post.HEAD:
            yield record.organisation_id


def _voters(difference: Difference, old: Snapshot) -> Iterator[tuple[str, str]]:
    """(body, person) for each official member a cell's roll gains or loses."""
    new = after(old, difference)
    concerned: dict[str, None] = {}
    for _, was, now in difference.records():
        record = was or now
        if isinstance(record, PersonRecord | MembershipRecord):
            concerned[record.person_id] = None
    for key in concerned:
        before, now_on = _roll(key, old), _roll(key, new)
        if before != now_on:
            yield from ((body, key) for body in (before, now_on) if body is not None)


def _roll(key: str, roster: Snapshot) -> str | None:
    """The cell on whose roll of official members a person stands."""
    person, membership = roster.people.get(key), roster.memberships.get(key)
    if person is None or membership is None or person.status is not PartyStatus.OFFICIAL:
        return None
    return membership.organisation_id
