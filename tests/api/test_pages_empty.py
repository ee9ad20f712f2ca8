"""A new, empty service: each page says what will stand there and what comes first, to whoever can do it."""

from __future__ import annotations

import pytest

from states.roles import Role
from tests.api.browsing import said
from tests.api.served import Served
from workflow.commands.asking import Actor

ADMINISTRATOR = Actor(id="quan-tri", role=Role.ADMINISTRATOR, body="system")
OFFICER = Actor(id="can-bo", role=Role.OFFICER, body="DB01")
MEMBER = Actor(id="0104", role=Role.MEMBER, body="CB01")

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def page(served: Served, actor: Actor, address: str, status: int = 200) -> str:
    answer = served.acting(actor).get(address, headers={"accept": "text/html"})
    assert answer.status_code == status, said(answer)
    return said(answer)


@pytest.mark.parametrize("address", ["/", "/administration", "/campaigns"])
def test_the_first_administrator_is_led_through_what_comes_first(empty_served: Served, address: str) -> None:
    text = page(empty_served, ADMINISTRATOR, address)
    steps = ("Nhập danh sách", "Giao vai trò, mở tài khoản", "Mở đợt kiểm điểm", "Theo dõi từng chi bộ")
    places = [text.index(f'"step-name">{step}') for step in steps]
    assert places == sorted(places)
    assert 'href="/import"' in text
    assert 'href="/campaigns/new"' not in text, "an officer opens campaigns"


def test_who_sets_nothing_up_is_told_what_will_stand_there(empty_served: Served) -> None:
    text = page(empty_served, MEMBER, "/")
    assert "step-name" not in text
    assert "Chưa có đợt kiểm điểm nào trong phạm vi này" in text
    assert 'href="/import"' not in text.partition("<main")[2].partition("</main>")[0]
    assert "Khi một đợt có tổ chức hoặc người thuộc phạm vi này được mở" in page(
        empty_served, MEMBER, "/campaigns"
    )


@pytest.mark.parametrize(
    ("actor", "address", "told"),
    [
        (ADMINISTRATOR, "/people", "Nhập danh sách từ Excel để bắt đầu."),
        (ADMINISTRATOR, "/audit/sign-ins", "Lần đăng nhập đầu tiên hiện ở đây."),
        (OFFICER, "/campaigns/new", "Nhập danh sách trước."),
        (OFFICER, "/audit", "Việc đầu tiên được ghi hay bị từ chối"),
        (OFFICER, "/audit/refused", "Việc đầu tiên được ghi hay bị từ chối"),
        (OFFICER, "/deliveries", "xuất hiện ở đây khi có việc đến hạn"),
        (MEMBER, "/inbox", "Khi một bước sắp đến hạn"),
        (MEMBER, "/delegations", "người giữ vai trò cho một người khác làm thay"),
    ],
)
def test_an_empty_page_says_what_will_stand_there(
    empty_served: Served, actor: Actor, address: str, told: str
) -> None:
    assert told in page(empty_served, actor, address)


def test_a_page_for_another_role_says_for_whom_it_is_in_words(empty_served: Served) -> None:
    text = page(empty_served, OFFICER, "/accounts", 403)
    assert "Trang này không dành cho tư cách đang dùng" in text
    assert "Trang này dành cho: quản trị hệ thống." in text
    assert "keep_accounts" not in text
