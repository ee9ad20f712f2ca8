"""What the page of two regulations side by side shows."""

from dataclasses import dataclass

from api.pages.views import Choice, Page
from api.pages.views_regulation import RuleLine


@dataclass(frozen=True, kw_only=True, slots=True)
class SideRow:
    """One matter, as each side has it; several lines where it has several answers."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the two sides say different things."""
        return self.left != self.right


@dataclass(frozen=True, kw_only=True, slots=True)
class SideTable:
    """The matters of one kind of review: those that differ, and apart those that do not."""

    key: str
    title: str
    differing: tuple[SideRow, ...]
    equal: tuple[SideRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RulePair:
    """A rule of each side about the same matter; `rows` are what it is told by, equal ones included."""

    kinds: str
    left: RuleLine
    right: RuleLine
    rows: tuple[SideRow, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """The rules met in one place."""

    key: str
    title: str
    changed: tuple[RulePair, ...]
    left_alone: tuple[RuleLine, ...]
    right_alone: tuple[RuleLine, ...]
    equal: tuple[RulePair, ...]


@dataclass(frozen=True, kw_only=True)
class DifferencesPage(Page):
    """Two regulations to choose; once both are chosen, what each orders otherwise."""

    TEMPLATE = "differences.html"
    regimes: tuple[tuple[Choice, Choice], ...]
    """Each regulation as a choice of the left and of the right side."""
    layers: tuple[tuple[Choice, Choice], ...] = ()
    year: str = ""
    year_problem: str = ""
    heading: str = ""
    lead: str = ""
    left: str = ""
    right: str = ""
    tables: tuple[SideTable, ...] = ()
    topics: tuple[Topic, ...] = ()
    settings: tuple[SideRow, ...] = ()
