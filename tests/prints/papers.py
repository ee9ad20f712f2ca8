"""Helpers for tests of papers: a name put into the roster, a workbook read back, pages counted on A4."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Route, sync_playwright
from sqlalchemy import update

from handlers.roster_tables import PEOPLE
from tests.api.browsing import Browser
from tests.builders import FIRST
from tests.chromium import chromium
from tests.town import Town

CELL = f"/c/2016/o/{FIRST}"
HOST = "http://127.0.0.1:9"
"""Nothing listens there: every request is answered by the service under test itself."""


def rename(town: Town, person: str, name: str) -> None:
    """Somebody has another name in the roster."""
    with town.database.write() as connection:
        row = connection.execute(PEOPLE.select().where(PEOPLE.c.person_id == person)).mappings().one()
        values = {**row, "name": name, "salt": b"x" * 32}
        del values["row_id"]
        connection.execute(
            update(PEOPLE).where(PEOPLE.c.row_id == row["row_id"]).values(superseded_at=town.engine.now())
        )
        connection.execute(PEOPLE.insert().values(values))


def sheet_of(browser: Browser, address: str) -> tuple[Worksheet, str]:
    """The one sheet of a workbook, read again, and the name of its file."""
    answer = browser.client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet, answer.headers["content-disposition"].partition('filename="')[2].rstrip('"')


def words_of(sheet: Worksheet) -> list[str]:
    """Every cell with something in it, as text, row by row."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def pages_on_a4(browser: Browser, address: str) -> int:
    """How many pages Chromium makes of an address. Skips where there is no Chromium to ask, except in CI."""
    path = chromium()

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        got = browser.client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.content)

    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            page = chrome.new_page()
            page.route("**/*", answer)
            page.goto(f"{HOST}{address}")
            page.evaluate("document.fonts.ready.then(() => true)")
            pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        finally:
            chrome.close()
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))
