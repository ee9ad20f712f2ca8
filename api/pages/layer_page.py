"""Trying a layer of one's own: pasted or uploaded, composed at once or told line by line; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from api.composed import name_of, shown
from api.pages.composed_page import Excepted, ValueLine
from api.pages.layer_words import said
from api.pages.problem_page import PageRoute
from api.pages.typed import Typed
from api.pages.views import Link, Page
from api.pages.visits import Looking, Posted, Visit
from workflow.rules.composition import Composition
from workflow.rules.trying import TEXT_MAX, Wrong, try_layer

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

EXAMPLE: Final = """id = "dang_uy_cong_ty"
extends = "qd366_2025"
title.vi = "Hướng dẫn của Đảng ủy Công ty"
title.en = "Guidance of the company's Party committee"
source = "Hướng dẫn 01-HD/ĐU ngày 15/09/2026"
in_force = 2026-09-15

[[set]]
reading = "C-18"
value = "down"
cite = "Hướng dẫn 01-HD/ĐU, mục 6.2"
"""
"""What the empty form begins with: the shortest layer that says something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongLine:
    """One thing wrong and what to do, with the line as it was written; English where it is not `known`."""

    line: int
    rule: str
    key: str
    what: str
    written: str
    known: bool = True


@dataclass(frozen=True, kw_only=True)
class LayerPage(Page):
    """A layer to try: the text, and after trying what is wrong or what it sets."""

    TEMPLATE = "layer.html"
    text: str = ""
    tried: bool = False

    title: str = ""
    regime: str = ""
    rules: int = 0
    wrong: tuple[WrongLine, ...] = ()
    values: tuple[ValueLine, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    unset: tuple[str, ...] = ()


@router.get("/rulebooks/check")
def check(visit: Looking) -> Response:
    """The empty form."""
    return visit.answer(_page(visit, EXAMPLE))


@router.post("/rulebooks/check")
def checked(visit: Looking, typed: Posted) -> Response:
    """What came of a layer; 422 where something is wrong with it."""
    text, readable = _text(typed)
    if not readable:
        wrong = Wrong(line=0, rule="", key="", what="the file is no text in UTF-8")
        return visit.answer(_page(visit, text, wrong=(wrong,)), 422)
    found = try_layer(text, visit.service.books)
    status = 200 if found.composed else 422
    return visit.answer(_page(visit, text, composed=found.composed, wrong=found.wrong), status)


def _text(typed: Typed) -> tuple[str, bool]:
    """The file where one was chosen, else what was pasted; whether it could be read."""
    file = typed.form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        try:
            return file.file.read(4 * TEXT_MAX + 4).decode("utf-8"), True
        except UnicodeDecodeError:
            return "", False
    return typed.raw("text").replace("\r\n", "\n"), True


def _page(
    visit: Visit, text: str, *, composed: Composition | None = None, wrong: tuple[Wrong, ...] = ()
) -> LayerPage:
    _, language = visit.words.gettext, visit.language
    lines = text.splitlines()
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "regulation")
    page_of_text = {
        "frame": frame,
        "crumbs": (Link(label=_("Quy định"), href="/rulebooks"), Link(label=_("Kiểm tra một lớp"), href="")),
        "text": text[: TEXT_MAX + 1],
        "tried": composed is not None or bool(wrong),
    }
    if composed is None:
        told = tuple(
            WrongLine(
                line=one.line,
                rule=one.rule,
                key=one.key,
                what=said(one.what, visit.words) or one.what,
                known=bool(said(one.what, visit.words)),
                written=lines[one.line - 1].strip() if 0 < one.line <= len(lines) else "",
            )
            for one in wrong
        )
        return LayerPage(**page_of_text, wrong=told)  # type: ignore[arg-type]  # the fields just above
    return LayerPage(
        **page_of_text,  # type: ignore[arg-type]  # the fields just above
        title=composed.book.title.in_language(language),
        regime=composed.regime,
        rules=len(composed.book.rules),
        values=tuple(
            ValueLine(
                name=name_of(value, language),
                value=shown(value.value, language),
                cite=value.cite,
                base=shown(value.base, language) if value.is_changed else "",
            )
            for value in composed.by_layers()
        ),
        exceptions=tuple(
            Excepted(
                what=f"{one.rule}, {one.parameter}",
                base=shown(one.base, language),
                value=shown(one.value, language),
                cite=one.cite,
                permission=one.permission,
            )
            for one in composed.exceptions
        ),
        unset=tuple(one.says.in_language(language) for one in composed.book.unset),
    )
