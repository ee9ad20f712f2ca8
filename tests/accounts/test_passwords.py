"""Passwords and names: one form for what looks the same, what is refused, and hashing kept in bounds."""

from __future__ import annotations

import threading
import unicodedata

import pytest
from argon2 import PasswordHasher

from handlers.accounts import passwords
from handlers.accounts.names import login_name, normal_form
from tests.accounts.office import PASSWORD
from workflow.errors import BadInput


def test_a_password_typed_in_nfd_is_the_one_set_in_nfc() -> None:
    composed, apart = unicodedata.normalize("NFC", PASSWORD), unicodedata.normalize("NFD", PASSWORD)
    assert composed != apart
    assert passwords.verified(apart, passwords.hashed(composed)) == (True, None)
    assert passwords.verified(composed, passwords.hashed(apart)) == (True, None)
    assert passwords.verified(composed.upper(), passwords.hashed(composed)) == (False, None)


def test_a_hash_of_weaker_parameters_is_made_anew() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    right, grown = passwords.verified(PASSWORD, weak)
    assert right
    assert grown is not None
    assert passwords.verified(PASSWORD, grown) == (True, None)
    assert passwords.verified("sai mật khẩu rồi", weak) == (False, None)


@pytest.mark.parametrize(
    "refused",
    [
        "",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "abcdefghijklmnop",
        "bi-thu-bi-thu",
        "Bí-thư-12345",
        "matkhau123456",
        "MẬT KHẨU KIEMDIEM",
        "password password",
    ],
)
def test_what_is_easy_to_guess_is_refused(refused: str) -> None:
    with pytest.raises(BadInput) as error:
        passwords.check_new(refused, "bi-thu")
    assert error.value.value == "", "a refused password is repeated nowhere"


def test_length_is_counted_in_letters_and_its_end_in_bytes() -> None:
    """Twelve Vietnamese letters in NFD are more code points; what is counted is the form that is hashed."""
    assert passwords.check_new(unicodedata.normalize("NFD", "ắằẳẵặấầẩẫậếề"), "x") == "ắằẳẵặấầẩẫậếề"
    with pytest.raises(BadInput):
        passwords.check_new(unicodedata.normalize("NFD", "ắằẳẵặấầẩẫậế"), "x")
    long = "câu dài 1 " * 100  # 13 bytes each time
    assert len(long.encode()) > passwords.BYTES_MAX
    with pytest.raises(BadInput):
        passwords.check_new(long, "x")
    assert passwords.verified("x" * 1_000_000, passwords.hashed(PASSWORD)) == (False, None)


def test_only_so_many_passwords_are_hashed_at_once_and_an_unknown_name_waits_like_a_known_one() -> None:
    """Where a hash is computed a turn is taken: with all turns taken neither answer comes."""
    kept = passwords.hashed(PASSWORD)
    answers: list[tuple[bool, str | None]] = []
    threads = [
        threading.Thread(target=lambda known=known: answers.append(passwords.verified(PASSWORD, known)))
        for known in (kept, None)
    ]
    for _ in range(passwords.AT_ONCE):
        passwords._turns.acquire()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=0.3)
        assert thread.is_alive(), "it answered without hashing"
    assert answers == []
    for _ in range(passwords.AT_ONCE):
        passwords._turns.release()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [(False, None), (True, None)]


@pytest.mark.parametrize("typed", ["BI-THU", "ｂｉ-ｔｈｕ", " bi-thu ", "Bi-Thu"])
def test_a_name_is_the_same_however_it_is_typed(typed: str) -> None:
    assert login_name(typed) == "bi-thu"
    assert normal_form("Ｈồng") == normal_form(unicodedata.normalize("NFD", "HỒNG"))


@pytest.mark.parametrize("typed", ["", " ", "a b", "a\nb", "a\x00", "a" * 65, "-a", "a/b", "<a>", "a\u202eb"])
def test_a_name_that_could_be_taken_for_another_or_break_a_line_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as error:
        login_name(typed)
    assert error.value.value.isprintable()
