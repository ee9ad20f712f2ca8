"""What each kind of long work does, from its orders. Everything in it may be done again without harm.

An opening goes on at the next batch; commands have the idempotency keys of their form, so that what was done
before a process ended is answered and not done twice; a comparison writes nothing. What it is about is looked
for in the scope once more, since it may be carried out later than it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from handlers.access.scope import Scope, scope_on
from handlers.access.things import check_command
from handlers.among import among
from handlers.comparing.kept import kept_comparison
from handlers.comparing.run import compare_rulebooks
from handlers.deciding_together import RowDone, carry_out
from handlers.opening import open_campaign
from handlers.roster_import import confirm_import
from handlers.rulebook_names import book_named
from handlers.work.book import COMPARISON, DECIDING, MANY, OPENING, ROSTER, Job
from handlers.work.orders import (
    CompareBooks,
    EnterMany,
    JudgeTogether,
    OpenCampaign,
    TakeOverRoster,
    command_of,
    read,
)
from handlers.work.running import Progress, words_of
from workflow import clock
from workflow.commands.asking import Actor, Request
from workflow.contention import Contention
from workflow.engine import Engine
from workflow.errors import NotFound, Refusal, RulesFail
from workflow.rules.books import Books
from workflow.tables import EVENTS, IDEMPOTENCY

ROWS_KEPT: Final = 50
"""Reviews of a comparison that are told one by one; all are counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hands:
    """What work is done with."""

    engine: Engine
    books: Books


def carry(hands: Hands, job: Job, progress: Progress) -> None:
    """Do what the job was asked for. Raises what its command would be refused with."""
    _KINDS[job.kind](hands, job, progress)


def _open(hands: Hands, job: Job, progress: Progress) -> None:
    """Steps: the roster is read, batches are opened, what was opened is closed and shown."""
    orders = read(job.orders, OpenCampaign)
    with hands.engine.database.read() as connection:
        _scope(hands.engine, job.actor).within(connection, orders.campaign)

    def opened(done: int, of: int) -> None:
        progress.step = 3 if done == of else 2
        progress.count(done, of)

    campaign = open_campaign(hands.engine, job.actor, orders.campaign, opened)
    progress.outcome = {"campaign": campaign.id, "reviews": campaign.subjects}


def _take_over(hands: Hands, job: Job, progress: Progress) -> None:
    """One transaction: how far it is inside cannot be known, so that only how much it is about is told."""
    orders = read(job.orders, TakeOverRoster)
    progress.total = job.total
    confirm_import(
        hands.engine,
        orders.import_id,
        actor=job.actor,
        good_rows_only=orders.good_rows_only,
        key=job.key,
    )
    progress.done = progress.total
    progress.outcome = {"import": orders.import_id, "changes": job.total}


def _compare(hands: Hands, job: Job, progress: Progress) -> None:
    orders = read(job.orders, CompareBooks)
    with hands.engine.database.read() as connection:
        if not _scope(hands.engine, job.actor).within(connection, orders.campaign).whole:
            raise NotFound("campaign", orders.campaign)
    other = book_named(hands.engine, hands.books, orders.rulebook)
    found = compare_rulebooks(hands.engine, orders.campaign, other, limit=ROWS_KEPT, progress=progress.count)
    progress.outcome = kept_comparison(found, orders.rulebook)


def _enter(hands: Hands, job: Job, progress: Progress) -> None:
    """Each command by itself, what it is about looked for in the scope as from a form."""
    orders = read(job.orders, EnterMany)
    rows: list[dict[str, Any]] = []
    progress.outcome["rows"] = rows
    progress.count(0, len(orders.commands))
    for one in orders.commands:
        command = command_of(one)
        request = Request(command=command, actor=job.actor, key=one.key, language=job.language)
        try:
            with hands.engine.database.read() as connection:
                check_command(connection, _scope(hands.engine, job.actor), command)
            answer = hands.engine.handle(request)
        except (Refusal, Contention) as error:
            rows.append({"review": command.review, "end": "refused", "why": _reasons(error)})
        else:
            both = zip(answer.warnings_vi, answer.warnings_en, strict=True)
            warned = [{"vi": vi, "en": en} for vi, en in both]
            rows.append({"review": command.review, "end": "done", "why": warned})
        progress.count(len(rows), len(orders.commands))


def _judge(hands: Hands, job: Job, progress: Progress) -> None:
    """Rows this very work had done before its process ended are told as done, not as somebody else's.

    Those left are fewer than were sent then, so each attempt has keys of its own.
    """
    orders = read(job.orders, JudgeTogether)
    asked = [row.review for rows in orders.rows.values() for row in rows]
    with hands.engine.database.read() as connection:
        before = done_before(connection, job, asked)
    left = {
        submission: kept
        for submission, rows in orders.rows.items()
        if (kept := tuple(row for row in rows if row.review not in before))
    }
    told = {review: {"review": review, "end": "done"} for review in before}
    progress.count(len(told), len(asked))
    rows = carry_out(
        hands.engine,
        left,
        orders.terms,
        actor=job.actor,
        seen=orders.seen,
        key=f"{job.key}.{job.attempt}",
        language=job.language,
        progress=lambda done: progress.count(len(before) + done, len(asked)),
    )
    told |= {one.review: _row(one) for one in rows}
    gone = [{"review": one, "end": "stale"} for one in orders.gone]
    progress.outcome = {"rows": [*(told[review] for review in asked), *gone]}


def done_before(connection: Connection, job: Job, reviews: list[str]) -> frozenset[str]:
    """Those of the reviews that commands of this very form have written to already."""
    commands = select(IDEMPOTENCY.c.command_id).where(
        IDEMPOTENCY.c.actor == job.asked_by, IDEMPOTENCY.c.key.startswith(f"{job.key}.", autoescape=True)
    )
    streams = [f"review/{review}" for review in reviews]
    chosen = select(EVENTS.c.stream).where(
        among(EVENTS.c.stream, "streams"), EVENTS.c.command_id.in_(commands)
    )
    found = connection.execute(chosen, {"streams": streams}).scalars()
    return frozenset(stream.partition("/")[2] for stream in found)


def _row(one: RowDone) -> dict[str, Any]:
    if one.done:
        return {"review": one.review, "end": "done"}
    if one.refusal is None:
        return {"review": one.review, "end": "stale"}
    return {"review": one.review, "end": "refused", "why": _reasons(one.refusal)}


def _reasons(error: Refusal | Contention) -> list[dict[str, str]]:
    """Why a row was refused: a sentence each in both languages, with the rule and its clause."""
    if not isinstance(error, RulesFail):
        return [words_of(error)]
    return [
        {"vi": vi, "en": en, "rule": finding.rule, "cite": finding.cite}
        for finding, (_, vi, en) in zip(error.failed, error.each, strict=True)
    ]


def _scope(engine: Engine, actor: Actor) -> Scope:
    return scope_on(actor, engine.now().astimezone(clock.ZONE).date())


_KINDS: Final[Mapping[str, Callable[[Hands, Job, Progress], None]]] = {
    OPENING: _open,
    ROSTER: _take_over,
    COMPARISON: _compare,
    MANY: _enter,
    DECIDING: _judge,
}
