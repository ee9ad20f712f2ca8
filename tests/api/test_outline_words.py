"""The table of steps: whatever a document or a layer may set in a flow is seen in a row of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.pages.outline_words import cells
from api.pages.words import LANGUAGES, words
from workflow.rules.flow import CHOICES, change_flow
from workflow.rules.rulebook import Rulebook

BALLOT, NO_BALLOT = "duk_2016", "qd366_2025"
KIND = "individual"


def refused(key: str, what: str) -> None:
    """Every choice tried here is one a layer may take."""
    raise AssertionError(f"{key}: {what}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(CHOICES))
def test_every_choice_of_a_flow_changes_a_row(name: str, language: str) -> None:
    book = Rulebook.load(NO_BALLOT if name == "source" else BALLOT)  # a source is told where nobody votes
    gettext = words(language).gettext
    told = []
    for choice in CHOICES[name][1:] if name == "source" else CHOICES[name]:
        change = {"parameter": name, "value": choice, "cite": "HD 02", "permission": "CV 03"}
        flow, _ = change_flow(book.flow(KIND), change, "noi_bo", refused)
        told.append(cells(replace(book, flows={**book.flows, KIND: flow}), KIND, None, gettext, language))
    assert told[0] != told[1]
    assert [row for row, _ in told[0]] == [row for row, _ in told[1]]
