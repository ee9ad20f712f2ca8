"""The first page: what somebody must finish and by which last safe day, what others owe, how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from api.pages.campaigns import campaign_of
from api.pages.counted import Standing, steps_of
from api.pages.format import N_, STANDINGS, day, short_day
from api.pages.home_page import campaign_cards, first_steps
from api.pages.navigation import newest_campaign
from api.pages.season_page import season_for
from api.pages.today_elsewhere import elsewhere
from api.pages.today_tasks import (
    WAITING_SHOWN,
    Coming,
    Surroundings,
    coming,
    planned,
    reports,
    task_groups,
    wait_lines,
)
from api.pages.tour import tour_steps
from api.pages.views import EmptyState, Link, Progress
from api.pages.views_today import NoticeLine, OwnLine, StepLine, TodayPage
from api.pages.visits import Visit
from api.permissions import may_open
from deadlines.due import dues
from handlers.access.scope import Scope, scope_on
from handlers.names import names_on
from handlers.reminding.inbox import Notice, notices_of
from handlers.season.plans import body_plan
from handlers.telling.owed import due_words, task
from handlers.today import (
    AT_THE_BODY,
    GATE_OF_ROLE,
    OwnReview,
    open_steps,
    own_reviews,
    reports_here,
    stages_below,
)
from states import campaign as life
from states import review as reviewing
from states.roles import Role
from workflow.bodies import Campaign
from workflow.rules.rulebook import Rulebook

CAMPAIGNS_SHOWN = 4
NOTICES_SHOWN = 4
NOTICES_READ = 40
OWN_SHOWN = 2

SEE_NO_BRANCH = frozenset({Role.MEMBER, Role.ADMINISTRATOR})

HAVE_TASKS = frozenset({Role.MEMBER, *AT_THE_BODY, *GATE_OF_ROLE})

STEP_WORDS = {
    "prepared": N_("đã chuẩn bị"),
    "draft_sent": N_("đã gửi dự thảo"),
    "reviewed": N_("đã kiểm điểm"),
    "voted": N_("đã bỏ phiếu"),
    "submitted": N_("đã báo cáo"),
    "appraised": N_("đã thẩm định"),
    "approved": N_("đã quyết định"),
}


def today_page(visit: Visit) -> TodayPage:
    """The page. Raises NobodyActs where nobody is known."""
    _, actor = visit.words.gettext, visit.known
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "home")
        begin = first_steps(visit, connection)
        if begin:
            return TodayPage(
                frame=frame,
                heading=_("Bắt đầu đợt kiểm điểm đầu tiên"),
                lead=_("Bốn việc, theo thứ tự. Việc nào xong thì có dấu."),
                first_steps=begin,
            )
        scope = scope_on(actor, visit.today)
        steps = open_steps(connection, scope)
        own = own_reviews(connection, actor.id)[:OWN_SHOWN]
        newest = newest_campaign(connection, scope)
        notices = notices_of(connection, actor.id, visit.today, owed_only=True, limit=NOTICES_READ)
        here = reports_here(connection, scope) if actor.role in GATE_OF_ROLE else ()
        asked = {one.campaign for one in steps} | {one.campaign for one in here}
        asked |= {newest} if newest else set()
        held = {one: campaign_of(connection, visit.service, one) for one in asked}
        bodies = (
            {one.one_body for one in steps}
            | {one.one_body for one in here}
            | {one.organisation for one in own}
        )
        bodies |= {notice.organisation for notice in notices} | {actor.body}
        around = Surroundings(
            visit=visit,
            names=names_on(connection, visit.today, bodies=bodies),
            rulebooks={one: rulebook for one, (_, rulebook) in held.items()},
        )
        plans = _planned(connection, visit, around, held)
        progress = _progress(connection, visit, scope, newest, around.rulebooks.get(newest))
        cards = campaign_cards(visit, connection, most=CAMPAIGNS_SHOWN)
        others_of_mine = elsewhere(visit, connection, sum(_own_act(around, one) is not None for one in own))
    told = {one.gate for one in plans}
    mine = [
        *plans,
        *reports(around, here, steps),
        *(coming(around, step) for step in steps if step.mine and step.gate not in told),
    ]
    mine.sort(key=lambda one: one.order)
    others = [coming(around, step) for step in steps if not step.mine]
    has_tasks = actor.role in HAVE_TASKS
    mine_alone = tuple(_own(around, one) for one in own) if actor.role is Role.MEMBER else ()
    undated = 0 if mine else sum(one.act is not None for one in mine_alone)
    return TodayPage(
        frame=frame,
        heading=_heading(visit, mine if has_tasks else others, has_tasks=has_tasks, undated=undated),
        lead=_lead(visit, mine, others, has_tasks=has_tasks, any_campaign=bool(newest)),
        groups=task_groups(visit, mine),
        no_tasks=None if mine or undated or not has_tasks else _nothing_to_do(visit, others),
        own=mine_alone,
        waiting=wait_lines(visit, others),
        waiting_more=max(0, len(others) - WAITING_SHOWN),
        elsewhere=others_of_mine,
        body=around.names.body(actor.body),
        body_href=_body_href(visit, newest),
        steps=progress,
        notices=tuple(_notice(around, one) for one in _newest_words(notices)[:NOTICES_SHOWN]),
        unread=frame.unread,
        campaigns=cards,
        tour=tour_steps(visit, newest),
    )


def _planned(
    connection: Connection,
    visit: Visit,
    around: Surroundings,
    held: Mapping[str, tuple[Campaign, Rulebook]],
) -> tuple[Coming, ...]:
    """What the body of a secretary or a committee has to do, by the backward plan of each open campaign."""
    body = visit.acting.body
    if visit.acting.role not in AT_THE_BODY:
        return ()
    found: list[Coming] = []
    for campaign, rulebook in held.values():
        if campaign.stage == life.OPEN:
            season, plan = body_plan(
                connection, campaign.id, body, visit.today, season_for(campaign, rulebook)
            )
            if plan is not None:
                above = {bound.body for part in plan.plan.parts for bound in part.bounds}
                names = names_on(connection, visit.today, bodies={body, *above}).bodies
                found += planned(visit, season, plan, names)
    return tuple(found)


def _heading(visit: Visit, counted: Sequence[Coming], *, has_tasks: bool, undated: int) -> str:
    """The answer to "what must I finish today?", as a sentence with numbers.

    `undated` are acts of one's own that no clause gives a day.
    """
    words, _ = visit.words, visit.words.gettext
    if visit.acting.role is Role.ADMINISTRATOR:
        return _("Việc của quản trị hệ thống")
    near = [one.nearness(visit.today) for one in counted]
    overdue, today = near.count("overdue"), near.count("today")
    if not has_tasks:
        if overdue:
            said = words.ngettext("%(num)d bước quá hạn", "%(num)d bước quá hạn", overdue)
            return said % {"num": overdue}
        return _("Không bước nào quá hạn")
    if overdue:
        said = words.ngettext("Đồng chí có %(num)d việc quá hạn", "Đồng chí có %(num)d việc quá hạn", overdue)
        return said % {"num": overdue}
    if today:
        said = words.ngettext(
            "Hôm nay đồng chí có %(num)d việc phải xong",
            "Hôm nay đồng chí có %(num)d việc phải xong",
            today,
        )
        return said % {"num": today}
    if waiting := near.count("undated") + undated:
        said = words.ngettext(
            "Đồng chí có %(num)d việc làm được ngay", "Đồng chí có %(num)d việc làm được ngay", waiting
        )
        return said % {"num": waiting}
    if counted:
        return _("Hôm nay không có việc đến hạn")
    return _("Đồng chí không còn việc nào phải làm")


def _lead(
    visit: Visit, mine: Sequence[Coming], others: Sequence[Coming], *, has_tasks: bool, any_campaign: bool
) -> str:
    """What comes next, and when: never an empty line while anything is open."""
    words, _ = visit.words, visit.words.gettext
    if visit.acting.role is Role.ADMINISTRATOR:
        return _("Danh sách, tài khoản, lịch, thư ở trang Quản trị; nội dung kiểm điểm không hiện ở đây.")
    near = [one.nearness(visit.today) for one in mine]
    if "overdue" in near or "today" in near:
        soon = near.count("soon")
        said = words.ngettext(
            "%(num)d việc nữa trong 10 ngày làm việc tới.",
            "%(num)d việc nữa trong 10 ngày làm việc tới.",
            soon,
        )
        return said % {"num": soon} if soon else ""
    following = [one for one in mine if one.safe_on] or others
    if not following and not any_campaign:
        return _("Chưa có đợt kiểm điểm nào trong phạm vi này; khi đợt mở, việc đầu tiên hiện ở đây.")
    if not following:
        return _("Mọi bước đang mở đã xong; khi có đợt mới, việc đầu tiên hiện ở đây.")
    first = following[0]
    days = first.working_days_left(visit.today)
    told = {"what": first.what, "day": day(first.safe_on), "num": abs(days)}
    if days < 0:  # of others: what is one's own and late is counted in the heading
        said = words.ngettext(
            "Đang chờ người khác: %(what)s, nên xong chậm nhất %(day)s, đã quá %(num)d ngày làm việc.",
            "Đang chờ người khác: %(what)s, nên xong chậm nhất %(day)s, đã quá %(num)d ngày làm việc.",
            -days,
        )
        return said % told
    if first in mine:
        said = words.ngettext(
            "Việc gần nhất: %(what)s, nên xong chậm nhất %(day)s, còn %(num)d ngày làm việc.",
            "Việc gần nhất: %(what)s, nên xong chậm nhất %(day)s, còn %(num)d ngày làm việc.",
            days,
        )
    elif has_tasks:
        said = words.ngettext(
            "Đang chờ người khác: %(what)s, nên xong chậm nhất %(day)s, còn %(num)d ngày làm việc.",
            "Đang chờ người khác: %(what)s, nên xong chậm nhất %(day)s, còn %(num)d ngày làm việc.",
            days,
        )
    else:
        said = words.ngettext(
            "Bước gần nhất: %(what)s, nên xong chậm nhất %(day)s, còn %(num)d ngày làm việc.",
            "Bước gần nhất: %(what)s, nên xong chậm nhất %(day)s, còn %(num)d ngày làm việc.",
            days,
        )
    return said % told


def _nothing_to_do(visit: Visit, others: Sequence[Coming]) -> EmptyState:
    """Why there is nothing, and what to look at meanwhile."""
    _ = visit.words.gettext
    text = _("Khi đến lượt, việc hiện ở đây với ngày an toàn cuối, điều khoản và nút để làm ngay.")
    if others:
        text = _("Các bước còn lại do người khác làm; xem ở phần “Đang chờ người khác”.")
    return EmptyState(icon="check", title=_("Không có việc nào chờ đồng chí"), text=text)


def _own(around: Surroundings, one: OwnReview) -> OwnLine:
    _ = around.visit.words.gettext
    settled = one.stage in reviewing.SETTLED
    return OwnLine(
        title=_("Kỳ kiểm điểm năm %(year)s của tôi") % {"year": one.year},
        href=f"/r/{one.review}",
        where=around.names.body(one.organisation),
        stage=_(STANDINGS.get(one.stage, one.stage)),
        level=one.decided_level if settled else None,
        act=_own_act(around, one),
    )


def _own_act(around: Surroundings, one: OwnReview) -> Link | None:
    """What the person has to do himself: write, then say which level he gives himself."""
    _ = around.visit.words.gettext
    if one.stage == reviewing.OPEN:
        return Link(label=_("Viết bản tự kiểm điểm"), href=f"/r/{one.review}")
    if one.stage in (reviewing.PREPARED, reviewing.DRAFT_SENT) and one.rated and one.self_level is None:
        return Link(label=_("Ghi mức tự xếp loại"), href=f"/r/{one.review}")
    return None


def _progress(
    connection: Connection, visit: Visit, scope: Scope, campaign: str, rulebook: Rulebook | None
) -> tuple[StepLine, ...]:
    """The steps of the body's people, those that everybody has taken left out but the last of them."""
    if not campaign or rulebook is None or visit.acting.role in SEE_NO_BRANCH:
        return ()
    steps = steps_of(rulebook, reviewing.INDIVIDUAL)
    standing = Standing(steps, stages_below(connection, scope, campaign))
    if not standing.total():
        return ()
    due = dues(rulebook, scope.within(connection, campaign).row.year, reviewing.INDIVIDUAL)
    _ = visit.words.gettext
    finished = [step for step in steps if standing.finished(step)]
    shown = [*finished[-1:], *(step for step in steps if step not in finished)]
    return tuple(
        StepLine(
            name=_(STEP_WORDS[step]),
            progress=Progress(done=standing.done(step), total=standing.total(step)),
            until=_("hạn %(day)s") % {"day": short_day(due[step].last)}
            if step in due and step not in finished
            else "",
        )
        for step in shown
    )


def _body_href(visit: Visit, campaign: str) -> str:
    role, body = visit.acting.role, visit.acting.body
    if not campaign:
        return ""
    if role in AT_THE_BODY or role is Role.COUNTING_TEAM:
        return f"/c/{campaign}/o/{body}"
    return f"/c/{campaign}" if may_open(role, "see_the_board") else ""


def _newest_words(notices: Iterable[Notice]) -> list[Notice]:
    """The newest word on each thing owed."""
    newest: dict[tuple[object, ...], Notice] = {}
    for one in notices:
        newest.setdefault((one.campaign, one.organisation, one.kind, one.gate, one.rule, one.due_on), one)
    return list(newest.values())


def _notice(around: Surroundings, notice: Notice) -> NoticeLine:
    language = around.visit.language
    due = due_words(notice.due_on, notice.due_on, notice.hour, language)
    return NoticeLine(
        what=task(notice.gate, notice.kind, notice.items, language),
        said=f"{around.names.body(notice.organisation)} · {due[:1].upper()}{due[1:]}",
        href=f"/inbox#notice-{notice.id}",
        unread=not notice.is_read,
    )
