"""The mail channel: one connection to one SMTP server, letter after letter, and what its answers mean."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from pathlib import Path
from typing import Literal

import aiosmtplib
import msgspec
from sqlalchemy import Connection

from handlers.accounts.links import mailed_token
from handlers.accounts.secret_tokens import installation_key
from handlers.courier.bodies import RESET, body_of
from handlers.courier.letters import Letter, Outcome, Sender, Tried, later, never, sent
from handlers.courier.mail_letters import mail, mailbox
from handlers.courier.mail_words import write
from handlers.courier.readers import readers_of
from handlers.courier.reset_words import write_reset
from handlers.names import Names
from handlers.notice_tables import CONTACTS
from workflow.clock import ZONE

Security = Literal["starttls", "tls", "none"]

LEAVING = 421
LETTER_SECONDS = 90
"""The longest one letter may take in all, whatever the server does between its answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailServer:
    """Where mail is handed over. `seconds` is how long each answer is waited for."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""
    ca_file: Path | None = None
    seconds: float = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """E-mail. `sender` stands in From, `domain` in List-Id; links begin with `public_url`."""

    server: MailServer
    sender: Address
    domain: str
    public_url: str
    now: Callable[[], datetime]

    @property
    def name(self) -> str:
        """The channel's word."""
        return "email"

    def prepare(self, connection: Connection, letters: Sequence[Letter]) -> Sender:
        """Addresses of the recipients and names of the bodies that the letters speak of."""
        today = self.now().astimezone(ZONE).date()
        addresses, names = readers_of(connection, letters, CONTACTS.c.email, today)
        key = installation_key(connection) if any(one.key.startswith(f"{RESET}/") for one in letters) else b""

        def send(given: Iterable[Letter]) -> Generator[Tried, None, None]:
            return self._send(given, addresses, names, key)

        return send

    def send_plainly(self, message: bytes, to: str) -> Outcome:
        """One message outside the outbox, for a test of the settings."""
        with asyncio.Runner() as runner:
            smtp = self._client()
            try:
                return runner.run(_hand_over(smtp, self.sender.addr_spec, to, message))
            finally:
                runner.run(_leave(smtp))

    def _send(
        self, letters: Iterable[Letter], addresses: Mapping[str, str], names: Names, key: bytes
    ) -> Generator[Tried, None, None]:
        with asyncio.Runner() as runner:
            smtp = self._client()
            try:
                for letter in letters:
                    address = addresses.get(letter.recipient, "")
                    yield letter, self._one(runner, smtp, letter, address, names, key)
            finally:
                runner.run(_leave(smtp))

    def _one(
        self,
        runner: asyncio.Runner,
        smtp: aiosmtplib.SMTP,
        letter: Letter,
        address: str,
        names: Names,
        key: bytes,
    ) -> Outcome:
        if not address:
            return never("no e-mail address is known for the recipient")
        to = mailbox(address)
        if to is None:
            return never("the recipient's e-mail address is not one mail can be sent to")
        try:
            body = body_of(letter.body)
        except msgspec.MsgspecError as error:
            return never(f"the letter's content cannot be read: {error}")
        if body.form == RESET:
            written = write_reset(mailed_token(key, body.link), letter.language, self.public_url)
        else:
            written = write(body, letter.language, names, self.public_url)
        at = self.now().astimezone(ZONE)
        message = mail(letter, written, to=to, sender=self.sender, list_domain=self.domain, at=at)
        return runner.run(_hand_over(smtp, self.sender.addr_spec, to.addr_spec, message))

    def _client(self) -> aiosmtplib.SMTP:
        server = self.server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            local_hostname=self.domain,
            timeout=server.seconds,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=None if server.security == "none" else _context(server.ca_file),
        )


def _context(ca_file: Path | None) -> ssl.SSLContext:
    """Certificates are always checked; `ca_file` is the office's own authority."""
    return ssl.create_default_context(cafile=ca_file)


async def _hand_over(smtp: aiosmtplib.SMTP, sender: str, to: str, message: bytes) -> Outcome:
    try:
        async with asyncio.timeout(LETTER_SECONDS):
            if not smtp.is_connected:
                await smtp.connect()
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
        smtp.close()
        return later(f"the mail server cannot be used: {_said(error)}", unreachable=True)
    try:
        async with asyncio.timeout(LETTER_SECONDS):
            _, answer = await smtp.sendmail(sender, [to], message)
        return sent(answer)
    except aiosmtplib.SMTPRecipientsRefused as error:
        refused = error.recipients[0]
        return _by_code(refused.code, f"recipient refused: {refused.code} {refused.message}")
    except aiosmtplib.SMTPSenderRefused as error:
        return later(f"sender refused: {error.code} {error.message}", unreachable=True)
    except aiosmtplib.SMTPResponseException as error:
        return _by_code(error.code, f"letter refused: {error.code} {error.message}")
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        smtp.close()
        return later(f"the connection broke: {_said(error)}", unreachable=True)


def _by_code(code: int, said: str) -> Outcome:
    """A 5xx stays a 5xx however often it is asked; after 421 the server leaves; other 4xx pass (RFC 5321)."""
    if code >= 500:
        return never(said)
    return later(said, unreachable=code == LEAVING)


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__


async def _leave(smtp: aiosmtplib.SMTP) -> None:
    """Say good-bye where there is a connection; how the server takes it no longer matters.

    The loop ends right after, so the transport does not wait for the other side's good-bye of TLS.
    """
    transport = smtp.transport
    if transport is None:
        return
    try:
        await smtp.quit()
    except (aiosmtplib.SMTPException, OSError):
        smtp.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
