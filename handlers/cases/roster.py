"""A roster in short form: one line a body, one line a person, as an import would bring them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from handlers.cases.facts import near
from handlers.cases.places import Say
from handlers.roster.parsed import ParsedRoster, PersonRow, Placed
from handlers.roster.records import MembershipRecord, OrganisationRecord, PersonRecord, PositionRecord
from handlers.roster.snapshot import Snapshot
from handlers.roster.text import folded
from handlers.roster.vocabulary import (
    ORGANISATION_TYPE_NAMES,
    POST_NAMES,
    STAFF_KIND_NAMES,
    STATUS_NAMES,
    UNION_ROLLS,
    MembershipKind,
    OrganisationType,
    PartyStatus,
    Post,
    StaffKind,
)
from states.bodies import BODIES, Branch

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
RANGE = re.compile(r"(?P<letters>[A-Za-z_-]*)(?P<first>[0-9]+)\.\.(?P=letters)(?P<last>[0-9]+)")
NAMES = (
    "Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Mai", "Phạm Quốc Dũng", "Hoàng Thị Lan", "Vũ Đức Thắng",
    "Đặng Thị Hường", "Bùi Văn Sơn", "Đỗ Thị Nga", "Ngô Xuân Trường", "Dương Thị Yến", "Lý Văn Tài",
)  # fmt: skip
ADMITTED = date(2005, 6, 1)
HELD_FROM = date(2015, 4, 1)
PARTS = re.compile(r"\s*,\s*")
NOTE = {"name": str, "under": str, "founded": date, "admitted": date, "official": date, "born": date,
        "group": str, "staff": str, "temporary": str, "since": date, "until": date}  # fmt: skip
KEPT_AS = {"admitted": "admitted_on", "official": "official_on", "born": "birth_date", "name": "name"}

Word = TypeVar("Word", bound=StrEnum)


@dataclass
class ShortRoster:
    """Bodies and people by code, as the lines of a story tell them."""

    organisations: dict[str, OrganisationRecord] = field(default_factory=dict)
    people: dict[str, PersonRecord] = field(default_factory=dict)
    memberships: dict[str, MembershipRecord] = field(default_factory=dict)
    positions: dict[str, PositionRecord] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    """Whose names the lines tell; other names are invented and mean nobody."""

    def copy(self) -> ShortRoster:
        """A roster that can be changed without touching this one."""
        return ShortRoster(
            dict(self.organisations),
            dict(self.people),
            dict(self.memberships),
            dict(self.positions),
            set(self.named),
        )

    def tell(
        self, organisations: Iterable[str], people: Iterable[str], gone: Iterable[str], say: Say
    ) -> None:
        """Take in further lines; a line about somebody known replaces what was known of him."""
        for line in organisations:
            self._body(line, say)
        for line in people:
            self._person(line, say)
        for code in gone:
            if code not in self.people:
                known = sorted(self.people)
                say(
                    f"“{code}” không có trong danh sách.{near(code, known, 'vi')}",
                    f"“{code}” is not on the roster.{near(code, known, 'en')}",
                )
                continue
            del self.people[code]
            self._leave(code)

    def people_of(self, body: str) -> list[str]:
        """The people on the roll of a cell or union, in the order of the lines."""
        return [one.person_id for one in self._rolls() if one.organisation_id == body]

    def roll_of(self, person: str, *, union: bool = False) -> str | None:
        """The cell a person belongs to, or the union; where there is only one of them, that one."""
        found = {one.kind: one.organisation_id for one in self._rolls() if one.person_id == person}
        first, other = MembershipKind.OFFICIAL, MembershipKind.UNION
        if union:
            first, other = other, first
        return found.get(first) or found.get(other)

    def told_names(self) -> dict[str, str]:
        """The names the lines tell, by code."""
        return {code: record.name for code, record in self.people.items() if code in self.named}

    def head_of(self, body: str) -> str | None:
        """The head of a body."""
        heads = [
            record.person_id
            for record in self.positions.values()
            if record.organisation_id == body and record.post is Post.HEAD
        ]
        return heads[-1] if heads else None

    def bodies_with_people(self) -> list[str]:
        """The bodies that have people on their roll."""
        return list(dict.fromkeys(one.organisation_id for one in self._rolls()))

    def is_union(self, body: str) -> bool:
        """Whether a body is one of a union."""
        record = self.organisations.get(body)
        return record is not None and BODIES[record.type].branch is Branch.UNION

    def parsed(self, file: str) -> ParsedRoster:
        """The same as if it had been read from a spreadsheet, every row of it good."""
        bodies = tuple(Placed(one, "to-chuc", row, {}) for row, one in _rows(self.organisations))
        stands: dict[str, list[MembershipRecord]] = {}
        for one in self.memberships.values():
            stands.setdefault(one.person_id, []).append(one)
        people = tuple(
            PersonRow(
                Placed(person, "dang-vien", row, {}),
                tuple(Placed(one, "dang-vien", row, {}) for one in stands.get(person.person_id, ())),
            )
            for row, person in _rows(self.people)
        )
        posts = tuple(Placed(one, "chuc-vu", row, {}) for row, one in _rows(self.positions))
        content = Snapshot(self.organisations, self.people, self.memberships, self.positions)
        return ParsedRoster(
            file_name=file,
            file_sha256=hashlib.sha256(repr(content).encode()).hexdigest(),
            organisations=bodies,
            people=people,
            positions=posts,
            problems=(),
            dropped=(),
            row_counts={"to-chuc": len(bodies), "dang-vien": len(people), "chuc-vu": len(posts)},
            sheet_of_kind={
                "organisation": "to-chuc",
                "person": "dang-vien",
                "membership": "dang-vien",
                "position": "chuc-vu",
            },
        )

    # --- one line ---------------------------------------------------------------------------------

    def _body(self, line: str, say: Say) -> None:
        code, words = _first(line, say)
        values: dict[str, Any] = {"name": code, "founded_on": None, "superior_id": None}
        kind: OrganisationType | None = None
        for word in words:
            key, value = _noted(word, say)
            if key == "name":
                values["name"] = value
            elif key == "under":
                if value not in self.organisations:
                    say(f"“{line}”: chưa có tổ chức “{value}”.", f"“{line}”: there is no body “{value}” yet.")
                values["superior_id"] = value
            elif key == "founded":
                values["founded_on"] = value
            elif word in ("committee", "no committee"):
                values["has_committee"] = word == "committee"
            elif word == "joint":
                values["is_joint"] = True
            else:
                found = _word(word, OrganisationType, ORGANISATION_TYPE_NAMES)
                kind = found or kind
                if found is None:
                    _not_understood(line, word, [one.value for one in OrganisationType], say)
        if kind is None:
            say(
                f"“{line}” không nói đây là loại tổ chức nào, ví dụ chi_bo_truc_thuoc.",
                f"“{line}” does not say what kind of body it is, such as chi_bo_truc_thuoc.",
            )
            return
        if code:
            self.organisations[code] = OrganisationRecord(organisation_id=code, type=kind, **values)

    def _person(self, line: str, say: Say) -> None:
        head, *rest = PARTS.split(line.strip())
        many = RANGE.fullmatch(head)
        if many:
            for number in range(int(many["first"]), int(many["last"]) + 1):
                code = f"{many['letters']}{number:0{len(many['first'])}d}"
                self._person(", ".join((code, *rest)), say)
            return
        code, words = _first(line, say)
        number = len(self.people)
        values: dict[str, Any] = {
            "name": NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f" {number}"),
            "is_staff": False,
        }
        rolls: dict[MembershipKind, str] = {}
        group: str | None = None
        posts: list[PositionRecord] = []
        for word in words:
            key, value = _noted(word, say)
            status = _word(word, PartyStatus, STATUS_NAMES)
            if word in self.organisations:
                union = self.organisations[word].type in UNION_ROLLS
                rolls[MembershipKind.UNION if union else MembershipKind.OFFICIAL] = word
            elif key in KEPT_AS:
                values[KEPT_AS[key]] = value
            elif key == "group":
                group = value
            elif key == "temporary":
                rolls[MembershipKind.TEMPORARY] = value.removeprefix("in ")
            elif status is not None:
                values["status"] = status
            elif word in ("staff", "direct contact"):
                values["is_staff" if word == "staff" else "direct_contact"] = True
            elif key == "staff":
                values |= {"is_staff": True, "staff_kind": _word(value, StaffKind, STAFF_KIND_NAMES)}
                if values["staff_kind"] is None:
                    _not_understood(line, value, [one.value for one in StaffKind], say)
            else:
                post = self._post(line, word, code, next(iter(rolls.values()), None), say)
                posts += [post] if post else []
        if not rolls:
            known = ", ".join(self.organisations)
            say(
                f"“{line}” không nói người này sinh hoạt ở đâu; có: {known}.",
                f"“{line}” does not say where the person belongs; there are: {known}.",
            )
            return
        if MembershipKind.OFFICIAL in rolls:
            values = {"status": PartyStatus.OFFICIAL, "admitted_on": ADMITTED, **values}
        if code:
            self._leave(code)
            self.people[code] = PersonRecord(person_id=code, **values)
            if any(_noted(word, say)[0] == "name" for word in words):
                self.named.add(code)
            for kind, body in rolls.items():
                in_group = group if kind is MembershipKind.OFFICIAL else None
                one = MembershipRecord(person_id=code, organisation_id=body, group_id=in_group, kind=kind)
                self.memberships[one.key] = one
            self.positions |= {post.key: post for post in posts}

    def _post(self, line: str, word: str, code: str, cell: str | None, say: Say) -> PositionRecord | None:
        """`head`, `head of DB01`, `head of DB01 since 2016-01-01 until 2016-12-31`."""
        text = word
        days: dict[str, date | None] = {"since": HELD_FROM, "until": None}
        for key in ("until", "since"):
            text, found, day = text.partition(f" {key} ")
            if found:
                days[key] = _day(day, say)
        name, _, body = text.partition(" of ")
        post = _word(name, Post, POST_NAMES)
        where = body.strip() or cell
        if post is None:
            known = [*(one.value for one in Post), *(one.value for one in PartyStatus), *self.organisations]
            _not_understood(line, name, known, say)
            return None
        if where not in self.organisations:
            say(f"“{line}”: chưa có tổ chức “{where}”.", f"“{line}”: there is no body “{where}”.")
            return None
        return PositionRecord(
            person_id=code, organisation_id=str(where), post=post, held_from=days["since"],
            held_to=days["until"],
        )  # fmt: skip

    def _leave(self, code: str) -> None:
        """Nothing is known any more of where a person stands and which posts he holds."""
        self.positions = {key: one for key, one in self.positions.items() if one.person_id != code}
        self.memberships = {key: one for key, one in self.memberships.items() if one.person_id != code}

    def _rolls(self) -> list[MembershipRecord]:
        return [one for one in self.memberships.values() if one.kind is not MembershipKind.TEMPORARY]


def _rows(records: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    return enumerate(records.values(), start=2)


def _first(line: str, say: Say) -> tuple[str, list[str]]:
    code, *words = PARTS.split(line.strip())
    if not CODE.fullmatch(code):
        say(
            f"“{line}” phải bắt đầu bằng mã (chữ không dấu, số, gạch), rồi dấu phẩy.",
            f"“{line}” has to begin with a code (plain letters, digits, hyphens), then a comma.",
        )
        return "", words
    return code, words


def _noted(word: str, say: Say) -> tuple[str, Any]:
    """`founded 1995-05-19` as its key and value; an empty key for anything else."""
    key, _, rest = word.partition(" ")
    if key not in NOTE or not rest or key in ("since", "until"):
        return "", None
    return key, _day(rest, say) if NOTE[key] is date else rest.strip()


def _day(text: str, say: Say) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    say(f"“{text}” không phải là ngày, viết 2017-01-10.", f"“{text}” is no day, written 2017-01-10.")
    return None


def _word(text: str, kind: type[Word], names: Mapping[Any, tuple[str, ...]]) -> Word | None:
    """A closed word by its code or by what it is called in Vietnamese."""
    wanted = folded(text)
    for one in kind:
        if text == one.value or wanted in [folded(name) for name in names.get(one, ())]:
            return one
    return None


def _not_understood(line: str, word: str, known: Iterable[str], say: Say) -> None:
    known = list(known)
    say(
        f"“{line}”: không hiểu “{word}”.{near(word, known, 'vi')}",
        f"“{line}”: “{word}” is not understood.{near(word, known, 'en')}",
    )
