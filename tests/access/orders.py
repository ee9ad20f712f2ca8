"""One order of every kind about grants, delegations and ties."""

from datetime import date

from workflow.commands.access import (
    ConfirmGrant,
    DeclareConflict,
    DelegateCapacity,
    EndConflict,
    EndDelegation,
    EndGrant,
    GiveAtSetUp,
    ProposeGrant,
    WithdrawGrant,
)
from workflow.commands.asking import Command

DAY = date(2017, 1, 10)

ORDERS: tuple[Command, ...] = (
    ProposeGrant(grant="G", person="0101", role="officer", body="DB01", first=DAY, document="QĐ"),
    ConfirmGrant(grant="G"),
    WithdrawGrant(grant="G", reason="nhầm"),
    EndGrant(grant="G", reason="thôi việc"),
    GiveAtSetUp(grant="G", person="0101", role="officer", body="DB01", first=DAY, document="QĐ"),
    DelegateCapacity(delegation="D", person="0102", role="secretary", body="CB01", first=DAY, last=DAY),
    EndDelegation(delegation="D"),
    DeclareConflict(conflict="X", person="0101", subject="0102", closeness="spouse", body="CB01"),
    EndConflict(conflict="X", reason="đã ly hôn"),
)
