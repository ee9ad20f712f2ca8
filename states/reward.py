"""The life of a reward: put forward once a level is decided, then granted, refused or withdrawn."""

from states.roles import Role
from states.table import NEW, Table, moves

PROPOSED = "proposed"
DECIDED = "decided"
REFUSED = "refused"
WITHDRAWN = "withdrawn"

OWN = (Role.SECRETARY, Role.COMMITTEE)
ABOVE = (Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.OFFICER)
DECIDERS = (Role.COMMITTEE, Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE)

TABLE = Table(
    name="reward",
    rows=(
        *moves("propose_reward", NEW, PROPOSED, by=(*OWN, *ABOVE)),
        # a board enters what a body outside the tree has decided on paper
        *moves("decide_reward", PROPOSED, DECIDED, by=DECIDERS),
        *moves("refuse_reward", PROPOSED, REFUSED, by=DECIDERS),
        *moves("withdraw_reward", PROPOSED, WITHDRAWN, by=(*OWN, *ABOVE)),
    ),
    ends=frozenset({DECIDED, REFUSED, WITHDRAWN}),
)

NAMES: dict[str, tuple[str, str]] = {
    NEW: ("chưa đề nghị", "not proposed"),
    PROPOSED: ("đã đề nghị, chờ quyết định", "proposed, to be decided"),
    DECIDED: ("đã được khen thưởng", "granted"),
    REFUSED: ("không được khen thưởng", "refused"),
    WITHDRAWN: ("đã rút đề nghị", "withdrawn"),
}
"""Vietnamese and English name of every stage of a reward."""
