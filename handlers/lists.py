"""What the declared lists say: known only where a body declared the list complete, never assumed empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster_tables import LIST_ENTRIES
from handlers.tables import CAMPAIGNS, DECLARATIONS, NEIGHBOURS, REVIEWS, SETTLEMENTS
from states import review as life
from workflow.gathering import Standing
from workflow.review import Review
from workflow.rules.facts import Fact, Facts
from workflow.stages.listing import SETTLED, EntryHeld

_Row = Row[*tuple[Any, ...]]

CARRIED = "open_finding"
"""Entries of this list go on from year to year until they are settled."""

OF_THE_TREE = ("discipline", "violation")
"""Lists whose entries about people and bodies below concern the organisation above too."""

OF_WHOM_IT_NAMES = ("complaint", CARRIED)
"""Lists whose entries concern the person or body they name and nobody else."""

_DECLARED = Prepared(
    select(DECLARATIONS).where(
        DECLARATIONS.c.campaign == bindparam("campaign"),
        among(DECLARATIONS.c.organisation, "organisations"),
        DECLARATIONS.c.as_of >= day_parameter("needed"),
    )
)
_ENTRIES = Prepared(
    select(LIST_ENTRIES).where(
        LIST_ENTRIES.c.campaign == bindparam("campaign"),
        among(LIST_ENTRIES.c.organisation, "organisations"),
        LIST_ENTRIES.c.superseded_at.is_(None),
        LIST_ENTRIES.c.erased_at.is_(None),
    )
)
_CARRIED = Prepared(
    select(LIST_ENTRIES, CAMPAIGNS.c.year, SETTLEMENTS.c.settled_on)
    .join(CAMPAIGNS, CAMPAIGNS.c.campaign == LIST_ENTRIES.c.campaign)
    .outerjoin(SETTLEMENTS, SETTLEMENTS.c.entry == LIST_ENTRIES.c.entry)
    .where(
        LIST_ENTRIES.c.list == CARRIED,
        among(LIST_ENTRIES.c.organisation, "organisations"),
        LIST_ENTRIES.c.superseded_at.is_(None),
        LIST_ENTRIES.c.erased_at.is_(None),
        CAMPAIGNS.c.campaign != bindparam("campaign"),
        CAMPAIGNS.c.year < bindparam("year"),
        or_(SETTLEMENTS.c.settled_on.is_(None), SETTLEMENTS.c.settled_on >= day_parameter("first")),
    )
)
_SETTLED = Prepared(
    select(SETTLEMENTS.c.entry, SETTLEMENTS.c.settled_on).where(
        among(SETTLEMENTS.c.organisation, "organisations")
    )
)
_FIRST_DECISIONS = Prepared(
    select(
        LIST_ENTRIES.c.subject,
        LIST_ENTRIES.c.violation,
        LIST_ENTRIES.c.decided_on,
        LIST_ENTRIES.c.disciplined,
        LIST_ENTRIES.c.cause,
    ).where(
        LIST_ENTRIES.c.list == "violation",
        among(LIST_ENTRIES.c.violation, "violations"),
        LIST_ENTRIES.c.superseded_at.is_(None),
        LIST_ENTRIES.c.erased_at.is_(None),
    )
)
_IN_CAMPAIGN = Prepared(
    select(REVIEWS.c.organisation, REVIEWS.c.superior)
    .where(REVIEWS.c.campaign == bindparam("campaign"))
    .distinct()
)
_EVER_DECLARED = Prepared(
    select(DECLARATIONS.c.organisation, DECLARATIONS.c.as_of).where(
        DECLARATIONS.c.campaign == bindparam("campaign"), DECLARATIONS.c.list == "violation"
    )
)
_VIOLATIONS = Prepared(
    select(LIST_ENTRIES)
    .where(
        LIST_ENTRIES.c.campaign == bindparam("campaign"),
        LIST_ENTRIES.c.list == "violation",
        LIST_ENTRIES.c.superseded_at.is_(None),
        LIST_ENTRIES.c.erased_at.is_(None),
    )
    # one order on both databases, so that the same entries give the same finding
    .order_by(LIST_ENTRIES.c.row_id)
)
_BESIDE = Prepared(
    select(NEIGHBOURS).where(
        NEIGHBOURS.c.campaign == bindparam("campaign"), among(NEIGHBOURS.c.organisation, "organisations")
    )
)


def list_facts(connection: Connection, standing: Standing, day: date) -> dict[str, Facts]:
    """What the lists say of every review, and same-level bodies, as far as they are known.

    A declaration counts when it reaches to the day of the act, or to the end of the assessment year where
    that comes first (C-15). Shortcomings still open when the year began are on this year's list too.
    """
    if standing.campaign is None:
        return {}
    year = standing.campaign.year
    reviews = [review for review in standing.reviews.values() if review.version]
    needed = min(day, date(year, 12, 31))
    asked = {
        "campaign": standing.campaign.id,
        "organisations": sorted({review.organisation for review in reviews}),
        "needed": needed,
        "year": year,
        "first": date(year, 1, 1),
    }
    declared = {(row.organisation, row.list): row for row in _DECLARED.all(connection, asked)}
    rated = [review.organisation for review in reviews if review.kind == life.ORGANISATION]
    below = _below(connection, asked) if rated and declared else {}
    trees = {body: _tree(body, below) for body in rated}
    everywhere = sorted({review.organisation for review in reviews}.union(*trees.values()))
    entries = _ENTRIES.all(connection, asked | {"organisations": everywhere}) if declared else []
    if any(name == CARRIED for _, name in declared):
        entries = [*entries, *_CARRIED.all(connection, asked)]
    settled = _settled(connection, entries, asked, day)
    violations = sorted({row.violation for row in entries if row.list == "violation" and row.violation})
    first = _first_decisions(connection, violations) if violations else {}
    neighbours = _BESIDE.all(connection, asked) if rated else []
    found: dict[str, Facts] = {}
    for review in reviews:
        tree = trees[review.organisation] if review.kind == life.ORGANISATION else {review.organisation}
        mine = [row for row in entries if _concerns(review, row, tree)]
        known: dict[str, Fact] = {}
        for name, (fact, told) in LISTS.items():
            row = declared.get((review.organisation, name))
            if row is not None:
                rows = [entry for entry in mine if entry.list == name]
                value = told(rows, Around(needed, settled, first))
                known[fact] = Fact(value, f"list declared complete as of {row.as_of.isoformat()}")
        if review.kind == life.ORGANISATION:
            beside = [row for row in neighbours if row.organisation == review.organisation]
            known |= _beside(review.organisation, beside, declared)
        found[review.id] = Facts(known)
    for review_id, charged in _charged(connection, standing, reviews, asked).items():
        found[review_id] = found[review_id].merged(Facts({"lists.charged_violations": charged}))
    return found


def _charged(
    connection: Connection, standing: Standing, reviews: Sequence[Review], asked: dict[str, Any]
) -> dict[str, Fact]:
    """Violations charged to each collective's body or to one below it (QD366-2025, Điều 11).

    Known once the body's own list is declared up to the day, and every body below has declared its own in
    this campaign (C-15): an entry counts from there on whichever list it stands on.
    """
    collectives = [review for review in reviews if review.kind == life.COLLECTIVE]
    rulebook = standing.rulebook
    if not collectives or rulebook is None or not rulebook.asks_for("lists.charged_violations"):
        return {}
    below = _below(connection, asked)
    days = {row.organisation: row.as_of for row in _EVER_DECLARED.all(connection, asked)}
    entries = _VIOLATIONS.all(connection, asked)
    first = _first_decisions(connection, sorted({row.violation for row in entries if row.violation}))
    found: dict[str, Fact] = {}
    for review in collectives:
        own = days.get(review.organisation)
        bodies = _tree(review.organisation, below)
        if own is None or own < asked["needed"] or not bodies <= days.keys():
            continue
        charged = tuple(
            item
            for item in _violations(entries, Around(asked["needed"], frozenset(), first))
            if item[2] in bodies
        )
        found[review.id] = Fact(charged, f"list declared complete as of {own.isoformat()}")
    return found


def _concerns(review: Review, row: _Row, tree: set[str]) -> bool:
    """Whether an entry is about a review.

    A person has his own, a collective what was suggested to it and not to one of its members. A complaint or
    a shortcoming is of the one it names: about a member it holds up neither his collective nor his
    organisation (QD366-2025, Điều 11, Điều 12.1). To a rated organisation belongs, whichever list it stands
    on, what happened in the bodies below it.
    """
    if row.organisation != review.organisation:
        return row.list in OF_THE_TREE and row.organisation in tree
    if review.kind == life.INDIVIDUAL or row.list in OF_WHOM_IT_NAMES:
        return bool(row.subject == review.subject)
    return review.kind != life.COLLECTIVE or row.list != "suggestion" or row.subject == review.subject


def _below(connection: Connection, asked: dict[str, Any]) -> dict[str, list[str]]:
    """The bodies right below each body of the campaign."""
    below: dict[str, list[str]] = {}
    for row in _IN_CAMPAIGN.all(connection, asked):
        below.setdefault(row.superior, []).append(row.organisation)
    return below


def _tree(body: str, below: Mapping[str, Sequence[str]]) -> set[str]:
    """The body with all below it."""
    found, waiting = {body}, [body]
    while waiting:
        for one in below.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def entry_held(connection: Connection, entry: str) -> EntryHeld | None:
    """An entry by its id; None where there is none, it was erased, or it has no day."""
    row = connection.execute(
        select(LIST_ENTRIES.c.organisation, LIST_ENTRIES.c.list, LIST_ENTRIES.c.decided_on).where(
            LIST_ENTRIES.c.entry == entry
        )
    ).one_or_none()
    if row is None or row.decided_on is None:
        return None
    return EntryHeld(row.organisation, row.list, row.decided_on)


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An entry not settled yet: its id, on which list, whom it concerns, and its day."""

    entry: str
    list: str
    subject: str
    on: date


def open_entries(
    connection: Connection, campaign: str, year: int, organisation: str
) -> tuple[OpenEntry, ...]:
    """What an organisation still has to settle in a campaign, carried over entries included, oldest first."""
    asked = {
        "campaign": campaign,
        "organisations": [organisation],
        "year": year,
        "first": date(year, 1, 1),
    }
    rows = [row for row in _ENTRIES.all(connection, asked) if row.list in SETTLED]
    rows = [*rows, *_CARRIED.all(connection, asked)]
    settled = {row.entry for row in _SETTLED.all(connection, asked)} if rows else set()
    return tuple(
        OpenEntry(row.entry, row.list, row.subject, row.decided_on)
        for row in sorted(rows, key=lambda row: (row.decided_on, row.entry))
        if row.entry not in settled
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of entries beside their rows.

    `until` is the day to which a spell still going on is counted. `settled` are the entries settled by the
    day of the act, `first` the day of the first decision by subject and violation, whichever year (C-60).
    """

    until: date
    settled: frozenset[str]
    first: Mapping[tuple[str, str], date]


def _settled(
    connection: Connection, entries: Sequence[_Row], asked: dict[str, Any], day: date
) -> frozenset[str]:
    if not any(row.list in SETTLED for row in entries):
        return frozenset()
    return frozenset(row.entry for row in _SETTLED.all(connection, asked) if row.settled_on <= day)


def _first_decisions(connection: Connection, violations: list[str]) -> dict[tuple[str, str], date]:
    """Of each violation the day from which it counts: the first discipline, else the first conclusion (C-60).

    A conclusion of degradation lowers a level before any discipline does (TKV-2018, MỨC-ĐV KHTNV), so there
    the first of both counts.
    """
    days: dict[tuple[str, str], list[tuple[bool, date]]] = {}
    for row in _FIRST_DECISIONS.all(connection, {"violations": violations}):
        if row.decided_on is not None:
            later = not (row.disciplined or row.cause == "degradation")
            days.setdefault((row.subject, row.violation), []).append((later, row.decided_on))
    return {key: min(told)[1] for key, told in days.items()}


def _discipline(rows: Sequence[_Row], around: Around) -> tuple[Any, ...]:
    return tuple(
        (
            row.subject,
            row.decided_on,
            row.cause or "other",
            bool(row.self_detected),
            row.term_ends or one_year_after(row.decided_on),
        )
        for row in rows
        if row.decided_on is not None
    )


def _sick_leave(rows: Sequence[_Row], around: Around) -> tuple[Any, ...]:
    return tuple((row.from_day, row.to_day or around.until) for row in rows if row.from_day is not None)


def _violations(rows: Sequence[_Row], around: Around) -> tuple[Any, ...]:
    """One violation is one entry, whatever bodies decided on it: the worst of what they say counts."""
    found: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        found.setdefault((row.subject, row.violation), []).append(row)
    return tuple(
        (
            subject,
            violation,
            next((row.charged for row in same if row.charged), same[0].organisation),
            around.first[subject, violation],
            next((row.cause for row in same if row.cause), "other"),
            any(row.disciplined for row in same),
            all(row.self_detected for row in same),
            any(row.duty_related for row in same),
        )
        for (subject, violation), same in found.items()
    )


def _dated(rows: Sequence[_Row], around: Around) -> tuple[Any, ...]:
    """Whose, since when, and whether it is settled by the day of the act."""
    return tuple((row.subject, row.decided_on, row.entry in around.settled) for row in rows)


LISTS: dict[str, tuple[str, Callable[[Sequence[_Row], Around], tuple[Any, ...]]]] = {
    "discipline": ("lists.discipline", _discipline),
    "sick_leave": ("lists.sick_leave", _sick_leave),
    "violation": ("lists.violations", _violations),
    "open_finding": ("lists.open_findings", _dated),
    "complaint": ("lists.complaints", _dated),
    "suggestion": ("lists.suggestions", _dated),
}
"""The fact each list gives, and how its entries are told."""


def one_year_after(day: date) -> date:
    """The first day after a one-year term that begins on `day` (C-28); 29 February ends on 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28) + timedelta(days=1)


def _beside(organisation: str, rows: list, declared: dict) -> dict[str, Fact]:  # type: ignore[type-arg]  # rows of the driver
    known: dict[str, Fact] = {}
    administration = next((row for row in rows if row.kind == "administration"), None)
    if administration is not None:
        source = f"event lists/{administration.campaign}/{organisation}#{administration.stream_version}"
        known["administration.exists"] = Fact(True, source)
        known["administration.rank"] = Fact(administration.rank, source)
        known["administration.scale_length"] = Fact(administration.scale_length, source)
    elif (organisation, "administration") in declared:
        known["administration.exists"] = Fact(False, "list declared complete")
    if (organisation, "mass_organisation") in declared:
        known["mass_organisations.ranks"] = Fact(
            tuple((row.rank, row.scale_length) for row in rows if row.kind == "mass_organisation"),
            "list declared complete",
        )
    return known
