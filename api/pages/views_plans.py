"""What the pages of remediation plans show: the list of a campaign, one plan, the form that draws one up."""

from dataclasses import dataclass

from api.pages.views import ActionForm, FormField, HistoryLine, Link, Page, RefusalView, StatusText
from api.pages.views_review import NextAct


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanLine:
    """One plan in the list: of which review, where it stands, how much is open until when."""

    plan: Link
    review: Link
    state: StatusText
    open_items: int
    items: int
    due: StatusText | None = None


@dataclass(frozen=True, kw_only=True)
class PlansPage(Page):
    """Every plan of a campaign, and the decided reviews that still owe one."""

    TEMPLATE = "plans.html"
    plans: tuple[PlanLine, ...] = ()
    owed: tuple[Link, ...] = ()
    """Reviews without a plan, each with the address where it is drawn up."""
    wanted: bool = True
    """Whether the campaign's document asks for plans at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanItemLine:
    """One shortcoming; its texts are empty for whoever may not read them, or once they were erased."""

    key: str
    weakness: str
    remedy: str
    responsible: str
    state: StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanForm:
    """The form that draws a plan up: a row of fields for each shortcoming, rows left empty do not count."""

    form: ActionForm
    rows: tuple[tuple[FormField, ...], ...]


@dataclass(frozen=True, kw_only=True)
class PlanPage(Page):
    """One plan, or the form for a review that has none."""

    TEMPLATE = "plan.html"
    name: str
    review: Link
    state: StatusText | None = None
    monitor: str = ""
    appraiser: str = ""
    items: tuple[PlanItemLine, ...] = ()
    private: bool = False
    """Whether the reader may not see what the shortcomings are."""
    next_acts: tuple[NextAct, ...] = ()
    draw_up: PlanForm | None = None
    refusal: RefusalView | None = None
    history: tuple[HistoryLine, ...] = ()
