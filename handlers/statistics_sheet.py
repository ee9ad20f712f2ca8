"""The statistics of an organisation as a workbook: a sheet of sums, a sheet of members with their levels."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handlers.names import Names, names_on
from handlers.sheets import new_book
from handlers.statistics import Statistics, below
from handlers.tables import CAMPAIGNS, REVIEWS
from states import levels
from states import review as life

_KINDS = {
    life.COLLECTIVE: ("Tập thể", "Collectives"),
    life.INDIVIDUAL: ("Cá nhân", "Individuals"),
    life.ORGANISATION: ("Tổ chức", "Organisations"),
}
_SUMS = (
    ("Đối tượng", "Kind"),
    ("Mức", "Level"),
    ("Số lượng", "Number"),
    ("Tỷ lệ", "Share"),
)
_MEMBERS = (
    ("Mã", "Code"),
    ("Họ và tên", "Name"),
    ("Tổ chức", "Organisation"),
    ("Với tư cách", "As"),
    ("Mức", "Level"),
    ("Tình trạng", "Stage"),
)
_QUALITIES = {"member": ("đảng viên", "member"), "leader": ("lãnh đạo, quản lý", "leader")}


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLevel:
    """One member of the summary; `level` is empty where none is decided."""

    subject: str
    name: str
    organisation: str
    quality: str
    level: str
    stage: str


def member_levels(connection: Connection, campaign: str, organisation: str) -> tuple[MemberLevel, ...]:
    """Every review of a person below the organisation, body by body (CDTKV-2020, III.1; DUK-2016, V.2)."""
    day = connection.execute(
        select(CAMPAIGNS.c.roster_day).where(CAMPAIGNS.c.campaign == campaign)
    ).scalar_one()
    rows = connection.execute(
        select(
            REVIEWS.c.subject,
            REVIEWS.c.organisation,
            REVIEWS.c.quality,
            REVIEWS.c.decided_level,
            REVIEWS.c.stage,
        )
        .where(
            REVIEWS.c.campaign == campaign,
            REVIEWS.c.kind == life.INDIVIDUAL,
            REVIEWS.c.organisation.in_(below(organisation, day)),
        )
        .order_by(REVIEWS.c.organisation, REVIEWS.c.subject, REVIEWS.c.quality)
    ).all()
    names = names_on(
        connection, day, people={row.subject for row in rows}, bodies={row.organisation for row in rows}
    )
    return tuple(
        MemberLevel(
            subject=row.subject,
            name=names.person(row.subject),
            organisation=names.body(row.organisation),
            quality=row.quality,
            level=row.decided_level or "",
            stage=row.stage,
        )
        for row in rows
    )


def workbook(
    found: Statistics,
    others: tuple[Statistics, ...],
    members: tuple[MemberLevel, ...],
    names: Names,
    lang: str,
) -> bytes:
    """The workbook as bytes; numbers are numbers, shares are written with one digit."""
    at = 1 if lang == "en" else 0
    content = io.BytesIO()
    book = new_book(content)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    share = book.add_format({"num_format": "0.0%", "border": 1})
    plain = book.add_format({"border": 1})
    sheet = book.add_worksheet(("Thống kê", "Statistics")[at])
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 44)
    row = 0
    for one in (found, *others):
        row = _sums(sheet, row, one, names, at, (head, plain, share))
    listed = book.add_worksheet(("Đảng viên", "Members")[at])
    listed.set_column(1, 5, 28)
    listed.freeze_panes(1, 0)
    for column, words in enumerate(_MEMBERS):
        listed.write_string(0, column, words[at], head)
    for place, person in enumerate(members, start=1):
        cells = (
            person.subject,
            person.name,
            person.organisation,
            _QUALITIES.get(person.quality, (person.quality, person.quality))[at],
            levels.NAMES[person.level][at] if person.level else "",
            life.NAMES[person.stage][at],
        )
        for column, text in enumerate(cells):
            listed.write_string(place, column, text, plain)
    book.close()
    return content.getvalue()


def _sums(sheet: Any, row: int, one: Statistics, names: Names, at: int, formats: tuple[Any, Any, Any]) -> int:
    head, plain, share = formats
    title = (
        f"{names.body(one.organisation)}: đợt {one.campaign}",
        f"{names.body(one.organisation)}: {one.campaign}",
    )
    sheet.write_string(row, 0, title[at], head)
    row += 1
    for column, words in enumerate(_SUMS):
        sheet.write_string(row, column, words[at], head)
    for kind in one.distributions:
        for level in kind.shares:
            row += 1
            sheet.write_string(row, 0, _KINDS[kind.kind][at], plain)
            sheet.write_string(row, 1, levels.NAMES[level.level][at], plain)
            sheet.write_number(row, 2, level.count, plain)
            sheet.write_number(row, 3, level.tenths / 1000, share)
        for words, count in (
            (("Chưa có mức", "No level yet"), kind.owing),
            (("Không xếp loại", "Not rated"), kind.unrated),
        ):
            row += 1
            sheet.write_string(row, 0, _KINDS[kind.kind][at], plain)
            sheet.write_string(row, 1, words[at], plain)
            sheet.write_number(row, 2, count, plain)
    row += 1
    sheet.write_string(row, 0, ("Bị kỷ luật trong năm", "Disciplined in the year")[at], plain)
    if one.disciplined is None:
        sheet.write_string(row, 2, ("chưa biết", "not known")[at], plain)
    else:
        sheet.write_number(row, 2, one.disciplined, plain)
    return row + 2
