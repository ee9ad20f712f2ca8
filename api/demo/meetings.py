"""The meetings of the season: committees first, then nine cells, four of which run into the regulation."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from api.demo.season import (
    BASE,
    CAMPAIGN,
    CELLS,
    COMMITTEE,
    DAYS,
    LEADERSHIP,
    SECTION,
    Season,
    collective,
    member,
)
from api.demo.work import COLLECTIVE_TICKS, TICKS, CellPlan, agenda, meet, send, vote_again, votes_for
from handlers.tables import REVIEWS, SESSIONS
from workflow.commands.beside import AuthoriseException
from workflow.commands.deciding import SubmitBundle
from workflow.commands.meeting import AgendaItem, CloseUnrated, Papers, PlanMeeting, RecordMeeting
from workflow.rules.rule import Both

MET = Both("Chi bộ đã họp", "Cells that met")


def committees(season: Season) -> None:
    """The committee of the base, its leadership and the section hold their sessions first."""
    season.teller.chapter(
        "06/01/2017 · Kiểm điểm Đảng ủy, Ban Giám đốc, Đảng ủy bộ phận",
        "06/01/2017 · The committee, the board of directors and the section committee are reviewed",
    )
    for hour, (venue, day) in enumerate(
        ((BASE, date(2017, 1, 6)), (LEADERSHIP, date(2017, 1, 6)), (SECTION, date(2017, 1, 6)))
    ):
        season.now.put(day, 9 + hour)
        people = _reviewed_at(season, venue)
        head, deputy = season.head(venue), season.deputy(venue)
        items = (
            []
            if venue == LEADERSHIP
            else [AgendaItem(review=collective(venue), chair=head, ticked=COLLECTIVE_TICKS)]
        )
        items += [
            AgendaItem(review=member(p), chair=deputy if p == head else head, ticked=TICKS)
            for p in sorted(people, key=lambda p: p != head)
        ]
        season.do(
            RecordMeeting(
                meeting=f"{venue}-{day:%m%d}",
                campaign=CAMPAIGN,
                organisation=venue,
                venue=venue,
                day=day,
                items=tuple(items),
                present=max(len(people), 1),
                superior_attended=True,
            ),
            season.secretary(venue),
        )
        order, told = "cá nhân, tập thể trước, cá nhân sau", "people, the collective first, then they"
        if venue == LEADERSHIP:
            order, told = "cá nhân", "people"
        season.teller.say(
            f"{season.body(venue)}: {len(people)} {order}; người đứng đầu do cấp phó chủ trì.",
            f"{season.body(venue)}: {len(people)} {told}; a deputy chairs for the head.",
        )


def _reviewed_at(season: Season, venue: str) -> list[str]:
    with season.service.database.read() as connection:
        return list(
            connection.execute(
                select(REVIEWS.c.subject)
                .join(SESSIONS, SESSIONS.c.review == REVIEWS.c.review)
                .where(SESSIONS.c.venue == venue, REVIEWS.c.kind == "individual")
                .order_by(REVIEWS.c.subject)
            ).scalars()
        )


def cell_meetings(season: Season, plans: dict[str, CellPlan]) -> None:
    """Nine evenings: most as they should be, four that run into the regulation."""
    season.teller.chapter(
        "06 – 13/01/2017 · Chín chi bộ họp kiểm điểm và bỏ phiếu",
        "06 – 13/01/2017 · Nine cells meet, review and vote",
    )
    late_draft(season, plans["CB05"])
    wrong_order(season, plans["CB06"])
    for number, code in enumerate(("CB01", "CB02", "CB03", "CB04"), start=1):
        season.now.put(DAYS[code], 20)
        plan = plans[code]
        votes = votes_for(season, plan)
        if code == "CB04":
            votes[plan.people[4]] = 2  # typed for 20: put right by a second person later
        meet(season, plan, DAYS[code], votes)
        season.teller.progress(MET, number, len(CELLS))
    top_motion_fails(season, plans["CB05"])
    season.now.put(DAYS["CB06"], 20)
    meet(season, plans["CB06"], DAYS["CB06"], votes_for(season, plans["CB06"]))
    season.now.put(DAYS["CB07"], 20)
    meet(season, plans["CB07"], DAYS["CB07"], votes_for(season, plans["CB07"]))
    absent_member(season, plans["CB08"])
    held_too_late(season, plans["CB09"])
    season.teller.progress(MET, len(CELLS), len(CELLS))
    for code, plan in plans.items():
        for person in plan.unrated:
            season.do(CloseUnrated(review=member(person), on=DAYS[code]), season.secretary(code))


def late_draft(season: Season, plan: CellPlan) -> None:
    """The draft of a cell goes out too late for the day it wanted."""
    sent = date(2017, 1, 6)
    season.now.put(sent, 15)
    send(season, plan.code, 22, sent)
    wanted = _planned(season, plan, date(2017, 1, 8))
    asked = Both(
        f"{season.body(plan.code)} định họp 08/01, dự thảo gửi 06/01",
        f"{season.body(plan.code)} wants to meet on 08/01, the draft went out on 06/01",
    )
    season.is_refused(asked, wanted, season.secretary(plan.code))
    season.do(_planned(season, plan, DAYS[plan.code]), season.secretary(plan.code))
    season.teller.say(
        "Chi bộ chọn ngày 11/01: đủ 3 ngày, được chấp nhận.",
        "The cell chooses 11/01: 3 days are enough, it is accepted.",
    )


def _planned(season: Season, plan: CellPlan, day: date) -> PlanMeeting:
    return PlanMeeting(
        meeting=f"{plan.code}-{day:%m%d}",
        campaign=CAMPAIGN,
        organisation=plan.code,
        venue=plan.code,
        day=day,
        items=agenda(season, plan, {}, ballot=False),
    )


def wrong_order(season: Season, plan: CellPlan) -> None:
    """An individual before the collective, and a head in the chair of his own review."""
    secretary = season.secretary(plan.code)
    planned = _planned(season, plan, DAYS[plan.code])
    first, second, *rest = planned.items
    season.is_refused(
        Both(
            f"{season.body(plan.code)} xếp {season.name(season.head(plan.code))} trước tập thể chi ủy",
            f"{season.body(plan.code)} puts {season.name(season.head(plan.code))} before the committee",
        ),
        _with_items(planned, (second, first, *rest)),
        secretary,
    )
    head = season.head(plan.code)
    own = AgendaItem(review=member(head), chair=head, ticked=TICKS)
    season.is_refused(
        Both(
            f"Bí thư {season.name(head)} tự chủ trì phần kiểm điểm của mình",
            f"The secretary {season.name(head)} chairs the review of himself",
        ),
        _with_items(planned, (first, own, *rest)),
        secretary,
    )
    season.do(planned, secretary)
    deputy = season.name(season.deputy(plan.code))
    season.teller.say(
        f"Chi ủy phân công {deputy} chủ trì: được chấp nhận.",
        f"The committee has {deputy} take the chair: accepted.",
    )


def _with_items(planned: PlanMeeting, items: tuple[AgendaItem, ...]) -> PlanMeeting:
    return PlanMeeting(
        meeting=planned.meeting,
        campaign=planned.campaign,
        organisation=planned.organisation,
        venue=planned.venue,
        day=planned.day,
        items=items,
    )


def top_motion_fails(season: Season, plan: CellPlan) -> None:
    """A motion for the top level stays under two thirds; the next motion carries."""
    day = DAYS[plan.code]
    season.now.put(day, 20)
    votes = votes_for(season, plan)
    person = next(p for p in plan.people if plan.level(p) == "HTXSNV")
    entitled = len(season.view().official_members(plan.code))
    votes[person] = 2 * entitled // 3
    meet(season, plan, day, votes)
    sum_of = f"3·{votes[person]} = {3 * votes[person]}", f"2·{entitled} = {2 * entitled}"
    season.teller.say(
        f"{season.name(person)}: {votes[person]} trên {entitled} phiếu cho HTXSNV, "
        f"{sum_of[0]} không lớn hơn {sum_of[1]}: không thông qua.",
        f"{season.name(person)}: {votes[person]} of {entitled} votes for excellent, "
        f"{sum_of[0]} is not more than {sum_of[1]}: not carried.",
    )
    vote_again(season, plan.code, person, "HTTNV", day, f"{plan.code}-2")
    plan.levels[person] = "HTTNV"
    season.teller.say(
        f"Bỏ phiếu tiếp mức HTTNV: {entitled - 1} trên {entitled}, thông qua.",
        f"The next motion, for good: {entitled - 1} of {entitled}, carried.",
    )


def absent_member(season: Season, plan: CellPlan) -> None:
    """One member is away and will be taken at the next meeting attended."""
    season.now.put(DAYS[plan.code], 20)
    away = plan.people[8]
    plan.absent = (away,)
    meet(season, plan, DAYS[plan.code], votes_for(season, plan))
    season.teller.say(
        f"{season.body(plan.code)}: {season.name(away)} đi công tác, vắng mặt; chờ kỳ sinh hoạt sau.",
        f"{season.body(plan.code)}: {season.name(away)} is away on duty and waits for the next meeting.",
    )


def held_too_late(season: Season, plan: CellPlan) -> None:
    """A meeting that really took place against a rule is recorded as it was, and held until an exception."""
    sent = date(2017, 1, 12)
    season.now.put(sent, 9)
    send(season, plan.code, 14, sent)
    day = DAYS[plan.code]
    season.now.put(day, 21)
    votes = votes_for(season, plan)
    season.is_refused(
        Both(
            f"{season.body(plan.code)} ghi biên bản 13/01, dự thảo mới gửi 12/01",
            f"{season.body(plan.code)} records its meeting of 13/01, the draft went out on 12/01",
        ),
        _evening(season, plan, day, votes),
        season.secretary(plan.code),
    )
    meet(season, plan, day, votes, took_place=True)
    season.teller.say(
        "Cuộc họp đã diễn ra thật: ghi đúng ngày, đánh dấu “tiến hành chưa đúng quy định”.",
        "The meeting did take place: recorded with its true day and marked as irregular.",
    )
    season.now.put(date(2017, 1, 16))
    season.is_refused(
        Both(
            f"{season.body(plan.code)} báo cáo kết quả kiểm điểm chi ủy",
            f"{season.body(plan.code)} reports the review of its committee",
        ),
        SubmitBundle(
            submission=f"{plan.code}-KĐ",
            campaign=CAMPAIGN,
            organisation=plan.code,
            on=date(2017, 1, 16),
            reviews=(collective(plan.code),),
            kind="collective",
        ),
        season.secretary(plan.code),
    )
    season.do(
        AuthoriseException(
            review=collective(plan.code),
            rules=("duk.notice_to_participants",),
            on=date(2017, 1, 16),
            reason="Chi bộ đi sản xuất ba ca, không bố trí được ngày khác",
            document="CV 15-CV/ĐU",
        ),
        COMMITTEE,
    )
    season.teller.say(
        "Đảng ủy cho phép ngoại lệ bằng Công văn 15-CV/ĐU; kỳ kiểm điểm mang dấu này mãi.",
        "The committee of the base allows an exception by letter 15-CV/ĐU; the review carries it for ever.",
    )


def _evening(season: Season, plan: CellPlan, day: date, votes: dict[str, int]) -> RecordMeeting:
    cast = len(season.view().official_members(plan.code))
    return RecordMeeting(
        meeting=f"{plan.code}-{day:%m%d}",
        campaign=CAMPAIGN,
        organisation=plan.code,
        venue=plan.code,
        day=day,
        items=agenda(season, plan, votes),
        present=len(plan.people),
        papers=Papers(issued=cast, collected=cast, valid=cast, invalid=0, secret=True),
        announced=True,
    )
