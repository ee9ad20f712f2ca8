"""Pages of grants, delegations and conflicts of interest, without scripts; refusals beside their forms."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from handlers.roster_tables import MEMBERSHIPS, PEOPLE, POSITIONS
from states.roles import Role
from tests.api.browsing import forms_of, yes
from tests.api.served import OFFICER, Served
from workflow.commands.asking import Actor

SECOND = Actor(id="BTC-02", role=Role.OFFICER, body="DB01")


def head_of(served: Served, body: str) -> Actor:
    """The secretary the roster has for a body."""
    chosen = select(POSITIONS.c.person_id).where(
        POSITIONS.c.organisation_id == body, POSITIONS.c.post == "head"
    )
    with served.service.database.read() as connection:
        return Actor(id=connection.execute(chosen).scalar_one(), role=Role.SECRETARY, body=body)


def people(served: Served, body: str) -> list[tuple[str, str]]:
    """Code and name of the members of a cell without a post."""
    chosen = (
        select(PEOPLE.c.person_id, PEOPLE.c.name)
        .join(MEMBERSHIPS, MEMBERSHIPS.c.person_id == PEOPLE.c.person_id)
        .where(MEMBERSHIPS.c.organisation_id == body)
        .where(PEOPLE.c.person_id.not_in(select(POSITIONS.c.person_id)))
        .order_by(PEOPLE.c.person_id)
    )
    with served.service.database.read() as connection:
        return [(row.person_id, row.name) for row in connection.execute(chosen)]


def send(client: TestClient, page: str, action: str, **typed: str) -> str:
    """Fill in the form with this action on a page and send it; the page one comes to, as text."""
    form = next(one for one in forms_of(client.get(page).text) if one.action == action)
    data = {**dict(form.fields), **typed}
    answer = client.post(action, data=data, follow_redirects=True)
    if 'id="confirmation"' in answer.text:
        assert "Không rút lại được" in answer.text.replace("\u00a0", " ")
        sure = yes(answer.text, action)
        answer = client.post(action, data=dict(sure.fields), follow_redirects=True)
    return answer.text.replace("\u00a0", " ")


def text_of(client: TestClient, page: str) -> str:
    return client.get(page).text.replace("\u00a0", " ")


@pytest.fixture
def proposed(served: Served) -> str:
    """The address of a grant an officer has proposed on the page."""
    text = send(
        served.acting(OFFICER),
        "/grants",
        "/grants",
        person="0045",
        role="inspection",
        first="20/12/2016",
        last="31/03/2017",
        document="QĐ 12-QĐ/ĐU",
    )
    found = re.search(r'action="(/grants/G-[^/"]+)/withdrawal"', text)
    assert found, text
    return found[1]


def test_what_one_officer_proposes_another_confirms_and_any_ends(served: Served, proposed: str) -> None:
    own = text_of(served.acting(OFFICER), proposed)
    assert "một người khác phải xác nhận" in own
    assert "/confirmation" not in own
    assert "1 đề nghị chờ xác nhận" in text_of(served.acting(SECOND), "/grants")
    done = send(served.acting(SECOND), proposed, f"{proposed}/confirmation")
    assert "Chưa đến ngày" in done
    ended = send(served.acting(OFFICER), proposed, f"{proposed}/ending", reason="chuyển công tác")
    assert "Thôi giao vai trò từ ngày" in ended


def test_without_a_reason_nothing_is_withdrawn_and_the_form_says_so(served: Served, proposed: str) -> None:
    again = send(served.acting(SECOND), proposed, f"{proposed}/withdrawal", reason=" ")
    assert "Còn trống, hãy điền." in again
    assert "Chờ xác nhận" in again


def test_what_is_refused_comes_back_with_what_was_typed(served: Served) -> None:
    text = send(
        served.acting(OFFICER), "/grants", "/grants", person="0045", role="inspection",
        first="20/12/2016", last="01/12/2016", document="QĐ 99-QĐ/ĐU",
    )  # fmt: skip
    assert 'role="alert"' in text
    assert "sớm hơn ngày bắt đầu" in text
    assert 'value="QĐ 99-QĐ/ĐU"' in text


def test_a_name_only_one_has_is_enough_and_one_several_have_asks_for_the_code(served: Served) -> None:
    _, name = people(served, "CB03")[0]
    sent = {"role": "inspection", "first": "20/12/2016", "document": "QĐ 12"}
    client = served.acting(OFFICER)
    several = send(client, "/grants", "/grants", person=name.split()[-1][:1], **sent)
    assert "Có nhiều nơi khớp, hãy ghi mã" in several
    nobody = send(client, "/grants", "/grants", person="không có ai tên này", **sent)
    assert "Không tìm thấy tên hay mã này" in nobody
    found = send(client, "/grants", "/grants", person=name, **sent)
    assert name in found


def test_whoever_may_not_propose_sees_no_form_and_a_stranger_no_grant(served: Served, proposed: str) -> None:
    member = Actor(id=people(served, "CB05")[0][0], role=Role.MEMBER, body="CB05")
    text = text_of(served.acting(member), "/grants")
    assert 'id="propose"' not in text
    assert proposed not in text
    assert served.acting(member).get(proposed).status_code == 404


def test_one_person_is_shown_with_all_he_may_act_as(served: Served) -> None:
    head = head_of(served, "CB03")
    text = text_of(served.acting(OFFICER), f"/grants?person={head.id}")
    assert "Hôm nay được làm với tư cách" in text
    assert "theo chức vụ trong danh sách" in text.lower()


def test_a_secretary_delegates_and_takes_back(served: Served) -> None:
    head, (code, name) = head_of(served, "CB03"), people(served, "CB03")[0]
    client = served.acting(head)
    text = send(
        client, "/delegations", "/delegations", person=code, capacity="secretary@CB03",
        first="20/12/2016", last="20/01/2017",
    )  # fmt: skip
    assert name in text
    found = re.search(r'action="(/delegations/[^/"]+/ending)"', text)
    assert found
    assert "Đã thôi từ" in send(client, "/delegations", found[1])


def test_a_member_has_nothing_to_delegate_and_declares_a_tie_for_himself(served: Served) -> None:
    (mine, my_name), (_, other) = people(served, "CB03")[:2]
    client = served.acting(Actor(id=mine, role=Role.MEMBER, body="CB03"))
    assert "Bạn không tự giữ vai trò nào" in text_of(client, "/delegations")
    text = send(
        client, "/conflicts", "/conflicts", subject=other, closeness="spouse", reason="kết hôn năm 2010"
    )
    assert my_name in text
    assert "kết hôn năm 2010" in text
    assert "/ending" not in text  # who it keeps away does not end it


def test_a_secretary_declares_for_a_member_and_does_not_read_what_he_wrote(served: Served) -> None:
    (mine, _), (theirs, _) = people(served, "CB03")[:2]
    himself = served.acting(Actor(id=mine, role=Role.MEMBER, body="CB03"))
    send(himself, "/conflicts", "/conflicts", subject=theirs, closeness="other", reason="góp vốn chung")
    client = served.acting(head_of(served, "CB03"))
    text = text_of(client, "/conflicts")
    assert "góp vốn chung" not in text
    found = re.search(r'action="(/conflicts/[^/"]+/ending)"', text)
    assert found
    assert "Đã hết từ" in send(client, "/conflicts", found[1], reason="đã rút vốn")
