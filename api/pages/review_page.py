"""One review: its steps with dates and clauses, what comes next, what is missing, its history."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import Connection, and_, select

from api.pages.campaigns import campaign_of, visible
from api.pages.cell_meeting import POSTS
from api.pages.counted import COLUMNS, PASSED, STEP
from api.pages.findings_told import finding_line, names_in, refusal_view, texts_of, with_names
from api.pages.format import N_, day, short_day
from api.pages.review_acts import ACTS, ELSEWHERE, Act, form_of, leads_on, possible
from api.pages.review_facts import facts_form
from api.pages.review_offers import About
from api.pages.told import capitalised, history_lines, names_of_events
from api.pages.typed import Typed
from api.pages.views import Clause, FindingLine, Link, RefusalView, StatusText, WayOut
from api.pages.views_review import Decision, NextAct, ReviewPage, Step
from api.pages.visits import Visit
from deadlines.due import Due, dues
from handlers.names import Names, names_on
from handlers.next_acts import Outlook, outlook
from handlers.replay import Replay, replay
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, POSITIONS
from states import review as life
from states.flags import IRREGULAR
from workflow.errors import NotFound
from workflow.events import review as happened
from workflow.review import Review

PARTY = ("dang_bo_khoi", "dang_bo_co_so", "chi_bo_co_so", "dang_bo_bo_phan", "chi_bo_truc_thuoc", "to_dang")
LEADER = N_("Lãnh đạo")

BLOCKED: dict[str, str] = {
    "prepare": N_("Chưa ghi chuẩn bị được: %(count)s điều còn thiếu"),
    "hold_session": N_("Chưa kiểm điểm được: %(count)s điều còn thiếu"),
    "issue_ballot": N_("Chưa bỏ phiếu được: %(count)s điều còn thiếu"),
    "submit": N_("Chưa báo cáo được: %(count)s điều còn thiếu"),
    "appraise": N_("Chưa thẩm định được: %(count)s điều còn thiếu"),
    "decide": N_("Chưa quyết định được: %(count)s điều còn thiếu"),
}
"""The heading over what is missing for the next gate."""


def about_review(visit: Visit, review_id: str) -> About:
    """What may follow for a review, for this visitor, today. NotFound for one nobody may see."""
    view = outlook(visit.service.engine, review_id, visit.acting, visit.today)
    if view.situation.campaign is None or not visible(view.situation.campaign):
        raise NotFound("review", review_id)
    return About(outlook=view, rulebook=view.situation.rules, words=visit.words, today=visit.today)


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
        frame = visit.frame(
            connection, "review", campaign=campaign, rulebook=rulebook, organisation=review.organisation
        )
    _ = visit.words.gettext
    cell = f"/c/{review.campaign}/o/{review.organisation}"
    return ReviewPage(
        frame=frame,
        crumbs=(
            Link(label=_("Tiến độ"), href=f"/c/{review.campaign}"),
            Link(label=names.body(review.organisation), href=cell),
        ),
        name=_name(review, names, visit),
        kind=review.kind,
        stage=review.stage,
        role=role,
        self_level=review.self_level,
        level=review.level,
        flags=tuple(review.flags),
        steps=_steps(about, dues(rulebook, campaign.year, review.kind), told, names),
        refusal=_refusal(visit, about, names, refused),
        next_acts=_next_acts(visit, about, cell, names, act, typed),
        facts=_facts(about, facts_typed),
        findings=_findings(visit, about, told, names),
        history=history_lines(visit, told.frames, names, rulebook, f"/r/{review.id}/history"),
        history_href=f"/r/{review.id}/history",
        decision=_decision(visit, told, names),
    )


def _joined(*several: Names) -> Names:
    people = {key: name for names in several for key, name in names.people.items()}
    bodies = {key: name for names in several for key, name in names.bodies.items()}
    return Names(people, bodies)


def _name(review: Review, names: Names, visit: Visit) -> str:
    if review.kind == life.COLLECTIVE:
        return visit.words.gettext("Tập thể cấp ủy %(body)s") % {"body": names.body(review.subject)}
    return names.subject(review.id)


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


def _steps(about: About, due: dict[str, Due], told: Replay, names: Names) -> tuple[Step, ...]:
    """The steps of a kind: what happened when, until when the rest is owed, by which clause."""
    review, words = about.outlook.review, about.words
    _ = words.gettext
    if review.stage == life.EXEMPT:
        return tuple(Step(stage=stage, state="skipped") for stage in COLUMNS[review.kind])
    passed = _passed(review)
    found: list[Step] = []
    current_found = False
    for stage in COLUMNS[review.kind]:
        on = _done_on(review, stage)
        if STEP[stage] <= passed:
            found.append(
                Step(stage=stage, state="done", lines=(day(on),) if on else (), clauses=_cited(told, stage))
            )
            continue
        if review.stage == life.REVIEWED_UNRATED:
            found.append(Step(stage=stage, state="skipped"))
            continue
        one = due.get(stage)
        lines = (
            (
                _("An toàn đến %(safe)s, hạn %(last)s")
                % {"safe": short_day(one.safe), "last": short_day(one.last)},
            )
            if one
            else ()
        )
        note = None
        if one and about.today > one.last:
            late = (about.today - one.last).days
            note = StatusText(
                tone="late", text=words.ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", late) % {"num": late}
            )
        elif not current_found and about.outlook.missing:
            note = StatusText(tone="refused", text=_("Còn thiếu, xem bên"))
        found.append(
            Step(
                stage=stage,
                state="future" if current_found else "current",
                lines=lines,
                note=note,
                clauses=(Clause(label=one.cite),) if one else (),
            )
        )
        current_found = True
    return tuple(found)


def _passed(review: Review) -> int:
    if review.stage == life.REVIEWED_UNRATED:
        return 6 if review.kind == life.COLLECTIVE else STEP["reviewed"]
    return PASSED.get(review.remembered or review.stage, 0)


def _done_on(review: Review, stage: str) -> date | None:
    return review.dates.get({"approved": "decided"}.get(stage, stage))


def _cited(told: Replay, stage: str) -> tuple[Clause, ...]:
    """The clauses the act that reached a stage was held against, at most two."""
    for frame in told.frames:
        if frame.stage == stage and frame.findings:
            cites = dict.fromkeys(
                rejudged.stored.cite
                for rejudged in frame.findings
                if rejudged.stored.verdict.value == "holds"
            )
            return tuple(Clause(label=cite) for cite in list(cites)[:2])
    return ()


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
            found.append(
                NextAct(title=_(title), blocked=blocked, link=Link(label=_("Mở"), href=f"{cell}{anchor}"))
            )
    offered = [one for one in ACTS if one.trigger in view.triggers and possible(one, about)]
    for one in sorted(offered, key=lambda one: not leads_on(one, about)):
        shown = typed if act is not None and one.noun == act.noun else None
        form = form_of(one, about, secrets.token_hex(16), shown)
        found.append(
            NextAct(
                title=_(one.title),
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
