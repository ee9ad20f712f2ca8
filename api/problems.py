"""Every refusal as one answer: which HTTP status goes with which, and the problem document of RFC 9457."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.actors import HEADER, NamedByTheAsker, NobodyActs, TokenReadsOnly
from api.field_errors import field_errors
from api.language import Language, language_of
from handlers.roster import problems as roster
from workflow import errors
from workflow.contention import Contention
from workflow.rules.finding_codec import finding_to_json

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its status, the last word of its `type`, its title in both languages."""

    status: int
    word: str
    vi: str
    en: str

    @property
    def type(self) -> str:
        """The URI that names the kind; it is a name and leads nowhere."""
        return f"urn:kiemdiem:problem:{self.word}"


KINDS: dict[type[Exception], Kind] = {
    # what the engine refuses
    errors.NotFound: Kind(404, "not-found", "Không tìm thấy", "Not found"),
    errors.AlreadyThere: Kind(409, "already-there", "Đã có", "Already there"),
    errors.WrongStage: Kind(409, "wrong-stage", "Chưa đến bước này", "Wrong stage"),
    errors.NotAllowed: Kind(403, "not-allowed", "Không thuộc thẩm quyền", "Not allowed"),
    errors.RulesFail: Kind(422, "rules-fail", "Trái quy định", "Rules fail"),
    errors.Blocked: Kind(409, "blocked", "Đang bị giữ lại", "Blocked"),
    errors.InConflict: Kind(403, "in-conflict", "Có xung đột lợi ích", "Conflict of interest"),
    errors.BadInput: Kind(422, "bad-input", "Nội dung chưa đúng", "Bad input"),
    errors.LayerNeeded: Kind(422, "layer-needed", "Cần lớp quy định địa phương", "Local layer needed"),
    errors.BadCounts: Kind(422, "bad-counts", "Số phiếu không khớp", "Counts do not add up"),
    errors.StaleVersion: Kind(412, "stale-version", "Đã có người khác cập nhật", "Stale version"),
    errors.KeyReused: Kind(422, "key-reused", "Khóa chống gửi trùng đã dùng", "Idempotency key reused"),
    errors.Busy: Kind(409, "busy", "Đang có người khác thao tác", "Busy"),
    Contention: Kind(409, "busy", "Đang có người khác thao tác", "Busy"),
    # what an import can be refused for
    roster.WorkbookRefused: Kind(422, "workbook-refused", "Không đọc được tệp", "Workbook refused"),
    roster.RosterHasProblems: Kind(422, "roster-has-problems", "Danh sách có ô sai", "Wrong cells"),
    roster.RosterWouldDangle: Kind(422, "roster-would-dangle", "Danh sách còn thiếu", "Roster would dangle"),
    roster.RosterMoved: Kind(409, "roster-moved", "Danh sách đã thay đổi", "Roster moved"),
    roster.NoSuchImport: Kind(404, "not-found", "Không tìm thấy", "Not found"),
    roster.ImportDecided: Kind(409, "import-decided", "Lần nhập đã kết thúc", "Import decided"),
    # who asks
    TokenReadsOnly: Kind(403, "token-reads-only", "Khóa API chỉ để đọc", "Token reads only"),
    NobodyActs: Kind(401, "nobody-acts", "Chưa biết ai đang thao tác", "Nobody acts"),
}
"""The one table: what went wrong, which status answers it, what it is called."""

HTTP: dict[int, tuple[str, str, str, str]] = {
    400: ("Không đọc được", "Unreadable", "Không đọc được nội dung gửi lên.", "The request cannot be read."),
    404: ("Không tìm thấy", "Not found", "Không có địa chỉ này.", "There is nothing at this address."),
    405: (
        "Sai phương thức",
        "Method not allowed",
        "Địa chỉ này không nhận phương thức đó; xem tiêu đề Allow.",
        "This address does not take that method; see the Allow header.",
    ),
    413: ("Quá lớn", "Too large", "Nội dung gửi lên quá lớn.", "The body is too large."),
    421: (
        "Không phải ở đây",
        "Misdirected",
        "Dịch vụ này không có tên đó.",
        "This service has no such name.",
    ),
    415: ("Sai kiểu nội dung", "Wrong type", "Kiểu nội dung không dùng được.", "The type cannot be used."),
    422: ("Nội dung chưa đúng", "Bad input", "Có trường chưa đúng.", "A field is not right."),
    500: (
        "Lỗi của hệ thống",
        "Internal error",
        "Hệ thống gặp lỗi, chưa ghi gì cả. Thử lại; nếu vẫn lỗi, báo người quản trị kèm thời điểm này.",
        "Something failed here and nothing was written. Try again; if it stays, tell the administrator when.",
    ),
}
"""Title and sentence, in Vietnamese and English, of what HTTP itself refuses."""


class Problem(JSONResponse):
    """An answer in the form of RFC 9457."""

    media_type = MEDIA_TYPE


def kind_of(error: Exception) -> Kind:
    """The row of the table for an exception; the nearest class counts."""
    return next(KINDS[cls] for cls in type(error).__mro__ if cls in KINDS)


def document(error: Exception, language: Language) -> dict[str, Any]:
    """The problem document of a refusal, in the language asked for."""
    kind = kind_of(error)
    told: dict[str, Any] = {
        "type": kind.type,
        "title": kind.en if language == "en" else kind.vi,
        "status": kind.status,
        "detail": _sentence(error, language),
    }
    if isinstance(error, errors.RulesFail):
        told["findings"] = [
            {**finding_to_json(finding), "about": about, "sentence": en if language == "en" else vi}
            for finding, (about, vi, en) in zip(error.failed, error.each, strict=True)
        ]
        told["may_report"] = error.may_report
    elif isinstance(error, errors.BadInput):
        told["errors"] = [{"field": error.field, "value": error.value[:200], "message": told["detail"]}]
    elif isinstance(error, errors.WrongStage):
        told["possible"] = list(error.possible)
    elif isinstance(error, errors.NotAllowed):
        told["by"] = sorted(error.by)
        told["where"] = error.where
    elif isinstance(error, errors.Blocked):
        told["rules"] = list(error.rules)
    elif isinstance(error, errors.StaleVersion):
        told["version"] = error.actual
    elif isinstance(error, roster.RosterHasProblems):
        told["problems"] = [problem.as_json() for problem in error.problems[:1_000]]
    return told


def answer(error: Exception, request: Request) -> Problem:
    """The whole answer to a refusal."""
    language = language_of(request)
    told = document(error, language)
    headers: dict[str, str] = {"Content-Language": language}
    if told["status"] == HTTPStatus.UNAUTHORIZED:
        named = isinstance(request.app.state.actors, NamedByTheAsker)
        headers["WWW-Authenticate"] = HEADER if named else "Bearer"
    if kind_of(error).word == "busy":
        headers["Retry-After"] = "1"
    return Problem(told, status_code=told["status"], headers=headers)


def plain(request: Request, status: int, vi: str = "", en: str = "", **more: Any) -> Problem:
    """The answer to what HTTP itself refuses; without a sentence, the one of the status."""
    language = language_of(request)
    title_vi, title_en, said_vi, said_en = HTTP.get(status, ("", HTTPStatus(status).phrase, "", ""))
    detail = (en or said_en) if language == "en" else (vi or said_vi)
    told = {
        "type": "about:blank",
        "title": (title_en if language == "en" else title_vi) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or HTTPStatus(status).phrase,
        **more,
    }
    return Problem(told, status_code=status, headers={"Content-Language": language})


def invalid_document(language: Language, wrong: Sequence[dict[str, str]]) -> dict[str, Any]:
    """The problem document for fields that are not right, each named."""
    title_vi, title_en, _, _ = HTTP[422]
    return {
        "type": "urn:kiemdiem:problem:invalid-fields",
        "title": title_en if language == "en" else title_vi,
        "status": 422,
        "detail": "; ".join(f"{one['field']}: {one['message']}" for one in wrong[:5]),
        "errors": list(wrong[:100]),
    }


def install(app: FastAPI) -> None:
    """Have the application answer every exception in this form."""
    for refusal in (errors.Refusal, roster.RosterProblem, NobodyActs, Contention):
        app.add_exception_handler(refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)


def _sentence(error: Exception, language: Language) -> str:
    if isinstance(error, roster.RosterProblem):
        return error.sentence(language)
    told = errors.Busy("…") if isinstance(error, Contention) else error
    said: str = getattr(told, language)
    return said


def _refused(request: Request, error: Exception) -> Problem:
    return answer(error, request)


def _invalid(request: Request, error: Exception) -> Problem:
    assert isinstance(error, RequestValidationError)
    found: Sequence[Any] = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return plain(
            request,
            400,
            "Nội dung gửi lên không phải JSON đúng cú pháp.",
            "The body is not well-formed JSON.",
        )
    language = language_of(request)
    told = invalid_document(language, field_errors(found, language))
    return Problem(told, status_code=422, headers={"Content-Language": language})


def _http(request: Request, error: Exception) -> Problem:
    assert isinstance(error, HTTPException)
    answered = plain(request, error.status_code)
    for name, value in (error.headers or {}).items():
        answered.headers[name] = value
    return answered


def _failed(request: Request, error: Exception) -> Problem:
    # the address as it is written in the code: the one asked may hold a secret, such as that of a link
    address = getattr(request.scope.get("route"), "path", "")
    log.error("request failed", method=request.method, path=address, why=type(error).__name__)
    return plain(request, 500)
