"""Every page, in every state and both languages, keeps the manners of the product."""

import re
from dataclasses import replace

import pytest

from api.pages.rendering import render
from api.pages.views_board import HeatCell
from tests.api.html_outline import Outline, outline
from tests.api.page_samples import all_pages
from tests.api.page_samples_board import board
from tests.api.page_samples_cell import cell
from tests.api.page_samples_review import review

PAGES = {
    f"{name}.{language}": page for language in ("vi", "en") for name, page in all_pages(language).items()
}


@pytest.fixture(scope="module")
def outlines() -> dict[str, Outline]:
    return {name: outline(render(page)) for name, page in PAGES.items()}


@pytest.fixture(params=PAGES, ids=list(PAGES))
def page(request: pytest.FixtureRequest, outlines: dict[str, Outline]) -> Outline:
    return outlines[request.param]


def test_a_page_names_its_language_and_has_one_heading(page: Outline) -> None:
    assert page.all("html")[0].attributes["lang"] in {"vi", "en"}
    assert len(page.all("h1")) == 1
    assert page.all("h1")[0].text.strip()
    assert page.all("title")[0].text.strip()


def test_nothing_is_written_into_the_page_that_the_security_policy_forbids(page: Outline) -> None:
    for element in page.elements:
        assert element.tag != "style"
        assert "style" not in element.attributes
        assert not [name for name in element.attributes if name.startswith(("on", "hx-on"))]
        if element.tag == "script":
            assert element.attributes["src"].startswith("/static/")
            assert not element.text.strip()


def test_a_page_asks_no_other_host(page: Outline) -> None:
    for element in page.elements:
        for name in ("src", "href", "action", "srcset"):
            assert not re.match(r"(\w+:)?//", element.attributes.get(name, "")), element


def test_the_first_thing_a_keyboard_meets_is_the_way_to_the_content(page: Outline) -> None:
    first = page.all("a", "button", "input", "select")[0]
    assert first.attributes["href"] == "#content"
    assert next(e for e in page.elements if e.attributes.get("id") == "content").tag == "main"


def test_every_input_has_a_label(page: Outline) -> None:
    targets = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    for element in page.all("input", "select", "textarea"):
        if element.attributes.get("type") == "hidden":
            continue
        labelled = element.attributes.get("aria-label") or element.attributes.get("id") in targets
        assert labelled or "label" in element.inside, element


def test_ids_are_unique_and_what_refers_to_them_finds_them(page: Outline) -> None:
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set(element.attributes.get(name, "").split()) <= set(ids), element


def test_every_heading_cell_of_a_table_says_what_it_heads(page: Outline) -> None:
    for element in page.all("th"):
        assert element.attributes.get("scope") in {"col", "row", "rowgroup", "colgroup"}, element


def test_every_form_that_changes_something_carries_its_token(page: Outline) -> None:
    posting = [form for form in page.all("form") if form.attributes.get("method") == "post"]
    tokens = [i for i in page.all("input") if i.attributes.get("name") == "csrf" and "form" in i.inside]
    assert len(tokens) == len(posting)


def test_a_part_that_stays_up_to_date_can_be_found_again(page: Outline) -> None:
    """It is exchanged for the part of the same id, and its topic is one that the script knows."""
    for element in page.elements:
        if "data-live" in element.attributes:
            assert element.attributes.get("id"), element
            assert element.attributes["data-live"] in {"", "*", "notices", "letters"}, element


def test_a_name_that_is_markup_is_shown_as_a_name() -> None:
    html = render(replace(review("vi"), name='<script>alert("x")</script>'))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_board_answers_in_its_heading() -> None:
    text = outline(render(board("vi"))).all("h1")[0].text.replace("\u00a0", " ")
    assert text == "Tiến độ: 1 chi bộ trễ, 1 chi bộ bị trả lại, 1 chi bộ có nguy cơ trễ"
    calm = replace(board("en"), late=0, refused=0, risk=0)
    assert outline(render(calm)).all("h1")[0].text == "Progress: no cell is late"


@pytest.mark.parametrize(
    ("done", "late", "step"),
    [
        (0, False, "none"),
        (1, False, "1"),
        (5, False, "2"),
        (10, False, "3"),
        (15, False, "4"),
        (19, False, "4"),
        (20, False, "done"),
        (0, True, "late"),
        (20, True, "done"),  # what is finished is no longer late on the board; its history says so
    ],
)
def test_a_heat_cell_has_four_steps_between_nothing_and_done(done: int, late: bool, step: str) -> None:
    assert HeatCell(stage="voted", done=done, total=20, late=late).step == step


def test_the_meeting_form_posts_the_fields_its_view_promises() -> None:
    names = {e.attributes.get("name", "") for e in outline(render(cell("vi"))).all("input", "select")}
    review_id = "2016.member.0002"
    assert names >= {
        "csrf",
        "command_id",
        "meeting",
        "day",
        "superior_attended",
        "present",
        "ticked",
    }
    assert names >= {"issued", "collected", "invalid", "secret", "announced", "took_place"}
    parts = ("reviewed", "number", "chair", "presented", "residence", "concluded")
    assert names >= {f"session.{review_id}.{part}" for part in parts}
    assert names >= {f"ballot.p.3.{level}" for level in ("HTXSNV", "HTTNV", "HTNV", "KHTNV")}


def test_what_was_typed_is_still_there_beside_what_is_wrong() -> None:
    page = outline(render(cell("vi")))
    wrong = [e for e in page.all("input") if e.attributes.get("aria-invalid") == "true"]
    assert {"2", "12", "6"} <= {e.attributes.get("value") for e in wrong}
    ids = {e.attributes.get("id") for e in page.elements}
    errors = [e for e in page.all("a") if e.attributes.get("href", "").startswith(("#s-", "#b-"))]
    assert len(errors) == 2
    assert {e.attributes["href"][1:] for e in errors} <= ids


def test_failing_and_unknown_findings_come_first() -> None:
    order = [finding.verdict for finding in review("vi").sorted_findings]
    assert order == ["fails", "unknown", "holds", "not_applicable"]
