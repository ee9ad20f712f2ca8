"""The checklists of a whole body: one item is confirmed for many reviews at once, each with its outcome."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from api.pages.cell_bundles import submit_command
from api.pages.cell_data import CellData
from api.pages.findings_told import cited_rule
from api.pages.format import N_, day
from api.pages.one_by_one import one_by_one
from api.pages.review_ticks import GATES
from api.pages.typed import Typed
from api.pages.undoing import undo_many_ticks
from api.pages.views import Choice, FormField, Link, RefusalView
from api.pages.views_cell import TickedRow, TickItem, TickSection, TicksPage
from api.pages.visits import Visit
from handlers.names import Names
from states import review as life
from workflow.commands.asking import Request
from workflow.commands.preparing import TickItems
from workflow.decision import Situation, check_move
from workflow.errors import Refusal
from workflow.review import Review
from workflow.rules.finding import Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rule import Rule
from workflow.standing import facts_of

NOBODY_CHOSEN = N_("Đánh dấu ít nhất một người hoặc tập thể.")
IN_THE_MINUTES = "hold_session"
"""Items of the session are confirmed in its minutes."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One item with the reviews that still lack it and this visitor may confirm it for."""

    rule: Rule
    reviews: tuple[str, ...]

    @property
    def item(self) -> str:
        """Its name on the checklist."""
        return str(self.rule.parameters["item"])


def asked_items(visit: Visit, cell: CellData) -> tuple[Asked, ...]:
    """Every item some review of the body still lacks, in the order of the life; one look for all reviews."""
    if not cell.own:
        return ()
    request = Request(command=submit_command(cell, visit.today), actor=visit.acting)
    situation, _ = visit.service.engine.consider(request)
    mine = {row.review for row in cell.own}
    reviews = [
        review for name, review in situation.reviews.items() if name in mine and _may_tick(situation, review)
    ]
    order = tuple(GATES)
    rules = {rule.id: rule for kind in life.KINDS for rule in cell.rulebook.items_of(kind)}
    found = (
        Asked(rule=rule, reviews=tuple(review.id for review in reviews if _lacks(situation, review, rule)))
        for rule in rules.values()
        if IN_THE_MINUTES not in rule.gates
    )
    return tuple(
        sorted((one for one in found if one.reviews), key=lambda one: order.index(one.rule.gates[0]))
    )


def _may_tick(situation: Situation, review: Review) -> bool:
    try:
        check_move(situation, review, "tick_items")
    except Refusal:
        return False
    return True


def _lacks(situation: Situation, review: Review, rule: Rule) -> bool:
    if review.kind not in rule.kinds:
        return False
    facts = facts_of(review, situation.known(review.id))
    return judge_rule(situation.rules, rule, facts).verdict in (Verdict.FAILS, Verdict.UNKNOWN)


def ticks_page(
    visit: Visit,
    cell: CellData,
    *,
    typed: Typed | None = None,
    rows: tuple[TickedRow, ...] = (),
    done: tuple[TickItems, ...] = (),
    refusal: RefusalView | None = None,
) -> TicksPage:
    """The page; after a form was sent with what came of each row, and the way back from ticks just `done`."""
    _ = visit.words.gettext
    asked = asked_items(visit, cell)
    with visit.service.database.read() as connection:
        frame = visit.frame(
            connection,
            "cell",
            campaign=cell.campaign,
            rulebook=cell.rulebook,
            organisation=cell.organisation,
        )
    base = f"/c/{cell.campaign.id}/o/{cell.organisation}"
    if done:
        ticked, names = done[0], tuple(one.review for one in done)
        frame = replace(
            frame, undo=undo_many_ticks(visit, f"{base}/ticks", ticked.ticked[0], names, ticked.on)
        )
    return TicksPage(
        frame=frame,
        crumbs=(
            Link(label=_("Tiến độ"), href=f"/c/{cell.campaign.id}"),
            Link(label=cell.name, href=base),
        ),
        name=cell.name,
        action=f"{base}/ticks",
        command_id=secrets.token_hex(16),
        on=_on(visit, typed),
        sections=tuple(
            TickSection(
                title=_(GATES[gate]), items=tuple(_shown(visit, cell, one, typed) for one in together)
            )
            for gate, together in groupby(asked, key=lambda one: one.rule.gates[0])
        ),
        rows=rows,
        refusal=refusal,
    )


def _on(visit: Visit, typed: Typed | None) -> FormField:
    _ = visit.words.gettext
    return FormField(
        name="on",
        label=_("Ngày"),
        kind="day",
        required=True,
        value=typed.raw("on") if typed else day(visit.today),
        error=typed.errors.get("on", "") if typed else "",
    )


def _shown(visit: Visit, cell: CellData, asked: Asked, typed: Typed | None) -> TickItem:
    posted = typed is not None and typed.raw("item") == asked.item
    chosen = set(typed.all("review")) if typed is not None and posted else set()
    return TickItem(
        item=asked.item,
        text=asked.rule.says.in_language(visit.language),
        clause=cited_rule(asked.rule, cell.rulebook, visit.language),
        reviews=tuple(
            Choice(value=review, label=_name(visit, cell.names, review), chosen=review in chosen)
            for review in asked.reviews
        ),
        error=typed.errors.get("review", "") if typed is not None and posted else "",
    )


def _name(visit: Visit, names: Names, review: str) -> str:
    return visit.voice(names, None).subject(review)


def orders(typed: Typed, asked: tuple[Asked, ...]) -> tuple[TickItems, ...]:
    """One command a review that was ticked, or for all of an item; none where a field is wrong."""
    on = typed.day("on")
    item = typed.one_of("item", tuple(one.item for one in asked))
    offered = next((one.reviews for one in asked if one.item == item), ())
    wanted = offered if typed.tick("all") else tuple(one for one in offered if one in typed.all("review"))
    if item and not wanted:
        typed.wrong("review", NOBODY_CHOSEN)
    if typed.errors:
        return ()
    return tuple(TickItems(review=review, on=on, ticked=(item,)) for review in wanted)


def taking_back(cell: CellData, typed: Typed) -> tuple[TickItems, ...]:
    """The ticks a form takes back: one item, of reviews of this body."""
    items = {str(rule.parameters["item"]) for kind in life.KINDS for rule in cell.rulebook.items_of(kind)}
    on, item = typed.day("on"), typed.one_of("item", tuple(items))
    reviews = set(typed.all("review"))
    chosen = tuple(row.review for row in cell.own if row.review in reviews)
    if not chosen:
        typed.wrong("review", NOBODY_CHOSEN)
    if typed.errors:
        return ()
    return tuple(TickItems(review=review, on=on, unticked=(item,)) for review in chosen)


def tick_all(
    visit: Visit, cell: CellData, commands: tuple[TickItems, ...], key: str
) -> tuple[TickedRow, ...]:
    """Send each command by itself; one that is refused leaves the others done."""
    return one_by_one(visit, cell.names, numbered(commands, key))


def numbered(commands: tuple[TickItems, ...], key: str) -> Iterator[tuple[str, TickItems]]:
    """Each command with the idempotency key it has in the form of this key."""
    return ((f"{key}-{number}", one) for number, one in enumerate(commands))
