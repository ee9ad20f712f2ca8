"""Development only: the people one can act as on a page, each with the post the roster gives."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CTE, Connection, and_, select

from api.actors import actor_text
from api.pages.views import Choice
from handlers.names import Names, names_on
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import CAMPAIGNS
from handlers.telling.voice import Voice
from states.roles import Role
from workflow.bodies import Campaign
from workflow.commands.asking import Actor

SHOWN_MAX = 24
FROM_ABOVE = (Role.OFFICER, Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.INSPECTION)


def stand_ins(
    connection: Connection, day: date, language: str, campaign: Campaign | None, organisation: str, now: str
) -> tuple[Choice, ...]:
    """Whom to act as: the campaign's officers and boards, then the heads of its bodies, this page's first.

    Without a campaign they are those of the newest one.
    """
    base = campaign.organisation if campaign is not None else _base(connection, day)
    tree = _tree(base, day)
    heads = connection.execute(
        select(
            POSITIONS.c.person_id,
            PEOPLE.c.name.label("person"),
            POSITIONS.c.organisation_id,
            ORGANISATIONS.c.name.label("body"),
            ORGANISATIONS.c.superior_id,
        )
        .join(PEOPLE, and_(PEOPLE.c.person_id == POSITIONS.c.person_id, as_of(PEOPLE, day)))
        .join(
            ORGANISATIONS,
            and_(ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id, as_of(ORGANISATIONS, day)),
        )
        .where(as_of(POSITIONS, day), POSITIONS.c.post == "head")
        .where(POSITIONS.c.organisation_id.in_(select(tree.c.organisation_id)))
        .order_by((POSITIONS.c.organisation_id != organisation), POSITIONS.c.organisation_id)
        .limit(SHOWN_MAX)
    ).all()
    bodies = {row.organisation_id: row.body for row in heads}
    bodies |= names_on(connection, day, bodies={base}).bodies
    if campaign is not None and campaign.superior not in bodies:
        above = ("cấp trên của", "the superior of")[language == "en"]
        bodies[campaign.superior] = f"{above} {bodies.get(base, base)}"
    names = Names(people={row.person_id: row.person for row in heads if row.person}, bodies=bodies)
    voice = Voice(language=language, names=names)
    actors: list[Actor] = []
    if campaign is None:
        actors.append(Actor(id="can-bo", role=Role.OFFICER, body=base))
        # who proposes days of the calendar; the officer confirms them
        actors.append(Actor(id="quan-tri", role=Role.ADMINISTRATOR, body=base))
    else:
        people = {row.organisation_id: row.person_id for row in heads}
        for body in (campaign.organisation, campaign.superior):
            for role in FROM_ABOVE if body == campaign.organisation else FROM_ABOVE[1:3]:
                person = people.get(body, "") if role is Role.SUPERIOR_COMMITTEE else ""
                actors.append(Actor(id=person or f"{body}-{role.value}"[:40], role=role, body=body))
    actors.extend(Actor(id=row.person_id, role=Role.SECRETARY, body=row.organisation_id) for row in heads)
    if organisation:
        actors.append(Actor(id=f"{organisation}-KP", role=Role.COUNTING_TEAM, body=organisation))
    found = [Choice(value="", label="–", chosen=not now)]
    for actor in actors:
        value = actor_text(actor)
        label = voice.actor(actor.id, actor.capacity)
        found.append(Choice(value=value, label=label[:1].upper() + label[1:], chosen=value == now))
    return tuple(found)


def _tree(base: str, day: date) -> CTE:
    """A body with everything below it."""
    top = select(ORGANISATIONS.c.organisation_id).where(
        ORGANISATIONS.c.organisation_id == base, as_of(ORGANISATIONS, day)
    )
    tree = top.cte("tree", recursive=True)
    below = select(ORGANISATIONS.c.organisation_id).join(
        tree, ORGANISATIONS.c.superior_id == tree.c.organisation_id
    )
    return tree.union(below.where(as_of(ORGANISATIONS, day)))


def _base(connection: Connection, day: date) -> str:
    """The organisation of the newest campaign; before the first one, the base of the roster."""
    newest = connection.execute(
        select(CAMPAIGNS.c.organisation).order_by(CAMPAIGNS.c.year.desc(), CAMPAIGNS.c.campaign).limit(1)
    ).scalar()
    if newest is not None:
        return str(newest)
    top = connection.execute(
        select(ORGANISATIONS.c.organisation_id)
        .where(as_of(ORGANISATIONS, day))
        .order_by(ORGANISATIONS.c.type != "dang_bo_co_so", ORGANISATIONS.c.organisation_id)
        .limit(1)
    ).scalar()
    return str(top) if top is not None else "DB01"
