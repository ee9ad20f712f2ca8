"""The addresses of remediation plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.door import Door
from workflow.commands.plan import (
    AcceptPlan,
    AssignPlan,
    CarryPlanOver,
    ClosePlan,
    DrawUpPlan,
    FollowUpPlan,
    PlanCommand,
    ReportPlan,
    ReturnPlan,
)


def _plan(command: type[PlanCommand], noun: str, says: str, example: Mapping[str, Any]) -> Door:
    return Door(command, f"/plans/{{plan}}/{noun}", "plan/{plan}", says, example)


PLAN_DOORS: tuple[Door, ...] = (
    Door(
        DrawUpPlan,
        "/plans",
        "plan/{plan}",
        "Draw up the plan to remedy what a review found, or draw it up anew after it was returned",
        {
            "plan": "2016-CB03-KP",
            "review": "2016.collective.CB03",
            "items": [
                {
                    "key": "1",
                    "weakness": "Sinh hoạt chuyên đề còn ít",
                    "remedy": "Mỗi quý một chuyên đề",
                    "responsible": "0031",
                    "due": "2017-06-30",
                }
            ],
            "on": "2017-02-10",
        },
        makes=True,
    ),
    _plan(
        AssignPlan,
        "assignment",
        "Name who follows and helps, and who appraises",
        {"monitor": "0032", "appraiser": "DB01", "on": "2017-02-12"},
    ),
    _plan(
        ReturnPlan,
        "return",
        "Send the plan back with the reason",
        {"reason": "Thiếu thời hạn khắc phục", "on": "2017-02-13"},
    ),
    _plan(AcceptPlan, "acceptance", "Find the plan fit to be carried out", {"on": "2017-02-15"}),
    _plan(
        ReportPlan,
        "report",
        "Report the plan, or how far it is, to the competent level",
        {"on": "2017-02-16", "document": "BC 07-BC/CB"},
    ),
    _plan(
        FollowUpPlan,
        "follow-ups",
        "Record a look at the plan and which shortcomings are put right",
        {"on": "2017-05-10", "remedied": ["1"]},
    ),
    _plan(ClosePlan, "closure", "End the plan once everything is remedied", {"on": "2017-06-30"}),
    _plan(
        CarryPlanOver,
        "carry-over",
        "End the plan with what is left, which the next review has to answer",
        {"on": "2017-12-01"},
    ),
)
