"""Who counts in the denominator of a ballot and who casts: two lists made from one roll (C-09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Named(Protocol):
    """What a command says about the people of a ballot."""

    @property
    def counters(self) -> tuple[str, ...]:
        """The counting team."""

    @property
    def absent(self) -> tuple[str, ...]:
        """Of those who count: who was not there."""

    @property
    def barred(self) -> tuple[str, ...]:
        """Of those who count: who does not cast for a conflict of interest."""

    @property
    def exempt_attending(self) -> tuple[str, ...]:
        """Exempt members who came."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Voters:
    """The two lists of one ballot, of people by id, as of its day.

    `counted` make the denominator, `casting` get a paper. `exempt_away` of the exempt stayed away and are in
    neither. `strangers` were named and have no place in these lists. `digest` covers both lists.
    """

    counted: frozenset[str]
    casting: frozenset[str]
    exempt_away: int = 0
    strangers: tuple[str, ...] = ()
    digest: str = ""


def voters_of(
    official: Iterable[str], exempt: Iterable[str], named: Named, *, barred_left_out: bool
) -> Voters:
    """Make the two lists.

    Official members count, absent ones included; exempt members only where they came. Whoever is barred does
    not cast, and counts all the same unless a layer leaves such people out (C-09).
    """
    exempt = frozenset(exempt)
    came = exempt & frozenset(named.exempt_attending)
    entitled = frozenset(official) | came
    barred, absent = frozenset(named.barred), frozenset(named.absent)
    strangers = ((barred | absent) - entitled) | (frozenset(named.exempt_attending) - exempt)
    return Voters(
        counted=entitled - barred if barred_left_out else entitled,
        casting=entitled - barred - absent,
        exempt_away=len(exempt - came),
        strangers=tuple(sorted(strangers)),
    )
