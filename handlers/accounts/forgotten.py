"""A forgotten password: a letter with a link, to whoever has an account and an address of mail."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from handlers.accounts import throttle
from handlers.accounts.links import make_mailed_link
from handlers.accounts.names import normal_form
from handlers.accounts.secret_tokens import installation_key, keyed_digest
from handlers.accounts.security_log import Happened, note
from handlers.accounts.signing_in import SHOWN_DIGEST
from handlers.accounts.tables import ACCOUNTS
from handlers.courier.bodies import RESET, Body
from handlers.reminding.contacts import contact_of
from handlers.reminding.posting import letter
from workflow.clock import ZONE
from workflow.database import Database
from workflow.outbox import post

LETTERS: Final = throttle.Pace(free=2, longest=throttle.OF_A_NAME.longest)
"""Letters to one name: nobody's mailbox is filled from here."""


def ask_for_reset(database: Database, now: datetime, *, login: str, address: str, mail_domain: str) -> bool:
    """Post a letter with a link to set another password; whether there was anybody to write to.

    Too many askings, an unknown name, a disabled account and one without an address of mail come to nothing.
    """
    name = normal_form(login)
    try:
        with database.write() as connection:
            key = installation_key(connection)
            address_key = keyed_digest(key, "address", address)
            keys = [
                (keyed_digest(key, "letter", name), LETTERS),
                (keyed_digest(key, "letters", address), throttle.OF_AN_ADDRESS),
            ]
            throttle.claim(connection, keys, now)
            row = connection.execute(
                select(ACCOUNTS.c.account, ACCOUNTS.c.person).where(
                    ACCOUNTS.c.login == name, ACCOUNTS.c.disabled_at.is_(None)
                )
            ).one_or_none()
            contact = contact_of(connection, row.person) if row is not None else None
            if row is None or contact is None or not contact.email:
                return False
            link = make_mailed_link(connection, row.account, at=now, by="forgot")
            body = Body(form=RESET, day=now.astimezone(ZONE).date(), link=link)
            written = letter(
                f"{RESET}/{link}", "email", contact, body, subject=RESET, at=now, mail_domain=mail_domain
            )
            # asked for just now, and over in half an hour: quiet hours are for what comes by itself
            post(connection, [{**written, "not_before": now}])
            note(
                connection,
                now,
                Happened.RESET_ASKED,
                account=row.account,
                by="forgot",
                link=link,
                address=address_key[:SHOWN_DIGEST],
            )
            return True
    except throttle.HeldBack:
        return False
