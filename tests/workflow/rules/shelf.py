"""Small rulebooks written to a folder, for tests of what the loader takes and refuses."""

from __future__ import annotations

from pathlib import Path

HEADER = """
id = "{name}"
title.vi = "Quy định thử"
title.en = "A regulation for tests"
source = "Kế hoạch 1-KH/TEST"
in_force = 2016-01-01
{rest}
"""

SCALES = """
[scales]
individual = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
"""

NOTICE = """
[[rule]]
id = "test.notice"
rows = ["TEST.1"]
cite = "TEST, I.1"
says.vi = "Gửi trước ít nhất 3 ngày."
says.en = "Sent at least 3 days before."
role = "gate"
gates = ["hold_session"]
kinds = ["individual"]
force = "refuse"
condition = "calendar_days_before@1"
earlier = "draft.sent_on"
later = "meeting.day"
days_min = 3
"""

QUOTA = """
[[rule]]
id = "test.quota"
rows = ["TEST.2"]
cite = "TEST, I.2"
says.vi = "Không quá 15%."
says.en = "Not over 15%."
role = "quota"
level = "HTXSNV"
kinds = ["individual"]
force = "refuse"
condition = "top_quota@1"
percent_max = 15
base = "pool"
rounding = "down"
"""

HOUSE = """
[[rule]]
id = "test.house"
cite = "house default"
says.vi = "Quá nửa."
says.en = "More than half."
role = "threshold"
gates = ["count_ballot"]
kinds = ["individual"]
force = "refuse"
house_default = true
condition = "votes_more_than@1"
numerator = 1
denominator = 2
open = ["numerator", "denominator"]
"""


def put(shelf: Path, name: str, rules: str, header: str = SCALES) -> Path:
    """Write a rulebook folder with one file of rules."""
    folder = shelf / name
    folder.mkdir(exist_ok=True)
    (folder / "rulebook.toml").write_text(HEADER.format(name=name, rest=header), encoding="utf-8")
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return folder


def layer(shelf: Path, name: str, extends: str, rules: str) -> Path:
    """Write a layer folder on top of another."""
    return put(shelf, name, rules, header=f'extends = "{extends}"')
