"""The commands about what leaves the building: the courier's round, its letters, where calls go."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from api.channels import deliver as delivery
from api.channels import mail_of, web_calls
from api.settings import Settings
from api.terminal.output import (
    DEFAULT_DATABASE,
    ActorOption,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    Refused,
    answer_json,
    both,
    opened,
    terminal,
)
from handlers.courier.letters import Outcome
from handlers.courier.mail_letters import mailbox, trial_mail
from handlers.courier.web_calls import trial_event
from handlers.deliveries import Delivery, Show, deliveries, send_again
from handlers.deliveries import cancel as cancel_letter
from handlers.webhooks import add_webhook, remove_webhook, webhook_with_secret, webhooks
from workflow.clock import ZONE

webhook = typer.Typer(no_args_is_help=True, help="Where a committee's own system is called.")


class State(StrEnum):
    """Which letters are listed."""

    WAITING = "waiting"
    LATE = "late"
    DEAD = "dead"
    SENT = "sent"
    CANCELLED = "cancelled"
    ALL = "all"


SHOWN: dict[State, Show] = {
    State.WAITING: "waiting",
    State.LATE: "late",
    State.DEAD: "dead",
    State.SENT: "sent",
    State.CANCELLED: "cancelled",
    State.ALL: "all",
}
STATES = {
    "queued": ("chờ gửi", "waiting"),
    "sent": ("đã gửi", "sent"),
    "dead": ("hỏng", "dead"),
    "cancelled": ("đã hủy", "cancelled"),
}
CHANNELS = {"email": ("thư điện tử", "e-mail"), "webhook": ("webhook", "webhook"), "chat": ("chat", "chat")}


def deliver(
    test: Annotated[
        str, typer.Option("--test", metavar="ADDRESS", help="Send one test letter to this address, no other.")
    ] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Send what is due once: e-mail and webhooks. The service does the same by itself while it runs."""
    settings = Settings()
    if test:
        _send_test(settings, test, language)
        return
    with opened(database) as service:
        done = delivery(service, settings, None)()
    if as_json:
        answer_json(dataclasses.asdict(done))
        return
    vi = f"Đã gửi {done.sent}, hoãn {done.later}, hỏng {done.dead}."
    en = f"Sent {done.sent}, put off {done.later}, dead {done.dead}."
    if done.untried:
        vi += f" Chưa thử {done.untried} vì máy chủ không nhận; sẽ gửi lượt sau."
        en += f" Not tried: {done.untried}, as the server takes none now; they go with the next round."
    terminal().print(both(language, vi, en), markup=False)
    if not settings.smtp_host:
        vi = "Chưa đặt KIEMDIEM_SMTP_HOST: thư điện tử vẫn chờ."
        terminal().print(both(language, vi, "KIEMDIEM_SMTP_HOST is not set: e-mail waits."), markup=False)


def list_deliveries(
    state: Annotated[State, typer.Option("--state", help="Which letters.")] = State.ALL,
    channel: Annotated[str, typer.Option("--channel", help="email, webhook or chat; else all.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")] = 50,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """List letters with their tries and the reason of the last one, the newest first."""
    with opened(database) as service, service.database.read() as connection:
        found = deliveries(connection, service.engine.now(), show=SHOWN[state], channel=channel, limit=limit)
    if as_json:
        answer_json([dataclasses.asdict(one) for one in found])
        return
    if not found:
        terminal().print(both(language, "Không có thư nào như vậy.", "There are no such letters."))
        return
    terminal().print(_table(found, language))


def resend(
    letter: Annotated[int, typer.Argument(help="The number of a dead or cancelled letter.")],
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Put a dead or cancelled letter back into the queue; it goes out with the next round."""
    with opened(database) as service, service.database.write() as connection:
        send_again(connection, letter, by=actor, at=service.engine.now())
    terminal().print(both(language, f"Thư {letter} chờ gửi lại.", f"Letter {letter} waits to be sent."))


def cancel(
    letter: Annotated[int, typer.Argument(help="The number of a waiting letter.")],
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Take a waiting letter out of the queue; it is kept and can be sent again."""
    with opened(database) as service, service.database.write() as connection:
        cancel_letter(connection, letter, by=actor, at=service.engine.now())
    terminal().print(both(language, f"Đã hủy thư {letter}.", f"Letter {letter} is cancelled."))


@webhook.command(
    "add", epilog="Example: kiemdiem webhook add https://hooks.example.org/kd --organisation DB01"
)
def webhook_add(
    url: Annotated[str, typer.Argument(help="An https address.")],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="ID", help="The branch it is told about.")
    ],
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Add an endpoint; its secret is shown now and never again."""
    private = Settings().webhook_private
    with opened(database) as service, service.database.write() as connection:
        made, secret = add_webhook(
            connection, url, organisation, by=actor, at=service.engine.now(), private=private
        )
    if as_json:
        answer_json({**dataclasses.asdict(made), "secret": secret})
        return
    vi = f"Webhook {made.webhook}. Khóa ký, chỉ hiện lần này: {secret}"
    terminal().print(
        both(language, vi, f"Webhook {made.webhook}. Its secret, shown only now: {secret}"), markup=False
    )


@webhook.command("list", epilog="Example: kiemdiem webhook list --json")
def webhook_list(
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """List the endpoints, removed ones last."""
    with opened(database) as service, service.database.read() as connection:
        found = webhooks(connection)
    if as_json:
        answer_json([dataclasses.asdict(one) for one in found])
        return
    if not found:
        terminal().print(both(language, "Chưa có webhook nào.", "There is no webhook."))
        return
    table = Table()
    heads = (("Mã", "Code"), ("Địa chỉ", "Address"), ("Tổ chức", "Organisation"), ("Dùng", "In use"))
    for head in heads:
        table.add_column(both(language, *head))
    for one in found:
        used = both(language, "có", "yes") if one.active else both(language, "đã bỏ", "removed")
        table.add_row(one.webhook, one.url, one.organisation, used)
    terminal().print(table)


@webhook.command("remove", epilog="Example: kiemdiem webhook remove 0f3a9c21d4e5")
def webhook_remove(
    webhook: Annotated[str, typer.Argument(help="The code of the endpoint.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Call an endpoint no more; what waits for it is cancelled."""
    with opened(database) as service, service.database.write() as connection:
        remove_webhook(connection, webhook, at=service.engine.now())
    terminal().print(both(language, f"Đã bỏ webhook {webhook}.", f"Webhook {webhook} is removed."))


@webhook.command("test", epilog="Example: kiemdiem webhook test 0f3a9c21d4e5")
def webhook_test(
    webhook: Annotated[str, typer.Argument(help="The code of the endpoint.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Call an endpoint now with an event that says nothing; exit code 1 where it is not taken."""
    settings = Settings()
    with opened(database) as service:
        with service.database.read() as connection:
            endpoint, secret = webhook_with_secret(connection, webhook)
        now = service.engine.now()
        event = trial_event(settings.public_url, endpoint.webhook, endpoint.organisation, now)
        outcome = web_calls(settings, service.engine.now).call(endpoint.url, secret, event, now)
    _answer(outcome, language)


def _send_test(settings: Settings, address: str, language: Language) -> None:
    from workflow import clock

    mail = mail_of(settings, clock.now)
    if mail is None:
        raise Refused(
            "Chưa đặt KIEMDIEM_SMTP_HOST nên chưa gửi thư được.",
            "KIEMDIEM_SMTP_HOST is not set, so no letter can be sent.",
        )
    to = mailbox(address)
    if to is None:
        raise Refused("Đây không phải địa chỉ thư dùng được.", "This is no address mail can be sent to.")
    message = trial_mail(
        language.value, to=to, sender=mail.sender, list_domain=mail.domain, at=clock.now().astimezone(ZONE)
    )
    _answer(mail.send_plainly(message, to.addr_spec), language)


def _answer(outcome: Outcome, language: Language) -> None:
    if outcome.verdict != "sent":
        vi = f"Không gửi được: {outcome.detail}"
        raise Refused(vi, f"It was not taken: {outcome.detail}")
    terminal().print(both(language, "Đã gửi, bên kia đã nhận.", "Sent, and taken."), markup=False)


def _table(found: tuple[Delivery, ...], language: Language) -> Table:
    table = Table()
    heads = (
        ("Số", "Number"),
        ("Kênh", "Channel"),
        ("Người nhận", "Recipient"),
        ("Trạng thái", "State"),
        ("Lần thử", "Tries"),
        ("Lý do", "Reason"),
    )
    for head in heads:
        table.add_column(both(language, *head))
    for one in found:
        state = both(language, *STATES[one.state])
        if one.late:
            state += both(language, ", trễ", ", late")
        table.add_row(
            str(one.id),
            both(language, *CHANNELS.get(one.channel, (one.channel, one.channel))),
            f"{one.recipient} {one.address}".strip(),
            state,
            str(one.attempts),
            one.problem,
        )
    return table
