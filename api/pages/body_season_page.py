"""The season of one body: its backward plan step by step, and the days on which it may meet."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from api.pages.campaigns import campaign_of, visible
from api.pages.findings_told import names_in, refusal_view, with_names
from api.pages.format import day
from api.pages.season_page import once, season_for
from api.pages.season_steps import alike, state_of, step_line, teller
from api.pages.views import ActionForm, EmptyState, FormField, Link, StatusText
from api.pages.views_season import BodySeasonPage, DayLine, PlannerView
from api.pages.visits import Visit
from api.permissions import may_open
from deadlines.planner import (
    AFTER_LAST,
    AFTER_SAFE,
    BEST,
    HALF_DAY,
    NOT_WORKED,
    REFUSED,
    WeighedDay,
    proposals,
)
from handlers.names import Names, names_on
from handlers.season.agenda import next_meeting
from handlers.season.days import MeetingDays, meeting_days_of
from handlers.season.plans import BodyPlan, CampaignPlans, body_plan
from states.roles import Role
from workflow.errors import BadInput, NotFound, Refusal
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence

OWN: Final = frozenset({Role.SECRETARY, Role.COMMITTEE})
PROPOSED_MAX: Final = 5
"""How many days are proposed; no more are asked about than that takes, unless somebody named the days."""

USUAL_DAYS: Final = 28
"""How many days are looked at where nobody said which."""

PROPOSED: Final = "?days=proposed#planner"
"""What leads from the address of the page to the days proposed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """Which days for a meeting are looked for: from `first` to `last`, or of these the best alone.

    Each day asked about costs as much as planning the meeting, so none is asked about unasked.
    """

    first: date | None = None
    last: date | None = None
    proposed: bool = False


NOT_LOOKED_FOR: Final = Days()


def body_season_page(
    visit: Visit, campaign_id: str, organisation: str, looked_for: Days = NOT_LOOKED_FOR
) -> BodySeasonPage:
    """The page, with the days to meet on that are looked for. NotFound as for the body's page."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        if not visible(campaign):
            raise NotFound("campaign", campaign_id)
        frame = visit.frame(
            connection, "season", campaign=campaign, rulebook=rulebook, organisation=organisation
        )
        season, found = body_plan(
            connection, campaign_id, organisation, visit.today, season_for(campaign, rulebook)
        )
        bodies = names_on(connection, visit.today, bodies=_bodies(organisation, found)).bodies
        meeting = next_meeting(connection, campaign_id, organisation, visit.today, visit.today)
    if organisation not in bodies:
        raise NotFound("organisation", organisation)
    crumbs = (
        Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"),
        Link(label=_("Mùa kiểm điểm"), href=f"/c/{campaign_id}/season"),
        Link(label=bodies[organisation], href=f"/c/{campaign_id}/o/{organisation}"),
    )
    page = BodySeasonPage(frame=frame, crumbs=crumbs, name=bodies[organisation])
    if found is None:
        return replace(page, empty=EmptyState(title=_("Đã xong"), text=_("Không còn việc nào có hạn ở đây.")))
    plans = CampaignPlans(season=season, today=visit.today, bodies={organisation: found}, shapes=1)
    tells = teller(plans, found, bodies, visit.language)
    lines = [step_line(plans, found, steps, tells, visit.language) for steps in alike(found, tells)]
    return replace(
        page,
        state=state_of(found.urgency, visit.language),
        warning=tells.warning(found.urgency.step) if found.urgency.step is not None else "",
        missed=once(tells.missed(one) for one in found.urgency.missed),
        steps=tuple(line for line in lines if line.last is not None),
        undated=tuple(line for line in lines if line.last is None),
        planner=_planner(visit, campaign_id, organisation, rulebook, looked_for)
        if meeting is not None and may_open(visit.acting.role, "plan_a_bodys_meeting")
        else None,
    )


def _bodies(organisation: str, found: BodyPlan | None) -> set[str]:
    parts = found.plan.parts if found is not None else ()
    return {organisation, *(bound.body for part in parts for bound in part.bounds)}


def _planner(
    visit: Visit,
    campaign: str,
    organisation: str,
    rulebook: Rulebook,
    looked_for: Days,
) -> PlannerView | None:
    """The days looked for, or a link that looks for some; None where nothing is left to be taken here."""
    _ = visit.words.gettext
    start = looked_for.first or visit.today
    end = looked_for.last or start + timedelta(days=USUAL_DAYS - 1)
    form = PlannerView(
        action=f"/c/{campaign}/o/{organisation}/season",
        first=FormField(name="from", label=_("Từ ngày"), kind="day", value=day(start), required=True),
        last=FormField(name="to", label=_("Đến ngày"), kind="day", value=day(end), required=True),
    )
    if looked_for == NOT_LOOKED_FOR:
        return replace(form, propose=Link(label=_("Đề xuất ngày họp"), href=f"{form.action}{PROPOSED}"))
    try:
        found = meeting_days_of(
            visit.service.engine,
            campaign,
            organisation,
            visit.today,
            start,
            end,
            enough=PROPOSED_MAX if looked_for.proposed else None,
        )
    except BadInput as error:
        said = error.vi if visit.language == "vi" else error.en
        return replace(form, last=replace(form.last, error=said))
    except Refusal as error:  # none of a day: the agenda itself cannot be taken here
        return replace(form, refusal=refusal_view(error, visit.language, visit.words, Names()))
    if found.command is None:
        return None
    names = _names(visit, rulebook, found)
    listed = proposals(found.days)
    chosen = [one for one in listed if one.verdict == BEST][:PROPOSED_MAX]
    others = [one for one in found.days if one not in chosen]
    count = len(found.command.items)
    note = visit.words.ngettext(
        "Cuộc họp lấy %(num)d kỳ còn lại ở đây, theo thứ tự quy định.",
        "Cuộc họp lấy %(num)d kỳ còn lại ở đây, theo thứ tự quy định.",
        count,
    ) % {"num": count}
    own = visit.acting.role in OWN and visit.acting.body == organisation
    action = f"/c/{campaign}/o/{organisation}/plans" if own else ""
    return replace(
        form,
        note=note,
        proposed=tuple(_day(visit, found, one, names, rulebook, action) for one in chosen),
        others=tuple(_day(visit, found, one, names, rulebook, action) for one in others),
        every=Link(
            label=_("Xem từng ngày đến %(day)s") % {"day": day(end)},
            href=f"{form.action}?from={start:%Y-%m-%d}&to={end:%Y-%m-%d}#planner",
        )
        if found.left_out
        else None,
    )


def _names(visit: Visit, rulebook: Rulebook, found: MeetingDays) -> Names:
    """The names of those whom a refused day is about."""
    refused = [finding for one in found.days for _, finding in one.refused]
    texts = [sentence(finding, rulebook, visit.language) for finding in refused]
    reviews = {review for one in found.days for review, _ in one.refused}
    with visit.service.database.read() as connection:
        return names_in(connection, visit.today, (*texts, *sorted(reviews)))


def _day(
    visit: Visit, found: MeetingDays, one: WeighedDay, names: Names, rulebook: Rulebook, action: str
) -> DayLine:
    _ = visit.words.gettext
    words = visit.words
    if one.verdict == REFUSED:
        state = StatusText(tone="refused", text=_("Bị từ chối"))
    elif one.verdict == BEST:
        text = _("Kịp mọi hạn")
        if one.slack is not None:
            room = words.ngettext("dư %(num)d ngày làm việc", "dư %(num)d ngày làm việc", one.slack)
            text = f"{text}, {room % {'num': one.slack}}"
        state = StatusText(tone="done", text=text)
    else:
        state = StatusText(tone="risk", text=_("Được, nhưng nên tránh"))
    form = (
        ActionForm(
            action=action,
            submit=_("Định họp ngày này"),
            command_id=secrets.token_hex(16),
            fields=(FormField(name="day", label=_("Ngày họp"), kind="hidden", value=day(one.day)),),
        )
        if action and one.verdict != REFUSED
        else None
    )
    return DayLine(day=one.day, state=state, reasons=_reasons(visit, found, one, names, rulebook), form=form)


def _reasons(
    visit: Visit, found: MeetingDays, one: WeighedDay, names: Names, rulebook: Rulebook
) -> tuple[str, ...]:
    """What speaks against a day: each rule once with whom it is about, then the calendar and the dates."""
    _ = visit.words.gettext
    about: dict[str, list[str]] = {}
    for review, finding in one.refused:
        about.setdefault(sentence(finding, rulebook, visit.language), []).append(review)
    told = [f"{_about(visit, reviews, names)}: {text}" for text, reviews in about.items()]
    concerns: Mapping[str, str] = {
        NOT_WORKED: _("Ngày nghỉ: không điều khoản nào cấm họp, nhưng người dự có thể không đến được."),
        HALF_DAY: _("Chỉ làm việc nửa ngày."),
        AFTER_SAFE: _("Sau ngày an toàn cuối %(day)s; vẫn kịp hạn nếu mọi việc sau làm ngay.")
        % {"day": day(found.safe)},
        AFTER_LAST: _("Sau ngày cuối %(day)s: không còn kịp hạn.") % {"day": day(found.last)},
    }
    return (
        *(with_names(text, names, visit.language) for text in told),
        *(concerns[one] for one in one.concerns),
    )


def _about(visit: Visit, reviews: Sequence[str], names: Names) -> str:
    if len(reviews) <= 2:
        return ", ".join(names.subject(review) for review in reviews)
    return visit.words.ngettext("%(num)d kỳ", "%(num)d kỳ", len(reviews)) % {"num": len(reviews)}
