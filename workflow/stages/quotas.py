"""Which closed lists a report or a decision is counted against, and the refusal when one holds too many.

Members are counted cell by cell, at submission and at the decision. Where a document sets groups, and for
collectives and organisations, a list is larger than one organisation: it is closed only where it is decided,
so it is judged there, over everything of the group that lies with the deciding body or is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from states import review as life
from workflow.bodies import Submission
from workflow.decision import Situation
from workflow.errors import BadInput, RulesFail
from workflow.review import Review
from workflow.rules.facts import Facts, FactValue
from workflow.rules.groups import QuotaGroup, group_of
from workflow.rules.quota import ClosedList, JudgedList, judge_list
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence
from workflow.standing import facts_of, stated

Taken = Mapping[str, str | None]

WITH_SUPERIOR = (life.SUBMITTED, life.APPRAISED, *life.SETTLED)
"""Stages of a review that is on a closed list; an open one is in no base."""


def at_submission(situation: Situation, organisation: str, taken: Taken) -> tuple[JudgedList, ...]:
    """The list of the organisation's members, where its rulebook counts members organisation by organisation.

    `taken` are the rows reported now with their levels; rows that lie with the superior already count too.
    """
    if groups_for(situation.rules, life.INDIVIDUAL):
        return ()
    return _judged(situation, _members(situation, organisation, taken), taken)


def at_decision(situation: Situation, bundle: Submission, taken: Taken) -> tuple[JudgedList, ...]:
    """Every list the rows decided now are counted in; a list none of them is on is left alone."""
    lists: list[ClosedList] = []
    for kind in kinds_counted(situation.rules):
        if kind in larger_lists(situation.rules):
            lists.extend(_lists_of_the_decider(situation, bundle, kind, taken))
        else:
            lists.extend(_members(situation, bundle.organisation, taken))
    return _judged(situation, lists, taken)


def kinds_counted(rules: Rulebook) -> tuple[str, ...]:
    """The kinds of review some quota is counted on."""
    return tuple(kind for kind in life.KINDS if rules.rules_of(Role.QUOTA, kind) and rules.scale(kind))


def larger_lists(rules: Rulebook) -> frozenset[str]:
    """The kinds whose lists hold more than one organisation: set in groups, collectives, organisations."""
    return frozenset(
        kind for kind in kinds_counted(rules) if kind != life.INDIVIDUAL or groups_for(rules, kind)
    )


def groups_for(rules: Rulebook, kind: str) -> tuple[QuotaGroup, ...]:
    """The groups a document sets for a kind."""
    return tuple(group for group in rules.groups if kind in group.kinds)


def is_counted(kind: str, quality: str) -> bool:
    """Whether a review is on lists at all: who is rated apart as a leader counts once, as a member (C-76)."""
    return kind != life.INDIVIDUAL or quality != "leader"


def group_known(situation: Situation, review: Review, level: str) -> None:
    """Refuse a top level for a review of which nobody can say in which group it is counted."""
    scale = situation.rules.scale(review.kind)
    if scale is None or level != scale.top or review.kind not in larger_lists(situation.rules):
        return
    if is_counted(review.kind, review.quality) and _group(situation, review) is None:
        raise BadInput(
            "rows",
            review.id,
            "chưa rõ được tính tỷ lệ trong nhóm nào; bổ sung dữ kiện phân nhóm trước khi xếp mức cao nhất.",
            "is in no known quota group yet; record what decides its group before giving the top level.",
        )


def over(situation: Situation, judged: Iterable[JudgedList], taken: Taken) -> dict[str, JudgedList]:
    """The top rows taken now that a list has no place for, each with its list; excepted ones pass (C-16)."""
    found: dict[str, JudgedList] = {}
    for one in judged:
        scale = situation.rules.scale(one.closed.kind)
        rules = {finding.rule for finding in one.failed}
        for review in one.closed.at(scale.top) if scale is not None and rules else ():
            if review in taken and not rules <= set(situation.review(review).excepted):
                found[review] = one
    return found


def excepted(situation: Situation, one: JudgedList) -> bool:
    """Whether everybody at the top of the list has an authorised exception to what it fails (C-16)."""
    scale = situation.rules.scale(one.closed.kind)
    rules = {finding.rule for finding in one.failed}
    tops = one.closed.at(scale.top) if scale is not None else ()
    return all(rules <= set(situation.review(review).excepted) for review in tops)


def too_many(situation: Situation, name: str, lists: Iterable[JudgedList]) -> RulesFail:
    """The refusal of a list that holds too many: numbers, formula and candidates, list by list."""
    failed, told = [], []
    for one in lists:
        vi, en = label(situation.rules, one.closed)
        more = _more(situation, one)
        for finding in one.failed:
            failed.append(finding)
            said = tuple(sentence(finding, situation.rules, language) for language in ("vi", "en"))
            told.append((f"{vi}{said[0]}{more[0]}", f"{en}{said[1]}{more[1]}"))
            more = ("", "")
    return RulesFail(
        name,
        tuple(failed),
        tuple(vi for vi, _ in told),
        tuple(en for _, en in told),
        False,
        tuple(("", vi, en) for vi, en in told),
    )


def label(rules: Rulebook, closed: ClosedList) -> tuple[str, str]:
    """Which list it is, in front of its sentence; nothing for the members of one organisation."""
    group = next((one for one in rules.groups if one.id == closed.group), None)
    if group is not None:
        vi, en = group.says.vi.rstrip("."), group.says.en.rstrip(".")
        return f"Nhóm “{vi}” ({len(closed.levels)}): ", f"Group “{en}” ({len(closed.levels)}): "
    if closed.kind == life.INDIVIDUAL:
        return "", ""
    return (
        f"Danh sách của {closed.body} ({len(closed.levels)}): ",
        f"The list of {closed.body} ({len(closed.levels)}): ",
    )


def ranking(situation: Situation, one: JudgedList) -> tuple[tuple[str, int | None, int | None], ...]:
    """The reviews at the top of a list by their votes, best first: (review, in favour, entitled) (C-22).

    Votes are None where none was held for that level, or the review is another organisation's.
    """
    scale = situation.rules.scale(one.closed.kind)
    tops = one.closed.at(scale.top) if scale is not None else ()
    found = [(review, *_votes(situation.reviews.get(review), scale.top if scale else "")) for review in tops]
    return tuple(sorted(found, key=_by_share))


def tied_at_the_edge(ranked: tuple[tuple[str, int | None, int | None], ...], places: int) -> bool:
    """Whether the last place and the first without one have the same share of votes: a new ballot (C-22)."""
    if not 0 < places < len(ranked):
        return False
    last, first = ranked[places - 1], ranked[places]
    if None in (*last[1:], *first[1:]):
        return False
    return (last[1] or 0) * (first[2] or 0) == (first[1] or 0) * (last[2] or 0)


def _by_share(row: tuple[str, int | None, int | None]) -> tuple[bool, Fraction, str]:
    review, in_favour, entitled = row
    known = in_favour is not None and bool(entitled)
    return not known, -Fraction(in_favour or 0, entitled or 1), review


def _votes(review: Review | None, level: str) -> tuple[int | None, int | None]:
    if review is None:
        return None, None
    held = [motion for motion in review.motions if motion.level == level]
    return (held[-1].in_favour, held[-1].entitled) if held else (None, None)


def _more(situation: Situation, one: JudgedList) -> tuple[str, str]:
    ranked = ranking(situation, one)
    shown = ", ".join(
        review if in_favour is None else f"{review} {in_favour}/{entitled}"
        for review, in_favour, entitled in ranked
    )
    vi = f" Đang ở mức cao nhất, theo số phiếu: {shown}." if shown else ""
    en = f" At the top level now, by votes: {shown}." if shown else ""
    allowed = [operand.value for f in one.failed for operand in f.operands if operand.name == "quota_allowed"]
    places = min((value for value in allowed if isinstance(value, int)), default=0)
    if tied_at_the_edge(ranked, places):
        vi += " Bằng phiếu ở vị trí cuối cùng: cần bỏ phiếu lại."
        en += " A tie at the last place: a new ballot is needed."
    if one.base_is_empty:
        vi += " Không có ai làm cơ sở tính tỷ lệ, nên chưa ai được xếp mức cao nhất."
        en += " Nobody is there to count the share on, so nobody can be rated at the top."
    return vi, en


def _judged(situation: Situation, lists: Iterable[ClosedList], taken: Taken) -> tuple[JudgedList, ...]:
    return tuple(
        judge_list(situation.rules, closed) for closed in lists if closed.levels.keys() & taken.keys()
    )


def _members(situation: Situation, organisation: str, taken: Taken) -> list[ClosedList]:
    if situation.rules.scale(life.INDIVIDUAL) is None:
        return []
    levels = {
        review.id: taken.get(review.id) or held_level(review)
        for review in situation.reviews.values()
        if review.kind == life.INDIVIDUAL
        and is_counted(review.kind, review.quality)
        and (review.id in taken or review.stage in WITH_SUPERIOR)
    }
    around = _with_merit(situation, organisation, situation.known(""))
    return [_closed(life.INDIVIDUAL, organisation, levels, around)]


def held_level(review: Review) -> str | None:
    """The level a review stands on a list with while nobody decides on it."""
    return review.decided_level or review.appraised_level or review.level


def _lists_of_the_decider(
    situation: Situation, bundle: Submission, kind: str, taken: Taken
) -> list[ClosedList]:
    """The lists of everything that lies with the deciding body: one a group, one where none is set."""
    named = groups_for(situation.rules, kind)
    levels: dict[str, dict[str, str | None]] = {group.id: {} for group in named} or {"": {}}
    for row in situation.across.listed:
        if row.kind == kind and row.group in levels and row.review not in situation.reviews:
            levels[row.group][row.review] = row.level
    for review in situation.reviews.values():
        if review.kind != kind or not is_counted(kind, review.quality):
            continue
        group = _group(situation, review)
        if group in levels and (review.id in taken or review.stage in WITH_SUPERIOR):
            levels[group][review.id] = taken.get(review.id) or held_level(review)
    around = _with_merit(situation, bundle.to, situation.across.above)
    return [_closed(kind, bundle.to, held, around, group) for group, held in levels.items()]


def _group(situation: Situation, review: Review) -> str | None:
    """The group of a review, "" where its kind has none, "–" where none fits, None if unknown."""
    named = groups_for(situation.rules, review.kind)
    if not named:
        return ""
    facts = facts_of(review, situation.known(review.id))
    group = group_of(named, review.kind, facts, situation.rules.calendar)
    return "–" if group == "" else group


def _closed(
    kind: str, body: str, levels: Mapping[str, str | None], around: Facts, group: str = ""
) -> ClosedList:
    held = {review: level for review, level in levels.items() if level}
    return ClosedList(kind=kind, body=body, levels=held, around=around, group=group)


def _with_merit(situation: Situation, body: str, facts: Facts) -> Facts:
    merit = situation.campaign.special_merit if situation.campaign else {}
    told: dict[str, FactValue | None] = {
        "quota.special_merit": body in merit,
        "quota.group_outside": is_outside(situation, body),
    }
    return stated(facts, told, f"campaign, {body}")


def is_outside(situation: Situation, body: str) -> bool:
    """Whether a body stands above the whole campaign: whom else it decides on is not seen here."""
    campaign = situation.campaign
    return campaign is not None and body == campaign.superior != campaign.organisation
