"""What is shown of remediation plans: those of a campaign, one with its texts, who owes one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, select

from handlers.plan_facts import plans_owed
from handlers.tables import PLANS, PRIVATE_TEXTS
from states import review as reviewing
from workflow.errors import NotFound
from workflow.folding import fold_stored
from workflow.log import Log, Stored
from workflow.plans import Plan
from workflow.rules.rulebook import Rulebook


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One shortcoming of a plan. `weakness` and `remedy` are empty where their text was erased."""

    key: str
    responsible: str
    due: date
    weakness: str = ""
    remedy: str = ""
    remedied: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSeen:
    """A plan as its log tells it, its events, and what each shortcoming is."""

    plan: Plan
    items: tuple[Item, ...]
    stored: tuple[Stored, ...]


def plan_seen(connection: Connection, plan_id: str) -> PlanSeen:
    """A plan with its texts; those of the version last drawn up. NotFound for one the log does not have."""
    stream = f"plan/{plan_id}"
    stored = Log(connection).read([stream])[stream]
    if not stored:
        raise NotFound("plan", plan_id)
    plan = fold_stored(stream, stored)
    assert isinstance(plan, Plan), "a plan stream folds to a plan"
    texts = _texts(connection, stream)
    return PlanSeen(
        plan=plan,
        items=tuple(
            Item(
                key=key,
                responsible=who,
                due=due,
                weakness=texts.get(key, ("", ""))[0],
                remedy=texts.get(key, ("", ""))[1],
                remedied=plan.remedied.get(key),
            )
            for key, (who, due) in plan.items.items()
        ),
        stored=tuple(stored),
    )


def _texts(connection: Connection, stream: str) -> dict[str, tuple[str, str]]:
    content = connection.execute(
        select(PRIVATE_TEXTS.c.content)
        .where(PRIVATE_TEXTS.c.stream == stream, PRIVATE_TEXTS.c.kind == "plan")
        .order_by(PRIVATE_TEXTS.c.row_id.desc())
        .limit(1)
    ).scalar()
    return {key: (weakness, remedy) for key, weakness, remedy in json.loads(content)} if content else {}


def plans_of(
    connection: Connection, campaign: str, seen: ColumnElement[bool]
) -> list[Row[tuple[object, ...]]]:
    """The plans of a campaign under a condition: the earliest open day first, those without one last."""
    rows = connection.execute(select(PLANS).where(PLANS.c.campaign == campaign, seen)).all()
    return sorted(rows, key=lambda row: (row.next_due is None, row.next_due or date.max, row.plan))


def owed(connection: Connection, campaign: str, rulebook: Rulebook) -> list[tuple[str, str]]:
    """Decided reviews that have no plan though their document wants one: (review, organisation)."""
    return [
        (row.review, row.organisation)
        for kind in kinds_with_plans(rulebook)
        for row in plans_owed(connection, campaign, kind)
    ]


def kinds_with_plans(rulebook: Rulebook) -> tuple[str, ...]:
    """The kinds of review whose document wants a plan: rules ask about it, or it is a row carried out by it.

    A row that is carried out by plans is about Party organisations (BG-2019, ¶9; STC-2024, ¶10).
    """
    asked = {
        kind
        for rule in rulebook.rules
        if any(name.startswith("plan.") for name in rulebook.facts_of_rule(rule))
        for kind in rule.kinds
    }
    if any(one.by == "plan" for one in rulebook.carried):
        asked.add(reviewing.ORGANISATION)
    return tuple(kind for kind in reviewing.KINDS if kind in asked)
