"""As what a person is reminded: the words in the column `capacity` of a notice, and how they are said."""

from __future__ import annotations

HEAD, DEPUTY = "head", "deputy"
SELF = "self"
MONITOR = "monitor"
FURTHER_UP = "further_up"

NAMES: dict[str, tuple[str, str]] = {
    HEAD: ("người đứng đầu", "head"),
    DEPUTY: ("cấp phó, khi người đứng đầu vắng", "deputy while the head is away"),
    SELF: ("cá nhân được kiểm điểm", "the person under review"),
    MONITOR: ("người được giao theo dõi kế hoạch", "the person who follows the plan"),
    FURTHER_UP: (
        "cấp trên gần nhất có người phụ trách, vì bên dưới chưa có ai",
        "the nearest body above with somebody in charge, since nobody is below",
    ),
}
"""Vietnamese and English words of each."""
