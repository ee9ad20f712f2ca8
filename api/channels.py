"""The ways out of the building that the settings name, and the courier's round over them."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import Final
from urllib.parse import urlsplit

from api.settings import Settings
from api.wiring import Service
from handlers.courier.chat import Chat, is_installed
from handlers.courier.letters import Channel
from handlers.courier.mail_letters import mailbox
from handlers.courier.mail_server import Mail, MailServer
from handlers.courier.run import Delivered, deliver_all, worker_name
from handlers.courier.web_calls import WebCalls
from workflow.errors import BadInput

THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
ROUND_MAX: Final = timedelta(minutes=1)
"""The timer's round begins nothing after so long: the sweep waits behind it, and so does whoever stops the
service. What is left goes with the next tick.
"""


def channels_of(settings: Settings, now: Callable[[], datetime]) -> tuple[Channel, ...]:
    """The channels that are set up. Webhooks always are; e-mail needs a server, chat its extra.

    Raises BadInput naming the setting that cannot be right.
    """
    _check_public_url(settings.public_url)
    found: list[Channel] = [web_calls(settings, now)]
    mail = mail_of(settings, now)
    if mail is not None:
        found.append(mail)
    if settings.chat_schemes:
        found.append(_chat(settings, now))
    return tuple(found)


def mail_of(settings: Settings, now: Callable[[], datetime]) -> Mail | None:
    """The mail channel; None without a server. Raises BadInput for an address nobody can write from."""
    if not settings.smtp_host:
        return None
    if mailbox(f"x@{settings.mail_domain}") is None:
        raise BadInput(
            "KIEMDIEM_MAIL_DOMAIN",
            settings.mail_domain,
            "không phải tên miền; ví dụ kiemdiem.example.org.",
            "is no domain name; for example kiemdiem.example.org.",
        )
    _check_server(settings)
    return Mail(
        server=MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
            ca_file=settings.smtp_ca_file,
            seconds=settings.smtp_seconds,
        ),
        sender=_sender(settings.mail_from),
        domain=settings.mail_domain,
        public_url=settings.public_url,
        now=now,
    )


def web_calls(settings: Settings, now: Callable[[], datetime]) -> WebCalls:
    """The webhook channel."""
    return WebCalls(
        source=settings.public_url,
        public_url=settings.public_url,
        private=settings.webhook_private,
        now=now,
        seconds=settings.webhook_seconds,
    )


def deliver(
    service: Service, settings: Settings, longest: timedelta | None = ROUND_MAX
) -> Callable[[], Delivered]:
    """The courier's round as a plain function: what is due goes out by every channel that is set up.

    Raises BadInput at once where a setting cannot be right.
    """
    now = service.engine.now
    channels, worker = channels_of(settings, now), worker_name()

    def round_() -> Delivered:
        return deliver_all(
            service.database,
            now,
            channels,
            worker=worker,
            steps_minutes=settings.delivery_steps_minutes,
            until=now() + longest if longest else None,
        )

    return round_


def _check_server(settings: Settings) -> None:
    """Refuses what would fail at the first letter: no authority in the file, a password in the clear."""
    if settings.smtp_ca_file is not None:
        try:
            ssl.create_default_context(cafile=settings.smtp_ca_file)
        except (OSError, ssl.SSLError) as error:
            raise BadInput(
                "KIEMDIEM_SMTP_CA_FILE",
                str(settings.smtp_ca_file),
                "không phải tệp chứng thư gốc đọc được (dạng PEM).",
                "is no readable file of certificate authorities (PEM).",
            ) from error
    if settings.smtp_user and settings.smtp_security == "none" and settings.smtp_host not in THIS_MACHINE:
        raise BadInput(
            "KIEMDIEM_SMTP_SECURITY",
            "none",
            "thì mật khẩu đi qua mạng không mã hóa; dùng starttls hoặc tls.",
            "would send the password unencrypted over the network; use starttls or tls.",
        )


def _chat(settings: Settings, now: Callable[[], datetime]) -> Chat:
    if not is_installed():
        raise BadInput(
            "KIEMDIEM_CHAT_SCHEMES",
            ",".join(settings.chat_schemes),
            "cần phần cài thêm `chat`, hiện chưa cài: pip install 'kiemdiem[chat]'.",
            "needs the extra `chat`, which is not installed: pip install 'kiemdiem[chat]'.",
        )
    schemes = frozenset(scheme.strip().lower() for scheme in settings.chat_schemes)
    return Chat(schemes=schemes, public_url=settings.public_url, now=now)


def _sender(text: str) -> Address:
    found = mailbox(text)
    if found is None:
        raise BadInput(
            "KIEMDIEM_MAIL_FROM",
            text,
            "không phải địa chỉ thư; có KIEMDIEM_SMTP_HOST thì cần địa chỉ gửi, ví dụ nhac-viec@example.org.",
            "is no mail address; with KIEMDIEM_SMTP_HOST letters need one to come from, for example "
            "reminders@example.org.",
        )
    return found


def _check_public_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.netloc or not url.isprintable() or " " in url:
        raise BadInput(
            "KIEMDIEM_PUBLIC_URL",
            url,
            "không phải địa chỉ trang; cần dạng https://kiemdiem.example.org/.",
            "is no address of the pages; one looks like https://kiemdiem.example.org/.",
        )
