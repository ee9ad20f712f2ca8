"""What an identity server signs: its keys, and the ID token that tells who signed in there.

The signatures are joserfc's, which comes with the extra `oidc` and is imported where somebody set it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from handlers.accounts.identities import SUBJECT_MAX

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures of a private key alone: HS256 could be made with what everybody knows of a public key."""

KEY_TYPES: Final = ("RSA", "EC")

LEEWAY: Final = timedelta(seconds=60)
"""How far the clocks of two machines may differ."""


class WrongToken(Exception):
    """An ID token that tells nothing we may believe; `reason` is one word for the security log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class UnknownKey(WrongToken):
    """It is signed by a key that is not among those known: the server may have changed its keys."""

    def __init__(self) -> None:
        super().__init__("key")


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """What a token has to say: by whom it is, for whom, and for which attempt to sign in."""

    issuer: str
    client_id: str
    nonce: str


def is_installed() -> bool:
    """Whether the extra `oidc` is there."""
    return find_spec("joserfc") is not None


def keys_of(listed: Iterable[Mapping[str, Any]]) -> KeySet:
    """The keys that sign, of those a server lists; what is not understood is passed over (RFC 7517, 5)."""
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry, KeySet

    found = []
    for one in listed:
        if one.get("kty") not in KEY_TYPES or one.get("use", "sig") != "sig":
            continue
        try:
            found.append(JWKRegistry.import_key(dict(one)))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    return KeySet(found)


def subject_of(token: str, keys: KeySet, expected: Expected, now: datetime) -> str:
    """Who signed in at the server, by an ID token (OpenID Connect Core, 3.1.3.7).

    Raises WrongToken, and UnknownKey where other keys might help.
    """
    from joserfc import errors, jwt
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        claims = jwt.decode(token, keys, registry=registry).claims
    except errors.InvalidKeyIdError as error:
        raise UnknownKey from error
    except errors.UnsupportedAlgorithmError as error:
        raise WrongToken("algorithm") from error
    except errors.BadSignatureError as error:
        raise WrongToken("signature") from error
    except (errors.JoseError, ValueError, TypeError) as error:
        raise WrongToken("form") from error
    wanted = jwt.JWTClaimsRegistry(
        int(now.timestamp()),
        int(LEEWAY.total_seconds()),
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        azp={"value": expected.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": expected.nonce},
    )
    try:
        wanted.validate(claims)
    except errors.ClaimError as error:
        raise WrongToken(error.claim) from error
    audience, subject = claims["aud"], str(claims["sub"])
    if isinstance(audience, list) and len(audience) > 1 and "azp" not in claims:
        raise WrongToken("azp")
    if len(subject) > SUBJECT_MAX or not subject.isprintable() or subject != subject.strip():
        raise WrongToken("sub")
    return subject
