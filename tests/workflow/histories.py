"""Generated values for tests: any event of a class, and lawful histories of a review."""

from __future__ import annotations

import types
import typing
from datetime import date
from typing import Any

from hypothesis import strategies as st

from states import review as life
from states.flags import FLAGS
from tests.builders import a_review
from workflow.event import Event
from workflow.events import review as happened
from workflow.review import TRIGGERS, Review, fold

SHARED = {
    "ballot": st.sampled_from(("B1", "B2")),
    "level": st.sampled_from(("HTXSNV", "HTTNV", "HTNV")),
    "venue": st.sampled_from(("CB01", "DB01")),
    "flag": st.sampled_from(sorted(FLAGS)),
    "entry": st.sampled_from(("task.completion", "draft.sent_on")),
    "fact": st.sampled_from(("task.completion", "meetings.regular")),
    "round": st.integers(2, 4),
}
"""Fields whose values have to meet again in later events of the same history."""

TURNED = (happened.VoteTurnedToCarried, happened.VoteTurnedToFailed)


def value_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value a field of this type may hold; integers as JSON carries them exactly."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(value_of(one) for one in inner))
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(value_of(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*(value_of(one) for one in inner))
    return {
        str: st.text(max_size=12),
        int: st.integers(-(2**53), 2**53),
        bool: st.booleans(),
        date: st.dates(date(1900, 1, 1), date(2100, 12, 31)),
        type(None): st.none(),
    }[hint]


def events_of(cls: type[Event], shared: bool = False) -> st.SearchStrategy[Event]:
    """Any event of a class; with `shared`, some fields take few values so that histories hang together."""
    hints = typing.get_type_hints(cls)
    return st.builds(
        cls,
        **{
            name: SHARED[name] if shared and name in SHARED else value_of(hint)
            for name, hint in hints.items()
        },
    )


@st.composite
def lawful_histories(draw: st.DrawFn, most: int = 14) -> tuple[Event, ...]:
    """What may happen to a review: opened, then moves the table allows, whatever their content."""
    kind = draw(st.sampled_from(life.KINDS))
    events = list(a_review(kind).events_at(life.OPEN))
    review = fold("2016.x", events)
    for _ in range(draw(st.integers(0, most))):
        open_now = [
            cls for cls, trigger in TRIGGERS.items() if _possible(review, cls, trigger)
        ] + [happened.BasisChanged]  # fmt: skip
        event = draw(events_of(draw(st.sampled_from(open_now)), shared=True))
        if isinstance(event, TURNED) and all(motion.ballot != event.ballot for motion in review.motions):
            continue  # a count is corrected only on a ballot that was held
        events.append(event)
        review = fold("2016.x", [event], review)
    return tuple(events)


def _possible(review: Review, cls: type[Event], trigger: str) -> bool:
    if cls in TURNED and not review.motions:
        return False
    return life.TABLE.step(trigger, review.stage, review.kind, review.remembered) is not None
