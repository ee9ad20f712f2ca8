"""Rows on their way to becoming records: what could be read of them so far, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.roster.records import MembershipRecord, OrganisationRecord, PersonRecord, PositionRecord
from handlers.roster.rows import Entry, EntryList
from handlers.roster.snapshot import Snapshot
from handlers.roster.vocabulary import MembershipKind, OrganisationType, PartyStatus, Post, StaffKind


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
    """A person with the rolls he stands on; `lines` and `entry` are None when known from the roster."""

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
    temporary_cell_id: str | None
    union_id: str | None
    staff_kind: StaffKind | None
    direct_contact: bool | None

    @classmethod
    def known(cls, key: str, roster: Snapshot) -> PersonDraft:
        """A person the roster already has."""
        record, membership = roster.people[key], roster.memberships.get(key)
        elsewhere = roster.memberships.get(f"{key}/{MembershipKind.TEMPORARY.value}")
        union = roster.memberships.get(f"{key}/{MembershipKind.UNION.value}")
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
            elsewhere.organisation_id if elsewhere else None,
            union.organisation_id if union else None,
            record.staff_kind,
            record.direct_contact,
        )

    def record(self) -> PersonRecord:
        """The finished person; only asked of rows without problems."""
        assert self.name is not None
        return PersonRecord(
            person_id=self.person_id,
            name=self.name,
            status=self.status,
            card_number=self.card_number,
            birth_date=self.birth_date,
            admitted_on=self.admitted_on,
            official_on=self.official_on,
            is_staff=self.is_staff,
            staff_kind=self.staff_kind,
            direct_contact=self.direct_contact,
        )

    def memberships(self) -> tuple[MembershipRecord, ...]:
        """The finished memberships, at least one; only asked of rows without problems.

        `joined_on` is told of the cell; of the union where the person is in no cell.
        """
        found: list[MembershipRecord] = []
        if self.cell_id is not None:
            found.append(
                MembershipRecord(
                    person_id=self.person_id,
                    organisation_id=self.cell_id,
                    group_id=self.group_id,
                    joined_on=self.joined_on,
                )
            )
        for body, kind in (
            (self.temporary_cell_id, MembershipKind.TEMPORARY),
            (self.union_id, MembershipKind.UNION),
        ):
            if body is not None:
                alone = kind is MembershipKind.UNION and self.cell_id is None
                joined = self.joined_on if alone else None
                found.append(
                    MembershipRecord(
                        person_id=self.person_id, organisation_id=body, joined_on=joined, kind=kind
                    )
                )
        assert found, "a person is on a roll"
        return tuple(found)


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
