"""Acts beside the stage: flags, authorised exceptions, corrections of what was typed."""

from __future__ import annotations

from states import review as review_life
from states.flags import DECISIONS_DIFFER, FLAGS, IN_DOUBT, IRREGULAR, NO_RESULT, UNDER_VERIFICATION
from states.roles import ACTS_FROM_ABOVE, Role
from workflow.commands.beside import AuthoriseException, ClearFlag, CorrectEntry, RaiseFlag
from workflow.commands.preparing import FactEntry
from workflow.conflicts import RULE as CONFLICT_OF_INTEREST
from workflow.decision import Decision, Draft, Situation, not_after_today, not_blank, one_change
from workflow.errors import BadInput, NotAllowed, NotFound
from workflow.events.review import EntryCorrected, ExceptionAuthorised, FlagCleared, FlagRaised
from workflow.review import like
from workflow.stages.preparing import check_fact

SET_BY_THE_SERVICE = frozenset({IRREGULAR, NO_RESULT, DECISIONS_DIFFER})
"""Flags that follow from what was recorded; nobody raises or clears them by hand."""


CONCLUDED_FROM_ABOVE = frozenset({IN_DOUBT, UNDER_VERIFICATION})
"""Flags only a body above may clear: its conclusion is what closes them."""


def raise_flag(command: RaiseFlag, situation: Situation) -> Decision:
    """Open a flag beside the stage, such as a supplementary review (DUK-2016, II.3.2)."""
    draft = Draft(situation, situation.review(command.review))
    _by_hand(command.flag)
    not_after_today("on", command.on, situation.today)
    not_blank("reason", command.reason)
    draft.add("raise_flag", FlagRaised(flag=command.flag, reason=command.reason, rules=(), on=command.on))
    return one_change(draft, command.on)


def clear_flag(command: ClearFlag, situation: Situation) -> Decision:
    """Close a flag with what settled it."""
    draft = Draft(situation, situation.review(command.review))
    _by_hand(command.flag)
    not_after_today("on", command.on, situation.today)
    not_blank("reason", command.reason)
    if command.flag not in draft.review.flags:
        raise NotFound("review", f"{command.review} [{command.flag}]")
    if command.flag in CONCLUDED_FROM_ABOVE and situation.actor.role not in ACTS_FROM_ABOVE:
        raise NotAllowed(
            command.review,
            "clear_flag",
            situation.actor.role,
            situation.actor.body,
            ACTS_FROM_ABOVE,
            draft.review.superior,
        )
    draft.add("clear_flag", FlagCleared(flag=command.flag, reason=command.reason, on=command.on))
    return one_change(draft, command.on)


def _by_hand(flag: str) -> None:
    if flag not in FLAGS or flag in SET_BY_THE_SERVICE:
        names = ", ".join(sorted(set(FLAGS) - SET_BY_THE_SERVICE))
        raise BadInput(
            "flag", flag, f"không phải dấu đặt bằng tay ({names}).", f"is not set by hand (one of: {names})."
        )


def authorise_exception(command: AuthoriseException, situation: Situation) -> Decision:
    """The competent body allows a departure from rules; the review carries it for ever."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_blank("reason", command.reason)
    not_blank("document", command.document)
    known = {CONFLICT_OF_INTEREST, *(rule.id for rule in situation.rules.rules)}
    for rule in command.rules:
        if rule not in known:
            raise BadInput("rules", rule, "không có trong bộ quy định của đợt này.", "is no rule here.")
    if not command.rules:
        raise BadInput("rules", "", "còn trống: ngoại lệ đối với quy định nào?", "is empty: which rule?")
    draft.add(
        "authorise_exception",
        ExceptionAuthorised(
            rules=command.rules, reason=command.reason, document=command.document, on=command.on
        ),
    )
    standing = draft.review.flags.get(IRREGULAR)
    if standing is not None and set(standing) <= set(draft.review.excepted):
        draft.add(
            "clear_flag",
            FlagCleared(flag=IRREGULAR, reason=command.document, on=command.on),
        )
    return one_change(draft, command.on)


def correct_entry(command: CorrectEntry, situation: Situation) -> Decision:
    """A second person puts a typed fact right; it folds into the same round and is judged anew when used.

    Once a level is decided, only the deciding body corrects what it may rest on, and the review is marked in
    doubt until that body concludes.
    """
    draft = Draft(situation, situation.review(command.review))
    settled = draft.review.stage in review_life.SETTLED
    if settled and situation.actor.role is not Role.SUPERIOR_COMMITTEE:
        raise NotAllowed(
            command.review,
            "correct_entry",
            situation.actor.role,
            situation.actor.body,
            frozenset({Role.SUPERIOR_COMMITTEE}),
            draft.review.superior,
        )
    not_blank("reason", command.reason)
    held = draft.review.facts.get(command.entry)
    if held is None:
        raise NotFound("review", f"{command.review} [{command.entry}]")
    if situation.entered_by == situation.actor.id:
        raise BadInput(
            "actor",
            situation.actor.id,
            "là người đã nhập chỗ này; người thứ hai phải là người khác.",
            "typed this entry; the second person must be another one.",
        )
    check_fact(FactEntry(fact=command.entry, value=like(held[0], command.now), on=situation.today))
    draft.add(
        "correct_entry",
        EntryCorrected(
            entry=command.entry,
            was=str(held[0]).lower() if isinstance(held[0], bool) else str(held[0]),
            now=command.now,
            reason=command.reason,
            entered_by=situation.entered_by,
        ),
    )
    if settled:
        draft.add(
            "raise_flag",
            FlagRaised(flag=IN_DOUBT, reason=command.reason, rules=(), on=situation.today),
        )
    return one_change(draft, situation.today)
