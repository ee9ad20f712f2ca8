"""The people of a ballot as the roster has them on its day, and whether its count was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from handlers.private import voters_content
from handlers.roster_facts import People
from handlers.tables import BALLOTS
from states.ballot import CONFIRMED
from workflow.commands.meeting import IssueBallot, RecordMeeting
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts
from workflow.rules.flow import LEFT_OUT
from workflow.sealed import Sealed, seal
from workflow.voters import Named, Voters, voters_of


@dataclass(frozen=True, slots=True)
class BallotVoters:
    """The two lists, and their content sealed: the log knows the digest alone."""

    lists: Voters
    sealed: Sealed


def ballot_voters(
    standing: Standing, facts: Mapping[str, Facts], people: People | None
) -> BallotVoters | None:
    """Who counts and who casts where papers are handed out; None for every other command.

    A sheet has one voting body: that of its first row.
    """
    command, rules = standing.request.command, standing.rulebook
    if isinstance(command, IssueBallot):
        named: Named | None = command
        first = command.motions[0][0] if command.motions else ""
    elif isinstance(command, RecordMeeting):
        named = command.papers
        first = next((item.review for item in command.items if item.counts), "")
    else:
        return None
    review = standing.reviews.get(first)
    if named is None or people is None or rules is None or review is None or first not in facts:
        return None
    official, exempt = people.voters(review.organisation, str(facts[first].value("ballot.body")))
    flow = rules.flow(review.kind)
    lists = voters_of(official, exempt, named, barred_left_out=flow.barred == LEFT_OUT)
    sealed = seal(voters_content(lists))
    return BallotVoters(replace(lists, digest=sealed.digest), sealed)


def confirmed_facts(connection: Connection, standing: Standing) -> dict[str, Facts]:
    """Of each review voted on paper: whether a second person confirmed the count it rests on.

    A review that rests on two sheets, as after a second round, needs both.
    """
    sheets = {
        review.id: {motion.ballot for motion in review.motions if not motion.void}
        for review in standing.reviews.values()
    }
    asked = sorted(set().union(*sheets.values())) if sheets else []
    if not asked:
        return {}
    chosen = select(BALLOTS.c.ballot).where(BALLOTS.c.ballot.in_(asked), BALLOTS.c.stage == CONFIRMED)
    confirmed = set(connection.execute(chosen).scalars())
    return {
        review: Facts({"ballot.second_entry": Fact(held <= confirmed, "ballot sheets")})
        for review, held in sheets.items()
        if held
    }
