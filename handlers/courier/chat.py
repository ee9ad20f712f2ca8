"""The chat channel, an extra: apprise carries the words of the letter to a person's chat address.

Which services may be used is the administrator's to say, by their schemes: an address is entered by its owner
and must not become a way into files or machines of ours.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec

import msgspec
from sqlalchemy import Connection

from handlers.courier.bodies import body_of
from handlers.courier.letters import Letter, Outcome, Sender, Tried, later, never, sent
from handlers.courier.mail_words import write
from handlers.courier.readers import readers_of
from handlers.names import Names
from handlers.notice_tables import CONTACTS
from workflow.clock import ZONE


def is_installed() -> bool:
    """Whether the extra `chat` is there."""
    return find_spec("apprise") is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Chat:
    """Chat through the services whose schemes are allowed; links begin with `public_url`."""

    schemes: frozenset[str]
    public_url: str
    now: Callable[[], datetime]

    @property
    def name(self) -> str:
        """The channel's word."""
        return "chat"

    def prepare(self, connection: Connection, letters: Sequence[Letter]) -> Sender:
        """Chat addresses of the recipients and names of the bodies that the letters speak of."""
        today = self.now().astimezone(ZONE).date()
        addresses, names = readers_of(connection, letters, CONTACTS.c.chat, today)

        def send(given: Iterable[Letter]) -> Generator[Tried, None, None]:
            for letter in given:
                yield letter, self._one(letter, addresses, names)

        return send

    def _one(self, letter: Letter, addresses: Mapping[str, str], names: Names) -> Outcome:
        address = addresses.get(letter.recipient, "")
        if address.partition("://")[0].lower() not in self.schemes:
            return never("no chat address of an allowed service is known for the recipient")
        try:
            written = write(body_of(letter.body), letter.language, names, self.public_url)
        except msgspec.MsgspecError as error:
            return never(f"the letter's content cannot be read: {error}")
        return _hand_over(address, written.subject, written.text)


def _hand_over(address: str, subject: str, text: str) -> Outcome:
    """An address holds its owner's token, so neither it nor what apprise says of it is kept or logged."""
    import apprise  # an extra: imported where somebody set it up

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    service = apprise.Apprise.instantiate(address)
    if service is None:
        return never("the recipient's chat address cannot be read")
    carrier = apprise.Apprise()
    carrier.add(service)
    if carrier.notify(body=text, title=subject, body_format=apprise.NotifyFormat.TEXT):
        return sent()
    return later("the chat service did not take it")
