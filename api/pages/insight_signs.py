"""What is worth a closer look in a branch, each with its numbers and the way there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from api.pages.format import LEVELS, number
from api.pages.insight_views import SignLine
from api.pages.views import Link
from api.pages.visits import Visit
from handlers.audit.notable import Notable
from handlers.insight.reading import Insight
from handlers.insight.shifts import SELF
from handlers.names import Names
from workflow.events.review import ExceptionAuthorised, ReviewAnnulled
from workflow.rules.rulebook import Rulebook

NAMED_MAX: Final = 5
"""Names in one sentence; how many more there are is said."""


def signs(visit: Visit, found: Insight, names: Names, rulebook: Rulebook) -> tuple[SignLine, ...]:
    """The lines, those about quotas first; none where nothing shows."""
    return (
        *_ceilings(visit, found, names),
        *_alike(visit, found, names),
        *_from_high_to_lowest(visit, found),
        *_exceptions(visit, found, names, rulebook),
        *_annulments(visit, found, names),
        *_entries(visit, found),
    )


def _ceilings(visit: Visit, found: Insight, names: Names) -> Iterator[SignLine]:
    _ = visit.words.gettext
    again = found.again_at_the_ceiling
    if again:
        yield SignLine(
            title=_("Chạm hạn mức hai năm liền"),
            text=_("%(names)s dùng hết hoặc vượt hạn mức cả năm trước.")
            % {"names": _named(visit, [names.body(one.body) for one in again])},
        )
    warned = [names.body(one.body) for one in found.ceilings if one.warned and not one.above]
    if warned:
        yield SignLine(
            title=_("Trong hạn mức nhưng có cảnh báo"),
            text=_("%(names)s: một cách tính chặt hơn cho kết quả vượt.") % {"names": _named(visit, warned)},
        )


def _alike(visit: Visit, found: Insight, names: Names) -> Iterator[SignLine]:
    _ = visit.words.gettext
    if found.all_alike:
        told = [
            _("%(name)s (%(members)s người, %(level)s)")
            % {"name": names.body(body), "members": members, "level": _(LEVELS[level])}
            for body, level, members in found.all_alike
        ]
        yield SignLine(title=_("Mọi người cùng một mức"), text=_named(visit, told, "; ") + ".")


def _from_high_to_lowest(visit: Visit, found: Insight) -> Iterator[SignLine]:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    for shift in found.shifts:
        if shift.before != SELF:
            continue
        fell = sum(
            reviews
            for (before, after), reviews in shift.cells.items()
            if after == shift.levels[-1] and before != after
        )
        if fell:
            yield SignLine(
                title=_("Tự nhận cao, kết quả ở mức thấp nhất"),
                text=ngettext(
                    "%(num)s người tự xếp loại cao hơn mức thấp nhất mình nhận.",
                    "%(num)s người tự xếp loại cao hơn mức thấp nhất mình nhận.",
                    fell,
                )
                % {"num": number(fell, visit.language)},
            )


def _exceptions(visit: Visit, found: Insight, names: Names, rulebook: Rulebook) -> Iterator[SignLine]:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    if not found.exceptions:
        return
    told = []
    for one in found.exceptions[:NAMED_MAX]:
        event = one.event
        assert isinstance(event, ExceptionAuthorised), "asked for by this name"
        cites = [rule.cite for rule in rulebook.rules if rule.id in event.rules] or list(event.rules)
        told.append(
            _("%(name)s (%(rules)s, theo %(document)s)")
            % {"name": names.subject(one.review), "rules": "; ".join(cites), "document": event.document}
        )
    count = len(found.exceptions)
    yield SignLine(
        title=ngettext("%(num)s ngoại lệ được phép", "%(num)s ngoại lệ được phép", count)
        % {"num": number(count, visit.language)},
        text=_more(visit, told, count, "; "),
        links=_links(visit, found.exceptions, names),
    )


def _annulments(visit: Visit, found: Insight, names: Names) -> Iterator[SignLine]:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    cancelled = tuple(one for one in found.annulments if isinstance(one.event, ReviewAnnulled))
    if cancelled:
        yield SignLine(
            title=ngettext("%(num)s kết quả bị hủy", "%(num)s kết quả bị hủy", len(cancelled))
            % {"num": number(len(cancelled), visit.language)},
            text=_more(visit, [names.subject(one.review) for one in cancelled[:NAMED_MAX]], len(cancelled)),
            links=_links(visit, cancelled, names),
        )


def _entries(visit: Visit, found: Insight) -> Iterator[SignLine]:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    query = urlencode({"campaign": found.campaign.id, "organisation": found.organisation})
    if found.late:
        yield SignLine(
            title=ngettext("%(num)s việc nhập muộn", "%(num)s việc nhập muộn", found.late)
            % {"num": number(found.late, visit.language)},
            text=_("Nhập sau quá 3 ngày làm việc kể từ khi diễn ra."),
            links=(Link(label=_("Xem từng việc"), href=f"/audit/late?{query}"),),
        )
    if found.corrections:
        yield SignLine(
            title=ngettext(
                "%(num)s lần sửa số liệu đã nhập", "%(num)s lần sửa số liệu đã nhập", len(found.corrections)
            )
            % {"num": number(len(found.corrections), visit.language)},
            text=_("Sửa theo giấy, có người thứ hai; giá trị cũ vẫn còn."),
            links=(Link(label=_("Xem từng lần"), href=f"/audit/exceptions?{query}"),),
        )


def _links(visit: Visit, events: tuple[Notable, ...], names: Names) -> tuple[Link, ...]:
    """To the replay of each, at the very event."""
    _ = visit.words.gettext
    return tuple(
        Link(
            label=_("Phát lại: %(name)s") % {"name": names.subject(one.review)},
            href=f"/r/{one.review}/history?v={one.version}",
        )
        for one in events[:NAMED_MAX]
    )


def _named(visit: Visit, told: list[str], mark: str = ", ") -> str:
    return _more(visit, told[:NAMED_MAX], len(told), mark)


def _more(visit: Visit, told: list[str], count: int, mark: str = ", ") -> str:
    _ = visit.words.gettext
    text = mark.join(told)
    if count > len(told):
        text += _(" và %(count)s nơi khác") % {"count": number(count - len(told), visit.language)}
    return text
