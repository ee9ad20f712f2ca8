"""The addresses of grants, delegations and declared conflicts of interest."""

from __future__ import annotations

from api.door import Door
from workflow.commands.access import (
    ConfirmGrant,
    DeclareConflict,
    DelegateCapacity,
    EndConflict,
    EndDelegation,
    EndGrant,
    ProposeGrant,
    WithdrawGrant,
)

ACCESS_DOORS: tuple[Door, ...] = (
    Door(
        ProposeGrant,
        "/grants",
        "grant/{grant}",
        "Propose a role at a body for a person; it is held once another person has confirmed",
        {
            "grant": "KT-2017-01",
            "person": "0045",
            "role": "inspection",
            "body": "DB01",
            "first": "2017-01-03",
            "last": "2017-03-31",
            "document": "QĐ 12-QĐ/ĐU",
            "reason": "Tổ kiểm tra đợt kiểm điểm năm 2016",
        },
        makes=True,
    ),
    Door(
        ConfirmGrant,
        "/grants/{grant}/confirmation",
        "grant/{grant}",
        "Confirm what another person proposed",
        {},
    ),
    Door(
        WithdrawGrant,
        "/grants/{grant}/withdrawal",
        "grant/{grant}",
        "Withdraw or turn down a proposal nobody has confirmed",
        {"reason": "Ghi nhầm người"},
    ),
    Door(
        EndGrant,
        "/grants/{grant}/ending",
        "grant/{grant}",
        "End a grant at once: from today on it is not held",
        {"reason": "Chuyển công tác"},
    ),
    Door(
        DelegateCapacity,
        "/delegations",
        "delegation/{delegation}",
        "Let another person act in a role one holds oneself, for some days",
        {
            "delegation": "UQ-2017-01",
            "person": "0046",
            "role": "secretary",
            "body": "CB03",
            "first": "2017-01-03",
            "last": "2017-01-20",
            "document": "GUQ 03",
        },
        makes=True,
    ),
    Door(
        EndDelegation,
        "/delegations/{delegation}/ending",
        "delegation/{delegation}",
        "End a delegation at once",
        {},
    ),
    Door(
        DeclareConflict,
        "/conflicts",
        "conflict/{conflict}",
        "Declare that a person is close to the subject of a review, or has an interest in the rating",
        {
            "conflict": "XD-2017-01",
            "person": "0045",
            "subject": "0046",
            "closeness": "spouse",
            "body": "CB03",
            "reason": "Kết hôn năm 2010",
        },
        makes=True,
    ),
    Door(
        EndConflict,
        "/conflicts/{conflict}/ending",
        "conflict/{conflict}",
        "Say that the tie or interest is no more",
        {"reason": "Không còn chung hộ kinh doanh"},
    ),
)
