"""Every command is decided, every event is reacted to and told, every refusal has its status."""

from collections.abc import Iterator

from api.problems import KINDS
from handlers.registry import REACTIONS
from handlers.timeline import SENTENCES
from workflow.codec import LIFTS
from workflow.commands.asking import Command
from workflow.decide import PLAIN, WITH_EXTRAS
from workflow.errors import Refusal
from workflow.event import EVENTS, NAMES, VERSIONS


def test_every_command_is_decided_in_one_place() -> None:
    orders = {name for name in _leaves(Command) if name.startswith("workflow.")}
    assert orders == {_name(cls) for cls in [*PLAIN, *WITH_EXTRAS]}
    assert PLAIN.keys() & WITH_EXTRAS.keys() == set()


def test_every_event_is_reacted_to_and_told_in_a_sentence() -> None:
    events = set(EVENTS.values())
    assert events == REACTIONS.keys()
    assert events == SENTENCES.keys()


def test_every_event_says_what_happened() -> None:
    """The docstring that a dataclass makes for itself is its signature, which says nothing."""
    silent = [cls.__name__ for cls in EVENTS.values() if (cls.__doc__ or "").startswith(f"{cls.__name__}(")]
    assert silent == []


def test_every_old_shape_of_an_event_can_be_lifted() -> None:
    old = {(NAMES[cls], version) for cls, newest in VERSIONS.items() for version in range(1, newest)}
    assert old == LIFTS.keys()


def test_every_refusal_has_its_status() -> None:
    refusals = {name for name in _leaves(Refusal) if not name.startswith("tests.")}
    assert refusals - {_name(cls) for cls in KINDS} == set()


def _leaves(cls: type[object]) -> set[str]:
    """The classes below this one that have none below themselves.

    By name, because a dataclass with slots leaves the class it was made from behind.
    """
    below = list(_below(cls))
    return {_name(one) for one in below} - {_name(base) for one in below for base in one.__mro__[1:]}


def _below(cls: type[object]) -> Iterator[type[object]]:
    children: list[type[object]] = cls.__subclasses__()
    for child in children:
        yield child
        yield from _below(child)


def _name(cls: type[object]) -> str:
    return f"{cls.__module__}.{cls.__name__}"
