"""Every way a command can be refused, each with the sentence that helps.

Refusal
├── NotFound            nothing of that name
├── AlreadyThere        a name that is taken
├── WrongStage          the table has no such move from here
├── NotAllowed          the table names other roles, or another body
├── RulesFail           one or more rules of the campaign's rulebook fail
├── Blocked             a flag beside the stage is open
├── InConflict          who acts is the subject, or too close to it
├── BadInput            a field that cannot be right, whatever the rules say
├── LayerNeeded         values a regime leaves to local layers and nobody has set
├── BadCounts           counts that do not add up
├── StaleVersion        somebody else acted since the page was opened
├── KeyReused           the same idempotency key with another body
└── Busy                colleagues act at the same moment; nothing was done
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from states.roles import NAMES as ROLE_NAMES
from states.roles import Role
from workflow.naming import CONFLICT_WORDS, NOUNS, TRIGGER_NAMES
from workflow.rules.finding import Finding
from workflow.rules.required import Required
from workflow.rules.rule import Both


def day(value: object) -> str:
    """A date as offices write it, dd/mm/yyyy."""
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)


@dataclass(eq=False)
class Refusal(Exception, ABC):
    """A command that was not carried out. Subclasses take the facts and build the sentence."""

    @property
    @abstractmethod
    def vi(self) -> str:
        """What is wrong and what to do, in Vietnamese."""

    @property
    @abstractmethod
    def en(self) -> str:
        """The same in English."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rules that failed, where rules were the reason."""
        return ()

    def __str__(self) -> str:
        return self.en


@dataclass(eq=False)
class NotFound(Refusal):
    """Nothing of that name exists, or nothing the asker may see."""

    what: str
    name: str

    @property
    def vi(self) -> str:
        return f"Không tìm thấy {NOUNS.get(self.what, (self.what,))[0]} “{self.name}”. Kiểm tra lại mã."

    @property
    def en(self) -> str:
        return f"There is no {NOUNS.get(self.what, ('', self.what))[1]} “{self.name}”. Check the code."


@dataclass(eq=False)
class AlreadyThere(Refusal):
    """A name that is taken."""

    what: str
    name: str

    @property
    def vi(self) -> str:
        return f"{NOUNS.get(self.what, (self.what,))[0].capitalize()} “{self.name}” đã có. Chọn mã khác."

    @property
    def en(self) -> str:
        return f"The {NOUNS.get(self.what, ('', self.what))[1]} “{self.name}” exists. Choose another code."


@dataclass(eq=False)
class WrongStage(Refusal):
    """The table has no such move from where the thing stands."""

    what: str
    name: str
    trigger: str
    stage: tuple[str, str]
    possible: tuple[str, ...] = ()

    @property
    def vi(self) -> str:
        noun = NOUNS.get(self.what, (self.what,))[0]
        act = TRIGGER_NAMES.get(self.trigger, (self.trigger,))[0]
        way = ", ".join(TRIGGER_NAMES.get(name, (name,))[0] for name in self.possible)
        then = f" Việc có thể làm lúc này: {way}." if way else " Không còn bước nào phía sau."
        return f"{noun.capitalize()} {self.name} đang ở bước “{self.stage[0]}” nên chưa thể {act}.{then}"

    @property
    def en(self) -> str:
        noun = NOUNS.get(self.what, ("", self.what))[1]
        act = TRIGGER_NAMES.get(self.trigger, ("", self.trigger))[1]
        way = ", ".join(TRIGGER_NAMES.get(name, ("", name))[1] for name in self.possible)
        then = f" Possible now: {way}." if way else " Nothing follows."
        return f"The {noun} {self.name} stands at “{self.stage[1]}”, so one cannot {act}.{then}"


@dataclass(eq=False)
class NotAllowed(Refusal):
    """Somebody else has to do this."""

    name: str
    trigger: str
    role: Role
    body: str
    by: frozenset[Role]
    where: str

    @property
    def vi(self) -> str:
        act = TRIGGER_NAMES.get(self.trigger, (self.trigger,))[0]
        who = ", ".join(ROLE_NAMES[role][0] for role in sorted(self.by))
        return (
            f"Với tư cách {ROLE_NAMES[self.role][0]} tại {self.body or '(không rõ)'}, bạn không được "
            f"{act} cho {self.name}. Việc này do {who} của {self.where} thực hiện."
        )

    @property
    def en(self) -> str:
        act = TRIGGER_NAMES.get(self.trigger, ("", self.trigger))[1]
        who = ", ".join(ROLE_NAMES[role][1] for role in sorted(self.by))
        return (
            f"As {ROLE_NAMES[self.role][1]} at {self.body or '(unknown)'} one may not {act} for {self.name}. "
            f"It is done by: {who} of {self.where}."
        )


@dataclass(eq=False)
class RulesFail(Refusal):
    """Rules of the rulebook fail; every one of them is listed with its sentence.

    `each` tells, finding by finding, the review it is about (empty for the command itself) and its
    sentence in Vietnamese and English.
    """

    name: str
    failed: tuple[Finding, ...]
    sentences_vi: tuple[str, ...]
    sentences_en: tuple[str, ...]
    may_report: bool = False
    each: tuple[tuple[str, str, str], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.failed

    @property
    def vi(self) -> str:
        way = (
            " Nếu việc đã diễn ra thật như vậy, ghi nhận đúng ngày thật và đánh dấu “đã diễn ra như vậy”."
            if self.may_report
            else ""
        )
        return f"{self.name}: {' '.join(self.sentences_vi)}{way}"

    @property
    def en(self) -> str:
        way = (
            " If it really took place so, record the true day and tick “took place as stated”."
            if self.may_report
            else ""
        )
        return f"{self.name}: {' '.join(self.sentences_en)}{way}"


@dataclass(eq=False)
class Blocked(Refusal):
    """A flag beside the stage is open and holds this move."""

    name: str
    flag_vi: str
    flag_en: str
    way_vi: str
    way_en: str
    rules: tuple[str, ...] = ()

    @property
    def vi(self) -> str:
        because = f" ({', '.join(self.rules)})" if self.rules else ""
        return f"{self.name} đang có dấu “{self.flag_vi}”{because}. Cách gỡ: {self.way_vi}."

    @property
    def en(self) -> str:
        because = f" ({', '.join(self.rules)})" if self.rules else ""
        return f"{self.name} is marked “{self.flag_en}”{because}. The way on: {self.way_en}."


@dataclass(eq=False)
class InConflict(Refusal):
    """Somebody may not chair, count, appraise or decide about whom he is too close to (C-09).

    `what` is one of the words of `CONFLICT_WORDS`; each pair is a person and the review concerned.
    """

    what: str
    pairs: tuple[tuple[str, str], ...]
    may_report: bool = False

    @property
    def vi(self) -> str:
        act, way = CONFLICT_WORDS[self.what][0]
        reviews = ", ".join(review for _, review in self.pairs)
        if self.what in OF_THE_ASKER:
            return f"Bạn có xung đột lợi ích với {reviews} nên không {act}. {way} (C-09)."
        told = "; ".join(f"{person} với {review}" for person, review in self.pairs)
        report = (
            " Nếu việc đã diễn ra thật như vậy, đánh dấu “đã diễn ra như vậy”." if self.may_report else ""
        )
        return f"Người có xung đột lợi ích không {act}: {told}. {way} (C-09).{report}"

    @property
    def en(self) -> str:
        act, way = CONFLICT_WORDS[self.what][1]
        reviews = ", ".join(review for _, review in self.pairs)
        if self.what in OF_THE_ASKER:
            return f"You have a conflict of interest about {reviews} and may not {act}. {way} (C-09)."
        told = "; ".join(f"{person} about {review}" for person, review in self.pairs)
        report = " If it really took place so, tick “took place as stated”." if self.may_report else ""
        return f"Who has a conflict of interest may not {act}: {told}. {way} (C-09).{report}"


OF_THE_ASKER = frozenset({"enter_count", "appraise", "decide"})
"""What whoever asks would do himself; the others are done by people he names."""


@dataclass(eq=False)
class BadInput(Refusal):
    """A field that cannot be right, whatever the rules say."""

    field: str
    value: str
    wrong_vi: str
    wrong_en: str

    @property
    def vi(self) -> str:
        return f"{self.field}: “{self.value}” {self.wrong_vi}"

    @property
    def en(self) -> str:
        return f"{self.field}: “{self.value}” {self.wrong_en}"


@dataclass(eq=False)
class LayerNeeded(Refusal):
    """A regime that is no whole without a local layer; every value still to be set is named."""

    title: Both
    unset: tuple[Required, ...]

    @property
    def vi(self) -> str:
        each = (one.says.vi.rstrip(".") for one in self.unset)
        wanted = "; ".join(f"{number}) {said}" for number, said in enumerate(each, start=1))
        return (
            f"Chưa lập được đợt theo “{self.title.vi}”: văn bản chưa nêu đủ, lớp quy định của địa phương, "
            f"đơn vị còn phải đặt, mỗi giá trị kèm văn bản của mình: {wanted}."
        )

    @property
    def en(self) -> str:
        each = (one.says.en.rstrip(".") for one in self.unset)
        wanted = "; ".join(f"{number}) {said}" for number, said in enumerate(each, start=1))
        return (
            f"No campaign can be planned under “{self.title.en}”: the text leaves values open that a local "
            f"layer still has to set, each with its own document: {wanted}."
        )


@dataclass(eq=False)
class BadCounts(Refusal):
    """Counts of one sheet that do not add up; names the sum that is wrong."""

    name: str
    sum_vi: str
    sum_en: str

    @property
    def vi(self) -> str:
        return f"{self.name}: số phiếu không khớp: {self.sum_vi} Kiểm lại biên bản kiểm phiếu."

    @property
    def en(self) -> str:
        return f"{self.name}: the counts do not add up: {self.sum_en} Check the count minutes."


@dataclass(eq=False)
class StaleVersion(Refusal):
    """Somebody else acted since the page was opened."""

    name: str
    expected: int
    actual: int

    @property
    def vi(self) -> str:
        return (
            f"{self.name} đã có người khác cập nhật (bản {self.actual}, bạn đang xem bản {self.expected}). "
            "Tải lại trang rồi làm tiếp; những gì bạn đã nhập vẫn còn trong biểu mẫu."
        )

    @property
    def en(self) -> str:
        return (
            f"{self.name} was changed by somebody else (version {self.actual}, you saw {self.expected}). "
            "Load it again and go on; what you typed is still in the form."
        )


@dataclass(eq=False)
class KeyReused(Refusal):
    """The same idempotency key came with another body."""

    key: str

    @property
    def vi(self) -> str:
        return f"Khóa chống gửi trùng “{self.key}” đã dùng cho nội dung khác. Gửi lại với khóa mới."

    @property
    def en(self) -> str:
        return f"The idempotency key “{self.key}” was used with another body. Send again with a new key."


@dataclass(eq=False)
class Busy(Refusal):
    """Colleagues acted at the same moment three times in a row; nothing was done."""

    name: str

    @property
    def vi(self) -> str:
        return f"{self.name}: nhiều người đang cập nhật cùng lúc, chưa ghi gì cả. Thử lại sau ít giây."

    @property
    def en(self) -> str:
        return f"{self.name}: several people act at the same moment, nothing was written. Try again shortly."
