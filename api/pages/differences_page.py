"""The page of two regulations side by side: what is ordered differently?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.difference_words import pair_rows, setting_rows
from api.pages.format import KINDS
from api.pages.outline_words import Asked, cells
from api.pages.problem_page import PageRoute
from api.pages.regulation_texts import rule_line
from api.pages.views import Choice, Link
from api.pages.views_differences import DifferencesPage, RulePair, SideRow, SideTable, Topic
from api.pages.views_regulation import RuleLine
from api.pages.visits import Looking, Visit
from api.regulations import book_of
from handlers.telling.owed import ladder_words
from workflow.days import vietnam_calendar
from workflow.errors import Refusal
from workflow.rules.coverage import PLACES
from workflow.rules.coverage import QUOTAS as AT_QUOTAS
from workflow.rules.coverage import RATING as AT_RATING
from workflow.rules.coverage import UNRATED as AT_UNRATED
from workflow.rules.differences import QUOTAS, RATING, TOPICS, UNRATED, Alone, Differences, Pair, compare
from workflow.rules.outlines import kinds_of
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import value_text

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

YEAR_MIN, YEAR_MAX = 2000, 2100
ADDRESS = "/rulebooks/compare"
TITLES = {**PLACES, UNRATED: AT_UNRATED, RATING: AT_RATING, QUOTAS: AT_QUOTAS}


@router.get(ADDRESS)
def differences(
    visit: Looking,
    left: str = Query(default="", max_length=100),
    right: str = Query(default="", max_length=100),
    year: str = Query(default="", max_length=10),
) -> Response:
    """Two regulations, or a layer and what it lies on; nothing is asked of any campaign."""
    return visit.answer(differences_page(visit, left, right, year))


def differences_page(visit: Visit, left: str, right: str, year: str) -> DifferencesPage:
    """The page. NotFound for a regulation there is none of.

    `year` is the assessment year of the last days as typed, this year where nothing was; one that is no year
    is said beside the field and the last days are left out.
    """
    _ = visit.words.gettext
    asked = year.strip() or str(visit.today.year)
    number = int(asked) if asked.isascii() and asked.isdigit() else 0
    is_year = YEAR_MIN <= number <= YEAR_MAX
    regimes, layers = _choices(visit, left, right)
    with visit.service.database.read() as connection:
        empty = DifferencesPage(
            frame=visit.frame(connection, "regulation"),
            crumbs=(Link(label=_("Quy định"), href="/rulebooks"), Link(label=_("So sánh"), href="")),
            regimes=regimes,
            layers=layers,
            year=asked,
            year_problem=""
            if is_year
            else _("Năm ghi bằng số, từ %(first)s đến %(last)s.") % {"first": YEAR_MIN, "last": YEAR_MAX},
        )
    if not left or not right:
        return empty
    return _filled(visit, empty, (left, right), number if is_year else None)


BothSides = tuple[Choice, Choice]


def _choices(visit: Visit, left: str, right: str) -> tuple[tuple[BothSides, ...], tuple[BothSides, ...]]:
    """The regulations and the layers; one that a campaign pinned is there where its hash was asked for."""
    names = dict.fromkeys((*visit.service.books.names(), *filter(None, (left, right))))
    regimes: list[BothSides] = []
    layers: list[BothSides] = []
    for name in names:
        try:
            book = book_of(visit.service, name)
        except Refusal:
            if name in (left, right):
                raise
            continue  # what is wrong with it is told in the list of regulations
        title = book.title.in_language(visit.language)
        both = (
            Choice(value=name, label=title, chosen=name == left),
            Choice(value=name, label=title, chosen=name == right),
        )
        (layers if book.layers else regimes).append(both)
    return tuple(regimes), tuple(layers)


def _filled(visit: Visit, page: DifferencesPage, names: tuple[str, str], year: int | None) -> DifferencesPage:
    _, language = visit.words.gettext, visit.language
    left, right = (book_of(visit.service, name) for name in names)
    found = compare(left, right)
    asked = Asked(year, vietnam_calendar(range(year - 1, year + 3))) if year is not None else None
    tables = tuple(_tables(visit, left, right, asked))
    settings = tuple(setting_rows(found, visit))
    steps = sum(len(table.differing) for table in tables)
    same = found.is_empty and not steps
    heading = _("%(changed)s cặp quy tắc khác nhau, %(left)s chỉ có bên trái, %(right)s chỉ có bên phải") % {
        "changed": len(found.changed),
        "left": len(found.left_alone),
        "right": len(found.right_alone),
    }
    lead = _(
        "%(steps)s chỗ khác trong bảng các bước, %(settings)s cách hiểu, nhóm và nơi kiểm điểm khác; "
        "%(equal)s cặp quy tắc như nhau."
    ) % {"steps": steps, "settings": len(settings), "equal": len(found.equal)}
    return replace(
        page,
        heading=_("Hai bên không quy định gì khác nhau") if same else heading,
        lead=lead,
        left=left.title.in_language(language),
        right=right.title.in_language(language),
        tables=tables,
        topics=tuple(_topics(visit, found, (left, right), names)),
        settings=settings,
    )


def _tables(visit: Visit, left: Rulebook, right: Rulebook, asked: Asked | None) -> Iterator[SideTable]:
    _, language = visit.words.gettext, visit.language
    yield _table("whole", _("Chung"), _rows(_whole(visit, left), _whole(visit, right)))
    for kind in kinds_of(left, right):
        ours, theirs = (cells(book, kind, asked, _, language) for book in (left, right))
        yield _table(f"kind-{kind}", _(KINDS[kind]), _rows(ours, theirs))


Cells = tuple[tuple[str, tuple[str, ...]], ...]


def _whole(visit: Visit, book: Rulebook) -> Cells:
    _, language = visit.words.gettext, visit.language
    quoted = _("Quy định gốc ghi theo trích dẫn trên các cổng văn bản, chưa đối chiếu bản gốc.")
    secondary = (quoted,) if book.provenance == "secondary" else ()
    return (
        (_("Nguồn"), (book.source, *secondary)),
        (_("Hiệu lực"), (_("Từ %(day)s") % {"day": value_text(book.in_force)},)),
        (_("Người lãnh đạo được xếp loại riêng"), (value_text(book.scope.leaders, language),)),
        (_("Nhắc việc"), (ladder_words(book.reminding, language),)),
        (
            _("Cấp dưới còn phải quy định"),
            tuple(one.says.in_language(language) for one in book.unset) or (_("Không"),),
        ),
    )


def _rows(ours: Cells, theirs: Cells) -> Iterator[SideRow]:
    for (name, left), (_, right) in zip(ours, theirs, strict=True):
        yield SideRow(name=name, left=left, right=right)


def _table(key: str, title: str, rows: Iterator[SideRow]) -> SideTable:
    told = tuple(rows)
    return SideTable(
        key=key,
        title=title,
        differing=tuple(row for row in told if row.differs),
        equal=tuple(row for row in told if not row.differs),
    )


def _topics(
    visit: Visit, found: Differences, books: tuple[Rulebook, Rulebook], names: tuple[str, str]
) -> Iterator[Topic]:
    (left, right), (left_name, right_name) = books, names

    def pair(one: Pair) -> RulePair:
        kinds = _kinds(visit, one.kinds)
        return RulePair(
            kinds=kinds,
            left=replace(rule_line(left, one.left, left_name, visit), kinds=kinds),
            right=replace(rule_line(right, one.right, right_name, visit), kinds=kinds),
            rows=tuple(pair_rows(one, books, visit)) if one.differs else (),
        )

    def line(one: Alone, book: Rulebook, name: str) -> RuleLine:
        return replace(rule_line(book, one.rule, name, visit), kinds=_kinds(visit, one.kinds))

    for topic in TOPICS:
        title = TITLES[topic].in_language(visit.language)
        told = Topic(
            key=topic,
            title=title[:1].upper() + title[1:],
            changed=tuple(pair(one) for one in found.changed if one.topic == topic),
            left_alone=tuple(line(one, left, left_name) for one in found.left_alone if one.topic == topic),
            right_alone=tuple(
                line(one, right, right_name) for one in found.right_alone if one.topic == topic
            ),
            equal=tuple(pair(one) for one in found.equal if one.topic == topic),
        )
        if told.changed or told.left_alone or told.right_alone or told.equal:
            yield told


def _kinds(visit: Visit, kinds: tuple[str, ...]) -> str:
    return ", ".join(visit.words.gettext(KINDS[kind]) for kind in kinds)
