"""A planned campaign before it is open: what was pinned, what the opening would come to, and the button."""

from __future__ import annotations

import secrets

from api.pages.campaign_foreseen import foreseen_view
from api.pages.campaign_plan import terms_of
from api.pages.campaigns import campaign_of
from api.pages.format import number
from api.pages.views import ActionForm, Link
from api.pages.views_campaign import CampaignPlanPage
from api.pages.visits import Visit
from api.pages.work_asked import running_work
from handlers.foreseen import foresee_opening
from handlers.opening import BATCH
from handlers.work.book import OPENING
from states import campaign as life


def opening_page(visit: Visit, campaign_id: str) -> CampaignPlanPage:
    """What opening it would come to; one whose opening was interrupted is gone on with by the same form."""
    _ = visit.words.gettext
    service = visit.service
    with service.database.read() as connection:
        visit.within(connection, campaign_id)
        campaign, rulebook = campaign_of(connection, service, campaign_id)
        frame = visit.frame(connection, "campaigns", campaign=campaign, rulebook=rulebook)
        waits = campaign.stage in (life.PLANNED, life.OPENING)
        foreseen = foresee_opening(connection, rulebook, campaign) if waits else None
        running = running_work(visit, connection, OPENING, f"/c/{campaign_id}")
    forms: tuple[ActionForm, ...] = ()
    if waits and running is None and foreseen is not None and not (foreseen.judged and not foreseen.reviews):
        forms = (_form(visit, campaign_id, campaign.stage == life.OPENING),)
    begun = _("%(done)s trên %(total)s kỳ kiểm điểm đã lập; mở tiếp thì đi từ chỗ dừng.")
    leads = {
        life.PLANNED: _("Đã lập kế hoạch, chưa mở. Xem lại rồi mở; mở rồi thì không thu lại được."),
        life.OPENING: begun % _counts(visit, _opened(campaign.batches, campaign.subjects), campaign.subjects),
    }
    return CampaignPlanPage(
        frame=frame,
        crumbs=(Link(label=_("Các đợt"), href="/campaigns"), Link(label=campaign_id, href="")),
        heading=_("Mở đợt kiểm điểm %(campaign)s") % {"campaign": campaign_id}
        if waits
        else _("Đợt kiểm điểm %(campaign)s đã mở") % {"campaign": campaign_id},
        lead=leads.get(campaign.stage, _("Không còn gì để mở; xem tiến độ ở trang của đợt.")),
        terms=terms_of(visit, campaign),
        rulebook=Link(
            label=rulebook.title.in_language(visit.language), href=f"/rulebooks/{campaign.rulebook_hash}"
        ),
        foreseen=foreseen_view(visit, foreseen, rulebook) if foreseen is not None else None,
        forms=forms,
        board=None if waits else Link(label=_("Xem tiến độ của đợt"), href=f"/c/{campaign_id}"),
        running=Link(label=_("Xem đã đến đâu"), href=f"/jobs/{running.job}") if running else None,
    )


def _form(visit: Visit, campaign_id: str, interrupted: bool) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action=f"/campaigns/{campaign_id}/opening",
        submit=_("Mở tiếp") if interrupted else _("Mở đợt"),
        command_id=secrets.token_hex(16),
        style="primary",
        notes=(_("Việc mở chạy trên máy chủ; đợt hiện ra khi đã lập đủ mọi kỳ. Không thu lại được."),),
    )


def _opened(batches: int, subjects: int) -> int:
    return min(batches * BATCH, subjects)


def _counts(visit: Visit, done: int, total: int) -> dict[str, str]:
    return {"done": number(done, visit.language), "total": number(total, visit.language)}
