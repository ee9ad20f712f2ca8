"""Passwords: what is taken for one, and hashing by argon2id without a flood of attempts eating the memory.

A password typed on one machine as NFC and on another as NFD is the same password: NFC is what is hashed.
"""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from handlers.names import without_marks
from workflow.errors import BadInput, Busy

LENGTH_MIN: Final = 12
"""In code points of the NFC form."""

BYTES_MAX: Final = 1_000
"""In UTF-8; what is longer is refused before anything is computed over it."""

AT_ONCE: Final = 4
"""How many passwords one process hashes at the same time; each takes 64 MiB and about a tenth of a second."""

WAIT_SECONDS: Final = 10.0
"""How long one waits for its turn before it is told to come again."""

DISTINCT_MIN: Final = 5
PERIOD_MAX: Final = 4

_WELL_KNOWN: Final = ("matkhau", "password", "kiemdiem", "123456", "qwerty", "chibo", "dangvien")

_hashes: Final = PasswordHash((Argon2Hasher(),))
_turns: Final = threading.BoundedSemaphore(AT_ONCE)


def check_new(password: str, login: str) -> str:
    """The NFC form of a new password. Raises BadInput, without its value, for one that is refused."""
    if _too_long(password):
        raise _refused(
            f"dài quá {BYTES_MAX} byte; hãy chọn câu ngắn hơn.",
            f"is longer than {BYTES_MAX} bytes; choose a shorter sentence.",
        )
    chosen = unicodedata.normalize("NFC", password)
    if len(chosen) < LENGTH_MIN:
        raise _refused(
            f"cần ít nhất {LENGTH_MIN} ký tự; bốn từ không liên quan với nhau là dễ nhớ và đủ dài.",
            f"needs at least {LENGTH_MIN} characters; four unrelated words are long and easy to keep.",
        )
    if _too_simple(chosen.casefold(), login):
        raise _refused(
            "quá dễ đoán: lặp lại, xếp theo thứ tự, hoặc chủ yếu là tên đăng nhập hay từ quen thuộc.",
            "is too easy to guess: repeated, in sequence, or mostly the sign-in name or a well-known word.",
        )
    return chosen


def hashed(password: str) -> str:
    """The hash to be kept. Raises Busy where too many are being computed."""
    with _turn():
        return _hashes.hash(unicodedata.normalize("NFC", password))


def verified(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Whether this is the password of a kept hash, and the hash to keep instead where its parameters grew.

    Without a kept hash the same work is done and the answer is no: an unknown name costs the same time.
    Raises Busy where too many are being computed.
    """
    if _too_long(password):
        return False, None
    with _turn():
        typed = unicodedata.normalize("NFC", password)
        if kept is None:
            _hashes.verify(typed, _nobodys())
            return False, None
        return _hashes.verify_and_update(typed, kept)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """A hash that no typed password has."""
    return _hashes.hash(secrets.token_urlsafe(32))


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise Busy("sign-in")
    try:
        yield
    finally:
        _turns.release()


def _too_long(password: str) -> bool:
    return len(password) > BYTES_MAX or len(password.encode("utf-8", "surrogatepass")) > BYTES_MAX


def _too_simple(password: str, login: str) -> bool:
    if len(set(password)) < DISTINCT_MIN:
        return True
    if any(_repeats(password, period) for period in range(1, PERIOD_MAX + 1)):
        return True
    rising = sum(ord(after) - ord(before) == 1 for before, after in pairwise(password))
    if rising >= len(password) * 3 // 4:
        return True
    left = _plain(password)
    for word in (_plain(login), *_WELL_KNOWN):
        if len(word) >= 3:
            left = left.replace(word, "")
    return len(left) < LENGTH_MIN // 2


def _repeats(password: str, period: int) -> bool:
    return all(password[place] == password[place % period] for place in range(len(password)))


def _plain(text: str) -> str:
    """Letters without marks and digits, as far as words are looked for in it."""
    return "".join(character for character in without_marks(text.casefold()) if character.isalnum())


def _refused(vi: str, en: str) -> BadInput:
    return BadInput("password", "", vi, en)
