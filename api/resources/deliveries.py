"""What became of the letters, and where calls go: for whoever looks after the service."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from api.actors import Acting
from api.answers import READ_REFUSED, REFUSED, TheService
from api.asking import scope_of
from api.bodies import Body, Id
from api.channels import web_calls
from api.resources.settings_of import TheSettings
from handlers.courier.web_calls import trial_event
from handlers.deliveries import (
    Show,
    cancel,
    counts,
    deliveries,
    letters_seen,
    may_act,
    may_see,
    send_again,
)
from handlers.webhooks import add_webhook, remove_webhook, webhook_with_secret, webhooks, webhooks_seen

router = APIRouter(tags=["deliveries"])

LetterId = Annotated[int, Path(ge=1, le=2**53)]
WebhookId = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]
URL_TEXT_MAX = 2_000


class TryOut(BaseModel):
    """One try, or what a person did with the letter."""

    number: int
    at: datetime
    by: str
    outcome: str = Field(examples=["sent", "later", "never", "lost", "requeued", "cancelled"])
    detail: str


class DeliveryOut(BaseModel):
    """One letter; `address` is masked, `late` says that it waits past its time."""

    id: int
    channel: str
    recipient: str
    address: str
    campaign: str
    message_id: str
    state: str
    late: bool
    created_at: datetime
    not_before: datetime
    ended_at: datetime | None
    attempts: int
    problem: str
    tries: list[TryOut]


class CountedOut(BaseModel):
    """Letters of one channel by state; `late` ones are among `queued`."""

    channel: str
    queued: int
    late: int
    sent: int
    dead: int
    cancelled: int


class DeliveriesOut(BaseModel):
    """Newest first; the next page is asked for with `before` = the last id of this one."""

    counts: list[CountedOut]
    items: list[DeliveryOut]


class WebhookOut(BaseModel):
    """An endpoint; its secret is seen once, when it is made."""

    webhook: str
    url: str
    organisation: str
    active: bool
    created_at: datetime
    created_by: str


class NewWebhookOut(WebhookOut):
    """With the secret its calls are signed with."""

    secret: str


class NewWebhook(Body):
    """Where to call, about which branch of the tree."""

    url: str = Field(max_length=URL_TEXT_MAX, examples=["https://hooks.example.org/kiemdiem"])
    organisation: Id = Field(examples=["DB01"])


class TrialOut(BaseModel):
    """Whether the endpoint took a call that says nothing, and what it answered."""

    taken: bool
    detail: str


@router.get("/deliveries", responses=READ_REFUSED, summary="Letters, their states and tries")
def list_deliveries(
    actor: Acting,
    service: TheService,
    show: Annotated[Show, Query()] = "all",
    channel: Annotated[str, Query(max_length=20)] = "",
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> DeliveriesOut:
    """Counts of every channel, and the letters asked for, of the branch. No address is shown in full."""
    may_see(actor)
    now, only = service.engine.now(), letters_seen(scope_of(service, actor))
    with service.database.read() as connection:
        counted = counts(connection, now, only)
        found = deliveries(connection, now, show=show, channel=channel, limit=limit, before=before, only=only)
    return DeliveriesOut(
        counts=[CountedOut.model_validate(one, from_attributes=True) for one in counted],
        items=[DeliveryOut.model_validate(one, from_attributes=True) for one in found],
    )


@router.post("/deliveries/{letter}/resending", responses=REFUSED, summary="Send a letter again")
def resend(letter: LetterId, actor: Acting, service: TheService) -> DeliveryOut:
    """A dead or cancelled letter goes out with the next round, under the same Message-ID."""
    may_act(actor)
    now, only = service.engine.now(), letters_seen(scope_of(service, actor))
    with service.database.write() as connection:
        send_again(connection, letter, by=actor.id, at=now, only=only)
        (found,) = deliveries(connection, now, ids=[letter])
    return DeliveryOut.model_validate(found, from_attributes=True)


@router.post("/deliveries/{letter}/cancellation", responses=REFUSED, summary="Cancel a waiting letter")
def cancel_letter(letter: LetterId, actor: Acting, service: TheService) -> DeliveryOut:
    """It is kept, and can be sent again."""
    may_act(actor)
    now, only = service.engine.now(), letters_seen(scope_of(service, actor))
    with service.database.write() as connection:
        cancel(connection, letter, by=actor.id, at=now, only=only)
        (found,) = deliveries(connection, now, ids=[letter])
    return DeliveryOut.model_validate(found, from_attributes=True)


@router.get("/webhooks", responses=READ_REFUSED, summary="Where calls go")
def list_webhooks(actor: Acting, service: TheService) -> list[WebhookOut]:
    """Every endpoint that is told of a body of the branch, removed ones last."""
    may_see(actor)
    only = webhooks_seen(scope_of(service, actor))
    with service.database.read() as connection:
        return [WebhookOut.model_validate(one, from_attributes=True) for one in webhooks(connection, only)]


@router.post("/webhooks", status_code=201, responses=REFUSED, summary="Add an endpoint")
def make_webhook(
    body: NewWebhook, actor: Acting, service: TheService, settings: TheSettings
) -> NewWebhookOut:
    """The secret is in this answer and in no other."""
    may_act(actor)
    with service.database.write() as connection:
        made, secret = add_webhook(
            connection,
            body.url,
            body.organisation,
            by=actor.id,
            at=service.engine.now(),
            private=settings.webhook_private,
            scope=scope_of(service, actor),
        )
    shown = WebhookOut.model_validate(made, from_attributes=True)
    return NewWebhookOut(**shown.model_dump(), secret=secret)


@router.post(
    "/webhooks/{webhook}/removal", status_code=204, responses=REFUSED, summary="Call an endpoint no more"
)
def end_webhook(webhook: WebhookId, actor: Acting, service: TheService) -> None:
    """What waits for it is cancelled."""
    may_act(actor)
    with service.database.write() as connection:
        remove_webhook(
            connection, webhook, at=service.engine.now(), only=webhooks_seen(scope_of(service, actor))
        )


@router.post("/webhooks/{webhook}/trial", responses=REFUSED, summary="Call an endpoint now")
def try_webhook(webhook: WebhookId, actor: Acting, service: TheService, settings: TheSettings) -> TrialOut:
    """With an event of the type vn.kiemdiem.test.v1 that says nothing."""
    may_act(actor)
    with service.database.read() as connection:
        endpoint, secret = webhook_with_secret(connection, webhook, webhooks_seen(scope_of(service, actor)))
    now = service.engine.now()
    event = trial_event(settings.public_url, endpoint.webhook, endpoint.organisation, now)
    outcome = web_calls(settings, service.engine.now).call(endpoint.url, secret, event, now)
    return TrialOut(taken=outcome.verdict == "sent", detail=outcome.detail)
