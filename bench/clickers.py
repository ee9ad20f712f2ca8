"""Two hundred people in front of the pages: a process of its own, told on standard input whom it plays.

Everybody looks at the pages of their post in turn, pausing between two clicks as somebody who reads, and now
and then sends a form. What each click took, from the request to the last byte, is counted here.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from typing import Any

import httpx2

FIRST, AT_ONCE = 40, 4
"""So many people look at their pages before anything is counted, so many times at once."""

ANSWER_SECONDS = 30
"""How long one answer is waited for before the click counts as failed."""

_FORM = re.compile(r'<form\b[^>]*\baction="(?P<action>[^"]+)"[^>]*>(?P<inside>.*?)</form>', re.DOTALL)
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(?P<name>name|value|type)="(?P<value>[^"]*)"')


@dataclass
class Counted:
    """What all clicks took, in seconds by kind of page, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)


async def click(
    client: httpx2.AsyncClient, cookies: dict[str, str], kind: str, address: str, counted: Counted
) -> str:
    """One page, and how long it took."""
    begun = time.perf_counter()
    answer = await client.get(address, headers={"cookie": _jar(cookies), "accept": "text/html"})
    counted.took[kind].append(time.perf_counter() - begun)
    counted.sizes[kind] = max(counted.sizes.get(kind, 0), len(answer.content))
    if answer.status_code != 200:
        counted.wrong.append(f"{answer.status_code} {address}")
    for name, value in answer.cookies.items():
        cookies[name] = value
    return answer.text


async def send(
    client: httpx2.AsyncClient, cookies: dict[str, str], html: str, ending: str, counted: Counted
) -> None:
    """The form of a page that is posted to an address ending so, sent with every tick set."""
    found = next((form for form in _FORM.finditer(html) if form["action"].endswith(ending)), None)
    if found is None:
        return  # was sent before: the page offers the next step now
    fields: list[tuple[str, str]] = []
    for tag in _INPUT.findall(found["inside"]):
        given = {one["name"]: one["value"] for one in _ATTRIBUTE.finditer(tag)}
        if given.get("name") and given.get("type") != "radio":
            usual = "on" if given.get("type") == "checkbox" else ""  # everything asked is confirmed
            fields.append((given["name"], given.get("value", usual)))
    body: dict[str, list[str]] = defaultdict(list)
    for name, value in fields:
        body[name].append(value)
    begun = time.perf_counter()
    answer = await client.post(
        found["action"], data=body, headers={"cookie": _jar(cookies), "sec-fetch-site": "same-origin"}
    )
    counted.took["form sent"].append(time.perf_counter() - begun)
    if answer.status_code != 303:
        counted.wrong.append(f"{answer.status_code} POST {found['action']}")


async def person(
    client: httpx2.AsyncClient,
    told: dict[str, Any],
    over: asyncio.Task[bool],
    chance: Random,
    counted: Counted,
) -> None:
    """One person clicks until it is over; the first click comes at a random moment of a pause."""
    cookies: dict[str, str] = dict(told["cookies"])
    low, high = told["pause"]
    await asyncio.wait([over], timeout=chance.uniform(0, high))
    for kind, address in cycle(told["pages"]):
        if over.done():
            return
        try:
            html = await click(client, cookies, kind, address, counted)
            if kind == told.get("sends_from"):
                await send(client, cookies, html, told["sends"], counted)
        except httpx2.HTTPError as error:
            counted.wrong.append(f"{type(error).__name__} {address}")
        await asyncio.wait([over], timeout=chance.uniform(low, high))


async def first_looks(client: httpx2.AsyncClient, told: dict[str, Any]) -> None:
    """Some people look at each of their pages before it is counted, several at once over new connections.

    What a process reads once, such as rulebooks and the plans of a board, every worker has read then; how
    long that takes is told by the first look of the board's own measurement.
    """
    for one in told["people"][:FIRST]:
        headers = {"cookie": _jar(one["cookies"]), "accept": "text/html", "connection": "close"}
        for _kind, address in one["pages"]:
            for answer in await asyncio.gather(
                *(client.get(address, headers=headers) for _ in range(AT_ONCE))
            ):
                assert answer.status_code == 200, f"{address} answers {answer.status_code}"


async def everybody(told: dict[str, Any]) -> Counted:
    """All of them at once."""
    counted = Counted()
    bell = asyncio.Event()
    over = asyncio.create_task(bell.wait())
    limits = httpx2.Limits(max_connections=len(told["people"]), max_keepalive_connections=len(told["people"]))
    async with httpx2.AsyncClient(
        base_url=told["address"], timeout=ANSWER_SECONDS, limits=limits, follow_redirects=False
    ) as client:
        await first_looks(client, told)
        asyncio.get_running_loop().call_later(told["seconds"], bell.set)
        await asyncio.gather(
            *(person(client, one, over, Random(number), counted) for number, one in enumerate(told["people"]))
        )
    return counted


def _jar(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


if __name__ == "__main__":
    found = asyncio.run(everybody(json.load(sys.stdin)))
    json.dump({"took": found.took, "wrong": found.wrong, "sizes": found.sizes}, sys.stdout)
