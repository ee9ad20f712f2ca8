"""A board over a tree of three levels, whose counters a test sets as it likes, and the rows it then shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from sqlalchemy import delete, insert
from starlette.requests import Request

from api.board_filter import Wanted
from api.pages.board_page import Board, read_board
from api.pages.campaigns import campaign_of
from api.pages.visits import Visit
from api.wiring import Service
from handlers.opening import open_campaign
from handlers.roster.records import OrganisationRecord, PersonRecord, PositionRecord
from handlers.roster.vocabulary import OrganisationType, PartyStatus, Post
from handlers.season.remembered import settled_before
from handlers.tables import PROGRESS
from tests.builders import BASE, CAMPAIGN, OFFICER, ROSTER
from tests.town import Town
from workflow.clock import ZONE
from workflow.commands.asking import Actor

BRANCHES = ("KA", "KB")
"""Two Party committees of sections below the base."""

CELLS = tuple(f"{branch}{number:02}" for branch in BRANCHES for number in range(1, 7))
"""Six cells below each; the town's own two stand below the base itself."""

SECRETARIES = {"KA01": "Đặng Thị Phượng", "KA02": "Lê Văn Phương", "KB01": "Trần Thị Ứng"}

Review = tuple[str, str, str]
"""Organisation, stage and level of one person's review."""


@dataclass
class Planted:
    """A town with such a board. `reviews` are those it was last given."""

    town: Town
    reviews: list[Review] = field(default_factory=list)

    @property
    def service(self) -> Service:
        """The service on the town's database, made anew as after a restart."""
        return Service(self.town.database, self.town.engine)

    def give(self, reviews: Iterable[Review]) -> None:
        """Let these be all the reviews of people that are counted."""
        self.reviews = list(reviews)
        rows = [
            {
                "campaign": CAMPAIGN,
                "organisation": organisation,
                "kind": "individual",
                "stage": stage,
                "level": level,
                "reviews": count,
            }
            for (organisation, stage, level), count in Counter(self.reviews).items()
        ]
        with self.town.database.write() as connection:
            connection.execute(delete(PROGRESS).where(PROGRESS.c.kind == "individual"))
            if rows:
                connection.execute(insert(PROGRESS), rows)

    def board(
        self, wanted: Wanted | None = None, actor: Actor = OFFICER, service: Service | None = None
    ) -> Board:
        """The board as this actor sees it."""
        visit = self.visit(actor, service)
        settled = settled_before(self.town.database)
        with self.town.database.read() as connection:
            campaign, rulebook = campaign_of(connection, visit.service, CAMPAIGN)
            return read_board(connection, visit, campaign, rulebook, wanted or Wanted(), settled)

    def visit(self, actor: Actor = OFFICER, service: Service | None = None) -> Visit:
        """A look at a page by this actor."""
        return Visit(
            request=cast(Request, None),
            service=service or self.service,
            language="vi",
            today=self.today,
            token="",
            actor=actor,
        )

    @property
    def today(self) -> date:
        """The day it is in the town."""
        return self.town.engine.now().astimezone(ZONE).date()

    def shown(self, actor: Actor = OFFICER, **wanted: object) -> list[str]:
        """The bodies that match, in order."""
        board = self.board(Wanted(**wanted), actor)  # type: ignore[arg-type]  # fields of Wanted
        return [row.body.body for row in board.found.kept]


def planted(town: Town) -> Planted:
    """The town with two branches of six cells more, and its campaign open."""
    town.enter_roster()
    bodies = [
        OrganisationRecord(
            organisation_id=branch,
            name=f"Đảng bộ bộ phận Phân xưởng {branch}",
            type=OrganisationType.DANG_BO_BO_PHAN,
            superior_id=BASE,
            founded_on=date(1995, 5, 19),
        )
        for branch in BRANCHES
    ]
    bodies += [
        OrganisationRecord(
            organisation_id=cell,
            name=f"Chi bộ Phân xưởng Đúc {cell}",
            type=OrganisationType.CHI_BO_TRUC_THUOC,
            superior_id=cell[:2],
            founded_on=date(1995, 5, 19),
            has_committee=True,
        )
        for cell in CELLS
    ]
    people = [
        PersonRecord(
            person_id=f"9{number}",
            name=name,
            status=PartyStatus.OFFICIAL,
            admitted_on=date(2005, 6, 1),
            is_staff=False,
        )
        for number, name in enumerate(SECRETARIES.values())
    ]
    posts = [
        PositionRecord(
            person_id=f"9{number}", organisation_id=cell, post=Post.HEAD, held_from=date(2015, 4, 1)
        )
        for number, cell in enumerate(SECRETARIES)
    ]
    town.change_roster(ROSTER, new={"organisation": bodies, "person": people, "position": posts})
    town.plan()
    open_campaign(town.engine, OFFICER, CAMPAIGN)
    return Planted(town)
