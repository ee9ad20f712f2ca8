"""A letter as mail: headers that are the same at every try, plain words and the same as simple HTML.

Nothing in it is about a person: counts, days, clauses, names of bodies and links.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from handlers.courier.letters import Letter
from handlers.courier.mail_words import Written

POLICY = SMTP.clone(cte_type="7bit")
"""Every server takes seven bits; Vietnamese travels encoded."""

_MAILBOX = re.compile(
    r"(?P<name>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<domain>[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)"
)


def mailbox(text: str) -> Address | None:
    """A plain ASCII mailbox, name@host; None for anything else: no header holds what nobody checked."""
    found = _MAILBOX.fullmatch(text)
    if found is None or len(text) > 254:
        return None
    return Address(username=found["name"], domain=found["domain"])


def mail(
    letter: Letter, written: Written, *, to: Address, sender: Address, list_domain: str, at: datetime
) -> bytes:
    """The message, ready to be sent; `at` is the moment of this try."""
    message = _addressed(letter.message_id, to, sender, list_domain, at)
    message["Subject"] = written.subject
    message.set_content(written.text, cte="base64")
    message.add_alternative(written.html, subtype="html", cte="base64")
    message["Content-Language"] = letter.language  # after the content, which takes such headers with it
    return message.as_bytes()


def trial_mail(language: str, *, to: Address, sender: Address, list_domain: str, at: datetime) -> bytes:
    """A message that says only that mail can be sent."""
    message = _addressed(make_msgid(domain=list_domain), to, sender, list_domain, at)
    vi, en = "Thư thử của kiemdiem", "A test letter of kiemdiem"
    message["Subject"] = en if language == "en" else vi
    said_vi = "Nhận được thư này nghĩa là phần gửi thư nhắc việc đã cài đặt đúng.\n"
    said_en = "If you read this, sending reminders is set up rightly.\n"
    message.set_content(said_en if language == "en" else said_vi, cte="base64")
    message["Content-Language"] = language  # after the content, which takes such headers with it
    return message.as_bytes()


def _addressed(message_id: str, to: Address, sender: Address, list_domain: str, at: datetime) -> EmailMessage:
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"kiemdiem <reminders.{list_domain}>"
    return message
