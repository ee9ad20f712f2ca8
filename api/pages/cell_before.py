"""What has to be done before the meeting, as the log has it, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from api.pages.body_season_page import PROPOSED
from api.pages.cell_data import CellData, Stored
from api.pages.cell_minutes import plan_of
from api.pages.findings_told import cited_rule, failed_lines
from api.pages.format import day
from api.pages.views import FindingLine, Link, StatusText
from api.pages.views_cell import HeldMeeting, MissingLine, Notice
from api.pages.visits import Visit
from handlers.names import Names
from states import meeting as meeting_life
from states import review as life
from workflow.codec import decode
from workflow.commands.asking import Request
from workflow.errors import Refusal, RulesFail
from workflow.events.meeting import MeetingRecorded
from workflow.events.review import DraftSent
from workflow.log import Log
from workflow.rules.finding import Finding
from workflow.rules.rule import Rule

TOLD, SENT = "notice.superior_on", "draft.sent_on"
BLOCKERS_MAX = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What the log says about the days before the meeting and about the last one held."""

    recipients: int = 0
    """How many people got the draft last sent."""
    held: MeetingRecorded | None = None


def read_before(connection: Connection, cell: CellData) -> Before:
    """The last draft sent and the last meeting held, from their own events."""
    collective = [row.review for row in cell.own if row.kind == life.COLLECTIVE][:1]
    held = [row for row in cell.meetings if row.stage == meeting_life.HELD]
    last = max(held, key=lambda row: (row.day, row.meeting), default=None)
    streams = [f"review/{review}" for review in collective]
    if last is not None:
        streams.append(f"meeting/{last.meeting}")
    stored = Log(connection).read(streams) if streams else {}
    found = Before()
    for stream in streams:
        for one in stored[stream]:
            event = decode(one.name, one.schema_version, one.data)
            if isinstance(event, DraftSent):
                found = Before(recipients=event.recipients, held=found.held)
            elif isinstance(event, MeetingRecorded):
                found = Before(recipients=found.recipients, held=event)
    return found


def held_meeting(visit: Visit, cell: CellData, before: Before) -> HeldMeeting | None:
    """Who was there the last time, and who is still waited for."""
    if before.held is None:
        return None
    _ = visit.words.gettext
    absent = [cell.person(row) for row in cell.here if row.stage == life.ABSENT]
    told = [visit.words.ngettext("%(num)d người có mặt", "%(num)d người có mặt", before.held.present)
            % {"num": before.held.present}]  # fmt: skip
    if before.held.superior_attended:
        told.append(_("có cấp trên dự"))
    return HeldMeeting(
        title=_("Đã họp ngày %(day)s") % {"day": day(before.held.day)},
        detail=", ".join(told),
        absent=_("Vắng, chờ họp bù: %(people)s") % {"people": ", ".join(absent)} if absent else "",
    )


def stopping(visit: Visit, cell: CellData) -> RulesFail | None:
    """What the rules would refuse if the meeting were planned for its day, today where none is set."""
    on = max(cell.planned.day, visit.today) if cell.planned is not None else visit.today
    command = plan_of(cell, on)
    if not command.items:
        return None
    outcome: object
    try:
        _situation, outcome = visit.service.engine.consider(Request(command=command, actor=visit.acting))
    except Refusal as refused:
        outcome = refused
    return outcome if isinstance(outcome, RulesFail) else None


def notices(visit: Visit, cell: CellData, before: Before, stops: RulesFail | None) -> tuple[Notice, ...]:
    """What the regulation asks to be sent ahead: when it was, to whom, and whether that is in time."""
    return tuple(_notices(visit, cell, before, stops))


def _notices(visit: Visit, cell: CellData, before: Before, stops: RulesFail | None) -> Iterator[Notice]:
    _ = visit.words.gettext
    late = {name for finding in stops.failed for name in _facts(cell, finding)} if stops else set()
    told_rule = _rule(cell, TOLD)
    if told_rule is not None:
        rows = [row for row in cell.here if TOLD in cell.rulebook.fact_names("hold_session", row.kind)]
        leading = [row for row in rows if row.kind == life.COLLECTIVE or row.subject in cell.posts]
        done = [row for row in leading if row.superior_told_on is not None]
        yield Notice(
            title=_("Báo %(body)s ngày kiểm điểm") % {"body": cell.names.body(cell.superior)},
            value=day(max(row.superior_told_on for row in done)) if done else _("chưa báo"),
            limit=told_rule.says.in_language(visit.language),
            state=_state(visit, cell, len(done), len(leading), TOLD in late),
            clause=cited_rule(told_rule, cell.rulebook, visit.language),
        )
    sent_rule = _rule(cell, SENT)
    if sent_rule is not None:
        drafts = [row for row in cell.here if row.kind == life.COLLECTIVE]
        sent = [row for row in drafts if row.draft_sent_on is not None]
        people = visit.words.ngettext("%(num)d người nhận", "%(num)d người nhận", before.recipients) % {
            "num": before.recipients
        }
        yield Notice(
            title=_("Gửi dự thảo cho người dự"),
            value=f"{day(max(row.draft_sent_on for row in sent))}, {people}" if sent else _("chưa gửi"),
            limit=sent_rule.says.in_language(visit.language),
            state=_state(visit, cell, len(sent), len(drafts), SENT in late),
            clause=cited_rule(sent_rule, cell.rulebook, visit.language),
        )


def _state(visit: Visit, cell: CellData, done: int, total: int, late: bool) -> StatusText:
    """Against the day planned; where none is, what was sent against today."""
    _ = visit.words.gettext
    if late and cell.planned is None and done == total:
        return StatusText(tone="risk", text=_("Họp hôm nay thì chưa kịp"))
    if late and cell.planned is not None:
        return StatusText(tone="late", text=_("Không kịp ngày họp"))
    if done < total:
        text = _("Còn %(left)s trên %(total)s kỳ") % {"left": total - done, "total": total}
        return StatusText(tone="unknown", text=text)
    return StatusText(tone="done", text=_("Kịp"))


def blockers(visit: Visit, cell: CellData, names: Names, stops: RulesFail | None) -> tuple[MissingLine, ...]:
    """What stands in the way of the meeting, each with where to put it right; the first few."""
    found = list(_not_prepared(visit, cell))
    if stops is not None:
        found.extend(_refused(visit, cell, names, stops))
    return tuple(found[:BLOCKERS_MAX])


def _not_prepared(visit: Visit, cell: CellData) -> Iterator[MissingLine]:
    _ = visit.words.gettext
    rows = [row for row in cell.here if row.stage == life.OPEN and row.kind != life.ORGANISATION]
    if not rows:
        return
    together = f"/c/{cell.campaign.id}/o/{cell.organisation}/together"
    yield MissingLine(
        text=_("Chưa nộp bản kiểm điểm: %(who)s") % {"who": some_of(visit, cell, rows)},
        state=StatusText(tone="unknown", text=_("Chưa xong")),
        link=Link(label=_("Tới nơi làm"), href=together if len(rows) > 1 else f"/r/{rows[0].review}"),
    )


def some_of(visit: Visit, cell: CellData, rows: Sequence[Stored]) -> str:
    """The first three by name, then how many more."""
    who = ", ".join(cell.person(row) for row in rows[:3])
    if len(rows) <= 3:
        return who
    _ = visit.words.gettext
    return _("%(people)s và %(more)s kỳ nữa") % {"people": who, "more": len(rows) - 3}


def _refused(visit: Visit, cell: CellData, names: Names, stops: RulesFail) -> Iterator[MissingLine]:
    _ = visit.words.gettext
    for line, finding, review in told_once(visit, cell, names, stops):
        yield MissingLine(
            text=line.sentence,
            clause=line.clause,
            state=StatusText(tone="refused", text=_("Chưa được")),
            link=Link(label=_("Tới nơi làm"), href=where_to(cell, finding, review)),
        )


def told_once(
    visit: Visit, cell: CellData, names: Names, stops: RulesFail
) -> Iterator[tuple[FindingLine, Finding, str]]:
    """Each rule that failed once in the same words, with its finding and the first review it is about."""
    first: dict[str, tuple[Finding, str]] = {}
    for finding, (review, vi, en) in zip(stops.failed, stops.each, strict=True):
        first.setdefault(en if visit.language == "en" else vi, (finding, review))
    lines = failed_lines(stops, visit.language, visit.words, names, cell.rulebook)
    for line, (finding, review) in zip(lines, first.values(), strict=True):
        yield line, finding, review


def where_to(cell: CellData, finding: Finding, review: str) -> str:
    """The place on the pages where what a rule asks for is done."""
    facts = _facts(cell, finding)
    if any(name.startswith(("list.", "lists.", "neighbour.", "organisation.neighbours")) for name in facts):
        return "#lists-title"
    if any(name.startswith("ballot.") for name in facts) and cell.has_ballot:
        return "#ballot-title"
    if any(name.startswith(("meeting.", "session.", "order.")) for name in facts):
        return f"/c/{cell.campaign.id}/o/{cell.organisation}/season{PROPOSED}"
    if "item" in cell.rulebook.rule(finding.rule).parameters:
        return f"/c/{cell.campaign.id}/o/{cell.organisation}/ticks"
    return f"/r/{review}" if review else "#reviews-title"


def _facts(cell: CellData, finding: Finding) -> frozenset[str]:
    return cell.rulebook.facts_of_rule(cell.rulebook.rule(finding.rule))


def _rule(cell: CellData, fact: str) -> Rule | None:
    """The first rule on sessions of what is taken here that reads a fact."""
    kinds = dict.fromkeys(row.kind for row in cell.here)
    rules = (rule for kind in kinds for rule in cell.rulebook.rules_at("hold_session", kind))
    return next((rule for rule in rules if fact in cell.rulebook.facts_of_rule(rule)), None)
