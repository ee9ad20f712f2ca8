"""One event of a replay laid open: what it changed, by which arithmetic, who entered it, whether it holds."""

from __future__ import annotations

from api.pages.findings_told import finding_line, shown_verdict
from api.pages.format import FLAGS, LEVELS, STANDINGS
from api.pages.told import capitalised
from api.pages.views import HistoryLine, StatusText
from api.pages.views_history import Change, EventDetail, JudgedLine, RefusedLine
from api.pages.visits import Visit
from handlers.names import Names
from handlers.replay import Frame, Rejudged, Replay
from handlers.timeline import refused_line
from workflow.refusals import Refused
from workflow.review import Review
from workflow.rules.rulebook import Rulebook

FIRST_LOOK = ("fails", "unknown")
"""The verdicts that are shown laid open."""


def event_detail(
    visit: Visit, told: Replay, frame: Frame, line: HistoryLine, names: Names, rulebook: Rulebook
) -> EventDetail:
    """The event with everything that is known about it; `rulebook` is the campaign's of today."""
    _ = visit.words.gettext
    stored = frame.stored
    before = told.frames[stored.version - 2].after if stored.version > 1 else None
    judged_by = frame.rulebook or rulebook
    judged = [(shown_verdict(one.stored, judged_by), one) for one in frame.findings]
    last = stored.version == len(told.frames)
    return EventDetail(
        number=stored.version,
        sentence=line.sentence,
        name=stored.name,
        stage=frame.stage,
        stage_note=_("không đổi") if before is not None and before.stage == frame.stage else "",
        level=frame.level,
        level_note=_level_note(visit, frame.after),
        flags=frame.flags,
        known=len(frame.after.facts),
        changes=changes_of(visit, before, frame.after, names, judged_by),
        failing=tuple(
            _judged(visit, one, names, judged_by) for verdict, one in judged if verdict in FIRST_LOOK
        ),
        passing=tuple(
            _judged(visit, one, names, judged_by)
            for wanted in ("holds", "not_applicable")
            for verdict, one in judged
            if verdict == wanted
        ),
        refused=_refused(visit, told.refused_before(stored.version), names, rulebook),
        refused_since=_refused(visit, told.refused_before(stored.version + 1), names, rulebook)
        if last
        else (),
        actor=names.person(stored.actor),
        capacity=visit.voice(names, rulebook).capacity(stored.capacity),
        occurred_at=stored.occurred_at,
        recorded_at=stored.recorded_at,
        late_note=StatusText(tone="risk", text=_("Nhập sau hơn 3 ngày làm việc"))
        if line.late_entry
        else None,
        event_hash=stored.event_hash,
        previous_hash=stored.previous_hash,
        rulebook=(judged_by if stored.rulebook_hash == judged_by.hash else rulebook).title.in_language(
            visit.language
        ),
        rulebook_href=f"/rulebooks/{stored.rulebook_hash}" if stored.rulebook_hash else "",
        rulebook_hash=stored.rulebook_hash,
        software=frame.software,
    )


def _level_note(visit: Visit, after: Review) -> str:
    _ = visit.words.gettext
    if after.decided_level or not after.self_level:
        return ""
    return _("tự xếp loại: %(level)s") % {"level": _(LEVELS[after.self_level])}


def changes_of(
    visit: Visit, before: Review | None, after: Review, names: Names, rulebook: Rulebook
) -> tuple[Change, ...]:
    """What is other than it was before the event, in words."""
    _ = visit.words.gettext
    was = before if before is not None else Review(id=after.id)
    none = _("chưa có")
    found: list[Change] = []
    if was.stage != after.stage:
        found.append(
            Change(what=_("Bước"), before=_(STANDINGS.get(was.stage, none)), after=_(STANDINGS[after.stage]))
        )
    levels = (
        (_("Tự xếp loại"), was.self_level, after.self_level),
        (_("Đề xuất"), was.proposed_level, after.proposed_level),
        (_("Mức bỏ phiếu"), was.voted_level, after.voted_level),
        (_("Mức báo cáo"), was.submitted_level, after.submitted_level),
        (_("Mức thẩm định"), was.appraised_level, after.appraised_level),
        (_("Mức quyết định"), was.decided_level, after.decided_level),
    )
    found.extend(
        Change(
            what=what,
            before=_(LEVELS[old]) if old else none,
            after=_(LEVELS[new]) if new else _("không còn"),
        )
        for what, old, new in levels
        if old != new
    )
    voice = visit.voice(names, rulebook)
    for name, (value, _at) in after.facts.items():
        old = was.facts.get(name)
        if old is None or old[0] != value:
            text = voice.value(name, old[0]) if old is not None else _("chưa biết")
            found.append(Change(what=voice.fact(name), before=text, after=voice.value(name, value)))
    for flag in (*after.flags, *was.flags):
        if (flag in after.flags) != (flag in was.flags):
            raised = flag in after.flags
            text = _(FLAGS[flag])
            found.append(
                Change(what=_("Dấu"), before=none if raised else text, after=text if raised else _("đã gỡ"))
            )
    new_exceptions = [rule for rule in after.excepted if rule not in was.excepted]
    found.extend(
        Change(what=_("Ngoại lệ bằng văn bản"), before=none, after=voice.rule(rule))
        for rule in new_exceptions
    )
    return tuple(found)


def _judged(visit: Visit, one: Rejudged, names: Names, rulebook: Rulebook) -> JudgedLine:
    shown = finding_line(one.stored, rulebook, visit.language, names)
    if one.agrees:
        return JudgedLine(finding=shown)
    return JudgedLine(
        finding=shown, agrees=False, again=finding_line(one.again, rulebook, visit.language, names)
    )


def _refused(
    visit: Visit, refused: tuple[Refused, ...], names: Names, rulebook: Rulebook
) -> tuple[RefusedLine, ...]:
    voice = visit.voice(names, rulebook)
    lines = ((one, refused_line(one, voice)) for one in refused)
    return tuple(
        RefusedLine(at=one.recorded_at, sentence=line.says, by=capitalised(line.by)) for one, line in lines
    )
