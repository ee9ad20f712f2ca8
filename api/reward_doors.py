"""The addresses of rewards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.door import Door
from workflow.commands.reward import (
    DecideReward,
    ImportHistory,
    ProposeReward,
    RefuseReward,
    RewardCommand,
    WithdrawReward,
)


def _reward(command: type[RewardCommand], noun: str, says: str, example: Mapping[str, Any]) -> Door:
    return Door(command, f"/rewards/{{reward}}/{noun}", "reward/{reward}", says, example)


REWARD_DOORS: tuple[Door, ...] = (
    Door(
        ProposeReward,
        "/rewards",
        "reward/{reward}",
        "Put the subject of a decided review forward for a reward or title",
        {
            "reward": "2016-0045-GK",
            "review": "2016.member.0045",
            "award": "GIAY_KHEN",
            "granted_by": "grassroots",
            "by": "DB01",
            "on": "2017-02-10",
        },
        makes=True,
    ),
    _reward(
        DecideReward,
        "decision",
        "Grant the reward, or enter that the body asked has granted it",
        {"on": "2017-02-15", "document": "QĐ 15-QĐ/ĐU"},
    ),
    _reward(
        RefuseReward,
        "refusal",
        "The body asked says no",
        {"on": "2017-02-15", "reason": "Hết tỷ lệ tiêu biểu"},
    ),
    _reward(
        WithdrawReward, "withdrawal", "Take the proposal back", {"on": "2017-02-12", "reason": "Đề nghị nhầm"}
    ),
    Door(
        ImportHistory,
        "/histories",
        "history/{history}",
        "Take the levels of earlier years over from a paper or file",
        {
            "history": "LS-2016",
            "source": "lich-su-2011-2015.xlsx",
            "rows": [
                {
                    "subject": "0045",
                    "year": 2015,
                    "level": "HTXSNV",
                    "standing": "none",
                    "document": "QĐ 12-QĐ/ĐU ngày 20/01/2016",
                }
            ],
        },
        makes=True,
    ),
)
