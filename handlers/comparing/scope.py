"""Who is reviewed, rated, excused and where, under two rulebooks, from the same roster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from handlers.comparing.results import Difference, Row, What
from handlers.opening import expand
from handlers.roster.query import load_view
from workflow.bodies import Campaign
from workflow.commands.campaign import Subject
from workflow.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Scopes:
    """What either rulebook makes of the roster: review -> subject."""

    own: Mapping[str, Subject] = field(default_factory=dict)
    other: Mapping[str, Subject] = field(default_factory=dict)

    def left_out(self) -> frozenset[str]:
        """Reviews the other rulebook does not open."""
        return frozenset(self.own.keys() - self.other.keys())

    def differences(self, review: str) -> Iterator[Difference]:
        """How a review opened here would be opened there; why it is not opened is asked of the rules."""
        mine, yours = self.own.get(review), self.other.get(review)
        if mine is None or yours is None:
            return
        if bool(mine.exempt_by) != bool(yours.exempt_by):
            yield Difference(
                what=What.SCOPE,
                gate="open_campaign",
                rules=(yours.exempt_by or mine.exempt_by or "",),
                of_own=yours.exempt_by is None,
                own="exempt" if mine.exempt_by else "reviewed",
                other="exempt" if yours.exempt_by else "reviewed",
            )
        elif mine.rated != yours.rated:
            yield Difference(
                what=What.SCOPE,
                gate="open_campaign",
                own="rated" if mine.rated else "not_rated",
                other="rated" if yours.rated else "not_rated",
            )
        if set(mine.venues) != set(yours.venues):
            yield Difference(
                what=What.VENUES,
                gate="hold_session",
                own=", ".join(body for body, _ in mine.venues),
                other=", ".join(body for body, _ in yours.venues),
            )

    def beyond(self) -> Iterator[Row]:
        """Reviews the other rulebook would open and this campaign does not have."""
        for review in sorted(self.other.keys() - self.own.keys()):
            subject = self.other[review]
            yield Row(
                review=review,
                kind=subject.kind,
                subject=subject.subject,
                organisation=subject.organisation,
                differences=(
                    Difference(what=What.SCOPE, gate="open_campaign", own="not_reviewed", other="reviewed"),
                ),
            )


def scopes(connection: Connection, campaign: Campaign, own: Rulebook, other: Rulebook) -> Scopes:
    """The roster as it was believed when the campaign was opened, read by both."""
    if not campaign.believed_at:
        return Scopes()
    view = load_view(
        connection,
        campaign.roster_day,
        base=campaign.organisation,
        as_believed=datetime.fromisoformat(campaign.believed_at),
    )
    if campaign.organisation not in view.organisations:
        return Scopes()
    return Scopes(
        own={subject.review: subject for subject in expand(view, own, campaign)},
        other={subject.review: subject for subject in expand(view, other, campaign)},
    )
