"""What comes last: the absent member, the section and the base themselves, a rating given anew."""

from __future__ import annotations

from datetime import date

from api.demo.reports import POINTS, WAITING, answer, consult
from api.demo.season import (
    BASE,
    BLOC_BOARD,
    BLOC_COMMITTEE,
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    SECTION,
    Season,
    member,
)
from api.demo.work import (
    TICKS,
    CellPlan,
    neighbours,
    organisation_evening,
    propose,
    results,
    score,
    vote_again,
)
from workflow.commands.deciding import Annul, AppraiseBundle, DecideBundle, StartRound, SubmitBundle
from workflow.commands.meeting import AgendaItem, Papers, RecordMeeting
from workflow.commands.preparing import FactEntry, RecordFacts
from workflow.rules.rule import Both


def stragglers(season: Season, plans: dict[str, CellPlan]) -> None:
    """The absent member is taken at the next meeting attended; then the cell itself can be rated."""
    day = date(2017, 1, 20)
    season.teller.chapter(
        "20/01/2017 · Người vắng mặt được kiểm điểm và xếp loại ở kỳ sinh hoạt sau",
        "20/01/2017 · Who was absent is reviewed and rated at the next meeting",
    )
    season.now.put(day, 10)
    plan = plans[WAITING]
    person = plan.absent[0]
    official = len(season.view().official_members(plan.code))
    season.do(
        RecordMeeting(
            meeting=f"{plan.code}-{day:%m%d}",
            campaign=CAMPAIGN,
            organisation=plan.code,
            venue=plan.code,
            day=day,
            items=(
                AgendaItem(
                    review=member(person),
                    chair=season.head(plan.code),
                    ticked=TICKS,
                    counts=((plan.level(person), official - 1),),
                ),
            ),
            present=len(plan.people),
            papers=Papers(issued=official, collected=official, valid=official, invalid=0, secret=True),
            announced=True,
        ),
        season.secretary(plan.code),
    )
    season.teller.say(
        f"{season.name(person)} có mặt, được kiểm điểm và bỏ phiếu ngày 20/01.",
        f"{season.name(person)} is there, is reviewed and voted on, on 20/01.",
    )
    propose(season, plan.code, "HTTNV", day)
    season.do(organisation_evening(season, plan.code, day, "HTTNV"), season.secretary(plan.code))
    season.do(results(plan.code, day), season.secretary(plan.code))


def base_organisation(season: Season) -> None:
    """The section under the base, then the base itself, up to the bloc."""
    season.teller.chapter(
        "25/01 – 10/02/2017 · Đảng bộ bộ phận, rồi Đảng bộ cơ sở báo cáo Đảng ủy Khối",
        "25/01 – 10/02/2017 · The section, then the base reports to the bloc",
    )
    day = date(2017, 1, 25)
    season.now.put(day, 8)
    _rate_upper(season, SECTION, "HTTNV", day)
    season.do(results(SECTION, day), season.secretary(SECTION))
    bundle = f"{SECTION}-KQ"
    consult(season, bundle, day, BOARD)
    answer(season, bundle, day, BOARD)
    season.do(AppraiseBundle(submission=bundle, on=day), BOARD)
    season.do(DecideBundle(submission=bundle, on=day, document="QĐ 37-QĐ/ĐU"), COMMITTEE)
    season.now.put(day, 15)
    neighbours(season, BASE, day, administration=2, union=1)
    _rate_upper(season, BASE, "HTTNV", day)
    sent = date(2017, 2, 3)
    season.now.put(sent)
    season.do(results(BASE, sent), season.secretary(BASE))
    season.teller.say(
        "Báo cáo Đảng ủy Khối ngày 03/02, chậm nhất là 05/02 (Chủ nhật).",
        "The base reports to the bloc on 03/02; 05/02, a Sunday, is the last day.",
    )
    decided = date(2017, 2, 10)
    season.now.put(decided)
    consult(season, f"{BASE}-KQ", decided, BLOC_BOARD)
    answer(season, f"{BASE}-KQ", decided, BLOC_BOARD)
    season.do(AppraiseBundle(submission=f"{BASE}-KQ", on=decided), BLOC_BOARD)
    season.do(
        DecideBundle(submission=f"{BASE}-KQ", on=decided, document="QĐ 212-QĐ/ĐUK", by="btv"),
        BLOC_COMMITTEE,
    )


def _rate_upper(season: Season, body: str, level: str, day: date) -> None:
    score(season, body, POINTS["good"], "good", day)
    propose(season, body, level, day, by="btv")
    season.do(organisation_evening(season, body, day, level, committee=True), season.secretary(body))


def annulment(season: Season, plans: dict[str, CellPlan]) -> None:
    """A shortcoming comes to light: the rating is cancelled, the member reviewed and rated again."""
    season.teller.chapter(
        "14 – 24/02/2017 · Hủy một kết quả và xếp loại lại",
        "14 – 24/02/2017 · A result is annulled and rated again",
    )
    plan = plans["CB03"]
    person = next(p for p in reversed(plan.people) if plan.level(p) == "HTTNV" and p not in plan.unrated)
    review, found = member(person), date(2017, 2, 14)
    season.now.put(found)
    season.is_refused(
        Both("Chi bộ tự hủy kết quả", "The cell annuls the result itself"),
        Annul(review=review, on=found, reason="Phát hiện khuyết điểm", document="BB 02"),
        season.secretary(plan.code),
    )
    season.do(
        Annul(
            review=review,
            on=found,
            reason="Sau khi công nhận phát hiện chậm tiến độ nhiệm vụ được giao trong năm",
            document="QĐ 41-QĐ/ĐU",
        ),
        COMMITTEE,
    )
    season.do(StartRound(review=review, on=found), COMMITTEE)
    held = date(2017, 2, 17)
    season.now.put(held, 16)
    season.do(
        RecordFacts(
            review=review,
            facts=(
                FactEntry(fact="task.completion", value="basic", on=held),
                FactEntry(fact="staff.rating", value="HTNV_HAN_CHE", on=held, document="QĐ 130/QĐ-CĐBT"),
            ),
        ),
        season.secretary(plan.code),
    )
    season.do(
        RecordMeeting(
            meeting=f"{plan.code}-{held:%m%d}",
            campaign=CAMPAIGN,
            organisation=plan.code,
            venue=plan.code,
            day=held,
            items=(AgendaItem(review=review, chair=season.head(plan.code), ticked=TICKS),),
            present=len(plan.people),
        ),
        season.secretary(plan.code),
    )
    vote_again(season, plan.code, person, "HTNV", held, f"{plan.code}-XLL")
    season.now.put(date(2017, 2, 20))
    season.do(
        SubmitBundle(
            submission=f"{plan.code}-XLL",
            campaign=CAMPAIGN,
            organisation=plan.code,
            on=date(2017, 2, 20),
            reviews=(review,),
            kind="re_rating",
        ),
        season.secretary(plan.code),
    )
    season.now.put(date(2017, 2, 24))
    season.do(AppraiseBundle(submission=f"{plan.code}-XLL", on=date(2017, 2, 24)), BOARD)
    season.do(
        DecideBundle(submission=f"{plan.code}-XLL", on=date(2017, 2, 24), document="QĐ 43-QĐ/ĐU"), COMMITTEE
    )
    season.teller.say(
        f"{season.name(person)}: HTTNV bị hủy ngày 14/02, xếp loại lại HTNV ngày 24/02; "
        "cả hai vòng còn trong nhật ký.",
        f"{season.name(person)}: good is annulled on 14/02 and rated anew as completed on 24/02; "
        "both rounds stay in the log.",
    )
