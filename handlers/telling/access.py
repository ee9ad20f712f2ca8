"""One sentence for every event of a grant, a delegation or a declared conflict of interest."""

from __future__ import annotations

from datetime import date

from handlers.telling.voice import Voice
from states.conflict import CLOSENESS_NAMES, Closeness
from workflow.events import access as happened


def grant_proposed(event: happened.GrantProposed, voice: Voice) -> str:
    """Who is to be what, where, from when to when, by which document."""
    told = f"{_given(event, voice)}{voice.paper(event.document)}{voice.because(event.reason)}"
    return voice.pick(f"Đề nghị giao vai trò: {told}.", f"A grant was proposed: {told}.")


def grant_given_at_set_up(event: happened.GrantGivenAtSetUp, voice: Voice) -> str:
    """Given by whoever set the service up."""
    told = f"{_given(event, voice)}{voice.paper(event.document)}"
    return voice.pick(f"Giao vai trò khi thiết lập hệ thống: {told}.", f"A role was given at set-up: {told}.")


def grant_confirmed(event: happened.GrantConfirmed, voice: Voice) -> str:
    """Held from its first day on."""
    return voice.pick("Xác nhận giao vai trò.", "The grant was confirmed.")


def grant_withdrawn(event: happened.GrantWithdrawn, voice: Voice) -> str:
    """Never held."""
    why = voice.because(event.reason)
    return voice.pick(f"Rút đề nghị giao vai trò{why}.", f"The proposed grant was withdrawn{why}.")


def grant_ended(event: happened.GrantEnded, voice: Voice) -> str:
    """Since when it is not held."""
    why, on = voice.because(event.reason), voice.day(event.on)
    return voice.pick(f"Thôi giao vai trò từ ngày {on}{why}.", f"The grant ended on {on}{why}.")


def capacity_delegated(event: happened.CapacityDelegated, voice: Voice) -> str:
    """Who may act for whom, as what, from when to when."""
    holder, person = voice.person(event.holder), voice.person(event.person)
    capacity = voice.capacity(f"{event.role}@{event.body}")
    days, paper = _days(event.first, event.last, voice), voice.paper(event.document)
    return voice.pick(
        f"{holder} ủy quyền cho {person} làm {capacity} {days}{paper}.",
        f"{holder} lets {person} act as {capacity} {days}{paper}.",
    )


def delegation_ended(event: happened.DelegationEnded, voice: Voice) -> str:
    """Since when nothing is done by it."""
    on = voice.day(event.on)
    return voice.pick(f"Thôi ủy quyền từ ngày {on}.", f"The delegation ended on {on}.")


def conflict_declared(event: happened.ConflictDeclared, voice: Voice) -> str:
    """Who is close to whom, and as what; why is told nowhere but on the declaration itself."""
    person, subject = voice.person(event.person), voice.whoever(event.subject)
    tie = voice.pick(*CLOSENESS_NAMES[Closeness(event.closeness)])
    return voice.pick(
        f"Khai báo {person} có xung đột lợi ích với {subject}: {tie}.",
        f"A conflict of interest of {person} about {subject} was declared: {tie}.",
    )


def conflict_ended(event: happened.ConflictEnded, voice: Voice) -> str:
    """Since when it counts no more."""
    why, on = voice.because(event.reason), voice.day(event.on)
    return voice.pick(
        f"Xung đột lợi ích đã hết từ ngày {on}{why}.", f"The conflict of interest ended on {on}{why}."
    )


def _given(event: happened.GrantProposed | happened.GrantGivenAtSetUp, voice: Voice) -> str:
    capacity = voice.capacity(f"{event.role}@{event.body}")
    days = _days(event.first, event.last, voice)
    return voice.pick(
        f"{voice.person(event.person)} làm {capacity} {days}",
        f"{voice.person(event.person)} as {capacity} {days}",
    )


def _days(first: date, last: date | None, voice: Voice) -> str:
    begins = voice.day(first)
    if last is None:
        return voice.pick(f"từ ngày {begins}", f"from {begins} on")
    ends = voice.day(last)
    return voice.pick(f"từ ngày {begins} đến hết ngày {ends}", f"from {begins} to {ends} inclusive")
