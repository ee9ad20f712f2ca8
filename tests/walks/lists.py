"""What is drawn for the lists of a cell on a random walk."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.builders import CAMPAIGN, LISTS
from workflow.commands.asking import Command
from workflow.commands.campaign import DeclareLists, RateNeighbour, RecordListEntry

INDIVIDUAL_LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
ORGANISATION_LEVELS = ("TSVM", "HTTNV", "HTNV", "YK")


def draw_on_lists(pick: Random, cell: str, people: list[str], on: date) -> Command:
    """An entry, a declaration or the rating of a neighbour, right or wrong."""
    draws: list[Command] = [
        DeclareLists(campaign=CAMPAIGN, organisation=cell, lists=LISTS, as_of=on),
        DeclareLists(campaign=CAMPAIGN, organisation=cell, lists=LISTS, as_of=on),
        DeclareLists(campaign=CAMPAIGN, organisation=cell, lists=LISTS, as_of=on),
        RecordListEntry(
            campaign=CAMPAIGN,
            organisation=cell,
            list=pick.choice((*LISTS, "x")),
            subject=pick.choice(people),
            from_day=on,
            to_day=on + timedelta(days=pick.randint(-1, 30)),
            decided_on=on,
        ),
        RateNeighbour(
            campaign=CAMPAIGN,
            organisation=cell,
            neighbour=f"{cell}-CQ",
            neighbour_kind=pick.choice(("administration", "mass_organisation")),
            rank=pick.randint(0, 4),
            scale_length=4,
            rated_on=on,
            document="TB 45",
        ),
    ]
    return pick.choice(draws)
