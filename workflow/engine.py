"""One command, one transaction: lock, read, fold, gather, decide, append, react, commit."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from itertools import zip_longest

import structlog
from sqlalchemy import Connection

from workflow import clock, codec, idempotency, kept_rulebooks, refusals
from workflow.answer import Answer, answer_of, answer_to
from workflow.bodies import Body, Campaign
from workflow.commands.asking import Command, Request, ReviewCommand
from workflow.commands.campaign import PlanCampaign
from workflow.contention import Contention
from workflow.database import Database
from workflow.decide import Extras, decide
from workflow.decision import Change, Decision, Situation
from workflow.errors import BadInput, Busy, NotFound, Refusal, StaleVersion
from workflow.event import Event
from workflow.folding import fold_stored, nothing
from workflow.folding import grown as life_after
from workflow.gathering import Gather, Gathered, Moved, React, Standing, situation_of
from workflow.log import Append, Entry, Log
from workflow.needs import Needs, first_needs, further_needs
from workflow.review import Review
from workflow.rules.finding_codec import findings_to_bytes
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook

log = structlog.get_logger()

TRIES = 3
"""How often a command starts again from the read when colleagues act at the same moment."""

KEPT_FOLDS = 50_000
"""How many folded streams a process remembers; the oldest are forgotten first."""


Beside = Callable[[Connection], Command]
"""Writes rows in a command's own transaction, before anything is read for it; gives what is to be covered."""


class Engine:
    """Handles commands on one database. Safe to share between threads."""

    def __init__(
        self,
        database: Database,
        *,
        gather: Gather,
        react: React,
        now: Callable[[], datetime] = clock.now,
        load_rulebook: Callable[[str], Rulebook] = Rulebook.load,
    ) -> None:
        self.database = database
        self._gather = gather
        self._react = react
        self._now = now
        self._load_rulebook = load_rulebook
        self._folds: dict[str, tuple[int, str, Review | Body]] = {}
        self._rulebooks: dict[str, Rulebook] = {}

    def now(self) -> datetime:
        """This instant, as everything this engine records has it."""
        return self._now()

    def handle(self, request: Request, *, beside: Beside | None = None) -> Answer:
        """Carry the command out and answer, or raise the Refusal.

        The same key and body gives the same answer for ever; a refused command is judged anew. Raises Busy
        after three tries against colleagues; nothing was done then. `beside` writes rows the event covers by
        their digests: it runs once the key is known to be new and gives the command as it is then decided;
        its rows and the event are there together or not at all.
        """
        command_id = uuid.uuid4().hex
        name = type(request.command).__name__
        # with its name: two commands may ask for different things with the same fields
        body = codec.canonical((name, request.command))
        _storable(body)
        for attempt in range(1, TRIES + 1):
            touched: list[str] = []
            try:
                answer = self._once(request, command_id, body, touched, beside)
            except Contention as contention:
                log.info("command met another", command=name, attempt=attempt, why=str(contention))
                continue
            except Refusal as refusal:
                self._keep_refusal(request, command_id, body, touched, refusal)
                log.info("command refused", command=name, command_id=command_id, why=type(refusal).__name__)
                raise
            log.info(
                "command handled", command=name, command_id=answer.command_id, streams=len(answer.streams)
            )
            return answer
        raise Busy(next(iter(touched), name))

    def consider(self, request: Request) -> tuple[Situation, Decision | Refusal]:
        """What a command would find and do now, without doing it: nothing is locked, written or remembered.

        For pages that say what is missing. Between this look and the command colleagues may act. Raises
        NotFound or StaleVersion where the command could not even be read.
        """
        _storable(codec.canonical(request.command))
        with self.database.read() as connection:
            standing = self._read(connection, request, [], guarded=False)
            gathered = self._gather.gather(connection, standing)
            standing = self._with_dependents(connection, standing, gathered)
        situation = situation_of(standing, gathered)
        return situation, decide(situation, gathered.extras)

    def _once(
        self, request: Request, command_id: str, body: bytes, touched: list[str], beside: Beside | None
    ) -> Answer:
        grown: list[Moved] = []
        with self.database.write() as connection:
            if request.key is not None:
                known = idempotency.recall(connection, request.actor.id, request.key, body)
                if known is not None:
                    return replace(answer_of(known.text), repeated=True)
            if beside is not None:
                request = replace(request, command=beside(connection))
            standing = self._read(connection, request, touched)
            gathered = self._gather.gather(connection, standing)
            standing = self._with_dependents(connection, standing, gathered)
            outcome = decide(situation_of(standing, gathered), gathered.extras)
            if isinstance(outcome, Refusal):
                raise outcome
            if isinstance(request.command, PlanCampaign) and standing.rulebook is not None:
                kept_rulebooks.keep(connection, standing.rulebook.canonical_bytes())
            for rulebook in gathered.extras.rulebooks:
                kept_rulebooks.keep(connection, rulebook)
            answer = self._append(connection, request, command_id, standing, outcome, gathered.extras, grown)
            if request.key is not None:
                told = idempotency.Answer(codec.canonical(answer).decode(), command_id)
                idempotency.remember(connection, request.actor.id, request.key, body, told, self._now())
        for moved in grown:
            self._remember(moved.stream, moved.stored[-1].version, moved.stored[-1].event_hash, moved.after)
        return answer

    # --- reading ----------------------------------------------------------------------------------

    def _read(
        self, connection: Connection, request: Request, touched: list[str], *, guarded: bool = True
    ) -> Standing:
        """Guards first, then streams: what is folded cannot change before the commit."""
        events = Log(connection)
        lock = events.lock if guarded else _leave_unlocked
        needs = first_needs(request.command)
        touched.extend((*needs.bodies, *(f"review/{review}" for review in needs.reviews)))
        if needs.campaign and not touched:
            touched.append(f"campaign/{needs.campaign}")
        guards = needs.guards or self._guard_remembered(request.command)
        lock(guards)
        folded = self._load(events, needs)
        held = {name: body for name, body in folded.items() if not isinstance(body, Review)}
        if needs.every_campaign:
            others = tuple(f"campaign/{name}" for name in self._gather.campaigns(connection))
            folded |= self._load(events, Needs(bodies=others))
        more = further_needs(request.command, held)
        if more != Needs():
            lock(more.guards)
            folded |= self._load(events, more)
        for source in (needs, more):
            if source.organisations and source.campaign:
                found = self._gather.reviews_of(connection, source.campaign, source.organisations)
                missing = tuple(review for review in found if f"review/{review}" not in folded)
                folded |= self._load(events, Needs(reviews=missing))
        reviews = {body.id: body for body in folded.values() if isinstance(body, Review)}
        if not more.guards and not guards and isinstance(request.command, ReviewCommand):
            review = reviews[request.command.review]
            lock(_guard_of(review))
            folded |= self._load(events, needs)
            reviews = {body.id: body for body in folded.values() if isinstance(body, Review)}
        name = more.campaign or needs.campaign
        campaign = folded.get(f"campaign/{name}")
        assert campaign is None or isinstance(campaign, Campaign), "a campaign stream folds to a campaign"
        self._check_version(request, touched, folded)
        standing = Standing(
            request=request,
            today=self._now().astimezone(clock.ZONE).date(),
            campaign=campaign,
            reviews=reviews,
            bodies={name: body for name, body in folded.items() if not isinstance(body, Review)},
            rulebook=self._rulebook(connection, request, campaign),
        )
        # what they guard is read from here on, in gather; the streams above are guarded by their organisation
        lock(self._gather.guards(connection, standing))
        return standing

    def _with_dependents(self, connection: Connection, standing: Standing, gathered: Gathered) -> Standing:
        """The reviews that lean on what changes; a colleague who writes to one first is met at the append."""
        if not gathered.resting_on:
            return standing
        further = tuple(review for review in gathered.resting_on if review not in standing.reviews)
        folded = self._load(Log(connection), Needs(reviews=further))
        return replace(
            standing, dependents={body.id: body for body in folded.values() if isinstance(body, Review)}
        )

    def _guard_remembered(self, command: Command) -> tuple[str, ...]:
        """The guard of a review folded before; its organisation is told by its first event for ever."""
        kept = self._folds.get(f"review/{command.review}") if isinstance(command, ReviewCommand) else None
        return _guard_of(kept[2]) if kept is not None and isinstance(kept[2], Review) else ()

    def _load(self, events: Log, needs: Needs) -> dict[str, Review | Body]:
        streams = [*needs.bodies, *(f"review/{review}" for review in needs.reviews)]
        if needs.campaign:
            streams.append(f"campaign/{needs.campaign}")
        if not streams:
            return {}
        heads = events.heads(streams)
        found: dict[str, Review | Body] = {}
        unread: list[str] = []
        for stream in dict.fromkeys(streams):
            head = heads.get(stream)
            if head is None:
                found[stream] = nothing(stream)
                continue
            kept = self._folds.get(stream)
            if kept is not None and kept[0] == head.version and kept[1] == head.event_hash:
                found[stream] = kept[2]
            else:
                unread.append(stream)
        if unread:
            for stream, told in events.tell(unread).items():
                found[stream] = fold_stored(stream, told)
                head = heads[stream]
                if told and told[-1].version == head.version:  # else it grew between the two statements
                    self._remember(stream, head.version, head.event_hash, found[stream])
        return found

    def _remember(self, stream: str, version: int, event_hash: str, body: Review | Body) -> None:
        self._folds.pop(stream, None)
        self._folds[stream] = (version, event_hash, body)
        while len(self._folds) > KEPT_FOLDS:
            self._folds.pop(next(iter(self._folds)), None)

    def _check_version(
        self, request: Request, touched: list[str], folded: Mapping[str, Review | Body]
    ) -> None:
        if request.expected_version is None or not touched:
            return
        body = folded.get(touched[0])
        if body is not None and not body.version and isinstance(request.command, ReviewCommand):
            return  # nobody acted: there is no such review, and the decision says so
        if body is not None and body.version != request.expected_version:
            raise StaleVersion(body.id, request.expected_version, body.version)

    def _rulebook(
        self, connection: Connection, request: Request, campaign: Campaign | None
    ) -> Rulebook | None:
        if isinstance(request.command, PlanCampaign):
            try:
                rulebook = self._load_rulebook(request.command.rulebook)
            except RulebookRefused as error:
                raise unusable(request.command.rulebook, error) from error
            return self._gather.planned(connection, request.command, rulebook)
        if campaign is None or not campaign.rulebook_hash:
            return None
        return self.rulebook(connection, campaign.rulebook_hash)

    def rulebook(self, connection: Connection, rulebook_hash: str) -> Rulebook:
        """The rulebook a campaign was opened with, from the bytes stored under its hash."""
        if rulebook_hash not in self._rulebooks:
            body = kept_rulebooks.body_of(connection, rulebook_hash)
            if body is None:
                raise LookupError(f"the rulebook {rulebook_hash} of an open campaign is not in the database")
            self._rulebooks[rulebook_hash] = Rulebook.from_bytes(body)
        return self._rulebooks[rulebook_hash]

    # --- writing ----------------------------------------------------------------------------------

    def _append(
        self,
        connection: Connection,
        request: Request,
        command_id: str,
        standing: Standing,
        decision: Decision,
        extras: Extras,
        grown: list[Moved],
    ) -> Answer:
        now = self._now()
        occurred = datetime.combine(decision.occurred_on, time(12), clock.ZONE)
        occurred = min(occurred, now)
        rulebook = standing.campaign.rulebook_hash if standing.campaign else ""
        before = {change.stream: _held(standing, change.stream) for change in decision.changes}
        appends = [
            Append(
                change.stream,
                before[change.stream].version,
                _entries(change, request, command_id, rulebook, occurred),
            )
            for change in decision.changes
        ]
        stored = Log(connection).append(appends, now)
        at = 0
        for change in decision.changes:
            part = tuple(stored[at : at + len(change.events)])
            at += len(change.events)
            start = before[change.stream]
            grown.append(
                Moved(
                    stream=change.stream,
                    before=start,
                    after=life_after(start, change.events),
                    events=change.events,
                    stored=part,
                )
            )
        self._react(connection, grown, request, extras)
        return answer_to(command_id, grown, decision, standing)

    def _keep_refusal(
        self, request: Request, command_id: str, body: bytes, touched: list[str], refusal: Refusal
    ) -> None:
        failing = tuple((finding.rule, str(finding.verdict)) for finding in refusal.findings)
        kept = refusals.Refused(
            recorded_at=self._now(),
            command=type(request.command).__name__,
            command_id=command_id,
            actor=request.actor.id,
            capacity=request.actor.capacity,
            streams=tuple(touched),
            refusal=type(refusal).__name__,
            failing=failing,
            body_digest=refusals.digest_of(body),
        )
        with self.database.write() as connection:
            refusals.record(connection, kept)


_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def _storable(body: bytes) -> None:
    """BadInput for a zero byte anywhere in a command: one of the two databases cannot hold it."""
    if _ZERO.search(body):
        raise BadInput(
            "command", "\\u0000", "chứa ký tự rỗng; hãy xóa ký tự đó.", "holds a zero character; remove it."
        )


def _guard_of(review: Review) -> tuple[str, ...]:
    return (f"organisation:{review.campaign}/{review.organisation}",)


def _leave_unlocked(keys: Iterable[str]) -> None:
    """A look takes no guards."""


def unusable(rulebook: str, refused: RulebookRefused) -> Refusal:
    """The refusal for a rulebook that is not there, or that the loader turned down with everything wrong."""
    if all(problem.what == "is not there" for problem in refused.problems):
        return NotFound("rulebook", rulebook)
    wrong = "; ".join(map(str, refused.problems))
    return BadInput("rulebook", rulebook, f"không dùng được: {wrong}.", f"cannot be used: {wrong}.")


def _held(standing: Standing, stream: str) -> Review | Body:
    kind, _, name = stream.partition("/")
    if kind == "review":
        return standing.reviews.get(name) or standing.dependents.get(name) or Review(id=name)
    if kind == "campaign" and standing.campaign is not None:
        return standing.campaign
    return standing.bodies[stream]


def _entries(
    change: Change, request: Request, command_id: str, rulebook: str, occurred: datetime
) -> tuple[Entry, ...]:
    """Each event goes with the findings that decided it, and with their verdicts."""
    entries = []
    for event, findings in zip_longest(change.events, change.findings, fillvalue=()):
        assert isinstance(event, Event), "no findings without an event"
        name, schema = codec.schema_of(event)
        entries.append(
            Entry(
                name=name,
                schema_version=schema,
                occurred_at=occurred,
                actor=request.actor.id,
                capacity=request.actor.capacity,
                command_id=command_id,
                rulebook_hash=rulebook,
                verdicts=tuple((finding.rule, str(finding.verdict)) for finding in findings),
                data=codec.encode(event),
                findings=findings_to_bytes(findings) if findings else None,
            )
        )
    return tuple(entries)
