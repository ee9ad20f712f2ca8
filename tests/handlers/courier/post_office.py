"""A real SMTP server on this machine, which takes letters, refuses them, stalls or dies as a test asks."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Mood = Literal["takes", "stalls", "dies"]


@dataclass
class PostOffice:
    """What the server is told to do, and what it was given."""

    port: int = 0
    mood: Mood = "takes"
    answers_to_recipients: deque[str] = field(default_factory=deque)
    answers_to_letters: deque[str] = field(default_factory=deque)
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    connections: int = 0
    stalled: threading.Event = field(default_factory=threading.Event)
    secured: list[bool] = field(default_factory=list)
    transports: list[asyncio.BaseTransport] = field(default_factory=list)
    after_taking: Callable[[], object] | None = None

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.answers_to_recipients.popleft() if self.answers_to_recipients else "250 OK"
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self.answers_to_letters.popleft() if self.answers_to_letters else "250 kept"
        if said.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.envelopes.append((str(envelope.mail_from), tuple(envelope.rcpt_tos)))
            self.secured.append(session.ssl is not None)
            if self.after_taking is not None:
                self.after_taking()
        return said


class _Counter(SMTP):
    """The server's side of one connection, in the mood the post office is in."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        office: PostOffice = self.event_handler
        office.transports.append(transport)
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:
        office: PostOffice = self.event_handler
        if office.mood == "stalls":
            office.stalled.set()
            await asyncio.Event().wait()
        if office.mood == "dies":
            await self.push("354 go on")
            await self._reader.readline()
            assert isinstance(self.transport, asyncio.WriteTransport)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


@contextmanager
def post_office(
    *, tls: ssl.SSLContext | None = None, implicit: bool = False, login: tuple[str, str] | None = None
) -> Iterator[PostOffice]:
    """A server on a free port of this machine, for as long as the block lasts."""
    office = PostOffice()
    loop = asyncio.new_event_loop()
    opened, closing = threading.Event(), asyncio.Event()

    def know(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and login == (data.login.decode(), data.password.decode())
        return AuthResult(success=known, handled=False)

    def counter() -> SMTP:
        return _Counter(
            office,
            hostname="mail.example.org",
            loop=loop,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            authenticator=know if login else None,
            auth_required=login is not None,
            auth_require_tls=login is not None,
            enable_SMTPUTF8=False,
        )

    async def serve() -> None:
        server = await loop.create_server(counter, "127.0.0.1", 0, ssl=tls if implicit else None)
        office.port = server.sockets[0].getsockname()[1]
        opened.set()
        await closing.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}), return_exceptions=True)

    def run() -> None:
        loop.run_until_complete(serve())
        for transport in office.transports:
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()
        loop.run_until_complete(loop.shutdown_asyncgens())  # one more turn, in which they close
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert opened.wait(10)
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(closing.set)
        thread.join(10)
        assert not thread.is_alive()
