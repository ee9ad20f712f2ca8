"""What is known only by its absence: entries of lists, and the declaration that a list is complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from states.roles import ACTS_FROM_ABOVE, Role
from workflow.bodies import Lists
from workflow.commands.campaign import (
    DeclareLists,
    RateNeighbour,
    RecordListEntry,
    RecordRosterChange,
    SettleListEntry,
)
from workflow.decision import Change, Decision, Situation, not_after_today, not_blank
from workflow.errors import BadInput, NotAllowed, NotFound
from workflow.events.campaign import (
    ListDeclaredComplete,
    ListEntryRecorded,
    ListEntrySettled,
    NeighbourRated,
    RosterChanged,
)
from workflow.events.review import BasisChanged
from workflow.sealed import Sealed

LISTS = (
    "discipline",
    "violation",
    "complaint",
    "open_finding",
    "sick_leave",
    "suggestion",
    "mass_organisation",
    "administration",
    "subordinate",
)
"""Lists whose emptiness is a fact only once a body has declared them complete."""

SETTLED = ("complaint", "open_finding", "suggestion")
"""Lists whose entries are settled on a day: verified, remedied, explained in a report received."""

NEEDED: dict[str, tuple[str, ...]] = {
    "violation": ("violation", "decided_on", "disciplined", "duty_related"),
    "complaint": ("decided_on",),
    "open_finding": ("decided_on",),
    "suggestion": ("decided_on",),
}
"""What an entry of a list must say, so that a rule can read it."""

NEIGHBOURS = ("administration", "mass_organisation")

MAY_KEEP = frozenset({Role.SECRETARY, Role.COMMITTEE, Role.ORGANISATION_BOARD, Role.INSPECTION, Role.OFFICER})
"""Who may enter and declare: the organisation itself, those above it, the officer of the campaign."""

MAY_CHANGE_ROSTER = frozenset({Role.OFFICER, Role.ADMINISTRATOR})

DIGESTS_A_PART = 500
"""How many rows one event covers, so that no event of a large import grows without bound."""


@dataclass(frozen=True, slots=True)
class EntryHeld:
    """An entry as it was recorded: of which organisation, on which list, and its day."""

    organisation: str
    list: str
    on: date


def record_entry(command: RecordListEntry, situation: Situation, sealed: Sealed) -> Decision:
    """Enter something on a list; only its digest goes into the log.

    An entry dated before a declaration reopens what rested on it: the declaration no longer covers it.
    """
    _there(situation, command.campaign, command.organisation)
    _may_keep(situation, command.organisation)
    _known(command.list)
    not_blank("subject", command.subject)
    for field in NEEDED.get(command.list, ()):
        if getattr(command, field) in (None, ""):
            raise BadInput(field, "", "còn trống. Hãy ghi rõ.", "is empty. Please fill it in.")
    for field, day in (("from_day", command.from_day), ("decided_on", command.decided_on)):
        if day is not None:
            not_after_today(field, day, situation.today)
    if command.from_day and command.to_day and command.to_day < command.from_day:
        raise BadInput(
            "to_day", str(command.to_day), "sớm hơn ngày bắt đầu.", "is earlier than the day it began."
        )
    entered = ListEntryRecorded(
        campaign=command.campaign,
        organisation=command.organisation,
        list=command.list,
        entry=sealed.id,
        digest=sealed.digest,
    )
    return _one(situation, command.campaign, command.organisation, (entered,))


def settle_entry(command: SettleListEntry, situation: Situation, held: EntryHeld | None) -> Decision:
    """Settle an entry, of this campaign or of an earlier one; told anew, the last day counts."""
    _there(situation, command.campaign, command.organisation)
    _may_keep(situation, command.organisation)
    if command.list not in SETTLED:
        choices = ", ".join(SETTLED)
        raise BadInput("list", command.list, f"phải là một trong: {choices}.", f"must be one of: {choices}.")
    if held is None or (held.organisation, held.list) != (command.organisation, command.list):
        raise NotFound("list_entry", command.entry)
    not_after_today("settled_on", command.settled_on, situation.today)
    if command.settled_on < held.on:
        raise BadInput(
            "settled_on",
            str(command.settled_on),
            "sớm hơn ngày của mục này.",
            "is earlier than the day of the entry.",
        )
    settled = ListEntrySettled(
        campaign=command.campaign,
        organisation=command.organisation,
        list=command.list,
        entry=command.entry,
        settled_on=command.settled_on,
    )
    return _one(situation, command.campaign, command.organisation, (settled,))


def declare(command: DeclareLists, situation: Situation) -> Decision:
    """Declare lists complete as of a day, that day included; one tick a line."""
    _there(situation, command.campaign, command.organisation)
    _may_keep(situation, command.organisation)
    if not command.lists:
        raise BadInput("lists", "", "còn trống: chọn ít nhất một danh mục.", "is empty: name a list.")
    for name in command.lists:
        _known(name)
    not_after_today("as_of", command.as_of, situation.today)
    declared = tuple(
        ListDeclaredComplete(
            campaign=command.campaign, organisation=command.organisation, list=name, as_of=command.as_of
        )
        for name in command.lists
    )
    return _one(situation, command.campaign, command.organisation, declared)


def rate_neighbour(command: RateNeighbour, situation: Situation) -> Decision:
    """The rating of a same-level body: its place on its own scale, whatever the scale's length (C-31)."""
    _there(situation, command.campaign, command.organisation)
    _may_keep(situation, command.organisation)
    not_after_today("rated_on", command.rated_on, situation.today)
    not_blank("document", command.document)
    if command.neighbour_kind not in NEIGHBOURS:
        raise BadInput(
            "neighbour_kind",
            command.neighbour_kind,
            f"phải là một trong: {', '.join(NEIGHBOURS)}.",
            f"must be one of: {', '.join(NEIGHBOURS)}.",
        )
    if command.scale_length < 2:
        raise BadInput(
            "scale_length",
            str(command.scale_length),
            "– thang xếp loại phải có ít nhất hai mức.",
            "– a scale has at least two steps.",
        )
    if not 1 <= command.rank <= command.scale_length:
        raise BadInput(
            "rank",
            str(command.rank),
            f"nằm ngoài thang từ 1 đến {command.scale_length}.",
            f"is outside the scale of 1 to {command.scale_length}.",
        )
    rated = NeighbourRated(
        campaign=command.campaign,
        organisation=command.organisation,
        neighbour=command.neighbour,
        neighbour_kind=command.neighbour_kind,
        rank=command.rank,
        scale_length=command.scale_length,
        rated_on=command.rated_on,
        document=command.document,
    )
    return _one(situation, command.campaign, command.organisation, (rated,))


def change_roster(command: RecordRosterChange, situation: Situation) -> Decision:
    """Cover rows just written by their digests, and tell each review the change touches.

    Who the campaign is about is changed by its officer or the administrator. A long list of digests is told
    in parts, all in one decision.
    """
    actor = situation.actor
    if actor.role not in MAY_CHANGE_ROSTER:
        raise NotAllowed("roster", "change_roster", actor.role, actor.body, MAY_CHANGE_ROSTER, actor.body)
    starts = range(0, max(len(command.digests), 1), DIGESTS_A_PART)
    changed = tuple(
        RosterChanged(
            source=command.source,
            part=number,
            parts=len(starts),
            digests=command.digests[start : start + DIGESTS_A_PART],
            closed=command.closed if number == 1 else 0,
        )
        for number, start in enumerate(starts, start=1)
    )
    told: dict[str, list[BasisChanged]] = {}
    for review, what in command.touched:
        basis = BasisChanged(what=what, source=command.source, on=command.on)
        told.setdefault(situation.review(review).stream, []).append(basis)
    changes = [Change(stream="roster", events=changed)]
    changes.extend(Change(stream=stream, events=tuple(events)) for stream, events in told.items())
    return Decision(changes=tuple(changes), occurred_on=min(command.on, situation.today))


def _known(name: str) -> None:
    if name not in LISTS:
        raise BadInput(
            "list", name, f"phải là một trong: {', '.join(LISTS)}.", f"must be one of: {', '.join(LISTS)}."
        )


def _there(situation: Situation, campaign: str, organisation: str) -> None:
    """NotFound for a campaign nobody planned and a body the roster does not have."""
    if situation.campaign is None or not situation.campaign.version:
        raise NotFound("campaign", campaign)
    if organisation not in situation.superiors:
        raise NotFound("organisation", organisation)


def _may_keep(situation: Situation, organisation: str) -> None:
    actor = situation.actor
    above = situation.superiors.get(organisation, ())
    right_body = (
        actor.role is Role.OFFICER
        or (actor.role in ACTS_FROM_ABOVE and actor.body in above)
        or actor.body == organisation
    )
    if actor.role not in MAY_KEEP or not right_body:
        raise NotAllowed(organisation, "record_fact", actor.role, actor.body, MAY_KEEP, organisation)


def _one(situation: Situation, campaign: str, organisation: str, events: tuple[object, ...]) -> Decision:
    lists = situation.bodies[f"lists/{campaign}/{organisation}"]
    assert isinstance(lists, Lists), "a lists stream folds to lists"
    change = Change(stream=f"lists/{campaign}/{organisation}", events=events)  # type: ignore[arg-type]  # all Events
    return Decision(changes=(change,), occurred_on=situation.today)
