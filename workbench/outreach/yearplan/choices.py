"""What the manager decided about touches, and how the stored plan follows it: at once, and back again after an undo, without
planning anything else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, and_, select, update

from db.year import planned_touches, touch_choices, year_runs
from workbench.base.rows import named_rows
from workbench.outreach.yearplan.basis import PlanBasis
from workbench.outreach.yearplan.stored import PlanRun, run_of
from workbench.outreach.yearplan.sums import PlanSums, TouchMove, packed
from workbench.outreach.yearplan.touch_columns import ordinals

_t, _c = planned_touches.c, touch_choices.c
#: a touch: customer id, reason (code), occurrence (ISO)
TouchKey: TypeAlias = tuple[int, str, str]
#: a choice is about the touch of this customer, reason and occurrence
SAME = and_(_c.customer_id == _t.customer_id, _c.reason == _t.reason, _c.occurrence == _t.occurrence)
#: begins the ground of a touch that somebody decided about; then the state and the ground that the plan had given it
_CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class StoredTouch:
    """A stored touch; days ISO."""

    id: int
    customer_id: int
    reason: str
    occurrence: str
    kind: str
    channel: str
    seconds: int
    first: str
    last: str
    day: str | None
    moved_from: str | None
    state: str
    why: str

    @property
    def key(self) -> TouchKey:
        """By which a choice names it."""
        return self.customer_id, self.reason, self.occurrence

    @property
    def chosen(self) -> bool:
        """Whether it stands as somebody decided."""
        return self.why.startswith(f"{_CHOSEN}:")

    @property
    def own(self) -> "StoredTouch":
        """It as the plan had it."""
        if not self.chosen:
            return self
        _chosen, state, why = self.why.split(":", 2)
        day = None if state not in ("planned", "late") else self.moved_from or self.day
        return replace(self, day=day, moved_from=None, state=state, why=why)

    def put(self, day: str | None) -> "StoredTouch":
        """It on a day that was chosen, None: left out. What is done stays."""
        own = self.own
        if own.state == "done":
            return own
        why = f"{_CHOSEN}:{own.state}:{own.why}"
        return replace(own, day=day, moved_from=own.day, state="planned" if day else "left_out", why=why)


def choices_of(conn: Connection, only: Collection[int] | None = None) -> dict[TouchKey, str]:
    """Touch -> the day (ISO) chosen for it, '' to leave it out; of all, or of some customers."""
    query = select(_c.customer_id, _c.reason, _c.occurrence, _c.day).order_by(_c.id)
    if only is not None:
        query = query.where(_c.customer_id.in_(only))
    return {(row[0], row[1], row[2]): row[3] or "" for row in conn.execute(query)}


def row_of(conn: Connection, touch_id: int) -> tuple[int, StoredTouch] | None:
    """(year, touch) of an id; None where no plan has it."""
    row = conn.execute(select(_t.year, *_columns()).where(_t.id == touch_id)).first()
    return None if row is None else (row.year, _read(tuple(row)[1:]))


def behind(conn: Connection, basis: PlanBasis) -> dict[TouchKey, str | None]:
    """The touches that stand otherwise than was chosen since: the day chosen, '' to leave out, None: as planned."""
    now = choices_of(conn)
    return {
        key: now.get(key)
        for key in now.keys() | basis.choices.keys()
        if now.get(key) != basis.choices.get(key)
    }


def follow(conn: Connection, year: int, behind: Mapping[TouchKey, str | None]) -> None:
    """Puts the touches of a year's plan where they were chosen to be, and those back whose choice is gone. Inside
    `Book.derive()`."""
    run = run_of(conn, year)
    if run is None or not behind:
        return
    moves = []
    query = select(*_columns()).where(_t.year == year, _t.customer_id.in_({key[0] for key in behind}))
    for stood in map(_read, named_rows(conn.execute(query.order_by(_t.id)))):
        if stood.key not in behind:
            continue
        chosen = behind[stood.key]
        new = stood.own if chosen is None else stood.put(chosen or None)
        if new != stood:
            moves.append(_move(stood, new))
            cells = {"day": new.day, "moved_from": new.moved_from, "state": new.state, "why": new.why or None}
            conn.execute(update(planned_touches).where(_t.id == stood.id).values(cells))
    _keep(conn, run, run.sums.changed(moves), choices_of(conn))


def _keep(conn: Connection, run: PlanRun, sums: PlanSums, choices: Mapping[TouchKey, str]) -> None:
    basis = replace(run.basis, choices=dict(choices))
    row = {"basis": basis.as_text(), "summary": packed(sums, run.marks)}
    conn.execute(update(year_runs).where(year_runs.c.year == run.year).values(row))


def _move(stood: StoredTouch, new: StoredTouch) -> TouchMove:
    before, after = ordinals((stood.day, new.day)).tolist()
    return TouchMove(stood.reason, stood.seconds, before, stood.state, after, new.state)


def _columns() -> list[Column[Any]]:
    return [_t[name] for name in StoredTouch.__dataclass_fields__]


def _read(row: Sequence[Any]) -> StoredTouch:
    cells = [*row[:-1], row[-1] or ""]
    return StoredTouch(*cells)
