"""The live stream between real servers: an act in one is told by the other, on both databases."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator

import pytest

from api.actors import HEADER, actor_text
from tests.api.live_server import Server, listening, serving
from tests.api.notices import remind
from tests.builders import BASE, BOARD, CAMPAIGN, FIRST, PREPARED, SECOND, member
from tests.town import Town
from workflow.database import Database

AWAY = {"on": PREPARED.isoformat()}


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    return Town.on(database).open()


@pytest.fixture
def server(town: Town, database_url: str) -> Iterator[Server]:
    """One server on the town's database."""
    with serving(database_url, PREPARED) as server:
        yield server


def misses(server: Server, town: Town, person: str) -> None:
    """That a person was not at the meeting is entered through this server."""
    with server.asking(town.secretary(f"CB{person[:2]}")) as client:
        answer = client.post(f"/api/v1/reviews/{member(person)}/absence", json=AWAY)
        assert answer.status_code == 200, answer.text


def test_an_act_in_one_replica_is_told_by_the_other(town: Town, database_url: str, server: Server) -> None:
    """Both follow the database; neither knows the other."""
    with (
        serving(database_url, PREPARED) as other,
        other.asking(BOARD) as client,
        listening(client) as listener,
    ):
        assert listener.until("notices").data == {"open": 0}
        misses(server, town, "0104")
        told = listener.until("change")
        assert told.data == {"all": False, "campaigns": {CAMPAIGN: [FIRST, BASE]}, "letters": False}
        misses(server, town, "0203")
        assert listener.until("change").data["campaigns"] == {CAMPAIGN: [SECOND, BASE]}


def test_several_workers_of_one_server_tell_the_same(town: Town, database_url: str) -> None:
    with serving(database_url, PREPARED, "--workers", "2") as server:
        clients = [server.asking(BOARD) for _ in range(4)]
        streams = [listening(client) for client in clients]
        listeners = [stream.__enter__() for stream in streams]
        for listener in listeners:
            listener.until("notices")
        misses(server, town, "0104")
        told = [listener.until("change").data["campaigns"] for listener in listeners]
        assert told == [{CAMPAIGN: [FIRST, BASE]}] * 4
        assert server.stop() == 0
        assert [listener.next() for listener in listeners] == [None] * 4
        for stream, client in zip(streams, clients, strict=True):
            stream.__exit__(None, None, None)
            client.close()


def test_a_stream_that_broke_off_goes_on_where_it_was(town: Town, server: Server) -> None:
    """What happened in between is told first, by the id of the last event or by the mark of a page."""
    with server.asking(town.secretary(FIRST)) as client:
        with listening(client) as listener:
            seen = listener.until("notices").id
        misses(server, town, "0104")
        with listening(client, last=seen) as listener:
            assert listener.until("change").data["campaigns"] == {CAMPAIGN: [FIRST]}
        with listening(client, after=seen) as listener:
            again = listener.until("change")
            assert again.data["campaigns"] == {CAMPAIGN: [FIRST]}
        misses(server, town, "0105")
        with listening(client, after=seen, last=again.id) as listener:  # the newer of the two counts
            assert listener.until("change").data["campaigns"] == {CAMPAIGN: [FIRST]}
            assert int(again.id.split("-")[0]) < int(listener.heard[-1].id.split("-")[0])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_mark_that_cannot_be_read_is_no_mark(town: Town, server: Server) -> None:
    with server.asking(town.secretary(FIRST)) as client, listening(client, last="x", after="1-2") as listener:
        assert listener.until("notices").data == {"open": 0}


def test_whoever_asks_is_told_the_same_as_who_listens(town: Town, server: Server) -> None:
    with server.asking(town.secretary(FIRST)) as client:
        before = client.get("/live/state").json()
        assert (before["all"], before["campaigns"], before["notices"]) == (False, {}, 0)
        misses(server, town, "0104")
        after = client.get("/live/state", params={"after": before["mark"]}).json()
        assert after["campaigns"] == {CAMPAIGN: [FIRST]}
        assert after["position"] > before["position"]
        assert str(after["position"]) == after["mark"].split("-")[0]
        assert client.get("/live/state", params={"after": after["mark"]}).json()["campaigns"] == {}


def test_a_notice_is_counted_to_its_recipient_alone(town: Town, server: Server) -> None:
    with (
        server.asking(town.secretary(FIRST)) as one,
        server.asking(BOARD) as another,
        listening(one) as mine,
        listening(another) as theirs,
    ):
        assert (mine.until("notices").data, theirs.until("notices").data) == ({"open": 0}, {"open": 0})
        remind(town.database, town.head(FIRST))
        assert mine.until("notices").data == {"open": 1}
        misses(server, town, "0104")
        assert [mine.until("change").name, theirs.until("change").name] == ["change", "change"]
        assert [event.name for event in theirs.heard] == ["notices", "change"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_beyond_the_limit_pages_are_told_to_ask(town: Town, database_url: str) -> None:
    """A page that is closed makes room for another."""
    with serving(database_url, PREPARED, live_pages_max=1) as server, server.asking(BOARD) as client:
        with listening(client) as listener:
            listener.until("notices")
            refused = client.get("/live", headers={"Accept-Language": "en"})
            assert refused.status_code == 503
            assert int(refused.headers["Retry-After"]) > 0
            assert "/live/state" in refused.json()["detail"]
            assert client.get("/live/state").status_code == 200
        while (answer := client.send(client.build_request("GET", "/live"), stream=True)).status_code == 503:
            answer.read()  # until the server has noticed that the first one is gone
        answer.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_stop_ends_its_streams_and_itself(
    town: Town, database_url: str, number: signal.Signals
) -> None:
    """Nothing limits here how long it may take; without a word to the streams it would wait for ever."""
    with (
        serving(database_url, PREPARED) as server,
        server.asking(BOARD) as client,
        listening(client) as listener,
    ):
        listener.until("notices")
        assert server.stop(number) in (0, -number)
        assert listener.next() is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reader_who_never_reads_holds_up_nobody(town: Town, server: Server) -> None:
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        deaf.sendall(f"GET /live HTTP/1.1\r\nHost: {host}\r\n{HEADER}: ".encode())
        deaf.sendall(f"{actor_text(town.secretary(FIRST))}\r\n\r\n".encode())
        with server.asking(town.secretary(FIRST)) as client, listening(client) as listener:
            listener.until("notices")
            for person in ("0104", "0105", "0106"):
                misses(server, town, person)
                assert listener.until("change").data["campaigns"] == {CAMPAIGN: [FIRST]}
        assert server.stop() in (0, -signal.SIGTERM)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("address", ["/live", "/live/state"])
def test_outside_development_nobody_listens_without_signing_in(
    town: Town, database_url: str, address: str
) -> None:
    with serving(database_url, PREPARED, development=0) as server, server.asking(None) as client:
        answer = client.get(address)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
