"""A change of the roster names the reviews it touches before it is confirmed."""

from datetime import date

from handlers.roster.compare import compare
from handlers.roster.read import NO_ROSTER, read_roster
from handlers.roster.touched import Effect, OpenReview, touched_reviews
from tests.handlers.roster.sheets import ORGANISATIONS, PEOPLE, POSITIONS, changed, roster

TODAY = date(2016, 12, 15)
REVIEWS = (
    OpenReview(review_id="2016.member.0001", subject="0001", voting_body="CB01", venues=("CB01", "DB01")),
    OpenReview(review_id="2016.member.0002", subject="0002", voting_body="CB01", venues=("CB01",)),
    OpenReview(review_id="2016.member.0003", subject="0003", voting_body="CB01", venues=("CB01",)),
    OpenReview(review_id="2016.member.0004", subject="0004", voting_body="CB02", venues=("CB02",)),
    OpenReview(review_id="2016.organisation.CB02", subject="CB02", voting_body="CB02"),
)


def touched(content: bytes) -> set[tuple[str, Effect]]:
    old = read_roster(roster(), file_name="a.xlsx", today=TODAY, known=NO_ROSTER)
    new = read_roster(content, file_name="b.xlsx", today=TODAY, known=old.snapshot)
    assert not new.problems
    difference = compare(old.snapshot, new, on=TODAY)
    return {(item.review_id, item.effect) for item in touched_reviews(difference, REVIEWS, old.snapshot)}


def test_the_same_file_touches_nothing() -> None:
    assert touched(roster()) == set()


def test_a_probationary_member_who_moves_is_moved_and_changes_no_roll() -> None:
    assert touched(roster(people=changed(PEOPLE, 2, 4, "CB02"))) == {("2016.member.0003", Effect.MOVED)}


def test_an_official_member_who_moves_changes_the_voters_of_both_cells() -> None:
    positions = [row for row in POSITIONS if row[0] != "0002"]
    found = touched(roster(people=changed(PEOPLE, 1, 4, "CB02"), positions=positions))
    assert ("2016.member.0002", Effect.MOVED) in found
    assert {review for review, effect in found if effect is Effect.VOTERS_CHANGED} == {
        review.review_id for review in REVIEWS
    }


def test_a_member_who_becomes_official_is_re_scoped_and_joins_the_roll() -> None:
    people = changed(changed(PEOPLE, 2, 7, "Chính thức"), 2, 9, "01/12/2016")
    assert touched(roster(people=people)) == {
        ("2016.member.0003", Effect.RE_SCOPED),
        ("2016.member.0001", Effect.VOTERS_CHANGED),
        ("2016.member.0002", Effect.VOTERS_CHANGED),
        ("2016.member.0003", Effect.VOTERS_CHANGED),
    }


def test_another_head_touches_every_review_of_the_body() -> None:
    positions = changed(POSITIONS, 2, 4, "01/12/2016")
    found = touched(roster(positions=positions))
    assert {review for review, effect in found if effect is Effect.HEAD_CHANGED} == {
        "2016.member.0004",
        "2016.organisation.CB02",
    }
    assert ("2016.member.0004", Effect.RE_SCOPED) in found


def test_a_renamed_body_touches_nothing_but_a_founding_date_does() -> None:
    assert touched(roster(organisations=changed(ORGANISATIONS, 2, 1, "Chi bộ Điện"))) == set()
    assert touched(roster(organisations=changed(ORGANISATIONS, 2, 4, "03/10/2016"))) == {
        ("2016.organisation.CB02", Effect.RE_SCOPED)
    }


def test_who_leaves_is_re_scoped() -> None:
    people = [row for row in PEOPLE if row[0] != "0003"]
    assert touched(roster(people=people)) == {("2016.member.0003", Effect.RE_SCOPED)}
