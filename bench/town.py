"""An invented base organisation of any size, written as an import is: rows and the event that covers them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from api.wiring import Service, build
from handlers.opening import open_campaign
from handlers.roster.apply import apply_difference
from handlers.roster.compare import Difference
from handlers.roster.records import (
    MembershipRecord,
    OrganisationRecord,
    PersonRecord,
    PositionRecord,
    Record,
)
from handlers.roster.snapshot import KINDS
from handlers.roster.vocabulary import OrganisationType, PartyStatus, Post
from states.roles import Role
from workflow import clock
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.campaign import PlanCampaign, RecordRosterChange

BASE = "DB01"
CAMPAIGN = "2016"
FOUNDED = date(1998, 2, 3)
LOADED = date(2016, 12, 1)
OFFICER = Actor(id="BTC-01", role=Role.OFFICER, body=BASE)


class SetClock:
    """A clock that stands in January 2017 and moves on a millisecond at each look."""

    def __init__(self) -> None:
        self._now = datetime(2017, 1, 25, 8, tzinfo=clock.ZONE)

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now


def cell_name(number: int) -> str:
    """The code of a cell, numbered from 0."""
    return f"CB{number:04}"


def member_name(cell: int, number: int) -> str:
    """The id of a member of a cell; 0 is its head, 1 its deputy."""
    return f"{cell:04}{number:03}"


def write_town(service: Service, *, cells: int, members: int) -> None:
    """The roster of a base organisation with so many cells of so many members each."""
    new: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    new["organisation"].append(_body(BASE, OrganisationType("dang_bo_co_so"), None))
    for cell in range(cells):
        code = cell_name(cell)
        new["organisation"].append(_body(code, OrganisationType("chi_bo_truc_thuoc"), BASE))
        for number in range(members):
            person = member_name(cell, number)
            new["person"].append(
                PersonRecord(
                    person_id=person,
                    name=f"Đảng viên {person}",
                    status=PartyStatus("official"),
                    admitted_on=date(2005, 2, 3),
                    official_on=date(2006, 2, 3),
                    is_staff=True,
                )
            )
            new["membership"].append(MembershipRecord(person_id=person, organisation_id=code))
            if number < 2:
                post = Post("head" if number == 0 else "deputy")
                new["position"].append(
                    PositionRecord(person_id=person, organisation_id=code, post=post, held_from=FOUNDED)
                )
    difference = Difference(
        on=LOADED,
        new={kind: tuple(records) for kind, records in new.items()},
        changed=dict.fromkeys(KINDS, ()),
        gone=dict.fromkeys(KINDS, ()),
        unchanged=dict.fromkeys(KINDS, 0),
    )

    def beside(connection: Connection) -> Command:
        applied = apply_difference(
            connection, difference, at=service.engine.now(), by=OFFICER.id, source="bench"
        )
        digests = tuple(digest for _, _, digest in applied.digests)
        return RecordRosterChange(source="bench", digests=digests, closed=0, on=LOADED)

    asked = RecordRosterChange(source="bench", digests=(), closed=0, on=LOADED)
    service.engine.handle(Request(command=asked, actor=OFFICER), beside=beside)


def _body(code: str, kind: OrganisationType, superior: str | None) -> OrganisationRecord:
    return OrganisationRecord(
        organisation_id=code,
        name=f"Tổ chức {code}",
        type=kind,
        superior_id=superior,
        founded_on=FOUNDED,
        has_committee=True,
        is_joint=False,
    )


def plan(service: Service) -> None:
    """The campaign is planned under DUK-2016."""
    command = PlanCampaign(
        campaign=CAMPAIGN,
        year=2016,
        rulebook="duk_2016",
        organisation=BASE,
        superior="KHOI",
        roster_day=date(2016, 12, 16),
    )
    service.engine.handle(Request(command=command, actor=OFFICER))


def opened(url: str, *, cells: int, members: int) -> Service:
    """A service on a new database with the town's campaign open."""
    service = build(url, now=SetClock())
    write_town(service, cells=cells, members=members)
    plan(service)
    open_campaign(service.engine, OFFICER, CAMPAIGN)
    return service
