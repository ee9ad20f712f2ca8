"""What every command of the command line shares: its options, its two streams, its answer to a refusal."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from typer.core import TyperGroup

from api.settings import Settings
from api.wiring import Service, build
from handlers.roster.problems import RosterProblem
from states.roles import Role
from workflow.commands.asking import Actor
from workflow.errors import Refusal
from workflow.rules.refusals import RulebookRefused

DEFAULT_DATABASE = "sqlite:///var/kiemdiem.db"
LANGUAGE = "kiemdiem.language"


class Language(StrEnum):
    """The languages a command answers in."""

    VI = "vi"
    EN = "en"


class Refused(Exception):
    """Something the command line itself refuses, with its sentence in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(en)


def _remember(context: typer.Context, language: Language) -> Language:
    context.meta[LANGUAGE] = language.value
    return language


def _day(text: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise typer.BadParameter(f"“{text}” is no day; write it as 31/12/2016 or 2016-12-31.")


DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        envvar=["KIEMDIEM_DATABASE", "KIEMDIEM_DATABASE_URL"],
        metavar="URL",
        help="Where the data lies: sqlite:///folder/file.db or postgresql://user@host/name.",
    ),
]
LanguageOption = Annotated[
    Language,
    typer.Option(
        "--language",
        envvar="KIEMDIEM_LANGUAGE",
        callback=_remember,
        is_eager=True,
        help="Language of the answer.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="One JSON document on standard output, for machines.")
]
ActorOption = Annotated[
    str,
    typer.Option("--actor", envvar="KIEMDIEM_ACTOR", metavar="ID", help="Who acts; the log keeps this id."),
]
DayArgument = typer.Option(parser=_day, metavar="DAY")
"""A day as 31/12/2016 or 2016-12-31."""


def day_option(name: str, text: str) -> Any:
    """An option that takes a day, written as 31/12/2016 or 2016-12-31."""
    return typer.Option(name, parser=_day, metavar="DAY", help=text)


class RefusingGroup(TyperGroup):
    """Commands whose refusals are one sentence on standard error and exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; say what is refused in the language asked for."""
        try:
            return super().invoke(ctx)
        except (Refusal, RosterProblem, RulebookRefused, Refused, OperationalError) as refusal:
            say = Console(stderr=True, highlight=False, soft_wrap=True)
            say.print(sentence_of(refusal, str(ctx.meta.get(LANGUAGE, Language.VI.value))), markup=False)
            raise typer.Exit(1) from refusal


def sentence_of(refusal: Exception, language: str) -> str:
    """The refusal for a person."""
    if isinstance(refusal, RosterProblem):
        return refusal.sentence("en" if language == "en" else "vi")
    if isinstance(refusal, Refusal | Refused):
        return refusal.en if language == "en" else refusal.vi
    if isinstance(refusal, OperationalError):
        lead = "The database does not answer" if language == "en" else "Cơ sở dữ liệu không trả lời"
        return f"{lead}: {refusal.orig}".strip()
    return str(refusal)


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Service]:
    """The service on a database; without `create` a SQLite file that is not there is refused, not made.

    Raises Refused, and typer.BadParameter (exit code 2) for an address that is none.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise typer.BadParameter(f"“{url}” is no address of a database.", param_hint="--database") from error
    is_file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    if is_file and not create and not Path(str(address.database)).is_file():
        raise Refused(
            f"Chưa có cơ sở dữ liệu {address.database}. Nhập danh sách trước (kiemdiem import), hoặc chỉ rõ "
            "--database.",
            f"There is no database {address.database}. Import a roster (kiemdiem import) or give --database.",
        )
    try:
        service = build(url, shelf=Settings().rulebook_shelf)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--database") from error
    try:
        yield service
    finally:
        service.close()


def officer(actor: str, organisation: str) -> Actor:
    """The officer in charge of a campaign, who the command line acts as."""
    return Actor(id=actor, role=Role.OFFICER, body=organisation)


def terminal() -> Console:
    """Standard output for a person: a long line is wrapped by whoever shows it, not by us."""
    return Console(highlight=False, soft_wrap=True)


def beside() -> Console:
    """Standard error, for progress and notes that are no answer."""
    return Console(stderr=True, highlight=False)


def answer_json(document: object) -> None:
    """The one JSON document of a command, on standard output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def both(language: Language, vi: str, en: str) -> str:
    """The text in the language asked for."""
    return en if language is Language.EN else vi


def log_to_stderr(verbose: bool) -> None:
    """Structured log lines on standard error: warnings, or with `verbose` one a command."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO if verbose else logging.WARNING),
        # asked anew for each line: a process that changes its standard error must not lose an answer for it
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
