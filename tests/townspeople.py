"""The bodies and people of the town, how they come into the roster, and who acts for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from sqlalchemy import Connection

from api.demo.season import SetClock
from handlers.gather import FactsFromTables
from handlers.registry import react
from handlers.roster.apply import apply_difference
from handlers.roster.compare import Difference
from handlers.roster.records import (
    MembershipRecord,
    OrganisationRecord,
    PersonRecord,
    PositionRecord,
    Record,
)
from handlers.roster.vocabulary import OrganisationType, PartyStatus, Post
from states.roles import Role
from tests.builders import (
    BASE,
    FIRST,
    NAMES,
    OFFICER,
    ROSTER,
    SECOND,
)
from workflow.answer import Answer
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.campaign import RecordRosterChange
from workflow.database import Database
from workflow.engine import Engine
from workflow.gathering import Gather
from workflow.log import Log

BODIES = {BASE: "Đảng bộ Công ty Hoa Sen", FIRST: "Chi bộ 1", SECOND: "Chi bộ 2"}


@dataclass
class Townspeople:
    """A base with two cells on one database. The first three people of a cell lead it."""

    database: Database
    now: SetClock
    engine: Engine
    cells: dict[str, int]

    @classmethod
    def on(
        cls,
        database: Database,
        *,
        first: int = 7,
        second: int = 5,
        gather: Gather | None = None,
    ) -> Self:
        """A town nobody has entered into the roster yet."""
        now = SetClock()
        facts = gather or FactsFromTables()
        engine = Engine(database, gather=facts, react=react, now=now)
        return cls(database, now, engine, {FIRST: first, SECOND: second})

    # --- the roster -------------------------------------------------------------------------------

    def enter_roster(
        self,
        *,
        statuses: Mapping[str, PartyStatus] = {},
        admitted: Mapping[str, date] = {},
        founded: Mapping[str, date] = {},
        base_committee: bool = False,
    ) -> None:
        """Base, cells, people and posts become the roster, as an import writes them."""
        self.now.put(ROSTER)
        bodies = [
            OrganisationRecord(
                organisation_id=BASE,
                name=BODIES[BASE],
                type=OrganisationType.DANG_BO_CO_SO,
                founded_on=date(1990, 2, 3),
                has_committee=base_committee,
            )
        ]
        bodies += [
            OrganisationRecord(
                organisation_id=cell,
                name=BODIES[cell],
                type=OrganisationType.CHI_BO_TRUC_THUOC,
                superior_id=BASE,
                founded_on=founded.get(cell, date(1995, 5, 19)),
                has_committee=True,
            )
            for cell in self.cells
        ]
        people = [
            PersonRecord(
                person_id=person,
                name=NAMES[number % len(NAMES)],
                status=statuses.get(person, PartyStatus.OFFICIAL),
                admitted_on=admitted.get(person, date(2005, 6, 1)),
                is_staff=False,
            )
            for cell in self.cells
            for number, person in enumerate(self.people(cell))
        ]
        memberships = [
            MembershipRecord(person_id=person, organisation_id=cell)
            for cell in self.cells
            for person in self.people(cell)
        ]
        posts = [
            PositionRecord(person_id=person, organisation_id=cell, post=post, held_from=date(2015, 4, 1))
            for cell in self.cells
            for person, post in zip(
                self.people(cell), (Post.HEAD, Post.DEPUTY, Post.COMMITTEE_MEMBER), strict=False
            )
        ]
        if base_committee:
            chosen = zip(
                (self.people(FIRST)[0], self.people(SECOND)[0], self.people(FIRST)[1]),
                (Post.HEAD, Post.DEPUTY, Post.COMMITTEE_MEMBER),
                strict=True,
            )
            posts += [
                PositionRecord(person_id=p, organisation_id=BASE, post=post, held_from=date(2015, 4, 1))
                for p, post in chosen
            ]
        self.change_roster(
            ROSTER,
            new={"organisation": bodies, "person": people, "membership": memberships, "position": posts},
        )

    def change_roster(
        self,
        on: date,
        *,
        new: Mapping[str, Iterable[Record]],
        touched: tuple[tuple[str, str], ...] = (),
    ) -> Answer:
        """Rows join the roster from a day, with the event that covers them."""
        kinds = ("organisation", "person", "membership", "position")
        difference = Difference(
            on=on,
            new={kind: tuple(new.get(kind, ())) for kind in kinds},
            changed=dict.fromkeys(kinds, ()),
            gone=dict.fromkeys(kinds, ()),
            unchanged=dict.fromkeys(kinds, 0),
        )
        asked_for = RecordRosterChange(
            source=f"import-{on:%Y%m%d}", digests=(), closed=0, on=on, touched=touched
        )

        def beside(connection: Connection) -> Command:
            Log(connection).lock(["roster"])
            applied = apply_difference(
                connection, difference, at=self.engine.now(), by=OFFICER.id, source=asked_for.source
            )
            return replace(asked_for, digests=tuple(digest for _, _, digest in applied.digests))

        return self.engine.handle(Request(command=asked_for, actor=OFFICER), beside=beside)

    def people(self, cell: str) -> list[str]:
        """The people of a cell: head, deputy, committee member, then the others."""
        number = int(cell[-2:])
        return [f"{number:02d}{n:02d}" for n in range(1, self.cells[cell] + 1)]

    def head(self, cell: str) -> str:
        """The secretary of a cell."""
        return self.people(cell)[0]

    def deputy(self, cell: str) -> str:
        """The deputy secretary of a cell."""
        return self.people(cell)[1]

    def secretary(self, cell: str) -> Actor:
        """The secretary, entering for the cell."""
        return Actor(id=self.head(cell) if cell in self.cells else "VP-01", role=Role.SECRETARY, body=cell)

    def counter(self, cell: str) -> Actor:
        """A member of the counting team, another person than the secretary."""
        return Actor(id=self.people(cell)[2], role=Role.COUNTING_TEAM, body=cell)
