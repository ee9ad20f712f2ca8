"""Both languages are complete, and days, numbers and names are written the Vietnamese way."""

import re
import tomllib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from api.pages import format as formats
from api.pages.words import best_language, words
from handlers.names import name_key

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def _messages() -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    keywords = {"_": None, "ngettext": (1, 2), "N_": None}
    options = {"**.html": {"trimmed": "true", "extensions": "jinja2.ext.do"}}
    for folder, method in (("api/pages", [("**.py", "python")]), ("api/templates", [("**.html", "jinja2")])):
        for entry in extract_from_dir(ROOT / folder, method, options, keywords):
            found.add(entry[2])
    return found


def test_every_message_of_the_pages_is_in_the_english_catalogue() -> None:
    english = words("en")
    messages = _messages()
    assert len(messages) > 250
    single = {message for message in messages if isinstance(message, str)}
    plural = {message[0] for message in messages if not isinstance(message, str)}
    assert single - set(english.single) == set()
    assert plural - set(english.plural) == set()
    assert set(english.single) - single == set(), "no longer used"
    assert set(english.plural) - plural == set(), "no longer used"


def test_a_translation_keeps_the_places_of_its_message() -> None:
    english = words("en")
    pairs = [
        *english.single.items(),
        *((key, form) for key, forms in english.plural.items() for form in forms),
    ]
    for message, translation in pairs:
        assert sorted(PLACEHOLDER.findall(message)) == sorted(PLACEHOLDER.findall(translation)), message
        assert translation.strip()


def test_english_counts_one_and_many() -> None:
    message = "%(num)d chi bộ"
    assert words("en").ngettext(message, message, 1) == "%(num)d cell"
    assert words("en").ngettext(message, message, 2) == "%(num)d cells"
    assert words("vi").ngettext(message, message, 2) == message


@pytest.mark.parametrize(("chosen", "language"), [("en", "en"), ("vi", "vi"), (None, "vi"), ("fr", "vi")])
def test_pages_are_vietnamese_unless_a_person_chooses_english(chosen: str | None, language: str) -> None:
    """The browser's own language decides nothing: office machines are often set up in English."""
    assert best_language(chosen) == language


def test_numbers_have_a_point_for_thousands_and_a_comma_for_tenths() -> None:
    assert formats.number(Decimal("1234.50")) == "1.234,50"
    assert formats.number(1234567) == "1.234.567"
    assert formats.number(Decimal("1234.5"), "en") == "1,234.5"
    assert formats.number(None) == "–"


def test_days_are_shown_as_days_in_vietnam() -> None:
    assert formats.day(date(2017, 1, 5)) == "05/01/2017"
    late_evening = datetime(2016, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight in Hà Nội
    assert formats.day(late_evening) == "01/01/2017"
    assert formats.moment(late_evening) == "01/01/2017, 00:30"
    assert formats.short_day(None) == "–"
    with pytest.raises(ValueError, match="zone"):
        formats.moment(datetime(2017, 1, 1))  # noqa: DTZ001 - the wrong value is the point


def test_names_are_sorted_by_given_name_in_the_order_of_the_alphabet() -> None:
    names = [
        "Nguyễn Văn Đức",
        "Trần Thị Dung",
        "Bùi Văn Ánh",
        "Lê Thị An",
        "Phạm Văn Ân",
        "Lê Ăn",
        "Đỗ Văn An",
    ]
    assert sorted(names, key=name_key) == [
        "Đỗ Văn An",
        "Lê Thị An",
        "Bùi Văn Ánh",
        "Lê Ăn",
        "Phạm Văn Ân",
        "Trần Thị Dung",
        "Nguyễn Văn Đức",
    ]


def test_a_tone_decides_only_where_the_letters_are_the_same() -> None:
    names = ["Lã", "Lan", "Là", "La", "Lạ", "Lá", "Lả"]
    assert sorted(names, key=name_key) == ["La", "Là", "Lả", "Lã", "Lá", "Lạ", "Lan"]


def test_a_search_without_accents_finds_a_name_in_either_normal_form() -> None:
    decomposed = "Đặng Thị Hồng"
    assert formats.plain(decomposed) == "dang thi hong"
    assert formats.plain("ĐẶNG  thị HỒNG") == "dang thi hong"


def test_compounds_and_counts_do_not_break_over_two_lines() -> None:
    assert formats.together("1 chi bộ trễ") == "1\u00a0chi\u00a0bộ trễ"
    assert formats.together("sớm 6 ngày làm việc") == "sớm 6\u00a0ngày làm việc"
    assert formats.whole("Vũ Minh Đức") == "Vũ\u00a0Minh\u00a0Đức"


def test_every_name_of_a_code_has_an_english_name() -> None:
    english = words("en").single
    tables = (
        formats.STAGES,
        formats.STANDINGS,
        formats.LEVELS,
        formats.FLAGS,
        formats.KINDS,
        formats.VERDICTS,
    )
    for table in tables:
        assert set(table.values()) <= set(english)
    assert set(formats.LEVEL_BARS) == set(formats.LEVELS)


def test_the_catalogue_travels_with_the_package() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]
    assert "api" in packages["wheel"]["packages"]
