"""Rows on their way to becoming records: what could be read of them so far, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.roster.records import MembershipRecord, OrganisationRecord, PersonRecord, PositionRecord
from handlers.roster.rows import Entry, EntryList
from handlers.roster.snapshot import Snapshot
from handlers.roster.vocabulary import OrganisationType, PartyStatus, Post


@dataclass(slots=True)
class OrganisationDraft:
    """A body; `lines` and `entry` are None when it is known from the roster rather than from the file."""

    lines: EntryList | None
    entry: Entry | None
    organisation_id: str
    name: str | None
    type: OrganisationType | None
    superior_text: str | None
    superior_id: str | None
    founded_on: date | None
    has_committee: bool | None
    is_joint: bool | None

    @classmethod
    def known(cls, record: OrganisationRecord) -> OrganisationDraft:
        """A body the roster already has."""
        return cls(
            None,
            None,
            record.organisation_id,
            record.name,
            record.type,
            record.superior_id,
            record.superior_id,
            record.founded_on,
            record.has_committee,
            record.is_joint,
        )

    def record(self) -> OrganisationRecord:
        """The finished record; only asked of rows without problems."""
        assert self.name is not None
        assert self.type is not None
        return OrganisationRecord(
            organisation_id=self.organisation_id,
            name=self.name,
            type=self.type,
            superior_id=self.superior_id,
            founded_on=self.founded_on,
            has_committee=self.has_committee,
            is_joint=self.is_joint,
        )


@dataclass(slots=True)
class PersonDraft:
    """A person with the cell and group; `lines` and `entry` are None when known from the roster."""

    lines: EntryList | None
    entry: Entry | None
    person_id: str
    name: str | None
    card_number: str | None
    birth_date: date | None
    cell_id: str | None
    group_id: str | None
    joined_on: date | None
    status: PartyStatus | None
    admitted_on: date | None
    official_on: date | None
    is_staff: bool | None

    @classmethod
    def known(cls, key: str, roster: Snapshot) -> PersonDraft:
        """A person the roster already has."""
        record, membership = roster.people[key], roster.memberships.get(key)
        return cls(
            None,
            None,
            key,
            record.name,
            record.card_number,
            record.birth_date,
            membership.organisation_id if membership else None,
            membership.group_id if membership else None,
            membership.joined_on if membership else None,
            record.status,
            record.admitted_on,
            record.official_on,
            record.is_staff,
        )

    def record(self) -> PersonRecord:
        """The finished person; only asked of rows without problems."""
        assert self.name is not None
        assert self.status is not None
        return PersonRecord(
            person_id=self.person_id,
            name=self.name,
            status=self.status,
            card_number=self.card_number,
            birth_date=self.birth_date,
            admitted_on=self.admitted_on,
            official_on=self.official_on,
            is_staff=self.is_staff,
        )

    def membership(self) -> MembershipRecord:
        """The finished membership; only asked of rows without problems."""
        assert self.cell_id is not None
        return MembershipRecord(
            person_id=self.person_id,
            organisation_id=self.cell_id,
            group_id=self.group_id,
            joined_on=self.joined_on,
        )


@dataclass(slots=True)
class PositionDraft:
    """A post held; always from the file."""

    lines: EntryList
    entry: Entry
    person_id: str | None
    organisation_id: str | None
    organisation_name: str
    post: Post | None
    held_from: date | None
    held_to: date | None
    title: str | None

    def record(self) -> PositionRecord:
        """The finished record; only asked of rows without problems."""
        assert self.person_id is not None
        assert self.organisation_id is not None
        assert self.post is not None
        return PositionRecord(
            person_id=self.person_id,
            organisation_id=self.organisation_id,
            post=self.post,
            held_from=self.held_from,
            held_to=self.held_to,
            title=self.title,
        )

    def overlaps(self, other: PositionDraft) -> bool:
        """Whether both are held on some same day; an open end counts as without limit."""
        starts = max(self.held_from or date.min, other.held_from or date.min)
        ends = min(self.held_to or date.max, other.held_to or date.max)
        return starts <= ends
