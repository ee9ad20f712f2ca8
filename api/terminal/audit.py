"""The commands of an auditor: replay a review, verify the log, rebuild the read models, a checkpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

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
from handlers.access.acting_for import with_delegations
from handlers.accounts.security_log import broken as security_log_broken
from handlers.accounts.security_log import head_at
from handlers.compared import Seen
from handlers.covered import Covered, uncovered
from handlers.late_entries import late_entries
from handlers.names import names_on
from handlers.opening import read_campaign
from handlers.rebuild import disagreements, rebuild
from handlers.replay import Frame, Rejudged, Replay, replay, rulebook_of
from handlers.telling.voice import Voice
from handlers.timeline import bodies_of, line, people_of, refused_line
from states import levels
from states import review as life
from workflow import clock
from workflow.checkpoint import checkpoint, printed
from workflow.log import Stored
from workflow.refusals import Refused as RefusedCommand
from workflow.rules.finding import Verdict
from workflow.rules.finding_codec import finding_to_json
from workflow.rules.sentences import sentence
from workflow.verify import verify_log


def replay_(
    review: Annotated[str, typer.Argument(help="The review's id, such as 2016.member.0012.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Replay a review event by event: what happened, the stage after it, findings beside their recomputation.

    Refused commands stand where they were tried. Ends with 1 where a finding does not come out the same.
    """
    with opened(database) as service, service.database.read() as connection:
        history = replay(connection, review)
        voice = voice_for(connection, history, language.value)
    if as_json:
        answer_json(replay_document(history, voice))
    else:
        tell_replay(terminal(), history, voice)
    if history.differs:
        raise typer.Exit(1)


def verify(
    paper: Annotated[
        str | None,
        typer.Option("--checkpoint", metavar="PRINTED", help="A printed checkpoint to compute again."),
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Verify the log and everything made from it; ends with 1 and a line for each thing that does not hold.

    Hashes and chains of every event, versions without gaps, heads, findings; every event known and folding;
    every row of the register, the sessions, the counters and the other read models as the log tells it;
    every row of the roster, the lists and the opinions as its salted digest in the log covers it; the chain
    of the list of sign-ins.
    """
    if paper is not None:
        try:
            printed(paper)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--checkpoint") from error
    seen, covered = Seen(), Covered()
    broken = []
    with opened(database) as service, service.database.read() as connection:
        checks = (
            verify_log(connection, paper, head_at),
            security_log_broken(connection),
            disagreements(connection, seen),
            uncovered(connection, covered),
        )
        for what in map(str, chain.from_iterable(checks)):
            broken.append(what)
            if not as_json:
                terminal().print(what, markup=False)
    if as_json:
        answer_json(
            {
                "holds": not broken,
                "streams": seen.streams,
                "events": seen.events,
                "rows": covered.rows,
                "erased": dict(covered.erased),
                "broken": broken,
            }
        )
        if broken:
            raise typer.Exit(1)
        return
    for table, rows in covered.erased.items():
        vi = f"{table}: {rows} hàng đã xóa nội dung, chỉ còn mã băm, không tính lại được."
        en = f"{table}: {rows} rows are erased; only their digests are left, with nothing to recompute."
        terminal().print(both(language, vi, en))
    if broken:
        vi = f"{len(broken)} chỗ không khớp trong {seen.events} sự kiện của {seen.streams} dòng."
        en = f"{len(broken)} things do not hold in {seen.events} events of {seen.streams} streams."
        terminal().print(both(language, vi, en))
    else:
        vi = (
            f"Sổ ghi toàn vẹn: {seen.events} sự kiện của {seen.streams} dòng, số liệu khớp với sổ, "
            f"{covered.rows} hàng ngoài sổ khớp với mã băm."
        )
        en = (
            f"The log holds: {seen.events} events of {seen.streams} streams, the read models agree, "
            f"and {covered.rows} rows beside the log match their digests."
        )
        terminal().print(both(language, vi, en))
    if broken:
        raise typer.Exit(1)


def late_(
    campaign: Annotated[str, typer.Argument(help="The campaign.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """List what was entered more than 3 working days after it took place (house default, no clause)."""
    with opened(database) as service:
        planned = read_campaign(service.engine, campaign)
        with service.database.read() as connection:
            calendar = service.engine.rulebook(connection, planned.rulebook_hash).calendar
            found = late_entries(connection, campaign, calendar)
    if as_json:
        answer_json(
            [{**asdict(one), "took_place": str(one.took_place), "entered": str(one.entered)} for one in found]
        )
        return
    table = Table()
    for vi, en in (("Dòng", "Stream"), ("Diễn ra", "Took place"), ("Nhập", "Entered"), ("Người nhập", "By")):
        table.add_column(both(language, vi, en))
    for one in found:
        table.add_row(
            f"{one.stream}#{one.version}",
            f"{one.took_place:%d/%m/%Y}",
            f"{one.entered:%d/%m/%Y}",
            f"{one.actor} · {one.capacity}",
        )
    terminal().print(table)
    vi = f"{len(found)} việc nhập sau quá 3 ngày làm việc."
    terminal().print(both(language, vi, f"{len(found)} acts were entered after more than 3 working days."))


def rebuild_(
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Empty the read models and write them anew from the log, in one transaction; nothing is sent."""
    with opened(database) as service, service.database.write() as connection:
        events = rebuild(connection)
    if as_json:
        answer_json({"events": events})
    else:
        vi, en = (
            f"Đã dựng lại số liệu từ {events} sự kiện.",
            f"The read models were rebuilt from {events} events.",
        )
        terminal().print(both(language, vi, en))


def checkpoint_(
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Print one digest over the whole log and the list of sign-ins, for papers that leave the building."""
    with opened(database) as service, service.database.watch() as connection:
        found = checkpoint(connection, beside=head_at(connection))
    if as_json:
        answer_json({"checkpoint": str(found), "position": found.position, "streams": found.streams})
    else:
        terminal().print(str(found))


def voice_for(connection: Connection, history: Replay, language: str) -> Voice:
    """The voice a review's history is told in: names as of its last event, its campaign's rulebook."""
    last = history.frames[-1].stored
    events = [frame.event for frame in history.frames]
    stored: list[Stored | RefusedCommand] = [*(frame.stored for frame in history.frames), *history.refused]
    day = last.occurred_at.astimezone(clock.ZONE).date()
    names = names_on(connection, day, people=people_of(events, stored), bodies=bodies_of(events, stored))
    names = with_delegations(connection, names, stored, day)
    hashes = [frame.stored.rulebook_hash for frame in history.frames if frame.stored.rulebook_hash]
    rulebook = rulebook_of(connection, hashes[-1]) if hashes else None
    return Voice(language=language, names=names, rulebook=rulebook)


def tell_replay(console: Console, history: Replay, voice: Voice) -> None:
    """The history for a person, events and refused commands in the order they were recorded."""
    review = history.review
    head = f"{review.id} · {voice.subject(review.id)} · {voice.body(review.organisation)}"
    console.print(head, style="bold", markup=False)
    for what in _in_order(history):
        if isinstance(what, RefusedCommand):
            told = refused_line(what, voice)
            lead = voice.pick("từ chối", "refused")
            console.print(f"   ✗  {told}  [{lead}; {told.by}]", style="yellow", markup=False)
            continue
        _tell_frame(console, what, voice)
    level = f" · {voice.pick(*levels.NAMES[review.level])}" if review.level else ""
    console.print(f"→ {voice.pick(*life.NAMES[review.stage])}{level}", style="bold", markup=False)
    total = sum(len(frame.findings) for frame in history.frames)
    by = ", ".join(sorted({frame.software for frame in history.frames if frame.software}))
    vi = f"{total} nhận định (phần mềm {by or '–'}) được tính lại, {len(history.differs)} không khớp."
    en = f"{total} findings (software {by or '–'}) recomputed, {len(history.differs)} differ."
    console.print(voice.pick(vi, en), markup=False)


def replay_document(history: Replay, voice: Voice) -> dict[str, object]:
    """The history for machines."""
    return {
        "review": history.review.id,
        "stage": history.review.stage,
        "level": history.review.level,
        "agrees": not history.differs,
        "events": [
            {
                "version": frame.stored.version,
                "name": frame.stored.name,
                "on": line(frame.event, frame.stored, voice).on.isoformat(),
                "says": line(frame.event, frame.stored, voice).says,
                "stage": frame.stage,
                "level": frame.level,
                "flags": list(frame.flags),
                "actor": frame.stored.actor,
                "capacity": frame.stored.capacity,
                "occurred_at": frame.stored.occurred_at.isoformat(),
                "recorded_at": frame.stored.recorded_at.isoformat(),
                "rulebook_hash": frame.stored.rulebook_hash,
                "event_hash": frame.stored.event_hash,
                "software": frame.software or None,
                "findings": [
                    {
                        "stored": finding_to_json(finding.stored),
                        "again": finding_to_json(finding.again),
                        "agrees": finding.agrees,
                    }
                    for finding in frame.findings
                ],
            }
            for frame in history.frames
        ],
        "refused": [
            {
                "recorded_at": refused.recorded_at.isoformat(),
                "command": refused.command,
                "refusal": refused.refusal,
                "failing": [list(pair) for pair in refused.failing],
                "says": refused_line(refused, voice).says,
                "actor": refused.actor,
                "capacity": refused.capacity,
            }
            for refused in history.refused
        ],
    }


def _in_order(history: Replay) -> Iterator[Frame | RefusedCommand]:
    def when(one: Frame | RefusedCommand) -> float:
        stamp = one.stored.recorded_at if isinstance(one, Frame) else one.recorded_at
        return stamp.timestamp()

    everything: list[Frame | RefusedCommand] = [*history.frames, *history.refused]
    yield from sorted(everything, key=when)


def _tell_frame(console: Console, frame: Frame, voice: Voice) -> None:
    told = line(frame.event, frame.stored, voice)
    late = ""
    if told.entered_on > told.on:
        entered = voice.day(told.entered_on)
        late = voice.pick(f"; nhập ngày {entered}", f"; entered on {entered}")
    stage = voice.pick(*life.NAMES[frame.stage])
    console.print(f"{frame.stored.version:4}  {told}  [{stage}; {told.by}{late}]", markup=False)
    aside = [f for f in frame.findings if f.agrees and f.stored.verdict is Verdict.NOT_APPLICABLE]
    for finding in frame.findings:
        if finding not in aside:
            _tell_finding(console, finding, voice)
    if aside:
        words = voice.pick(f"{len(aside)} quy tắc không áp dụng", f"{len(aside)} rules do not apply")
        console.print(f"      = {words}", markup=False)


def _tell_finding(console: Console, finding: Rejudged, voice: Voice) -> None:
    if voice.rulebook is None:
        return
    mark = "=" if finding.agrees else "≠"
    text = sentence(finding.stored, voice.rulebook, voice.language)
    console.print(f"      {mark} {text}", style=None if finding.agrees else "red", markup=False)
    if not finding.agrees:
        again = sentence(finding.again, voice.rulebook, voice.language)
        lead = voice.pick("tính lại", "recomputed")
        console.print(f"        {lead}: {again}", style="red", markup=False)
