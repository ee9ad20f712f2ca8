"""The arithmetic of a comparison as a person does it on paper: 3·8 as 3 × 8 = 24."""

from __future__ import annotations

import re
from decimal import Decimal

from api.pages.format import number

PRODUCT = re.compile(r"(?<![\d.,])(\d+)·(\d+)(?:/(\d+))?(?![\d.,])")


def reckoned(comparison: str, language: str = "vi") -> str:
    """Each product of whole numbers with what it comes to, divided where the rule divides.

    "3·8 không lớn hơn 2·12" becomes "3 × 8 = 24 không lớn hơn 2 × 12 = 24"; "20·9/100 → 1" becomes
    "20 × 9 / 100 = 1,8 → 1". What is no product stays as it is.
    """

    def told(found: re.Match[str]) -> str:
        left, right, parts = found.groups()
        whole = int(left) * int(right)
        if parts is None:
            return f"{left} × {right} = {number(whole, language)}"
        if int(parts) == 0:
            return found.group()
        exact = Decimal(whole) / int(parts)
        shown = int(exact) if exact == int(exact) else exact.quantize(Decimal("0.01")).normalize()
        return f"{left} × {right} / {parts} = {number(shown, language)}"

    return PRODUCT.sub(told, comparison)
