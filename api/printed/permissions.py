"""Prints docs/permissions.md: who may see and do what, from the table of permissions and those of states/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.permissions import EVERYBODY, TABLE, About, Row
from api.printed.lifecycle import LIVES
from handlers.access.scope import READS_RESTRICTED, SEES_A_BRANCH, SEES_UNOPENED
from states.roles import ACTS_AT_OWN_BODY, ACTS_FROM_ABOVE, ACTS_ON_THE_CAMPAIGN, Role
from states.roles import NAMES as ROLE_NAMES
from workflow.naming import TRIGGER_NAMES

ORDER = tuple(role for role in Role if role is not Role.CLOCK)

BRANCH = "everything at the body and below it, and what is sent to it"
SEEN: dict[Role, str] = {
    Role.MEMBER: "own reviews, the collective's review, the own body's season; nobody else's level",
    Role.COUNTING_TEAM: "meetings and papers of the own body with the names on them; no level",
    Role.ADMINISTRATOR: "that there are campaigns and bodies; no review, level, opinion, ballot or minutes",
}


HEAD = """# Permissions

Who may see and do what. Printed by `kiemdiem docs` from `api/permissions.py` (what may be seen, and acts that
are no moves) and from the tables of `states/` (moves). Nothing is allowed that no row allows.

What lies outside the scope is answered like what does not exist (404). Whoever sees a thing and may not make
a move is told who may (403). How far each role sees is in `handlers/access/scope.py`; why it is so, in
[decision 20](decisions/0020-who-sees-what.md).

## What each role sees
"""

MOVES = """
## Moves

Made at the body in charge: by its own people there, by those above at a body above it, by the campaign's
officer anywhere in it. A member moves his own review alone. Stages and targets: [lifecycle.md](lifecycle.md).
"""


def permissions() -> str:
    """The page."""
    parts = [
        HEAD,
        *_scopes(),
        "",
        "## Seeing, and acts that are no moves",
        "",
        "“The branch” stands for: " + ", ".join(f"`{role}`" for role in ORDER if role in SEES_A_BRANCH) + ".",
        "",
        *_rows(TABLE),
        MOVES.rstrip(),
    ]
    for title, vietnamese, table, _ in LIVES:
        by: dict[str, set[Role]] = {}
        for row in table.rows:
            by.setdefault(row.trigger, set()).update(row.by)
        parts += ["", f"### {title} ({vietnamese})", "", "| move | Vietnamese | by |", "|---|---|---|"]
        for trigger, roles in by.items():
            vi = TRIGGER_NAMES.get(trigger, (trigger, trigger))[0]
            parts.append(f"| `{trigger}` | {vi} | {_roles(roles)} |")
    return "\n".join(parts) + "\n"


def _scopes() -> Iterator[str]:
    yield "| role | Vietnamese | sees | restricted texts | before the opening | acts |"
    yield "|---|---|---|---|---|---|"
    for role in ORDER:
        sees = BRANCH if role in SEES_A_BRANCH else SEEN[role]
        own = "what was decided about him" if role is Role.MEMBER else "–"
        texts = "yes" if role in READS_RESTRICTED else own
        unopened = "yes" if role in SEES_UNOPENED else "–"
        yield f"| `{role}` | {ROLE_NAMES[role][0]} | {sees} | {texts} | {unopened} | {_acts(role)} |"


def _acts(role: Role) -> str:
    if role in ACTS_AT_OWN_BODY:
        return "at the own body"
    if role in ACTS_FROM_ABOVE:
        return "on bodies below"
    return "on the campaign" if role in ACTS_ON_THE_CAMPAIGN else "never"


def _rows(table: Iterable[Row]) -> Iterator[str]:
    """A line an act; the commands of the API stand under their move below and are left out here."""
    yield "| act | what | about | by |"
    yield "|---|---|---|---|"
    for row in table:
        if row.by == EVERYBODY and all(route.startswith("POST /api/") for route in row.routes):
            continue
        by = "anybody" if row.about is About.ANYBODY else _roles(row.by)
        yield f"| `{row.act}` | {row.says} | {row.about} | {by} |"


def _roles(roles: Iterable[Role]) -> str:
    given = frozenset(roles)
    if given == EVERYBODY:
        return "every role"
    if given >= SEES_A_BRANCH:
        return ", ".join(("the branch", *(f"`{role}`" for role in ORDER if role in given - SEES_A_BRANCH)))
    return ", ".join(f"`{role}`" for role in (*ORDER, Role.CLOCK) if role in given)
