"""Where a reminder leads: a path of ours, with ids of bodies and campaigns alone."""

from __future__ import annotations

from urllib.parse import quote

INBOX = "/inbox"


def campaign_page(campaign: str) -> str:
    """The board of a campaign."""
    return f"/c/{quote(campaign, safe='')}"


def body_page(campaign: str, organisation: str) -> str:
    """The page of one body in a campaign, where its steps are taken."""
    return f"{campaign_page(campaign)}/o/{quote(organisation, safe='')}"
