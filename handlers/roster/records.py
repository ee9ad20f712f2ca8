"""What the roster says of one body, one person, one membership and one post, without when it was recorded."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, ClassVar, Self

from sqlalchemy import RowMapping

from handlers.roster.vocabulary import MembershipKind, OrganisationType, PartyStatus, Post, StaffKind

SALT_BYTES = 32

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

Values = Mapping[str, Any] | RowMapping
"""Fields by name: as JSON, or as a database row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record(ABC):
    """What all records share: a natural id, plain values for storing, and the fields that are facts of all
    time.
    """

    # Changing one of these corrects what was typed; changing any other is a change from a day on.
    TIMELESS: ClassVar[frozenset[str]] = frozenset()

    @property
    @abstractmethod
    def key(self) -> str:
        """The natural id, unique among the records of its kind."""

    def values(self) -> dict[str, Any]:
        """The fields by name, with enumerations as their text and days as `date`."""
        kind: Any = type(self)
        return {name: _plain(getattr(self, name)) for name in _names(kind)}

    def as_json(self) -> dict[str, Any]:
        """The fields by name as JSON values; days as yyyy-mm-dd."""
        return {name: _json(value) for name, value in self.values().items()}

    @classmethod
    @abstractmethod
    def of(cls, values: Values) -> Self:
        """A record from values as stored or as JSON."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationRecord(Record):
    """A body of the tree. None means not known; `superior_id` None means the top."""

    TIMELESS: ClassVar[frozenset[str]] = frozenset({"founded_on"})

    organisation_id: str
    name: str
    type: OrganisationType
    superior_id: str | None = None
    founded_on: date | None = None
    has_committee: bool | None = None
    is_joint: bool | None = None

    @property
    def key(self) -> str:
        return self.organisation_id

    @classmethod
    def of(cls, values: Values) -> OrganisationRecord:
        return cls(
            organisation_id=values["organisation_id"],
            name=values["name"],
            type=OrganisationType(values["type"]),
            superior_id=values["superior_id"],
            founded_on=as_date(values["founded_on"]),
            has_committee=values["has_committee"],
            is_joint=values["is_joint"],
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRecord(Record):
    """A person, wherever he takes part. None means not known; who is in a union may be no Party member."""

    TIMELESS: ClassVar[frozenset[str]] = frozenset(
        {"name", "birth_date", "card_number", "admitted_on", "official_on"}
    )

    person_id: str
    name: str
    status: PartyStatus | None = None
    card_number: str | None = None
    birth_date: date | None = None
    admitted_on: date | None = None
    official_on: date | None = None
    is_staff: bool | None = None
    staff_kind: StaffKind | None = None
    direct_contact: bool | None = None

    @property
    def key(self) -> str:
        return self.person_id

    @classmethod
    def of(cls, values: Values) -> PersonRecord:
        return cls(
            person_id=values["person_id"],
            name=values["name"],
            status=PartyStatus(values["status"]) if values["status"] else None,
            card_number=values["card_number"],
            birth_date=as_date(values["birth_date"]),
            admitted_on=as_date(values["admitted_on"]),
            official_on=as_date(values["official_on"]),
            is_staff=values["is_staff"],
            staff_kind=StaffKind(values["staff_kind"]) if values["staff_kind"] else None,
            direct_contact=values["direct_contact"],
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class MembershipRecord(Record):
    """On which roll a person stands: a Party cell, and there a Party group, or a union.

    A person has at most one membership of each kind at a time: the cell of his official registration, one
    where he takes part for a time, and a union. `joined_on` as the file says, if it does.
    """

    TIMELESS: ClassVar[frozenset[str]] = frozenset()

    person_id: str
    organisation_id: str
    group_id: str | None = None
    joined_on: date | None = None
    kind: MembershipKind = MembershipKind.OFFICIAL

    @property
    def key(self) -> str:
        if self.kind is MembershipKind.OFFICIAL:
            return self.person_id
        return f"{self.person_id}/{self.kind.value}"

    @classmethod
    def of(cls, values: Values) -> MembershipRecord:
        return cls(
            person_id=values["person_id"],
            organisation_id=values["organisation_id"],
            group_id=values["group_id"],
            joined_on=as_date(values["joined_on"]),
            kind=MembershipKind(values["kind"]),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PositionRecord(Record):
    """A post a person holds in a body. `held_from` and `held_to` are both days the post is held
    (inclusive).
    """

    TIMELESS: ClassVar[frozenset[str]] = frozenset()

    person_id: str
    organisation_id: str
    post: Post
    held_from: date | None = None
    held_to: date | None = None
    title: str | None = None

    @property
    def key(self) -> str:
        return f"{self.holding}/{self.held_from.isoformat() if self.held_from else '-'}"

    @property
    def holding(self) -> str:
        """Who holds what where, whichever time it is."""
        return f"{self.person_id}/{self.organisation_id}/{self.post.value}"

    @classmethod
    def of(cls, values: Values) -> PositionRecord:
        return cls(
            person_id=values["person_id"],
            organisation_id=values["organisation_id"],
            post=Post(values["post"]),
            held_from=as_date(values["held_from"]),
            held_to=as_date(values["held_to"]),
            title=values["title"],
        )


def digest_of(kind: str, record: Record, valid_from: date, valid_to: date | None, salt: bytes) -> bytes:
    """SHA-256 (32 bytes) of the salt and the canonical JSON of what a roster row says (sorted keys, UTF-8, no
    blanks).

    The content is the kind of row, the record's key and fields, and the days it is valid (`valid_to`
    exclusive). The salt keeps anyone from guessing a name by trying names against the digest; without it
    the digest says nothing.
    """
    assert len(salt) == SALT_BYTES
    content = {
        "kind": kind,
        "key": record.key,
        "record": record.as_json(),
        "valid_from": valid_from.isoformat(),
        "valid_to": _json(valid_to),
    }
    return sha256(salt + _CANONICAL.encode(content).encode()).digest()


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_date(value: Any) -> date | None:
    """A day as JSON and SQLite write it, or as it comes; ValueError for text that is none."""
    return date.fromisoformat(value) if isinstance(value, str) else value
