"""`kiemdiem grant`: roles given at set-up, proposed, confirmed by another person, ended, and listed."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import select

from api.terminal.output import (
    DEFAULT_DATABASE,
    ActorOption,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    both,
    day_option,
    officer,
    opened,
    terminal,
)
from api.wiring import Service
from handlers.access.first import give_at_set_up, today_of
from handlers.access.given import names_given
from handlers.access.tables import GRANTS
from states import grant as life
from states.roles import NAMES as ROLE_NAMES
from states.roles import Role
from workflow.commands.access import ConfirmGrant, EndGrant, ProposeGrant, WithdrawGrant
from workflow.commands.asking import Command, Request
from workflow.errors import NotFound

grant = typer.Typer(help="Roles granted besides what posts and rolls give.", no_args_is_help=True)

GrantArgument = Annotated[str, typer.Argument(metavar="GRANT", help="The grant, as it was proposed.")]
PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="Who is to hold it, by code.")]
RoleArgument = Annotated[Role, typer.Argument(metavar="ROLE", help="Such as officer, inspection, auditor.")]
BodyArgument = Annotated[
    str, typer.Argument(metavar="BODY", help="Where; “system” for an administrator of everything.")
]
FirstOption = Annotated[date | None, day_option("--from", "The first day; today where left out.")]
LastOption = Annotated[date | None, day_option("--until", "The last day, inclusive; open where left out.")]
DocumentOption = Annotated[str, typer.Option("--document", help="The document that gives the role.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for the log; no names.")]


@grant.command("list", epilog="Example: kiemdiem grant list --person 0045")
def list_(
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Of one person alone.")] = "",
    body: Annotated[str, typer.Option("--body", metavar="ID", help="At one body alone.")] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Every grant with its days and where it stands."""
    chosen = select(GRANTS).order_by(GRANTS.c.body, GRANTS.c.role, GRANTS.c.person, GRANTS.c.grant_id)
    if person:
        chosen = chosen.where(GRANTS.c.person == person)
    if body:
        chosen = chosen.where(GRANTS.c.body == body)
    with opened(database) as service, service.database.read() as connection:
        rows = connection.execute(chosen).all()
        names = names_given(
            connection,
            today_of(service.engine),
            people={row.person for row in rows},
            bodies={row.body for row in rows},
        )
    if as_json:
        answer_json({"grants": [dict(row._mapping) for row in rows]})
        return
    table = Table(title=both(language, "Vai trò được giao", "Grants"))
    heads = (
        ("Mã", "Grant"), ("Người", "Person"), ("Vai trò", "Role"), ("Tại", "At"), ("Từ", "From"),
        ("Đến hết", "Until"), ("Tình hình", "State"), ("Văn bản", "Document"),
    )  # fmt: skip
    for words in heads:
        table.add_column(both(language, *words))
    for row in rows:
        table.add_row(
            row.grant_id,
            names.person(row.person),
            both(language, *ROLE_NAMES[Role(row.role)]),
            names.body(row.body),
            f"{row.from_day:%d/%m/%Y}",
            f"{row.until_day:%d/%m/%Y}" if row.until_day else "–",
            both(language, *life.NAMES[row.stage]),
            row.document,
        )
    terminal().print(table)


@grant.command(epilog="Example: kiemdiem grant give can-bo officer DB01 --document 'QĐ 03-QĐ/ĐU'")
def give(
    person: PersonArgument,
    role: RoleArgument,
    body: BodyArgument,
    document: DocumentOption,
    first: FirstOption = None,
    last: LastOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Give a role while the service is being set up; refused once a campaign of the branch is open."""
    with opened(database) as service:
        answer = give_at_set_up(service.engine, person, role, body, document=document, first=first, last=last)
    name = next(stream for stream in answer.streams if stream.startswith("grant/")).partition("/")[2]
    _say(name, "Đã giao", "Given", language, as_json)


@grant.command(
    epilog="Example: kiemdiem grant propose 0045 inspection DB01 --document 'QĐ 12' --actor BTC-01"
)
def propose(
    person: PersonArgument,
    role: RoleArgument,
    body: BodyArgument,
    document: DocumentOption,
    first: FirstOption = None,
    last: LastOption = None,
    reason: ReasonOption = "",
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Propose a role as an officer of the body; another person confirms."""
    with opened(database) as service:
        today = today_of(service.engine)
        name = f"G-{today:%Y%m%d}-{secrets.token_hex(3)}"
        command = ProposeGrant(
            grant=name, person=person, role=role, body=body, first=first or today, last=last,
            document=document, reason=reason,
        )  # fmt: skip
        service.engine.handle(Request(command=command, actor=officer(actor, body)))
    _say(name, "Đã đề nghị, chờ người khác xác nhận", "Proposed; another person confirms", language, as_json)


@grant.command(epilog="Example: kiemdiem grant confirm G-20261128-a1b2c3 --actor BTC-02")
def confirm(
    name: GrantArgument,
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Confirm what another person proposed."""
    with opened(database) as service:
        _handle(service, name, ConfirmGrant(grant=name), actor)
    _say(name, "Đã xác nhận", "Confirmed", language, as_json)


@grant.command(epilog="Example: kiemdiem grant withdraw G-20261128-a1b2c3 --reason 'ghi nhầm'")
def withdraw(
    name: GrantArgument,
    reason: ReasonOption,
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Withdraw a proposal nobody has confirmed."""
    with opened(database) as service:
        _handle(service, name, WithdrawGrant(grant=name, reason=reason), actor)
    _say(name, "Đã rút đề nghị", "Withdrawn", language, as_json)


@grant.command(epilog="Example: kiemdiem grant end G-20261128-a1b2c3 --reason 'chuyển công tác'")
def end(
    name: GrantArgument,
    reason: ReasonOption,
    actor: ActorOption = "officer",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """End a grant at once: from today on it is not held."""
    with opened(database) as service:
        _handle(service, name, EndGrant(grant=name, reason=reason), actor)
    _say(name, "Đã cho thôi", "Ended", language, as_json)


def _handle(service: Service, name: str, command: Command, actor: str) -> None:
    """As an officer of the body the grant is for."""
    with service.database.read() as connection:
        body = connection.execute(select(GRANTS.c.body).where(GRANTS.c.grant_id == name)).scalar()
    if body is None:
        raise NotFound("grant", name)
    service.engine.handle(Request(command=command, actor=officer(actor, body)))


def _say(name: str, vi: str, en: str, language: Language, as_json: bool) -> None:
    if as_json:
        answer_json({"grant": name})
        return
    terminal().print(f"{both(language, vi, en)}: {name}.", markup=False)
