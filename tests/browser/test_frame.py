"""The frame in a real browser on a real server: keys, menus, type, colours, drafts, also without scripts."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.builders import BOARD, COMMITTEE, FIRST, member

SHOTS = "KIEMDIEM_SCREENSHOTS"
"""A folder into which pictures of /patterns are written; they are looked at, not compared."""


def test_the_first_tab_leads_to_the_content_and_the_keys_open_what_links_do(service: Running) -> None:
    with service.as_(service.town.secretary(FIRST)) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("?")
        expect(page.locator("dialog#keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog#keys")).to_be_hidden()
        page.keyboard.press("/")
        expect(page.locator("#find-q")).to_be_focused()
        page.keyboard.type("hoa")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{service.address}/search?q=hoa")
        expect(page.get_by_role("link", name="Nguyễn Thị Hoa")).to_be_visible()


def test_a_key_pressed_while_writing_is_a_letter(service: Running) -> None:
    with service.as_(service.town.secretary(FIRST)) as page:
        page.goto("/search")
        page.locator("#q").fill("")
        page.keyboard.type("a/?")
        expect(page.locator("#q")).to_have_value("a/?")
        expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_menu_of_ones_own_opens_from_the_keyboard(service: Running, scripts: bool) -> None:
    with service.as_(service.town.secretary(FIRST), java_script_enabled=scripts) as page:
        page.goto("/")
        page.locator(".who > summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".who .menu-list")).to_be_visible()
        if scripts:
            page.keyboard.press("Escape")
            expect(page.locator(".who .menu-list")).to_be_hidden()


def test_a_phone_shows_five_entries_and_the_rest_under_more(service: Running) -> None:
    with service.as_(BOARD, viewport={"width": 360, "height": 740}) as page:
        page.goto("/")
        bar = page.locator(".main-nav > ul > li:visible")
        expect(bar).to_have_count(5)
        page.get_by_text("Khác", exact=True).click()
        expect(page.locator(".nav-more .menu-list")).to_be_visible()
        box = page.locator(".nav-more .menu-list").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 360


def test_type_and_colours_are_chosen_without_scripts_and_stay(service: Running) -> None:
    secretary = service.town.secretary(FIRST)
    with service.as_(secretary, java_script_enabled=False, color_scheme="light") as page:
        page.goto("/look")
        page.get_by_label("Rất lớn").check()
        page.get_by_label("Nền tối").check()
        page.get_by_role("button", name="Dùng lựa chọn này").click()
        expect(page.get_by_text("Đã ghi.")).to_be_visible()
        page.goto("/")
        expect(page.locator("html")).to_have_css("font-size", "24px")
        expect(page.locator("body")).to_have_css("background-color", "rgb(22, 21, 19)")


def test_what_is_written_stays_on_this_device_until_it_is_sent(service: Running) -> None:
    with service.as_(service.town.secretary(FIRST)) as page:
        page.goto("/conflicts")
        field = page.locator("form[method=post] textarea").first
        name = field.evaluate(
            "one => { for (let d = one; d; d = d.parentElement) d.open = true; return one.id }"
        )
        page.locator(f"#{name}").fill("Viết dở")
        expect(page.get_by_text("Đã lưu nháp trên máy này")).to_be_visible()
        page.reload()
        expect(page.locator(f"#{name}")).to_have_value("Viết dở")
        page.locator(f"#{name}").evaluate(
            "one => { for (let d = one; d; d = d.parentElement) d.open = true }"
        )
        page.get_by_role("button", name="Xóa nháp và không lưu nữa").click()
        page.reload()
        expect(page.locator(f"#{name}")).to_have_value("")
        assert page.evaluate("Object.keys(localStorage)") == ["kiemdiem:drafts-off"]


def test_a_draft_outlives_a_question_and_a_refusal_and_goes_with_what_was_done(service: Running) -> None:
    review, kept = f"/r/{member('0104')}", "Object.keys(localStorage).length"
    with service.as_(COMMITTEE) as page:
        form = page.locator('form[action$="/exception"]')
        for written in ("", "Chi bộ đi ba ca"):
            page.goto(review)
            form.evaluate("one => { for (let d = one; d; d = d.parentElement) d.open = true }")
            expect(form.locator("textarea")).to_have_value(written)
            form.locator("textarea").fill("Chi bộ đi ba ca")
            form.locator("[name=document]").fill("15-CV/ĐU")
            form.get_by_role("button", name="Cho phép").click()
            expect(page.locator("#confirmation")).to_be_visible()
            assert page.evaluate(kept) == 1, "asked about, not done"
        page.get_by_role("button", name="Cho phép ngoại lệ").click()
        expect(page.locator("main .notice")).to_be_visible()
        assert page.evaluate(kept) == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_cannot_be_taken_back_is_asked_about_and_answered_from_the_keyboard(
    service: Running, scripts: bool
) -> None:
    with service.as_(COMMITTEE, java_script_enabled=scripts) as page:
        page.goto(f"/r/{member('0105')}")
        title = page.locator('li:has(form[action$="/exception"]) summary')
        title.focus()
        page.keyboard.press("Enter")
        form = page.locator('form[action$="/exception"]')
        for name, typed in (("reason", "Chi bộ đi ba ca"), ("document", "15-CV/ĐU")):
            form.locator(f"[name={name}]").focus()
            page.keyboard.type(typed)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Cho phép ngoại lệ cho")
        expect(page.locator("#confirmation")).to_contain_text("Không rút lại được")
        page.get_by_role("button", name="Quay lại").focus()
        page.keyboard.press("Enter")
        expect(page.locator('form[action$="/exception"] [name=reason]')).to_have_value("Chi bộ đi ba ca")
        page.locator('form[action$="/exception"] button').focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Cho phép ngoại lệ").focus()
        page.keyboard.press("Enter")
        expect(page.locator("main .notice")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_of_every_element_are_written_where_somebody_wants_them(
    shown: Callable[[str, str], Page], theme: str
) -> None:
    page = shown("patterns", "vi")
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of the two above
    picture = page.screenshot(full_page=True)
    assert len(picture) > 50_000, "a page of elements is no empty picture"
    if SHOTS in os.environ:
        folder = Path(os.environ[SHOTS])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"patterns-{theme}.png").write_bytes(picture)
