"""The closed lists of every organisation under the quotas of two rulebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from handlers.comparing.recorded import NOBODY, ask_on, operands_of
from handlers.comparing.results import Difference, What
from handlers.gather import FactsFromTables
from handlers.tables import BUNDLES
from states import review as life
from workflow import codec
from workflow.bodies import Campaign, Submission
from workflow.commands.asking import Request
from workflow.events.submission import (
    BundleAppraised,
    BundleDecided,
    BundleReturned,
    BundleSubmitted,
    LastRowsReturned,
    RowsDecided,
    RowsReturned,
)
from workflow.gathering import Standing
from workflow.log import Log
from workflow.rules.facts import Fact, Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import blocking
from workflow.rules.quota import judge_quota
from workflow.rules.rulebook import Rulebook
from workflow.standing import stated

COUNTED = ("quota.top", "quota.good", "quota.rated", "quota.special_merit", "quota.group_outside")


@dataclass(slots=True)
class _Closed:
    """What an organisation has with its superior so far: member -> level."""

    levels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A bundle at one of its events."""

    on: date
    stream: str
    version: int
    organisation: str
    event: Any


def quota_differences(
    connection: Connection, campaign: Campaign, own: Rulebook, other: Rulebook, asking: Rulebook
) -> dict[str, tuple[Difference, ...]]:
    """The reviews at the top level whose list one of the two refuses: review -> what comes out otherwise.

    A list whose levels are on another scale is not judged.
    """
    if own.scales.get(life.INDIVIDUAL) != other.scales.get(life.INDIVIDUAL):
        return {}
    found: dict[str, tuple[Difference, ...]] = {}
    closed: dict[str, _Closed] = {}
    moments = sorted(_moments(connection, campaign), key=lambda one: (one.on, one.stream, one.version))
    read = operands_of(connection, sorted({one.stream for one in moments}))
    for one in moments:
        mine = closed.setdefault(one.organisation, _Closed())
        _apply(mine, one.event, campaign)
        gate = _gate(one.event)
        if not gate or not mine.levels:
            continue
        known = _known(connection, campaign, asking, one)
        facts = known.merged(Facts(read.get((one.stream, one.version), {})))
        facts = stated(facts, _counts(own, campaign, one.organisation, mine.levels.values()), "closed list")
        difference = _difference(gate, judge_quota(own, facts), judge_quota(other, facts))
        if difference is None:
            continue
        scale = own.scales[life.INDIVIDUAL]
        for review, level in mine.levels.items():
            if level == scale[0] or difference.what is What.MISSING:
                found.setdefault(review, (difference,))
    return found


def _difference(gate: str, here: tuple[Finding, ...], there: tuple[Finding, ...]) -> Difference | None:
    mine, yours = blocking(here), blocking(there)
    failed = tuple(finding for finding in yours if finding.verdict is Verdict.FAILS)
    if failed and not mine:
        rules = tuple(finding.rule for finding in failed)
        return Difference(what=What.REFUSED, gate=gate, rules=rules, findings=failed)
    if yours and not mine:
        names = dict.fromkeys(name for finding in yours for name in finding.missing)
        rules = tuple(finding.rule for finding in yours)
        return Difference(what=What.MISSING, gate=gate, rules=rules, missing=tuple(names))
    over = tuple(finding for finding in mine if finding.verdict is Verdict.FAILS)
    if over and not yours:
        rules = tuple(finding.rule for finding in over)
        return Difference(what=What.ALLOWED, gate=gate, rules=rules, of_own=True, findings=over)
    return None


def _moments(connection: Connection, campaign: Campaign) -> Iterator[_Moment]:
    chosen = select(BUNDLES.c.submission, BUNDLES.c.organisation).where(BUNDLES.c.campaign == campaign.id)
    organisations: Mapping[str, str] = {
        f"submission/{row.submission}": row.organisation for row in connection.execute(chosen)
    }
    for stream, told in Log(connection).tell(sorted(organisations)).items():
        for one in told:
            event: Any = codec.decode(one.name, one.schema_version, one.data)
            on = getattr(event, "on", None)
            if isinstance(on, date):
                yield _Moment(on, stream, one.version, organisations[stream], event)


def _apply(closed: _Closed, event: Any, campaign: Campaign) -> None:
    members = f"{campaign.id}.member."
    match event:
        case BundleSubmitted() | BundleAppraised() | RowsDecided() | BundleDecided():
            closed.levels.update(
                {row: level for row, level in event.rows if level and row.startswith(members)}
            )
        case RowsReturned() | LastRowsReturned():
            for row in event.rows:
                closed.levels.pop(row, None)
        case BundleReturned():
            closed.levels.clear()


def _gate(event: Any) -> str:
    match event:
        case BundleSubmitted():
            return "submit"
        case RowsDecided() | BundleDecided():
            return "decide"
        case _:
            return ""


def _known(connection: Connection, campaign: Campaign, asking: Rulebook, one: _Moment) -> Facts:
    name = one.stream.partition("/")[2]
    standing = Standing(
        request=Request(command=ask_on(one.on), actor=NOBODY),
        today=one.on,
        campaign=campaign,
        reviews={},
        bodies={one.stream: Submission(id=name, version=one.version, organisation=one.organisation)},
        rulebook=asking,
    )
    facts, _, _ = FactsFromTables().facts_on(connection, standing, one.on)
    found = facts.get("", Facts())
    return Facts({name: Fact(fact.value, fact.source) for name, fact in found.items() if name not in COUNTED})


def _counts(
    own: Rulebook, campaign: Campaign, organisation: str, levels: Iterable[str]
) -> dict[str, bool | int]:
    held, scale = tuple(levels), own.scales[life.INDIVIDUAL]
    return {
        "quota.top": held.count(scale[0]),
        "quota.good": held.count(scale[1]),
        "quota.rated": len(held),
        "quota.special_merit": organisation in campaign.special_merit,
        "quota.group_outside": False,
    }
