"""Where a thing owed is done: the page an inbox leads to."""

from __future__ import annotations

from handlers.reminding.capacities import SELF
from handlers.reminding.inbox import Notice

_ANCHORS = {"submit": "#submission", "appraise": "#submission", "decide": "#submission"}
_OF_CAMPAIGN = {"remedy": "/plans", "reply": ""}


def place_of(notice: Notice, own_review: str = "") -> str:
    """The address of the page: a person's own review, the plans of the campaign, else the body's page.

    `own_review` is the review of the person reminded, where there is one.
    """
    if notice.capacity == SELF and own_review:
        return f"/r/{own_review}"
    if notice.gate in _OF_CAMPAIGN:
        return f"/c/{notice.campaign}{_OF_CAMPAIGN[notice.gate]}"
    return f"/c/{notice.campaign}/o/{notice.organisation}{_ANCHORS.get(notice.gate, '')}"
