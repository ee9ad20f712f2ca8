"""The roster as one set of records: what an import is compared with, and what a file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.roster.records import (
    MembershipRecord,
    OrganisationRecord,
    PersonRecord,
    PositionRecord,
    Record,
)

KINDS = ("organisation", "person", "membership", "position")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Records of the four kinds by their natural id."""

    organisations: Mapping[str, OrganisationRecord] = field(default_factory=dict)
    people: Mapping[str, PersonRecord] = field(default_factory=dict)
    memberships: Mapping[str, MembershipRecord] = field(default_factory=dict)
    positions: Mapping[str, PositionRecord] = field(default_factory=dict)

    def of_kind(self, kind: str) -> Mapping[str, Record]:
        """The records of one kind of `KINDS`."""
        match kind:
            case "organisation":
                return self.organisations
            case "person":
                return self.people
            case "membership":
                return self.memberships
            case "position":
                return self.positions
            case _:
                raise AssertionError(kind)
