"""What accepted commands are answered with, and the service behind a request."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Depends, Header
from pydantic import BaseModel, Field
from starlette.requests import Request

from api import problems
from api.language import Language
from api.wiring import Service
from workflow import errors
from workflow.answer import Answer
from workflow.errors import BadInput, Refusal


class RowOutcome(BaseModel):
    """What became of one row of a command over many reviews; `problem` and `detail` where it was refused."""

    row: str
    done: bool
    note: str = ""
    problem: str | None = None
    detail: str | None = None
    rules: list[str] = []


class Accepted(BaseModel):
    """The command was carried out: where each stream it touched stands now, an outcome a row, warnings."""

    command_id: str
    streams: dict[str, int] = Field(examples=[{"review/2016.member.0045": 7}])
    position: int
    rows: list[RowOutcome] = []
    warnings: list[str] = []
    warned_by: list[str] = []
    repeated: bool = False


def accepted(answer: Answer, language: Language) -> Accepted:
    """The engine's answer in the language asked for."""
    english = language == "en"
    return Accepted(
        command_id=answer.command_id,
        streams=answer.streams,
        position=answer.position,
        rows=[
            RowOutcome(
                row=row.row,
                done=row.done,
                note=row.note,
                problem=_type(row.problem) if row.problem else None,
                detail=(row.reason_en if english else row.reason_vi) or None,
                rules=list(row.rules),
            )
            for row in answer.rows
        ],
        warnings=list(answer.warnings_en if english else answer.warnings_vi),
        warned_by=list(answer.warnings),
        repeated=answer.repeated,
    )


def _type(refusal: str) -> str:
    cls: type[Refusal] = getattr(errors, refusal)
    return problems.KINDS[cls].type


def service_of(request: Request) -> Service:
    """The service the application was made with."""
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(service_of)]

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]+$",
        max_length=200,
        description="Sent again with the same body, the same answer comes and nothing is done twice.",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=40,
        description='The version seen, as `ETag` gave it: `"7"`. 412 where it has moved on.',
    ),
]

_VERSION = re.compile(r'"?(\d{1,9})"?')


def version_seen(if_match: str | None) -> int | None:
    """The version of an `If-Match`; None without one or for `*`. Raises BadInput for any other text."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _VERSION.fullmatch(if_match.strip())
    if found is None:
        raise BadInput(
            "If-Match",
            if_match,
            'phải có dạng "7" như ETag đã trả về.',
            'must look like "7", as ETag gave it.',
        )
    return int(found[1])


def etag(version: int) -> str:
    """A version as a strong entity tag."""
    return f'"{version}"'


REFUSED: dict[int | str, dict[str, Any]] = {
    status: {
        "description": description,
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, description in (
        (400, "The body cannot be read"),
        (401, "Nobody is named as acting"),
        (403, "Somebody else has to do this"),
        (404, "Nothing of that name"),
        (409, "Wrong stage, blocked, already there, or colleagues act at the same moment"),
        (412, "Somebody else acted since `If-Match`"),
        (413, "The body is too large"),
        (415, "The body has another type"),
        (422, "Rules fail, or a field is not right"),
    )
}
"""What every command may be refused with, for the OpenAPI document."""

READ_REFUSED: dict[int | str, dict[str, Any]] = {
    status: REFUSED[status] for status in (400, 401, 403, 404, 422)
}

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457. `findings` where rules failed, `errors` where fields are wrong.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:kiemdiem:problem:rules-fail"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "rule": {"type": "string"},
                    "cite": {"type": "string", "examples": ["DUK-2016, II.3.1"]},
                    "verdict": {"type": "string", "enum": ["holds", "fails", "not_applicable", "unknown"]},
                    "operands": {"type": "array", "items": {"type": "object"}},
                    "comparison": {"type": "string"},
                    "reading": {"type": ["string", "null"]},
                    "sentence": {"type": "string"},
                },
            },
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "in": {"type": "string"},
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
