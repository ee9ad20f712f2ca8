"""Sign-in through an office's own server in a real browser: to another site and back, within the policy."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from tests.accounts.office import Office
from tests.accounts.oidc_server import CLIENT, SECRET, OidcServer, oidc_server
from tests.accounts.test_oidc import knows


@contextmanager
def listening(office_url: str) -> Iterator[tuple[str, Office, OidcServer]]:
    """The service at localhost and the identity server at 127.0.0.1: to a browser these are two sites."""
    with socket.create_server(("127.0.0.1", 0)) as socket_:
        address = f"http://localhost:{socket_.getsockname()[1]}"
        with oidc_server(address) as there:
            office = Office.on(
                office_url,
                origin=address,
                oidc_issuer=there.issuer,
                oidc_client_id=CLIENT,
                oidc_client_secret=SECRET,
                oidc_label="Cổng văn phòng",
            )
            there.now, there.asks = office.now, True
            server = uvicorn.Server(uvicorn.Config(office.app, log_level="warning"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [socket_]})
            thread.start()
            yield address, office, there
            server.should_exit = True
            thread.join(30)
            office.service.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_goes_there_and_comes_back_signed_in(
    browser: Browser, migrated_sqlite: Path, tmp_path: Path, scripts: bool
) -> None:
    path = tmp_path / "office.db"
    shutil.copyfile(migrated_sqlite, path)
    with listening(f"sqlite:///{path}") as (address, office, there):
        knows(office, office.has_account("an", label="Vũ Lê An"), there.issuer, there.subject)
        context = browser.new_context(base_url=address, java_script_enabled=scripts)
        page, said = context.new_page(), []
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        _goes(page, "/account")
        expect(page.get_by_role("heading", level=1)).to_have_text("Vũ Lê An")
        assert page.url == f"{address}/account"
        assert [one["name"] for one in context.cookies() if "identity" in one["name"]] == []
        there.subject = "somebody-else"
        page.get_by_role("button", name="Đăng xuất", exact=True).last.click()
        _goes(page, "/account")
        expect(page.get_by_role("heading", level=1)).to_have_text("Chưa có tài khoản nào gắn với bạn")
        expect(page.locator("code.secret")).to_have_text("somebody-else")
        assert [line for line in said if "Content Security Policy" in line] == []
        context.close()


def _goes(page: Page, following: str) -> None:
    page.goto(following)
    page.get_by_role("link", name="Đăng nhập bằng Cổng văn phòng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Máy chủ cơ quan")
    page.get_by_role("link", name="Đồng ý").click()
    page.wait_for_load_state()
