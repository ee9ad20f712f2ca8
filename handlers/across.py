"""What reaches beyond one organisation in a decision: quota lists of the deciding body, levels leaned on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from handlers.among import among, day_parameter
from handlers.levels import OWES_NOTHING
from handlers.others import MANAGING, bodies_of
from handlers.prepared import Prepared
from handlers.roster_facts import COMMITTEE_POSTS, People, as_of, read_bodies, read_people
from handlers.roster_tables import POSITIONS
from handlers.roster_values import roster_values
from handlers.tables import REVIEWS
from handlers.wanted import LEVELS, OTHERS
from states import review as life
from workflow.bodies import Submission
from workflow.commands.deciding import Annul, DecideBundle
from workflow.folding import fold_stored
from workflow.gathering import Standing
from workflow.log import Log
from workflow.order import Across, Leaning, Listed
from workflow.review import Review
from workflow.rules.facts import Fact, Facts, FactValue
from workflow.rules.finding import Force
from workflow.rules.flow import SELF
from workflow.rules.groups import group_of
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook
from workflow.stages.quotas import WITH_SUPERIOR, groups_for, is_counted, kinds_counted, larger_lists
from workflow.standing import facts_of

_Row = Row[*tuple[Any, ...]]

ON_THE_ROSTER = (
    "subject.",
    "organisation.",
    "cell.",
    "collective.",
    "review.quality",
    "campaign.year",
    "today",
)
"""What a group is told by without opening a review."""

_LISTED = Prepared(
    select(
        REVIEWS.c.review,
        REVIEWS.c.kind,
        REVIEWS.c.quality,
        REVIEWS.c.subject,
        REVIEWS.c.organisation,
        REVIEWS.c.self_level,
        REVIEWS.c.proposed_level,
        REVIEWS.c.voted_level,
        REVIEWS.c.appraised_level,
        REVIEWS.c.decided_level,
    )
    .where(
        REVIEWS.c.campaign == bindparam("campaign"),
        REVIEWS.c.superior == bindparam("body"),
        REVIEWS.c.rated.is_(True),
        among(REVIEWS.c.kind, "kinds"),
        among(REVIEWS.c.stage, "stages"),
    )
    .order_by(REVIEWS.c.review)
)
_BODIES_BELOW = Prepared(
    select(func.count().label("bodies")).where(
        REVIEWS.c.campaign == bindparam("campaign"),
        REVIEWS.c.superior == bindparam("body"),
        REVIEWS.c.kind == life.ORGANISATION,
    )
)
_POSTS_OF = Prepared(
    select(POSITIONS.c.organisation_id).where(
        as_of(POSITIONS, day_parameter()),
        POSITIONS.c.post.in_((*COMMITTEE_POSTS, *MANAGING)),
        among(POSITIONS.c.person_id, "people"),
    )
)
_WITH_UNITS = Prepared(
    select(REVIEWS.c.superior)
    .where(
        REVIEWS.c.campaign == bindparam("campaign"),
        REVIEWS.c.kind != life.INDIVIDUAL,
        REVIEWS.c.rated.is_(True),
        REVIEWS.c.stage.not_in(OWES_NOTHING),
        among(REVIEWS.c.superior, "bodies"),
    )
    .distinct()
)


def deciding_body(standing: Standing) -> str:
    """The body a bundle went to; empty for a command that decides none."""
    bundle = next((b for b in standing.bodies.values() if isinstance(b, Submission)), None)
    return bundle.to if bundle is not None and isinstance(standing.request.command, DecideBundle) else ""


def guard_rows(connection: Connection, standing: Standing) -> tuple[str, ...]:
    """The quota lists a decision is counted in and the bodies whose levels it gives or leans on.

    Two deciders of one group, or one of a committee and one of its head, come one after the other. Lists that
    only warn need no guard. Members of one organisation are guarded by the organisation itself.
    """
    campaign, rulebook = standing.campaign, standing.rulebook
    if campaign is None or rulebook is None or not isinstance(standing.request.command, DecideBundle | Annul):
        return ()
    reviews = [review for review in standing.reviews.values() if review.version]
    keys = set()
    body = deciding_body(standing)
    for kind in larger_lists(rulebook) & {review.kind for review in reviews} if body else ():
        if any(rule.force is Force.REFUSE for rule in rulebook.rules_of(Role.QUOTA, kind)):
            named = [group.id for group in groups_for(rulebook, kind)] or [f"{body}.{kind}"]
            keys |= {f"quota:{campaign.id}/{name}" for name in named}
    if rulebook.asks_for(*OTHERS, *LEVELS):
        keys |= {f"level:{campaign.id}/{body}" for body in _leaned_on(connection, standing, reviews)}
    return tuple(keys)


def _leaned_on(connection: Connection, standing: Standing, reviews: Collection[Review]) -> set[str]:
    found: set[str] = set()
    people = []
    for review in reviews:
        if review.kind == life.INDIVIDUAL:
            people.append(review.subject)
        else:
            found |= {review.subject, review.superior}
    posts = _POSTS_OF.all(connection, {"people": people, "day": standing.today}) if people else ()
    return (found | {row.organisation_id for row in posts}) - {""}


def across_of(connection: Connection, standing: Standing, people: People | None, day: date) -> Across:
    """What a decision needs of others: offices of its subjects, the lists it is counted in."""
    body, rulebook, campaign = deciding_body(standing), standing.rulebook, standing.campaign
    if not body or rulebook is None or campaign is None:
        return Across()
    return Across(
        offices=_offices(connection, standing, people) if rulebook.asks_for(*OTHERS) else {},
        listed=_listed(connection, standing, rulebook, body, day),
        above=_above(connection, campaign.id, body, day) if kinds_counted(rulebook) else Facts(),
    )


def _offices(connection: Connection, standing: Standing, people: People | None) -> Mapping[str, Leaning]:
    assert standing.campaign is not None, "asked only inside a campaign"
    found = {review.id: bodies_of(review, people) for review in standing.reviews.values() if review.version}
    managed = sorted({body for _, manages in found.values() for body in manages})
    asked = {"campaign": standing.campaign.id, "bodies": managed}
    with_units = {row.superior for row in _WITH_UNITS.all(connection, asked)} if managed else set()
    return {
        review: Leaning(leads=leads, manages=manages, people=not with_units & set(manages))
        for review, (leads, manages) in found.items()
        if leads or manages
    }


def _above(connection: Connection, campaign: str, body: str, day: date) -> Facts:
    (row,) = _BODIES_BELOW.all(connection, {"campaign": campaign, "body": body})
    values: dict[str, FactValue | None] = {
        "subordinates.total": row.bodies,
        **read_bodies(connection, (body,), day).facts(body),
    }
    source = f"register, roster as of {day.isoformat()}"
    return Facts({name: Fact(value, source) for name, value in values.items() if value is not None})


def _listed(
    connection: Connection, standing: Standing, rulebook: Rulebook, body: str, day: date
) -> tuple[Listed, ...]:
    """Reviews of other organisations that lie with the deciding body or are decided, with their groups."""
    kinds = sorted(larger_lists(rulebook) & {review.kind for review in standing.reviews.values()})
    if not kinds or standing.campaign is None:
        return ()
    asked = {"campaign": standing.campaign.id, "body": body, "kinds": kinds, "stages": list(WITH_SUPERIOR)}
    rows = [
        row
        for row in _LISTED.all(connection, asked)
        if row.review not in standing.reviews and is_counted(row.kind, row.quality)
    ]
    year = standing.campaign.year
    groups = groups_on(connection, rulebook, rows, year=year, today=standing.today, day=day)
    found = []
    for row in rows:
        level = _level(row, rulebook)
        group = groups.get(row.review, "")
        if level is not None and group is not None:
            found.append(Listed(row.review, row.kind, group, level))
    return tuple(found)


def _level(row: _Row, rulebook: Rulebook) -> str | None:
    """Decided, else advised, else the level it was submitted with."""
    level = row.decided_level or row.appraised_level or row.voted_level
    if level is None and not rulebook.flow(row.kind).has_ballot:
        level = row.self_level if rulebook.flow(row.kind).source == SELF else row.proposed_level
    return str(level) if level else None


def groups_on(
    connection: Connection, rulebook: Rulebook, rows: Sequence[_Row], *, year: int, today: date, day: date
) -> dict[str, str | None]:
    """The group of each review whose kind is counted in groups; None where it is not known.

    Rows want review, kind, quality, subject and organisation; the roster is read as of `day`.
    """
    grouped = [row for row in rows if groups_for(rulebook, row.kind)]
    if not grouped:
        return {}
    names = {name for group in rulebook.groups for name in group.when}
    if any(not name.startswith(ON_THE_ROSTER) for name in names):
        facts = _recorded(connection, grouped)
    else:
        facts = {row.review: Facts() for row in grouped}
    told = _told_by_the_roster(connection, grouped, year, today, day)
    facts = {review: told[review].merged(known) for review, known in facts.items()}
    return {
        row.review: group_of(rulebook.groups, row.kind, facts.get(row.review, Facts()), rulebook.calendar)
        or None
        for row in grouped
    }


def _told_by_the_roster(
    connection: Connection, rows: Sequence[_Row], year: int, today: date, day: date
) -> dict[str, Facts]:
    organisations = sorted({row.organisation for row in rows})
    bodies = read_bodies(connection, organisations, day)
    people = read_people(connection, [row.subject for row in rows], organisations, day)
    source = f"roster as of {day.isoformat()}"
    found = {}
    for row in rows:
        subject = Review(id=row.review, kind=row.kind, subject=row.subject, organisation=row.organisation)
        values = roster_values(subject, bodies, people, None)
        values |= {"review.quality": row.quality, "campaign.year": year, "today": today}
        found[row.review] = Facts(
            {name: Fact(value, source) for name, value in values.items() if value is not None}
        )
    return found


def _recorded(connection: Connection, rows: Sequence[_Row]) -> dict[str, Facts]:
    """What was recorded on the reviews themselves, for groups that are told by it."""
    found = {}
    for stream, told in Log(connection).tell(f"review/{row.review}" for row in rows).items():
        review = fold_stored(stream, told)
        assert isinstance(review, Review), "a review stream folds to a review"
        found[review.id] = facts_of(review, Facts())
    return found
