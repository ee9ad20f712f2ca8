"""What the pages of the regulations show: rulebooks, rules, questions and rows."""

from dataclasses import dataclass

from api.pages.views import Clause, Link, Page, Tone


@dataclass(frozen=True, kw_only=True, slots=True)
class BookCard:
    """One regulation in the list."""

    title: str
    source: str
    href: str = ""
    """Empty for one that cannot be used; `source` says why."""
    in_force: str = ""
    counts: str = ""


@dataclass(frozen=True, kw_only=True)
class RulebooksPage(Page):
    """Every regulation a campaign can be planned under."""

    TEMPLATE = "rulebooks.html"
    books: tuple[BookCard, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleLine:
    """One rule in a list: what it says, its clause, what follows where it does not hold."""

    href: str
    says: str
    clause: Clause
    force: str
    tone: Tone
    kinds: str
    reading: Clause | None = None
    layer: str = ""
    house_default: bool = False
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleGroup:
    """The rules a person meets in one place."""

    key: str
    title: str
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingLine:
    """One reading: how the clause is taken, and where it is told in full."""

    key: str
    href: str
    says: str
    value: str = ""
    set_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLine:
    """A value a layer has only by permission."""

    what: str
    base: str
    value: str
    cite: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class RulebookPage(Page):
    """One regulation: its rules by the place where a person meets them, its readings and changes."""

    TEMPLATE = "rulebook.html"
    title: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[RuleGroup, ...]
    readings: tuple[ReadingLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    secondary: bool = False
    unset: tuple[str, ...] = ()
    rows_link: Link | None = None
    composed_link: Link | None = None
    compare_link: Link


@dataclass(frozen=True, kw_only=True, slots=True)
class RowLine:
    """One row of a register: what the document says, and what carries it out."""

    key: str
    clause: str
    says: str
    carriers: tuple["CarrierLine", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CarrierLine:
    """What carries a row, where a person meets it, and its page where it has one."""

    way: str
    where: str
    force: str = ""
    href: str | None = None


@dataclass(frozen=True, kw_only=True)
class RulePage(Page):
    """One rule: its clause, where it is judged, its numbers, the reading it rests on, the rows it carries."""

    TEMPLATE = "rule.html"
    rule: RuleLine
    key: str
    help: str
    facts: tuple[tuple[str, str], ...]
    condition: str
    parameters: tuple[tuple[str, str], ...] = ()
    reading: ReadingLine | None = None
    question: str = ""
    why: str = ""
    rows: tuple[RowLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadingPage(Page):
    """One question a clause leaves open: how it is taken here, why, and what rests on it."""

    TEMPLATE = "reading.html"
    key: str
    question: str
    taken: str
    why: str
    here: ReadingLine | None = None
    choices: tuple[tuple[str, bool], ...] = ()
    rules: tuple[RuleLine, ...] = ()
    rows: tuple[RowLine, ...] = ()
    other_rows: tuple[RowLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RowsPage(Page):
    """Row by row of a regulation, what carries it out and where a person meets it."""

    TEMPLATE = "rows.html"
    title: str
    covered: int
    rows: tuple[RowLine, ...] = ()
