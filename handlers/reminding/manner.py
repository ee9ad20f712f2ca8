"""How people are told, as the settings of the service have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """`digest_at` is the hour (Asia/Ho_Chi_Minh) from which the digest of a day is written; `mail_domain`
    stands in the Message-ID of every letter.
    """

    digest_at: time = time(7, 30)
    mail_domain: str = "kiemdiem.invalid"


USUAL: Final = Manner()
"""As it is where nobody set anything."""
