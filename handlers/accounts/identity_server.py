"""An office's own identity server as it is asked over HTTP: where people sign in, its keys, who came in.

OpenID Connect by its authorization code with PKCE. What the server tells of itself is read once an hour, its
keys again when a token is signed by another one. A server that is silent keeps few waiting, and not long.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx2
import msgspec

from handlers.accounts.id_tokens import Expected, UnknownKey, WrongToken, keys_of, subject_of
from handlers.accounts.identity_attempts import Attempt

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

DISCOVERY: Final = "/.well-known/openid-configuration"
KNOWN_FOR: Final = timedelta(hours=1)
"""How long what the server tells of itself, and its keys, are taken for true."""

KEYS_AGAIN_AFTER: Final = timedelta(minutes=1)
"""Tokens signed by keys nobody knows make us ask for keys this often at most."""

SECONDS: Final = 10.0
"""How long a whole call may take."""

BYTES_MAX: Final = 512 * 1024
AT_ONCE: Final = 4
TURN_SECONDS: Final = 3.0
"""One process asks four times at once, and who finds no turn within three seconds is told to come again."""

THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")

ERRORS: Final = frozenset(
    {
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
        "invalid_scope", "unsupported_response_type", "login_required", "interaction_required",
        "consent_required", "account_selection_required",
    }
)  # fmt: skip


class ServerSilent(Exception):
    """The identity server cannot be reached, does not answer in time, or says it cannot just now."""


class ServerRefuses(Exception):
    """It answers what we cannot go on with; `reason` is one word for the security log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Metadata(msgspec.Struct, frozen=True):
    """What a server tells of itself (OpenID Connect Discovery, 3), as far as we need it."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str


class _Refused(msgspec.Struct, frozen=True):
    error: str


class _Keys(msgspec.Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration:
    """How the server knows us, and where it sends people back to; without a secret we are a public client."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    ca_file: Path | None = None


Known = TypeVar("Known", bound=msgspec.Struct)


class IdentityServer:
    """The server of a registration. What it told is remembered by the process, by the clock it is given."""

    def __init__(self, registration: Registration, now: Callable[[], datetime]) -> None:
        self.registration = registration
        self._now = now
        own = registration.ca_file
        self._trusted = httpx2.create_ssl_context() if own is None else ssl.create_default_context(cafile=own)
        self._asking = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    @property
    def issuer(self) -> str:
        """Its name, in every identity it tells."""
        return self.registration.issuer

    def address_for(self, attempt: Attempt) -> str:
        """Where a browser is sent to sign in. Raises ServerSilent, ServerRefuses."""
        with self._turn():
            there = self._told().authorization_endpoint
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.registration.client_id,
            "redirect_uri": self.registration.redirect_uri,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge_of(attempt.verifier),
            "code_challenge_method": "S256",
        }
        return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"

    def subject_by(self, code: str, attempt: Attempt, said_issuer: str | None) -> str:
        """Who signed in there, by the code a browser came back with; `said_issuer` came beside it (RFC 9207).

        Raises ServerSilent, ServerRefuses, WrongToken.
        """
        with self._turn():
            told = self._told()
            named = told.authorization_response_iss_parameter_supported
            if (said_issuer is not None or named) and said_issuer != self.issuer:
                raise WrongToken("iss")
            token = self._token(told, code, attempt)
            expected = Expected(
                issuer=self.issuer, client_id=self.registration.client_id, nonce=attempt.nonce
            )
            try:
                return subject_of(token, self._known_keys(told, KNOWN_FOR), expected, self._now())
            except UnknownKey:
                return subject_of(token, self._known_keys(told, KEYS_AGAIN_AFTER), expected, self._now())

    def _token(self, told: Metadata, code: str, attempt: Attempt) -> str:
        ours = self.registration
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": ours.redirect_uri,
            "code_verifier": attempt.verifier,
        }
        headers: dict[str, str] = {}
        if ours.client_secret and "client_secret_basic" in told.token_endpoint_auth_methods_supported:
            both = f"{quote_plus(ours.client_id)}:{quote_plus(ours.client_secret)}"  # RFC 6749, 2.3.1
            headers["authorization"] = f"Basic {b64encode(both.encode()).decode()}"
        else:
            form["client_id"] = ours.client_id
            if ours.client_secret:
                form["client_secret"] = ours.client_secret
        return self._answer(_Tokens, told.token_endpoint, form, headers).id_token

    def _told(self) -> Metadata:
        with self._asking:
            if self._metadata is None or self._now() - self._metadata[0] >= KNOWN_FOR:
                told = self._answer(Metadata, f"{self.issuer.rstrip('/')}{DISCOVERY}")
                if told.issuer != self.issuer:
                    raise ServerRefuses("issuer")
                for address in (told.authorization_endpoint, told.token_endpoint, told.jwks_uri):
                    if not (is_safe(address) or (is_here(address) and is_here(self.issuer))):
                        raise ServerRefuses("address")
                self._metadata = self._now(), told
            return self._metadata[1]

    def _known_keys(self, told: Metadata, lasting: timedelta) -> KeySet:
        with self._asking:
            if self._keys is None or self._now() - self._keys[0] >= lasting:
                self._keys = self._now(), keys_of(self._answer(_Keys, told.jwks_uri).keys)
            return self._keys[1]

    def _answer(
        self,
        shape: type[Known],
        address: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Known:
        try:
            status, content = asyncio.run(self._asked(address, form, headers or {}))
        except (httpx2.HTTPError, OSError, TimeoutError) as error:
            raise ServerSilent(type(error).__name__) from error
        except httpx2.InvalidURL as error:
            raise ServerRefuses("address") from error
        if status >= 500 or status == 429:
            raise ServerSilent(f"status {status}")
        try:
            if status != 200:
                raise ServerRefuses(error_word(msgspec.json.decode(content, type=_Refused).error))
            return msgspec.json.decode(content, type=shape)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ServerRefuses("answer") from error

    async def _asked(
        self, address: str, form: Mapping[str, str] | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        """Redirects are not followed: a secret is meant for the address that was told."""
        async with (
            asyncio.timeout(SECONDS),
            httpx2.AsyncClient(
                timeout=SECONDS,
                follow_redirects=False,
                trust_env=False,
                verify=self._trusted,
            ) as client,
            client.stream(
                "GET" if form is None else "POST",
                address,
                data=form,
                headers={"accept": "application/json", "user-agent": "kiemdiem", **headers},
            ) as response,
        ):
            content = b""
            async for piece in response.aiter_bytes():
                content += piece
                if len(content) > BYTES_MAX:
                    return response.status_code, b""  # whatever it is, it is no answer to us
            return response.status_code, content

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=TURN_SECONDS):
            raise ServerSilent("no turn")
        try:
            yield
        finally:
            self._turns.release()


def challenge_of(verifier: str) -> str:
    """What is told of a verifier beforehand (RFC 7636, S256)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def is_safe(address: str) -> bool:
    """Whether an address is one of https."""
    return _scheme_and_host(address)[0] == "https"


def is_here(address: str) -> bool:
    """Whether an address is one of this very machine, where http will do."""
    scheme, host = _scheme_and_host(address)
    return scheme == "http" and host in THIS_MACHINE


def error_word(told: str) -> str:
    """An error as RFC 6749 and OpenID Connect name it; what they do not name goes into no log."""
    return told if told in ERRORS else "error"


def _scheme_and_host(address: str) -> tuple[str, str]:
    """Both empty for what is no address of a machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return (parts.scheme, parts.hostname) if parts.hostname else ("", "")
