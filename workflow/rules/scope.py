"""Who is rated apart as a leader, beside the rating as a member: one table of data a regime."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from states.bodies import COLLECTIVES, OrganisationType
from workflow.rules.venues import Post

Say = Callable[[str, str], None]
KEYS = frozenset({"rows", "cite", "leaders", "leader_posts"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """`leaders`: who holds a leadership post has a review as leader beside the one as member (C-76).

    `leader_posts` are those posts, as "body.post"; none named, every post in a body that a leadership
    collective leads counts: administrations, leadership collectives, offices of a union.
    """

    rows: tuple[str, ...] = ()
    cite: str = ""
    leaders: bool = False
    leader_posts: tuple[str, ...] = ()

    def leads(self, posts: Iterable[Post]) -> tuple[Post, ...]:
        """The posts, of those a person holds, that make the person a leader rated apart."""
        if not self.leaders:
            return ()
        if self.leader_posts:
            return tuple(post for post in posts if f"{post[0]}.{post[1]}" in self.leader_posts)
        return tuple(post for post in posts if COLLECTIVES.get(post[0]) == "leadership")


def read_scope(table: Mapping[str, Any], say: Say) -> Scope | None:
    """The scope in a `[scope]` table; None after `say(key, what)` was called for each thing wrong."""
    wrong = False
    for key in sorted(table.keys() - KEYS):
        wrong = True
        say(key, f"is none of {', '.join(sorted(KEYS))}")
    for key, kind in (("rows", list), ("cite", str), ("leaders", bool)):
        if not isinstance(table.get(key), kind) or table[key] in ("", []):
            wrong = True
            say(key, "is missing or has the wrong form")
    posts = table.get("leader_posts", [])
    known = {kind.value for kind in OrganisationType}
    if not isinstance(posts, list) or any(str(post).partition(".")[0] not in known for post in posts):
        wrong = True
        say("leader_posts", 'are written as "body.post", with a type of body there is')
    if wrong:
        return None
    return Scope(
        rows=tuple(table["rows"]),
        cite=table["cite"],
        leaders=table["leaders"],
        leader_posts=tuple(posts),
    )
