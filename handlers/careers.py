"""What the roster says of people over time: appointments, moves, a spell elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster.vocabulary import MembershipKind, PartyStatus, is_party_member
from handlers.roster_facts import as_of
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS
from states import review as life
from states.bodies import COLLECTIVES
from workflow.days import months_between
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts, FactValue
from workflow.rules.scope import Scope

_Row = Row[*tuple[Any, ...]]

_PEOPLE = Prepared(
    select(
        PEOPLE.c.person_id,
        PEOPLE.c.status,
        PEOPLE.c.admitted_on,
        PEOPLE.c.staff_kind,
        PEOPLE.c.direct_contact,
    ).where(as_of(PEOPLE, day_parameter()), among(PEOPLE.c.person_id, "people"))
)
_POSTS = Prepared(
    select(POSITIONS.c.person_id, POSITIONS.c.post, POSITIONS.c.held_from, ORGANISATIONS.c.type)
    .join(
        ORGANISATIONS,
        and_(
            ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id,
            as_of(ORGANISATIONS, day_parameter()),
        ),
    )
    .where(as_of(POSITIONS, day_parameter()), among(POSITIONS.c.person_id, "people"))
)
_SPELLS = Prepared(
    select(
        MEMBERSHIPS.c.person_id,
        MEMBERSHIPS.c.organisation_id,
        MEMBERSHIPS.c.kind,
        MEMBERSHIPS.c.joined_on,
        MEMBERSHIPS.c.valid_from,
        MEMBERSHIPS.c.valid_to,
    )
    .where(MEMBERSHIPS.c.superseded_at.is_(None), among(MEMBERSHIPS.c.person_id, "people"))
    .order_by(MEMBERSHIPS.c.person_id, MEMBERSHIPS.c.valid_from)
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time on one roll: valid from `since` (inclusive) to `until` (exclusive, None while it lasts).

    `joined_on` is the first day as the file states it; without it `since` may be the day of an import.
    """

    organisation: str
    since: date
    until: date | None = None
    joined_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in the spell."""
        return self.since <= day and (self.until is None or day < self.until)


def career_facts(connection: Connection, standing: Standing, day: date) -> dict[str, Facts]:
    """What the rules may ask of each person reviewed, as of the day; nothing about what the roster lacks."""
    reviews = [r for r in standing.reviews.values() if r.version and r.kind == life.INDIVIDUAL]
    if not reviews:
        return {}
    asked = {"people": sorted({review.subject for review in reviews}), "day": day}
    people = {row.person_id: row for row in _PEOPLE.all(connection, asked)}
    posts, spells = _by_person(_POSTS.all(connection, asked)), _by_person(_SPELLS.all(connection, asked))
    year = standing.campaign.year if standing.campaign else day.year
    source = f"roster as of {day.isoformat()}"
    scope = standing.rulebook.scope if standing.rulebook is not None else Scope()
    found: dict[str, Facts] = {}
    for review in reviews:
        person = people.get(review.subject)
        if person is None:
            continue
        rolls = spells.get(review.subject, [])
        values = _of_person(person) | _of_posts(posts.get(review.subject, []), scope)
        values |= _of_spells(rolls, review.organisation, person.admitted_on, day, year)
        found[review.id] = Facts({name: Fact(v, source) for name, v in values.items() if v is not None})
    return found


def moved_in_on(spells: Sequence[Spell], day: date) -> date | None:
    """The first day on the present roll; None where nobody has said and no other roll came before."""
    run = _present(spells, day)
    if not run:
        return None
    if run[-1].joined_on is not None:
        return run[-1].joined_on
    return run[0].since if any(spell.since < run[0].since for spell in spells) else None


def months_at_old_unit(spells: Sequence[Spell], admitted_on: date | None, day: date, year: int) -> int | None:
    """Full calendar months of the assessment year on the roll before the present one; of several, the most.

    Within the year alone, both ends in whole months (STC-2024, ¶7; CDTKV-2020, II.3; C-66). None where the
    roster cannot tell: somebody came from outside it, or how long the old roll had him is not stated.
    """
    run = _present(spells, day)
    if not run:
        return None
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    earlier = [spell for spell in spells if spell.since < run[0].since and spell not in run]
    if not earlier:
        joined = run[-1].joined_on
        new_in_party = admitted_on is not None and joined is not None and admitted_on >= joined
        return 0 if joined is None or joined <= first or new_in_party else None
    months: dict[str, int] = {}
    for number, spell in enumerate(earlier):
        until = min(spell.until or run[0].since, run[0].since, after)
        since = _began(spell, number == 0, admitted_on, first)
        if until <= first:
            continue
        if since is None:
            return None
        known = months.get(spell.organisation, 0)
        months[spell.organisation] = known + (
            months_between(max(since, first), until) if since < until else 0
        )
    return max(months.values(), default=0)


def _began(spell: Spell, is_first: bool, admitted_on: date | None, first: date) -> date | None:
    """The first day of a spell; the first row of a person may only be as old as its import."""
    if spell.joined_on is not None:
        return spell.joined_on
    if not is_first or spell.since <= first:
        return spell.since
    return admitted_on if admitted_on is not None and first <= admitted_on <= spell.since else None


def _present(spells: Sequence[Spell], day: date) -> list[Spell]:
    """The spells, oldest first, that together are the present time on one roll, group changes included."""
    run: list[Spell] = []
    for spell in reversed([one for one in spells if one.since <= day]):
        follows = run and spell.organisation == run[0].organisation and spell.until == run[0].since
        if not run and not spell.covers(day):
            break
        if run and not follows:
            break
        run.insert(0, spell)
    return run


def _by_person(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _of_person(row: _Row) -> dict[str, FactValue | None]:
    return {
        "subject.is_party_member": is_party_member(PartyStatus(row.status) if row.status else None),
        "subject.staff_kind": row.staff_kind,
        "subject.direct_contact": row.direct_contact,
    }


def _of_posts(posts: Sequence[_Row], scope: Scope) -> dict[str, FactValue | None]:
    """The newest appointment to lead; not known while the day of one of these posts is not.

    Posts of a leadership come first, then what the rulebook calls a leader's post: a seat on a committee
    beside it is no appointment.
    """
    leads = set(scope.leads((row.type, row.post) for row in posts))
    leading = [row for row in posts if COLLECTIVES.get(row.type) == "leadership"]
    leading = leading or [row for row in posts if (row.type, row.post) in leads] or list(posts)
    days = [row.held_from for row in leading]
    return {
        "subject.appointed_on": max(days) if days and None not in days else None,
    }


def _of_spells(
    rows: Sequence[_Row], organisation: str, admitted_on: date | None, day: date, year: int
) -> dict[str, FactValue | None]:
    """Moves of the kind the review belongs to: between cells, or between unions."""
    union = MembershipKind.UNION.value
    kind = MembershipKind.OFFICIAL.value
    if any(row.organisation_id == organisation and row.kind == union for row in rows):
        kind = union
    spells = [
        Spell(row.organisation_id, row.valid_from, row.valid_to, row.joined_on)
        for row in rows
        if row.kind == kind
    ]
    elsewhere = any(
        Spell(row.organisation_id, row.valid_from, row.valid_to).covers(day)
        for row in rows
        if row.kind == MembershipKind.TEMPORARY.value
    )
    return {
        "subject.moved_in_on": moved_in_on(spells, day),
        "subject.temporary_elsewhere": elsewhere if rows else None,
        "transfer.months_at_old_unit": months_at_old_unit(spells, admitted_on, day, year),
    }
