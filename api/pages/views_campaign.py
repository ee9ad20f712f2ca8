"""What the page shows on which a campaign is planned and opened: the fields, and what would follow."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import ActionForm, Clause, EmptyState, FormField, Link, Page, RefusalView


@dataclass(frozen=True, kw_only=True, slots=True)
class ExemptLine:
    """A rule of the rulebook that excuses so many."""

    says: str
    clause: Clause
    reviews: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeseenView:
    """What the opening would come to: (what, how many, note), then whom the rulebook excuses."""

    title: str
    lead: str
    facts: tuple[tuple[str, str, str], ...]
    exempt: tuple[ExemptLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CampaignPlanPage(Page):
    """First what to fill in, sent by GET so that it can be looked at again; then what follows, and the forms.

    `terms` are what was chosen, or what is pinned once the campaign is planned; `forms` do it.
    """

    TEMPLATE = "campaign_plan.html"
    heading: str
    lead: str
    fields: tuple[FormField, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    rulebook: Link | None = None
    foreseen: ForeseenView | None = None
    refusal: RefusalView | None = None
    forms: tuple[ActionForm, ...] = ()
    running: Link | None = None
    board: Link | None = None
    empty: EmptyState | None = None
