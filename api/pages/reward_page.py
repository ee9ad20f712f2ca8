"""Rewards of a campaign: who may be put forward, who is, how many titles are left, and the forms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from api.pages.bundle_fields import long_field, on_field, select_field, text_field
from api.pages.campaigns import campaign_of, visible
from api.pages.confirming import Question
from api.pages.findings_told import refusal_view
from api.pages.format import N_, day
from api.pages.typed import Typed
from api.pages.views import ActionForm, EmptyState, FormField, Link, Page, RefusalView, StatusText, Tone
from api.pages.visits import Visit
from handlers.access.things import rewards_seen
from handlers.names import Names, names_on
from handlers.rewarded import (
    Candidate,
    PutForward,
    TitlesLeft,
    bodies_of,
    candidates,
    put_forward,
    titles_left,
)
from states import review as reviewing
from states import reward as life
from workflow.bodies import Campaign
from workflow.commands.asking import Command
from workflow.commands.reward import DecideReward, ProposeReward, RefuseReward, WithdrawReward
from workflow.rules.topics.choices import REWARD_LEVELS, REWARDS
from workflow.rules.words import WORDS

SHOWN_MAX = 200
STAGES: dict[str, tuple[Tone, str]] = {
    life.PROPOSED: ("waiting", N_("Đã đề nghị, chờ quyết định")),
    life.DECIDED: ("done", N_("Đã được khen thưởng")),
    life.REFUSED: ("refused", N_("Không được khen thưởng")),
    life.WITHDRAWN: ("none", N_("Đã rút đề nghị")),
}
MAY_PROPOSE = frozenset((*life.OWN, *life.ABOVE))
MAY_DECIDE = frozenset(life.DECIDERS)


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidateLine:
    """One decided review at the top level, and since when."""

    name: str
    href: str
    organisation: str
    level: str
    years: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RewardLine:
    """One reward put forward; `doubt` says which level it rested on was cancelled."""

    reward: str
    name: str
    href: str
    award: str
    by: str
    on: str
    state: StatusText
    doubt: str = ""
    forms: tuple[ActionForm, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RewardPage(Page):
    """`titles` are the exemplary cells granted and allowed, with the number they are counted on."""

    TEMPLATE = "rewards.html"
    titles: TitlesLeft | None = None
    candidates: tuple[CandidateLine, ...] = ()
    rewards: tuple[RewardLine, ...] = ()
    propose: ActionForm | None = None
    refusal: RefusalView | None = None
    empty: EmptyState | None = None


def reward_page(
    visit: Visit,
    campaign_id: str,
    *,
    refused: Exception | None = None,
    typed: Typed | None = None,
    about: str = "",
) -> RewardPage:
    """The page. NotFound for a campaign that is not there; `about` names the form that was refused."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        campaign, rulebook = campaign_of(connection, visit.service, campaign_id)
        frame = visit.frame(connection, "board", campaign=campaign, rulebook=rulebook)
        crumbs = (Link(label=_("Tiến độ"), href=f"/c/{campaign_id}"),)
        if not visible(campaign):
            waiting = EmptyState(
                title=_("Đợt chưa mở"), text=_("Khen thưởng xét sau khi có quyết định xếp loại.")
            )
            return RewardPage(frame=frame, crumbs=crumbs, empty=waiting)
        within = visit.within(connection, campaign_id)
        top = candidates(connection, campaign, rulebook, SHOWN_MAX, within.reviews())
        rewards = put_forward(connection, campaign_id, rewards_seen(visit.scope))
        left = titles_left(connection, campaign, rulebook, campaign.organisation, campaign.roster_day)
        subjects = {one.subject for one in top} | {one.review.split(".", 2)[-1] for one in rewards}
        bodies = subjects | {one.organisation for one in top} | bodies_of(rewards)
        bodies |= {campaign.organisation, campaign.superior}
        names = names_on(connection, visit.today, people=subjects, bodies=bodies)
    told = (
        refusal_view(refused, visit.language, visit.words, names, kept=typed is not None, rulebook=rulebook)
        if refused
        else None
    )
    return RewardPage(
        frame=frame,
        crumbs=crumbs,
        titles=left,
        candidates=tuple(_candidate(visit, names, one) for one in top),
        rewards=tuple(_reward(visit, campaign_id, names, one, typed, about) for one in rewards),
        propose=_propose(visit, campaign, names, top, typed if not about else None),
        refusal=told,
        empty=None
        if top or rewards
        else EmptyState(
            title=_("Chưa ai có thể được đề nghị"),
            text=_("Khen thưởng xét trong số đã được quyết định ở mức cao nhất."),
        ),
    )


def propose_command(typed: Typed) -> Command | None:
    """What the form asks for; None where a field is wrong, which `typed.errors` names."""
    command = ProposeReward(
        reward=typed.text("reward"),
        review=typed.text("review"),
        award=typed.one_of("award", REWARDS),
        granted_by=typed.one_of("granted_by", REWARD_LEVELS),
        by=typed.text("by"),
        on=typed.day("on"),
        through=typed.text("through", required=False) or None,
        document=typed.text("document", required=False) or None,
    )
    return None if typed.errors else command


def act_command(reward: str, act: str, typed: Typed) -> Command | None:
    """What one of the small forms asks for; None where a field is wrong."""
    on = typed.day("on")
    command: Command
    if act == "decision":
        command = DecideReward(reward=reward, on=on, document=typed.text("document"))
    elif act == "refusal":
        command = RefuseReward(reward=reward, on=on, reason=typed.text("reason"))
    else:
        command = WithdrawReward(reward=reward, on=on, reason=typed.text("reason"))
    return None if typed.errors else command


def ending(visit: Visit, shown: RewardPage, reward: str, act: str) -> Question | None:
    """The question before a reward is granted or refused; a proposal taken back may be made anew."""
    line = next((one for one in shown.rewards if one.reward == reward), None)
    if line is None or act == "withdrawal":
        return None
    _ = visit.words.gettext
    told = {"award": line.award, "name": line.name}
    if act == "refusal":
        return Question(
            title=_("Không khen thưởng %(name)s?") % told,
            consequences=(
                _("Đề nghị %(award)s cho %(name)s kết thúc, kèm lý do.") % told,
                _("Không rút lại được; muốn xét lại thì lập đề nghị mới."),
            ),
            submit=_("Không khen thưởng"),
        )
    lines = [
        _("%(name)s được ghi là đã có %(award)s, theo số quyết định vừa nhập.") % told,
        _("Không rút lại được. Nếu mức xếp loại làm căn cứ bị hủy, khen thưởng được đánh dấu phải xem lại."),
    ]
    return Question(
        title=_("Ghi quyết định khen thưởng %(name)s?") % told,
        consequences=(*([line.doubt] if line.doubt else []), *lines),
        submit=_("Ghi quyết định khen thưởng"),
    )


def _candidate(visit: Visit, names: Names, one: Candidate) -> CandidateLine:
    _ = visit.words.gettext
    words = N_("%(count)s năm liền") if one.certain else N_("ít nhất %(count)s năm, chưa biết trước đó")
    return CandidateLine(
        name=names.subject(one.review),
        href=f"/r/{one.review}",
        organisation=names.body(one.organisation),
        level=one.level,
        years=_(words) % {"count": one.years},
    )


def _reward(
    visit: Visit, campaign_id: str, names: Names, one: PutForward, typed: Typed | None, about: str
) -> RewardLine:
    _ = visit.words.gettext
    tone, text = STAGES[one.stage]
    return RewardLine(
        reward=one.reward,
        name=names.subject(one.review),
        href=f"/r/{one.review}",
        award=word(visit, one.award),
        by=names.body(one.by),
        on=day(one.ended_on or one.proposed_on),
        state=StatusText(tone=tone, text=_(text) + (f" ({one.document})" if one.document else "")),
        doubt=_("Cần xem lại: đã hủy kết quả của %(names)s")
        % {"names": ", ".join(names.subject(review) for review in one.doubted)}
        if one.doubted
        else "",
        forms=_forms(visit, campaign_id, one, typed, about) if one.stage == life.PROPOSED else (),
    )


def _forms(
    visit: Visit, campaign_id: str, one: PutForward, typed: Typed | None, about: str
) -> tuple[ActionForm, ...]:
    _ = visit.words.gettext
    role = visit.acting.role
    offered = [
        ("decision", _("Quyết định khen thưởng"), ("document", _("Số quyết định")), role in MAY_DECIDE),
        ("refusal", _("Không khen thưởng"), ("reason", _("Lý do")), role in MAY_DECIDE),
        ("withdrawal", _("Rút đề nghị"), ("reason", _("Lý do")), role in MAY_PROPOSE),
    ]
    return tuple(
        ActionForm(
            action=f"/c/{campaign_id}/rewards/{one.reward}/{act}",
            submit=submit,
            fields=(
                on_field(visit, typed if about == f"{one.reward}/{act}" else None),
                (text_field if act == "decision" else long_field)(
                    *told, typed if about == f"{one.reward}/{act}" else None
                ),
            ),
            command_id=secrets.token_hex(16),
        )
        for act, submit, told, may in offered
        if may
    )


def _propose(
    visit: Visit, campaign: Campaign, names: Names, top: tuple[Candidate, ...], typed: Typed | None
) -> ActionForm | None:
    if visit.acting.role not in MAY_PROPOSE or not top:
        return None
    _ = visit.words.gettext
    fresh = f"{campaign.id}-KT-{secrets.token_hex(4)}"
    who = {one.review: _whose(names, one) for one in top}
    return ActionForm(
        action=f"/c/{campaign.id}/rewards",
        submit=_("Đề nghị khen thưởng"),
        command_id=secrets.token_hex(16),
        style="primary",
        fields=(
            FormField(name="reward", label="", kind="hidden", value=(typed and typed.raw("reward")) or fresh),
            select_field("review", _("Ai, tổ chức nào"), typed, who),
            select_field("award", _("Hình thức"), typed, {code: word(visit, code) for code in REWARDS}),
            select_field(
                "granted_by", _("Cấp khen thưởng"), typed, {code: word(visit, code) for code in REWARD_LEVELS}
            ),
            FormField(
                name="by",
                label=_("Mã nơi khen thưởng"),
                value=typed.raw("by") if typed else campaign.organisation,
                error=typed.errors.get("by", "") if typed else "",
                required=True,
            ),
            _optional("through", _("Mã nơi chuyển đề nghị"), typed),
            on_field(visit, typed),
            _optional("document", _("Số tờ trình"), typed),
        ),
    )


def _whose(names: Names, one: Candidate) -> str:
    name = names.subject(one.review)
    return name if one.kind == reviewing.ORGANISATION else f"{name}, {names.body(one.organisation)}"


def _optional(name: str, label: str, typed: Typed | None) -> FormField:
    return FormField(
        name=name,
        label=label,
        value=typed.raw(name) if typed else "",
        error=typed.errors.get(name, "") if typed else "",
    )


def word(visit: Visit, code: str) -> str:
    """A reward, title or level of bodies in the visitor's language."""
    vi, en = WORDS.get(code, (code, code))
    text = en if visit.language == "en" else vi
    return text[:1].upper() + text[1:]
