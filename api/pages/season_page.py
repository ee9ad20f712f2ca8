"""The season of a campaign: who must act today to be in time, the tightest ways, the month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection

from api.pages.campaigns import campaign_of, visible
from api.pages.format import day, short_day
from api.pages.season_month import month_view
from api.pages.season_steps import TONES, state_of, step_line, teller
from api.pages.views import EmptyState, Link, StatusText
from api.pages.views_season import PathView, RiskLine, SeasonPage
from api.pages.visits import Visit
from deadlines.season import Season
from deadlines.slack import AMBER, GREEN, RED, colour_of, working_days_to
from handlers.access.scope import Within
from handlers.deadline_context import began_on
from handlers.names import names_on
from handlers.reminding.pace import paces
from handlers.season.critical import FinalDate, Path, critical_paths, final_dates
from handlers.season.plans import BodyPlan, CampaignPlans
from handlers.season.remembered import settled_before
from handlers.season.words import STEPS, chosen
from states.bodies import UNIONS
from workflow.bodies import Campaign
from workflow.rules.due_dates import BEFORE
from workflow.rules.rulebook import Rulebook

LISTED_MAX: Final = 40
NAMED_MAX: Final = 24
"""So many groups of bodies that are alike are listed, each with so many names; the heading counts them
all."""

PACED_MAX: Final = 20


def season_page(visit: Visit, campaign_id: str, month: date | None = None) -> SeasonPage:
    """The page; `month` is any day of the month to show, else today's. NotFound for an unknown campaign."""
    _ = visit.words.gettext
    settled = settled_before(visit.service.database)
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        frame = visit.frame(connection, "season", campaign=campaign, rulebook=rulebook)
        crumbs = (Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"),)
        if not visible(campaign):
            waiting = EmptyState(title=_("Đợt chưa mở"), text=_("Có lịch khi đợt kiểm điểm mở xong."))
            return SeasonPage(frame=frame, crumbs=crumbs, empty=waiting)
        counted_by = season_for(campaign, rulebook)
        every = visit.service.plans.of(connection, campaign_id, visit.today, counted_by, settled)
        within = visit.within(connection, campaign_id)
        plans = every.narrowed(within.bodies_among(connection, every.bodies))
        paths = [path for path in critical_paths(every) if path.bodies() <= plans.bodies.keys()]
        pace = _pace(connection, visit, campaign_id, rulebook, within)
        names = _names(connection, visit, plans)
        dates = final_dates(plans)
        shown = month_view(connection, visit, campaign_id, plans, dates, names, month or visit.today)
    at_risk = plans.at_risk()
    listed = _risks(visit, campaign_id, plans, at_risk, names)
    return SeasonPage(
        frame=frame,
        crumbs=crumbs,
        of_party=not any(one.body.type in UNIONS for one in plans.bodies.values()),
        red=plans.count(RED),
        amber=plans.count(AMBER),
        green=plans.count(GREEN),
        lead=_lead(visit, plans, dates),
        at_risk=listed,
        hidden=len(at_risk) - sum(line.count for line in listed),
        pace=pace,
        paths=tuple(_path(visit, campaign_id, plans, path, names) for path in paths),
        month=shown,
        empty=None
        if plans.bodies
        else EmptyState(
            title=_("Không còn việc nào có hạn"), text=_("Mọi kỳ kiểm điểm của đợt này đã xong.")
        ),
    )


def season_for(campaign: Campaign, rulebook: Rulebook) -> Season:
    """What the dates of a campaign are counted by."""
    return Season(campaign=campaign.id, year=campaign.year, rulebook=rulebook, began=began_on(campaign))


def _names(connection: Connection, visit: Visit, plans: CampaignPlans) -> Mapping[str, str]:
    """The names of the bodies, those only referred to included."""
    known = {name: one.body.name for name, one in plans.bodies.items()}
    referred = {
        bound.body
        for one in plans.bodies.values()
        for part in one.plan.parts
        for bound in part.bounds
        if bound.body not in known
    }
    return {**names_on(connection, visit.today, bodies=referred).bodies, **known}


def _lead(visit: Visit, plans: CampaignPlans, dates: Sequence[FinalDate]) -> str:
    """The next final date with the working days left to its last safe day."""
    words = visit.words
    _ = words.gettext
    ahead = [one.owed for one in dates if one.owed.last >= visit.today]
    if not ahead:
        return ""
    owed = min(ahead, key=lambda owed: (owed.safe, owed.last))
    left = working_days_to(plans.season.rulebook.calendar, visit.today, owed.safe)
    step = chosen(STEPS.get(owed.gate, STEPS["hold_session"]), visit.language)
    if left < 0:
        return _("Hạn gần nhất: %(step)s, hết ngày %(last)s; ngày an toàn %(safe)s đã qua.") % {
            "step": step,
            "last": short_day(owed.last),
            "safe": short_day(owed.safe),
        }
    return words.ngettext(
        "Hạn gần nhất: %(step)s, hết ngày %(last)s. "
        "Còn %(num)d ngày làm việc đến %(safe)s, ngày an toàn cuối.",
        "Hạn gần nhất: %(step)s, hết ngày %(last)s. "
        "Còn %(num)d ngày làm việc đến %(safe)s, ngày an toàn cuối.",
        left,
    ) % {"num": left, "step": step, "safe": short_day(owed.safe), "last": short_day(owed.last)}


def _risks(
    visit: Visit,
    campaign: str,
    plans: CampaignPlans,
    at_risk: Sequence[BodyPlan],
    names: Mapping[str, str],
) -> tuple[RiskLine, ...]:
    """Bodies that have to do the same by the same day are one line."""
    alike: dict[tuple[str, ...], list[BodyPlan]] = {}
    for one in at_risk:
        step = one.urgency.step
        assert step is not None, "a body without a dated step is not at risk"
        tells = teller(plans, one, names, visit.language)
        missed = once(tells.missed(missed) for missed in one.urgency.missed)
        alike.setdefault((tells.warning(step), tells.because(step), *missed), []).append(one)
    return tuple(
        _risk(visit, campaign, plans, bodies, names, told)
        for told, bodies in list(alike.items())[:LISTED_MAX]
    )


def _risk(
    visit: Visit,
    campaign: str,
    plans: CampaignPlans,
    bodies: Sequence[BodyPlan],
    names: Mapping[str, str],
    told: tuple[str, ...],
) -> RiskLine:
    first = bodies[0]
    assert first.urgency.step is not None, "a body without a dated step is not at risk"
    tells = teller(plans, first, names, visit.language)
    return RiskLine(
        bodies=tuple(
            Link(label=one.body.name, href=f"/c/{campaign}/o/{one.body.organisation}/season")
            for one in bodies[:NAMED_MAX]
        ),
        count=len(bodies),
        state=state_of(first.urgency, visit.language),
        warning=told[0],
        step=step_line(plans, first, [first.urgency.step], tells, visit.language),
        missed=told[2:],
    )


def _path(
    visit: Visit, campaign: str, plans: CampaignPlans, path: Path, names: Mapping[str, str]
) -> PathView:
    words, owed = visit.words, path.owed
    _ = words.gettext
    steps = []
    for link in path.links:
        one = plans.bodies[link.organisation]
        body = Link(label=one.body.name, href=f"/c/{campaign}/o/{link.organisation}/season")
        tells = teller(plans, one, names, visit.language)
        steps.append(step_line(plans, one, [link.step], tells, visit.language, body))
    colour = RED if owed.last < visit.today or _is_missed(plans, path) else colour_of(path.slack)
    text = words.ngettext(
        "%(num)d ngày làm việc an toàn", "%(num)d ngày làm việc an toàn", max(path.slack, 0)
    ) % {"num": max(path.slack, 0)}
    if path.slack < 0:
        text = _("quá ngày an toàn")
    stated = day(owed.stated)
    word = _("trước %(day)s") if owed.word == BEFORE else _("chậm nhất %(day)s")
    step = chosen(STEPS.get(owed.gate, STEPS["hold_session"]), visit.language)
    when = word % {"day": f"{owed.hour} {stated}" if owed.hour else stated}
    alike = words.ngettext("%(num)d tổ chức ở bước đầu này", "%(num)d tổ chức ở bước đầu này", path.alike) % {
        "num": path.alike
    }
    return PathView(
        title=f"{step[:1].upper()}{step[1:]} {when}",
        state=StatusText(tone=TONES[colour], text=text),
        steps=tuple(steps),
        alike=alike,
    )


def _is_missed(plans: CampaignPlans, path: Path) -> bool:
    missed = plans.bodies[path.links[0].organisation].urgency.missed
    return any(one.step.own == path.owed for one in missed)


def _pace(
    connection: Connection, visit: Visit, campaign: str, rulebook: Rulebook, within: Within
) -> tuple[str, ...]:
    """Who will miss a date if things go on as they did."""
    begun = paces(connection, campaign, rulebook.calendar, visit.today, begun=True)
    all_ = [one for one in begun if one.outlook == "at_risk"]
    seen = within.bodies_among(connection, {one.organisation for one in all_})
    found = [one for one in all_ if one.organisation in seen][:PACED_MAX]
    bodies = names_on(connection, visit.today, bodies={one.organisation for one in found})
    words = visit.words
    return tuple(
        words.ngettext(
            "%(body)s: %(step)s, còn %(num)d kỳ, cần %(needed)s ngày làm việc mà chỉ còn %(left)s.",
            "%(body)s: %(step)s, còn %(num)d kỳ, cần %(needed)s ngày làm việc mà chỉ còn %(left)s.",
            one.remaining,
        )
        % {
            "body": bodies.body(one.organisation),
            "step": chosen(STEPS.get(one.gate, STEPS["hold_session"]), visit.language),
            "num": one.remaining,
            "needed": one.days_needed,
            "left": one.days_left,
        }
        for one in found
    )


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, in the order they came."""
    return tuple(dict.fromkeys(texts))
