"""What a story looks at between its steps: where a thing stands, its findings, due dates, what may follow."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from handlers.cases.judged import deciding, wrong_dues
from handlers.cases.names import Names
from handlers.cases.places import Place, shown
from handlers.cases.reading import expected_dues
from handlers.cases.results import Wrong, differences, told
from handlers.cases.tables import Reader
from handlers.next_acts import Outlook, outlook
from handlers.replay import replay
from states import review as life
from states.roles import Role
from states.table import NEW
from workflow.bodies import FACTORIES, Body
from workflow.commands.asking import Actor, Request
from workflow.commands.meeting import CloseUnrated
from workflow.engine import Engine
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.review import Review
from workflow.rules.facts import Facts
from workflow.rules.finding import Finding
from workflow.rules.rating import rate
from workflow.rules.rulebook import Rulebook
from workflow.standing import facts_of, stated

OF_A_REVIEW = ("findings", "next", "not_next", "missing", "rating", "facts", "events")
"""What may be asked of a review beside its own fields."""

RATING = ("standing", "level", "suggestion", "ceiling", "possible", "effect", "missing", "triggered")
LEFT_OUT = frozenset({"id", "sessions", "motions", "ticks", "facts", "dates"})
"""Fields of the folded lives that are no plain values."""

SUBJECTS = ("review", "campaign", "meeting", "ballot", "submission", "lists", "stream")
"""What a check may be about; `stream` names any other life by its stream, as `plan/...`."""


NOBODY = Actor(id="", role=Role.AUDITOR, body="")
"""Who looks where nobody is named: an auditor may do nothing."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """A look at one thing. `streams` are empty where it is about the campaign's due dates alone."""

    place: Place
    streams: tuple[str, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    due: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    next: tuple[str, ...] = ()
    not_next: tuple[str, ...] = ()
    missing: tuple[str, ...] | None = None
    rating: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    by: Actor = NOBODY

    def run(self, engine: Engine, book: Rulebook, year: int, today: date) -> tuple[Wrong, ...]:
        """Look and compare."""
        wrong = list(wrong_dues(book, year, self.due))
        for stream in self.streams:
            with engine.database.read() as connection:
                wrong += self._of_stream(connection, stream, book)
            if kind_of(stream) == "review":
                wrong += self._of_review(engine, stream.partition("/")[2], book, today)
        return tuple(wrong)

    def _of_stream(self, connection: Connection, stream: str, book: Rulebook) -> Iterator[Wrong]:
        stored = Log(connection).read([stream])[stream]
        held = fold_stored(stream, stored)
        name = stream.partition("/")[2]
        got = {key: _as_asked(plain(getattr(held, key)), wanted) for key, wanted in self.fields.items()}
        for one in differences(self.fields, got):
            yield Wrong(f"{name}: {one.what}", one.expected, one.got)
        if self.events:
            last = [one.name for one in stored][-len(self.events) :]
            yield from differences({f"{name}: events": list(self.events)}, {f"{name}: events": last})
        if self.findings:
            found = _findings(connection, name) if held.version else {}
            for rule, verdict in self.findings.items():
                came = found[rule].verdict.value if rule in found else "not judged"
                if came != verdict:
                    because = told([found[rule]], book) if rule in found else ()
                    yield Wrong(f"{name}: {rule}", verdict, came, because)

    def _of_review(self, engine: Engine, review: str, book: Rulebook, today: date) -> Iterator[Wrong]:
        if self.next or self.not_next or self.missing is not None:
            yield from self._ahead(outlook(engine, review, self.by, today), book)
        if self.rating or self.facts:
            yield from self._known(engine, review, book, today)

    def _ahead(self, ahead: Outlook, book: Rulebook) -> Iterator[Wrong]:
        name, triggers = ahead.review.id, sorted(ahead.triggers)
        if not set(self.next) <= set(triggers):
            yield Wrong(f"{name}: next", shown(self.next), shown(triggers))
        if set(self.not_next) & set(triggers):
            yield Wrong(f"{name}: not_next", shown(self.not_next), shown(triggers))
        if self.missing is not None:
            missing = sorted(finding.rule for finding in ahead.missing)
            if missing != sorted(self.missing):
                expected = shown(sorted(self.missing))
                yield Wrong(f"{name}: missing", expected, shown(missing), told(ahead.missing, book))

    def _known(self, engine: Engine, name: str, book: Rulebook, today: date) -> Iterator[Wrong]:
        """What is known of a review today, and its level as if the ballot, if none was, were held today."""
        probe = CloseUnrated(review=name, on=today)  # a command for which all there is to know is gathered
        situation, _ = engine.consider(Request(command=probe, actor=self.by))
        review = situation.review(name)
        known = facts_of(review, situation.known(name))
        if self.rating:
            voted = known if "ballot.day" in known else stated(known, {"ballot.day": today})
            rating = rate(book, review.kind, voted)
            got = {key: plain(getattr(rating, key)) for key in self.rating}
            for one in differences(self.rating, got, told(deciding(rating, book), book)):
                yield Wrong(f"{name}: rating, {one.what}", one.expected, one.got, one.because)
        got = {key: _value(known, key) for key in self.facts}
        for one in differences(self.facts, got):
            yield Wrong(f"{name}: {one.what}", one.expected, one.got)


def read_check(reader: Reader, names: Names, book: Rulebook) -> Check | None:
    """A check as a file writes it; None where it is not clear what it is about."""
    about = [key for key in SUBJECTS if key in reader.table.content]
    content = reader.table.content
    if len(about) > 1 or (not about and "due" not in content):
        listed = ", ".join(SUBJECTS)
        reader.say(
            f"check phải nói về đúng một thứ: {listed}, hoặc due.",
            f"a check is about one thing: {listed}, or due.",
        )
        return None
    kind = about[0] if about else ""
    streams = _streams(kind, reader, names) if about else ()
    held = _kind_of(kind, streams)
    fields = fields_of(held) if held is not None else ()
    own = OF_A_REVIEW if kind == "review" else ("events",) if kind else ()
    reader.only((*about, "by", "due", *fields, *own))
    values = {key: _expected(content[key]) for key in fields if key in content and key != kind}
    if values.get("stage") not in (None, NEW) and isinstance(held, Review):
        reader.one_of("stage", tuple(life.NAMES))
    by = None
    if kind == "review":
        by = names.actor(reader.text("by") or "secretary", {kind: content[kind]}, reader.say)
    return Check(
        place=reader.table.place,
        streams=streams,
        fields=values,
        findings=reader.verdicts("findings", book),
        due=expected_dues(reader, "due", book),
        next=reader.texts("next"),
        not_next=reader.texts("not_next"),
        missing=reader.rules("missing", book) if "missing" in content else None,
        rating=_rating(reader),
        facts=_facts(reader),
        events=reader.texts("events"),
        by=by or NOBODY,
    )


def kind_of(stream: str) -> str:
    """What kind of life a stream is: the word before the stroke."""
    return stream.partition("/")[0]


def plain(value: Any) -> Any:
    """A folded value as a file writes it."""
    if dataclasses.is_dataclass(value):
        return str(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, set, frozenset)):
        return [plain(item) for item in value]
    return value.value if hasattr(value, "value") else value


def _streams(kind: str, reader: Reader, names: Names) -> tuple[str, ...]:
    value = reader.value(kind)
    if kind == "review":
        return tuple(f"review/{review}" for review in names.reviews(value, reader.say))
    if kind == "stream":
        found = reader.texts(kind)
        for stream in found:
            if kind_of(stream) not in ("review", *FACTORIES):
                listed = ", ".join(("review", *FACTORIES))
                reader.say(
                    f"stream = “{stream}” phải bắt đầu bằng một trong: {listed}, rồi dấu gạch chéo.",
                    f"stream = “{stream}” has to begin with one of: {listed}, and a stroke.",
                )
        return found
    if kind == "lists":
        return tuple(f"lists/{names.campaign}/{body}" for body in reader.texts(kind))
    return tuple(f"{kind}/{one}" for one in reader.texts(kind))


def _kind_of(kind: str, streams: tuple[str, ...]) -> Review | Body | None:
    name = (streams[0].partition("/")[0] if streams else "") if kind == "stream" else kind
    if name == "review":
        return Review(id="")
    return FACTORIES[name](id="") if name in FACTORIES else None


def fields_of(held: Review | Body) -> tuple[str, ...]:
    """Everything that can be asked of a life: its plain fields, and `level`."""
    found = [one.name for one in dataclasses.fields(held) if one.name not in LEFT_OUT]
    return (*found, "level") if isinstance(held, Review) else tuple(found)


def _expected(value: Any) -> Any:
    """A value of the file; "none" stands for nothing."""
    return None if value == "none" else value


def _as_asked(value: Any, wanted: Any) -> Any:
    """Flags and the like may be listed by their names alone."""
    return list(value) if isinstance(value, Mapping) and isinstance(wanted, list) else value


def _rating(reader: Reader) -> dict[str, Any]:
    content = reader.mapping("rating")
    reader.below_value("rating", content).only(RATING)
    return {key: _expected(value) for key, value in content.items()}


def _facts(reader: Reader) -> dict[str, Any]:
    content = reader.mapping("facts")
    reader.facts_known(content)
    return {key: _expected(value) for key, value in content.items()}


def _findings(connection: Connection, review: str) -> dict[str, Finding]:
    """The last finding of each rule that was stored with an event of the review."""
    return {
        finding.stored.rule: finding.stored
        for frame in replay(connection, review).frames
        for finding in frame.findings
    }


def _value(known: Facts, name: str) -> Any:
    return plain(known.value(name))
