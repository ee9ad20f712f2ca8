"""Declared lists: known only once a body has declared them complete (C-15)."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.fact_type import FactType, listed

FACTS: dict[str, FactType] = {
    # Each entry: who, day of the decision, cause, found by the organisation itself, end of the term.
    "lists.discipline": listed(
        "danh sách kỷ luật",
        "list of discipline",
        str,
        date,
        str,
        bool,
        date,
        declared=True,
    ),
    # Each entry: who, key of the violation, body charged, day of the first decision or conclusion, cause,
    # disciplined, found by the organisation itself, connected with duties. One violation is one entry (C-60).
    "lists.violations": listed(
        "danh sách vi phạm đã có kết luận",
        "list of concluded violations",
        str,
        str,
        str,
        date,
        str,
        bool,
        bool,
        bool,
        declared=True,
    ),
    # The same of a collective: charged to its body or to one below, whichever list they stand on.
    "lists.charged_violations": listed(
        "vi phạm tính cho nơi này và các tổ chức trực thuộc",
        "violations charged to this body and those below",
        str,
        str,
        str,
        date,
        str,
        bool,
        bool,
        bool,
        declared=True,
    ),
    # Each entry: whose shortcoming, found on, remedied.
    "lists.open_findings": listed(
        "danh sách khuyết điểm được chỉ ra", "list of shortcomings found", str, date, bool, declared=True
    ),
    # Each entry: about whom, received on, verified.
    "lists.complaints": listed(
        "danh sách khiếu nại, tố cáo", "list of complaints", str, date, bool, declared=True
    ),
    # Each entry: to whom, issued on, explanatory report received.
    "lists.suggestions": listed(
        "danh sách gợi ý kiểm điểm", "list of suggested reviews", str, date, bool, declared=True
    ),
    "lists.sick_leave": listed("các đợt nghỉ ốm", "spells of sick leave", date, date, declared=True),
}
