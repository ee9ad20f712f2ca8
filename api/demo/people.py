"""Whom one can sign in as in the demo: roles given before it opens, passwords drawn at each start."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete

from handlers.access.first import give_at_set_up
from handlers.accounts.book import by_person, make_account
from handlers.accounts.changing import set_hash
from handlers.accounts.passwords import hashed
from handlers.accounts.security_log import Happened, note
from handlers.accounts.sessions import revoke_all
from handlers.accounts.tables import THROTTLE
from states.grant import EVERYWHERE
from states.roles import Role
from workflow.database import Database
from workflow.engine import Engine
from workflow.rules.rule import Both

BASE: Final = "DBMT"
DOCUMENT: Final = "QĐ 03-QĐ/ĐU"
BY: Final = "demo"

_SYLLABLES: Final = """
ban bang bao bien binh bong buom cam canh cau cay chim chieu chuong dao dat dau den diem dong duong gao gio
gom hai hat hoa hong hop huong kem khoai lan lua lung mai man mat may mit moc mua muoi nam nang nem nga ngo
ngoc nha nhan non nui nuoc ong phuong qua que rau ret rong ruou sang sao sen song sua suoi tam tao tau the
thang thoc thom thong thu thuyen tim toi tra trau tre trong trung tuyet vai vang vien vuon xanh xoai xuan
xuong
"""
_WORDS: Final = tuple(_SYLLABLES.split())
PASSWORD_WORDS: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoPerson:
    """Somebody of the demo: how he signs in, who he is, and a role given to him where no post gives one."""

    login: str
    person: str
    is_: Both
    label: str = ""
    role: Role | None = None
    body: str = BASE


PEOPLE: Final = (
    DemoPerson(
        login="bi-thu",
        person="MT31",
        is_=Both("bí thư Chi bộ Phòng Kỹ thuật", "secretary of the cell of the technical office"),
    ),
    DemoPerson(
        login="to-chuc",
        person="to-chuc",
        label="Đinh Thị Hồng Vân",
        is_=Both("ban tổ chức của Đảng ủy", "organisation board of the committee"),
        role=Role.ORGANISATION_BOARD,
    ),
    DemoPerson(
        login="thuong-vu",
        person="MT23",
        is_=Both("bí thư Đảng ủy, quyết định mức xếp loại", "head of the committee, who decides the levels"),
    ),
    DemoPerson(
        login="can-bo",
        person="can-bo",
        label="Hồ Thị Tú",
        is_=Both("cán bộ phụ trách đợt kiểm điểm", "officer in charge of the campaign"),
        role=Role.OFFICER,
    ),
    DemoPerson(
        login="kiem-tra",
        person="kiem-tra",
        label="Lương Văn Khải",
        is_=Both("kiểm tra, giám sát: xem hết, không đổi gì", "auditor: reads everything, changes nothing"),
        role=Role.AUDITOR,
    ),
    DemoPerson(
        login="quan-tri",
        person="quan-tri",
        label="Cao Minh Nhật",
        is_=Both(
            "quản trị hệ thống: tài khoản, danh sách, lịch", "administrator: accounts, roster, calendar"
        ),
        role=Role.ADMINISTRATOR,
        body=EVERYWHERE,
    ),
    DemoPerson(
        login="dang-vien",
        person="MT04",
        is_=Both("đảng viên Chi bộ Xưởng Cơ khí", "member of the workshop's cell"),
    ),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What to type to be somebody."""

    login: str
    password: str
    is_: Both


def give_roles(engine: Engine) -> None:
    """Give the roles that no post gives, before the campaign opens: an administrator first."""
    for one in sorted(PEOPLE, key=lambda one: one.role is not Role.ADMINISTRATOR):
        if one.role is not None:
            give_at_set_up(engine, one.person, one.role, one.body, document=DOCUMENT)


def set_passwords(database: Database, now: datetime) -> tuple[SignIn, ...]:
    """A new password for everybody of the demo; whoever was signed in before is so no more."""
    drawn = [(one, new_password()) for one in PEOPLE]
    hashes = [hashed(password) for _, password in drawn]
    with database.write() as connection:
        for (one, _), password_hash in zip(drawn, hashes, strict=True):
            _set(connection, one, password_hash, now)
        connection.execute(delete(THROTTLE))
    return tuple(SignIn(one.login, password, one.is_) for one, password in drawn)


def new_password() -> str:
    """Some short words without accents: typed without a mistake, and good for as long as a demo runs."""
    return "-".join(secrets.choice(_WORDS) for _ in range(PASSWORD_WORDS))


def _set(connection: Connection, one: DemoPerson, password_hash: str, now: datetime) -> None:
    account = by_person(connection, one.person) or make_account(
        connection, login=one.login, person=one.person, label=one.label, at=now, by=BY
    )
    set_hash(connection, account.account, password_hash, now)
    revoke_all(connection, account.account, at=now, by=BY)
    note(connection, now, Happened.PASSWORD_SET_AT_START, account=account.account, by=BY)
