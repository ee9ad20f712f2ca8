"""What the import shows: every wrong cell at once, and what would change once it is confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.views import ActionForm, Link, Page, RefusalView


@dataclass(frozen=True, kw_only=True, slots=True)
class CellProblemLine:
    """One wrong cell: where, what it says, what is wrong and what is expected."""

    sheet: str
    cell: str
    column: str
    value: str
    problem: str
    expected: str
    in_place: bool = True
    """Whether the cell is shown in its sheet below, so that its address leads there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetCell:
    """One cell of the preview."""

    text: str
    problem: str = ""
    anchor: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    """One row of the preview, or a fold of good rows (`cells` empty, `folded` says which)."""

    number: int = 0
    cells: tuple[SheetCell, ...] = ()
    folded: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPreview:
    """The sheet with its letters and row numbers, good rows folded."""

    name: str
    letters: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLine:
    """What the import would do to one person or body."""

    kind: Literal["new", "changed", "gone"]
    name: str
    what: str
    before: str = ""
    after: str = ""
    touches: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportPage(Page):
    """How many cells are wrong, which, what now? Without `file_name`: the page that asks for a file."""

    TEMPLATE = "import.html"
    upload: ActionForm
    template_href: str
    file_name: str = ""
    rows: int = 0
    good_rows: int = 0
    bad_rows: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    problems: tuple[CellProblemLine, ...] = ()
    more_problems: int = 0
    previews: tuple[SheetPreview, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    more_changes: int = 0
    effective_on: date | None = None
    confirm: ActionForm | None = None
    good_rows_only: ActionForm | None = None
    refusal: RefusalView | None = None
