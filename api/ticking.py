"""What a process of the service does by itself: it sweeps, then it sends what is due."""

from __future__ import annotations

from datetime import timedelta

from api.channels import deliver
from api.settings import Settings
from api.wiring import Service
from deadlines.timer import Job, Timer
from handlers.reminding.manner import Manner
from handlers.reminding.run import sweep_once


def timer_of(service: Service, settings: Settings) -> Timer:
    """A timer that is not running yet."""
    return Timer(
        (sweep_job(service, settings), deliver(service, settings)),
        every=timedelta(minutes=settings.sweep_every_minutes),
    )


def sweep_job(service: Service, settings: Settings) -> Job:
    """One sweep as of this instant of the service's own clock."""

    def sweep() -> None:
        sweep_once(service.engine, service.engine.now(), manner=manner_of(settings))

    return sweep


def manner_of(settings: Settings) -> Manner:
    """How people are told, as the settings have it."""
    return Manner(digest_at=settings.digest_at, mail_domain=settings.mail_domain)
