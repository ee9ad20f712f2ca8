"""The bodies of a board as rows, narrowed and in order: all of them, before any is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from api.board_filter import Wanted
from api.pages.counted import Standing, standing_of, steps_of
from api.pages.format import plain
from api.pages.lateness import Passed, Risks, days_late, late_steps, passed_of, state_of
from api.pages.season_page import season_for
from api.pages.views import StatusText
from api.pages.visits import Visit
from deadlines.due import STAGE_OF_GATE, Due, dues
from deadlines.season import Season
from handlers.access.scope import Within
from handlers.boards.counting import Counts, bodies_by_level, counts_of
from handlers.boards.found import bodies_with
from handlers.boards.tree import Tree, TreeBody
from handlers.season.plans import CampaignPlans
from states import review as life
from states.bodies import COLLECTIVES
from workflow.bodies import Campaign
from workflow.rules.due_dates import UNIT_DAY
from workflow.rules.facts import Facts
from workflow.rules.rulebook import Rulebook

_RANKS = {"late": 0, "refused": 1, "risk": 2, "done": 4}
"""How urgent a row is; everything else comes before what is done."""


@dataclass(kw_only=True, slots=True)
class Row:
    """One body of the board, with the dates that are its own. `days` it is late, 0 where it is not."""

    body: TreeBody
    counts: Counts
    standing: Standing
    due: Mapping[str, Due]
    late: tuple[str, ...]
    days: int
    state: StatusText
    at_risk: bool
    place: int

    @property
    def shows(self) -> str:
        """Under which filter it stands; a date that cannot be met is a risk until it has passed."""
        if self.at_risk:
            return "risk"
        return self.state.tone if self.state.tone in _RANKS else ""

    @property
    def urgency(self) -> tuple[int, int, int, int]:
        """The most urgent first: the longest late, then those sent back, at risk, on their way, done."""
        rank = _RANKS.get(self.shows, 3)
        red_first = 0 if self.state.tone == "late" else 1
        return (rank, -self.days if rank == 0 else red_first, -len(self.late), self.place)


@dataclass(frozen=True, kw_only=True)
class Found:
    """The rows of a board: all in scope, and those that are asked for.

    `by_show`, `by_stage` and `by_level` count what each choice would leave beside the other filters.
    """

    steps: tuple[str, ...]
    tree: Tree
    plans: CampaignPlans
    rows: Sequence[Row]
    kept: Sequence[Row]
    by_show: Mapping[str, int]
    by_stage: Mapping[str, int]
    by_level: Mapping[str, int]

    @cached_property
    def all_by_show(self) -> Mapping[str, int]:
        """How many rows of the whole board stand under each of the filters by state."""
        return Counter(row.shows for row in self.rows)


def read_rows(
    connection: Connection,
    visit: Visit,
    within: Within,
    campaign: Campaign,
    rulebook: Rulebook,
    wanted: Wanted,
    settled: int | None,
) -> Found:
    """The rows of a campaign's board. Half a dozen queries, whatever the number of bodies and reviews."""
    steps = steps_of(rulebook, wanted.kind)
    every = counts_of(connection, campaign.id, wanted.kind)
    seen = within.bodies_among(connection, every)
    counts = {body: counted for body, counted in every.items() if body in seen}
    tree = visit.service.trees.of(connection, campaign.id, visit.today, every)
    season = season_for(campaign, rulebook)
    plans = visit.service.plans.of(connection, campaign.id, visit.today, season, settled)
    rows = _rows(visit, campaign, rulebook, wanted.kind, steps, counts, tree, plans)
    levels = bodies_by_level(connection, campaign.id, wanted.kind) if within.content else {}
    named = (
        bodies_with(connection, within, wanted.query, campaign.id, visit.today)
        if wanted.query
        else frozenset()
    )
    return _narrowed(steps, tree, plans, rows, wanted, levels, named)


def _rows(
    visit: Visit,
    campaign: Campaign,
    rulebook: Rulebook,
    kind: str,
    steps: tuple[str, ...],
    counts: Mapping[str, Counts],
    tree: Tree,
    plans: CampaignPlans,
) -> list[Row]:
    dates = _Dates(visit, campaign, rulebook, kind, steps, plans)
    risks = Risks(plans, kind, visit.language)
    now, today, words, places = visit.now, visit.today, visit.words, tree.places
    rows = []
    for name, counted in counts.items():
        body = tree.of(name)
        standing = standing_of(steps, counted)
        due, passed = dates.of(body)
        late = late_steps(standing, passed) if passed else ()
        risk = None if late else risks.of(name)
        state = state_of(standing, passed if late else (), now, words, risk)
        rows.append(
            Row(
                body=body,
                counts=counted,
                standing=standing,
                due=due,
                late=late,
                days=days_late(passed, late, today) if late else 0,
                state=state,
                at_risk=state is risk,
                place=places.get(name, len(places)),
            )
        )
    rows.sort(key=lambda row: (row.place, row.body.body))
    return rows


class _Dates:
    """The dates of bodies: those of their type, and a day a unit set for itself."""

    def __init__(
        self,
        visit: Visit,
        campaign: Campaign,
        rulebook: Rulebook,
        kind: str,
        steps: tuple[str, ...],
        plans: CampaignPlans,
    ) -> None:
        self._year, self._rulebook, self._kind, self._steps = campaign.year, rulebook, kind, steps
        self._now = visit.now
        self._by_type: dict[tuple[str, str], tuple[Mapping[str, Due], Passed]] = {}
        self._own = _own_days(plans, plans.season, kind)

    def of(self, body: TreeBody) -> tuple[Mapping[str, Due], Passed]:
        """Its dates by step, and those that have passed."""
        calendar = self._rulebook.calendar
        alike = (body.type, calendar.unit_of(body.body))
        if alike not in self._by_type:
            facts = facts_of_type(self._kind, body.type)
            due = dues(self._rulebook, self._year, self._kind, facts, calendar.of_unit(body.body))
            self._by_type[alike] = due, passed_of(due, self._steps, self._now)
        own = self._own.get(body.body)
        if own is None:
            return self._by_type[alike]
        due = {**self._by_type[alike][0], **own}
        return due, passed_of(due, self._steps, self._now)


def _own_days(plans: CampaignPlans, season: Season, kind: str) -> Mapping[str, Mapping[str, Due]]:
    """The dates of units that set a day of their own, as the book of deadlines has them."""
    if not season.set_days():
        return {}
    found: dict[str, dict[str, Due]] = {}
    for name, one in plans.bodies.items():
        for part in one.body.parts:
            for owed in part.owed or () if part.kind == kind else ():
                stage = STAGE_OF_GATE.get(owed.gate)
                if stage is None or owed.basis != UNIT_DAY:
                    continue
                due = Due(
                    stage, owed.last, owed.safe, "", owed.hour, owed.rule, owed.word, owed.basis,
                    owed.provisional,
                )  # fmt: skip
                held = found.setdefault(name, {}).get(stage)
                if held is None or due.last < held.last:
                    found[name][stage] = due
    return found


def facts_of_type(kind: str, organisation_type: str) -> Facts:
    """What the type of a body alone tells of the reviews it runs: enough to know which dates are theirs."""
    if not organisation_type:
        return Facts()
    led_by = COLLECTIVES.get(organisation_type) if kind != life.INDIVIDUAL else None
    return Facts.of("roster", {"organisation.type": organisation_type, "collective.type": led_by})


def earliest(rows: Iterable[Row]) -> dict[str, Due]:
    """The earliest date of each step among the rows: the head of a column."""
    found: dict[str, Due] = {}
    for due in {id(row.due): row.due for row in rows}.values():
        for stage, one in due.items():
            if stage not in found or one.last < found[stage].last:
                found[stage] = one
    return found


def advised(found: Found, kind: str) -> dict[str, date]:
    """By which day each step is best done at the latest, counted back: the earliest among the rows."""
    seen = {row.body.body for row in found.rows}
    days: dict[str, date] = {}
    for one in {id(one.plan): one for name, one in found.plans.bodies.items() if name in seen}.values():
        for step in one.plan.steps:
            stage = STAGE_OF_GATE.get(step.gate)
            if stage and step.safe is not None and one.plan.parts[step.part].kind == kind:
                days[stage] = min(step.safe, days.get(stage, step.safe))
    return days


def _narrowed(
    steps: tuple[str, ...],
    tree: Tree,
    plans: CampaignPlans,
    rows: list[Row],
    wanted: Wanted,
    levels: Mapping[str, frozenset[str]],
    named: frozenset[str],
) -> Found:
    asked = plain(wanted.query)
    leveled = levels.get(wanted.level, frozenset())
    kept: list[Row] = []
    by_show: Counter[str] = Counter()
    by_stage: Counter[str] = Counter()
    beside: set[str] = set()
    for row in rows:
        name, shows, stuck = row.body.body, row.shows, row.standing.stuck
        if asked and asked not in row.body.folded and name not in named:
            continue
        shown = wanted.show in ("all", shows)
        at_step = not wanted.stage or stuck == wanted.stage
        with_level = not wanted.level or name in leveled
        # each choice counts what the other filters let through
        if at_step and with_level:
            by_show[shows] += 1
        if shown and with_level:
            by_stage[stuck] += 1
        if shown and at_step:
            beside.add(name)
        if shown and at_step and with_level:
            kept.append(row)
    by_show["all"] = by_show.total()
    if wanted.sort == "late":
        kept.sort(key=lambda row: row.urgency)
    return Found(
        steps=steps,
        tree=tree,
        plans=plans,
        rows=rows,
        kept=kept,
        by_show=by_show,
        by_stage=by_stage,
        by_level={level: len(bodies & beside) for level, bodies in levels.items()},
    )
