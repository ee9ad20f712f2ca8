"""Checklist items only a person can judge: ticked beforehand, with an act, or in a session."""

from __future__ import annotations

from datetime import date

from workflow.commands.preparing import TickItems
from workflow.decision import Decision, Draft, Situation, not_after_today, not_twice, one_change
from workflow.errors import BadInput
from workflow.events.review import ItemsTicked
from workflow.rules.checklists import item_names
from workflow.rules.rule import KINDS


def tick_items(command: TickItems, situation: Situation) -> Decision:
    """Confirm items, or take ticks back; who did it is the event's actor. The stage stays."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    named = (*command.ticked, *command.unticked)
    if not named:
        raise BadInput("ticked", "", "còn trống: chọn ít nhất một mục.", "is empty: name an item.")
    not_twice("ticked", named)
    check_items(draft, named)
    for item in command.unticked:
        if (item, "") not in draft.review.ticks:
            raise BadInput("unticked", item, "chưa được đánh dấu.", "has not been ticked.")
    draft.add("tick_items", ItemsTicked(on=command.on, ticked=command.ticked, unticked=command.unticked))
    return one_change(draft, command.on)


def tick_with_act(
    draft: Draft, items: tuple[str, ...], on: date, venue: str = "", *, place: str = ""
) -> None:
    """Keep the ticks given with another act as an event of their own, so that each has its person.

    One list of ticks may stand for everybody reviewed at a meeting: what is on the checklist of another kind
    of review says nothing about this one. Officers of `place` may tick too.
    """
    rules, kind = draft.situation.rules, draft.review.kind
    others = {item for other in KINDS if other != kind for item in item_names(rules, other)}
    mine = tuple(
        item for item in dict.fromkeys(items) if item in item_names(rules, kind) or item not in others
    )
    check_items(draft, mine)
    fresh = tuple(item for item in mine if item not in draft.review.ticked(venue))
    if fresh:
        ticked = ItemsTicked(on=on, ticked=fresh, venue=venue)
        draft.add("tick_items", ticked, place=(place,) if place else ())


def check_items(draft: Draft, items: tuple[str, ...]) -> None:
    """Refuse an item that is on no checklist of the rulebook for this kind of review."""
    known = item_names(draft.situation.rules, draft.review.kind)
    for item in items:
        if item not in known:
            raise BadInput(
                "ticked",
                item,
                "không có trong danh mục kiểm tra của quy định này.",
                "is on no checklist of this rulebook.",
            )
