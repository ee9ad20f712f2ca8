"""Two deciders at once, on connections of their own: no quota list and no cap is passed by both together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from api.demo.season import SetClock
from handlers.cases.living import live
from handlers.cases.running import read
from handlers.cases.shelves import Shelf
from handlers.registry import react
from states.flags import IN_DOUBT
from states.roles import Role
from tests.handlers.test_concurrency import Held, holds, together
from tests.town import fold_of
from workflow.answer import Answer
from workflow.commands.asking import Actor, Request
from workflow.commands.deciding import DecideBundle, Judgement
from workflow.database import Database
from workflow.engine import Engine
from workflow.errors import Blocked, RulesFail
from workflow.log import Log
from workflow.review import Review

EXAMPLES = Path(__file__).parent.parent / "examples"
DECIDED = date(2024, 11, 20)
REASON = "theo kết quả ở chi bộ"

HEAD = """
rulebook = "stc_2024"

[[story]]
name = "the committee of a cell, and its head who belongs to another"
year = 2024
organisation = "DB"
superior = "DUK"
opened = 2024-11-05
organisations = [
  "DB, dang_bo_co_so, founded 1998-01-01, committee, name Đảng bộ Sở",
  "CB1, chi_bo_truc_thuoc, under DB, founded 2001-05-19, no committee, name Chi bộ Ngân sách",
  "CB2, chi_bo_truc_thuoc, under DB, founded 2001-05-19, committee, name Chi bộ Văn phòng",
]
people = [
  "11, CB1, head of CB2 since 2020-05-01, name Nguyễn Thu Hà",
  "12, CB1, head since 2020-05-01, name Trần Quang Vinh",
  "13, CB2, deputy since 2020-05-01, name Lê Minh Châu",
  "14..16, CB1",
  "23..25, CB2",
]

[[story.step]]
at = 2024-11-06
by = "secretary of CB2"
prepare = { review = ["collective CB2"], ticked = "all" }

[[story.step]]
by = "secretary of CB1"
prepare = { review = ["leader Hà"], ticked = "all" }

[[story.step]]
at = 2024-11-12
by = "secretary of CB2"
declare_lists = { organisation = "CB2", lists = ["sick_leave"] }

[[story.step]]
declare_lists = { organisation = "CB1", lists = ["sick_leave"] }

[[story.step]]
at = "2024-11-12 08:00"
by = "secretary of CB2"
[story.step.record_meeting]
meeting = "M0"
organisation = "CB2"
present = 2
items = [{ review = "collective CB2", chair = "Hà" }]

[[story.step]]
by = "secretary of CB2"
propose_level = { review = "collective CB2", level = "HTTNV", by = "chi_uy" }

[[story.step]]
at = "2024-11-12 14:00"
[story.step.record_meeting]
meeting = "M1"
organisation = "CB1"
present = 5
papers = { issued = 5, collected = 5, valid = 5, invalid = 0, secret = true }
items = [{ review = "leader Hà", chair = "Vinh", counts = { HTXSNV = 5 } }]

[[story.step]]
at = 2024-11-13
by = "secretary of CB2"
submit_bundle = { submission = "KQ0", organisation = "CB2", hour = "09:00" }

[[story.step]]
submit_bundle = { submission = "KQ1", organisation = "CB1", hour = "09:00" }
"""


def lived(database: Database, text: str, path: Path) -> None:
    """The story of a file, lived on this database to its end."""
    path.write_text(text, encoding="utf-8")
    found = read(path, Shelf())
    assert not found.problems, found.problems

    @contextmanager
    def here() -> Iterator[Database]:
        yield database

    (story,) = found.stories
    result = live(story, Shelf(), here)
    assert result.right, result


def decide(submission: str, review: str, level: str, body: str) -> Request:
    """The decision of a committee on one review."""
    row = Judgement(review=review, level=level, reason=REASON)
    command = DecideBundle(submission=submission, on=DECIDED, document="QĐ 41", rows=(row,))
    return Request(command=command, actor=Actor(id=f"BT-{body}", role=Role.SUPERIOR_COMMITTEE, body=body))


def at_once(database: Database, first: Request, second: Request) -> list[object]:
    """Both, each held after it has read until the other has read as well, or never will."""
    clock = SetClock()
    clock.put(DECIDED)
    gather = Held()
    engine = Engine(database, gather=gather, react=react, now=clock)
    found = together([lambda: engine.handle(first), lambda: engine.handle(second)])
    assert not gather.met, "the guard lets one of them in at a time"
    return found


def review_of(database: Database, review: str) -> Review:
    """The review as its log tells it."""
    with database.read() as connection:
        return fold_of(review, Log(connection).read([f"review/{review}"])[f"review/{review}"])


def test_two_deciders_of_one_place_do_not_pass_its_quota_together(database: Database, tmp_path: Path) -> None:
    """Of two organisations one may be excellent, and only while the other is good (C-47)."""
    source = (EXAMPLES / "stc_2024" / "story-quotas.toml").read_text(encoding="utf-8")
    settings = source[: source.index("[[story]]")].replace("counts = { HTXSNV", "counts = { HTTNV")
    settings = settings.replace("HTTNV = 5 }", "HTXSNV = 5 }")
    story = '[[story]]\nname = "reported"\nbecause = "both lie with the base"\nsetting = "reported"\n'
    lived(database, f'rulebook = "stc_2024"\n{settings}{story}', tmp_path / "story.toml")
    found = at_once(
        database,
        decide("KQ1", "2024.organisation.CB1", "HTXSNV", "DB"),
        decide("KQ2", "2024.organisation.CB2", "HTNV", "DB"),
    )
    first, second = (review_of(database, f"2024.organisation.CB{n}") for n in (1, 2))
    held = [review.decided_level for review in (first, second)]
    if isinstance(found[0], Answer) and isinstance(found[1], Answer):
        # chosen while the other was good: the decision that lowered the other came after it
        assert found[0].position < found[1].position
    else:
        assert isinstance(found[0], RulesFail), found
        assert held == [None, "HTNV"], "one below good, and nobody is lifted"
    holds(database)


def test_a_head_does_not_pass_its_committee_while_that_is_decided(database: Database, tmp_path: Path) -> None:
    """Whichever comes second sees the first: the head is held up, or put in doubt (STC-2024.23)."""
    lived(database, HEAD, tmp_path / "story.toml")
    committee, head = "2024.collective.CB2", "2024.leader.11"
    found = at_once(database, decide("KQ0", committee, "HTTNV", "DB"), decide("KQ1", head, "HTXSNV", "DB"))
    assert isinstance(found[0], Answer), found
    assert review_of(database, committee).decided_level == "HTTNV"
    after = review_of(database, head)
    assert IN_DOUBT in after.flags, "voted or decided above its committee"
    if not isinstance(found[1], Answer):
        assert isinstance(found[1], Blocked), found
        assert after.decided_level is None
    holds(database)
