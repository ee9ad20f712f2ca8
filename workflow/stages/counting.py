"""Counts on paper: what cannot be is refused, and the sum that is wrong is named."""

from __future__ import annotations

from workflow.commands.meeting import Papers
from workflow.errors import BadCounts


def reconcile(name: str, papers: Papers, entitled: int, tallies: list[tuple[str, int]]) -> None:
    """Refuse counts that cannot be: the sum that is wrong is named.

    Blank and invalid papers count among those issued, never in favour (C-10).
    """
    figures = {
        "issued": papers.issued,
        "collected": papers.collected,
        "valid": papers.valid,
        "invalid": papers.invalid,
    }
    for field, figure in figures.items():
        if figure < 0:
            raise BadCounts(name, f"{field} = {figure} là số âm.", f"{field} = {figure} is negative.")
    if papers.issued > entitled:
        raise BadCounts(
            name,
            f"phát ra {papers.issued} phiếu nhưng chỉ có {entitled} người được bỏ phiếu.",
            f"{papers.issued} papers issued, but only {entitled} people may vote.",
        )
    if papers.collected > papers.issued:
        raise BadCounts(
            name,
            f"thu về {papers.collected} phiếu, nhiều hơn {papers.issued} phiếu phát ra.",
            f"{papers.collected} papers collected, more than the {papers.issued} issued.",
        )
    if papers.valid + papers.invalid != papers.collected:
        raise BadCounts(
            name,
            f"{papers.valid} hợp lệ + {papers.invalid} không hợp lệ ≠ {papers.collected} thu về.",
            f"{papers.valid} valid + {papers.invalid} invalid ≠ {papers.collected} collected.",
        )
    for row, in_favour in tallies:
        if in_favour < 0 or in_favour > papers.valid:
            raise BadCounts(
                name,
                f"{row}: {in_favour} phiếu, ngoài khoảng 0 đến {papers.valid} phiếu hợp lệ.",
                f"{row}: {in_favour} papers, outside 0 to {papers.valid} valid ones.",
            )


def check_sums(name: str, papers: Papers, counts: dict[str, list[tuple[str, int]]]) -> None:
    """One paper carries one mark a person: all levels of a person together stay within the valid papers."""
    for review, tallies in counts.items():
        total = sum(in_favour for _, in_favour in tallies)
        if total > papers.valid:
            raise BadCounts(
                name,
                f"{review}: các mức cộng lại {total} phiếu, nhiều hơn {papers.valid} phiếu hợp lệ.",
                f"{review}: the levels add up to {total}, more than {papers.valid} valid papers.",
            )
        if len({level for level, _ in tallies}) != len(tallies):
            raise BadCounts(
                name, f"{review}: một mức được ghi hai lần.", f"{review}: a level is given twice."
            )
