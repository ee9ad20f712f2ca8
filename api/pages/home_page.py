"""Every campaign somebody sees, with how far it is; before the first one, the steps that lead to it."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, or_, select

from api.pages.counted import Standing, steps_of, totals
from api.pages.format import N_, short_day
from api.pages.navigation import ADDRESSES, opens
from api.pages.views import CampaignCard, FirstStep, HomePage, Link, Progress, StatusText
from api.pages.visits import Visit
from deadlines.due import Due, dues
from handlers.access.scope import scope_on
from handlers.access.tables import GRANTS
from handlers.names import names_on
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS
from handlers.tables import CAMPAIGNS, PROGRESS
from states import campaign as life
from states import grant as grant_life
from states import review as reviewing
from states.roles import Role
from workflow.bodies import Campaign

STATES: dict[str, tuple[str, str]] = {
    life.PLANNED: ("waiting", N_("Mới lập, chưa mở")),
    life.OPENING: ("working", N_("Đang mở")),
    life.OPEN: ("working", N_("Đang diễn ra")),
    life.CLOSED: ("done", N_("Đã kết thúc")),
}

NEW: Final = "/campaigns/new"
OPENING: Final = "/campaigns/{campaign}/opening"

UNITS: dict[str, str] = {"voted": N_("đảng viên đã bỏ phiếu"), "reviewed": N_("người đã kiểm điểm")}
"""What is counted: the ballot, where the document orders none the review."""


def campaigns_page(visit: Visit) -> HomePage:
    """All campaigns in scope, newest first; the first steps while there is none at all."""
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "campaigns")
        steps = first_steps(visit, connection)
        cards = () if steps else campaign_cards(visit, connection)
    _ = visit.words.gettext
    new = Link(label=_("Lập đợt mới"), href=NEW) if opens(visit.acting.role, NEW) else None
    return HomePage(frame=frame, campaigns=cards, first_steps=steps, new=new)


def campaign_cards(
    visit: Visit, connection: Connection, *, most: int | None = None
) -> tuple[CampaignCard, ...]:
    """The campaigns in scope, newest first, at most so many."""
    _ = visit.words.gettext
    rows = connection.execute(
        select(CAMPAIGNS)
        .where(scope_on(visit.acting, visit.today).campaigns())
        .order_by(CAMPAIGNS.c.year.desc(), CAMPAIGNS.c.campaign)
        .limit(most)
    ).all()
    scope = scope_on(visit.acting, visit.today)
    seen = scope.places(PROGRESS.c.campaign, PROGRESS.c.organisation)
    counted = totals(connection, [row.campaign for row in rows], seen)
    names = names_on(connection, visit.today, bodies=[row.organisation for row in rows])
    cards = []
    for row in rows:
        campaign = Campaign(id=row.campaign, stage=row.stage, year=row.year)
        rulebook = visit.service.engine.rulebook(connection, row.rulebook_hash)
        steps = steps_of(rulebook, reviewing.INDIVIDUAL)
        standing = Standing(steps, counted.get((row.campaign, reviewing.INDIVIDUAL), {}))
        step = "voted" if "voted" in steps else "reviewed"
        _ = visit.words.gettext
        year = _("Kiểm điểm năm %(year)s") % {"year": row.year}
        cards.append(
            CampaignCard(
                title=year,
                href=_address(visit, row.campaign, row.rulebook_hash, row.stage),
                organisation=names.body(row.organisation),
                rulebook=rulebook.title.in_language(visit.language),
                state=_state(visit, campaign),
                progress=Progress(done=standing.done(step), total=standing.total(step)),
                unit=visit.words.gettext(UNITS[step]),
                note=_until(visit, _next_due(steps, dues(rulebook, row.year, reviewing.INDIVIDUAL), step)),
            )
        )
    return tuple(cards)


def _address(visit: Visit, campaign: str, rulebook: str, stage: str) -> str:
    """The board; for those who see no branch their own season, else the regulation it is carried out by.

    One that is not open yet leads to where it is opened.
    """
    role = visit.acting.role
    if stage in (life.PLANNED, life.OPENING) and opens(role, OPENING):
        return f"/campaigns/{campaign}/opening"
    if opens(role, ADDRESSES["board"]):
        return f"/c/{campaign}"
    if opens(role, ADDRESSES["own_season"]):
        return f"/c/{campaign}/o/{visit.acting.body}/season"
    return f"/rulebooks/{rulebook}"


def _state(visit: Visit, campaign: Campaign) -> StatusText:
    tone, text = STATES.get(campaign.stage, STATES[life.PLANNED])
    return StatusText(tone=tone, text=visit.words.gettext(text))  # type: ignore[arg-type]  # the tones just above


def _next_due(steps: tuple[str, ...], due: dict[str, Due], step: str) -> Due | None:
    """The date of the step that is counted, else of the first step that has one."""
    return due.get(step) or next((due[one] for one in steps if one in due), None)


def _until(visit: Visit, due: Due | None) -> str:
    return visit.words.gettext("hạn %(day)s") % {"day": short_day(due.last)} if due else ""


def first_steps(visit: Visit, connection: Connection) -> tuple[FirstStep, ...]:
    """What comes first, in its order: the roster, those who work with it, the campaign, the work.

    None once there is a campaign, and none for those who set nothing up.
    """
    role = visit.acting.role
    if not (opens(role, ADDRESSES["roster"]) or opens(role, NEW)):
        return ()
    if connection.execute(select(CAMPAIGNS.c.campaign).limit(1)).first() is not None:
        return ()
    _ = visit.words.gettext
    imported = connection.execute(
        select(ORGANISATIONS.c.organisation_id).where(as_of(ORGANISATIONS, visit.today)).limit(1)
    ).first()
    return (
        FirstStep(
            title=_("Nhập danh sách"),
            text=_("Tổ chức đảng, đảng viên và chức vụ, từ một tệp Excel. Tải tệp mẫu, điền rồi xem trước."),
            done=imported is not None,
            link=Link(label=_("Nhập danh sách từ Excel"), href="/import")
            if opens(role, ADDRESSES["roster"])
            else None,
        ),
        FirstStep(
            title=_("Giao vai trò, mở tài khoản"),
            text=_(
                "Bí thư, cấp ủy viên, đảng viên có vai trò theo danh sách. Cán bộ phụ trách đợt, ban tổ "
                "chức, kiểm tra được giao thêm: một người đề nghị, một người khác xác nhận. Sau đó mở tài "
                "khoản và phát đường dẫn dùng một lần."
            ),
            done=_has_an_officer(connection, visit.today),
            link=Link(label=_("Giao vai trò"), href="/grants")
            if imported is not None and opens(role, "/grants")
            else None,
        ),
        FirstStep(
            title=_("Mở đợt kiểm điểm"),
            text=_("Chọn quy định và ngày chốt danh sách, xem trước rồi mở; mỗi người có một kỳ."),
            done=False,
            link=Link(label=_("Lập đợt kiểm điểm"), href=NEW)
            if imported is not None and opens(role, NEW)
            else None,
        ),
        FirstStep(
            title=_("Theo dõi từng chi bộ"),
            text=_("Trang tiến độ cho biết chi bộ nào trễ, ai còn thiếu gì và điều khoản nào."),
            done=False,
        ),
    )


def _has_an_officer(connection: Connection, today: date) -> bool:
    """Whether anybody holds the role that plans and opens campaigns."""
    held = select(GRANTS.c.grant_id).where(
        GRANTS.c.role == Role.OFFICER,
        GRANTS.c.stage == grant_life.GRANTED,
        GRANTS.c.from_day <= today,
        or_(GRANTS.c.until_day.is_(None), GRANTS.c.until_day >= today),
    )
    return connection.execute(held.limit(1)).first() is not None
