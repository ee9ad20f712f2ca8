"""A POST route for every command, made from the table of doors; and many commands in one request."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api import problems
from api.actors import Acting
from api.answers import (
    REFUSED,
    Accepted,
    IfMatch,
    Key,
    TheService,
    accepted,
    etag,
    service_of,
    version_seen,
)
from api.asking import handled
from api.bodies import ID, Body, body_of, command_from
from api.door import Door
from api.doors import BY_NAME, DOORS
from api.field_errors import field_errors
from api.language import Language, language_of
from workflow.commands.asking import Command
from workflow.commands.asking import Request as Asked
from workflow.contention import Contention
from workflow.errors import NotFound, Refusal

router = APIRouter(tags=["commands"])

BULK_MAX = 1_000


def _route(door: Door) -> Callable[..., Accepted]:
    """The endpoint of one door: a checked body and the path become the command, the engine answers."""

    def endpoint(
        request: Request,
        response: Response,
        actor: Acting,
        body: Body,
        key: Key = None,
        if_match: IfMatch = None,
        **path: str,
    ) -> Accepted:
        language = language_of(request)
        asked_for = Asked(
            command=command_from(door.command, body, **path),
            actor=actor,
            key=key,
            expected_version=version_seen(if_match),
            language=language,
        )
        answer = handled(service_of(request), asked_for)
        named = {name: path.get(name) or getattr(body, name, "") for name in _names(door.stream)}
        stream = door.stream.format_map(named)
        if stream in answer.streams:
            response.headers["ETag"] = etag(answer.streams[stream])
        if door.makes:
            response.headers["Location"] = f"/api/v1{door.path}/{stream.partition('/')[2]}"
        return accepted(answer, language)

    model = body_of(door.command, door.in_path, (door.example,))
    given = inspect.signature(endpoint).parameters
    fixed = [
        one.replace(annotation=model if name == "body" else one.annotation, kind=one.KEYWORD_ONLY)
        for name, one in given.items()
        if name != "path"
    ]
    told = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[str, Path(pattern=ID)])
        for name in door.in_path
    ]
    endpoint.__signature__ = inspect.Signature([*told, *fixed])  # type: ignore[attr-defined]  # read by FastAPI
    endpoint.__name__ = door.command.__name__
    return endpoint


def _names(stream: str) -> tuple[str, ...]:
    return tuple(part[1:-1] for part in stream.split("/") if part.startswith("{"))


for _door in DOORS:
    router.add_api_route(
        _door.path,
        _route(_door),
        methods=["POST"],
        status_code=201 if _door.makes else 200,
        response_model=Accepted,
        responses=REFUSED,
        summary=_door.says,
        description=_door.command.__doc__ or "",
        operation_id=_door.command.__name__,
        tags=[_door.tag],
    )


class BulkRow(BaseModel):
    """One command by its name, with its whole body: what stands in the path elsewhere belongs to it here."""

    model_config = ConfigDict(extra="forbid")

    command: str = Field(max_length=60, examples=["Prepare"])
    body: dict[str, Any] = Field(examples=[{"review": "2016.member.0045", "on": "2016-12-20"}])


class Bulk(BaseModel):
    """Up to 1,000 commands, carried out in this order, each in a transaction of its own."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "commands": [
                        {"command": "Prepare", "body": {"review": "2016.member.0045", "on": "2016-12-20"}},
                        {"command": "Prepare", "body": {"review": "2016.member.0046", "on": "2016-12-20"}},
                    ]
                }
            ]
        },
    )

    commands: list[BulkRow] = Field(min_length=1, max_length=BULK_MAX)


class BulkOutcome(BaseModel):
    """What became of one row: `accepted` or `problem`, with the status it would have had alone."""

    row: int
    command: str
    status: int
    accepted: Accepted | None = None
    problem: dict[str, Any] | None = None


class BulkAnswer(BaseModel):
    """An outcome for every row, in their order."""

    done: int
    refused: int
    rows: list[BulkOutcome]


@router.post(
    "/commands",
    responses=REFUSED,
    summary="Many commands at once, an outcome a row",
    description="Rows do not stand or fall together. With an `Idempotency-Key`, each row is keyed by it and "
    "its number, so that sending the whole again does nothing twice. Names: "
    + ", ".join(f"`{n}`" for n in BY_NAME),
)
def bulk(bulk: Bulk, request: Request, actor: Acting, service: TheService, key: Key = None) -> BulkAnswer:
    """Each row as its own command; a refused row is told and the next one goes on."""
    language = language_of(request)
    rows: list[BulkOutcome] = []
    for number, row in enumerate(bulk.commands, start=1):
        outcome = BulkOutcome(row=number, command=row.command, status=200)
        try:
            command = _command(row)
            asked_for = Asked(
                command=command, actor=actor, key=f"{key}#{number}" if key else None, language=language
            )
            outcome.accepted = accepted(handled(service, asked_for), language)
        except (Refusal, Contention) as refusal:
            outcome.problem = problems.document(refusal, language)
            outcome.status = outcome.problem["status"]
        except ValidationError as error:
            outcome.problem = _wrong(request, error, language)
            outcome.status = 422
        rows.append(outcome)
    done = sum(row.accepted is not None for row in rows)
    return BulkAnswer(done=done, refused=len(rows) - done, rows=rows)


def _command(row: BulkRow) -> Command:
    cls = BY_NAME.get(row.command)
    if cls is None:
        raise NotFound("command", row.command)
    return command_from(cls, body_of(cls).model_validate(row.body))


def _wrong(request: Request, error: ValidationError, language: Language) -> dict[str, Any]:
    wrong = field_errors(error.errors(), language)
    return problems.invalid_document(language, wrong)
