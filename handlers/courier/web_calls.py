"""The webhook channel: a CloudEvent in a signed POST, and what the answers mean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2
from sqlalchemy import Connection, Row, select

from handlers.courier.letters import DETAIL_MAX, Letter, Outcome, Sender, Tried, later, never, sent
from handlers.courier.links import link
from handlers.courier.signing import signed_headers
from handlers.notice_tables import WEBHOOKS
from handlers.webhook_addresses import check_host, check_url, machines
from workflow.errors import BadInput
from workflow.stored_types import instant_text

REMINDER = "vn.kiemdiem.reminder.v1"
TEST = "vn.kiemdiem.test.v1"
MEDIA_TYPE = "application/cloudevents+json"
GONE = 410
BYTES_READ_MAX = 4 * DETAIL_MAX
"""Of an answer no more is read than can be shown; a letter of Unicode has at most four bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WebCalls:
    """Webhooks. `source` names this service in every event; a whole call may take `seconds`."""

    source: str
    public_url: str
    private: bool
    now: Callable[[], datetime]
    seconds: float = 10

    @property
    def name(self) -> str:
        """The channel's word."""
        return "webhook"

    def prepare(self, connection: Connection, letters: Sequence[Letter]) -> Sender:
        """Where the letters go and with which secrets they are signed."""
        ids = {letter.recipient for letter in letters}
        rows = connection.execute(select(WEBHOOKS).where(WEBHOOKS.c.webhook.in_(ids)))
        endpoints = {row.webhook: row for row in rows}

        def send(given: Iterable[Letter]) -> Generator[Tried, None, None]:
            return self._send(given, endpoints)

        return send

    def call(self, url: str, secret: str, event: Mapping[str, Any], at: datetime) -> Outcome:
        """One call outside the outbox, for a test of an endpoint."""
        with asyncio.Runner() as runner:
            return runner.run(self._post(url, secret, str(event["id"]), at, encoded(event)))

    def _send(
        self, letters: Iterable[Letter], endpoints: Mapping[str, Row[Any]]
    ) -> Generator[Tried, None, None]:
        with asyncio.Runner() as runner:
            for letter in letters:
                endpoint = endpoints.get(letter.recipient)
                if endpoint is None or not endpoint.active:
                    yield letter, never("the webhook was removed")
                    continue
                event = self.event(letter, endpoint.organisation)
                yield (
                    letter,
                    runner.run(
                        self._post(
                            endpoint.url, endpoint.secret, letter.message_id, self.now(), encoded(event)
                        )
                    ),
                )

    def event(self, letter: Letter, organisation: str) -> dict[str, Any]:
        """The CloudEvent of a letter: the same id and content at every try."""
        data = json.loads(letter.body)
        lines = [
            {name: value for name, value in line.items() if name != "href"}
            | {"link": link(self.public_url, str(line.get("href", "/")))}
            for line in data.get("lines", ())
        ]
        return {
            "specversion": "1.0",
            "id": letter.message_id,
            "source": self.source,
            "type": REMINDER,
            "subject": organisation,
            "time": instant_text(letter.created_at),
            "datacontenttype": "application/json",
            "data": {"day": data.get("day"), "organisation": organisation, "lines": lines},
        }

    async def _post(self, url: str, secret: str, message_id: str, at: datetime, content: bytes) -> Outcome:
        try:
            parts = check_url(url, private=self.private)
            async with asyncio.timeout(self.seconds):
                found = await asyncio.to_thread(machines, parts)
                check_host(parts, found, private=self.private)
                return await self._answered(url, signed_headers(secret, message_id, at, content), content)
        except BadInput as refused:
            return never(refused.en)
        except TimeoutError:
            return later(f"no answer within {self.seconds:g} seconds")
        except (httpx2.HTTPError, OSError) as error:
            return later(f"the call failed: {str(error) or type(error).__name__}")

    async def _answered(self, url: str, headers: Mapping[str, str], content: bytes) -> Outcome:
        """Redirects are not followed: the signed call is meant for the address that was entered."""
        async with (
            httpx2.AsyncClient(timeout=self.seconds, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST",
                url,
                content=content,
                headers={**headers, "content-type": MEDIA_TYPE, "user-agent": "kiemdiem"},
            ) as response,
        ):
            if response.is_success:
                return sent(str(response.status_code))
            said = f"{response.status_code} {await _first_words(response)}"
        if response.status_code == GONE:
            return never(said)
        if response.is_redirect:
            return later(f"{said} (redirects are not followed: enter the new address)")
        return later(said)


def trial_event(source: str, webhook: str, organisation: str, at: datetime) -> dict[str, Any]:
    """An event that says only that the endpoint can be reached."""
    return {
        "specversion": "1.0",
        "id": f"test-{webhook}-{int(at.timestamp())}",
        "source": source,
        "type": TEST,
        "subject": organisation,
        "time": instant_text(at),
        "datacontenttype": "application/json",
        "data": {},
    }


def encoded(event: Mapping[str, Any]) -> bytes:
    """The bytes that are sent and signed: the same for the same event."""
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


async def _first_words(response: httpx2.Response) -> str:
    taken = b""
    async for piece in response.aiter_raw():
        taken += piece
        if len(taken) >= BYTES_READ_MAX:
            break
    return taken[:BYTES_READ_MAX].decode("utf-8", "replace")
