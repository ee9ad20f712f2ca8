"""The bytes the log keeps: the same event gives the same bytes, and every shape ever written is read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.histories import events_of
from workflow import codec
from workflow.codec import LIFTS, UnknownEvent, canonical, decode, encode, schema_of
from workflow.event import EVENTS, NAMES, VERSIONS, Event
from workflow.events.meeting import MeetingCancelled
from workflow.events.review import FactRecorded, ReviewOpened

SAMPLES = Path(__file__).parent.parent / "samples" / "events"
STORED = sorted(SAMPLES.glob("*.json"))


def shape_of(path: Path) -> tuple[str, int]:
    """A sample is named after its event and the version of its shape: `draft_sent.1.json`."""
    name, version, _ = path.name.split(".")
    return name, int(version)


@pytest.mark.parametrize("name", sorted(EVENTS))
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_back(name: str, data: st.DataObject) -> None:
    event = data.draw(events_of(EVENTS[name]))
    written = encode(event)
    assert decode(*schema_of(event), written) == event
    assert encode(decode(*schema_of(event), written)) == written


@pytest.mark.parametrize("name", sorted(EVENTS))
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_the_bytes_are_canonical_json(name: str, data: st.DataObject) -> None:
    """Keys sorted, UTF-8, no spaces, no name escaped: another program computes the same digest."""
    written = encode(data.draw(events_of(EVENTS[name])))
    fields = json.loads(written)
    assert list(fields) == sorted(fields)
    again = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert again == written


def test_values_of_different_types_do_not_become_each_other() -> None:
    """`true`, 1 and "1" are different facts, on the way in and on the way out."""
    for value in (True, 1, "1", "2017-01-10", "38.50"):
        event = FactRecorded(fact="score.inspection", value=value, on=date(2017, 1, 10))
        read = decode(*schema_of(event), encode(event))
        assert isinstance(read, FactRecorded)
        assert (type(read.value), read.value) == (type(value), value)


def test_every_event_has_a_stored_sample_of_its_shape() -> None:
    shapes = {shape_of(path) for path in STORED}
    wanted = {(NAMES[cls], version) for cls in VERSIONS for version in range(1, VERSIONS[cls] + 1)}
    assert shapes == wanted, "when a shape changes, the sample of the old one stays"


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_a_stored_sample_is_read_for_ever(path: Path) -> None:
    name, version = shape_of(path)
    written = path.read_bytes()
    event = decode(name, version, written)
    assert type(event) is EVENTS[name]
    if version == VERSIONS[EVENTS[name]]:
        assert encode(event) == written, "a shape that changed needs a new version and a lift"


def test_every_older_shape_can_be_lifted() -> None:
    for cls, newest in VERSIONS.items():
        for version in range(1, newest):
            assert (NAMES[cls], version) in LIFTS, f"{NAMES[cls]} in shape {version}"


def test_an_old_shape_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shape 1 said `why`, shape 2 `because`, shape 3 says `reason`."""

    def renamed(old: str, new: str) -> codec.Lift:
        return lambda fields: {new: fields[old]}

    monkeypatch.setitem(VERSIONS, MeetingCancelled, 3)
    monkeypatch.setitem(LIFTS, ("meeting_cancelled", 1), renamed("why", "because"))
    monkeypatch.setitem(LIFTS, ("meeting_cancelled", 2), renamed("because", "reason"))
    wanted = MeetingCancelled(reason="bão số 2")
    assert decode("meeting_cancelled", 1, '{"why":"bão số 2"}'.encode()) == wanted
    assert decode("meeting_cancelled", 2, '{"because":"bão số 2"}'.encode()) == wanted
    assert decode("meeting_cancelled", 3, encode(wanted)) == wanted
    assert schema_of(wanted) == ("meeting_cancelled", 3)


def test_a_lifted_event_has_days_and_tuples_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old shape goes through plain JSON; what comes out must not differ from what a fold expects."""
    (path,) = SAMPLES.glob("review_opened.1.json")
    today = decode("review_opened", 1, path.read_bytes())

    def with_venues(fields: dict[str, Any]) -> dict[str, Any]:
        return {**fields, "venues": [[fields["organisation"], "cell"]]}

    old = json.loads(path.read_bytes())
    assert isinstance(today, ReviewOpened)
    old["venues"] = "?"
    monkeypatch.setitem(VERSIONS, ReviewOpened, 2)
    monkeypatch.setitem(LIFTS, ("review_opened", 1), with_venues)
    lifted = decode("review_opened", 1, json.dumps(old).encode())
    assert isinstance(lifted, ReviewOpened)
    assert lifted.venues == ((today.organisation, "cell"),)
    assert lifted.roster_rows == today.roster_rows


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("never_heard_of", 1),  # no event at all
        ("draft_sent", 99),  # written by a newer program
    ],
)
def test_what_this_program_does_not_know_is_said_and_not_guessed(name: str, version: int) -> None:
    with pytest.raises(UnknownEvent, match=name):
        decode(name, version, b"{}")


def test_two_commands_with_the_same_fields_in_another_order_have_the_same_bytes() -> None:
    assert canonical({"b": 1, "a": "ạ"}) == canonical({"a": "ạ", "b": 1}) == '{"a":"ạ","b":1}'.encode()


def test_an_event_name_is_given_once() -> None:
    from workflow.event import event

    with pytest.raises(ValueError, match="draft_sent"):

        @event("draft_sent")
        class Again(Event):
            """Never entered."""

    assert EVENTS["draft_sent"].__name__ == "DraftSent"
