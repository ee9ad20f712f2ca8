"""A small OpenID Connect server on this machine, over real HTTP with real keys, that errs as a test asks.

It is strict with us: the address to come back to, the scope, PKCE, the secret and the single use of a code.
"""

from __future__ import annotations

import hmac
import json
import secrets
import ssl
import threading
from base64 import b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

from workflow import clock

CLIENT = "kiemdiem"
SECRET = "mật:khẩu+của%client"
Claims = dict[str, Any]
Signer = Callable[[Claims], str]


class Careless(JWSRegistry):
    """Signs whatever header it is given."""

    def check_header(self, header: dict[str, Any]) -> None:
        """Nothing is wrong with any."""


@cache
def rsa_key(kid: str) -> RSAKey:
    """The RSA key of this name, the same for all tests of a process."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@cache
def ec_key(kid: str) -> ECKey:
    """The EC key of this name."""
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def signed(claims: Claims, key: RSAKey | ECKey, alg: str, **header: Any) -> str:
    """A token as the server of these keys signs it; a part of the header that is None is left out."""
    named = {
        name: value for name, value in {"alg": alg, "kid": key.kid, **header}.items() if value is not None
    }
    return jwt.encode(named, claims, key, registry=Careless(algorithms=[alg]))


def altered(claims: Claims, key: RSAKey) -> str:
    """A signed token whose claims were put in afterwards."""
    header, _, signature = signed({**claims, "sub": "another"}, key, "RS256").split(".")
    return f"{header}.{_encoded(claims)}.{signature}"


def unsigned(claims: Claims, alg: object = "none") -> str:
    """A token without a signature."""
    return f"{_encoded({'alg': alg})}.{_encoded(claims)}."


def signed_with_what_is_public(claims: Claims, key: RSAKey) -> str:
    """HS256 with the public key for its secret: what a library believes that lets the token choose."""
    begun = f"{_encoded({'alg': 'HS256', 'kid': key.kid})}.{_encoded(claims)}"
    digest = hmac.new(key.as_pem(private=False), begun.encode(), sha256).digest()
    return f"{begun}.{_text(digest)}"


@dataclass
class Granted:
    """What a code was given for."""

    redirect_uri: str
    challenge: str
    nonce: str


@dataclass
class OidcServer:
    """Who signs in here, how it errs, and how often each of its addresses was asked."""

    redirect_uri: str
    scheme: str = "http"
    port: int = 0
    now: Callable[[], datetime] = clock.now
    """The clock of its tokens, put where that of the service stands."""

    subject: str = "u-248289761001"
    keys: list[RSAKey | ECKey] = field(default_factory=lambda: [rsa_key("first")])
    """What it lists; it signs with the first unless `sign` says otherwise."""

    sign: Signer | None = None
    claims: Mapping[str, Any] = field(default_factory=dict)
    """Claims that are another than they should be; None leaves one out."""

    told: Mapping[str, Any] = field(default_factory=dict)
    """What it tells of itself that is another than it should be."""

    refuses: str = ""
    """The error a browser is sent back with."""

    answers: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Status and body of an address that answers something else."""

    asks: bool = False
    """Shows a page with a button, as a person meets it, before it sends the browser back."""

    secret: str = SECRET
    asked: Counter[str] = field(default_factory=Counter)
    codes: dict[str, Granted] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        """Its name, with a path as many servers have one."""
        return f"{self._here}/realms/van-phong"

    @property
    def _here(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def answer(self, path: str, query: str, form: str, basic: str) -> tuple[int, str, str]:
        """Status, body and where to, for one request."""
        self.asked[path] += 1
        if path in self.answers:
            status, body = self.answers[path]
            return status, body, ""
        if path == "/realms/van-phong/.well-known/openid-configuration":
            return 200, json.dumps(self._metadata()), ""
        if path == "/keys":
            return 200, json.dumps({"keys": [key.as_dict(private=False) for key in self.keys]}), ""
        if path in ("/authorize", "/agreed"):
            return self._authorize(path, query)
        if path == "/token":
            status, told = self._token(_fields(form), basic)
            return status, json.dumps(told), ""
        return 404, "", ""

    def _metadata(self) -> Mapping[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self._here}/authorize",
            "token_endpoint": f"{self._here}/token",
            "jwks_uri": f"{self._here}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            **self.told,
        }

    def _authorize(self, path: str, query: str) -> tuple[int, str, str]:
        asked = _fields(query)
        right = (
            asked.get("client_id") == CLIENT
            and asked.get("redirect_uri") == self.redirect_uri
            and asked.get("response_type") == "code"
            and asked.get("scope") == "openid"
            and asked.get("code_challenge_method") == "S256"
            and len(asked.get("state", "")) > 40
            and len(asked.get("nonce", "")) > 40
        )
        if not right:
            return 400, f"not asked as registered: {asked}", ""
        if self.asks and path == "/authorize":
            return 200, f'<h1>Máy chủ cơ quan</h1><a href="/agreed?{quote(query, safe="=&%")}">Đồng ý</a>', ""
        if self.refuses:
            back = {"error": self.refuses, "error_description": "<b>vì sao</b>", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(24)
            self.codes[code] = Granted(asked["redirect_uri"], asked["code_challenge"], asked["nonce"])
            back = {"code": code, "state": asked["state"]}
        return 302, "", f"{self.redirect_uri}?{urlencode({**back, 'iss': self.issuer})}"

    def _token(self, form: Mapping[str, str], basic: str) -> tuple[int, Mapping[str, Any]]:
        if not self._is_client(form, basic):
            return 401, {"error": "invalid_client"}
        granted = self.codes.pop(form.get("code", ""), None)
        proof = _text(sha256(form.get("code_verifier", "").encode()).digest())
        if granted is None or granted.redirect_uri != form.get("redirect_uri") or granted.challenge != proof:
            return 400, {"error": "invalid_grant"}
        claims = self._claims(granted.nonce)
        sign = self.sign or self._signs
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": sign(claims)}

    def _is_client(self, form: Mapping[str, str], basic: str) -> bool:
        """By HTTP Basic, by the form, or, where it has no secret, by its name alone."""
        if basic:
            name, _, secret = b64decode(basic.removeprefix("Basic ")).decode().partition(":")
            return (unquote_plus(name), unquote_plus(secret)) == (CLIENT, self.secret)
        return (form.get("client_id"), form.get("client_secret", "")) == (CLIENT, self.secret)

    def _claims(self, nonce: str) -> Claims:
        at = self.now()
        right = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": int((at + timedelta(minutes=5)).timestamp()),
            "iat": int(at.timestamp()),
            "nonce": nonce,
        }
        return {name: value for name, value in {**right, **self.claims}.items() if value is not None}

    def _signs(self, claims: Claims) -> str:
        key = self.keys[0]
        return signed(claims, key, "RS256" if isinstance(key, RSAKey) else "ES256")


@contextmanager
def oidc_server(public_url: str, certificate: Path | None = None) -> Iterator[OidcServer]:
    """A server on a free port of this machine, which knows the service at this address as its client.

    With a certificate it is asked by https.
    """
    office = OidcServer(f"{public_url}/sign-in/oidc/callback", "https" if certificate else "http")

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            form = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            status, body, there = office.answer(
                parts.path, parts.query, form, self.headers.get("authorization", "")
            )
            content = body.encode()
            self.send_response(status)
            if there:
                self.send_header("Location", there)
            self.send_header(
                "Content-Type", "text/html; charset=utf-8" if body[:1] == "<" else "application/json"
            )
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, certificate.with_suffix(".key"))
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    office.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _fields(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


def _encoded(told: Mapping[str, Any]) -> str:
    return _text(json.dumps(told).encode())


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
