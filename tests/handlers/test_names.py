"""Names by id as of a day, read set by set, and put in the order of a Vietnamese roll."""

import unicodedata
from datetime import UTC, date, datetime

from sqlalchemy import insert, update

from handlers.names import Names, name_key, names_on, sorted_by_name
from handlers.roster_tables import ORGANISATIONS, PEOPLE
from tests.statements import statements_sent
from workflow.database import Database

NOW = datetime(2016, 12, 15, tzinfo=UTC)


def a_person(person_id: str, name: str, **changes: object) -> dict[str, object]:
    return {
        "person_id": person_id,
        "name": name,
        "status": "official",
        "valid_from": date(2010, 1, 1),
        "valid_to": None,
        "recorded_at": NOW,
        "recorded_by": "test",
        "source": "test",
        "salt": bytes(32),
        "digest": bytes(32),
    } | changes


def a_body(organisation_id: str, name: str) -> dict[str, object]:
    row = a_person("", name, organisation_id=organisation_id, type="chi_bo_truc_thuoc")
    return {key: value for key, value in row.items() if key not in ("person_id", "status")}


def test_a_name_is_the_one_of_the_day(database: Database) -> None:
    """A body was renamed: an old history is told with the old name, the day of renaming has the new one."""
    with database.write() as connection:
        connection.execute(
            insert(ORGANISATIONS),
            [
                a_body("CB01", "Chi bộ Kỹ thuật") | {"valid_to": date(2017, 1, 1)},
                a_body("CB01", "Chi bộ Công nghệ") | {"valid_from": date(2017, 1, 1)},
            ],
        )
    with database.read() as connection:
        assert names_on(connection, date(2016, 12, 31), bodies=["CB01"]).body("CB01") == "Chi bộ Kỹ thuật"
        assert names_on(connection, date(2017, 1, 1), bodies=["CB01"]).body("CB01") == "Chi bộ Công nghệ"


def test_somebody_who_left_keeps_the_last_name_known(database: Database) -> None:
    with database.write() as connection:
        connection.execute(
            insert(PEOPLE),
            [
                a_person("0007", "Lê Thị Hoa", valid_to=date(2012, 1, 1)),
                a_person("0007", "Lê Thị Hoà", valid_from=date(2012, 1, 1), valid_to=date(2015, 1, 1)),
            ],
        )
    with database.read() as connection:
        assert names_on(connection, date(2016, 12, 1), people=["0007"]).person("0007") == "Lê Thị Hoà"
        assert names_on(connection, date(2001, 1, 1), people=["0007"]).person("0007") == "Lê Thị Hoa"


def test_an_erased_name_and_an_unknown_id_are_shown_by_the_id(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(PEOPLE), [a_person("0008", "Phạm Văn Minh")])
        connection.execute(
            update(PEOPLE).values(erased_at=NOW, salt=None, name=None, birth_date=None, card_number=None)
        )
    with database.read() as connection:
        names = names_on(connection, date(2016, 12, 1), people=["0008", "K9", ""])
    assert (names.person("0008"), names.person("K9")) == ("0008", "K9")


def test_a_row_no_longer_believed_names_nobody(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(PEOPLE), [a_person("0009", "Sai Tên", superseded_at=NOW)])
    with database.read() as connection:
        assert names_on(connection, date(2016, 12, 1), people=["0009"]).person("0009") == "0009"


def test_however_many_names_take_one_statement(database: Database) -> None:
    count = 1_001
    with database.write() as connection:
        connection.execute(insert(PEOPLE), [a_person(f"{n:05}", f"Người {n}") for n in range(count)])
    with statements_sent() as sent, database.read() as connection:
        names = names_on(connection, date(2016, 12, 1), people=[f"{n:05}" for n in range(count)])
    assert len(names.people) == count
    assert len(sent) == 1


def test_a_roll_is_sorted_by_given_name_then_family_name_with_letters_before_tones() -> None:
    roll = [
        "Bùi Văn An",
        "Nguyễn Thị An",  # the same given name: by family name
        "Đỗ Văn Ân",  # â comes after a
        "Lê Thị Bình",
        "Trần Cường",
        "Phạm Văn Dũng",
        "Lê Văn Đạt",  # đ is a letter of its own, after d
        "Hoàng Thị Hoa",
        "Hoàng Thị Hòa",  # the tones in the order of the dictionary: ngang, huyền, hỏi, ngã, sắc, nặng
        "Hoàng Thị Hỏa",
        "Hoàng Thị Hõa",
        "Hoàng Thị Hóa",
        "Hoàng Thị Họa",
        "Vũ Thị Ơn",
        "Ngô Văn Út",
        "Ngô Văn Ưng",
        "Ngô Thị Yến",
    ]
    assert sorted(sorted(roll), key=name_key) == roll


def test_both_unicode_forms_of_a_name_sort_alike() -> None:
    name = "Nguyễn Thị Ưu"
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(name)
    assert name_key("") == ()


def test_namesakes_keep_the_order_of_their_ids() -> None:
    assert sorted_by_name({"2": "Lê Văn An", "1": "Lê Văn An", "3": "Bùi Văn An"}) == ["3", "1", "2"]


def test_the_subject_of_a_review_is_named_from_its_id() -> None:
    names = Names({"0012": "Nguyễn Thị Ánh"}, {"CB03": "Chi bộ Lắp ráp"})
    assert names.subject("2016.member.0012") == "Nguyễn Thị Ánh"
    assert names.subject("2016.organisation.CB03") == "Chi bộ Lắp ráp"
    assert names.subject("strange") == "strange"
