"""The form of a document of the Party or of a union: head, number, place and day, signatures, checkpoint."""

from __future__ import annotations

from datetime import date

from api.pages.cell_data import CellData
from api.pages.cell_meeting import post_words
from api.pages.format import LEVELS, N_, WEEKDAYS, day
from api.pages.prints.asked import Asked
from api.pages.words import Words
from handlers.printing.papers import Head, Mark, Signature
from workflow.rules.sentences import cited
from workflow.rules.thresholds import thresholds

DOTS = "……………………"
STATUSES: dict[str, str] = {
    "official": N_("Đảng viên"),
    "probationary": N_("Đảng viên dự bị"),
    "exempt": N_("Được miễn sinh hoạt"),
    "temporary": N_("Sinh hoạt tạm thời"),
}


def head_of(asked: Asked, kind: str, on: date | None) -> Head:
    """The block at the top. `kind` is the short sign of the document, empty for one without a number."""
    _ = asked.words.gettext
    cell = asked.cell
    union = cell.is_union
    right = (
        (_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), _("Độc lập – Tự do – Hạnh phúc"))
        if union
        else (_("ĐẢNG CỘNG SẢN VIỆT NAM"),)
    )
    above = cell.names.body(cell.superior)
    return Head(
        left=tuple(dict.fromkeys(line.upper() for line in (above, cell.name) if line)),
        right=right,
        number=_("Số: ……… -%(kind)s/%(body)s") % {"kind": kind, "body": _sign(cell)} if kind else "",
        place=_("%(place)s, %(day)s") % {"place": DOTS, "day": in_words(asked.words, on, asked)},
    )


def _sign(cell: CellData) -> str:
    return "CĐ" if cell.is_union else "CB" if cell.is_cell else "ĐU"


def in_words(words: Words, on: date | None, asked: Asked) -> str:
    """ngày 11 tháng 01 năm 2017; with dots where the day is not known."""
    _ = words.gettext
    if on is None:
        return _("ngày …… tháng …… năm %(year)s") % {"year": asked.visit.today.year}
    told = {"day": f"{on:%d}", "month": f"{on:%m}", "year": on.year}
    return _("ngày %(day)s tháng %(month)s năm %(year)s") % told


def when(asked: Asked) -> str:
    """The line that says when the meeting is or was."""
    _ = asked.words.gettext
    on = asked.meeting_day
    if on is None:
        return _("Thời gian: …… giờ ……, %(day)s.") % {"day": in_words(asked.words, None, asked)}
    told = {"weekday": _(WEEKDAYS[on.weekday()]), "day": day(on)}
    return _("Thời gian: …… giờ ……, %(weekday)s, ngày %(day)s.") % told


def where(asked: Asked) -> str:
    """The line that says where, filled in by hand."""
    _ = asked.words.gettext
    return _("Địa điểm: %(place)s") % {"place": DOTS * 2}


def signed_by_head(asked: Asked) -> Signature:
    """On behalf of the body, by whoever leads it."""
    _ = asked.words.gettext
    cell = asked.cell
    if cell.is_union:
        lines = (_("TM. BAN CHẤP HÀNH"), _("CHỦ TỊCH"))
    else:
        lines = (_("T/M CHI BỘ") if cell.is_cell else _("T/M CẤP ỦY"), _("BÍ THƯ"))
    return Signature(lines=lines, name=head_name(cell))


def head_name(cell: CellData) -> str:
    """Whoever heads the body, empty where nobody does."""
    heads = [person for person, post in cell.posts.items() if post == "head"]
    return cell.names.person(heads[0]) if heads else ""


def post_of(asked: Asked, person: str) -> str:
    """In which quality somebody comes: the post held here, else how the person stands on the roll."""
    _ = asked.words.gettext
    union = asked.cell.is_union
    post = asked.cell.posts.get(person, "")
    posts = post_words(asked.cell)
    if post in posts:
        return _(posts[post])
    if union:
        return ""
    status = STATUSES.get(asked.cell.roll.get(person, ""))
    return _(status) if status else ""


def mark_of(asked: Asked) -> Mark:
    """The line at the foot: the digest over every stream as it stood at a position of the log."""
    _ = asked.words.gettext
    at = asked.at
    told = {"position": at.position, "digest": at.digest, "short": at.digest[:12]}
    return Mark(
        short=_("Điểm kiểm tra %(position)s-%(short)s") % told,
        full=_(
            "Điểm kiểm tra %(position)s-%(short)s: dấu của toàn bộ sổ ghi đến vị trí %(position)s "
            "là %(digest)s."
        )
        % told,
    )


def levels_needed(asked: Asked, kind: str, levels: tuple[str, ...], number: int, members: int) -> list[str]:
    """What each level of a ballot needs, with its clause; those alike in both stand together."""
    found = thresholds(
        asked.cell.rulebook,
        kind,
        levels,
        members=members,
        year=asked.cell.campaign.year,
        round_number=number,
    )
    together: dict[tuple[int | None, str], list[str]] = {}
    for one in found:
        clause = "; ".join(dict.fromkeys(cited(rule, asked.visit.language) for rule in one.rules))
        together.setdefault((one.least, clause), []).append(asked.words.gettext(LEVELS[one.level]))
    return [
        _needed(asked, "; ".join(names), least, members, clause)
        for (least, clause), names in together.items()
    ]


def _needed(asked: Asked, level: str, least: int | None, of: int, clause: str) -> str:
    _ = asked.words.gettext
    told = {"level": level, "least": least, "of": of, "clause": clause}
    if least is None:
        return _("%(level)s: xem %(clause)s.") % told
    return _("%(level)s: cần ≥ %(least)s/%(of)s phiếu đồng ý (%(clause)s).") % told
