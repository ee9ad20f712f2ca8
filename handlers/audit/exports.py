"""Who took what out of the service: a row is written each time a file with people in it is handed out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, select

from handlers.audit.export_tables import EXPORTS
from workflow.codec import canonical
from workflow.commands.asking import Actor

STATISTICS: Final = "statistics"
CALL_LIST: Final = "call_list"
INSIGHT: Final = "insight"
LOG_SEARCH: Final = "log_search"
BOARD: Final = "board"
CELL_PRINT: Final = "cell_print"
DECISIONS: Final = "decisions"

NAMES: Final[dict[str, tuple[str, str]]] = {
    STATISTICS: ("thống kê kết quả xếp loại", "statistics of levels"),
    CALL_LIST: ("danh sách cần gọi", "call list"),
    INSIGHT: ("bảng phân tích", "insight"),
    LOG_SEARCH: ("kết quả tìm trong sổ ghi", "lines found in the log"),
    BOARD: ("bảng tiến độ", "board"),
    CELL_PRINT: ("giấy tờ của chi bộ", "papers of a cell"),
    DECISIONS: ("bảng quyết định", "table of decisions"),
}
"""Vietnamese and English words for each kind of file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """One file that left: `filter` as it was noted, pairs sorted by name."""

    export: int
    at: datetime
    actor: str
    capacity: str
    what: str
    filter: tuple[tuple[str, str], ...]
    rows: int


def note_export(
    connection: Connection, at: datetime, actor: Actor, what: str, filter: Mapping[str, str], rows: int
) -> None:
    """Remember that this actor was handed a file, in a transaction that writes.

    `what` is one of NAMES; `filter` what the file was cut down to (campaign, body, …), ids and codes alone,
    empty values left out; `rows` how many people or things it tells of. Raises KeyError for an unknown kind.
    """
    if what not in NAMES:
        raise KeyError(what)
    kept = {name: value for name, value in filter.items() if value}
    connection.execute(
        insert(EXPORTS),
        {
            "at": at,
            "actor": actor.id,
            "capacity": actor.capacity,
            "body": actor.body,
            "what": what,
            "filter": canonical(kept).decode(),
            "rows": rows,
        },
    )


def exports(
    connection: Connection,
    *,
    before: int | None = None,
    limit: int,
    only: ColumnElement[bool] | None = None,
) -> Sequence[Export]:
    """The newest exports first, at most `limit`; `before` is the id the last page ended with, exclusive."""
    asked = select(EXPORTS).order_by(EXPORTS.c.export.desc()).limit(limit)
    if before is not None:
        asked = asked.where(EXPORTS.c.export < before)
    if only is not None:
        asked = asked.where(only)
    return [
        Export(
            export=row.export,
            at=row.at,
            actor=row.actor,
            capacity=row.capacity,
            what=row.what,
            filter=tuple(sorted(json.loads(row.filter).items())),
            rows=row.rows,
        )
        for row in connection.execute(asked)
    ]
