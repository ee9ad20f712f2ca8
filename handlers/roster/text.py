"""Text as people type it in spreadsheets: cleaned for keeping, folded for comparing."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")


def cleaned(text: str) -> str:
    """The text in NFC, without invisible characters, every run of blanks (also non-breaking) one space,
    trimmed.
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def folded(text: str) -> str:
    """What is left for loose comparison: lower case words without accents or punctuation, đ read as d."""
    decomposed = unicodedata.normalize("NFKD", cleaned(text)).replace("đ", "d").replace("Đ", "D")
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_A_WORD.sub(" ", bare.casefold()).strip()


def folded_header(text: str) -> str:
    """A header folded, leaving out what stands in brackets, such as "(dd/mm/yyyy)"; all of it if nothing
    else is there.
    """
    outside = folded(_PARENTHESES.sub(" ", cleaned(text)))
    return outside or folded(text)
