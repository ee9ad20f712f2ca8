"""Histories for tests, built from events, about people and bodies that have names.

`a_review().at(REVIEWED)` is a review folded from the shortest lawful history that ends there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from states import review as life
from states.roles import Role
from workflow.commands.asking import Actor
from workflow.commands.preparing import Prepare
from workflow.event import Event
from workflow.events import review as happened
from workflow.review import Review, fold
from workflow.rules.checklists import item_names
from workflow.rules.rulebook import Rulebook

BASE, FIRST, SECOND, BLOC, CAMPAIGN = "DB01", "CB01", "CB02", "KHOI", "2016"

ROSTER = date(2016, 12, 15)
OPENED = date(2016, 12, 16)
PREPARED = date(2016, 12, 20)
NOTIFIED = date(2016, 12, 28)
DECLARED = date(2016, 12, 31)
SENT = date(2017, 1, 3)
MET = date(2017, 1, 10)
REPORTED = date(2017, 1, 13)
APPRAISED = date(2017, 1, 16)
DECIDED = date(2017, 1, 20)

OFFICER = Actor(id="BTC-01", role=Role.OFFICER, body=BASE)
BOARD = Actor(id="BTC-02", role=Role.ORGANISATION_BOARD, body=BASE)
COMMITTEE = Actor(id="DU-01", role=Role.SUPERIOR_COMMITTEE, body=BASE)
BLOC_BOARD = Actor(id="K-02", role=Role.ORGANISATION_BOARD, body=BLOC)
BLOC_COMMITTEE = Actor(id="K-01", role=Role.SUPERIOR_COMMITTEE, body=BLOC)
AUDITOR = Actor(id="KT-01", role=Role.AUDITOR, body=BASE)

NAMES = (
    "Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Mai", "Phạm Quốc Dũng", "Hoàng Thị Lan", "Vũ Đức Thắng",
    "Đặng Thị Hường", "Bùi Văn Sơn", "Đỗ Thị Nga", "Ngô Xuân Trường", "Dương Thị Yến", "Lý Văn Tài",
)  # fmt: skip


@cache
def ticks(kind: str, *gates: str) -> tuple[str, ...]:
    """Every checklist item a person confirms for a kind of review, at these gates or at any."""
    return item_names(Rulebook.load("duk_2016"), kind, *gates)


COLLECTIVE_TICKS = ticks(life.COLLECTIVE, "hold_session")
TICKS = ticks(life.INDIVIDUAL, "hold_session")
PREPARED_TICKS = {kind: ticks(kind, "prepare", "submit") for kind in life.KINDS}
LISTS = ("discipline", "sick_leave", "suggestion", "mass_organisation", "administration")
COMPLETION = {"HTXSNV": "excellent", "HTTNV": "good", "HTNV": "basic", "KHTNV": "not"}
FAULTS = ("cell_tasks", "prohibited_conduct", "refused_assignment", "disunity")
GOOD_POINTS = ("33", "16.5", "12", "12", "8.5")
TOP_POINTS = ("38", "19", "14", "13.5", "9")
POINT_NAMES = ("political_tasks", "ideology", "organisation", "administration_mass", "inspection")


def member(person: str, campaign: str = CAMPAIGN) -> str:
    """The review of a member."""
    return f"{campaign}.member.{person}"


def collective(body: str) -> str:
    """The review of the committee of a body."""
    return f"{CAMPAIGN}.collective.{body}"


def organisation(body: str) -> str:
    """The review of an organisation."""
    return f"{CAMPAIGN}.organisation.{body}"


def written(review: str, on: date = PREPARED, document: str | None = None) -> Prepare:
    """The order that a report or self-review was written, with everything its checklists ask confirmed."""
    kind = review.split(".")[1].replace("member", life.INDIVIDUAL)
    return Prepare(review=review, on=on, document=document, ticked=PREPARED_TICKS[kind])


# --- one review, from events ----------------------------------------------------------------------


@dataclass(frozen=True)
class ReviewBuilder:
    """The events a review has lived; `at` folds them up to a stage."""

    kind: str = life.INDIVIDUAL
    subject: str = "0104"
    organisation: str = FIRST
    rated: bool = True
    level: str = "HTTNV"

    @property
    def id(self) -> str:
        """The id it has in the campaign of 2016."""
        quality = "member" if self.kind == life.INDIVIDUAL else self.kind
        return f"{CAMPAIGN}.{quality}.{self.subject}"

    def events_at(self, stage: str) -> tuple[Event, ...]:
        """The shortest lawful history that ends at the stage."""
        opened = happened.ReviewOpened(
            campaign=CAMPAIGN,
            kind=self.kind,
            quality="member" if self.kind == life.INDIVIDUAL else self.kind,
            subject=self.subject,
            organisation=self.organisation,
            superior=BASE,
            venues=((self.organisation, "cell"),),
            rated=self.rated,
        )
        straight: dict[str, tuple[Event, ...]] = {
            life.OPEN: (opened,),
            life.PREPARED: (
                happened.ItemsTicked(on=PREPARED, ticked=PREPARED_TICKS[self.kind]),
                happened.DraftPrepared(on=PREPARED),
                happened.FactRecorded(fact="task.completion", value="good", on=PREPARED),
            ),
            life.DRAFT_SENT: (happened.DraftSent(on=SENT, recipients=12),),
            life.REVIEWED: (
                happened.SessionHeld(
                    venue=self.organisation,
                    meeting="CB01-0110",
                    on=MET,
                    item=1,
                    chair_role="head",
                    presented=True,
                    residence_comment="read",
                    concluded=True,
                ),
                happened.ReviewConcluded(on=MET),
            ),
            life.VOTED: (
                happened.MotionCarried(ballot="CB01-0110", level=self.level, in_favour=5, entitled=6, on=MET),
            ),
            life.SUBMITTED: (happened.ReviewSubmitted(bundle="CB01-KQ", level=self.level, on=REPORTED),),
            life.APPRAISED: (happened.ReviewAppraised(level=self.level, computed=self.level, on=APPRAISED),),
            life.APPROVED: (happened.ReviewApproved(level=self.level, on=DECIDED, document="QĐ 36"),),
        }
        aside: dict[str, tuple[str, tuple[Event, ...]]] = {
            life.RETURNED: (life.SUBMITTED, (happened.ReviewReturned(reason="thiếu biên bản", on=REPORTED),)),
            life.PAUSED: (life.DRAFT_SENT, (happened.ReviewPaused(reason="kiểm tra", on=SENT),)),
            life.ABSENT: (life.DRAFT_SENT, (happened.AbsenceRecorded(on=MET),)),
            life.EXEMPT: (life.OPEN, (happened.SubjectExempted(rule="duk.exempt_member"),)),
            life.REVIEWED_UNRATED: (
                life.REVIEWED,
                (happened.ClosedUnrated(rule="duk.new_member_unrated", on=MET),),
            ),
            life.ANNULLED: (
                life.APPROVED,
                (
                    happened.ReviewAnnulled(
                        level=self.level, reason="khuyết điểm", document="QĐ 41", on=DECIDED
                    ),
                ),
            ),
            life.RE_RATED: (
                life.ANNULLED,
                (
                    happened.RoundStarted(round=2, on=DECIDED),
                    *straight[life.DRAFT_SENT],
                    *straight[life.REVIEWED],
                    *straight[life.VOTED],
                    *straight[life.SUBMITTED],
                    *straight[life.APPRAISED],
                    happened.ReviewReRated(level=self.level, on=DECIDED, document="QĐ 43"),
                ),
            ),
        }
        if stage in aside:
            start, more = aside[stage]
            return (*self.events_at(start), *more)
        if self.kind == life.COLLECTIVE and stage == life.SUBMITTED:
            return (*self.events_at(life.REVIEWED), *straight[stage])
        names = list(straight)
        return tuple(event for name in names[: names.index(stage) + 1] for event in straight[name])

    def at(self, stage: str) -> Review:
        """The review folded up to the stage."""
        return fold(self.id, self.events_at(stage))


def a_review(
    kind: str = life.INDIVIDUAL, subject: str = "0104", organisation: str = FIRST, level: str = "HTTNV"
) -> ReviewBuilder:
    """The review of Phạm Quốc Dũng, an ordinary member of cell CB01, unless somebody else is named."""
    if kind != life.INDIVIDUAL and subject == "0104":
        subject = organisation
    return ReviewBuilder(kind, subject, organisation, rated=kind != life.COLLECTIVE, level=level)
