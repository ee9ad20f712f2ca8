"""Invented Vietnamese names, the same ones on every run; any likeness to a living person is chance."""

# ruff: noqa: SIM905, E501 - a list of words is easier to read and to extend as one text

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_SURNAMES = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương "
    "Lý Đoàn Trịnh Mai Đinh Lâm Trương Hà Tạ Cao Thái Tô Từ Quách Kiều Lương Lưu Văn Chu Thân Triệu Nghiêm Bạch Khúc "
    "Viên Đàm Tăng Phùng Giang Vi Ninh Doãn Mạc Thạch La Ông Tiêu Âu Lục Khổng Hứa"
).split()
_MEN_MIDDLE = (
    "Văn Văn Văn Hữu Đức Quang Minh Thanh Đình Xuân Ngọc Công Quốc Trọng Duy Anh Bá Thế Tuấn Hoàng Mạnh Tiến Khắc "
    "Phúc Gia Nhật Viết Sỹ Đăng Hải"
).split()
_MEN_GIVEN = (
    "Hùng Dũng Cường Tuấn Sơn Thắng Long Hải Nam Bình Tâm Phong Khánh Lộc Phúc Vinh Quân Hoàng Trung Kiên Đạt Toàn "
    "Thịnh Hưng Nghĩa Tín Khôi Lâm Thành Trí Hòa Bảo Duy Quý Tùng Huy Việt An Hiếu Nhân Phát Tài Vũ Khang Luân Hậu "
    "Chiến Thuận Định Cảnh"
).split()
_WOMEN_MIDDLE = (
    "Thị Thị Thị Thị Thu Ngọc Thanh Kim Mỹ Bích Hồng Minh Phương Thúy Diệu Khánh Hoài Tuyết Mai Quỳnh Ánh Như "
    "Thùy Hải Xuân Cẩm"
).split()
_WOMEN_GIVEN = (
    "Lan Hương Hoa Mai Hạnh Thủy Nga Hà Linh Trang Ngọc Yến Thảo Hiền Vân Dung Loan Phượng Oanh Nhung Thu Tuyết "
    "Diệp Châu Giang Anh Quyên Trâm Xuân Hằng Duyên Nguyệt Tâm Vy Chi Đào Liên Thơ Bình Khuê"
).split()


def invented_names(seed: int, taken: set[str]) -> Iterator[tuple[str, bool]]:
    """Full names and whether they are women's, none twice and none of `taken`; the same for the same seed."""
    chance = Random(seed)
    used = set(taken)
    while True:
        woman = chance.random() < 0.36
        middle, given = (_WOMEN_MIDDLE, _WOMEN_GIVEN) if woman else (_MEN_MIDDLE, _MEN_GIVEN)
        parts = [chance.choice(_SURNAMES), chance.choice(middle), chance.choice(given)]
        if len(set(parts)) < 3:
            continue
        name = " ".join(parts)
        if name not in used:
            used.add(name)
            yield name, woman
