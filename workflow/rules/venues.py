"""Where a person is reviewed: rows of data from posts to venues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# A post as the roster has it: (type of the body, post), e.g. ("dang_bo_co_so", "standing_member").
Post = tuple[str, str]

SESSIONS = ("committee", "leadership", "cell")


@dataclass(frozen=True, slots=True)
class VenueRow:
    """For whom (`posts`, as "body.post") which sessions are held.

    Of the rows a person matches only the one with the lowest `order` counts: the specific list governs
    (C-33).
    """

    id: str
    rows: tuple[str, ...]
    cite: str
    order: int
    posts: tuple[str, ...]
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Venue:
    """One venue: its kind (`committee`, `leadership`, `cell`), the post it comes from, the row that says so.

    The body is the one where the post is held, the person's own cell for `cell` (then `post` is None).
    """

    kind: str
    post: Post | None
    rule: str
    cite: str


def venues_for(rows: Iterable[VenueRow], posts: Iterable[Post], *, in_cell: bool = True) -> tuple[Venue, ...]:
    """The venues of a person with these posts: committees, then leadership collectives, then the cell."""
    held = tuple(posts)
    rows = tuple(rows)
    found: list[Venue] = []
    matching = [row for row in rows if any(f"{body}.{post}" in row.posts for body, post in held)]
    if matching:
        row = min(matching, key=lambda item: item.order)
        for session in SESSIONS:
            if session not in row.sessions or session == "cell":
                continue
            if session == "leadership":
                at = _leading(held)
            else:
                at = [post for post in held if f"{post[0]}.{post[1]}" in row.posts]
            found.extend(Venue(session, post, row.id, row.cite) for post in _one_a_body(at))
    if in_cell:
        cell = next(row for row in rows if row.sessions == ("cell",))
        found.append(Venue("cell", None, cell.id, cell.cite))
    return tuple(found)


def _leading(held: tuple[Post, ...]) -> list[Post]:
    """The post in a leadership collective; where the person leads none, the one in the administration."""
    for body in ("leadership_collective", "administration"):
        found = [post for post in held if post[0] == body]
        if found:
            return found
    return []


def _one_a_body(posts: Iterable[Post]) -> tuple[Post, ...]:
    seen: dict[str, Post] = {}
    for post in posts:
        seen.setdefault(post[0], post)
    return tuple(seen.values())
