"""The closed choices facts are made of."""

from __future__ import annotations

LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV", "TSVM", "YK")
STAFF_RATINGS = ("HTXSNV", "HTTNV", "HTNV_HAN_CHE", "KHTNV")
COMPLETIONS = ("excellent", "good", "basic", "not")
TITLES = ("none", "LDTT", "CSTDCS", "CSTD_TREN_CO_SO")
AWARDS = ("none", "BANG_KHEN")
STATUSES = ("official", "probationary", "exempt", "suspended", "temporary")
ORGANISATION_TYPES = (
    "dang_bo_khoi", "dang_bo_co_so", "chi_bo_co_so", "dang_bo_bo_phan", "chi_bo_truc_thuoc", "to_dang",
    "administration", "mass_organisation", "leadership_collective",
    "dang_bo_tinh", "dang_bo_cap_tren",
    "cong_doan_nganh", "cong_doan_cap_tren", "cong_doan_co_so", "cong_doan_bo_phan", "co_quan_cong_doan",
)  # fmt: skip
COLLECTIVE_TYPES = (
    "btv_khoi", "dang_uy_co_so", "chi_uy_co_so", "dang_uy_bo_phan", "chi_uy_truc_thuoc", "leadership",
    "btv_tinh", "btv_cap_tren", "btv_cong_doan_nganh", "btv_cong_doan_cap_tren", "bch_cong_doan_co_so",
    "bch_cong_doan_bo_phan",
)  # fmt: skip
DISCIPLINE_CAUSES = ("corruption", "negative", "degradation", "other")
