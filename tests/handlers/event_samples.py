"""One plausible event of every class, for tests that go through all of them."""

from datetime import date
from typing import Any, get_type_hints

from workflow.event import EVENTS, Event

DAY = date(2017, 1, 10)
BY_NAME: dict[str, Any] = {
    "level": "HTTNV",
    "computed": "HTNV",
    "campaign": "2016",
    "kind": "individual",
    "subject": "0012",
    "organisation": "CB03",
    "superior": "DB01",
    "venue": "CB03",
    "venues": (("DB01", "committee"), ("CB03", "cell")),
    "rule": "duk.new_member_unrated",
    "rules": ("duk.notice_to_participants",),
    "flag": "in_doubt",
    "fact": "score.political_tasks",
    "value": "38.5",
    "entry": "score.political_tasks",
    "was": "38.5",
    "now": "36.5",
    "entered_by": "0011",
    "by": "CB03",
    "to": "DB01",
    "body": "CB03",
    "bodies": ("DB01", "CB03"),
    "review": "2016.member.0012",
    "agenda": ("2016.collective.CB03", "2016.member.0012"),
    "chairs": ("0011", "0011"),
    "rows": (("2016.member.0012", "HTTNV"),),
    "motions": (("2016.member.0012", "HTTNV"),),
    "tallies": (("2016.member.0012", "HTTNV", 9),),
    "items": (("1", "0011", DAY), ("2", "0012", DAY)),
    "remedied": ("1",),
    "open": ("2",),
    "ticked": ("session.summary_of_posts",),
    "unticked": ("report.directed_by_head",),
    "monitor": "0011",
    "appraiser": "DB01",
    "award": "GIAY_KHEN",
    "granted_by": "grassroots",
    "grounds": (("2016.member.0012", 1),),
    "days": ((DAY, "off", "CB03", True, "12-QĐ/ĐU"),),
    "moved": (("CB03", "individual", "submit", "duk.report", "", DAY, DAY, DAY, DAY, 3),),
    "rulebook_hash": "ab" * 32,
    "was_hash": "cd" * 32,
    "chair_role": "head",
    "residence_comment": "read",
    "what": "moved",
    "list": "discipline",
    "neighbour": "CDCS",
    "neighbour_kind": "mass_organisation",
    "believed_at": "2016-12-15T01:00:00+00:00",
    "document": "12-QĐ/ĐU",
    "documents": ("12-BC/CB",),
    "digests": ("ab" * 32,),
    "person": "0012",
    "holder": "0011",
    "role": "inspection",
    "closeness": "spouse",
    "reason": "thiếu biên bản kiểm phiếu",
    "conclusion": "kết luận 5-KL/UBKT",
}
BY_TYPE: dict[Any, Any] = {str: "x", int: 3, bool: True, date: DAY}


def sample(cls: type[Event], **changes: Any) -> Event:
    """An event of this class; fields it has in common with others have the same values."""
    hints = get_type_hints(cls)
    fields = {name: _value(cls, name, kind) for name, kind in hints.items()}
    return cls(**fields | changes)


def samples() -> list[Event]:
    """One event of every class in the register."""
    return [sample(cls) for cls in EVENTS.values()]


def _value(cls: type[Event], name: str, kind: Any) -> Any:
    if name in {"was", "now"} and kind is int:
        return 11 if name == "was" else 12
    if cls.__name__ in {"RowsReturned", "LastRowsReturned"} and name == "rows":
        return ("2016.member.0012",)
    if cls.__name__ == "OpinionReceived" and name == "body":
        return "DB01"
    if name in BY_NAME:
        return BY_NAME[name]
    return BY_TYPE.get(kind, None if type(None) in getattr(kind, "__args__", ()) else BY_TYPE.get(kind, ()))
