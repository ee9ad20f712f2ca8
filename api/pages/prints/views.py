"""What a page that is made to be printed shows: one paper, and on the screen alone the way back."""

from dataclasses import dataclass

from api.pages.views import Page
from handlers.printing.papers import Paper


@dataclass(frozen=True, kw_only=True)
class PrintPage(Page):
    """One paper on A4. `back` and `sheet` lead to the page it belongs to and to the same as a workbook."""

    TEMPLATE = "print.html"
    paper: Paper
    body: str
    back: str
    sheet: str
    advice: str = ""
    """What to know before printing, on the screen alone."""
