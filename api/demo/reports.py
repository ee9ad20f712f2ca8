"""From the count to the decision: corrections, ratings of cells, reports, consultation and decisions."""

from __future__ import annotations

from datetime import date

from api.demo.season import BOARD, CELLS, COMMITTEE, DAYS, SECOND_DECIDER, Season, member, organisation
from api.demo.work import (
    CellPlan,
    announce,
    neighbours,
    organisation_evening,
    propose,
    results,
    score,
    vote_again,
    votes_for,
)
from workflow.commands.asking import Actor
from workflow.commands.deciding import (
    AppraiseBundle,
    DecideBundle,
    Judgement,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
)
from workflow.commands.meeting import CorrectCount, RepeatBallot
from workflow.rules.rule import Both

POINTS = {
    "good": ("33", "16.5", "12", "12", "8.5"),
    "top": ("38", "19", "14", "13.5", "9"),
}
BEST = ("CB01", "CB02", "CB03", "CB07")
HELD_DOWN = "CB02"
WAITING = "CB08"
VOTED = date(2017, 1, 18)
REPORTED = date(2017, 1, 19)
CONSULTED = ("CQ01", "CD01", "TN01")


def corrections(season: Season, plans: dict[str, CellPlan]) -> None:
    """A mistyped count is put right, by somebody else than who typed it."""
    season.teller.chapter(
        "16/01/2017 · Sửa một số phiếu nhập nhầm", "16/01/2017 · A mistyped count is corrected"
    )
    season.now.put(date(2017, 1, 16), 10)
    plan = plans["CB04"]
    person = plan.people[4]
    real = votes_for(season, plan)[person]
    correction = CorrectCount(
        ballot=f"{plan.code}-{DAYS[plan.code]:%m%d}",
        review=member(person),
        level=plan.level(person),
        now=real,
        reason=f"Biên bản kiểm phiếu ghi {real}, nhập thiếu một chữ số",
    )
    asked = Both("Người đã nhập tự sửa số của mình", "Who typed it corrects it himself")
    season.is_refused(asked, correction, season.secretary(plan.code))
    season.do(correction, season.counter(plan.code))
    announce(season, plan.code, person, date(2017, 1, 16))
    season.teller.say(
        f"{season.name(person)}: 2 thành {real} phiếu; kết quả được xét lại và thông qua.",
        f"{season.name(person)}: 2 becomes {real} votes; the result is judged again and carried.",
    )


def organisations(season: Season, plans: dict[str, CellPlan]) -> None:
    """Every cell scores itself, is proposed and voted; one is held down by a condition, one waits."""
    season.teller.chapter(
        "17 – 18/01/2017 · Tự chấm điểm và bỏ phiếu xếp loại chi bộ",
        "17 – 18/01/2017 · Cells score themselves and vote on their own rating",
    )
    season.now.put(date(2017, 1, 17))
    for code in CELLS:
        best = code in BEST
        neighbours(
            season,
            code,
            date(2017, 1, 16),
            administration=1 if best else 2,
            union=3 if code == HELD_DOWN else 1,
        )
        score(
            season,
            code,
            POINTS["top" if best else "good"],
            "excellent" if best else "good",
            date(2017, 1, 17),
        )
    season.now.put(VOTED, 15)
    for number, code in enumerate(CELLS, start=1):
        if code == WAITING:
            season.is_refused(
                Both(
                    f"{season.body(code)} bỏ phiếu xếp loại chi bộ khi còn người chưa xếp loại",
                    f"{season.body(code)} votes on itself while a member is not rated yet",
                ),
                organisation_evening(season, code, VOTED, "HTTNV"),
                season.secretary(code),
            )
            continue
        level = "TSVM" if code in BEST else "HTTNV"
        if code == HELD_DOWN:
            season.is_refused(
                Both(
                    f"{season.body(code)}: 93,5 điểm, bỏ phiếu mức TSVM; công đoàn xếp thứ 3 trên 4 mức",
                    f"{season.body(code)}: 93.5 points, a motion for the top; its union is third of 4 levels",
                ),
                organisation_evening(season, code, VOTED, "TSVM"),
                season.secretary(code),
            )
            level = "HTNV"
        propose(season, code, level, VOTED)
        season.do(organisation_evening(season, code, VOTED, level), season.secretary(code))
        season.teller.progress(
            Both("Chi bộ đã bỏ phiếu xếp loại", "Cells that voted on themselves"), number, len(CELLS)
        )


def reports(season: Season, plans: dict[str, CellPlan]) -> None:
    """Every cell reports; one exceeds its quota and corrects, one is returned and sent again."""
    season.teller.chapter(
        "19 – 20/01/2017 · Báo cáo cấp trên, kiểm tra hạn mức 15%",
        "19 – 20/01/2017 · Reports to the superior, the quota of 15% is checked",
    )
    season.now.put(REPORTED)
    one_too_many(season, plans["CB01"])
    for number, code in enumerate(CELLS, start=1):
        if code != WAITING:
            season.do(results(code, REPORTED), season.secretary(code))
        season.teller.progress(Both("Chi bộ đã báo cáo", "Cells that reported"), number, len(CELLS))
    season.do(
        ReturnBundle(
            submission="CB07-KQ", on=REPORTED, reason="Thiếu biên bản kiểm phiếu có chữ ký tổ trưởng"
        ),
        BOARD,
    )
    season.now.put(date(2017, 1, 20))
    season.do(results("CB07", date(2017, 1, 20)), season.secretary("CB07"))
    season.teller.say(
        f"{season.body('CB07')} bị trả lại vì thiếu biên bản, bổ sung và gửi lại ngày 20/01.",
        f"{season.body('CB07')} gets its report back for want of minutes, adds them and reports on 20/01.",
    )


def one_too_many(season: Season, plan: CellPlan) -> None:
    """A cell with more top ratings than fifteen in a hundred: refused, voted again, accepted."""
    secretary = season.secretary(plan.code)
    asked = Both(f"{season.body(plan.code)} báo cáo vượt hạn mức", f"{season.body(plan.code)} over its quota")
    season.is_refused(asked, results(plan.code, REPORTED), secretary)
    top = [person for person in plan.people if plan.level(person) == "HTXSNV"]
    for number, person in enumerate(top[-2:], start=1):
        season.do(
            RepeatBallot(review=member(person), reason="Vượt hạn mức 15%, chi bộ bỏ phiếu lại"), secretary
        )
        vote_again(season, plan.code, person, "HTTNV", REPORTED, f"{plan.code}-BL{number}")
        plan.levels[person] = "HTTNV"
    season.teller.say(
        f"Chi bộ bỏ phiếu lại hai đồng chí ở mức HTTNV; còn {len(top) - 2} trong hạn mức.",
        f"The cell votes again on two members, now for good; the {len(top) - 2} left are within the quota.",
    )


def consult(season: Season, bundle: str, until: date, board: Actor) -> None:
    """The appraiser asks the administration and the mass organisations of the base."""
    season.do(OpenConsultation(submission=bundle, bodies=CONSULTED, until=until), board)


def answer(season: Season, bundle: str, on: date, board: Actor) -> None:
    """All three bodies answer."""
    for body in CONSULTED:
        season.do(RecordOpinion(submission=bundle, body=body, on=on, text="Nhất trí."), board)


def decisions(season: Season) -> None:
    """The board consults and appraises, the committee of the base decides nine bundles."""
    season.teller.chapter(
        "20 – 24/01/2017 · Lấy ý kiến, thẩm định, quyết định",
        "20 – 24/01/2017 · Consultation, appraisal, decision",
    )
    asked, decided = date(2017, 1, 20), date(2017, 1, 24)
    bundles = [f"{code}-KQ" for code in CELLS]
    season.now.put(asked, 16)
    for bundle in bundles:
        consult(season, bundle, date(2017, 1, 23), BOARD)
    row = Judgement(review=organisation(CELLS[1]), level="HTNV")
    season.is_refused(
        Both("Thẩm định chi bộ khi ba nơi chưa trả lời", "A cell is appraised before three bodies replied"),
        AppraiseBundle(submission=bundles[1], on=asked, rows=(row,)),
        BOARD,
    )
    season.now.put(date(2017, 1, 23), 9)
    for number, bundle in enumerate(bundles, start=1):
        answer(season, bundle, date(2017, 1, 23), BOARD)
        season.do(AppraiseBundle(submission=bundle, on=date(2017, 1, 23)), BOARD)
        season.teller.progress(Both("Đã thẩm định", "Appraised"), number, len(bundles))
    season.now.put(decided, 14)
    for number, bundle in enumerate(bundles, start=1):
        decide = DecideBundle(submission=bundle, on=decided, document="QĐ 36-QĐ/ĐU")
        season.do_between(decide, COMMITTEE, SECOND_DECIDER)
        season.teller.progress(Both("Đã quyết định", "Decided"), number, len(bundles))
    season.teller.say(
        "Đảng ủy quyết định chín danh sách; mỗi mức kèm điều khoản và con số đã đọc.",
        "The committee of the base decides nine lists; each level with the clauses and numbers read for it.",
    )
