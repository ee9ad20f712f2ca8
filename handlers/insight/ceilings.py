"""Every list a quota is counted over, with its ceiling: who is above it, and who is exactly at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, func, select

from handlers.across import groups_on
from handlers.among import among
from handlers.insight.cohort import LEVELS, Alike, level_now
from handlers.roster_facts import as_of, read_bodies
from handlers.roster_tables import MEMBERSHIPS, PEOPLE
from handlers.tables import REVIEWS
from states import review as life
from workflow.bodies import Campaign
from workflow.rules.facts import Facts, FactValue
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.quota import judge_quota, room_of
from workflow.rules.rulebook import Rulebook
from workflow.stages.quotas import groups_for, kinds_counted, larger_lists


@dataclass(frozen=True, kw_only=True, slots=True)
class Ceiling:
    """One list: how many stand at the top level, how many may, and on how many it is counted.

    `body` is the organisation whose members are on it, or the deciding body of a larger list; `group` the
    quota group, empty where none is set. `allowed` is None where no ceiling can be named. `comparison` is
    what the binding rule compared, with its numbers; `warned` whether a rule that does not refuse is not met.
    """

    kind: str
    body: str
    group: str
    top: int
    good: int
    rated: int
    allowed: int | None
    comparison: str
    rule: str
    warned: bool

    @property
    def above(self) -> int:
        """How many are beyond the ceiling; 0 where it is kept or not known."""
        return max(self.top - self.allowed, 0) if self.allowed is not None else 0

    @property
    def exactly(self) -> bool:
        """Whether every place is used and none too many; a list without a place is not meant."""
        return self.allowed is not None and self.allowed > 0 and self.top == self.allowed


@dataclass(frozen=True, slots=True)
class _List:
    kind: str
    body: str
    group: str


def ceilings(
    connection: Connection,
    campaign: Campaign,
    rulebook: Rulebook,
    cohort: Collection[Alike],
    bodies: Select[tuple[str]],
    whole: bool,
) -> tuple[Ceiling, ...]:
    """The lists whose reviews all lie in the branch, members first, then by body and group.

    `cohort` and `bodies` are the branch; `whole` says that it is the whole campaign, so that lists of a body
    above it are complete too. A list nobody on it has a level in is left out.
    """
    counted = kinds_counted(rulebook)
    levels: dict[_List, Counter[str]] = {}
    inside = {str(row[0]) for row in connection.execute(bodies)}
    for kind in counted:
        here = [one for one in cohort if one.kind == kind and one.counted and not one.owes_nothing]
        if groups_for(rulebook, kind):
            found = _grouped(connection, campaign, rulebook, kind, bodies)
        else:
            found = _plain(here, rulebook, by_superior=kind in larger_lists(rulebook))
        for closed, level, reviews in found:
            if closed.body in inside or whole:
                levels.setdefault(closed, Counter())[level] += reviews
    organisations = sorted({closed.body for closed in levels})
    around = _around(connection, campaign, organisations) if levels else {}
    judged = (_judged(rulebook, campaign, one, held, around[one.body]) for one, held in levels.items())
    order = [life.INDIVIDUAL, *(kind for kind in counted if kind != life.INDIVIDUAL)]
    return tuple(sorted(judged, key=lambda one: (order.index(one.kind), one.body, one.group)))


def _plain(
    here: Iterable[Alike], rulebook: Rulebook, *, by_superior: bool
) -> Iterator[tuple[_List, str, int]]:
    for one in here:
        level = level_now(one, rulebook)
        if level:
            yield _List(one.kind, one.superior if by_superior else one.organisation, ""), level, one.reviews


def _grouped(
    connection: Connection, campaign: Campaign, rulebook: Rulebook, kind: str, bodies: Select[tuple[str]]
) -> Iterator[tuple[_List, str, int]]:
    """Where a document sets groups, the roster says of each review in which it is counted."""
    rows = connection.execute(
        select(
            REVIEWS.c.review,
            REVIEWS.c.organisation,
            REVIEWS.c.superior,
            REVIEWS.c.kind,
            REVIEWS.c.quality,
            REVIEWS.c.subject,
            REVIEWS.c.stage,
            REVIEWS.c.rated,
            *(REVIEWS.c[name] for name in LEVELS),
        ).where(REVIEWS.c.campaign == campaign.id, REVIEWS.c.kind == kind, REVIEWS.c.organisation.in_(bodies))
    ).all()
    day = campaign.roster_day
    groups = groups_on(connection, rulebook, rows, year=campaign.year, today=day, day=day)
    for row in rows:
        told = {name: value for name, value in row._mapping.items() if name not in ("review", "subject")}
        one = Alike(**told, reviews=1)
        level, group = level_now(one, rulebook), groups.get(row.review)
        if level and group and one.counted and not one.owes_nothing:
            yield _List(kind, one.superior, group), level, 1


def _around(
    connection: Connection, campaign: Campaign, organisations: list[str]
) -> dict[str, dict[str, FactValue | None]]:
    """What quota rules ask about a body besides its counts, in one query each."""
    day = campaign.roster_day
    known = read_bodies(connection, organisations, day)
    rolls = _rolls(connection, organisations, day)
    below = connection.execute(
        select(REVIEWS.c.superior, func.count())
        .where(
            REVIEWS.c.campaign == campaign.id,
            REVIEWS.c.kind == life.ORGANISATION,
            among(REVIEWS.c.superior, "organisations"),
        )
        .group_by(REVIEWS.c.superior),
        {"organisations": organisations},
    )
    subordinates: dict[str, int] = {row[0]: row[1] for row in below}
    return {
        body: {
            **known.facts(body),
            "quota.members_on_roll": rolls.get(body),
            "subordinates.total": subordinates.get(body, 0),
            "quota.special_merit": body in campaign.special_merit,
            "quota.group_outside": body == campaign.superior != campaign.organisation,
        }
        for body in organisations
    }


def _rolls(connection: Connection, organisations: list[str], day: date) -> dict[str, int]:
    """How many are on the roll of each body; those exempt and those for a time only are not (C-20)."""
    rows = connection.execute(
        select(MEMBERSHIPS.c.organisation_id, func.count())
        .join(PEOPLE, PEOPLE.c.person_id == MEMBERSHIPS.c.person_id)
        .where(
            among(MEMBERSHIPS.c.organisation_id, "organisations"),
            MEMBERSHIPS.c.kind != "temporary",
            as_of(MEMBERSHIPS, day),
            as_of(PEOPLE, day),
            func.coalesce(PEOPLE.c.status, "") != "exempt",
        )
        .group_by(MEMBERSHIPS.c.organisation_id),
        {"organisations": organisations},
    )
    return {row[0]: row[1] for row in rows}


def _judged(
    rulebook: Rulebook,
    campaign: Campaign,
    closed: _List,
    levels: Counter[str],
    around: dict[str, FactValue | None],
) -> Ceiling:
    scale = rulebook.scale(closed.kind)
    assert scale is not None, "only kinds with a scale are counted"
    top, good, rated = levels[scale.top], levels[scale.levels[1]], levels.total()
    told: dict[str, FactValue | None] = {
        **around,
        "quota.top": top,
        "quota.good": good,
        "quota.rated": rated,
    }
    if closed.kind == life.ORGANISATION:
        told["subordinates.levels"] = tuple(level for level in sorted(levels) for _ in range(levels[level]))
    facts = Facts.of("register", told)
    findings = judge_quota(rulebook, facts, closed.kind)
    room = room_of(findings, facts)
    telling = _telling(findings)
    return Ceiling(
        kind=closed.kind,
        body=closed.body,
        group=closed.group,
        top=top,
        good=good,
        rated=rated,
        allowed=None if room is None else top + room,
        comparison=telling.comparison if telling else "",
        rule=telling.rule if telling else "",
        warned=any(one.verdict is Verdict.FAILS and one.force != Force.REFUSE for one in findings),
    )


def _telling(findings: Iterable[Finding]) -> Finding | None:
    """The finding that names the ceiling: one that refuses before one that warns, failing ones first."""
    binding = [one for one in findings if one.verdict in (Verdict.HOLDS, Verdict.FAILS)]
    order = sorted(binding, key=lambda one: (one.force != Force.REFUSE, one.verdict is not Verdict.FAILS))
    return order[0] if order else None
