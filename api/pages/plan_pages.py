"""Remediation plans: those of a campaign, one with what its reader may do, and the form that draws one up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from api.pages.bundle_fields import on_field
from api.pages.campaigns import campaign_of, visible
from api.pages.findings_told import refusal_view
from api.pages.format import PLAN_STAGES, day
from api.pages.plan_acts import ACTS, draw_up_rows, fields_of, possible, who_may
from api.pages.told import capitalised
from api.pages.typed import Typed
from api.pages.views import ActionForm, FormField, HistoryLine, Link, StatusText, Tone
from api.pages.views_plans import PlanForm, PlanItemLine, PlanLine, PlanPage, PlansPage
from api.pages.views_review import NextAct
from api.pages.visits import Visit
from handlers.access.things import plans_seen
from handlers.names import Names, names_on
from handlers.plan_views import Item, PlanSeen, kinds_with_plans, owed, plan_seen, plans_of
from handlers.tables import PLANS
from handlers.timeline import bodies_of, line, people_of
from states import plan as life
from states.roles import Role
from workflow import codec
from workflow.bodies import Campaign
from workflow.commands.asking import Request
from workflow.commands.plan import DrawUpPlan, FollowUpPlan
from workflow.decision import Situation, check_body_move
from workflow.errors import NotFound, Refusal
from workflow.event import Event
from workflow.log import Log
from workflow.review import Review
from workflow.rules.rulebook import Rulebook

TONES: dict[str, Tone] = {
    life.DRAWN_UP: "waiting",
    life.RETURNED: "refused",
    life.ACCEPTED: "working",
    life.CLOSED: "done",
    life.CARRIED_OVER: "decided",
}


@dataclass(frozen=True, kw_only=True)
class PlanAbout:
    """A review with its plan, if it has one, as read for a page: who may be named, what may follow."""

    campaign: Campaign
    rulebook: Rulebook
    review: Review
    situation: Situation
    who: dict[str, str]
    names: Names
    plan: str
    seen: PlanSeen | None = None


def plans_page(visit: Visit, campaign_id: str) -> PlansPage:
    """Every plan of a campaign, the earliest open day first, and who owes one."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        if not visible(campaign):
            raise NotFound("campaign", campaign_id)
        rows = plans_of(connection, campaign_id, plans_seen(visit.scope))
        every = owed(connection, campaign_id, rulebook)
        seen = visit.within(connection, campaign_id).reviews_among(connection, (one for one, _ in every))
        without = [(review, body) for review, body in every if review in seen]
        reviews = {str(row.review) for row in rows} | {review for review, _ in without}
        subjects = {review.split(".", 2)[-1] for review in reviews}
        names = names_on(connection, visit.today, people=subjects, bodies=subjects)
        frame = visit.frame(connection, "board", campaign=campaign, rulebook=rulebook)
    voice = visit.voice(names, None)
    return PlansPage(
        frame=frame,
        crumbs=(Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"),),
        plans=tuple(
            PlanLine(
                plan=Link(label=row.plan, href=f"/p/{row.plan}"),
                review=Link(label=capitalised(voice.subject(row.review)), href=f"/r/{row.review}"),
                state=_state(visit, row.stage),
                open_items=row.open_items,
                items=row.items,
                due=_due(visit, row.next_due, row.stage),
            )
            for row in rows
        ),
        owed=tuple(
            Link(label=capitalised(voice.subject(review)), href=f"/r/{review}/plan") for review, _ in without
        ),
        wanted=bool(kinds_with_plans(rulebook)),
    )


def _state(visit: Visit, stage: str) -> StatusText:
    _ = visit.words.gettext
    return StatusText(tone=TONES[stage], text=_(PLAN_STAGES[stage]))


def _due(visit: Visit, due: object, stage: str) -> StatusText | None:
    _ = visit.words.gettext
    if not isinstance(due, date) or stage in (life.CLOSED, life.CARRIED_OVER):
        return None
    if visit.today > due:
        late = (visit.today - due).days
        text = visit.words.ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", late) % {"num": late}
        return StatusText(tone="late", text=text)
    return StatusText(tone="waiting", text=_("hạn %(day)s") % {"day": day(due)})


def about_plan(visit: Visit, plan_id: str) -> PlanAbout:
    """A plan as this visitor meets it. NotFound for one the log does not have."""
    with visit.service.database.read() as connection:
        seen = plan_seen(connection, plan_id)
    command = FollowUpPlan(plan=plan_id, on=visit.today)
    situation, _ = visit.service.engine.consider(Request(command=command, actor=visit.acting))
    return _about(visit, situation, seen.plan.review, seen)


def about_new_plan(visit: Visit, review_id: str) -> PlanAbout:
    """A review for which a plan is drawn up. NotFound for one the log does not have."""
    with visit.service.database.read() as connection:
        if not Log(connection).read([f"review/{review_id}"])[f"review/{review_id}"]:
            raise NotFound("review", review_id)
        taken = set(connection.execute(select(PLANS.c.plan).where(PLANS.c.review == review_id)).scalars())
    base = f"{review_id.replace('.', '-')}-KP"
    plan = next(name for name in (base, *(f"{base}{n}" for n in range(2, 1000))) if name not in taken)
    command = DrawUpPlan(plan=plan, review=review_id, items=(), on=visit.today)
    situation, _ = visit.service.engine.consider(Request(command=command, actor=visit.acting))
    return _about(visit, situation, review_id, plan=plan)


def _about(
    visit: Visit, situation: Situation, review_id: str, seen: PlanSeen | None = None, plan: str = ""
) -> PlanAbout:
    review = situation.reviews[review_id]
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, review.campaign)
        if not visible(campaign):
            raise NotFound("review", review_id)
        who, names = who_may(connection, visit, review)
        named = {*people_of(_events(seen), seen.stored), *_named(seen)} if seen else set()
        bodies = bodies_of(_events(seen), seen.stored) if seen else set()
        more = names_on(
            connection,
            visit.today,
            people={*named, review.subject},
            bodies={*bodies, *named, review.subject, review.organisation, review.superior},
        )
    return PlanAbout(
        campaign=campaign,
        rulebook=rulebook,
        review=review,
        situation=situation,
        who=who,
        names=Names({**names.people, **more.people}, {**names.bodies, **more.bodies}),
        plan=plan or (seen.plan.id if seen else ""),
        seen=seen,
    )


def _events(seen: PlanSeen) -> list[Event]:
    return [codec.decode(one.name, one.schema_version, one.data) for one in seen.stored]


def _named(seen: PlanSeen) -> set[str]:
    return {seen.plan.monitor, seen.plan.appraiser, *(item.responsible for item in seen.items)} - {""}


def plan_page(
    visit: Visit,
    about: PlanAbout,
    *,
    refused: Exception | None = None,
    act: str = "",
    typed: Typed | None = None,
) -> PlanPage:
    """The plan, or the form where there is none; after a refusal with what was typed still there."""
    _ = visit.words.gettext
    seen, review = about.seen, about.review
    texts = may_read(visit, about)
    subject = capitalised(visit.voice(about.names, None).subject(review.id))
    with visit.service.database.read() as connection:
        frame = visit.frame(
            connection,
            "board",
            campaign=about.campaign,
            rulebook=about.rulebook,
            organisation=review.organisation,
        )
    draws = _allowed(about, "draw_up")
    return PlanPage(
        frame=frame,
        crumbs=(
            Link(label=_("Tiến độ"), href=f"/c/{review.campaign}"),
            Link(label=_("Kế hoạch khắc phục"), href=f"/c/{review.campaign}/plans"),
        ),
        name=subject,
        review=Link(label=subject, href=f"/r/{review.id}"),
        state=_state(visit, seen.plan.stage) if seen else None,
        monitor=_whoever(about, seen.plan.monitor) if seen else "",
        appraiser=_whoever(about, seen.plan.appraiser) if seen else "",
        items=tuple(_item(visit, about, item, texts) for item in seen.items) if seen else (),
        private=not texts,
        next_acts=_acts(visit, about, seen, texts, act, typed) if seen else (),
        draw_up=_draw_up(visit, about, typed if act == "plan" else None) if draws and texts else None,
        refusal=refusal_view(
            refused, visit.language, visit.words, about.names, kept=True, rulebook=about.rulebook
        )
        if refused
        else None,
        history=_history(visit, about, seen) if seen else (),
    )


def may_read(visit: Visit, about: PlanAbout) -> bool:
    """Whether the shortcomings concern the visitor: the subject, who is named, the bodies in charge."""
    actor, review, seen = visit.acting, about.review, about.seen
    named = {review.subject if review.kind == "individual" else "", *(_named(seen) if seen else ())} - {""}
    if actor.id in named:
        return True
    above = (*about.situation.superiors.get(review.organisation, ()), review.superior)
    return actor.role not in (Role.MEMBER, Role.ADMINISTRATOR) and actor.body in (
        review.organisation,
        *above,
        *named,
    )


def _allowed(about: PlanAbout, trigger: str) -> bool:
    review = about.review
    body = about.situation.bodies[f"plan/{about.plan}"]
    try:
        check_body_move(
            about.situation, life.TABLE, "plan", body, trigger, review.organisation, review.superior
        )
    except Refusal:
        return False
    return True


def _whoever(about: PlanAbout, some_id: str) -> str:
    return about.names.bodies.get(some_id) or about.names.person(some_id) if some_id else ""


def _item(visit: Visit, about: PlanAbout, item: Item, texts: bool) -> PlanItemLine:
    _ = visit.words.gettext
    state = _due(visit, item.due, "") or StatusText(tone="none", text="")
    if item.remedied is not None:
        text = _("Đã khắc phục ngày %(day)s") % {"day": day(item.remedied)}
        state = StatusText(tone="done", text=text)
    return PlanItemLine(
        key=item.key,
        weakness=item.weakness if texts else "",
        remedy=item.remedy if texts else "",
        responsible=_whoever(about, item.responsible),
        state=state,
    )


def _acts(
    visit: Visit, about: PlanAbout, seen: PlanSeen, texts: bool, act: str, typed: Typed | None
) -> tuple[NextAct, ...]:
    _ = visit.words.gettext
    found = []
    for one in ACTS:
        if not possible(one, seen) or not _allowed(about, one.trigger):
            continue
        shown = typed if act == one.noun else None
        # nothing is accepted before somebody was named to follow it
        leads_on = one.leads_on if seen.plan.monitor else one.trigger == "assign"
        form = ActionForm(
            action=f"/p/{seen.plan.id}/{one.noun}",
            submit=_(one.submit),
            fields=fields_of(visit, one, seen, about.who, texts, shown),
            command_id=secrets.token_hex(16),
            expected_version=str(seen.plan.version),
            style="primary" if leads_on else "plain",
        )
        found.append(NextAct(title=_(one.title), form=form, open=shown is not None or leads_on))
    return tuple(found)


def _draw_up(visit: Visit, about: PlanAbout, typed: Typed | None) -> PlanForm:
    _ = visit.words.gettext
    seen = about.seen
    document = FormField(
        name="document",
        label=_("Số văn bản"),
        value=typed.raw("document") if typed else "",
        error=typed.errors.get("document", "") if typed else "",
    )
    form = ActionForm(
        action=f"/p/{seen.plan.id}/plan" if seen else f"/r/{about.review.id}/plan",
        submit=_("Lập lại kế hoạch") if seen else _("Lập kế hoạch"),
        fields=(on_field(visit, typed), document),
        command_id=secrets.token_hex(16),
        expected_version=str(seen.plan.version) if seen else "",
        style="primary",
    )
    return PlanForm(form=form, rows=draw_up_rows(visit, seen.items if seen else (), about.who, typed))


def _history(visit: Visit, about: PlanAbout, seen: PlanSeen) -> tuple[HistoryLine, ...]:
    voice = visit.voice(about.names, about.rulebook)
    found = []
    for event, stored in zip(_events(seen), seen.stored, strict=True):
        told = line(event, stored, voice)
        found.append(
            HistoryLine(
                number=stored.version,
                at=stored.occurred_at,
                sentence=told.says,
                stage="",
                by=capitalised(told.by),
            )
        )
    return tuple(found)
