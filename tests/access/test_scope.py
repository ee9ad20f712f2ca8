"""Who sees which reviews, judged beside a plain telling of the rules, on trees drawn at random."""

from __future__ import annotations

from datetime import datetime, time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from handlers.access.scope import READS_RESTRICTED, SEES_A_BRANCH, SEES_UNOPENED, Scope
from handlers.review_list import ReviewsAsked, review_rows
from handlers.tables import CAMPAIGNS, REVIEWS
from states import campaign as life
from states import review as reviewing
from states.roles import Role
from tests.access.trees import DAY, Drawn, DrawnReview, actors, drawn, write
from workflow.clock import ZONE
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.errors import NotFound

NOON = datetime.combine(DAY, time(12), ZONE)

PROPERTY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTY
@given(data=st.data())
def test_the_list_the_single_look_and_the_rule_agree_on_every_review(
    database: Database, data: st.DataObject
) -> None:
    """The list of all campaigns, that of one, each review by itself, and the rule told in plain words."""
    tree = data.draw(drawn())
    with database.write() as connection:
        write(connection, tree)
    with database.read() as connection:
        for actor in data.draw(st.lists(actors(tree), min_size=3, max_size=6)):
            scope = Scope(actor, DAY)
            listed = _names(connection, scope.reviews())
            paged = review_rows(connection, scope, ReviewsAsked(), NOON, 10_000)
            assert [row["review"] for row in paged] == sorted(listed)
            expected = {name for name, one in tree.named().items() if _sees(tree, one, actor)}
            mine = _mine(tree, actor, listed)
            assert mine == expected, actor
            for name in tree.named():
                alone = select(REVIEWS.c.review).where(REVIEWS.c.review == name, scope.reviews())
                assert (connection.execute(alone).scalar() is not None) == (name in listed)
            assert _names(connection, scope.restricted()) == {
                name for name in listed if _reads(tree, tree.named().get(name), actor)
            } | _beyond(tree, actor, _names(connection, scope.restricted()))


@PROPERTY
@given(data=st.data())
def test_a_campaign_is_listed_exactly_for_those_who_may_open_it_and_what_is_seen_in_it_is_the_same(
    database: Database, data: st.DataObject
) -> None:
    tree = data.draw(drawn())
    with database.write() as connection:
        write(connection, tree)
    with database.read() as connection:
        for actor in data.draw(st.lists(actors(tree), min_size=3, max_size=6)):
            scope = Scope(actor, DAY)
            chosen = select(CAMPAIGNS.c.campaign).where(scope.campaigns())
            listed = set(connection.execute(chosen).scalars())
            assert (tree.campaign in listed) == _sees_campaign(tree, actor), actor
            try:
                within = scope.within(connection, tree.campaign)
            except NotFound:
                assert tree.campaign not in listed
                continue
            assert tree.campaign in listed
            here = REVIEWS.c.campaign == tree.campaign
            assert _names(connection, here & within.reviews()) == _names(connection, here & scope.reviews())
            named = _names(connection, here & scope.named_reviews())
            assert _names(connection, here & within.named_reviews()) == named
            for body in tree.bodies:
                assert within.sees_body(connection, body) == (
                    within.whole or actor.role is Role.ADMINISTRATOR or body in _held(tree, actor)
                )


def test_nobody_in_particular_sees_nothing(database: Database) -> None:
    """A campaign without a superior is not everybody's."""
    tree = Drawn(
        parents=(None,), top=0, superior="", stage=life.OPEN, reviews=((0, "individual", "P1", True, -1),)
    )
    with database.write() as connection:
        write(connection, tree)
    with database.read() as connection:
        for role in set(Role) - {Role.ADMINISTRATOR}:
            scope = Scope(Actor(id="", role=role, body=""), DAY)
            assert _names(connection, scope.reviews()) == set()
            assert not connection.execute(select(CAMPAIGNS.c.campaign).where(scope.campaigns())).all()


def _names(connection: Connection, condition: object) -> set[str]:
    return set(connection.execute(select(REVIEWS.c.review).where(condition)).scalars())  # type: ignore[arg-type]  # a condition


def _mine(tree: Drawn, actor: Actor, listed: set[str]) -> set[str]:
    """What is listed of this drawing; of others only a person's own reviews can be listed beside."""
    beyond = listed - set(tree.named())
    assert not beyond or actor.role is Role.MEMBER, (actor, beyond)
    return listed & set(tree.named())


def _beyond(tree: Drawn, actor: Actor, listed: set[str]) -> set[str]:
    return listed - set(tree.named()) if actor.role is Role.MEMBER else set()


def _opened(tree: Drawn) -> bool:
    return tree.stage in (life.OPEN, life.CLOSED)


def _held(tree: Drawn, actor: Actor) -> set[str]:
    """The bodies an actor's capacity reaches by itself."""
    if not actor.body:
        return set()
    return tree.under(actor.body) if actor.role in SEES_A_BRANCH else {actor.body}


def _whole(tree: Drawn, actor: Actor) -> bool:
    if actor.role not in SEES_A_BRANCH or not actor.body:
        return False
    if not _opened(tree) and actor.role not in SEES_UNOPENED:
        return False
    return tree.body(tree.top) in _held(tree, actor) or tree.above_campaign == actor.body


def _sees(tree: Drawn, one: DrawnReview, actor: Actor) -> bool:
    """The rule in plain words: everything of the branch, or one's own and the collective's."""
    if _whole(tree, actor):
        return True
    if not _opened(tree):
        return False
    if actor.role is Role.MEMBER:
        collective = one.kind == reviewing.COLLECTIVE and one.organisation == actor.body
        return (one.kind == reviewing.INDIVIDUAL and one.subject == actor.id) or collective
    if actor.role not in SEES_A_BRANCH or not actor.body:
        return False
    held = _held(tree, actor)
    return one.organisation in held or one.elsewhere in held or one.superior == actor.body


def _reads(tree: Drawn, one: DrawnReview | None, actor: Actor) -> bool:
    if one is None:
        return False
    if actor.role is Role.MEMBER:
        return one.subject == actor.id and one.stage in reviewing.SETTLED
    return actor.role in READS_RESTRICTED


def _sees_campaign(tree: Drawn, actor: Actor) -> bool:
    if actor.role is Role.ADMINISTRATOR or _whole(tree, actor):
        return True
    if not _opened(tree):
        return False
    reviews = tree.named().values()
    if actor.role is Role.COUNTING_TEAM:
        return bool(actor.body) and any(actor.body in (one.organisation, one.elsewhere) for one in reviews)
    return any(_sees(tree, one, actor) for one in reviews)
