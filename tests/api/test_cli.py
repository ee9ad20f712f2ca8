"""The command line on a real database: what it answers, what it refuses, how it ends."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from api.cli import app
from handlers.demo_roster import demo_workbook
from tests.api.terminal_campaign import COLLECTIVE, live, url_of
from tests.house import tree


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One campaign lived once; each test gets a copy."""
    path = tmp_path_factory.mktemp("lived") / "kiemdiem.db"
    live(path)
    return path


@pytest.fixture
def campaign(lived: Path, tmp_path: Path) -> Path:
    """A file with an open campaign of this test's own."""
    return Path(shutil.copyfile(lived, tmp_path / "kiemdiem.db"))


def run(path: Path, *arguments: str, answer: str = "") -> Any:
    """One command on the database of this file, in a wide terminal."""
    environment = {"KIEMDIEM_DATABASE": url_of(path), "COLUMNS": "200", "KIEMDIEM_LANGUAGE": "vi"}
    return CliRunner().invoke(app, arguments, input=answer, env=environment)


def tampered(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


# --- help ------------------------------------------------------------------------------------------


def test_every_command_has_help_with_an_example(tmp_path: Path) -> None:
    """Help teaches: what it does, then one line that runs."""
    found = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
    assert len(found) == 25
    for name in found:
        told = run(tmp_path / "none.db", name, "--help")
        assert told.exit_code == 0, name
        assert f"Example: kiemdiem {name}" in told.output, name
    for name in ("list", "show", "coverage"):
        assert "Example: kiemdiem rulebook" in run(tmp_path / "none.db", "rulebook", name, "--help").output


def test_a_wrong_option_is_a_usage_error(tmp_path: Path) -> None:
    assert run(tmp_path / "none.db", "status").exit_code == 2
    assert run(tmp_path / "none.db", "status", "2016", "--nonsense").exit_code == 2
    day = run(
        tmp_path / "none.db",
        "plan",
        "x",
        "--year",
        "2016",
        "--organisation",
        "A",
        "--roster-day",
        "31/02/2016",
    )
    assert day.exit_code == 2
    assert "31/02/2016" in day.output


# --- the way of a newcomer --------------------------------------------------------------------------


def test_from_a_template_to_an_open_campaign(tmp_path: Path) -> None:
    path, file = tmp_path / "new" / "kiemdiem.db", tmp_path / "roster.xlsx"
    assert run(path, "template", str(tmp_path / "empty.xlsx")).exit_code == 0
    file.write_bytes(demo_workbook())
    imported = run(path, "import", str(file), "--on", "15/12/2016", answer="y\n")
    assert imported.exit_code == 0, imported.output
    assert "187" in imported.output
    again = run(path, "import", str(file), "--on", "2016-12-15")
    assert "Không có gì thay đổi" in again.output
    planned = run(
        path, "plan", "2016", "--year", "2016", "--organisation", "DB01", "--roster-day", "15/12/2016"
    )
    assert planned.exit_code == 0, planned.output
    assert "Làm tiếp: kiemdiem open 2016" in run(path, "status", "2016").output
    opened = run(path, "open", "2016", "--json")
    assert json.loads(opened.stdout) == {"campaign": "2016", "stage": "open", "reviews": 209}
    assert run(path, "open", "2016").exit_code == 1
    assert run(path, "verify").exit_code == 0


def test_an_import_that_is_declined_writes_nothing(tmp_path: Path) -> None:
    path, file = tmp_path / "kiemdiem.db", tmp_path / "roster.xlsx"
    file.write_bytes(demo_workbook())
    declined = run(path, "import", str(file), answer="n\n")
    assert declined.exit_code == 1
    assert "Chưa ghi gì cả" in declined.output
    shown = json.loads(run(path, "import", str(file), "--json").stdout)
    assert shown["changes"]["person"] == {"new": 187, "changed": 0, "gone": 0}
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM roster_people").fetchone() == (0,)
    connection.close()


def test_every_wrong_cell_is_shown_and_nothing_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "wrong.xlsx"
    file.write_bytes(demo_workbook())
    book = load_workbook(file)
    sheet = book["Đảng viên"]
    sheet["E6"], sheet["F9"] = "31/02/1980", "CB99"
    book.save(file)
    refused = run(tmp_path / "kiemdiem.db", "import", str(file), "--yes")
    assert refused.exit_code == 1
    assert "E6" in refused.output
    assert "F9" in refused.output
    assert "chưa nhập dòng nào" in refused.output
    good = run(tmp_path / "kiemdiem.db", "import", str(file), "--yes", "--good-rows-only")
    assert good.exit_code == 0, good.output


def test_a_file_that_is_no_spreadsheet_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "notes.xlsx"
    file.write_text("not a spreadsheet")
    refused = run(tmp_path / "kiemdiem.db", "import", str(file), "--yes")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith("Tệp này không phải bảng tính Excel")


# --- asking -----------------------------------------------------------------------------------------


def test_status_has_every_organisation_and_the_spread_of_levels(campaign: Path) -> None:
    told = run(campaign, "status", "2016")
    assert told.exit_code == 0, told.output
    assert told.output.count("Chi bộ ") >= 9
    assert "Đảng viên theo mức" in told.output
    shown = json.loads(run(campaign, "status", "2016", "--json").stdout)
    assert len(shown["organisations"]) == 11
    assert sum(sum(one["members"].values()) for one in shown["organisations"]) == 187
    (cell,) = [one for one in shown["organisations"] if one["organisation"] == "CB01"]
    assert cell["collective"] == "reviewed"


def test_a_replay_tells_events_refusals_and_findings_beside_their_recomputation(campaign: Path) -> None:
    told = run(campaign, "replay", COLLECTIVE)
    assert told.exit_code == 0, told.output
    assert "05/01/2017: Đã chuẩn bị xong báo cáo kiểm điểm (văn bản 01-BC/CB)." in told.output
    assert "08/01/2017: Dự thảo đã đến tay đủ 24 người dự họp." in told.output
    assert "Chưa định ngày họp được" in told.output
    assert "DUK-2016, II.3.1" in told.output
    assert "Ghi nhận đã tiến hành chưa đúng quy định" in told.output
    shown = json.loads(run(campaign, "replay", COLLECTIVE, "--json").stdout)
    stages = [event["stage"] for event in shown["events"]]
    assert stages == ["open", "open", "prepared", "draft_sent", "draft_sent", "reviewed", "reviewed"]
    assert shown["events"][-1]["flags"] == ["irregular"]
    assert any(event["findings"] for event in shown["events"])
    assert shown["agrees"] is True
    assert all(finding["agrees"] for event in shown["events"] for finding in event["findings"])
    assert [refused["command"] for refused in shown["refused"]] == ["PlanMeeting"]


def test_answers_come_in_the_language_asked_for(campaign: Path) -> None:
    told = run(campaign, "replay", COLLECTIVE, "--language", "en")
    assert "The draft was with all 24 participants." in told.output
    missing = run(campaign, "replay", "2016.member.9999", "--language", "en")
    assert missing.exit_code == 1
    assert missing.stderr == "There is no review “2016.member.9999”. Check the code.\n"


def test_what_is_not_there_is_one_sentence(campaign: Path, tmp_path: Path) -> None:
    for arguments in (("status", "1999"), ("open", "1999"), ("replay", "x"), ("rulebook", "show", "nope")):
        refused = run(campaign, *arguments)
        assert refused.exit_code == 1, arguments
        assert refused.stdout == ""
        assert len(refused.stderr.splitlines()) == 1
    nowhere = run(tmp_path / "none.db", "verify")
    assert nowhere.exit_code == 1
    assert "Chưa có cơ sở dữ liệu" in nowhere.stderr
    assert not (tmp_path / "none.db").exists(), "asking makes no database"


def test_an_address_that_is_no_database_is_a_usage_error(tmp_path: Path) -> None:
    for address in ("mysql://localhost/x", "nonsense", "sqlite://"):
        assert run(tmp_path, "verify", "--database", address).exit_code == 2, address


def test_the_shipped_rulebooks_can_be_listed_and_read() -> None:
    listed = json.loads(run(Path("none"), "rulebook", "list", "--json").stdout)
    assert "duk_2016" in [book["id"] for book in listed]
    one = run(Path("none"), "rulebook", "show", "duk_2016", "--rule", "duk.notice_to_participants")
    assert "(DUK-2016, II.3.1)" in one.output
    shown = json.loads(run(Path("none"), "rulebook", "show", "duk_2016", "--json").stdout)
    assert all(rule["cite"] for rule in shown["rules"])


# --- verifying --------------------------------------------------------------------------------------


def test_a_log_that_holds_says_so_and_its_checkpoint_is_found_again(campaign: Path) -> None:
    printed = run(campaign, "checkpoint").stdout.strip()
    held = run(campaign, "verify", "--checkpoint", printed)
    assert held.exit_code == 0, held.output
    assert "Sổ ghi toàn vẹn" in held.output
    position, _, digest = printed.partition("-")
    wrong = run(campaign, "verify", "--checkpoint", f"{position}-{digest[::-1]}", "--json")
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["holds"] is False
    assert run(campaign, "verify", "--checkpoint", "nonsense").exit_code == 2


def test_verify_names_a_read_model_that_disagrees_and_rebuild_puts_it_right(campaign: Path) -> None:
    tampered(campaign, f"UPDATE reviews SET stage = 'approved' WHERE review = '{COLLECTIVE}'")
    found = run(campaign, "verify")
    assert found.exit_code == 1
    assert f"reviews {COLLECTIVE}: stage is 'approved', the log tells 'reviewed'" in found.output
    assert run(campaign, "rebuild").exit_code == 0
    assert run(campaign, "verify").exit_code == 0


def test_verify_names_an_event_that_was_changed(campaign: Path) -> None:
    for name in _triggers(campaign):
        tampered(campaign, f"DROP TRIGGER {name}")
    tampered(campaign, "UPDATE events SET data = replace(data, '24', '42') WHERE name = 'draft_sent'")
    found = run(campaign, "verify")
    assert found.exit_code == 1
    assert f"review/{COLLECTIVE} version 4" in found.output


def test_verify_names_a_name_that_was_changed_beside_the_log(campaign: Path) -> None:
    for name in _triggers(campaign):
        tampered(campaign, f"DROP TRIGGER {name}")
    tampered(campaign, "UPDATE roster_people SET name = 'Tên Khác' WHERE row_id = 3")
    line = "roster_people row 3: what is stored does not give its digest"
    found = run(campaign, "verify")
    assert found.exit_code == 1
    assert line in found.output
    told = json.loads(run(campaign, "verify", "--json").stdout)
    assert (told["holds"], told["broken"], told["erased"]) == (False, [line], {})


def test_a_replay_that_differs_ends_with_1(campaign: Path) -> None:
    """A stored verdict was changed and nothing else: judging it again from its operands tells."""
    for name in _triggers(campaign):
        tampered(campaign, f"DROP TRIGGER {name}")
    tampered(
        campaign,
        f"""UPDATE findings SET body = replace(body, '"verdict":"holds"', '"verdict":"fails"')
        WHERE stream = 'review/{COLLECTIVE}'""",
    )
    told = run(campaign, "replay", COLLECTIVE)
    assert told.exit_code == 1
    assert "≠" in told.output
    assert json.loads(run(campaign, "replay", COLLECTIVE, "--json").stdout)["agrees"] is False


def _triggers(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.close()
    return [name for (name,) in rows]


# --- as a process -----------------------------------------------------------------------------------


def test_the_answer_is_on_stdout_the_log_on_stderr_and_no_refusal_is_a_traceback(campaign: Path) -> None:
    environment = {**os.environ, "KIEMDIEM_DATABASE": url_of(campaign), "PYTHONIOENCODING": "ascii"}
    start = [sys.executable, "-W", "error", "-c", "from api.cli import main; main()"]
    shown = subprocess.run(
        [*start, "--verbose", "replay", COLLECTIVE, "--json"],
        env=environment,
        capture_output=True,
        cwd=tree.ROOT,
    )
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout.decode())["review"] == COLLECTIVE
    refused = subprocess.run(
        [
            *start,
            "--verbose",
            "plan",
            "2016",
            "--year",
            "2016",
            "--organisation",
            "DB01",
            "--roster-day",
            "1/1/2017",
        ],
        env=environment,
        capture_output=True,
        cwd=tree.ROOT,
    )
    assert refused.returncode == 1
    assert refused.stdout == b""
    assert "command refused" in refused.stderr.decode()
    assert "đã có" in refused.stderr.decode()
    assert "Traceback" not in refused.stderr.decode()


def test_a_demo_does_not_open_a_database_with_other_content_to_everybody(tmp_path: Path) -> None:
    """Development mode lets anybody act as anybody; it is for a database the demo itself filled."""
    path = tmp_path / "real.db"
    roster = tmp_path / "roster.xlsx"
    roster.write_bytes(demo_workbook())
    assert run(path, "import", str(roster), "--on", "15/12/2016", "--yes").exit_code == 0
    refused = run(path, "serve", "--demo")
    assert refused.exit_code == 2
    assert "--demo" in refused.output
