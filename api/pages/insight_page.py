"""The insight page: levels against quota, year before, own rating, vote and decision, for one branch."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import urlencode

from sqlalchemy import Connection, select

from api.pages.addresses import rule_address
from api.pages.campaigns import campaign_of, visible
from api.pages.format import LEVELS, number, share
from api.pages.insight_signs import signs
from api.pages.insight_views import (
    BarPair,
    CeilingLine,
    InsightPage,
    MatrixCell,
    MatrixView,
    SpreadView,
)
from api.pages.views import Clause, Link, StatusText
from api.pages.visits import Visit
from handlers.access.scope import SEES_A_BRANCH, Within, scope_on
from handlers.insight.ceilings import Ceiling
from handlers.insight.reading import Insight, Spread, insight_of
from handlers.insight.shifts import DECISION, SELF, VOTE, Shift
from handlers.names import Names, name_key, names_on
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS
from handlers.statistics import below
from states import review as life
from workflow.bodies import Campaign
from workflow.errors import NotAllowed, NotFound
from workflow.rules.rulebook import Rulebook

SHOWN_MAX = 40
"""Lists on the first page; those above or at their ceiling come first."""

_SHARE = re.compile(r"(?P<percent>\d+)·(?P<base>\d+)/100 → (?P<allowed>\d+)")


def insight_page(
    visit: Visit, campaign_id: str, organisation: str = "", *, whole: bool = False
) -> InsightPage:
    """The page. NotFound for what is not there or lies outside the branch, NotAllowed for who has none."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        body, top = branch(connection, visit, campaign, organisation)
        frame = visit.frame(
            connection, "insight", campaign=campaign, rulebook=rulebook, organisation=organisation
        )
        crumbs = (Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"), Link(label=_("Phân tích"), href=""))
        if not visible(campaign):
            return InsightPage(frame=frame, crumbs=crumbs, heading=_("Đợt chưa mở"), waiting=True)
        found = insight_of(connection, visit.service.engine.rulebook, campaign, body)
        names = names_of(connection, campaign, found)
        branches = _branches(connection, campaign, body) if not organisation or body != top else ()
    address = f"/c/{campaign_id}/insight"
    lists = ordered(found.ceilings, names)
    shown = lists if whole else lists[:SHOWN_MAX]
    kept = {"organisation": body} if organisation else {}
    return InsightPage(
        frame=frame,
        crumbs=crumbs,
        heading=heading(visit, found),
        lead=lead(visit, found),
        year=campaign.year,
        branch=names.body(body),
        up=Link(label=names.body(top), href=address) if body != top else None,
        branches=tuple(
            Link(label=name, href=f"{address}?{urlencode({'organisation': one})}") for one, name in branches
        ),
        lists=tuple(_line(visit, found, one, names, rulebook, address) for one in shown),
        more_lists=Link(
            label=_("Xem cả %(count)s danh sách") % {"count": number(len(lists), visit.language)},
            href=f"{address}?{urlencode({**kept, 'all': 'true'})}",
        )
        if len(shown) < len(lists)
        else None,
        left_lists=len(lists) - len(shown),
        spreads=tuple(_spread(visit, one) for one in found.spreads),
        matrices=tuple(_matrix(visit, one) for one in found.shifts),
        signs=signs(visit, found, names, rulebook),
        sheet_href=f"{address}.xlsx{'?' + urlencode(kept) if kept else ''}",
    )


def branch(connection: Connection, visit: Visit, campaign: Campaign, organisation: str) -> tuple[str, str]:
    """The body asked for and the highest one this capacity may ask for, in this campaign.

    NotFound outside the capacity's branch; NotAllowed for a role that sees no branch.
    """
    actor = visit.known
    within: Within = scope_on(actor, visit.today).within(connection, campaign.id)
    if actor.role not in SEES_A_BRANCH:
        raise NotAllowed(campaign.id, "see_insight", actor.role, actor.body, SEES_A_BRANCH, actor.body)
    top = campaign.organisation if within.whole else actor.body
    body = organisation or top
    within.body(connection, body)
    everybody = below(campaign.organisation, campaign.roster_day)
    known = select(ORGANISATIONS.c.organisation_id).where(
        ORGANISATIONS.c.organisation_id == body, ORGANISATIONS.c.organisation_id.in_(everybody)
    )
    if connection.execute(known.limit(1)).first() is None:
        raise NotFound("organisation", body)
    return body, top


def names_of(connection: Connection, campaign: Campaign, found: Insight) -> Names:
    """The names of every body and person the page tells of."""
    told = (*found.exceptions, *found.annulments, *found.corrections)
    bodies = {one.body for one in (*found.ceilings, *found.ceilings_then)}
    bodies |= {organisation for organisation, _, _ in found.all_alike} | {one.organisation for one in told}
    subjects = {one.review.split(".", 2)[2] for one in told}
    bodies |= subjects | {found.organisation, campaign.organisation, campaign.superior}
    return names_on(connection, campaign.roster_day, people=subjects, bodies=bodies)


def ordered(lists: tuple[Ceiling, ...], names: Names) -> list[Ceiling]:
    """Those with a ceiling: farthest above first, then those exactly at it, then by room and name."""
    return sorted(
        (one for one in lists if one.allowed is not None),
        key=lambda one: (
            -one.above,
            not one.exactly,
            (one.allowed or 0) - one.top,
            name_key(names.body(one.body)),
            one.body,
            one.group,
        ),
    )


def heading(visit: Visit, found: Insight) -> str:
    """The answer: how many lists are above or exactly at their ceiling; without quotas, who is at the top."""
    _, ngettext = visit.words.gettext, visit.words.ngettext
    lists = [one for one in found.ceilings if one.allowed is not None]
    over, full = len(found.above_the_ceiling), len(found.at_the_ceiling)
    if not lists:
        people = next((one for one in found.spreads if one.kind == life.INDIVIDUAL), None)
        if people is None or not people.rated:
            return _("Chưa ai có mức xếp loại")
        told = {
            "top": number(people.shares[0].now, visit.language),
            "rated": number(people.rated, visit.language),
        }
        return _("%(top)s trên %(rated)s người ở mức cao nhất") % told
    told = {
        "full": number(full, visit.language),
        "over": number(over, visit.language),
        "lists": number(len(lists), visit.language),
    }
    if over and full:
        return _("%(full)s trên %(lists)s danh sách dùng hết đúng hạn mức, %(over)s vượt") % told
    if over:
        return (
            ngettext(
                "%(over)s trên %(lists)s danh sách vượt hạn mức",
                "%(over)s trên %(lists)s danh sách vượt hạn mức",
                over,
            )
            % told
        )
    if full:
        return _("%(full)s trên %(lists)s danh sách dùng hết đúng hạn mức, không danh sách nào vượt") % told
    return _("Cả %(lists)s danh sách đều dưới hạn mức") % told


def lead(visit: Visit, found: Insight) -> str:
    """On how many this is counted, and how many have nothing yet."""
    _ = visit.words.gettext
    people = next((one for one in found.spreads if one.kind == life.INDIVIDUAL), None)
    if people is None:
        return _("Đợt này không xếp loại cá nhân.")
    told = {"rated": number(people.rated, visit.language), "owing": number(people.owing, visit.language)}
    if people.owing:
        return _("Tính trên %(rated)s kỳ kiểm điểm cá nhân đã có mức; %(owing)s kỳ chưa có kết quả.") % told
    return _("Tính trên %(rated)s kỳ kiểm điểm cá nhân, tất cả đã có mức.") % told


def formula(comparison: str, language: str) -> str:
    """“15% × 24 = 3,6 → 3” out of what the rule compared; the comparison itself where it is no share."""
    found = _SHARE.search(comparison)
    if found is None:
        return comparison
    exact = Decimal(int(found["percent"]) * int(found["base"])).scaleb(-2).normalize()
    shown = number(exact if exact % 1 else exact.quantize(Decimal(1)), language)
    return f"{found['percent']}% × {number(int(found['base']), language)} = {shown} → {found['allowed']}"


def _branches(connection: Connection, campaign: Campaign, body: str) -> list[tuple[str, str]]:
    """The bodies right below that have bodies below them in turn, by name: where one may look closer."""
    day = campaign.roster_day
    child = ORGANISATIONS.alias("child")
    rows = connection.execute(
        select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.name)
        .where(
            ORGANISATIONS.c.superior_id == body,
            as_of(ORGANISATIONS, day),
            select(child.c.organisation_id)
            .where(child.c.superior_id == ORGANISATIONS.c.organisation_id, as_of(child, day))
            .exists(),
        )
        .limit(SHOWN_MAX)
    )
    return sorted(((row[0], row[1]) for row in rows), key=lambda one: name_key(one[1]))


def _line(
    visit: Visit, found: Insight, one: Ceiling, names: Names, rulebook: Rulebook, address: str
) -> CeilingLine:
    _ = visit.words.gettext
    assert one.allowed is not None, "only lists with a ceiling are shown"
    then = next(
        (
            other
            for other in found.ceilings_then
            if (other.kind, other.body, other.group) == (one.kind, one.body, one.group)
        ),
        None,
    )
    group = next(
        (group.says.in_language(visit.language) for group in rulebook.groups if group.id == one.group), ""
    )
    rule = next((rule for rule in rulebook.rules if rule.id == one.rule), None)
    return CeilingLine(
        name=names.body(one.body),
        href=f"{address}?{urlencode({'organisation': one.body})}",
        group=group,
        top=one.top,
        allowed=one.allowed,
        formula=formula(one.comparison, visit.language),
        before=f"{then.top}/{then.allowed}" if then and then.allowed is not None else "–",
        state=_state(visit, one),
        clause=Clause(label=rule.cite, href=rule_address(found.campaign.rulebook_hash, rule.id))
        if rule
        else None,
    )


def _state(visit: Visit, one: Ceiling) -> StatusText:
    _ = visit.words.gettext
    if one.above:
        return StatusText(tone="late", text=_("Vượt %(count)s") % {"count": one.above})
    if one.exactly:
        return StatusText(tone="none", text=_("Đúng hạn mức"))
    left = (one.allowed or 0) - one.top
    if not left:
        return StatusText(tone="none", text=_("Chưa có suất nào"))
    return StatusText(tone="done", text=_("Còn %(count)s") % {"count": left})


def _spread(visit: Visit, one: Spread) -> SpreadView:
    top = one.shares[0]
    _ = visit.words.gettext
    told = {"now": share(top.now_tenths, visit.language), "then": share(top.then_tenths, visit.language)}
    if not one.rated:
        title = _("Chưa có mức nào")
    elif not one.known_then:
        title = _("%(now)s ở mức cao nhất") % told
    elif top.now_tenths > top.then_tenths:
        title = _("%(now)s ở mức cao nhất, năm trước %(then)s: tăng") % told
    elif top.now_tenths < top.then_tenths:
        title = _("%(now)s ở mức cao nhất, năm trước %(then)s: giảm") % told
    else:
        title = _("%(now)s ở mức cao nhất, đúng bằng năm trước") % told
    return SpreadView(
        kind=one.kind,
        title=title,
        bars=tuple(
            BarPair(
                level=level.level,
                now=level.now,
                now_share=share(level.now_tenths, visit.language) if one.rated else "–",
                now_tenths=level.now_tenths,
                then=level.then,
                then_share=share(level.then_tenths, visit.language) if one.known_then else "–",
                then_tenths=level.then_tenths,
            )
            for level in one.shares
        ),
        rated=one.rated,
        owing=one.owing,
        unrated=one.unrated,
        known_then=one.known_then,
    )


def _matrix(visit: Visit, one: Shift) -> MatrixView:
    _ = visit.words.gettext
    words = {SELF: _("Tự xếp loại"), VOTE: _("Bỏ phiếu"), DECISION: _("Quyết định")}
    told = {
        "count": number(one.lowered or one.raised, visit.language),
        "total": number(one.total, visit.language),
        "before": words[one.before].lower(),
        "after": words[one.after].lower(),
    }
    if one.lowered:
        title = _("%(count)s trên %(total)s bị hạ từ %(before)s đến %(after)s") % told
    elif one.raised:
        title = _("%(count)s trên %(total)s được nâng từ %(before)s đến %(after)s") % told
    else:
        title = _("Cả %(total)s giữ nguyên từ %(before)s đến %(after)s") % told
    note = _("%(kept)s giữ, %(lowered)s hạ, %(raised)s nâng") % {
        "kept": number(one.kept, visit.language),
        "lowered": number(one.lowered, visit.language),
        "raised": number(one.raised, visit.language),
    }
    most = max(one.cells.values())
    rows = []
    for before in one.levels:
        cells = tuple(_cell(one, before, after, most) for after in one.levels)
        rows.append((_(LEVELS[before]), cells, sum(cell.count for cell in cells)))
    return MatrixView(
        key=f"{one.before}-{one.after}".replace("_level", ""),
        title=title,
        note=note,
        before=words[one.before],
        after=words[one.after],
        levels=tuple(_(LEVELS[level]) for level in one.levels),
        rows=tuple(rows),
        sums=tuple(sum(one.cells[(before, after)] for before in one.levels) for after in one.levels),
        total=one.total,
        changed=one.kept < one.total,
    )


def _cell(one: Shift, before: str, after: str, most: int) -> MatrixCell:
    count, way = one.cells[(before, after)], one.way(before, after)
    return MatrixCell(
        count=count,
        way="lowered" if way < 0 else "raised" if way > 0 else "kept",
        heat=-(-4 * count // most),
    )
