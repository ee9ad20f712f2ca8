"""Small trees of bodies with a campaign over them, drawn at random and written straight into the tables.

Every drawing has names of its own, so that many live in one database and none may be seen from another.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from handlers.roster_tables import ORGANISATIONS
from handlers.tables import CAMPAIGNS, REVIEWS, SESSIONS
from states import campaign as life
from states import review as reviewing
from states.roles import Role
from workflow.commands.asking import Actor

DAY = date(2016, 12, 20)
PEOPLE = ("P1", "P2", "P3")
ROLES = tuple(role for role in Role if role is not Role.CLOCK)
_numbers = count()


@dataclass(frozen=True)
class DrawnReview:
    """A review by its kind, whom it is about, who runs it, who decides it and where else it is taken."""

    kind: str
    subject: str
    organisation: str
    superior: str
    stage: str
    elsewhere: str = ""


@dataclass(frozen=True)
class Drawn:
    """A tree, body by body with what it stands under, and one campaign in it."""

    parents: tuple[int | None, ...]
    top: int
    superior: str
    stage: str
    reviews: tuple[tuple[int, str, str, bool, int], ...]
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def campaign(self) -> str:
        return f"K{self.number}"

    def body(self, place: int | str) -> str:
        """The name of a body of this drawing."""
        return f"T{self.number}-{place}"

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every body the roster has."""
        return tuple(self.body(place) for place in range(len(self.parents)))

    @property
    def above_campaign(self) -> str:
        """The campaign's superior; one the roster does not have where it is no place of the tree."""
        return self.body(self.superior)

    def under(self, body: str) -> set[str]:
        """The body and everything below it."""
        found = {body}
        for place, parent in enumerate(self.parents):  # parents come before their children
            if parent is not None and self.body(parent) in found:
                found.add(self.body(place))
        return found

    def named(self) -> dict[str, DrawnReview]:
        """Every review by its name."""
        found: dict[str, DrawnReview] = {}
        for number, (place, kind, person, settled, elsewhere) in enumerate(self.reviews):
            organisation = self.body(place)
            parent = self.parents[place]
            found[f"{self.campaign}.{kind}.{number}"] = DrawnReview(
                kind=kind,
                subject=person if kind == reviewing.INDIVIDUAL else organisation,
                organisation=organisation,
                superior=self.above_campaign if place == self.top or parent is None else self.body(parent),
                stage=reviewing.APPROVED if settled else reviewing.OPEN,
                elsewhere=self.body(elsewhere % len(self.parents)) if elsewhere >= 0 else "",
            )
        return found


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """A tree of up to seven bodies with a campaign at one of them."""
    size = draw(st.integers(1, 7))
    parents = (None, *(draw(st.one_of(st.none(), st.integers(0, place - 1))) for place in range(1, size)))
    top = draw(st.integers(0, size - 1))
    shape = Drawn(parents=parents, top=top, superior="", stage="", reviews=(), number=-1)
    inside = [place for place in range(size) if shape.body(place) in shape.under(shape.body(top))]
    one = st.tuples(
        st.sampled_from(inside),
        st.sampled_from(reviewing.KINDS),
        st.sampled_from(PEOPLE),
        st.booleans(),
        st.integers(-2, 6),
    )
    stages = st.sampled_from((life.PLANNED, life.OPENING, life.OPEN, life.OPEN, life.CLOSED))
    return Drawn(
        parents=parents,
        top=top,
        superior=draw(st.sampled_from(("KHOI", *(str(place) for place in range(size))))),
        stage=draw(stages),
        reviews=tuple(draw(st.lists(one, max_size=8))),
    )


@st.composite
def actors(draw: st.DrawFn, tree: Drawn) -> Actor:
    """Somebody in the tree, above it, beside it, or nobody in particular."""
    bodies = (*tree.bodies, tree.body("KHOI"), "ELSEWHERE", "")
    return Actor(
        id=draw(st.sampled_from((*PEOPLE, "P9", ""))),
        role=draw(st.sampled_from(ROLES)),
        body=draw(st.sampled_from(bodies)),
    )


def write(connection: Connection, tree: Drawn) -> None:
    """The tree and its campaign, in the roster and in the read models."""
    believed = {
        "valid_from": date(2016, 1, 1),
        "recorded_at": datetime(2016, 1, 1, tzinfo=UTC),
        "recorded_by": "t",
        "source": "t",
        "salt": os.urandom(32),
        "digest": os.urandom(32),
    }
    connection.execute(
        insert(ORGANISATIONS),
        [
            {
                **believed,
                "organisation_id": tree.body(place),
                "name": f"Chi bộ {place}",
                "type": "chi_bo_co_so",
                "superior_id": None if parent is None else tree.body(parent),
            }
            for place, parent in enumerate(tree.parents)
        ],
    )
    connection.execute(
        insert(CAMPAIGNS).values(
            campaign=tree.campaign,
            stage=tree.stage,
            year=2016,
            period="year",
            rulebook="duk_2016",
            rulebook_hash="",
            organisation=tree.body(tree.top),
            superior=tree.above_campaign,
            roster_day=DAY,
            believed_at="",
            subjects=len(tree.reviews),
            version=1,
        )
    )
    for name, one in tree.named().items():
        connection.execute(
            insert(REVIEWS).values(
                review=name,
                campaign=tree.campaign,
                kind=one.kind,
                quality="member",
                subject=one.subject,
                organisation=one.organisation,
                superior=one.superior,
                stage=one.stage,
                remembered="",
                rated=True,
                round=1,
                version=1,
            )
        )
        for venue in {one.organisation, one.elsewhere} - {""}:
            connection.execute(
                insert(SESSIONS).values(
                    review=name, venue=venue, campaign=tree.campaign, venue_kind="party", at=None
                )
            )
