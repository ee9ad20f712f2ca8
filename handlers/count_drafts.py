"""A count that is being typed: rows that add up are kept at once, the others wait to be put right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, select

from handlers.count_draft_tables import COUNT_DRAFT_SHEETS, COUNT_DRAFTS
from handlers.register import upsert
from workflow.codec import canonical

Fields = Mapping[str, tuple[str, ...]]
Rows = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class CountDraft:
    """What was kept: the fields of the head as typed, and papers by review and level."""

    fields: Fields = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)


def read_draft(connection: Connection, campaign: str, organisation: str) -> CountDraft:
    """The draft of a body, empty where nothing is kept."""
    rows: dict[str, dict[str, int]] = {}
    for one in connection.execute(
        select(COUNT_DRAFTS.c.review, COUNT_DRAFTS.c.level, COUNT_DRAFTS.c.papers).where(
            COUNT_DRAFTS.c.campaign == campaign, COUNT_DRAFTS.c.organisation == organisation
        )
    ):
        rows.setdefault(one.review, {})[one.level] = one.papers
    head = connection.execute(
        select(COUNT_DRAFT_SHEETS.c.fields).where(
            COUNT_DRAFT_SHEETS.c.campaign == campaign, COUNT_DRAFT_SHEETS.c.organisation == organisation
        )
    ).scalar()
    kept = json.loads(head) if head else {}
    return CountDraft({name: tuple(values) for name, values in kept.items()}, rows)


def save_draft(
    connection: Connection,
    at: datetime,
    by: str,
    *,
    campaign: str,
    organisation: str,
    fields: Fields,
    rows: Rows,
) -> None:
    """Keep the head and these rows in a transaction that writes; a row kept before is taken over whole.

    `by` is the person who typed. Rows that are not given stay as they were.
    """
    connection.execute(delete(COUNT_DRAFTS).where(COUNT_DRAFTS.c.review.in_(list(rows))))
    whose = {"campaign": campaign, "organisation": organisation, "saved_by": by, "saved_at": at}
    values = [
        {"review": review, "level": level, "papers": papers, **whose}
        for review, levels in rows.items()
        for level, papers in levels.items()
    ]
    upsert(connection, COUNT_DRAFTS, values)
    head = {"fields": canonical({name: list(given) for name, given in fields.items()}).decode(), **whose}
    upsert(connection, COUNT_DRAFT_SHEETS, [head])


def drop_draft(connection: Connection, campaign: str, organisation: str) -> None:
    """Nothing is being typed any more: the count was recorded."""
    for table in (COUNT_DRAFTS, COUNT_DRAFT_SHEETS):
        connection.execute(
            delete(table).where(table.c.campaign == campaign, table.c.organisation == organisation)
        )
