"""Opening a campaign: the roster, read by the rulebook, becomes reviews, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from handlers.roster.query import load_view
from handlers.roster.view import PostRow, RosterView
from handlers.roster.vocabulary import (
    CELLS,
    PARTY_ORGANISATIONS,
    UNION_ROLLS,
    OrganisationType,
    is_party_member,
)
from states import campaign as life
from states import review as reviewing
from states.bodies import COLLECTIVES, UNIONS
from workflow.bodies import Campaign
from workflow.commands.asking import Actor, Request
from workflow.commands.campaign import FinishOpening, OpenBatch, StartOpening, Subject
from workflow.engine import Engine
from workflow.errors import NotFound, WrongStage
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.rules.exemption import exempt_by
from workflow.rules.facts import Facts
from workflow.rules.judge import blocking, judge
from workflow.rules.rulebook import Rulebook

BATCH = 500
"""Reviews opened in one transaction."""

MEMBER, LEADER = "member", "leader"
LEADERSHIP = "leadership"
_COLLECTIVE = OrganisationType.LEADERSHIP_COLLECTIVE

Progress = Callable[[int, int], None]


def open_campaign(
    engine: Engine, actor: Actor, campaign_id: str, progress: Progress = lambda done, of: None
) -> Campaign:
    """Open a planned campaign, or go on with an opening that was interrupted.

    The roster is read as it was believed when the opening began, so every batch is the same however often
    it is tried; a batch already there is not opened again. Nobody sees the campaign before it is complete.
    """
    campaign = read_campaign(engine, campaign_id)
    if campaign.stage == life.PLANNED:
        believed_at = engine.now()
        subjects = subjects_of(engine, campaign, believed_at)
        begun = StartOpening(
            campaign=campaign_id, subjects=len(subjects), believed_at=believed_at.isoformat()
        )
        engine.handle(Request(command=begun, actor=actor))
    elif campaign.stage == life.OPENING:
        subjects = subjects_of(engine, campaign, datetime.fromisoformat(campaign.believed_at))
    else:
        raise WrongStage("campaign", campaign_id, "start_opening", life.NAMES[campaign.stage])
    for number, batch in enumerate(batches(subjects), start=1):
        if number > campaign.batches:
            command = OpenBatch(campaign=campaign_id, batch=number, subjects=batch)
            engine.handle(Request(command=command, actor=actor))
        progress(min(number * BATCH, len(subjects)), len(subjects))
    engine.database.count_anew()
    engine.handle(Request(command=FinishOpening(campaign=campaign_id), actor=actor))
    return read_campaign(engine, campaign_id)


def read_campaign(engine: Engine, campaign_id: str) -> Campaign:
    """The campaign from its stream; NotFound where nothing was planned under that name."""
    stream = f"campaign/{campaign_id}"
    with engine.database.read() as connection:
        stored = Log(connection).read([stream])[stream]
    if not stored:
        raise NotFound("campaign", campaign_id)
    campaign = fold_stored(stream, stored)
    assert isinstance(campaign, Campaign), "a campaign stream folds to a campaign"
    return campaign


def subjects_of(engine: Engine, campaign: Campaign, believed_at: datetime) -> tuple[Subject, ...]:
    """Everybody and everything in scope, always in the same order."""
    with engine.database.read() as connection:
        rulebook = engine.rulebook(connection, campaign.rulebook_hash)
        view = load_view(connection, campaign.roster_day, base=campaign.organisation, as_believed=believed_at)
    if campaign.organisation not in view.organisations:
        raise NotFound("organisation", campaign.organisation)
    return tuple(expand(view, rulebook, campaign))


def batches(subjects: tuple[Subject, ...]) -> Iterator[tuple[Subject, ...]]:
    """The subjects in pieces of BATCH."""
    for start in range(0, len(subjects), BATCH):
        yield subjects[start : start + BATCH]


def expand(view: RosterView, rulebook: Rulebook, campaign: Campaign) -> Iterator[Subject]:
    """The reviews a roster gives under a rulebook: collectives first, then people, then organisations.

    Under a union its own rolls are opened, under a Party organisation the cells: a person on both is
    reviewed in a campaign of each.
    """
    tree = view.tree(campaign.organisation)
    types = {code: view.organisations[code].record.type for code in tree}
    of_union = types[campaign.organisation] in UNIONS
    rolls = UNION_ROLLS if of_union else CELLS
    found: list[Subject | None] = []
    for code in tree:
        if (of_union or types[code] not in UNIONS) and _is_collective(view, code):
            found.append(_body(view, rulebook, campaign, code, reviewing.COLLECTIVE))
    for code in tree:
        if types[code] in rolls:
            for person in view.people_of_cell(code):
                found.extend(_person(view, rulebook, campaign, code, person.record.key))
    for code in tree:
        if types[code] in PARTY_ORGANISATIONS:
            found.append(_body(view, rulebook, campaign, code, reviewing.ORGANISATION))
    return (subject for subject in found if subject is not None)


def _is_collective(view: RosterView, code: str) -> bool:
    """Whether a collective leads the body: a committee of three or more, a leadership of two or more."""
    record = view.organisations[code].record
    led_by = COLLECTIVES.get(record.type.value)
    if led_by is None or (led_by == LEADERSHIP and _led_beside(view, code)):
        return False
    if record.has_committee is not None:
        return record.has_committee
    if led_by == LEADERSHIP:
        return len(view.leaders_of(code)) > 1
    return len(view.committee_of(code)) > 2


def _led_beside(view: RosterView, code: str) -> bool:
    """Whether the roster has the leadership of an administration as a body of its own, under it or beside."""
    record = view.organisations[code].record
    if record.type is not OrganisationType.ADMINISTRATION:
        return False
    beside = view.children(record.superior_id, _COLLECTIVE) if record.superior_id else ()
    return bool(beside or view.children(code, _COLLECTIVE))


def _superior(view: RosterView, campaign: Campaign, code: str) -> str:
    return view.direct_superior(code) or campaign.superior


def _body(view: RosterView, rulebook: Rulebook, campaign: Campaign, code: str, kind: str) -> Subject | None:
    row = view.organisations[code]
    led_by = COLLECTIVES.get(row.record.type.value)
    venue = "cell" if row.record.type in CELLS else LEADERSHIP if led_by == LEADERSHIP else "committee"
    facts = Facts.of(
        f"roster row {row.row_id}",
        {
            "organisation.type": row.record.type.value,
            "organisation.founded_on": row.record.founded_on,
            "collective.type": led_by,
            "campaign.year": campaign.year,
            "review.quality": kind,
        },
    )
    excused = exempt_by(rulebook, kind, facts)
    if excused is None and blocking(judge(rulebook, "open_campaign", kind, facts)):
        return None
    return Subject(
        review=f"{campaign.id}.{kind}.{code}",
        kind=kind,
        quality=kind,
        subject=code,
        organisation=code,
        superior=_superior(view, campaign, code),
        venues=((code, venue),),
        rated=rulebook.scale(kind) is not None,
        exempt_by=excused.rule if excused else None,
        roster_rows=(row.row_id,),
    )


def _person(
    view: RosterView, rulebook: Rulebook, campaign: Campaign, cell: str, person: str
) -> Iterator[Subject]:
    """The reviews of one person, one a quality: as a member, and as a leader where the rulebook says so.

    Where there are two, the leader is reviewed where the posts are held and the member in the cell.
    """
    held: dict[tuple[str, str], str] = {}
    for post in view.positions_of(person):
        body = view.organisations.get(post.record.organisation_id)
        if body is not None:
            held.setdefault((body.record.type.value, post.record.post.value), post.record.organisation_id)
    venues: dict[str, str] = {}
    for venue in rulebook.venues_for(held):
        body_id = cell if venue.post is None else held[venue.post]
        # the committee of the cell itself sits in the cell: one session there, not two
        if venue.post is None or body_id != cell:
            venues.setdefault(body_id, venue.kind)
    qualities = {MEMBER: venues}
    if rulebook.scope.leads(held):
        at_home = {cell: venues[cell]}
        at_posts = {body_id: kind for body_id, kind in venues.items() if body_id != cell}
        qualities = {LEADER: at_posts or at_home, MEMBER: at_home}
    for quality, where in qualities.items():
        opened = _quality(view, rulebook, campaign, cell, person, quality, where)
        if opened is not None:
            yield opened


def _leads(view: RosterView, post: PostRow) -> bool:
    """Whether a post is one of leadership: the head of a Party group is an ordinary member of the cell."""
    body = view.organisations.get(post.record.organisation_id)
    return body is None or body.record.type is not OrganisationType.TO_DANG


def _quality(
    view: RosterView,
    rulebook: Rulebook,
    campaign: Campaign,
    cell: str,
    person: str,
    quality: str,
    venues: Mapping[str, str],
) -> Subject | None:
    row = view.people[person]
    posts = view.positions_of(person)
    status, kind = row.record.status, row.record.staff_kind
    facts = Facts.of(
        f"roster row {row.row_id}",
        {
            "subject.status": status.value if status else None,
            "subject.is_party_member": is_party_member(status),
            "subject.staff_kind": kind.value if kind else None,
            "subject.admitted_on": row.record.admitted_on,
            "subject.is_leader": any(_leads(view, post) for post in posts),
            "campaign.year": campaign.year,
            "review.quality": quality,
        },
    )
    excused = exempt_by(rulebook, reviewing.INDIVIDUAL, facts)
    if excused is None and blocking(judge(rulebook, "open_campaign", reviewing.INDIVIDUAL, facts)):
        return None
    return Subject(
        review=f"{campaign.id}.{quality}.{person}",
        kind=reviewing.INDIVIDUAL,
        quality=quality,
        subject=person,
        organisation=cell,
        superior=_superior(view, campaign, cell),
        venues=tuple(venues.items()),
        rated=rulebook.scale(reviewing.INDIVIDUAL) is not None,
        exempt_by=excused.rule if excused else None,
        roster_rows=(row.row_id, *(post.row_id for post in posts)),
    )
