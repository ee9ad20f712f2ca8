"""The roster from a spreadsheet: upload and look, then confirm or turn down; and the template to fill in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel

from api.actors import Acting
from api.answers import REFUSED, Accepted, Key, TheService, accepted
from api.bodies import ID, Day
from api.language import Language, language_of
from handlers.roster.compare import Difference
from handlers.roster.snapshot import KINDS
from handlers.roster.template import template
from handlers.roster.workbook import Limits
from handlers.roster_import import Preview, confirm_import, preview_import, reject_import, show_import
from workflow import clock

router = APIRouter(tags=["roster"], responses=REFUSED)

SHOWN_MAX = 1_000
"""How many entries of each list an answer holds; the counts are always those of all."""

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ImportId = Annotated[str, Path(pattern=ID)]


class CellOut(BaseModel):
    """One wrong cell: where, what stands there, what is wrong, what is expected."""

    sheet: str
    cell: str
    row: int
    column: str
    value: str
    what: str
    expected: str


class ChangedOut(BaseModel):
    """One record that differs, field by field: [field, as it was, as it will be]."""

    key: str
    fields: list[tuple[str, Any, Any]]


class KindOut(BaseModel):
    """What confirming changes for one kind of record."""

    new: int
    changed: int
    gone: int
    unchanged: int
    new_keys: list[str]
    changes: list[ChangedOut]
    gone_keys: list[str]


class TouchedOut(BaseModel):
    """One review of an open campaign that the change touches, and how."""

    review: str
    effect: str
    kind: str
    key: str


class ImportOut(BaseModel):
    """One upload: what was read, what is wrong, what confirming would change and which reviews it touches."""

    import_id: str
    state: str
    effective_on: date
    file_name: str | None
    recorded_at: datetime
    recorded_by: str
    decided_at: datetime | None
    decided_by: str | None
    good_rows: int
    wrong_rows: int
    problem_count: int
    problems: list[CellOut]
    difference: dict[str, KindOut] | None
    dangling: list[tuple[str, str, str]]
    touched_count: int
    touched: list[TouchedOut]


@router.get(
    "/roster/template.xlsx",
    summary="The spreadsheet to fill in",
    response_class=Response,
    responses={200: {"content": {SPREADSHEET: {}}}},
)
def template_file(actor: Acting) -> Response:
    """Sheets, headers, choices and a guide; empty of rows."""
    headers = {"Content-Disposition": 'attachment; filename="danh-sach-mau.xlsx"'}
    return Response(template(), media_type=SPREADSHEET, headers=headers)


@router.post("/imports", status_code=201, summary="Upload a roster and see what it would change")
def upload(
    request: Request,
    response: Response,
    actor: Acting,
    service: TheService,
    file: Annotated[UploadFile, File(description="An .xlsx of the template's form")],
    on: Annotated[Day | None, Form(description="The day from which it holds; today where left out")] = None,
) -> ImportOut:
    """Nothing of the roster changes; every wrong cell is listed."""
    settings = request.app.state.settings
    day = on or service.engine.now().astimezone(clock.ZONE).date()
    preview = preview_import(
        service.engine,
        file.file.read(),
        _plain_name(file.filename),
        on=day,
        actor=actor,
        limits=Limits(file_bytes=settings.upload_bytes_max),
    )
    response.headers["Location"] = f"/api/v1/imports/{preview.import_id}"
    return _out(preview, language_of(request))


@router.get("/imports/{import_id}", summary="An upload beside the roster as it stands now")
def one(import_id: ImportId, request: Request, actor: Acting, service: TheService) -> ImportOut:
    """The same as after the upload, compared anew."""
    return _out(show_import(service.engine, import_id, actor=actor), language_of(request))


@router.post("/imports/{import_id}/confirmation", summary="Let an upload become the roster")
def confirmation(
    import_id: ImportId,
    request: Request,
    actor: Acting,
    service: TheService,
    good_rows_only: Annotated[bool, Query(description="Take the good rows although cells are wrong")] = False,
    key: Key = None,
) -> Accepted:
    """Rows and the event that covers them together or not at all; touched reviews are told."""
    answer = confirm_import(service.engine, import_id, actor=actor, good_rows_only=good_rows_only, key=key)
    return accepted(answer, language_of(request))


@router.post("/imports/{import_id}/rejection", summary="Turn an upload down")
def rejection(import_id: ImportId, request: Request, actor: Acting, service: TheService) -> ImportOut:
    """It stays as evidence and changes nothing."""
    reject_import(service.engine, import_id, actor=actor)
    return _out(show_import(service.engine, import_id, actor=actor), language_of(request))


def _plain_name(name: str | None) -> str:
    """The last part of the file's name, without control characters; it is shown, never opened."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:200] or "danh-sach.xlsx"


def _out(preview: Preview, language: Language) -> ImportOut:
    stored, parsed, difference = preview.stored, preview.parsed, preview.difference
    problems = parsed.problems if parsed else ()
    return ImportOut(
        import_id=stored.import_id,
        state=stored.state,
        effective_on=stored.effective_on,
        file_name=parsed.file_name if parsed else None,
        recorded_at=stored.recorded_at,
        recorded_by=stored.recorded_by,
        decided_at=stored.decided_at,
        decided_by=stored.decided_by,
        good_rows=parsed.good_rows if parsed else 0,
        wrong_rows=parsed.wrong_rows if parsed else 0,
        problem_count=len(problems),
        problems=[
            CellOut(
                sheet=cell.sheet,
                cell=cell.cell,
                row=cell.row,
                column=cell.column,
                value=cell.value,
                what=cell.what(language),
                expected=cell.expected(language),
            )
            for cell in problems[:SHOWN_MAX]
        ],
        difference={kind: _kind(difference, kind) for kind in KINDS} if difference else None,
        dangling=list(difference.dangling[:SHOWN_MAX]) if difference else [],
        touched_count=len(preview.touched),
        touched=[
            TouchedOut(review=touch.review_id, effect=touch.effect.value, kind=touch.kind, key=touch.key)
            for touch in preview.touched[:SHOWN_MAX]
        ],
    )


def _kind(difference: Difference, kind: str) -> KindOut:
    new, changed, gone = difference.counts(kind)
    return KindOut(
        new=new,
        changed=changed,
        gone=gone,
        unchanged=difference.unchanged[kind],
        new_keys=[record.key for record in difference.new[kind][:SHOWN_MAX]],
        changes=[
            ChangedOut(
                key=change.new.key, fields=[(field.name, field.old, field.new) for field in change.fields]
            )
            for change in difference.changed[kind][:SHOWN_MAX]
        ],
        gone_keys=[record.key for record in difference.gone[kind][:SHOWN_MAX]],
    )
