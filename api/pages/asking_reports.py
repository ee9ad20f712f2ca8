"""What is asked before a report is sent, returned, appraised or decided: no button takes that back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from api.pages.cell_data import CellData
from api.pages.confirming import Question
from api.pages.decide_page import CONSEQUENCE
from api.pages.decide_rows import told_counts
from api.pages.findings_told import cited_on_annulling, finding_line
from api.pages.views import FindingLine
from api.pages.visits import Visit
from states import review as life
from workflow.decision import Decision
from workflow.event import Event
from workflow.events.review import (
    ReviewAppraised,
    ReviewApproved,
    ReviewReRated,
    ReviewReturned,
    ReviewSubmitted,
)
from workflow.rules.judge import warnings

Ask = Callable[[Decision], Question]

BEFORE_THE_DECISION, RECOGNISED = CONSEQUENCE["appraise"], CONSEQUENCE["decide"]

_STILL_OWED = frozenset(life.UNSETTLED) - {life.SUBMITTED, life.APPRAISED}
"""Stages of a review that has not gone up, or has come back."""


def on_report(visit: Visit, cell: CellData, act: str) -> Ask | None:
    """The question before an act on a body's report; None for one that changes nothing that stands."""
    asks: Mapping[str, Callable[[Visit, CellData, Decision], Question]] = {
        "submissions": _sent,
        "return": _returned,
        "appraisal": _appraised,
        "decision": _decided,
    }
    ask = asks.get(act)
    return None if ask is None else lambda decision: ask(visit, cell, decision)


def _sent(visit: Visit, cell: CellData, decision: Decision) -> Question:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    sent = [event.level for event in _events(decision) if isinstance(event, ReviewSubmitted)]
    superior = cell.names.body(cell.superior)
    told = {"num": len(sent), "superior": superior}
    going = ngettext(
        "%(num)d kỳ kiểm điểm được gửi lên %(superior)s.",
        "%(num)d kỳ kiểm điểm được gửi lên %(superior)s.",
        len(sent),
    )
    levels = told_counts(visit, (level or "" for level in sent))
    staying = sum(1 for row in cell.own if row.stage in _STILL_OWED) - len(sent)
    lines = [
        going % told,
        _("Mức gửi lên: %(levels)s.") % {"levels": levels},
        _("Gửi rồi không tự rút về được, không đổi được mức tự xếp loại, mức đề xuất.")
        if not cell.has_ballot
        else _(
            "Gửi rồi không tự rút về được: không bỏ phiếu lại, không đổi mức tự xếp loại, mức đề xuất. "
            "Số phiếu nhập nhầm vẫn sửa được, do người thứ hai."
        ),
        _("Chỉ %(superior)s trả lại được, có lý do; khi đó mới làm lại và báo cáo lại được.") % told,
    ]
    if staying > 0:
        rest = ngettext(
            "%(num)d kỳ chưa đủ điều kiện ở lại, gửi sau bằng một báo cáo khác.",
            "%(num)d kỳ chưa đủ điều kiện ở lại, gửi sau bằng một báo cáo khác.",
            staying,
        )
        lines.insert(2, rest % {"num": staying})
    warned = _warned(visit, cell, decision)
    unmet = [_("Chưa đạt, nhưng vẫn gửi được: %(rule)s") % {"rule": line.sentence} for line in warned]
    return Question(
        title=_("Báo cáo %(superior)s?") % told,
        consequences=(*unmet, *lines),
        clauses=tuple(line.clause for line in warned),
        submit=ngettext("Gửi báo cáo: %(num)d kỳ", "Gửi báo cáo: %(num)d kỳ", len(sent)) % told,
        style="primary",
    )


def _warned(visit: Visit, cell: CellData, decision: Decision) -> tuple[FindingLine, ...]:
    """What stops nothing and is better known before: a day or hour gone by, a count nobody confirmed."""
    found = {
        finding.rule: finding
        for change in decision.changes
        for decided in change.findings
        for finding in warnings(decided)
    }
    return tuple(finding_line(one, cell.rulebook, visit.language, cell.names) for one in found.values())


def _returned(visit: Visit, cell: CellData, decision: Decision) -> Question:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    rows = sum(isinstance(event, ReviewReturned) for event in _events(decision))
    told = {"num": rows, "body": cell.name}
    again = _("%(body)s phải báo cáo lại. Việc trả lại không rút được.")
    if cell.has_ballot:
        again = _("%(body)s phải báo cáo lại, trước đó có thể bỏ phiếu lại. Việc trả lại không rút được.")
    back = ngettext("%(num)d kỳ trở về %(body)s.", "%(num)d kỳ trở về %(body)s.", rows)
    return Question(
        title=_("Trả lại báo cáo của %(body)s?") % told,
        consequences=(
            back % told,
            _("Mức đã thẩm định cho các kỳ đó thôi dùng; báo cáo lại thì thẩm định lại."),
            again % told,
        ),
        submit=ngettext("Trả lại: %(num)d kỳ", "Trả lại: %(num)d kỳ", rows) % told,
    )


def _appraised(visit: Visit, cell: CellData, decision: Decision) -> Question:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    levels = [event.level for event in _events(decision) if isinstance(event, ReviewAppraised)]
    rows, refused = _done(decision)
    levels.extend([""] * (rows - len(levels)))  # a collective is taken note of
    told = {"num": rows, "body": cell.name}
    lines = [
        ngettext("%(num)d kỳ của %(body)s được thẩm định.", "%(num)d kỳ của %(body)s được thẩm định.", rows)
        % told,
        _("Mức thẩm định: %(levels)s.") % {"levels": told_counts(visit, levels)},
        _refused(visit, refused),
        _(BEFORE_THE_DECISION),
    ]
    return Question(
        title=_("Ghi thẩm định cho %(body)s?") % told,
        consequences=tuple(line for line in lines if line),
        submit=ngettext("Ghi thẩm định: %(num)d kỳ", "Ghi thẩm định: %(num)d kỳ", rows) % told,
        style="primary",
    )


def _decided(visit: Visit, cell: CellData, decision: Decision) -> Question:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    levels = [event.level for event in _events(decision) if isinstance(event, ReviewApproved | ReviewReRated)]
    rows, refused = _done(decision)
    told = {"num": rows, "body": cell.name}
    lines = [
        ngettext(
            "Ghi quyết định cho %(num)d kỳ của %(body)s.", "Ghi quyết định cho %(num)d kỳ của %(body)s.", rows
        )
        % told,
        _("Mức được công nhận: %(levels)s.") % {"levels": told_counts(visit, levels)} if levels else "",
        _refused(visit, refused),
        _(RECOGNISED),
    ]
    return Question(
        title=_("Ghi quyết định cho %(body)s?") % told,
        consequences=tuple(line for line in lines if line),
        submit=ngettext("Ghi quyết định: %(num)d kỳ", "Ghi quyết định: %(num)d kỳ", rows) % told,
        clauses=cited_on_annulling(cell.rulebook, visit.language),
    )


def _events(decision: Decision) -> Iterable[Event]:
    """Everything the act would append."""
    return (event for change in decision.changes for event in change.events)


def _done(decision: Decision) -> tuple[int, int]:
    """How many rows the act would do, and how many fall out of it."""
    done = sum(1 for row in decision.outcomes if row.done)
    return done, len(decision.outcomes) - done


def _refused(visit: Visit, rows: int) -> str:
    if not rows:
        return ""
    said = visit.words.ngettext(
        "%(num)d kỳ chưa được, lý do hiện sau khi ghi; các kỳ còn lại vẫn ghi.",
        "%(num)d kỳ chưa được, lý do hiện sau khi ghi; các kỳ còn lại vẫn ghi.",
        rows,
    )
    return said % {"num": rows}
