"""The name one signs in with: one normal form for everything that looks the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from workflow.errors import BadInput

LOGIN_MAX: Final = 64
"""Characters of a name in its normal form."""

_FORM: Final = re.compile(r"[^\W_][\w.@+-]*")


def normal_form(text: str) -> str:
    """The form names are compared in: NFKC, case folded, without spaces around.

    Two foldings, since folding may undo the normal form. What nobody can be called is kept as it is: it
    is only looked for.
    """
    once = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", once).casefold().strip()


def login_name(text: str) -> str:
    """The normal form of a name an account may have: letters, digits and . _ - @ +, at most 64 characters.

    Raises BadInput for any other.
    """
    name = normal_form(text)
    if not _FORM.fullmatch(name) or len(name) > LOGIN_MAX:
        shown = "".join(character for character in text if character.isprintable())[:LOGIN_MAX]
        raise BadInput(
            "login",
            shown,
            "không dùng làm tên đăng nhập được; cần chữ, số và . _ - @ +, bắt đầu bằng chữ hoặc số, "
            "nhiều nhất 64 ký tự.",
            "cannot be a sign-in name; needed are letters, digits and . _ - @ +, beginning with a letter or "
            "digit, at most 64 characters.",
        )
    return name
