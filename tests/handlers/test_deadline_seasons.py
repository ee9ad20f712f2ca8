"""The book after a whole season of each regime: what the log tells, and the same again after a rebuild."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from api.demo.living import live
from api.demo.regimes import Regime
from api.demo.season import Silent
from deadlines.tables import DEADLINES
from handlers.rebuild import disagreements, rebuild

# what every season has to hold at its end, by gate and basis
HELD = {
    Regime.DUK_2016: {("count_ballot", "yearly"), ("submit", "yearly"), ("hold_session", "yearly"),
                      ("join_meeting", "next_meeting"), ("reply", "reply")},
    Regime.TKV_2018: {("count_ballot", "unit_day"), ("set_unit_day", "house")},
    Regime.BG_2019: {("reply", "reply")},
    Regime.CDTKV_2020: {("submit", "fixed"), ("decide", "fixed")},
    Regime.STC_2024: {("submit", "fixed"), ("count_ballot", "yearly")},
    Regime.QD366_2025: {("decide", "yearly"), ("submit", "yearly")},
}  # fmt: skip


@pytest.mark.parametrize("regime", Regime)
def test_a_lived_season_leaves_the_rows_its_log_tells(database_url: str, regime: Regime) -> None:
    service = live(database_url, regime, Silent()).service
    with service.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
        before = kept(connection)
    assert {(row[0], row[1]) for row in before.values()} == HELD[regime]
    with service.database.write() as connection:
        rebuild(connection)
    with service.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
        assert kept(connection) == before
    service.close()


def kept(connection: Connection) -> dict[str, tuple[object, ...]]:
    """Every row by its key, but for the columns of the sweep."""
    left = [c for c in DEADLINES.columns if c.name not in ("gate", "basis", "overdue", "rung", "next_on")]
    rows = connection.execute(select(DEADLINES.c.gate, DEADLINES.c.basis, *left)).all()
    return {row.deadline: tuple(row) for row in rows}
