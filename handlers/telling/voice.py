"""In which language a history is told, by which names and with the clauses of which rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from handlers.names import Names
from states.grant import EVERYWHERE
from states.levels import NAMES as LEVEL_NAMES
from states.roles import NAMES as ROLE_NAMES
from states.roles import Role
from workflow.conflicts import RULE as CONFLICT_OF_INTEREST
from workflow.rules.rule import Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import label, value_text
from workflow.rules.values import FactValue
from workflow.rules.vocabulary import VOCABULARY

LANGUAGES = ("vi", "en")
_ROLE_VALUES = frozenset(role.value for role in Role)

_SHORT_ROLES: dict[Role, tuple[str, str]] = {
    Role.SECRETARY: ("bí thư", "secretary"),
    Role.ORGANISATION_BOARD: ("ban tổ chức", "organisation board"),
    Role.SUPERIOR_COMMITTEE: ("cấp ủy có thẩm quyền", "deciding committee"),
    Role.SUPERIOR_DELEGATE: ("đại diện cấp trên", "delegate of the superior"),
    Role.OFFICER: ("cán bộ phụ trách", "officer in charge"),
}
"""Shorter words than the table of roles has, for the end of a line."""

_PARTY_NAMES = ("Chi bộ", "Đảng bộ", "Đảng ủy", "Tổ đảng")
"""How the names of Party organisations begin."""

_KINDS: dict[str, tuple[str, str]] = {
    "member": ("đồng chí", "comrade"),
    "leader": ("đồng chí", "comrade"),
    "collective": ("tập thể cấp ủy", "the committee of"),
    "organisation": ("", ""),
}
"""What stands before the name of a review's subject, by the second part of the review's id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Words for what an event holds as codes. Without a rulebook a rule is shown by its id.

    `about` is the stream whose history is told, empty where that does not matter to the words.
    """

    language: str = "vi"
    about: str = ""
    names: Names = field(default_factory=Names)
    rulebook: Rulebook | None = None

    def pick(self, vi: str, en: str) -> str:
        """The sentence in the reader's language."""
        return en if self.language == "en" else vi

    @property
    def of_a_body(self) -> bool:
        """Whether the history is that of a collective or an organisation, not of a person."""
        return ".collective." in self.about or ".organisation." in self.about

    def day(self, value: date) -> str:
        """dd/mm/yyyy, in both languages."""
        return f"{value:%d/%m/%Y}"

    def level(self, code: str) -> str:
        """“Hoàn thành tốt nhiệm vụ”, with its marks."""
        names = LEVEL_NAMES.get(code)
        return f"“{self.pick(*names)}”" if names else f"“{code}”"

    def person(self, person_id: str) -> str:
        """A person by name."""
        return self.names.person(person_id)

    def body(self, body_id: str) -> str:
        """A body by name."""
        return self.names.body(body_id)

    def whoever(self, some_id: str) -> str:
        """A person or a body by name, whichever the id is known as."""
        return self.names.bodies.get(some_id) or self.names.person(some_id)

    def subject(self, review_id: str) -> str:
        """Whom or what a review is about: “đồng chí Nguyễn Văn An”, “Chi bộ Kho vận”."""
        parts = review_id.split(".", 2)
        lead = self.pick(*_KINDS.get(parts[1], ("", ""))) if len(parts) == 3 else ""
        return f"{lead} {self.names.whose(review_id, self.language)}".strip()

    def capacity(self, capacity: str) -> str:
        """“bí thư Chi bộ Kho vận” for `secretary@CB03`."""
        name, _, body = capacity.partition("@")
        if name not in _ROLE_VALUES:
            return capacity
        role = Role(name)
        words = self.pick(*_SHORT_ROLES.get(role, ROLE_NAMES[role]))
        named = self.names.bodies.get(body, "")
        if role is Role.SECRETARY and named and not named.startswith(_PARTY_NAMES):
            words = self.pick("người phụ trách", "head")  # only a Party organisation has a secretary
        if not body or body == EVERYWHERE:
            return words
        return f"{words} {self.pick('', 'of ')}{self.body(body)}"

    def actor(self, actor: str, capacity: str) -> str:
        """“Trần Thị Bích, bí thư Chi bộ Kho vận”; somebody without a name is the capacity alone."""
        named = self.names.people.get(actor)
        return f"{named}, {self.capacity(capacity)}" if named else self.capacity(capacity)

    def entered(self, actor: str, capacity: str, on: date, owner: str = "") -> str:
        """Who entered something on a day: by whose delegation, and for whom where it is `owner`'s own act."""
        said = self.actor(actor, capacity)
        holder = self.names.acted_for(actor, capacity, on)
        if holder:
            name = self.person(holder)
            said += self.pick(f", theo ủy quyền của {name}", f", by delegation of {name}")
        if owner and owner not in (actor, holder):
            name = self.person(owner)
            said += self.pick(f", nhập thay đồng chí {name}", f", entered for {name}")
        return said

    def clause(self, rule_id: str) -> str:
        """“(DUK-2016, II.3.1)”; the id where no rulebook is at hand or it lacks the rule."""
        rule = self._found(rule_id)
        return f"({rule.cite})" if rule else f"({rule_id})"

    def rule(self, rule_id: str) -> str:
        """What the rule says, with its clause and without a full stop."""
        if rule_id == CONFLICT_OF_INTEREST:
            return self.pick(
                "người có xung đột lợi ích không chủ trì (C-09)",
                "who has a conflict of interest does not chair (C-09)",
            )
        rule = self._found(rule_id)
        if rule is None:
            return self.pick(f"quy định {rule_id}", f"rule {rule_id}")
        return f"{rule.says.in_language(self.language).rstrip('. ')} ({rule.cite})"

    def item(self, item: str) -> str:
        """What a checklist item says, with its clause; the item itself where no rule asks for it."""
        rules = self.rulebook.rules if self.rulebook else ()
        found = next((rule for rule in rules if rule.parameters.get("item") == item), None)
        return self.rule(found.id) if found else item

    def rules(self, rule_ids: Iterable[str]) -> str:
        """Several rules after one another."""
        return "; ".join(self.rule(rule_id) for rule_id in rule_ids)

    def fact(self, name: str) -> str:
        """The name of a fact."""
        return label(name, self.language)

    def value(self, name: str, value: FactValue) -> str:
        """The value of a fact; points and days were stored as text and are read as what they are."""
        kind = VOCABULARY.get(name)
        if kind is not None and isinstance(value, str):
            value = _typed(kind.type, value)
        return value_text(value, self.language)

    def paper(self, document: str | None) -> str:
        """“ (văn bản 05-BC/ĐU)”, nothing where there is none."""
        return f" ({self.pick('văn bản', 'document')} {document})" if document else ""

    def because(self, reason: str | None) -> str:
        """“: lý do”, nothing where there is none; without the full stop the sentence adds."""
        return f": {reason.strip().rstrip('.')}" if reason and reason.strip() else ""

    def _found(self, rule_id: str) -> Rule | None:
        if self.rulebook is None:
            return None
        try:
            return self.rulebook.rule(rule_id)
        except KeyError:  # a rule of an older rulebook
            return None


def _typed(kind: type, text: str) -> FactValue:
    """The text as the value it was written from; the text itself where it is none (an old entry)."""
    try:
        if kind is Decimal:
            return Decimal(text)
        if kind is date:
            return date.fromisoformat(text)
    except (InvalidOperation, ValueError):
        return text
    if kind is bool and text in ("True", "False"):
        return text == "True"
    return text
