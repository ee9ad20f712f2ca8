"""Chat through apprise against a real HTTP server: allowed services alone, and no token is ever kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import insert

from api.channels import channels_of
from api.settings import Settings
from handlers.courier.chat import Chat
from handlers.courier.run import deliver_once
from handlers.notice_tables import CONTACTS
from tests.handlers.courier.posting import PutClock, a_row, contact, put, rows
from tests.handlers.courier.web_office import WebOffice, web_office
from workflow.database import Database
from workflow.errors import BadInput

# apprise itself imports it on Python 3.11 and 3.12, where it is deprecated
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def office() -> Iterator[WebOffice]:
    with web_office() as office:
        yield office


@pytest.fixture
def now() -> PutClock:
    return PutClock()


def chat(now: PutClock, *schemes: str) -> Chat:
    return Chat(schemes=frozenset(schemes), public_url="https://kiemdiem.example.org", now=now)


def reach(database: Database, address: str) -> None:
    with database.write() as connection:
        connection.execute(insert(CONTACTS).values(contact(person="0101", chat=address)))
    put(database, a_row(channel="chat"))


def test_the_words_of_the_letter_go_to_the_chat(database: Database, office: WebOffice, now: PutClock) -> None:
    reach(database, f"json://127.0.0.1:{office.port}/secret-token")
    assert deliver_once(database, now, [chat(now, "json")], worker="one").sent == 1
    ((_, _, content),) = office.calls
    told = json.loads(content)
    assert told["title"] == "Nhắc việc 11/01/2017: 1 việc"
    assert "Bỏ phiếu xếp loại cho 12 cá nhân" in told["message"]


def test_a_service_that_does_not_take_it_is_tried_again_and_its_token_is_not_kept(
    database: Database, office: WebOffice, now: PutClock, capfd: pytest.CaptureFixture[str]
) -> None:
    office.answers.append((500, "secret-token"))
    reach(database, f"json://127.0.0.1:{office.port}/secret-token")
    assert deliver_once(database, now, [chat(now, "json")], worker="one").later == 1
    assert rows(database)[0].problem == "the chat service did not take it"
    assert "secret-token" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("address", ["file:///etc/passwd", "jsons://127.0.0.1/x", "", "json", "tgram://"])
def test_only_allowed_services_are_used(database: Database, now: PutClock, address: str) -> None:
    reach(database, address)
    assert deliver_once(database, now, [chat(now, "json", "tgram")], worker="one").dead == 1
    assert "chat address" in rows(database)[0].problem


def test_the_extra_is_asked_for_where_it_is_set_up_and_missing(
    now: PutClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(chat_schemes=("tgram",))
    assert [channel.name for channel in channels_of(settings, now)] == ["webhook", "chat"]
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(BadInput) as refused:
        channels_of(settings, now)
    assert "kiemdiem[chat]" in refused.value.vi


def test_without_a_setting_there_is_no_chat(now: PutClock) -> None:
    assert [channel.name for channel in channels_of(Settings(), now)] == ["webhook"]


def test_settings_of_several_words_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIEMDIEM_CHAT_SCHEMES", "tgram,slack")
    monkeypatch.setenv("KIEMDIEM_DELIVERY_STEPS_MINUTES", "1,5")
    settings = Settings()
    assert settings.chat_schemes == ("tgram", "slack")
    assert settings.delivery_steps_minutes == (1, 5)
