"""Sending the draft to those invited, and telling the superior the day of the review."""

from __future__ import annotations

from workflow.commands.preparing import NotifySuperior, SendDraft
from workflow.decision import (
    Decision,
    Draft,
    Situation,
    judged,
    not_after_today,
    not_before,
    one_change,
    rules_fail,
)
from workflow.errors import BadInput
from workflow.events.review import DraftSent, SuperiorNotified
from workflow.stages.ticking import tick_with_act
from workflow.standing import facts_of, stated


def send_draft(command: SendDraft, situation: Situation) -> Decision:
    """The draft is with the last of those invited on `on`. prepared -> draft_sent.

    A substantive new version restarts the count of days, a minor correction does not (reading C-04).
    """
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_before(
        "on", command.on, draft.review.dates.get("prepared"), "ngày chuẩn bị xong", "the day it was prepared"
    )
    if command.recipients < 1:
        raise BadInput(
            "recipients",
            str(command.recipients),
            "– phải có ít nhất một người nhận dự thảo.",
            "– at least one person must receive the draft.",
        )
    tick_with_act(draft, command.ticked, command.on)
    facts = facts_of(draft.review, situation.known(command.review))
    facts = stated(facts, {"draft.sent_on": command.on})
    findings, failed = judged(situation, draft.review, "send_draft", facts)
    if failed:
        raise rules_fail(situation, draft.review.id, failed)
    draft.add("send_draft", DraftSent(on=command.on, recipients=command.recipients, minor=command.minor))
    draft.find(findings)
    return one_change(draft, command.on)


def notify_superior(command: NotifySuperior, situation: Situation) -> Decision:
    """The superior is told the day of the review, with the drafts (DUK-2016, VII.1)."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    draft.add("notify_superior", SuperiorNotified(on=command.on, attachments=command.attachments))
    facts = facts_of(draft.review, situation.known(command.review))
    findings, failed = judged(situation, draft.review, "notify_superior", facts)
    if failed:
        raise rules_fail(situation, draft.review.id, failed)
    draft.find(findings)
    return one_change(draft, command.on)
