"""Views of a board that somebody keeps: a name and what the board is narrowed to, one list a person.

They are nobody else's business and tell nothing of a campaign, so they are no events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Connection, Table, Text, UniqueConstraint, delete, func, select, update
from sqlmodel import Field, SQLModel

from workflow.errors import BadInput, NotFound
from workflow.stored_types import Instant, Number, Word

VIEWS_MAX: Final = 20
"""So many views are kept for one person."""

NAME_MAX: Final = 60


class SavedViewRow(SQLModel, table=True):
    """One view of one person: `query` is the query string of a board, without the campaign."""

    __tablename__: ClassVar[Any] = "saved_views"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("person", "name", name="saved_views_once"),
        {"sqlite_autoincrement": True},
    )

    view: int | None = Field(default=None, primary_key=True, sa_type=Number)
    person: str = Field(sa_type=Word)
    name: str = Field(sa_type=Text)
    query: str = Field(sa_type=Text)
    saved_at: datetime = Field(sa_type=Instant)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


SAVED_VIEWS: Final = _table("saved_views")


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view by its number."""

    view: int
    name: str
    query: str


def views_of(connection: Connection, person: str) -> tuple[SavedView, ...]:
    """The views of a person in the order they were first kept."""
    rows = connection.execute(
        select(SAVED_VIEWS.c.view, SAVED_VIEWS.c.name, SAVED_VIEWS.c.query)
        .where(SAVED_VIEWS.c.person == person)
        .order_by(SAVED_VIEWS.c.view)
    )
    return tuple(SavedView(*row) for row in rows)


def save_view(connection: Connection, person: str, name: str, query: str, at: datetime) -> int | None:
    """Keep a view and give its number; one of the same name becomes this one, which gives None.

    BadInput where there are VIEWS_MAX already.
    """
    mine = SAVED_VIEWS.c.person == person
    changed = connection.execute(
        update(SAVED_VIEWS).where(mine, SAVED_VIEWS.c.name == name).values(query=query, saved_at=at)
    )
    if changed.rowcount:
        return None
    kept = connection.execute(select(func.count()).select_from(SAVED_VIEWS).where(mine)).scalar_one()
    if kept >= VIEWS_MAX:
        raise BadInput(
            "name",
            name,
            f"không lưu thêm được: mỗi người giữ nhiều nhất {VIEWS_MAX} cách xem. Xóa bớt một cách xem cũ.",
            f"cannot be kept: a person has at most {VIEWS_MAX} views. Remove one first.",
        )
    row = {"person": person, "name": name, "query": query, "saved_at": at}
    made = connection.execute(SAVED_VIEWS.insert().values(row).returning(SAVED_VIEWS.c.view))
    return int(made.scalar_one())


def remove_view(connection: Connection, person: str, view: int) -> None:
    """Forget a view. NotFound where the person has none of this number."""
    gone = connection.execute(
        delete(SAVED_VIEWS).where(SAVED_VIEWS.c.person == person, SAVED_VIEWS.c.view == view)
    )
    if not gone.rowcount:
        raise NotFound("page", str(view))
