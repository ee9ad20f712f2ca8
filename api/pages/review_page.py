"""One review: its steps with dates and clauses, what comes next, what is missing, its history."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sqlalchemy import Connection, and_, select

from api.pages.campaigns import campaign_of, visible
from api.pages.cell_meeting import POSTS
from api.pages.findings_told import finding_line, names_in, refusal_view, texts_of, with_names
from api.pages.format import N_, PLAN_STAGES, day
from api.pages.review_acts import ACTS, Act, form_of, leads_on, possible
from api.pages.review_answer import BLOCKED, answer_of
from api.pages.review_facts import facts_form
from api.pages.review_offers import About
from api.pages.review_record import documents_of, levels_said, opinions_on
from api.pages.review_season import next_step
from api.pages.review_steps import steps_shown
from api.pages.review_ticks import checklist
from api.pages.review_trace import trace_of
from api.pages.told import capitalised, history_lines, names_of_events
from api.pages.typed import Typed
from api.pages.undoing import undo_on_review
from api.pages.views import FindingLine, Link, RefusalView, WayOut
from api.pages.views_review import Decision, NextAct, ReviewPage
from api.pages.visits import Visit
from handlers.access.scope import SEES_A_BRANCH
from handlers.deadline_dues import dues_in_book
from handlers.names import Names, names_on
from handlers.next_acts import Outlook, outlook
from handlers.replay import Replay, replay
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, POSITIONS
from handlers.tables import PLANS, REVIEWS
from handlers.tracing import traced
from states import review as life
from states.flags import IRREGULAR
from workflow.errors import NotFound
from workflow.events import review as happened
from workflow.review import Review
from workflow.stages.planning import NOT_REVIEWED

PARTY = ("dang_bo_khoi", "dang_bo_co_so", "chi_bo_co_so", "dang_bo_bo_phan", "chi_bo_truc_thuoc", "to_dang")
LEADER = N_("Lãnh đạo")
LEADER_QUALITY = "leader"

ELSEWHERE: dict[str, tuple[str, str]] = {
    "hold_session": (N_("Ghi buổi họp kiểm điểm của chi bộ"), "#record"),
    "carry_motion": (N_("Ghi kết quả kiểm phiếu"), "#record"),
    "submit": (N_("Báo cáo cấp trên cùng cả chi bộ"), "#submission"),
    "appraise": (N_("Thẩm định cùng cả báo cáo"), "#submission"),
    "approve": (N_("Quyết định cùng cả báo cáo"), "#submission"),
    "re_rate": (N_("Xếp loại lại cùng cả báo cáo"), "#submission"),
    "return": (N_("Trả lại để bổ sung"), "#submission"),
}
"""Acts that are done for a whole cell: where, and what they are called."""


def about_review(visit: Visit, review_id: str) -> About:
    """What may follow for a review, for this visitor, today. NotFound for one nobody may see."""
    view = outlook(visit.service.engine, review_id, visit.acting, visit.today)
    if view.situation.campaign is None or not visible(view.situation.campaign):
        raise NotFound("review", review_id)
    return About(
        outlook=view, rulebook=view.situation.rules, words=visit.words, today=visit.today, now=visit.now
    )


def review_page(
    visit: Visit,
    about: About,
    *,
    refused: Exception | None = None,
    act: Act | None = None,
    typed: Typed | None = None,
    facts_typed: Typed | None = None,
) -> ReviewPage:
    """The page; after a refusal with what was typed still in its form."""
    review = about.outlook.review
    with visit.service.database.read() as connection:
        told = replay(connection, review.id)
        campaign, rulebook = campaign_of(connection, visit.service, review.campaign)
        stored = [frame.stored for frame in told.frames]
        events = [frame.event for frame in told.frames]
        names = names_of_events(connection, visit.today, events, stored)
        bodies = {review.organisation, review.superior, *(venue for venue, _ in review.venues)}
        names = _joined(
            names,
            names_on(connection, visit.today, people=[review.subject], bodies={*bodies, review.subject}),
            names_in(connection, visit.today, texts_of(refused) if refused else ()),
        )
        role = _role(connection, review, names, visit)
        rated = traced(connection, told, rulebook, about.outlook.rating())
        opinions = opinions_on(connection, visit, about)
        other, plans = _other(connection, review, visit), _plans(connection, review, visit)
        due = dues_in_book(connection, review.id, rulebook)
        due_next = next_step(connection, visit, about, campaign, rulebook)
        frame = visit.frame(
            connection, "review", campaign=campaign, rulebook=rulebook, organisation=review.organisation
        )
    _ = visit.words.gettext
    cell = f"/c/{review.campaign}/o/{review.organisation}"
    return ReviewPage(
        frame=replace(frame, undo=undo_on_review(visit, about, told)),
        crumbs=crumbs_to(visit, review, names),
        name=name_of(review, names, visit),
        kind=review.kind,
        stage=review.stage,
        role=role,
        self_level=review.self_level,
        level=review.decided_level,
        flags=tuple(review.flags),
        other=other,
        steps=steps_shown(about, due, told),
        refusal=_refusal(visit, about, names, refused),
        answer=answer_of(visit, about, names) if refused is None else None,
        levels=levels_said(about, told, rated),
        opinions=opinions,
        documents=documents_of(about, told),
        next_acts=_next_acts(visit, about, cell, names, act, typed),
        due_next=due_next,
        facts=_facts(about, facts_typed),
        findings=_findings(visit, about, told, names),
        trace=trace_of(about, rated, names),
        checklist=checklist(about, told, visit.voice(names, rulebook)),
        plans=plans,
        plan_form=Link(label=_("Lập kế hoạch"), href=f"/r/{review.id}/plan")
        if not plans and review.stage not in NOT_REVIEWED and visit.acting.role in life.OWNER_OR_SELF
        else None,
        history=history_lines(visit, told.frames, names, rulebook, f"/r/{review.id}/history"),
        history_href=f"/r/{review.id}/history",
        decision=_decision(visit, told, names),
    )


def crumbs_to(visit: Visit, review: Review, names: Names) -> tuple[Link, ...]:
    """The way down to a review; none for a member, who sees neither board nor cell."""
    if visit.acting.role not in SEES_A_BRANCH:
        return ()
    _ = visit.words.gettext
    return (
        Link(label=_("Tiến độ"), href=f"/c/{review.campaign}"),
        Link(label=names.body(review.organisation), href=f"/c/{review.campaign}/o/{review.organisation}"),
    )


def _joined(*several: Names) -> Names:
    people = {key: name for names in several for key, name in names.people.items()}
    bodies = {key: name for names in several for key, name in names.bodies.items()}
    return Names(people, bodies)


def name_of(review: Review, names: Names, visit: Visit) -> str:
    """Whose review it is, as a heading says it."""
    _ = visit.words.gettext
    if review.kind == life.COLLECTIVE:
        return _("Tập thể cấp ủy %(body)s") % {"body": names.body(review.subject)}
    if review.quality == LEADER_QUALITY:
        return _("%(name)s, tư cách lãnh đạo, quản lý") % {"name": names.subject(review.id)}
    return names.subject(review.id)


def _other(connection: Connection, review: Review, visit: Visit) -> Link | None:
    """The review of the same person in another quality: as a member, or as a leader."""
    if review.kind != life.INDIVIDUAL:
        return None
    found = connection.execute(
        select(REVIEWS.c.review, REVIEWS.c.quality).where(
            REVIEWS.c.campaign == review.campaign,
            REVIEWS.c.subject == review.subject,
            REVIEWS.c.kind == life.INDIVIDUAL,
            REVIEWS.c.review != review.id,
        )
    ).first()
    if found is None:
        return None
    _ = visit.words.gettext
    led = found.quality == LEADER_QUALITY
    label = (
        _("Kỳ kiểm điểm với tư cách lãnh đạo, quản lý") if led else _("Kỳ kiểm điểm với tư cách đảng viên")
    )
    return Link(label=label, href=f"/r/{found.review}")


def _plans(connection: Connection, review: Review, visit: Visit) -> tuple[Link, ...]:
    """The remediation plans of the review."""
    _ = visit.words.gettext
    rows = connection.execute(
        select(PLANS.c.plan, PLANS.c.stage, PLANS.c.next_due)
        .where(PLANS.c.review == review.id)
        .order_by(PLANS.c.drawn_up_on, PLANS.c.plan)
    )
    return tuple(
        Link(label=f"{row.plan}: {_(PLAN_STAGES[row.stage])}", href=f"/p/{row.plan}") for row in rows
    )


def _role(connection: Connection, review: Review, names: Names, visit: Visit) -> str:
    """The posts of a person with their bodies; for a body, nothing."""
    if review.kind != life.INDIVIDUAL:
        return ""
    rows = connection.execute(
        select(POSITIONS.c.post, POSITIONS.c.organisation_id, POSITIONS.c.title, ORGANISATIONS.c.type)
        .join(
            ORGANISATIONS,
            and_(
                ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id,
                as_of(ORGANISATIONS, visit.today),
            ),
        )
        .where(POSITIONS.c.person_id == review.subject, as_of(POSITIONS, visit.today))
        .order_by(POSITIONS.c.row_id)
    ).all()
    bodies = names_on(connection, visit.today, bodies=[row.organisation_id for row in rows])
    cell = names.body(review.organisation)
    _ = visit.words.gettext
    posts = [
        (row.title or _(POSTS[row.post] if row.type in PARTY else LEADER), bodies.body(row.organisation_id))
        for row in rows
    ]
    return ", ".join(" ".join(post) for post in posts) if posts else _("Đảng viên %(cell)s") % {"cell": cell}


def _refusal(visit: Visit, about: About, names: Names, refused: Exception | None) -> RefusalView | None:
    """What was refused just now; else what holds the next gate."""
    if refused is not None:
        return refusal_view(
            refused,
            visit.language,
            visit.words,
            names,
            kept=True,
            ways=_ways(visit, about),
            rulebook=about.rulebook,
        )
    held = [move.held for move in about.outlook.moves if move.held is not None]
    review = about.outlook.review
    if review.flags and held:
        return refusal_view(
            held[0], visit.language, visit.words, names, ways=_ways(visit, about), rulebook=about.rulebook
        )
    return None


def _ways(visit: Visit, about: About) -> tuple[WayOut, ...]:
    """What a person can do about it: repeat the step, or an exception of the competent body."""
    _ = visit.words.gettext
    review = about.outlook.review
    ways: list[WayOut] = []
    if IRREGULAR in review.flags:
        ways.append(
            WayOut(
                when=_("Nếu làm lại được"),
                what=_("họp lại đúng quy định rồi ghi buổi họp mới:"),
                link=Link(
                    label=_("Ghi buổi họp"), href=f"/c/{review.campaign}/o/{review.organisation}#record"
                ),
            )
        )
        ways.append(
            WayOut(
                when=_("Nếu không thể làm lại"),
                what=_(
                    "đề nghị cấp có thẩm quyền cho phép ngoại lệ bằng văn bản; ngoại lệ được ghi ở trang này."
                ),
            )
        )
    return tuple(ways)


def _next_acts(
    visit: Visit, about: About, cell: str, names: Names, act: Act | None, typed: Typed | None
) -> tuple[NextAct, ...]:
    """What this visitor may do now: first what leads on, then what records something."""
    _ = visit.words.gettext
    view = about.outlook
    found: list[NextAct] = []
    for move in view.moves:
        if move.trigger in ELSEWHERE:
            title, anchor = ELSEWHERE[move.trigger]
            if move.trigger == "re_rate" and view.review.round == 1:
                continue
            if move.trigger == "approve" and view.review.round > 1:
                continue
            blocked = ""
            if move.held is not None:
                blocked = with_names(
                    move.held.vi if visit.language == "vi" else move.held.en, names, visit.language
                )
            elif view.missing and _leads_to_gate(move.trigger, view):
                blocked = _(BLOCKED[view.gate]) % {"count": len(view.missing)}
            address = f"{cell}{anchor}"
            if move.trigger in ("appraise", "approve", "re_rate"):
                address = f"/c/{view.review.campaign}/decide?body={view.review.organisation}"
            found.append(NextAct(title=_(title), blocked=blocked, link=Link(label=_("Mở"), href=address)))
    offered = [one for one in ACTS if one.trigger in view.triggers and possible(one, about)]
    for one in sorted(offered, key=lambda one: not leads_on(one, about)):
        shown = typed if act is not None and one.noun == act.noun else None
        form = form_of(one, about, secrets.token_hex(16), shown)
        found.append(
            NextAct(
                title=_(one.title),
                name=one.noun,
                text=_(one.text) if one.text else "",
                form=form,
                open=shown is not None or leads_on(one, about),
            )
        )
    return tuple(found)


def _leads_to_gate(trigger: str, view: Outlook) -> bool:
    gates = {
        "hold_session": "hold_session",
        "carry_motion": "issue_ballot",
        "submit": "submit",
        "appraise": "appraise",
        "approve": "decide",
        "re_rate": "decide",
    }
    return gates.get(trigger) == view.gate


def _facts(about: About, typed: Typed | None):  # type: ignore[no-untyped-def]
    return (
        facts_form(about, secrets.token_hex(16), typed) if "record_fact" in about.outlook.triggers else None
    )


def _findings(visit: Visit, about: About, told: Replay, names: Names) -> tuple[FindingLine, ...]:
    """What the next gate finds; once nothing follows, what the last judged act found."""
    findings = about.outlook.findings
    if not findings:
        judged = [frame.findings for frame in told.frames if frame.findings]
        findings = tuple(one.stored for one in judged[-1]) if judged else ()
    return tuple(finding_line(one, about.rulebook, visit.language, names) for one in findings)


def _decision(visit: Visit, told: Replay, names: Names) -> Decision | None:
    """The last decision, with its paper; crossed out once it was annulled."""
    for frame in reversed(told.frames):
        event = frame.event
        if isinstance(event, happened.ReviewApproved | happened.ReviewReRated):
            return Decision(
                level=event.level,
                by=capitalised(visit.voice(names, None).capacity(frame.stored.capacity)),
                paper=event.document,
                day=day(event.on),
                annulled=told.review.decided_level is None,
            )
    return None
