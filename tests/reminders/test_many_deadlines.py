"""A hundred thousand open deadlines: as many statements as for a thousand, and each reminder right."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, make_url, select

from api.wiring import Service, build
from bench.owing import REMINDED_LAST, STEPS, SWEPT, Owing, write_owing
from bench.places import new_database, postgres_server
from deadlines.tables import DEADLINES, REMINDERS
from handlers.notice_tables import NOTICES
from handlers.reminding.run import SweepResult, sweep_once
from tests.reminders.town import moment
from workflow.database import Database
from workflow.outbox import OUTBOX

CAMPAIGNS, CELLS = 5, 10
FEW, MANY = 10, 1_000
"""Members of a cell: 1,000 and 100,000 deadlines for the same bodies and the same people who lead them."""


@contextmanager
def statements(service: Service) -> Iterator[list[str]]:
    """Every statement handed to the driver meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engine = service.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def swept(service: Service, days_later: int) -> tuple[SweepResult, list[str]]:
    """A sweep so many days after the one everything is written for, and its statements."""
    with statements(service) as seen:
        result = sweep_once(service.engine, moment(SWEPT + timedelta(days=days_later)))
    return result, seen


def service_owing(url: str, members: int) -> Service:
    """Two of the five campaigns are reminded of today."""
    service = build(url)
    write_owing(service, Owing(campaigns=CAMPAIGNS, reminded=2, cells=CELLS, members=members))
    return service


@pytest.mark.timeout(300)
def test_a_hundred_thousand_deadlines_take_as_many_statements_as_a_thousand(database_url: str) -> None:
    """On a quiet day, with reminders, again on the same day, and with a rung missed; and each is right."""
    with new_database(make_url(database_url).get_backend_name(), postgres_server()) as small:
        few, many = service_owing(small, FEW), service_owing(database_url, MANY)
        assert (rows(few.database), rows(many.database)) == (1_000, 100_000)
        for days_later in (-1, 0, 0, 2, 6):
            few_result, few_seen = swept(few, days_later)
            many_result, many_seen = swept(many, days_later)
            assert few_seen == many_seen, f"{days_later} days later"
            assert many_result.reminders == few_result.reminders * MANY // FEW
            assert many_result.late == few_result.late * MANY // FEW
            assert many_result.notices == few_result.notices
            assert many_result.letters == few_result.letters
        few.close()
    each_once(many.database)
    many.close()


def each_once(database: Database) -> None:
    """A vote until 13/01 is reminded of on 10/01, 12/01, 13/01 and 16/01; a head hears of 1,000 at once."""
    gate, rule, _ = STEPS[0]
    with database.read() as connection:
        by_rung = connection.execute(
            select(
                REMINDERS.c.rung,
                REMINDERS.c.rung_on,
                func.count(),
                func.count(REMINDERS.c.deadline.distinct()),
            )
            .where(REMINDERS.c.gate == gate)
            .group_by(REMINDERS.c.rung, REMINDERS.c.rung_on)
        ).all()
        lines = connection.execute(select(NOTICES).where(NOTICES.c.gate == gate)).all()
        letters = connection.execute(select(OUTBOX.c.recipient, OUTBOX.c.subject)).all()
    reminded = 2 * CELLS * MANY
    assert {(rung, day): (count, each) for rung, day, count, each in by_rung} == {
        (rung, REMINDED_LAST + timedelta(days=days)): (reminded, reminded)
        for rung, days in (("before:3", -3), ("before:1", -1), ("day:0", 0), ("after:1", 3))
    }
    assert {line.rule for line in lines} == {rule}
    assert {line.items for line in lines} == {MANY}
    assert len(lines) == 4 * 2 * CELLS
    assert set(Counter(letters).values()) == {1}


def rows(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(DEADLINES)).scalar_one())
