"""Undo and redo of any change, in any order: the book always stands as if the changes in force had been made in order.

Cells are turned by `db.cells`, rows by `db.turn`.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from db import dependencies
from db.cells import turn_cells
from db.content_seal import rewriting
from db.errors import BookError
from db.record import changes
from db.stores.store import store_of
from db.turn import Kept, Turn


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an undo or redo did: the tables touched, and what stayed (at most `LISTED` of `kept_count`)."""

    tables: frozenset[str]
    kept: tuple[Kept, ...]
    kept_count: int


def reverse(conn: Connection, change_id: int, *, forward: bool = False, keep_later: bool = False) -> Reversal:
    """Undo a change, or with `forward` do it again. With `keep_later`, what later changes stand on stays.

    Raises BookError no_such_change, state (not done / not undone); without `keep_later` changed_later (a later change
    stands on these rows; facts: changes) and needed_later (other rows refer to what would go).
    """
    state = conn.execute(select(changes.c.state).where(changes.c.id == change_id)).scalar()
    if state is None:
        raise BookError("no_such_change", change=change_id)
    if state != ("undone" if forward else "done"):
        raise BookError("state", change=change_id, state=state)
    if not keep_later and (later := dependencies.later_changes(conn, change_id)):
        raise BookError("changed_later", changes=later)
    with rewriting(conn, changes, changes.c.id == change_id):
        conn.execute(
            update(changes).where(changes.c.id == change_id).values(state="done" if forward else "undone")
        )
    turn = Turn(conn, change_id, forward=forward, lenient=keep_later)
    try:
        # rows go and come table by table: that nothing refers to nothing is checked at the commit
        store_of(conn).defer_keys(conn)
        turn_cells(turn)
        turn.turn_rows()
    except IntegrityError as error:
        raise BookError("needed_later", change=change_id) from error
    return Reversal(frozenset(turn.touched), tuple(turn.kept), turn.kept_count)
