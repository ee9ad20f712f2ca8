"""One season under DUK-2016, chapter by chapter, from the spreadsheet in December to a re-rating."""

from __future__ import annotations

from datetime import date

from api.demo.meetings import cell_meetings, committees
from api.demo.reports import corrections, decisions, organisations, reports
from api.demo.season import (
    BASE,
    BLOC,
    CAMPAIGN,
    CELLS,
    DAYS,
    OFFICER,
    SECTION,
    YEAR,
    Season,
)
from api.demo.upwards import annulment, base_organisation, stragglers
from api.demo.work import (
    CellPlan,
    declare,
    notify,
    plan_of,
    prepare_collective,
    prepare_person,
    send,
)
from handlers.demo_roster import FILE_NAME, demo_workbook
from handlers.opening import open_campaign
from handlers.roster_import import confirm_import, preview_import
from workflow.commands.campaign import CloseCampaign, PlanCampaign
from workflow.rules.rule import Both

NOTIFIED = date(2016, 12, 28)
SENT = date(2017, 1, 3)


def tell_season(season: Season) -> None:
    """All chapters in order; an unexpected refusal is raised."""
    roster(season)
    opening(season)
    plans = preparation(season)
    committees(season)
    cell_meetings(season, plans)
    corrections(season, plans)
    organisations(season, plans)
    reports(season, plans)
    stragglers(season, plans)
    decisions(season)
    base_organisation(season)
    annulment(season, plans)
    closing(season)


def roster(season: Season) -> None:
    """The spreadsheet becomes the roster."""
    season.teller.chapter(
        "15/12/2016 · Nhập danh sách đảng viên từ bảng tính",
        "15/12/2016 · The list of members is imported from a spreadsheet",
    )
    day = date(2016, 12, 15)
    season.now.put(day)
    engine = season.service.engine
    preview = preview_import(engine, demo_workbook(), FILE_NAME, on=day, actor=OFFICER)
    assert preview.difference is not None, "just read, not decided"
    assert preview.parsed is not None, "just read, not erased"
    new = sum(len(rows) for rows in preview.difference.new.values())
    rows, wrong = sum(preview.parsed.row_counts.values()), len(preview.parsed.problems)
    season.teller.say(
        f"Tệp {FILE_NAME}: {rows} dòng, {wrong} ô sai, {new} bản ghi mới. Xem trước rồi xác nhận.",
        f"File {FILE_NAME}: {rows} rows, {wrong} wrong cells, {new} new records. Shown, then confirmed.",
    )
    confirm_import(engine, preview.import_id, actor=OFFICER)
    again = preview_import(engine, demo_workbook(), FILE_NAME, on=day, actor=OFFICER)
    assert again.difference is not None, "just read, not decided"
    assert again.difference.is_empty, "the same file changes nothing"
    season.teller.say("Nhập lại đúng tệp đó: không có gì thay đổi.", "The same file again changes nothing.")


def opening(season: Season) -> None:
    """The campaign is planned and opened."""
    season.teller.chapter(
        "16/12/2016 · Mở đợt kiểm điểm theo Kế hoạch 24-KH/ĐUK",
        "16/12/2016 · The campaign opens under plan 24-KH/ĐUK",
    )
    season.now.put(date(2016, 12, 16))
    season.do(
        PlanCampaign(
            campaign=CAMPAIGN,
            year=YEAR,
            rulebook="duk_2016",
            organisation=BASE,
            superior=BLOC,
            roster_day=date(2016, 12, 16),
        ),
        OFFICER,
    )
    campaign = open_campaign(
        season.service.engine,
        OFFICER,
        CAMPAIGN,
        lambda done, of: season.teller.progress(Both("Mở kỳ kiểm điểm", "Reviews opened"), done, of),
    )
    season.teller.say(
        f"{campaign.subjects} kỳ kiểm điểm: tập thể, đảng viên, tổ chức đảng.",
        f"{campaign.subjects} reviews: of collectives, members and Party organisations.",
    )


def preparation(season: Season) -> dict[str, CellPlan]:
    """Self-reviews, facts, notices and drafts of every cell."""
    season.teller.chapter(
        "20/12/2016 – 03/01/2017 · Chuẩn bị, báo cấp trên, gửi dự thảo",
        "20/12/2016 – 03/01/2017 · Preparing, telling the superior, sending drafts",
    )
    day = date(2016, 12, 20)
    season.now.put(day)
    plans = {code: plan_of(season, code, DAYS[code]) for code in CELLS}
    eager = plans["CB01"]
    eager.levels.update(dict.fromkeys([p for p in eager.voted if eager.level(p) == "HTTNV"][:2], "HTXSNV"))
    total, done = sum(len(plan.people) for plan in plans.values()), 0
    for body in (BASE, SECTION, *CELLS):
        prepare_collective(season, body, day)
    for plan in plans.values():
        for person in plan.people:
            prepare_person(season, plan, person, day)
            done += 1
            season.teller.progress(Both("Bản tự kiểm điểm", "Self-reviews"), done, total)
    season.now.put(NOTIFIED)
    view = season.view()
    for code, plan in plans.items():
        notify(season, code, tuple(p for p in plan.people if view.positions_of(p)), NOTIFIED)
    for body in (BASE, SECTION):
        notify(season, body, (), NOTIFIED)
    season.now.put(date(2016, 12, 31))
    for code in (BASE, SECTION, *CELLS):
        declare(season, code, date(2016, 12, 31))
    season.now.put(SENT)
    for code in (BASE, SECTION, *(c for c in CELLS if c not in ("CB05", "CB09"))):
        send(season, code, 12, SENT)
    season.teller.say(
        f"{total} bản tự kiểm điểm, dự thảo đã gửi trước ít nhất 3 ngày, cấp trên đã được báo.",
        f"{total} self-reviews; drafts went out at least 3 days before, the superior has been told.",
    )
    return plans


def closing(season: Season) -> None:
    """The campaign ends; nothing is open any more."""
    season.do(CloseCampaign(campaign=CAMPAIGN), OFFICER)
    season.teller.say("Đợt kiểm điểm kết thúc.", "The campaign ends.")
