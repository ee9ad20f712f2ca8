"""The letter that carries a link to set another password."""

from __future__ import annotations

from html import escape

from handlers.courier.links import link
from handlers.courier.mail_words import Written
from handlers.courier.told import both


def write_reset(token: str, language: str, public_url: str) -> Written:
    """What it says: where to go, for how long, and that nothing has changed yet."""
    subject = both(language, "Đặt lại mật khẩu kiemdiem", "Set another kiemdiem password")
    opening = both(
        language,
        "Có người, có lẽ là bạn, xin đặt lại mật khẩu. Mở đường dẫn sau trong 30 phút và đặt mật khẩu mới:",
        "Somebody, probably you, asked to set another password. Open this link within 30 minutes and set it:",
    )
    closing = both(
        language,
        "Không phải bạn thì bỏ qua thư này: mật khẩu vẫn như cũ. Đường dẫn chỉ dùng được một lần.",
        "If it was not you, do nothing: the password stays as it is. The link can be used once.",
    )
    address = link(public_url, f"/link/{token}")
    return Written(
        subject=subject,
        text=f"{opening}\n\n{address}\n\n{closing}\n",
        html=(
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(subject)}</title>'
            f'<p>{escape(opening)}</p><p><a href="{escape(address)}">{escape(address)}</a></p>'
            f"<p>{escape(closing)}</p></html>"
        ),
    )
