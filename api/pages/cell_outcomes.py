"""What a row of counts comes to, beside its threshold, before anything is recorded."""

from __future__ import annotations

from api.pages.cell_data import CellData
from api.pages.format import LEVELS
from api.pages.views import StatusText
from api.pages.words import Words
from workflow.rules.ballots import motions_of
from workflow.rules.thresholds import thresholds


class Outcomes:
    """Tells the rows of one table: what each level needs of `members` who count, in one round."""

    def __init__(
        self, cell: CellData, kind: str, levels: tuple[str, ...], number: int, members: int, words: Words
    ) -> None:
        self.levels, self.words, self.of = levels, words, members
        self.scale, self.count = cell.rulebook.scale(kind), cell.rulebook.flow(kind).count
        found = thresholds(
            cell.rulebook, kind, levels, members=members, year=cell.campaign.year, round_number=number
        )
        self.least = {one.level: one.least for one in found}

    def carried(self, counts: tuple[str, ...], proposed: str) -> StatusText | None:
        """The best level with enough papers, else that none has; None where the counts are no numbers.

        The level is named where it is another than the one put forward.
        """
        _ = self.words.gettext
        marks = [
            (level, int(papers))
            for level, papers in zip(self.levels, counts, strict=True)
            if papers.isascii() and papers.isdecimal()
        ]
        if self.scale is None or not marks or not self.least:
            return None
        put = motions_of(self.scale, marks, self.count)
        for level, papers in put:
            least = self.least.get(level)
            if least is not None and papers >= least:
                if level == proposed:
                    told = {"papers": papers, "of": self.of, "least": least}
                    text = _("Đủ phiếu, %(papers)s/%(of)s (cần từ %(least)s)") % told
                    return StatusText(tone="done", text=text)
                return StatusText(
                    tone="done", text=_("Đủ phiếu: %(told)s") % {"told": self._told(level, papers)}
                )
        best = [self._told(level, papers) for level, papers in put[:1]]
        return StatusText(tone="late", text="; ".join([_("Chưa mức nào đủ phiếu"), *best]))

    def needed(self, level: str) -> StatusText | None:
        """What the level put forward needs; None where nobody put one forward or no rule asks anything."""
        least = self.least.get(level)
        if least is None:
            return None
        _ = self.words.gettext
        text = _("Cần từ %(least)s/%(of)s phiếu") % {"least": least, "of": self.of}
        return StatusText(tone="none", text=text)

    def _told(self, level: str, papers: int) -> str:
        _ = self.words.gettext
        return _("%(level)s %(papers)s/%(of)s, cần từ %(least)s") % {
            "level": _(LEVELS[level]),
            "papers": papers,
            "of": self.of,
            "least": self.least.get(level) or "–",
        }
