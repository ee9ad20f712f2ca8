"""Turns a page's view into HTML: templates, words, formats and the addresses of static files."""

from dataclasses import fields
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from api.pages import format as formats
from api.pages.views import Page
from api.pages.words import words

STATIC_FOLDER = Path(__file__).parents[1] / "static"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: only our own files, nothing written into the page itself."""


def render(page: Page) -> str:
    """The whole HTML of a page, in the language its frame names."""
    template = _environment(page.frame.language).get_template(page.TEMPLATE)
    return template.render({entry.name: getattr(page, entry.name) for entry in fields(page)} | {"page": page})


@lru_cache(maxsize=5_000)
def drawn(language: str, template: str, macro: str, *shown: object) -> Markup:
    """A part of a page by a macro of a template, drawn once for as long as what it shows is the same."""
    module = _environment(language).get_template(template).module
    return Markup(getattr(module, macro)(*shown))


@lru_cache(maxsize=2)
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("api", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    spoken = words(language)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        spoken.gettext, spoken.ngettext, newstyle=True, pgettext=spoken.pgettext, npgettext=spoken.npgettext
    )
    environment.globals.update(
        language=language,
        static=static_address,
        drawn=partial(drawn, language),
        STAGES=_translated(formats.STAGES, language),
        STANDINGS=_translated(formats.STANDINGS, language),
        LEVELS=_translated(formats.LEVELS, language),
        FLAGS=_translated(formats.FLAGS, language),
        KINDS=_translated(formats.KINDS, language),
        VERDICTS=_translated(formats.VERDICTS, language),
        LEVEL_BARS=formats.LEVEL_BARS,
    )
    environment.filters.update(
        day=formats.day,
        short_day=formats.short_day,
        moment=formats.moment,
        clock_time=formats.clock_time,
        weekday=lambda value: spoken.gettext(formats.weekday(value)),
        number=partial(formats.number, language=language),
        together=_together,
        whole=formats.whole,
    )
    return environment


def _together(text: str) -> str:
    """Keeps what is already safe markup safe; the words joined are plain text either way."""
    joined = formats.together(text)
    return Markup(joined) if isinstance(text, Markup) else joined


def _translated(messages: dict[str, str], language: str) -> dict[str, str]:
    spoken = words(language)
    return {code: spoken.gettext(message) for code, message in messages.items()}


@lru_cache(maxsize=256)
def static_address(name: str) -> str:
    """The address of a static file, with the start of its sum, so that browsers may keep it for ever."""
    digest = sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"
