"""Coverage: row by row of a regulation, what carries it out, with which force, and where a user meets it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workflow.rules.checklists import TICKED
from workflow.rules.finding import Force
from workflow.rules.register import Register, Row, regime_of
from workflow.rules.rule import Both, Role, Rule
from workflow.rules.rulebook import Rulebook

RULE, CHECKLIST, VENUE, FLOW = "rule", "checklist", "venue", "flow"
GROUP, REQUIRED, SCOPE = "group", "required", "scope"
NO_RULE = "no_rule"

PLACES: dict[str, Both] = {
    "open_campaign": Both("khi mở kỳ kiểm điểm", "when the campaign is opened"),
    "prepare": Both("khi ghi đã chuẩn bị báo cáo, bản kiểm điểm", "when the report is recorded as prepared"),
    "record_fact": Both("khi ghi dữ kiện", "when a fact is recorded"),
    "send_draft": Both("khi gửi dự thảo", "when the draft is sent"),
    "notify_superior": Both("khi báo ngày họp lên cấp trên", "when the superior is told the day"),
    "plan_session": Both("khi định ngày họp", "when a meeting is planned"),
    "hold_session": Both("khi ghi cuộc họp kiểm điểm", "when the review session is recorded"),
    "issue_ballot": Both("khi phát phiếu", "when ballot papers are issued"),
    "count_ballot": Both("khi ghi kết quả kiểm phiếu", "when the count is recorded"),
    "propose": Both("khi đề xuất mức", "when a level is proposed"),
    "submit": Both("khi báo cáo cấp trên", "at submission"),
    "return": Both("khi trả lại", "when it is returned"),
    "appraise": Both("khi thẩm định", "at appraisal"),
    "decide": Both("khi quyết định xếp loại", "at the decision"),
    "annul": Both("khi hủy kết quả", "when a result is annulled"),
    "publish": Both("khi công bố kết quả", "when results are published"),
    "propose_reward": Both("khi đề nghị khen thưởng", "when a reward is proposed"),
    "decide_reward": Both("khi quyết định khen thưởng", "when a reward is granted"),
}
"""Each gate, as a person comes to it."""
RATING = Both(
    "khi tính mức xếp loại: bỏ phiếu, thẩm định, quyết định",
    "when the level is worked out: ballot to decision",
)
QUOTAS = Both(
    "khi chốt danh sách để báo cáo và khi quyết định", "when the list closes for submission and decision"
)
UNRATED = Both("khi mở kỳ kiểm điểm và khi bỏ phiếu", "when the campaign is opened and at the ballot")
OPENING = Both("khi mở kỳ kiểm điểm", "when the reviews are opened")
VENUES = Both("khi xếp nơi kiểm điểm của từng người", "when each person's venues are worked out")


FLOWS: dict[str, Both] = {
    "individual": Both("các bước kiểm điểm, xếp loại cá nhân", "the steps of an individual's review"),
    "collective": Both("các bước kiểm điểm, xếp loại tập thể", "the steps of a collective's review"),
    "organisation": Both("các bước xếp loại tổ chức", "the steps of an organisation's rating"),
}
WAYS: dict[str, Both] = {
    RULE: Both("quy tắc", "rule"),
    CHECKLIST: Both("mục phải đánh dấu", "checklist item"),
    VENUE: Both("nơi kiểm điểm", "venue"),
    FLOW: Both("các bước", "steps"),
    GROUP: Both("nhóm tính tỷ lệ", "quota group"),
    SCOPE: Both("phạm vi", "scope"),
    REQUIRED: Both("để cấp dưới quy định", "left to a local layer"),
    "move": Both("bước", "move"),
    "command": Both("lệnh", "command"),
    "scale": Both("thang mức", "scale"),
    "report": Both("báo cáo", "report"),
    "reward": Both("khen thưởng", "reward"),
    "plan": Both("kế hoạch khắc phục", "remediation plan"),
    "page": Both("trang", "page"),
    "deadline_page": Both("trang thời hạn", "page of deadlines"),
    "citation": Both("dẫn văn bản", "citation"),
    NO_RULE: Both("không đặt ra quy định", "orders nothing"),
}
"""What may carry a row, in words."""
FORCES: dict[str, Both] = {
    Force.REFUSE: Both("từ chối", "refuses"),
    Force.WARN: Both("cảnh báo", "warns"),
    Force.ASK_PERSON: Both("người phụ trách đánh dấu", "a person ticks it"),
    Force.INFORM: Both("thông tin", "informs"),
}
"""What a rule brings about where it does not hold, in words."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One thing that carries a row: a rule, a checklist item, a venue, a flow or what `[[carried]]` names.

    `force` is that of a rule, empty for the rest. `where` says in words where a user meets it.
    """

    way: str
    name: str
    force: str
    where: Both


@dataclass(frozen=True, slots=True)
class Covered:
    """One row and all that carries it; nothing where the row is not covered."""

    row: Row
    carriers: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every row of a register, and what is wrong: rows nobody knows, carriers that are not what they say."""

    regime: str
    rows: tuple[Covered, ...]
    unknown: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]

    @property
    def uncovered(self) -> tuple[Row, ...]:
        """The rows nothing carries."""
        return tuple(one.row for one in self.rows if not one.carriers)

    @property
    def covered(self) -> int:
        """How many rows something carries."""
        return len(self.rows) - len(self.uncovered)

    @property
    def is_whole(self) -> bool:
        """Whether every row is carried and every carrier is known."""
        return not (self.uncovered or self.unknown or self.problems)


def coverage(book: Rulebook, register: Register, commands: Collection[str]) -> Coverage:
    """What carries each row of the register. `commands` are the class names a `[[carried]]` entry may name.

    Rows that a layer's own rules name are the layer's business and are not looked up here.
    """
    known = {row.id: row for row in register.rows}
    carriers: dict[str, list[Carrier]] = {row_id: [] for row_id in known}
    unknown: list[tuple[str, str]] = []
    for row_id, carrier in _carriers(book):
        if row_id in carriers:
            carriers[row_id].append(carrier)
        elif not book.layers or regime_of(row_id) == register.regime:
            unknown.append((row_id, carrier.name or carrier.way))
    return Coverage(
        regime=register.regime,
        rows=tuple(Covered(row, tuple(carriers[row.id])) for row in register.rows),
        unknown=tuple(unknown),
        problems=tuple(_problems(book, known, commands)),
    )


def _carriers(book: Rulebook) -> Iterator[tuple[str, Carrier]]:
    for rule in book.rules:
        way = CHECKLIST if rule.condition == TICKED else RULE
        carrier = Carrier(way, rule.id, rule.force.value, place_of(rule))
        yield from ((row, carrier) for row in rule.rows)
    for venue in book.venues:
        yield from ((row, Carrier(VENUE, venue.id, "", VENUES)) for row in venue.rows)
    for kind, flow in book.flows.items():
        yield from ((row, Carrier(FLOW, kind, "", FLOWS[kind])) for row in flow.rows)
    yield from ((row, Carrier(SCOPE, "leaders", "", OPENING)) for row in book.scope.rows)
    for group in book.groups:
        yield from ((row, Carrier(GROUP, group.id, "", QUOTAS)) for row in group.rows)
    for left in book.unset:
        yield from ((row, Carrier(REQUIRED, left.id, "", left.says)) for row in left.rows)
    for entry in book.carried:
        yield from ((row, Carrier(entry.by, entry.name, "", entry.says)) for row in entry.rows)


def place_of(rule: Rule) -> Both:
    """Where a user meets the rule, in words."""
    if rule.role is Role.QUOTA:
        return QUOTAS
    if rule.role is Role.EXEMPTION:
        return UNRATED
    if rule.role in (Role.CONDITION, Role.TRIGGER, Role.OTHERWISE, Role.CAP) or not rule.gates:
        return RATING
    places = [PLACES[gate] for gate in rule.gates]
    vi, en = "; ".join(place.vi for place in places), "; ".join(place.en for place in places)
    return (
        Both(f"hướng dẫn hiện {vi}", f"guidance shown {en}") if rule.role is Role.GUIDANCE else Both(vi, en)
    )


def _problems(book: Rulebook, known: dict[str, Row], commands: Collection[str]) -> Iterator[str]:
    for entry in book.carried:
        if entry.by == "command" and entry.name not in commands:
            yield f"carried {', '.join(entry.rows)}: {entry.name!r} is no command"
        if entry.by == NO_RULE:
            for row_id in entry.rows:
                row = known.get(row_id)
                if row is not None and not row.no_rule:
                    yield f"carried {row_id}: the register does not mark it as a row without a rule"
