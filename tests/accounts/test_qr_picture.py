"""The square a phone reads the secret of one-time codes from."""

from __future__ import annotations

import re

import pytest
import segno

from api.pages.qr_picture import QUIET_MODULES, qr_picture
from api.pages.views_sign_in import QrPicture
from handlers.accounts.codes import address_for_apps

SECRET = b"12345678901234567890"


def dark_modules(picture: QrPicture) -> set[tuple[int, int]]:
    """Where the path is dark, as column and row."""
    strokes = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", picture.path)
    assert "".join(f"M{x} {y}h{length}v1h-{back}z" for x, y, length, back in strokes) == picture.path
    assert all(length == back for _, _, length, back in strokes)
    return {(int(x) + along, int(y)) for x, y, length, _ in strokes for along in range(int(length))}


@pytest.mark.parametrize("login", ["an", "0021", "nguyễn.thị.ánh", "a" * 60])
def test_the_path_is_dark_where_the_code_is_and_nowhere_else(login: str) -> None:
    address = address_for_apps(SECRET, login)
    code = segno.make_qr(address, error="m")
    wanted = {
        (x + QUIET_MODULES, y + QUIET_MODULES)
        for y, row in enumerate(code.matrix)
        for x, dark in enumerate(row)
        if dark
    }
    assert dark_modules(qr_picture(address)) == wanted


def test_four_light_modules_are_left_on_every_side() -> None:
    picture = qr_picture(address_for_apps(SECRET, "an"))
    columns, rows = ({one[axis] for one in dark_modules(picture)} for axis in (0, 1))
    edges = (min(columns), min(rows), picture.modules - 1 - max(columns), picture.modules - 1 - max(rows))
    assert edges == (QUIET_MODULES,) * 4
