"""The minutes of the count: filled in with what was entered, or with dots to be written on by hand."""

from __future__ import annotations

from collections.abc import Iterator

from api.pages.cell_ballot import CARRIED_DOWN, EACH_FOR_ITSELF, columns, round_of
from api.pages.cell_data import Stored
from api.pages.format import KINDS, LEVELS, N_, day
from api.pages.prints.asked import Asked
from api.pages.prints.ballots import in_order_of_names
from api.pages.prints.forms import DOTS, head_of, levels_needed, mark_of, when, where
from handlers.printing.papers import Cell, Column, Paper, Signature, Table, file_name
from states import ballot as ballot_life
from states import review as life
from workflow.bodies import Ballot
from workflow.rules.ballots import columns_of, motions_of
from workflow.rules.flow import CUMULATIVE

TITLE = N_("Biên bản kiểm phiếu")


def count_minutes(asked: Asked) -> Paper:
    """A table a sheet counted; before the count one a kind of review, empty."""
    _ = asked.words.gettext
    cell = asked.cell
    tables = tuple(table for sheet in asked.cell.sheets for table in _counted(asked, sheet))
    return Paper(
        name=file_name(_(TITLE), cell.name, cell.campaign.year),
        head=head_of(asked, "BB", asked.cell.sheets[-1].day if asked.cell.sheets else asked.meeting_day),
        title=_(TITLE).upper(),
        subtitle=_("đánh giá, xếp loại chất lượng năm %(year)s") % {"year": cell.campaign.year},
        opening=(when(asked), where(asked)),
        tables=tables or tuple(_empty(asked)),
        closing=(
            *_how(asked),
            _("Biên bản lập thành hai bản, một bản lưu hồ sơ, một bản gửi cấp trên."),
        ),
        signatures=(
            Signature(lines=(_("TỔ KIỂM PHIẾU"),)),
            Signature(lines=(_("THƯ KÝ"),)),
            Signature(lines=(_("CHỦ TRÌ"),)),
        ),
        mark=mark_of(asked),
    )


def _how(asked: Asked) -> list[str]:
    """How the columns count, as it was said before papers were handed out."""
    flows = (asked.cell.rulebook.flow(kind) for kind in dict.fromkeys(row.kind for row in asked.candidates))
    said = (CARRIED_DOWN if flow.count == CUMULATIVE else EACH_FOR_ITSELF for flow in flows)
    return [asked.words.gettext(text) for text in dict.fromkeys(said)]


def _counted(asked: Asked, sheet: Ballot) -> Iterator[Table]:
    by_review = {row.review: row for row in asked.cell.own}
    groups: dict[str, list[Stored]] = {}
    for review, _level in sheet.motions:
        if review in by_review:
            groups.setdefault(by_review[review].kind, []).append(by_review[review])
    for kind, rows in groups.items():
        scale, flow = asked.cell.rulebook.scale(kind), asked.cell.rulebook.flow(kind)
        offered = columns_of(scale, flow, sheet.round) if scale else ()
        yield Table(
            caption=_caption(asked, kind, sheet.round),
            notes=(
                *_figures(asked, sheet),
                *levels_needed(asked, kind, offered, sheet.round, sheet.entitled),
            ),
            columns=_columns(asked, kind, offered),
            rows=tuple(
                _row(asked, sheet, row, offered, place)
                for place, row in enumerate(in_order_of_names(asked, rows), start=1)
            ),
        )


def _row(asked: Asked, sheet: Ballot, row: Stored, offered: tuple[str, ...], place: int) -> tuple[Cell, ...]:
    marks = dict(sheet.marks(row.review))
    counts: list[Cell] = [marks.get(level) for level in offered]
    return (place, asked.cell.person(row), *counts, sum(marks.values()), _result(asked, sheet, row))


def _result(asked: Asked, sheet: Ballot, row: Stored) -> str:
    """The level that carried with the papers that counted for it, as "17/21"."""
    _ = asked.words.gettext
    votes = in_favour(asked, sheet, row)
    if votes is None and _voted_again(asked, sheet, row):
        return _("thôi có giá trị, đã bỏ phiếu lại")
    if votes is None:
        return _("chưa mức nào đủ phiếu")
    return _("%(level)s, %(votes)s/%(of)s") % {
        "level": _(LEVELS[row.voted_level]),
        "votes": votes,
        "of": sheet.entitled,
    }


def _voted_again(asked: Asked, sheet: Ballot, row: Stored) -> bool:
    """Whether a later sheet of the same round has the review too."""
    later = asked.cell.sheets[asked.cell.sheets.index(sheet) + 1 :]
    return any(one.round == sheet.round and one.marks(row.review) for one in later)


def in_favour(asked: Asked, sheet: Ballot, row: Stored) -> int | None:
    """The papers that counted on this sheet for the level voted; None where it carried none."""
    scale = asked.cell.rulebook.scale(row.kind)
    if scale is None or not row.voted_level:
        return None
    return dict(motions_of(scale, sheet.marks(row.review), sheet.count)).get(row.voted_level)


def _figures(asked: Asked, sheet: Ballot) -> Iterator[str]:
    _ = asked.words.gettext
    form = {True: _("bỏ phiếu kín"), False: _("biểu quyết công khai"), None: _("không nêu hình thức")}
    people = ", ".join(asked.cell.names.person(one) for one in sheet.counters)
    yield _("Ngày bỏ phiếu: %(day)s, %(form)s. Tổ kiểm phiếu: %(people)s.") % {
        "day": day(sheet.day),
        "form": form[sheet.secret],
        "people": people or DOTS,
    }
    yield _(
        "Số người được tính (mẫu số): %(entitled)s. Phát ra: %(issued)s phiếu; thu vào: %(collected)s; "
        "hợp lệ: %(valid)s; không hợp lệ: %(invalid)s."
    ) % {
        "entitled": sheet.entitled,
        "issued": sheet.issued,
        "collected": sheet.collected,
        "valid": sheet.valid,
        "invalid": sheet.invalid,
    }
    yield (
        _("Số phiếu đã được người thứ hai đối chiếu và xác nhận.")
        if sheet.stage == ballot_life.CONFIRMED
        else _("Số phiếu chưa được người thứ hai xác nhận.")
    )


def _empty(asked: Asked) -> Iterator[Table]:
    """The form to be filled in by hand at the meeting."""
    _ = asked.words.gettext
    groups: dict[tuple[str, int], list[Stored]] = {}
    for row in asked.to_vote:
        groups.setdefault((row.kind, round_of(asked.cell, row)), []).append(row)
    members = asked.cell.official
    for (kind, number), rows in groups.items():
        offered = columns(asked.cell, rows[0])
        yield Table(
            caption=_caption(asked, kind, number),
            notes=(
                _("Tổ kiểm phiếu: %(people)s") % {"people": DOTS * 2},
                _(
                    "Đảng viên chính thức: %(count)s. Có mặt: …… Phát ra: …… Thu vào: …… Hợp lệ: …… "
                    "Không hợp lệ: ……"
                )
                % {"count": members},
                *levels_needed(asked, kind, offered, number, members),
            ),
            columns=_columns(asked, kind, offered),
            rows=tuple(
                (place, asked.cell.person(row), *(None for _level in offered), None, None)
                for place, row in enumerate(in_order_of_names(asked, rows), start=1)
            ),
        )


def _caption(asked: Asked, kind: str, number: int) -> str:
    _ = asked.words.gettext
    name = _(KINDS[kind])
    return _("%(kind)s, vòng %(round)s") % {"kind": name, "round": number} if number == 2 else name


def _columns(asked: Asked, kind: str, offered: tuple[str, ...]) -> tuple[Column, ...]:
    _ = asked.words.gettext
    return (
        Column(title=_("TT"), width=6, align="center"),
        Column(title=_("Họ và tên") if kind == life.INDIVIDUAL else _("Tổ chức"), width=28),
        *(Column(title=_(LEVELS[level]), width=11, align="center") for level in offered),
        Column(title=_("Cộng"), width=8, align="center"),
        Column(title=_("Kết quả"), width=20),
    )
