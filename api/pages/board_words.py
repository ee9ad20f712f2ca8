"""What a board is narrowed to, in words: for the file, the paper and the page before a bulk act."""

from __future__ import annotations

from api.board_filter import Wanted
from api.pages.format import KINDS, LEVELS, N_, STAGES
from api.pages.words import Words

_SHOWN = {
    "late": N_("trễ"),
    "refused": N_("bị trả lại"),
    "risk": N_("có nguy cơ trễ"),
    "done": N_("đã xong"),
}


def filter_words(wanted: Wanted, words: Words, *, of_party: bool) -> str:
    """ "Đảng viên; trễ; dừng ở bước bỏ phiếu", without a full stop."""
    _ = words.gettext
    kind = _(KINDS[wanted.kind]) if of_party or wanted.kind != "individual" else _("Cá nhân")
    parts = [kind]
    if wanted.show in _SHOWN:
        parts.append(_(_SHOWN[wanted.show]))
    if wanted.stage:
        parts.append(_("dừng ở bước %(stage)s") % {"stage": _(STAGES[wanted.stage]).lower()})
    if wanted.level:
        parts.append(_("có mức %(level)s") % {"level": _(LEVELS[wanted.level])})
    if wanted.query:
        parts.append(_("tìm “%(query)s”") % {"query": wanted.query})
    if len(parts) == 1:
        parts.append(_("không lọc"))
    return "; ".join(parts)


def bodies_words(count: int, words: Words, *, of_party: bool) -> str:
    """ "12 chi bộ", of a union "12 đơn vị"."""
    if of_party:
        return words.ngettext("%(num)d chi bộ", "%(num)d chi bộ", count) % {"num": count}
    return words.ngettext("%(num)d đơn vị", "%(num)d đơn vị", count) % {"num": count}
