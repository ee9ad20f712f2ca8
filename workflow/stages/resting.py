"""What leans on a level that changes: levels of others that rested on it are put in doubt, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from states import review as life
from states.flags import IN_DOUBT
from workflow.decision import Change, Draft, Situation
from workflow.events.review import BasisChanged, FlagRaised
from workflow.order import Leaning
from workflow.review import Review
from workflow.rules.rule import Role

RATES = (Role.CONDITION, Role.TRIGGER, Role.CAP)
CAPPED_BY = {life.ORGANISATION: "others.organisation_level", life.COLLECTIVE: "others.collective_level"}


def put_in_doubt(
    situation: Situation, changed: Mapping[str, str | None], on: date, apart_from: Iterable[str] = ()
) -> tuple[Change, ...]:
    """Flags on the reviews that rested on `changed`: review -> its level now, None where it was cancelled.

    A level that was lowered or cancelled is flagged with what counted on it; a cap with what stands above it
    although it was decided first (C-35, STC-2024.22). Reviews of `apart_from` were judged in the same act.
    """
    left_out = frozenset(apart_from) | changed.keys()
    known = {**situation.reviews, **situation.dependents}
    changes: list[Change] = []
    for review in known.values():
        if review.id in left_out or not review.rated or not review.level or IN_DOUBT in review.flags:
            continue
        for source, level in changed.items():
            if _rested(situation, review, situation.review(source), level):
                changes.append(_flag(situation, review, source, on))
                break
    return tuple(changes)


def _rested(situation: Situation, review: Review, source: Review, level: str | None) -> bool:
    """Whether the review's own level counted on the source's, which is lower now or gone."""
    names = _names(situation, review.kind)
    lowered = level is None or _is_lower(situation, source.kind, level, source.level)
    leaning = situation.leaning.get(review.id, Leaning())
    if review.kind == life.ORGANISATION:
        below = source.organisation if source.kind == life.INDIVIDUAL else source.superior
        name = {life.INDIVIDUAL: "members.levels", life.ORGANISATION: "subordinates.levels"}
        return lowered and review.subject == below and name.get(source.kind, "") in names
    if source.kind == life.INDIVIDUAL:
        managed = source.organisation in leaning.manages and source.subject != review.subject
        return lowered and managed and "others.units_levels" in names
    if lowered and source.superior in leaning.manages and "others.units_levels" in names:
        return True
    led = (review.subject,) if review.kind == life.COLLECTIVE else leaning.leads
    if review.kind == source.kind or source.subject not in led or CAPPED_BY[source.kind] not in names:
        return False
    return level is None or _is_lower(situation, review.kind, level, review.level)


def _names(situation: Situation, kind: str) -> frozenset[str]:
    rules = situation.rules
    return frozenset(
        name for role in RATES for rule in rules.rules_of(role, kind) for name in rules.facts_of_rule(rule)
    )


def _is_lower(situation: Situation, kind: str, level: str, than: str | None) -> bool:
    scale = situation.rules.scale(kind)
    if scale is None or than is None or level not in scale.levels or than not in scale.levels:
        return False
    return scale.better(than, level)


def _flag(situation: Situation, review: Review, source: str, on: date) -> Change:
    draft = Draft(situation, review)
    draft.follow(BasisChanged(what="level", source=source, on=on))
    draft.follow(FlagRaised(flag=IN_DOUBT, reason="", rules=(), on=on))
    return draft.change
