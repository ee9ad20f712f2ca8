"""Every type of body of every regime, in one table: who leads it, what it may stand under, whom it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class OrganisationType(StrEnum):
    """What a body of the tree is; the identifiers follow the glossary."""

    DANG_BO_TINH = "dang_bo_tinh"
    DANG_BO_KHOI = "dang_bo_khoi"
    DANG_BO_CAP_TREN = "dang_bo_cap_tren"
    DANG_BO_CO_SO = "dang_bo_co_so"
    CHI_BO_CO_SO = "chi_bo_co_so"
    DANG_BO_BO_PHAN = "dang_bo_bo_phan"
    CHI_BO_TRUC_THUOC = "chi_bo_truc_thuoc"
    TO_DANG = "to_dang"
    ADMINISTRATION = "administration"
    MASS_ORGANISATION = "mass_organisation"
    LEADERSHIP_COLLECTIVE = "leadership_collective"
    CONG_DOAN_NGANH = "cong_doan_nganh"
    CONG_DOAN_CAP_TREN = "cong_doan_cap_tren"
    CONG_DOAN_CO_SO = "cong_doan_co_so"
    CONG_DOAN_BO_PHAN = "cong_doan_bo_phan"
    CO_QUAN_CONG_DOAN = "co_quan_cong_doan"


class Branch(StrEnum):
    """To which tree a type of body belongs."""

    PARTY = "party"
    UNION = "union"
    BESIDE = "beside"


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyKind:
    """What a type of body is.

    `collective` is the collective that leads it, None where none is reviewed. `under` are the types that
    may stand directly above it, `top` whether it may have nothing above it. `rolls` says that people are
    on its roll: members of a Party cell, or the cadres and staff of a union.
    """

    branch: Branch
    collective: str | None = None
    under: frozenset[OrganisationType] = frozenset()
    top: bool = False
    rolls: bool = False


_HIGHER: Final = frozenset(
    {OrganisationType.DANG_BO_TINH, OrganisationType.DANG_BO_KHOI, OrganisationType.DANG_BO_CAP_TREN}
)
_CELLS: Final = frozenset({OrganisationType.CHI_BO_CO_SO, OrganisationType.CHI_BO_TRUC_THUOC})
_COMMITTEES: Final = _HIGHER | {OrganisationType.DANG_BO_CO_SO, OrganisationType.DANG_BO_BO_PHAN}
_PARTY: Final = _COMMITTEES | _CELLS
_UNION: Final = frozenset(
    {
        OrganisationType.CONG_DOAN_NGANH,
        OrganisationType.CONG_DOAN_CAP_TREN,
        OrganisationType.CONG_DOAN_CO_SO,
        OrganisationType.CONG_DOAN_BO_PHAN,
        OrganisationType.CO_QUAN_CONG_DOAN,
    }
)

BODIES: Final[Mapping[OrganisationType, BodyKind]] = {
    OrganisationType.DANG_BO_TINH: BodyKind(branch=Branch.PARTY, collective="btv_tinh", top=True),
    OrganisationType.DANG_BO_KHOI: BodyKind(
        branch=Branch.PARTY, collective="btv_khoi", under=frozenset({OrganisationType.DANG_BO_TINH}), top=True
    ),
    OrganisationType.DANG_BO_CAP_TREN: BodyKind(
        branch=Branch.PARTY,
        collective="btv_cap_tren",
        under=frozenset({OrganisationType.DANG_BO_TINH}),
        top=True,
    ),
    OrganisationType.DANG_BO_CO_SO: BodyKind(
        branch=Branch.PARTY, collective="dang_uy_co_so", under=_HIGHER, top=True
    ),
    OrganisationType.CHI_BO_CO_SO: BodyKind(
        branch=Branch.PARTY, collective="chi_uy_co_so", under=_HIGHER, top=True, rolls=True
    ),
    OrganisationType.DANG_BO_BO_PHAN: BodyKind(
        branch=Branch.PARTY, collective="dang_uy_bo_phan", under=frozenset({OrganisationType.DANG_BO_CO_SO})
    ),
    OrganisationType.CHI_BO_TRUC_THUOC: BodyKind(
        branch=Branch.PARTY,
        collective="chi_uy_truc_thuoc",
        under=frozenset({OrganisationType.DANG_BO_CO_SO, OrganisationType.DANG_BO_BO_PHAN}),
        rolls=True,
    ),
    OrganisationType.TO_DANG: BodyKind(branch=Branch.PARTY, under=_CELLS),
    OrganisationType.ADMINISTRATION: BodyKind(
        branch=Branch.BESIDE, collective="leadership", under=_PARTY | _UNION
    ),
    OrganisationType.MASS_ORGANISATION: BodyKind(branch=Branch.BESIDE, under=_PARTY),
    OrganisationType.LEADERSHIP_COLLECTIVE: BodyKind(
        branch=Branch.BESIDE, collective="leadership", under=_PARTY | _UNION
    ),
    OrganisationType.CONG_DOAN_NGANH: BodyKind(
        branch=Branch.UNION, collective="btv_cong_doan_nganh", under=_PARTY, top=True
    ),
    OrganisationType.CONG_DOAN_CAP_TREN: BodyKind(
        branch=Branch.UNION,
        collective="btv_cong_doan_cap_tren",
        under=_PARTY | {OrganisationType.CONG_DOAN_NGANH},
        top=True,
    ),
    OrganisationType.CONG_DOAN_CO_SO: BodyKind(
        branch=Branch.UNION,
        collective="bch_cong_doan_co_so",
        under=_PARTY | {OrganisationType.CONG_DOAN_NGANH, OrganisationType.CONG_DOAN_CAP_TREN},
        top=True,
        rolls=True,
    ),
    OrganisationType.CONG_DOAN_BO_PHAN: BodyKind(
        branch=Branch.UNION,
        collective="bch_cong_doan_bo_phan",
        under=_UNION - {OrganisationType.CONG_DOAN_BO_PHAN},
        rolls=True,
    ),
    OrganisationType.CO_QUAN_CONG_DOAN: BodyKind(
        branch=Branch.UNION,
        collective="leadership",
        under=frozenset({OrganisationType.CONG_DOAN_NGANH, OrganisationType.CONG_DOAN_CAP_TREN}),
        rolls=True,
    ),
}
"""The whole table. What is `BESIDE` stands under the organisation of its own level in the tree."""

COLLECTIVES: Final[Mapping[str, str]] = {
    kind.value: body.collective for kind, body in BODIES.items() if body.collective is not None
}
"""Which collective leads a body of each type."""

CELLS: Final = frozenset(kind for kind, body in BODIES.items() if body.branch is Branch.PARTY and body.rolls)
"""Party cells."""

UNION_ROLLS: Final = frozenset(
    kind for kind, body in BODIES.items() if body.branch is Branch.UNION and body.rolls
)
"""Union bodies that have people on their roll."""

UNIONS: Final = frozenset(kind for kind, body in BODIES.items() if body.branch is Branch.UNION)

PARTY_COMMITTEES: Final = _COMMITTEES
PARTY_ORGANISATIONS: Final = _PARTY
"""Party organisations that are rated as such; a Party group is part of its cell."""
