"""Every single act on a review that a form asks for: its address, its fields, the command it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from api.pages.format import N_, day
from api.pages.review_offers import (
    About,
    entries,
    flags_to_raise,
    items_ticked,
    items_to_tick,
    levels,
    levels_put,
    open_flags,
    proposers,
    rules_to_except,
    sheets,
    ticks_at,
)
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField
from states import review as life
from workflow.commands.asking import ReviewCommand
from workflow.commands.beside import AuthoriseException, ClearFlag, CorrectEntry, Pause, RaiseFlag, Resume
from workflow.commands.deciding import Annul, StartRound
from workflow.commands.meeting import AnnounceResult, CloseUnrated, CorrectCount, MarkAbsent, RepeatBallot
from workflow.commands.preparing import NotifySuperior, Prepare, ProposeLevel, RateSelf, SendDraft, TickItems
from workflow.rules.flow import PASSED
from workflow.stages.reviewing import asks_for_draft

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of an act. `offers` gives the options of a select; `several` makes one tick of each."""

    name: str
    label: str
    kind: Literal["text", "day", "number", "select", "textarea", "tick"] = "text"
    required: bool = True
    hint: str = ""
    offers: Callable[[About], tuple[Choice, ...]] | None = None
    several: bool = False
    as_tuple: bool = False
    """The command takes a tuple: of what was ticked, or of the one value chosen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """A move of the table as a form: POST /r/{review}/{noun}."""

    noun: str
    trigger: str
    command: type[ReviewCommand | CorrectCount]
    title: str
    submit: str
    fields: tuple[Field, ...]
    text: str = ""
    leads_on: bool = False
    """Whether it moves the life on: its button is the filled one."""

    of_review: bool = True
    """Whether it is the review that must not have changed since the form was shown."""


ON = Field(name="on", label=N_("Ngày"), kind="day")
REASON = Field(name="reason", label=N_("Lý do"), kind="textarea")
DOCUMENT = Field(name="document", label=N_("Số văn bản"))
LEVEL = Field(name="level", label=N_("Mức"), kind="select", offers=levels)


def _ticks(name: str, offers: Callable[[About], tuple[Choice, ...]], *, required: bool = True) -> Field:
    """One tick for each item offered."""
    return Field(
        name=name, label="", kind="tick", required=required, offers=offers, several=True, as_tuple=True
    )


ACTS: tuple[Act, ...] = (
    Act(
        noun="preparation",
        trigger="prepare",
        command=Prepare,
        title=N_("Ghi đã có bản kiểm điểm"),
        submit=N_("Ghi đã chuẩn bị"),
        leads_on=True,
        fields=(
            ON,
            Field(name="document", label=N_("Số hoặc tên văn bản"), required=False),
            _ticks("ticked", ticks_at("prepare"), required=False),
        ),
    ),
    Act(
        noun="ticks",
        trigger="tick_items",
        command=TickItems,
        title=N_("Xác nhận các mục của danh mục kiểm tra"),
        text=N_("Những điều chỉ con người đánh giá được; người xác nhận được ghi lại."),
        submit=N_("Ghi xác nhận"),
        fields=(
            ON,
            _ticks("ticked", items_to_tick),
        ),
    ),
    Act(
        noun="unticks",
        trigger="tick_items",
        command=TickItems,
        title=N_("Bỏ xác nhận một mục đã đánh dấu"),
        submit=N_("Bỏ xác nhận"),
        fields=(
            ON,
            _ticks("unticked", items_ticked),
        ),
    ),
    Act(
        noun="self-rating",
        trigger="rate_self",
        command=RateSelf,
        title=N_("Ghi mức tự xếp loại"),
        submit=N_("Ghi mức tự xếp loại"),
        fields=(LEVEL, ON),
    ),
    Act(
        noun="proposal",
        trigger="propose",
        command=ProposeLevel,
        title=N_("Đề xuất mức xếp loại"),
        submit=N_("Đề xuất"),
        fields=(
            LEVEL,
            ON,
            Field(name="by", label=N_("Nơi đề xuất"), kind="select", offers=proposers),
        ),
    ),
    Act(
        noun="draft",
        trigger="send_draft",
        command=SendDraft,
        title=N_("Ghi đã gửi dự thảo"),
        text=N_("Ngày ghi là ngày người dự họp cuối cùng nhận được."),
        submit=N_("Ghi đã gửi"),
        leads_on=True,
        fields=(
            ON,
            Field(name="recipients", label=N_("Số người nhận"), kind="number"),
            Field(
                name="minor", label=N_("Chỉ sửa nhỏ, không tính lại ngày gửi"), kind="tick", required=False
            ),
            _ticks("ticked", ticks_at("send_draft"), required=False),
        ),
    ),
    Act(
        noun="notice",
        trigger="notify_superior",
        command=NotifySuperior,
        title=N_("Báo cấp trên ngày kiểm điểm"),
        submit=N_("Ghi đã báo"),
        fields=(ON, Field(name="attachments", label=N_("Có gửi kèm dự thảo"), kind="tick", required=False)),
    ),
    Act(
        noun="absence",
        trigger="mark_absent",
        command=MarkAbsent,
        title=N_("Ghi vắng mặt"),
        text=N_("Được kiểm điểm ở kỳ sinh hoạt gần nhất có mặt."),
        submit=N_("Ghi vắng"),
        fields=(ON,),
    ),
    Act(
        noun="announcement",
        trigger="announce",
        command=AnnounceResult,
        title=N_("Công bố kết quả tại chi bộ"),
        submit=N_("Ghi đã công bố"),
        fields=(ON,),
    ),
    Act(
        noun="closing",
        trigger="close_unrated",
        command=CloseUnrated,
        title=N_("Kết thúc, không xếp loại"),
        text=N_("Chỉ được khi có điều khoản nói không xếp loại."),
        submit=N_("Kết thúc"),
        fields=(ON,),
    ),
    Act(
        noun="repeated-ballot",
        trigger="repeat_ballot",
        command=RepeatBallot,
        title=N_("Bỏ phiếu lại"),
        submit=N_("Mở lại phần bỏ phiếu"),
        fields=(REASON,),
    ),
    Act(
        noun="pause",
        trigger="pause",
        command=Pause,
        title=N_("Tạm dừng kiểm điểm"),
        submit=N_("Tạm dừng"),
        fields=(ON, REASON),
    ),
    Act(
        noun="resumption",
        trigger="resume",
        command=Resume,
        title=N_("Tiếp tục sau khi có kết luận"),
        submit=N_("Tiếp tục"),
        leads_on=True,
        fields=(ON, Field(name="conclusion", label=N_("Kết luận số"))),
    ),
    Act(
        noun="annulment",
        trigger="annul",
        command=Annul,
        title=N_("Hủy kết quả đã công nhận"),
        text=N_("Kết quả cũ vẫn còn trong hồ sơ. Sau đó mở vòng mới."),
        submit=N_("Hủy kết quả"),
        fields=(ON, REASON, DOCUMENT),
    ),
    Act(
        noun="round",
        trigger="start_round",
        command=StartRound,
        title=N_("Mở vòng mới"),
        submit=N_("Mở vòng mới"),
        leads_on=True,
        fields=(ON,),
    ),
    Act(
        noun="exception",
        trigger="authorise_exception",
        command=AuthoriseException,
        title=N_("Cho phép ngoại lệ bằng văn bản"),
        text=N_("Ngoại lệ đi cùng kỳ kiểm điểm mãi về sau và nằm trong danh sách của kiểm tra."),
        submit=N_("Cho phép"),
        fields=(
            Field(
                name="rules",
                label=N_("Điều được phép làm khác"),
                kind="select",
                offers=rules_to_except,
                as_tuple=True,
            ),
            ON,
            REASON,
            DOCUMENT,
        ),
    ),
    Act(
        noun="flag",
        trigger="raise_flag",
        command=RaiseFlag,
        title=N_("Đánh dấu"),
        submit=N_("Đánh dấu"),
        fields=(Field(name="flag", label=N_("Dấu"), kind="select", offers=flags_to_raise), ON, REASON),
    ),
    Act(
        noun="cleared-flag",
        trigger="clear_flag",
        command=ClearFlag,
        title=N_("Gỡ dấu"),
        submit=N_("Gỡ dấu"),
        fields=(Field(name="flag", label=N_("Dấu"), kind="select", offers=open_flags), ON, REASON),
    ),
    Act(
        noun="correction",
        trigger="correct_entry",
        command=CorrectEntry,
        title=N_("Sửa chỗ nhập nhầm"),
        text=N_("Người sửa phải khác người đã nhập; cả hai giá trị đều được giữ lại."),
        submit=N_("Sửa"),
        fields=(
            Field(name="entry", label=N_("Chỗ nhập nhầm"), kind="select", offers=entries),
            Field(name="now", label=N_("Giá trị đúng theo giấy")),
            REASON,
        ),
    ),
    Act(
        noun="count-correction",
        trigger="correct_vote",
        command=CorrectCount,
        title=N_("Sửa số phiếu nhập nhầm"),
        text=N_("Người sửa phải khác người đã nhập; kết quả bỏ phiếu được xét lại theo số đúng."),
        submit=N_("Sửa số phiếu"),
        of_review=False,
        fields=(
            Field(name="ballot", label=N_("Phiếu"), kind="select", offers=sheets),
            Field(name="level", label=N_("Mức"), kind="select", offers=levels_put),
            Field(name="now", label=N_("Số phiếu đúng theo biên bản kiểm phiếu"), kind="number"),
            REASON,
        ),
    ),
)

BY_NOUN: Mapping[str, Act] = {act.noun: act for act in ACTS}


def possible(act: Act, about: About) -> bool:
    """Whether the act makes sense beyond the table: the regime has it, a select has something to offer."""
    if act.trigger == "send_draft" and about.rulebook.flow(about.outlook.review.kind).draft == PASSED:
        return False
    return not any(
        field.required
        and (field.kind == "select" or field.several)
        and field.offers is not None
        and not field.offers(about)
        for field in act.fields
    )


def leads_on(act: Act, about: About) -> bool:
    """Whether the act moves this review on now: it changes the stage, and the rules ask for it."""
    review = about.outlook.review
    step = life.TABLE.step(act.trigger, review.stage, review.kind, review.remembered)
    if not act.leads_on or step is None or step.target == review.stage:
        return False
    return act.trigger != "send_draft" or asks_for_draft(about.rulebook, review.kind)


def form_of(act: Act, about: About, command_id: str, typed: Typed | None = None) -> ActionForm:
    """The form of an act: as usual, or as typed with what is wrong beside each field."""
    _ = about.words.gettext
    fields: list[FormField] = []
    for field in act.fields:
        offered = field.offers(about) if field.offers else ()
        if field.several:
            fields.extend(
                FormField(
                    name=f"{field.name}.{choice.value}",
                    label=choice.label,
                    kind="tick",
                    value="on" if typed and typed.raw(f"{field.name}.{choice.value}") else "",
                )
                for choice in offered
            )
            continue
        usual = day(about.today) if field.kind == "day" else ""
        fields.append(
            FormField(
                name=field.name,
                label=_(field.label),
                kind=field.kind,
                value=typed.raw(field.name) if typed else usual,
                hint=_(field.hint) if field.hint else "",
                error=typed.errors.get(field.name, "") if typed else "",
                required=field.required,
                choices=offered,
            )
        )
    review = about.outlook.review
    return ActionForm(
        action=f"/r/{review.id}/{act.noun}",
        submit=_(act.submit),
        fields=tuple(fields),
        command_id=command_id,
        expected_version=str(review.version) if act.of_review else "",
        style="primary" if leads_on(act, about) else "plain",
    )


def command_of(act: Act, about: About, typed: Typed) -> ReviewCommand | CorrectCount | None:
    """The command a posted form asks for; None where a field is wrong, which `typed.errors` then names."""
    values: Values = {"review": about.outlook.review.id}
    for field in act.fields:
        offered = tuple(choice.value for choice in field.offers(about)) if field.offers else ()
        if field.several:
            values[field.name] = tuple(one for one in offered if typed.tick(f"{field.name}.{one}"))
            continue
        value = _read(field, offered, typed)
        values[field.name] = (value,) if field.as_tuple else value
    return None if typed.errors else act.command(**values)


def _read(field: Field, offered: tuple[str, ...], typed: Typed) -> object:
    if field.kind == "day":
        return typed.day(field.name)
    if field.kind == "number":
        return typed.number(field.name)
    if field.kind == "tick":
        return typed.tick(field.name)
    if field.kind == "select":
        return typed.one_of(field.name, offered, required=field.required)
    text = typed.text(field.name, required=field.required)
    return text if text or field.required else None
