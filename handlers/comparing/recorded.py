"""What was known at each act of a batch of reviews: its log, the roster of the day, lists, others' levels.

What a rule read when it was judged lies in its findings and is taken from there; what no rule of the
campaign's own rulebook asked for is read from the tables as of the day of the act. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select

from handlers.among import among
from handlers.comparing.acts import RATED_AT, Act, Lived, lived
from handlers.comparing.around import Around, read_around
from handlers.gather import LEADING, FactsFromTables
from handlers.prepared import Prepared
from handlers.roster_facts import Bodies, People
from handlers.roster_values import roster_values
from handlers.tables import REVIEWS, SESSIONS
from states import review as life
from states.roles import Role
from workflow.bodies import Body, Campaign
from workflow.commands.asking import Actor, Request
from workflow.commands.deciding import AppraiseBundle
from workflow.commands.meeting import AgendaItem
from workflow.decision import Draft, Situation
from workflow.event import Event
from workflow.gathering import Standing
from workflow.log import Log
from workflow.order import VenueOrder
from workflow.review import Review
from workflow.rules.facts import VOCABULARY, Fact, Facts, FactValue
from workflow.rules.rulebook import Rulebook
from workflow.rules.values import from_json
from workflow.stages.reviewing import session_facts
from workflow.stages.submitting import level_of_source
from workflow.standing import facts_of, stated
from workflow.tables import FINDINGS

NOBODY = Actor(id="", role=Role.AUDITOR, body="")
BY_THE_RULEBOOK = "computed."
"""What a rulebook computes itself is never handed to another."""

_FINDINGS = Prepared(
    select(FINDINGS.c.stream, FINDINGS.c.version, FINDINGS.c.body).where(among(FINDINGS.c.stream, "streams"))
)
_AT_VENUES = Prepared(
    select(
        SESSIONS.c.venue,
        SESSIONS.c.review,
        SESSIONS.c.venue_kind,
        SESSIONS.c.at,
        REVIEWS.c.kind,
        REVIEWS.c.subject,
        REVIEWS.c.stage,
    )
    .join(REVIEWS, REVIEWS.c.review == SESSIONS.c.review)
    .where(SESSIONS.c.campaign == bindparam("campaign"), among(SESSIONS.c.venue, "venues"))
    .order_by(SESSIONS.c.venue, SESSIONS.c.review)
)


@dataclass(frozen=True, kw_only=True)
class OfDay:
    """What the tables say as of one day."""

    facts: Mapping[str, Facts]
    bodies: Bodies
    people: People
    orders: Mapping[str, VenueOrder] = field(default_factory=dict)


@dataclass(kw_only=True)
class Recorded:
    """A batch of reviews with all that was recorded around them, read set by set."""

    campaign: Campaign
    rulebook: Rulebook
    lives: dict[str, Lived]
    around: Around
    operands: Mapping[tuple[str, int], dict[str, Fact]]
    days: Mapping[date, OfDay]

    def facts(self, act: Act) -> Facts:
        """Everything known when this act was judged."""
        review, of_day = act.before, self.days[act.on]
        known = of_day.facts.get(review.id, Facts())
        if act.gate == "hold_session":
            venue = act.event.venue  # type: ignore[attr-defined]  # a session has one
            here = {
                name: Fact(value, "roster")
                for name, value in roster_values(review, of_day.bodies, of_day.people, venue).items()
                if value is not None
            }
            facts = self._session(act, known.merged(Facts(here)))
        else:
            facts = facts_of(review, known)
            facts = stated(facts, self._stated(act))
        read = self.operands.get((review.stream, act.version))
        if read:
            facts = facts.merged(Facts(read))
        if act.gate == "count_ballot":
            # the findings of a sheet are about all its levels, the motion is about one
            facts = stated(facts, {"ballot.level": act.event.level})  # type: ignore[attr-defined]  # a motion has one
        return facts

    def _session(self, act: Act, known: Facts) -> Facts:
        event: Any = act.event
        situation = Situation(
            request=Request(command=ask_on(act.on), actor=NOBODY),
            today=act.on,
            campaign=self.campaign,
            facts={act.before.id: known},
            rulebook=self.rulebook,
        )
        place = act.before.place_of(event.venue)
        kind = dict(act.before.venues).get(place, "cell")
        order = self.days[act.on].orders.get(place) or VenueOrder(place, kind)
        if place != event.venue:
            order = order.of_group(event.venue)
        facts = session_facts(
            Draft(situation, act.before),
            AgendaItem(
                review=act.before.id,
                presented=event.presented,
                residence_comment=event.residence_comment,
                concluded=event.concluded,
            ),
            venue=event.venue,
            day=event.on,
            number=event.item,
            order=order,
            role=event.chair_role,
        )
        attended = self.around.superior_attended(event.meeting)
        return stated(facts, {"session.superior_attended": attended})

    def _stated(self, act: Act) -> dict[str, FactValue | None]:
        """What the command itself stated, as far as its event tells it."""
        review, event = act.before, _any(act.event)
        flow = self.rulebook.flow(review.kind)
        level = review.voted_level or review.submitted_level
        match act.gate:
            case "send_draft":
                return {"draft.sent_on": event.on}
            case "propose":
                return {"proposal.level": event.level, "proposal.by": event.by}
            case "count_ballot":
                return {
                    "ballot.day": event.on,
                    "session.venue_kind": "group" if review.in_group else "cell",
                    **({"order.reviewed_in_group": True} if review.in_group else {}),
                    "order.other_venues_pending": len(review.pending_venues),
                    "ballot.in_favour": event.in_favour,
                    **self.around.sheet(event.ballot),
                }
            case "publish":
                return {"result.announced_on": event.on}
            case "submit":
                sent = self.around.sent(event.bundle, event.on)
                return {
                    "submission.on": event.on,
                    "submission.hour": sent.hour if sent else None,
                    "submission.to_direct_superior": sent.to == review.superior if sent else None,
                    "ballot.level": level_of_source(review, flow),
                }
            case "appraise":
                told = {"decision.level": event.level, "ballot.level": level}
                return {**told, **self.around.consultation(review.bundle, event.on)}
            case "decide":
                counted = getattr(event, "entitled", None)
                return {
                    **self.around.consultation(review.bundle, event.on),
                    "decision.on": event.on,
                    "decision.level": event.level,
                    "decision.by": getattr(event, "by", None),
                    "decision.reason_given": bool((event.reason or "").strip()),
                    "decision.by_ballot": counted is not None,
                    "decision.ballot_in_favour": getattr(event, "in_favour", None),
                    "decision.ballot_entitled": counted,
                    "ballot.level": level,
                }
            case _:
                return {}


def read_batch(
    connection: Connection,
    campaign: Campaign,
    rulebook: Rulebook,
    reviews: Iterable[str],
    today: date,
    wanted: Callable[[str, str], bool],
    opening: Collection[str] = (),
) -> Recorded:
    """Read these reviews with everything around their acts; `rulebook` tells what is worth asking for.

    Of the reviews in `opening`, what was known on the day of the roster is read too. `wanted` says of a gate
    and a kind whether acts there are to be judged.
    """
    streams = [f"review/{review}" for review in reviews]
    log = Log(connection)
    lives = {
        stream.removeprefix("review/"): lived(stream.removeprefix("review/"), told, wanted)
        for stream, told in log.tell(streams).items()
    }
    return Recorded(
        campaign=campaign,
        rulebook=rulebook,
        lives=lives,
        around=read_around(log, lives.values()),
        operands=operands_of(
            connection,
            streams,
            {(one.review.stream, act.version) for one in lives.values() for act in one.acts},
        ),
        days=_days(connection, campaign, rulebook, lives.values(), today, opening),
    )


def of_both(own: Rulebook, other: Rulebook) -> Rulebook:
    """The campaign's rulebook with the other's rules beside: whatever either may ask is gathered."""
    mine = set(map(id, own.rules))
    return replace(own, rules=(*own.rules, *(rule for rule in other.rules if id(rule) not in mine)))


def ask_on(on: date) -> AppraiseBundle:
    """A command whose facts are everything there is on a day."""
    return AppraiseBundle(submission="", on=on)


def _any(event: Event) -> Any:
    return event


def operands_of(
    connection: Connection, streams: list[str], wanted: Collection[tuple[str, int]] | None = None
) -> dict[tuple[str, int], dict[str, Fact]]:
    """The facts the rules read when events were decided, out of the findings; of all where none is named."""
    found: dict[tuple[str, int], dict[str, Fact]] = {}
    for row in _FINDINGS.all(connection, {"streams": streams}):
        if wanted is not None and (row.stream, row.version) not in wanted:
            continue
        read: dict[str, Fact] = {}
        for finding in msgspec.json.decode(row.body)["findings"]:
            for operand in finding["operands"]:
                name = operand["name"]
                if name in read or name not in VOCABULARY or name.startswith(BY_THE_RULEBOOK):
                    continue
                read[name] = Fact(from_json(operand["value"]), operand["source"])
        found[(row.stream, row.version)] = read
    return found


def _days(
    connection: Connection,
    campaign: Campaign,
    rulebook: Rulebook,
    lives: Iterable[Lived],
    today: date,
    opening: Collection[str],
) -> dict[date, OfDay]:
    on: dict[date, dict[str, Review]] = {}
    venues: dict[date, set[str]] = {}
    for one in lives:
        if not one.review.version:
            continue
        days = {act.on for act in one.acts}
        if one.last(*RATED_AT) is None:
            days.add(today)  # the level is asked for as things stand
        if one.review.id in opening:
            days.add(campaign.roster_day)
        for day in days:
            on.setdefault(day, {})[one.review.id] = one.review
        for act in one.acts:
            if act.gate == "hold_session":
                venues.setdefault(act.on, set()).add(one.review.place_of(_any(act.event).venue))
    every = sorted({venue for held in venues.values() for venue in held})
    rows = _AT_VENUES.all(connection, {"campaign": campaign.id, "venues": every}) if every else []
    return {
        day: _of_day(connection, campaign, rulebook, day, reviews, venues.get(day, set()), rows)
        for day, reviews in on.items()
    }


def _of_day(
    connection: Connection,
    campaign: Campaign,
    rulebook: Rulebook,
    day: date,
    reviews: Mapping[str, Review],
    venues: set[str],
    rows: list[Any],
) -> OfDay:
    here = [row for row in rows if row.venue in venues]
    bodies: dict[str, Body] = {}
    standing = Standing(
        request=Request(command=ask_on(day), actor=NOBODY),
        today=day,
        campaign=campaign,
        reviews=reviews,
        bodies=bodies,
        rulebook=rulebook,
    )
    present = [row.subject for row in here if row.kind == life.INDIVIDUAL]
    facts, places, people = FactsFromTables().facts_on(connection, standing, day, present=present)
    return OfDay(facts=facts, bodies=places, people=people, orders=dict(_orders(here, people)))


def _orders(rows: list[Any], people: People) -> Iterator[tuple[str, VenueOrder]]:
    """Who was taken when at each venue; leaders as of the day of the act."""
    orders: dict[str, VenueOrder] = {}
    for row in rows:
        order = orders.setdefault(row.venue, VenueOrder(row.venue, row.venue_kind))
        if row.kind == life.INDIVIDUAL:
            order.kind = row.venue_kind
            owes = row.stage not in (life.EXEMPT, life.ABSENT) or row.at is not None
            if owes and people.posts_of(row.subject) & LEADING:
                order.leaders[row.review] = row.at
                if people.roles_at(row.venue).get(row.subject) == "head":
                    order.heads.add(row.review)
        elif row.kind == life.COLLECTIVE and row.subject == row.venue:
            order.collective, order.collective_at = row.review, row.at
    yield from orders.items()
