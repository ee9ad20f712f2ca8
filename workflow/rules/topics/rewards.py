"""Facts about a reward somebody is put forward for: what is asked for, and what the years before say."""

from __future__ import annotations

from workflow.rules.topics.choices import LEVELS, ORGANISATION_TYPES, REWARD_LEVELS, REWARDS, STANDINGS
from workflow.rules.topics.fact_type import FactType, listed

FACTS: dict[str, FactType] = {
    "reward.kind": FactType(str, "hình thức khen thưởng, danh hiệu", "reward or title asked for", REWARDS),
    "reward.by": FactType(str, "cấp khen thưởng", "level of the body that grants it", REWARD_LEVELS),
    "reward.by_type": FactType(
        str, "loại tổ chức khen thưởng", "type of the body that grants it", ORGANISATION_TYPES
    ),
    "reward.through_superior": FactType(
        bool, "đề nghị qua cấp trên của tổ chức cơ sở", "forwarded by the level above the grassroots"
    ),
    "reward.rated": FactType(bool, "mức của năm đã được quyết định", "the level of the year is decided"),
    "reward.level_of_year": FactType(str, "mức xếp loại của năm", "level of the year", LEVELS),
    "reward.standing": FactType(str, "danh hiệu của năm", "title of the year", STANDINGS),
    # Each entry: a year and the level then decided; a year that is not there is not known.
    "reward.years": listed("mức xếp loại các năm", "levels of the years", int, str),
    # Each entry: a year and the title then held, "none" where it is known that there was none.
    "reward.standings": listed("danh hiệu các năm", "titles of the years", int, str),
    # Each entry: a review whose level counts, its round and its year.
    "reward.grounds": listed("các kỳ kiểm điểm làm căn cứ", "the reviews it rests on", str, int, int),
    "reward.asked_before": FactType(
        bool, "đã đề nghị cùng hình thức với cùng nơi khen", "the same was asked of the same body before"
    ),
    "reward.titles": FactType(
        int, "số tổ chức tiêu biểu, kể cả tổ chức này", "titles granted, this one included"
    ),
    "reward.rated_top": FactType(
        int, "số chi bộ trong sạch vững mạnh của đảng bộ", "cells of the organisation at the top level"
    ),
}
