"""The closed choices facts are made of."""

from __future__ import annotations

from states.bodies import COLLECTIVES, OrganisationType

LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV", "TSVM", "YK")
STAFF_RATINGS = ("HTXSNV", "HTTNV", "HTNV_HAN_CHE", "KHTNV")
COMPLETIONS = ("excellent", "good", "basic", "not")
TITLES = ("none", "LDTT", "CSTDCS", "CSTD_TREN_CO_SO")
AWARDS = ("none", "BANG_KHEN")
REWARDS = ("TSVM_TB", "GIAY_KHEN", "BANG_KHEN")
REWARD_LEVELS = ("grassroots", "superior", "provincial")
STANDINGS = ("none", "TSVM_TB")
STATUSES = ("official", "probationary", "exempt", "suspended", "temporary", "not_member")
STAFF_KINDS = ("none", "manager", "specialist", "full_time")
QUALITIES = ("member", "leader", "collective", "organisation")
ORGANISATION_TYPES = tuple(kind.value for kind in OrganisationType)
COLLECTIVE_TYPES = tuple(dict.fromkeys(COLLECTIVES.values()))
DECIDERS = ("btv", "committee", "chairman", "presidium", "btv_group", "tld", "other")
DISCIPLINE_CAUSES = ("corruption", "negative", "degradation", "other")
