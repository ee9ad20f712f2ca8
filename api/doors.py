"""Which command stands behind which noun: the table the command routes are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.access_doors import ACCESS_DOORS
from api.calendar_doors import CALENDAR_DOORS
from api.door import Door
from api.plan_doors import PLAN_DOORS
from api.reward_doors import REWARD_DOORS
from workflow.commands.asking import Command
from workflow.commands.beside import AuthoriseException, ClearFlag, CorrectEntry, Pause, RaiseFlag, Resume
from workflow.commands.campaign import (
    CloseCampaign,
    DeclareLists,
    GrantSpecialMerit,
    PlanCampaign,
    RateNeighbour,
    RecordListEntry,
    SettleListEntry,
)
from workflow.commands.deciding import (
    Annul,
    AppraiseBundle,
    DecideBundle,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
    StartRound,
    SubmitBundle,
)
from workflow.commands.meeting import (
    AnnounceResult,
    CancelMeeting,
    CloseUnrated,
    ConfirmCount,
    CorrectCount,
    CountBallot,
    HoldSession,
    IssueBallot,
    MarkAbsent,
    PlanMeeting,
    RecordMeeting,
    RepeatBallot,
)
from workflow.commands.preparing import (
    NotifySuperior,
    Prepare,
    ProposeLevel,
    RateSelf,
    RecordFacts,
    SendDraft,
    TickItems,
)

MEETING = {
    "campaign": "2016",
    "organisation": "CB03",
    "venue": "CB03",
    "day": "2017-01-10",
    "items": [
        {"review": "2016.collective.CB03", "chair": "0031"},
        {"review": "2016.member.0031", "chair": "0032"},
        {"review": "2016.member.0045", "chair": "0031"},
    ],
}


def _review(command: type[Command], noun: str, says: str, example: Mapping[str, Any]) -> Door:
    return Door(command, f"/reviews/{{review}}/{noun}", "review/{review}", says, example)


def _lists(command: type[Command], noun: str, says: str, example: Mapping[str, Any]) -> Door:
    path = f"/campaigns/{{campaign}}/organisations/{{organisation}}/{noun}"
    return Door(command, path, "lists/{campaign}/{organisation}", says, example)


def _bundle(command: type[Command], noun: str, says: str, example: Mapping[str, Any]) -> Door:
    return Door(command, f"/submissions/{{submission}}/{noun}", "submission/{submission}", says, example)


DOORS: tuple[Door, ...] = (
    Door(
        PlanCampaign,
        "/campaigns",
        "campaign/{campaign}",
        "Plan a campaign of a year or a quarter under a rulebook",
        {
            "campaign": "2016",
            "year": 2016,
            "rulebook": "duk_2016",
            "organisation": "DU07",
            "superior": "DUK",
            "roster_day": "2016-12-01",
        },
        makes=True,
    ),
    Door(CloseCampaign, "/campaigns/{campaign}/closure", "campaign/{campaign}", "End the campaign", {}),
    Door(
        GrantSpecialMerit,
        "/campaigns/{campaign}/special-merits",
        "campaign/{campaign}",
        "Recognise the specially excellent achievements of an organisation",
        {"organisation": "CB03", "document": "QĐ 15-QĐ/ĐU"},
    ),
    _lists(
        RecordListEntry,
        "list-entries",
        "Enter something known: a discipline, a violation, a spell of sick leave ...",
        {"list": "sick_leave", "subject": "0045", "from_day": "2016-03-01", "to_day": "2016-06-30"},
    ),
    _lists(
        SettleListEntry,
        "list-settlements",
        "Record the day a shortcoming was remedied, a complaint verified, a suggested report received",
        {"list": "open_finding", "entry": "5f0c9f6d8a6e4a0c9d1b2e3f4a5b6c7d", "settled_on": "2016-11-30"},
    ),
    _lists(
        DeclareLists,
        "list-declarations",
        "Declare lists complete as of a day, that day included",
        {"lists": ["discipline", "sick_leave"], "as_of": "2016-12-31"},
    ),
    _lists(
        RateNeighbour,
        "neighbour-ratings",
        "Record the rating of the administration or a mass organisation of the same level",
        {
            "neighbour": "CD03",
            "neighbour_kind": "mass_organisation",
            "rank": 1,
            "scale_length": 4,
            "rated_on": "2016-12-28",
            "document": "QĐ 40-QĐ/CĐ",
        },
    ),
    _review(Prepare, "preparation", "The report or self-review is written", {"on": "2016-12-20"}),
    _review(
        RecordFacts,
        "facts",
        "Record facts the rules ask for; points and days as text",
        {"facts": [{"fact": "score.political_tasks", "value": "38.5", "on": "2016-12-20"}]},
    ),
    _review(RateSelf, "self-rating", "The member rates himself", {"level": "HTTNV", "on": "2016-12-20"}),
    _review(
        TickItems,
        "ticks",
        "Confirm checklist items only a person can judge, or take ticks back",
        {"on": "2017-01-08", "ticked": ["session.summary_of_posts"]},
    ),
    _review(
        ProposeLevel,
        "proposal",
        "Put a level forward for the ballot",
        {"level": "HTTNV", "on": "2017-01-08", "by": "chi_uy"},
    ),
    _review(
        SendDraft,
        "draft",
        "Send the draft to those invited; `on` is the day the last of them had it",
        {"on": "2017-01-04", "recipients": 21},
    ),
    _review(
        NotifySuperior,
        "superior-notice",
        "Tell the superior the day of the review",
        {"on": "2017-01-02", "attachments": True},
    ),
    _review(
        HoldSession,
        "sessions",
        "Record one session, where no whole meeting is recorded",
        {"meeting": "CB03-01", "venue": "CB03", "day": "2017-01-10", "item": 2, "chair": "0032"},
    ),
    _review(MarkAbsent, "absence", "The member was not at the meeting", {"on": "2017-01-10"}),
    _review(AnnounceResult, "announcement", "The result was announced", {"on": "2017-01-10"}),
    _review(CloseUnrated, "unrated-closure", "Close without a rating, by a clause", {"on": "2017-01-10"}),
    _review(
        Pause,
        "pause",
        "Stop the review for inspection",
        {"on": "2017-01-05", "reason": "Có dấu hiệu vi phạm, đang kiểm tra"},
    ),
    _review(
        Resume,
        "resumption",
        "Go on after the conclusion",
        {"on": "2017-01-20", "conclusion": "TB 07-TB/UBKT"},
    ),
    _review(
        RaiseFlag,
        "flags",
        "Open a flag beside the stage",
        {"flag": "under_verification", "on": "2017-01-05", "reason": "Có đơn đang xác minh"},
    ),
    _review(
        ClearFlag,
        "flags/{flag}/closure",
        "Close a flag beside the stage",
        {"on": "2017-01-25", "reason": "TB 09-TB/UBKT"},
    ),
    _review(
        AuthoriseException,
        "exceptions",
        "Allow a departure from rules, by a document",
        {
            "rules": ["duk.notice_to_participants"],
            "on": "2017-01-15",
            "reason": "Bão, không họp được đúng ngày",
            "document": "CV 22-CV/ĐU",
        },
    ),
    _review(
        CorrectEntry,
        "corrections",
        "A second person puts a typed fact right",
        {"entry": "score.political_tasks", "now": "35.8", "reason": "Gõ nhầm so với bản giấy"},
    ),
    _review(
        Annul,
        "annulment",
        "Cancel a recognised level after a shortcoming was found",
        {"on": "2017-03-01", "reason": "Phát hiện vi phạm", "document": "QĐ 31-QĐ/ĐU"},
    ),
    _review(StartRound, "rounds", "Begin the new round of an annulled review", {"on": "2017-03-02"}),
    _review(
        RepeatBallot,
        "repeated-ballot",
        "Hold the ballot again, with the reason",
        {"reason": "Phiếu phát thiếu người"},
    ),
    Door(
        PlanMeeting,
        "/meetings",
        "meeting/{meeting}",
        "Set the day of a meeting with its agenda; a day that breaks a rule is refused with the clause",
        {"meeting": "CB03-01", **MEETING},
        makes=True,
    ),
    Door(
        RecordMeeting,
        "/meetings/{meeting}/record",
        "meeting/{meeting}",
        "Record a whole meeting: agenda, chairs, attendance, conclusions and counts of everybody at once",
        {
            **MEETING,
            "items": [
                {"review": "2016.collective.CB03", "chair": "0031"},
                {"review": "2016.member.0045", "chair": "0031", "counts": [["HTTNV", 17]]},
            ],
            "present": 19,
            "papers": {
                "issued": 19,
                "collected": 19,
                "valid": 18,
                "invalid": 1,
                "secret": True,
                "counters": ["0045"],
            },
            "announced": True,
        },
    ),
    Door(
        CancelMeeting,
        "/meetings/{meeting}/cancellation",
        "meeting/{meeting}",
        "Call a planned meeting off",
        {"reason": "Bí thư đi công tác"},
    ),
    Door(
        IssueBallot,
        "/ballots",
        "ballot/{ballot}",
        "Hand out papers: one motion a review, the level proposed for it",
        {
            "ballot": "CB03-01-P",
            "campaign": "2016",
            "organisation": "CB03",
            "meeting": "CB03-01",
            "day": "2017-01-10",
            "motions": [["2016.member.0045", "HTTNV"]],
            "secret": True,
            "counters": ["0045", "0062"],
            "absent": ["0077"],
        },
        makes=True,
    ),
    Door(
        CountBallot,
        "/ballots/{ballot}/count",
        "ballot/{ballot}",
        "Enter the count: papers, and those in favour by review and level",
        {
            "issued": 19,
            "collected": 19,
            "valid": 18,
            "invalid": 1,
            "tallies": [["2016.member.0045", "HTTNV", 17]],
        },
    ),
    Door(
        ConfirmCount,
        "/ballots/{ballot}/confirmation",
        "ballot/{ballot}",
        "A second person confirms the count; figures read off the paper again have to agree",
        {"tallies": [["2016.member.0045", "HTTNV", 17]]},
    ),
    Door(
        CorrectCount,
        "/ballots/{ballot}/corrections",
        "ballot/{ballot}",
        "A second person puts a typed count right",
        {"review": "2016.member.0045", "level": "HTTNV", "now": 16, "reason": "Gõ nhầm so với biên bản"},
    ),
    Door(
        SubmitBundle,
        "/submissions",
        "submission/{submission}",
        "Report an organisation's results; without `reviews`, all that are ready",
        {
            "submission": "2016-CB03",
            "campaign": "2016",
            "organisation": "CB03",
            "on": "2017-01-12",
            "documents": ["BC 05-BC/CB"],
        },
        makes=True,
    ),
    _bundle(
        ReturnBundle,
        "return",
        "Send a bundle back, whole or the rows named",
        {"on": "2017-01-14", "reason": "Thiếu biên bản kiểm phiếu"},
    ),
    _bundle(
        OpenConsultation,
        "consultation",
        "Ask bodies for their opinion until a day, that day included",
        {"bodies": ["UBKT", "BTG"], "until": "2017-01-20"},
    ),
    _bundle(
        RecordOpinion,
        "opinions",
        "Keep the opinion of one consulted body",
        {"body": "UBKT", "on": "2017-01-18", "text": "Không có đơn thư, thống nhất"},
    ),
    _bundle(
        AppraiseBundle,
        "appraisal",
        "The organisation board's advice; without `rows`, the voted levels",
        {"on": "2017-01-22", "rows": [{"review": "2016.member.0045", "level": "HTTNV"}]},
    ),
    _bundle(
        DecideBundle,
        "decision",
        "The competent body's decision; without `rows`, what was advised",
        {"on": "2017-01-25", "document": "QĐ 12-QĐ/ĐU"},
    ),
    *PLAN_DOORS,
    *REWARD_DOORS,
    *CALENDAR_DOORS,
    *ACCESS_DOORS,
)

BY_NAME: dict[str, type[Command]] = {door.command.__name__: door.command for door in DOORS}
"""Commands a person may send, by name; opening and roster changes have routes of their own."""
