"""Planning a campaign and expanding the roster into reviews, batch by batch, invisible until complete."""

from __future__ import annotations

import re

from states.campaign import PERIODS
from states.campaign import TABLE as CAMPAIGN_TABLE
from workflow.bodies import Campaign
from workflow.commands.campaign import (
    CloseCampaign,
    FinishOpening,
    GrantSpecialMerit,
    OpenBatch,
    PlanCampaign,
    StartOpening,
)
from workflow.decision import Change, Decision, Situation, check_body_move, not_blank, not_twice
from workflow.errors import AlreadyThere, BadInput, LayerNeeded, NotFound
from workflow.events.campaign import (
    BatchOpened,
    CampaignClosed,
    CampaignPlanned,
    OpeningFinished,
    OpeningStarted,
    SpecialMeritGranted,
)
from workflow.events.review import ReviewOpened, SubjectExempted

SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
"""What a campaign may be called: it stands in addresses and in every review's name."""


def plan_campaign(command: PlanCampaign, situation: Situation) -> Decision:
    """Plan a campaign under the rulebook that was composed and stored for it. new -> planned."""
    campaign = _campaign(situation)
    if campaign.version:
        raise AlreadyThere("campaign", command.campaign)
    if not SAFE_ID.fullmatch(command.campaign):
        raise BadInput(
            "campaign",
            command.campaign,
            "chỉ được gồm chữ không dấu, số và gạch ngang, tối đa 40 ký tự.",
            "may only hold plain letters, digits and hyphens, 40 at most.",
        )
    if command.period not in PERIODS or (command.period == "quarter") != (command.quarter is not None):
        raise BadInput(
            "period",
            command.period,
            "phải là “year” (cả năm), hoặc “quarter” kèm số quý.",
            "must be “year”, or “quarter” with its number.",
        )
    if command.quarter is not None and command.quarter not in (1, 2, 3, 4):
        raise BadInput("quarter", str(command.quarter), "phải từ 1 đến 4.", "must be 1 to 4.")
    check_body_move(situation, CAMPAIGN_TABLE, "campaign", campaign, "plan", command.organisation)
    if command.organisation not in situation.superiors:
        raise NotFound("organisation", command.organisation)
    if situation.rules.unset:
        raise LayerNeeded(situation.rules.title, situation.rules.unset)
    planned = CampaignPlanned(
        campaign=command.campaign,
        year=command.year,
        period=command.period,
        quarter=command.quarter,
        rulebook=command.rulebook,
        rulebook_hash=situation.rules.hash,
        organisation=command.organisation,
        superior=command.superior,
        roster_day=command.roster_day,
    )
    return _one(situation, command.campaign, planned)


def start_opening(command: StartOpening, situation: Situation) -> Decision:
    """Begin to open. planned -> opening."""
    campaign = _there(situation, "start_opening")
    if command.subjects < 1:
        raise BadInput(
            "organisation",
            campaign.organisation,
            "– danh sách chưa có ai thuộc diện kiểm điểm; nhập danh sách trước khi mở đợt.",
            "– nobody on the roster is in scope; import the roster first.",
        )
    started = OpeningStarted(subjects=command.subjects, believed_at=command.believed_at)
    return _one(situation, command.campaign, started)


def open_batch(command: OpenBatch, situation: Situation) -> Decision:
    """Open one batch: each subject gets its review, exempt ones with their clause."""
    campaign = _there(situation, "open_batch")
    if command.batch != campaign.batches + 1:
        raise BadInput(
            "batch",
            str(command.batch),
            f"không đúng thứ tự; phần tiếp theo là {campaign.batches + 1}.",
            f"is out of order; the next one is {campaign.batches + 1}.",
        )
    if not command.subjects:
        raise BadInput("subjects", "", "còn trống.", "is empty.")
    not_twice("subjects", (subject.review for subject in command.subjects))
    for subject in command.subjects:
        if situation.reviews[subject.review].version:
            raise AlreadyThere("review", subject.review)
    opened = BatchOpened(
        batch=command.batch,
        first=command.subjects[0].review,
        last=command.subjects[-1].review,
        count=len(command.subjects),
    )
    changes = [Change(stream=f"campaign/{command.campaign}", events=(opened,))]
    for subject in command.subjects:
        first = ReviewOpened(
            campaign=command.campaign,
            kind=subject.kind,
            quality=subject.quality,
            subject=subject.subject,
            organisation=subject.organisation,
            superior=subject.superior,
            venues=subject.venues,
            rated=subject.rated,
            roster_rows=subject.roster_rows,
        )
        events = (first, SubjectExempted(rule=subject.exempt_by)) if subject.exempt_by else (first,)
        changes.append(Change(stream=f"review/{subject.review}", events=events))
    return Decision(changes=tuple(changes), occurred_on=situation.today)


def finish_opening(command: FinishOpening, situation: Situation, reviews: int, exempt: int) -> Decision:
    """Every batch is there: the campaign becomes visible. opening -> open."""
    campaign = _there(situation, "finish_opening")
    if reviews != campaign.subjects:
        raise BadInput(
            "campaign",
            command.campaign,
            f"mới mở {reviews} trên {campaign.subjects} kỳ kiểm điểm; chạy tiếp lệnh mở.",
            f"has {reviews} of {campaign.subjects} reviews; run the opening again to go on.",
        )
    return _one(situation, command.campaign, OpeningFinished(reviews=reviews, exempt=exempt))


def grant_special_merit(command: GrantSpecialMerit, situation: Situation) -> Decision:
    """Only the superior grants it, and only then the higher quota holds (C-21)."""
    campaign = _there(situation, "")
    not_blank("document", command.document)
    check_body_move(
        situation,
        CAMPAIGN_TABLE,
        "campaign",
        campaign,
        "grant_special_merit",
        command.organisation,
        campaign.superior,
    )
    if command.organisation not in situation.superiors:
        raise NotFound("organisation", command.organisation)
    granted = SpecialMeritGranted(organisation=command.organisation, document=command.document)
    return _one(situation, command.campaign, granted)


def close_campaign(command: CloseCampaign, situation: Situation, unsettled: int) -> Decision:
    """End the campaign; reviews still open are counted in the event and stay as they are."""
    _there(situation, "close")
    return _one(situation, command.campaign, CampaignClosed(unsettled=unsettled))


def _campaign(situation: Situation) -> Campaign:
    if situation.campaign is None:
        raise BadInput("campaign", "", "còn trống. Hãy ghi rõ.", "is empty. Please fill it in.")
    return situation.campaign


def _there(situation: Situation, trigger: str) -> Campaign:
    campaign = _campaign(situation)
    if not campaign.version:
        raise NotFound("campaign", campaign.id)
    if trigger:
        check_body_move(situation, CAMPAIGN_TABLE, "campaign", campaign, trigger, campaign.organisation)
    return campaign


def _one(situation: Situation, campaign: str, event: object) -> Decision:
    change = Change(stream=f"campaign/{campaign}", events=(event,))  # type: ignore[arg-type]  # always an Event
    return Decision(changes=(change,), occurred_on=situation.today)
