"""The scales a review can end on, best level first, with the words a document prints."""

from dataclasses import dataclass

NAMES: dict[str, tuple[str, str]] = {
    "HTXSNV": ("Hoàn thành xuất sắc nhiệm vụ", "Excellent completion of tasks"),
    "HTTNV": ("Hoàn thành tốt nhiệm vụ", "Good completion of tasks"),
    "HTNV": ("Hoàn thành nhiệm vụ", "Completion of tasks"),
    "KHTNV": ("Không hoàn thành nhiệm vụ", "Tasks not completed"),
    "TSVM": ("Trong sạch, vững mạnh", "Clean and strong"),
    "YK": ("Yếu kém", "Weak"),
    "HTNV_HAN_CHE": (
        "Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực",
        "Completion of tasks with limits of ability",
    ),
}
"""Vietnamese and English name of every level and staff rating."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An ordered scale, best level first. Comparisons are by place, never by spelling."""

    levels: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.levels) < 2:
            raise ValueError("a scale needs at least two levels")

    def place(self, level: str) -> int:
        """0 for the best level; KeyError for a level of another scale."""
        try:
            return self.levels.index(level)
        except ValueError:
            raise KeyError(f"{level} is not on the scale {' > '.join(self.levels)}") from None

    def at_least(self, level: str, wanted: str) -> bool:
        """Whether `level` is `wanted` or better."""
        return self.place(level) <= self.place(wanted)

    def better(self, level: str, other: str) -> bool:
        """Whether `level` is strictly better than `other`."""
        return self.place(level) < self.place(other)

    def next_lower(self, level: str) -> str | None:
        """The level below, None at the end of the scale."""
        place = self.place(level) + 1
        return self.levels[place] if place < len(self.levels) else None

    @property
    def top(self) -> str:
        """The level quotas count."""
        return self.levels[0]

    @property
    def lowest(self) -> str:
        """The level triggers lead to."""
        return self.levels[-1]
