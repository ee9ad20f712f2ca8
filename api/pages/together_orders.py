"""What a form for many reviews asks for: one command a review, or nothing where a field is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from api.pages.format import N_
from api.pages.review_facts import NOTHING_NEW, fact_value
from api.pages.together_page import CHOSEN, CONFIRMED, FACTS, LEVEL, PREPARATIONS, SELF_RATINGS, Bench
from api.pages.typed import Typed
from workflow.commands.asking import ReviewCommand
from workflow.commands.preparing import FactEntry, Prepare, RateSelf, RecordFacts

NOBODY_CHOSEN = N_("Đánh dấu ít nhất một người hoặc tập thể.")
NO_LEVEL = N_("Chọn mức của ít nhất một người.")


def orders(bench: Bench, what: str, typed: Typed) -> tuple[ReviewCommand, ...]:
    """The commands, in the order of the agenda; none where `typed.errors` names what is wrong."""
    found = _READ[what](bench, typed)
    return () if typed.errors else found


def _preparations(bench: Bench, typed: Typed) -> tuple[ReviewCommand, ...]:
    on = typed.day("on")
    confirmed = {item for item in bench.items if typed.tick(f"{CONFIRMED}{item}")}
    return tuple(
        Prepare(review=one, on=on, ticked=tuple(item for item in bench.lacking(one) if item in confirmed))
        for one in _chosen(bench.unprepared, typed)
    )


def _self_ratings(bench: Bench, typed: Typed) -> tuple[ReviewCommand, ...]:
    on = typed.day("on")
    found: list[ReviewCommand] = []
    for one in bench.unrated:
        scale = bench.cell.rulebook.scale(bench.about[one].outlook.review.kind)
        level = typed.one_of(f"{LEVEL}{one}", scale.levels if scale else (), required=False)
        if level:
            found.append(RateSelf(review=one, level=level, on=on))
    if not found and not typed.errors:
        typed.wrong(CHOSEN, NO_LEVEL)
    return tuple(found)


def _facts(bench: Bench, typed: Typed) -> tuple[ReviewCommand, ...]:
    """What is known already is not said again; a fact no rule asks for in a review is left out there."""
    on = typed.day("on")
    values: dict[str, bool | int | str] = {}
    for name in bench.facts:
        raw = typed.raw(name)
        value = fact_value(name, raw, typed) if raw else None
        if value is not None:
            values[name] = value
    people = _chosen(bench.members, typed)
    if not values and not typed.errors:
        typed.wrong("on", NOTHING_NEW)
    if typed.errors:
        return ()
    found: list[ReviewCommand] = []
    for one in people:
        known = bench.about[one].outlook.review.facts
        entries = tuple(
            FactEntry(fact=name, value=value, on=on)
            for name, value in values.items()
            if one in bench.facts[name] and not (name in known and str(known[name][0]) == str(value))
        )
        if entries:
            found.append(RecordFacts(review=one, facts=entries))
    if not found:
        typed.wrong("on", NOTHING_NEW)
    return tuple(found)


def _chosen(offered: tuple[str, ...], typed: Typed) -> tuple[str, ...]:
    """Everybody offered, or those ticked of them."""
    ticked = set(typed.all(CHOSEN))
    chosen = offered if typed.tick("all") else tuple(one for one in offered if one in ticked)
    if not chosen:
        typed.wrong(CHOSEN, NOBODY_CHOSEN)
    return chosen


_READ: Final[Mapping[str, Callable[[Bench, Typed], tuple[ReviewCommand, ...]]]] = {
    PREPARATIONS: _preparations,
    SELF_RATINGS: _self_ratings,
    FACTS: _facts,
}
