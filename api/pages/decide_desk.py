"""What lies with a body to be appraised or decided, and what somebody chose for it in the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from api.pages.campaigns import campaign_of, visible
from api.pages.cell_deciding import deciders
from api.pages.format import N_
from api.pages.typed import Typed
from api.pages.views import Frame
from api.pages.visits import Visit
from handlers.cohort import Cohort, CohortRow, Seen, WaitingReport, cohort, reports_with, see
from handlers.deciding_together import Act, Terms
from handlers.names import Names, names_on
from handlers.tables import REVIEWS
from states.roles import Role
from workflow.bodies import Campaign
from workflow.commands.deciding import Judgement
from workflow.decision import Situation
from workflow.errors import NotFound
from workflow.rules.rulebook import Rulebook

NO_REASON = N_("Khác mức đã đề nghị: ghi lý do.")
MAY_LOOK = frozenset(
    {
        Role.SECRETARY,
        Role.COMMITTEE,
        Role.ORGANISATION_BOARD,
        Role.SUPERIOR_COMMITTEE,
        Role.INSPECTION,
        Role.OFFICER,
        Role.AUDITOR,
    }
)
"""Who sees what lies with his own body; the board and the committee also act on it."""

ACTS = frozenset({Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE})

Rows = Mapping[str, tuple[Judgement, ...]]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The cohort as this visitor sees it: what waits, what was chosen, what would come of it.

    `seen` is the look at every row as advised; `trial` the look at what was chosen, None before.
    """

    visit: Visit
    campaign: Campaign
    rulebook: Rulebook
    frame: Frame
    terms: Terms
    reports: tuple[WaitingReport, ...]
    found: Cohort
    seen: Seen
    names: Names
    body: str = ""
    page: int = 1
    typed: Typed | None = None
    chosen: Rows = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    """Rows that were chosen and wait no more: somebody was quicker."""
    trial: Seen | None = None

    @property
    def may_act(self) -> bool:
        """Whether this visitor appraises or decides here himself."""
        return self.visit.acting.role in ACTS

    @property
    def here(self) -> str:
        """The address of the page."""
        return f"/c/{self.campaign.id}/decide"

    def by_ballot(self, row: CohortRow) -> bool:
        """Whether the deciding body holds a ballot of its own on this row."""
        flow = self.rulebook.flow(row.review.kind)
        return self.terms.act == "decide" and row.review.rated and flow.decided_by_ballot

    def choice_of(self, review: str) -> Judgement | None:
        """What was chosen for a row; None where it was left alone."""
        return next((row for rows in self.chosen.values() for row in rows if row.review == review), None)


def desk(visit: Visit, campaign_id: str, body: str = "", page: int = 1, typed: Typed | None = None) -> Desk:
    """Read everything for one page of the cohort. NotFound for a campaign nobody may see."""
    actor, engine = visit.acting, visit.service.engine
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        if not visible(campaign):
            raise NotFound("campaign", campaign_id)
        looks = bool(actor.body) and actor.role in MAY_LOOK
        reports = reports_with(connection, campaign_id, actor.body) if looks else ()
        frame = visit.frame(connection, "decide", campaign=campaign, rulebook=rulebook)
    terms = _terms(visit, rulebook, typed)
    chosen_reports = tuple(one for one in reports if not body or one.organisation == body)
    found = cohort(engine, chosen_reports, terms, actor, page=page)
    as_advised = _as_advised(found, rulebook, terms)
    seen = see(engine, found, as_advised, terms)
    if actor.role not in ACTS:
        seen = replace(seen, refused={})  # who only looks is not the one a rule would hold back
    names = _names(visit, campaign, reports, found)
    here = Desk(
        visit=visit,
        campaign=campaign,
        rulebook=rulebook,
        frame=frame,
        terms=terms,
        reports=reports,
        found=found,
        seen=seen,
        names=names,
        body=body,
        page=page,
        typed=typed,
    )
    return here if typed is None else _with_choices(here, typed)


def _as_advised(found: Cohort, rulebook: Rulebook, terms: Terms) -> Rows:
    """Every row at the level advised; where the decider votes, as if everybody there were in favour."""
    rows: dict[str, tuple[Judgement, ...]] = {}
    for report in found.reports:
        held = []
        for review, level in report.waiting.items():
            told = report.situation.review(review)
            votes = 1 if terms.act == "decide" and rulebook.flow(told.kind).decided_by_ballot else None
            if level or not told.rated:
                held.append(Judgement(review=review, level=level, in_favour=votes, entitled=votes))
        rows[report.bundle.id] = tuple(held)
    return rows


def _terms(visit: Visit, rulebook: Rulebook, typed: Typed | None) -> Terms:
    """What holds for all rows: as typed, else today and the decider whom most rules name."""
    act: Act = "appraise" if visit.acting.role is Role.ORGANISATION_BOARD else "decide"
    offered = tuple(deciders(visit, rulebook))
    usual = max(offered, key=lambda one: _named(rulebook, one))
    if typed is None:
        return Terms(act=act, on=visit.today, by=usual)
    on = typed.day("on")
    by = typed.raw("by")
    return Terms(
        act=act,
        on=visit.today if on == date.min else on,
        document=typed.raw("document") or "–",
        by=by if by in offered else usual,
    )


def _named(rulebook: Rulebook, decider: str) -> int:
    """How many rules let this body decide."""
    return sum(
        decider in rule.parameters.get("values", ())
        for rule in rulebook.rules
        if rule.parameters.get("fact") == "decision.by"
    )


def _names(visit: Visit, campaign: Campaign, reports: tuple[WaitingReport, ...], found: Cohort) -> Names:
    people = {row.review.subject for row in found.rows}
    on_lists = {one.split(".", 2)[2] for report in found.reports for one in _listed(report.situation)}
    bodies = {one.organisation for one in reports} | people | on_lists
    bodies |= {visit.acting.body, campaign.superior, campaign.organisation}
    with visit.service.database.read() as connection:
        return names_on(connection, visit.today, people=people | on_lists, bodies=bodies)


def _listed(situation: Situation) -> tuple[str, ...]:
    return tuple(row.review for row in situation.across.listed)


# --- what was chosen ------------------------------------------------------------------------------


def _with_choices(here: Desk, typed: Typed) -> Desk:
    """The rows that were ticked, and the look at them; `typed.errors` names what is wrong."""
    entitled = typed.number("entitled") if any(here.by_ballot(row) for row in here.found.rows) else None
    chosen: dict[str, list[Judgement]] = {}
    for row in here.found.rows:
        judged = _judged(here, row, typed, entitled)
        if judged is not None:
            chosen.setdefault(row.submission, []).append(judged)
    rows = {submission: tuple(held) for submission, held in chosen.items()}
    trial = see(here.visit.service.engine, here.found, rows, here.terms)
    return replace(here, chosen=rows, gone=_gone(here, typed), trial=trial)


def _judged(here: Desk, row: CohortRow, typed: Typed, entitled: int | None) -> Judgement | None:
    if not was_taken(typed, row.id):
        return None
    if not row.review.rated:
        return Judgement(review=row.id, level="")
    scale = here.rulebook.scale(row.review.kind)
    level = typed.one_of(f"level.{row.id}", scale.levels if scale else (), required=False)
    if not level:
        return None
    reason = typed.text(f"reason.{row.id}", required=False) or None
    if level != row.waits_with and reason is None:
        typed.wrong(f"reason.{row.id}", NO_REASON)
    counted = here.by_ballot(row)
    return Judgement(
        review=row.id,
        level=level,
        reason=reason,
        in_favour=typed.number(f"votes.{row.id}") if counted else None,
        entitled=entitled if counted else None,
    )


def was_taken(typed: Typed, review: str) -> bool:
    """Whether a row was ticked, by itself or with the others of its report."""
    together = typed.raw(f"with.{review}")
    return typed.tick(f"take.{review}") or bool(together and typed.tick(f"all.{together}"))


def _gone(here: Desk, typed: Typed) -> tuple[str, ...]:
    waiting = {row.id for row in here.found.rows}
    sent = (name.removeprefix("version.") for name in typed.form if name.startswith("version."))
    return tuple(one for one in dict.fromkeys(sent) if one not in waiting and was_taken(typed, one))


def seen_versions(typed: Typed) -> dict[str, int]:
    """The version each row had when the form was shown; a row without one is taken for changed."""
    found = {}
    for name in typed.form:
        text = typed.raw(name) if name.startswith("version.") else ""
        if text.isascii() and text.isdecimal() and len(text) < 10:
            found[name.removeprefix("version.")] = int(text)
    return found


def known_here(visit: Visit, campaign: str, reviews: tuple[str, ...]) -> tuple[str, ...]:
    """Of ids somebody sent, those of this campaign that lie with his own body."""
    with visit.service.database.read() as connection:
        rows = connection.execute(
            select(REVIEWS.c.review).where(
                REVIEWS.c.review.in_(reviews[:2000]),
                REVIEWS.c.campaign == campaign,
                REVIEWS.c.superior == visit.acting.body,
            )
        ).scalars()
        return tuple(rows)
