"""What an identity server has to say and sign before anybody is believed to have signed in there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from handlers.accounts.id_tokens import WrongToken
from handlers.accounts.identity_attempts import Attempt
from handlers.accounts.identity_server import IdentityServer, Registration, ServerRefuses, ServerSilent
from tests.accounts.oidc_server import (
    CLIENT,
    SECRET,
    Claims,
    OidcServer,
    altered,
    ec_key,
    oidc_server,
    rsa_key,
    signed,
    signed_with_what_is_public,
    unsigned,
)
from tests.api.served import PutClock
from tests.house import tree

CERTIFICATE = tree.ROOT / "tests" / "handlers" / "courier" / "certificates" / "localhost.pem"
DISCOVERY = "/realms/van-phong/.well-known/openid-configuration"
ATTEMPT = Attempt(state="s" * 43, browser="b" * 43, nonce="n" * 64, verifier="v" * 64)


@dataclass
class Asked:
    """An identity server, and the service that asks it."""

    there: OidcServer
    server: IdentityServer
    now: PutClock

    def subject(self, *, attempt: Attempt = ATTEMPT, **also: Any) -> str:
        """Somebody signs in there and comes back: who it is."""
        address = self.server.address_for(ATTEMPT)
        answer = httpx2.get(address, follow_redirects=False, trust_env=False)
        back = parse_qs(urlsplit(answer.headers["location"]).query)
        return self.server.subject_by(back["code"][0], attempt, also.get("issuer", back["iss"][0]))

    def reason(self, **also: Any) -> str:
        """Why nobody is believed to have signed in."""
        with pytest.raises((WrongToken, ServerRefuses)) as refused:
            self.subject(**also)
        assert isinstance(refused.value, WrongToken | ServerRefuses)
        return refused.value.reason


@pytest.fixture
def asked() -> Iterator[Asked]:
    """A server on this machine, and the service registered there, by one clock."""
    now = PutClock()
    with oidc_server("http://testserver") as there:
        there.now = now
        yield Asked(there, IdentityServer(registration(there), now), now)


def registration(there: OidcServer, secret: str = SECRET) -> Registration:
    return Registration(
        issuer=there.issuer, client_id=CLIENT, client_secret=secret, redirect_uri=there.redirect_uri
    )


def test_a_token_tells_who_signed_in(asked: Asked) -> None:
    assert asked.subject() == asked.there.subject


WRONG: dict[str, tuple[Claims, str]] = {
    "another attempt's": ({"nonce": "another"}, "nonce"),
    "without a nonce": ({"nonce": None}, "nonce"),
    "for somebody else": ({"aud": "another"}, "aud"),
    "for nobody": ({"aud": None}, "aud"),
    "for several, not said by whom asked": ({"aud": [CLIENT, "another"]}, "azp"),
    "asked for by somebody else": ({"aud": [CLIENT, "another"], "azp": "another"}, "azp"),
    "by somebody else": ({"iss": "https://another.example"}, "iss"),
    "by nearly the same": ({"iss": "http://127.0.0.1/realms/van-phong/"}, "iss"),
    "without an end": ({"exp": None}, "exp"),
    "that never ends": ({"exp": "never"}, "exp"),
    "without a beginning": ({"iat": None}, "iat"),
    "about nobody": ({"sub": None}, "sub"),
    "about a blank": ({"sub": " "}, "sub"),
    "about a number": ({"sub": 7}, "sub"),
    "about too long a name": ({"sub": "x" * 256}, "sub"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_says_anything_else_is_not_believed(asked: Asked, wrong: str) -> None:
    asked.there.claims, reason = WRONG[wrong]
    assert asked.reason() == reason


@pytest.mark.parametrize(
    ("claim", "seconds", "holds"),
    [
        ("exp", -59, True),  # clocks may differ by a minute
        ("exp", -61, False),
        ("iat", 55, True),
        ("iat", 65, False),
        ("nbf", 55, True),
        ("nbf", 65, False),
    ],
)
def test_a_token_holds_for_its_time_and_a_minute(asked: Asked, claim: str, seconds: int, holds: bool) -> None:
    asked.there.claims = {claim: int(asked.now().timestamp()) + seconds}
    assert (asked.subject() if holds else asked.reason()) == (asked.there.subject if holds else claim)


def test_a_token_for_several_says_that_we_asked_for_it(asked: Asked) -> None:
    asked.there.claims = {"aud": ["another", CLIENT], "azp": CLIENT}
    assert asked.subject() == asked.there.subject


FORGED: dict[str, tuple[Callable[[Claims], str], str]] = {
    "not signed": (unsigned, "algorithm"),
    "signed with what is public": (
        lambda claims: signed_with_what_is_public(claims, rsa_key("first")),
        "algorithm",
    ),
    "signed by another key of the same name": (
        lambda claims: signed(claims, rsa_key("stranger"), "RS256", kid="first"),
        "signature",
    ),
    "signed by another kind of key": (
        lambda claims: signed(claims, ec_key("stranger"), "ES256", kid="first"),
        "form",
    ),
    "signed by a key nobody knows": (lambda claims: signed(claims, rsa_key("stranger"), "RS256"), "key"),
    "signed by a key it brings along": (
        lambda claims: signed(
            claims, ec_key("stranger"), "ES256", jwk=ec_key("stranger").as_dict(private=False)
        ),
        "key",
    ),
    "altered after it was signed": (lambda claims: altered(claims, rsa_key("first")), "signature"),
    "with what we must understand and do not": (
        lambda claims: signed(claims, rsa_key("first"), "RS256", crit=["ours"], ours=1),
        "form",
    ),
    "with an algorithm that is no word": (
        lambda claims: unsigned(claims, alg=["RS256"]),
        "form",
    ),
    "no token": (lambda claims: "a.b", "form"),
    "nothing": (lambda claims: "", "form"),
    "too long": (lambda claims: f"{unsigned(claims)}{'x' * 200_000}", "form"),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_is_not_believed(asked: Asked, how: str) -> None:
    asked.there.sign, reason = FORGED[how]
    assert asked.reason() == reason


def test_a_code_of_another_attempt_is_good_for_nothing(asked: Asked) -> None:
    """It was given for another verifier; whoever put it under this browser has not got the cookie."""
    another = Attempt(state="s" * 43, browser="c" * 43, nonce="n" * 64, verifier="w" * 64)
    assert asked.reason(attempt=another) == "invalid_grant"


@pytest.mark.parametrize("said", [None, "https://another.example", "http://127.0.0.1/"])
def test_the_answer_names_the_server_we_asked(asked: Asked, said: str | None) -> None:
    assert asked.reason(issuer=said) == "iss"
    assert asked.there.asked["/token"] == 0, "no code goes to a server for another one's answer"


def test_a_server_that_does_not_name_itself_beside_the_code_need_not(asked: Asked) -> None:
    asked.there.told = {"authorization_response_iss_parameter_supported": False}
    assert asked.subject(issuer=None) == asked.there.subject


# --- keys ------------------------------------------------------------------------------------------


def test_a_key_that_is_there_to_encrypt_signs_nothing(asked: Asked) -> None:
    listed = {**rsa_key("first").as_dict(private=False), "use": "enc"}
    keys = [listed, {"kty": "AKP"}, {"kty": "EC", "crv": "?", "x": "", "y": ""}, {"kty": "oct", "k": "AAAA"}]
    asked.there.answers = {"/keys": (200, json.dumps({"keys": keys}))}
    assert asked.reason() == "key"


def test_elliptic_keys_do_and_a_single_key_needs_no_name(asked: Asked) -> None:
    asked.there.keys = [ec_key("curve")]
    assert asked.subject() == asked.there.subject
    asked.there.sign = lambda claims: signed(claims, ec_key("curve"), "ES256", kid=None)
    assert asked.subject() == asked.there.subject


def test_among_several_keys_one_is_named(asked: Asked) -> None:
    asked.there.keys = [rsa_key("first"), rsa_key("second")]
    asked.there.sign = lambda claims: signed(claims, rsa_key("first"), "RS256", kid=None)
    assert asked.reason() == "key"


def test_new_keys_are_asked_for_when_a_token_names_one_but_not_all_the_time(asked: Asked) -> None:
    there, now = asked.there, asked.now
    asked.subject()
    asked.subject()
    assert (there.asked["/keys"], there.asked[DISCOVERY]) == (1, 1)
    there.keys = [rsa_key("second"), rsa_key("first")]
    assert asked.reason() == "key", "keys were asked for just now"
    now._now += timedelta(minutes=1)
    assert asked.subject() == there.subject
    there.sign = lambda claims: signed(claims, rsa_key("stranger"), "RS256")
    assert {asked.reason() for _ in range(3)} == {"key"}
    assert there.asked["/keys"] == 2
    now._now += timedelta(hours=1)
    there.keys = there.keys[:1]
    there.sign = lambda claims: signed(claims, rsa_key("first"), "RS256")
    assert asked.reason() == "key", "a key that was taken back is not believed for ever"
    assert there.asked[DISCOVERY] == 2


# --- a server that errs ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"issuer": "https://another.example"}, "issuer"),
        ({"issuer": "http://127.0.0.1/realms/van-phong/"}, "issuer"),
        ({"token_endpoint": "http://another.example/token"}, "address"),
        ({"jwks_uri": "file:///etc/passwd"}, "address"),
        ({"authorization_endpoint": "https://["}, "address"),
        ({"jwks_uri": 7}, "answer"),
    ],
)
def test_what_a_server_tells_of_itself_is_looked_at(asked: Asked, told: Claims, reason: str) -> None:
    asked.there.told = told
    assert asked.reason() == reason


@pytest.mark.parametrize(
    ("path", "status", "body", "reason"),
    [
        (DISCOVERY, 404, "<h1>Not found</h1>", "answer"),
        (DISCOVERY, 200, "<h1>Sign in</h1>", "answer"),
        (DISCOVERY, 302, "", "answer"),
        ("/token", 400, '{"error": "invalid_scope"}', "invalid_scope"),
        ("/token", 400, '{"error": "<script>alert(1)</script>"}', "error"),
        ("/token", 200, '{"access_token": "x"}', "answer"),
        ("/token", 200, " " * 600_000, "answer"),
        ("/keys", 200, '{"keys": [7]}', "answer"),
        ("/keys", 200, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "answer"),
    ],
)
def test_an_answer_nobody_expects_is_refused_by_its_reason(
    asked: Asked, path: str, status: int, body: str, reason: str
) -> None:
    asked.there.answers = {path: (status, body)}
    assert asked.reason() == reason


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_cannot_just_now_is_silent(asked: Asked, path: str, status: int) -> None:
    asked.there.answers = {path: (status, "")}
    with pytest.raises(ServerSilent):
        asked.subject()
    asked.there.answers = {}
    assert asked.subject() == asked.there.subject, "nothing wrong was remembered"


def test_a_server_that_is_off_is_silent() -> None:
    with oidc_server("http://testserver") as there:
        server = IdentityServer(registration(there), PutClock())
    with pytest.raises(ServerSilent):
        server.address_for(ATTEMPT)


def test_the_certificate_of_a_server_is_checked_by_the_office_s_own_authority_where_one_is_named() -> None:
    with oidc_server("http://testserver", CERTIFICATE) as there:
        known = registration(there)
        with pytest.raises(ServerSilent):
            IdentityServer(known, PutClock()).address_for(ATTEMPT)
        own = replace(known, ca_file=CERTIFICATE)
        assert IdentityServer(own, PutClock()).address_for(ATTEMPT).startswith("https://127.0.0.1:")


@pytest.mark.parametrize(
    ("methods", "secret"),
    [(["client_secret_post"], SECRET), (["client_secret_basic"], SECRET), (["none"], "")],
)
def test_a_client_says_who_it_is_as_the_server_wants_it(
    asked: Asked, methods: list[str], secret: str
) -> None:
    asked.there.told, asked.there.secret = {"token_endpoint_auth_methods_supported": methods}, secret
    asked.server = IdentityServer(registration(asked.there, secret), asked.now)
    assert asked.subject() == asked.there.subject
    asked.there.secret = "another"
    assert asked.reason() == "invalid_client"
