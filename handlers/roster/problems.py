"""What is wrong with an uploaded file: the whole file refused, or single cells reported, each as sentences.

    RosterProblem
    ├── WorkbookRefused      the file cannot be read at all, or not safely
    ├── RosterHasProblems    it was read, cells are wrong, nothing was imported
    ├── RosterWouldDangle    it takes away a body others still belong to
    ├── RosterMoved          the roster changed after the preview
    ├── NoSuchImport         no upload of that id
    └── ImportDecided        the upload was confirmed or turned down before

A `CellProblem` is no exception: all of them are collected and shown at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal

from handlers.roster.sentences import CELL_SENTENCES, WORKBOOK_SENTENCES

Language = Literal["vi", "en"]


class RosterProblem(Exception, ABC):
    """The family of what an import can be refused for. Subclasses take the facts and build the sentence."""

    @abstractmethod
    def sentence(self, language: Language = "vi") -> str:
        """What is wrong and what to do."""


class WorkbookRefused(RosterProblem):
    """The uploaded file is refused as a whole; `reason` is a key of `WORKBOOK_SENTENCES`."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.facts = {name: str(value) for name, value in facts.items()}
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "vi") -> str:
        """What is wrong with the file and what to do, in one or two sentences."""
        return WORKBOOK_SENTENCES[self.reason][language].format(**self.facts)


@dataclass(frozen=True, kw_only=True, slots=True)
class CellProblem:
    """One wrong cell. `cell` is an address such as "C17"; empty when a whole sheet or column is missing."""

    sheet: str
    cell: str
    row: int
    column: str
    value: str
    kind: str
    facts: tuple[tuple[str, str], ...] = ()

    def what(self, language: Language = "vi") -> str:
        """What is wrong, as one sentence."""
        return CELL_SENTENCES[self.kind].what[language].format(**dict(self.facts))

    def expected(self, language: Language = "vi") -> str:
        """What should stand in the cell."""
        return CELL_SENTENCES[self.kind].expected[language].format(**dict(self.facts))

    def as_json(self) -> dict[str, object]:
        """Plain values for the imports table and for API answers, sentences in both languages included."""
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "kind": self.kind,
            "facts": [list(fact) for fact in self.facts],
            "what": {"vi": self.what("vi"), "en": self.what("en")},
            "expected": {"vi": self.expected("vi"), "en": self.expected("en")},
        }


class RosterHasProblems(RosterProblem):
    """Cells are wrong and "good rows only" was not asked for, so nothing was imported."""

    def __init__(self, problems: tuple[CellProblem, ...]) -> None:
        assert problems
        self.problems = problems
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "vi") -> str:
        """How many cells need correcting, and the two ways on."""
        count = len(self.problems)
        if language == "vi":
            return (
                f"{count} ô cần sửa, chưa nhập dòng nào. "
                "Sửa trong Excel rồi tải lại, hoặc chỉ nhập các dòng đúng."
            )
        return (
            f"{count} cell(s) need correcting and no row was imported. "
            "Correct them in the spreadsheet and upload it again, or import the good rows only."
        )


class RosterWouldDangle(RosterProblem):
    """The file takes away a body that people, posts or other bodies still belong to and does not say where
    they go.
    """

    def __init__(self, dangling: tuple[tuple[str, str, str], ...]) -> None:
        self.dangling = dangling
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "vi") -> str:
        """Which bodies would leave how many records behind, and what to do."""
        bodies = ", ".join(sorted({missing for _, _, missing in self.dangling}))
        count = len(self.dangling)
        if language == "vi":
            return (
                f"Tệp không còn tổ chức {bodies} nhưng {count} dòng vẫn thuộc về đó. "
                "Thêm trang Đảng viên và Chức vụ ghi rõ nơi chuyển đến, rồi tải lại."
            )
        return (
            f"The file no longer has {bodies}, but {count} record(s) still belong there. "
            "Add the sheets Đảng viên and Chức vụ that say where they go, and upload it again."
        )


class RosterMoved(RosterProblem):
    """The roster was changed by someone else after the difference was shown."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind = kind
        self.key = key
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "vi") -> str:
        """Which record moved on, and what to do."""
        if language == "vi":
            return (
                f"Danh sách đã thay đổi sau khi xem trước (ở mã {self.key}). Xem lại thay đổi rồi xác nhận."
            )
        return f"The roster changed after the preview (at {self.key}). Look at the changes again and confirm."


class NoSuchImport(RosterProblem):
    """No uploaded file has this id."""

    def __init__(self, import_id: str) -> None:
        self.import_id = import_id
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "vi") -> str:
        """Which id is unknown."""
        if language == "vi":
            return f"Không có lần nhập nào mang mã {self.import_id}. Tải tệp lên lại."
        return f"There is no import {self.import_id}. Upload the file again."


class ImportDecided(RosterProblem):
    """The uploaded file was confirmed or turned down before."""

    def __init__(self, import_id: str, state: str) -> None:
        self.import_id = import_id
        self.state = state
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "vi") -> str:
        """What became of the file."""
        if language == "vi":
            done = {"confirmed": "đã được xác nhận", "rejected": "đã bị bỏ"}[self.state]
            return f"Lần nhập {self.import_id} {done}. Muốn thay đổi thêm thì tải tệp mới."
        return f"Import {self.import_id} was already {self.state}. Upload a new file to change more."
