"""The streams beside reviews that their acts name: meetings, ballot sheets, bundles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.comparing.acts import Lived
from workflow import codec
from workflow.event import Event
from workflow.events import meeting as at_meeting
from workflow.events import submission as in_bundle
from workflow.log import Log
from workflow.rules.facts import FactValue


@dataclass(frozen=True, slots=True)
class Around:
    """The events of those streams, by stream."""

    events: Mapping[str, tuple[Event, ...]]

    def superior_attended(self, meeting: str) -> bool | None:
        """Whether a delegate of the superior was there; None where no meeting of that name was recorded."""
        found = [e for e in self._of("meeting", meeting) if isinstance(e, at_meeting.MeetingRecorded)]
        return found[-1].superior_attended if found else None

    def sheet(self, ballot: str) -> dict[str, FactValue | None]:
        """How the papers were handed out and how many."""
        told: dict[str, FactValue | None] = {}
        for event in self._of("ballot", ballot):
            if isinstance(event, at_meeting.BallotIssued):
                told["ballot.secret"] = event.secret
            elif isinstance(event, at_meeting.BallotCounted):
                told["ballot.issued"] = event.issued
        return told

    def columns(self, ballot: str, review: str) -> int:
        """How many levels the sheet offered for a review."""
        counted = [e for e in self._of("ballot", ballot) if isinstance(e, at_meeting.BallotCounted)]
        return len({level for e in counted for row, level, _ in e.tallies if row == review})

    def sent(self, bundle: str, on: date) -> in_bundle.BundleSubmitted | None:
        """The bundle as it was sent on that day, else as it was sent last."""
        found = [e for e in self._of("submission", bundle) if isinstance(e, in_bundle.BundleSubmitted)]
        return next((e for e in found if e.on == on), found[-1] if found else None)

    def consultation(self, bundle: str | None, on: date) -> dict[str, FactValue | None]:
        """Whether bodies were asked for their opinion, and how many still owed it on a day."""
        opened: in_bundle.ConsultationOpened | None = None
        answered: set[str] = set()
        for event in self._of("submission", bundle or ""):
            if isinstance(event, in_bundle.ConsultationOpened):
                opened = event
            elif isinstance(event, in_bundle.OpinionReceived) and event.on <= on:
                answered.add(event.body)
        silent = 0 if opened is None or on > opened.until else len(set(opened.bodies) - answered)
        return {"consultation.held": opened is not None, "consultation.open": silent}

    def _of(self, kind: str, name: str) -> tuple[Event, ...]:
        return self.events.get(f"{kind}/{name}", ())


def read_around(log: Log, lives: Iterable[Lived]) -> Around:
    """Everything the acts of these reviews name, read at once."""
    names: set[str] = set()
    for one in lives:
        for act in one.acts:
            event: Any = act.event
            for kind in ("meeting", "ballot"):
                name = getattr(event, kind, None)
                if name:
                    names.add(f"{kind}/{name}")
            for bundle in (getattr(event, "bundle", None), act.before.bundle):
                if bundle:
                    names.add(f"submission/{bundle}")
    told = log.tell(sorted(names))
    return Around(
        {
            stream: tuple(codec.decode(one.name, one.schema_version, one.data) for one in events)
            for stream, events in told.items()
        }
    )
