"""How days, numbers, names, stages and levels are written on a page."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from handlers.names import plain as plain

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NO_BREAK_SPACE = "\u00a0"

Gettext = Callable[[str], str]


def N_(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


STAGES: dict[str, str] = {
    "open": N_("Chưa nộp gì"),
    "prepared": N_("Chuẩn bị"),
    "draft_sent": N_("Gửi dự thảo"),
    "reviewed": N_("Kiểm điểm"),
    "voted": N_("Bỏ phiếu"),
    "submitted": N_("Báo cáo"),
    "appraised": N_("Thẩm định"),
    "approved": N_("Quyết định"),
    "re_rated": N_("Xếp loại lại"),
    "paused": N_("Tạm dừng"),
    "exempt": N_("Miễn kiểm điểm"),
    "reviewed_unrated": N_("Kiểm điểm, không xếp loại"),
    "absent_pending": N_("Vắng, chờ họp bù"),
    "returned": N_("Bị trả lại"),
    "annulled": N_("Đã hủy kết quả"),
    "announced": N_("Công bố"),
}
"""The steps by name. The second to the eighth are the columns of the board, in the order of life; that a
result was announced is a step where a document gives it a date."""

STANDINGS: dict[str, str] = STAGES | {
    "prepared": N_("Đã chuẩn bị"),
    "draft_sent": N_("Đã gửi dự thảo"),
    "reviewed": N_("Đã kiểm điểm"),
    "voted": N_("Đã bỏ phiếu"),
    "submitted": N_("Đã báo cáo"),
    "appraised": N_("Đã thẩm định"),
    "approved": N_("Đã quyết định"),
    "re_rated": N_("Đã xếp loại lại"),
}
"""Where a review stands: what has been done."""

PLAN_STAGES: dict[str, str] = {
    "drawn_up": N_("Đã lập, chờ thẩm định"),
    "returned": N_("Bị trả lại"),
    "accepted": N_("Đang thực hiện"),
    "closed": N_("Đã khắc phục xong"),
    "carried_over": N_("Chuyển sang kỳ sau"),
}
"""Where a remediation plan stands."""

LEVELS: dict[str, str] = {
    "HTXSNV": N_("Hoàn thành xuất sắc nhiệm vụ"),
    "HTTNV": N_("Hoàn thành tốt nhiệm vụ"),
    "HTNV": N_("Hoàn thành nhiệm vụ"),
    "HTNV_HAN_CHE": N_("Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực"),
    "KHTNV": N_("Không hoàn thành nhiệm vụ"),
    "TSVM": N_("Trong sạch, vững mạnh"),
    "YK": N_("Yếu kém"),
}

LEVEL_BARS: dict[str, int] = {
    "HTXSNV": 4,
    "TSVM": 4,
    "HTTNV": 3,
    "HTNV": 2,
    "HTNV_HAN_CHE": 2,
    "KHTNV": 1,
    "YK": 1,
}
"""How many of the four bars stand for a level: the second sign beside the words."""

FLAGS: dict[str, str] = {
    "supplementary_required": N_("Phải kiểm điểm bổ sung"),
    "under_verification": N_("Đang xác minh"),
    "no_result": N_("Chưa có kết quả"),
    "irregular": N_("Làm trái thời hạn, thứ tự"),
    "in_doubt": N_("Cần xem lại"),
    "decisions_differ": N_("Hai nơi quyết định khác mức"),
}

KINDS: dict[str, str] = {
    "individual": N_("Đảng viên"),
    "collective": N_("Tập thể"),
    "organisation": N_("Tổ chức đảng"),
}

VERDICTS: dict[str, str] = {
    "holds": N_("Đạt"),
    "fails": N_("Không đạt"),
    "unknown": N_("Chưa biết"),
    "not_applicable": N_("Không áp dụng"),
}

WEEKDAYS = (
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)


def day(value: date | None) -> str:
    """25/01/2017; a dash where there is no day. An instant is shown as its day in Vietnam."""
    return _in_zone(value).strftime("%d/%m/%Y") if value is not None else "–"


def short_day(value: date | None) -> str:
    """25/01, where the year is clear."""
    return _in_zone(value).strftime("%d/%m") if value is not None else "–"


def moment(value: datetime | None) -> str:
    """11/01/2017, 16:40 in Vietnam. The instant must carry its zone."""
    if value is None:
        return "–"
    if value.tzinfo is None:
        raise ValueError(f"an instant without a zone cannot be shown: {value!r}")
    return value.astimezone(ZONE).strftime("%d/%m/%Y, %H:%M")


def clock_time(value: datetime | None) -> str:
    """16:40 in Vietnam."""
    return value.astimezone(ZONE).strftime("%H:%M") if value is not None else "–"


def weekday(value: date) -> str:
    """The message of the weekday's name, to be translated."""
    return WEEKDAYS[_in_zone(value).weekday()]


def _in_zone(value: date) -> date:
    return value.astimezone(ZONE) if isinstance(value, datetime) and value.tzinfo is not None else value


def number(value: int | Decimal | None, language: str = "vi") -> str:
    """1.234,5 in Vietnamese and 1,234.5 in English, digits after the mark as given."""
    if value is None:
        return "–"
    text = f"{value:,}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def took(begun: datetime, ended: datetime, _: Gettext, language: str) -> str:
    """How long something took, in whole seconds; less than one is said so."""
    seconds = int((ended - begun).total_seconds())
    if seconds < 1:
        return _("dưới 1 giây")
    return _("%(count)s giây") % {"count": number(seconds, language)}


def share(tenths: int, language: str = "vi") -> str:
    """Tenths of a percent: 199 as 19,9% in Vietnamese and 19.9% in English."""
    return f"{number(Decimal(tenths).scaleb(-1).quantize(Decimal('0.1')), language)}%"


_COMPOUNDS = re.compile(
    r"\b(chi bộ|chi ủy|đảng viên|đảng ủy|đảng bộ|tổ đảng|kiểm điểm|bỏ phiếu|kiểm phiếu|xếp loại|từ chối|"
    r"nguy cơ|tiến độ|báo cáo|thẩm định|quyết định|quy định|hạn mức|dự thảo|bí thư|chủ trì|nhận xét|"
    r"cư trú|biên bản|ngoại lệ|cấp ủy|tập thể|cá nhân|diễn biến|sự kiện|danh sách|phiên họp|họp bù)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?<![\w/])(\d[\d.,]*) (?=\w)")


def together(text: str) -> str:
    """Joins the words of a compound, and a number with its noun, so that a line never breaks inside them."""
    joined = _COMPOUNDS.sub(lambda found: found.group().replace(" ", NO_BREAK_SPACE), text)
    return _COUNTED.sub(lambda found: found.group(1) + NO_BREAK_SPACE, joined)


NAME_LETTERS_MAX = 22
"""So long a name stays on one line; in a narrow cell a longer one would stick out."""


def whole(name: str) -> str:
    """A person's name on one line, up to 22 characters; a longer one may break where a line of it is full."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= NAME_LETTERS_MAX:
            lines[-1] += NO_BREAK_SPACE + word
        else:
            lines.append(word)
    return " ".join(lines)
