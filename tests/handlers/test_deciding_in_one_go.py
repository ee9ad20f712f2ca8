"""Several reports decided in one go: the look ahead says what then happens, whatever is chosen."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from handlers.cohort import Cohort, cohort, reports_with, see
from handlers.deciding_together import Terms, carry_out
from handlers.gather import FactsFromTables
from handlers.registry import react
from tests.api.lived import Lived
from tests.two_cells import BOARD, CAMPAIGN, CELLS, COMMITTEE, COMPANY, members_of, two_cells
from workflow.commands.asking import Request
from workflow.commands.beside import RaiseFlag
from workflow.commands.deciding import DecideBundle, Judgement
from workflow.database import Database
from workflow.engine import Engine
from workflow.errors import NotFound

TOP, GOOD, FULFILLED = "HTXSNV", "HTTNV", "HTNV"
KEPT = ("events", "heads", "findings", "refusals", "reviews", "bundles", "idempotency")
BAO, YEN = members_of("CB1")[:2]
CHAU = members_of("CB2")[0]
EVERYBODY = (*members_of("CB1"), *members_of("CB2"))
CELL_OF = {review: cell for cell in CELLS for review in members_of(cell)}


@pytest.fixture(scope="module")
def appraised(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> tuple[Path, Lived]:
    """Both cells lived once; each example gets a copy of the file."""
    folder = tmp_path_factory.mktemp("appraised")
    path = folder / "appraised.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    left = two_cells(database, folder)
    database.close()
    return path, left


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Lived:
    """Both cells appraised, on either database."""
    return two_cells(database, tmp_path)


def terms(left: Lived) -> Terms:
    """A decision of the standing committee, that day."""
    return Terms(act="decide", on=left.now().date(), document="QĐ 12-QĐ/ĐU", by="btv")


def found(left: Lived) -> Cohort:
    """Everything the committee has to decide."""
    with left.database.read() as connection:
        reports = reports_with(connection, CAMPAIGN, COMPANY)
    return cohort(left.engine, reports, terms(left), COMMITTEE)


def chosen(levels: dict[str, str]) -> dict[str, tuple[Judgement, ...]]:
    """These levels as rows by report, each with a reason."""
    rows: dict[str, list[Judgement]] = {}
    for review, level in levels.items():
        rows.setdefault(CELL_OF[review], []).append(
            Judgement(review=review, level=level, reason="theo số phiếu")
        )
    return {submission: tuple(held) for submission, held in sorted(rows.items())}


def versions(left: Lived) -> dict[str, int]:
    """Each review as it is now."""
    return {review: left.review(review).version for review in EVERYBODY}


def counted(database: Database) -> list[int]:
    """How many rows the log and what is made from it have."""
    with database.read() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in KEPT]


levels = st.sampled_from((TOP, GOOD, GOOD, FULFILLED))
choices = st.dictionaries(st.sampled_from(EVERYBODY), levels, min_size=1)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picked=choices, key=st.uuids())
def test_what_was_foreseen_is_what_the_decision_then_does(
    appraised: tuple[Path, Lived], tmp_path: Path, picked: dict[str, str], key: object
) -> None:
    """Whatever is chosen for whom: refused is who was said to be, for the same rules; the rest is decided."""
    path, lived = appraised
    copy = tmp_path / f"{key}.db"
    shutil.copyfile(path, copy)
    database = Database(f"sqlite:///{copy}")
    engine = Engine(database, gather=FactsFromTables(), react=react, now=lived.now)
    left = Lived(database, engine, lived.now)
    before = counted(database)
    seen = see(engine, found(left), chosen(picked), terms(left))
    assert counted(database) == before, "looking ahead writes nothing"
    told = carry_out(engine, chosen(picked), terms(left), actor=COMMITTEE, seen=versions(left), key=str(key))
    assert {one.review for one in told} == set(picked)
    refused = {one.review: one.refusal for one in told if one.refusal is not None}
    assert refused.keys() == seen.refused.keys()
    for name, refusal in refused.items():
        foreseen = seen.refused[name]
        assert [finding.rule for finding in refusal.findings] == [one.rule for one in foreseen.findings]
    for one in told:
        review = left.review(one.review)
        assert (review.stage == "approved") == one.done
        assert review.decided_level == (picked[one.review] if one.done else None)
    database.close()


def test_a_group_with_too_many_is_refused_with_its_top_rows_alone(here: Lived) -> None:
    """Three of nine good: 20% of ten is two, so nobody at the top is taken, and the nine others are."""
    as_voted = {review: TOP if review in (BAO, YEN, CHAU) else GOOD for review in EVERYBODY}
    seen = see(here.engine, found(here), chosen(as_voted), terms(here))
    assert set(seen.refused) == {BAO, YEN, CHAU}
    assert {f.rule for refusal in seen.refused.values() for f in refusal.findings} == {"qd366.quota"}
    (group,) = [one for one in seen.lists if one.top]
    assert (group.top, group.room) == (3, -1)
    told = carry_out(
        here.engine, chosen(as_voted), terms(here), actor=COMMITTEE, seen=versions(here), key="k"
    )
    assert {one.review for one in told if one.done} == set(EVERYBODY) - {BAO, YEN, CHAU}


def test_the_report_that_makes_room_is_decided_before_the_one_that_needs_it(here: Lived) -> None:
    """Cell 1 comes first and keeps its two; there is room only once cell 2 has one less."""
    picked = {BAO: TOP, YEN: TOP, CHAU: GOOD}
    seen = see(here.engine, found(here), chosen(picked), terms(here))
    assert not seen.refused
    told = carry_out(here.engine, chosen(picked), terms(here), actor=COMMITTEE, seen=versions(here), key="k")
    assert all(one.done for one in told)
    assert [one.review for one in told] == [BAO, YEN, CHAU], "told in the order asked"
    with here.database.read() as connection:
        kept = connection.execute(text("SELECT count(*) FROM refusals")).scalar_one()
    assert kept == 0, "waiting for one's turn is no refusal"


def test_a_row_somebody_changed_meanwhile_is_skipped_and_the_others_are_decided(here: Lived) -> None:
    seen = versions(here)
    here.engine.handle(
        Request(
            command=RaiseFlag(
                review=members_of("CB1")[2], flag="under_verification", reason="đơn thư", on=here.now().date()
            ),
            actor=BOARD,
        )
    )
    others = dict.fromkeys(members_of("CB1")[2:], GOOD)
    told = carry_out(here.engine, chosen(others), terms(here), actor=COMMITTEE, seen=seen, key="k")
    assert [one.stale for one in told] == [True, False, False, False]
    assert [one.done for one in told] == [False, True, True, True]
    assert here.review(members_of("CB1")[2]).stage == "appraised"


def test_a_row_nobody_saw_is_skipped(here: Lived) -> None:
    """Without the version it was shown with, nobody can say that it is what was looked at."""
    told = carry_out(here.engine, chosen({BAO: GOOD}), terms(here), actor=COMMITTEE, seen={}, key="k")
    assert [one.stale for one in told] == [True]


def test_sending_the_same_form_twice_decides_once(here: Lived) -> None:
    seen = versions(here)
    picked = chosen({YEN: GOOD})
    first = carry_out(here.engine, picked, terms(here), actor=COMMITTEE, seen=seen, key="k")
    version = here.review(YEN).version
    again = carry_out(here.engine, picked, terms(here), actor=COMMITTEE, seen=seen, key="k")
    assert first[0].done
    assert again[0].stale
    assert here.review(YEN).version == version


def test_who_may_not_decide_is_told_so_row_by_row_and_nothing_is_done(here: Lived) -> None:
    picked = chosen({BAO: GOOD, CHAU: GOOD})
    seen = see(here.engine, found(here), picked, terms(here))
    assert not seen.refused
    told = carry_out(here.engine, picked, terms(here), actor=BOARD, seen=versions(here), key="k")
    assert {type(one.refusal).__name__ for one in told} == {"NotAllowed"}


def test_a_report_out_of_scope_is_refused_like_one_that_is_not_there(here: Lived) -> None:
    """Long work is carried out later than it was asked for, and a scope may be another by then."""
    elsewhere = replace(COMMITTEE, body="CB2")
    sent = chosen({BAO: GOOD})
    before, seen = counted(here.database), versions(here)
    for actor, rows in ((elsewhere, sent), (COMMITTEE, {"nowhere": sent["CB1"]})):
        (told,) = carry_out(here.engine, rows, terms(here), actor=actor, seen=seen, key="K")
        assert isinstance(told.refusal, NotFound)
        assert (told.review, told.refusal.what) == (BAO, "submission")
    assert counted(here.database) == before
    (told,) = carry_out(here.engine, sent, terms(here), actor=COMMITTEE, seen=seen, key="K")
    assert told.done


def test_the_board_appraises_rows_of_both_reports_and_says_why_one_differs(
    database: Database, tmp_path: Path
) -> None:
    left = two_cells(database, tmp_path, appraised=False)
    board = Terms(act="appraise", on=left.now().date())
    with left.database.read() as connection:
        reports = reports_with(connection, CAMPAIGN, COMPANY)
    everything = cohort(left.engine, reports, board, BOARD)
    assert [row.waits_with for row in everything.rows].count(TOP) == 3
    picked = {
        "CB1": (Judgement(review=BAO, level=TOP), Judgement(review=YEN, level=FULFILLED)),
        "CB2": (Judgement(review=CHAU, level=GOOD, reason="để xảy ra tai nạn"),),
    }
    seen = see(left.engine, everything, picked, board)
    assert set(seen.refused) == {YEN}, "another level without a reason"
    told = carry_out(left.engine, picked, board, actor=BOARD, seen=versions(left), key="k")
    assert {one.review for one in told if one.done} == {BAO, CHAU}
    assert (left.review(CHAU).appraised_level, left.review(CHAU).appraised_reason) == (
        GOOD,
        "để xảy ra tai nạn",
    )


def test_where_all_rows_fall_each_is_told_its_own_reason(here: Lived) -> None:
    """The engine refuses the whole with the first reason; the look ahead tells every row's."""
    for review, flag in ((BAO, "under_verification"), (YEN, "supplementary_required")):
        here.engine.handle(
            Request(
                command=RaiseFlag(review=review, flag=flag, reason="đơn thư", on=here.now().date()),
                actor=BOARD,
            )
        )
    seen = see(here.engine, found(here), chosen({BAO: GOOD, YEN: GOOD}), terms(here))
    assert {review: refusal.en.split("“")[1].split("”")[0] for review, refusal in seen.refused.items()} == {
        BAO: "under verification",
        YEN: "supplementary review required",
    }


def test_the_rows_say_what_a_level_takes_and_what_the_rules_come_to(here: Lived) -> None:
    rows = {row.id: row for row in found(here).rows}
    assert len(rows) == 12
    ballot = rows[YEN].ballot
    assert ballot is not None
    assert (ballot.in_favour, ballot.entitled, rows[YEN].needed) == (6, 7, 5)
    assert rows[YEN].computed == TOP
    good = rows[members_of("CB2")[5]]
    assert (good.needed, good.computed, good.waits_with) == (4, GOOD, GOOD)


def test_pages_of_reports_leave_none_out(here: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.cohort.ROWS_AT_ONCE", 6)
    with here.database.read() as connection:
        reports = reports_with(connection, CAMPAIGN, COMPANY)
    pages = [cohort(here.engine, reports, terms(here), COMMITTEE, page=number) for number in (1, 2, 3)]
    assert [[report.bundle.id for report in page.reports] for page in pages] == [["CB1"], ["CB2"], []]
    assert [page.beyond for page in pages] == [1, 0, 0]


def test_a_decided_report_waits_no_more(here: Lived) -> None:
    here.engine.handle(
        Request(
            command=DecideBundle(
                submission="CB2",
                on=here.now().date(),
                document="QĐ 11",
                by="btv",
                rows=tuple(
                    Judgement(review=review, level=GOOD, reason="chọn theo số phiếu")
                    for review in members_of("CB2")
                ),
            ),
            actor=COMMITTEE,
        )
    )
    assert {report.bundle.id for report in found(here).reports} == {"CB1"}
