"""A season swept and delivered by several processes that are killed at random: once, all of it, no leader."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from tests.builders import BASE, FIRST, SECOND
from tests.handlers.courier.post_office import PostOffice, post_office
from tests.reminders import town as around
from tests.reminders.counted import Expected, days
from tests.reminders.replicas import Replicas
from tests.reminders.town import HEADS, letters, moment, notices, reminded_town, reminders, tries
from tests.town import Town
from workflow.database import Database

FROM, TO = date(2017, 1, 10), date(2017, 2, 16)
"""From before the first rung (11/01) to after the last escalation (16/02)."""

SUNDAY = 7
"""Nobody sweeps on Sundays here, which takes nothing from anybody."""

KILLED_ON_ONE_DAY_IN = 3


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("database_url", "number"),
    [("postgresql", 5), ("sqlite", 3)],
    indirect=["database_url"],
    ids=["five on postgresql", "three on sqlite"],
)
def test_replicas_killed_at_random_remind_once_of_everything(
    database: Database, database_url: str, number: int
) -> None:
    """Every reminder and notice once, every letter at least once under one Message-ID, none lost."""
    town = reminded_town(database)
    seed = Random().randrange(10**9)
    random = Random(seed)
    expected = Expected()
    with post_office() as office:
        replicas = Replicas.start(database_url, office.port, number, random)
        try:
            for today in (day for day in days(FROM, TO) if day.isoweekday() != SUNDAY):
                expected.live(database, today)
                most = random.randrange(number) if random.randrange(KILLED_ON_ONE_DAY_IN) == 0 else 0
                replicas.live(moment(today, 8, random.randrange(60)), kills=most)
                if most:  # whoever is left, or was started anew, does what the killed ones had begun
                    replicas.live(moment(today, 12))
                take_a_step(town, today)
            # letters of killed processes, and those put off for it, have their last round
            replicas.live(moment(TO + timedelta(days=3), 6))
        finally:
            replicas.end()
        assert replicas.kills, f"seed {seed}: nobody was killed"
        found_once(database, expected, seed)
        noticed_once(database, expected, seed)
        received(database, office, seed)


def take_a_step(town: Town, today: date) -> None:
    """The first cell does all it owes in the middle of the season, the second nothing ever."""
    if today == date(2017, 1, 18):
        town.make_ready()
    elif today == date(2017, 1, 19):
        town.meet(day=today)
    elif today == date(2017, 1, 24):
        town.submit(on=today)


def found_once(database: Database, expected: Expected, seed: int) -> None:
    """Found exactly what was counted by hand, each once, on the day that was counted."""
    told = around.told(database)
    assert Counter(told) == Counter(list(expected.found)), f"seed {seed}"
    days_found = {one: row.found_on for one, row in zip(told, reminders(database), strict=True)}
    assert days_found == expected.found, f"seed {seed}"
    for one, row in zip(told, reminders(database), strict=True):
        assert row.rung_on == expected.rung_days[one], f"seed {seed}, {one}"
    by_cell = Counter(row.organisation for row in reminders(database))
    assert 0 < by_cell[FIRST] < by_cell[SECOND], "the first cell took its steps in the middle of the season"


def noticed_once(database: Database, expected: Expected, seed: int) -> None:
    """One line for whoever answers for each step at each rung, with all its items."""
    found = Counter(
        (n.recipient, n.noticed_on, n.organisation, n.kind, n.gate, n.rule, n.due_on, n.rung)
        for n in notices(database)
    )
    wanted: dict[tuple[object, ...], int] = {}
    for (today, body, kind, gate, rule, due, rung), items in expected.groups.items():
        wanted[(answers(body, rung), today, body, kind, gate, rule, due, rung)] = items
    assert found == Counter(dict.fromkeys(wanted, 1)), f"seed {seed}"
    counts = {
        (n.recipient, n.noticed_on, n.organisation, n.kind, n.gate, n.rule, n.due_on, n.rung): n.items
        for n in notices(database)
    }
    assert counts == wanted, f"seed {seed}"


def answers(body: str, rung: str) -> str:
    """The head of the body; at an escalation of the one above it, which for both cells is the highest."""
    above = "" if body == BASE else HEADS[BASE]
    return above if rung.startswith("escalate") else HEADS[body]


def received(database: Database, office: PostOffice, seed: int) -> None:
    """One letter a person and day that has lines; each came at least once, all its copies under one id."""
    wanted = {(n.recipient, n.noticed_on.isoformat()) for n in notices(database) if n.recipient}
    digests = {
        (row.recipient, row.subject): row for row in letters(database) if row.key.startswith("digest:")
    }
    assert digests.keys() == wanted, f"seed {seed}"
    rows = letters(database)
    assert {row.state for row in rows} == {"sent"}, f"seed {seed}"
    assert len({row.message_id for row in rows}) == len({row.key for row in rows}) == len(rows)
    came = Counter(str(letter["Message-ID"]) for letter in office.taken)
    assert came.keys() == {row.message_id for row in rows}, f"seed {seed}"
    to = {str(letter["Message-ID"]): str(letter["To"]) for letter in office.taken}
    assert all(to[row.message_id] == f"{row.recipient}@example.org" for row in rows)
    # a copy too many is one whose try was lost with its process, never one without a reason
    lost = Counter(one.outbox for one in tries(database) if one.outcome == "lost")
    for row in rows:
        assert came[row.message_id] <= 1 + lost[row.id], f"seed {seed}, {row.key}"
        assert sum(one.outbox == row.id and one.outcome == "sent" for one in tries(database)) == 1
