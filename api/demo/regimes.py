"""The regimes a season is told of."""

from __future__ import annotations

from enum import StrEnum


class Regime(StrEnum):
    """In the order of their years."""

    DUK_2016 = "duk_2016"
    TKV_2018 = "tkv_2018"
    BG_2019 = "bg_2019"
    CDTKV_2020 = "cdtkv_2020"
    STC_2024 = "stc_2024"
    QD366_2025 = "qd366_2025"


CURRENT = Regime.QD366_2025
"""The regime in force: its season is shown half-way, the others at their end."""
