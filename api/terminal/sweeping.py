"""`kiemdiem sweep`: what the timer does every few minutes, done once by hand."""

from __future__ import annotations

import dataclasses
from datetime import datetime, time
from typing import Annotated

import typer

from api.settings import Settings
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    both,
    opened,
    terminal,
)
from api.ticking import manner_of
from handlers.reminding.run import SweepResult, sweep_once
from workflow.days import ZONE

LAST_MINUTE = time(23, 59)


def _instant(text: str) -> datetime:
    """A day, meaning its last minute, or a day and an hour, in Asia/Ho_Chi_Minh."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        for hour in ("", " %H:%M", "T%H:%M"):
            try:
                found = datetime.strptime(text.strip(), form + hour).replace(tzinfo=ZONE)
            except ValueError:
                continue
            return found if hour else datetime.combine(found.date(), LAST_MINUTE, ZONE)
    raise typer.BadParameter(f"“{text}” is no moment; write it as 31/01/2017 or 2017-01-31 15:00.")


def sweep(
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            parser=_instant,
            metavar="DAY [HH:MM]",
            help="Sweep as of this moment in Viet Nam instead of now; a day alone means its last minute.",
        ),
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Find reminders and overdue steps, write inboxes and letters. Doing it twice finds nothing new."""
    with opened(database) as service:
        result = sweep_once(service.engine, as_of or service.engine.now(), manner=manner_of(Settings()))
    if as_json:
        answer_json(dataclasses.asdict(result))
    else:
        terminal().print(_sentence(result, language), markup=False)


def _sentence(result: SweepResult, language: Language) -> str:
    at = f"{result.at.astimezone(ZONE):%H:%M %d/%m/%Y}"
    lines = [
        both(
            language,
            f"Quét hạn lúc {at}: {result.reminders} lần nhắc mới (muộn {result.late}), {result.overdue} việc "
            f"vừa quá hạn, {result.closed} kỳ lấy ý kiến vừa hết hạn.",
            f"Swept as of {at}: {result.reminders} new reminders ({result.late} late), {result.overdue} "
            f"steps newly overdue, {result.closed} consultations closed.",
        ),
        both(
            language,
            f"Hộp nhắc việc: {result.notices} dòng mới. Thư chờ gửi: {result.letters} mới; webhook: "
            f"{result.calls} mới.",
            f"Inboxes: {result.notices} new lines. Letters waiting: {result.letters} new; webhook calls: "
            f"{result.calls} new.",
        ),
    ]
    if result.unaddressed:
        lines.append(
            both(
                language,
                f"Hôm đó có {result.unaddressed} dòng không có ai phụ trách: hãy kiểm tra chức vụ trong danh "
                "sách.",
                f"{result.unaddressed} lines of that day have nobody in charge: check the roster's posts.",
            )
        )
    return "\n".join(lines)
