"""A file is handed out: who took it is noted first, so that nothing leaves unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi.responses import Response

from api.pages.visits import Visit
from handlers.audit.exports import note_export

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def hand_out(
    visit: Visit, content: bytes, name: str, *, what: str, filter: Mapping[str, str], rows: int
) -> Response:
    """The workbook as a download under this name, without diacritics; the export is noted before.

    `what`, `filter` and `rows` as `note_export` wants them. Raises NobodyActs where nobody is known.
    """
    actor = visit.known
    with visit.service.database.write() as connection:
        note_export(connection, visit.now, actor, what, filter, rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)
