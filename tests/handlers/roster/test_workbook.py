"""A file that cannot be read safely is refused with one clear sentence."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from handlers.roster.problems import WorkbookRefused
from handlers.roster.sentences import WORKBOOK_SENTENCES
from handlers.roster.workbook import Limits, open_workbook
from tests.handlers.roster.sheets import roster, saved, workbook


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _with_part(book: bytes, part: str, content: bytes) -> bytes:
    """The workbook with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return stream.getvalue()


def _sheet_xml(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def _encrypted_flag(book: bytes) -> bytes:
    """Marks the parts as encrypted, in the directory at the end of the archive."""
    content = bytearray(book)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Ho va ten,Chi bo\nA,B\n", "not_a_spreadsheet"),
        (b"<html><table></table></html>", "not_a_spreadsheet"),
        (b"PK\x03\x04 and then nothing of an archive", "not_a_spreadsheet"),
        (_zip(**{"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "not_a_spreadsheet"),
        (_zip(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"<x/>"}), "old_format"),
        (_OLE + b"\0" * 600, "old_format"),
        (_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (_encrypted_flag(roster()), "encrypted"),
        (_zip(**{"xl/workbook.xml": b"<x", "[Content_Types].xml": b"<x/>"}), "damaged"),
        (_with_part(roster(), "xl/workbook.xml", b"<workbook>"), "damaged"),
        (_with_part(roster(), _FIRST_SHEET, b"<worksheet><sheetData><row>"), "damaged"),
        (_with_part(roster(), _FIRST_SHEET, _ENTITIES), "unsafe"),
        (_with_part(roster(), "xl/media/zeros.bin", b"\0" * 30_000_000), "expands_too_much"),
        (_zip(**{f"part{number}": b"" for number in range(1001)}), "too_many_parts"),
    ],
)
def test_a_file_that_is_no_safe_workbook_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        open_workbook(content)
    assert refused.value.reason == reason
    for language in ("vi", "en"):
        assert "{" not in refused.value.sentence(language)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(file_bytes=100), "too_large"),
        (Limits(unpacked_bytes=1000), "expands_too_much"),
        (Limits(sheets=2), "too_many_sheets"),
        (Limits(rows=3), "too_many_rows"),
        (Limits(columns=6), "too_many_columns"),
    ],
)
def test_each_limit_is_kept(limits: Limits, reason: str) -> None:
    assert open_workbook(roster()).sheets
    with pytest.raises(WorkbookRefused) as refused:
        open_workbook(roster(), limits)
    assert refused.value.reason == reason


def test_a_file_is_measured_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(WorkbookRefused) as refused:
        open_workbook(path)
    assert refused.value.facts["size_mb"] == "50"


def test_a_cut_file_is_refused_wherever_it_is_cut() -> None:
    whole = roster()
    for end in range(1, len(whole), 97):
        with pytest.raises(WorkbookRefused):
            open_workbook(whole[:end])


def test_row_and_column_numbers_beyond_excel_cost_nothing() -> None:
    """A row numbered by the billion would be padded with a billion empty rows by a reader that trusts it."""
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A99999999999"><v>2</v></c></row>'
    )
    book = _with_part(workbook(Đảng_viên=[["x"]]), _FIRST_SHEET, _sheet_xml(rows))
    assert [row.number for row in open_workbook(book).sheets[0].rows] == [1]


def test_a_declared_dimension_is_not_believed() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="5"><c r="C5"><v>7</v></c></row>'
    xml = _sheet_xml(rows).replace(b"<sheetData>", b'<dimension ref="A1:A1"/><sheetData>')
    book = _with_part(workbook(Đảng_viên=[["x"]]), _FIRST_SHEET, xml)
    last = open_workbook(book).sheets[0].rows[-1]
    assert (last.number, last.cells[2].value) == (5, 7)


def test_formulas_give_their_stored_value_and_are_never_computed() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Đảng viên")
    sheet.write_formula(0, 0, "=1+1", None, 2)
    sheet.write_string(0, 1, "=cmd|'/c calc'!A0")
    book.close()
    cells = open_workbook(stream.getvalue()).sheets[0].rows[0].cells
    assert [cell.value for cell in cells] == [2, "=cmd|'/c calc'!A0"]


def test_a_formula_without_a_stored_value_is_not_taken_for_a_blank_cell() -> None:
    book: Any = openpyxl.Workbook()
    book.active["B3"] = "=A1&A2"
    row = open_workbook(saved(book)).sheets[0].rows[0]
    assert row.number == 3
    assert row.cells[1].is_formula_without_value


@pytest.mark.parametrize("date_1904", [False, True])
def test_real_dates_are_read_in_both_calendars_of_excel(date_1904: bool) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": date_1904})
    form = book.add_format({"num_format": "dd/mm/yyyy"})
    book.add_worksheet("Đảng viên").write_datetime(0, 0, datetime(2016, 2, 29), form)  # noqa: DTZ001 - a cell has no zone
    book.close()
    assert open_workbook(stream.getvalue()).sheets[0].rows[0].cells[0].shown == "29/02/2016"


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    for reason, sentences in WORKBOOK_SENTENCES.items():
        assert sentences.keys() == {"vi", "en"}, reason
        assert all(text.endswith(".") for text in sentences.values()), reason
