"""Whether a finding counted over days that a later decree may still change."""

from __future__ import annotations

from datetime import date

from workflow.rules.case import CALENDAR_UNIT
from workflow.rules.finding import Finding
from workflow.rules.rulebook import Rulebook


def is_provisional(finding: Finding, rulebook: Rulebook) -> bool:
    """Whether working days were counted by this rulebook's calendar over a provisional day or year.

    From the earliest day the finding read or reached to the latest, both counted.
    """
    values = {operand.name: operand.value for operand in finding.operands}
    calendar = rulebook.calendar.of_unit(str(values.get(CALENDAR_UNIT, "")))
    if not any(operand.source == f"calendar {calendar.version}" for operand in finding.operands):
        return False
    days = [value for value in values.values() if isinstance(value, date)]
    return bool(days) and calendar.is_provisional_between(min(days), max(days))
