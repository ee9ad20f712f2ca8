"""A campaign is planned and opened from a page: what is filled in, what would follow, then the two orders."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import Final

from starlette.datastructures import FormData

from api.pages.campaign_foreseen import foreseen_view
from api.pages.findings_told import refusal_view
from api.pages.format import N_, day, number
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, EmptyState, FormField, Link
from api.pages.views_campaign import CampaignPlanPage
from api.pages.visits import Visit
from api.problems import kind_of
from handlers.foreseen import Carrier, Foreseen, carriers, foresee_opening, free_name
from handlers.names import Names, names_on
from handlers.rulebook_names import book_named
from workflow.bodies import Campaign
from workflow.commands.asking import Request
from workflow.commands.campaign import PlanCampaign
from workflow.errors import Refusal
from workflow.rules.refusals import RulebookRefused

PARTS: Final = ("year", "1", "2", "3", "4")
YEARS: Final = (1990, 2100)
NO_YEAR: Final = N_("Ghi năm bằng bốn chữ số, ví dụ 2016.")
CARRIED: Final = ("organisation", "superior", "rulebook", "year", "part", "roster_day", "campaign")


def new_page(visit: Visit) -> CampaignPlanPage:
    """The fields as asked for; once they are looked at, what would follow from them."""
    asked = Typed(FormData(dict(visit.request.query_params)), visit.language)
    looked = bool(asked.raw("look"))
    offered = offers(visit)
    command = read_plan(visit, asked, offered) if looked and offered else None
    return plan_page(visit, offered, asked if looked else None, command)


def offers(visit: Visit) -> tuple[Carrier, ...]:
    """The bodies this officer may plan a campaign for."""
    with visit.service.database.read() as connection:
        return carriers(connection, visit.scope, visit.today)


def read_plan(visit: Visit, typed: Typed, offered: tuple[Carrier, ...]) -> PlanCampaign | None:
    """The order, or nothing where a field is wrong. What is left out follows from the roster and the year."""
    organisation = typed.one_of("organisation", tuple(one.organisation for one in offered))
    rulebook = typed.one_of("rulebook", visit.service.books.names())
    part = typed.one_of("part", PARTS)
    year = typed.number("year")
    if "year" not in typed.errors and not YEARS[0] <= year <= YEARS[1]:
        typed.wrong("year", NO_YEAR)
    roster_day = typed.day("roster_day")
    superior = typed.raw("superior")[:100]
    name = typed.raw("campaign")[:100]
    if typed.errors:
        return None
    quarter = None if part == "year" else int(part)
    return PlanCampaign(
        campaign=name or _free_name(visit, year, quarter, organisation),
        year=year,
        period="year" if quarter is None else "quarter",
        quarter=quarter,
        rulebook=rulebook,
        organisation=organisation,
        superior=superior or next(one.superior for one in offered if one.organisation == organisation),
        roster_day=roster_day,
    )


def plan_page(
    visit: Visit,
    offered: tuple[Carrier, ...],
    typed: Typed | None,
    command: PlanCampaign | None,
    refused: Exception | None = None,
) -> CampaignPlanPage:
    """The page. What the engine would refuse is told beside the fields; there is nothing to press then."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "campaigns")
    page = CampaignPlanPage(
        frame=frame,
        crumbs=(Link(label=_("Các đợt"), href="/campaigns"), Link(label=_("Đợt mới"), href="")),
        heading=_("Lập và mở đợt kiểm điểm"),
        lead=_("Điền, xem trước sẽ có bao nhiêu kỳ kiểm điểm, rồi mới chốt. Xem trước không ghi gì."),
    )
    if not offered:
        return replace(
            page,
            empty=EmptyState(
                icon="people",
                title=_("Chưa có tổ chức nào để mở đợt"),
                text=_("Danh sách chưa có tổ chức trong phạm vi của đồng chí. Nhập danh sách trước."),
                link=Link(label=_("Nhập danh sách từ Excel"), href="/import"),
            ),
        )
    page = replace(page, fields=_fields(visit, offered, typed))
    if command is None:
        return page
    refusal = refused or _refusal(visit, command)
    if refusal is not None:
        told = refusal_view(refusal, visit.language, visit.words, Names(), kept=True)
        return replace(page, refusal=told)
    return _looked_at(visit, page, command)


def status_of(refused: Exception) -> int:
    """The status a refused plan is answered with."""
    return kind_of(refused).status


def _looked_at(visit: Visit, page: CampaignPlanPage, command: PlanCampaign) -> CampaignPlanPage:
    _ = visit.words.gettext
    service = visit.service
    rulebook = book_named(service.engine, service.books, command.rulebook)
    campaign = Campaign(
        id=command.campaign,
        year=command.year,
        period=command.period,
        organisation=command.organisation,
        superior=command.superior,
        roster_day=command.roster_day,
    )
    with service.database.read() as connection:
        foreseen = foresee_opening(connection, rulebook, campaign)
    return replace(
        page,
        terms=terms_of(visit, campaign, command.quarter),
        rulebook=Link(label=rulebook.title.in_language(visit.language), href=f"/rulebooks/{rulebook.id}"),
        foreseen=foreseen_view(visit, foreseen, rulebook),
        forms=_forms(visit, command, foreseen),
    )


def terms_of(visit: Visit, campaign: Campaign, quarter: int | None = None) -> tuple[tuple[str, str], ...]:
    """What a campaign is pinned to, in words."""
    _ = visit.words.gettext
    bodies = [campaign.organisation, campaign.superior]
    with visit.service.database.read() as connection:
        names = names_on(connection, campaign.roster_day, bodies=bodies)
    year = _("năm %(year)s") % {"year": campaign.year}
    if quarter is not None:
        year = _("quý %(quarter)s năm %(year)s") % {"quarter": quarter, "year": campaign.year}
    return (
        (_("Mã đợt"), campaign.id),
        (_("Kỳ"), year),
        (_("Tổ chức thực hiện"), names.body(campaign.organisation)),
        (_("Cấp trên quyết định"), names.body(campaign.superior) if campaign.superior else "–"),
        (_("Danh sách chốt ngày"), day(campaign.roster_day)),
    )


def _forms(visit: Visit, command: PlanCampaign, foreseen: Foreseen) -> tuple[ActionForm, ...]:
    """Plan and open at once, or plan alone; without anybody to open, plan alone."""
    _ = visit.words.gettext
    values = {
        "organisation": command.organisation,
        "superior": command.superior,
        "rulebook": command.rulebook,
        "year": str(command.year),
        "part": "year" if command.quarter is None else str(command.quarter),
        "roster_day": day(command.roster_day),
        "campaign": command.campaign,
    }
    assert tuple(values) == CARRIED, "the form carries what was looked at, and nothing else"
    carried = tuple(
        FormField(name=name, label="", kind="hidden", value=value) for name, value in values.items()
    )
    plan = ActionForm(
        action="/campaigns",
        submit=_("Chỉ lập kế hoạch, mở sau"),
        command_id=secrets.token_hex(16),
        fields=carried,
        notes=(_("Quy định và ngày chốt danh sách được giữ cố định từ lúc lập."),),
    )
    if foreseen.judged and not foreseen.reviews:
        return (plan,)
    many = _("Lập và mở đợt: %(count)s kỳ kiểm điểm") % {"count": number(foreseen.reviews, visit.language)}
    opening = ActionForm(
        action="/campaigns",
        submit=many if foreseen.judged else _("Lập và mở đợt"),
        command_id=secrets.token_hex(16),
        style="primary",
        fields=(*carried, FormField(name="open", label="", kind="hidden", value="on")),
        notes=(_("Việc mở chạy trên máy chủ; đợt hiện ra khi đã lập đủ mọi kỳ. Không thu lại được."),),
    )
    return (opening, plan)


def _refusal(visit: Visit, command: PlanCampaign) -> Exception | None:
    """What the engine would refuse it with now; nothing is written."""
    request = Request(command=command, actor=visit.known, language=visit.language)
    try:
        _, outcome = visit.service.engine.consider(request)
    except Refusal as refused:
        return refused
    return outcome if isinstance(outcome, Refusal) else None


def _free_name(visit: Visit, year: int, quarter: int | None, organisation: str) -> str:
    short = str(year) if quarter is None else f"{year}-Q{quarter}"
    with visit.service.database.read() as connection:
        return free_name(connection, [short, f"{short}-{organisation}"])


def _fields(visit: Visit, offered: tuple[Carrier, ...], typed: Typed | None) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    own = next((one.organisation for one in offered if one.organisation == visit.acting.body), "")
    usual = {
        "organisation": own,
        "year": str(visit.today.year),
        "part": "year",
        "roster_day": day(visit.today),
    }

    def filled(name: str) -> dict[str, str]:
        if typed is None:
            return {"value": usual.get(name, "")}
        return {"value": typed.raw(name), "error": typed.errors.get(name, "")}

    blank = Choice(value="", label=_("– chọn –"))
    quarters = tuple(Choice(value=part, label=_("quý %(quarter)s") % {"quarter": part}) for part in PARTS[1:])
    return (
        FormField(
            name="organisation",
            label=_("Tổ chức thực hiện"),
            kind="select",
            required=True,
            choices=(
                blank,
                *(
                    Choice(value=one.organisation, label=f"{one.name} ({one.organisation})")
                    for one in offered
                ),
            ),
            **filled("organisation"),  # type: ignore[arg-type]  # value and error alone
        ),
        FormField(
            name="rulebook",
            label=_("Quy định"),
            kind="select",
            required=True,
            choices=(blank, *_books(visit)),
            **filled("rulebook"),  # type: ignore[arg-type]  # likewise
        ),
        FormField(
            name="year",
            label=_("Năm kiểm điểm"),
            kind="number",
            required=True,
            **filled("year"),  # type: ignore[arg-type]  # likewise
        ),
        FormField(
            name="part",
            label=_("Cả năm hay một quý"),
            kind="select",
            required=True,
            choices=(Choice(value="year", label=_("cả năm")), *quarters),
            **filled("part"),  # type: ignore[arg-type]  # likewise
        ),
        FormField(
            name="roster_day",
            label=_("Danh sách chốt ngày"),
            kind="day",
            required=True,
            hint=_("Ai có tên trong danh sách ngày này thì có kỳ kiểm điểm."),
            **filled("roster_day"),  # type: ignore[arg-type]  # likewise
        ),
        FormField(
            name="superior",
            label=_("Mã cấp trên quyết định"),
            quiet=True,
            hint=_("Để trống thì lấy theo danh sách."),
            **filled("superior"),  # type: ignore[arg-type]  # likewise
        ),
        FormField(
            name="campaign",
            label=_("Mã đợt"),
            quiet=True,
            hint=_("Để trống thì đặt theo năm. Chữ không dấu, số, gạch ngang."),
            **filled("campaign"),  # type: ignore[arg-type]  # likewise
        ),
    )


def _books(visit: Visit) -> tuple[Choice, ...]:
    """The rulebooks that can be read, the newest first; one's own that cannot says why on its own page."""
    found: list[tuple[date, Choice]] = []
    for name in visit.service.books.names():
        try:
            book = visit.service.books.load(name)
        except RulebookRefused:
            continue  # its own page says what is wrong with it
        found.append((book.in_force, Choice(value=name, label=book.title.in_language(visit.language))))
    return tuple(choice for _, choice in sorted(found, key=lambda one: one[0], reverse=True))
