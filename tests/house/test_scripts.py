"""Scripts of the pages: those of one page share one space of names."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.house.tree import ROOT

NAMED = re.compile(r"^(?:const|let|var|class|(?:async )?function\*?) +([A-Za-z_$][\w$]*)", re.MULTILINE)


def test_no_name_is_declared_by_two_scripts() -> None:
    """Of two scripts that declare one name the second does not run at all, and no page says so."""
    declared: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "api" / "static").glob("*.js")):
        for name in NAMED.findall(path.read_text(encoding="utf-8")):
            declared[name].append(path.name)
    assert declared, "scripts declare something"
    assert {name: files for name, files in declared.items() if len(files) > 1} == {}
