"""Lives the season of one regime on a database: DUK-2016 step by step in code, the others as written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from api.demo.people import give_roles
from api.demo.regimes import CURRENT, Regime
from api.demo.season import CAMPAIGN, OFFICER, Season, Teller
from api.demo.story import tell_season
from api.demo.written import Told, written_season
from api.wiring import Service, build
from handlers.cases.living import Life, Lived, StoryClock
from handlers.cases.stories import Opening, Step
from handlers.tables import REVIEWS
from workflow.log import Log
from workflow.rules.rule import Both
from workflow.tables import EVENTS


@dataclass(frozen=True, kw_only=True)
class LivedSeason:
    """A season that was lived. `replayed` is the review whose history is worth a look."""

    service: Service
    campaign: str
    replayed: str
    commands: int
    refused: tuple[tuple[str, ...], ...]


def live(url: str, regime: Regime, teller: Teller, until: datetime | None = None) -> LivedSeason:
    """Live a season on the database of this address, to its end or to the last step before `until`.

    Raises AssertionError where it comes out otherwise than it is written.
    """
    if regime is Regime.DUK_2016:
        return _live_duk(url, teller)
    season = written_season(regime)
    now = StoryClock()
    service = build(url, now=now)
    life = Life(season.story, service.engine, now)
    commands, refused = 0, []
    for step, told in zip(season.story.steps, season.told, strict=True):
        if until is not None and step.at is not None and step.at > until:
            break
        if regime is CURRENT and any(isinstance(order, Opening) for order in step.orders):
            give_roles(service.engine)
        lived = _step(life, step, told, teller)
        commands += len(step.orders)
        refused += [one.rules for one in lived.refused]
    return LivedSeason(
        service=service,
        campaign=season.story.campaign,
        replayed=season.replayed,
        commands=commands,
        refused=tuple(refused),
    )


def shown_at() -> datetime:
    """The moment a demo to click through stands at: in the middle of the current season."""
    found = written_season(CURRENT).shown_at
    assert found is not None, "the current season says when it is shown"
    return found


def all_lived(connection: Connection) -> bool | None:
    """Whether a database holds every season: None where it holds nothing, False where it is another one's.

    One where the seasons were broken off before the last step is another one's too.
    """
    log, stream = Log(connection), f"campaign/{CAMPAIGN}"
    if next(log.scan(), None) is None:
        return None
    planned = log.read([stream])[stream]
    until = shown_at()
    last = max(step.at for step in written_season(CURRENT).story.steps if step.at and step.at <= until)
    newest = connection.execute(select(func.max(EVENTS.c.recorded_at))).scalar_one()
    return bool(planned) and planned[0].actor == OFFICER.id and newest >= last


def live_all(url: str, teller: Teller, progress: Callable[[int, int], None]) -> datetime:
    """Every season on one database, the current one up to the moment it is shown at, which is returned."""
    until = shown_at()
    for number, regime in enumerate(Regime):
        progress(number, len(Regime))
        live(url, regime, teller, until).service.close()
    progress(len(Regime), len(Regime))
    return until


def _live_duk(url: str, teller: Teller) -> LivedSeason:
    season = Season.on(url, teller)
    tell_season(season)
    with season.service.database.read() as connection:
        rated_anew = select(REVIEWS.c.review).where(REVIEWS.c.campaign == CAMPAIGN, REVIEWS.c.round > 1)
        replayed = connection.execute(rated_anew).scalar_one()
    return LivedSeason(
        service=season.service,
        campaign=CAMPAIGN,
        replayed=replayed,
        commands=season.commands,
        refused=tuple(season.refused),
    )


def _step(life: Life, step: Step, told: Told, teller: Teller) -> Lived:
    if told.chapter is not None:
        teller.chapter(told.chapter.vi, told.chapter.en)
    lived = life.step(step)
    if lived.wrong:
        wrong = "; ".join(f"{one.what}: {one.expected} / {one.got}" for one in lived.wrong)
        why = " ".join(sentence.en for one in lived.wrong for sentence in one.because)
        raise AssertionError(f"{step.place}: {wrong} {why}")
    for says in dict.fromkeys(one.says for one in lived.refused):
        teller.refused(told.asks or Both("Từ chối", "Refused"), says)
    if told.says is not None:
        teller.say(told.says.vi, told.says.en)
    elif any(isinstance(order, Opening) for order in step.orders):
        subjects = _subjects(life)
        teller.say(f"{subjects} kỳ kiểm điểm được mở.", f"{subjects} reviews are opened.")
    return lived


def _subjects(life: Life) -> int:
    with life.engine.database.read() as connection:
        found = connection.execute(select(REVIEWS.c.review).where(REVIEWS.c.campaign == life.story.campaign))
        return len(found.all())
