"""The two languages of the pages: Vietnamese messages, and the English catalogue that translates them.

The catalogue is the .po file itself, read once at start, so that nothing has to be compiled for a wheel.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).parents[1] / "locale"
LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"


@dataclass(frozen=True, slots=True)
class Words:
    """Translates messages into one language; a message the catalogue lacks stays Vietnamese."""

    language: str
    single: dict[str, str] = field(default_factory=dict)
    plural: dict[str, tuple[str, str]] = field(default_factory=dict)

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.single.get(message) or message

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form for the count. Vietnamese has one, so `one` and `many` are the same message."""
        forms = self.plural.get(one)
        if forms is not None:
            return forms[0 if count == 1 else 1]
        return one if count == 1 else many

    def pgettext(self, context: str, message: str) -> str:
        """The catalogue has no contexts; the message alone decides."""
        return self.gettext(message)

    def npgettext(self, context: str, one: str, many: str, count: int) -> str:
        """The catalogue has no contexts; the message alone decides."""
        return self.ngettext(one, many, count)


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """The words of a language. Raises ValueError for one the product does not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; known are {', '.join(LANGUAGES)}")
    if language == DEFAULT_LANGUAGE:
        return Words(language)
    single: dict[str, str] = {}
    plural: dict[str, tuple[str, str]] = {}
    with (LOCALE_FOLDER / language / "messages.po").open("rb") as file:
        for message in read_po(file, locale=language, abort_invalid=True):
            if isinstance(message.id, str):
                if message.id and not message.fuzzy:
                    single[message.id] = str(message.string)
            elif not message.fuzzy:
                one, many = tuple(message.string or ("", ""))
                plural[message.id[0]] = (one, many)
    return Words(language, single, plural)


def best_language(chosen: str | None) -> str:
    """The language a person chose, else Vietnamese.

    What the browser asks for is not looked at: office machines are often set up in English.
    """
    return str(chosen) if chosen in LANGUAGES else DEFAULT_LANGUAGE
