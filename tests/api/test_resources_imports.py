"""The roster through the API: uploaded, looked at, confirmed in one piece, or refused cell by cell."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from handlers.demo_roster import FILE_NAME, demo_workbook
from handlers.roster_tables import PEOPLE
from states.roles import Role
from tests.api.served import OFFICER, Served, secretary
from workflow.commands.asking import Actor
from workflow.log import Log

SECOND = Actor(id="BTC-02", role=Role.OFFICER, body="DB01")


def upload(client: TestClient, content: bytes, on: str = "2016-12-16", **form: str) -> Any:
    """The answer to an upload."""
    return client.post("/api/v1/imports", files={"file": (FILE_NAME, content)}, data={"on": on, **form})


def changed(edit: Any) -> bytes:
    """The demo file with something changed in its sheet of members."""
    book = openpyxl.load_workbook(io.BytesIO(demo_workbook()))
    edit(next(sheet for sheet in book.worksheets if sheet_holds(sheet, "0044")))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_holds(sheet: Any, person: str) -> bool:
    """Whether a member stands in this sheet."""
    return any(cell.value == person for row in sheet.iter_rows() for cell in row)


def row_of(sheet: Any, person: str) -> int:
    """The row of a member by id."""
    return int(next(row[0].row for row in sheet.iter_rows() for cell in row if cell.value == person))


def column_of(sheet: Any, word: str) -> int:
    """The column whose header holds a word."""
    found: int = next(
        cell.column
        for row in sheet.iter_rows(max_row=10)
        for cell in row
        if isinstance(cell.value, str) and word in unicodedata.normalize("NFC", cell.value).lower()
    )
    return found


def roster_versions(served: Served) -> int:
    with served.service.database.read() as connection:
        heads = Log(connection).heads(["roster"])
    return heads["roster"].version if "roster" in heads else 0


def people(served: Served) -> int:
    with served.service.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(PEOPLE)).scalar_one())


def test_the_same_file_twice_changes_nothing(served: Served) -> None:
    client = served.acting(OFFICER)
    rows = people(served)
    shown = upload(client, demo_workbook()).json()
    assert all(
        (kind["new"], kind["changed"], kind["gone"]) == (0, 0, 0) for kind in shown["difference"].values()
    )
    confirmed = client.post(f"/api/v1/imports/{shown['import_id']}/confirmation")
    assert confirmed.status_code == 200, confirmed.text
    assert people(served) == rows


def test_rows_and_the_event_that_covers_them_are_there_together(empty_served: Served) -> None:
    client = empty_served.acting(OFFICER)
    shown = upload(client, demo_workbook()).json()
    assert (people(empty_served), roster_versions(empty_served)) == (0, 0)
    confirmed = client.post(f"/api/v1/imports/{shown['import_id']}/confirmation").json()
    assert people(empty_served) == 187
    assert confirmed["streams"] == {"roster": roster_versions(empty_served)}
    with empty_served.service.database.read() as connection:
        told = [event.data for event in Log(connection).read(["roster"])["roster"]]
        digests = connection.execute(select(PEOPLE.c.digest)).scalars().all()
    assert all(any(digest.hex().encode() in data for data in told) for digest in digests)


def test_a_change_that_touches_open_reviews_shows_them_and_a_second_person_confirms(served: Served) -> None:
    moved = changed(lambda sheet: sheet.delete_rows(row_of(sheet, "0044")))
    shown = upload(served.acting(OFFICER), moved, on="2016-12-16").json()
    assert shown["difference"]["person"]["gone_keys"] == ["0044"]
    touched = {touch["review"] for touch in shown["touched"]}
    assert "2016.member.0044" in touched
    path = f"/api/v1/imports/{shown['import_id']}/confirmation"
    alone = served.acting(OFFICER).post(path)
    assert alone.status_code == 422
    assert alone.json()["errors"][0]["field"] == "actor"
    confirmed = served.acting(SECOND).post(path)
    assert confirmed.status_code == 200, confirmed.text
    events = served.acting(OFFICER).get("/api/v1/reviews/2016.member.0044/events").json()["items"]
    assert events[-1]["name"] == "basis_changed"
    again = served.acting(SECOND).post(path)
    assert again.status_code == 409


def test_what_touches_no_review_still_takes_two_while_a_campaign_of_the_branch_is_open(
    served: Served,
) -> None:
    """A name alone changes no review; a post would, and who writes the roster decides who may act."""

    renamed = changed(
        lambda sheet: sheet.cell(row_of(sheet, "0044"), column_of(sheet, "họ"), "Nguyễn Thị Hồng Nhung")
    )
    shown = upload(served.acting(OFFICER), renamed, on="2016-12-16").json()
    assert shown["touched"] == []
    path = f"/api/v1/imports/{shown['import_id']}/confirmation"
    alone = served.acting(OFFICER).post(path)
    assert alone.status_code == 422
    assert "2016" in alone.json()["detail"]
    assert served.acting(SECOND).post(path).status_code == 200


def test_a_confirmation_sent_twice_with_a_key_answers_twice_and_acts_once(served: Served) -> None:
    shown = upload(served.acting(OFFICER), demo_workbook()).json()
    path = f"/api/v1/imports/{shown['import_id']}/confirmation"
    keyed = {"Idempotency-Key": "confirm-1"}
    first = served.acting(SECOND).post(path, headers=keyed).json()
    again = served.acting(SECOND).post(path, headers=keyed).json()
    assert again == {**first, "repeated": True}


def test_every_wrong_cell_is_told_at_once_and_nothing_imported_unless_asked(empty_served: Served) -> None:
    def spoil(sheet: Any) -> None:
        status = column_of(sheet, "tình trạng")
        for person in ("0043", "0044", "0046"):
            sheet.cell(row_of(sheet, person), status).value = "không rõ"

    client = empty_served.acting(OFFICER)
    shown = upload(client, changed(spoil)).json()
    assert shown["problem_count"] >= 3
    assert all(
        cell["sheet"] and cell["cell"] and cell["what"] and cell["expected"] for cell in shown["problems"]
    )
    path = f"/api/v1/imports/{shown['import_id']}/confirmation"
    refused = client.post(path)
    assert refused.status_code == 422
    assert len(refused.json()["problems"]) == shown["problem_count"]
    assert people(empty_served) == 0
    taken = client.post(path, params={"good_rows_only": "true"})
    assert taken.status_code == 200, taken.text
    assert people(empty_served) == 184


@pytest.mark.parametrize(
    "content", [b"", b"no spreadsheet", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"]
)
def test_a_file_that_is_no_spreadsheet_is_refused_whole(served: Served, content: bytes) -> None:
    answer = upload(served.acting(OFFICER), content)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("workbook-refused")


def test_a_file_larger_than_the_limit_is_refused(served: Served) -> None:
    answer = upload(served.acting(OFFICER), b"x" * (22 * 1024 * 1024))
    assert answer.status_code == 413


def test_who_keeps_no_roster_neither_uploads_nor_confirms(served: Served) -> None:
    """Nor looks at what a file would change: the preview names people of every body."""
    shown = upload(served.acting(OFFICER), demo_workbook()).json()
    path = f"/api/v1/imports/{shown['import_id']}"
    for actor in (Actor(id="0044", role=Role.MEMBER, body="CB03"), secretary("CB03")):
        client = served.acting(actor)
        assert upload(client, demo_workbook()).status_code == 403
        assert client.post(f"{path}/confirmation").status_code == 403
        assert client.get(path).status_code == 403


def test_an_upload_turned_down_changes_nothing(served: Served) -> None:
    client = served.acting(OFFICER)
    shown = upload(client, changed(lambda sheet: sheet.delete_rows(row_of(sheet, "0044")))).json()
    rejected = client.post(f"/api/v1/imports/{shown['import_id']}/rejection")
    assert rejected.json()["state"] == "rejected"
    assert served.acting(SECOND).post(f"/api/v1/imports/{shown['import_id']}/confirmation").status_code == 409


def test_an_import_that_is_not_there_is_not_found(served: Served) -> None:
    assert served.acting(OFFICER).get("/api/v1/imports/import-none").status_code == 404
    assert served.acting(OFFICER).post("/api/v1/imports/import-none/confirmation").status_code == 404


def test_the_template_opens_as_a_workbook(served: Served) -> None:
    answer = served.acting(OFFICER).get("/api/v1/roster/template.xlsx")
    assert answer.status_code == 200
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames


def test_an_import_of_a_day_to_come_waits_for_its_day(served: Served) -> None:
    """Who leaves on 1 January is still there on 31 December."""
    leaves = changed(lambda sheet: sheet.delete_rows(row_of(sheet, "0044")))
    shown = upload(served.acting(OFFICER), leaves, on="2017-01-01").json()
    served.acting(SECOND).post(f"/api/v1/imports/{shown['import_id']}/confirmation")
    served.now.put(date(2016, 12, 31))
    again = upload(served.acting(OFFICER), demo_workbook(), on="2016-12-31").json()
    assert again["difference"]["person"]["new"] == 0
