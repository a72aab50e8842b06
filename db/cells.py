"""Undo and redo of updates, cell by cell.

The journal keeps each updated cell's value `before` and `after`. Changes in force to one cell form a chain: the `before` of
each equals the `after` of the previous one. Undoing a change in the middle of the chain passes its `before` on to the next
change, redoing it takes that value back; the cell in the table changes only when no later change in force updates it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import RowMapping, Table, bindparam, select, update

from db.content_seal import rewriting
from db.dependencies import PARENTS, PORTION, UNIQUE, present
from db.images import take
from db.record import NOTHING, SOURCE, changes, journal
from db.tables import metadata
from db.turn import Turn
from db.values import Value


def turn_cells(turn: Turn) -> None:
    """Undo (or redo) every update of the turn's change."""
    order = journal.c.id if turn.forward else journal.c.id.desc()
    statement = (
        select(journal.c.id, journal.c.table_name, journal.c.row_id, journal.c.before, journal.c.after)
        .where(journal.c.change_id == turn.change, journal.c.op == "update", journal.c.after != NOTHING)
        .order_by(journal.c.table_name, order)
    )
    for name, steps in groupby(
        turn.conn.execute(statement).mappings().all(), lambda step: step["table_name"]
    ):
        table = metadata.tables[name]
        turn.touched.add(name)
        for chunk in _portions(list(steps)):
            _Cells(turn, table, chunk).turn()
    if turn.forward:
        _claim(turn)


def _claim(turn: Turn) -> None:
    """A redo: rows that the change confirmed unchanged must be in the book again, so mark those that are not."""
    statement = select(journal.c.table_name, journal.c.row_id, journal.c.last_id).where(
        journal.c.change_id == turn.change, journal.c.op == "update", journal.c.after == NOTHING
    )
    for name, first, last in turn.conn.execute(statement).all():
        table = metadata.tables[name]
        away = set(range(first, last + 1)) - present(turn.conn, table, first, last)
        for entry, ids in turn.locate(table, away).items():
            turn.away[name] |= dict.fromkeys(ids, entry)


def _portions(steps: Sequence[RowMapping]) -> Iterator[Sequence[RowMapping]]:
    for start in range(0, len(steps), PORTION):
        yield steps[start : start + PORTION]


class _Cells:
    """Updates of one table, at most `PORTION`, in the order in which they are undone or redone."""

    def __init__(self, turn: Turn, table: Table, steps: Sequence[RowMapping]) -> None:
        self._turn = turn
        self._table = table
        self._steps = [
            (step["id"], step["row_id"], json.loads(step["before"]), json.loads(step["after"]))
            for step in steps
        ]
        self._ids = sorted({step[1] for step in self._steps})
        self._later: dict[int, list[tuple[int, int, dict[str, Value], dict[str, Value]]]] = defaultdict(list)
        self._rebased: dict[int, dict[str, Value]] = {}

    def turn(self) -> None:
        """Undo or redo these updates: rewrite the chain in the journal, then the cells."""
        self._read_later()
        now = self._read_rows()
        wanted: defaultdict[int, dict[str, Value]] = defaultdict(dict)
        for entry, row_id, before, after in self._steps:
            later = [one for one in self._later[row_id] if one[0] > entry]
            for column, value in after.items():
                above = [one for one in later if column in one[2]]
                if above:
                    self._pass_by((entry, row_id, before, after), column, above, now[row_id])
                elif self._turn.forward:
                    self._expect(now[row_id], column, before[column])
                    self._rebase(entry, before, column, now[row_id][column])
                    now[row_id][column] = wanted[row_id][column] = value
                else:
                    self._expect(now[row_id], column, value)
                    now[row_id][column] = wanted[row_id][column] = before[column]
        self._write_journal()
        self._write(wanted)

    def _pass_by(
        self, step: tuple[int, int, dict[str, Value], dict[str, Value]], column: str,
        above: Sequence[tuple[int, int, dict[str, Value], dict[str, Value]]], now: dict[str, Value],
    ) -> None:  # fmt: skip
        """A later change in force updates the same cell: change only what the journal says it was before that one."""
        entry, row_id, before, after = step
        next_id, _change, beneath, _after = above[0]
        if self._turn.forward:
            self._rebase(entry, before, column, beneath[column])
            self._rebase(next_id, beneath, column, after[column])
        else:
            self._rebase(next_id, beneath, column, before[column])
        if column not in SOURCE:
            self._turn.keep(self._table, row_id, column, now[column], above[-1][1])

    def _rebase(self, entry: int, before: dict[str, Value], column: str, value: Value) -> None:
        if before[column] != value:
            before[column] = value
            self._rebased[entry] = before

    def _expect(self, now: dict[str, Value], column: str, value: Value) -> None:
        if now[column] != value:
            self._turn.demand_lenient("changed_later", changes=[])

    def _read_later(self) -> None:
        statement = (
            select(journal.c.id, journal.c.change_id, journal.c.last_id, journal.c.before, journal.c.after)
            .join(changes, changes.c.id == journal.c.change_id)
            .where(journal.c.table_name == self._table.name, journal.c.op == "update")
            .where(journal.c.last_id.in_(self._ids), journal.c.change_id > self._turn.change)
            .where(changes.c.state == "done")
            .order_by(journal.c.id)
        )
        for row in self._turn.conn.execute(statement):
            self._later[row[2]].append((row[0], row[1], json.loads(row[3]), json.loads(row[4])))

    def _read_rows(self) -> dict[int, dict[str, Value]]:
        """The updated cells as they are now, in the table or in the image of a row that is out of the book."""
        turn, table = self._turn, self._table
        names = sorted({column for step in self._steps for column in step[3]})
        statement = select(table.c.id, *(table.c[name] for name in names)).where(table.c.id.in_(self._ids))
        now = {row[0]: dict(zip(names, row[1:], strict=True)) for row in turn.conn.execute(statement)}
        if away := set(self._ids) - set(now):
            turn.demand_lenient("changed_later", changes=[])
            pulled = turn.pulled[table.name]
            for row_id in sorted(away & set(pulled.rows)):
                now[row_id] = {name: pulled.cell(row_id, name) for name in names}
            for entry, ids in turn.locate(table, away - set(pulled.rows)).items():
                image = turn.images.look(entry)
                now |= {row_id: {name: image.cell(row_id, name) for name in names} for row_id in ids}
                turn.away[table.name] |= dict.fromkeys(ids, entry)
        return now

    def _write_journal(self) -> None:
        if self._rebased:
            statement = (
                update(journal).where(journal.c.id == bindparam("_id")).values(before=bindparam("_before"))
            )
            with rewriting(self._turn.conn, journal, journal.c.id.in_(self._rebased)):
                self._turn.conn.execute(
                    statement,
                    [
                        {"_id": entry, "_before": json.dumps(before, ensure_ascii=False)}
                        for entry, before in self._rebased.items()
                    ],
                )

    def _write(self, wanted: dict[int, dict[str, Value]]) -> None:
        turn, table = self._turn, self._table
        keys = {name for names in UNIQUE[table.name] for name in names}
        keys |= {column.name for _parent, column in PARENTS[table.name]}
        pulled, away = turn.pulled[table.name], turn.away[table.name]
        # rows whose unique key or parent changes are taken out first: another row may still have the new key
        moving = [row_id for row_id, new in wanted.items() if keys & set(new)]
        pulled.join(take(turn.conn, table, [n for n in moving if n not in away and n not in pulled.rows]))
        alike: defaultdict[tuple[str, ...], list[dict[str, Value]]] = defaultdict(list)
        for row_id, new in wanted.items():
            if row_id in pulled.rows:
                for column, value in new.items():
                    pulled.change(row_id, column, value)
            elif row_id in away:
                image = turn.images.change(away[row_id])
                for column, value in new.items():
                    image.change(row_id, column, value)
            else:
                given = {"_" + column: value for column, value in new.items()}
                alike[tuple(sorted(new))].append({"_id": row_id, **given})
        for names, rows in alike.items():
            statement = update(table).where(table.c.id == bindparam("_id"))
            with rewriting(turn.conn, table, table.c.id.in_([row["_id"] for row in rows])):
                turn.conn.execute(statement.values({name: bindparam("_" + name) for name in names}), rows)
