"""Everything that can happen or be refused has its words in both languages, and no words are left over."""

import dataclasses
import re

import pytest

from handlers.names import Names
from handlers.roster.touched import Effect
from handlers.telling.campaigns import LISTS as LIST_NAMES
from handlers.telling.refused import ACTS, REASONS
from handlers.telling.reviews import CHANGES
from handlers.telling.voice import Voice
from handlers.timeline import SENTENCES, says
from tests.handlers.event_samples import samples
from workflow import errors
from workflow.decide import COMMANDS
from workflow.event import EVENTS, Event
from workflow.rules.rulebook import Rulebook
from workflow.stages.listing import LISTS

RULEBOOK = Rulebook.load("duk_2016")
NAMES = Names(
    {"0011": "Trần Văn Bình", "0012": "Nguyễn Thị Ánh"},
    {"CB03": "Chi bộ Lắp ráp", "DB01": "Đảng bộ Cơ điện", "CDCS": "Công đoàn cơ sở"},
)
VOICES = [Voice(language=language, names=NAMES, rulebook=RULEBOOK) for language in ("vi", "en")]


def test_every_event_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == set(EVENTS.values())


def test_every_command_can_be_told_as_refused() -> None:
    assert set(ACTS) == {command.__name__ for command in COMMANDS}


def test_every_refusal_has_its_reason() -> None:
    assert set(REASONS) == {refusal.__name__ for refusal in errors.Refusal.__subclasses__()}


def test_every_list_and_every_effect_of_a_roster_change_has_a_name() -> None:
    assert set(LIST_NAMES) == set(LISTS)
    assert set(CHANGES) == {effect.value for effect in Effect}


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.language)
@pytest.mark.parametrize("event", samples(), ids=lambda event: type(event).__name__)
def test_a_sentence_is_whole(event: Event, voice: Voice) -> None:
    """It begins with a capital, ends with one full stop, and shows no code and no ISO date."""
    told = says(event, voice)
    assert told[0].isupper() or told[0] == "“", told
    assert told.endswith(".") and not told.endswith(".."), told
    assert "  " not in told and " ." not in told and "None" not in told, told
    assert not re.search(r"\d{4}-\d{2}-\d{2}|HTTNV|CB03|DB01|\bduk\.|\b0012\b|\b0011\b", told), told


def test_both_languages_say_the_same_thing_in_different_words() -> None:
    told = [[says(event, voice) for voice in VOICES] for event in samples()]
    assert [pair for pair in told if pair[0] == pair[1]] == []


def test_the_samples_fill_every_field() -> None:
    """Otherwise the tests above would not see an empty place in a sentence."""
    empty = [
        (type(event).__name__, field.name)
        for event in samples()
        for field in dataclasses.fields(event)
        if getattr(event, field.name) in ("", (), "x")
        and field.name in {"reason", "document", "rules", "level"}
    ]
    assert empty == []
