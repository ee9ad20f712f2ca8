"""The notice of the meeting: who is asked to come, when, to what, and who has received the draft."""

from __future__ import annotations

from api.pages.cell_data import Stored
from api.pages.cell_meeting import agenda_of
from api.pages.cell_minutes import invited
from api.pages.format import N_, day
from api.pages.prints.asked import Asked
from api.pages.prints.forms import (
    DOTS,
    head_of,
    mark_of,
    post_of,
    signed_by_head,
    when,
    where,
)
from handlers.names import name_key
from handlers.printing.papers import Cell, Column, Paper, Table, file_name
from states import review as life
from workflow.rules.rule import Rule
from workflow.rules.sentences import cited
from workflow.stages.reviewing import asks_for_draft

TITLE = N_("Giấy mời")
BEFORE_THE_MEETING = ("draft.sent_on", "notice.superior_on")
"""Facts of what has to be done some days before the meeting."""


def notice(asked: Asked) -> Paper:
    """One notice with a list to sign for it, in the order of a roll."""
    _ = asked.words.gettext
    cell = asked.cell
    return Paper(
        name=file_name(_(TITLE), cell.name, cell.campaign.year),
        head=head_of(asked, "GM", None),
        title=_(TITLE).upper(),
        subtitle=_("họp kiểm điểm, đánh giá, xếp loại năm %(year)s") % {"year": cell.campaign.year},
        opening=(_asks(asked), when(asked), where(asked), _contents(asked), *_draft(asked), *_in_time(asked)),
        tables=(_receipts(asked),),
        signatures=(signed_by_head(asked),),
        receivers=(
            _("Nơi nhận: như trên; %(superior)s (để báo cáo); lưu hồ sơ.")
            % {"superior": cell.names.body(cell.superior)},
        ),
        mark=mark_of(asked),
    )


def _asks(asked: Asked) -> str:
    _ = asked.words.gettext
    cell = asked.cell
    told = {
        "rulebook": cell.rulebook.source
        if asked.visit.language == "vi"
        else cell.rulebook.title.in_language(asked.visit.language),
        "body": cell.name,
        "year": cell.campaign.year,
    }
    if cell.is_union:
        text = _(
            "Thực hiện %(rulebook)s, %(body)s kính mời các ông, bà có tên dưới đây dự họp kiểm điểm, "
            "đánh giá, xếp loại năm %(year)s."
        )
    else:
        text = _(
            "Thực hiện %(rulebook)s, %(body)s kính mời các đồng chí có tên dưới đây dự họp kiểm điểm, "
            "đánh giá, xếp loại năm %(year)s."
        )
    return text % told


def _contents(asked: Asked) -> str:
    _ = asked.words.gettext
    items = "; ".join(item.title[:1].lower() + item.title[1:] for item in agenda_of(asked.cell, asked.words))
    return _("Nội dung: %(items)s.") % {"items": items or DOTS}


def _draft(asked: Asked) -> list[str]:
    """The draft goes with the notice; where it has gone already, on which day."""
    _ = asked.words.gettext
    cell = asked.cell
    drafts: list[Stored] = [row for row in cell.own if row.kind == life.COLLECTIVE]
    if not any(asks_for_draft(cell.rulebook, row.kind) for row in drafts):
        return []
    sent = max((row.draft_sent_on for row in drafts if row.draft_sent_on), default=None)
    if sent is None:
        return [_("Gửi kèm: dự thảo báo cáo kiểm điểm của tập thể.")]
    return [_("Dự thảo báo cáo kiểm điểm của tập thể đã gửi ngày %(day)s.") % {"day": day(sent)}]


def _in_time(asked: Asked) -> list[str]:
    """What the regulation asks to be done some days before, each rule once."""
    book = asked.cell.rulebook
    kinds = dict.fromkeys(row.kind for row in asked.cell.here)
    rules: dict[str, Rule] = {
        rule.id: rule
        for kind in kinds
        for rule in book.rules_at("hold_session", kind)
        if book.facts_of_rule(rule) & {*BEFORE_THE_MEETING}
    }
    language = asked.visit.language
    said = dict.fromkeys(
        f"{rule.says.in_language(language).rstrip('.')} ({cited(rule, language)})." for rule in rules.values()
    )
    return list(said)


def _receipts(asked: Asked) -> Table:
    _ = asked.words.gettext
    cell = asked.cell
    people = sorted(invited(cell), key=lambda one: (name_key(cell.names.person(one)), one))
    rows: list[tuple[Cell, ...]] = [
        (place, cell.names.person(person), post_of(asked, person), None, None)
        for place, person in enumerate(people, start=1)
    ]
    superior = _("Đại diện %(body)s") % {"body": cell.names.body(cell.superior)}
    rows.append((len(rows) + 1, superior, _("Cấp trên dự họp"), None, None))
    return Table(
        columns=(
            Column(title=_("TT"), width=6, align="center"),
            Column(title=_("Họ và tên"), width=32),
            Column(title=_("Chức vụ"), width=24),
            Column(title=_("Ngày nhận"), width=14, align="center"),
            Column(title=_("Ký nhận"), width=18),
        ),
        rows=tuple(rows),
    )
