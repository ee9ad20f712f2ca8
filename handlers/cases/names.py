"""Short names in a story: people by code or name, reviews by whom they are about, actors by their office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.cases.facts import near
from handlers.cases.places import Say
from handlers.cases.roster import ShortRoster
from states import review as life
from states.roles import ACTS_AT_OWN_BODY, ACTS_FROM_ABOVE, Role
from workflow.commands.asking import Actor
from workflow.rules.checklists import item_names
from workflow.rules.rule import GATES
from workflow.rules.rulebook import Rulebook

FULL_ACTOR = re.compile(r"(?P<role>[a-z_]+)@(?P<body>[\w.-]+):(?P<id>[\w.-]+)")
ACTOR = re.compile(r"(?P<role>[a-z_]+)(?: of (?P<body>[\w.-]+))?(?: as (?P<id>.+))?")
OF_ONE = re.compile(r"(?P<quality>[a-z_]+) (?P<subject>\S+)")
MEMBERS_OF = re.compile(r"members of (?P<body>\S+)")
MEMBER = re.compile(r"member (?P<id>.+)")
KINDS = {"collective": life.COLLECTIVE, "organisation": life.ORGANISATION}
"""The quality in a review's id -> the kind of review; every other quality is a person's."""


@dataclass
class Names:
    """What the names of a story mean. `places` remembers whose a meeting, ballot or report is."""

    campaign: str
    organisation: str
    superior: str
    roster: ShortRoster
    book: Rulebook
    aliases: Mapping[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    @property
    def rulebook(self) -> str:
        """The name of the rulebook of the story."""
        return self.book.id

    def items(self, told: Any, review: str) -> list[str]:
        """Checklist items as a story names them: "all" is every one there is for this kind of review.

        "all of prepare" is every one asked for at that gate. A name with a hyphen before it is left out
        again.
        """
        named = told if isinstance(told, list) else [told]
        found: list[str] = []
        for item in map(str, named):
            gates = tuple(gate for gate in GATES if item == f"all of {gate}")
            if item == "all" or gates:
                kind = KINDS.get(review.split(".")[-2] if review.count(".") >= 2 else "", life.INDIVIDUAL)
                found += item_names(self.book, kind, *gates)
            elif item.startswith("-"):
                found = [one for one in found if one != item[1:]]
            else:
                found.append(item)
        return list(dict.fromkeys(found))

    def reviews(self, value: Any, say: Say, within: tuple[str, ...] = ()) -> list[str]:
        """The ids of the reviews a name stands for; a list stands for all it names.

        `within` are the names of one's own it was reached by, none of which is looked up again.
        """
        if isinstance(value, (list, tuple)):
            return [review for item in value for review in self.reviews(item, say, within)]
        text = str(value)
        if text in self.aliases and text not in within:
            return self.reviews(self.aliases[text], say, (*within, text))
        if text.startswith(f"{self.campaign}.") or text.count(".") >= 2:
            return [text]
        of_body = MEMBERS_OF.fullmatch(text)
        if of_body:
            people = self.roster.people_of(of_body["body"])
            if not people:
                say(f"“{text}”: không có ai ở đó.", f"“{text}”: there is nobody there.")
            return [f"{self.campaign}.member.{person}" for person in people]
        of_one = OF_ONE.fullmatch(text)
        if of_one and self._subject(of_one["subject"]):
            return [f"{self.campaign}.{of_one['quality']}.{self._subject(of_one['subject'])}"]
        person = self.person(text)
        if person is not None:
            return [f"{self.campaign}.member.{person}"]
        if text in self.roster.organisations:
            say(
                f"“{text}” có thể là hai: viết “collective {text}” hoặc “organisation {text}”.",
                f"“{text}” may be two: write “collective {text}” or “organisation {text}”.",
            )
            return []
        known = [*self.aliases, *self.roster.people, *self.roster.told_names().values()]
        say(
            f"không rõ “{text}” là kỳ kiểm điểm của ai.{near(text, known, 'vi')}",
            f"it is not clear whose review “{text}” is.{near(text, known, 'en')}",
        )
        return []

    def person(self, text: str) -> str | None:
        """The code of a person by code, whole name, or the last word of a name only one person has."""
        alias = self.aliases.get(text)
        if isinstance(alias, str) and alias in self.roster.people:
            return alias
        if text in self.roster.people:
            return text
        told = self.roster.told_names()
        whole = [code for code, name in told.items() if name == text]
        given = [code for code, name in told.items() if name.split()[-1] == text]
        for found in (whole, given):
            if len(found) == 1:
                return found[0]
        return None

    def actor(self, text: str, fields: Mapping[str, Any], say: Say) -> Actor | None:
        """Who acts: `secretary`, `secretary of CB01`, `member Bình`, `officer as BTC-01`, `role@BODY:ID`."""
        alias = self.aliases.get(text)
        text = alias if isinstance(alias, str) else text
        member = MEMBER.fullmatch(text)
        found = FULL_ACTOR.fullmatch(text) or ACTOR.fullmatch(text)
        roles = [role.value for role in Role]
        if member and not text.startswith(("member of", "member as")):
            person = self.person(member["id"])
            if person is None:
                say(f"không rõ “{member['id']}” là ai.", f"it is not clear who “{member['id']}” is.")
                return None
            return Actor(id=person, role=Role.MEMBER, body=self._roll(person) or "")
        if found is None or found["role"] not in roles:
            listed, word = ", ".join(roles), text.split(" ")[0]
            say(
                f"by = “{text}” không đọc được; vai là một trong: {listed}.{near(word, roles, 'vi')}",
                f"by = “{text}” cannot be read; a role is one of: {listed}.{near(word, roles, 'en')}",
            )
            return None
        role = Role(found["role"])
        body = found["body"] or self._body_for(role, fields, say)
        if found["id"]:
            return Actor(id=self.person(found["id"]) or found["id"], role=role, body=body)
        head = self.roster.head_of(body) if role is Role.SECRETARY else None
        return Actor(id=head or f"{role.value}-{body}", role=role, body=body)

    def body_of(self, fields: Mapping[str, Any]) -> str | None:
        """The body that carries out a command with these fields: named, or whose review or meeting it is."""
        if isinstance(fields.get("organisation"), str):
            return str(fields["organisation"])
        for key in ("review", "reviews"):
            silent = self.reviews(fields[key], _nothing) if key in fields else []
            if silent:
                subject = silent[0].rpartition(".")[2]
                return self._roll(subject) or subject
        for key in ("meeting", "ballot", "submission"):
            if str(fields.get(key)) in self.places:
                return self.places[str(fields[key])]
        return None

    def _body_for(self, role: Role, fields: Mapping[str, Any], say: Say) -> str:
        body = self.body_of(fields)
        if role in ACTS_AT_OWN_BODY:
            cells = self.roster.bodies_with_people()
            if body is None and len(cells) == 1:
                return cells[0]
            if body is None:
                say(
                    f"by = “{role.value}”: viết rõ của tổ chức nào, ví dụ “{role.value} of {cells[0]}”."
                    if cells
                    else f"by = “{role.value}”: viết rõ của tổ chức nào.",
                    f"by = “{role.value}”: say of which body, as “{role.value} of …”.",
                )
            return body or ""
        if role in ACTS_FROM_ABOVE and body is not None:
            record = self.roster.organisations.get(body)
            return (record.superior_id if record else None) or self.superior or self.organisation
        return self.organisation

    def _roll(self, person: str) -> str | None:
        return self.roster.roll_of(person, union=self.roster.is_union(self.organisation))

    def _subject(self, text: str) -> str | None:
        return text if text in self.roster.organisations else self.person(text)


def _nothing(vi: str, en: str) -> None:
    """A look that says nothing."""
